/*
 * Changes by stock git: what the wiki takes, what it refuses and how it says
 * so. Each refusal starts from a clone that is as the wiki is.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "fixture.h"
#include "plein/mem.h"

static struct fixture wiki;

/* Runs in the clone; $URL is the wiki's. The status; *out is all it wrote. */
static int
run_script(const char *script, char **out)
{
	struct buf all = BUF_INIT;
	const char *none[] = { NULL };
	const char *ssh[FIXTURE_ARGS];
	const char *argv[] = { "sh", "-c", NULL, NULL };
	struct proc_result r;
	int i;

	(void)fixture_ssh_argv(&wiki, wiki.key, none, ssh);
	buf_str(&all, "export GIT_CONFIG_GLOBAL=/dev/null GIT_SSH_COMMAND='");
	for (i = 0; ssh[i]; i++)
		buf_printf(&all, "%s ", ssh[i]);
	buf_printf(&all,
		   "' URL=ssh://127.0.0.1:%s/agenda GIT_EDITOR=true\n"
		   "[ -d kopie ] && cd kopie\n%s",
		   wiki.port, script);
	argv[2] = all.ptr;
	proc_run(&r, argv, wiki.dir, NULL, 120000);
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
add_account(const char *handle, const char *role, const char *language)
{
	char key[80], pub[96];
	const char *argv[] = { fixture_program("pleind"),
			       "user",
			       "add",
			       wiki.data,
			       handle,
			       "--name",
			       "Iemand",
			       "--role",
			       role,
			       "--lang",
			       language,
			       "--key",
			       pub,
			       NULL };
	struct proc_result r;

	fixture_make_key(&wiki, handle, key);
	(void)snprintf(pub, sizeof(pub), "%s.pub", key);
	proc_run(&r, argv, NULL, NULL, 20000);
	assert_int_equal(r.status, 0);
	proc_result_release(&r);
}

static int
start_wiki(void **state)
{
	(void)state;
	fixture_init(&wiki);
	add_account("lezer", "lezer", "nl");
	add_account("schrijver", "bijdrager", "nl");
	add_account("writer", "bijdrager", "en");
	fixture_serve(&wiki);
	WELL("git clone -q $URL kopie && cd kopie &&"
	     "git config user.name Toos &&"
	     "git config user.email tester@agenda.example.nl");
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

/* From here on this account asks. */
static void
become(const char *handle)
{
	(void)snprintf(wiki.key, sizeof(wiki.key), "%s/%s", wiki.dir, handle);
}

static void
assert_holds(const char *out, const char *text)
{
	if (!strstr(out, text))
		fail_msg("no \"%s\" in:\n%s", text, out);
}

static void
test_push__is_taken_and_seen(void **state)
{
	struct proc_result r;
	char *out;

	(void)state;
	WELL("echo '# Uit git' > themas/uit-git.md && git add . &&"
	     "git commit -qm 'een begin' && git push -q origin main &&"
	     "echo meer >> themas/uit-git.md && git commit -qam 'en meer' &&"
	     "git push -q origin HEAD:refs/heads/main");
	fixture_ssh(&wiki, "log themas/uit-git", NULL, &r);
	assert_int_equal(r.status, 0);
	assert_holds(r.out.ptr, "2\t");
	assert_holds(r.out.ptr, "tester\ten meer\n");
	assert_holds(r.out.ptr, "tester\teen begin\n");
	proc_result_release(&r);
	fixture_ssh(&wiki, "save themas/uit-git --base 2 --note scherm",
		    "# Van het scherm\n", &r);
	if (r.status != 0)
		fail_msg("%s", r.err.ptr);
	proc_result_release(&r);
	out = run_well("git pull -q --rebase origin main &&"
		       "git log -3 --format='%s|%an|%cn'");
	assert_string_equal(out, "scherm|Toos Tester|Plein\n"
				 "en meer|Toos|Toos\neen begin|Toos|Toos\n");
	free(out);
}

static void
test_push__is_in_log_and_list_when_git_says_ok(void **state)
{
	struct proc_result r;
	char line[160];
	int i;

	(void)state;
	for (i = 0; i < 5; i++) {
		(void)snprintf(line, sizeof(line),
			       "echo %d > themas/direct.md && git add . &&"
			       "git commit -qm %d && git push -q origin main",
			       i, i);
		WELL(line);
		(void)snprintf(line, sizeof(line), "read themas/direct@%d",
			       i + 1);
		fixture_ssh(&wiki, line, NULL, &r);
		if (r.status != 0)
			fail_msg("%s: %s", line, r.err.ptr);
		proc_result_release(&r);
	}
}

static const struct {
	const char *script; /* before the push */
	const char *refs;
	const char *said;
} refusals[] = {
	{ "git commit -q --amend -m x", "--force HEAD:main",
	  "  je wijzigingen sluiten niet aan" },
	{ "", "HEAD:ander", "refs/heads/ander: de wiki heeft alleen" },
	{ "git tag -f v1", "v1", "refs/tags/v1: de wiki heeft alleen" },
	{ "", "HEAD:refs/for/x", "deny updating a hidden ref" },
	{ "", ":main", "  main kun je niet verwijderen" },
	{ "git checkout -q -B zij HEAD~1 && echo z > themas/z.md &&"
	  "git add . && git commit -qm z && git checkout -q main &&"
	  "git merge -q --no-edit zij",
	  "HEAD:main", "voegt twee reeksen wijzigingen samen" },
	{ "ln -s /etc/passwd themas/l.md", "HEAD:main", "themas/l.md (" },
	{ "ln -s /etc/passwd themas/l.md", "HEAD:main",
	  "dit is een verwijzing. Alleen" },
	{ "echo x > themas/p.md && chmod +x themas/p.md", "HEAD:main",
	  "gemerkt als programma" },
	{ "git init -q themas/sub && git -C themas/sub -c user.name=x "
	  "-c user.email=x@y commit -q --allow-empty -m x",
	  "HEAD:main", "verwijzing naar een ander project" },
	{ "echo x > themas/Common-Ground.md", "HEAD:main",
	  "themas/Common-Ground.md (" },
	{ "echo x > los.md", "HEAD:main", "deze naam mag niet" },
	{ "echo x > themas/$(printf '\\033[31m').md", "HEAD:main",
	  "themas/<1B>[31m.md (" },
	{ "echo '* -text' > .gitattributes", "HEAD:main", ".gitattributes (" },
	{ "echo x > themas/.gitignore", "HEAD:main",
	  "bestanden die voor git zijn bedoeld" },
	{ "printf 'a\\nb \\351\\n' > themas/u.md", "HEAD:main",
	  "in regel 2 staat een teken" },
	{ "printf 'a\\033[2J\\n' > themas/e.md", "HEAD:main",
	  "in regel 1 staat een teken" },
	{ "printf -- '---\\ntitel: [\\n---\\n' > themas/f.md", "HEAD:main",
	  "de velden bovenaan zijn niet te lezen" },
	{ "head -c 1048577 /dev/zero | tr '\\0' x > themas/g.md", "HEAD:main",
	  "te groot: 1025 kB, hoogstens 1024 kB" },
	{ "mkdir -p bijlagen/themas/g && { printf '%%PDF-1.7\\n'; "
	  "head -c 10485752 /dev/zero; } > bijlagen/themas/g/leeg.pdf",
	  "HEAD:main", "te groot: 10241 kB, hoogstens 10240 kB" },
	{ "export GIT_AUTHOR_EMAIL=iemand@elders.example", "HEAD:main",
	  "de auteur is iemand@elders.example" },
	{ "export GIT_AUTHOR_EMAIL=lezer@agenda.example.nl", "HEAD:main",
	  "de auteur is lezer@agenda.example.nl" },
	{ "export GIT_COMMITTER_EMAIL=plein@agenda.example.nl", "HEAD:main",
	  "de wiki het zelf heeft gemaakt" },
	{ "export GIT_COMMITTER_DATE='@4102444800 +0000'", "HEAD:main",
	  "de datum ligt in de toekomst" },
	{ "export GIT_AUTHOR_DATE='@4102444800 +0000'", "HEAD:main",
	  "de datum ligt in de toekomst" },
	{ "export GIT_COMMITTER_DATE='2001-01-01T00:00:00'", "HEAD:main",
	  "datum ligt v\xc3\xb3\xc3\xb3r die van" },
	{ "export GIT_AUTHOR_NAME=$(printf 'T\\033[31mx')", "HEAD:main",
	  "de naam van de auteur is" },
};
static void
test_push__is_refused_by_name_and_reason(void **state)
{
	char script[1200], *out;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(refusals) / sizeof(refusals[0]); i++) {
		WELL("git fetch -q origin && git checkout -q -f main &&"
		     "git reset -q --hard origin/main && git clean -qffdx");
		(void)snprintf(
			script, sizeof(script),
			"set -e\n%s\ngit add . 2>/dev/null\n"
			"git diff --cached --quiet && extra=--allow-empty"
			"\ngit commit -q $extra -m x\n"
			"! git push origin %s\n",
			refusals[i].script[0] ? refusals[i].script : ":",
			refusals[i].refs);
		out = run_well(script);
		if (!strstr(out, refusals[i].said))
			fail_msg("%s\nno \"%s\" in:\n%s", refusals[i].script,
				 refusals[i].said, out);
		free(out);
	}
	WELL("git reset -q --hard origin/main && git clean -qffdx &&"
	     "[ \"$(git ls-remote $URL)\" = \"$(git rev-parse HEAD)	HEAD\n"
	     "$(git rev-parse HEAD)	refs/heads/main\" ]");
}

static void
test_push__rights_are_those_of_the_path(void **state)
{
	char *out;

	(void)state;
	become("schrijver");
	assert_int_equal(
		run_script("git config user.email schrijver@agenda.example.nl;"
			   "echo x > README.md; echo y > themas/mag.md;"
			   "echo z >> sjablonen/besluit.md; git add .;"
			   "git commit -qm x; git push origin main",
			   &out),
		1);
	assert_holds(out, "README.md (");
	assert_holds(out, "alleen een redacteur mag dit wijzigen");
	assert_holds(out, "sjablonen/besluit.md (");
	assert_null(strstr(out, "themas/mag.md ("));
	free(out);
	WELL("git reset -q --hard origin/main; echo y > themas/mag.md;"
	     "git add .; git commit -qm x; git push -q origin main;"
	     "git config user.email tester@agenda.example.nl");
	become("tester");
}

static void
test_push__who_only_reads_hears_it_before_git_starts(void **state)
{
	char *out;

	(void)state;
	become("lezer");
	WELL("git fetch -q origin && git reset -q --hard origin/main");
	assert_int_equal(run_script("git commit -q --allow-empty -m x;"
				    "git push origin main",
				    &out),
			 128);
	assert_holds(out, "Je kunt deze wiki met git lezen, maar geen "
			  "wijzigingen sturen.");
	assert_false(fixture_log_holds(&wiki, "\"kind\":\"receive\","
					      "\"account\":\"lezer\""));
	free(out);
	become("tester");
}

static void
test_push__speaks_the_language_of_the_account(void **state)
{
	char *out;

	(void)state;
	become("writer");
	assert_int_equal(run_script("git reset -q --hard origin/main;"
				    "git commit -q --allow-empty -m x;"
				    "LC_ALL=nl_NL.UTF-8 git push origin main",
				    &out),
			 1);
	assert_holds(out, "remote: The wiki does not take your changes:");
	assert_holds(out, "the author is tester@agenda.example.nl. It must");
	free(out);
	become("tester");
}

/* The lines to type that a refusal printed, typed. */
static void
obey_refusal(const char *refusal)
{
	struct buf script = BUF_INIT;
	const char *line = refusal;

	buf_str(&script, "set -e\n");
	while ((line = strstr(line, "remote:   git "))) {
		line += strlen("remote:   ");
		buf_add(&script, line, strcspn(line, "\n"));
		buf_char(&script, '\n');
	}
	WELL(script.ptr);
	buf_release(&script);
}

static void
test_push__what_the_refusal_says_mends_it(void **state)
{
	static const char *const rows[] = {
		"git config user.name 'Een Ander';"
		"git config user.email een@ander.example;"
		"echo 1 > themas/een.md; git add .; git commit -qm een;"
		"echo 2 > themas/twee.md; git add .; git commit -qm twee",
		"export GIT_COMMITTER_DATE='2001-01-01T00:00:00';"
		"echo 3 > themas/drie.md; git add .; git commit -qm drie",
		"git checkout -q -B zij HEAD~1; echo 4 > themas/vier.md;"
		"git add .; git commit -qm vier; git checkout -q main;"
		"git merge -q --no-edit zij",
	};
	char *out;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		WELL("git fetch -q origin && git reset -q --hard origin/main");
		WELL(rows[i]);
		assert_int_equal(run_script("git push origin main", &out), 1);
		obey_refusal(out);
		free(out);
		WELL("git push -q origin main");
	}
	out = run_well("git log -5 --format=%s:%ae");
	assert_holds(out, "een:tester@agenda.example.nl\n");
	assert_holds(out, "twee:tester@agenda.example.nl\n");
	assert_holds(out, "vier:tester@agenda.example.nl\n");
	free(out);
}

/* Somebody saved between fetch and push: git says so, or else the wiki. */
static void
test_push__what_came_too_late_gets_advice(void **state)
{
	struct proc_result r;
	char *out;

	(void)state;
	WELL("git fetch -q origin; git reset -q --hard origin/main;"
	     "echo x > themas/laat.md; git add .; git commit -qm laat");
	fixture_ssh(&wiki, "create themas/eerder --kind thema --title Eerder",
		    "Eerder.\n", &r);
	if (r.status != 0)
		fail_msg("%s", r.err.ptr);
	proc_result_release(&r);
	assert_int_equal(run_script("git push origin main", &out), 1);
	assert_holds(out, "git pull");
	free(out);
	WELL("git pull -q --rebase origin main && git push -q origin main");
}

static void
test_push__trailers_of_others_are_not_believed(void **state)
{
	struct proc_result r;

	(void)state;
	WELL("printf 'x\\n' > themas/vals.md; git add .;"
	     "git commit -qm 'vals\n\nPlein-Request: 00aa'; git push -q");
	fixture_ssh(&wiki, "save themas/vals --base 1 --json", "Echt.\n", &r);
	assert_int_equal(r.status, 0);
	assert_holds(r.out.ptr, "\"version\":2");
	proc_result_release(&r);
	WELL("git pull -q --rebase origin main");
}

static void
test_push__does_nothing_without_its_hook(void **state)
{
	char script[600], *out;

	(void)state;
	(void)snprintf(
		script, sizeof(script),
		"mv %s/hooks %s/weg; git commit -q --allow-empty -m x;"
		"git push origin main; s=$?; mv %s/weg %s/hooks; exit $s",
		wiki.data, wiki.data, wiki.data, wiki.data);
	assert_int_not_equal(run_script(script, &out), 0);
	free(out);
	WELL("git push -q origin main");
}

static void
test_push__leaves_a_sound_wiki(void **state)
{
	const char *argv[] = { fixture_program("pleind"), "check", wiki.data,
			       NULL };
	struct proc_result r;
	char script[600];

	(void)state;
	proc_run(&r, argv, NULL, NULL, 60000);
	if (r.status != 0)
		fail_msg("check: %s%s", r.out.ptr, r.err.ptr);
	proc_result_release(&r);
	(void)snprintf(script, sizeof(script),
		       "git -C %s/spaces/agenda.git fsck --strict &&"
		       "! ls %s/spaces/agenda.git/objects | grep incoming",
		       wiki.data, wiki.data);
	WELL(script);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_push__is_taken_and_seen),
		cmocka_unit_test(
			test_push__is_in_log_and_list_when_git_says_ok),
		cmocka_unit_test(test_push__is_refused_by_name_and_reason),
		cmocka_unit_test(test_push__rights_are_those_of_the_path),
		cmocka_unit_test(
			test_push__who_only_reads_hears_it_before_git_starts),
		cmocka_unit_test(test_push__speaks_the_language_of_the_account),
		cmocka_unit_test(test_push__what_the_refusal_says_mends_it),
		cmocka_unit_test(test_push__what_came_too_late_gets_advice),
		cmocka_unit_test(
			test_push__trailers_of_others_are_not_believed),
		cmocka_unit_test(test_push__does_nothing_without_its_hook),
		cmocka_unit_test(test_push__leaves_a_sound_wiki),
	};

	return cmocka_run_group_tests(tests, start_wiki, stop_wiki);
}
