/* Who wrote what, as pieces of the text that is read. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "view/origins.h"

#include "plein/buf.h"

/* Rows from "1:text^2:text": of which version a stretch of bytes is. */
static json_t *
read_rows(const char *s)
{
	json_t *rows = json_array();

	while (*s) {
		char *colon;
		long version = strtol(s, &colon, 10);
		size_t len = strcspn(colon + 1, "^");

		json_array_append_new(rows, json_pack("{s:I, s:s%}", "version",
						      (json_int_t)version,
						      "text", colon + 1, len));
		s = colon + 1 + len;
		s += *s == '^';
	}
	return rows;
}

static const char *
find_title(void *ctx, const char *address)
{
	(void)ctx;
	return strcmp(address, "themas/dt") == 0 ? "Digitale toegang" : NULL;
}

/* Pieces as "1:line/line|2:line". */
static void
expect(const char *rows, const char *want)
{
	const struct layout_wiki wiki = { "themas/x", find_title, NULL };
	json_t *list = read_rows(rows);
	struct vec pieces = origins_make(list, &wiki);
	struct buf got = BUF_INIT;

	for (size_t i = 0; i < pieces.len; i++) {
		const struct origin *o = pieces.items[i];

		buf_printf(&got, "%s%lld:", i ? "|" : "",
			   (long long)json_integer_value(json_object_get(
				   json_array_get(list, o->row), "version")));
		for (size_t k = 0; k < o->lines.len; k++)
			buf_printf(&got, "%s%s", k ? "/" : "",
				   (const char *)o->lines.items[k]);
	}
	assert_string_equal(got.ptr, want);
	buf_release(&got);
	vec_release(&pieces, origins_free);
	json_decref(list);
}

static void
test_origins__sentences_of_one_version_are_a_piece(void **state)
{
	(void)state;
	expect("1:Een zin. Nog een zin.^2: Een nieuwe.^1: De laatste.\n",
	       "1:Een zin. Nog een zin.|2:Een nieuwe.|1:De laatste.");
	expect("1:Boven.\n\n^1:Onder.\n^3:\nSlot.\n",
	       "1:Boven./Onder.|3:Slot.");
	expect("", "");
	expect("1:\n\n", "");
}

/* What changed within a sentence makes it new: it is not torn to pieces. */
static void
test_origins__the_latest_change_of_a_sentence_counts(void **state)
{
	(void)state;
	expect("1:Een lange adem van gemeenten^4:, andere overheden^1: en "
	       "leveranciers samen. Klaar.\n",
	       "4:Een lange adem van gemeenten, andere overheden en "
	       "leveranciers samen.|1:Klaar.");
	expect("1:Een ^2:kleine^1: zin van ^3:zes^1: woorden.\n",
	       "3:Een kleine zin van zes woorden.");
	expect("1:- [ ]^2: opnemen in^1: de voorwaarden\n",
	       "2:- [ ] opnemen in de voorwaarden");
}

static void
test_origins__what_came_behind_or_before_is_a_piece_apart(void **state)
{
	(void)state;
	expect("1:Dat is zo afgesproken^2:, zie [[open]] en "
	       "[[themas/dt]]^1:.\n",
	       "1:Dat is zo afgesproken|2:, zie [Open?] en [Digitale "
	       "toegang].");
	expect("2:Voor wie het wil weten: ^1:dat is zo afgesproken.\n",
	       "2:Voor wie het wil weten:|1:dat is zo afgesproken.");
	/* a word or two is not worth a name of its own */
	expect("1:Dat is zo afgesproken^2: met ons^1:.\n",
	       "2:Dat is zo afgesproken met ons.");
}

static void
test_origins__the_text_is_what_the_page_shows(void **state)
{
	(void)state;
	expect("1:---\ntitel: ^2:Nieuw^1:\n---\n## Kop\n\n- **een** "
	       "[twee](https://a.nl/b)\n^3:  - drie\n",
	       "1:Kop/- een [twee, a.nl]|3:  - drie");
	/* one line of the page, two as it is written */
	expect("1:Een zin die op^1: twee\nregels staat.\n^2:\nSlot.\n",
	       "1:Een zin die op twee regels staat.|2:Slot.");
	/* a link to a page that is not there ends no sentence */
	expect("1:Zie [[open]] en verder.^2: Nieuw.\n",
	       "1:Zie [Open?] en verder.|2:Nieuw.");
	/* a title is as old as the link it stands for */
	expect("1:Zie ook dit: ^2:[[themas/dt]]^1:\n",
	       "2:Zie ook dit: [Digitale toegang]");
}

static void
test_origins__strange_texts_are_told_whole(void **state)
{
	(void)state;
	expect("1:<>^2:<>^1:<>\n", "1:<><><>");
	expect("1:caf\xc3\xa9 ^2:caf\xc3\xa9\n", "2:caf\xc3\xa9 caf\xc3\xa9");
	expect("2:```\n# geen kop\n^1:```\n", "2:  # geen kop");
	expect("1:| a | b |\n^2:|---|---|\n| een | ^3:twee |\n",
	       "1:a    b|3:een  twee");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			test_origins__sentences_of_one_version_are_a_piece),
		cmocka_unit_test(
			test_origins__the_latest_change_of_a_sentence_counts),
		cmocka_unit_test(
			test_origins__what_came_behind_or_before_is_a_piece_apart),
		cmocka_unit_test(test_origins__the_text_is_what_the_page_shows),
		cmocka_unit_test(test_origins__strange_texts_are_told_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
