#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "layout/layout.h"
#include "plein/buf.h"

/* Marks behind these words, in order; the text must then read so. */
static void
assert_marked(const char *markdown, const char *const *words, size_t n,
	      const char *want)
{
	struct layout_mark marks[4];
	struct layout_text text = { .markdown = markdown,
				    .len = strlen(markdown),
				    .marks = marks,
				    .n_marks = n };
	struct buf got = BUF_INIT;
	struct layout l;

	for (size_t i = 0; i < n; i++) {
		const char *at = strstr(markdown, words[i]);

		assert_non_null(at);
		marks[i].at = (size_t)(at - markdown) + strlen(words[i]);
		marks[i].label = "{x}";
	}
	layout_make_around(&l, &text, 60, NULL);
	layout_plain(&l, &got);
	assert_string_equal(got.ptr, want);
	buf_release(&got);
	layout_release(&l);
}

static void
assert_one(const char *markdown, const char *words, const char *want)
{
	assert_marked(markdown, &words, 1, want);
}

static void
test_inline_mark__stands_behind_its_words(void **state)
{
	const char *const both[] = { "zin.", "slot." };

	(void)state;
	assert_one("Een zin. En een slot.\n", "zin.",
		   "  Een zin. {x} En een slot.\n");
	assert_one("Een zin. En een slot.\n", "slot.",
		   "  Een zin. En een slot. {x}\n");
	assert_marked("Een zin. En een slot.\n\nNog iets.\n", both, 2,
		      "  Een zin. {x} En een slot. {x}\n\n  Nog iets.\n");
}

/* A link, code and a heading stay what they are. */
static void
test_inline_mark__breaks_nothing(void **state)
{
	(void)state;
	assert_one("Zie [dit ding](a.md) maar.\n", "dit",
		   "  Zie [dit ding] {x} maar.\n");
	assert_one("Dit is **vet** zo.\n", "**vet**", "  Dit is vet {x} zo.\n");
	assert_one("Dit is *heel* **vet**\n\nen dit niet.\n", "**vet**",
		   "  Dit is heel vet {x}\n\n  en dit niet.\n");
	assert_one("# Kop\n\nTekst.\n", "Kop", "Kop\n  {x}\n\n  Tekst.\n");
	assert_one("```\na b\n```\n\nTekst.\n", "a b",
		   "    a b\n\n  {x}\n\n  Tekst.\n");
	assert_one("- een\n- twee\n", "een", "  - een {x}\n  - twee\n");
}

/* What footnotes add to the source shifts nothing. */
static void
test_inline_mark__keeps_its_place_behind_footnotes(void **state)
{
	(void)state;
	assert_one("Een[^1] zin.\n\n[^1]: noot\n[^2]: meer\n\nHet slot. Ja.\n",
		   "slot.",
		   "  Een[^1] zin.\n\n  [^1]: noot\n\n  [^2]: meer\n\n"
		   "  Het slot. {x} Ja.\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_inline_mark__stands_behind_its_words),
		cmocka_unit_test(test_inline_mark__breaks_nothing),
		cmocka_unit_test(
			test_inline_mark__keeps_its_place_behind_footnotes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
