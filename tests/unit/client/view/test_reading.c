/* A text in words, and its links to choose from. */
#include "view/reading.h"

#include <stdlib.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void
expect(const struct telling *t, size_t i, enum telling_kind kind,
       const char *text)
{
	const struct telling_part *part;

	assert_true(i < t->parts.len);
	part = t->parts.items[i];
	assert_int_equal(part->kind, kind);
	assert_string_equal(part->text, text);
}

static void
test_reading__tells_paragraphs_headings_and_links(void **state)
{
	static const char text[] =
		"# Kop\n\nEen lange [b](b.md) alinea\nover "
		"twee regels.\n\n- [uit](https://vng.nl/x)\n";
	struct telling t;
	struct layout l;

	(void)state;
	telling_init(&t);
	layout_make(&l, text, strlen(text), LAYOUT_UNWRAPPED, NULL);
	reading_tell(&l, &t);
	assert_int_equal(t.parts.len, 5);
	expect(&t, 0, TELLING_HEADING, "Kop");
	expect(&t, 1, TELLING_TEXT,
	       "Een lange [b] (link 1) alinea over twee regels.");
	expect(&t, 2, TELLING_TEXT, "- [uit, vng.nl] (link 2)");
	expect(&t, 3, TELLING_CHOICE, "b");
	expect(&t, 4, TELLING_CHOICE, "uit, https://vng.nl/x");
	layout_release(&l);
	telling_release(&t);
}

static void
test_reading__picks_a_link(void **state)
{
	static const char text[] = "[a](a.md) en [b](b.md)\n";
	struct reading r;

	(void)state;
	reading_init(&r);
	reader_set(&r.reader, text, strlen(text), 40, NULL);
	assert_true(reading_pick(&r, 1));
	assert_string_equal(reader_link_here(&r.reader)->label, "b");
	assert_false(reading_pick(&r, 2));
	reading_release(&r);
}

static void
test_reading__seeks_words_with_others_before_them(void **state)
{
	static const char text[] = "Een *woord* hier.\n\nHet woord daar.\n";
	struct context c = { 0 };
	struct reading r;

	(void)state;
	reading_init(&r);
	reader_set(&r.reader, text, strlen(text), 40, NULL);
	assert_true(reading_seek(&r, &c, "woord", ""));
	assert_int_equal(r.reader.scroll.at, 1);
	assert_true(reading_seek(&r, &c, "woord", "het "));
	assert_int_equal(r.reader.scroll.at, 3);
	assert_string_equal(r.look.words, "woord");
	assert_false(reading_seek(&r, &c, "nergens", ""));
	reading_release(&r);
	free(c.message);
	said_release(&c.told_before);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			test_reading__tells_paragraphs_headings_and_links),
		cmocka_unit_test(test_reading__picks_a_link),
		cmocka_unit_test(
			test_reading__seeks_words_with_others_before_them),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
