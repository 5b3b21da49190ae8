/*
 * news.c - see news.h. A page that was renamed has its history twice, under
 * both addresses; what counts is the row that stands where the page stood
 * then.
 */
#include "state/news.h"

#include <stdlib.h>

#include "plein/mem.h"
#include "state/index_impl.h"

int
news_tip(struct index *x, int64_t *seq, struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc = db_start(&x->db, &st, err,
			  "SELECT coalesce(max(seq), 0) FROM entry", "");

	*seq = 0;
	if (rc == 0)
		rc = db_step(&x->db, st, err);
	if (rc > 0)
		*seq = sqlite3_column_int64(st, 0);
	db_end(st);
	return rc < 0 ? rc : 0;
}

int
news_place(struct index *x, const char *commit, int64_t *seq, struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc = db_start(&x->db, &st, err,
			  "SELECT seq FROM entry WHERE oid = ?", "t", commit);

	*seq = 0;
	if (rc == 0)
		rc = db_step(&x->db, st, err);
	if (rc > 0)
		*seq = sqlite3_column_int64(st, 0);
	db_end(st);
	if (rc == 0)
		return err_set(err, PLEIN_ENOTFOUND, "no such commit");
	return rc < 0 ? rc : 0;
}

void
news_version_free(void *item)
{
	struct news_version *v = item;

	if (v == NULL)
		return;
	free(v->address);
	free(v->handle);
	free(v);
}

enum act { ACT_GONE, ACT_NEW, ACT_MOVED, ACT_CHANGED };

static const char *const actions[] = {
	[ACT_GONE] = "gone",
	[ACT_NEW] = "new",
	[ACT_MOVED] = "moved",
	[ACT_CHANGED] = "changed",
};

static struct news_version *
make_version(sqlite3_stmt *st)
{
	struct news_version *v = mem_alloc(sizeof *v);

	v->address = db_text(st, 0);
	v->n = (long)sqlite3_column_int64(st, 1);
	v->seq = sqlite3_column_int64(st, 2);
	v->handle = db_text(st, 3);
	v->action = actions[sqlite3_column_int(st, 4) & 3];
	return v;
}

int
news_versions(struct index *x, int64_t after, long limit, struct vec *out,
	      struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc;

	rc = db_start(&x->db, &st, err,
		      "SELECT v.address, v.n, v.seq, e.handle,"
		      " CASE WHEN v.blob IS NULL THEN 0"
		      "  WHEN p.blob IS NULL THEN 1"
		      "  WHEN p.address <> v.address THEN 2 ELSE 3 END"
		      " FROM version v JOIN entry e ON e.seq = v.seq"
		      " LEFT JOIN version p ON p.page = v.page"
		      "  AND p.n = v.n - 1"
		      " WHERE v.seq > ? AND v.page = v.address"
		      " ORDER BY v.seq, v.page LIMIT ?",
		      "ii", after, (int64_t)limit);
	if (rc == 0)
		while ((rc = db_step(&x->db, st, err)) > 0)
			vec_push(out, make_version(st));
	db_end(st);
	return rc;
}

void
news_page_free(void *item)
{
	struct news_page *p = item;

	if (p == NULL)
		return;
	free(p->address);
	free(p->title);
	free(p->kind);
	free(p);
}

static struct news_page *
make_page(sqlite3_stmt *st)
{
	struct news_page *p = mem_alloc(sizeof *p);

	p->address = db_text(st, 0);
	p->n = (long)sqlite3_column_int64(st, 1);
	p->seq = sqlite3_column_int64(st, 2);
	p->title = db_text(st, 3);
	p->kind = db_text(st, 4);
	return p;
}

static int
add_pages(struct index *x, sqlite3_stmt *st, struct vec *out, struct err *err)
{
	int rc;

	while ((rc = db_step(&x->db, st, err)) > 0)
		vec_push(out, make_page(st));
	return rc;
}

/* Commits from the newest on, and of each its pages: in the order in which they
 * are told, so that no more are looked at than that. */
int
news_pages(struct index *x, const struct news_part *part, struct vec *out,
	   struct err *err)
{
	const struct news_page *behind = part->behind;
	sqlite3_stmt *st = NULL;
	int rc;

	rc = db_start(&x->db, &st, err,
		      "SELECT v.page, v.n, v.seq, p.title, p.kind FROM entry e"
		      " CROSS JOIN version v ON v.seq = e.seq"
		      " CROSS JOIN page p ON p.address = v.page"
		      " WHERE e.seq > ?1 AND e.handle <> ?2"
		      " AND e.seq <= ?3 AND (e.seq < ?3 OR v.page > ?4)"
		      " AND NOT EXISTS (SELECT 1 FROM version w"
		      "  JOIN entry f ON f.seq = w.seq"
		      "  WHERE w.page = v.page AND w.seq > v.seq"
		      "  AND f.handle <> ?2)"
		      " ORDER BY e.seq DESC, v.page LIMIT ?5",
		      "ititi", part->after, part->handle,
		      behind ? behind->seq : INT64_MAX,
		      behind ? behind->address : "", part->limit);
	if (rc == 0)
		rc = add_pages(x, st, out, err);
	db_end(st);
	return rc;
}

static int
add_changed(struct index *x, sqlite3_stmt *st, struct vec *out, struct err *err)
{
	struct news_page *p;
	int rc;

	while ((rc = db_step(&x->db, st, err)) > 0) {
		if (sqlite3_column_type(st, 1) == SQLITE_NULL)
			continue;
		p = mem_alloc(sizeof *p);
		p->address = db_text(st, 0);
		p->n = (long)sqlite3_column_int64(st, 1);
		vec_push(out, p);
	}
	return rc;
}

/* The order of the joins is the order in which they are looked at. */
int
news_of_pages(struct index *x, const char *pages, int64_t after,
	      const char *handle, struct vec *out, struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc;

	rc = db_start(&x->db, &st, err,
		      "SELECT p.address, (SELECT v.n FROM version v"
		      "  CROSS JOIN entry e ON e.seq = v.seq"
		      "  WHERE v.page = p.address AND v.seq > ?1"
		      "  AND e.handle <> ?2 ORDER BY v.seq DESC LIMIT 1)"
		      " FROM json_each(?3) a"
		      " CROSS JOIN page p ON p.address = a.value",
		      "itt", after, handle, pages);
	if (rc == 0)
		rc = add_changed(x, st, out, err);
	db_end(st);
	return rc;
}

/* The first column of a started statement; ends it. */
static int
add_addresses(struct index *x, sqlite3_stmt *st, int rc, struct vec *out,
	      struct err *err)
{
	if (rc == 0)
		while ((rc = db_step(&x->db, st, err)) > 0)
			vec_push(out, db_text(st, 0));
	db_end(st);
	return rc;
}

int
news_touched(struct index *x, int64_t after, long limit, struct vec *out,
	     struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc =
		db_start(&x->db, &st, err,
			 "SELECT page FROM (SELECT page FROM thread"
			 "  WHERE last > ?1 LIMIT ?2)"
			 " UNION ALL SELECT page FROM (SELECT page FROM version"
			 "  WHERE seq > ?1 LIMIT ?2)",
			 "ii", after, (int64_t)limit);

	return add_addresses(x, st, rc, out, err);
}

int
news_orphaned(struct index *x, struct vec *out, struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc = db_start(&x->db, &st, err,
			  "SELECT DISTINCT page FROM thread t WHERE NOT EXISTS"
			  " (SELECT 1 FROM page p WHERE p.address = t.page)",
			  "");

	return add_addresses(x, st, rc, out, err);
}

int
news_title(struct index *x, const char *address, char **title, struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc = db_start(&x->db, &st, err,
			  "SELECT title FROM page WHERE address = ?", "t",
			  address);

	*title = NULL;
	if (rc == 0)
		rc = db_step(&x->db, st, err);
	if (rc > 0)
		*title = db_text(st, 0);
	db_end(st);
	return rc < 0 ? rc : 0;
}

void
news_name_free(void *item)
{
	struct news_name *n = item;

	if (n == NULL)
		return;
	free(n->page);
	free(n->former);
	free(n);
}

static struct news_name *
make_name(sqlite3_stmt *st)
{
	struct news_name *n = mem_alloc(sizeof *n);

	n->page = db_text(st, 0);
	n->former = db_text(st, 1);
	return n;
}

/* The order of the join is the order in which they are looked at. */
int
news_formers(struct index *x, const char *pages, struct vec *out,
	     struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc = db_start(&x->db, &st, err,
			  "SELECT a.address, a.value FROM json_each(?) p"
			  " CROSS JOIN alias a ON a.address = p.value",
			  "t", pages);

	if (rc == 0)
		while ((rc = db_step(&x->db, st, err)) > 0)
			vec_push(out, make_name(st));
	db_end(st);
	return rc;
}
