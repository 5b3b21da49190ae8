#include "plein/page.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "plein/buf.h"
#include "plein/fs.h"
#include "plein/mem.h"

static struct page_info
read_page(const char *address, const char *text)
{
	struct page_info p;

	page_info_init(&p);
	page_info_read(&p, address, text, strlen(text));
	return p;
}

static void
assert_title(const char *text, const char *title)
{
	struct page_info p = read_page("themas/common-ground", text);

	assert_string_equal(p.title, title);
	page_info_release(&p);
}

static void
test_page__fields_are_read(void **state)
{
	static const char text[] =
		"---\ntitel: \"Caf\xc3\xa9\"\ntype: vraagstuk\n"
		"status: actueel\nstand: open\nvolgorde: -3\n"
		"hoort_bij: [themas/a, themas/b.md]\n"
		"aliassen: vraagstukken/oud\n---\nBody\n";
	struct page_info p = read_page("themas/x", text);

	(void)state;
	assert_string_equal(p.address, "themas/x");
	assert_string_equal(p.title, "Caf\xc3\xa9");
	assert_string_equal(p.kind, "vraagstuk");
	assert_string_equal(p.status, "actueel");
	assert_string_equal(p.state, "open");
	assert_int_equal(p.order, -3);
	assert_int_equal(p.parents.len, 2);
	assert_string_equal(p.parents.items[0], "themas/a");
	assert_string_equal(p.parents.items[1], "themas/b");
	assert_int_equal(p.aliases.len, 1);
	assert_string_equal(p.aliases.items[0], "vraagstukken/oud");
	assert_string_equal(text + p.body, "Body\n");
	page_info_release(&p);
	page_info_release(&p);
}

static void
test_page__without_fields_there_are_defaults(void **state)
{
	struct page_info p = read_page("vraagstukken/wat-nu", "Tekst.\n");

	(void)state;
	assert_string_equal(p.title, "wat-nu");
	assert_string_equal(p.kind, "vraagstuk");
	assert_string_equal(p.status, "concept");
	assert_null(p.state);
	assert_int_equal(p.order, 0);
	assert_int_equal(p.parents.len, 0);
	assert_int_equal(p.body, 0);
	page_info_release(&p);
	p = read_page("index", "");
	assert_string_equal(p.title, "index");
	assert_string_equal(p.kind, "start");
	page_info_release(&p);
}

static void
test_page__a_broken_block_counts_as_text(void **state)
{
	struct page_info p = read_page("themas/x", "---\ntitel: [\n---\n# Kop");

	(void)state;
	assert_string_equal(p.title, "Kop");
	assert_int_equal(p.body, 0);
	page_info_release(&p);
}

static void
test_page__the_title_may_be_the_first_heading(void **state)
{
	(void)state;
	assert_title("# Kop\n# Twee\n", "Kop");
	assert_title("x\n\n#   Kop  \r\ny", "Kop");
	assert_title("---\ntype: thema\n---\n# Kop", "Kop");
	assert_title("---\ntitel: [Kop]\n---\n# Twee", "Twee");
	assert_title("---\ntitel: \"\"\n---\n# Twee", "Twee");
	assert_title("## Kop\n#Kop\n", "common-ground");
	assert_title("# \n#    \n", "common-ground");
}

static void
test_page__a_title_is_one_short_line(void **state)
{
	struct buf text = BUF_INIT;
	struct page_info p;

	(void)state;
	assert_title("---\ntitel: \"a\\nb\\tc\"\n---\n", "a b c");
	buf_str(&text, "# x");
	for (int i = 0; i < 1000; i++)
		buf_str(&text, "\xc3\xa9");
	p = read_page("themas/x", text.ptr);
	assert_int_equal(strlen(p.title), 299);
	assert_memory_equal(p.title + 297, "\xc3\xa9", 3);
	page_info_release(&p);
	buf_release(&text);
}

static void
test_page__what_is_no_address_is_no_parent(void **state)
{
	struct page_info p = read_page(
		"themas/x", "---\nhoort_bij: [../themas/a, \"themas/a\\tb\","
			    " themas/a, /etc/passwd, themas/a.md, Themas/c,"
			    " \"\", vergaderingen/2026/y]\n---\n");

	(void)state;
	assert_int_equal(p.parents.len, 2);
	assert_string_equal(p.parents.items[0], "themas/a");
	assert_string_equal(p.parents.items[1], "vergaderingen/2026/y");
	page_info_release(&p);
}

static void
test_page__there_are_at_most_a_hundred_parents(void **state)
{
	struct buf text = BUF_INIT;
	struct page_info p;

	(void)state;
	buf_str(&text, "---\nhoort_bij:\n");
	for (int i = 0; i < 300; i++)
		buf_printf(&text, "- themas/t%d\n", i);
	buf_str(&text, "---\n");
	p = read_page("themas/x", text.ptr);
	assert_int_equal(p.parents.len, 100);
	page_info_release(&p);
	buf_release(&text);
}

static void
test_page__odd_orders_are_numbers(void **state)
{
	static const struct {
		const char *text;
		long order;
	} table[] = {
		{ "---\nvolgorde: x\n---\n", 0 },
		{ "---\nvolgorde: [4]\n---\n", 0 },
		{ "---\nvolgorde:\n---\n", 0 },
		{ "---\nvolgorde: 12\n---\n", 12 },
		{ "---\nvolgorde: 99999999999999999999999\n---\n", INT64_MAX },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		struct page_info p = read_page("themas/x", table[i].text);

		assert_true(p.order == table[i].order);
		page_info_release(&p);
	}
}

static void
assert_check(const char *text, size_t len, int code, const char *part)
{
	struct err err = ERR_INIT;

	assert_int_equal(page_check(text, len, &err), code);
	if (part && !strstr(err.msg, part))
		fail_msg("\"%s\" does not say \"%s\"", err.msg, part);
}

static void
assert_check_text(const char *text, int code, const char *part)
{
	assert_check(text, strlen(text), code, part);
}

static void
test_page__check_accepts_text(void **state)
{
	(void)state;
	assert_check_text("", 0, NULL);
	assert_check_text("x\r\n\tcaf\xc3\xa9 \xf0\x9f\x98\x80\n", 0, NULL);
	assert_check_text("---\na: b\n---\nx", 0, NULL);
}

static void
test_page__check_names_the_line_of_an_offence(void **state)
{
	(void)state;
	assert_check_text("a\nb\033[2J\n", PLEIN_ERULE, "line 2");
	assert_check_text("a\n\nb\xff", PLEIN_ERULE, "line 3");
	assert_check_text("a\rb", PLEIN_ERULE, "line 1");
	assert_check_text("\xe2\x80\xae", PLEIN_ERULE, "line 1");
	assert_check("a\n\0b", 4, PLEIN_ERULE, "line 2");
	assert_check_text("---\na: b\nc: *d\n---\n", PLEIN_ERULE, "line 3");
}

static void
test_page__check_takes_a_mebibyte_and_no_more(void **state)
{
	char *text = mem_alloc(PAGE_MAX + 1);

	(void)state;
	memset(text, 'x', PAGE_MAX + 1);
	assert_check(text, PAGE_MAX, 0, NULL);
	assert_check(text, PAGE_MAX + 1, PLEIN_ETOOBIG, "1025 kB");
	free(text);
}

static void
test_page__folders_and_kinds_match(void **state)
{
	(void)state;
	assert_string_equal(page_kind_of_folder("themas"), "thema");
	assert_string_equal(page_folder_of_kind("thema"), "themas");
	assert_null(page_kind_of_folder("thema"));
	assert_null(page_folder_of_kind("themas"));
	assert_null(page_kind_of_folder("onzin"));
	assert_string_equal(page_folder_of_kind("start"), "");
}

static struct page_info
read_template(const char *address)
{
	struct buf path = BUF_INIT, text = BUF_INIT;
	struct page_info p;
	struct err err = ERR_INIT;

	buf_printf(&path, "repo-template/%s.md", address);
	if (fs_read_at(AT_FDCWD, path.ptr, &text, PAGE_MAX, &err) < 0)
		fail_msg("%s", err.msg);
	assert_int_equal(page_check(text.ptr, text.len, &err), 0);
	page_info_init(&p);
	page_info_read(&p, address, text.ptr, text.len);
	buf_release(&path);
	buf_release(&text);
	return p;
}

static void
test_page__pages_of_the_template_are_understood(void **state)
{
	struct page_info p = read_template("themas/algoritmen-en-ai");

	(void)state;
	assert_string_equal(p.title, "Algoritmen en kunstmatige intelligentie");
	assert_string_equal(p.kind, "thema");
	assert_int_equal(p.parents.len, 2);
	page_info_release(&p);
	p = read_template("index");
	assert_string_equal(p.kind, "start");
	page_info_release(&p);
	p = read_template("doelstellingen/kansen-benutten");
	assert_int_equal(p.order, 2);
	assert_string_equal(p.parents.items[0],
			    "agendas/digitale-agenda-gemeenten-2024");
	page_info_release(&p);
}

static void
test_page__a_copy_is_its_own(void **state)
{
	static const char text[] = "---\ntitel: A\nstand: open\nvolgorde: 3\n"
				   "type: vraagstuk\naliassen: [themas/b]\n"
				   "hoort_bij: [themas/c]\n---\nx\n";
	struct page_info a, b;

	(void)state;
	page_info_init(&a);
	page_info_init(&b);
	page_info_read(&a, "vraagstukken/a", text, sizeof(text) - 1);
	page_info_copy(&b, &a);
	page_info_release(&a);
	assert_string_equal(b.address, "vraagstukken/a");
	assert_string_equal(b.title, "A");
	assert_string_equal(b.kind, "vraagstuk");
	assert_string_equal(b.status, "concept");
	assert_string_equal(b.state, "open");
	assert_int_equal(b.order, 3);
	assert_int_equal(b.parents.len, 1);
	assert_string_equal(b.aliases.items[0], "themas/b");
	page_info_release(&b);
}

static void
assert_proposed(const char *kind, const char *day, const char *want)
{
	struct buf b = BUF_INIT;

	page_propose_address(&b, kind, day, "Een Titel");
	assert_string_equal(b.ptr, want);
	buf_release(&b);
}

static void
test_page__addresses_of_dated_kinds_begin_with_the_day(void **state)
{
	(void)state;
	assert_proposed("thema", "2026-03-19", "themas/een-titel");
	assert_proposed("besluit", "2026-03-19",
			"besluiten/2026-03-19-een-titel");
	assert_proposed("reflectie", "2026-03-19",
			"reflecties/2026-03-19-een-titel");
	assert_proposed("vergadering", "2026-03-19",
			"vergaderingen/2026/2026-03-19-een-titel");
	assert_proposed("besluit", "", "besluiten/een-titel");
}

static void
test_page__addresses_tell_their_day(void **state)
{
	char day[DAYTEXT_LEN + 1];

	(void)state;
	assert_true(page_day_of_address(
		"vergaderingen/2026/2026-03-19-commissie", day));
	assert_string_equal(day, "2026-03-19");
	assert_true(page_day_of_address("besluiten/2026-03-19", day));
	assert_false(page_day_of_address("besluiten/2026-13-19-x", day));
	assert_string_equal(day, "");
	assert_false(page_day_of_address("besluiten/2026-03-190-x", day));
	assert_false(page_day_of_address("2026-03-19/besluit", day));
	assert_false(page_day_of_address("", day));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_page__fields_are_read),
		cmocka_unit_test(test_page__without_fields_there_are_defaults),
		cmocka_unit_test(test_page__a_broken_block_counts_as_text),
		cmocka_unit_test(test_page__the_title_may_be_the_first_heading),
		cmocka_unit_test(test_page__a_title_is_one_short_line),
		cmocka_unit_test(test_page__what_is_no_address_is_no_parent),
		cmocka_unit_test(
			test_page__there_are_at_most_a_hundred_parents),
		cmocka_unit_test(test_page__odd_orders_are_numbers),
		cmocka_unit_test(test_page__check_accepts_text),
		cmocka_unit_test(test_page__check_names_the_line_of_an_offence),
		cmocka_unit_test(test_page__check_takes_a_mebibyte_and_no_more),
		cmocka_unit_test(test_page__folders_and_kinds_match),
		cmocka_unit_test(
			test_page__pages_of_the_template_are_understood),
		cmocka_unit_test(test_page__a_copy_is_its_own),
		cmocka_unit_test(
			test_page__addresses_of_dated_kinds_begin_with_the_day),
		cmocka_unit_test(test_page__addresses_tell_their_day),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
