/* Commands without a terminal, with the stock ssh client. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include <jansson.h>

#include "fixture.h"
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

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_commands__say_who_and_what),
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
		cmocka_unit_test(test_commands__export_is_what_tar_reads),
	};

	return cmocka_run_group_tests(tests, start_wiki, stop_wiki);
}
