/* index_entries.c - main, commit by commit, and the paths each changed. */
#include "state/index.h"

#include <string.h>

#include "state/index_impl.h"

/* Without an explicit number SQLite takes the largest plus one. */
int
index_add_entry(struct index *x, struct index_entry *e, struct err *err)
{
	int rc = db_run(&x->db, err,
			"INSERT INTO entry (oid, time, author, handle, note,"
			" action, request) VALUES (?, ?, ?, ?, ?, ?, ?)",
			"tittttt", e->commit, e->when, e->author, e->handle,
			e->note, e->action, e->request);

	if (rc == 0)
		e->seq = sqlite3_last_insert_rowid(x->db.h);
	return rc;
}

int
index_add_change(struct index *x, const struct index_entry *e,
		 const struct index_change *c, struct err *err)
{
	return db_run(&x->db, err,
		      "INSERT INTO change (path, seq, blob, appeared, origin)"
		      " VALUES (?, ?, ?, ?, ?)",
		      "titit", c->path, e->seq, c->blob, (int64_t)c->appeared,
		      c->origin);
}
