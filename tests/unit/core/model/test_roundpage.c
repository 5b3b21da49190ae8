/* test_roundpage.c - the page that a round becomes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "plein/mem.h"
#include "plein/page.h"
#include "plein/path.h"
#include "plein/roundpage.h"

#define NOON ((int64_t)1774008000) /* 2026-03-20 12:00 UTC */

static void
add_said(struct round_result *r, const char *who, const char *text)
{
	struct round_said *s = mem_alloc(sizeof(*s));

	s->who = who ? mem_strdup(who) : NULL;
	s->text = mem_strdup(text);
	vec_push(&r->said, s);
}

static void
add_point(struct round_result *r, const char *text, bool agrees)
{
	struct round_point *p = mem_alloc(sizeof(*p));
	struct round_stand *s = mem_alloc(sizeof(*s));

	p->text = mem_strdup(text);
	s->agrees = agrees;
	s->who = mem_strdup("ciso, Veenhoek");
	s->reason = mem_strdup("zo is het");
	vec_push(&p->stands, s);
	vec_push(&r->points, p);
}

static void
release(struct round_result *r)
{
	vec_release(&r->said, round_said_free);
	vec_release(&r->points, round_point_free);
}

static void
test_roundpage__holds_conclusion_answers_and_disagreement(void **state)
{
	struct round_step step = { .n = 1,
				   .title = "Welke waarden?",
				   .question = "Noem er drie.",
				   .names = ROUND_ROLE,
				   .grouped = true };
	struct round_result r = { .step = &step };
	struct round_page p = { .title = "Sensoren",
				.theme = "vraagstukken/sensoren",
				.code = "3f2a9c01b7de",
				.host = "griffie",
				.previous = "reflecties/2024-01-01-wifi",
				.next = "2027-03-01",
				.when = NOON,
				.conclusion = { "Aantallen.", "", NULL, "X",
						"Y" },
				.results = &r,
				.n = 1 };
	struct buf out = BUF_INIT;

	(void)state;
	add_said(&r, "ciso, Veenhoek", "Autonomie: geen\n# keuze.");
	((struct round_said *)r.said.items[0])->more = mem_strdup("Nog iets.");
	add_said(&r, "oov, Veenhoek", "Zomaar.");
	((struct round_said *)r.said.items[1])->late = true;
	add_point(&r, "Niet meten wie.", true);
	add_point(&r, "Een bordje.", false);
	round_page_make(&out, &p, false);
	assert_string_equal(
		out.ptr,
		"---\ntitel: \"Sensoren\"\ntype: reflectie\nstatus: concept\n"
		"datum: \"2026-03-20\"\nhoort_bij: [vraagstukken/sensoren]\n"
		"waarden: [\"Autonomie\"]\nronde: \"3f2a9c01b7de\"\n"
		"begeleider: \"griffie\"\n"
		"vorige_ronde: \"reflecties/2024-01-01-wifi\"\n"
		"herzien_voor: \"2027-03-01\"\n---\n"
		"\n## Waar zijn we het over eens?\n\nAantallen.\n"
		"\n## Waar zijn we het niet over eens, en waarom?\n\n"
		"Niet ingevuld.\n"
		"\n## Wat weten we nog niet?\n\nNiet ingevuld.\n"
		"\n## Wat betekent dit voor ons standpunt?\n\nX\n"
		"\n## Wat is anders dan in de vorige ronde?\n\nY\n"
		"\nVorige ronde: [[reflecties/2024-01-01-wifi]]\n"
		"\n## Stap 1: Welke waarden?\n\nNoem er drie.\n"
		"\nMet rol en gemeente, zonder naam. 2 antwoorden.\n"
		"\n### Autonomie (1)\n\n**ciso, Veenhoek**\n\n> geen\n"
		"> # keuze.\n\nLater toegevoegd:\n\n> Nog iets.\n"
		"\n### Bij geen waarde\n\n**oov, Veenhoek** (nakomer)\n\n"
		"> Zomaar.\n"
		"\n### Eens en oneens\n\n"
		"- Eens: Niet meten wie. Voor: 1. Tegen: 0.\n"
		"  - ciso, Veenhoek, eens: zo is het\n"
		"- Oneens: Een bordje. Voor: 0. Tegen: 1.\n"
		"  - ciso, Veenhoek, oneens: zo is het\n");
	assert_int_equal(page_check(out.ptr, out.len, NULL), 0);
	release(&r);
	buf_release(&out);
}

/* The page of a nameless step with so many answers. */
static char *
make_nameless(int n)
{
	struct round_step step = { .n = 1,
				   .title = "Vrij",
				   .question = "",
				   .names = ROUND_NOBODY,
				   .grouped = true };
	struct round_result r = { .step = &step };
	struct round_page p = { .title = "S",
				.theme = "themas/x",
				.code = "c",
				.host = "h",
				.when = NOON,
				.results = &r,
				.n = 1 };
	struct buf out = BUF_INIT;

	while (n-- > 0)
		add_said(&r, NULL, "Geheim: woord.");
	round_page_make(&out, &p, true);
	release(&r);
	return buf_take(&out);
}

static void
test_roundpage__fewer_than_five_nameless_answers_are_not_written(void **state)
{
	char *few = make_nameless(ROUND_FEW - 1),
	     *enough = make_nameless(ROUND_FEW);

	(void)state;
	assert_null(strstr(few, "woord"));
	assert_null(strstr(few, "Geheim"));
	assert_non_null(strstr(few, "4 answers."));
	assert_non_null(strstr(few, "fewer than five"));
	assert_non_null(strstr(enough, "> woord.\n\n---\n\n> woord."));
	assert_non_null(strstr(enough, "waarden: [\"Geheim\"]"));
	assert_null(strstr(enough, "fewer than five"));
	free(few);
	free(enough);
}

static void
expect_address(const char *title, int nth, const char *want)
{
	struct buf out = BUF_INIT;

	round_address(&out, title, NOON, nth);
	assert_string_equal(out.ptr, want);
	assert_true(slug_is_valid(out.ptr + strlen("reflecties/"),
				  out.len - strlen("reflecties/")));
	buf_release(&out);
}

static void
test_roundpage__has_an_address_of_its_day(void **state)
{
	(void)state;
	expect_address("Wat willen we meten?", 1,
		       "reflecties/2026-03-20-wat-willen-we-meten");
	expect_address("Wat willen we meten?", 2,
		       "reflecties/2026-03-20-wat-willen-we-meten-2");
	expect_address("?!", 1, "reflecties/2026-03-20");
	expect_address("Een heel lange titel die nergens meer bij past en maar "
		       "doorgaat en doorgaat",
		       12,
		       "reflecties/2026-03-20-een-heel-lange-titel-die-nergens-"
		       "meer-bij-pas-12");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			test_roundpage__holds_conclusion_answers_and_disagreement),
		cmocka_unit_test(
			test_roundpage__fewer_than_five_nameless_answers_are_not_written),
		cmocka_unit_test(test_roundpage__has_an_address_of_its_day),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
