#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "view/form.h"
#include "view/view.h"

enum { TITLE, KIND, SMALL, MAKE, STOP };

static void
make(struct form *f)
{
	form_init(f);
	form_say(f, "Een nieuwe pagina.");
	form_add_line(f, TITLE, "Titel", "", 100, 24);
	form_require(f);
	form_explain(f, "Zoals hij bovenaan komt.");
	form_add_choice(f, KIND, "Soort:");
	form_add_option(f, "thema", false);
	form_add_option(f, "begrip", true);
	form_add_check(f, SMALL, "kleine wijziging", false);
	form_add_button(f, MAKE, "Maken");
	form_add_button(f, STOP, "Stoppen");
}

static void
assert_shown(struct form *f, int rows, int cols, const char *expected)
{
	struct canvas *c = canvas_new(rows, cols);
	struct buf out = BUF_INIT;

	form_recalc(f, rows, cols);
	form_paint(f, c, 0, rows, true);
	canvas_dump(c, &out);
	assert_string_equal(out.ptr, expected);
	buf_release(&out);
	canvas_free(c);
}

static struct context ctx;

static void
type(struct form *f, const char *s)
{
	for (; *s; s++) {
		struct key k = { .code = KEY_TEXT, .text = s, .len = 1 };

		assert_true(form_key(f, &k, &ctx));
	}
}

static void
assert_told(const struct form *f, const char *expected)
{
	struct buf out = BUF_INIT;

	form_tell_focus(f, &out);
	assert_string_equal(out.ptr, expected);
	buf_release(&out);
}

static void
test_form__shows_fields_choices_and_buttons(void **state)
{
	struct form f;

	(void)state;
	make(&f);
	type(&f, "Naam");
	assert_shown(&f, 14, 60,
		     "  Een nieuwe pagina.\n"
		     "* Titel\n"
		     "  [Naam\u25ae                 ]\n"
		     "  Soort:   ( ) thema   (x) begrip\n"
		     "  [ ] kleine wijziging\n"
		     "\n"
		     "  < Maken >   < Stoppen >\n\n\n\n\n\n\n\n");
	form_set_focus(&f, KIND);
	f.tight = true;
	assert_shown(&f, 6, 60,
		     "  Een nieuwe pagina.\n"
		     "* Titel\n"
		     "  [Naam                  ]\n"
		     "  Soort:   ( ) thema   \u25aex) begrip\n"
		     "  [ ] kleine wijziging\n"
		     "  < Maken >   < Stoppen >\n");
	form_release(&f);
}

static void
test_form__scrolls_where_the_window_is_low(void **state)
{
	struct form f;

	(void)state;
	make(&f);
	f.tight = true;
	assert_shown(&f, 3, 30,
		     "  Een nieuwe pagina.\n"
		     "* Titel\n"
		     "  [\u25ae                     ]\n");
	assert_true(form_has_more(&f));
	form_set_focus(&f, STOP);
	assert_shown(&f, 3, 30,
		     "  (x) begrip\n"
		     "  [ ] kleine wijziging\n"
		     "  < Maken >   \u25ae Stoppen >\n");
	assert_false(form_has_more(&f));
	form_release(&f);
}

static void
test_form__goes_from_item_to_item(void **state)
{
	struct form f;

	(void)state;
	make(&f);
	assert_int_equal(form_focus(&f), TITLE);
	assert_int_equal(form_run(&f, CMD_UP), FORM_MOVED);
	assert_int_equal(form_focus(&f), TITLE);
	assert_int_equal(form_run(&f, CMD_PRESS), FORM_MOVED);
	assert_int_equal(form_focus(&f), KIND);
	assert_int_equal(form_run(&f, CMD_NEXT_ITEM), FORM_MOVED);
	assert_int_equal(form_run(&f, CMD_DOWN), FORM_MOVED);
	assert_int_equal(form_focus(&f), MAKE);
	assert_int_equal(form_run(&f, CMD_PRESS), FORM_PRESSED);
	assert_int_equal(form_run(&f, CMD_RIGHT), FORM_MOVED);
	assert_int_equal(form_focus(&f), STOP);
	assert_int_equal(form_run(&f, CMD_DOWN), FORM_MOVED);
	assert_int_equal(form_focus(&f), STOP);
	assert_int_equal(form_run(&f, CMD_PREVIOUS_ITEM), FORM_MOVED);
	assert_int_equal(form_focus(&f), MAKE);
	assert_int_equal(form_run(&f, CMD_HELP), FORM_OTHER);
	assert_false(f.changed);
	form_release(&f);
}

static void
test_form__keeps_what_is_filled_in(void **state)
{
	const struct key left = { .code = KEY_LEFT_ };
	struct form f;
	int id = -1;

	(void)state;
	make(&f);
	assert_true(form_find_missing(&f, &id));
	assert_int_equal(id, TITLE);
	type(&f, "a b");
	assert_true(f.changed);
	f.changed = false;
	assert_true(form_key(&f, &left, &ctx));
	assert_false(f.changed); /* to move is no change */
	type(&f, "x");
	assert_true(f.changed);
	assert_string_equal(form_text(&f, TITLE), "a xb");
	assert_false(form_find_missing(&f, &id));
	form_set_focus(&f, KIND);
	assert_int_equal(form_chosen(&f, KIND), 1);
	type(&f, " ");
	assert_int_equal(form_chosen(&f, KIND), 0);
	assert_int_equal(form_run(&f, CMD_LEFT), FORM_CHANGED);
	assert_int_equal(form_chosen(&f, KIND), 1);
	form_set_focus(&f, SMALL);
	type(&f, " ");
	assert_true(form_is_on(&f, SMALL));
	assert_shown(&f, 14, 60,
		     "  Een nieuwe pagina.\n"
		     "* Titel\n"
		     "  [a xb                  ]\n"
		     "  Soort:   ( ) thema   (x) begrip\n"
		     "  \u25aex] kleine wijziging\n"
		     "\n"
		     "  < Maken >   < Stoppen >\n\n\n\n\n\n\n\n");
	form_set_text(&f, TITLE, "anders");
	assert_string_equal(form_text(&f, TITLE), "anders");
	form_release(&f);
}

static void
test_form__takes_only_text_that_is_for_it(void **state)
{
	struct key letter = { .code = KEY_TEXT, .text = "q", .len = 1 };
	struct key tab = { .code = KEY_TAB_ };
	struct form f;

	(void)state;
	make(&f);
	assert_false(form_key(&f, &tab, &ctx));
	form_set_focus(&f, KIND);
	assert_false(form_key(&f, &letter, &ctx));
	form_set_focus(&f, MAKE);
	assert_false(form_key(&f, &letter, &ctx));
	form_release(&f);
}

static void
test_form__says_where_the_focus_is(void **state)
{
	struct form f;

	(void)state;
	make(&f);
	assert_told(&f, "Titel, required, field 1 of 3. Zoals hij bovenaan "
			"komt.");
	form_set_focus(&f, KIND);
	assert_told(&f, "Soort: begrip, field 2 of 3.");
	form_set_focus(&f, SMALL);
	assert_told(&f, "kleine wijziging, not marked, field 3 of 3.");
	form_set_focus(&f, STOP);
	assert_told(&f, "Stoppen, button.");
	form_release(&f);
}

static void
test_form__is_told_as_lines(void **state)
{
	struct telling t;
	struct form f;

	(void)state;
	make(&f);
	type(&f, "Naam");
	telling_init(&t);
	form_tell(&f, &t);
	assert_int_equal(t.parts.len, 6);
	assert_string_equal(
		((const struct telling_part *)t.parts.items[1])->text,
		"Titel: Naam");
	assert_int_equal(((const struct telling_part *)t.parts.items[1])->kind,
			 TELLING_FIELD);
	assert_int_equal(((const struct telling_part *)t.parts.items[5])->kind,
			 TELLING_CHOICE);
	assert_int_equal(((const struct telling_part *)t.parts.items[5])->value,
			 STOP);
	telling_release(&t);
	form_release(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_form__shows_fields_choices_and_buttons),
		cmocka_unit_test(test_form__scrolls_where_the_window_is_low),
		cmocka_unit_test(test_form__goes_from_item_to_item),
		cmocka_unit_test(test_form__keeps_what_is_filled_in),
		cmocka_unit_test(test_form__takes_only_text_that_is_for_it),
		cmocka_unit_test(test_form__says_where_the_focus_is),
		cmocka_unit_test(test_form__is_told_as_lines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
