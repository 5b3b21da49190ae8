/* What stands around a page, as plain text, in English. */
#include "view/about.h"

#include <stdio.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "layout/layout.h"

static void
assert_around(struct about *a, const char *fields, const char *want)
{
	struct frontmatter *fm;
	struct notes above, below;
	struct layout l;
	struct layout_text text = {
		.markdown = "=", .len = 1, .above = &above, .below = &below
	};
	struct buf got = BUF_INIT;

	(void)frontmatter_parse(&fm, fields, strlen(fields), NULL);
	a->fields = fm;
	notes_init(&above);
	notes_init(&below);
	about_above(&above, a);
	about_below(&below, a);
	layout_make_around(&l, &text, 60, NULL);
	layout_plain(&l, &got);
	assert_string_equal(got.ptr, want);
	buf_release(&got);
	layout_release(&l);
	notes_release(&above);
	notes_release(&below);
	frontmatter_free(fm);
}

static void
test_about__says_nothing_of_a_bare_page(void **state)
{
	struct about a = { 0 };

	(void)state;
	assert_around(&a, "", "  =\n");
	assert_around(&a, "---\ntitel: x\ntrefwoorden: []\n---\n", "  =\n");
	a.n_headings = 1; /* is found without a list */
	assert_around(&a, "", "  =\n");
}

static void
test_about__says_fields_in_an_order(void **state)
{
	json_t *titles = json_pack("{s:s}", "organisaties/com", "Commissie");
	struct about a = { .titles = titles, .n_headings = 2 };

	(void)state;
	assert_around(
		&a,
		"---\ntrefwoorden: [a, b]\ngremium: organisaties/com\n"
		"datum: \"2019-01-02\"\nherzien_voor: ooit\n---\n",
		"  Date: 2 January 2019. Body: [Commissie]. Review before:\n"
		"  ooit. Keywords: a, b.\n"
		"  Contents: 2 headings (i).\n"
		"\n"
		"  =\n");
	json_decref(titles);
}

static void
test_about__bounds_a_list(void **state)
{
	struct buf fields = BUF_INIT;
	struct about a = { 0 };

	(void)state;
	buf_str(&fields, "---\ntrefwoorden: [a");
	for (int i = 0; i < 50; i++)
		buf_str(&fields, ", a");
	buf_str(&fields, "]\n---\n");
	assert_around(&a, fields.ptr,
		      "  Keywords: a, a, a, a, a, a, a, a, a, a, a, a, ...\n"
		      "\n"
		      "  =\n");
	buf_release(&fields);
}

static json_t *
make_link(const char *address, const char *kind, const char *field)
{
	return json_pack("{s:s, s:s, s:s, s:s, s:s?}", "address", address,
			 "title", address, "kind", kind, "status", "concept",
			 "field", field);
}

static void
test_about__names_what_belongs_together(void **state)
{
	json_t *page = json_pack("{s:[{s:s, s:n}]}", "parents", "address",
				 "themas/boven", "title");
	json_t *links = json_pack(
		"[o, o, o, o, o]", make_link("themas/x", "thema", NULL),
		make_link("vraagstukken/v", "vraagstuk", "hoort_bij"),
		make_link("themas/kind", "thema", "hoort_bij"),
		make_link("themas/z", "thema", "gerelateerd"),
		make_link("themas/x", "thema", NULL));
	struct about a = { .page = page, .links = links };

	(void)state;
	assert_around(&a, "---\ngerelateerd: [themas/y, themas/z]\n---\n",
		      "  =\n"
		      "\n"
		      "Belongs to\n"
		      "  - [themas/boven]\n"
		      "\n"
		      "Questions here\n"
		      "  - [vraagstukken/v], draft\n"
		      "\n"
		      "Below this\n"
		      "  - [themas/kind], theme\n"
		      "\n"
		      "See also\n"
		      "  - [themas/y]\n"
		      "  - [themas/z]\n"
		      "\n"
		      "Links here: 1\n"
		      "  - [themas/x], theme\n");
	json_decref(page);
	json_decref(links);
}

static void
test_about__names_ten_of_many_links(void **state)
{
	json_t *links = json_array();
	struct about a = { .links = links };
	char address[32];

	(void)state;
	for (int i = 0; i < 12; i++) {
		(void)snprintf(address, sizeof(address), "p/%d", i);
		(void)json_array_append_new(links,
					    make_link(address, "", NULL));
	}
	assert_around(&a, "",
		      "  =\n\nLinks here: 12\n"
		      "  - [p/0]\n  - [p/1]\n  - [p/2]\n  - [p/3]\n  - [p/4]\n"
		      "  - [p/5]\n  - [p/6]\n  - [p/7]\n  - [p/8]\n  - [p/9]\n"
		      "  - And 2 more: x shows all of them.\n");
	a.more_links = true;
	assert_around(&a, "",
		      "  =\n\nLinks here: more than 12\n"
		      "  - [p/0]\n  - [p/1]\n  - [p/2]\n  - [p/3]\n  - [p/4]\n"
		      "  - [p/5]\n  - [p/6]\n  - [p/7]\n  - [p/8]\n  - [p/9]\n"
		      "  - And more: x shows all of them.\n");
	json_decref(links);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_about__says_nothing_of_a_bare_page),
		cmocka_unit_test(test_about__says_fields_in_an_order),
		cmocka_unit_test(test_about__bounds_a_list),
		cmocka_unit_test(test_about__names_what_belongs_together),
		cmocka_unit_test(test_about__names_ten_of_many_links),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
