#include "plein/fieldspan.h"

#include <stdlib.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "plein/buf.h"

/* The spans as "key{bytes}" one after another. */
static void
assert_spans(const char *text, const char *want)
{
	struct fieldspans f;
	struct err err = ERR_INIT;
	struct buf got = BUF_INIT;

	if (fieldspan_read(&f, text, strlen(text), &err))
		fail_msg("%s", err.msg);
	for (size_t i = 0; i < f.n; i++) {
		const struct fieldspan *s = &f.items[i];

		buf_printf(&got, "%s{%.*s}", s->key, (int)(s->to - s->from),
			   text + s->from);
	}
	assert_string_equal(got.ptr, want);
	buf_release(&got);
	fieldspan_release(&f);
}

static void
assert_refused(const char *text, int code)
{
	struct fieldspans f;

	if (fieldspan_read(&f, text, strlen(text), NULL) != code)
		fail_msg("%s", text);
	fieldspan_release(&f);
}

static void
test_fieldspan__each_field_up_to_the_next(void **state)
{
	(void)state;
	assert_spans("---\ntitel: Een\ntype: thema\n---\nx: y\n",
		     "titel{titel: Een\n}type{type: thema\n}");
	assert_spans("---\na:\n- b\n- c\n\n# over d\nd: >\n  e\n  f\n---\n",
		     "a{a:\n- b\n- c\n\n# over d\n}d{d: >\n  e\n  f\n}");
	assert_spans("---\r\na: 1\r\nb: [c,\r\n  d]\r\n---\r\n",
		     "a{a: 1\r\n}b{b: [c,\r\n  d]\r\n}");
	assert_spans("---\na: {b: c}\nd:\n  e:\n    f: g\n---\n",
		     "a{a: {b: c}\n}d{d:\n  e:\n    f: g\n}");
	assert_spans("---\n\"a b\": 1\n'c': 2\n---\n",
		     "a b{\"a b\": 1\n}c{'c': 2\n}");
	assert_spans("---\n---\n", "");
	assert_spans("---\n# niets\n---\n", "");
}

static void
test_fieldspan__bytes_are_counted_not_characters(void **state)
{
	(void)state;
	assert_spans("---\ntitel: geïnd €5 漢字 \xf0\x9f\x91\xa8\nb: é\nc: 1\n"
		     "---\n",
		     "titel{titel: geïnd €5 漢字 \xf0\x9f\x91\xa8\n}"
		     "b{b: é\n}c{c: 1\n}");
}

static void
test_fieldspan__says_where_the_block_is(void **state)
{
	static const char text[] = "---\na: 1\n---\nTekst\n";
	struct fieldspans f;

	(void)state;
	assert_int_equal(fieldspan_read(&f, text, strlen(text), NULL), 0);
	assert_int_equal(f.begin, 4);
	assert_int_equal(f.end, 9);
	assert_int_equal(f.body, 13);
	assert_int_equal(fieldspan_find(&f, "a"), 0);
	assert_int_equal(fieldspan_find(&f, "b"), 1);
	fieldspan_release(&f);
}

static void
test_fieldspan__what_is_not_plain_has_none(void **state)
{
	(void)state;
	assert_refused("", PLEIN_ENOTFOUND);
	assert_refused("Tekst\n", PLEIN_ENOTFOUND);
	assert_refused("---\na: 1\n", PLEIN_ENOTFOUND);
	assert_refused("---\n{a: 1}\n---\n", PLEIN_ERULE);
	assert_refused("---\n- a\n---\n", PLEIN_ERULE);
	assert_refused("---\na\n---\n", PLEIN_ERULE);
	assert_refused("---\na: 1\na: 2\n---\n", PLEIN_ERULE);
	assert_refused("---\na: &x 1\n---\n", PLEIN_ERULE);
	assert_refused("---\na: *x\n---\n", PLEIN_ERULE);
	assert_refused("---\na: !!str 1\n---\n", PLEIN_ERULE);
	assert_refused("---\na: !!map {b: c}\n---\n", PLEIN_ERULE);
	assert_refused("---\n a: 1\n b: 2\n---\n", PLEIN_ERULE);
	assert_refused("---\n? a\n: 1\n---\n", PLEIN_ERULE);
	assert_refused("---\n%YAML 1.1\n---\n", PLEIN_ERULE);
	assert_refused("---\na: 1\n...\n---\n", PLEIN_ERULE);
	assert_refused("---\na: [\n---\n", PLEIN_ERULE);
	/* YAML ends a line here, git and editors do not */
	assert_refused("---\na: 1\xc2\x85"
		       "b: 2\n---\n",
		       PLEIN_ERULE);
	assert_refused("---\na: 1\xe2\x80\xa8"
		       "b: 2\n---\n",
		       PLEIN_ERULE);
	assert_refused("---\na: 1\rb: 2\n---\n", PLEIN_ERULE);
}

static void
test_fieldspan__suspects_comments(void **state)
{
	static const struct {
		const char *s;
		bool comment;
	} rows[] = {
		{ "a: 1\n", false },
		{ "a: b#c\n", false },
		{ "a: 1 # b\n", true },
		{ "a: 1\n# b\n", true },
		{ "#", true },
		{ "a: 1\t# b\n", true },
		{ "a: \"x # y\"\n", true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_int_equal(
			fieldspan_has_comment(rows[i].s, strlen(rows[i].s)),
			rows[i].comment);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_fieldspan__each_field_up_to_the_next),
		cmocka_unit_test(
			test_fieldspan__bytes_are_counted_not_characters),
		cmocka_unit_test(test_fieldspan__says_where_the_block_is),
		cmocka_unit_test(test_fieldspan__what_is_not_plain_has_none),
		cmocka_unit_test(test_fieldspan__suspects_comments),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
