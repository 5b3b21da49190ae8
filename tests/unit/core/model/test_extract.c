/* The words and the links of a page. */
#include "plein/extract.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void
read_text(struct extract *x, const char *markdown)
{
	extract_read(x, "themas/a", markdown, strlen(markdown));
}

static void
assert_text(const char *markdown, const char *want)
{
	struct extract x;

	read_text(&x, markdown);
	assert_string_equal(x.text.ptr, want);
	extract_release(&x);
}

static void
test_extract__text_is_what_people_read(void **state)
{
	(void)state;
	assert_text("", "");
	assert_text("# Kop\n\nEen *nadruk*\nregel.\n\n- a\n- b\n",
		    "Kop\nEen nadruk regel.\na\nb\n");
	assert_text("zie [daar](https://x.example/lang/pad)\n", "zie daar\n");
	assert_text("```\ncode <b>\n```\n", "code <b>\n");
	assert_text("a <b>vet</b>\n", "a vet\n");
}

/* "target:label ~target:label": ~ for a loose one. */
static void
assert_links(const char *markdown, const char *want)
{
	struct buf got = BUF_INIT;
	struct extract x;
	size_t i;

	read_text(&x, markdown);
	for (i = 0; i < x.links.len; i++) {
		const struct extract_link *l = x.links.items[i];

		buf_printf(&got, "%s%s%s:%.*s", i ? " " : "",
			   l->loose ? "~" : "", l->target, (int)l->len,
			   x.text.ptr + l->at);
	}
	assert_string_equal(got.ptr, want);
	buf_release(&got);
	extract_release(&x);
}

static void
test_extract__links_are_resolved(void **state)
{
	(void)state;
	assert_links("[B](b.md) [C](../begrippen/c.md#x) [[themas/d]] [[Eén]]",
		     "themas/b:B begrippen/c:C themas/d:themas/d ~Eén:Eén");
	assert_links("[[themas/d|het *label*]]", "themas/d:het label");
	assert_links("[uit](https://x.example) [mail](mailto:a@b) <http://c>",
		     "");
	assert_links("| [a](x.md) | b |\n| --- | --- |\n", "themas/x:a");
}

static void
test_extract__strange_links_do_no_harm(void **state)
{
	struct extract x;

	(void)state;
	assert_links("![]([[)]]", "");
	assert_links("[[x|<tt:>]]", "~x:tt:");
	read_text(&x, "[[[[[[[a]]]]]]] [](b.md) [[]] [x]()");
	extract_release(&x);
}

static void
assert_passage(const char *markdown, const char *want)
{
	struct buf got = BUF_INIT;
	struct extract x;

	read_text(&x, markdown);
	assert_int_equal(x.links.len, 1);
	extract_passage(&got, &x, x.links.items[0]);
	assert_string_equal(got.ptr, want);
	buf_release(&got);
	extract_release(&x);
}

static void
test_extract__a_passage_is_the_words_around(void **state)
{
	(void)state;
	assert_passage("Eerst.\n\nwerken aan [CG](cg.md). Dan\n\nanders\n",
		       "werken aan [CG]. Dan");
	assert_passage("aaaaaaaaaa bbbbbbbbbb cccccccccc dddddddddd eeeeeeeeee "
		       "ffffffffff gggggggggg hhhhhhhhhh [CG](cg.md)\n",
		       "...cccccccccc dddddddddd eeeeeeeeee ffffffffff "
		       "gggggggggg hhhhhhhhhh [CG]");
	assert_passage(
		"[CG](cg.md) aaaaaaaaaa bbbbbbbbbb cccccccccc dddddddddd "
		"eeeeeeeeee ffffffffff gggggggggg hhhhhhhhhh\n",
		"[CG] aaaaaaaaaa bbbbbbbbbb cccccccccc dddddddddd "
		"eeeeeeeeee ffffffffff...");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_extract__text_is_what_people_read),
		cmocka_unit_test(test_extract__links_are_resolved),
		cmocka_unit_test(test_extract__strange_links_do_no_harm),
		cmocka_unit_test(test_extract__a_passage_is_the_words_around),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
