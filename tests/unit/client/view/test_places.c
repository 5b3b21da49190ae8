#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "plein/buf.h"
#include "view/places.h"

#define FIELDS "---\ntitel: Een\ntrefwoorden: [adem]\n---\n"
#define TEXT \
	"Dat scheelt kopieen en koppelingen en maakt het makkelijker om " \
	"dienstverlening te vernieuwen. Standaarden worden bij voorkeur voor " \
	"de hele overheid afgesproken, zie de pagina daarover. De uitvoering " \
	"vraagt een lange adem van gemeenten.\n" \
	"\n" \
	"## Wat spreken we af?\n" \
	"\n" \
	"- [ ] uitstapkosten noemen bij de inkoopvoorwaarden\n" \
	"\n" \
	"## Bronnen ##\n" \
	"\n" \
	"- een bron\n"

/* All that is told of it: the sum, and each place with its passage. */
static void
tell(const char *was, const char *is, struct buf *out)
{
	struct places p;

	places_find(&p, was, strlen(was), is, strlen(is));
	places_sum(&p, out);
	for (size_t i = 0; i < p.list.len; i++) {
		buf_char(out, '\n');
		places_head(&p, i, out);
		places_count(places_at(&p, i), out);
		buf_printf(out, "\n%s", places_at(&p, i)->passage.text.ptr);
	}
	places_release(&p);
}

static void
assert_told(const char *was, const char *is, const char *expected)
{
	struct buf out = BUF_INIT;

	tell(was, is, &out);
	assert_string_equal(out.ptr, expected);
	buf_release(&out);
}

/* `text` with `from` replaced by `to`; freed by the caller. */
static char *
replace(const char *text, const char *from, const char *to)
{
	struct buf out = BUF_INIT;
	const char *at = strstr(text, from);

	assert_non_null(at);
	buf_add(&out, text, (size_t)(at - text));
	buf_str(&out, to);
	buf_str(&out, at + strlen(from));
	return buf_take(&out);
}

static void
assert_replaced(const char *from, const char *to, const char *expected)
{
	char *is = replace(FIELDS TEXT, from, to);

	assert_told(FIELDS TEXT, is, expected);
	free(is);
}

static void
test_places__say_where_and_how_much(void **state)
{
	(void)state;
	assert_replaced(
		"vernieuwen. ",
		"vernieuwen. Een gemeente kan zo stap voor stap verder. ",
		"1 place changed: 8 words added.\n"
		"Place 1 of 1, in the first paragraph, 8 words added\n"
		"...en maakt het makkelijker om dienstverlening te "
		"vernieuwen. {+Een gemeente kan zo stap voor stap verder. "
		"+}Standaarden worden bij voorkeur voor de hele overheid "
		"afgesproken,...");
	assert_replaced("noemen bij", "opnemen in",
			"1 place changed: 2 words added, 2 words taken away.\n"
			"Place 1 of 1, under Wat spreken we af?, 2 words "
			"added, 2 words taken away\n"
			"- [ ] uitstapkosten [-noemen bij-]{+opnemen in+} de "
			"inkoopvoorwaarden");
}

static void
test_places__are_sentences(void **state)
{
	char *once = replace(TEXT, "makkelijker", "simpeler");
	char *is = replace(once, "lange ", "");

	(void)state;
	assert_told(TEXT, is,
		    "2 places changed: 1 word added, 2 words taken away.\n"
		    "Place 1 of 2, in the first paragraph, 1 word added, 1 "
		    "word taken away\n"
		    "Dat scheelt kopieen en koppelingen en maakt het "
		    "[-makkelijker-]{+simpeler+} om dienstverlening te "
		    "vernieuwen. Standaarden worden bij voorkeur...\n"
		    "Place 2 of 2, in the first paragraph, 1 word taken away\n"
		    "...afgesproken, zie de pagina daarover. "
		    "De uitvoering vraagt een [-lange -]adem van gemeenten.");
	free(is);
	free(once);
}

static void
test_places__know_headings(void **state)
{
	(void)state;
	assert_replaced("- een bron\n", "- een bron\n- nog een\n",
			"1 place changed: 2 words added.\n"
			"Place 1 of 1, under Bronnen, 2 words added\n"
			"{+- nog een+}");
	assert_replaced("- een bron\n", "",
			"1 place changed: 2 words taken away.\n"
			"Place 1 of 1, under Bronnen, 2 words taken away\n"
			"[-- een bron-]");
	assert_replaced("- [ ] uitstapkosten noemen bij de "
			"inkoopvoorwaarden\n\n",
			"",
			"1 place changed: 5 words taken away.\n"
			"Place 1 of 1, under Wat spreken we af?, 5 words "
			"taken away\n"
			"[-- [ ] uitstapkosten noemen bij de "
			"inkoopvoorwaarden-]");
	assert_told("een\n\n```\n# geen kop\n```\n\ntwee\n",
		    "een\n\n```\n# geen kop\n```\n\ndrie\n",
		    "1 place changed: 1 word added, 1 word taken away.\n"
		    "Place 1 of 1, in the third paragraph, 1 word added, 1 "
		    "word taken "
		    "away\n[-twee-]\n{+drie+}");
}

static void
test_places__have_fields_last(void **state)
{
	(void)state;
	assert_replaced("[adem]", "[adem, visie]",
			"1 place changed: 1 word added.\n"
			"Properties, 1 word added\n"
			"trefwoorden: [adem{+, visie+}]");
}

static void
test_places__may_be_none(void **state)
{
	(void)state;
	assert_told(TEXT, TEXT, "Nothing was changed.");
	assert_told("", "", "Nothing was changed.");
	assert_told("een twee\n", "een\ntwee\n",
		    "1 place changed.\n"
		    "Place 1 of 1, in the first paragraph\n"
		    "(only blanks or line ends)");
	assert_told("", "een\n",
		    "1 place changed: 1 word added.\n"
		    "Place 1 of 1, in the first paragraph, 1 word added\n"
		    "{+een+}");
	assert_told("een\n", "",
		    "1 place changed: 1 word taken away.\n"
		    "Place 1 of 1, in the first paragraph, 1 word taken "
		    "away\n[-een-]");
}

static void
test_places__are_counted_beyond_a_bound(void **state)
{
	struct buf was = BUF_INIT, is = BUF_INIT, head = BUF_INIT;
	struct places p;

	(void)state;
	for (int i = 0; i < PLACES_MAX + 34; i++) {
		buf_printf(&was, "zin %d\n\nstaat\n\n", i);
		buf_printf(&is, "regel %d\n\nstaat\n\n", i);
	}
	places_find(&p, was.ptr, was.len, is.ptr, is.len);
	assert_int_equal(p.list.len, PLACES_MAX);
	assert_int_equal(p.more, 34);
	places_head(&p, 0, &head);
	assert_string_equal(head.ptr, "Place 1 of 234, in the first paragraph");
	places_release(&p);
	buf_release(&was);
	buf_release(&is);
	buf_release(&head);
}

static void
test_places__are_lines_of_a_screen(void **state)
{
	char *is = replace(TEXT, "noemen bij", "opnemen in");
	struct buf out = BUF_INIT;
	struct layout l;
	struct places p;

	(void)state;
	places_find(&p, TEXT, strlen(TEXT), is, strlen(is));
	places_layout(&p, 40, &l);
	layout_plain(&l, &out);
	assert_string_equal(out.ptr, "Place 1 of 1, under Wat spreken we af?\n"
				     "  - [ ] uitstapkosten [-noemen bij-]\n"
				     "  {+opnemen in+} de inkoopvoorwaarden\n");
	assert_int_equal(l.lines[0].heading, 1);
	assert_int_equal(l.lines[1].heading, 0);
	layout_release(&l);
	places_release(&p);
	buf_release(&out);
	free(is);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_places__say_where_and_how_much),
		cmocka_unit_test(test_places__are_sentences),
		cmocka_unit_test(test_places__know_headings),
		cmocka_unit_test(test_places__have_fields_last),
		cmocka_unit_test(test_places__may_be_none),
		cmocka_unit_test(test_places__are_counted_beyond_a_bound),
		cmocka_unit_test(test_places__are_lines_of_a_screen),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
