/* What all views share. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "view/view.h"

static json_t *
make_page(const char *commit, const char *text)
{
	return json_pack("{s:s, s:i, s:s, s:s}", "address", "themas/x",
			 "version", 3, "commit", commit, "text", text);
}

static void
test_view__keeps_a_page_once(void **state)
{
	struct context c = { 0 };
	json_t *first = make_page("a1", "tekst"), *again, *other, *got;

	(void)state;
	got = context_page(&c, first);
	assert_ptr_equal(got, first);
	json_decref(got);
	again = make_page("a1", "tekst");
	got = context_page(&c, again);
	assert_ptr_equal(got, first);
	json_decref(got);
	other = make_page("b2", "andere tekst");
	got = context_page(&c, other);
	assert_ptr_equal(got, other);
	json_decref(got);
	assert_ptr_equal(c.page, other);
	json_decref(c.page);
	json_decref(first);
	json_decref(again);
	json_decref(other);
}

static const char *
shown_page(const struct view *v, json_int_t *version)
{
	(void)v;
	*version = 1;
	return "sjablonen/thema";
}

/* What it says of a template: edit, remark, new page. */
static void
expect_of_template(const char *role, bool edit, bool reply, bool new)
{
	static const struct view_ops ops = { .place = PLACE_PAGE,
					     .page = shown_page };
	struct context c = { .session = json_pack("{s:s}", "role", role) };
	struct view v = { .ops = &ops, .ctx = &c };

	assert_int_equal(view_allows(&v, CMD_EDIT), edit);
	assert_int_equal(view_allows(&v, CMD_PROPERTIES), edit);
	assert_int_equal(view_allows(&v, CMD_RENAME), edit);
	assert_int_equal(view_allows(&v, CMD_DELETE), edit);
	assert_int_equal(view_allows(&v, CMD_REPLY), reply);
	assert_int_equal(view_allows(&v, CMD_NEW), new);
	assert_int_equal(context_may_change(&c, "themas/x"), new);
	json_decref(c.session);
}

static void
test_view__offers_a_template_to_editors_only(void **state)
{
	(void)state;
	expect_of_template("lezer", false, false, false);
	expect_of_template("bijdrager", false, true, true);
	expect_of_template("redacteur", true, true, true);
}

/* What one did to oneself alone needs no right to write, only a day that is
 * today. */
static void
test_view__takes_back_what_is_ones_own(void **state)
{
	static const struct view_ops ops = { .place = PLACE_START };
	struct context c = { .session = json_pack("{s:s}", "role", "lezer"),
			     .undo = json_pack("[{s:s}]", "method",
					       "mark.all") };
	struct view v = { .ops = &ops, .ctx = &c };

	(void)state;
	assert_true(view_allows(&v, CMD_TAKE_BACK));
	assert_false(view_lacks_right(&v, CMD_TAKE_BACK));
	c.at = 1;
	assert_false(view_allows(&v, CMD_TAKE_BACK));
	assert_false(view_lacks_right(&v, CMD_TAKE_BACK));
	c.at = 0;
	(void)json_array_clear(c.undo);
	assert_false(view_allows(&v, CMD_TAKE_BACK));
	assert_true(view_lacks_right(&v, CMD_TAKE_BACK));
	json_decref(c.undo);
	json_decref(c.session);
}

/* Where one cannot apply a guest is not sent to the door for it. */
static void
test_view__tells_a_guest_how_to_apply_where_one_can(void **state)
{
	struct context c = { .session = json_pack("{s:s, s:b}", "role", "gast",
						  "register", 1) };

	(void)state;
	context_say_no_right(&c, CMD_EDIT);
	assert_non_null(strstr(c.message, "To apply:"));
	(void)json_object_set_new(c.session, "register", json_false());
	context_say_no_right(&c, CMD_EDIT);
	assert_null(strstr(c.message, "To apply:"));
	assert_non_null(strstr(c.message, "profile"));
	free(c.message);
	said_release(&c.told_before);
	json_decref(c.session);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_view__offers_a_template_to_editors_only),
		cmocka_unit_test(
			test_view__tells_a_guest_how_to_apply_where_one_can),
		cmocka_unit_test(test_view__takes_back_what_is_ones_own),
		cmocka_unit_test(test_view__keeps_a_page_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
