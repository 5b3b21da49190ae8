/*
 * timeline.c - see timeline.h. A folder is a range of paths: everything from
 * "folder/" up to, not including, "folder0" ('0' follows '/').
 */
#include "state/timeline.h"

#include <stdlib.h>
#include <string.h>

#include "plein/buf.h"
#include "plein/mem.h"
#include "plein/path.h"
#include "state/index_impl.h"

#define HEX_LEN 40

void
index_entry_free(void *item)
{
	struct index_entry *e = item;

	if (e == NULL)
		return;
	free(e->commit);
	free(e->author);
	free(e->handle);
	free(e->note);
	free(e->action);
	free(e->request);
	free(e);
}

static void *
make_entry(sqlite3_stmt *st)
{
	struct index_entry *e = mem_alloc(sizeof *e);

	e->seq = sqlite3_column_int64(st, 0);
	e->commit = db_text(st, 1);
	e->when = sqlite3_column_int64(st, 2);
	e->author = db_text(st, 3);
	e->handle = db_text(st, 4);
	e->note = db_text(st, 5);
	e->action = db_text(st, 6);
	e->request = db_text(st, 7);
	return e;
}

void
timeline_change_free(void *item)
{
	struct timeline_change *c = item;

	if (c == NULL)
		return;
	free(c->path);
	free(c->blob);
	free(c->origin);
	free(c);
}

static void *
make_change(sqlite3_stmt *st)
{
	struct timeline_change *c = mem_alloc(sizeof *c);

	c->path = db_text(st, 0);
	c->blob = db_text(st, 1);
	c->appeared = sqlite3_column_int64(st, 2) != 0;
	c->origin = db_text(st, 3);
	return c;
}

void
timeline_file_free(void *item)
{
	struct timeline_file *f = item;

	if (f == NULL)
		return;
	free(f->path);
	free(f->blob);
	free(f);
}

static void *
make_file(sqlite3_stmt *st)
{
	struct timeline_file *f = mem_alloc(sizeof *f);

	f->path = db_text(st, 0);
	f->blob = db_text(st, 1);
	return f;
}

void
timeline_step_free(void *item)
{
	struct timeline_step *s = item;

	if (s == NULL)
		return;
	free(s->path);
	free(s->was);
	free(s->now);
	free(s->origin);
	free(s);
}

static void *
make_step(sqlite3_stmt *st)
{
	struct timeline_step *s = mem_alloc(sizeof *s);

	s->path = db_text(st, 0);
	s->was = db_text(st, 1);
	s->now = db_text(st, 2);
	s->origin = db_text(st, 3);
	return s;
}

/* All rows of a started statement; ends it. `rc` is what starting gave. */
static int
collect(struct index *x, sqlite3_stmt *st, int rc,
	void *(*make)(sqlite3_stmt *st), struct vec *out, struct err *err)
{
	if (rc == 0)
		while ((rc = db_step(&x->db, st, err)) > 0)
			vec_push(out, make(st));
	db_end(st);
	return rc;
}

/* ?5 a folder, ?7 the path of a page, ?6 either: what is said about it lies in
 * bespreking. */
#define TALKS(path) \
	path " >= 'bespreking/' || ?6 || '/' AND " path \
	     " < 'bespreking/' || ?6 || '0'"

#define SLASHES(text) "(length(" text ") - length(replace(" text ", '/', '')))"

/* clang-format off */
static const char list_entries[] =
	"SELECT seq, oid, time, author, handle, note, action, request"
	" FROM entry e WHERE seq < ?1 AND time >= ?2 AND time <= ?3"
	" AND (?4 IS NULL OR handle = ?4)"
	" AND (?5 IS NULL OR EXISTS (SELECT 1 FROM change c"
	"  WHERE c.seq = e.seq AND ((c.path >= ?5 || '/'"
	"  AND c.path < ?5 || '0') OR (" TALKS("c.path") "))))"
	" AND (?7 IS NULL OR e.seq IN (SELECT seq FROM change WHERE path = ?7"
	"  UNION ALL SELECT seq FROM change WHERE " TALKS("path")
	/* not what is said of themas/2026/x where it is of themas/2026 */
	"  AND " SLASHES("path") " = " SLASHES("?6") " + 3))"
	" ORDER BY seq DESC LIMIT ?8";
/* clang-format on */

int
timeline_list(struct index *x, const struct timeline_filter *f, struct vec *out,
	      struct err *err)
{
	struct buf where = BUF_INIT, path = BUF_INIT;
	sqlite3_stmt *st = NULL;
	int rc = 0;

	buf_str(&where, f->page ? f->page : f->folder ? f->folder : "");
	if (f->page)
		rc = path_from_address(f->page, &path, err);
	if (rc == 0)
		rc = db_start(&x->db, &st, err, list_entries, "iiitttti",
			      f->before ? f->before : INT64_MAX, f->since,
			      f->until ? f->until : INT64_MAX, f->handle,
			      f->folder, where.ptr, f->page ? path.ptr : NULL,
			      (int64_t)f->limit);
	rc = collect(x, st, rc, make_entry, out, err);
	buf_release(&where);
	buf_release(&path);
	return rc;
}

int
timeline_changes(struct index *x, int64_t seq, struct vec *out, struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc;

	rc = db_start(&x->db, &st, err,
		      "SELECT path, blob, appeared, origin FROM change"
		      " WHERE seq = ? ORDER BY path",
		      "i", seq);
	return collect(x, st, rc, make_change, out, err);
}

int
timeline_last(struct index *x, const char *path, struct index_entry **out,
	      struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc;

	*out = NULL;
	rc = db_start(&x->db, &st, err,
		      "SELECT e.seq, e.oid, e.time, e.author, e.handle, e.note,"
		      " e.action, e.request FROM change c"
		      " JOIN entry e ON e.seq = c.seq WHERE c.path = ?"
		      " ORDER BY c.seq DESC LIMIT 1",
		      "t", path);
	if (rc == 0)
		rc = db_step(&x->db, st, err);
	if (rc > 0)
		*out = make_entry(st);
	else if (rc == 0)
		rc = err_set(err, PLEIN_ENOTFOUND, "no such file");
	db_end(st);
	return rc > 0 ? 0 : rc;
}

int
timeline_texts(struct index *x, int64_t seq,
	       int (*each)(void *ctx, const struct timeline_text *t), void *ctx,
	       struct err *err)
{
	sqlite3_stmt *st = NULL;
	struct timeline_text t;
	int rc;

	rc = db_start(&x->db, &st, err,
		      "SELECT path, blob, seq, coalesce(lead(seq) OVER"
		      " (PARTITION BY path ORDER BY seq), 0) FROM change"
		      " WHERE seq <= ? ORDER BY path, seq",
		      "i", seq);
	while (rc == 0 && (rc = db_step(&x->db, st, err)) > 0) {
		t.path = (const char *)sqlite3_column_text(st, 0);
		t.blob = (const char *)sqlite3_column_text(st, 1);
		t.since = sqlite3_column_int64(st, 2);
		t.until = sqlite3_column_int64(st, 3);
		rc = t.blob ? each(ctx, &t) : 0;
	}
	db_end(st);
	return rc;
}

int
timeline_seq_at(struct index *x, int64_t when, int64_t *seq, struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc;

	*seq = 0;
	rc = db_start(&x->db, &st, err,
		      "SELECT seq FROM entry WHERE time <= ?"
		      " ORDER BY time DESC, seq DESC LIMIT 1",
		      "i", when);
	if (rc == 0)
		rc = db_step(&x->db, st, err);
	if (rc > 0)
		*seq = sqlite3_column_int64(st, 0);
	db_end(st);
	return rc < 0 ? rc : 0;
}

int
timeline_commit(struct index *x, int64_t seq, char *oid, struct err *err)
{
	sqlite3_stmt *st = NULL;
	const char *value = NULL;
	int rc;

	oid[0] = '\0';
	rc = db_start(&x->db, &st, err, "SELECT oid FROM entry WHERE seq = ?",
		      "i", seq);
	if (rc == 0)
		rc = db_step(&x->db, st, err);
	if (rc > 0)
		value = (const char *)sqlite3_column_text(st, 0);
	if (value != NULL && strlen(value) == HEX_LEN)
		memcpy(oid, value, HEX_LEN + 1);
	db_end(st);
	if (rc < 0)
		return rc;
	return oid[0] ? 0
		      : err_set(err, PLEIN_ENOTFOUND, "no such place on main");
}

/* A plain column beside max() is that of the row that has it (SQLite). */
int
timeline_files(struct index *x, int64_t seq, const char *folder,
	       struct vec *out, struct err *err)
{
	struct buf first = BUF_INIT, end = BUF_INIT;
	sqlite3_stmt *st = NULL;
	int rc;

	buf_printf(&first, "%s/", folder ? folder : "");
	buf_printf(&end, "%s0", folder ? folder : "");
	if (folder)
		rc = db_start(&x->db, &st, err,
			      "SELECT path, blob, max(seq) FROM change"
			      " WHERE seq <= ?1 AND path >= ?2 AND path < ?3"
			      " GROUP BY path HAVING blob IS NOT NULL"
			      " ORDER BY path",
			      "itt", seq, first.ptr, end.ptr);
	else
		rc = db_start(&x->db, &st, err,
			      "SELECT path, blob, max(seq) FROM change"
			      " WHERE seq <= ? GROUP BY path"
			      " HAVING blob IS NOT NULL ORDER BY path",
			      "i", seq);
	rc = collect(x, st, rc, make_file, out, err);
	buf_release(&first);
	buf_release(&end);
	return rc;
}

static struct index_due *
make_there(const char *path, sqlite3_stmt *st)
{
	struct index_due *d = mem_alloc(sizeof(*d));
	struct buf address = BUF_INIT;

	path_to_address(path, &address);
	d->address = buf_take(&address);
	d->blob = db_text(st, 0);
	d->when = sqlite3_column_int64(st, 1);
	d->handle = db_text(st, 2);
	return d;
}

int
timeline_there(struct index *x, const char *address, int64_t seq,
	       struct index_due **out, struct err *err)
{
	struct buf path = BUF_INIT;
	sqlite3_stmt *st = NULL;
	int rc = 0;

	*out = NULL;
	if (path_from_address(address, &path, NULL) == 0)
		rc = db_start(&x->db, &st, err,
			      "SELECT c.blob, e.time, e.handle FROM change c"
			      " JOIN entry e ON e.seq = c.seq"
			      " WHERE c.path = ? AND c.seq <= ?"
			      " ORDER BY c.seq DESC LIMIT 1",
			      "ti", path.ptr, seq);
	if (st != NULL && rc == 0)
		rc = db_step(&x->db, st, err);
	if (rc > 0 && sqlite3_column_type(st, 0) != SQLITE_NULL)
		*out = make_there(path.ptr, st);
	db_end(st);
	buf_release(&path);
	if (rc < 0)
		return rc;
	return *out ? 0
		    : err_set(err, PLEIN_ENOTFOUND,
			      "the page was not there then");
}

/* The plus keeps SQLite from walking all changes in the order of the paths to
 * find each once, rather than those behind the place (change_seq). */
int
timeline_changed(struct index *x, int64_t after, int64_t until, long limit,
		 struct vec *out, struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc = db_start(&x->db, &st, err,
			  "SELECT DISTINCT +path FROM change"
			  " WHERE seq > ? AND seq <= ?"
			  " AND substr(path, 1, 11) <> 'bespreking/' LIMIT ?",
			  "iii", after, until, (int64_t)limit);

	if (rc == 0)
		while ((rc = db_step(&x->db, st, err)) > 0)
			vec_push(out, db_text(st, 0));
	db_end(st);
	return rc;
}

int
timeline_rewrote(struct index *x, int64_t after, int64_t until, bool *yes,
		 struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc = db_start(&x->db, &st, err,
			  "SELECT 1 FROM change WHERE seq > ? AND seq <= ?"
			  " AND ((path >= 'besluiten/' AND path < 'besluiten0')"
			  "  OR (path >= 'vergaderingen/'"
			  "  AND path < 'vergaderingen0'))"
			  " GROUP BY +path HAVING count(*) > 1 LIMIT 1",
			  "ii", after, until);

	if (rc == 0)
		rc = db_step(&x->db, st, err);
	*yes = rc > 0;
	db_end(st);
	return rc < 0 ? rc : 0;
}

int
timeline_version(struct index *x, const char *address, int64_t seq,
		 struct index_version **out, struct err *err)
{
	sqlite3_stmt *st = NULL;
	int64_t n = 0;
	int rc;

	*out = NULL;
	rc = db_start(&x->db, &st, err,
		      "SELECT n FROM version WHERE page = ? AND seq <= ?"
		      " ORDER BY seq DESC LIMIT 1",
		      "ti", address, seq);
	if (rc == 0)
		rc = db_step(&x->db, st, err);
	if (rc > 0)
		n = sqlite3_column_int64(st, 0);
	db_end(st);
	if (rc < 0)
		return rc;
	return index_version(x, address, (long)n, out, err);
}

/* Another page took the address over: it is called otherwise now. */
static int
find_moved(struct index *x, const char *address, int64_t seq, char **out,
	   struct err *err)
{
	struct buf path = BUF_INIT;
	sqlite3_stmt *st = NULL;
	int rc = path_from_address(address, &path, err);

	if (rc == 0)
		rc = db_start(&x->db, &st, err,
			      "SELECT page FROM version WHERE address = ?1"
			      " AND seq = (SELECT max(seq) FROM change"
			      "  WHERE path = ?2 AND seq <= ?3) LIMIT 1",
			      "tti", address, path.ptr, seq);
	if (rc == 0)
		rc = db_step(&x->db, st, err);
	if (rc > 0)
		*out = db_text(st, 0);
	db_end(st);
	buf_release(&path);
	return rc < 0 ? rc : 0;
}

int
timeline_page(struct index *x, const char *address, int64_t seq, char **out,
	      struct err *err)
{
	struct index_version *v = NULL;
	int rc = timeline_version(x, address, seq, &v, err);

	*out = NULL;
	if (rc == 0 && strcmp(v->address, address) == 0)
		*out = mem_strdup(address);
	else if (rc == 0 || rc == PLEIN_ENOTFOUND)
		rc = find_moved(x, address, seq, out, err);
	index_version_free(v);
	return rc;
}

int
timeline_between(struct index *x, const struct timeline_period *p,
		 struct vec *out, struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc;

	rc = db_start(&x->db, &st, err,
		      "SELECT path, was, now, origin FROM ("
		      " SELECT c.path AS path, max(c.origin) AS origin,"
		      " (SELECT b.blob FROM change b WHERE b.path = c.path"
		      "  AND b.seq <= ?1 ORDER BY b.seq DESC LIMIT 1) AS was,"
		      " (SELECT a.blob FROM change a WHERE a.path = c.path"
		      "  AND a.seq <= ?2 ORDER BY a.seq DESC LIMIT 1) AS now"
		      " FROM change c WHERE c.seq > ?1 AND c.seq <= ?2"
		      " AND c.path > ?3 GROUP BY c.path)"
		      " WHERE was IS NOT now ORDER BY path LIMIT ?4",
		      "iiti", p->from, p->to, p->after ? p->after : "",
		      (int64_t)p->limit);
	return collect(x, st, rc, make_step, out, err);
}
