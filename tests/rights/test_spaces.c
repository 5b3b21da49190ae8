/*
 * What a role in a space is good for, and what one in the wiki is there, as
 * tests/rights/spaces.txt has it.
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

#define TABLE "tests/rights/spaces.txt"

static struct fixture wiki;
static struct sheet table;
static struct visit visits[PERSON_N];

/* A space with a page, and the members that are called so. */
static void
furnish(const char *name, bool private)
{
	static const struct {
		const char *handle, *role;
	} members[] = {
		{ "lid-lezer", "lezer" },
		{ "lid-bijdrager", "bijdrager" },
		{ "lid-redacteur", "redacteur" },
		{ "lid-beheerder", "beheerder" },
	};
	struct visit host;

	visit_host(&host, &wiki);
	cast_ask(&host, "space.add",
		 json_pack("{s:s, s:b}", "space", name, "private", private));
	cast_ask(&host, "session.space", json_pack("{s:s}", "space", name));
	for (size_t i = 0; i < sizeof(members) / sizeof(members[0]); i++)
		cast_ask(&host, "member.set",
			 json_pack("{s:s, s:s}", "handle", members[i].handle,
				   "role", members[i].role));
	cast_ask(&host, "page.create",
		 json_pack("{s:s, s:s, s:s, s:s}", "address", "themas/een",
			   "kind", "thema", "title", "Een", "text", "Een.\n"));
	visit_end(&host);
}

static int
start(void **state)
{
	enum person p;

	(void)state;
	sheet_read(&table, TABLE);
	cast_start(&wiki);
	furnish("kring", true);
	furnish("markt", false);
	for (int i = 0; i < table.n_columns; i++) {
		p = cast_of_column(&table, i);
		cast_sign_in(&wiki, p, &visits[p]);
		if (p != HOST)
			visit_api(&visits[p]);
	}
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

static void
test_spaces__roles_are_as_the_table_says(void **state)
{
	int wrong = 0;

	(void)state;
	for (size_t i = 0; i < table.rows.len; i++)
		wrong += asking_row(&wiki, &table, table.rows.items[i], visits);
	assert_int_equal(wrong, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_spaces__roles_are_as_the_table_says),
	};

	return cmocka_run_group_tests(tests, start, stop);
}
