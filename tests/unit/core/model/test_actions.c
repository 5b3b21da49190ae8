/* Actions and undertakings: rows of tables, read, added and changed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "plein/actions.h"

static const char page[] =
	"---\ntitel: V\n---\n## Acties\n\n"
	"| nr | actie | eigenaar (rol) | gereed op | stand |\n"
	"| --- | --- | --- | --- | --- |\n"
	"| a1 | Plan bijwerken ([[besluiten/x]]) | ciso | 1-3-2026 | open |\n"
	"| a2 | Oefenen | oov | 2026-06-01 | gereed 2026-05-30: gedaan |\n"
	"| a3 | | | | open |\n\n## Toezeggingen\n\n"
	"| nr | toezegging | door (rol) | aan | termijn | stand | besluit |\n"
	"|---|---|---|---|---|---|---|\n"
	"| t1 | Terugkomen | wethouder | raad | voorjaar | vervallen "
	"| [[besluiten/y]] |\n\n"
	"| a | b |\n|---|---|\n| nr | actie |\n\n"
	"```\n| nr | actie |\n|--|--|\n| a9 | nee |\n```\n";

static void
test_actions__are_read(void **state)
{
	struct vec rows = VEC_INIT;
	const struct action *a;

	(void)state;
	actions_read(&rows, page, strlen(page));
	assert_int_equal(rows.len, 3);
	a = rows.items[0];
	assert_string_equal(a->number, "a1");
	assert_string_equal(a->text, "Plan bijwerken");
	assert_string_equal(a->owner, "ciso");
	assert_string_equal(a->due, "2026-03-01");
	assert_int_equal(a->state, ACTION_OPEN);
	assert_string_equal(a->decision, "besluiten/x");
	a = rows.items[1];
	assert_int_equal(a->state, ACTION_DONE);
	assert_string_equal(a->done, "2026-05-30");
	assert_string_equal(a->result, "gedaan");
	a = rows.items[2];
	assert_true(a->undertaking);
	assert_string_equal(a->to, "raad");
	assert_string_equal(a->due, "");
	assert_int_equal(a->state, ACTION_DROPPED);
	assert_string_equal(a->decision, "besluiten/y");
	vec_release(&rows, action_free);
}

static void
test_actions__a_row_is_added_below_the_others(void **state)
{
	struct action a = { .text = (char *)"Nieuw | meer",
			    .owner = (char *)"beleid",
			    .due = "2026-09-15",
			    .decision = (char *)"besluiten/x" };
	char number[ACTION_NUMBER_MAX + 1];
	struct buf text = BUF_INIT;
	struct err err = ERR_INIT;

	(void)state;
	buf_str(&text, page);
	/* the row without words is taken first, and numbers go on */
	assert_int_equal(actions_add(&text, &a, number, &err), 0);
	assert_string_equal(number, "a3");
	assert_non_null(strstr(text.ptr,
			       "| a3 | Nieuw \\| meer ([[besluiten/x]]) "
			       "| beleid | 2026-09-15 | open |\n\n## Toe"));
	assert_null(strstr(text.ptr, "| a3 | |"));
	assert_int_equal(actions_add(&text, &a, number, &err), 0);
	assert_string_equal(number, "a4");
	a.undertaking = true;
	a.to = (char *)"raad";
	assert_int_equal(actions_add(&text, &a, number, &err), 0);
	assert_string_equal(number, "t2");
	assert_non_null(strstr(text.ptr,
			       "| t2 | Nieuw \\| meer | beleid | raad "
			       "| 2026-09-15 | open | [[besluiten/x]] |\n"));
	buf_release(&text);
}

static void
test_actions__begin_a_table(void **state)
{
	struct action a = { .text = (char *)"Eerste" };
	char number[ACTION_NUMBER_MAX + 1];
	struct vec rows = VEC_INIT;
	struct buf text = BUF_INIT;
	struct err err = ERR_INIT;

	(void)state;
	buf_str(&text, "Een besluit.");
	assert_int_equal(actions_add(&text, &a, number, &err), 0);
	a.undertaking = true;
	assert_int_equal(actions_add(&text, &a, number, &err), 0);
	actions_read(&rows, text.ptr, text.len);
	assert_int_equal(rows.len, 2);
	assert_string_equal(((struct action *)rows.items[0])->number, "a1");
	assert_string_equal(((struct action *)rows.items[1])->number, "t1");
	vec_release(&rows, action_free);
	buf_release(&text);
}

static void
test_actions__a_row_is_changed_and_no_other(void **state)
{
	struct action a = { .number = "a1",
			    .text = (char *)"Plan bijwerken",
			    .state = ACTION_DONE,
			    .done = "2026-02-01",
			    .result = (char *)"vastgelegd",
			    .decision = (char *)"besluiten/x" };
	struct buf text = BUF_INIT;
	struct err err = ERR_INIT;

	(void)state;
	buf_str(&text, page);
	assert_int_equal(actions_put(&text, &a, &err), 0);
	assert_non_null(strstr(
		text.ptr, "| a1 | Plan bijwerken ([[besluiten/x]]) | | "
			  "| gereed 2026-02-01: vastgelegd |\n| a2 | Oefenen"));
	memcpy(a.number, "a3", 3);
	assert_int_equal(actions_put(&text, &a, &err), PLEIN_ENOTFOUND);
	buf_str(&text, "| x | y |\n\n| nr | actie |\n|--|--|\n| a1 | z |\n");
	memcpy(a.number, "a1", 3);
	assert_int_equal(actions_put(&text, &a, &err), PLEIN_EUSAGE);
	buf_release(&text);
}

/* A table that people made themselves, without a place for what is said. */
static void
test_actions__a_column_is_made_where_it_lacks(void **state)
{
	struct action a = { .number = "a1",
			    .text = (char *)"x",
			    .owner = (char *)"ciso",
			    .state = ACTION_DONE,
			    .done = "2026-02-01" };
	struct buf text = BUF_INIT;
	struct err err = ERR_INIT;

	(void)state;
	buf_str(&text, "| nr | actie |\n|--|--|\n| a1 | x |\n| a2 | y |\n");
	assert_int_equal(actions_put(&text, &a, &err), 0);
	assert_string_equal(text.ptr,
			    "| nr | actie | eigenaar (rol) | stand |\n"
			    "|--|--| --- | --- |\n"
			    "| a1 | x | ciso | gereed 2026-02-01 |\n"
			    "| a2 | y |\n");
	buf_reset(&text);
	buf_str(&text, "| nr | actie\n|--|--\n| a1 | x\n");
	assert_int_equal(actions_put(&text, &a, &err), 0);
	assert_string_equal(text.ptr,
			    "| nr | actie| eigenaar (rol) | stand |\n"
			    "|--|--| --- | --- |\n"
			    "| a1 | x | ciso | gereed 2026-02-01 |\n");
	buf_release(&text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_actions__are_read),
		cmocka_unit_test(test_actions__a_row_is_added_below_the_others),
		cmocka_unit_test(test_actions__begin_a_table),
		cmocka_unit_test(test_actions__a_row_is_changed_and_no_other),
		cmocka_unit_test(test_actions__a_column_is_made_where_it_lacks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
