/* Addresses: what is one, what is not, and back to text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

#include "address.h"

static void
assert_round_trip(const char *text, int family, int port)
{
	struct address a;
	struct buf back = BUF_INIT;

	assert_int_equal(address_parse(&a, text, NULL), 0);
	assert_int_equal(a.sa.ss_family, family);
	assert_int_equal(address_port(&a), port);
	address_format(&a, &back);
	assert_string_equal(back.ptr, text);
	buf_release(&back);
}

static void
test_address__reads_and_writes_both_families(void **state)
{
	(void)state;
	assert_round_trip("127.0.0.1:2222", AF_INET, 2222);
	assert_round_trip("0.0.0.0:0", AF_INET, 0);
	assert_round_trip("[::1]:65535", AF_INET6, 65535);
	assert_round_trip("[2001:db8::5]:22", AF_INET6, 22);
}

static void
test_address__refuses_what_is_none(void **state)
{
	static const char *const bad[] = {
		"",
		":",
		"2222",
		"127.0.0.1",
		"127.0.0.1:",
		"127.0.0.1:65536",
		"127.0.0.1:-1",
		"127.0.0.1:22x",
		"127.0.0.1:000022",
		"127.1:22",
		"localhost:22",
		"::1:22",
		"[::1]",
		"[::1]22",
		"[::1",
		"[]:22",
		"[127.0.0.1]:22",
		"127.0.0.1 :22",
	};
	char longest[300];
	struct address a;
	struct err err = ERR_INIT;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(address_parse(&a, bad[i], &err), PLEIN_EUSAGE);
	memset(longest, '1', sizeof(longest));
	longest[sizeof(longest) - 1] = '\0';
	longest[200] = ':';
	assert_int_equal(address_parse(&a, longest, &err), PLEIN_EUSAGE);
	assert_non_null(strstr(err.msg, "127.0.0.1:2222"));
}

static void
test_address__shows_a_mapped_host_as_ipv4(void **state)
{
	struct address a;
	char host[ADDRESS_TEXT];

	(void)state;
	assert_int_equal(address_parse(&a, "[::ffff:192.0.2.7]:1", NULL), 0);
	address_host(&a, host);
	assert_string_equal(host, "192.0.2.7");
	memset(&a, 0, sizeof(a));
	address_host(&a, host);
	assert_string_equal(host, "unknown");
}

static void
test_address__knows_what_others_can_reach(void **state)
{
	static const struct {
		const char *text;
		bool loopback;
	} rows[] = {
		{ "127.0.0.1:22", true },      { "127.9.9.9:22", true },
		{ "[::1]:22", true },	       { "0.0.0.0:22", false },
		{ "[::]:22", false },	       { "192.0.2.7:22", false },
		{ "128.0.0.1:22", false },     { "[::127.0.0.1]:22", false },
		{ "[2001:db8::1]:22", false },
	};
	struct address a;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_int_equal(address_parse(&a, rows[i].text, NULL), 0);
		assert_int_equal(address_is_loopback(&a), rows[i].loopback);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_address__reads_and_writes_both_families),
		cmocka_unit_test(test_address__refuses_what_is_none),
		cmocka_unit_test(test_address__knows_what_others_can_reach),
		cmocka_unit_test(test_address__shows_a_mapped_host_as_ipv4),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
