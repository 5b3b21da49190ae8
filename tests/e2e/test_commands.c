/* Commands without a terminal, with the stock ssh client. */
#include "asking.h"

#include "plein/clock.h"

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

/* The sign-in of this very command is in it, in less than a second. */
static void
test_commands__administrators_read_the_audit_log(void **state)
{
	int64_t end = clock_mono_ms() + 10000;
	char *out = NULL;

	(void)state;
	do {
		free(out);
		out = ask("admin log -n 1", NULL, 0);
	} while (!strstr(out, "\ttester\tsession.open\t") &&
		 clock_mono_ms() < end);
	assert_non_null(strstr(out, "\ttester\tsession.open\t\t127.0.0.1\t"
				    "login\tok\trole=beheerder key=SHA256:"));
	free(out);
	expect("beheer logboek", 0, "\tuser.add\ttester\t\thost\tok\t");
	expect("admin logboek --json", 0, "\"act\":\"user.add\"");
	free(complain("admin log --since 2999-01-01", NULL, 1));
	free(complain("admin weg", NULL, 2));
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
	/* without a text it begins as the template of its kind */
	free(ask("create vraagstukken/sensoren --kind vraagstuk "
		 "--title Wat meten we",
		 NULL, 0));
	out = ask("read vraagstukken/sensoren --source", NULL, 0);
	assert_non_null(strstr(out, "titel: \"Wat meten we\"\n"));
	assert_non_null(strstr(out, "\n## "));
	free(out);
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

/* The process that spells is started for it, once for both. */
static void
test_commands__api_checks_spelling(void **state)
{
	static const char in[] =
		"{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"spell.check\","
		"\"params\":{\"words\":\"gemeente\\nqqgemeente\\ncity\"}}\n"
		"{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"spell.suggest\","
		"\"params\":{\"word\":\"gemeentte\"}}\n";
	char *out = ask("api", in, 0);

	(void)state;
	assert_non_null(strstr(out, "{\"unknown\":[\"qqgemeente\"]}"));
	assert_non_null(strstr(out, "{\"words\":[\"gemeente\""));
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
		cmocka_unit_test(
			test_commands__administrators_read_the_audit_log),
		cmocka_unit_test(test_commands__list_and_tree),
		cmocka_unit_test(test_commands__read_a_page),
		cmocka_unit_test(test_commands__save_and_history),
		cmocka_unit_test(test_commands__refuse_an_outdated_base),
		cmocka_unit_test(test_commands__create_a_page),
		cmocka_unit_test(test_commands__answer_clearly_what_cannot_be),
		cmocka_unit_test(test_commands__tell_errors_as_json_too),
		cmocka_unit_test(test_commands__refuse_what_no_page_may_hold),
		cmocka_unit_test(test_commands__show_and_drop_drafts),
		cmocka_unit_test(test_commands__tell_what_is_new),
		cmocka_unit_test(test_commands__api_speaks_json_rpc),
		cmocka_unit_test(test_commands__api_checks_spelling),
		cmocka_unit_test(test_commands__export_is_what_tar_reads),
	};

	return cmocka_run_group_tests(tests, start_wiki, stop_wiki);
}
