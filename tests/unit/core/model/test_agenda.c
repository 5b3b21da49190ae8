#include "plein/agenda.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "plein/fs.h"
#include "plein/mem.h"
#include "plein/page.h"

/* A wiki in memory; pages are added by a line of text. */
struct wiki {
	struct vec pages;
	struct agenda agenda;
};

static void
free_page(void *p)
{
	page_info_release(p);
	free(p);
}

static void
add_page(struct wiki *w, const char *address, const char *fields)
{
	struct page_info *p = mem_alloc(sizeof(*p));
	struct buf text = BUF_INIT;

	buf_printf(&text, "---\n%s\n---\n", fields);
	page_info_init(p);
	page_info_read(p, address, text.ptr, text.len);
	vec_push(&w->pages, p);
	buf_release(&text);
}

static void
release_wiki(struct wiki *w)
{
	agenda_release(&w->agenda);
	vec_release(&w->pages, free_page);
}

/* n_below agrees with the depths, and the heading stands last. */
static void
assert_sound(const struct agenda *a, size_t n_pages)
{
	size_t i, k;

	assert_in_range(a->n_rows, 0, n_pages + AGENDA_REPEATS_MAX + 1);
	for (i = 0; i < a->n_rows; i++) {
		assert_in_range(a->rows[i].depth, 0, 3);
		k = i + 1 + a->rows[i].n_below;
		assert_in_range(k, 1, a->n_rows);
		if (k < a->n_rows)
			assert_true(a->rows[k].depth <= a->rows[i].depth);
		if (a->rows[i].n_below > 0)
			assert_int_equal(a->rows[i + 1].depth,
					 a->rows[i].depth + 1);
		if (!a->rows[i].page)
			assert_int_equal(k, a->n_rows);
	}
}

/* One line a row: an indent, the address or "rest", the rows below. */
static void
assert_tree(struct wiki *w, const char *expected)
{
	struct buf out = BUF_INIT;
	const struct agenda_row *r;

	agenda_build(&w->agenda, &w->pages);
	for (size_t i = 0; i < w->agenda.n_rows; i++) {
		r = &w->agenda.rows[i];
		buf_printf(&out, "%*s%s %zu\n", r->depth, "",
			   r->page ? r->page->address : "rest", r->n_below);
	}
	assert_string_equal(out.ptr, expected);
	assert_sound(&w->agenda, w->pages.len);
	buf_release(&out);
	release_wiki(w);
}

#define UNDER(address) "hoort_bij: [" address "]"

static void
test_agenda__no_pages_no_rows(void **state)
{
	struct wiki w = { 0 };

	(void)state;
	assert_tree(&w, "");
}

static void
test_agenda__four_levels_hang_below_each_other(void **state)
{
	struct wiki w = { 0 };

	(void)state;
	add_page(&w, "vraagstukken/v", UNDER("themas/t"));
	add_page(&w, "themas/t", UNDER("hoofdonderwerpen/h"));
	add_page(&w, "hoofdonderwerpen/h", UNDER("doelstellingen/d"));
	add_page(&w, "doelstellingen/d", UNDER("agendas/a"));
	assert_tree(&w, "doelstellingen/d 3\n hoofdonderwerpen/h 2\n"
			"  themas/t 1\n   vraagstukken/v 0\n");
}

static void
test_agenda__two_parents_show_a_page_twice(void **state)
{
	struct wiki w = { 0 };

	(void)state;
	add_page(&w, "doelstellingen/d", "");
	add_page(&w, "hoofdonderwerpen/g", UNDER("doelstellingen/d"));
	add_page(&w, "hoofdonderwerpen/h", UNDER("doelstellingen/d"));
	add_page(&w, "themas/t",
		 UNDER("hoofdonderwerpen/h, hoofdonderwerpen/g"));
	add_page(&w, "vraagstukken/v", UNDER("themas/t"));
	assert_tree(&w, "doelstellingen/d 6\n"
			" hoofdonderwerpen/g 2\n  themas/t 1\n"
			"   vraagstukken/v 0\n"
			" hoofdonderwerpen/h 2\n  themas/t 1\n"
			"   vraagstukken/v 0\n");
}

static void
test_agenda__the_same_parent_twice_is_one(void **state)
{
	struct wiki w = { 0 };

	(void)state;
	add_page(&w, "doelstellingen/d", "");
	add_page(&w, "themas/t",
		 UNDER("doelstellingen/d, doelstellingen/d.md"));
	assert_tree(&w, "doelstellingen/d 1\n themas/t 0\n");
}

static void
test_agenda__levels_may_be_skipped(void **state)
{
	struct wiki w = { 0 };

	(void)state;
	add_page(&w, "doelstellingen/d", "");
	add_page(&w, "vraagstukken/v", UNDER("doelstellingen/d"));
	assert_tree(&w, "doelstellingen/d 1\n vraagstukken/v 0\n");
}

static void
test_agenda__siblings_go_by_order_then_title_then_address(void **state)
{
	struct wiki w = { 0 };

	(void)state;
	add_page(&w, "doelstellingen/z", "volgorde: 1\ntitel: Z");
	add_page(&w, "doelstellingen/a", "volgorde: 2\ntitel: A");
	add_page(&w, "doelstellingen/y", "volgorde: 2\ntitel: 0");
	add_page(&w, "doelstellingen/c", "titel: gelijk\nvolgorde: 3");
	add_page(&w, "doelstellingen/b", "titel: gelijk\nvolgorde: 3");
	add_page(&w, "doelstellingen/n", "volgorde: -1");
	assert_tree(&w, "doelstellingen/n 0\ndoelstellingen/z 0\n"
			"doelstellingen/y 0\ndoelstellingen/a 0\n"
			"doelstellingen/b 0\ndoelstellingen/c 0\n");
}

static void
test_agenda__what_hangs_nowhere_comes_last(void **state)
{
	struct wiki w = { 0 };

	(void)state;
	add_page(&w, "themas/los", UNDER("hoofdonderwerpen/weg"));
	add_page(&w, "begrippen/b", UNDER("doelstellingen/d"));
	add_page(&w, "vraagstukken/onder-los", UNDER("themas/los"));
	add_page(&w, "doelstellingen/d", "");
	assert_tree(&w, "doelstellingen/d 0\nrest 3\n begrippen/b 0\n"
			" themas/los 0\n vraagstukken/onder-los 0\n");
}

static void
test_agenda__start_and_templates_are_left_out(void **state)
{
	struct wiki w = { 0 };

	(void)state;
	add_page(&w, "index", "type: doelstelling");
	add_page(&w, "sjablonen/doelstelling", "type: doelstelling");
	add_page(&w, "sjablonen/thema",
		 "type: thema\n" UNDER("doelstellingen/d"));
	add_page(&w, "doelstellingen/d", "");
	assert_tree(&w, "doelstellingen/d 0\n");
}

static void
test_agenda__cycles_end_in_the_rest(void **state)
{
	struct wiki w = { 0 };

	(void)state;
	add_page(&w, "doelstellingen/d", UNDER("vraagstukken/v"));
	add_page(&w, "themas/a", UNDER("themas/b"));
	add_page(&w, "themas/b", UNDER("themas/a"));
	add_page(&w, "themas/zelf", UNDER("themas/zelf"));
	add_page(&w, "hoofdonderwerpen/h", UNDER("vraagstukken/v"));
	add_page(&w, "vraagstukken/v",
		 UNDER("hoofdonderwerpen/h, doelstellingen/d"));
	assert_tree(&w, "doelstellingen/d 1\n vraagstukken/v 0\nrest 4\n"
			" hoofdonderwerpen/h 0\n themas/a 0\n themas/b 0\n"
			" themas/zelf 0\n");
}

static const char *const levels[] = { "doelstellingen", "hoofdonderwerpen",
				      "themas", "vraagstukken" };

/* `n` pages on each level, each under the first `parents` of the one above. */
static void
add_levels(struct wiki *w, int n, int parents)
{
	struct buf address = BUF_INIT, fields = BUF_INIT;

	for (int level = 0; level < 4; level++) {
		buf_reset(&fields);
		buf_str(&fields, "hoort_bij:\n");
		for (int i = 0; i < parents && level > 0; i++)
			buf_printf(&fields, "- %s/p%d\n", levels[level - 1], i);
		for (int i = 0; i < n; i++) {
			buf_reset(&address);
			buf_printf(&address, "%s/p%d", levels[level], i);
			add_page(w, address.ptr, fields.ptr);
		}
	}
	buf_release(&address);
	buf_release(&fields);
}

/* Rows in which each page stands; fails when one is missing. */
static void
assert_all_there(const struct wiki *w)
{
	size_t n = 0;

	for (size_t i = 0; i < w->pages.len; i++) {
		n = 0;
		for (size_t k = 0; k < w->agenda.n_rows && n == 0; k++)
			n += w->agenda.rows[k].page == w->pages.items[i];
		assert_int_equal(n, 1);
	}
}

/* Of this process: other programs do not count. */
static int64_t
cpu_ms(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void
test_agenda__many_parents_do_not_multiply_without_bound(void **state)
{
	struct wiki w = { 0 };
	int64_t start;

	(void)state;
	add_levels(&w, 100, 100);
	start = cpu_ms();
	agenda_build(&w.agenda, &w.pages);
	assert_in_range(cpu_ms() - start, 0, 2000);
	assert_int_equal(w.agenda.n_rows, 400 + AGENDA_REPEATS_MAX);
	assert_sound(&w.agenda, w.pages.len);
	assert_all_there(&w);
	release_wiki(&w);
}

static void
test_agenda__ten_thousand_pages_take_no_second(void **state)
{
	struct wiki w = { 0 };
	int64_t start;

	(void)state;
	add_levels(&w, 2500, 1);
	start = cpu_ms();
	agenda_build(&w.agenda, &w.pages);
	assert_in_range(cpu_ms() - start, 0, 1000);
	assert_int_equal(w.agenda.n_rows, 10000);
	assert_sound(&w.agenda, w.pages.len);
	release_wiki(&w);
}

static void
test_agenda__ten_thousand_hostile_pages_are_bounded(void **state)
{
	struct wiki w = { 0 };
	int64_t start;

	(void)state;
	add_levels(&w, 2500, 100);
	start = cpu_ms();
	agenda_build(&w.agenda, &w.pages);
	assert_in_range(cpu_ms() - start, 0, 5000);
	assert_sound(&w.agenda, w.pages.len);
	release_wiki(&w);
}

static void
read_template(struct wiki *w, const char *folder)
{
	struct buf path = BUF_INIT, text = BUF_INIT;
	struct vec names = VEC_INIT;
	struct page_info *p;

	buf_printf(&path, "repo-template/%s", folder);
	assert_int_equal(fs_list_at(AT_FDCWD, path.ptr, &names, NULL), 0);
	for (size_t i = 0; i < names.len; i++) {
		buf_reset(&path);
		buf_printf(&path, "repo-template/%s/%s", folder,
			   (char *)names.items[i]);
		buf_reset(&text);
		assert_int_equal(
			fs_read_at(AT_FDCWD, path.ptr, &text, PAGE_MAX, NULL),
			0);
		path.ptr[path.len - 3] = '\0'; /* no .md */
		p = mem_alloc(sizeof(*p));
		page_info_init(p);
		page_info_read(p, path.ptr + strlen("repo-template/"), text.ptr,
			       text.len);
		vec_push(&w->pages, p);
	}
	vec_release(&names, free);
	buf_release(&path);
	buf_release(&text);
}

static size_t
count_rows(const struct agenda *a, const char *address)
{
	size_t n = 0;

	for (size_t i = 0; i < a->n_rows; i++)
		n += a->rows[i].page &&
		     strcmp(a->rows[i].page->address, address) == 0;
	return n;
}

static void
test_agenda__the_template_makes_one_whole_tree(void **state)
{
	struct wiki w = { 0 };
	const struct agenda *a = &w.agenda;
	size_t rest;

	(void)state;
	for (int i = 3; i >= 0; i--)
		read_template(&w, levels[i]);
	read_template(&w, "agendas");
	read_template(&w, "sjablonen");
	agenda_build(&w.agenda, &w.pages);
	assert_sound(a, w.pages.len);
	assert_string_equal(a->rows[0].page->address,
			    "doelstellingen/mogelijk-maken");
	assert_int_equal(count_rows(a, "themas/algoritmen-en-ai"), 2);
	assert_int_equal(count_rows(a, "sjablonen/vraagstuk"), 0);
	for (rest = 0; rest < a->n_rows && a->rows[rest].page; rest++)
		;
	assert_int_equal(a->n_rows - rest - 1, 5);
	for (size_t i = rest + 1; i < a->n_rows; i++)
		assert_string_equal(a->rows[i].page->kind, "agenda");
	release_wiki(&w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_agenda__no_pages_no_rows),
		cmocka_unit_test(
			test_agenda__four_levels_hang_below_each_other),
		cmocka_unit_test(test_agenda__two_parents_show_a_page_twice),
		cmocka_unit_test(test_agenda__the_same_parent_twice_is_one),
		cmocka_unit_test(test_agenda__levels_may_be_skipped),
		cmocka_unit_test(
			test_agenda__siblings_go_by_order_then_title_then_address),
		cmocka_unit_test(test_agenda__what_hangs_nowhere_comes_last),
		cmocka_unit_test(test_agenda__start_and_templates_are_left_out),
		cmocka_unit_test(test_agenda__cycles_end_in_the_rest),
		cmocka_unit_test(
			test_agenda__many_parents_do_not_multiply_without_bound),
		cmocka_unit_test(
			test_agenda__ten_thousand_pages_take_no_second),
		cmocka_unit_test(
			test_agenda__ten_thousand_hostile_pages_are_bounded),
		cmocka_unit_test(
			test_agenda__the_template_makes_one_whole_tree),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
