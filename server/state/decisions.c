/* decisions.c - see decisions.h. */
#include "state/decisions.h"

#include <stdlib.h>
#include <string.h>

#include "plein/clock.h"
#include "state/standing.h"
#include "state/state_impl.h"

void
decision_release(struct decision *d)
{
	free(d->maker);
	memset(d, 0, sizeof(*d));
}

static int
expect_row(struct state *s, int rc, const char *what, struct err *err)
{
	if (rc == 0 && sqlite3_changes(s->db.h) == 0)
		rc = err_set(err, PLEIN_ENOTFOUND, "%s", what);
	return rc;
}

int
decision_note(struct state *s, const char *handle, bool approved,
	      const char *maker, struct err *err)
{
	int rc = db_run(&s->db, err,
			"INSERT OR REPLACE INTO decision"
			" (handle, number, reason, peer, asked, result, maker,"
			" time)"
			" SELECT handle, number, reason, peer, time, ?2, ?3, ?4"
			" FROM application WHERE handle = ?1",
			"ttti", handle, approved ? "approved" : "refused",
			maker, clock_wall());

	return expect_row(s, rc, "nothing is applied for", err);
}

int
decision_get(struct state *s, const char *handle, struct decision *out,
	     struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc = db_start(&s->db, &st, err,
			  "SELECT result = 'approved', maker, time"
			  " FROM decision WHERE handle = ?",
			  "t", handle);

	if (rc == 0)
		rc = db_step(&s->db, st, err);
	if (rc > 0) {
		out->approved = sqlite3_column_int(st, 0) != 0;
		out->maker = db_text(st, 1);
		out->time = sqlite3_column_int64(st, 2);
	} else if (rc == 0) {
		rc = err_set(err, PLEIN_ENOTFOUND, "nothing was decided");
	}
	db_end(st);
	return rc < 0 ? rc : 0;
}

/* What an approval took away. */
static int
put_back(struct state *s, const char *handle, struct err *err)
{
	int rc = standing_set_role(s, handle, ROLE_LEZER, err);

	if (rc != 0)
		return rc;
	return db_run(&s->db, err,
		      "INSERT INTO application (number, handle, reason, peer,"
		      " time)"
		      " SELECT number, handle, reason, peer, asked"
		      " FROM decision WHERE handle = ?",
		      "t", handle);
}

static int
undo(struct state *s, const char *handle, bool approved, struct err *err)
{
	int rc = approved ? put_back(s, handle, err) : 0;

	if (rc == 0)
		rc = standing_set(s, handle, STANDING_WAITING, NULL, err);
	if (rc == 0)
		rc = db_run(&s->db, err,
			    "DELETE FROM decision WHERE handle = ?", "t",
			    handle);
	return rc;
}

int
decision_undo(struct state *s, const char *handle, struct err *err)
{
	struct decision d = { 0 };
	int rc = decision_get(s, handle, &d, err);

	if (rc == 0 && d.time < clock_wall() - DECISION_S)
		rc = err_rule(err, PLEIN_ERULE, "decided-late", 0,
			      "this was decided longer than %d minutes ago",
			      DECISION_S / 60);
	if (rc == 0)
		rc = state_begin(s, err);
	if (rc == 0) {
		rc = undo(s, handle, d.approved, err);
		if (rc == 0)
			rc = state_commit(s, err);
		else
			state_abort(s);
	}
	decision_release(&d);
	return rc;
}

/* --- what waits for a second ----------------------------------------------- */

void
proposal_release(struct proposal *p)
{
	free(p->act);
	free(p->maker);
	memset(p, 0, sizeof(*p));
}

int
proposal_put(struct state *s, const char *handle, const struct proposal *p,
	     struct err *err)
{
	return db_run(&s->db, err,
		      "INSERT OR REPLACE INTO proposal"
		      " (handle, act, role, maker, time)"
		      " VALUES (?, ?, ?, ?, ?)",
		      "tttti", handle, p->act, role_name(p->role), p->maker,
		      clock_wall());
}

int
proposal_get(struct state *s, const char *handle, struct proposal *out,
	     struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc = db_start(&s->db, &st, err,
			  "SELECT act, role, maker, time FROM proposal"
			  " WHERE handle = ?",
			  "t", handle);

	if (rc == 0)
		rc = db_step(&s->db, st, err);
	if (rc > 0) {
		out->act = db_text(st, 0);
		out->role = role_of((const char *)sqlite3_column_text(st, 1));
		out->maker = db_text(st, 2);
		out->time = sqlite3_column_int64(st, 3);
	} else if (rc == 0) {
		rc = err_set(err, PLEIN_ENOTFOUND, "nothing waits");
	}
	db_end(st);
	return rc < 0 ? rc : 0;
}

int
proposal_drop(struct state *s, const char *handle, struct err *err)
{
	int rc = db_run(&s->db, err, "DELETE FROM proposal WHERE handle = ?",
			"t", handle);

	return expect_row(s, rc, "nothing waits", err);
}
