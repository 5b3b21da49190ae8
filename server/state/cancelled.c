/* cancelled.c - see cancelled.h. */
#include "state/cancelled.h"

#include <stdlib.h>

#include "plein/clock.h"
#include "plein/mem.h"
#include "state/state_impl.h"

void
cancelled_free(void *cancelled)
{
	struct cancelled *c = cancelled;

	if (c == NULL)
		return;
	free(c->theme);
	free(c->title);
	free(c->by);
	free(c->reason);
	free(c);
}

/* --- cancelling ------------------------------------------------------------- */

#define PUT_TOLD \
	"INSERT INTO cancelled_for (round, handle)" \
	" SELECT ?1, handle FROM (" \
	" SELECT handle FROM round_guest WHERE round = ?1" \
	" UNION SELECT handle FROM round_done WHERE round = ?1" \
	" UNION SELECT handle FROM round_draft WHERE round = ?1" \
	" UNION SELECT handle FROM round_stand WHERE round = ?1" \
	" ) WHERE handle <> ?2"

static int
put_notice(struct state *s, const struct round *r, const char *by,
	   const char *reason, struct err *err)
{
	int rc = db_run(&s->db, err,
			"INSERT INTO cancelled (number, space, theme, title,"
			" handle, reason, time) VALUES (?, ?, ?, ?, ?, ?, ?)",
			"ittttti", r->number, r->space, r->theme, r->title, by,
			reason, clock_wall());

	return rc ? rc : db_run(&s->db, err, PUT_TOLD, "it", r->number, by);
}

int
cancelled_sweep(struct state *s, struct err *err)
{
	return db_run(&s->db, err,
		      "DELETE FROM cancelled WHERE NOT EXISTS (SELECT 1"
		      " FROM cancelled_for WHERE round = cancelled.number)",
		      "");
}

static int
cancel(struct state *s, const struct round *r, const char *by,
       const char *reason, int *n_told, struct err *err)
{
	int rc = put_notice(s, r, by, reason, err);

	if (rc == 0)
		*n_told = sqlite3_changes(s->db.h);
	if (rc == 0)
		rc = round_drop(s, r->number, err);
	return rc ? rc : cancelled_sweep(s, err);
}

int
round_cancel(struct state *s, const struct round *r, const char *by,
	     const char *reason, int *n_told, struct err *err)
{
	int rc = state_begin(s, err);

	if (rc != 0)
		return rc;
	rc = cancel(s, r, by, reason, n_told, err);
	if (rc == 0)
		return state_commit(s, err);
	state_abort(s);
	return rc;
}

/* --- being told ------------------------------------------------------------- */

static struct cancelled *
read_notice(sqlite3_stmt *st)
{
	struct cancelled *c = mem_alloc(sizeof *c);

	c->number = sqlite3_column_int64(st, 0);
	c->theme = db_text(st, 1);
	c->title = db_text(st, 2);
	c->by = db_text(st, 3);
	c->reason = db_text(st, 4);
	c->when = sqlite3_column_int64(st, 5);
	return c;
}

int
cancelled_list(struct state *s, const char *space, const char *handle,
	       struct vec *out, struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc = db_start(&s->db, &st, err,
			  "SELECT number, theme, title, cancelled.handle,"
			  " reason, time FROM cancelled_for JOIN cancelled"
			  " ON number = round WHERE cancelled_for.handle = ?"
			  " AND space = ? ORDER BY number DESC",
			  "tt", handle, space);

	if (rc == 0)
		while ((rc = db_step(&s->db, st, err)) > 0)
			vec_push(out, read_notice(st));
	db_end(st);
	return rc;
}

int
cancelled_put_away(struct state *s, const char *space, int64_t number,
		   const char *handle, struct err *err)
{
	int rc = db_run(&s->db, err,
			"DELETE FROM cancelled_for WHERE handle = ? AND round ="
			" (SELECT number FROM cancelled WHERE number = ?"
			" AND space = ?)",
			"tit", handle, number, space);

	if (rc == 0 && sqlite3_changes(s->db.h) == 0)
		return err_set(err, PLEIN_ENOTFOUND,
			       "no such round was cancelled");
	return rc ? rc : cancelled_sweep(s, err);
}
