#include "plein/diff3.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "plein/textdiff.h"

static void
join(struct diff3 *d, const char *const texts[DIFF3_N])
{
	struct textrow rows[DIFF3_N];
	long effort = TEXTDIFF_EFFORT;

	*d = (struct diff3)DIFF3_INIT;
	for (int i = 0; i < DIFF3_N; i++)
		textrow_lines(&rows[i], texts[i], strlen(texts[i]));
	diff3_join(d, rows, &effort);
	for (int i = 0; i < DIFF3_N; i++)
		textrow_release(&rows[i]);
}

/* "ab" becomes "a\nb\n"; "ab." has no newline behind its last line. */
static void
spell(struct buf *out, const char *letters)
{
	for (; *letters && *letters != '.'; letters++)
		buf_printf(out, "%c%s", *letters,
			   letters[1] == '.' ? "" : "\n");
}

static void
join_letters(struct diff3 *d, const char *base, const char *yours,
	     const char *saved)
{
	struct buf b = BUF_INIT, y = BUF_INIT, s = BUF_INIT;

	spell(&b, base);
	spell(&y, yours);
	spell(&s, saved);
	join(d, (const char *const[]){ b.ptr, y.ptr, s.ptr });
	buf_release(&b);
	buf_release(&y);
	buf_release(&s);
}

static void
assert_one_way(const char *base, const char *yours, const char *saved,
	       const char *want)
{
	struct buf text = BUF_INIT;
	struct diff3 d;

	join_letters(&d, base, yours, saved);
	spell(&text, want);
	if (d.n)
		fail_msg("%s %s %s: %zu clashes", base, yours, saved, d.n);
	assert_string_equal(d.text.ptr, text.ptr);
	buf_release(&text);
	diff3_release(&d);
}

/* Whoever was first. */
static void
assert_joined(const char *base, const char *yours, const char *saved,
	      const char *want)
{
	assert_one_way(base, yours, saved, want);
	assert_one_way(base, saved, yours, want);
}

/* The clashes as "base yours saved;", each as first+count. */
static void
assert_clash(const char *base, const char *yours, const char *saved,
	     const char *want)
{
	struct buf got = BUF_INIT;
	struct diff3 d;

	join_letters(&d, base, yours, saved);
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
test_diff3__different_lines_are_joined(void **state)
{
	(void)state;
	assert_joined("abc", "abc", "abc", "abc");
	assert_joined("abcde", "Xbcde", "abcdY", "XbcdY");
	assert_joined("abcde", "bcde", "abcd", "bcd");
	assert_joined("abcde", "XYabcde", "abcdeZ", "XYabcdeZ");
	assert_joined("abcdefg", "aXcdeZg", "abcYefgW", "aXcYeZgW");
	assert_joined("", "", "ab", "ab");
}

static void
test_diff3__neighbouring_lines_are_joined(void **state)
{
	(void)state;
	assert_joined("abcd", "aXcd", "abYd", "aXYd");
	assert_joined("abcd", "aXcd", "abd", "aXd");
	assert_joined("abcd", "acd", "abd", "ad");
	/* what is put in beside a line that was changed */
	assert_joined("abcd", "aXcd", "abNcd", "aXNcd");
	assert_joined("abcd", "aXcd", "aNbcd", "aNXcd");
}

static void
test_diff3__the_same_change_is_one_change(void **state)
{
	(void)state;
	assert_joined("abc", "aXc", "aXc", "aXc");
	assert_joined("abc", "abcN", "abcN", "abcN");
}

static void
test_diff3__the_same_line_is_a_clash(void **state)
{
	(void)state;
	assert_clash("abc", "aXc", "aYc", "1+1 1+1 1+1;");
	assert_clash("abc", "aXc", "ac", "1+1 1+1 1+0;");
	assert_clash("abcd", "aXYd", "abZd", "1+2 1+2 1+2;");
	assert_clash("abcdefg", "XbcdefY", "Zbcdefg", "0+1 0+1 0+1;");
}

static void
test_diff3__additions_at_one_place_clash(void **state)
{
	(void)state;
	assert_clash("ab", "aXb", "aYb", "1+0 1+1 1+1;");
	assert_clash("", "X", "Y", "0+0 0+1 0+1;");
	/* beside a line that was changed into more of them */
	assert_clash("abcd", "aXMcd", "abNcd", "1+1 1+2 1+2;");
	assert_clash("abcd", "abNcd", "aXMcd", "1+1 1+2 1+2;");
	assert_clash("abcd", "aMXcd", "aNbcd", "1+1 1+2 1+2;");
	/* beside lines that were taken away */
	assert_clash("abc", "ac", "abNc", "1+1 1+0 1+2;");
	assert_clash("abc", "ac", "aNbc", "1+1 1+0 1+2;");
	/* within lines that were changed */
	assert_clash("abcd", "aXd", "abNcd", "1+2 1+1 1+3;");
}

static void
test_diff3__lines_both_have_are_outside_the_clash(void **state)
{
	(void)state;
	assert_clash("az", "aPQRz", "aPSRz", "1+0 2+1 2+1;");
	assert_clash("abcz", "aXYcz", "aXZcz", "1+1 2+1 2+1;");
}

static void
test_diff3__several_clashes_come_in_order(void **state)
{
	(void)state;
	assert_clash("abcdefg", "aXcdeYg", "aPcdeQRg",
		     "1+1 1+1 1+1;5+1 5+1 5+2;");
}

static void
test_diff3__lines_without_newline_never_grow_together(void **state)
{
	(void)state;
	assert_joined("ab.", "Xb.", "abc.", "Xbc.");
	assert_joined("ab", "Xb", "ab.", "Xb.");
	assert_clash("ab", "aX.", "abN", "1+1 1+1 1+2;");
	assert_clash("ab", "ab.", "abN", "1+1 1+1 1+2;");
}

#define LINES 24

/* Line i of the base, as one side has it. */
static void
write_line(struct buf *out, int i, int what, char who)
{
	if (what == 1)
		buf_printf(out, "%c heeft regel %d\n", who, i);
	else if (what == 3)
		buf_printf(out, "%c voor regel %d\nregel %d\n", who, i, i);
	else if (what != 2)
		buf_printf(out, "regel %d\n", i);
}

/*
 * Each change is one side's; neither adds or takes away beside a change of
 * the other.
 */
static void
draw_changes(int yours[LINES], int saved[LINES])
{
	int last = 0, side, what;

	for (int i = 0; i < LINES; i++) {
		yours[i] = saved[i] = 0;
		what = rand() % 5;
		side = rand() % 2 ? 1 : -1;
		if (what >= 1 && what <= 3 &&
		    (what == 1 || last == 0 || last == side)) {
			*(side > 0 ? &yours[i] : &saved[i]) = what;
			last = what == 1 ? 0 : side;
			continue;
		}
		last = 0;
	}
}

static void
test_diff3__random_changes_of_different_lines(void **state)
{
	int yours[LINES], saved[LINES], i;

	(void)state;
	srand(2);
	for (int round = 0; round < 5000; round++) {
		struct buf t[4] = { BUF_INIT, BUF_INIT, BUF_INIT, BUF_INIT };
		struct diff3 d, e;

		draw_changes(yours, saved);
		for (i = 0; i < LINES; i++) {
			write_line(&t[0], i, 0, ' ');
			write_line(&t[1], i, yours[i], 'Y');
			write_line(&t[2], i, saved[i], 'S');
			write_line(&t[3], i, yours[i] ? yours[i] : saved[i],
				   yours[i] ? 'Y' : 'S');
		}
		join(&d, (const char *const[]){ t[0].ptr, t[1].ptr, t[2].ptr });
		join(&e, (const char *const[]){ t[0].ptr, t[2].ptr, t[1].ptr });
		assert_int_equal(d.n, 0);
		assert_string_equal(d.text.ptr, t[3].ptr);
		assert_string_equal(e.text.ptr, t[3].ptr);
		diff3_release(&d);
		diff3_release(&e);
		for (i = 0; i < 4; i++)
			buf_release(&t[i]);
	}
}

static void
draw_letters(char *s)
{
	int n = rand() % 12, i;

	for (i = 0; i < n; i++)
		s[i] = (char)('a' + rand() % 4);
	s[i] = '\0';
}

/* The clashes with yours and saved changed over. */
static void
assert_mirrored(const struct diff3 *d, const struct diff3 *e)
{
	assert_int_equal(d->n, e->n);
	for (size_t i = 0; i < d->n; i++) {
		const struct diff3_clash *c = &d->clashes[i];
		const struct diff3_clash *m = &e->clashes[i];

		assert_int_equal(c->first[0], m->first[0]);
		assert_int_equal(c->count[0], m->count[0]);
		assert_int_equal(c->first[1], m->first[2]);
		assert_int_equal(c->count[1], m->count[2]);
		assert_int_equal(c->first[2], m->first[1]);
		assert_int_equal(c->count[2], m->count[1]);
	}
	if (d->n == 0)
		assert_string_equal(d->text.ptr, e->text.ptr);
}

static void
test_diff3__anything_joined_is_symmetric(void **state)
{
	char b[16], y[16], s[16];
	struct diff3 d, e;

	(void)state;
	srand(3);
	for (int round = 0; round < 20000; round++) {
		draw_letters(b);
		draw_letters(y);
		draw_letters(s);
		join_letters(&d, b, y, s);
		join_letters(&e, b, s, y);
		assert_mirrored(&d, &e);
		diff3_release(&d);
		diff3_release(&e);
		assert_joined(b, y, y, y);
		assert_joined(b, y, b, y);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_diff3__different_lines_are_joined),
		cmocka_unit_test(test_diff3__neighbouring_lines_are_joined),
		cmocka_unit_test(test_diff3__the_same_change_is_one_change),
		cmocka_unit_test(test_diff3__the_same_line_is_a_clash),
		cmocka_unit_test(test_diff3__additions_at_one_place_clash),
		cmocka_unit_test(
			test_diff3__lines_both_have_are_outside_the_clash),
		cmocka_unit_test(test_diff3__several_clashes_come_in_order),
		cmocka_unit_test(
			test_diff3__lines_without_newline_never_grow_together),
		cmocka_unit_test(test_diff3__random_changes_of_different_lines),
		cmocka_unit_test(test_diff3__anything_joined_is_symmetric),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
