/*
 * Each row is what a terminal sends and the keys it must become, by name.
 * Every row is fed at once and byte by byte: the result must be the same.
 */
#include "ui/key.h"

#include <stdlib.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "plein/mem.h"

struct row {
	const char *bytes;
	const char *keys; /* names, separated by blanks */
};

static void
collect(struct keys *k, bool idle, struct buf *out)
{
	struct key key;

	while (keys_next(k, idle, &key)) {
		if (out->len)
			buf_char(out, ' ');
		key_label(out, &key);
	}
}

static void
decode(const char *bytes, size_t len, size_t piece, struct buf *out)
{
	struct keys *k = keys_new();

	for (size_t i = 0; i < len; i += piece) {
		size_t n = len - i < piece ? len - i : piece;

		keys_feed(k, bytes + i, n);
		collect(k, false, out);
	}
	collect(k, true, out);
	assert_false(keys_pending(k));
	keys_free(k);
}

static void
assert_keys(const char *bytes, size_t len, const char *want)
{
	for (size_t piece = 1; piece <= 7; piece++) {
		struct buf got = BUF_INIT;

		decode(bytes, len, piece == 7 ? len + 1 : piece, &got);
		if (strcmp(got.ptr, want) != 0)
			fail_msg("ESC%s: got '%s', want '%s', pieces of %zu",
				 bytes + 1, got.ptr, want, piece);
		buf_release(&got);
	}
}

static void
assert_rows(const struct row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++)
		assert_keys(rows[i].bytes, strlen(rows[i].bytes), rows[i].keys);
}

#define ASSERT_ROWS(rows) assert_rows(rows, sizeof(rows) / sizeof((rows)[0]))

static void
test_keys__reads_text_a_character_at_a_time(void **state)
{
	static const struct row rows[] = {
		{ "ab?", "a b ?" },
		{ " ", "Space" },
		{ "\xC3\xAB\xE2\x82\xAC", "\xC3\xAB \xE2\x82\xAC" },
		{ "\xF0\x9F\x98\x80", "\xF0\x9F\x98\x80" },
	};

	(void)state;
	ASSERT_ROWS(rows);
}

static void
test_keys__reads_control_keys(void **state)
{
	static const struct row rows[] = {
		{ "\x01\x13\x1a\x03\x11",
		  "Ctrl-A Ctrl-S Ctrl-Z Ctrl-C Ctrl-Q" },
		{ "\x08\x7f", "Backspace Backspace" },
		{ "\t\r\n", "Tab Enter Enter" },
		{ "\x1e\x1f\x1c\x1d", "Ctrl-6 Ctrl-_ Ctrl-\\ Ctrl-]" },
	};

	(void)state;
	ASSERT_ROWS(rows);
	assert_keys("\0", 1, "Ctrl-Space");
}

static void
test_keys__reads_arrows_of_every_family(void **state)
{
	static const struct row rows[] = {
		{ "\x1b[A\x1b[B\x1b[C\x1b[D", "Up Down Right Left" },
		{ "\x1bOA\x1bOB\x1bOC\x1bOD", "Up Down Right Left" },
		{ "\x1b[1;2A\x1b[1;5D\x1b[1;6C", "Shift-Up Ctrl-Left "
						 "Ctrl-Shift-Right" },
		{ "\x1b[1;3D\x1b[1;9C", "Alt-Left Alt-Right" },
		{ "\x1b[a\x1bOd", "Shift-Up Ctrl-Left" },
		{ "\x1bO5C", "Ctrl-Right" },
		{ "\x1b\x1b[D\x1b\x1bOC", "Alt-Left Alt-Right" },
	};

	(void)state;
	ASSERT_ROWS(rows);
}

static void
test_keys__reads_the_keys_of_the_small_block(void **state)
{
	static const struct row rows[] = {
		{ "\x1b[H\x1b[F\x1bOH\x1bOF", "Home End Home End" },
		{ "\x1b[1~\x1b[4~\x1b[7~\x1b[8~", "Home End Home End" },
		{ "\x1b[2~\x1b[3~\x1b[5~\x1b[6~", "Insert Delete PgUp PgDn" },
		{ "\x1b[3;5~\x1b[5;2~", "Ctrl-Delete Shift-PgUp" },
		{ "\x1b[7$\x1b[8^\x1b[3@", "Shift-Home Ctrl-End "
					   "Ctrl-Shift-Delete" },
		{ "\x1b[Z", "Shift-Tab" },
		{ "\x1b[1;5H\x1b[1;5F", "Ctrl-Home Ctrl-End" },
		{ "\x1bOw", "End" }, /* PuTTY in rxvt mode */
	};

	(void)state;
	ASSERT_ROWS(rows);
}

static void
test_keys__reads_function_keys_of_every_family(void **state)
{
	static const struct row rows[] = {
		{ "\x1bOP\x1bOQ\x1bOR\x1bOS", "F1 F2 F3 F4" },
		{ "\x1b[11~\x1b[12~\x1b[13~\x1b[14~", "F1 F2 F3 F4" },
		{ "\x1b[[A\x1b[[B\x1b[[C\x1b[[D\x1b[[E", "F1 F2 F3 F4 F5" },
		{ "\x1b[15~\x1b[17~\x1b[18~\x1b[19~", "F5 F6 F7 F8" },
		{ "\x1b[20~\x1b[21~\x1b[23~\x1b[24~", "F9 F10 F11 F12" },
		{ "\x1b[1;2R\x1b[13;2~\x1b[25~", "Shift-F3 Shift-F3 Shift-F3" },
	};

	(void)state;
	ASSERT_ROWS(rows);
}

static void
test_keys__reads_escape_and_a_digit_as_function_key(void **state)
{
	static const struct row rows[] = {
		{ "\x1b"
		  "1\x1b"
		  "2\x1b"
		  "9\x1b"
		  "0",
		  "F1 F2 F9 F10" },
	};

	(void)state;
	ASSERT_ROWS(rows);
}

static void
test_keys__reads_the_keypad_as_digits(void **state)
{
	static const struct row rows[] = {
		{ "\x1bOp\x1bOq\x1bOr\x1bOs\x1bOt", "0 1 2 3 4" },
		{ "\x1bOu\x1bOv\x1bOw\x1bOx\x1bOy", "5 6 7 8 9" },
		{ "\x1bOM\x1bOj\x1bOk\x1bOl\x1bOm\x1bOn\x1bOo",
		  "Enter * + , - . /" },
	};

	(void)state;
	ASSERT_ROWS(rows);
}

static void
test_keys__reads_alt_only_where_it_means_something(void **state)
{
	static const struct row rows[] = {
		{ "\x1b"
		  "b\x1b"
		  "f",
		  "Alt-B Alt-F" },
		{ "\x1bz", "Esc z" },
		{ "\x1b\r", "Esc Enter" },
		{ "\x1b\xC3\xAB", "Esc \xC3\xAB" },
		{ "\x1b\x1bz", "Esc Esc z" },
	};

	(void)state;
	ASSERT_ROWS(rows);
}

static void
test_keys__waits_before_a_lone_escape_is_the_key(void **state)
{
	struct keys *k = keys_new();
	struct key key;

	(void)state;
	keys_feed(k, "\x1b", 1);
	assert_false(keys_next(k, false, &key));
	assert_true(keys_pending(k));
	assert_true(keys_next(k, true, &key));
	assert_int_equal(key.code, KEY_ESC_);
	assert_false(keys_pending(k));
	keys_feed(k, "\x1b\x1b", 2);
	assert_false(keys_next(k, false, &key));
	assert_true(keys_next(k, true, &key));
	assert_int_equal(key.code, KEY_ESC_);
	assert_true(keys_next(k, true, &key));
	assert_int_equal(key.code, KEY_ESC_);
	assert_false(keys_next(k, true, &key));
	keys_free(k);
}

static void
test_keys__drops_a_sequence_that_is_cut_off(void **state)
{
	static const char *const cut[] = { "\x1b[",   "\x1b[1;5", "\x1bO",
					   "\x1b[[",  "\x1b[M!",  "\x1b]0;x",
					   "\x1bP1$", "\xE2\x82", "\xC3" };

	(void)state;
	for (size_t i = 0; i < sizeof(cut) / sizeof(cut[0]); i++) {
		struct buf got = BUF_INIT;
		struct keys *k = keys_new();

		keys_feed(k, cut[i], strlen(cut[i]));
		collect(k, false, &got);
		assert_string_equal(got.ptr, "");
		assert_true(keys_pending(k));
		collect(k, true, &got);
		assert_string_equal(got.ptr, "");
		keys_feed(k, "a", 1);
		collect(k, false, &got);
		assert_string_equal(got.ptr, "a");
		keys_free(k);
		buf_release(&got);
	}
}

static void
test_keys__drops_answers_nobody_asked_for(void **state)
{
	static const struct row rows[] = {
		{ "a\x1b[?62;1;6c"
		  "b",
		  "a b" },
		{ "a\x1b[>0;276;0c"
		  "b",
		  "a b" },
		{ "a\x1b[24;80Rb", "a b" }, /* cursor position */
		{ "a\x1b[?2004;2$yb", "a b" },
		{ "a\x1b[0nb", "a b" },
		{ "a\x1b[8;24;80tb", "a b" },
		{ "a\x1b[Ib\x1b[Oc", "a b c" }, /* focus in and out */
		{ "a\x1b[<0;10;20Mb", "a b" }, /* mouse */
		{ "a\x1b[M !\"b", "a b" },
		{ "a\x1b]11;rgb:0000/0000/0000\x1b\\b", "a b" },
		{ "a\x1b]52;c;aGFsbG8=\x07"
		  "b",
		  "a b" },
		{ "a\x1bP1+r544e=787465726d\x1b\\b", "a b" },
		{ "a\x1b_Gi=1;OK\x1b\\b\x1b^x\x1b\\c\x1bXy\x1b\\d", "a b c d" },
		{ "a\x1b[201~b", "a b" }, /* the end of no paste */
		{ "a\x1b[99~b\x1b[Yc", "a b c" },
		{ "\x1b\x1b[?1;2cb", "Esc b" },
	};

	(void)state;
	ASSERT_ROWS(rows);
}

/* Row and column of each, "-" for what is no key of the mouse. */
static void
read_mouse(const char *bytes, bool on, struct buf *out)
{
	struct keys *k = keys_new();
	struct key key;

	keys_take_mouse(k, on);
	keys_feed(k, bytes, strlen(bytes));
	while (keys_next(k, true, &key))
		if (key.code == KEY_CLICK)
			buf_printf(out, "click %d %d ", key.row, key.col);
		else if (key.code == KEY_WHEEL)
			buf_printf(out, "wheel %d ", key.number);
		else
			buf_str(out, "- ");
	keys_free(k);
}

static void
test_keys__takes_the_mouse_when_it_is_on(void **state)
{
	static const struct row rows[] = {
		{ "\x1b[<0;10;20M\x1b[<0;10;20m", "click 19 9 " },
		{ "\x1b[<64;1;1M\x1b[<65;1;1M", "wheel -1 wheel 1 " },
		/* other buttons, modifiers, moves with a button down */
		{ "\x1b[<1;2;3M\x1b[<2;2;3M\x1b[<4;2;3M\x1b[<32;2;3M", "" },
		{ "\x1b[<66;2;3M\x1b[<128;2;3M", "" },
		/* what is no whole report */
		{ "\x1b[<0;10M\x1b[<0;0;5M\x1b[<0;5;0M\x1b[<;;M", "" },
		{ "\x1b[<0;1;2;3M\x1b[0;1;2M\x1b[?0;1;2M\x1b[<<0;1;2M", "" },
		{ "\x1b[0<;1;2M\x1b[<0;1;2 M\x1b[M !!", "" },
		{ "\x1b[<0;99999999999;99999999999M", "click 9998 9998 " },
		{ "\x1b[<0;3;2Mx", "click 1 2 - " },
		{ "\x1b\x1b[<0;3;2M", "- click 1 2 " },
	};
	struct buf out = BUF_INIT;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		buf_reset(&out);
		read_mouse(rows[i].bytes, true, &out);
		assert_string_equal(out.ptr, rows[i].keys);
	}
	buf_reset(&out);
	read_mouse("\x1b[<0;10;20M\x1b[<64;1;1M", false, &out);
	assert_string_equal(out.ptr, "");
	buf_release(&out);
}

static void
test_keys__leaves_a_broken_sequence_for_what_follows(void **state)
{
	static const struct row rows[] = {
		{ "\x1b[1;\x1b[A", "Up" },
		{ "\x1b[1\rx", "Enter x" },
		{ "\x1bO\x1b[B", "Down" },
		{ "\x1b]0;x\x1b[Cy", "Right y" },
		{ "\x1b[\xC3\xAB", "\xC3\xAB" },
	};

	(void)state;
	ASSERT_ROWS(rows);
}

static void
test_keys__bounds_a_sequence_without_end(void **state)
{
	struct buf in = BUF_INIT;

	(void)state;
	buf_str(&in, "a\x1b[");
	for (int i = 0; i < 5000; i++)
		buf_str(&in, "1;");
	buf_str(&in, "Ab");
	assert_keys(in.ptr, in.len, "a b");
	buf_release(&in);
}

static void
test_keys__drops_bytes_that_are_no_utf8(void **state)
{
	static const struct row rows[] = {
		{ "a\xff\xfe"
		  "b",
		  "a b" },
		{ "a\x80\xbf"
		  "b",
		  "a b" },
		{ "\xC3"
		  "a",
		  "a" },
		{ "\xE2\x82"
		  "a",
		  "a" },
		{ "\xED\xA0\x80"
		  "a",
		  "a" }, /* a surrogate */
		{ "\xC0\xAF"
		  "a",
		  "a" },
		{ "\xF5\x80\x80\x80"
		  "a",
		  "a" },
		{ "\xC2\x9B"
		  "31ma",
		  "3 1 m a" }, /* C1 CSI is no CSI here */
		{ "\xE2\x80\xAE"
		  "a",
		  "a" }, /* bidirectional control */
	};

	(void)state;
	ASSERT_ROWS(rows);
}

/* Pasted text to `pasted`, names of other keys to `rest`. */
static void
sort_keys(struct keys *k, struct buf *pasted, struct buf *rest)
{
	struct key key;

	while (keys_next(k, false, &key)) {
		if (key.code == KEY_PASTE)
			buf_add(pasted, key.text, key.len);
		else
			key_label(rest, &key);
	}
}

static void
assert_paste(const char *bytes, size_t len, const char *want, const char *after)
{
	for (size_t piece = 1; piece <= 9; piece++) {
		struct keys *k = keys_new();
		struct buf got = BUF_INIT, rest = BUF_INIT;

		for (size_t i = 0; i < len; i += piece) {
			size_t n = len - i < piece ? len - i : piece;

			keys_feed(k, bytes + i, n);
			sort_keys(k, &got, &rest);
		}
		assert_string_equal(got.ptr, want);
		assert_string_equal(rest.ptr, after);
		keys_free(k);
		buf_release(&got);
		buf_release(&rest);
	}
}

static void
test_keys__reads_a_paste_as_one_text(void **state)
{
	static const char in[] =
		"\x1b[200~q\r\nb\rc\nd\te\x03\x1b[Af\x1b[201~z";

	(void)state;
	assert_paste(in, sizeof(in) - 1, "q\nb\nc\nd\te[Af", "z");
}

static void
test_keys__drops_from_a_paste_what_no_page_may_hold(void **state)
{
	static const char in[] = "\x1b[200~a\xff\xE2\x80\xAE"
				 "b\0c\xC3"
				 "\x1b[201~";

	(void)state;
	assert_paste(in, sizeof(in) - 1, "abc", "");
}

static void
test_keys__ends_a_paste_once(void **state)
{
	static const char in[] = "\x1b[200~a\x1b[201~\x1b[201~x";
	static const char two[] = "\x1b[200~a\x1b[201~\x1b[200~b\x1b[201~x";

	(void)state;
	assert_paste(in, sizeof(in) - 1, "a", "x");
	assert_paste(two, sizeof(two) - 1, "ab", "x");
}

/* Text that holds the end marker cannot turn its rest into commands. */
static void
test_keys__keeps_an_end_of_paste_inside_a_paste(void **state)
{
	static const char in[] = "\x1b[200~a\x1b[201~rm\r\x1b[201~x";
	struct keys *k = keys_new();
	struct key key;

	(void)state;
	keys_feed(k, in, sizeof(in) - 1);
	assert_true(keys_next(k, false, &key));
	assert_int_equal(key.code, KEY_PASTE);
	assert_string_equal(key.text, "arm\n");
	assert_true(keys_next(k, false, &key));
	assert_string_equal(key.text, "x");
	assert_false(keys_next(k, false, &key));
	keys_free(k);
}

static void
test_keys__bounds_a_paste(void **state)
{
	struct keys *k = keys_new();
	char *chunk = mem_alloc(65536);
	struct key key;

	(void)state;
	memset(chunk, 'p', 65536);
	keys_feed(k, "\x1b[200~", 6);
	for (int i = 0; i < 20; i++) {
		keys_feed(k, chunk, 65536);
		assert_false(keys_next(k, false, &key));
		assert_false(keys_pending(k));
	}
	keys_feed(k, "\x1b[201~a", 7);
	assert_true(keys_next(k, false, &key));
	assert_int_equal(key.code, KEY_PASTE);
	assert_int_equal(key.len, KEY_PASTE_MAX);
	assert_int_equal(key.number, 1);
	assert_true(keys_next(k, false, &key));
	assert_string_equal(key.text, "a");
	keys_free(k);
	free(chunk);
}

static void
test_keys__two_escapes_end_a_paste_that_has_no_end(void **state)
{
	struct keys *k = keys_new();
	struct key key;

	(void)state;
	keys_feed(k, "\x1b[200~abc", 9);
	assert_false(keys_next(k, true, &key));
	keys_feed(k, "\x1b", 1);
	assert_false(keys_next(k, true, &key));
	keys_feed(k, "\x1b", 1);
	assert_true(keys_next(k, true, &key));
	assert_int_equal(key.code, KEY_PASTE);
	assert_string_equal(key.text, "abc");
	keys_feed(k, "q", 1);
	assert_true(keys_next(k, false, &key));
	assert_string_equal(key.text, "q");
	keys_free(k);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_keys__reads_text_a_character_at_a_time),
		cmocka_unit_test(test_keys__reads_control_keys),
		cmocka_unit_test(test_keys__reads_arrows_of_every_family),
		cmocka_unit_test(test_keys__reads_the_keys_of_the_small_block),
		cmocka_unit_test(
			test_keys__reads_function_keys_of_every_family),
		cmocka_unit_test(
			test_keys__reads_escape_and_a_digit_as_function_key),
		cmocka_unit_test(test_keys__reads_the_keypad_as_digits),
		cmocka_unit_test(
			test_keys__reads_alt_only_where_it_means_something),
		cmocka_unit_test(
			test_keys__waits_before_a_lone_escape_is_the_key),
		cmocka_unit_test(test_keys__drops_a_sequence_that_is_cut_off),
		cmocka_unit_test(test_keys__drops_answers_nobody_asked_for),
		cmocka_unit_test(test_keys__takes_the_mouse_when_it_is_on),
		cmocka_unit_test(
			test_keys__leaves_a_broken_sequence_for_what_follows),
		cmocka_unit_test(test_keys__bounds_a_sequence_without_end),
		cmocka_unit_test(test_keys__drops_bytes_that_are_no_utf8),
		cmocka_unit_test(test_keys__reads_a_paste_as_one_text),
		cmocka_unit_test(
			test_keys__drops_from_a_paste_what_no_page_may_hold),
		cmocka_unit_test(test_keys__ends_a_paste_once),
		cmocka_unit_test(
			test_keys__keeps_an_end_of_paste_inside_a_paste),
		cmocka_unit_test(test_keys__bounds_a_paste),
		cmocka_unit_test(
			test_keys__two_escapes_end_a_paste_that_has_no_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
