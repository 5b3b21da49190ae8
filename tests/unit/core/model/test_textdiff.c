#include "plein/textdiff.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "plein/buf.h"
#include "plein/mem.h"

/* A row of single characters, so that a test reads like an example. */
static void
split_characters(struct textrow *r, const char *text)
{
	memset(r, 0, sizeof(*r));
	r->text = text;
	r->n = strlen(text);
	r->at = mem_array(r->n + 1, sizeof(*r->at));
	for (size_t i = 0; i <= r->n; i++)
		r->at[i] = i;
}

/* What a diff must be, whatever was compared: `b` made from `a`. */
static void
check_diff(const struct textdiff *d, const struct textrow *a,
	   const struct textrow *b)
{
	struct buf made = BUF_INIT;
	size_t at = 0, i;

	for (i = 0; i < d->n; i++) {
		const struct textdiff_hunk *h = &d->hunks[i];

		assert_true(h->n_a + h->n_b > 0);
		assert_true(i == 0 ? h->a >= at : h->a > at);
		buf_add(&made, textrow_ptr(a, at),
			textrow_len(a, at, h->a - at));
		assert_int_equal(made.len, b->at[h->b]);
		buf_add(&made, textrow_ptr(b, h->b),
			textrow_len(b, h->b, h->n_b));
		at = h->a + h->n_a;
	}
	buf_add(&made, textrow_ptr(a, at), textrow_len(a, at, a->n - at));
	assert_int_equal(made.len, b->at[b->n]);
	assert_memory_equal(made.ptr, b->text, made.len);
	buf_release(&made);
}

/* Hunks as "a,n_a-b,n_b ". */
static void
assert_hunks(const char *from, const char *to, const char *want)
{
	struct textrow a, b;
	struct textdiff d;
	struct buf got = BUF_INIT;
	long effort = TEXTDIFF_EFFORT;

	split_characters(&a, from);
	split_characters(&b, to);
	textdiff_make(&d, &a, &b, &effort);
	check_diff(&d, &a, &b);
	assert_false(d.coarse);
	for (size_t i = 0; i < d.n; i++)
		buf_printf(&got, "%zu,%zu-%zu,%zu ", d.hunks[i].a,
			   d.hunks[i].n_a, d.hunks[i].b, d.hunks[i].n_b);
	assert_string_equal(got.ptr, want);
	buf_release(&got);
	textdiff_release(&d);
	textrow_release(&a);
	textrow_release(&b);
}

static void
test_textdiff__tells_what_was_replaced(void **state)
{
	(void)state;
	assert_hunks("", "", "");
	assert_hunks("abc", "abc", "");
	assert_hunks("", "abc", "0,0-0,3 ");
	assert_hunks("abc", "", "0,3-0,0 ");
	assert_hunks("abc", "xyz", "0,3-0,3 ");
	assert_hunks("abcd", "abxd", "2,1-2,1 ");
	assert_hunks("abcd", "abd", "2,1-2,0 ");
	assert_hunks("abd", "abcd", "2,0-2,1 ");
	assert_hunks("abcdefg", "xbcdyg", "0,1-0,1 4,2-4,1 ");
}

static void
test_textdiff__a_stretch_stands_at_its_last_place(void **state)
{
	(void)state;
	assert_hunks("ab", "aab", "1,0-1,1 ");
	assert_hunks("axb", "axyxb", "2,0-2,2 ");
	assert_hunks("axyxb", "axb", "2,2-2,0 ");
	/* but a piece both have stays between two of them */
	assert_hunks("aaz", "aaaaq", "2,1-2,3 ");
}

/* Length of the longest common subsequence, by the book. */
static size_t
count_common(const char *a, const char *b)
{
	static size_t best[64][64];
	size_t n = strlen(a), m = strlen(b), i, j;

	memset(best, 0, sizeof(best));
	for (i = n; i-- > 0;)
		for (j = m; j-- > 0;) {
			best[i][j] = best[i + 1][j] > best[i][j + 1]
					     ? best[i + 1][j]
					     : best[i][j + 1];
			if (a[i] == b[j])
				best[i][j] = best[i + 1][j + 1] + 1;
		}
	return best[0][0];
}

static void
fill_random(char *s, unsigned letters)
{
	int n = rand() % 60, i;

	for (i = 0; i < n; i++)
		s[i] = (char)('a' + (unsigned)rand() % letters);
	s[i] = '\0';
}

static void
test_textdiff__keeps_as_much_as_can_be_kept(void **state)
{
	char from[64], to[64];
	size_t kept, i;

	(void)state;
	srand(1);
	for (unsigned round = 0; round < 20000; round++) {
		struct textrow a, b;
		struct textdiff d;
		long effort = TEXTDIFF_EFFORT;

		fill_random(from, 1 + round % 26);
		fill_random(to, 1 + round % 26);
		split_characters(&a, from);
		split_characters(&b, to);
		textdiff_make(&d, &a, &b, &effort);
		check_diff(&d, &a, &b);
		for (i = 0, kept = a.n; i < d.n; i++)
			kept -= d.hunks[i].n_a;
		assert_int_equal(kept, count_common(from, to));
		textdiff_release(&d);
		textrow_release(&a);
		textrow_release(&b);
	}
}

/* Of the compared rows, what comes out with this effort to spend. */
static bool
compare_with(const struct textrow *a, const struct textrow *b, long *effort)
{
	struct textdiff d;
	bool coarse;

	textdiff_make(&d, a, b, effort);
	check_diff(&d, a, b);
	coarse = d.coarse;
	textdiff_release(&d);
	return coarse;
}

static void
test_textdiff__without_effort_it_is_coarse_but_true(void **state)
{
	struct textrow a, b;
	bool coarse = true;
	long effort, left;

	(void)state;
	split_characters(&a, "acbdbacdbcabdcbadcbabcdabcdbcabadc");
	split_characters(&b, "dbcabcdbcbcdbcabdcbadbcabdcbdabcbd");
	for (effort = 0; coarse && effort < 10000; effort++) {
		left = effort;
		coarse = compare_with(&a, &b, &left);
		assert_true(coarse || left >= -40);
	}
	assert_true(effort > 10 && effort < 10000);
	textrow_release(&a);
	textrow_release(&b);
}

/* Lines of one letter, as many as a page may hold. */
static void
fill_page(struct buf *page, size_t n, unsigned letters)
{
	for (size_t i = 0; i < n; i++) {
		buf_char(page, (char)('a' + (unsigned)rand() % letters));
		buf_char(page, '\n');
	}
}

static void
test_textdiff__hostile_pages_end(void **state)
{
	static const size_t sizes[] = { 500000, 30000 };

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct buf x = BUF_INIT, y = BUF_INIT;
		long effort = TEXTDIFF_EFFORT;
		struct textrow a, b;

		fill_page(&x, sizes[i], 20);
		fill_page(&y, sizes[i], 20);
		textrow_lines(&a, x.ptr, x.len);
		textrow_lines(&b, y.ptr, y.len);
		assert_true(compare_with(&a, &b, &effort));
		/* what one round of paths can take beyond it */
		assert_true(effort > -200000);
		textrow_release(&a);
		textrow_release(&b);
		buf_release(&x);
		buf_release(&y);
	}
}

static void
test_textdiff__far_changes_of_a_big_page_are_fine(void **state)
{
	struct buf x = BUF_INIT, y = BUF_INIT;
	long effort = TEXTDIFF_EFFORT;
	struct textrow a, b;

	(void)state;
	for (int i = 0; i < 100000; i++) {
		buf_printf(&x, "%d\n", i % 5000);
		buf_printf(&y, "%d\n", i % 999 ? i % 5000 : -i);
	}
	textrow_lines(&a, x.ptr, x.len);
	textrow_lines(&b, y.ptr, y.len);
	/* all between the first and the last change is looked at */
	assert_true(compare_with(&a, &b, &effort));
	assert_int_equal(effort, TEXTDIFF_EFFORT);
	textrow_release(&b);
	textrow_lines(&b, y.ptr, y.len / 2);
	textrow_release(&a);
	textrow_lines(&a, x.ptr, x.len / 2);
	assert_false(compare_with(&a, &b, &effort));
	textrow_release(&a);
	textrow_release(&b);
	buf_release(&x);
	buf_release(&y);
}

/* "b a" with other words: a blank must not be kept in place of a word. */
static void
test_textdiff__spaced_words_count_more_than_blanks(void **state)
{
	static const char from[] = "zes vier\ntwee\nvijf\n";
	static const char to[] = "twaalf zes\nacht twee\nvijf tien";
	long effort = TEXTDIFF_EFFORT;
	struct textrow a, b;
	struct textdiff d;
	struct buf got = BUF_INIT;

	(void)state;
	textrow_spaced(&a, from, strlen(from));
	textrow_spaced(&b, to, strlen(to));
	textdiff_make(&d, &a, &b, &effort);
	for (size_t i = 0; i < d.n; i++)
		buf_printf(&got, "%zu,%zu-%zu,%zu ", d.hunks[i].a,
			   d.hunks[i].n_a, d.hunks[i].b, d.hunks[i].n_b);
	assert_string_equal(got.ptr, "0,0-0,1 1,1-2,1 4,1-5,1 ");
	textdiff_release(&d);
	textrow_release(&a);
	textrow_release(&b);
	buf_release(&got);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_textdiff__tells_what_was_replaced),
		cmocka_unit_test(
			test_textdiff__a_stretch_stands_at_its_last_place),
		cmocka_unit_test(test_textdiff__keeps_as_much_as_can_be_kept),
		cmocka_unit_test(
			test_textdiff__without_effort_it_is_coarse_but_true),
		cmocka_unit_test(test_textdiff__hostile_pages_end),
		cmocka_unit_test(
			test_textdiff__far_changes_of_a_big_page_are_fine),
		cmocka_unit_test(
			test_textdiff__spaced_words_count_more_than_blanks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
