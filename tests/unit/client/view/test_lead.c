/* The lines above the tree. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <cmocka.h>

#include "view/lead.h"

#define WHEN 1742205600 /* 17 March 2025 */

static void
take_drafts(struct lead *l, size_t n)
{
	json_t *rows = json_array(), *result;

	for (size_t i = 0; i < n; i++)
		(void)json_array_append_new(
			rows,
			json_pack("{s:s, s:s?, s:i}", "address", "themas/x",
				  "title", i ? NULL : "Iks", "time", WHEN));
	result = json_pack("{s:o}", "rows", rows);
	lead_take_drafts(l, result);
	json_decref(result);
}

static void
expect_line(const struct lead *l, size_t line, const char *text,
	    const char *count)
{
	struct buf out = BUF_INIT;

	lead_text(l, line, &out);
	assert_string_equal(out.ptr, text);
	buf_reset(&out);
	lead_count(l, line, &out);
	assert_string_equal(out.ptr, count);
	buf_release(&out);
}

static void
test_lead__is_nothing_without_drafts(void **state)
{
	struct lead l = { 0 };

	(void)state;
	assert_int_equal(lead_lines(&l), 0);
	take_drafts(&l, 0);
	assert_int_equal(lead_lines(&l), 0);
	lead_release(&l);
}

static void
test_lead__names_the_newest_draft(void **state)
{
	struct lead l = { 0 };

	(void)state;
	take_drafts(&l, 1);
	assert_int_equal(lead_lines(&l), 2);
	assert_int_equal(lead_kind_of(&l, 0), LEAD_DRAFTS);
	assert_int_equal(lead_kind_of(&l, 1), LEAD_BLANK);
	expect_line(&l, 0, "Go on writing: Iks, draft of 17 March 2025 10:00",
		    "1 draft");
	expect_line(&l, 1, "", "");
	take_drafts(&l, 3);
	expect_line(&l, 0, "Go on writing: Iks, draft of 17 March 2025 10:00",
		    "3 drafts");
	lead_release(&l);
}

static void
take_news(struct lead *l, const char *rows, const char *read)
{
	json_t *result = json_pack("{s:o}", "rows", json_loads(rows, 0, NULL));
	json_t *seen = json_loads(read, 0, NULL);

	lead_take_news(l, result, seen);
	json_decref(result);
	json_decref(seen);
}

/* Which page `o` leads to, and how many more there are. */
static void
expect_first(const struct lead *l, const char *address, size_t left)
{
	size_t more;
	const json_t *row = lead_first_new(l, NULL, &more);

	assert_int_equal(more, left);
	if (address)
		assert_string_equal(
			json_string_value(json_object_get(row, "address")),
			address);
	else
		assert_null(row);
}

static void
test_lead__counts_what_is_new(void **state)
{
	static const char two[] = "[{\"address\":\"a\",\"version\":3},"
				  "{\"address\":\"b\",\"version\":1}]";
	struct lead l = { 0 };

	(void)state;
	expect_first(&l, NULL, 0);
	take_news(&l, two, "{}");
	assert_int_equal(lead_lines(&l), 2);
	assert_int_equal(lead_kind_of(&l, 0), LEAD_NEWS);
	assert_int_equal(lead_kind_of(&l, 1), LEAD_BLANK);
	expect_line(&l, 0, "New for you: 2 pages", "2 new");
	expect_first(&l, "a", 1);
	take_drafts(&l, 1);
	assert_int_equal(lead_lines(&l), 3);
	assert_int_equal(lead_kind_of(&l, 0), LEAD_NEWS);
	assert_int_equal(lead_kind_of(&l, 1), LEAD_DRAFTS);
	assert_int_equal(lead_kind_of(&l, 2), LEAD_BLANK);
	take_news(&l, "[]", "{}");
	assert_int_equal(lead_kind_of(&l, 0), LEAD_DRAFTS);
	lead_release(&l);
}

/* The wiki may say so before it knows of the reading. */
static void
test_lead__what_was_shown_is_not_new(void **state)
{
	static const char two[] = "[{\"address\":\"a\",\"version\":3},"
				  "{\"address\":\"b\",\"version\":1},7]";
	struct lead l = { 0 };

	(void)state;
	take_news(&l, two, "{\"a\":3}");
	expect_line(&l, 0, "New for you: 1 page", "1 new");
	expect_first(&l, "b", 0);
	take_news(&l, two, "{\"a\":2,\"b\":9}");
	expect_first(&l, "a", 0);
	lead_release(&l);
}

/* One that was read before a change named them is new until it is read then. */
static void
test_lead__being_named_later_is_new_once_more(void **state)
{
	static const char late[] =
		"[{\"what\":\"mention\",\"thread\":\"c\",\"remark\":\"1\","
		"\"address\":\"a\",\"remarks\":1,\"late\":true}]";
	struct lead l = { 0 };

	(void)state;
	take_news(&l, late, "{\"c\":\"2\"}");
	expect_line(&l, 0, "New for you: mentioned 1 time", "1 new");
	take_news(&l, late, "{\"c\":\"2\",\"1\":true}");
	assert_int_equal(lead_lines(&l), 0);
	lead_release(&l);
}

static void
test_lead__a_page_that_is_gone_has_its_address(void **state)
{
	struct lead l = { 0 };
	struct buf out = BUF_INIT;

	(void)state;
	take_drafts(&l, 2);
	assert_string_equal(lead_draft(&l, 1, &out), "themas/x");
	assert_string_equal(out.ptr, "themas/x, draft of 17 March 2025 10:00");
	assert_null(lead_draft(&l, 2, &out));
	buf_release(&out);
	lead_release(&l);
}

static int
set_zone(void **state)
{
	(void)state;
	(void)setenv("TZ", "UTC", 1);
	tzset();
	return 0;
}

static void
test_lead__tells_an_administrator_how_many_wait(void **state)
{
	json_t *session = json_pack("{s:i}", "requests", 3);
	struct buf text = BUF_INIT, count = BUF_INIT;
	struct lead l = { 0 };

	(void)state;
	lead_take_session(&l, NULL);
	assert_int_equal(lead_lines(&l), 0);
	lead_take_session(&l, session);
	assert_int_equal(lead_lines(&l), 2);
	assert_int_equal(lead_kind_of(&l, 0), LEAD_REQUESTS);
	assert_int_equal(lead_kind_of(&l, 1), LEAD_BLANK);
	lead_text(&l, 0, &text);
	lead_count(&l, 0, &count);
	assert_string_equal(text.ptr, "Administration: requests");
	assert_string_equal(count.ptr, "3 wait");
	buf_release(&text);
	buf_release(&count);
	lead_release(&l);
	json_decref(session);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lead__is_nothing_without_drafts),
		cmocka_unit_test(
			test_lead__tells_an_administrator_how_many_wait),
		cmocka_unit_test(test_lead__names_the_newest_draft),
		cmocka_unit_test(test_lead__counts_what_is_new),
		cmocka_unit_test(test_lead__what_was_shown_is_not_new),
		cmocka_unit_test(test_lead__being_named_later_is_new_once_more),
		cmocka_unit_test(
			test_lead__a_page_that_is_gone_has_its_address),
	};

	return cmocka_run_group_tests(tests, set_zone, NULL);
}
