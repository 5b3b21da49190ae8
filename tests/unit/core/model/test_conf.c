#include "plein/conf.h"

#include <stdlib.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static struct conf
parse_good(const char *text)
{
	struct conf c;
	struct err err = ERR_INIT;

	conf_init(&c);
	if (conf_parse(&c, text, &err) < 0)
		fail_msg("%s", err.msg);
	return c;
}

static void
assert_refused(const char *text, const char *part)
{
	struct conf c;
	struct err err = ERR_INIT;

	conf_init(&c);
	assert_int_equal(conf_parse(&c, text, &err), PLEIN_ERULE);
	if (!strstr(err.msg, part))
		fail_msg("\"%s\" does not say \"%s\"", err.msg, part);
	assert_true(c.listen.len > 0);
	conf_release(&c);
}

static void
test_conf__an_empty_file_gives_the_defaults(void **state)
{
	struct conf c = parse_good("\n# nothing\n  \t\r\n");

	(void)state;
	assert_string_equal(c.name, "Digitale Agenda Gemeenten");
	assert_string_equal(c.domain, "localhost");
	assert_string_equal(c.zone, "Europe/Amsterdam");
	assert_string_equal(c.language, "nl");
	assert_int_equal(c.listen.len, 1);
	assert_string_equal(c.listen.items[0], "127.0.0.1:2222");
	conf_release(&c);
}

static void
test_conf__says_what_attachments_may_be(void **state)
{
	struct conf c = parse_good("bijlagen_mb = 16\n"
				   "bijlagen_soorten = png pdf\n");

	(void)state;
	assert_int_equal(conf_attachment_max(&c), 16UL << 20);
	assert_string_equal(c.attachment_kinds, "png pdf");
	conf_release(&c);
	c = parse_good("");
	assert_int_equal(conf_attachment_max(&c), 10UL << 20);
	conf_release(&c);
	assert_refused("bijlagen_mb = 0\n", "1 to 16");
	assert_refused("bijlagen_mb = 17\n", "1 to 16");
	assert_refused("bijlagen_mb = 1k\n", "1 to 16");
	assert_refused("bijlagen_soorten = png,pdf\n", "list");
}

static void
test_conf__says_who_may_come_in_and_how(void **state)
{
	struct conf c = parse_good("");

	(void)state;
	assert_false(conf_lets_guests_read(&c));
	assert_false(conf_lets_guests_clone(&c));
	assert_int_equal(conf_code_from(&c), ROLE_NONE);
	assert_int_equal(conf_tries(&c).account, 5);
	assert_int_equal(conf_tries(&c).address, 50);
	assert_int_equal(conf_tries(&c).minutes, 15);
	conf_release(&c);
	c = parse_good("gast = ja\ncode_vanaf = redacteur\npogingen = 3\n");
	assert_true(conf_lets_guests_read(&c));
	assert_false(conf_lets_guests_clone(&c));
	assert_int_equal(conf_code_from(&c), ROLE_REDACTEUR);
	assert_int_equal(conf_tries(&c).account, 3);
	conf_release(&c);
	c = parse_good("gast_kopie = ja\n");
	assert_false(conf_lets_guests_clone(&c)); /* nor may they read */
	conf_release(&c);
	assert_refused("gast = yes\n", "ja or nee");
	assert_refused("gast_kopie = 1\n", "ja or nee");
	assert_refused("code_vanaf = gast\n", "a role");
	assert_refused("code_vanaf = setup\n", "a role");
	assert_refused("pogingen = 0\n", "1 to 9999");
	assert_refused("pogingen_adres = 10000\n", "1 to 9999");
	assert_refused("pogingen_minuten = -1\n", "1 to 9999");
}

static void
test_conf__values_lose_the_blanks_around_them(void **state)
{
	struct conf c = parse_good("  naam\t=  Caf\xc3\xa9 a = b # c \r\n"
				   "domein=agenda.example.nl\r\n"
				   "tijdzone = UTC\ntaal = en");

	(void)state;
	assert_string_equal(c.name, "Caf\xc3\xa9 a = b # c");
	assert_string_equal(c.domain, "agenda.example.nl");
	assert_string_equal(c.zone, "UTC");
	assert_string_equal(c.language, "en");
	conf_release(&c);
}

static void
test_conf__the_last_of_equal_keys_counts(void **state)
{
	struct conf c = parse_good("naam = een\nnaam = twee\n");

	(void)state;
	assert_string_equal(c.name, "twee");
	conf_release(&c);
}

static void
test_conf__addresses_replace_the_default(void **state)
{
	struct conf c = parse_good("luister = 0.0.0.0:22\nluister = [::]:22\n");

	(void)state;
	assert_int_equal(c.listen.len, 2);
	assert_string_equal(c.listen.items[0], "0.0.0.0:22");
	assert_string_equal(c.listen.items[1], "[::]:22");
	conf_release(&c);
}

static void
test_conf__a_refusal_names_the_line_and_column(void **state)
{
	(void)state;
	assert_refused("naam = x\n\n\tkleur = rood\n",
		       "line 3, column 2: unknown key kleur");
	assert_refused("# t\ntaal =  fr\n", "line 2, column 9: taal is");
	assert_refused("taal=fr\n", "line 1, column 6: taal is");
	assert_refused("naam\n", "line 1, column 5: a value is missing");
	assert_refused("naam\n", "line 1");
	assert_refused("naam =\n", "line 1");
	assert_refused("# y\n= x\n", "line 2, column 1: unknown key");
	assert_refused("Naam = x\n", "unknown key Naam");
	assert_refused("luister = a:1\nfout = x\n", "line 2");
}

static void
test_conf__a_remark_may_hold_anything(void **state)
{
	struct conf c = parse_good("#= x\n  # kleur = \033\n");

	(void)state;
	conf_release(&c);
}

static void
test_conf__values_must_fit_their_key(void **state)
{
	(void)state;
	assert_refused("taal = fr\n", "taal is nl or en");
	assert_refused("taal = NL\n", "taal is nl or en");
	assert_refused("domein = a b\n", "host name");
	assert_refused("domein = a\tb\n", "host name");
	assert_refused("domein = x@y\n", "host name");
	assert_refused("domein = x>\n", "host name");
	assert_refused("tijdzone = :/etc/shadow\n", "tijdzone");
	assert_refused("tijdzone = /etc/shadow\n", "tijdzone");
	assert_refused("tijdzone = Europe/../../../etc/shadow\n", "tijdzone");
}

static void
test_conf__what_a_terminal_obeys_is_refused(void **state)
{
	(void)state;
	assert_refused("naam = \033[2J\n", "character");
	assert_refused("naam = a\rb\n", "character");
	assert_refused("naam = \xff\n", "character");
	assert_refused("naam = \xe2\x80\xae"
		       "x\n",
		       "character");
}

static void
test_conf__there_are_at_most_sixteen_addresses(void **state)
{
	struct buf text = BUF_INIT;
	struct conf c;

	(void)state;
	for (int i = 0; i < 16; i++)
		buf_printf(&text, "luister = 127.0.0.1:%d\n", 2200 + i);
	c = parse_good(text.ptr);
	assert_int_equal(c.listen.len, 16);
	conf_release(&c);
	buf_str(&text, "luister = 127.0.0.1:1\n");
	assert_refused(text.ptr, "line 17");
	buf_release(&text);
}

static void
test_conf__doors_are_as_they_always_were(void **state)
{
	struct conf c = parse_good("");
	struct conf_doors d = conf_doors(&c);

	(void)state;
	assert_int_equal(d.waiting, 100);
	assert_int_equal(d.waiting_network, 20);
	assert_int_equal(d.kex_ms, 10000);
	assert_int_equal(d.login_ms, 30000);
	assert_int_equal(d.talk_ms, 120000);
	assert_int_equal(d.login_bytes, 256 * 1024);
	assert_int_equal(d.probes, 30);
	assert_int_equal(d.proofs, 6);
	assert_int_equal(d.renew_bytes, 1 << 30);
	assert_int_equal(d.renew_s, 3600);
	assert_int_equal(d.penalty_ms, 5000);
	assert_int_equal(d.penalty_bound_ms, 60000);
	assert_int_equal(d.penalty_most_ms, 600000);
	assert_false(conf_exempts(&c, "127.0.0.1"));
	conf_release(&c);
}

static void
test_conf__doors_can_be_set(void **state)
{
	struct conf c = parse_good(
		"wachtend = 1000\nwachtend_netwerk = 1\n"
		"sleutels_seconden = 600\naanmelden_seconden = 3600\n"
		"vragen_seconden = 1\naanmelden_kb = 16\nsleutels = 999\n"
		"bewijzen = 99\n");
	struct conf_doors d = conf_doors(&c);

	(void)state;
	assert_int_equal(d.waiting, 1000);
	assert_int_equal(d.kex_ms, 600000);
	assert_int_equal(d.login_bytes, 16384);
	assert_int_equal(d.proofs, 99);
	conf_release(&c);
	assert_refused("wachtend = 1001\n",
		       "line 1, column 12: wachtend is a number, 1 to 1000");
	assert_refused("bewijzen = 0\n", "bewijzen is a number, 1 to 99");
	assert_refused("bewijzen = 100\n", "1 to 99");
	assert_refused("aanmelden_kb = 15\n", "16 to 9999");
	assert_refused("sleutels = 3 \nsleutels = 3x\n", "line 2, column 12");
	assert_refused("sleutels = -3\n", "sleutels is a number");
	assert_refused("sleutels_seconden = 99999999999999999999\n",
		       "1 to 600");
}

static void
test_conf__networks_can_be_exempt(void **state)
{
	struct conf c = parse_good("uitgezonderd = 192.0.2.0/24\n"
				   "uitgezonderd = 2001:db8::/32\n");
	struct buf text = BUF_INIT;

	(void)state;
	assert_true(conf_exempts(&c, "192.0.2.9"));
	assert_true(conf_exempts(&c, "2001:db8::9"));
	assert_false(conf_exempts(&c, "192.0.3.9"));
	assert_false(conf_exempts(&c, ""));
	conf_release(&c);
	assert_refused("# x\n  uitgezonderd = 192.0.2.1/24\n",
		       "line 2, column 18: uitgezonderd is a network");
	for (int i = 0; i < 65; i++)
		buf_printf(&text, "uitgezonderd = 192.0.2.%d\n", i);
	assert_refused(text.ptr, "line 65, column 1: more than 64");
	buf_release(&text);
}

static size_t
count_odd(const char *text)
{
	struct conf c = parse_good(text);
	struct vec lines = VEC_INIT;
	size_t n;

	conf_find_odd(&c, &lines);
	n = lines.len;
	vec_release(&lines, free);
	conf_release(&c);
	return n;
}

static void
test_conf__what_can_hardly_be_meant_is_odd(void **state)
{
	(void)state;
	assert_int_equal(count_odd(""), 0);
	assert_int_equal(count_odd("wachtend = 10\n"), 1);
	assert_int_equal(count_odd("sleutels_seconden = 31\n"), 1);
	assert_int_equal(count_odd("straf_grens = 600\n"), 1);
	assert_int_equal(count_odd("straf_grens = 600\nstraf_seconden = 0\n"),
			 0);
	assert_int_equal(count_odd("pogingen = 51\n"), 1);
	assert_int_equal(count_odd("uitgezonderd = 10.0.0.0/8\n"
				   "uitgezonderd = 192.168.0.0/16\n"
				   "uitgezonderd = ::/0\n"
				   "uitgezonderd = 2001:db8::/32\n"),
			 2);
}

static void
test_conf__what_it_writes_it_reads(void **state)
{
	struct conf c = parse_good("naam = N\ndomein = d.nl\ntijdzone = UTC\n"
				   "taal = en\nluister = a:1\nluister = b:2\n"
				   "uitgezonderd = 192.0.2.0/24\n");
	struct buf first = BUF_INIT, second = BUF_INIT;
	struct conf again;

	(void)state;
	conf_format(&c, &first);
	again = parse_good(first.ptr);
	conf_format(&again, &second);
	assert_string_equal(again.name, "N");
	assert_int_equal(again.listen.len, 2);
	assert_int_equal(again.exempt.len, 1);
	assert_string_equal(first.ptr, second.ptr);
	conf_release(&c);
	conf_release(&again);
	buf_release(&first);
	buf_release(&second);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_conf__an_empty_file_gives_the_defaults),
		cmocka_unit_test(test_conf__says_what_attachments_may_be),
		cmocka_unit_test(test_conf__says_who_may_come_in_and_how),
		cmocka_unit_test(test_conf__values_lose_the_blanks_around_them),
		cmocka_unit_test(test_conf__the_last_of_equal_keys_counts),
		cmocka_unit_test(test_conf__addresses_replace_the_default),
		cmocka_unit_test(
			test_conf__a_refusal_names_the_line_and_column),
		cmocka_unit_test(test_conf__a_remark_may_hold_anything),
		cmocka_unit_test(test_conf__values_must_fit_their_key),
		cmocka_unit_test(test_conf__what_a_terminal_obeys_is_refused),
		cmocka_unit_test(
			test_conf__there_are_at_most_sixteen_addresses),
		cmocka_unit_test(test_conf__doors_are_as_they_always_were),
		cmocka_unit_test(test_conf__doors_can_be_set),
		cmocka_unit_test(test_conf__networks_can_be_exempt),
		cmocka_unit_test(test_conf__what_can_hardly_be_meant_is_odd),
		cmocka_unit_test(test_conf__what_it_writes_it_reads),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
