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
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>
#include <jansson.h>

#include "fake_wiki.h"
#include "oneshot.h"
#include "plein/fs.h"
#include "plein/i18n.h"
#include "plein/passfd.h"
#include "plein/tar.h"

#define OUTPUT_MAX ((size_t)4 << 20)

struct outcome {
	int status;
	struct buf out, err;
};

static void
release(struct outcome *r)
{
	buf_release(&r->out);
	buf_release(&r->err);
}

static int
temporary(const char *text)
{
	char name[] = "/tmp/plein-test-XXXXXX";
	int fd = mkstemp(name);

	assert_true(fd >= 0);
	assert_int_equal(unlink(name), 0);
	assert_int_equal(fs_write_fd(fd, text, strlen(text), NULL), 0);
	assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
	return fd;
}

static void
read_back(int fd, struct buf *out)
{
	buf_init(out);
	assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
	assert_int_equal(fs_read_fd(fd, out, OUTPUT_MAX, NULL), 0);
	(void)close(fd);
}

/* Run a line; `control` is the end of a wiki. */
static void
run_at(struct outcome *r, const char *line, const char *input, int control)
{
	int in = temporary(input), out = temporary(""), err = temporary("");
	pid_t pid = fork();
	int status;

	assert_true(pid >= 0);
	if (pid == 0) {
		if (dup2(in, 0) < 0 || dup2(out, 1) < 0 || dup2(err, 2) < 0)
			_exit(99);
		_exit(oneshot_run(line, control));
	}
	(void)close(in);
	(void)close(control);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	r->status = WEXITSTATUS(status);
	read_back(out, &r->out);
	read_back(err, &r->err);
}

static void
run_as(struct outcome *r, const char *role, const char *line, const char *input)
{
	struct fake_wiki wiki;

	fake_wiki_start(&wiki, role);
	run_at(r, line, input, wiki.control);
	fake_wiki_stop(&wiki);
}

static void
run(struct outcome *r, const char *line, const char *input)
{
	run_as(r, "bijdrager", line, input);
}

static void
expect_as(const char *role, const char *line, const char *input, int status,
	  const char *out, const char *err)
{
	struct outcome r;

	run_as(&r, role, line, input);
	if (r.status != status || strcmp(r.out.ptr, out) != 0 ||
	    !strstr(r.err.ptr, err) || (!*err && r.err.len))
		fail_msg("%s: %d\nout: %s\nerr: %s", line, r.status, r.out.ptr,
			 r.err.ptr);
	release(&r);
}

static void
expect(const char *line, const char *input, int status, const char *out,
       const char *err)
{
	expect_as("bijdrager", line, input, status, out, err);
}

static void
test_oneshots__print_records(void **state)
{
	(void)state;
	expect("whoami", "", 0,
	       "beleid.duinstad\tbijdrager\tSHA256:Zk3vQ8x9fQ\tBea Beleid\n",
	       "");
	expect("version", "", 0, "0.0\t1\tSHA256:9c2TUe4\n", "");
	expect("lijst besluiten/", "", 0,
	       "besluiten/2021-02-12-resolutie\tbesluit\tvastgesteld\t"
	       "Resolutie Digitale veiligheid\n",
	       "");
	expect("log common ground", "", 0,
	       "1\t2025-03-17T10:00:00+00:00\tgriffie.waterdam\teen\\ttab\n",
	       "");
	expect("list onbekend", "", 1, "", "Niets gevonden.");
	expect("list onbekend --stil", "", 1, "", "");
}

static void
test_oneshots__print_the_tree(void **state)
{
	(void)state;
	expect("boom", "", 0,
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
	expect("lees digitale toegang en identiteit", "", 0,
	       "Digitale toegang en identiteit\n\n"
	       "  Wie je bent, laat je één keer zien. Lees ook "
	       "[Common Ground].\n",
	       "");
	expect("themas/toegang --links", "", 0,
	       "themas/common-ground\tCommon Ground\n", "Doorverwezen");
	expect("themas/toegang --links --stil", "", 0,
	       "themas/common-ground\tCommon Ground\n", "");
	expect("read themas/niets", "", 4, "", "bestaat niet");
}

static void
test_oneshots__speak_json(void **state)
{
	(void)state;
	expect("read themas/niets --json", "", 4, "",
	       "{\"error\":\"not-found\",\"code\":4,\"message\":\"Deze");
	expect("onzin --json", "", 2, "", "{\"error\":\"usage\",\"code\":2");
	expect("save themas/common-ground --base 1 --json", "x\n", 0,
	       "{\"path\":\"themas/common-ground\",\"version\":2}\n", "");
}

static void
test_oneshots__speak_the_language_asked_for(void **state)
{
	(void)state;
	expect("read themas/niets --lang en", "", 4, "", "does not exist");
	expect("read themas/niets --taal nl", "", 4, "", "bestaat niet");
}

static void
test_oneshots__save(void **state)
{
	(void)state;
	expect("save themas/common-ground --base 1", "een\r\ntwee\r\n", 0,
	       "2\n", "Opgeslagen als versie 2.");
	expect("save themas/common-ground --base 7", "x\n", 5, "",
	       "Gert Griffie heeft deze pagina intussen gewijzigd");
	expect("save themas/common-ground --base 1 --note full", "x\n", 7, "",
	       "schijf");
	expect("save themas/common-ground --base 1 --note lost", "x\n", 8, "",
	       "Niet zeker");
	expect("save themas/common-ground", "x\n", 2, "", "--op V");
	expect("save themas/common-ground --base 1", "a\x1b[2Jb\n", 6, "",
	       "Regel 1 bevat een teken dat de wiki niet bewaart.");
}

/* The wiki dies in the middle and comes back: asked again, saved once. */
static void
test_oneshots__survive_a_wiki_that_dies(void **state)
{
	(void)state;
	expect("save themas/common-ground --base 1 --note die", "x\n", 0, "2\n",
	       "versie 2");
}

static void
test_oneshots__give_both_texts_of_a_conflict_as_json(void **state)
{
	struct outcome r;

	(void)state;
	run(&r, "save themas/digitale-toegang --base 7 --json", "mijn\n");
	assert_int_equal(r.status, 5);
	assert_non_null(strstr(r.out.ptr, "\"yours\":\"mijn\\n\""));
	assert_non_null(strstr(r.out.ptr, "Wie je bent"));
	assert_non_null(strstr(r.err.ptr, "\"error\":\"conflict\""));
	release(&r);
}

static void
test_oneshots__tell_whose_change_is_included(void **state)
{
	struct outcome r;

	(void)state;
	expect("save themas/common-ground --base 1 --note joined", "x\n", 0,
	       "3\n", "De wijziging van Gert Griffie is meegenomen.");
	run(&r, "save themas/common-ground --base 1 --note joined --json",
	    "x\n");
	assert_int_equal(r.status, 0);
	assert_non_null(strstr(r.out.ptr, "\"joined\":true"));
	assert_non_null(strstr(r.out.ptr, "\"handle\":\"griffie.waterdam\""));
	release(&r);
}

static void
test_oneshots__create(void **state)
{
	(void)state;
	expect("maak themas/nieuw --soort thema --titel Iets heel nieuws",
	       "tekst\n", 0, "1\n", "versie 1");
	expect("create themas/common-ground --kind thema --title X", "", 6, "",
	       "Er is al een pagina");
	expect("create themas/nieuw --kind thema", "", 2, "", "titel");
}

static void
test_oneshots__drafts(void **state)
{
	static const char line[] =
		"themas/digitale-toegang\t1\t2025-03-17T10:00:00+00:00\t"
		"Digitale toegang en identiteit\n";
	struct outcome r;

	(void)state;
	expect("draft", "", 1, "", "");
	expect_as("redacteur", "draft", "", 0, line, "");
	expect_as("redacteur", "klad lijst", "", 0, line, "");
	expect("klad lees themas/geen", "", 4, "", "Je hebt geen klad");
	expect("klad weg common ground", "", 4, "", "Je hebt geen klad");
	expect("draft read themas/geen --json", "", 4, "",
	       "{\"error\":\"not-found\",\"code\":4,");
	expect_as("redacteur", "draft drop themas/digitale-toegang", "", 0, "",
		  "weggegooid");
	run_as(&r, "redacteur", "klad lees digitale toegang en identiteit", "");
	assert_int_equal(r.status, 0);
	assert_non_null(strstr(r.out.ptr, "\nEen zin uit het klad.\n"));
	release(&r);
	run_as(&r, "redacteur", "draft read themas/digitale-toegang --json",
	       "");
	assert_int_equal(r.status, 0);
	assert_non_null(strstr(r.out.ptr, "\"base\":1,"));
	assert_non_null(strstr(r.out.ptr, "uit het klad.\\n\"}\n"));
	release(&r);
	expect("draft throw themas/x", "", 2, "", "klad");
	expect("draft list themas/x", "", 2, "", "klad");
	expect("draft read", "", 2, "", "Welke pagina");
}

static void
test_oneshots__news(void **state)
{
	struct outcome r;

	(void)state;
	expect("nieuws", "", 1, "", "");
	expect_as("redacteur", "news --since 2025-03-01", "", 0,
		  "themas/common-ground\tnew\t1\t"
		  "2025-03-17T10:00:00+00:00\tgriffie.waterdam\t"
		  "Common Ground\teen\\ttab\n"
		  "hoofdonderwerpen/publieke-waarden\tchanged\t1\t"
		  "2025-03-17T10:00:00+00:00\tgriffie.waterdam\t"
		  "Publieke waarden\teen\\ttab\n",
		  "");
	run_as(&r, "redacteur", "nieuws --json", "");
	assert_int_equal(r.status, 0);
	assert_non_null(strstr(r.out.ptr, "{\"path\":\"themas/common-ground\","
					  "\"title\":\"Common Ground\","));
	assert_non_null(strstr(r.out.ptr, "\"state\":\"new\""));
	release(&r);
	expect("news --since gisteren", "", 2, "", "2026-03-12");
	expect("news iets", "", 2, "", "geen woorden");
}

static void
test_oneshots__help(void **state)
{
	struct outcome r;

	(void)state;
	run(&r, "hulp", "");
	assert_int_equal(r.status, 0);
	assert_non_null(strstr(r.out.ptr, "lees, read"));
	release(&r);
	run(&r, "", "");
	assert_int_equal(r.status, 0);
	assert_non_null(strstr(r.err.ptr, "geen terminal"));
	assert_non_null(strstr(r.out.ptr, "opslaan, save"));
	release(&r);
	expect("help onzin", "", 2, "", "bestaat niet");
	expect("screen", "", 2, "", "ssh -t");
	expect("git-receive-pack 'agenda'", "", 1, "", "naar main");
}

static void
test_oneshots__api_speaks_the_protocol(void **state)
{
	static const char ask[] = "{\"jsonrpc\":\"2.0\",\"id\":5,"
				  "\"method\":\"wiki.version\"}\n";
	struct outcome r;

	(void)state;
	run(&r, "api", ask);
	assert_int_equal(r.status, 0);
	assert_non_null(strstr(r.out.ptr, "\"id\":5"));
	assert_non_null(strstr(r.out.ptr, "\"protocol\":1"));
	assert_ptr_equal(strchr(r.out.ptr, '\n'), r.out.ptr + r.out.len - 1);
	release(&r);
}

static void
test_oneshots__say_that_the_wiki_is_away(void **state)
{
	struct outcome r;
	int control[2];

	(void)state;
	assert_int_equal(passfd_pair(control, NULL), 0);
	(void)close(control[0]);
	run_at(&r, "whoami", "", control[1]);
	assert_int_equal(r.status, 7);
	assert_non_null(strstr(r.err.ptr, "even weg"));
	release(&r);
}

static void
test_oneshots__know_what_wants_a_screen(void **state)
{
	static const struct {
		const char *line, *page;
		bool screen;
	} rows[] = {
		{ "", NULL, true },
		{ "scherm", NULL, true },
		{ "themas/common-ground", "themas/common-ground", true },
		{ "index", "index", true },
		{ "read themas/common-ground", NULL, false },
		{ "themas/common-ground --source", NULL, false },
		{ "whoami", NULL, false },
		{ "onzin", NULL, false },
	};
	char *page;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_int_equal(oneshot_wants_screen(rows[i].line, &page),
				 rows[i].screen);
		if (rows[i].page)
			assert_string_equal(page, rows[i].page);
		else
			assert_null(page);
		free(page);
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
	run(&r, "exporteer", "");
	assert_int_equal(r.status, 0);
	assert_string_equal(r.err.ptr, "");
	assert_int_equal(read_archive(&r.out, &names, &texts), 11);
	assert_non_null(strstr(names.ptr, "themas/common-ground.md\n"));
	assert_non_null(strstr(names.ptr, "index.md\n"));
	/* byte for byte, with the fields */
	assert_non_null(strstr(texts.ptr, "aliassen: [themas/toegang]\n---\n"
					  "Wie je bent, laat je"));
	release(&r);
	buf_reset(&names);
	run(&r, "export besluiten/ --format tar", "");
	assert_int_equal(read_archive(&r.out, &names, &texts), 1);
	assert_string_equal(names.ptr, "besluiten/2021-02-12-resolutie.md\n");
	release(&r);
	buf_release(&names);
	buf_release(&texts);
}

static void
test_oneshots__export_is_one_text_or_one_object_a_line(void **state)
{
	struct outcome r;
	json_t *j;

	(void)state;
	run(&r, "export besluiten --format md", "");
	assert_int_equal(r.status, 0);
	assert_ptr_equal(strstr(r.out.ptr,
				"<!-- besluiten/2021-02-12-resolutie@1 -->\n"
				"\n# Resolutie Digitale veiligheid\n\n"),
			 r.out.ptr);
	assert_null(strstr(r.out.ptr, "titel:"));
	release(&r);
	run(&r, "export besluiten --json", "");
	assert_int_equal(r.status, 0);
	j = json_loads(r.out.ptr, 0, NULL);
	assert_string_equal(json_string_value(json_object_get(j, "path")),
			    "besluiten/2021-02-12-resolutie");
	assert_non_null(strstr(json_string_value(json_object_get(j, "text")),
			       "titel:"));
	json_decref(j);
	release(&r);
}

static void
test_oneshots__export_of_nothing_is_nothing(void **state)
{
	(void)state;
	expect("export nergens", "", 1, "", "");
	expect("export --vorm zip", "", 2, "", "tar of md");
	expect("export a b", "", 2, "", "Hoogstens");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_oneshots__print_records),
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
		cmocka_unit_test(test_oneshots__news),
		cmocka_unit_test(test_oneshots__help),
		cmocka_unit_test(
			test_oneshots__export_is_an_archive_of_all_pages),
		cmocka_unit_test(
			test_oneshots__export_is_one_text_or_one_object_a_line),
		cmocka_unit_test(test_oneshots__export_of_nothing_is_nothing),
		cmocka_unit_test(test_oneshots__api_speaks_the_protocol),
		cmocka_unit_test(test_oneshots__say_that_the_wiki_is_away),
		cmocka_unit_test(test_oneshots__know_what_wants_a_screen),
	};

	return cmocka_run_group_tests(tests, fake_wiki_speak_dutch, NULL);
}
