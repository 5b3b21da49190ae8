/* folds.c - see folds.h. */
#include "state/folds.h"

#include "state/state_impl.h"

int
folds_put(struct state *s, const char *space, const char *handle,
	  const char *open, struct err *err)
{
	return db_run(&s->db, err,
		      "INSERT OR REPLACE INTO fold (handle, space, open)"
		      " VALUES (?, ?, ?)",
		      "ttt", handle, space, open);
}

int
folds_get(struct state *s, const char *space, const char *handle,
	  struct buf *open, struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc =
		db_start(&s->db, &st, err,
			 "SELECT open FROM fold WHERE handle = ? AND space = ?",
			 "tt", handle, space);

	if (rc == 0)
		rc = db_step(&s->db, st, err);
	if (rc > 0)
		buf_str(open, (const char *)sqlite3_column_text(st, 0));
	db_end(st);
	if (rc == 0)
		return err_set(err, PLEIN_ENOTFOUND, "nothing was left");
	return rc < 0 ? rc : 0;
}
