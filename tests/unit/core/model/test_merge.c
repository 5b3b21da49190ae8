#include "plein/merge.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "plein/fieldspan.h"

static void
merge(struct diff3 *d, const char *base, const char *yours, const char *saved)
{
	const struct merge_text texts[] = { { base, strlen(base) },
					    { yours, strlen(yours) },
					    { saved, strlen(saved) } };

	*d = (struct diff3)DIFF3_INIT;
	merge_page(d, texts);
}

static void
assert_one_way(const char *base, const char *yours, const char *saved,
	       const char *want)
{
	struct diff3 d;

	merge(&d, base, yours, saved);
	if (d.n)
		fail_msg("%zu clashes, not %s", d.n, want);
	assert_string_equal(d.text.ptr, want);
	diff3_release(&d);
}

static void
assert_merged(const char *base, const char *yours, const char *saved,
	      const char *want)
{
	assert_one_way(base, yours, saved, want);
	assert_one_way(base, saved, yours, want);
}

static void
assert_clash(const char *base, const char *yours, const char *saved,
	     const char *want)
{
	struct buf got = BUF_INIT;
	struct diff3 d;

	merge(&d, base, yours, saved);
	for (size_t i = 0; i < d.n; i++) {
		const struct diff3_clash *c = &d.clashes[i];

		buf_printf(&got, "%zu+%zu %zu+%zu %zu+%zu;", c->first[0],
			   c->count[0], c->first[1], c->count[1], c->first[2],
			   c->count[2]);
	}
	assert_string_equal(got.ptr, want);
	buf_release(&got);
	diff3_release(&d);
}

static void
test_merge__fields_and_body_of_two_people(void **state)
{
	(void)state;
	assert_merged("---\ntitel: A\nstatus: concept\n---\neen\ntwee\n",
		      "---\ntitel: B\nstatus: concept\n---\neen\ntwee\n",
		      "---\ntitel: A\nstatus: concept\n---\neen\nTWEE\n",
		      "---\ntitel: B\nstatus: concept\n---\neen\nTWEE\n");
	assert_merged("---\na: 1\nb: 1\nc: 1\n---\n",
		      "---\na: 2\nb: 1\nc: 1\n---\n", "---\na: 1\nb: 1\n---\n",
		      "---\na: 2\nb: 1\n---\n");
}

/* By line these would clash: both add at one place, or beside it. */
static void
test_merge__different_fields_at_one_place(void **state)
{
	(void)state;
	assert_merged("---\na: 1\n---\n", "---\na: 1\nx: 1\n---\n",
		      "---\na: 1\nk: [1,\n  2]\n---\n",
		      "---\na: 1\nk: [1,\n  2]\nx: 1\n---\n");
	assert_merged("---\na: 1\nb: 1\n---\n", "---\nb: 1\n---\n",
		      "---\na: 1\nk: 1\nb: 1\n---\n", "---\nk: 1\nb: 1\n---\n");
	assert_merged("---\na: 1\n---\n", "---\nx: 1\na: 1\n---\n",
		      "---\na: 2\nk: 1\n---\n", "---\nx: 1\na: 2\nk: 1\n---\n");
	/* the same one, alike, is one */
	assert_merged("---\na: 1\n---\n", "---\na: 1\nx: 1\n---\n",
		      "---\na: 2\nx: 1\n---\n", "---\na: 2\nx: 1\n---\n");
}

static void
test_merge__the_same_field_clashes(void **state)
{
	(void)state;
	assert_clash("---\na: 1\nb: 1\n---\n", "---\na: 1\nb: 2\n---\n",
		     "---\na: 0\nb: [1,\n  3]\n---\n", "2+1 2+1 2+2;");
	assert_clash("---\na: 1\nb: 1\n---\n", "---\na: 1\nb: 2\n---\n",
		     "---\na: 1\n---\n", "2+1 2+1 2+0;");
	assert_clash("---\na: 1\n---\n", "---\na: 1\nb: 2\n---\n",
		     "---\na: 1\nb: 3\n---\n", "2+0 2+1 2+1;");
}

static void
test_merge__clashes_of_the_body_count_from_the_top(void **state)
{
	(void)state;
	assert_clash("---\na: 1\n---\nx\n", "---\na: 1\nb: 1\n---\ny\n",
		     "---\na: 2\n---\nz\n", "3+1 4+1 3+1;");
	assert_clash("---\na: 1\n---\nx\n", "---\na: 3\n---\ny\n",
		     "---\na: 2\n---\nz\n", "1+1 1+1 1+1;3+1 3+1 3+1;");
}

static void
test_merge__what_nobody_changed_stays(void **state)
{
	static const char base[] =
		"---\r\n# kop\r\nonbekend: {x: [1, 2]}\r\ntitel: 'é'\r\n"
		"\r\nlang: |\r\n  a  \r\n\r\n  b\r\ntype: thema\r\n---\r\n"
		"\r\nEen.  \r\n\tTwee\r\nDrie";
	static const char yours[] =
		"---\r\n# kop\r\nonbekend: {x: [1, 2]}\r\ntitel: 'ë'\r\n"
		"\r\nlang: |\r\n  a  \r\n\r\n  b\r\ntype: thema\r\n---\r\n"
		"\r\nEen.  \r\n\tTwee\r\nDrie";
	static const char saved[] =
		"---\r\n# kop\r\nonbekend: {x: [1, 2]}\r\ntitel: 'é'\r\n"
		"\r\nlang: |\r\n  a  \r\n\r\n  b\r\ntype: agenda\r\n---\r\n"
		"\r\nEen.  \r\n\tTwee\r\nVier";
	static const char want[] =
		"---\r\n# kop\r\nonbekend: {x: [1, 2]}\r\ntitel: 'ë'\r\n"
		"\r\nlang: |\r\n  a  \r\n\r\n  b\r\ntype: agenda\r\n---\r\n"
		"\r\nEen.  \r\n\tTwee\r\nVier";

	(void)state;
	assert_merged(base, yours, saved, want);
}

static void
test_merge__what_is_not_plain_goes_by_line(void **state)
{
	(void)state;
	/* a comment in a field that was changed */
	assert_clash("---\na: 1\nb: 1 # ja\n---\n", "---\na: 1\n---\n",
		     "---\na: 1\nb: 1 # ja\ny: 1\n---\n", "2+1 2+0 2+2;");
	/* but not in another */
	assert_merged("---\nb: 1 # ja\na: 1\n---\n",
		      "---\nb: 1 # ja\na: 1\nx: 1\n---\n",
		      "---\nb: 1 # ja\na: 1\ny: 1\n---\n",
		      "---\nb: 1 # ja\na: 1\nx: 1\ny: 1\n---\n");
	/* another order */
	assert_merged("---\na: 1\nb: 1\nc: 1\nd: 1\n---\n",
		      "---\nb: 1\na: 1\nc: 1\nd: 1\n---\n",
		      "---\na: 1\nb: 1\nc: 1\nd: 2\n---\n",
		      "---\nb: 1\na: 1\nc: 1\nd: 2\n---\n");
	/* a comment above all of them */
	assert_merged(
		"---\n# x\na: 1\nb: 1\n---\n", "---\n# y\na: 1\nb: 1\n---\n",
		"---\n# x\na: 1\nb: 2\n---\n", "---\n# y\na: 1\nb: 2\n---\n");
	/* braces */
	assert_merged("---\n{a: 1,\nb: 1,\nc: 1}\n---\n",
		      "---\n{a: 2,\nb: 1,\nc: 1}\n---\n",
		      "---\n{a: 1,\nb: 1,\nc: 2}\n---\n",
		      "---\n{a: 2,\nb: 1,\nc: 2}\n---\n");
	/* no fields on one side, or on all */
	assert_merged("---\na: 1\n---\nx\n", "x\n", "---\na: 1\n---\nx\ny\n",
		      "x\ny\n");
	assert_merged("x\ny\nz\n", "X\ny\nz\n", "x\ny\nZ\n", "X\ny\nZ\n");
}

static void
test_merge__lines_that_make_no_block_clash(void **state)
{
	(void)state;
	/* both add the same key at another place, among comments */
	assert_clash("---\n# k\na: 1\nb: 1\n---\nt\n",
		     "---\n# k\nz: 1\na: 1\nb: 1\n---\nt\n",
		     "---\n# l\na: 1\nb: 1\nz: 1\n---\nt\n", "0+5 0+6 0+6;");
	/* one takes the block away, one adds a field */
	assert_clash("---\na: 1\n---\nx\n", "x\n", "---\na: 1\nb: 1\n---\nx\n",
		     "0+3 0+0 0+4;");
}

#define FIELDS 8

static void
write_fields(struct buf *out, const int what[FIELDS], char who)
{
	buf_str(out, "---\n");
	for (int i = 0; i < FIELDS; i++) {
		if (what[i] != 2)
			buf_printf(out, "k%d: %s%c\n", i,
				   what[i] == 1 ? "é\n  " : "é",
				   what[i] == 1 ? who : ' ');
		if (what[i] == 3)
			buf_printf(out, "n%d%c: [1]\n", i, who);
	}
	buf_str(out, "---\nTekst\n");
}

/* Does the page have all fields that this side made or changed? */
static void
assert_holds(const char *page, const int what[FIELDS], char who)
{
	struct fieldspans f;
	char key[16];

	assert_int_equal(fieldspan_read(&f, page, strlen(page), NULL), 0);
	for (int i = 0; i < FIELDS; i++) {
		(void)snprintf(key, sizeof(key), "k%d", i);
		if (what[i] == 2)
			assert_int_equal(fieldspan_find(&f, key), f.n);
		if (what[i] == 1)
			assert_int_equal(
				page[f.items[fieldspan_find(&f, key)].to - 2],
				who);
		(void)snprintf(key, sizeof(key), "n%d%c", i, who);
		assert_true((what[i] == 3) == (fieldspan_find(&f, key) < f.n));
	}
	fieldspan_release(&f);
}

static void
test_merge__random_fields_of_both_sides(void **state)
{
	static const int none[FIELDS];

	(void)state;
	srand(4);
	for (int round = 0; round < 3000; round++) {
		struct buf t[DIFF3_N] = { BUF_INIT, BUF_INIT, BUF_INIT };
		int yours[FIELDS] = { 0 }, saved[FIELDS] = { 0 };
		struct diff3 d, e;

		for (int i = 0; i < FIELDS; i++)
			*(rand() % 2 ? &yours[i] : &saved[i]) = rand() % 4;
		write_fields(&t[0], none, ' ');
		write_fields(&t[1], yours, 'Y');
		write_fields(&t[2], saved, 'S');
		merge(&d, t[0].ptr, t[1].ptr, t[2].ptr);
		merge(&e, t[0].ptr, t[2].ptr, t[1].ptr);
		assert_int_equal(d.n, 0);
		assert_string_equal(d.text.ptr, e.text.ptr);
		assert_holds(d.text.ptr, yours, 'Y');
		assert_holds(d.text.ptr, saved, 'S');
		diff3_release(&d);
		diff3_release(&e);
		for (int i = 0; i < DIFF3_N; i++)
			buf_release(&t[i]);
	}
}

static void
test_merge__one_side_only_is_that_side(void **state)
{
	static const char *const texts[] = {
		"",
		"x",
		"---\nb: 1\na: 1\n---\r\n",
		"---\na: 1\nb: 1\n---\nx\n",
		"---\na: 1\na: 1\n---\nx\r\ny",
		"---\n{b: 1}\n---\n",
	};
	size_t n = sizeof(texts) / sizeof(texts[0]), i, j;

	(void)state;
	for (i = 0; i < n; i++)
		for (j = 0; j < n; j++) {
			assert_merged(texts[i], texts[j], texts[i], texts[j]);
			assert_merged(texts[i], texts[j], texts[j], texts[j]);
		}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_merge__fields_and_body_of_two_people),
		cmocka_unit_test(test_merge__different_fields_at_one_place),
		cmocka_unit_test(test_merge__the_same_field_clashes),
		cmocka_unit_test(
			test_merge__clashes_of_the_body_count_from_the_top),
		cmocka_unit_test(test_merge__what_nobody_changed_stays),
		cmocka_unit_test(test_merge__what_is_not_plain_goes_by_line),
		cmocka_unit_test(test_merge__lines_that_make_no_block_clash),
		cmocka_unit_test(test_merge__random_fields_of_both_sides),
		cmocka_unit_test(test_merge__one_side_only_is_that_side),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
