/* Tests of server/proof: codes of an app, recovery codes, QR codes. */
#include "proof/totp.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "proof/qr.h"
#include "proof/recovery.h"

/* Appendix B of RFC 6238 ("12345678901234567890"), its last six digits. */
#define RFC_SECRET "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"

static void
test_totp__is_that_of_the_rfc(void **state)
{
	static const struct {
		int64_t time;
		const char *code;
	} table[] = {
		{ 59, "287082" },	  { 1111111109, "081804" },
		{ 1111111111, "050471" }, { 1234567890, "005924" },
		{ 2000000000, "279037" }, { 20000000000, "353130" },
	};
	char code[TOTP_DIGITS + 1];
	struct err err = ERR_INIT;

	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		assert_int_equal(
			totp_code(RFC_SECRET, table[i].time / 30, code, &err),
			0);
		assert_string_equal(code, table[i].code);
		assert_int_equal(
			totp_step(RFC_SECRET, table[i].code, table[i].time),
			table[i].time / 30);
	}
	assert_int_equal(totp_code("1", 1, code, &err), PLEIN_EIO);
}

static void
test_totp__holds_one_step_before_and_after(void **state)
{
	const int64_t now = 1234567890, step = now / 30;
	char code[TOTP_DIGITS + 1];

	(void)state;
	for (int64_t s = step - 3; s <= step + 3; s++) {
		assert_int_equal(totp_code(RFC_SECRET, s, code, NULL), 0);
		assert_int_equal(totp_step(RFC_SECRET, code, now),
				 s >= step - 1 && s <= step + 1 ? s : -1);
	}
}

static void
test_totp__takes_six_digits_and_blanks(void **state)
{
	static const char *const bad[] = { "",	      "28708",	"2870820",
					   "28708x",  "-28708", "287082\n",
					   "287\t082" };

	(void)state;
	assert_int_equal(totp_step(RFC_SECRET, " 287 082 ", 59), 1);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(totp_step(RFC_SECRET, bad[i], 59), -1);
}

static void
test_totp__secrets_differ_and_fit(void **state)
{
	char one[TOTP_SECRET], two[TOTP_SECRET];
	char code[TOTP_DIGITS + 1];

	(void)state;
	totp_secret(one);
	totp_secret(two);
	assert_string_not_equal(one, two);
	assert_int_equal(strlen(one), TOTP_SECRET - 1);
	assert_int_equal(totp_code(one, 1, code, NULL), 0);
}

static void
test_totp__an_address_names_wiki_and_person(void **state)
{
	struct buf b = BUF_INIT, qr = BUF_INIT;

	(void)state;
	totp_uri(&b, "stad & land", "toos.stad", "ABC");
	assert_string_equal(b.ptr, "otpauth://totp/toos.stad?secret=ABC"
				   "&issuer=stad%20%26%20land");
	buf_reset(&b);
	/* two rows a line and two cells of border leave room for two lines */
	totp_uri(&b, "agenda.duinstad.nl", "beleid.duinstad", RFC_SECRET);
	assert_int_equal(qr_rows(&qr, b.ptr, NULL), 0);
	assert_true((strcspn(qr.ptr, "\n") + 4 + 1) / 2 <= 22);
	buf_release(&b);
	buf_release(&qr);
}

static void
test_recovery__is_found_however_it_is_typed(void **state)
{
	char hash[RECOVERY_HASH], same[RECOVERY_HASH], code[RECOVERY_CODE];

	(void)state;
	recovery_make(code);
	assert_int_equal(strlen(code), RECOVERY_CODE - 1);
	assert_true(recovery_hash("toos", code, hash));
	assert_int_equal(strlen(hash), RECOVERY_HASH - 1);
	assert_true(recovery_hash("toos", "abcd-efgh-jkmn-pqrs", hash));
	assert_true(recovery_hash("toos", "ABCDEFGHJKMNPQRS", same));
	assert_string_equal(hash, same);
	assert_true(recovery_hash("toos", " abcd efgh jkmn pqrs ", same));
	assert_string_equal(hash, same);
	assert_true(recovery_hash("piet", "abcd-efgh-jkmn-pqrs", same));
	assert_string_not_equal(hash, same);
	assert_false(recovery_hash("toos", "abcd-efgh-jkmn-pqr", same));
	assert_false(recovery_hash("toos", "abcd-efgh-jkmn-pqrst", same));
	assert_false(recovery_hash("toos", "abcd-efgh-jkmn-pqr1", same));
	assert_false(recovery_hash("toos", "287082", same));
	assert_false(recovery_hash("toos", "", same));
}

static void
test_qr__is_square_with_its_three_marks(void **state)
{
	struct buf b = BUF_INIT;
	struct err err = ERR_INIT;
	char big[4000];
	size_t width;

	(void)state;
	assert_int_equal(qr_rows(&b, "otpauth://totp/x", &err), 0);
	width = strcspn(b.ptr, "\n");
	assert_int_equal(b.len, width * (width + 1));
	assert_int_equal(strspn(b.ptr, "#.\n"), b.len);
	assert_memory_equal(b.ptr, "#######.", 8);
	assert_memory_equal(b.ptr + width - 8, ".#######", 8);
	assert_memory_equal(b.ptr + (width - 1) * (width + 1), "#######.", 8);
	memset(big, 'x', sizeof(big));
	big[sizeof(big) - 1] = '\0';
	assert_int_equal(qr_rows(&b, big, &err), PLEIN_ETOOBIG);
	buf_release(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_totp__is_that_of_the_rfc),
		cmocka_unit_test(test_totp__holds_one_step_before_and_after),
		cmocka_unit_test(test_totp__takes_six_digits_and_blanks),
		cmocka_unit_test(test_totp__secrets_differ_and_fit),
		cmocka_unit_test(test_totp__an_address_names_wiki_and_person),
		cmocka_unit_test(test_recovery__is_found_however_it_is_typed),
		cmocka_unit_test(test_qr__is_square_with_its_three_marks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
