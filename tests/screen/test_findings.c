/*
 * test_findings.c - the commands that find, compare, move and put back,
 * against a wiki of the test.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "fake_run.h"
#include "fake_wiki.h"

static void
test_findings__search_now_and_in_old_versions(void **state)
{
	struct outcome r;

	(void)state;
	fake_expect("zoek Digitale", "", 0,
		    "hoofdonderwerpen/digitale-infrastructuur\thoofdonderwerp\t"
		    "Digitale infrastructuur\teen *woord*\\nen meer\n"
		    "themas/digitale-toegang\tthema\t"
		    "Digitale toegang en identiteit\teen *woord*\\nen meer\n"
		    "besluiten/2021-02-12-resolutie\tbesluit\t"
		    "Resolutie Digitale veiligheid\teen *woord*\\nen meer\n"
		    "begrippen/leeg@4\tbegrip\tLeeg\teen *woord*\\nen meer\n"
		    "themas/common-ground@1\tthema\tCommon Ground\t"
		    "een *woord*\\nen meer\n",
		    "");
	/* an old text of a page that was found already is no news */
	fake_expect("search Common Ground", "", 0,
		    "themas/common-ground\tthema\tCommon Ground\t"
		    "een *woord*\\nen meer\n"
		    "begrippen/leeg@4\tbegrip\tLeeg\teen *woord*\\nen meer\n",
		    "");
	fake_expect("zoek Common --in paginas", "", 0,
		    "themas/common-ground\tthema\tCommon Ground\t"
		    "een *woord*\\nen meer\n",
		    "");
	fake_expect("search Common --since 2025-01-01", "", 0,
		    "themas/common-ground\tthema\tCommon Ground\t"
		    "een *woord*\\nen meer\n",
		    "");
	fake_expect("search nergens", "", 1, "", "Niets gevonden.");
	fake_run(&r, "search Common --json", "");
	assert_int_equal(r.status, 0);
	assert_ptr_equal(strstr(r.out.ptr,
				"{\"path\":\"themas/common-ground\",\"title\":"
				"\"Common Ground\",\"kind\":\"thema\","),
			 r.out.ptr);
	assert_non_null(strstr(r.out.ptr, "\"passage\":\"een *woord*\\nen "
					  "meer\",\"old\":false,"));
	assert_non_null(strstr(r.out.ptr, "\"old\":true,"));
	outcome_release(&r);
}

static void
test_findings__who_else_is_here(void **state)
{
	(void)state;
	fake_expect_as("lezer", "who", "", 0,
		       "griffie.waterdam\tGert Griffie\tthemas/common-ground\t"
		       "bewerkt\tBronnen\n"
		       "ciso.veenhoek\tGert Griffie\t"
		       "hoofdonderwerpen/publieke-waarden\tleest\t\n"
		       "griffie.waterdam\tGert Griffie\t\t\t\n",
		       "");
}

static void
test_findings__search_says_what_it_did_not_see(void **state)
{
	struct outcome r;

	(void)state;
	fake_run(&r, "search half", "");
	assert_int_equal(r.status, 0);
	assert_non_null(strstr(r.err.ptr, "Nog niet alle oude versies "
					  "doorzocht."));
	outcome_release(&r);
	fake_run(&r, "search half --stil", "");
	assert_string_equal(r.err.ptr, "");
	outcome_release(&r);
	fake_expect("search traag", "", 1, "", "Nog niet alle oude versies");
	fake_expect("search traag --in versies", "", 1, "", "Nog niet alle");
	fake_expect("zoek x --in gesprekken", "", 1, "", "Niets gevonden.");
	fake_expect("zoek x --in elders", "", 2, "", "Zoek in paginas");
	fake_expect("zoek", "", 2, "", "Zo: zoek WOORDEN");
	fake_expect("search", "", 2, "", "Zo: search WOORDEN");
	fake_expect("zoek x --sinds gisteren", "", 2, "", "2026-03-12");
}

static void
test_findings__backlinks(void **state)
{
	static const char line[] = "begrippen/leeg\tLeeg\t"
				   "een *woord*\\nen meer\n";
	struct buf rows = BUF_INIT;
	struct outcome r;

	(void)state;
	for (int i = 0; i < 3; i++)
		buf_str(&rows, line);
	buf_str(&rows, "vraagstukken/digitale-soevereiniteit\t"
		       "Wie heeft de sleutels?\t\n");
	fake_expect("hierheen common ground", "", 0, rows.ptr, "");
	fake_expect("backlinks index", "", 1, "", "Niets gevonden.");
	buf_reset(&rows);
	buf_str(&rows, line);
	buf_str(&rows, "vraagstukken/digitale-soevereiniteit\t"
		       "Wie heeft de sleutels?\t\n");
	fake_expect("hierheen common ground@2025-03-05", "", 0, rows.ptr, "");
	fake_expect("backlinks index@3", "", 2, "", "PAGINA@DATUM");
	/* not told to be complete */
	fake_expect("backlinks common ground@2025-02-01", "", 0, rows.ptr,
		    "Nog niet alle oude versies doorzocht.");
	fake_run(&r, "backlinks common ground@2025-02-01 --json", "");
	assert_non_null(strstr(r.err.ptr, "Nog niet alle oude versies"));
	outcome_release(&r);
	fake_run(&r, "verhaal common ground@2025-02-01", "");
	assert_int_equal(r.status, 0);
	assert_non_null(strstr(r.err.ptr, "Hierbij horen meer pagina's"));
	assert_non_null(strstr(r.err.ptr, "Nog niet alle oude versies"));
	outcome_release(&r);
	fake_run(&r, "verhaal common ground@2025-03-05", "");
	assert_string_equal(r.err.ptr, "");
	outcome_release(&r);
	buf_release(&rows);
}

static void
test_findings__changes(void **state)
{
	static const char all[] =
		"3\tthemas/b\t2025-03-17T10:00:00+00:00\tgriffie.waterdam\t"
		"een\\ttab\n"
		"3\tthemas/a\t2025-03-17T10:00:00+00:00\tgriffie.waterdam\t"
		"een\\ttab\n"
		"1\tthemas/c\t2025-03-17T10:00:00+00:00\tgriffie.waterdam\t"
		"een\\ttab\n";
	struct outcome r;

	(void)state;
	fake_expect("wijzigingen", "", 0, all, "");
	/* until a day means until it ends */
	fake_expect("changes --since 2025-03-17 --until 2025-03-17", "", 0, all,
		    "");
	fake_expect("changes --until 2025-03-16", "", 1, "", "Niets gevonden.");
	fake_expect("wijzigingen --sinds 2025-03-18", "", 1, "",
		    "Niets gevonden.");
	fake_expect("changes --folder besluiten/", "", 1, "",
		    "Niets gevonden.");
	fake_expect("changes --until straks", "", 2, "", "2026-03-12");
	fake_expect("changes themas", "", 4, "", "bestaat niet");
	fake_expect("wijzigingen common ground", "", 1, "", "Niets gevonden.");
	fake_expect("wijzigingen themas/a", "", 0,
		    "3\tthemas/a\t2025-03-17T10:00:00+00:00\t"
		    "griffie.waterdam\teen\\ttab\n",
		    "");
	fake_run(&r, "changes --door ciso.veenhoek --json", "");
	assert_int_equal(r.status, 0);
	assert_ptr_equal(strstr(r.out.ptr, "{\"version\":3,\"path\":"
					   "\"themas/b\","),
			 r.out.ptr);
	assert_non_null(strstr(r.out.ptr, "\"action\":\"gone\","
					  "\"author\":\"ciso.veenhoek\""));
	outcome_release(&r);
}

static void
test_findings__log_gives_all_versions(void **state)
{
	struct outcome r;

	(void)state;
	fake_run(&r, "log begrippen/leeg", "");
	assert_int_equal(r.status, 0);
	assert_ptr_equal(strstr(r.out.ptr, "7\t2025"), r.out.ptr);
	assert_non_null(strstr(r.out.ptr, "\n1\t2025"));
	outcome_release(&r);
	fake_run(&r, "log begrippen/leeg -n 3", "");
	assert_non_null(strstr(r.out.ptr, "\n5\t2025"));
	assert_null(strstr(r.out.ptr, "\n4\t2025"));
	outcome_release(&r);
	fake_expect("log themas/niets", "", 4, "", "bestaat niet");
}

static void
test_findings__diff(void **state)
{
	struct outcome r;

	(void)state;
	fake_expect("verschil common ground 1 5", "", 0,
		    "@@ -1,2 +1,2 @@\nboven\n[-oud-]{+nieuw+} woord\n", "");
	fake_expect("diff themas/common-ground 4 --lines", "", 0,
		    "--- themas/common-ground@4\n+++ themas/common-ground@7\n"
		    "@@ -1,2 +1,2 @@\n boven\n-oud woord\n+nieuw woord\n"
		    "\\ No newline at end of file\n",
		    "");
	fake_expect("diff common ground 1 2", "", 1, "", "dezelfde tekst");
	fake_expect("diff common ground 8", "", 4, "", "bestaat niet");
	fake_expect("diff common ground", "", 2, "", "welke versies");
	fake_run(&r, "diff common ground 3", "");
	assert_int_equal(r.status, 0);
	assert_non_null(strstr(r.err.ptr, "niet alle verschillen"));
	outcome_release(&r);
	fake_run(&r, "diff common ground 1 5 --json", "");
	assert_ptr_equal(strstr(r.out.ptr,
				"{\"path\":\"themas/common-ground\",\"from\":1,"
				"\"to\":5,\"from_line\":1,"),
			 r.out.ptr);
	assert_non_null(strstr(r.out.ptr, "\"words\":[{\"kind\":\"-\""));
	outcome_release(&r);
}

static void
test_findings__blame(void **state)
{
	static const char piece[] =
		"5\tgriffie.waterdam\t2025-03-17T10:00:00+00:00\t"
		"een\\na\\\\b\n";
	struct buf three = BUF_INIT;
	struct outcome r;

	(void)state;
	for (int i = 0; i < 3; i++)
		buf_str(&three, piece);
	fake_expect("wie-schreef common ground@5", "", 0, three.ptr, "");
	buf_release(&three);
	fake_run(&r, "blame themas/common-ground@3 --json", "");
	assert_int_equal(r.status, 0);
	assert_string_equal(r.err.ptr, "");
	assert_non_null(strstr(r.out.ptr, "\"line\":5,\"lines\":2,"
					  "\"text\":\"een\\na\\\\b\"}\n"));
	outcome_release(&r);
	fake_run(&r, "blame themas/common-ground@3", "");
	assert_non_null(strstr(r.err.ptr, "kan ouder zijn"));
	outcome_release(&r);
	fake_expect("blame common ground@8", "", 4, "", "bestaat niet");
}

static void
test_findings__move_delete_and_restore(void **state)
{
	(void)state;
	fake_expect("hernoem common ground themas/samen", "", 0, "2\n",
		    "themas/samen: hierheen verplaatst.");
	fake_expect("rename themas/common-ground themas/samen --json", "", 0,
		    "{\"path\":\"themas/samen\",\"version\":2,"
		    "\"from\":\"themas/common-ground\"}\n",
		    "");
	fake_expect("rename common ground index", "", 6, "",
		    "Er is al een pagina");
	fake_expect("rename common", "", 2, "", "nieuwe adres");
	fake_expect("verwijder common ground --toelichting dubbel", "", 0,
		    "2\n", "verwijderd");
	fake_expect("delete index", "", 6, "", "De startpagina blijft");
	fake_expect("delete themas/niets", "", 4, "", "bestaat niet");
	fake_expect("delete common ground@1", "", 2, "", "zonder @");
	fake_expect("terugplaatsen themas/weg", "", 0, "3\n", "teruggeplaatst");
	fake_expect("restore themas/weg --stil", "", 0, "3\n", "");
	fake_expect("restore common ground", "", 6, "", "Er is al een pagina");
	fake_expect("restore iets dat er nooit was", "", 4, "", "bestaat niet");
}

static void
test_findings__revert_and_undo(void **state)
{
	struct outcome r;

	(void)state;
	fake_expect("terugdraaien common ground 1", "", 0, "2\n", "versie 2");
	fake_expect("revert themas/common-ground 1 --note same", "", 1, "",
		    "niets gewijzigd");
	fake_expect("revert common ground 2", "", 4, "", "bestaat niet");
	fake_expect("revert common ground", "", 2, "", "welke versie");
	fake_expect("ongedaan common ground 1", "", 0, "2\n", "versie 2");
	fake_expect("undo common ground 1 --note conflict", "", 5, "",
		    "later opnieuw gewijzigd");
	fake_run(&r, "undo themas/digitale-toegang 1 --note conflict --json",
		 "");
	assert_int_equal(r.status, 5);
	assert_non_null(strstr(r.out.ptr, "\"text\":\"---"));
	assert_non_null(strstr(r.out.ptr, "\"yours\":\"---"));
	assert_non_null(strstr(r.err.ptr, "\"error\":\"conflict\""));
	outcome_release(&r);
}

static void
test_findings__a_date_behind_a_page(void **state)
{
	(void)state;
	fake_expect("read common ground@2020-02-01", "", 4, "",
		    "bestond toen niet");
	fake_expect("themas/common-ground@2020-02-01T10:00", "", 4, "",
		    "bestond toen niet");
	fake_expect("tree common ground@2020-02-01", "", 4, "", "bestaat niet");
	fake_expect("tree common ground@3", "", 2, "", "geen versies");
	/* no date: it belongs to the name */
	fake_expect("read common ground@2020-02-31", "", 4, "", "bestaat niet");
}

static void
test_findings__list_what_is_new(void **state)
{
	(void)state;
	fake_expect_as("redacteur", "lijst --nieuw", "", 0,
		       "hoofdonderwerpen/publieke-waarden\thoofdonderwerp\t"
		       "ter-bespreking\tPublieke waarden\n"
		       "themas/common-ground\tthema\tconcept\t"
		       "Common Ground\n",
		       "");
	fake_expect_as("redacteur", "list themas --new", "", 0,
		       "themas/common-ground\tthema\tconcept\t"
		       "Common Ground\n",
		       "");
	fake_expect("list --new", "", 1, "", "Niets gevonden.");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_findings__who_else_is_here),
		cmocka_unit_test(test_findings__search_now_and_in_old_versions),
		cmocka_unit_test(
			test_findings__search_says_what_it_did_not_see),
		cmocka_unit_test(test_findings__backlinks),
		cmocka_unit_test(test_findings__list_what_is_new),
		cmocka_unit_test(test_findings__changes),
		cmocka_unit_test(test_findings__log_gives_all_versions),
		cmocka_unit_test(test_findings__diff),
		cmocka_unit_test(test_findings__blame),
		cmocka_unit_test(test_findings__move_delete_and_restore),
		cmocka_unit_test(test_findings__revert_and_undo),
		cmocka_unit_test(test_findings__a_date_behind_a_page),
	};

	return cmocka_run_group_tests(tests, fake_wiki_speak_dutch, NULL);
}
