/* keywait.c - see keywait.h. What is too old goes when another comes. */
#include "state/keywait.h"

#include "state/state_impl.h"

int
keywait_add(struct state *s, const char *fingerprint, const char *handle,
	    int64_t now, struct err *err)
{
	int rc = db_run(&s->db, err, "DELETE FROM pending_key WHERE time < ?",
			"i", now - KEYWAIT_SECONDS);

	if (rc != 0)
		return rc;
	return db_run(&s->db, err,
		      "INSERT OR REPLACE INTO pending_key"
		      " (fingerprint, handle, time) VALUES (?, ?, ?)",
		      "tti", fingerprint, handle, now);
}

int
keywait_find(struct state *s, const char *fingerprint, int64_t now,
	     char **handle, struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc = db_start(&s->db, &st, err,
			  "SELECT handle FROM pending_key"
			  " WHERE fingerprint = ? AND time >= ?",
			  "ti", fingerprint, now - KEYWAIT_SECONDS);

	*handle = NULL;
	if (rc == 0)
		rc = db_step(&s->db, st, err);
	if (rc > 0)
		*handle = db_text(st, 0);
	else if (rc == 0)
		rc = err_set(err, PLEIN_ENOTFOUND, "nobody waits for it");
	db_end(st);
	return rc > 0 ? 0 : rc;
}

bool
keywait_is_for(struct state *s, const char *handle, int64_t now)
{
	sqlite3_stmt *st = NULL;
	int rc = db_start(&s->db, &st, NULL,
			  "SELECT 1 FROM pending_key"
			  " WHERE handle = ? AND time >= ?",
			  "ti", handle, now - KEYWAIT_SECONDS);

	if (rc == 0)
		rc = db_step(&s->db, st, NULL);
	db_end(st);
	return rc > 0;
}

int
keywait_drop(struct state *s, const char *fingerprint, struct err *err)
{
	return db_run(&s->db, err,
		      "DELETE FROM pending_key WHERE fingerprint = ?", "t",
		      fingerprint);
}
