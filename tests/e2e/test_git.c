/* The content by stock git: clone, fetch, what a save looks like; a push. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "plein/mem.h"
#include "served.h"

/* git with up to four words; gives stdout followed by stderr. */
static char *
git(int status, const char *const args[])
{
	struct proc_result r;

	fixture_git(&wiki, args, &r);
	if (r.status != status)
		fail_msg("git %s: status %d instead of %d\n%s%s", args[0],
			 r.status, status, r.out.ptr, r.err.ptr);
	buf_str(&r.out, r.err.ptr);
	buf_release(&r.err);
	return buf_take(&r.out);
}

#define GIT(status, ...) \
	git((status), (const char *const[]){ __VA_ARGS__, NULL })

static const char *
url(const char *path)
{
	static char text[160];

	(void)snprintf(text, sizeof(text), "ssh://127.0.0.1:%s%s", wiki.port,
		       path);
	return text;
}

static void
test_git__clone_equals_the_template(void **state)
{
	char clone[96], *out;
	const char *diff[] = { "diff",		"-r",  "-x", ".git",
			       "repo-template", clone, NULL };
	struct proc_result r;

	(void)state;
	free(GIT(0, "clone", "-q", url("/agenda"), "kopie"));
	(void)snprintf(clone, sizeof(clone), "%s/kopie", wiki.dir);
	proc_run(&r, diff, NULL, NULL, 20000);
	assert_string_equal(r.out.ptr, "");
	assert_int_equal(r.status, 0);
	proc_result_release(&r);
	out = GIT(0, "-C", "kopie", "log", "--format=%an <%ae> %cn <%ce>");
	assert_string_equal(out, "Plein <plein@agenda.example.nl> "
				 "Plein <plein@agenda.example.nl>\n");
	free(out);
}

static void
test_git__fetch_brings_a_save_as_one_commit(void **state)
{
	struct proc_result r;
	char *out;

	(void)state;
	fixture_ssh(&wiki, "read themas/common-ground --source", NULL, &r);
	buf_str(&r.out, "\nEen regel erbij.\n");
	{
		struct proc_result saved;

		fixture_ssh(&wiki,
			    "save themas/common-ground --base 1 "
			    "--note regel erbij",
			    r.out.ptr, &saved);
		assert_int_equal(saved.status, 0);
		proc_result_release(&saved);
	}
	free(GIT(0, "-C", "kopie", "fetch", "-q"));
	out = GIT(0, "-C", "kopie", "log", "--format=%s|%an|%ae|%cn|%ce",
		  "main..origin/main");
	assert_string_equal(out, "regel erbij|Toos Tester|"
				 "tester@agenda.example.nl|Plein|"
				 "plein@agenda.example.nl\n");
	free(out);
	out = GIT(0, "-C", "kopie", "log", "-1",
		  "--format=%(trailers:key=Plein-Page,valueonly)"
		  "%(trailers:key=Plein-Action,valueonly)",
		  "origin/main");
	assert_non_null(strstr(out, "themas/common-ground\n"));
	assert_non_null(strstr(out, "save\n"));
	free(out);
	out = GIT(0, "-C", "kopie", "show",
		  "origin/main:themas/common-ground.md");
	assert_string_equal(out, r.out.ptr);
	free(out);
	proc_result_release(&r);
	free(GIT(0, "-C", "kopie", "fsck", "--strict"));
}

static void
test_git__shallow_and_partial_clones_work(void **state)
{
	(void)state;
	free(GIT(0, "clone", "-q", "--depth", "1", url("/agenda"), "ondiep"));
	free(GIT(0, "clone", "-q", "--filter=blob:none", "--no-checkout",
		 url("/agenda"), "deels"));
}

/* Hundreds of exchanges of keys, on the way in and on the way out. */
static void
test_git__keys_may_be_renewed_all_the_time(void **state)
{
	struct buf text = BUF_INIT;
	struct proc_result r;

	(void)state;
	wiki.option = "RekeyLimit=16K";
	free(GIT(0, "clone", "-q", url("/agenda"), "vernieuwd"));
	free(GIT(0, "-C", "vernieuwd", "fsck", "--strict"));
	for (int i = 0; text.len < 600000; i++)
		buf_printf(&text, "Regel %d is anders dan alle andere.\n\n", i);
	fixture_ssh(&wiki, "create themas/lang --kind thema --title Lang",
		    text.ptr, &r);
	if (r.status)
		fail_msg("%s", r.err.ptr);
	proc_result_release(&r);
	fixture_ssh(&wiki, "read themas/lang --source", NULL, &r);
	assert_int_equal(r.status, 0);
	assert_non_null(strstr(r.out.ptr, text.ptr));
	proc_result_release(&r);
	free(GIT(0, "-C", "vernieuwd", "pull", "-q"));
	wiki.option = NULL;
	buf_release(&text);
}

static void
test_git__push_is_taken_by_the_rules(void **state)
{
	char *out;

	(void)state;
	free(GIT(0, "-C", "kopie", "reset", "-q", "--hard", "origin/main"));
	free(GIT(0, "-C", "kopie", "-c", "user.name=T", "-c", "user.email=t@x",
		 "commit", "-q", "--allow-empty", "-m", "x"));
	out = GIT(1, "-C", "kopie", "push", "origin", "HEAD:main");
	assert_non_null(strstr(out, "De wiki neemt je wijzigingen niet over"));
	free(out);
	free(GIT(0, "-C", "kopie", "-c", "user.name=T", "-c",
		 "user.email=tester@agenda.example.nl", "commit", "-q",
		 "--amend", "--allow-empty", "--reset-author", "-m", "x"));
	free(GIT(0, "-C", "kopie", "push", "-q", "origin", "HEAD:main"));
}

static void
test_git__other_paths_are_refused(void **state)
{
	static const char *const paths[] = {
		"/geheim",	  "/../agenda", "/agenda/../..",
		"/spaces/agenda", "/",		"/-u"
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(paths) / sizeof(paths[0]); i++)
		free(GIT(128, "clone", "-q", url(paths[i]), "nooit"));
	free(GIT(0, "ls-remote", url("/agenda.git")));
}

static void
test_git__check_finds_the_wiki_sound(void **state)
{
	const char *argv[] = { fixture_program("pleind"), "check", wiki.data,
			       NULL };
	struct proc_result r;

	(void)state;
	proc_run(&r, argv, NULL, NULL, 60000);
	if (r.status != 0)
		fail_msg("check: %s%s", r.out.ptr, r.err.ptr);
	proc_result_release(&r);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_git__clone_equals_the_template),
		cmocka_unit_test(test_git__fetch_brings_a_save_as_one_commit),
		cmocka_unit_test(test_git__shallow_and_partial_clones_work),
		cmocka_unit_test(test_git__push_is_taken_by_the_rules),
		cmocka_unit_test(test_git__other_paths_are_refused),
		cmocka_unit_test(test_git__check_finds_the_wiki_sound),
		cmocka_unit_test(test_git__keys_may_be_renewed_all_the_time),
	};

	return cmocka_run_group_tests(tests, start_wiki, stop_wiki);
}
