/*
 * proofs.c - see proofs.h. Using something up is one statement: of any number
 * who try, one changes the row.
 */
#include "state/proofs.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "plein/clock.h"
#include "state/state_impl.h"

static void
free_secret(char *text)
{
	if (text)
		explicit_bzero(text, strlen(text));
	free(text);
}

void
proofs_release(struct proofs *p)
{
	free_secret(p->password);
	free_secret(p->secret);
	free_secret(p->pending);
	memset(p, 0, sizeof *p);
}

int
proofs_get(struct state *s, const char *handle, struct proofs *out,
	   struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc;

	rc = db_start(&s->db, &st, err,
		      "SELECT (SELECT hash FROM password WHERE handle = ?1),"
		      " secret, pending, step, since,"
		      " (SELECT count(*) FROM recovery WHERE handle = ?1)"
		      " FROM (SELECT 1) LEFT JOIN code ON code.handle = ?1",
		      "t", handle);
	if (rc == 0)
		rc = db_step(&s->db, st, err);
	if (rc > 0) {
		out->password = db_text(st, 0);
		out->secret = db_text(st, 1);
		out->pending = db_text(st, 2);
		out->step = sqlite3_column_int64(st, 3);
		out->since = sqlite3_column_int64(st, 4);
		out->n_recovery = (size_t)sqlite3_column_int64(st, 5);
		rc = 0;
	}
	db_end(st);
	return rc;
}

/* A row that refers to nobody is refused by SQLite as a constraint. */
static int
call_it_unknown(int rc, struct err *err)
{
	if (rc != PLEIN_EEXISTS)
		return rc;
	return err_set(err, PLEIN_ENOTFOUND, "no such account");
}

int
proofs_set_password(struct state *s, const char *handle, const char *hash,
		    struct err *err)
{
	if (!hash)
		return db_run(&s->db, err,
			      "DELETE FROM password WHERE handle = ?", "t",
			      handle);
	return call_it_unknown(
		db_run(&s->db, err,
		       "INSERT OR REPLACE INTO password (handle, hash, since)"
		       " VALUES (?, ?, ?)",
		       "tti", handle, hash, clock_wall()),
		err);
}

int
proofs_offer_code(struct state *s, const char *handle, const char *secret,
		  struct err *err)
{
	return call_it_unknown(
		db_run(&s->db, err,
		       "INSERT INTO code (handle, pending, step, since)"
		       " VALUES (?, ?, 0, 0) ON CONFLICT (handle)"
		       " DO UPDATE SET pending = excluded.pending",
		       "tt", handle, secret),
		err);
}

/* Did the statement before change anything? */
static int
changed_or(struct state *s, int rc, int code, const char *why, struct err *err)
{
	if (rc == 0 && sqlite3_changes(s->db.h) == 0)
		return err_set(err, code, "%s", why);
	return rc;
}

static int
replace_recovery(struct state *s, const char *handle, const char *const *hashes,
		 size_t n, struct err *err)
{
	int rc = db_run(&s->db, err, "DELETE FROM recovery WHERE handle = ?",
			"t", handle);

	for (size_t i = 0; rc == 0 && i < n; i++)
		rc = db_run(&s->db, err,
			    "INSERT INTO recovery (handle, hash) VALUES (?, ?)",
			    "tt", handle, hashes[i]);
	return rc;
}

static int
take_pending(struct state *s, const char *handle, int64_t step, struct err *err)
{
	int rc = db_run(&s->db, err,
			"UPDATE code SET secret = pending, pending = NULL,"
			" step = ?, since = ? WHERE handle = ?"
			" AND pending IS NOT NULL",
			"iit", step, clock_wall(), handle);

	return changed_or(s, rc, PLEIN_ENOTFOUND, "no code waits", err);
}

int
proofs_confirm_code(struct state *s, const char *handle, int64_t step,
		    const char *const *hashes, size_t n, struct err *err)
{
	int rc = state_begin(s, err);

	if (rc == 0)
		rc = take_pending(s, handle, step, err);
	if (rc == 0)
		rc = replace_recovery(s, handle, hashes, n, err);
	if (rc == 0)
		return state_commit(s, err);
	state_abort(s);
	return rc;
}

int
proofs_clear_code(struct state *s, const char *handle, struct err *err)
{
	int rc = state_begin(s, err);

	if (rc == 0)
		rc = db_run(&s->db, err, "DELETE FROM code WHERE handle = ?",
			    "t", handle);
	if (rc == 0)
		rc = replace_recovery(s, handle, NULL, 0, err);
	if (rc == 0)
		return state_commit(s, err);
	state_abort(s);
	return rc;
}

int
proofs_burn_step(struct state *s, const char *handle, int64_t step,
		 struct err *err)
{
	int rc = db_run(&s->db, err,
			"UPDATE code SET step = ?1 WHERE handle = ?2"
			" AND secret IS NOT NULL AND step < ?1",
			"it", step, handle);

	return changed_or(s, rc, PLEIN_EDENIED, "this code was used", err);
}

int
proofs_burn_recovery(struct state *s, const char *handle, const char *hash,
		     struct err *err)
{
	int rc = db_run(&s->db, err,
			"DELETE FROM recovery WHERE handle = ? AND hash = ?",
			"tt", handle, hash);

	return changed_or(s, rc, PLEIN_EDENIED, "no such recovery code", err);
}
