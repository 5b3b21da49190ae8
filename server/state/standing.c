/* standing.c - an account and its application are written as one. */
#include "state/standing.h"

#include <stdlib.h>
#include <string.h>

#include "plein/clock.h"
#include "plein/lookalike.h"
#include "plein/mem.h"
#include "plein/path.h"
#include "state/closing.h"
#include "state/proofs.h"
#include "state/state_impl.h"

#define SUGGESTIONS 20 /* numbers that are tried behind a handle */

const char *
standing_name(enum standing standing)
{
	static const char *const names[] = {
		[STANDING_ACTIVE] = "active",	[STANDING_WAITING] = "waiting",
		[STANDING_REFUSED] = "refused", [STANDING_BLOCKED] = "blocked",
		[STANDING_CLOSED] = "closed",
	};

	return names[standing];
}

/* `rule` is what it is, too. */
static int
check_line(const char *rule, const char *line, struct err *err)
{
	if (account_is_line(line, STANDING_REASON_MAX))
		return 0;
	return err_rule(err, PLEIN_ERULE, rule, 0,
			"a %s is one line of at most %d characters", rule,
			STANDING_REASON_MAX);
}

static int
check_reason(const char *reason, struct err *err)
{
	return check_line("reason", reason, err);
}

static int
need_account(struct state *s, const char *handle, struct err *err)
{
	struct account a = { 0 };
	int rc = account_get(s, handle, &a, err);

	account_release(&a);
	return rc;
}

int
standing_set(struct state *s, const char *handle, enum standing standing,
	     const char *reason, struct err *err)
{
	int rc = reason ? check_reason(reason, err) : 0;

	if (rc == 0)
		rc = need_account(s, handle, err);
	if (rc != 0)
		return rc;
	if (standing == STANDING_ACTIVE)
		return db_run(&s->db, err,
			      "DELETE FROM standing WHERE handle = ?", "t",
			      handle);
	return db_run(&s->db, err,
		      "INSERT OR REPLACE INTO standing"
		      " (handle, standing, reason, time) VALUES (?, ?, ?, ?)",
		      "ttti", handle, standing_name(standing),
		      reason ? reason : "", clock_wall());
}

int
standing_spare_last(struct state *s, const char *handle, struct err *err)
{
	sqlite3_stmt *st = NULL;
	bool is_one = false;
	int rc, others = 0;

	rc = db_start(&s->db, &st, err,
		      "SELECT handle = ? FROM account"
		      " LEFT JOIN standing USING (handle)"
		      " WHERE role = 'beheerder' AND standing IS NULL",
		      "t", handle);
	if (rc == 0)
		while ((rc = db_step(&s->db, st, err)) > 0) {
			if (sqlite3_column_int(st, 0))
				is_one = true;
			else
				others++;
		}
	db_end(st);
	if (rc == 0 && is_one && others == 0)
		rc = err_rule(err, PLEIN_ERULE, "last-admin", 0,
			      "this is the last administrator");
	return rc;
}

int
standing_set_role(struct state *s, const char *handle, enum role role,
		  struct err *err)
{
	int rc = need_account(s, handle, err);

	if (rc != 0)
		return rc;
	return db_run(&s->db, err,
		      "UPDATE account SET role = ? WHERE handle = ?", "tt",
		      role_name(role), handle);
}

/* --- applying ----------------------------------------------------------- */

/* Names of doors and of power, which nobody may seem to have. */
static const char *const kept[] = { "gast",  "guest",	  "nieuw", "new",
				    "git",   "root",	  "admin", "beheer",
				    "plein", "beheerder", NULL };

static int
refuse_like(const char *other, struct err *err)
{
	return err_rule(err, PLEIN_ERULE, "handle-like", 0,
			"this handle looks like %s", other);
}

static int
check_like(struct state *s, const char *handle, struct err *err)
{
	struct vec accounts = VEC_INIT;
	int rc = 0;

	for (size_t i = 0; kept[i] && rc == 0; i++)
		if (lookalike(kept[i], handle))
			rc = refuse_like(kept[i], err);
	if (rc == 0)
		rc = account_list(s, &accounts, err);
	for (size_t i = 0; i < accounts.len && rc == 0; i++) {
		const struct account *a = accounts.items[i];

		if (strcmp(a->handle, handle) == 0)
			rc = err_rule(err, PLEIN_EEXISTS, "handle-taken", 0,
				      "this handle is taken");
		else if (lookalike(a->handle, handle))
			rc = refuse_like(a->handle, err);
	}
	vec_release(&accounts, account_free);
	return rc;
}

static int
check_form(struct state *s, const struct application_form *f, struct err *err)
{
	int rc = check_reason(f->reason, err);

	if (rc == 0 && !handle_is_valid(f->handle))
		rc = err_rule(err, PLEIN_ERULE, "handle", 0,
			      "this handle cannot be");
	if (rc == 0)
		rc = check_like(s, f->handle, err);
	if (rc == 0 && !f->key && !f->hash)
		rc = err_rule(err, PLEIN_ERULE, "key", 0,
			      "neither a key nor a password");
	return rc;
}

/* What account_add() does not take. */
static int
write_rest(struct state *s, const struct application_form *f, long *number,
	   struct err *err)
{
	int rc;

	if (f->key) {
		rc = account_add_key(s, f->handle, f->key, err);
		if (rc != 0)
			return rc;
	}
	if (f->hash) {
		rc = proofs_set_password(s, f->handle, f->hash, err);
		if (rc != 0)
			return rc;
	}
	rc = standing_set(s, f->handle, STANDING_WAITING, NULL, err);
	if (rc == 0)
		rc = db_run(&s->db, err,
			    "INSERT INTO application"
			    " (handle, reason, peer, time)"
			    " VALUES (?, ?, ?, ?)",
			    "ttti", f->handle, f->reason, f->peer,
			    clock_wall());
	if (rc == 0)
		*number = (long)sqlite3_last_insert_rowid(s->db.h);
	return rc;
}

static int
write_form(struct state *s, const struct application_form *f, long *number,
	   struct err *err)
{
	int rc = state_begin(s, err);

	if (rc != 0)
		return rc;
	rc = account_add(s, f->handle, f->name, ROLE_LEZER, f->language, err);
	if (rc == 0)
		rc = write_rest(s, f, number, err);
	if (rc == 0)
		return state_commit(s, err);
	state_abort(s);
	return rc;
}

static struct account_change
change_of(const struct application_form *f)
{
	return (struct account_change){ .name = f->name,
					.organisation = f->organisation,
					.language = f->language,
					.display = f->display };
}

int
application_submit(struct state *s, const struct application_form *f,
		   long *number, struct err *err)
{
	struct account_change change = change_of(f);
	int rc = check_form(s, f, err);

	if (rc == 0)
		rc = write_form(s, f, number, err);
	if (rc != 0)
		return rc;
	rc = account_change(s, f->handle, &change, err);
	if (rc != 0)
		(void)application_withdraw(s, f->handle, NULL);
	return rc;
}

int
application_change(struct state *s, const struct application_form *f,
		   struct err *err)
{
	struct account_change change = change_of(f);
	struct application a = { 0 };
	int rc = application_get(s, f->handle, &a, err);

	application_release(&a);
	if (rc == 0 && f->reason)
		rc = check_reason(f->reason, err);
	if (rc == 0)
		rc = account_change(s, f->handle, &change, err);
	if (rc == 0)
		rc = db_run(&s->db, err,
			    "UPDATE application SET reason = ifnull(?, reason)"
			    " WHERE handle = ?",
			    "tt", f->reason, f->handle);
	if (rc == 0) /* that is the answer */
		rc = db_run(&s->db, err,
			    "DELETE FROM question WHERE number ="
			    " (SELECT number FROM application"
			    " WHERE handle = ?)",
			    "t", f->handle);
	if (rc == 0)
		rc = db_run(&s->db, err,
			    "DELETE FROM decision WHERE handle = ?", "t",
			    f->handle);
	return rc ? rc
		  : standing_set(s, f->handle, STANDING_WAITING, NULL, err);
}

int
application_ask(struct state *s, long number, const char *question,
		char **handle, struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc = check_line("question", question, err);

	*handle = NULL;
	if (rc == 0)
		rc = db_start(&s->db, &st, err,
			      "SELECT handle FROM application"
			      " JOIN standing USING (handle)"
			      " WHERE number = ? AND standing = 'waiting'",
			      "i", (int64_t)number);
	if (rc == 0)
		rc = db_step(&s->db, st, err);
	if (rc > 0)
		*handle = db_text(st, 0);
	else if (rc == 0)
		rc = err_set(err, PLEIN_ENOTFOUND,
			     "no application with this number waits");
	db_end(st);
	if (rc < 0)
		return rc;
	return db_run(&s->db, err,
		      "INSERT OR REPLACE INTO question (number, text, time)"
		      " VALUES (?, ?, ?)",
		      "iti", (int64_t)number, question, clock_wall());
}

void
application_suggest(struct state *s, const char *handle, struct buf *out)
{
	struct buf next = BUF_INIT;

	for (int i = 2; i <= SUGGESTIONS && out->len == 0; i++) {
		buf_reset(&next);
		buf_printf(&next, "%s%d", handle, i);
		if (handle_is_valid(next.ptr) &&
		    check_like(s, next.ptr, NULL) == 0)
			buf_str(out, next.ptr);
	}
	buf_release(&next);
}

int
application_close(struct state *s, const char *handle, struct err *err)
{
	return db_run(&s->db, err, "DELETE FROM application WHERE handle = ?",
		      "t", handle);
}

/* --- taking back ---------------------------------------------------------- */

int
application_withdraw(struct state *s, const char *handle, struct err *err)
{
	struct application a = { 0 };
	int rc = application_get(s, handle, &a, err);

	application_release(&a);
	if (rc == 0)
		rc = state_begin(s, err);
	if (rc != 0)
		return rc;
	rc = closing_forget(s, handle, err);
	if (rc == 0)
		rc = db_run(&s->db, err, "DELETE FROM account WHERE handle = ?",
			    "t", handle);
	if (rc == 0)
		return state_commit(s, err);
	state_abort(s);
	return rc;
}

int
application_expire(struct state *s, int64_t time, struct vec *gone,
		   struct err *err)
{
	size_t i = gone->len;
	sqlite3_stmt *st = NULL;
	int rc = db_start(&s->db, &st, err,
			  "SELECT handle FROM application WHERE time < ?", "i",
			  time);

	if (rc == 0)
		while ((rc = db_step(&s->db, st, err)) > 0)
			vec_push(gone, db_text(st, 0));
	db_end(st);
	for (; i < gone->len && rc == 0; i++)
		rc = application_withdraw(s, gone->items[i], err);
	return rc;
}

/* --- telling -------------------------------------------------------------- */

void
application_release(struct application *a)
{
	account_release(&a->account);
	free(a->reason);
	free(a->question);
	free(a->peer);
	free(a->kind);
	free(a->fingerprint);
	free(a->like);
	memset(a, 0, sizeof(*a));
}

void
application_free(void *application)
{
	if (!application)
		return;
	application_release(application);
	free(application);
}

#define SELECT_APPLICATION \
	"SELECT number, application.handle, application.reason, peer, time," \
	" (SELECT kind FROM key WHERE key.handle = application.handle" \
	" ORDER BY added LIMIT 1)," \
	" (SELECT fingerprint FROM key WHERE key.handle = application.handle" \
	" ORDER BY added LIMIT 1)," \
	" (SELECT text FROM question" \
	" WHERE question.number = application.number) FROM application "

/* All but the account; its handle is the caller's. */
static char *
fill_application(struct application *a, sqlite3_stmt *st)
{
	a->number = (long)sqlite3_column_int64(st, 0);
	a->reason = db_text(st, 2);
	a->peer = db_text(st, 3);
	a->time = sqlite3_column_int64(st, 4);
	a->kind = db_text(st, 5);
	a->fingerprint = db_text(st, 6);
	a->question = db_text(st, 7);
	return db_text(st, 1);
}

int
application_get(struct state *s, const char *handle, struct application *out,
		struct err *err)
{
	sqlite3_stmt *st = NULL;
	char *own = NULL;
	int rc = db_start(&s->db, &st, err,
			  SELECT_APPLICATION "WHERE handle = ?", "t", handle);

	if (rc == 0)
		rc = db_step(&s->db, st, err);
	if (rc > 0)
		own = fill_application(out, st);
	else if (rc == 0)
		rc = err_set(err, PLEIN_ENOTFOUND, "nothing is applied for");
	db_end(st);
	if (own)
		rc = account_get(s, own, &out->account, err);
	free(own);
	return rc;
}

static void
find_like(struct application *a, const struct vec *accounts)
{
	for (size_t i = 0; i < accounts->len && !a->like; i++) {
		const struct account *other = accounts->items[i];

		if (strcmp(other->handle, a->account.handle) != 0 &&
		    lookalike(other->handle, a->account.handle))
			a->like = mem_strdup(other->handle);
	}
}

static int
list_handles(struct state *s, struct vec *handles, struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc = db_start(&s->db, &st, err,
			  "SELECT handle FROM application"
			  " JOIN standing USING (handle)"
			  " WHERE standing = 'waiting' ORDER BY number",
			  "");

	if (rc == 0)
		while ((rc = db_step(&s->db, st, err)) > 0)
			vec_push(handles, db_text(st, 0));
	db_end(st);
	return rc;
}

int
application_list(struct state *s, struct vec *out, struct err *err)
{
	struct vec handles = VEC_INIT, accounts = VEC_INIT;
	int rc = list_handles(s, &handles, err);

	if (rc == 0)
		rc = account_list(s, &accounts, err);
	for (size_t i = 0; i < handles.len && rc == 0; i++) {
		struct application *a = mem_alloc(sizeof(*a));

		rc = application_get(s, handles.items[i], a, err);
		if (rc == 0)
			find_like(a, &accounts);
		vec_push(out, a);
	}
	vec_release(&handles, free);
	vec_release(&accounts, account_free);
	return rc;
}

int
application_waiting(struct state *s, long *n, struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc = db_start(&s->db, &st, err,
			  "SELECT count(*) FROM application"
			  " JOIN standing USING (handle)"
			  " WHERE standing = 'waiting'",
			  "");

	*n = 0;
	if (rc == 0)
		rc = db_step(&s->db, st, err);
	if (rc > 0)
		*n = (long)sqlite3_column_int64(st, 0);
	db_end(st);
	return rc < 0 ? rc : 0;
}

int
application_count(struct state *s, const char *peer,
		  struct application_count *out, struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc = db_start(&s->db, &st, err,
			  "SELECT count(*), ifnull(sum(peer = ?), 0)"
			  " FROM application",
			  "t", peer);

	memset(out, 0, sizeof(*out));
	if (rc == 0)
		rc = db_step(&s->db, st, err);
	if (rc > 0) {
		out->all = (long)sqlite3_column_int64(st, 0);
		out->peer = (long)sqlite3_column_int64(st, 1);
		rc = 0;
	}
	db_end(st);
	return rc;
}
