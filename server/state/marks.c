/* marks.c - see marks.h. */
#include "state/marks.h"

#include <stdlib.h>
#include <string.h>

#include "plein/clock.h"
#include "plein/mem.h"
#include "state/state_impl.h"

int
mark_put(struct state *s, const char *space, const char *handle,
	 const char *address, long version, struct err *err)
{
	return db_run(&s->db, err,
		      "INSERT INTO mark (handle, space, address, version, time)"
		      " VALUES (?, ?, ?, ?, ?)"
		      " ON CONFLICT (handle, space, address) DO UPDATE"
		      " SET version = excluded.version, time = excluded.time"
		      " WHERE excluded.version > version",
		      "tttii", handle, space, address, (int64_t)version,
		      clock_wall());
}

void
mark_free(void *item)
{
	struct mark *m = item;

	if (m == NULL)
		return;
	free(m->address);
	free(m);
}

static struct mark *
make_page_mark(sqlite3_stmt *st)
{
	struct mark *m = mem_alloc(sizeof *m);

	m->address = db_text(st, 0);
	m->version = (long)sqlite3_column_int64(st, 1);
	return m;
}

/* The order of the join is the order in which they are looked at. */
int
marks_among(struct state *s, const char *space, const char *handle,
	    const char *pages, struct vec *out, struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc = db_start(&s->db, &st, err,
			  "SELECT m.address, m.version FROM json_each(?3) c"
			  " CROSS JOIN mark m ON m.handle = ?1"
			  " AND m.space = ?2 AND m.address = c.value",
			  "ttt", handle, space, pages);

	if (rc == 0)
		while ((rc = db_step(&s->db, st, err)) > 0)
			vec_push(out, make_page_mark(st));
	db_end(st);
	return rc;
}

void
thread_mark_free(void *item)
{
	struct thread_mark *m = item;

	if (m == NULL)
		return;
	free(m->thread);
	free(m->remark);
	free(m);
}

int
thread_mark_put(struct state *s, const char *space, const char *handle,
		const struct thread_mark *m, struct err *err)
{
	return db_run(&s->db, err,
		      "INSERT OR REPLACE INTO thread_mark"
		      " (handle, space, thread, remark, time)"
		      " VALUES (?, ?, ?, ?, ?)",
		      "tttti", handle, space, m->thread, m->remark, m->time);
}

static struct thread_mark *
make_mark(sqlite3_stmt *st)
{
	struct thread_mark *m = mem_alloc(sizeof *m);

	m->thread = db_text(st, 0);
	m->remark = db_text(st, 1);
	m->time = sqlite3_column_int64(st, 2);
	return m;
}

int
thread_mark_get(struct state *s, const char *space, const char *handle,
		const char *thread, struct thread_mark **out, struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc = db_start(&s->db, &st, err,
			  "SELECT thread, remark, time FROM thread_mark"
			  " WHERE handle = ? AND space = ? AND thread = ?",
			  "ttt", handle, space, thread);

	*out = NULL;
	if (rc == 0)
		rc = db_step(&s->db, st, err);
	if (rc > 0)
		*out = make_mark(st);
	db_end(st);
	if (rc == 0)
		return err_set(err, PLEIN_ENOTFOUND, "never read");
	return rc < 0 ? rc : 0;
}

static int
add_names(struct state *s, sqlite3_stmt *st, struct vec *out, struct err *err)
{
	int rc;

	while ((rc = db_step(&s->db, st, err)) > 0)
		vec_push(out, db_text(st, 0));
	return rc;
}

/* The order of the join is the order in which they are looked at. */
int
thread_marked(struct state *s, const char *space, const char *handle,
	      const char *codes, struct vec *out, struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc = db_start(&s->db, &st, err,
			  "SELECT DISTINCT m.thread FROM json_each(?3) c"
			  " CROSS JOIN thread_mark m ON m.handle = ?1"
			  " AND m.space = ?2 AND m.thread = c.value"
			  " ORDER BY m.thread",
			  "ttt", handle, space, codes);

	if (rc == 0)
		rc = add_names(s, st, out, err);
	db_end(st);
	return rc;
}

int
mention_mark_put(struct state *s, const char *space, const char *handle,
		 const char *remark, struct err *err)
{
	return db_run(&s->db, err,
		      "INSERT OR IGNORE INTO mention_mark"
		      " (handle, space, remark, time) VALUES (?, ?, ?, ?)",
		      "ttti", handle, space, remark, clock_wall());
}

int
mention_marked(struct state *s, const char *space, const char *handle,
	       struct vec *out, struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc = db_start(&s->db, &st, err,
			  "SELECT remark FROM mention_mark"
			  " WHERE handle = ? AND space = ?",
			  "tt", handle, space);

	if (rc == 0)
		rc = add_names(s, st, out, err);
	db_end(st);
	return rc;
}

int
mention_mark_get(struct state *s, const char *space, const char *handle,
		 const char *remark, bool *read, struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc = db_start(&s->db, &st, err,
			  "SELECT 1 FROM mention_mark"
			  " WHERE handle = ? AND space = ? AND remark = ?",
			  "ttt", handle, space, remark);

	*read = false;
	if (rc == 0)
		rc = db_step(&s->db, st, err);
	if (rc > 0)
		*read = true;
	db_end(st);
	return rc < 0 ? rc : 0;
}

static void
fill_visit(struct visit *v, sqlite3_stmt *st)
{
	const char *head = (const char *)sqlite3_column_text(st, 2);

	memset(v, 0, sizeof *v);
	v->seen = sqlite3_column_int64(st, 0);
	v->since = sqlite3_column_int64(st, 1);
	if (head != NULL && strlen(head) == MARK_HEAD - 1)
		memcpy(v->head, head, MARK_HEAD);
}

int
visit_get(struct state *s, const char *space, const char *handle,
	  struct visit *out, struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc;

	rc = db_start(&s->db, &st, err,
		      "SELECT seen, since, head FROM visit"
		      " WHERE handle = ? AND space = ?",
		      "tt", handle, space);
	if (rc == 0)
		rc = db_step(&s->db, st, err);
	if (rc > 0)
		fill_visit(out, st);
	db_end(st);
	if (rc == 0)
		return err_set(err, PLEIN_ENOTFOUND, "never been here");
	return rc < 0 ? rc : 0;
}

int
visit_touch(struct state *s, const char *space, const char *handle,
	    const char *head, struct err *err)
{
	return db_run(&s->db, err,
		      "INSERT INTO visit (handle, space, seen, since, head)"
		      " VALUES (?1, ?2, ?3, ?3, ?4)"
		      " ON CONFLICT (handle, space) DO UPDATE SET seen = ?3",
		      "ttit", handle, space, clock_wall(), head);
}

int
visit_reset(struct state *s, const char *space, const char *handle,
	    int64_t since, const char *head, struct err *err)
{
	return db_run(&s->db, err,
		      "INSERT OR REPLACE INTO visit"
		      " (handle, space, seen, since, head)"
		      " VALUES (?, ?, ?, ?, ?)",
		      "ttiit", handle, space, clock_wall(), since, head);
}
