/* index_partial.c - see index_partial.h. */
#include "state/index_partial.h"

#include "state/index_impl.h"

/* Those that lie below the oldest known are counted downwards. */
#define FIRST_UNNUMBERED (INDEX_UNNUMBERED / 2)

bool
index_is_numbered(long n)
{
	return n < FIRST_UNNUMBERED;
}

long
index_tell_number(long n)
{
	return index_is_numbered(n) ? n : 0;
}

int
index_put_entry(struct index *x, const struct index_entry *e, struct err *err)
{
	return db_run(&x->db, err,
		      "INSERT OR IGNORE INTO entry (seq, oid, time, author,"
		      " handle, note, action, request)"
		      " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
		      "itittttt", e->seq, e->commit, e->when, e->author,
		      e->handle, e->note, e->action, e->request);
}

int
index_put_version(struct index *x, const struct index_stage *v, struct err *err)
{
	return db_run(&x->db, err,
		      "INSERT INTO version (page, n, seq, address, blob)"
		      " VALUES (?, ?, ?, ?, ?)",
		      "tiitt", v->page, (int64_t)v->n, v->seq, v->address,
		      v->blob);
}

/* The same text as the oldest known: that one was there already. */
static int
lower_oldest(struct index *x, const char *address, int64_t seq,
	     const char *blob, struct err *err)
{
	return db_run(
		&x->db, err,
		"UPDATE version SET seq = ?1 WHERE page = ?2 AND blob = ?3"
		" AND n = (SELECT min(n) FROM version WHERE page = ?2)",
		"itt", seq, address, blob);
}

int
index_lower(struct index *x, const char *address, int64_t seq, const char *blob,
	    struct err *err)
{
	int rc = lower_oldest(x, address, seq, blob, err);

	if (rc != 0 || sqlite3_changes(x->db.h) > 0)
		return rc;
	return db_run(&x->db, err,
		      "INSERT INTO version (page, n, seq, address, blob)"
		      " SELECT ?1, min(n) - 1, ?2, ?1, ?3 FROM version"
		      " WHERE page = ?1 HAVING count(*) > 0",
		      "tit", address, seq, blob);
}
