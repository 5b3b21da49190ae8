/*
 * Clones and pushes for every role and every state of an account, as
 * tests/rights/git.txt has it. Accounts come by `pleind session`, as with
 * OpenSSH in front; who has none by ssh.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "cast.h"
#include "plein/mem.h"

#define TABLE "tests/rights/git.txt"
#define NOT_ASKED "."

static struct fixture wiki;
static struct sheet table;
static char strange[80]; /* a key of nobody */

static int
start(void **state)
{
	(void)state;
	sheet_read(&table, TABLE);
	cast_start(&wiki);
	fixture_make_key(&wiki, "strange", strange);
	cast_host(&wiki, "accounts.close", "{\"handle\":\"closed\"}");
	return 0;
}

static int
stop(void **state)
{
	(void)state;
	sheet_release(&table);
	assert_int_equal(fixture_stop(&wiki), 0);
	fixture_expect_whole(&wiki);
	fixture_remove(&wiki);
	return 0;
}

/* git calls it as `ssh … HOST COMMAND`. */
static void
add_front(struct buf *out, enum person p)
{
	char *blob = cast_fill(&wiki, "$own", p);

	buf_printf(out,
		   "front() { for last; do :; done\n"
		   "SSH_ORIGINAL_COMMAND=$last exec %s session %s --account %s "
		   "--type ssh-ed25519 --key %s; }\nfront \"$@\"\n",
		   fixture_program("pleind"), wiki.front, cast_name(p), blob);
	free(blob);
}

static void
add_ssh(struct buf *out, enum person p)
{
	const char *const user[] = { "-l", cast_name(p), NULL };
	const char *argv[FIXTURE_ARGS];
	int n = fixture_ssh_argv(&wiki, strange, user, argv);

	buf_str(out, "exec");
	for (int i = 0; i < n; i++)
		buf_printf(out, " %s", argv[i]);
	buf_str(out, " \"$@\"\n");
}

static bool
has_account(enum person p)
{
	return p != NOBODY && p != GAST && p != NIEUW;
}

/* As docs/discussions.md has it. */
static const char remarks[] =
	"remark() { at=${2:-themas/common-ground}; who=20260317T092700Z-$1\n"
	"printf 'Van %s.\\n' $1 >../new\n"
	"sum=$({ printf '%s/%s\\n' $at $who; cat ../new; } | sha1sum |"
	" cut -c 1-12)\n"
	"mkdir -p bespreking/$at/$sum\n"
	"mv ../new bespreking/$at/$sum/$who-$sum.md; }\n"
	"of() { ls bespreking/*/*/*/*-$1-*.md; }\n";

/* What stands before each line. */
static void
add_prelude(struct buf *out, enum person p)
{
	const char *me = cast_name(p);

	buf_str(out, "cat >ssh.sh <<'END'\n");
	if (has_account(p))
		add_front(out, p);
	else
		add_ssh(out, p);
	buf_printf(out,
		   "END\nexport GIT_CONFIG_GLOBAL=/dev/null "
		   "GIT_SSH_COMMAND=\"sh $PWD/ssh.sh\" GIT_SSH_VARIANT=ssh\n"
		   "export GIT_AUTHOR_NAME=%s GIT_COMMITTER_NAME=%s "
		   "GIT_AUTHOR_EMAIL=%s@agenda.example.nl "
		   "GIT_COMMITTER_EMAIL=%s@agenda.example.nl\n"
		   "URL=ssh://127.0.0.1:%s/agenda BARE=%s/spaces/agenda.git\n"
		   "me=%s to=main force= say=\n"
		   "%s"
		   "clone() { rm -rf ../copy; git clone -q $URL ../copy; }\n"
		   "push() { git add -A && git commit -qm $me -m \"$say\" && "
		   "git push -q $force $URL HEAD:$to; }\n"
		   "[ -d work ] || git clone -q $BARE work\ncd work\n"
		   "git fetch -q $BARE main && git reset -q --hard FETCH_HEAD "
		   "&& git clean -fdq || exit 99\n",
		   me, me, me, me, wiki.port, wiki.data, me, remarks);
}

static const char *
word_of(const struct proc_result *r)
{
	if (r->status == 0)
		return "yes";
	if (r->status == 99)
		fail_msg("the clone of the test: %s", r->err.ptr);
	if (strstr(r->err.ptr, "declined"))
		return "not";
	return strstr(r->err.ptr, "Could not read from remote") ? "-" : "?";
}

static int
check(const struct row *r, int column, enum person p)
{
	struct buf script = BUF_INIT;
	const char *argv[] = { "sh", "-c", NULL, NULL };
	struct proc_result result;
	int wrong;

	add_prelude(&script, p);
	buf_str(&script, r->request);
	argv[2] = script.ptr;
	proc_run(&result, argv, wiki.dir, NULL, 60000);
	wrong = !sheet_agrees(r->cells[column], word_of(&result));
	if (wrong)
		print_error("%s:%d: %s (%s) of %s: \"%s\", not \"%s\": %s\n",
			    TABLE, r->line, r->what, r->object, cast_name(p),
			    word_of(&result), r->cells[column], result.err.ptr);
	proc_result_release(&result);
	buf_release(&script);
	return wrong;
}

static int
check_row(const struct row *r)
{
	enum person p;
	int wrong = 0;

	for (int c = 0; c < table.n_columns; c++) {
		if (strcmp(r->cells[c], NOT_ASKED) == 0)
			continue;
		p = cast_of_column(&table, c);
		cast_settle(&wiki, p);
		wrong += check(r, c, p);
		cast_unsettle(&wiki, p);
	}
	return wrong;
}

static void
test_git__is_for_whom_the_table_says(void **state)
{
	int wrong = 0;

	(void)state;
	for (size_t i = 0; i < table.rows.len; i++)
		if (((struct row *)table.rows.items[i])->kind == ROW_ASKED)
			wrong += check_row(table.rows.items[i]);
		else
			cast_prepare(&wiki, table.rows.items[i]);
	assert_int_equal(wrong, 0);
}

/* gast_kopie also says it of who waits. */
static void
test_git__guests_clone_where_they_may(void **state)
{
	static const struct row may = { .cells = { (char *)"yes" },
					.request = (char *)"clone",
					.what = (char *)"clone",
					.object = (char *)"gast_kopie = ja" };
	static const struct row may_not = {
		.cells = { (char *)"-" },
		.request = (char *)"echo x >x.md; push",
		.what = (char *)"push",
		.object = (char *)"gast_kopie = ja"
	};
	int wrong = 0;

	(void)state;
	fixture_configure(&wiki, "gast_kopie = ja");
	wrong += check(&may, 0, GAST) + check(&may, 0, WAITING);
	wrong += check(&may_not, 0, GAST) + check(&may_not, 0, WAITING);
	assert_int_equal(wrong, 0);
	fixture_configure(&wiki, "gast_kopie = nee");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_git__is_for_whom_the_table_says),
		cmocka_unit_test(test_git__guests_clone_where_they_may),
	};

	return cmocka_run_group_tests(tests, start, stop);
}
