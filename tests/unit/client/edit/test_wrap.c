#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "edit/wrap.h"
#include "plein/buf.h"

static void
assert_starts(const char *s, int cols, const char *expected)
{
	struct text *t = text_new(s, strlen(s));
	struct buf found = BUF_INIT;
	struct wrap w = { 0 };

	wrap_all(&w, t, cols);
	for (size_t i = 0; i < w.n; i++)
		buf_printf(&found, "%s%zu", i ? " " : "", wrap_start(&w, t, i));
	assert_string_equal(found.ptr, expected);
	assert_int_equal(wrap_start(&w, t, w.n), strlen(s));
	buf_release(&found);
	wrap_release(&w);
	text_free(t);
}

static void
test_wrap__lines_begin_after_blanks_and_newlines(void **state)
{
	(void)state;
	assert_starts("", 10, "0");
	assert_starts("een twee drie\nvier", 9, "0 9 14");
	assert_starts("a\n\nb\n", 9, "0 2 3 5");
	assert_starts("\n", 9, "0 1");
	assert_starts("abcdef", 3, "0 3");
	assert_starts("abc\ndef", 3, "0 4");
}

static void
test_wrap__a_carriage_return_never_gets_a_line(void **state)
{
	(void)state;
	assert_starts("abc\r\ndef", 3, "0 5");
	assert_starts("ab    \r\nc", 3, "0 8");
	assert_starts("\r\n", 3, "0 2");
}

static void
test_wrap__finds_the_line_of_a_byte(void **state)
{
	struct text *t = text_new("een twee\nx", 10);
	struct wrap w = { 0 };

	(void)state;
	wrap_all(&w, t, 5);
	assert_int_equal(wrap_line_of(&w, 0), 0);
	assert_int_equal(wrap_line_of(&w, 3), 0);
	assert_int_equal(wrap_line_of(&w, 4), 1);
	assert_int_equal(wrap_line_of(&w, 8), 1);
	assert_int_equal(wrap_line_of(&w, 9), 2);
	assert_int_equal(wrap_line_of(&w, 10), 2);
	wrap_release(&w);
	text_free(t);
}

/* A line is bounded, and bounded between characters. */
static void
test_wrap__endless_lines_are_cut_between_characters(void **state)
{
	struct buf b = BUF_INIT;
	struct wrap w = { 0 };
	struct text *t;

	(void)state;
	buf_str(&b, "x");
	while (b.len < 20000)
		buf_str(&b, "\xcc\x81");
	t = text_new(b.ptr, b.len);
	wrap_all(&w, t, 10);
	assert_in_range(w.n, 4, 10);
	for (size_t i = 1; i < w.n; i++)
		assert_int_equal(text_at(t, wrap_start(&w, t, i)), '\xcc');
	wrap_release(&w);
	text_free(t);
	buf_release(&b);
}

struct change {
	const struct text *text;
	struct wrap wrap;
};

static void
follow(void *ctx, size_t pos, size_t old_len, size_t new_len)
{
	struct change *c = ctx;

	wrap_change(&c->wrap, c->text, pos, old_len, new_len);
}

static void
assert_same_as_all(const struct change *c)
{
	struct wrap all = { 0 };

	wrap_all(&all, c->text, c->wrap.cols);
	assert_int_equal(c->wrap.n, all.n);
	for (size_t i = 0; i <= all.n; i++)
		assert_int_equal(wrap_start(&c->wrap, c->text, i),
				 wrap_start(&all, c->text, i));
	wrap_release(&all);
}

static uint32_t
next_number(uint32_t *seed)
{
	*seed = *seed * 1103515245u + 12345u;
	return *seed >> 8;
}

static const char *const pieces[] = {
	"woord ",
	"x",
	"\n",
	"heellangwoordzonderblanks",
	" ",
	"\xc3\xab",
	"\n\n",
	"\xcc\x81",
	"\t",
	"\r\n",
	"\xe6\xbc\xa2",
	"\xf0\x9f\x87\xb3\xf0\x9f\x87\xb1",
	"     ",
	"\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa7",
	"\xff",
	"een twee drie vier vijf zes zeven acht negen tien ",
};

static void
change_at_random(struct text *t, uint32_t *seed, size_t limit)
{
	size_t n_pieces = sizeof(pieces) / sizeof(pieces[0]);
	size_t pos = next_number(seed) % (text_len(t) + 1);
	size_t n = text_len(t) - pos, most;
	const char *s = pieces[next_number(seed) % n_pieces];

	if (next_number(seed) % 5 < 3 && text_len(t) < limit) {
		text_insert(t, pos, s, strlen(s));
	} else {
		most = next_number(seed) % 40;
		text_delete(t, pos, n < most ? n : most);
	}
	if (next_number(seed) % 3 == 0)
		text_break(t);
}

/* Changes, then all taken back, then done again; bytes of all kinds. */
static void
test_wrap__a_change_gives_the_lines_that_wrapping_all_gives(void **state)
{
	static const int widths[] = { 2, 7, 12, 40 };
	struct change c = { 0 };
	struct text *t;
	uint32_t seed = 7;
	size_t pos;

	(void)state;
	for (size_t i = 0; i < sizeof(widths) / sizeof(widths[0]); i++) {
		t = text_new("begin\nvan de tekst", 18);
		c = (struct change){ .text = t };
		wrap_all(&c.wrap, t, widths[i]);
		text_watch(t, (struct text_watcher){ follow, &c });
		for (int k = 0; k < 1500; k++) {
			change_at_random(t, &seed, 1500);
			assert_same_as_all(&c);
		}
		while (text_undo(t, &pos))
			assert_same_as_all(&c);
		assert_int_equal(text_len(t), 18);
		while (text_redo(t, &pos))
			assert_same_as_all(&c);
		wrap_release(&c.wrap);
		text_free(t);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			test_wrap__lines_begin_after_blanks_and_newlines),
		cmocka_unit_test(
			test_wrap__a_carriage_return_never_gets_a_line),
		cmocka_unit_test(test_wrap__finds_the_line_of_a_byte),
		cmocka_unit_test(
			test_wrap__endless_lines_are_cut_between_characters),
		cmocka_unit_test(
			test_wrap__a_change_gives_the_lines_that_wrapping_all_gives),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
