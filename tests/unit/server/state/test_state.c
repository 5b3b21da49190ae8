/* test_state.c - state.db: made, opened, refused. */
#include "state/state.h"

#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "plein/buf.h"
#include "scratch.h"
#include "state/accounts.h"
#include "state/db.h"
#include "state/drafts.h"
#include "state/folds.h"
#include "state/marks.h"
#include "state/state_impl.h"

struct fixture {
	char dir[SCRATCH_MAX];
	char path[SCRATCH_MAX + 16];
	struct err err;
};

static int
setup(void **state)
{
	struct fixture *f = calloc(1, sizeof *f);

	if (f == NULL || scratch_make(f->dir) != 0)
		return -1;
	(void)snprintf(f->path, sizeof f->path, "%s/state.db", f->dir);
	*state = f;
	return 0;
}

static int
teardown(void **state)
{
	struct fixture *f = *state;

	(void)scratch_remove(f->dir);
	free(f);
	return 0;
}

static void
write_file(const struct fixture *f, const char *data, size_t len)
{
	FILE *file = fopen(f->path, "w");

	assert_non_null(file);
	assert_int_equal(fwrite(data, 1, len, file), len);
	assert_int_equal(fclose(file), 0);
}

static void
fill(struct fixture *f)
{
	struct state *s = NULL;
	char handle[32];
	int i;

	assert_int_equal(state_open(&s, f->path, 1, &f->err), 0);
	for (i = 0; i < 100; i++) {
		(void)snprintf(handle, sizeof handle, "persoon-%d", i);
		assert_int_equal(account_add(s, handle, "Iemand", ROLE_LEZER,
					     "nl", &f->err),
				 0);
	}
	state_close(s);
}

static void
test_state__is_made_when_asked_for(void **state)
{
	struct fixture *f = *state;
	struct state *s = NULL;
	struct stat st;

	assert_int_equal(state_open(&s, f->path, 0, &f->err), PLEIN_ENOTFOUND);
	assert_null(s);
	assert_int_equal(access(f->path, F_OK), -1);
	assert_int_equal(state_open(&s, f->path, 1, &f->err), 0);
	assert_int_equal(state_check(s, &f->err), 0);
	state_close(s);
	assert_int_equal(stat(f->path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(state_open(&s, f->path, 0, &f->err), 0);
	state_close(s);
	state_close(NULL);
}

static void
test_state__in_a_missing_folder_cannot_be(void **state)
{
	struct fixture *f = *state;
	struct state *s = NULL;

	(void)snprintf(f->path, sizeof f->path, "%s/no/state.db", f->dir);
	assert_int_equal(state_open(&s, f->path, 1, &f->err), PLEIN_ENOTFOUND);
	assert_null(s);
}

static void
test_state__an_empty_file_is_no_database_of_ours(void **state)
{
	struct fixture *f = *state;
	struct state *s = NULL;

	write_file(f, "", 0);
	assert_int_equal(state_open(&s, f->path, 0, &f->err), PLEIN_ECORRUPT);
	assert_int_equal(state_open(&s, f->path, 1, &f->err), 0);
	state_close(s);
}

static void
test_state__rubbish_is_refused_and_kept(void **state)
{
	struct fixture *f = *state;
	char rubbish[5000];
	struct state *s = NULL;
	struct stat st;
	int create;

	memset(rubbish, 'r', sizeof rubbish);
	write_file(f, rubbish, sizeof rubbish);
	for (create = 0; create <= 1; create++) {
		assert_int_equal(state_open(&s, f->path, create, &f->err),
				 PLEIN_ECORRUPT);
		assert_null(s);
		assert_non_null(strstr(f->err.msg, f->path));
	}
	assert_int_equal(stat(f->path, &st), 0);
	assert_int_equal(st.st_size, sizeof rubbish);
}

static void
test_state__a_cut_off_file_is_refused(void **state)
{
	struct fixture *f = *state;
	struct state *s = NULL;
	struct stat st;
	off_t len;

	fill(f);
	assert_int_equal(stat(f->path, &st), 0);
	for (len = st.st_size - 4096; len > 0; len -= 1000) {
		assert_int_equal(truncate(f->path, len), 0);
		assert_int_equal(state_open(&s, f->path, 1, &f->err),
				 PLEIN_ECORRUPT);
	}
}

/* state.db as the first release made it; never to be changed. */
static const struct db_form form_1 = {
	.id = 0x506c5374,
	.version = 1,
	.schema = { "CREATE TABLE account ("
		    " handle TEXT PRIMARY KEY,"
		    " name TEXT NOT NULL,"
		    " role TEXT NOT NULL,"
		    " language TEXT NOT NULL,"
		    " created INTEGER NOT NULL"
		    ") STRICT, WITHOUT ROWID;"
		    "CREATE TABLE key ("
		    " fingerprint TEXT PRIMARY KEY,"
		    " handle TEXT NOT NULL REFERENCES account(handle),"
		    " kind TEXT NOT NULL,"
		    " blob TEXT NOT NULL,"
		    " comment TEXT NOT NULL,"
		    " added INTEGER NOT NULL"
		    ") STRICT, WITHOUT ROWID;"
		    "CREATE INDEX key_handle ON key(handle);" },
	.tuning = "PRAGMA foreign_keys = ON;",
};

static void
make_form_1(struct fixture *f)
{
	struct db d;

	assert_int_equal(db_open(&d, f->path, DB_CREATE, &form_1, &f->err), 0);
	assert_int_equal(
		db_exec(&d,
			"INSERT INTO account VALUES"
			" ('ada', 'Ada', 'redacteur', 'nl', 1700000000),"
			" ('bo', 'Bo', 'lezer', 'en', 1700000001);"
			"INSERT INTO key VALUES ('SHA256:x', 'ada',"
			" 'ssh-ed25519', 'AAAA', 'laptop', 1700000002);",
			&f->err),
		0);
	db_close(&d);
}

static void
test_state__an_older_form_is_brought_up_to_date(void **state)
{
	struct fixture *f = *state;
	struct draft d = { .space = "agenda",
			   .handle = "ada",
			   .address = "index",
			   .text = "x" };
	struct vec all = VEC_INIT, drafts = VEC_INIT;
	const struct account *ada;
	struct state *s = NULL;
	int i;

	make_form_1(f);
	for (i = 0; i < 2; i++) {
		assert_int_equal(state_open(&s, f->path, 0, &f->err), 0);
		assert_int_equal(account_list(s, &all, &f->err), 0);
		assert_int_equal(all.len, 2);
		ada = all.items[0];
		assert_string_equal(ada->handle, "ada");
		assert_int_equal(ada->role, ROLE_REDACTEUR);
		assert_int_equal(ada->created, 1700000000);
		assert_int_equal(ada->n_keys, 1);
		assert_int_equal(draft_put(s, &d, &f->err), 0);
		assert_int_equal(
			draft_list(s, "agenda", "ada", &drafts, &f->err), 0);
		assert_int_equal(drafts.len, 1);
		assert_int_equal(state_check(s, &f->err), 0);
		vec_release(&all, account_free);
		vec_release(&drafts, draft_free);
		all = drafts = (struct vec)VEC_INIT;
		state_close(s);
	}
}

/* As the program of before wrote them, in its form 9. */
static const char *const written_before[] = {
	"INSERT INTO draft VALUES"
	" ('ada', 'index', 3, 'abc', 5, 1700000003, 'tekst');",
	"INSERT INTO draft_note VALUES ('ada', 'index', 'waarom');",
	"INSERT INTO mark VALUES ('ada', 'themas/x', 7, 1700000004);",
	"INSERT INTO visit VALUES ('bo', 1700000005, 1700000006, NULL);",
	"INSERT INTO fold VALUES ('bo', 'themas/x -');",
};

static void
make_form_9(struct fixture *f)
{
	struct db_form form_9 = form_1;
	struct db d;

	make_form_1(f);
	form_9.version = 9;
	form_9.upgrades = state_upgrades;
	assert_int_equal(db_open(&d, f->path, DB_WRITE, &form_9, &f->err), 0);
	for (size_t i = 0; i < sizeof(written_before) / sizeof(char *); i++)
		assert_int_equal(db_exec(&d, written_before[i], &f->err), 0);
	db_close(&d);
}

static void
test_state__what_was_of_the_one_space_is_of_the_default_one(void **state)
{
	struct fixture *f = *state;
	struct draft d = { 0 };
	struct buf open = BUF_INIT;
	struct visit v;
	struct state *s = NULL;
	struct vec marks = VEC_INIT;

	make_form_9(f);
	assert_int_equal(state_open(&s, f->path, 0, &f->err), 0);
	assert_int_equal(draft_get(s, "agenda", "ada", "index", &d, &f->err),
			 0);
	assert_string_equal(d.text, "tekst");
	assert_string_equal(d.note, "waarom");
	assert_int_equal(d.base, 3);
	assert_int_equal(d.time, 1700000003);
	draft_release(&d);
	assert_int_equal(marks_among(s, "agenda", "ada", "[\"themas/x\"]",
				     &marks, &f->err),
			 0);
	assert_int_equal(marks.len, 1);
	assert_int_equal(((struct mark *)marks.items[0])->version, 7);
	vec_release(&marks, mark_free);
	assert_int_equal(visit_get(s, "agenda", "bo", &v, &f->err), 0);
	assert_int_equal(v.seen, 1700000005);
	assert_int_equal(folds_get(s, "agenda", "bo", &open, &f->err), 0);
	assert_string_equal(open.ptr, "themas/x -");
	buf_release(&open);
	assert_int_equal(draft_drop(s, "agenda", "ada", "index", &f->err), 0);
	assert_int_equal(state_check(s, &f->err), 0);
	state_close(s);
}

/* What is in the file, as SQL without layout. */
static void
describe_schema(struct fixture *f, struct buf *out)
{
	struct db_form any = form_1;
	sqlite3_stmt *st = NULL;
	struct db d;
	char *name, *sql;

	any.version = 17;
	assert_int_equal(db_open(&d, f->path, DB_READ, &any, &f->err), 0);
	assert_int_equal(db_start(&d, &st, &f->err,
				  "SELECT name, sql FROM sqlite_schema"
				  " ORDER BY name",
				  ""),
			 0);
	while (db_step(&d, st, &f->err) > 0) {
		name = db_text(st, 0);
		sql = db_text(st, 1);
		buf_printf(out, "%s: %s\n", name, sql ? sql : "");
		free(name);
		free(sql);
	}
	db_end(st);
	db_close(&d);
}

static void
test_state__an_older_form_becomes_what_a_new_file_is(void **state)
{
	struct fixture *f = *state;
	struct buf fresh = BUF_INIT, mended = BUF_INIT;
	struct state *s = NULL;

	make_form_1(f);
	assert_int_equal(state_open(&s, f->path, 0, &f->err), 0);
	state_close(s);
	describe_schema(f, &mended);
	(void)snprintf(f->path, sizeof f->path, "%s/new.db", f->dir);
	assert_int_equal(state_open(&s, f->path, 1, &f->err), 0);
	state_close(s);
	describe_schema(f, &fresh);
	assert_non_null(strstr(fresh.ptr, "draft"));
	assert_string_equal(mended.ptr, fresh.ptr);
	buf_release(&fresh);
	buf_release(&mended);
}

/* What stands in the way of the upgrade: nothing of it may be left. */
static void
test_state__an_upgrade_that_fails_changes_nothing(void **state)
{
	struct fixture *f = *state;
	struct state *s = NULL;
	struct db d;

	make_form_1(f);
	assert_int_equal(db_open(&d, f->path, DB_WRITE, &form_1, &f->err), 0);
	assert_int_equal(db_exec(&d, "CREATE TABLE visit (x)", &f->err), 0);
	db_close(&d);
	assert_true(state_open(&s, f->path, 0, &f->err) < 0);
	assert_null(s);
	assert_int_equal(db_open(&d, f->path, DB_WRITE, &form_1, &f->err), 0);
	assert_int_equal(db_exec(&d, "CREATE TABLE draft (x)", &f->err), 0);
	db_close(&d);
}

static void
test_state__more_statements_than_one_table_are_kept(void **state)
{
	struct fixture *f = *state;
	sqlite3_stmt *first[500], *again;
	char sql[500][24];
	struct db d;
	int i, round;

	assert_int_equal(db_open(&d, f->path, DB_CREATE, &form_1, &f->err), 0);
	for (round = 0; round < 2; round++)
		for (i = 0; i < 500; i++) {
			(void)snprintf(sql[i], sizeof sql[i], "SELECT %d", i);
			assert_int_equal(
				db_start(&d, &again, &f->err, sql[i], ""), 0);
			if (round == 0)
				first[i] = again;
			assert_ptr_equal(again, first[i]);
			assert_int_equal(db_step(&d, again, &f->err), 1);
			assert_int_equal(sqlite3_column_int(again, 0), i);
			db_end(again);
		}
	db_close(&d);
}

static void
test_state__a_transaction_is_all_or_nothing(void **state)
{
	struct fixture *f = *state;
	struct account a = { 0 };
	struct state *s = NULL;

	assert_int_equal(state_open(&s, f->path, 1, &f->err), 0);
	state_abort(s);
	assert_int_equal(state_begin(s, &f->err), 0);
	assert_int_equal(
		account_add(s, "ada", "Ada", ROLE_LEZER, "nl", &f->err), 0);
	state_abort(s);
	assert_int_equal(account_get(s, "ada", &a, &f->err), PLEIN_ENOTFOUND);
	assert_int_equal(state_begin(s, &f->err), 0);
	assert_int_equal(account_add(s, "bo", "Bo", ROLE_LEZER, "nl", &f->err),
			 0);
	assert_int_equal(state_commit(s, &f->err), 0);
	assert_int_equal(account_get(s, "bo", &a, &f->err), 0);
	account_release(&a);
	state_close(s);
}

/* A whole page in the middle is overwritten: found by the check. */
static void
test_state__check_finds_damage(void **state)
{
	struct fixture *f = *state;
	char rubbish[4096];
	struct state *s = NULL;
	struct stat st;
	int fd, rc;

	fill(f);
	assert_int_equal(stat(f->path, &st), 0);
	memset(rubbish, 0x5a, sizeof rubbish);
	fd = open(f->path, O_WRONLY | O_CLOEXEC);
	assert_true(fd >= 0);
	assert_int_equal(pwrite(fd, rubbish, sizeof rubbish,
				st.st_size - (off_t)sizeof rubbish),
			 sizeof rubbish);
	assert_int_equal(close(fd), 0);
	rc = state_open(&s, f->path, 0, &f->err);
	if (rc == 0)
		rc = state_check(s, &f->err);
	assert_int_equal(rc, PLEIN_ECORRUPT);
	state_close(s);
}

static void
test_state__another_programs_database_is_refused(void **state)
{
	struct fixture *f = *state;
	struct state *s = NULL;
	char byte = 9;
	int fd;

	fill(f);
	fd = open(f->path, O_WRONLY | O_CLOEXEC);
	assert_true(fd >= 0);
	assert_int_equal(pwrite(fd, &byte, 1, 68), 1); /* application_id */
	assert_int_equal(close(fd), 0);
	assert_int_equal(state_open(&s, f->path, 1, &f->err), PLEIN_ECORRUPT);
	assert_non_null(strstr(f->err.msg, "another program"));
}

static void
test_state__a_newer_form_is_refused(void **state)
{
	struct fixture *f = *state;
	struct state *s = NULL;
	char byte = 18;
	int fd;

	fill(f);
	fd = open(f->path, O_WRONLY | O_CLOEXEC);
	assert_true(fd >= 0);
	assert_int_equal(pwrite(fd, &byte, 1, 63), 1); /* user_version */
	assert_int_equal(close(fd), 0);
	assert_int_equal(state_open(&s, f->path, 1, &f->err), PLEIN_ECORRUPT);
	assert_non_null(strstr(f->err.msg, "form 18"));
	assert_non_null(strstr(f->err.msg, "newer"));
}

static void
test_state__two_handles_see_each_other(void **state)
{
	struct fixture *f = *state;
	struct account a = { 0 };
	struct state *one = NULL, *two = NULL;

	assert_int_equal(state_open(&one, f->path, 1, &f->err), 0);
	assert_int_equal(state_open(&two, f->path, 0, &f->err), 0);
	assert_int_equal(account_get(two, "ada", &a, &f->err), PLEIN_ENOTFOUND);
	assert_int_equal(
		account_add(one, "ada", "Ada", ROLE_BEHEERDER, "nl", &f->err),
		0);
	assert_int_equal(account_get(two, "ada", &a, &f->err), 0);
	account_release(&a);
	assert_int_equal(
		account_add(two, "bo", "Bo", ROLE_LEZER, "en", &f->err), 0);
	assert_int_equal(account_get(one, "bo", &a, &f->err), 0);
	account_release(&a);
	state_close(one);
	state_close(two);
}

/*
 * EFBIG stands in for ENOSPC: with 100 bytes a file already the first write
 * fails, with 256 KiB some later one. What was added before is there.
 */
static void
test_state__tells_of_a_full_disk(void **state)
{
	static const rlim_t limits[] = { 100, 262144 };
	struct fixture *f = *state;
	struct account a = { 0 };
	struct rlimit was, small;
	struct state *s = NULL;
	char handle[32];
	int i, n, rc;

	assert_true(signal(SIGXFSZ, SIG_IGN) != SIG_ERR);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &was), 0);
	assert_int_equal(state_open(&s, f->path, 1, &f->err), 0);
	for (i = n = 0; i < 2; i++) {
		small = was;
		small.rlim_cur = limits[i];
		assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
		for (rc = 0; rc == 0 && n < 1000; n += rc == 0) {
			(void)snprintf(handle, sizeof handle, "h%d", n);
			rc = account_add(s, handle, "Ada", ROLE_LEZER, "nl",
					 &f->err);
		}
		assert_int_equal(setrlimit(RLIMIT_FSIZE, &was), 0);
		assert_int_equal(rc, PLEIN_ENOSPACE);
		assert_int_equal(account_get(s, handle, &a, &f->err),
				 PLEIN_ENOTFOUND);
	}
	assert_true(n > 0);
	assert_int_equal(
		account_add(s, handle, "Ada", ROLE_LEZER, "nl", &f->err), 0);
	assert_int_equal(account_get(s, "h0", &a, &f->err), 0);
	account_release(&a);
	state_close(s);
}

static size_t
count_accounts(const char *path)
{
	struct vec accounts = VEC_INIT;
	struct state *s = NULL;
	size_t n;

	assert_int_equal(state_open(&s, path, 0, NULL), 0);
	assert_int_equal(state_check(s, NULL), 0);
	assert_int_equal(account_list(s, &accounts, NULL), 0);
	n = accounts.len;
	vec_release(&accounts, account_free);
	state_close(s);
	return n;
}

/* While another handle is open, with changes that are in its log only. */
static void
test_state__a_copy_is_all_of_one_moment(void **state)
{
	struct fixture *f = *state;
	struct state *s = NULL;
	char copy[SCRATCH_MAX + 16];
	struct stat st;

	(void)snprintf(copy, sizeof copy, "%s/copy.db", f->dir);
	fill(f);
	assert_int_equal(state_open(&s, f->path, 0, &f->err), 0);
	assert_int_equal(
		account_add(s, "later", "Ada", ROLE_LEZER, "nl", &f->err), 0);
	if (state_copy(f->path, copy, &f->err))
		fail_msg("%s", f->err.msg);
	assert_int_equal(
		account_add(s, "laatst", "Ada", ROLE_LEZER, "nl", &f->err), 0);
	state_close(s);
	assert_int_equal(stat(copy, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(state_adopt(copy, &f->err), 0);
	assert_int_equal(count_accounts(copy), 101);
	assert_int_equal(count_accounts(f->path), 102);
	/* never over something */
	assert_true(state_copy(f->path, copy, &f->err) < 0);
	assert_int_equal(count_accounts(copy), 101);
}

static void
test_state__what_is_no_database_is_not_copied(void **state)
{
	struct fixture *f = *state;
	char copy[SCRATCH_MAX + 16];

	(void)snprintf(copy, sizeof copy, "%s/copy.db", f->dir);
	assert_true(state_copy(f->path, copy, &f->err) < 0);
	write_file(f, "rubbish", 7);
	assert_true(state_copy(f->path, copy, &f->err) < 0);
	assert_int_equal(access(copy, F_OK), -1);
	assert_int_equal(state_adopt(f->path, &f->err), PLEIN_ECORRUPT);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_state__is_made_when_asked_for),
		TEST(test_state__in_a_missing_folder_cannot_be),
		TEST(test_state__an_empty_file_is_no_database_of_ours),
		TEST(test_state__rubbish_is_refused_and_kept),
		TEST(test_state__a_cut_off_file_is_refused),
		TEST(test_state__check_finds_damage),
		TEST(test_state__another_programs_database_is_refused),
		TEST(test_state__a_newer_form_is_refused),
		TEST(test_state__an_older_form_is_brought_up_to_date),
		TEST(test_state__what_was_of_the_one_space_is_of_the_default_one),
		TEST(test_state__an_older_form_becomes_what_a_new_file_is),
		TEST(test_state__an_upgrade_that_fails_changes_nothing),
		TEST(test_state__more_statements_than_one_table_are_kept),
		TEST(test_state__a_transaction_is_all_or_nothing),
		TEST(test_state__two_handles_see_each_other),
		TEST(test_state__tells_of_a_full_disk),
		TEST(test_state__a_copy_is_all_of_one_moment),
		TEST(test_state__what_is_no_database_is_not_copied),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
