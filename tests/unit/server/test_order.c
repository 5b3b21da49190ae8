/* What a connection may ask for, read from bytes nobody vouches for. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "order.h"

static int
read_order(struct order *o, json_t **keep, const char *text)
{
	struct err err = ERR_INIT;
	int rc;

	*keep = json_loads(text, 0, NULL);
	assert_non_null(*keep);
	rc = order_read(o, *keep, &err);
	assert_true(rc == 0 || err.msg[0] != '\0');
	return rc;
}

static void
test_order__reads_each_kind(void **state)
{
	static const struct {
		const char *text;
		enum order_kind kind;
	} cases[] = {
		{ "{\"kind\":\"screen\"}", ORDER_SCREEN },
		{ "{\"kind\":\"screen\",\"line\":\"themas/x\"}", ORDER_SCREEN },
		{ "{\"kind\":\"command\",\"line\":\"whoami\"}", ORDER_COMMAND },
		{ "{\"kind\":\"command\",\"line\":\"\"}", ORDER_COMMAND },
		{ "{\"kind\":\"upload\",\"space\":\"agenda\"}", ORDER_UPLOAD },
		{ "{\"kind\":\"receive\",\"line\":\"git-x\",\"space\":\"a\"}",
		  ORDER_RECEIVE },
		{ "{\"kind\":\"refuse\",\"line\":\"git-x\"}", ORDER_REFUSE },
	};
	struct order o;
	json_t *msg;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_int_equal(read_order(&o, &msg, cases[i].text), 0);
		assert_int_equal(o.kind, cases[i].kind);
		assert_string_equal(
			order_kind_name(o.kind),
			json_string_value(json_object_get(msg, "kind")));
		json_decref(msg);
	}
}

static void
test_order__refuses_what_is_missing_or_unknown(void **state)
{
	static const char *const bad[] = {
		"{}",
		"{\"kind\":\"shell\",\"line\":\"x\"}",
		"{\"kind\":\"\"}",
		"{\"kind\":7}",
		"{\"kind\":null}",
		"{\"kind\":[\"screen\"]}",
		"{\"kind\":\"command\"}",
		"{\"kind\":\"command\",\"line\":5}",
		"{\"kind\":\"upload\"}",
		"{\"kind\":\"upload\",\"space\":{}}",
		"{\"kind\":\"refuse\"}",
	};
	struct order o;
	json_t *msg;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		assert_int_equal(read_order(&o, &msg, bad[i]), PLEIN_EPROTO);
		json_decref(msg);
	}
}

static void
test_order__bounds_the_line(void **state)
{
	char line[ORDER_LINE_MAX + 2];
	struct order o;
	json_t *msg;

	(void)state;
	memset(line, 'a', sizeof(line));
	line[ORDER_LINE_MAX] = '\0';
	msg = json_pack("{s:s,s:s}", "kind", "command", "line", line);
	assert_int_equal(order_read(&o, msg, NULL), 0);
	json_decref(msg);
	line[ORDER_LINE_MAX] = 'a';
	line[ORDER_LINE_MAX + 1] = '\0';
	msg = json_pack("{s:s,s:s}", "kind", "command", "line", line);
	assert_int_equal(order_read(&o, msg, NULL), PLEIN_EPROTO);
	json_decref(msg);
}

static void
assert_term(const char *term, const char *expected)
{
	struct order o;
	json_t *msg = json_pack("{s:s,s:s}", "kind", "screen", "term", term);

	assert_int_equal(order_read(&o, msg, NULL), 0);
	assert_string_equal(o.term, expected);
	json_decref(msg);
}

static void
test_order__takes_only_a_term_that_can_be_one(void **state)
{
	(void)state;
	assert_term("screen-256color", "screen-256color");
	assert_term("xterm+256_x.y", "xterm+256_x.y");
	assert_term("a", "a");
	assert_term("abcdefghijklmnopqrstuvwxyz012345",
		    "abcdefghijklmnopqrstuvwxyz012345");
	assert_term("abcdefghijklmnopqrstuvwxyz0123456", ORDER_TERM_DEFAULT);
	assert_term("", ORDER_TERM_DEFAULT);
	assert_term("../../etc/passwd", ORDER_TERM_DEFAULT);
	assert_term("x/y", ORDER_TERM_DEFAULT);
	assert_term("-x", ORDER_TERM_DEFAULT);
	assert_term(".x", ORDER_TERM_DEFAULT);
	assert_term("x\nLD_PRELOAD=y", ORDER_TERM_DEFAULT);
	assert_term("xt\x1b[1m", ORDER_TERM_DEFAULT);
	assert_term("ë", ORDER_TERM_DEFAULT);
}

static void
assert_size(const char *fields, int cols, int rows)
{
	char text[200];
	struct order o;
	json_t *msg;

	(void)snprintf(text, sizeof(text), "{\"kind\":\"screen\"%s}", fields);
	assert_int_equal(read_order(&o, &msg, text), 0);
	assert_int_equal(o.cols, cols);
	assert_int_equal(o.rows, rows);
	json_decref(msg);
}

static void
test_order__clamps_sizes(void **state)
{
	(void)state;
	assert_size("", 80, 24);
	assert_size(",\"cols\":0,\"rows\":0", 80, 24);
	assert_size(",\"cols\":-1,\"rows\":-1", 80, 24);
	assert_size(",\"cols\":1,\"rows\":1", 20, 5);
	assert_size(",\"cols\":20,\"rows\":5", 20, 5);
	assert_size(",\"cols\":132,\"rows\":50", 132, 50);
	assert_size(",\"cols\":501,\"rows\":301", 500, 300);
	assert_size(",\"cols\":4294967376,\"rows\":9223372036854775807", 500,
		    300);
	assert_size(",\"cols\":\"99\",\"rows\":[1]", 80, 24);
}

static void
test_order__takes_no_other_language(void **state)
{
	struct order o;
	json_t *msg;

	(void)state;
	assert_int_equal(read_order(&o, &msg,
				    "{\"kind\":\"screen\",\"language\":"
				    "\"en\",\"ascii\":true}"),
			 0);
	assert_string_equal(o.language, "en");
	assert_true(o.ascii);
	json_decref(msg);
	assert_int_equal(read_order(&o, &msg,
				    "{\"kind\":\"screen\",\"language\":"
				    "\"../x\",\"ascii\":1}"),
			 0);
	assert_string_equal(o.language, "");
	assert_false(o.ascii);
	json_decref(msg);
}

static void
test_order__no_color_must_be_true(void **state)
{
	struct order o;
	json_t *msg;

	(void)state;
	assert_int_equal(
		read_order(&o, &msg, "{\"kind\":\"screen\",\"nocolor\":true}"),
		0);
	assert_true(o.no_color);
	json_decref(msg);
	assert_int_equal(
		read_order(&o, &msg, "{\"kind\":\"screen\",\"nocolor\":1}"), 0);
	assert_false(o.no_color);
	json_decref(msg);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_order__reads_each_kind),
		cmocka_unit_test(
			test_order__refuses_what_is_missing_or_unknown),
		cmocka_unit_test(test_order__bounds_the_line),
		cmocka_unit_test(test_order__takes_only_a_term_that_can_be_one),
		cmocka_unit_test(test_order__clamps_sizes),
		cmocka_unit_test(test_order__no_color_must_be_true),
		cmocka_unit_test(test_order__takes_no_other_language),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
