/*
 * test_oneshots.c - commands without a terminal, in a child of the test,
 * against a wiki of the test: what they print, say and exit with.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>
#include <jansson.h>

#include "fake_run.h"
#include "fake_scene.h"
#include "fake_wiki.h"
#include "oneshot.h"
#include "plein/passfd.h"
#include "plein/tar.h"

static void
test_oneshots__print_records(void **state)
{
	(void)state;
	fake_expect(
		"whoami", "", 0,
		"beleid.duinstad\tbijdrager\tSHA256:Zk3vQ8x9fQ\tBea Beleid\n",
		"");
	fake_expect("version", "", 0, "0.0\t1\tSHA256:9c2TUe4\n", "");
	fake_expect("lijst besluiten/", "", 0,
		    "besluiten/2021-02-12-resolutie\tbesluit\tvastgesteld\t"
		    "Resolutie Digitale veiligheid\n",
		    "");
	fake_expect(
		"log common ground", "", 0,
		"1\t2025-03-17T10:00:00+00:00\tgriffie.waterdam\teen\\ttab\n",
		"");
	fake_expect(
		"geschiedenis common ground --alle -n 1", "", 0,
		"1\t2025-03-17T10:00:00+00:00\tgriffie.waterdam\teen\\ttab\n",
		"");
	fake_expect_as("beheerder", "log common ground --all -n 3", "", 0,
		       "14\t2025-03-17T10:26:00+00:00\tgriffie.waterdam\t"
		       "andere overheden toegevoegd\n"
		       "13\t2025-03-12T16:40:00+00:00\tciso.veenhoek\t"
		       "verwijzingen en bron toegevoegd\n"
		       "3f2a9c01b7de\t2025-03-12T08:14:00+00:00\t"
		       "griffie.waterdam\t"
		       "gesprek: Wat vragen we van leveranciers?\n",
		       "");
	fake_expect("list onbekend", "", 1, "", "Niets gevonden.");
	fake_expect("list onbekend --stil", "", 1, "", "");
}

/* What git asked for and does not get. */
static void
test_oneshots__tell_who_may_not_send(void **state)
{
	(void)state;
	fake_expect_as("lezer", "git-receive-pack '/agenda.git'", "", 1, "",
		       "Je kunt deze wiki met git lezen");
	fake_expect_as("bijdrager", "git-receive-pack '/agenda.git'", "", 1, "",
		       "Met git kun je de wiki klonen");
}

static void
test_oneshots__print_the_tree(void **state)
{
	(void)state;
	fake_expect(
		"boom", "", 0,
		"doelstellingen/mogelijk-maken\tconcept\t"
		"Mogelijk maken (de basis op orde)\n"
		"  hoofdonderwerpen/digitale-infrastructuur\tconcept\t"
		"Digitale infrastructuur\n"
		"    themas/common-ground\tconcept\tCommon Ground\n"
		"      vraagstukken/digitale-soevereiniteit\tin-bespreking\t"
		"Wie heeft de sleutels?\n"
		"    themas/digitale-toegang\tvastgesteld\t"
		"Digitale toegang en identiteit\n"
		"doelstellingen/duiden-en-reflecteren\tconcept\t"
		"Duiden en reflecteren (van waarden en innovatie in een "
		"informatiesamenleving)\n"
		"  hoofdonderwerpen/publieke-waarden\tter-bespreking\t"
		"Publieke waarden\n"
		"begrippen/leeg\tconcept\tLeeg\n"
		"begrippen/vreemde-tekens\tconcept\tVreemde tekens\n"
		"besluiten/2021-02-12-resolutie\tvastgesteld\t"
		"Resolutie Digitale veiligheid\n",
		"");
}

static void
test_oneshots__read_pages(void **state)
{
	(void)state;
	fake_expect("lees digitale toegang en identiteit", "", 0,
		    "Digitale toegang en identiteit\n\n"
		    "  Wie je bent, laat je één keer zien. Lees ook "
		    "[Common Ground].\n",
		    "");
	fake_expect("themas/toegang --links", "", 0,
		    "themas/common-ground\tCommon Ground\n", "Doorverwezen");
	fake_expect("themas/toegang --links --stil", "", 0,
		    "themas/common-ground\tCommon Ground\n", "");
	fake_expect("read themas/niets", "", 4, "", "bestaat niet");
}

static void
test_oneshots__speak_json(void **state)
{
	(void)state;
	fake_expect("read themas/niets --json", "", 4, "",
		    "{\"error\":\"not-found\",\"code\":4,\"message\":\"Deze");
	fake_expect("onzin --json", "", 2, "",
		    "{\"error\":\"usage\",\"code\":2");
	fake_expect("save themas/common-ground --base 1 --json", "x\n", 0,
		    "{\"path\":\"themas/common-ground\",\"version\":2}\n", "");
}

static void
test_oneshots__speak_the_language_asked_for(void **state)
{
	(void)state;
	fake_expect("read themas/niets --lang en", "", 4, "", "does not exist");
	fake_expect("read themas/niets --taal nl", "", 4, "", "bestaat niet");
}

static void
test_oneshots__save(void **state)
{
	(void)state;
	fake_expect("save themas/common-ground --base 1", "een\r\ntwee\r\n", 0,
		    "2\n", "Opgeslagen als versie 2.");
	fake_expect("save themas/common-ground --base 7", "x\n", 5, "",
		    "Gert Griffie heeft deze pagina intussen gewijzigd");
	fake_expect("save themas/common-ground --base 1 --note full", "x\n", 7,
		    "", "schijf");
	fake_expect("save themas/common-ground --base 1 --note lost", "x\n", 8,
		    "", "Niet zeker");
	fake_expect("save themas/common-ground --base 1 --note doubt", "x\n", 0,
		    "2\n", "versie 2");
	fake_expect("opslaan themas/common-ground --op 1 --klein --stil", "x\n",
		    0, "2\n", "");
	fake_expect("save themas/common-ground@1 --base 1", "x\n", 2, "",
		    "zonder @");
	fake_expect("save themas/common-ground", "x\n", 2, "", "--op V");
	fake_expect("save themas/common-ground --base 1", "a\x1b[2Jb\n", 6, "",
		    "Regel 1 bevat een teken dat de wiki niet bewaart.");
}

/* The wiki dies in the middle and comes back: asked again, saved once. */
static void
test_oneshots__survive_a_wiki_that_dies(void **state)
{
	(void)state;
	fake_expect("save themas/common-ground --base 1 --note die", "x\n", 0,
		    "2\n", "versie 2");
}

static void
test_oneshots__give_both_texts_of_a_conflict_as_json(void **state)
{
	struct outcome r;

	(void)state;
	fake_run(&r, "save themas/digitale-toegang --base 7 --json", "mijn\n");
	assert_int_equal(r.status, 5);
	assert_non_null(strstr(r.out.ptr, "\"yours\":\"mijn\\n\""));
	assert_non_null(strstr(r.out.ptr, "Wie je bent"));
	assert_non_null(strstr(r.err.ptr, "\"error\":\"conflict\""));
	outcome_release(&r);
	/* of a page that is gone there is only one */
	fake_run(&r, "save themas/weg --base 1 --json", "mijn\n");
	assert_int_equal(r.status, 5);
	assert_string_equal(r.out.ptr,
			    "{\"path\":\"themas/weg\",\"version\":2,"
			    "\"author\":\"griffie.waterdam\",\"text\":null,"
			    "\"yours\":\"mijn\\n\",\"gone\":true,"
			    "\"regions\":[]}\n");
	outcome_release(&r);
}

static void
test_oneshots__tell_whose_change_is_included(void **state)
{
	struct outcome r;

	(void)state;
	fake_expect("save themas/common-ground --base 1 --note joined", "x\n",
		    0, "3\n", "De wijziging van Gert Griffie is meegenomen.");
	fake_run(&r, "save themas/common-ground --base 1 --note joined --json",
		 "x\n");
	assert_int_equal(r.status, 0);
	assert_non_null(strstr(r.out.ptr, "\"joined\":true"));
	assert_non_null(strstr(r.out.ptr, "\"handle\":\"griffie.waterdam\""));
	outcome_release(&r);
}

static void
test_oneshots__create(void **state)
{
	(void)state;
	fake_expect("maak themas/nieuw --soort thema --titel Iets heel nieuws",
		    "tekst\n", 0, "1\n", "versie 1");
	fake_expect("create themas/common-ground --kind thema --title X", "", 6,
		    "", "Er is al een pagina");
	fake_expect("create themas/nieuw --kind thema", "", 2, "", "titel");
}

static void
test_oneshots__drafts(void **state)
{
	static const char line[] =
		"themas/digitale-toegang\t1\t2025-03-17T10:00:00+00:00\t"
		"Digitale toegang en identiteit\n";
	struct outcome r;

	(void)state;
	fake_expect("draft", "", 1, "", "");
	fake_expect_as("redacteur", "draft", "", 0, line, "");
	fake_expect_as("redacteur", "klad lijst", "", 0, line, "");
	fake_expect("klad lees themas/geen", "", 4, "", "Je hebt geen klad");
	fake_expect("klad weg common ground", "", 4, "", "Je hebt geen klad");
	fake_expect("draft read themas/geen --json", "", 4, "",
		    "{\"error\":\"not-found\",\"code\":4,");
	fake_expect_as("redacteur", "draft drop themas/digitale-toegang", "", 0,
		       "", "weggegooid");
	fake_run_as(&r, "redacteur", "klad lees digitale toegang en identiteit",
		    "");
	assert_int_equal(r.status, 0);
	assert_non_null(strstr(r.out.ptr, "\nEen zin uit het klad.\n"));
	outcome_release(&r);
	fake_run_as(&r, "redacteur",
		    "draft read themas/digitale-toegang --json", "");
	assert_int_equal(r.status, 0);
	assert_non_null(strstr(r.out.ptr, "\"base\":1,"));
	assert_non_null(strstr(r.out.ptr, "uit het klad.\\n\"}\n"));
	outcome_release(&r);
	fake_expect("draft throw themas/x", "", 2, "", "klad");
	fake_expect("draft list themas/x", "", 2, "", "klad");
	fake_expect("draft read", "", 2, "", "Welke pagina");
}

static void
test_oneshots__profile(void **state)
{
	(void)state;
	fake_expect("profiel", "", 0,
		    "account\tbeleid.duinstad\nnaam\tBea Beleid\n"
		    "gemeente\tDuinstad\nrol\tbijdrager\ntaal\tnl\n"
		    "weergave\tscreen\nkleur\tautomatic\ntekens\tnormal\n"
		    "muis\toff\nklembord\toff\nesc\t25\n",
		    "");
	fake_expect("profile --json", "", 0,
		    "{\"account\":\"beleid.duinstad\",\"name\":\"Bea "
		    "Beleid\",\"organisation\":\"Duinstad\",\"role\":"
		    "\"bijdrager\",\"language\":\"nl\",\"view\":\"screen\","
		    "\"colour\":\"automatic\",\"signs\":\"normal\",\"mouse\":"
		    "\"off\",\"clipboard\":\"off\",\"esc\":25}\n",
		    "");
	fake_expect("profiel naam=Bea van Dam muis=aan", "", 0, "", "Bewaard");
	fake_expect("profile esc=9", "", 6, "", "van 25 tot 500");
	fake_expect("profile esc=9 --json", "", 6, "",
		    "{\"error\":\"rule\",\"code\":6,");
	fake_expect("profiel rol=beheerder", "", 2, "", "Welk veld");
	fake_expect("profiel schoenmaat=44", "", 2, "", "Welk veld");
	fake_expect("profiel naam", "", 2, "", "Welk veld");
}

static void
test_oneshots__keys(void **state)
{
	static const char first[] =
		"1\tSHA256:Zk3vQ8x9fQ\ted25519\t"
		"2025-01-12T09:00:00+00:00\t2025-03-17T10:00:00+00:00\t"
		"laptop Duinstad\n",
			  second[] = "2\tSHA256:pL0aa1dx2E\trsa 4096\t"
				     "2025-01-12T09:00:00+00:00\t\tthuis\n";
	struct buf both = BUF_INIT;

	(void)state;
	buf_printf(&both, "%s%s", first, second);
	fake_expect("sleutel", "", 0, both.ptr, "");
	fake_expect("key list", "", 0, both.ptr, "");
	buf_release(&both);
	fake_expect("sleutel weg 2", "", 0, first, "");
	fake_expect("key remove SHA256:pL0aa1dx2E", "", 0, first, "");
	fake_expect("key remove SHA256:pL0aa1dx2E --json", "", 0,
		    "{\"number\":1,\"fingerprint\":\"SHA256:Zk3vQ8x9fQ\","
		    "\"kind\":\"ed25519\",\"label\":\"laptop Duinstad\","
		    "\"added\":\"2025-01-12T09:00:00+00:00\",\"used\":"
		    "\"2025-03-17T10:00:00+00:00\"}\n",
		    "");
	fake_expect("sleutel weg 3", "", 4, "", "Zo'n sleutel");
	fake_expect("sleutel weg 0", "", 4, "", "Zo'n sleutel");
	fake_expect("sleutel weg", "", 2, "", "Welke sleutel");
	fake_expect("sleutel weg 1 2", "", 2, "", "Welke sleutel");
	fake_expect("key steal 1", "", 2, "", "Sleutels");
	fake_expect("key list x", "", 2, "", "key");
	fake_expect("sleutel erbij", "dit is niets", 6, "", "geen openbare");
	fake_expect("sleutel erbij", "", 6, "", "geen openbare");
}

static void
test_oneshots__news(void **state)
{
	struct outcome r;

	(void)state;
	fake_expect("nieuws", "", 1, "", "");
	fake_expect_as("redacteur", "news --since 2025-03-01", "", 0,
		       "themas/common-ground\tnew\t1\t"
		       "2025-03-17T10:00:00+00:00\tgriffie.waterdam\t"
		       "Common Ground\teen\\ttab\n"
		       "hoofdonderwerpen/publieke-waarden\tchanged\t7\t"
		       "2025-03-17T10:00:00+00:00\tgriffie.waterdam\t"
		       "Publieke waarden\teen\\ttab\n",
		       "");
	fake_run_as(&r, "redacteur", "nieuws --json", "");
	assert_int_equal(r.status, 0);
	assert_non_null(strstr(r.out.ptr, "{\"path\":\"themas/common-ground\","
					  "\"title\":\"Common Ground\","));
	assert_non_null(strstr(r.out.ptr, "\"state\":\"new\""));
	outcome_release(&r);
	fake_expect_as("lezer", "news", "", 0,
		       "3f2a9c01b7de\tmention\t1\t2025-03-17T10:00:00+00:00\t"
		       "griffie.waterdam\tWat nu?\tWeet @lezer\\ndat?\n"
		       "3f2a9c01b7de\treply\t1\t2025-03-17T10:00:00+00:00\t"
		       "griffie.waterdam\tWat nu?\tWeet @lezer\\ndat?\n"
		       "3f2a9c01b7de\tremark\t3\t2025-03-17T10:00:00+00:00\t"
		       "griffie.waterdam\tWat nu?\tWeet @lezer\\ndat?\n"
		       "themas/digitale-toegang\tchanged\t1\t"
		       "2025-03-17T10:00:00+00:00\tgriffie.waterdam\t"
		       "Digitale toegang en identiteit\teen\\ttab\n"
		       "3f2a9c01b7de\tthread\t2\t2025-03-17T10:00:00+00:00\t"
		       "griffie.waterdam\tWat nu?\tWeet @lezer\\ndat?\n",
		       "");
	fake_expect("news --since gisteren", "", 2, "", "2026-03-12");
	fake_expect("news iets", "", 2, "", "geen woorden");
}

static void
test_oneshots__help(void **state)
{
	struct outcome r;

	(void)state;
	fake_run(&r, "hulp", "");
	assert_int_equal(r.status, 0);
	assert_non_null(strstr(r.out.ptr, "lees, read"));
	outcome_release(&r);
	fake_run(&r, "help putty", "");
	assert_int_equal(r.status, 0);
	assert_non_null(strstr(r.out.ptr, "\n  xterm-256color\n"));
	outcome_release(&r);
	fake_run(&r, "hulp log", ""); /* a command, and no topic */
	assert_null(strstr(r.out.ptr, "spatiebalk"));
	outcome_release(&r);
	fake_run(&r, "hulp geschiedenis", ""); /* both */
	assert_non_null(strstr(r.out.ptr, "geschiedenis, log"));
	assert_non_null(strstr(r.out.ptr, "spatiebalk"));
	outcome_release(&r);
	fake_run(&r, "hulp De eerste tien minuten", "");
	assert_non_null(strstr(r.out.ptr, "als een boom"));
	outcome_release(&r);
	fake_run(&r, "help keyboard", "");
	assert_non_null(strstr(r.out.ptr, "\n  Ctrl-S, F2, Ctrl-O "));
	outcome_release(&r);
	fake_run(&r, "help mac --json", "");
	assert_non_null(strstr(r.out.ptr, "{\"topic\":\"mac\",\"name\":"));
	outcome_release(&r);
	assert_true(oneshot_wants_lines(""));
	assert_true(oneshot_wants_lines("lijn"));
	assert_false(oneshot_wants_lines("hulp"));
	fake_expect("help onzin", "", 2, "", "bestaat niet");
	fake_expect("screen", "", 2, "", "ssh -t");
	fake_expect("git-receive-pack 'agenda'", "", 1, "", "naar main");
}

static void
test_oneshots__api_speaks_the_protocol(void **state)
{
	static const char ask[] = "{\"jsonrpc\":\"2.0\",\"id\":5,"
				  "\"method\":\"wiki.version\"}\n";
	struct outcome r;

	(void)state;
	fake_run(&r, "api", ask);
	assert_int_equal(r.status, 0);
	assert_non_null(strstr(r.out.ptr, "\"id\":5"));
	assert_non_null(strstr(r.out.ptr, "\"protocol\":1"));
	assert_ptr_equal(strchr(r.out.ptr, '\n'), r.out.ptr + r.out.len - 1);
	outcome_release(&r);
}

static void
test_oneshots__say_that_the_wiki_is_away(void **state)
{
	struct outcome r;
	int control[2];

	(void)state;
	assert_int_equal(passfd_pair(control, NULL), 0);
	(void)close(control[0]);
	fake_run_at(&r, "whoami", "", control[1]);
	assert_int_equal(r.status, 7);
	assert_non_null(strstr(r.err.ptr, "even weg"));
	outcome_release(&r);
}

/* A guest is somebody without a profile, too. */
static void
test_oneshots__register_whoever_has_no_profile(void **state)
{
	static const char answers[] = "Bea\nbea\nDuinstad\nIk doe mee.\n\n\n\n";
	struct outcome r;

	(void)state;
	fake_run_as(&r, "gast", "register", answers);
	assert_int_equal(r.status, 0);
	assert_non_null(strstr(r.out.ptr, "Je nummer is 37."));
	outcome_release(&r);
	fake_run_as(&r, "bijdrager", "register", answers);
	assert_int_equal(r.status, 3);
	assert_non_null(strstr(r.err.ptr, "Je hebt al een profiel."));
	outcome_release(&r);
}

static void
test_oneshots__know_what_wants_a_screen(void **state)
{
	static const struct {
		const char *line, *page;
		bool screen;
		enum screen first;
	} rows[] = {
		{ "", "", true, SCREEN_START },
		{ "scherm", "", true, SCREEN_START },
		{ "themas/common-ground", "themas/common-ground", true,
		  SCREEN_PAGE },
		{ "index", "index", true, SCREEN_PAGE },
		{ "register", "", true, SCREEN_REGISTER },
		{ "aanvraag", "", true, SCREEN_WAITING },
		{ "aanvraag code", "", false, SCREEN_START },
		{ "aanvraag --reden x", "", false, SCREEN_START },
		{ "read themas/common-ground", "", false, SCREEN_START },
		{ "themas/common-ground --source", "", false, SCREEN_START },
		{ "whoami", "", false, SCREEN_START },
		{ "onzin", "", false, SCREEN_START },
	};
	enum screen first;
	json_t *args;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_int_equal(
			oneshot_wants_screen(rows[i].line, &first, &args),
			rows[i].screen);
		assert_string_equal(args_text(args, "address"), rows[i].page);
		if (rows[i].screen)
			assert_int_equal(first, rows[i].first);
		json_decref(args);
	}
}

/* Every file of the archive; how many. */
static size_t
read_archive(const struct buf *tar, struct buf *names, struct buf *texts)
{
	struct tar_entry e;
	size_t at = 0, n = 0;

	while (at + TAR_BLOCK <= tar->len &&
	       tar_parse(tar->ptr + at, &e, NULL) == 1) {
		at += TAR_BLOCK;
		buf_printf(names, "%s\n", e.name);
		buf_add(texts, tar->ptr + at, (size_t)e.size);
		at += ((size_t)e.size + TAR_BLOCK - 1) / TAR_BLOCK * TAR_BLOCK;
		n++;
	}
	assert_int_equal(tar->len, at + 2 * (size_t)TAR_BLOCK);
	return n;
}

static void
test_oneshots__export_is_an_archive_of_all_pages(void **state)
{
	struct buf names = BUF_INIT, texts = BUF_INIT;
	struct outcome r;

	(void)state;
	fake_run(&r, "exporteer", "");
	assert_int_equal(r.status, 0);
	assert_string_equal(r.err.ptr, "");
	assert_int_equal(read_archive(&r.out, &names, &texts), 11);
	assert_non_null(strstr(names.ptr, "themas/common-ground.md\n"));
	assert_non_null(strstr(names.ptr, "index.md\n"));
	/* byte for byte, with the fields */
	assert_non_null(strstr(texts.ptr, "aliassen: [themas/toegang]\n---\n"
					  "Wie je bent, laat je"));
	outcome_release(&r);
	buf_reset(&names);
	fake_run(&r, "export besluiten/ --format tar", "");
	assert_int_equal(read_archive(&r.out, &names, &texts), 1);
	assert_string_equal(names.ptr, "besluiten/2021-02-12-resolutie.md\n");
	outcome_release(&r);
	buf_release(&names);
	buf_release(&texts);
}

static void
test_oneshots__export_is_one_text_or_one_object_a_line(void **state)
{
	struct outcome r;
	json_t *j;

	(void)state;
	fake_run(&r, "export besluiten --format md", "");
	assert_int_equal(r.status, 0);
	assert_ptr_equal(strstr(r.out.ptr,
				"<!-- besluiten/2021-02-12-resolutie@1 -->\n"
				"\n# Resolutie Digitale veiligheid\n\n"),
			 r.out.ptr);
	assert_null(strstr(r.out.ptr, "titel:"));
	outcome_release(&r);
	fake_run(&r, "export besluiten --json", "");
	assert_int_equal(r.status, 0);
	j = json_loads(r.out.ptr, 0, NULL);
	assert_string_equal(json_string_value(json_object_get(j, "path")),
			    "besluiten/2021-02-12-resolutie");
	assert_non_null(strstr(json_string_value(json_object_get(j, "text")),
			       "titel:"));
	json_decref(j);
	outcome_release(&r);
}

static void
test_oneshots__export_of_nothing_is_nothing(void **state)
{
	(void)state;
	fake_expect("export nergens", "", 1, "", "");
	fake_expect("export --vorm zip", "", 2, "", "tar of md");
	fake_expect("export a b", "", 2, "", "Hoogstens");
}

/* What was said has the code of its discussion in front. */
static void
test_oneshots__search_in_discussions(void **state)
{
	struct outcome r;

	(void)state;
	fake_run(&r, "zoek inclusie --in gesprekken", "");
	assert_int_equal(r.status, 0);
	assert_non_null(
		strstr(r.out.ptr, "3f2a9c01b7de\tbespreking\tOproep: "));
	outcome_release(&r);
	fake_run(&r, "search inclusie --in pages", "");
	assert_null(strstr(r.out.ptr, "3f2a9c01b7de"));
	outcome_release(&r);
	fake_run(&r, "search inclusie --json", "");
	assert_non_null(strstr(r.out.ptr, "\"thread\":\"3f2a9c01b7de\""));
	outcome_release(&r);
	fake_expect("search inclusie --in alles", "", 2, "", "gesprekken");
}

static void
test_oneshots__comment_says_who_is_nobody(void **state)
{
	struct outcome r;

	(void)state;
	fake_scene_discuss(true);
	fake_run(&r, "comment 3f2a9c01b7de", "Weet @niemand dit?\n");
	fake_scene_discuss(false);
	assert_int_equal(r.status, 0);
	assert_non_null(strstr(r.err.ptr, "Niemand heet hier @niemand."));
	outcome_release(&r);
}

/* As a mail would have it. */
static void
test_oneshots__digest(void **state)
{
	struct outcome r;

	(void)state;
	fake_expect_as(
		"lezer", "overzicht --sinds 2025-03-01", "", 0,
		"Nieuw voor jou sinds maandag 17 maart 2025 om 10:00\n"
		"\nGenoemd en gevraagd\n"
		"- Genoemd: Wat nu?, bij Common Ground, griffie.waterdam, "
		"17 maart 2025 (3f2a9c01b7de)\n"
		"  Weet @lezer dat?\n"
		"- Reactie op jou: Wat nu?, bij Common Ground, "
		"griffie.waterdam, 17 maart 2025 (3f2a9c01b7de)\n"
		"  Weet @lezer dat?\n"
		"\nWat je volgt\n"
		"- Gesprek: Wat nu? (3 nieuwe reacties), bij Common Ground, "
		"griffie.waterdam, 17 maart 2025 (3f2a9c01b7de)\n"
		"  Weet @lezer dat?\n"
		"\nNieuwe gesprekken\n"
		"- Nieuw gesprek: Wat nu?, bij Common Ground, "
		"griffie.waterdam, 17 maart 2025 (3f2a9c01b7de)\n"
		"  Weet @lezer dat?\n"
		"\nOverige\n"
		"- Digitale toegang en identiteit: een\ttab, "
		"griffie.waterdam, 17 maart 2025 (themas/digitale-toegang)\n",
		"");
	fake_run_as(&r, "lezer", "digest --json", "");
	assert_int_equal(r.status, 0);
	assert_non_null(strstr(r.out.ptr, "{\"path\":\"themas/common-ground\","
					  "\"thread\":\"3f2a9c01b7de\","));
	assert_non_null(strstr(r.out.ptr, "\"part\":\"me\",\"what\":"
					  "\"mention\""));
	outcome_release(&r);
	fake_expect("digest", "", 1, "", "");
	fake_expect("digest --since gisteren", "", 2, "", "2026-03-12");
	fake_expect("digest iets", "", 2, "", "geen woorden");
}

/* What waits for somebody is there whether anything is new or not. */
static void
test_oneshots__tell_what_is_asked(void **state)
{
	struct outcome r;

	(void)state;
	(void)setenv("FAKE_TALK", "1", 1);
	fake_expect("nieuws", "", 0,
		    "7\tround\t1\t2026-03-20T09:46:40+00:00\tCommon Ground\t"
		    "Waarden van Common Ground\tWelke waarden raakt dit?\n"
		    "besluiten/2021-02-12-resolutie\treview\t\t2026-02-01\t"
		    "\tResolutie Digitale Veiligheid\t\n"
		    "vergaderingen/2026/2026-03-19-commissie\taction\ta1\t"
		    "2026-03-01\tsecretaris\tCommissie Informatiesamenleving\t"
		    "Voorbeelden verzamelen\n",
		    "");
	fake_expect("overzicht", "", 0,
		    "Nieuw voor jou sinds maandag 17 maart 2025 om 10:00\n"
		    "\nGenoemd en gevraagd\n"
		    "- Te beantwoorden: Waarden van Common Ground (stap 1: "
		    "Welke waarden raakt dit?), bij Common Ground, tot "
		    "20 maart (ronde 7)\n"
		    "- Te herzien: Resolutie Digitale Veiligheid, vóór "
		    "1 februari 2026 (besluiten/2021-02-12-resolutie)\n"
		    "- Te laat: Voorbeelden verzamelen, moest af op "
		    "1 maart 2026 (vergaderingen/2026/2026-03-19-commissie "
		    "a1)\n",
		    "");
	fake_run(&r, "news --json", "");
	assert_int_equal(r.status, 0);
	assert_non_null(strstr(r.out.ptr, "\"what\":\"round\""));
	assert_non_null(strstr(r.out.ptr, "\"due\":\"2026-02-01\""));
	assert_non_null(strstr(r.out.ptr, "\"number\":\"a1\""));
	outcome_release(&r);
	(void)unsetenv("FAKE_TALK");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_oneshots__print_records),
		cmocka_unit_test(test_oneshots__tell_who_may_not_send),
		cmocka_unit_test(test_oneshots__print_the_tree),
		cmocka_unit_test(test_oneshots__read_pages),
		cmocka_unit_test(test_oneshots__speak_json),
		cmocka_unit_test(test_oneshots__speak_the_language_asked_for),
		cmocka_unit_test(test_oneshots__save),
		cmocka_unit_test(test_oneshots__survive_a_wiki_that_dies),
		cmocka_unit_test(
			test_oneshots__give_both_texts_of_a_conflict_as_json),
		cmocka_unit_test(test_oneshots__tell_whose_change_is_included),
		cmocka_unit_test(test_oneshots__create),
		cmocka_unit_test(test_oneshots__drafts),
		cmocka_unit_test(test_oneshots__profile),
		cmocka_unit_test(test_oneshots__keys),
		cmocka_unit_test(test_oneshots__news),
		cmocka_unit_test(test_oneshots__comment_says_who_is_nobody),
		cmocka_unit_test(test_oneshots__digest),
		cmocka_unit_test(test_oneshots__tell_what_is_asked),
		cmocka_unit_test(test_oneshots__search_in_discussions),
		cmocka_unit_test(test_oneshots__help),
		cmocka_unit_test(
			test_oneshots__export_is_an_archive_of_all_pages),
		cmocka_unit_test(
			test_oneshots__export_is_one_text_or_one_object_a_line),
		cmocka_unit_test(test_oneshots__export_of_nothing_is_nothing),
		cmocka_unit_test(test_oneshots__api_speaks_the_protocol),
		cmocka_unit_test(test_oneshots__say_that_the_wiki_is_away),
		cmocka_unit_test(
			test_oneshots__register_whoever_has_no_profile),
		cmocka_unit_test(test_oneshots__know_what_wants_a_screen),
	};

	return cmocka_run_group_tests(tests, fake_wiki_speak_dutch, NULL);
}
