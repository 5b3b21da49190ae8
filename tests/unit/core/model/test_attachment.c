/* Names, kinds and first bytes of attachments. */
#include "plein/attachment.h"

#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void
test_attachment__lies_beside_its_page(void **state)
{
	static const char *const bad[] = { "",	      "kaart",	  "Kaart.png",
					   "a b.png", "../a.png", "b/a.png",
					   ".png",    "a.tar.gz", "a.png/b" };
	struct buf path = BUF_INIT;
	size_t i;

	(void)state;
	assert_int_equal(
		attachment_path(&path, "themas/a", "kaart-1.png", NULL), 0);
	assert_string_equal(path.ptr, "bijlagen/themas/a/kaart-1.png");
	assert_string_equal(attachment_name(path.ptr), "kaart-1.png");
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		buf_reset(&path);
		if (attachment_path(&path, "themas/a", bad[i], NULL) !=
		    PLEIN_ERULE)
			fail_msg("%s is a name", bad[i]);
	}
	buf_release(&path);
}

static void
test_attachment__has_a_kind_of_the_list(void **state)
{
	(void)state;
	assert_true(attachment_is_kind(ATTACHMENT_KINDS, "a.png"));
	assert_true(attachment_is_kind(ATTACHMENT_KINDS, "x/y/a.pptx"));
	assert_true(attachment_is_kind(" png  svg", "a.svg"));
	assert_false(attachment_is_kind(ATTACHMENT_KINDS, "a.pn"));
	assert_false(attachment_is_kind(ATTACHMENT_KINDS, "a.pngx"));
	assert_false(attachment_is_kind(ATTACHMENT_KINDS, "a"));
	assert_false(attachment_is_kind("", "a.png"));
}

/* What a browser would run. */
static void
test_attachment__programs_are_no_kind_by_default(void **state)
{
	static const char *const names[] = { "a.svg", "a.html", "a.htm",
					     "a.js",  "a.xml",	"a.exe",
					     "a.sh",  "a.xhtml" };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		assert_false(attachment_is_kind(ATTACHMENT_KINDS, names[i]));
}

static void
test_attachment__lists_are_words(void **state)
{
	(void)state;
	assert_true(attachment_is_list(ATTACHMENT_KINDS));
	assert_true(attachment_is_list("png"));
	assert_false(attachment_is_list("png,pdf"));
	assert_false(attachment_is_list(".png"));
	assert_false(attachment_is_list("PNG"));
	assert_false(attachment_is_list("abcdefghijk"));
}

static void
test_attachment__begins_as_its_name_says(void **state)
{
	static const struct {
		const char *name, *bytes;
		size_t len;
		bool fits;
	} rows[] = {
		{ "a.png", "\x89PNG\r\n\x1a\nrest", 12, true },
		{ "a.png", "\x89PNG\r\n\x1a", 7, false },
		{ "a.png", "<svg onload=x>", 14, false },
		{ "a.jpg", "\xff\xd8\xff\xe0", 4, true },
		{ "a.jpeg", "GIF89a", 6, false },
		{ "a.gif", "GIF89a", 6, true },
		{ "a.webp", "RIFF\0\0\0\0WEBPVP8 ", 16, true },
		{ "a.webp", "RIFF\0\0\0\0WAVEfmt ", 16, false },
		{ "a.pdf", "%PDF-1.7\n", 9, true },
		{ "a.docx", "PK\x03\x04more", 8, true },
		{ "a.odt", "<html>", 6, false },
		{ "a.txt", "caf\xc3\xa9\n", 6, true },
		{ "a.txt", "caf\xe9\n", 5, false },
		{ "a.csv", "a;b\x1b[2J\n", 8, false },
		{ "a.xyz", "anything", 8, true },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (attachment_fits(rows[i].name, rows[i].bytes, rows[i].len) !=
		    rows[i].fits)
			fail_msg("row %zu, %s", i, rows[i].name);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_attachment__lies_beside_its_page),
		cmocka_unit_test(test_attachment__has_a_kind_of_the_list),
		cmocka_unit_test(
			test_attachment__programs_are_no_kind_by_default),
		cmocka_unit_test(test_attachment__lists_are_words),
		cmocka_unit_test(test_attachment__begins_as_its_name_says),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
