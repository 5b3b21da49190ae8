/* index_entries.c - main, commit by commit, and the paths each changed. */
#include "state/index.h"

#include <stdlib.h>

#include "plein/mem.h"
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

int
index_last(struct index *x, int64_t *seq, struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc;

	*seq = 0;
	rc = db_start(&x->db, &st, err,
		      "SELECT coalesce(max(seq), 0) FROM entry", "");
	if (rc == 0)
		rc = db_step(&x->db, st, err);
	if (rc > 0)
		*seq = sqlite3_column_int64(st, 0);
	db_end(st);
	return rc < 0 ? rc : 0;
}

void
index_due_free(void *item)
{
	struct index_due *d = item;

	if (d == NULL)
		return;
	free(d->address);
	free(d->blob);
	free(d->handle);
	free(d);
}

static struct index_due *
make_due(sqlite3_stmt *st)
{
	struct index_due *d = mem_alloc(sizeof *d);

	d->address = db_text(st, 0);
	d->blob = db_text(st, 1);
	d->n = (long)sqlite3_column_int64(st, 2);
	d->when = sqlite3_column_int64(st, 3);
	d->handle = db_text(st, 4);
	return d;
}

/* The newest of each page that has one above `seq`: exists if it has a blob. */
int
index_due(struct index *x, int64_t seq, struct vec *out, struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc;

	rc = db_start(&x->db, &st, err,
		      "SELECT v.page, v.blob, v.n, e.time, e.handle"
		      " FROM (SELECT DISTINCT page FROM version"
		      "  WHERE seq > ?) d"
		      " JOIN version v ON v.page = d.page AND v.n ="
		      "  (SELECT max(n) FROM version w WHERE w.page = d.page)"
		      " JOIN entry e ON e.seq = v.seq"
		      " WHERE v.blob IS NOT NULL",
		      "i", seq);
	if (rc == 0)
		while ((rc = db_step(&x->db, st, err)) > 0)
			vec_push(out, make_due(st));
	db_end(st);
	return rc;
}

int
index_fill(struct index *x, const struct index_due *due,
	   const struct index_content *now, struct err *err)
{
	const struct index_entry e = { .when = due->when,
				       .handle = due->handle };

	return index_put_page(x, &e, due->address, now, due->n, err);
}
