/* Commands without a terminal, with the stock ssh client. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>
#include <jansson.h>

#include "fixture.h"
#include "plein/fs.h"
#include "plein/mem.h"

static struct fixture wiki;

static int
start_wiki(void **state)
{
	(void)state;
	fixture_start(&wiki);
	return 0;
}

static int
stop_wiki(void **state)
{
	(void)state;
	assert_int_equal(fixture_stop(&wiki), 0);
	fixture_remove(&wiki);
	return 0;
}

/* Run, compare the exit status, give stdout (free it). */
static char *
ask(const char *line, const char *input, int status)
{
	struct proc_result r;
	char *out;

	fixture_ssh(&wiki, line, input, &r);
	if (r.status != status)
		fail_msg("%s: status %d instead of %d\nout: %s\nerr: %s", line,
			 r.status, status, r.out.ptr, r.err.ptr);
	out = mem_strdup(r.out.ptr);
	proc_result_release(&r);
	return out;
}

static char *
complain(const char *line, const char *input, int status)
{
	struct proc_result r;
	char *err;

	fixture_ssh(&wiki, line, input, &r);
	if (r.status != status)
		fail_msg("%s: status %d instead of %d\nout: %s\nerr: %s", line,
			 r.status, status, r.out.ptr, r.err.ptr);
	assert_string_equal(r.out.ptr, "");
	assert_true(r.err.len > 0);
	err = mem_strdup(r.err.ptr);
	proc_result_release(&r);
	return err;
}

static void
expect(const char *line, int status, const char *part)
{
	char *out = ask(line, NULL, status);

	if (!strstr(out, part))
		fail_msg("%s: no \"%s\" in\n%s", line, part, out);
	free(out);
}

static json_t *
ask_json(const char *line, const char *input, int status)
{
	char *out = ask(line, input, status);
	json_t *j = json_loads(out, 0, NULL);

	if (!j)
		fail_msg("%s: not one JSON object: %s", line, out);
	free(out);
	return j;
}

static const char *
text_of(const json_t *j, const char *key)
{
	const char *s = json_string_value(json_object_get(j, key));

	if (!s)
		fail_msg("no text \"%s\"", key);
	return s;
}

static void
test_commands__say_who_and_what(void **state)
{
	json_t *j = ask_json("whoami --json", NULL, 0);

	(void)state;
	assert_string_equal(text_of(j, "account"), "tester");
	assert_string_equal(text_of(j, "role"), "beheerder");
	json_decref(j);
	expect("wie-ben-ik", 0, "tester\tbeheerder\tSHA256:");
	expect("versie", 0, "SHA256:");
	expect("version", 0, PLEIN_VERSION);
	expect("help", 0, "read");
	expect("hulp", 0, "lees");
	expect("hulp lees", 0, "--bron");
}

static void
test_commands__list_and_tree(void **state)
{
	char *out = ask("tree", NULL, 0);

	(void)state;
	assert_ptr_equal(strstr(out, "doelstellingen/mogelijk-maken"), out);
	assert_non_null(strstr(out, "\n  hoofdonderwerpen/"));
	assert_non_null(strstr(out, "\n    themas/common-ground\t"));
	assert_non_null(strstr(out, "\n      vraagstukken/"));
	free(out);
	out = ask("boom --diep 1", NULL, 0);
	assert_null(strstr(out, "themas/common-ground"));
	free(out);
	expect("list", 0,
	       "themas/common-ground\tthema\tconcept\tCommon Ground\n");
	out = ask("lijst themas", NULL, 0);
	assert_null(strstr(out, "doelstellingen/"));
	free(out);
	expect("lijst --soort besluit", 0, "besluiten/2021-02-12");
}

static void
test_commands__read_a_page(void **state)
{
	char *plain = ask("read themas/common-ground", NULL, 0);
	char *source = ask("lees themas/common-ground --bron", NULL, 0);

	(void)state;
	assert_null(strstr(plain, "hoort_bij"));
	assert_null(strchr(plain, 27));
	assert_non_null(strstr(plain, "gezamenlijke informatiekundige visie"));
	assert_ptr_equal(strstr(source, "---\ntitel: \"Common Ground\""),
			 source);
	free(plain);
	plain = ask("read Common Ground --source", NULL, 0);
	assert_string_equal(plain, source);
	free(plain);
	plain = ask("themas/common-ground@1 --source", NULL, 0);
	assert_string_equal(plain, source);
	free(plain);
	free(source);
}

static void
test_commands__save_and_history(void **state)
{
	char *source = ask("read themas/connectiviteit --source", NULL, 0);
	char *longer = mem_alloc(strlen(source) + 64);
	char *out;

	(void)state;
	(void)snprintf(longer, strlen(source) + 64, "%s\nErbij: één zin.\n",
		       source);
	out = ask("save themas/connectiviteit --base 1 --note één zin erbij",
		  longer, 0);
	assert_string_equal(out, "2\n");
	free(out);
	out = ask("read themas/connectiviteit --source", NULL, 0);
	assert_string_equal(out, longer);
	free(out);
	out = ask("read themas/connectiviteit@1 --source", NULL, 0);
	assert_string_equal(out, source);
	free(out);
	expect("log themas/connectiviteit -n 1", 0,
	       "\ttester\téén zin erbij\n");
	expect("geschiedenis themas/connectiviteit", 0, "\n1\t");
	free(ask("save themas/connectiviteit --base 2", longer, 1));
	free(complain("save themas/connectiviteit --base 7", longer, 4));
	expect("log themas/connectiviteit -n1", 0, "2\t");
	free(source);
	free(longer);
}

static void
test_commands__refuse_an_outdated_base(void **state)
{
	char *source = ask("read themas/platformeconomie --source", NULL, 0);
	char *mine = mem_alloc(strlen(source) + 64);
	char *out;

	(void)state;
	(void)snprintf(mine, strlen(source) + 64, "%s\nEen.\n", source);
	free(ask("save themas/platformeconomie --base 1", mine, 0));
	(void)snprintf(mine, strlen(source) + 64, "%s\nTwee.\n", source);
	out = complain("save themas/platformeconomie --base 1", mine, 5);
	assert_non_null(strstr(out, "Toos Tester"));
	free(out);
	out = ask("read themas/platformeconomie --source", NULL, 0);
	assert_null(strstr(out, "Twee."));
	free(out);
	free(source);
	free(mine);
}

static void
test_commands__create_a_page(void **state)
{
	char *out;

	(void)state;
	out = ask("create themas/open-standaarden --kind thema "
		  "--title Open standaarden",
		  "Afspraken die iedereen mag gebruiken.\n", 0);
	assert_string_equal(out, "1\n");
	free(out);
	expect("list themas", 0,
	       "themas/open-standaarden\tthema\tconcept\tOpen standaarden\n");
	expect("lees open standaarden", 0, "Afspraken die iedereen");
	free(complain("create themas/open-standaarden --kind thema "
		      "--title Nog eens",
		      "x\n", 6));
	free(complain("create themas/Hoofd_Letters --kind thema --title X",
		      "x\n", 6));
}

static void
test_commands__answer_clearly_what_cannot_be(void **state)
{
	static const struct {
		const char *line;
		int status;
	} rows[] = {
		{ "read themas/bestaat-niet", 4 },
		{ "read themas/common-ground@99", 4 },
		{ "read themas/common-ground@0", 4 },
		{ "save themas/common-ground --base 1", 2 }, /* no text */
		{ "list --kind onzin", 1 },
		{ "log themas/common-ground -n0", 2 },
		{ "read ../../etc/passwd", 4 },
		{ "read .git/config", 4 },
		{ "onzin", 2 },
		{ "read", 2 },
		{ "read --onzin themas/common-ground", 2 },
		{ "save themas/common-ground", 2 },
		{ "save themas/common-ground --base x", 2 },
		{ "read 'themas/common-ground", 2 },
		{ "read themas/common-ground; reboot", 4 },
		{ "$(id)", 2 },
		{ "/bin/sh -c id", 2 },
		{ "scp -t /tmp", 2 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		free(complain(rows[i].line, NULL, rows[i].status));
	expect("read \"themas/common-ground\"", 0, "visie van gemeenten");
	expect("read 'Common Ground'", 0, "visie van gemeenten");
}

static void
test_commands__tell_errors_as_json_too(void **state)
{
	struct proc_result r;
	json_t *j;

	(void)state;
	fixture_ssh(&wiki, "read themas/bestaat-niet --json", NULL, &r);
	assert_int_equal(r.status, 4);
	j = json_loads(r.err.ptr, 0, NULL);
	assert_non_null(j);
	assert_string_equal(text_of(j, "error"), "not-found");
	assert_int_equal(json_integer_value(json_object_get(j, "code")), 4);
	assert_non_null(json_object_get(j, "message"));
	json_decref(j);
	proc_result_release(&r);
}

static void
test_commands__refuse_what_no_page_may_hold(void **state)
{
	size_t big = 1024 * 1024 + 1;
	char *text = mem_alloc(big + 1);
	char *err;

	(void)state;
	memset(text, 'a', big);
	err = complain("save themas/common-ground --base 1", text, 6);
	assert_non_null(strstr(err, "1024"));
	free(err);
	free(complain("save themas/common-ground --base 1", "a\xff\xfe b\n",
		      6));
	err = complain("save themas/common-ground --base 1", "een\na\x1b[2Jb\n",
		       6);
	assert_non_null(strstr(err, "Regel 2 bevat een teken"));
	assert_null(strchr(err, '('));
	free(err);
	err = complain("save themas/common-ground --base 1 --taal en",
		       "---\ntitel: [\n---\n", 6);
	assert_non_null(strstr(err, "The fields between --- cannot be read"));
	free(err);
	expect("log themas/common-ground", 0, "1\t");
	free(text);
}

/* Text between what read --source gives and `more`; free it. */
static char *
lengthen(const char *address, const char *more)
{
	struct buf line = BUF_INIT, text = BUF_INIT;
	char *source;

	buf_printf(&line, "read %s --source", address);
	source = ask(line.ptr, NULL, 0);
	buf_printf(&text, "%s%s", source, more);
	free(source);
	buf_release(&line);
	return buf_take(&text);
}

/* Versions 2 and 3 of a page, each a line longer. */
static void
make_versions(const char *address)
{
	static const char *const lines[] = { "\nEen eerste zin.\n",
					     "Een tweede zin erbij.\n" };
	struct buf line = BUF_INIT;

	for (int i = 0; i < 2; i++) {
		char *text = lengthen(address, lines[i]);

		buf_reset(&line);
		buf_printf(&line, "save %s --base %d --note stap %d", address,
			   i + 1, i + 1);
		free(ask(line.ptr, text, 0));
		free(text);
	}
	buf_release(&line);
}

static void
test_commands__compare_and_take_back(void **state)
{
	static const char page[] = "themas/robotisering";
	char *one, *out;

	(void)state;
	free(ask("create themas/robotisering --kind thema --title Robots",
		 "Begin.\n", 0));
	one = ask("read themas/robotisering --source", NULL, 0);
	make_versions(page);
	expect("verschil themas/robotisering 1 2", 0, "{+Een eerste zin.+}\n");
	expect("diff robots 2 --lines", 0, "\n+Een tweede zin erbij.\n");
	expect("diff themas/robotisering 2 2", 1, "");
	expect("wie-schreef themas/robotisering", 0, "\n3\ttester\t20");
	free(complain("undo themas/robotisering 1", NULL, 6));
	out = ask("ongedaan themas/robotisering 3 --toelichting toch niet",
		  NULL, 0);
	assert_string_equal(out, "4\n");
	free(out);
	expect("log themas/robotisering -n 1", 0, "\ttester\ttoch niet\n");
	out = ask("revert themas/robotisering 1 --stil", NULL, 0);
	assert_string_equal(out, "5\n");
	free(out);
	out = ask("read themas/robotisering --source", NULL, 0);
	assert_string_equal(out, one);
	free(out);
	free(complain("revert themas/robotisering 1", NULL, 1));
	free(complain("revert themas/robotisering 99", NULL, 4));
	free(one);
}

/* What --lines gives, as a patch of the file `strook`. */
static void
make_patch(struct buf *patch)
{
	char *out = ask("diff begrippen/strook 1 3 --lines", NULL, 0);
	const char *hunks = strstr(out, "\n@@ ");

	assert_non_null(hunks);
	assert_ptr_equal(strstr(out, "--- begrippen/strook@1\n"
				     "+++ begrippen/strook@3\n@@ "),
			 out);
	buf_printf(patch, "--- a/strook\n+++ b/strook%s", hunks);
	free(out);
}

static void
test_commands__diff_by_line_is_a_patch(void **state)
{
	const char *argv[] = { "git", "apply", "-", NULL };
	struct buf patch = BUF_INIT, made = BUF_INIT;
	int dir = fs_open_dir(wiki.dir, NULL);
	struct proc_result r;
	char *one, *newest;

	(void)state;
	assert_true(dir >= 0);
	free(ask("create begrippen/strook --kind begrip --title Strook",
		 "Begin.\n", 0));
	make_versions("begrippen/strook");
	one = ask("read begrippen/strook@1 --source", NULL, 0);
	newest = ask("read begrippen/strook --source", NULL, 0);
	make_patch(&patch);
	assert_int_equal(
		fs_replace_at(dir, "strook", one, strlen(one), 0600, NULL), 0);
	proc_run(&r, argv, wiki.dir, &patch, 20000);
	if (r.status)
		fail_msg("%s\n%s", r.err.ptr, patch.ptr);
	assert_int_equal(fs_read_at(dir, "strook", &made, 100000, NULL), 0);
	assert_string_equal(made.ptr, newest);
	proc_result_release(&r);
	(void)close(dir);
	free(one);
	free(newest);
	buf_release(&patch);
	buf_release(&made);
}

static void
test_commands__find(void **state)
{
	char *out;

	(void)state;
	free(ask("create themas/zoekplaatje --kind thema --title Zoekplaatje",
		 "Een kwikstaartje, zie [Common Ground]"
		 "(common-ground.md).\n",
		 0));
	expect("zoek kwikstaart", 0,
	       "themas/zoekplaatje\tthema\tZoekplaatje\tEen *kwikstaartje*");
	expect("search \"een kwikstaartje\" type:thema --json", 0,
	       "{\"path\":\"themas/zoekplaatje\",");
	free(complain("search \"kwikstaart\" --in pages", NULL, 1));
	free(complain("search kwikstaart --since 2099-01-01", NULL, 1));
	free(complain("search kwikstaart --in gesprekken", NULL, 2));
	out = complain("zoek a b c d e f g h i j k l m n o p q", NULL, 2);
	assert_non_null(strstr(out, "1 tot 16 woorden"));
	free(out);
	expect("hierheen common ground", 0,
	       "themas/zoekplaatje\tZoekplaatje\t");
	free(complain("backlinks themas/zoekplaatje", NULL, 1));
}

/* An old text is found by the version that held it, once it was read. */
static void
test_commands__find_in_old_versions(void **state)
{
	struct proc_result r;
	int n = 0;
	bool found, complete;

	(void)state;
	free(ask("create themas/vroeger --kind thema --title Vroeger",
		 "Over de hagedis.\n", 0));
	free(ask("save themas/vroeger --base 1", "Over niets.\n", 0));
	do {
		fixture_ssh(&wiki, "zoek hagedis", NULL, &r);
		found = strstr(r.out.ptr, "themas/vroeger@1\t") != NULL;
		complete = !strstr(r.err.ptr, "Nog niet alle oude versies");
		proc_result_release(&r);
	} while (!(found && complete) && ++n < 300);
	assert_true(found && complete);
	expect("lees themas/vroeger@1", 0, "hagedis");
}

static void
test_commands__list_changes(void **state)
{
	char *out;

	(void)state;
	free(ask("create begrippen/nieuwtje --kind begrip --title Nieuwtje "
		 "--note voor de lijst",
		 "Iets.\n", 0));
	out = ask("wijzigingen --door tester --map begrippen", NULL, 0);
	assert_ptr_equal(strstr(out, "1\tbegrippen/nieuwtje\t20"), out);
	assert_non_null(strstr(out, "\ttester\tvoor de lijst\n"));
	assert_null(strstr(out, "themas/"));
	free(out);
	expect("changes --json", 0, "\"action\":\"new\",");
	free(complain("changes --since 2099-01-01", NULL, 1));
	free(complain("changes --until 2001-01-01", NULL, 1));
	free(complain("changes --by niemand", NULL, 1));
	free(complain("changes --since nooit", NULL, 2));
}

static void
test_commands__move_delete_and_restore(void **state)
{
	char *out;

	(void)state;
	free(ask("create themas/hier --kind thema --title Hier", "Tekst.\n",
		 0));
	out = ask("hernoem themas/hier begrippen/daar --json", NULL, 0);
	assert_ptr_equal(strstr(out, "{\"path\":\"begrippen/daar\","
				     "\"version\":2,\"commit\":\""),
			 out);
	assert_non_null(strstr(out, "\",\"from\":\"themas/hier\"}\n"));
	free(out);
	expect("read themas/hier", 0, "Tekst.");
	expect("log begrippen/daar", 0, "\n1\t");
	free(complain("rename begrippen/daar themas/common-ground", NULL, 6));
	free(complain("rename begrippen/daar Daar/Niet", NULL, 6));
	free(complain("verwijder index", NULL, 6));
	expect("verwijder begrippen/daar --toelichting dubbel", 0, "3\n");
	out = complain("read begrippen/daar", NULL, 4);
	assert_non_null(strstr(out, "verwijderd (versie 3)"));
	free(out);
	expect("read begrippen/daar@2", 0, "Tekst.");
	expect("log begrippen/daar -n 1", 0, "\tdubbel\n");
	free(complain("delete begrippen/daar", NULL, 4));
	expect("terugplaatsen begrippen/daar", 0, "4\n");
	expect("read begrippen/daar", 0, "Tekst.");
	free(complain("restore begrippen/daar", NULL, 6));
}

static void
test_commands__read_as_of_a_date(void **state)
{
	(void)state;
	expect("read themas/common-ground@2099-01-01", 0, "visie");
	free(complain("read themas/common-ground@2001-01-01", NULL, 4));
	expect("tree doelstellingen/mogelijk-maken@2099-01-01 --depth 1", 0,
	       "doelstellingen/mogelijk-maken\t");
	free(complain("tree doelstellingen/mogelijk-maken@2001-01-01", NULL,
		      4));
	free(complain("tree doelstellingen/mogelijk-maken@1", NULL, 2));
}

/* What does not touch is joined; what does comes back with both texts. */
static void
test_commands__save_joins_or_shows_both_texts(void **state)
{
	static const char base[] = "Boven.\n\nMidden.\n\nOnder.\n";
	struct proc_result r;
	json_t *j;

	(void)state;
	free(ask("create themas/samen --kind thema --title Samen", base, 0));
	free(ask("save themas/samen --base 1",
		 "---\ntitel: Samen\ntype: thema\n---\n"
		 "Boven A.\n\nMidden.\n\nOnder.\n",
		 0));
	fixture_ssh(&wiki, "save themas/samen --base 2 --minor",
		    "---\ntitel: Samen\ntype: thema\n---\n"
		    "Boven A.\n\nMidden.\n\nOnder B.\n",
		    &r);
	assert_int_equal(r.status, 0);
	proc_result_release(&r);
	fixture_ssh(&wiki, "save themas/samen --base 2",
		    "---\ntitel: Samen\ntype: thema\n---\n"
		    "Boven C.\n\nMidden.\n\nOnder.\n",
		    &r);
	assert_int_equal(r.status, 0);
	assert_string_equal(r.out.ptr, "4\n");
	assert_non_null(strstr(r.err.ptr, "is meegenomen"));
	proc_result_release(&r);
	expect("read themas/samen --source", 0,
	       "Boven C.\n\nMidden.\n\nOnder B.\n");
	j = ask_json("save themas/samen --base 2 --json",
		     "---\ntitel: Samen\ntype: thema\n---\n"
		     "Boven D.\n\nMidden.\n\nOnder.\n",
		     5);
	assert_non_null(strstr(text_of(j, "text"), "Boven C."));
	assert_non_null(strstr(text_of(j, "yours"), "Boven D."));
	assert_int_equal(json_integer_value(json_object_get(j, "version")), 4);
	json_decref(j);
	j = ask_json("undo themas/samen 2 --json", NULL, 5);
	assert_non_null(strstr(text_of(j, "text"), "Boven C."));
	assert_non_null(strstr(text_of(j, "yours"), "Boven.\n"));
	json_decref(j);
}

/* A draft put over the protocol is what the commands show. */
static void
test_commands__show_and_drop_drafts(void **state)
{
	static const char put[] =
		"{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"draft.put\","
		"\"params\":{\"address\":\"themas/platformeconomie\","
		"\"base\":1,\"text\":\"Half af.\\n\"}}\n";
	char *err;

	(void)state;
	free(ask("klad", NULL, 1));
	free(ask("api", put, 0));
	expect("draft", 0, "themas/platformeconomie\t1\t");
	expect("draft list", 0, "\tPlatformeconomie");
	expect("klad lees themas/platformeconomie", 0, "Half af.\n");
	expect("draft read themas/platformeconomie --json", 0,
	       "\"text\":\"Half af.\\n\"");
	free(ask("klad weg themas/platformeconomie", NULL, 0));
	err = complain("klad weg themas/platformeconomie", NULL, 4);
	assert_non_null(strstr(err, "Je hebt geen klad van deze pagina."));
	free(err);
}

static void
test_commands__tell_what_is_new(void **state)
{
	char *err = complain("nieuws", NULL, 1);

	(void)state;
	assert_non_null(strstr(err, "eerste bezoek"));
	free(err);
	free(ask("news", NULL, 1));
	free(ask("lijst --nieuw", NULL, 1));
	/* the pages of the template were made by plein itself */
	expect("news --since 2020-01-01", 0, "themas/common-ground\tnew\t1\t");
	free(complain("news --since morgen", NULL, 2));
	expect("whoami --json", 0, "\"visit\":\"20");
}

static void
test_commands__api_speaks_json_rpc(void **state)
{
	static const char in[] =
		"{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"session.info\"}\n"
		"{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"page.read\","
		"\"params\":{\"address\":\"themas/common-ground\"}}\n"
		"{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"auth.key\"}\n"
		"geen json\n";
	char *out = ask("api", in, 0);

	(void)state;
	assert_non_null(strstr(out, "\"handle\":\"tester\""));
	assert_non_null(strstr(out, "visie van gemeenten"));
	assert_non_null(strstr(out, "\"name\":\"denied\""));
	assert_non_null(strstr(out, "-32700"));
	free(out);
}

/* What tar unpacks is what read --source gives. */
static void
test_commands__export_is_what_tar_reads(void **state)
{
	const char *untar[] = { "tar", "-xf", "-", "-C", wiki.dir, NULL };
	const char *show[] = { "cat", "themas/common-ground.md", NULL };
	struct proc_result archive, list, file, source;

	(void)state;
	fixture_ssh(&wiki, "export", NULL, &archive);
	assert_int_equal(archive.status, 0);
	proc_run(&list, untar, NULL, &archive.out, 20000);
	assert_int_equal(list.status, 0);
	proc_run(&file, show, wiki.dir, NULL, 5000);
	fixture_ssh(&wiki, "read themas/common-ground --source", NULL, &source);
	assert_int_equal(source.status, 0);
	assert_string_equal(file.out.ptr, source.out.ptr);
	proc_result_release(&archive);
	proc_result_release(&list);
	proc_result_release(&file);
	proc_result_release(&source);
}

/* More than one piece of it, and bytes that are no text. */
static void
test_commands__attach_a_file_and_get_it_back(void **state)
{
	struct buf file = BUF_INIT;
	char *out;

	(void)state;
	buf_str(&file, "\x89PNG\r\n\x1a\n");
	while (file.len < 2500000)
		buf_str(&file, "\xff\x01 plaat ");
	out = ask("attach themas/connectiviteit kaart.png --note Kaart",
		  file.ptr, 0);
	assert_int_equal(strlen(out), 41);
	free(out);
	out = ask("bijlage haal themas/connectiviteit kaart.png", NULL, 0);
	assert_string_equal(out, file.ptr);
	free(out);
	out = ask("attach list themas/connectiviteit", NULL, 0);
	assert_ptr_equal(strstr(out, "kaart.png\t25000"), out);
	free(out);
	out = ask("attach drop themas/connectiviteit kaart.png", NULL, 0);
	free(out);
	out = ask("attach list themas/connectiviteit", NULL, 1);
	free(out);
	buf_release(&file);
}

static void
test_commands__attach_says_what_it_refuses(void **state)
{
	static const struct {
		const char *line, *input;
		int status;
		const char *says;
	} rows[] = {
		{ "attach themas/connectiviteit a.svg", "<svg/>", 6,
		  "neemt dit soort bestanden niet aan" },
		{ "attach themas/connectiviteit a.png", "<svg/>", 6,
		  "niet wat zijn naam zegt" },
		{ "attach themas/connectiviteit A.png", "x", 6,
		  "geen naam voor een bijlage" },
		{ "attach themas/connectiviteit a.txt", "", 2, "geen bytes" },
		{ "attach themas/geen-pagina a.txt", "x", 4, "" },
		{ "attach get themas/connectiviteit a.txt", NULL, 4, "" },
		{ "attach themas/connectiviteit", "x", 2, "welk bestand" },
	};
	size_t i;
	char *err;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		err = complain(rows[i].line, rows[i].input, rows[i].status);
		if (!strstr(err, rows[i].says))
			fail_msg("%s: %s", rows[i].line, err);
		free(err);
	}
}

static void
test_commands__set_changes_fields(void **state)
{
	char *out;

	(void)state;
	free(ask("create themas/velden --kind thema --title Velden", "Tekst.\n",
		 0));
	out = ask("zet themas/velden titel=Nieuwe titel status=concept "
		  "trefwoorden='[a, b]' --note Zo",
		  NULL, 0);
	assert_string_equal(out, "2\n");
	free(out);
	out = ask("read themas/velden --source", NULL, 0);
	assert_non_null(strstr(out, "titel: \"Nieuwe titel\"\n"));
	assert_non_null(strstr(out, "status: concept\n"));
	assert_non_null(strstr(out, "trefwoorden: [a, b]\n"));
	assert_non_null(strstr(out, "---\nTekst.\n"));
	free(out);
	free(complain("set themas/velden status=concept", NULL, 1));
	free(complain("set themas/velden aliassen=x", NULL, 6));
	free(complain("set themas/velden", NULL, 2));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_commands__attach_a_file_and_get_it_back),
		cmocka_unit_test(test_commands__attach_says_what_it_refuses),
		cmocka_unit_test(test_commands__set_changes_fields),
		cmocka_unit_test(test_commands__say_who_and_what),
		cmocka_unit_test(test_commands__list_and_tree),
		cmocka_unit_test(test_commands__read_a_page),
		cmocka_unit_test(test_commands__save_and_history),
		cmocka_unit_test(test_commands__refuse_an_outdated_base),
		cmocka_unit_test(test_commands__create_a_page),
		cmocka_unit_test(test_commands__answer_clearly_what_cannot_be),
		cmocka_unit_test(test_commands__tell_errors_as_json_too),
		cmocka_unit_test(test_commands__refuse_what_no_page_may_hold),
		cmocka_unit_test(test_commands__compare_and_take_back),
		cmocka_unit_test(test_commands__diff_by_line_is_a_patch),
		cmocka_unit_test(test_commands__find),
		cmocka_unit_test(test_commands__find_in_old_versions),
		cmocka_unit_test(test_commands__list_changes),
		cmocka_unit_test(test_commands__move_delete_and_restore),
		cmocka_unit_test(test_commands__read_as_of_a_date),
		cmocka_unit_test(test_commands__save_joins_or_shows_both_texts),
		cmocka_unit_test(test_commands__show_and_drop_drafts),
		cmocka_unit_test(test_commands__tell_what_is_new),
		cmocka_unit_test(test_commands__api_speaks_json_rpc),
		cmocka_unit_test(test_commands__export_is_what_tar_reads),
	};

	return cmocka_run_group_tests(tests, start_wiki, stop_wiki);
}
