#include "ui/terminal.h"

#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* As the application does, when it has nothing more to show. */
static void
show(struct terminal *t, const struct canvas *c)
{
	t->ops->show(t, c);
	t->ops->rest(t);
}

/*
 * An application as terminal.h describes its loop: it shows what was typed
 * on line 1 and "ready" on line 2 once it went round `busy` times.
 */
static int
run_application(const char *script, int busy, struct buf *log)
{
	struct canvas *c = canvas_new(5, 20);
	struct buf typed = BUF_INIT;
	struct terminal *t;
	struct key key;
	struct err err;
	int rows, cols, rounds = 0;
	int r = terminal_script_open(&t, script, log, &err);

	while (!r && t->ops->read(t)) {
		t->ops->size(t, &rows, &cols);
		canvas_resize(c, rows, cols);
		canvas_text(c, 0, 0, cols, STYLE_PLAIN, typed.ptr);
		canvas_cursor(c, 1, 0);
		if (rounds++ >= busy)
			canvas_text(c, 2, 0, cols, STYLE_PLAIN, "ready");
		show(t, c);
		assert_int_equal(t->ops->fd(t), -1);
		while (t->ops->key(t, false, &key))
			key_label(&typed, &key);
	}
	if (!r)
		t->ops->close(t);
	buf_release(&typed);
	canvas_free(c);
	return r;
}

static void
assert_log(const char *script, int busy, const char *want)
{
	struct buf log = BUF_INIT;

	assert_int_equal(run_application(script, busy, &log), 0);
	assert_string_equal(log.ptr, want);
	buf_release(&log);
}

#define CURSOR "\xE2\x96\xAE"

static void
test_terminal_script__shows_what_its_keys_did(void **state)
{
	(void)state;
	assert_log("size 5 20\n# a remark\n\nkey F1 Ctrl-S\n"
		   "screen one\ntype a \xC3\xAB\nscreen two\n",
		   0,
		   "=== one\nWindowF1Ctrl-S\n" CURSOR "\nready\n\n\n"
		   "=== two\nWindowF1Ctrl-SaSpace\n" CURSOR "\nready\n\n\n");
}

static void
test_terminal_script__gives_one_key_a_show(void **state)
{
	struct buf log = BUF_INIT;
	struct canvas *c = canvas_new(5, 20);
	struct terminal *t;
	struct key key;

	(void)state;
	assert_int_equal(terminal_script_open(&t, "type ab", &log, NULL), 0);
	assert_false(t->ops->key(t, false, &key));
	show(t, c);
	assert_true(t->ops->key(t, false, &key));
	assert_string_equal(key.text, "a");
	assert_false(t->ops->key(t, true, &key));
	assert_true(t->ops->read(t));
	t->ops->redraw(t, c);
	assert_false(t->ops->key(t, false, &key)); /* more may come of it */
	t->ops->rest(t);
	assert_true(t->ops->key(t, false, &key));
	assert_string_equal(key.text, "b");
	assert_false(t->ops->read(t));
	t->ops->close(t);
	canvas_free(c);
	buf_release(&log);
}

static void
test_terminal_script__waits_for_a_text(void **state)
{
	struct buf log = BUF_INIT;

	(void)state;
	assert_int_equal(
		run_application("size 5 20\nwait ready\nscreen x\n", 30, &log),
		0);
	assert_non_null(strstr(log.ptr, "=== x\n"));
	assert_non_null(strstr(log.ptr, "ready"));
	buf_release(&log);
}

static void
test_terminal_script__is_pending_while_it_waits(void **state)
{
	struct buf log = BUF_INIT;
	struct canvas *c = canvas_new(5, 20);
	struct terminal *t;
	struct key key;

	(void)state;
	assert_int_equal(terminal_script_open(&t, "wait x\nkey Up", &log, NULL),
			 0);
	assert_false(t->ops->pending(t));
	show(t, c);
	assert_false(t->ops->key(t, false, &key));
	assert_true(t->ops->pending(t));
	canvas_text(c, 0, 0, 9, STYLE_PLAIN, "axb");
	show(t, c);
	assert_true(t->ops->key(t, false, &key));
	assert_int_equal(key.code, KEY_UP_);
	assert_false(t->ops->pending(t));
	t->ops->close(t);
	canvas_free(c);
	buf_release(&log);
}

static void
test_terminal_script__changes_the_size(void **state)
{
	struct buf log = BUF_INIT;
	struct canvas *c = canvas_new(24, 80);
	struct terminal *t;
	struct key key;
	int rows, cols;

	(void)state;
	assert_int_equal(terminal_script_open(&t, "size 12 40", &log, NULL), 0);
	t->ops->size(t, &rows, &cols);
	assert_int_equal(rows, 24);
	assert_int_equal(cols, 80);
	show(t, c);
	assert_true(t->ops->key(t, false, &key));
	assert_int_equal(key.code, KEY_WINDOW);
	t->ops->size(t, &rows, &cols);
	assert_int_equal(rows, 12);
	assert_int_equal(cols, 40);
	t->ops->close(t);
	canvas_free(c);
	buf_release(&log);
}

static void
test_terminal_script__pastes_several_lines(void **state)
{
	struct buf log = BUF_INIT;
	struct canvas *c = canvas_new(5, 20);
	struct terminal *t;
	struct key key;

	(void)state;
	assert_int_equal(
		terminal_script_open(&t, "paste a\\nb\\\\c\\d", &log, NULL), 0);
	show(t, c);
	assert_true(t->ops->key(t, false, &key));
	assert_int_equal(key.code, KEY_PASTE);
	assert_string_equal(key.text, "a\nb\\c\\d");
	assert_int_equal(key.len, 7);
	t->ops->close(t);
	canvas_free(c);
	buf_release(&log);
}

static void
test_terminal_script__tells_styles_by_letters(void **state)
{
	struct canvas *c = canvas_new(5, 20);
	struct buf log = BUF_INIT;
	struct terminal *t;
	struct key k;

	(void)state;
	assert_int_equal(terminal_script_open(&t, "size 5 20\nstyles those\n",
					      &log, NULL),
			 0);
	(void)canvas_text(c, 0, 0, 20, STYLE_BAR, "ab");
	(void)canvas_text(c, 1, 2, 20, STYLE_LINK, "c");
	(void)canvas_text(c, 1, 4, 20, STYLE_STRONG, "d");
	while (t->ops->read(t)) {
		show(t, c);
		(void)t->ops->key(t, false, &k);
	}
	assert_string_equal(log.ptr, "=== those\nrr\n  u b\n\n\n\n");
	t->ops->close(t);
	canvas_free(c);
	buf_release(&log);
}

static void
test_terminal_script__refuses_a_line_it_does_not_know(void **state)
{
	static const char *const scripts[] = {
		"jump",	    "key Enter\nkey Entr",
		"size 24",  "size 24 80x",
		"size 1 1", "wait ",
		"screen ",  "size a b",
		"keys Up"
	};
	struct buf log = BUF_INIT;
	struct terminal *t;
	struct err err;

	(void)state;
	for (size_t i = 0; i < sizeof(scripts) / sizeof(scripts[0]); i++) {
		assert_int_equal(
			terminal_script_open(&t, scripts[i], &log, &err),
			PLEIN_ERULE);
		assert_null(t);
	}
	assert_int_equal(
		terminal_script_open(&t, "key Up\nnonsense\n", &log, &err),
		PLEIN_ERULE);
	assert_non_null(strstr(err.msg, "line 2"));
	buf_release(&log);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_terminal_script__shows_what_its_keys_did),
		cmocka_unit_test(test_terminal_script__gives_one_key_a_show),
		cmocka_unit_test(test_terminal_script__waits_for_a_text),
		cmocka_unit_test(
			test_terminal_script__is_pending_while_it_waits),
		cmocka_unit_test(test_terminal_script__changes_the_size),
		cmocka_unit_test(test_terminal_script__pastes_several_lines),
		cmocka_unit_test(test_terminal_script__tells_styles_by_letters),
		cmocka_unit_test(
			test_terminal_script__refuses_a_line_it_does_not_know),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
