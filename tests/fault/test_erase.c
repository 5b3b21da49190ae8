/*
 * Erasing content by law: from a wiki that is used, with proof; what an old
 * copy can do afterwards; and cut off anywhere, by killing the command or the
 * wiki process, there is the old history or the new one, and a second run
 * finishes.
 */
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "fixture.h"
#include "plein/mem.h"
#include "script.h"

#define KILLS 20
#define KILLS_LONG 1000

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

static void
assert_holds(const char *out, const char *text)
{
	if (!strstr(out, text))
		fail_msg("no \"%s\" in:\n%s", text, out);
}

/* In the fixture's folder, with $PLEIND. */
static int
run(const char *script, char **out)
{
	struct buf all = BUF_INIT;
	int status;

	buf_printf(&all, "PLEIND=%s\n%s", fixture_program("pleind"), script);
	status = script_run(&wiki, all.ptr, out);
	buf_release(&all);
	return status;
}

static char *
run_well(const char *script)
{
	char *out;
	int status = run(script, &out);

	if (status != 0)
		fail_msg("%s: status %d\n%s", script, status, out);
	return out;
}

#define WELL(script) free(run_well(script))

/* What must be nowhere, as anybody would look for it. */
#define NOWHERE \
	"! grep -rqa 'Zeer Geheim' data && cd data/spaces/agenda.git && " \
	"git cat-file --batch-all-objects --batch-check | while read id type " \
	"size; do ! git cat-file $type $id | grep -qa 'Zeer Geheim' || exit " \
	"1;" \
	" done && cd ../../.. && "

static void
make_page(void)
{
	WELL("echo 'Eerst stond hier niets.' | $SSH h@127.0.0.1 maak "
	     "themas/blad --soort "
	     "thema --titel Blad &&"
	     "printf -- '---\\ntitel: Blad\\n---\\nZeer Geheim is dit.\\n' | "
	     "$SSH h@127.0.0.1 opslaan themas/blad --op 1 --toelichting 'een "
	     "Zeer Geheim'"
	     " && printf -- '---\\ntitel: Blad\\n---\\nNiets meer hier.\\n' | "
	     "$SSH h@127.0.0.1 opslaan themas/blad --op 2 &&"
	     "echo ander | $SSH h@127.0.0.1 maak themas/ander --soort thema "
	     "--titel Ander");
}

static void
test_erase__words_are_gone_and_all_else_stays(void **state)
{
	char *out, *again;

	(void)state;
	make_page();
	WELL("git clone -q $URL oud && cd oud && git rev-list main > ../ids &&"
	     "git log --format='%an %ae %at %cn %ce %ct' > ../who &&"
	     "git rev-parse main~2:themas/blad.md > ../blob");
	out = run_well("$PLEIND erase data --text 'Zeer Geheim' --reason "
		       "'AVG artikel 17'");
	assert_holds(out, "texts: 1 of 1 are gone");
	assert_holds(out, "commits: 3 of 3 are gone");
	assert_holds(out, "nothing found");
	free(out);
	WELL(NOWHERE "! git -C data/spaces/agenda.git cat-file -e $(cat blob)"
		     " 2>/dev/null && for i in $(head -3 ids); do ! git -C "
		     "data/spaces/agenda.git cat-file -e $i 2>/dev/null || "
		     "exit 1; done; git -C data/spaces/agenda.git cat-file -e "
		     "$(sed -n 4p ids)");
	WELL("git -C data/spaces/agenda.git log --format='%an %ae %at %cn %ce "
	     "%ct' main | cmp - who && git -C data/spaces/agenda.git fsck "
	     "--strict --full");
	again = run_well("$SSH h@127.0.0.1 lees themas/blad@2; $SSH "
			 "h@127.0.0.1 geschiedenis "
			 "themas/blad | cut -f1 | tr '\\n' ' '");
	assert_holds(again, "Verwijderd bij wet op ");
	assert_holds(again, "AVG artikel 17");
	assert_holds(again, "3 2 1 ");
	free(again);
	fixture_expect_whole(&wiki);
}

static void
test_erase__an_old_copy_cannot_bring_it_back(void **state)
{
	char *out;

	(void)state;
	WELL("cd oud && echo x >> themas/ander.md && git commit -qam x");
	assert_int_not_equal(run("cd oud && git push 2>&1", &out), 0);
	free(out);
	/* what git advises then tells why; a new copy hears nothing */
	out = run_well("cd oud && git fetch 2>&1");
	assert_holds(out, "Je kopie is van daarvoor");
	assert_holds(out, "git clone");
	free(out);
	WELL("git clone -q $URL vers 2>uit && ! grep plein uit && cd vers && "
	     "git commit -q --allow-empty -m leeg && git fetch 2>../uit && ! "
	     "grep plein ../uit");
	assert_int_not_equal(run("cd oud && git push -f 2>&1", &out), 0);
	assert_holds(out, "AVG artikel 17");
	assert_holds(out, "git clone");
	free(out);
	WELL("cd oud && git pull -q --no-rebase -X ours");
	assert_int_not_equal(run("cd oud && git push 2>&1", &out), 0);
	assert_holds(out, "git clone");
	free(out);
	WELL("git clone -q $URL nieuw && cd nieuw && git -C ../oud cat-file "
	     "blob $(cat ../blob) > themas/blad.md && git commit -qam terug");
	assert_int_not_equal(run("cd nieuw && git push 2>&1", &out), 0);
	assert_holds(out, "AVG artikel 17");
	free(out);
	assert_int_not_equal(run("git -C oud cat-file blob $(cat blob) | $SSH "
				 "h@127.0.0.1 opslaan "
				 "themas/blad --op 3 2>&1",
				 &out),
			     0);
	free(out);
	WELL("cd nieuw && git reset -q --hard HEAD~1 && echo y >> "
	     "themas/ander.md && git commit -qam y && git push -q");
	WELL(NOWHERE "true");
}

/* By what a program knows that was open all the while. */
static void
test_erase__commits_of_before_are_known(void **state)
{
	char *out;

	(void)state;
	out = run_well("printf '{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":"
		       "\"page.read\",\"params\":{\"address\":\"themas/ander\","
		       "\"commit\":\"%s\"}}\\n' $(head -1 ids) | $SSH "
		       "h@127.0.0.1 api");
	assert_holds(out, "\"result\"");
	free(out);
	out = run_well("printf '{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":"
		       "\"page.save\",\"params\":{\"address\":\"themas/blad\","
		       "\"base_commit\":\"%s\",\"text\":\"x\"}}\\n' "
		       "$(head -1 ids) | $SSH h@127.0.0.1 api");
	assert_holds(out, "\"erased\"");
	free(out);
}

static void
test_erase__a_whole_page_with_all_that_hangs_on_it(void **state)
{
	char *out;

	(void)state;
	WELL("$SSH h@127.0.0.1 hernoem themas/blad themas/vel && printf "
	     "'\\211PNG\\r\\n"
	     "\\032\\nZeer Geheim' | $SSH h@127.0.0.1 bijlage themas/vel "
	     "plaat.png || "
	     "true");
	out = run_well("$PLEIND erase data themas/vel --reason zaak-2 && $SSH "
		       "h@127.0.0.1 "
		       "lees themas/vel && $SSH h@127.0.0.1 geschiedenis "
		       "themas/vel | cut "
		       "-f1 | tr '\\n' ' '");
	assert_holds(out, "nothing found");
	assert_holds(out, "Verwijderd bij wet op ");
	assert_holds(out, "4 3 2 1 ");
	free(out);
	WELL(NOWHERE "true");
	fixture_expect_whole(&wiki);
}

/* A draft of the page in this space, which says so. */
#define DRAFT(space, text) \
	"printf '{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"session.space\"," \
	"\"params\":{\"space\":\"" space "\"}}\\n" \
	"{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"draft.put\",\"params\":" \
	"{\"address\":\"themas/kaart\",\"base\":1,\"text\":\"" text "\"}}\\n'" \
	" | $SSH h@127.0.0.1 api | grep -c result | grep -q 2 && "

/* Each space is a history of its own; people and their drafts are of all. */
static void
test_erase__in_another_space(void **state)
{
	char *out;

	(void)state;
	WELL("$PLEIND space add data kring --private && $PLEIND space role "
	     "data kring tester redacteur && $PLEIND space add data markt && "
	     "$PLEIND space "
	     "role data markt tester redacteur &&"
	     "for s in kring agenda; do echo 'Heel Bijzonder hier.' | $SSH "
	     "h@127.0.0.1 maak themas/kaart --soort thema --titel Kaart "
	     "--ruimte $s || exit 1; done; " DRAFT("kring", "een klad") DRAFT(
		     "agenda",
		     "nog een") "git -C data/spaces/agenda.git rev-parse main "
				">main");
	out = run_well("$PLEIND erase data themas/kaart --space kring "
		       "--reason zaak-3");
	assert_holds(out, "texts: 1 of 1 are gone");
	assert_holds(out, "nothing found");
	assert_holds(out, "also in the space agenda");
	free(out);
	WELL("$SSH h@127.0.0.1 lees themas/kaart --ruimte kring | grep -q "
	     "'Verwijderd bij wet op ' && test $($SSH h@127.0.0.1 draft list "
	     "--space kring | wc -l) = 0 &&"
	     "$SSH h@127.0.0.1 lees themas/kaart | grep -q 'Heel Bijzonder' && "
	     "$SSH h@127.0.0.1 draft list | grep -q themas/kaart");
	WELL("git -C data/spaces/agenda.git rev-parse main | cmp - main");
	/* words, and drafts that hold them wherever they are */
	WELL(DRAFT("markt", "Heel Bijzonder") "true");
	out = run_well("$PLEIND erase data --text 'Heel Bijzonder' --reason "
		       "zaak-4");
	assert_holds(out, "nothing found");
	free(out);
	WELL("! grep -rqa 'Heel Bijzonder' data && test $($SSH h@127.0.0.1 "
	     "draft list --space markt | wc -l) = 0");
	fixture_expect_whole(&wiki);
}

/* What a page is called may say too much by itself. */
static void
test_erase__an_address(void **state)
{
	char *out;

	(void)state;
	WELL("echo Over hem. | $SSH h@127.0.0.1 maak themas/jan-bos --soort "
	     "thema --titel Klacht && printf -- '---\ntitel: Bij\nhoort_bij: "
	     "[themas/jan-bos]\n---\n[een](jan-bos.md) [twee](../themas/"
	     "jan-bos.md)\n' | $SSH h@127.0.0.1 maak themas/bij --soort thema "
	     "--titel Bij && echo x | $SSH h@127.0.0.1 maak themas/jan-bos-2 "
	     "--soort thema --titel Ander && echo Een. | $SSH "
	     "h@127.0.0.1 comment themas/jan-bos --title Wat &&"
	     "echo b | $SSH h@127.0.0.1 attach themas/jan-bos b.txt &&"
	     "$SSH h@127.0.0.1 hernoem themas/jan-bos themas/klacht-2 &&"
	     "git -C data/spaces/agenda.git log --format='%an %ae %at' main > "
	     "who");
	assert_int_not_equal(run("$PLEIND erase data themas/jan-bos --address "
				 "themas/bij --reason zaak-5 2>&1",
				 &out),
			     0);
	assert_holds(out, "already");
	free(out);
	out = run_well("$PLEIND erase data themas/jan-bos --address "
		       "themas/klacht-1 --reason zaak-5");
	assert_holds(out, "nothing found");
	free(out);
	WELL("cd data/spaces/agenda.git && git log --format='%an %ae %at' main "
	     "| cmp - ../../../who && git fsck --strict --full && git "
	     "rev-list --objects --all | grep jan-bos | grep -v jan-bos-2 | "
	     "wc -l | grep -qx 0 && git log --format=%B main | grep jan-bos | "
	     "grep -v jan-bos-2 | wc -l | grep -qx 0");
	out = run_well("$SSH h@127.0.0.1 lees themas/klacht-1; $SSH "
		       "h@127.0.0.1 geschiedenis themas/klacht-2 | cut -f1 | "
		       "tr '\n' ' '; git -C data/spaces/agenda.git show "
		       "main:themas/bij.md; $SSH h@127.0.0.1 threads "
		       "themas/klacht-2; $SSH h@127.0.0.1 attach list "
		       "themas/klacht-2; $SSH h@127.0.0.1 lees "
		       "themas/jan-bos-2");
	assert_holds(out, "themas/klacht-1"); /* led on from there */
	assert_holds(out, "Over hem.");
	assert_holds(out, "2 1 ");
	assert_holds(out, "[een](klacht-1.md) [twee](../themas/klacht-1.md)");
	assert_holds(out, "hoort_bij: [themas/klacht-1]");
	assert_holds(out, "Wat");
	assert_holds(out, "b.txt");
	free(out);
	fixture_expect_whole(&wiki);
}

/* Old or new, never a mix; the second run finishes. */
static void
cut(int i, bool the_wiki)
{
	char script[1600];

	(void)snprintf(
		script, sizeof(script),
		"git -C data/spaces/agenda.git log --format='%%at %%s' > n1;"
		"printf -- '---\\ntitel: Blad\\n---\\nZeer Geheim %d.\\n' | "
		"$SSH h@127.0.0.1 maak themas/blad-%d --soort thema --titel "
		"Blad &&"
		"($PLEIND erase data --text 'Zeer Geheim' --reason zaak >uit "
		"2>&1 & p=$!; sleep 0.%03d; %s; wait $p) 2>/dev/null;"
		"git -C data/spaces/agenda.git fsck --strict --full "
		"--no-dangling >/dev/null || exit 9;"
		"$SSH h@127.0.0.1 lees themas/blad-%d | grep -Eq 'Zeer "
		"Geheim|bij wet' || "
		"exit 8;"
		"$PLEIND erase data > uit2 2>&1 || $PLEIND erase data --text "
		"'Zeer Geheim' --reason zaak > uit3 2>&1;"
		"$SSH h@127.0.0.1 lees themas/blad-%d | grep -q 'bij wet' || "
		"exit 7;" NOWHERE
		"test -z \"$(ls data/spaces | grep erased)\" &&"
		"test ! -e data/spaces/agenda.git/erasure.json",
		i, i, (i * 37) % 500,
		the_wiki ? "kill -9 $(pgrep -P $(cat pid) -f 'pleind: wiki')"
			 : "kill -9 $p",
		i, i);
	WELL(script);
}

static void
test_erase__cut_off_anywhere_it_is_finished_later(void **state)
{
	int kills = getenv("PLEIN_LONG") ? KILLS_LONG : KILLS, i;
	char line[64];

	(void)state;
	(void)snprintf(line, sizeof(line), "echo %ld > pid", (long)wiki.pid);
	WELL(line);
	for (i = 1; i <= kills; i++)
		cut(i, i % 4 == 0);
	fixture_expect_whole(&wiki);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_erase__words_are_gone_and_all_else_stays),
		cmocka_unit_test(test_erase__an_old_copy_cannot_bring_it_back),
		cmocka_unit_test(test_erase__commits_of_before_are_known),
		cmocka_unit_test(
			test_erase__a_whole_page_with_all_that_hangs_on_it),
		cmocka_unit_test(test_erase__in_another_space),
		cmocka_unit_test(test_erase__an_address),
		cmocka_unit_test(
			test_erase__cut_off_anywhere_it_is_finished_later),
	};

	return cmocka_run_group_tests(tests, start_wiki, stop_wiki);
}
