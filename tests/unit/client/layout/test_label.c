/* How links read, where they stand and what they lead to. */
#include "layout/layout.h"

#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const char *
title(void *ctx, const char *address)
{
	static const char *const pages[][2] = {
		{ "themas/digitale-toegang", "Digitale toegang en identiteit" },
		{ "themas/b", "Pagina B" },
		{ "index", "Start" },
		{ "slug-alleen", "Gevonden op slug" },
		{ "themas/kwaad", "\x1b]0;x\x07[*titel*](y)" },
	};

	(*(int *)ctx)++;
	for (size_t i = 0; i < sizeof(pages) / sizeof(pages[0]); i++)
		if (strcmp(pages[i][0], address) == 0)
			return pages[i][1];
	return NULL;
}

static void
lay_out(struct layout *l, const char *markdown)
{
	int asked = 0;
	const struct layout_wiki wiki = { .from = "themas/a",
					  .title = title,
					  .ctx = &asked };

	layout_make(l, markdown, strlen(markdown), 76, &wiki);
}

static void
assert_reads(const char *markdown, const char *want)
{
	struct layout l;
	struct buf got = BUF_INIT;

	lay_out(&l, markdown);
	layout_plain(&l, &got);
	assert_string_equal(got.ptr, want);
	buf_release(&got);
	layout_release(&l);
}

static void
test_label__stands_between_brackets(void **state)
{
	(void)state;
	assert_reads("zie [B](b.md).", "  zie [B].\n");
	assert_reads("[*B* en `c`](b.md)", "  [B en c]\n");
	assert_reads("[](b.md)", "  [b.md]\n");
}

static void
test_label__says_that_a_page_is_missing(void **state)
{
	(void)state;
	assert_reads("[C](c.md)", "  [C?]\n");
	assert_reads("[[themas/open-standaarden]]", "  [Open standaarden?]\n");
	assert_reads("[[Een titel]]", "  [Een titel?]\n");
	assert_reads("[stuk](../bijlagen/themas/a/stuk.pdf)", "  [stuk]\n");
	assert_reads("[hier](#kop)", "  [hier?]\n"); /* a itself is unknown */
}

static void
test_label__says_where_an_outside_link_leads(void **state)
{
	(void)state;
	assert_reads("[GIBIT](https://www.pianoo.nl/nl/x)",
		     "  [GIBIT, pianoo.nl]\n");
	assert_reads("[x](http://example.org:8080?q)", "  [x, example.org]\n");
	assert_reads("[x](//example.org/y)", "  [x, example.org]\n");
	assert_reads("[x](http://[::1]:80/)", "  [x, [::1]:80]\n");
	assert_reads("[post](mailto:a@example.org?subject=x)",
		     "  [post, a@example.org]\n");
	assert_reads("[x](javascript:y)", "  [x]\n");
}

static void
test_label__names_the_real_host(void **state)
{
	(void)state;
	assert_reads("[VNG](https://vng.nl@evil.example/)",
		     "  [VNG, evil.example]\n");
	assert_reads("[VNG](https://vng.nl:x@evil.example/vng.nl)",
		     "  [VNG, evil.example]\n");
	assert_reads("[VNG](https://evil.example\\\\vng.nl/)",
		     "  [VNG, evil.example]\n");
	assert_reads("[vng.nl](https://evil.example/)",
		     "  [vng.nl, evil.example]\n");
}

static void
test_label__does_not_repeat_an_address(void **state)
{
	(void)state;
	assert_reads("<https://www.vng.nl/x>", "  [https://www.vng.nl/x]\n");
	assert_reads("<a@example.org>", "  [a@example.org]\n");
	assert_reads("[vng.nl](https://www.vng.nl/x)", "  [vng.nl]\n");
}

static void
test_label__of_a_wiki_link_is_the_title(void **state)
{
	(void)state;
	assert_reads("[[themas/digitale-toegang]]",
		     "  [Digitale toegang en identiteit]\n");
	assert_reads("[[slug-alleen]]", "  [Gevonden op slug]\n");
	assert_reads("[[themas/b|eigen *tekst*]]", "  [eigen tekst]\n");
	assert_reads("[[ themas/b ]] [[  ]]", "  [Pagina B] [  ?]\n");
	assert_reads("[[themas/b#kop]]", "  [Pagina B]\n");
	assert_reads("[[themas/kwaad]]", "  [<1B>]0;x<07>[*titel*](y)]\n");
}

static void
test_label__of_an_image_leads_to_the_file(void **state)
{
	struct layout l;

	(void)state;
	assert_reads("![Kaart](../bijlagen/themas/a/kaart.png)", "  [Kaart]\n");
	assert_reads("![](../bijlagen/themas/a/kaart.png)", "  [kaart.png]\n");
	assert_reads("![Kaart](kaart.png)", "  [Kaart?]\n");
	assert_reads("![Kaart](https://www.vng.nl/k.png)",
		     "  [Kaart, vng.nl]\n");
	assert_reads("[![Kaart](k.png)](b.md)", "  [Kaart]\n");
	lay_out(&l,
		"![Kaart *van* de wijk](../bijlagen/a/kaart.png) [B](b.md)");
	assert_int_equal(l.n_links, 2);
	assert_string_equal(l.links[0].target, "../bijlagen/a/kaart.png");
	assert_string_equal(l.links[0].label, "Kaart van de wijk");
	assert_true(l.links[0].image);
	assert_false(l.links[1].image);
	layout_release(&l);
}

static void
test_label__of_an_address_as_it_was_typed(void **state)
{
	(void)state;
	assert_reads("zie https://www.vng.nl/x.",
		     "  zie [https://www.vng.nl/x].\n");
	assert_reads("zie www.vng.nl/x, ok", "  zie [www.vng.nl/x], ok\n");
	assert_reads("post aan a@example.org", "  post aan [a@example.org]\n");
	assert_reads("[www.vng.nl](http://evil.example)",
		     "  [www.vng.nl, evil.example]\n");
	assert_reads("`www.vng.nl`", "  www.vng.nl\n");
}

/* md4c lets such an address go on in the next cell, and loses its end. */
static void
test_label__ends_with_its_cell(void **state)
{
	static const char text[] =
		"|https://a.nl>|b|\n|---|---|\n|c|d|\n\nna\n";
	struct layout l;

	(void)state;
	lay_out(&l, text);
	for (size_t i = 0; i < l.n_links; i++)
		assert_non_null(l.links[i].label);
	assert_int_equal(l.lines[l.n_lines - 1].spans[0].link, -1);
	layout_release(&l);
}

static void
test_label__of_a_reference_is_its_text(void **state)
{
	(void)state;
	assert_reads("[B][1] en [1] en [x][weg]\n\n[1]: b.md \"titel\"\n",
		     "  [B] en [1] en [x][weg]\n");
}

static void
test_label__works_without_a_wiki(void **state)
{
	static const char text[] = "[C](c.md) [[themas/open-x]]";
	struct layout l;
	struct buf got = BUF_INIT;

	(void)state;
	layout_make(&l, text, strlen(text), 40, NULL);
	layout_plain(&l, &got);
	assert_string_equal(got.ptr, "  [C] [Open x]\n");
	assert_false(l.links[0].missing);
	buf_release(&got);
	layout_release(&l);
}

static void
test_label__is_numbered_in_reading_order(void **state)
{
	static const char text[] =
		"Tekst [B](b.md) en [ver](https://vng.nl/a&amp;b) en verder "
		"nog een heel eind [[themas/weg]].\n\n# Kop [[index]]\n";
	struct layout l;

	(void)state;
	lay_out(&l, text);
	assert_int_equal(l.n_links, 4);
	assert_string_equal(l.links[0].target, "b.md");
	assert_string_equal(l.links[0].label, "B");
	assert_int_equal(l.links[0].line, 0);
	assert_int_equal(l.links[0].col, 8);
	assert_false(l.links[0].outside);
	assert_string_equal(l.links[1].target, "https://vng.nl/a&b");
	assert_string_equal(l.links[1].label, "ver");
	assert_true(l.links[1].outside);
	assert_false(l.links[1].missing);
	assert_string_equal(l.links[2].target, "[[themas/weg]]");
	assert_string_equal(l.links[2].label, "Weg");
	assert_true(l.links[2].missing);
	assert_string_equal(l.links[3].label, "Start");
	assert_int_equal(l.lines[l.links[3].line].heading, 1);
	assert_int_equal(l.links[3].col, 4);
	layout_release(&l);
}

static void
test_label__stays_one_link_over_two_lines(void **state)
{
	static const char text[] = "Tekst [een lang label](b.md) einde";
	struct layout l;
	size_t n = 0;

	(void)state;
	layout_make(&l, text, strlen(text), 14, NULL);
	assert_int_equal(l.n_links, 1);
	assert_int_equal(l.links[0].line, 0);
	for (size_t i = 0; i < l.n_lines; i++)
		for (size_t j = 0; j < l.lines[i].n_spans; j++)
			n += l.lines[i].spans[j].link == 0;
	assert_int_equal(n, 2);
	layout_release(&l);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_label__stands_between_brackets),
		cmocka_unit_test(test_label__says_that_a_page_is_missing),
		cmocka_unit_test(test_label__says_where_an_outside_link_leads),
		cmocka_unit_test(test_label__names_the_real_host),
		cmocka_unit_test(test_label__does_not_repeat_an_address),
		cmocka_unit_test(test_label__of_a_wiki_link_is_the_title),
		cmocka_unit_test(test_label__of_an_image_leads_to_the_file),
		cmocka_unit_test(test_label__of_an_address_as_it_was_typed),
		cmocka_unit_test(test_label__of_a_reference_is_its_text),
		cmocka_unit_test(test_label__ends_with_its_cell),
		cmocka_unit_test(test_label__works_without_a_wiki),
		cmocka_unit_test(test_label__is_numbered_in_reading_order),
		cmocka_unit_test(test_label__stays_one_link_over_two_lines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
