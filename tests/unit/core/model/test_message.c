#include "plein/message.h"

#include <stdlib.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const struct message saved = { .page = (char *)(size_t) "themas/x",
				      .action = (char *)(size_t) "save",
				      .request = (char *)(size_t) "r-1" };

#define TRAILERS \
	"Plein-Page: themas/x\nPlein-Action: save\nPlein-Request: r-1\n"

static void
assert_message(const char *note, const char *expected)
{
	struct buf out = BUF_INIT;

	message_format(&out, note, "fallback", &saved);
	assert_string_equal(out.ptr, expected);
	buf_release(&out);
}

static void
test_message__a_note_of_one_line_is_the_subject(void **state)
{
	(void)state;
	assert_message("uitstapkosten", "uitstapkosten\n\n" TRAILERS);
	assert_message("  \r\n\n caf\xc3\xa9 \t\r\n",
		       "caf\xc3\xa9\n\n" TRAILERS);
}

static void
test_message__no_note_takes_the_fallback(void **state)
{
	(void)state;
	assert_message(NULL, "fallback\n\n" TRAILERS);
	assert_message("", "fallback\n\n" TRAILERS);
	assert_message(" \r\n\t\n", "fallback\n\n" TRAILERS);
}

static void
test_message__further_lines_are_the_body(void **state)
{
	(void)state;
	assert_message("a\nb\nc", "a\n\nb\nc\n\n" TRAILERS);
	assert_message("a\r\n\r\nb\r\n \r\n\r\n\tc  \r\n\r\n",
		       "a\n\nb\n\n\tc\n\n" TRAILERS);
}

static void
test_message__absent_trailers_are_left_out(void **state)
{
	static const struct message none = { 0 };
	struct buf out = BUF_INIT;

	(void)state;
	message_format(&out, "a\nb", "f", &none);
	assert_string_equal(out.ptr, "a\n\nb\n");
	buf_release(&out);
}

static void
test_message__a_small_change_is_marked(void **state)
{
	static const struct message small = { .minor = (char *)(size_t) "yes" };
	struct buf out = BUF_INIT;
	struct message m;

	(void)state;
	message_format(&out, "a", "f", &small);
	assert_string_equal(out.ptr, "a\n\nPlein-Minor: yes\n");
	message_parse(&m, out.ptr);
	assert_string_equal(m.minor, "yes");
	message_release(&m);
	message_parse(&m, "a\n");
	assert_null(m.minor);
	message_release(&m);
	buf_release(&out);
}

static void
test_message__the_value_of_a_trailer_is_one_line(void **state)
{
	static const struct message evil = {
		.page = (char *)(size_t) "themas/x\r\nPlein-Action: create",
		.action = (char *)(size_t) " \n\nPlein-Page: themas/y",
		.request = (char *)(size_t) "r\n\nPlein-Page: themas/z",
	};
	struct buf out = BUF_INIT;

	(void)state;
	message_format(&out, "a", "f", &evil);
	assert_string_equal(out.ptr, "a\n\nPlein-Page: themas/x\n"
				     "Plein-Request: r\n");
	buf_release(&out);
}

static const char *const forgeries[] = {
	"Plein-Page: evil",
	"a\nPlein-Page: evil",
	"a\n\nPlein-Page: evil\nPlein-Action: evil\nPlein-Request: evil",
	"a\n\nplein-page: evil",
	"a\n\nPLEIN-PAGE: evil\n",
	"a\n\n  Plein-Page: evil",
	"a\n\n\tPlein-Page: evil",
	"a\n\n\rPlein-Page: evil",
	"a\r\n\r\nPlein-Page: evil\r\n",
	"a\n\nPlein-Page : evil",
	"a\n\n \r \n\r\nPlein-Page: evil\n\n\n",
	"\n\nPlein-Page: evil\n\nPlein-Page: evil",
	"a\n\nX: y\n Plein-Page: evil",
};

#define N_FORGERIES (sizeof(forgeries) / sizeof(forgeries[0]))

/* With trailers of ours, and with none, when the note stands last. */
static void
test_message__a_note_forges_no_trailer(void **state)
{
	static const struct message none = { 0 };
	struct buf out = BUF_INIT;
	struct message m;

	(void)state;
	for (size_t i = 0; i < N_FORGERIES; i++) {
		buf_reset(&out);
		message_format(&out, forgeries[i], "f", &saved);
		message_parse(&m, out.ptr);
		assert_string_equal(m.page, "themas/x");
		assert_string_equal(m.action, "save");
		assert_string_equal(m.request, "r-1");
		message_release(&m);
		buf_reset(&out);
		message_format(&out, forgeries[i], "f", &none);
		message_parse(&m, out.ptr);
		assert_null(m.page);
		assert_null(m.action);
		assert_null(m.request);
		message_release(&m);
	}
	buf_release(&out);
}

static void
test_message__lines_like_ours_never_start_a_line(void **state)
{
	struct buf out = BUF_INIT;
	const char *line;

	(void)state;
	for (size_t i = 1; i < N_FORGERIES; i++) {
		buf_reset(&out);
		message_format(&out, forgeries[i], "f",
			       &(struct message){ .page = NULL });
		line = strchr(out.ptr, '\n') + 1;
		for (; *line; line = strchr(line, '\n') + 1)
			assert_int_not_equal(strncasecmp(line, "Plein-", 6), 0);
	}
	buf_release(&out);
}

static void
test_message__parse_reads_what_format_wrote(void **state)
{
	struct buf out = BUF_INIT;
	struct message m;

	(void)state;
	message_format(&out, "onderwerp\n\nmeer", "f", &saved);
	message_parse(&m, out.ptr);
	assert_string_equal(m.subject, "onderwerp");
	assert_string_equal(m.page, "themas/x");
	assert_string_equal(m.action, "save");
	assert_string_equal(m.request, "r-1");
	message_release(&m);
	buf_release(&out);
}

static void
test_message__only_the_last_paragraph_holds_trailers(void **state)
{
	struct message m;

	(void)state;
	message_parse(&m, "a\n\nPlein-Page: x\n\nno more\n");
	assert_string_equal(m.subject, "a");
	assert_null(m.page);
	message_release(&m);
	message_parse(&m, "Plein-Page: x\nPlein-Action: y\n");
	assert_null(m.page);
	assert_null(m.action);
	message_release(&m);
	message_parse(&m, "a\n\nSigned-off-by: b\nPlein-Page: x\n\n\n");
	assert_string_equal(m.page, "x");
	message_release(&m);
}

static void
test_message__foreign_messages_are_read_in_peace(void **state)
{
	static const char *const texts[] = { "",
					     "\n",
					     "\n\n\n",
					     "x",
					     "\nPlein-Page",
					     "x\n\nPlein-Page:",
					     "\n\nPlein-Page: " };
	struct message m;

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		message_parse(&m, texts[i]);
		assert_non_null(m.subject);
		assert_null(m.action);
		message_release(&m);
		message_release(&m);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			test_message__a_note_of_one_line_is_the_subject),
		cmocka_unit_test(test_message__no_note_takes_the_fallback),
		cmocka_unit_test(test_message__further_lines_are_the_body),
		cmocka_unit_test(test_message__absent_trailers_are_left_out),
		cmocka_unit_test(test_message__a_small_change_is_marked),
		cmocka_unit_test(
			test_message__the_value_of_a_trailer_is_one_line),
		cmocka_unit_test(test_message__a_note_forges_no_trailer),
		cmocka_unit_test(
			test_message__lines_like_ours_never_start_a_line),
		cmocka_unit_test(test_message__parse_reads_what_format_wrote),
		cmocka_unit_test(
			test_message__only_the_last_paragraph_holds_trailers),
		cmocka_unit_test(
			test_message__foreign_messages_are_read_in_peace),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
