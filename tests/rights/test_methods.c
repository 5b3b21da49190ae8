/*
 * Every method for every role and every state of an account, as
 * tests/rights/methods.txt has it: each asks the wiki over its own stream,
 * row by row.
 * usage: test_methods [METHOD]: the rows up to its last are asked, for others
 * may need what an earlier one made, but only its own are looked at
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "asking.h"

#define TABLE "tests/rights/methods.txt"

static struct fixture wiki;
static struct sheet table;
static struct visit visits[PERSON_N];
static const char *only; /* this method, or NULL */

static int
start(void **state)
{
	struct rpc_msg m;

	(void)state;
	sheet_read(&table, TABLE);
	cast_start(&wiki);
	for (int p = 0; p < PERSON_N; p++) {
		cast_settle(&wiki, (enum person)p);
		cast_sign_in(&wiki, (enum person)p, &visits[p]);
		if (p != NOBODY && p != HALF && p != HOST && p != STOPPED &&
		    p != CLOSED)
			visit_api(&visits[p]);
		/* so that its client was let in with these settings */
		visit_call(&visits[p], "wiki.version", NULL, &m);
		rpc_msg_release(&m);
		cast_unsettle(&wiki, (enum person)p);
	}
	cast_host(&wiki, "accounts.block",
		  "{\"handle\":\"stopped\",\"reason\":\"Klaar.\"}");
	cast_host(&wiki, "accounts.close", "{\"handle\":\"closed\"}");
	return 0;
}

static int
stop(void **state)
{
	(void)state;
	for (int p = 0; p < PERSON_N; p++)
		visit_end(&visits[p]);
	sheet_release(&table);
	assert_int_equal(fixture_stop(&wiki), 0);
	fixture_remove(&wiki);
	return 0;
}

static bool
is_judged(const struct row *r)
{
	return r->kind == ROW_ASKED && (!only || strcmp(r->what, only) == 0);
}

/* Behind the last row that is looked at. */
static size_t
count_rows(void)
{
	size_t n = table.rows.len;

	while (n > 0 && !is_judged(table.rows.items[n - 1]))
		n--;
	assert_int_not_equal(n, 0);
	return n;
}

static void
test_methods__are_for_whom_the_table_says(void **state)
{
	const struct row *r;
	int wrong = 0, differs;
	size_t i, n = count_rows();

	(void)state;
	for (i = 0; i < n; i++) {
		r = table.rows.items[i];
		if (r->kind != ROW_ASKED) {
			cast_prepare(&wiki, r);
			continue;
		}
		differs = asking_row(&wiki, &table, r, visits);
		wrong += is_judged(r) ? differs : 0;
	}
	assert_int_equal(wrong, 0);
}

/* A row of a list with this text in it. */
static const json_t *
find_row(const json_t *rows, const char *key, const char *text)
{
	const json_t *row;
	size_t i;

	json_array_foreach(
		rows, i,
		row) if (strcmp(json_string_value(json_object_get(row, key)),
				text) == 0) return row;
	return NULL;
}

static json_t *
list(struct visit *host, const char *method, json_t *params_take)
{
	struct rpc_msg m;
	json_t *rows;

	visit_call(host, method, params_take, &m);
	assert_int_equal(m.kind, RPC_RESULT);
	rows = json_incref(json_object_get(m.result, "rows"));
	rpc_msg_release(&m);
	return rows;
}

/* Who decides about nobody decided nothing. */
static void
expect_untouched(const json_t *accounts, enum person p)
{
	const json_t *target;
	char handle[40];

	(void)snprintf(handle, sizeof(handle), "bij-%s", cast_name(p));
	assert_null(find_row(accounts, "handle", handle));
	(void)snprintf(handle, sizeof(handle), "doel-%s", cast_name(p));
	target = find_row(accounts, "handle", handle);
	assert_non_null(target);
	assert_string_equal(json_string_value(json_object_get(target, "role")),
			    "lezer");
	assert_string_equal(
		json_string_value(json_object_get(target, "standing")),
		"active");
}

/* After all that was asked, if it was all. */
static void
test_methods__who_was_refused_changed_nothing(void **state)
{
	struct visit host;
	json_t *accounts, *changes;

	(void)state;
	if (only)
		return;
	visit_host(&host, &wiki);
	accounts = list(&host, "user.list", NULL);
	for (int p = NOBODY; p < BEHEERDER; p++)
		expect_untouched(accounts, (enum person)p);
	for (int p = NOBODY; p < BIJDRAGER; p++) {
		changes = list(&host, "changes.list",
			       json_pack("{s:s}", "handle",
					 cast_name((enum person)p)));
		assert_int_equal(json_array_size(changes), 0);
		json_decref(changes);
	}
	json_decref(accounts);
	visit_end(&host);
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_methods__are_for_whom_the_table_says),
		cmocka_unit_test(test_methods__who_was_refused_changed_nothing),
	};

	only = argc > 1 ? argv[1] : NULL;
	return cmocka_run_group_tests(tests, start, stop);
}
