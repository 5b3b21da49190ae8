#include "plein/rpc.h"

#include <stdbool.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static int
parse(struct rpc_msg *m, const char *line, int *rpc_code)
{
	struct err err = ERR_INIT;
	int rc = rpc_parse(m, line, strlen(line), rpc_code, &err);

	assert_int_equal(rc, err.code);
	return rc;
}

static void
test_rpc__a_request_has_its_parts(void **state)
{
	struct rpc_msg m;
	int code;

	(void)state;
	assert_int_equal(parse(&m,
			       "{\"jsonrpc\":\"2.0\",\"id\":7,"
			       "\"method\":\"page.read\","
			       "\"params\":{\"path\":\"index\"}}",
			       &code),
			 0);
	assert_int_equal(m.kind, RPC_REQUEST);
	assert_int_equal(json_integer_value(m.id), 7);
	assert_string_equal(m.method, "page.read");
	assert_int_equal(json_object_size(m.params), 1);
	rpc_msg_release(&m);
	rpc_msg_release(&m);
	rpc_msg_release(NULL);
}

static void
test_rpc__kinds_are_told_apart(void **state)
{
	static const struct {
		const char *line;
		enum rpc_kind kind;
	} rows[] = {
		{ "{\"jsonrpc\":\"2.0\",\"method\":\"m\"}", RPC_NOTIFY },
		{ "{\"jsonrpc\":\"2.0\",\"method\":\"m\",\"id\":\"a\"}",
		  RPC_REQUEST },
		{ "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":null}",
		  RPC_RESULT },
		{ "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":"
		  "{\"code\":-32700,\"message\":\"x\"}}",
		  RPC_ERROR },
	};
	struct rpc_msg m;
	int code;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_int_equal(parse(&m, rows[i].line, &code), 0);
		assert_int_equal(m.kind, rows[i].kind);
		rpc_msg_release(&m);
	}
}

static void
test_rpc__bad_messages_get_the_right_number(void **state)
{
	static const struct {
		const char *line;
		int code;
		bool has_id;
	} rows[] = {
		{ "", RPC_PARSE, false },
		{ "{", RPC_PARSE, false },
		{ "{\"a\":1,\"a\":2}", RPC_PARSE, false },
		{ "{\"a\":\"\xff\"}", RPC_PARSE, false },
		{ "{\"a\":\"\\u0000\"}", RPC_PARSE, false },
		{ "{} x", RPC_PARSE, false },
		{ "[]", RPC_INVALID, false },
		{ "[{\"jsonrpc\":\"2.0\",\"method\":\"m\"}]", RPC_INVALID,
		  false },
		{ "7", RPC_INVALID, false },
		{ "{}", RPC_INVALID, false },
		{ "{\"id\":3,\"method\":\"m\"}", RPC_INVALID, true },
		{ "{\"jsonrpc\":2.0,\"id\":3,\"method\":\"m\"}", RPC_INVALID,
		  true },
		{ "{\"jsonrpc\":\"1.0\",\"id\":3,\"method\":\"m\"}",
		  RPC_INVALID, true },
		{ "{\"jsonrpc\":\"2.0\",\"id\":3}", RPC_INVALID, true },
		{ "{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":5}", RPC_INVALID,
		  true },
		{ "{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"m\","
		  "\"params\":[1]}",
		  RPC_INVALID, true },
		{ "{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"m\"}",
		  RPC_INVALID, false },
		{ "{\"jsonrpc\":\"2.0\",\"id\":1.5,\"method\":\"m\"}",
		  RPC_INVALID, false },
		{ "{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"m\"}",
		  RPC_INVALID, false },
		{ "{\"jsonrpc\":\"2.0\",\"result\":1}", RPC_INVALID, false },
		{ "{\"jsonrpc\":\"2.0\",\"id\":null,\"result\":1}", RPC_INVALID,
		  false },
		{ "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":1,\"error\":"
		  "{\"code\":1,\"message\":\"x\"}}",
		  RPC_INVALID, true },
		{ "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{}}", RPC_INVALID,
		  true },
		{ "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":7}", RPC_INVALID,
		  true },
		{ "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":"
		  "{\"code\":\"5\",\"message\":\"x\"}}",
		  RPC_INVALID, true },
	};
	struct rpc_msg m;
	int code;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (parse(&m, rows[i].line, &code) != PLEIN_EPROTO ||
		    code != rows[i].code || (m.id != NULL) != rows[i].has_id)
			fail_msg("%s: %d", rows[i].line, code);
		rpc_msg_release(&m);
	}
}

static void
test_rpc__deep_nesting_is_refused(void **state)
{
	static char deep[200000];
	struct rpc_msg m;
	int code;

	(void)state;
	memset(deep, '[', sizeof(deep));
	assert_int_equal(rpc_parse(&m, deep, sizeof(deep), &code, NULL),
			 PLEIN_EPROTO);
	assert_int_equal(code, RPC_PARSE);
	rpc_msg_release(&m);
}

static void
test_rpc__the_length_bounds_the_line(void **state)
{
	struct rpc_msg m;
	int code;

	(void)state;
	assert_int_equal(rpc_parse(&m,
				   "{\"jsonrpc\":\"2.0\",\"method\":\"m\"}XX",
				   29, &code, NULL),
			 PLEIN_EPROTO);
	rpc_msg_release(&m);
	assert_int_equal(rpc_parse(&m,
				   "{\"jsonrpc\":\"2.0\",\"method\":\"m\"}XX",
				   30, &code, NULL),
			 0);
	rpc_msg_release(&m);
}

/* One line, ending in the only newline; parsed into `m`. */
static void
parse_written(struct rpc_msg *m, const struct buf *out)
{
	int code;

	assert_true(out->len > 0);
	assert_ptr_equal(strchr(out->ptr, '\n'), out->ptr + out->len - 1);
	assert_int_equal(rpc_parse(m, out->ptr, out->len - 1, &code, NULL), 0);
}

static void
test_rpc__calls_come_back_as_written(void **state)
{
	struct buf out = BUF_INIT;
	struct rpc_msg m;

	(void)state;
	rpc_request(&out, 42, "page.save",
		    json_pack("{s:s}", "text", "a\nb\xc3\xa9"));
	parse_written(&m, &out);
	assert_int_equal(m.kind, RPC_REQUEST);
	assert_int_equal(json_integer_value(m.id), 42);
	assert_string_equal(m.method, "page.save");
	assert_string_equal(
		json_string_value(json_object_get(m.params, "text")),
		"a\nb\xc3\xa9");
	rpc_msg_release(&m);
	buf_reset(&out);
	rpc_notify(&out, "event.page", NULL);
	parse_written(&m, &out);
	assert_int_equal(m.kind, RPC_NOTIFY);
	assert_null(m.params);
	rpc_msg_release(&m);
	buf_release(&out);
}

static void
test_rpc__answers_carry_the_id_they_got(void **state)
{
	struct buf out = BUF_INIT;
	json_t *id = json_string("abc");
	struct rpc_msg m;

	(void)state;
	rpc_result(&out, id, json_integer(5));
	parse_written(&m, &out);
	assert_int_equal(m.kind, RPC_RESULT);
	assert_true(json_equal(m.id, id));
	assert_int_equal(json_integer_value(m.result), 5);
	rpc_msg_release(&m);
	buf_reset(&out);
	rpc_result(&out, id, NULL);
	parse_written(&m, &out);
	assert_true(json_is_null(m.result));
	rpc_msg_release(&m);
	json_decref(id);
	buf_release(&out);
}

static void
test_rpc__an_error_has_number_name_and_arguments(void **state)
{
	struct buf out = BUF_INIT;
	json_t *id = json_integer(1);
	struct rpc_msg m;

	(void)state;
	rpc_error(&out, id, PLEIN_ECONFLICT, "outdated",
		  json_pack("{s:i}", "current", 4));
	assert_string_equal(out.ptr,
			    "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":"
			    "{\"code\":5,\"message\":\"outdated\",\"data\":"
			    "{\"name\":\"conflict\",\"args\":"
			    "{\"current\":4}}}}\n");
	parse_written(&m, &out);
	assert_int_equal(m.kind, RPC_ERROR);
	assert_int_equal(m.code, PLEIN_ECONFLICT);
	assert_string_equal(m.message, "outdated");
	assert_int_equal(json_object_size(m.args), 1);
	rpc_msg_release(&m);
	json_decref(id);
	buf_release(&out);
}

static void
test_rpc__every_code_survives_the_way(void **state)
{
	static const int spec[] = { RPC_PARSE, RPC_INVALID, RPC_NO_METHOD,
				    RPC_PARAMS };
	struct buf out = BUF_INIT;
	struct rpc_msg m;

	(void)state;
	for (int i = 1; i <= 4 - PLEIN_ELAST; i++) {
		int code = i <= -PLEIN_ELAST ? -i : spec[i + PLEIN_ELAST - 1];

		buf_reset(&out);
		rpc_error(&out, NULL, code, "m", NULL);
		parse_written(&m, &out);
		assert_int_equal(m.code, code);
		assert_null(m.args);
		assert_true(json_is_null(m.id));
		rpc_msg_release(&m);
	}
	buf_release(&out);
}

static void
test_rpc__foreign_numbers_become_protocol_errors(void **state)
{
	static const char *const numbers[] = { "0",   "16",	     "-1",
					       "-99", "99999999999", "-99999" };
	struct buf line = BUF_INIT;
	struct rpc_msg m;
	int code;

	(void)state;
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		buf_reset(&line);
		buf_printf(&line,
			   "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":"
			   "{\"code\":%s,\"message\":\"x\",\"data\":[]}}",
			   numbers[i]);
		assert_int_equal(parse(&m, line.ptr, &code), 0);
		assert_int_equal(m.code, PLEIN_EPROTO);
		assert_null(m.args);
		rpc_msg_release(&m);
	}
	buf_release(&line);
}

static void
test_rpc__a_message_that_is_no_utf8_ends_nothing(void **state)
{
	struct buf out = BUF_INIT;
	struct rpc_msg m;

	(void)state;
	rpc_error(&out, NULL, PLEIN_EIO, "bad \xff", NULL);
	parse_written(&m, &out);
	assert_int_equal(m.code, PLEIN_EIO);
	assert_true(m.message[0] != '\0');
	rpc_msg_release(&m);
	buf_release(&out);
}

static void
assert_answered(const char *line, const char *id)
{
	json_t *got = rpc_answered(line, strlen(line));

	if (!id)
		assert_null(got);
	else
		assert_string_equal(json_string_value(got), id);
	json_decref(got);
}

static void
test_rpc__knows_an_answer_by_its_beginning(void **state)
{
	struct buf line = BUF_INIT;
	json_t *id = json_string("a\"b");

	(void)state;
	rpc_result(&line, id, json_pack("{s:s}", "id", "c"));
	assert_answered(line.ptr, "a\"b");
	buf_reset(&line);
	rpc_error(&line, id, PLEIN_EBUSY, "later", NULL);
	assert_answered(line.ptr, "a\"b");
	buf_reset(&line);
	rpc_error(&line, NULL, RPC_PARSE, "what?", NULL);
	assert_answered(line.ptr, NULL);
	buf_reset(&line);
	rpc_notify(&line, "event.page", json_pack("{s:s}", "id", "a"));
	assert_answered(line.ptr, NULL);
	assert_answered("", NULL);
	assert_answered("{\"jsonrpc\":\"2.0\",\"id\":", NULL);
	assert_answered("{\"jsonrpc\":\"2.0\",\"id\":\"a\"", NULL);
	assert_answered("{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"res", NULL);
	assert_answered("{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"method\":1}",
			NULL);
	buf_release(&line);
	json_decref(id);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rpc__a_request_has_its_parts),
		cmocka_unit_test(test_rpc__kinds_are_told_apart),
		cmocka_unit_test(test_rpc__bad_messages_get_the_right_number),
		cmocka_unit_test(test_rpc__deep_nesting_is_refused),
		cmocka_unit_test(test_rpc__the_length_bounds_the_line),
		cmocka_unit_test(test_rpc__calls_come_back_as_written),
		cmocka_unit_test(test_rpc__answers_carry_the_id_they_got),
		cmocka_unit_test(
			test_rpc__an_error_has_number_name_and_arguments),
		cmocka_unit_test(test_rpc__every_code_survives_the_way),
		cmocka_unit_test(
			test_rpc__foreign_numbers_become_protocol_errors),
		cmocka_unit_test(
			test_rpc__a_message_that_is_no_utf8_ends_nothing),
		cmocka_unit_test(test_rpc__knows_an_answer_by_its_beginning),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
