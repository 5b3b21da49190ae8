/* What somebody who fetches says they have. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "plein/buf.h"
#include "ssh/haves.h"

#define ONE "1111111111111111111111111111111111111111"
#define TWO "2222222222222222222222222222222222222222"
#define WANT "003cwant " TWO " ofs-delta\n"
#define HAVE(id) "0032have " id "\n"
#define FLUSH "0000"

static const char *
feed(struct haves *h, const char *text)
{
	haves_init(h);
	haves_feed(h, text, strlen(text));
	return haves_take(h);
}

static void
test_haves__are_told_once_they_are_all_there(void **state)
{
	struct haves h;

	(void)state;
	assert_null(feed(&h, WANT FLUSH HAVE(ONE) HAVE(TWO)));
	haves_feed(&h, FLUSH, 4);
	assert_string_equal(haves_take(&h), ONE " " TWO);
	assert_null(haves_take(&h));
	haves_feed(&h, HAVE(ONE) FLUSH, 54);
	assert_null(haves_take(&h));
	assert_string_equal(feed(&h, WANT FLUSH HAVE(ONE) "0009done\n"), ONE);
}

static void
test_haves__come_in_any_pieces(void **state)
{
	static const char text[] = WANT FLUSH HAVE(ONE) HAVE(TWO) FLUSH;
	struct haves h;

	(void)state;
	haves_init(&h);
	for (size_t i = 0; text[i]; i++) {
		assert_null(haves_take(&h));
		haves_feed(&h, text + i, 1);
	}
	assert_string_equal(haves_take(&h), ONE " " TWO);
}

/* A clone has nothing; and no more than is asked for at once is kept. */
static void
test_haves__are_bounded(void **state)
{
	struct buf text = BUF_INIT;
	struct haves h;
	const char *ids;

	(void)state;
	assert_null(feed(&h, WANT FLUSH "0009done\n"));
	assert_null(feed(&h, FLUSH));
	buf_str(&text, WANT FLUSH);
	for (int i = 0; i < 100; i++)
		buf_str(&text, HAVE(ONE));
	ids = feed(&h, text.ptr);
	assert_int_equal(strlen(ids), HAVES_TEXT - 1);
	buf_release(&text);
}

static void
test_haves__are_ids_in_lines(void **state)
{
	static const char *const texts[] = {
		"GET / HTTP/1.1\r\n\r\n",
		"0002" HAVE(ONE) FLUSH,
		"zzzz" HAVE(ONE) FLUSH,
		"ffff" HAVE(ONE) FLUSH,
		" 032have " ONE "\n" FLUSH,
		"0032have 11111111111111111111111111111111111111zz\n" FLUSH,
		"0033have " ONE "\n" FLUSH, /* one byte too long */
	};
	struct haves h;

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		assert_null(feed(&h, texts[i]));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_haves__are_told_once_they_are_all_there),
		cmocka_unit_test(test_haves__come_in_any_pieces),
		cmocka_unit_test(test_haves__are_bounded),
		cmocka_unit_test(test_haves__are_ids_in_lines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
