/* remarks.c - discussions as they are read from the index. See remarks.h. */
#include "state/remarks.h"

#include <stdlib.h>
#include <string.h>

#include "plein/buf.h"
#include "plein/mem.h"
#include "state/index_impl.h"

/* --- threads ------------------------------------------------------------ */

#define TEXT_OF(number) #number
#define DIGITS(number) TEXT_OF(number)

#define SELECT_THREAD \
	"SELECT t.code, t.page, t.title, t.resolved, t.handle, t.remarks," \
	" t.first, t.last, n.time, t.newest, n.handle," \
	" substr(n.body, 1, " DIGITS( \
		THREAD_EXCERPT) "), f.quote, f.base, f.nth" \
				" FROM thread t JOIN remark n ON n.name = " \
				"t.newest" \
				" JOIN remark f ON f.id = coalesce((SELECT " \
				"id FROM remark" \
				"  WHERE thread = t.code AND kind = 0 ORDER " \
				"BY seq, name LIMIT 1)," \
				"  (SELECT id FROM remark" \
				"  WHERE thread = t.code ORDER BY seq, name " \
				"LIMIT 1)) "

void
index_thread_free(void *item)
{
	struct index_thread *t = item;

	if (t == NULL)
		return;
	free(t->code);
	free(t->page);
	free(t->title);
	free(t->state);
	free(t->handle);
	free(t->newest);
	free(t->newest_handle);
	free(t->newest_body);
	free(t->quote);
	free(t->base);
	free(t);
}

static struct index_thread *
make_thread(sqlite3_stmt *st)
{
	struct index_thread *t = mem_alloc(sizeof *t);
	bool resolved = sqlite3_column_int(st, 3) != 0;

	t->code = db_text(st, 0);
	t->page = db_text(st, 1);
	t->title = db_text(st, 2);
	t->state = mem_strdup(remark_kind_state(resolved ? REMARK_RESOLVED
							 : REMARK_REOPENED));
	t->handle = db_text(st, 4);
	t->remarks = (long)sqlite3_column_int64(st, 5);
	t->first = sqlite3_column_int64(st, 6);
	t->last = sqlite3_column_int64(st, 7);
	t->when = sqlite3_column_int64(st, 8);
	t->newest = db_text(st, 9);
	t->newest_handle = db_text(st, 10);
	t->newest_body = db_text(st, 11);
	t->quote = db_text(st, 12);
	t->base = db_text(st, 13);
	t->nth = (long)sqlite3_column_int64(st, 14);
	return t;
}

static int
collect_threads(struct index *x, sqlite3_stmt *st, struct vec *out,
		struct err *err)
{
	int rc;

	while ((rc = db_step(&x->db, st, err)) > 0)
		vec_push(out, make_thread(st));
	db_end(st);
	return rc;
}

int
thread_get(struct index *x, const char *code, struct index_thread **out,
	   struct err *err)
{
	struct vec found = VEC_INIT;
	sqlite3_stmt *st = NULL;
	int rc = db_start(&x->db, &st, err, SELECT_THREAD "WHERE t.code = ?",
			  "t", code);

	*out = NULL;
	if (rc == 0)
		rc = collect_threads(x, st, &found, err);
	if (rc == 0 && found.len > 0)
		*out = found.items[0];
	vec_release(&found, NULL);
	if (rc == 0 && *out == NULL)
		return err_set(err, PLEIN_ENOTFOUND, "no such thread");
	return rc;
}

int
thread_count(struct index *x, const char *page, long *all, long *open,
	     struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc = db_start(&x->db, &st, err,
			  "SELECT count(*), count(*) - coalesce(sum(resolved),"
			  " 0) FROM thread WHERE page = ?",
			  "t", page);

	*all = *open = 0;
	if (rc == 0)
		rc = db_step(&x->db, st, err);
	if (rc > 0) {
		*all = (long)sqlite3_column_int64(st, 0);
		*open = (long)sqlite3_column_int64(st, 1);
	}
	db_end(st);
	return rc < 0 ? rc : 0;
}

/* ?1 page, ?2–3 folder, ?4 resolved, ?5 before, ?6 its code, ?7 limit; all are
 * named in both, and those of a page are looked up, not looked for. */
#define PICK(page) \
	"WHERE " page " AND (?2 IS NULL OR (t.page >= ?2 AND t.page < ?3))" \
	" AND (?4 < 0 OR t.resolved = ?4)" \
	" AND (?5 = 0 OR t.last < ?5 OR (t.last = ?5 AND t.code > ?6)) "

static const char of_page[] = SELECT_THREAD PICK(
	"t.page = ?1") "ORDER BY t.resolved, t.last DESC, t.code LIMIT ?7";
static const char of_all[] = SELECT_THREAD PICK(
	"?1 IS NULL") "ORDER BY t.last DESC, t.code LIMIT ?7";

int
thread_list(struct index *x, const struct thread_filter *f, struct vec *out,
	    struct err *err)
{
	struct buf first = BUF_INIT, end = BUF_INIT;
	sqlite3_stmt *st = NULL;
	int64_t resolved = -1;
	int rc;

	if (f->state)
		resolved = strcmp(f->state,
				  remark_kind_state(REMARK_RESOLVED)) == 0;
	buf_printf(&first, "%s/", f->folder ? f->folder : "");
	buf_printf(&end, "%s0", f->folder ? f->folder : "");
	rc = db_start(&x->db, &st, err, f->page ? of_page : of_all, "tttiiti",
		      f->page, f->folder ? first.ptr : NULL, end.ptr, resolved,
		      f->before, f->before_code ? f->before_code : "",
		      (int64_t)f->limit);
	if (rc == 0)
		rc = collect_threads(x, st, out, err);
	buf_release(&first);
	buf_release(&end);
	return rc;
}

/* --- remarks ------------------------------------------------------------ */

#define SELECT_REMARK \
	"SELECT r.name, r.page, r.thread, r.seq, r.changed, r.handle, r.time," \
	" r.blob, r.gone, r.kind, r.title, r.reply, r.quote, r.base, r.nth," \
	" r.withdrawn, r.body, e.handle, e.time" \
	" FROM remark r JOIN entry e ON e.seq = r.changed "

void
index_remark_free(void *item)
{
	struct index_remark *r = item;

	if (r == NULL)
		return;
	free(r->name);
	free(r->page);
	free(r->thread);
	free(r->handle);
	free(r->blob);
	free(r->body);
	free(r->changer);
	remark_release(&r->is);
	free(r);
}

static struct index_remark *
make_remark(sqlite3_stmt *st)
{
	struct index_remark *r = mem_alloc(sizeof *r);

	r->name = db_text(st, 0);
	r->page = db_text(st, 1);
	r->thread = db_text(st, 2);
	r->seq = sqlite3_column_int64(st, 3);
	r->changed = sqlite3_column_int64(st, 4);
	r->handle = db_text(st, 5);
	r->when = sqlite3_column_int64(st, 6);
	r->blob = db_text(st, 7);
	r->gone = sqlite3_column_int(st, 8) != 0;
	r->is.kind = (enum remark_kind)sqlite3_column_int(st, 9);
	r->is.title = db_text(st, 10);
	r->is.reply = db_text(st, 11);
	r->is.quote = db_text(st, 12);
	r->is.base = db_text(st, 13);
	r->is.nth = (long)sqlite3_column_int64(st, 14);
	r->is.withdrawn = db_text(st, 15);
	r->body = db_text(st, 16);
	r->changer = db_text(st, 17);
	r->changed_when = sqlite3_column_int64(st, 18);
	return r;
}

static int
collect_remarks(struct index *x, sqlite3_stmt *st, struct vec *out,
		struct err *err)
{
	int rc;

	while ((rc = db_step(&x->db, st, err)) > 0)
		vec_push(out, make_remark(st));
	db_end(st);
	return rc;
}

/* As they came; of one commit events first. */
static int
compare_said(const void *a, const void *b)
{
	const struct index_remark *x = a, *y = b;
	bool x_said = x->is.kind == REMARK_SAID;
	bool y_said = y->is.kind == REMARK_SAID;
	int order = (x->seq > y->seq) - (x->seq < y->seq);

	if (!order)
		order = x_said - y_said;
	return order ? order : strcmp(x->name, y->name);
}

/* Sorted here: SQLite would copy all that they say for that. */
int
remarks_of_thread(struct index *x, const char *code, struct vec *out,
		  struct err *err)
{
	struct vec found = VEC_INIT;
	sqlite3_stmt *st = NULL;
	int rc = db_start(&x->db, &st, err, SELECT_REMARK "WHERE r.thread = ?",
			  "t", code);

	if (rc == 0)
		rc = collect_remarks(x, st, &found, err);
	vec_sort(&found, compare_said);
	for (size_t i = 0; i < found.len; i++)
		vec_push(out, found.items[i]);
	vec_release(&found, NULL);
	return rc;
}

static struct index_remark *
make_outline(sqlite3_stmt *st)
{
	struct index_remark *r = mem_alloc(sizeof *r);

	r->name = db_text(st, 0);
	r->seq = sqlite3_column_int64(st, 1);
	r->handle = db_text(st, 2);
	r->gone = sqlite3_column_int(st, 3) != 0;
	r->is.kind = (enum remark_kind)sqlite3_column_int(st, 4);
	r->is.reply = db_text(st, 5);
	r->is.withdrawn = db_text(st, 6);
	return r;
}

int
remarks_outline(struct index *x, const char *code, struct vec *out,
		struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc = db_start(&x->db, &st, err,
			  "SELECT name, seq, handle, gone, kind, reply,"
			  " withdrawn FROM remark"
			  " WHERE thread = ? ORDER BY seq, kind = 0, name",
			  "t", code);

	if (rc == 0)
		while ((rc = db_step(&x->db, st, err)) > 0)
			vec_push(out, make_outline(st));
	db_end(st);
	return rc;
}

int
remark_get(struct index *x, const char *name, struct index_remark **out,
	   struct err *err)
{
	struct vec found = VEC_INIT;
	sqlite3_stmt *st = NULL;
	int rc = db_start(&x->db, &st, err, SELECT_REMARK "WHERE r.name = ?",
			  "t", name);

	*out = NULL;
	if (rc == 0)
		rc = collect_remarks(x, st, &found, err);
	if (rc == 0 && found.len > 0)
		*out = found.items[0];
	vec_release(&found, NULL);
	if (rc == 0 && *out == NULL)
		return err_set(err, PLEIN_ENOTFOUND, "no such remark");
	return rc;
}

void
remark_version_free(void *item)
{
	struct remark_version *v = item;

	if (v == NULL)
		return;
	free(v->page);
	free(v->thread);
	free(v->blob);
	free(v->commit);
	free(v->handle);
	free(v);
}

static struct remark_version *
make_version(sqlite3_stmt *st)
{
	struct remark_version *v = mem_alloc(sizeof *v);

	v->seq = sqlite3_column_int64(st, 0);
	v->page = db_text(st, 1);
	v->thread = db_text(st, 2);
	v->blob = db_text(st, 3);
	v->commit = db_text(st, 4);
	v->when = sqlite3_column_int64(st, 5);
	v->handle = db_text(st, 6);
	return v;
}

int
remark_versions(struct index *x, const char *name, struct vec *out,
		struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc = db_start(&x->db, &st, err,
			  "SELECT v.seq, v.page, v.thread, v.blob, e.oid,"
			  " e.time, e.handle FROM remark_version v"
			  " JOIN entry e ON e.seq = v.seq"
			  " WHERE v.name = ? ORDER BY v.seq",
			  "t", name);

	if (rc == 0)
		while ((rc = db_step(&x->db, st, err)) > 0)
			vec_push(out, make_version(st));
	db_end(st);
	return rc;
}

/* --- as of a place -------------------------------------------------------- */

/*
 * ?1 the place. Of each remark the last file it had by then (v), the commit of
 * its present words (c), and what it says now (r), which counts if that is the
 * same file.
 */
#define AS_OF(which) \
	"SELECT r.name, v.page, v.thread, r.seq, c.seq, r.handle, r.time," \
	" v.blob, 0, r.kind, r.title, r.reply, r.quote, r.base, r.nth," \
	" r.withdrawn, CASE WHEN r.blob = v.blob THEN r.body END, e.handle," \
	" e.time" \
	" FROM remark_version v JOIN remark r ON r.name = v.name" \
	" JOIN remark_version c ON c.name = v.name AND c.seq =" \
	"  (SELECT min(w.seq) FROM remark_version w WHERE w.name = v.name" \
	"   AND w.blob = v.blob AND w.seq <= ?1" \
	"   AND NOT EXISTS (SELECT 1 FROM remark_version u" \
	"    WHERE u.name = v.name AND u.seq > w.seq AND u.seq <= ?1" \
	"    AND u.blob <> v.blob))" \
	" JOIN entry e ON e.seq = c.seq" \
	" WHERE " which " v.blob IS NOT NULL AND v.seq = (SELECT max(w.seq)" \
	"  FROM remark_version w WHERE w.name = v.name AND w.seq <= ?1)" \
	" ORDER BY r.seq, r.kind = 0, r.name"

static const char as_of[] = AS_OF("");

static const char as_of_page[] = AS_OF("v.page = ?2 AND");

/* The remark that began it is in it still: it was where that has been. */
static const char as_of_thread[] =
	AS_OF("v.thread = ?3 AND (?2 IS NULL OR v.page = ?2) AND v.page IN"
	      " (SELECT w.page FROM remark q JOIN remark_version w"
	      "  ON w.name = q.name WHERE q.thread = ?3) AND");

/* What it says now is none of what it said then. */
static void
forget_words(struct index_remark *r)
{
	remark_release(&r->is);
	r->is.nth = 1;
}

int
remarks_as_of(struct index *x, int64_t seq, const char *page,
	      const char *thread, struct vec *out, struct err *err)
{
	sqlite3_stmt *st = NULL;
	struct index_remark *r;
	size_t i = out->len;
	int rc;

	if (thread)
		rc = db_start(&x->db, &st, err, as_of_thread, "itt", seq, page,
			      thread);
	else if (page)
		rc = db_start(&x->db, &st, err, as_of_page, "it", seq, page);
	else
		rc = db_start(&x->db, &st, err, as_of, "i", seq);

	if (rc == 0)
		rc = collect_remarks(x, st, out, err);
	for (; rc == 0 && i < out->len; i++) {
		r = out->items[i];
		if (r->body == NULL)
			forget_words(r);
	}
	return rc;
}

int
remark_by_request(struct index *x, const char *handle, const char *request,
		  char **name, struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc = db_start(&x->db, &st, err,
			  "SELECT v.name FROM entry e"
			  " JOIN remark_version v ON v.seq = e.seq"
			  " WHERE e.request = ? AND e.handle = ?"
			  " ORDER BY v.name DESC LIMIT 1",
			  "tt", request, handle);

	*name = NULL;
	if (rc == 0)
		rc = db_step(&x->db, st, err);
	if (rc > 0)
		*name = db_text(st, 0);
	db_end(st);
	if (rc == 0)
		return err_set(err, PLEIN_ENOTFOUND, "no such request");
	return rc < 0 ? rc : 0;
}

/* --- what is due ------------------------------------------- */

void
remark_due_free(void *item)
{
	struct remark_due *d = item;

	if (d == NULL)
		return;
	free(d->name);
	free(d->blob);
	free(d);
}

static struct remark_due *
make_due(sqlite3_stmt *st)
{
	struct remark_due *d = mem_alloc(sizeof *d);

	d->name = db_text(st, 0);
	d->blob = db_text(st, 1);
	d->edited = sqlite3_column_int(st, 2) != 0;
	return d;
}

int
remarks_due(struct index *x, struct vec *out, struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc = db_start(&x->db, &st, err,
			  "SELECT name, blob, changed <> seq FROM remark"
			  " WHERE body IS NULL ORDER BY id DESC",
			  "");

	if (rc == 0)
		while ((rc = db_step(&x->db, st, err)) > 0)
			vec_push(out, make_due(st));
	db_end(st);
	return rc;
}
