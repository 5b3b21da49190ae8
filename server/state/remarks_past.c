/*
 * remarks_past.c - discussions as they went: what happened at a page, and which
 * threads there were at a place on main (remarks.h).
 */
#include <stdlib.h>
#include <string.h>

#include "plein/mem.h"
#include "state/index_impl.h"
#include "state/remarks.h"

/* --- what happened -------------------------------------------------------- */

/* Whoever has the first remark of a thread has its code at the end. */
#define IS_FIRST "substr(v.name, -1 - length(v.thread)) = '-' || v.thread"

/* Its page was renamed in that commit, and it went along. */
#define WENT_ALONG \
	"EXISTS (SELECT 1 FROM version n JOIN version o ON o.page = n.page" \
	"  AND o.n = n.n - 1 AND o.address = v.was" \
	"  WHERE n.page = v.page AND n.seq = v.seq)"

/*
 * ?1 a page, ?2 the oldest place, ?3 and ?4 where it ends, ?5 how many. p is
 * the file it had before.
 */
#define EVENTS(page) \
	"SELECT v.seq, v.name, v.page, v.thread, v.blob, v.was, e.oid," \
	" e.author, e.handle, e.time, r.time, r.kind," \
	" r.withdrawn IS NOT NULL AND r.changed = v.seq," \
	" p.seq IS NULL, p.thread, t.title" \
	" FROM remark_version v JOIN remark r ON r.name = v.name" \
	" JOIN entry e ON e.seq = v.seq" \
	" LEFT JOIN remark_version p ON p.name = v.name AND p.seq =" \
	"  (SELECT max(q.seq) FROM remark_version q WHERE q.name = v.name" \
	"   AND q.seq < v.seq)" \
	" LEFT JOIN thread t ON t.code = v.thread" \
	" WHERE " page " = ?1 AND v.seq >= ?2 AND (v.seq, v.name) < (?3, ?4)" \
	" AND (v.blob IS NULL OR p.seq IS NULL" \
	"  OR (v.was IS NULL AND p.thread = v.thread) OR " IS_FIRST ")" \
	" AND (v.was IS NULL OR NOT " WENT_ALONG ")" \
	" ORDER BY v.seq DESC, v.name DESC LIMIT ?5"

static const char events_here[] = EVENTS("v.page");
static const char events_away[] = EVENTS("v.was");

void
remark_event_free(void *item)
{
	struct remark_event *e = item;

	if (e == NULL)
		return;
	free(e->name);
	free(e->page);
	free(e->thread);
	free(e->from);
	free(e->title);
	free(e->commit);
	free(e->author);
	free(e->handle);
	free(e);
}

static const char *
name_begin(enum remark_kind kind)
{
	if (kind == REMARK_SAID)
		return "said";
	return kind == REMARK_RESOLVED ? "resolved" : "reopened";
}

static const char *
name_event(sqlite3_stmt *st)
{
	const char *thread = (const char *)sqlite3_column_text(st, 3);
	const char *before = (const char *)sqlite3_column_text(st, 14);

	if (sqlite3_column_type(st, 4) == SQLITE_NULL)
		return "gone";
	if (sqlite3_column_int(st, 13))
		return name_begin((enum remark_kind)sqlite3_column_int(st, 11));
	if (sqlite3_column_type(st, 5) != SQLITE_NULL)
		return "moved";
	if (before && strcmp(before, thread) != 0)
		return "split";
	return sqlite3_column_int(st, 12) ? "withdrawn" : "edited";
}

static struct remark_event *
make_event(sqlite3_stmt *st)
{
	struct remark_event *e = mem_alloc(sizeof *e);
	bool begins = sqlite3_column_int(st, 13) != 0;

	e->seq = sqlite3_column_int64(st, 0);
	e->what = name_event(st);
	e->name = db_text(st, 1);
	e->page = db_text(st, 2);
	e->thread = db_text(st, 3);
	e->from = db_text(st, 5);
	e->commit = db_text(st, 6);
	e->author = db_text(st, 7);
	e->handle = db_text(st, 8);
	e->when = sqlite3_column_int64(st, begins ? 10 : 9);
	e->title = db_text(st, 15);
	return e;
}

static int
collect(struct index *x, const char *sql, const struct remark_span *s,
	struct vec *out, struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc = db_start(&x->db, &st, err, sql, "tiiti", s->page, s->from,
			  s->before, s->name, (int64_t)s->limit);

	if (rc == 0)
		while ((rc = db_step(&x->db, st, err)) > 0)
			vec_push(out, make_event(st));
	db_end(st);
	return rc;
}

static int
compare_events(const void *a, const void *b)
{
	const struct remark_event *x = a, *y = b;
	int order = (x->seq < y->seq) - (x->seq > y->seq);

	return order ? order : strcmp(y->name, x->name);
}

int
remark_events(struct index *x, const struct remark_span *span, struct vec *out,
	      struct err *err)
{
	struct vec found = VEC_INIT;
	size_t i;
	int rc = collect(x, events_here, span, &found, err);

	if (rc == 0)
		rc = collect(x, events_away, span, &found, err);
	vec_sort(&found, compare_events);
	for (i = 0; i < found.len; i++)
		if (i < (size_t)span->limit)
			vec_push(out, found.items[i]);
		else
			remark_event_free(found.items[i]);
	vec_release(&found, NULL);
	return rc;
}

/* --- which threads there were ------------------------------------------------ */

/* A plain column beside max() is that of the row that has it (SQLite). */
static const char threads_then[] =
	"SELECT t.thread, t.page, r.kind FROM (SELECT name, page, thread,"
	" blob, max(seq) FROM remark_version WHERE seq <= ?1 AND (?2 IS NULL"
	"  OR name IN (SELECT name FROM remark_version WHERE page = ?2))"
	" GROUP BY name) t JOIN remark r ON r.name = t.name"
	" WHERE t.blob IS NOT NULL AND (?2 IS NULL OR t.page = ?2)"
	" ORDER BY t.thread, r.seq, r.name";

static struct index_thread *
begin_thread(sqlite3_stmt *st)
{
	struct index_thread *t = mem_alloc(sizeof *t);

	t->code = db_text(st, 0);
	t->page = db_text(st, 1);
	t->state = mem_strdup(remark_kind_state(REMARK_REOPENED));
	return t;
}

int
threads_as_of(struct index *x, int64_t seq, const char *page, struct vec *out,
	      struct err *err)
{
	struct index_thread *t = NULL;
	sqlite3_stmt *st = NULL;
	enum remark_kind kind;
	int rc = db_start(&x->db, &st, err, threads_then, "it", seq, page);

	while (rc == 0 && (rc = db_step(&x->db, st, err)) > 0) {
		rc = 0;
		if (!t || strcmp(t->code, (const char *)sqlite3_column_text(
						  st, 0)) != 0) {
			t = begin_thread(st);
			vec_push(out, t);
		}
		kind = (enum remark_kind)sqlite3_column_int(st, 2);
		if (kind == REMARK_SAID)
			continue;
		free(t->state);
		t->state = mem_strdup(remark_kind_state(kind));
	}
	db_end(st);
	return rc;
}

int
thread_put(struct index *x, const struct index_thread *t, struct err *err)
{
	bool resolved =
		strcmp(t->state, remark_kind_state(REMARK_RESOLVED)) == 0;

	return db_run(&x->db, err,
		      "INSERT INTO thread (code, page, title, resolved, handle,"
		      " remarks, first, last, newest)"
		      " VALUES (?, ?, '', ?, '', 0, 0, 0, '')",
		      "tti", t->code, t->page, (int64_t)resolved);
}
