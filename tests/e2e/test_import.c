/*
 * `pleind import`: a Markdown repository that knows nothing of this wiki,
 * with its history; alone, beside a wiki that is used, and in two goes.
 */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

#include "fixture.h"
#include "plein/clock.h"
#include "plein/mem.h"

static struct fixture wiki;

/* With $PLEIND, $DATA and a function `c DATE NOTE` that commits all. */
static const char prelude[] =
	"export GIT_CONFIG_GLOBAL=/dev/null TZ=UTC\n"
	"export GIT_AUTHOR_NAME='Jan van Elders' GIT_COMMITTER_NAME=Jan\n"
	"export GIT_AUTHOR_EMAIL=jan@elders.example "
	"GIT_COMMITTER_EMAIL=jan@elders.example\n"
	"c() { git add -A; GIT_AUTHOR_DATE=$1 GIT_COMMITTER_DATE=$1 "
	"git commit -q --allow-empty -m \"$2\"; }\n";

static int
run_script(const char *script, char **out)
{
	struct buf all = BUF_INIT;
	const char *argv[] = { "sh", "-c", NULL, NULL };
	struct proc_result r;

	buf_printf(&all, "%sPLEIND=%s; DATA=%s\n", prelude,
		   fixture_program("pleind"), wiki.data);
	if (fixture_program("pleind")[0] != '/')
		die("not an absolute path");
	buf_str(&all, script);
	argv[2] = all.ptr;
	proc_run(&r, argv, wiki.dir, NULL, 240000);
	buf_str(&r.out, r.err.ptr);
	buf_release(&r.err);
	buf_release(&all);
	*out = buf_take(&r.out);
	return r.status;
}

static char *
run_well(const char *script)
{
	char *out;
	int status = run_script(script, &out);

	if (status != 0)
		fail_msg("%s: status %d\n%s", script, status, out);
	return out;
}

#define WELL(script) free(run_well(script))

static void
assert_holds(const char *out, const char *text)
{
	if (!strstr(out, text))
		fail_msg("no \"%s\" in:\n%s", text, out);
}

static int
start_wiki(void **state)
{
	(void)state;
	fixture_start(&wiki);
	WELL("git init -q -b main bron && cd bron && mkdir -p 'docs/De Kaart' "
	     "img && echo '# Bron' > README.md &&"
	     "echo '# Kaart' > 'docs/De Kaart/README.md' &&"
	     "printf '\\211PNG\\r\\n\\032\\n' > img/Logo.PNG && echo x > "
	     "Makefile &&"
	     "ln -s README.md link.md &&"
	     "c 2020-01-02T10:00:00 'eerste\n\nPlein-Request: 00aa' &&"
	     "echo meer >> 'docs/De Kaart/README.md' &&"
	     "c 2020-02-02T10:00:00 tweede && git checkout -q -b zij &&"
	     "echo zij > docs/zij.md && c 2020-02-03T10:00:00 zij &&"
	     "git checkout -q main && echo hoofd > docs/hoofd.md &&"
	     "c 2020-02-04T10:00:00 hoofd &&"
	     "GIT_AUTHOR_DATE=2020-02-05T10:00:00 "
	     "GIT_COMMITTER_DATE=2020-02-05T10:00:00 "
	     "git merge -q -m samen zij && rm docs/hoofd.md &&"
	     "c 2020-03-01T10:00:00 weg");
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
test_import__into_an_empty_wiki_keeps_authors_and_dates(void **state)
{
	char *out;

	(void)state;
	WELL("$PLEIND init leeg --host a.example --template none 2>/dev/null");
	out = run_well("$PLEIND import leeg bron --prefix hulp");
	assert_string_equal(out,
			    "left out: Makefile has no place in a wiki\n"
			    "docs/De Kaart/README.md -> hulp/docs-de-kaart.md\n"
			    "img/Logo.PNG -> bijlagen/hulp/img/logo.png\n"
			    "left out: link.md is no plain file\n"
			    "docs/hoofd.md -> hulp/docs-hoofd.md\n"
			    "docs/zij.md -> hulp/docs-zij.md\n"
			    "5 changes, 7 files; 4 renamed, 2 left out\n");
	free(out);
	out = run_well("cd leeg/spaces/agenda.git && git log --reverse "
		       "--date=short --format='%an %ae %ad %cn %cd %s'");
	assert_string_equal(
		out, "Plein plein@a.example 1970-01-01 Plein 1970-01-01 Begin "
		     "van de wiki\n"
		     "Jan van Elders jan@elders.example 2020-01-02 Plein "
		     "2020-01-02 eerste\n"
		     "Jan van Elders jan@elders.example 2020-02-02 Plein "
		     "2020-02-02 tweede\n"
		     "Jan van Elders jan@elders.example 2020-02-04 Plein "
		     "2020-02-04 hoofd\n"
		     "Jan van Elders jan@elders.example 2020-02-05 Plein "
		     "2020-02-05 samen\n"
		     "Jan van Elders jan@elders.example 2020-03-01 Plein "
		     "2020-03-01 weg\n");
	free(out);
	out = run_well("cd leeg/spaces/agenda.git && git fsck --strict &&"
		       "git ls-tree -r --name-only main &&"
		       "git show main:hulp/docs-de-kaart.md &&"
		       "git log --format=%B | grep '^Plein-Request' || true");
	assert_string_equal(out, "README.md\nbijlagen/hulp/img/logo.png\n"
				 "bronnen.yml\n"
				 "hulp/docs-de-kaart.md\nhulp/docs-zij.md\n"
				 "# Kaart\nmeer\n");
	free(out);
	WELL("$PLEIND check leeg");
}

static void
test_import__again_brings_only_what_is_new(void **state)
{
	char *out;

	(void)state;
	out = run_well("$PLEIND import leeg bron --prefix hulp");
	assert_string_equal(out, "0 changes, 0 files; 0 renamed, 0 left out\n");
	free(out);
	WELL("cp -r bron later && cd later && echo nog >> docs/zij.md &&"
	     "echo '# Nieuw' > nieuw.md && c 2020-04-01T10:00:00 later");
	out = run_well("$PLEIND import leeg later --prefix hulp");
	assert_string_equal(out, "nieuw.md -> hulp/nieuw.md\n"
				 "1 changes, 2 files; 1 renamed, 0 left out\n");
	free(out);
	out = run_well("git -C leeg/spaces/agenda.git show main:hulp/docs-zij."
		       "md && git -C leeg/spaces/agenda.git log --format=%s "
		       "| wc -l");
	assert_string_equal(out, "zij\nnog\n7\n");
	free(out);
}

static void
test_import__never_replaces_what_people_wrote(void **state)
{
	char *out;

	(void)state;
	assert_int_equal(
		run_script("cd bron && mkdir -p themas &&"
			   "echo '# Van buiten' > themas/connectiviteit.md &&"
			   "echo '# Start' > index.md &&"
			   "printf 'a\\033b\\n' > esc.md &&"
			   "c 2020-05-01T10:00:00 botsing && cd .. &&"
			   "$PLEIND import $DATA bron",
			   &out),
		1);
	assert_holds(out, "themas/connectiviteit.md -> "
			  "themas/connectiviteit-2.md\n");
	assert_holds(out, "index.md -> begrippen/index-x.md\n");
	assert_holds(out, "left out: esc.md holds what a page may not hold\n");
	free(out);
	out = run_well("cd $DATA/spaces/agenda.git && git show "
		       "main:themas/connectiviteit.md main:index.md");
	assert_null(strstr(out, "Van buiten"));
	assert_null(strstr(out, "# Start"));
	free(out);
}

static void
test_import__beside_a_wiki_is_seen_at_once(void **state)
{
	struct proc_result r;

	(void)state;
	fixture_ssh(&wiki, "read begrippen/docs-de-kaart --source", NULL, &r);
	if (r.status != 0)
		fail_msg("%s", r.err.ptr);
	assert_string_equal(r.out.ptr, "# Kaart\nmeer\n");
	proc_result_release(&r);
	fixture_ssh(&wiki, "save begrippen/docs-de-kaart --base 2",
		    "# Kaart\neigen werk\n", &r);
	if (r.status != 0)
		fail_msg("%s", r.err.ptr);
	proc_result_release(&r);
}

static void
test_import__leaves_a_page_that_was_edited_since(void **state)
{
	char *out;

	(void)state;
	assert_int_equal(run_script("cd bron && echo x >> 'docs/De "
				    "Kaart/README.md' &&"
				    "echo y >> docs/zij.md &&"
				    "c 2020-06-01T10:00:00 verder && cd .. &&"
				    "$PLEIND import $DATA bron",
				    &out),
			 1);
	assert_string_equal(
		out, "left out: docs/De Kaart/README.md was changed in the "
		     "wiki since\n"
		     "1 changes, 1 files; 0 renamed, 1 left out\n");
	free(out);
	out = run_well("git -C $DATA/spaces/agenda.git show "
		       "main:begrippen/docs-de-kaart.md");
	assert_string_equal(out, "# Kaart\neigen werk\n");
	free(out);
}

/* A long one beside people who save: neither loses anything. */
static const char long_source[] =
	"git init -q -b main lang && cd lang && i=0;"
	"while [ $i -lt 150 ]; do i=$((i+1));"
	"echo \"# Pagina $i\" > p-$((i%20)).md;"
	"c \"$((1500000000+i)) +0000\" \"stap $i\"; done";

static pid_t
start_import(const char *source)
{
	pid_t pid = fork();
	char path[128];

	assert_true(pid >= 0);
	if (pid == 0) {
		(void)snprintf(path, sizeof(path), "%s/%s", wiki.dir, source);
		(void)!freopen("/dev/null", "w", stdout);
		execl(fixture_program("pleind"), "pleind", "import", wiki.data,
		      path, (char *)NULL);
		_exit(127);
	}
	return pid;
}

static void
test_import__and_saves_at_once_lose_nothing(void **state)
{
	struct proc_result r;
	char line[96], text[32], *out;
	pid_t pid, ended = 0;
	int i = 0, status = 0;

	(void)state;
	WELL(long_source);
	fixture_ssh(&wiki, "create begrippen/druk --kind begrip --title Druk",
		    "0\n", &r);
	assert_int_equal(r.status, 0);
	proc_result_release(&r);
	pid = start_import("lang");
	while (ended == 0) {
		i++;
		(void)snprintf(line, sizeof(line),
			       "save begrippen/druk --base %d --note s-%d", i,
			       i);
		(void)snprintf(text, sizeof(text), "regel %d\n", i);
		fixture_ssh(&wiki, line, text, &r);
		if (r.status != 0)
			fail_msg("%s: %s", line, r.err.ptr);
		proc_result_release(&r);
		ended = waitpid(pid, &status, WNOHANG);
	}
	assert_int_equal(WEXITSTATUS(status), 0);
	out = run_well("cd $DATA/spaces/agenda.git && git fsck --strict &&"
		       "git log --format=%s | grep -c '^stap ' &&"
		       "git log --format=%s | grep -c '^s-'");
	(void)snprintf(line, sizeof(line), "150\n%d\n", i);
	assert_string_equal(out, line);
	free(out);
}

static void
test_import__that_was_killed_goes_on_where_it_was(void **state)
{
	char *out, count[16];
	int64_t deadline = clock_mono_ms() + 60000;
	int status, n = 0;
	pid_t pid;

	(void)state;
	WELL("cp -r lang traag && cd traag && git checkout -q --orphan los &&"
	     "git rm -rfq . && i=0; while [ $i -lt 250 ]; do i=$((i+1));"
	     "echo \"# Los $i\" > los-$((i%9)).md;"
	     "c \"$((1500000000+i)) +0000\" \"los $i\"; done");
	pid = start_import("traag");
	while (n == 0 && clock_mono_ms() < deadline) {
		out = run_well("git -C $DATA/spaces/agenda.git log "
			       "--format=%s | grep -c '^los ' || true");
		n = (int)strtol(out, NULL, 10);
		free(out);
	}
	(void)kill(pid, SIGKILL);
	(void)waitpid(pid, &status, 0);
	WELL("$PLEIND import $DATA traag");
	out = run_well("git -C $DATA/spaces/agenda.git log --format=%s |"
		       "grep '^los ' | sort -u | wc -l;"
		       "git -C $DATA/spaces/agenda.git log --format=%s |"
		       "grep -c '^los '");
	(void)snprintf(count, sizeof(count), "250\n250\n");
	assert_string_equal(out, count);
	free(out);
	WELL("$PLEIND check $DATA");
}

/* Two pages that move: one is changed on the way, one in a letter only. */
static const char moving_source[] =
	"git init -q -b main verhuis && cd verhuis && mkdir docs themas &&"
	"printf -- '---\\ntitel: De kaart\\n---\\nregel een\\nregel twee\\n"
	"regel drie\\nregel vier\\n' > docs/Kaart.md &&"
	"echo '# Plan' > docs/plan.md && echo '# Blijft' > blijft.md &&"
	"c 2020-01-02T10:00:00 v1 && echo 'regel vijf' >> docs/Kaart.md &&"
	"c 2020-01-03T10:00:00 v2 && git tag half &&"
	"git mv docs/Kaart.md themas/de-kaart.md &&"
	"echo 'regel zes' >> themas/de-kaart.md &&"
	"git mv docs/plan.md docs/Plan.md && c 2020-01-04T10:00:00 v3 &&"
	"echo 'regel zeven' >> themas/de-kaart.md && echo meer >> "
	"docs/Plan.md && c 2020-01-05T10:00:00 v4";

static void
assert_reads(const char *line, const char *text)
{
	struct proc_result r;

	fixture_ssh(&wiki, line, NULL, &r);
	if (r.status != 0)
		fail_msg("%s: %s", line, r.err.ptr);
	assert_string_equal(r.out.ptr, text);
	proc_result_release(&r);
}

static int
count_versions(const char *address)
{
	char line[96];
	struct proc_result r;
	const char *at;
	int n = 0;

	(void)snprintf(line, sizeof(line), "log %s --json", address);
	fixture_ssh(&wiki, line, NULL, &r);
	assert_int_equal(r.status, 0);
	for (at = r.out.ptr; (at = strstr(at, "\"commit\"")); at++)
		n++;
	proc_result_release(&r);
	return n;
}

#define CARD \
	"---\ntitel: De kaart\naliassen: [begrippen/docs-kaart]\n---\n" \
	"regel een\nregel twee\nregel drie\nregel vier\nregel vijf\n" \
	"regel zes\nregel zeven\n"

static void
test_import__a_move_is_a_move(void **state)
{
	char *out;

	(void)state;
	WELL(moving_source);
	out = run_well("$PLEIND import $DATA verhuis");
	assert_string_equal(out, "blijft.md -> begrippen/blijft.md\n"
				 "docs/Kaart.md -> begrippen/docs-kaart.md\n"
				 "docs/plan.md -> begrippen/docs-plan.md\n"
				 "docs/Plan.md -> begrippen/docs-plan.md\n"
				 "4 changes, 7 files; 4 renamed, 0 left out\n");
	free(out);
	assert_reads("read themas/de-kaart --source", CARD);
	assert_int_equal(count_versions("themas/de-kaart"), 4);
	assert_reads("read begrippen/docs-plan --source", "# Plan\nmeer\n");
	assert_int_equal(count_versions("begrippen/docs-plan"), 2);
	assert_reads("read themas/de-kaart@2 --source",
		     "---\ntitel: De kaart\n---\nregel een\nregel twee\n"
		     "regel drie\nregel vier\nregel vijf\n");
	assert_reads("read begrippen/docs-kaart --source", CARD);
	WELL("$PLEIND check $DATA");
}

/* Later, and in two goes, everything is as at once. */
static void
test_import__a_move_goes_on_later(void **state)
{
	char *out;

	(void)state;
	WELL("for w in ineens later; do $PLEIND init $w --host a.example "
	     "--template none 2>/dev/null; done;"
	     "$PLEIND import ineens verhuis && git clone -q -b half verhuis "
	     "helft 2>/dev/null && $PLEIND import later helft &&"
	     "$PLEIND import later verhuis");
	WELL("a=$(git -C ineens/spaces/agenda.git rev-parse main^{tree}) &&"
	     "b=$(git -C later/spaces/agenda.git rev-parse main^{tree}) &&"
	     "[ $a = $b ]");
	WELL("cd verhuis && sed -i s/vier/4/ themas/de-kaart.md &&"
	     "c 2020-01-06T10:00:00 v5 && git mv themas/de-kaart.md "
	     "docs/Kaart.md && c 2020-01-07T10:00:00 v6");
	out = run_well("$PLEIND import later verhuis");
	assert_string_equal(out, "docs/Kaart.md -> begrippen/docs-kaart.md\n"
				 "2 changes, 2 files; 1 renamed, 0 left out\n");
	free(out);
	out = run_well("git -C later/spaces/agenda.git show "
		       "main^:themas/de-kaart.md "
		       "main:begrippen/docs-kaart.md | grep -E 'alias|4';"
		       "git -C later/spaces/agenda.git ls-tree --name-only "
		       "main themas/");
	assert_string_equal(out, "aliassen: [begrippen/docs-kaart]\nregel 4\n"
				 "aliassen: [themas/de-kaart]\nregel 4\n");
	free(out);
	WELL("$PLEIND check later");
}

/* People changed the page, or took its former address out. */
static void
test_import__a_move_leaves_what_people_did(void **state)
{
	struct proc_result r;
	char *out;

	(void)state;
	fixture_ssh(&wiki, "save themas/de-kaart --base 4",
		    "---\ntitel: De kaart\n---\nregel een\nregel twee\n"
		    "regel drie\nregel vier\nregel vijf\nregel zes\n"
		    "regel zeven\n",
		    &r);
	assert_int_equal(r.status, 0);
	proc_result_release(&r);
	fixture_ssh(&wiki, "save begrippen/docs-plan --base 2", "eigen werk\n",
		    &r);
	assert_int_equal(r.status, 0);
	proc_result_release(&r);
	WELL("cd verhuis && git reset -q --hard HEAD~1 &&"
	     "git mv docs/Plan.md hulpplan.md && c 2020-01-08T10:00:00 v7");
	assert_int_equal(run_script("$PLEIND import $DATA verhuis", &out), 1);
	assert_string_equal(out,
			    "left out: docs/Plan.md was changed in the wiki "
			    "since\nhulpplan.md -> begrippen/hulpplan.md\n"
			    "2 changes, 2 files; 1 renamed, 1 left out\n");
	free(out);
	assert_reads("read begrippen/docs-plan --source", "eigen werk\n");
	assert_reads("read begrippen/hulpplan --source", "# Plan\nmeer\n");
	assert_reads("read themas/de-kaart --source",
		     "---\ntitel: De kaart\n---\nregel een\nregel twee\n"
		     "regel drie\nregel 4\nregel vijf\nregel zes\n"
		     "regel zeven\n");
	WELL("cd verhuis && echo nog >> hulpplan.md && c 2020-01-09T10:00:00 "
	     "v8 && cd .. && $PLEIND import $DATA verhuis");
	assert_reads("read begrippen/hulpplan --source", "# Plan\nmeer\nnog\n");
	WELL("$PLEIND check $DATA");
}

static void
test_import__judges_attachments_as_attach_does(void **state)
{
	char *out;

	(void)state;
	WELL("$PLEIND init prent --host a.example --template none "
	     "2>/dev/null && printf 'bijlagen_mb = 1\nbijlagen_soorten = "
	     "png csv\n' >> prent/plein.conf");
	WELL("git init -q -b main prenten && cd prenten && echo a > a.md &&"
	     "printf '\\211PNG\\r\\n\\032\\n' > echt.png &&"
	     "echo GIF8 > vals.png && echo x > werk.py &&"
	     "head -c 1048577 /dev/zero | tr '\\0' a > groot.csv &&"
	     "printf 'a\\033b' > esc.csv && echo a,b > goed.csv &&"
	     "c 2020-01-02T10:00:00 alles");
	assert_int_equal(run_script("$PLEIND import prent prenten", &out), 1);
	assert_string_equal(
		out, "a.md -> begrippen/a.md\n"
		     "echt.png -> bijlagen/begrippen/algemeen/echt.png\n"
		     "left out: esc.csv is not what its name says\n"
		     "goed.csv -> bijlagen/begrippen/algemeen/goed.csv\n"
		     "left out: groot.csv is too big\n"
		     "left out: vals.png is not what its name says\n"
		     "left out: werk.py is of a kind that plein.conf does not "
		     "allow\n"
		     "1 changes, 3 files; 3 renamed, 4 left out\n");
	free(out);
	WELL("$PLEIND check prent");
}

static void
test_import__wrong_words_are_told(void **state)
{
	static const struct {
		const char *words;
		int status;
		const char *said;
	} rows[] = {
		{ "", 2, "usage: pleind import" },
		{ "$DATA", 2, "usage: pleind import" },
		{ "$DATA bron extra", 2, "" },
		{ "$DATA bron --prefix elders", 2, "no folder for pages" },
		{ "$DATA /geen/map", 1, "/geen/map" },
		{ "$DATA $DATA", 1, "is no repository" },
		{ "bron bron", 1, "holds no wiki" },
	};
	char line[128], *out;
	size_t i;

	(void)state;
	WELL("git init -q niets");
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		(void)snprintf(line, sizeof(line), "$PLEIND import %s",
			       rows[i].words);
		assert_int_equal(run_script(line, &out), rows[i].status);
		assert_holds(out, rows[i].said);
		free(out);
	}
	assert_int_equal(run_script("$PLEIND import $DATA niets", &out), 1);
	assert_holds(out, "holds no history");
	free(out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			test_import__into_an_empty_wiki_keeps_authors_and_dates),
		cmocka_unit_test(test_import__again_brings_only_what_is_new),
		cmocka_unit_test(test_import__never_replaces_what_people_wrote),
		cmocka_unit_test(test_import__beside_a_wiki_is_seen_at_once),
		cmocka_unit_test(
			test_import__leaves_a_page_that_was_edited_since),
		cmocka_unit_test(test_import__and_saves_at_once_lose_nothing),
		cmocka_unit_test(
			test_import__that_was_killed_goes_on_where_it_was),
		cmocka_unit_test(test_import__a_move_is_a_move),
		cmocka_unit_test(test_import__a_move_goes_on_later),
		cmocka_unit_test(test_import__a_move_leaves_what_people_did),
		cmocka_unit_test(
			test_import__judges_attachments_as_attach_does),
		cmocka_unit_test(test_import__wrong_words_are_told),
	};

	return cmocka_run_group_tests(tests, start_wiki, stop_wiki);
}
