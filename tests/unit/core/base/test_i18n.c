/* Tests of core/base/i18n.c. */
#include "plein/i18n.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../../lib/scratch.h"
#include "plein/texts.h"

#define N 2

/* "Help", and what counts pages. */
struct sheet {
	struct texts_heading heading;
	struct texts_row rows[N];
	char help[5], one[8], many[11];
};

static int
compare_rows(const void *a, const void *b)
{
	const struct texts_row *x = a, *y = b;

	return (x->hash > y->hash) - (x->hash < y->hash);
}

static void
make_sheet(struct sheet *s)
{
	memset(s, 0, sizeof(*s));
	s->heading = (struct texts_heading){ TEXTS_MAGIC, N };
	s->rows[0].hash = texts_hash("Help");
	s->rows[0].at = offsetof(struct sheet, help);
	s->rows[1].hash = texts_hash("%zu page");
	s->rows[1].at = offsetof(struct sheet, one);
	qsort(s->rows, N, sizeof(s->rows[0]), compare_rows);
	memcpy(s->help, "Hulp", sizeof(s->help));
	memcpy(s->one, "1 blad.", sizeof(s->one));
	memcpy(s->many, "%zu bladen", sizeof(s->many));
}

static void
open_sheet(const struct sheet *s, size_t len)
{
	char dir[SCRATCH_MAX], path[SCRATCH_MAX + 16];
	FILE *out;

	assert_int_equal(scratch_make(dir), 0);
	(void)snprintf(path, sizeof(path), "%s/nl.texts", dir);
	out = fopen(path, "we");
	assert_non_null(out);
	assert_int_equal(fwrite(s, 1, len, out), len);
	assert_int_equal(fclose(out), 0);
	language_open(dir);
	assert_int_equal(scratch_remove(dir), 0);
}

static void
test_i18n__is_english_without_a_catalogue(void **state)
{
	struct sheet s;

	(void)state;
	(void)setenv("LANGUAGE", "nl", 1);
	language_open("/nonexistent");
	assert_string_equal(_("Help"), "Help");
	assert_string_equal(ngettext("%zu page", "%zu pages", 1), "%zu page");
	assert_string_equal(ngettext("%zu page", "%zu pages", 0), "%zu pages");
	make_sheet(&s);
	for (size_t len = 0; len < sizeof(s); len++) {
		if (len > offsetof(struct sheet, one) &&
		    ((const char *)&s)[len - 1] == '\0')
			continue; /* no accident leaves that */
		open_sheet(&s, len);
		assert_string_equal(_("Help"), "Help");
	}
	s.rows[0].at = sizeof(s);
	open_sheet(&s, sizeof(s));
	assert_string_equal(_("Help"), "Help");
	make_sheet(&s);
	s.heading.n = UINT32_MAX;
	open_sheet(&s, sizeof(s));
	assert_string_equal(_("Help"), "Help");
}

static void
test_i18n__says_it_in_the_language_of_now(void **state)
{
	struct sheet s;

	(void)state;
	make_sheet(&s);
	(void)setenv("LANGUAGE", "nl", 1);
	open_sheet(&s, sizeof(s));
	assert_string_equal(_("Help"), "Hulp");
	assert_string_equal(_("Unknown"), "Unknown");
	assert_string_equal(_(""), "");
	assert_string_equal(ngettext("%zu page", "%zu pages", 1), "1 blad.");
	assert_string_equal(ngettext("%zu page", "%zu pages", 2), "%zu bladen");
	(void)setenv("LANGUAGE", "en", 1);
	assert_string_equal(_("Help"), "Hulp");
	language_changed();
	assert_string_equal(_("Help"), "Help");
	(void)setenv("LANGUAGE", "nl", 1);
	language_changed();
	assert_string_equal(_("Help"), "Hulp");
	(void)unsetenv("LANGUAGE");
	language_changed();
	assert_string_equal(_("Help"), "Help");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_i18n__is_english_without_a_catalogue),
		cmocka_unit_test(test_i18n__says_it_in_the_language_of_now),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
