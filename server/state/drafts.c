/* drafts.c - see drafts.h. */
#include "state/drafts.h"

#include <stdlib.h>
#include <string.h>

#include "plein/clock.h"
#include "plein/mem.h"
#include "state/state_impl.h"

#define SELECT_DRAFT "SELECT handle, address, base, oid, size, time"

void
draft_release(struct draft *d)
{
	free(d->handle);
	free(d->address);
	free(d->commit);
	free(d->text);
	free(d->note);
	memset(d, 0, sizeof *d);
}

void
draft_free(void *d)
{
	if (d == NULL)
		return;
	draft_release(d);
	free(d);
}

/* One more for this person? */
static int
check_count(struct state *s, const struct draft *d, struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc;

	rc = db_start(&s->db, &st, err,
		      "SELECT count(*) FROM draft WHERE handle = ?"
		      " AND (space <> ? OR address <> ?)",
		      "ttt", d->handle, d->space, d->address);
	if (rc == 0)
		rc = db_step(&s->db, st, err);
	if (rc > 0)
		rc = sqlite3_column_int64(st, 0) < DRAFTS_MAX
			     ? 0
			     : err_set(err, PLEIN_ERULE,
				       "you have %d drafts, and that is the "
				       "most: save or drop one first",
				       DRAFTS_MAX);
	db_end(st);
	return rc;
}

static int
put_note(struct state *s, const struct draft *d, struct err *err)
{
	return db_run(&s->db, err,
		      "INSERT INTO draft_note (handle, space, address, note)"
		      " VALUES (?, ?, ?, ?)",
		      "tttt", d->handle, d->space, d->address, d->note);
}

int
draft_put(struct state *s, const struct draft *d, struct err *err)
{
	size_t size = strlen(d->text);
	int rc;

	if (size > DRAFT_MAX)
		return err_set(err, PLEIN_ETOOBIG,
			       "a draft of %zu bytes, at most %d allowed", size,
			       (int)DRAFT_MAX);
	rc = check_count(s, d, err);
	if (rc != 0)
		return rc;
	rc = db_run(&s->db, err,
		    "INSERT OR REPLACE INTO draft (handle, space, address,"
		    " base, oid, size, time, text)"
		    " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
		    "tttitiit", d->handle, d->space, d->address,
		    (int64_t)d->base, d->commit, (int64_t)size, clock_wall(),
		    d->text);
	if (rc == 0 && d->note && *d->note)
		rc = put_note(s, d, err); /* the one before went with it */
	return rc;
}

static void
fill_draft(struct draft *d, sqlite3_stmt *st)
{
	d->handle = db_text(st, 0);
	d->address = db_text(st, 1);
	d->base = (long)sqlite3_column_int64(st, 2);
	d->commit = db_text(st, 3);
	d->size = (size_t)sqlite3_column_int64(st, 4);
	d->time = sqlite3_column_int64(st, 5);
}

int
draft_get(struct state *s, const char *space, const char *handle,
	  const char *address, struct draft *out, struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc;

	rc = db_start(&s->db, &st, err,
		      SELECT_DRAFT ", text, note FROM draft"
				   " LEFT JOIN draft_note"
				   " USING (handle, space, address)"
				   " WHERE handle = ? AND space = ?"
				   " AND address = ?",
		      "ttt", handle, space, address);
	if (rc == 0)
		rc = db_step(&s->db, st, err);
	if (rc > 0) {
		fill_draft(out, st);
		out->text = db_text(st, 6);
		out->note = db_text(st, 7);
	}
	db_end(st);
	if (rc == 0)
		return err_set(err, PLEIN_ENOTFOUND, "no such draft");
	return rc < 0 ? rc : 0;
}

int
draft_has(struct state *s, const char *space, const char *handle,
	  const char *address, bool *has, struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc;

	rc = db_start(&s->db, &st, err,
		      "SELECT 1 FROM draft WHERE handle = ? AND space = ?"
		      " AND address = ?",
		      "ttt", handle, space, address);
	if (rc == 0)
		rc = db_step(&s->db, st, err);
	*has = rc > 0;
	db_end(st);
	return rc < 0 ? rc : 0;
}

int
draft_list(struct state *s, const char *space, const char *handle,
	   struct vec *out, struct err *err)
{
	sqlite3_stmt *st = NULL;
	struct draft *d;
	int rc;

	rc = db_start(&s->db, &st, err,
		      SELECT_DRAFT " FROM draft WHERE handle = ? AND space = ?"
				   " ORDER BY time DESC, address",
		      "tt", handle, space);
	if (rc == 0)
		while ((rc = db_step(&s->db, st, err)) > 0) {
			d = mem_alloc(sizeof *d);
			fill_draft(d, st);
			vec_push(out, d);
		}
	db_end(st);
	return rc;
}

int
draft_drop(struct state *s, const char *space, const char *handle,
	   const char *address, struct err *err)
{
	int rc = db_run(&s->db, err,
			"DELETE FROM draft WHERE handle = ? AND space = ?"
			" AND address = ?",
			"ttt", handle, space, address);

	if (rc == 0 && sqlite3_changes(s->db.h) == 0)
		return err_set(err, PLEIN_ENOTFOUND, "no such draft");
	return rc;
}
