/*
 * Every command for every role and every state of an account, as
 * tests/rights/commands.txt has it: the client is started by the server, for
 * each line a connection of its own.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "cast.h"
#include "plein/mem.h"

#define TABLE "tests/rights/commands.txt"
#define LOG_EVERY 16 /* rows, after which the log is read */

static struct fixture wiki;
static struct sheet table;

static int
start(void **state)
{
	(void)state;
	sheet_read(&table, TABLE);
	cast_start(&wiki);
	cast_host(&wiki, "accounts.close", "{\"handle\":\"closed\"}");
	return 0;
}

static int
stop(void **state)
{
	(void)state;
	sheet_release(&table);
	assert_int_equal(fixture_stop(&wiki), 0);
	fixture_remove(&wiki);
	return 0;
}

/* What comes in; \\n stands for the end of a line. */
static void
add_input(struct buf *out, const char *text)
{
	const char *end;

	while ((end = strstr(text, "\\n"))) {
		buf_add(out, text, (size_t)(end - text));
		buf_char(out, '\n');
		text = end + 2;
	}
	buf_printf(out, "%s\n", text);
}

/* The line, and behind < what comes in. */
static int
run(enum person p, const char *request, struct buf *out)
{
	char *line = cast_fill(&wiki, request, p);
	char *input = strstr(line, " < ");
	struct buf text = BUF_INIT;
	struct visit v;
	int status;

	if (input) {
		*input = '\0';
		add_input(&text, input + 3);
	}
	cast_sign_in(&wiki, p, &v);
	status = visit_run(&v, line, input ? text.ptr : "", out);
	visit_end(&v);
	buf_release(&text);
	free(line);
	return status;
}

static int
check_row(const struct row *r, int column, enum person p)
{
	struct buf out = BUF_INIT;
	char status[12];
	int wrong;

	(void)snprintf(status, sizeof(status), "%d", run(p, r->request, &out));
	wrong = !sheet_agrees(r->cells[column], status);
	if (wrong)
		print_error("%s:%d: %s (%s) of %s exits with %s, not %s: %s\n",
			    TABLE, r->line, r->what, r->object, cast_name(p),
			    status, r->cells[column], out.ptr);
	buf_release(&out);
	return wrong;
}

static int
check_column(int column)
{
	enum person p = cast_of_column(&table, column);
	const struct row *r;
	int wrong = 0;

	cast_settle(&wiki, p);
	for (size_t i = 0; i < table.rows.len; i++) {
		r = table.rows.items[i];
		if (r->kind == ROW_ASKED)
			wrong += check_row(r, column, p);
		if (i % LOG_EVERY == 0) { /* or its pipe would fill */
			(void)fixture_log_holds(&wiki, "");
			buf_reset(&wiki.seen);
		}
	}
	cast_unsettle(&wiki, p);
	return wrong;
}

static void
test_commands__are_for_whom_the_table_says(void **state)
{
	const struct row *r;
	int wrong = 0;

	(void)state;
	for (size_t i = 0; i < table.rows.len; i++) {
		r = table.rows.items[i];
		if (r->kind != ROW_ASKED)
			cast_prepare(&wiki, r);
	}
	for (int c = 0; c < table.n_columns; c++)
		wrong += check_column(c);
	assert_int_equal(wrong, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_commands__are_for_whom_the_table_says),
	};

	return cmocka_run_group_tests(tests, start, stop);
}
