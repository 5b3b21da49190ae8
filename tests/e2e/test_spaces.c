/*
 * test_spaces.c - several spaces in one wiki, with the real ssh and stock git:
 * who is a member, who is not, a guest, and who was stopped. Each test goes on
 * where the one before ended.
 */
#include "served.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plein/buf.h"
#include "script.h"

#define NONE "there is no such space"

static const char *const people[] = { "lid", "ander", "gestopt" };

/* A line of sh: $WIKI runs a command of the host, and as NAME COMMAND… runs
 * one as somebody else than tester. */
static const char prologue[] =
	"PORT=${URL%%/agenda}; PORT=${PORT##*:}\n"
	"as() {\n"
	"  who=$1; shift\n"
	"  key=\"$PWD/$who\"; [ -e \"$key\" ] || key=/nonexistent\n"
	"  SSH=\"$(echo \"$SSH\" | sed \"s#-i [^ ]*#-i $key -l $who#\")\"\n"
	"  export SSH GIT_SSH_COMMAND=\"$SSH\"\n"
	"  export GIT_AUTHOR_EMAIL=$who@agenda.example.nl\n"
	"  export GIT_COMMITTER_EMAIL=$who@agenda.example.nl\n"
	"  \"$@\"\n"
	"}\n"
	"cloned() { git clone -q \"ssh://127.0.0.1:$PORT/$1\" \"$2\"; }\n"
	"api() { printf '%s\\n' \"$@\" | $SSH 127.0.0.1 api; }\n";

/* Run it; its exit status, and what it said into *out (to free()). */
static int
run(const char *script, char **out)
{
	struct buf all = BUF_INIT;
	int status;

	buf_printf(&all, "WIKI='%s'\n%s%s", fixture_program("pleind"), prologue,
		   script);
	status = script_run(&wiki, all.ptr, out);
	buf_release(&all);
	return status;
}

static void
expect(int status, const char *script, const char *said)
{
	char *out;
	int got = run(script, &out);

	if (got != status || (said && !strstr(out, said)))
		fail_msg("%s: status %d\n%s", script, got, out);
	free(out);
}

static void
expect_not(const char *script, const char *not_said)
{
	char *out;

	(void)run(script, &out);
	if (strstr(out, not_said))
		fail_msg("%s\n%s", script, out);
	free(out);
}

static void
test_spaces__are_made_while_the_wiki_runs(void **state)
{
	char line[160], path[80];

	(void)state;
	for (size_t i = 0; i < sizeof(people) / sizeof(people[0]); i++) {
		fixture_make_key(&wiki, people[i], path);
		(void)snprintf(line, sizeof(line),
			       "$WIKI user add $DATA %s --name '%s' "
			       "--role bijdrager --key %s.pub",
			       people[i], people[i], path);
		expect(0, line, NULL);
	}
	expect(0, "$WIKI space add $DATA zorg --title Zorg --private",
	       "private");
	expect(0, "$WIKI space add $DATA jeugd", "public");
	expect(0, "$WIKI space role $DATA zorg lid bijdrager", "lid");
	expect(0, "$WIKI space role $DATA zorg gestopt bijdrager", "gestopt");
	expect(0, "$WIKI space members $DATA zorg", "lid\tbijdrager");
	expect(0, "$WIKI space list $DATA", "zorg\tprivate\tZorg");
}

static void
test_spaces__that_are_private_are_cloned_by_members_only(void **state)
{
	(void)state;
	expect(0, "as lid cloned zorg lid-zorg && ls lid-zorg", "index.md");
	expect(128, "as ander cloned zorg ander-zorg", NONE);
	expect(128, "as ander cloned nergens ander-nergens", NONE);
	expect(128, "cloned zorg tester-zorg", NONE); /* a beheerder */
	expect(0, "as ander cloned jeugd ander-jeugd", NULL);
}

static void
test_spaces__take_pushes_by_the_role_there(void **state)
{
	static const char work[] =
		"mkdir -p themas && printf -- '---\\ntitel: T\\n---\\n\\n"
		"Kwikstaart.\\n' >themas/t.md && git add -A && "
		"git commit -qm t && git push -q origin HEAD:main";
	char line[512];

	(void)state;
	(void)snprintf(line, sizeof(line), "as lid true; cd lid-zorg; %s",
		       work);
	expect(0, line, NULL);
	(void)snprintf(line, sizeof(line), "as ander true; cd ander-jeugd; %s",
		       work);
	expect(128, line, NULL); /* reads there */
}

static void
test_spaces__show_nothing_of_each_other(void **state)
{
	(void)state;
	expect(0,
	       "as lid api '{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":"
	       "\"session.space\",\"params\":{\"space\":\"zorg\"}}' "
	       "'{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"search.pages\","
	       "\"params\":{\"query\":\"kwikstaart\"}}'",
	       "themas/t");
	expect_not("as lid api '{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":"
		   "\"search.pages\",\"params\":{\"query\":\"kwikstaart\"}}'",
		   "themas/t");
	expect(0,
	       "as ander api '{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":"
	       "\"session.space\",\"params\":{\"space\":\"zorg\"}}'",
	       "not-found");
	expect_not("as ander api '{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":"
		   "\"space.list\"}'",
		   "zorg");
}

/* Templates are there from the beginning. */
static void
test_spaces__that_are_new_have_no_pages(void **state)
{
	(void)state;
	expect(0, "as ander sh -c 'printf \"ruimte\\n2\\n\" | $SSH 127.0.0.1'",
	       "tellen vanaf nu.\nNog geen pagina's.");
}

/* Who is in a private space, on a page of the same address. */
static void
test_spaces__do_not_tell_who_is_in_another(void **state)
{
#define IN_ZORG \
	"'{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"session.space\"," \
	"\"params\":{\"space\":\"zorg\"}}' "
#define SAYS \
	"rm -f gone lid.out; { printf '%s\\n' " IN_ZORG \
	"'{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"presence.set\"," \
	"\"params\":{\"address\":\"index\"}}'; " \
	"while [ ! -e gone ]; do sleep 0.05; done; } | " \
	"(as lid sh -c '$SSH 127.0.0.1 api' >lid.out) & " \
	"until grep -qs '\"id\":2' lid.out; do sleep 0.05; done; "
#define ASKS \
	"'{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"presence.list\"}'; " \
	"touch gone; wait"

	(void)state;
	expect(0, SAYS "as gestopt api " IN_ZORG ASKS, "\"handle\":\"lid\"");
	expect(0, SAYS "as ander api " ASKS, "\"rows\":[]");
	expect(0, SAYS "as gestopt api " ASKS, "\"rows\":[]");
}

/* What a command is about when it says so; else it is the first space. */
static void
test_spaces__are_named_to_commands(void **state)
{
	(void)state;
	expect(0, "as lid sh -c '$SSH 127.0.0.1 space'",
	       "zorg\tprivate\tbijdrager");
	expect(0,
	       "as lid sh -c '$SSH 127.0.0.1 search kwikstaart --space zorg'",
	       "themas/t");
	expect(1, "as lid sh -c '$SSH 127.0.0.1 search kwikstaart'", NULL);
	expect(4, "as ander sh -c '$SSH 127.0.0.1 list --space zorg'", NULL);
	expect(0,
	       "printf -- '---\\ntitel: U\\n---\\n\\nKlok.\\n' | "
	       "as lid sh -c '$SSH 127.0.0.1 create themas/u --kind thema "
	       "--title U --space zorg'",
	       NULL);
	expect(4, "as lid sh -c '$SSH 127.0.0.1 read themas/u'", NULL);
	expect(0, "$SSH 127.0.0.1 admin space members zorg", "lid\tbijdrager");
}

/* A remark there is changed to name a member, and somebody who is none. */
static void
test_spaces__name_nobody_who_may_not_read_there(void **state)
{
	static const char mention[] = "\tmention\t1\t";

	(void)state;
	expect(1, "as ander sh -c '$SSH 127.0.0.1 news'", NULL);
	expect(1, "as gestopt sh -c '$SSH 127.0.0.1 news --space zorg'", NULL);
	expect(0,
	       "echo Wie? | as lid sh -c '$SSH 127.0.0.1 comment themas/t "
	       "--title Wie --space zorg' >said && read code rest <said && "
	       "as gestopt sh -c \"\\$SSH 127.0.0.1 seen $code "
	       "--space zorg\" && echo '@ander of @gestopt?' | as lid sh -c "
	       "\"\\$SSH 127.0.0.1 comment edit $code 1 --space zorg\"",
	       NULL);
	expect(0, "as gestopt sh -c '$SSH 127.0.0.1 news --space zorg'",
	       mention);
	expect(1, "as ander sh -c '$SSH 127.0.0.1 news'", NULL);
	expect(4, "as ander sh -c '$SSH 127.0.0.1 news --space zorg'", NULL);
}

static void
test_spaces__guests_read_what_is_public(void **state)
{
	(void)state;
	fixture_configure(&wiki, "gast = ja\ngast_kopie = ja\n");
	expect(0, "as gast cloned jeugd gast-jeugd", NULL);
	expect(128, "as gast cloned zorg gast-zorg", NONE);
}

static void
test_spaces__are_shut_to_who_was_stopped(void **state)
{
	(void)state;
	expect(0, "as gestopt cloned zorg gestopt-zorg", NULL);
	expect(0, "$WIKI user block $DATA gestopt", NULL);
	expect_not("as gestopt cloned zorg gestopt-zorg2; "
		   "ls gestopt-zorg2/index.md",
		   "gestopt-zorg2/index.md\n");
}

/* What was read a moment ago is not any more. */
static void
test_spaces__forget_a_member_at_once(void **state)
{
	(void)state;
	expect(0,
	       "{ echo '{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":"
	       "\"session.space\",\"params\":{\"space\":\"zorg\"}}'; "
	       "sleep 1; $WIKI space dismiss $DATA zorg lid >&2; "
	       "echo '{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"page.read\","
	       "\"params\":{\"address\":\"index\"}}'; sleep 1; } | "
	       "as lid sh -c '$SSH 127.0.0.1 api'",
	       "denied");
	expect(128, "as lid cloned zorg lid-zorg2", NONE);
}

static void
test_spaces__are_checked_kept_and_brought_back(void **state)
{
	(void)state;
	fixture_expect_whole(&wiki);
	expect(0, "$WIKI maintain $DATA && $WIKI reindex $DATA", NULL);
	expect(0,
	       "$WIKI backup $DATA kopie.tar && $WIKI restore kopie.tar terug "
	       "&& $WIKI check terug && "
	       "git -C terug/spaces/zorg.git show main:themas/t.md",
	       "Kwikstaart");
	expect(0, "$WIKI space list terug", "zorg\tprivate\tZorg");
}

static void
test_spaces__that_are_removed_are_put_aside(void **state)
{
	(void)state;
	expect(0, "$WIKI space remove $DATA zorg", "removed/zorg-");
	expect(0, "git -C $DATA/removed/zorg-*.git show main:themas/t.md",
	       "Kwikstaart");
	expect_not("$WIKI space list $DATA", "zorg");
	fixture_expect_whole(&wiki);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_spaces__are_made_while_the_wiki_runs),
		cmocka_unit_test(
			test_spaces__that_are_private_are_cloned_by_members_only),
		cmocka_unit_test(test_spaces__take_pushes_by_the_role_there),
		cmocka_unit_test(test_spaces__show_nothing_of_each_other),
		cmocka_unit_test(test_spaces__that_are_new_have_no_pages),
		cmocka_unit_test(test_spaces__do_not_tell_who_is_in_another),
		cmocka_unit_test(test_spaces__are_named_to_commands),
		cmocka_unit_test(
			test_spaces__name_nobody_who_may_not_read_there),
		cmocka_unit_test(test_spaces__guests_read_what_is_public),
		cmocka_unit_test(test_spaces__are_shut_to_who_was_stopped),
		cmocka_unit_test(test_spaces__forget_a_member_at_once),
		cmocka_unit_test(
			test_spaces__are_checked_kept_and_brought_back),
		cmocka_unit_test(test_spaces__that_are_removed_are_put_aside),
	};

	return cmocka_run_group_tests(tests, start_wiki, stop_wiki);
}
