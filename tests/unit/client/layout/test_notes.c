/* Lines of our own around a text. */
#include "layout/layout.h"

#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void
assert_around(const struct notes *above, const char *markdown,
	      const struct notes *below, int width, const char *want)
{
	const struct layout_text text = { .markdown = markdown,
					  .len = strlen(markdown),
					  .above = above,
					  .below = below };
	struct layout l;
	struct buf got = BUF_INIT;

	layout_make_around(&l, &text, width, NULL);
	layout_plain(&l, &got);
	assert_string_equal(got.ptr, want);
	buf_release(&got);
	layout_release(&l);
}

static void
fill(struct notes *above, struct notes *below)
{
	notes_init(above);
	notes_init(below);
	notes_add(above, NOTE_LINE, "Eigenaar: ");
	notes_link(above, "de griffie", "organisaties/griffie");
	notes_add(above, NOTE_WORDS, ".");
	notes_add(above, NOTE_LINE, "Inhoud: 1 kop.");
	notes_add(below, NOTE_HEADING, "Hoort bij");
	notes_add(below, NOTE_ITEM, "");
	notes_link(below, "Een lange titel van iets", "themas/a");
	notes_add(below, NOTE_ITEM, "meer");
	notes_add(below, NOTE_HEADING, "Zie ook");
	notes_add(below, NOTE_ITEM, "x *y* [z](z.md)");
}

static void
test_notes__stand_around_the_text(void **state)
{
	struct notes above, below;

	(void)state;
	fill(&above, &below);
	assert_around(&above, "Tekst\n\n# Kop\n\n```\nniet dicht", &below, 20,
		      "  Eigenaar: [de\n"
		      "  griffie].\n"
		      "  Inhoud: 1 kop.\n"
		      "\n"
		      "  Tekst\n"
		      "\n"
		      "Kop\n"
		      "    niet dicht\n"
		      "\n"
		      "Hoort bij\n"
		      "  - [Een lange titel\n"
		      "    van iets]\n"
		      "  - meer\n"
		      "\n"
		      "Zie ook\n"
		      "  - x *y* [z](z.md)\n");
	assert_around(NULL, "a", NULL, 20, "  a\n");
	notes_release(&above);
	notes_release(&below);
}

static void
test_notes__tell_where_the_text_is(void **state)
{
	static const char text[] = "a\n\n# b\n";
	struct notes above, below;
	struct layout_text t = { .markdown = text,
				 .len = sizeof(text) - 1,
				 .above = &above,
				 .below = &below };
	struct layout l;

	(void)state;
	fill(&above, &below);
	layout_make_around(&l, &t, 40, NULL);
	assert_int_equal(l.text_from, 2);
	assert_int_equal(l.text_to, 6);
	assert_int_equal(l.n_links, 2);
	assert_string_equal(l.links[1].target, "/themas/a");
	assert_string_equal(l.links[1].label, "Een lange titel van iets");
	assert_int_equal(l.links[1].line, 8);
	layout_release(&l);
	notes_release(&above);
	notes_release(&below);
}

/* A text that is shown as its source keeps what stands around it. */
static void
test_notes__stay_when_the_text_explodes(void **state)
{
	struct notes above, below;
	struct buf text = BUF_INIT;
	struct layout l;

	(void)state;
	fill(&above, &below);
	for (int i = 0; i < 20000; i++)
		buf_str(&text, "|a");
	buf_char(&text, '\n');
	for (int i = 0; i < 20000; i++)
		buf_str(&text, "|---");
	for (int i = 0; i < 20000; i++)
		buf_str(&text, "\n|");
	layout_make_around(&l,
			   &(struct layout_text){ .markdown = text.ptr,
						  .len = text.len,
						  .above = &above,
						  .below = &below },
			   76, NULL);
	assert_memory_equal(l.text, "Eigenaar: ", 10);
	assert_int_equal(l.n_links, 2);
	layout_release(&l);
	buf_release(&text);
	notes_release(&above);
	notes_release(&below);
}

static size_t
count(const char *markdown)
{
	return layout_count_headings(markdown, strlen(markdown));
}

/* As many as lines of their own: that is what a list of them shows. */
static void
test_notes__headings_can_be_counted_before(void **state)
{
	(void)state;
	assert_int_equal(count(""), 0);
	assert_int_equal(count("# a\n\nb\n===\n\n```\n# c\n```\n"), 2);
	assert_int_equal(count("#\n\n# *\\*\n"), 1);
	assert_int_equal(count("- # a\n- b\n\n  # c\n"), 1);
	assert_int_equal(count("-\na\n-\n"), 1);
	assert_int_equal(count("|\n|:--\n-\n# a\n"), 1);
	assert_int_equal(count("> # a\n\n    # b\n"), 1);
	assert_int_equal(count("a\n= \n\nb\n--  \n"), 2);
	assert_int_equal(count("> a\r\n> ===\r\n"), 1);
	assert_int_equal(count("a = b\n- c\nd\n"), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_notes__stand_around_the_text),
		cmocka_unit_test(test_notes__tell_where_the_text_is),
		cmocka_unit_test(test_notes__stay_when_the_text_explodes),
		cmocka_unit_test(test_notes__headings_can_be_counted_before),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
