/* Tests of server/state/audit.c: whatever is done to the log shows. */
#include "state/audit.h"

#include "statefile.h"
#include "plein/mem.h"
#include "state/state_impl.h"

#define RECORDS 5

static const char *const columns[] = { "act",	"who",	  "door",   "origin",
				       "about", "detail", "result", "hash" };

static void
add(struct fixture *f, int64_t time, const char *act, const char *who)
{
	const struct audit_record r = {
		.time = time,
		.field = { (char *)act, (char *)who, "login", "192.0.2.1",
			   "toos", "role=lezer", "ok" },
	};

	if (audit_add(f->s, &r, &f->err))
		fail_msg("%s", f->err.msg);
}

static void
run(struct fixture *f, const char *sql)
{
	if (db_exec(&f->s->db, sql, &f->err))
		fail_msg("%s: %s", sql, f->err.msg);
}

/* What somebody does who has the file. */
static void
drop_guards(struct fixture *f)
{
	run(f, "DROP TRIGGER audit_altered; DROP TRIGGER audit_removed");
}

static int
setup(void **state)
{
	if (statefile_open(state, NULL))
		return -1;
	for (int i = 1; i <= RECORDS; i++)
		add(*state, 1000 + i, i % 2 ? "session.open" : "user.add",
		    "jan");
	return 0;
}

static struct audit_verdict
verify(struct fixture *f, const char *head)
{
	struct audit_verdict v;

	if (audit_verify(f->s, head, &v, &f->err))
		fail_msg("%s", f->err.msg);
	return v;
}

static void
assert_breaks(struct fixture *f, enum audit_break what, int64_t at)
{
	struct audit_verdict v = verify(f, NULL);

	assert_int_equal(v.what, what);
	assert_int_equal(v.at, at);
}

static void
test_audit__a_log_that_nobody_touched_is_sound(void **state)
{
	struct fixture *f = *state;
	struct audit_verdict v = verify(f, NULL);

	assert_int_equal(v.what, AUDIT_SOUND);
	assert_int_equal(v.n, RECORDS);
	assert_int_equal(strncmp(v.head, "5:", 2), 0);
	assert_int_equal(strlen(v.head), 2 + 64);
}

static void
test_audit__it_lists_the_newest_first(void **state)
{
	struct fixture *f = *state;
	struct vec rows = VEC_INIT;
	const struct audit_record *r;

	assert_int_equal(audit_list(f->s, &(struct audit_part){ .most = 2 },
				    &rows, &f->err),
			 0);
	assert_int_equal(rows.len, 2);
	r = rows.items[0];
	assert_int_equal(r->n, 5);
	assert_int_equal(r->time, 1005);
	assert_string_equal(r->field[AUDIT_FROM], "192.0.2.1");
	assert_int_equal(audit_list(f->s,
				    &(struct audit_part){ .since = 1003,
							  .before = 5,
							  .most = 9 },
				    &rows, &f->err),
			 0);
	assert_int_equal(rows.len, 4); /* and numbers 4 and 3 */
	r = rows.items[3];
	assert_int_equal(r->n, 3);
	vec_release(&rows, audit_record_free);
}

static void
put_text(struct fixture *f, const char *column, int n, const char *text,
	 size_t len)
{
	sqlite3_stmt *st = NULL;
	char sql[96];

	(void)snprintf(sql, sizeof sql, "UPDATE audit SET %s = ? WHERE n = %d",
		       column, n);
	assert_int_equal(sqlite3_prepare_v2(f->s->db.h, sql, -1, &st, NULL),
			 SQLITE_OK);
	assert_int_equal(
		sqlite3_bind_text(st, 1, text, (int)len, SQLITE_TRANSIENT),
		SQLITE_OK);
	assert_int_equal(sqlite3_step(st), SQLITE_DONE);
	(void)sqlite3_finalize(st);
}

static char *
get_text(struct fixture *f, const char *column, int n)
{
	sqlite3_stmt *st = NULL;
	char sql[96];
	char *text;

	(void)snprintf(sql, sizeof sql, "SELECT %s FROM audit WHERE n = %d",
		       column, n);
	assert_int_equal(sqlite3_prepare_v2(f->s->db.h, sql, -1, &st, NULL),
			 SQLITE_OK);
	assert_int_equal(sqlite3_step(st), SQLITE_ROW);
	text = db_text(st, 0);
	(void)sqlite3_finalize(st);
	return text;
}

/* Each byte another one, and one more behind the last. */
static int
alter_text(struct fixture *f, const char *column, int n)
{
	char *text = get_text(f, column, n), *altered;
	size_t len = strlen(text), i;

	altered = mem_array(len + 2, 1);
	for (i = 0; i <= len; i++) {
		memcpy(altered, text, len);
		altered[i] = (char)(i < len ? text[i] ^ 1 : 'x');
		put_text(f, column, n, altered, i < len ? len : len + 1);
		assert_breaks(f, AUDIT_ALTERED, n);
	}
	memcpy(altered, text, len);
	altered[len] = '\0'; /* SQL can have such a text, C cannot */
	put_text(f, column, n, altered, len + 1);
	assert_breaks(f, AUDIT_ALTERED, n);
	put_text(f, column, n, text, len);
	free(altered);
	free(text);
	return (int)len;
}

static void
test_audit__every_altered_byte_is_found(void **state)
{
	struct fixture *f = *state;
	int bytes = 0;

	drop_guards(f);
	for (int n = 1; n <= RECORDS; n++)
		for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++)
			bytes += alter_text(f, columns[i], n);
	assert_true(bytes > RECORDS * 100);
	assert_int_equal(verify(f, NULL).what, AUDIT_SOUND);
	run(f, "UPDATE audit SET time = time + 1 WHERE n = 3");
	assert_breaks(f, AUDIT_ALTERED, 3);
}

/* A field that takes over what its neighbour gives away. */
static void
test_audit__fields_do_not_flow_over(void **state)
{
	struct fixture *f = *state;

	drop_guards(f);
	run(f, "UPDATE audit SET who = 'ja', door = 'nlogin' WHERE n = 2");
	assert_breaks(f, AUDIT_ALTERED, 2);
}

static void
test_audit__a_removed_record_is_found(void **state)
{
	struct fixture *f = *state;

	drop_guards(f);
	run(f, "DELETE FROM audit WHERE n = 3");
	assert_breaks(f, AUDIT_MISSING, 3);
	run(f, "UPDATE audit SET n = 3 WHERE n = 4;"
	       "UPDATE audit SET n = 4 WHERE n = 5");
	assert_breaks(f, AUDIT_ALTERED, 3);
}

static void
test_audit__a_removed_first_record_is_found(void **state)
{
	struct fixture *f = *state;

	drop_guards(f);
	run(f, "DELETE FROM audit WHERE n = 1");
	assert_breaks(f, AUDIT_MISSING, 1);
}

static void
test_audit__swapped_records_are_found(void **state)
{
	struct fixture *f = *state;

	drop_guards(f);
	run(f, "UPDATE audit SET n = 99 WHERE n = 2;"
	       "UPDATE audit SET n = 2 WHERE n = 3;"
	       "UPDATE audit SET n = 3 WHERE n = 99");
	assert_breaks(f, AUDIT_ALTERED, 2);
}

static void
test_audit__an_inserted_record_is_found(void **state)
{
	struct fixture *f = *state;

	drop_guards(f);
	run(f, "UPDATE audit SET n = 6 WHERE n = 5;"
	       "INSERT INTO audit SELECT 5, time, act, who, door, origin, "
	       "about, detail, result, hash FROM audit WHERE n = 4");
	assert_breaks(f, AUDIT_ALTERED, 5);
	run(f, "DELETE FROM audit WHERE n = 5;"
	       "UPDATE audit SET n = 5 WHERE n = 6;"
	       "INSERT INTO audit SELECT 0, time, act, who, door, origin, "
	       "about, detail, result, hash FROM audit WHERE n = 4");
	assert_breaks(f, AUDIT_ALTERED, 0);
}

static void
test_audit__a_cut_end_is_found(void **state)
{
	struct fixture *f = *state;

	drop_guards(f);
	run(f, "DELETE FROM audit WHERE n > 3");
	assert_breaks(f, AUDIT_CUT, 4);
	add(f, 2000, "user.add", "jan"); /* that does not heal it */
	assert_breaks(f, AUDIT_MISSING, 4);
}

/* Somebody who removes the traces of the cut too, or makes all anew. */
static void
test_audit__a_kept_head_finds_a_log_made_anew(void **state)
{
	struct fixture *f = *state;
	char head[AUDIT_HEAD];

	(void)snprintf(head, sizeof head, "%s", verify(f, NULL).head);
	add(f, 2000, "user.add", "jan");
	assert_int_equal(verify(f, head).what, AUDIT_SOUND);
	drop_guards(f);
	run(f, "DELETE FROM audit WHERE n > 4; UPDATE sqlite_sequence"
	       " SET seq = 4");
	assert_int_equal(verify(f, NULL).what, AUDIT_SOUND);
	assert_int_equal(verify(f, head).what, AUDIT_OTHER_HEAD);
	assert_int_equal(verify(f, head).at, 5);
	add(f, 2000, "user.add", "piet");
	assert_int_equal(verify(f, NULL).what, AUDIT_SOUND);
	assert_int_equal(verify(f, head).what, AUDIT_OTHER_HEAD);
}

static void
test_audit__an_empty_log_is_sound(void **state)
{
	struct fixture *f = *state;
	struct audit_verdict v;
	char head[AUDIT_HEAD];

	drop_guards(f);
	run(f, "DELETE FROM audit; DELETE FROM sqlite_sequence");
	v = verify(f, NULL);
	assert_int_equal(v.what, AUDIT_SOUND);
	assert_int_equal(v.n, 0);
	(void)snprintf(head, sizeof head, "%s", v.head);
	add(f, 1, "user.add", "jan");
	assert_int_equal(verify(f, head).what, AUDIT_SOUND);
}

static void
test_audit__a_head_has_its_form(void **state)
{
	static const char *const wrong[] = { "", "5", "5:", "x:00", "5:00" };
	struct fixture *f = *state;
	struct audit_verdict v;

	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
		assert_int_equal(audit_verify(f->s, wrong[i], &v, &f->err),
				 PLEIN_EUSAGE);
}

static void
test_audit__our_own_statements_cannot_alter_it(void **state)
{
	struct fixture *f = *state;

	assert_int_not_equal(db_exec(&f->s->db, "DELETE FROM audit", &f->err),
			     0);
	assert_int_not_equal(
		db_exec(&f->s->db, "UPDATE audit SET who = 'piet'", &f->err),
		0);
	assert_int_equal(verify(f, NULL).what, AUDIT_SOUND);
}

static void
test_audit__a_record_shares_the_fate_of_its_act(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(state_begin(f->s, &f->err), 0);
	assert_int_equal(
		account_add(f->s, "toos", "Toos", ROLE_LEZER, "nl", &f->err),
		0);
	add(f, 2000, "user.add", "jan");
	state_abort(f->s);
	assert_int_equal(verify(f, NULL).n, RECORDS);
	add(f, 2000, "user.add", "jan");
	assert_int_equal(verify(f, NULL).what, AUDIT_SOUND);
	assert_int_equal(verify(f, NULL).n, RECORDS + 1);
}

static void
test_audit__a_copy_has_all_of_it(void **state)
{
	struct fixture *f = *state;
	char head[AUDIT_HEAD], to[SCRATCH_MAX + 16];
	struct audit_verdict v;
	struct state *copy;

	(void)snprintf(head, sizeof head, "%s", verify(f, NULL).head);
	(void)snprintf(to, sizeof to, "%s/copy.db", f->dir);
	assert_int_equal(state_copy(f->path, to, &f->err), 0);
	assert_int_equal(state_adopt(to, &f->err), 0);
	assert_int_equal(state_open(&copy, to, 0, &f->err), 0);
	assert_int_equal(audit_verify(copy, head, &v, &f->err), 0);
	assert_int_equal(v.what, AUDIT_SOUND);
	assert_int_equal(v.n, RECORDS);
	state_close(copy);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, statefile_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_audit__a_log_that_nobody_touched_is_sound),
		TEST(test_audit__it_lists_the_newest_first),
		TEST(test_audit__every_altered_byte_is_found),
		TEST(test_audit__fields_do_not_flow_over),
		TEST(test_audit__a_removed_record_is_found),
		TEST(test_audit__a_removed_first_record_is_found),
		TEST(test_audit__swapped_records_are_found),
		TEST(test_audit__an_inserted_record_is_found),
		TEST(test_audit__a_cut_end_is_found),
		TEST(test_audit__a_kept_head_finds_a_log_made_anew),
		TEST(test_audit__an_empty_log_is_sound),
		TEST(test_audit__a_head_has_its_form),
		TEST(test_audit__our_own_statements_cannot_alter_it),
		TEST(test_audit__a_record_shares_the_fate_of_its_act),
		TEST(test_audit__a_copy_has_all_of_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
