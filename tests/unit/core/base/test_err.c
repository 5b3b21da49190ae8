#include "plein/err.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>

#include "plein/utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void
test_err__set_fills_and_returns_the_code(void **state)
{
	struct err err = ERR_INIT;

	(void)state;
	assert_int_equal(err_set(&err, PLEIN_ERULE, "no %s %d", "page", 7),
			 PLEIN_ERULE);
	assert_int_equal(err.code, PLEIN_ERULE);
	assert_string_equal(err.msg, "no page 7");
}

static void
test_err__a_rule_has_a_name_and_a_line(void **state)
{
	struct err err = ERR_INIT;

	(void)state;
	assert_int_equal(err_rule(&err, PLEIN_ERULE, "fields", 7, "line %d", 7),
			 PLEIN_ERULE);
	assert_string_equal(err.msg, "line 7");
	err_prefix(&err, "page");
	assert_string_equal(err.msg, "page: line 7");
	assert_string_equal(err.rule, "fields");
	assert_int_equal(err.at, 7);
	(void)err_set(&err, PLEIN_EIO, "other");
	assert_null(err.rule);
	assert_int_equal(err.at, 0);
	assert_int_equal(err_rule(NULL, PLEIN_ERULE, "x", 1, "y"), PLEIN_ERULE);
}

static void
test_err__null_is_allowed(void **state)
{
	(void)state;
	assert_int_equal(err_set(NULL, PLEIN_EBUSY, "x"), PLEIN_EBUSY);
	assert_int_equal(err_set_errno(NULL, ENOENT, "x"), PLEIN_ENOTFOUND);
	err_prefix(NULL, "x");
}

static void
test_err__errno_chooses_the_code_and_the_reason(void **state)
{
	static const struct {
		int errnum, code;
	} rows[] = {
		{ ENOSPC, PLEIN_ENOSPACE },  { EDQUOT, PLEIN_ENOSPACE },
		{ ENOENT, PLEIN_ENOTFOUND }, { EIO, PLEIN_EIO },
		{ EMFILE, PLEIN_EIO },	     { EFBIG, PLEIN_ENOSPACE },
	};
	struct err err = ERR_INIT;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_int_equal(
			err_set_errno(&err, rows[i].errnum, "open %s", "a"),
			rows[i].code);
		assert_int_equal(err.code, rows[i].code);
		assert_memory_equal(err.msg, "open a: ", 8);
		assert_string_equal(err.msg + 8, strerror(rows[i].errnum));
	}
}

static void
test_err__prefix_keeps_code_and_line(void **state)
{
	struct err err = ERR_INIT;

	(void)state;
	(void)err_set(&err, PLEIN_EIO, "read failed");
	err_prefix(&err, "page %d", 3);
	assert_int_equal(err.code, PLEIN_EIO);
	assert_string_equal(err.msg, "page 3: read failed");
}

static void
test_err__message_stays_one_line_of_utf8(void **state)
{
	struct err err = ERR_INIT;

	(void)state;
	(void)err_set(&err, PLEIN_ERULE, "a\nb\r\033[31m\xff%s", "\xc3\xa9");
	assert_string_equal(err.msg, "a b??[31m?\xc3\xa9");
}

static void
test_err__long_message_is_cut_between_characters(void **state)
{
	struct err err = ERR_INIT;
	char text[600];

	(void)state;
	for (size_t shift = 0; shift < 2; shift++) {
		memset(text, 'x', sizeof(text));
		for (size_t i = shift; i + 2 < sizeof(text); i += 2)
			memcpy(text + i, "\xc3\xab", 2);
		text[sizeof(text) - 1] = '\0';
		(void)err_set(&err, PLEIN_ERULE, "%s", text);
		assert_int_equal(strlen(err.msg), sizeof(err.msg) - 1);
		assert_true(utf8_is_valid(err.msg, strlen(err.msg)));
	}
}

static void
test_err__every_code_has_its_own_name_and_back(void **state)
{
	(void)state;
	assert_string_equal(err_name(PLEIN_ECONFLICT), "conflict");
	for (int code = PLEIN_ELAST; code <= 0; code++) {
		assert_string_not_equal(err_name(code), "unknown-error");
		assert_int_equal(err_code_of(err_name(code)), code);
	}
}

static void
test_err__unknown_codes_and_names_are_told_apart(void **state)
{
	(void)state;
	assert_string_equal(err_name(1), "unknown-error");
	assert_string_equal(err_name(PLEIN_ELAST - 1), "unknown-error");
	assert_int_equal(err_code_of("no such name"), PLEIN_EPROTO);
	assert_int_equal(err_code_of(""), PLEIN_EPROTO);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_err__set_fills_and_returns_the_code),
		cmocka_unit_test(test_err__a_rule_has_a_name_and_a_line),
		cmocka_unit_test(test_err__null_is_allowed),
		cmocka_unit_test(
			test_err__errno_chooses_the_code_and_the_reason),
		cmocka_unit_test(test_err__prefix_keeps_code_and_line),
		cmocka_unit_test(test_err__message_stays_one_line_of_utf8),
		cmocka_unit_test(
			test_err__long_message_is_cut_between_characters),
		cmocka_unit_test(
			test_err__every_code_has_its_own_name_and_back),
		cmocka_unit_test(
			test_err__unknown_codes_and_names_are_told_apart),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
