/*
 * index_remarks.c - remarks on their way into the index (remarks.h). A remark
 * that moves vanishes at one path and appears at another in one commit,
 * whichever is seen first. The words of remarks are in the full text of pages,
 * under the number of their row, below zero.
 */
#include <stdlib.h>
#include <string.h>

#include "plein/buf.h"
#include "plein/extract.h"
#include "plein/mem.h"
#include "plein/path.h"
#include "plein/utf8.h"
#include "state/index_impl.h"
#include "state/remarks.h"

/* --- threads that are to be told anew ----------------------------------- */

static void
touch_thread(struct index *x, const char *code)
{
	size_t i;

	for (i = x->threads.len; i-- > 0;)
		if (strcmp(x->threads.items[i], code) == 0)
			return;
	vec_push(&x->threads, mem_strdup(code));
}

void
index_forget_threads(struct index *x)
{
	vec_release(&x->threads, free);
}

#define SAID "kind = 0 AND NOT gone AND withdrawn IS NULL"
#define TITLE_BYTES "80"

static int
tell_thread(struct index *x, const char *code, struct err *err)
{
	int rc = db_run(&x->db, err, "DELETE FROM thread WHERE code = ?", "t",
			code);

	if (rc != 0)
		return rc;
	return db_run(
		&x->db, err,
		"INSERT INTO thread (code, page, title, resolved, handle,"
		" remarks, first, last, newest)"
		" SELECT f.thread, f.page, coalesce(nullif(f.title, ''),"
		"  substr(f.body, 1, min(" TITLE_BYTES ","
		"   instr(f.body || char(10), char(10)) - 1)), ''),"
		"  coalesce((SELECT kind = 1 FROM remark WHERE thread = ?1"
		"   AND kind <> 0 AND NOT gone"
		"   ORDER BY seq DESC, name DESC LIMIT 1), 0),"
		"  f.handle,"
		"  (SELECT count(*) FROM remark WHERE thread = ?1 AND " SAID
		"  ), f.seq, coalesce(n.seq, f.seq), coalesce(n.name, f.name)"
		" FROM (SELECT * FROM remark WHERE thread = ?1"
		"  ORDER BY kind <> 0, seq, name LIMIT 1) f"
		" LEFT JOIN (SELECT seq, name FROM remark WHERE thread = ?1"
		"  AND " SAID " ORDER BY seq DESC, name DESC LIMIT 1) n"
		" WHERE EXISTS (SELECT 1 FROM remark WHERE thread = ?1"
		"  AND NOT gone)",
		"t", code);
}

int
remarks_settle(struct index *x, struct err *err)
{
	size_t i;
	int rc = 0;

	for (i = 0; rc == 0 && i < x->threads.len; i++)
		rc = tell_thread(x, x->threads.items[i], err);
	index_forget_threads(x);
	return rc;
}

/* --- what a remark says -------------------------------------------------- */

static int
find_row(struct index *x, const char *name, int64_t *id, bool *same,
	 const char *blob, struct err *err)
{
	sqlite3_stmt *st = NULL;
	const char *thread;
	int rc = db_start(&x->db, &st, err,
			  "SELECT id, thread, blob = ?2"
			  " FROM remark WHERE name = ?1",
			  "tt", name, blob);

	*id = 0;
	*same = false;
	if (rc == 0)
		rc = db_step(&x->db, st, err);
	if (rc > 0) {
		*id = sqlite3_column_int64(st, 0);
		*same = sqlite3_column_int(st, 2) != 0;
		thread = (const char *)sqlite3_column_text(st, 1);
		touch_thread(x, thread);
	}
	db_end(st);
	return rc < 0 ? rc : 0;
}

/* Its words at `seq` name these people: for the first time, or again. */
static int
put_mentions(struct index *x, int64_t id, int64_t seq, const char *body,
	     struct err *err)
{
	struct vec handles = VEC_INIT;
	size_t i;
	int rc = db_run(&x->db, err,
			"UPDATE mention SET stands = 0 WHERE id = ?", "i", id);

	remark_mentions(&handles, body);
	for (i = 0; rc == 0 && i < handles.len; i++)
		rc = db_run(&x->db, err,
			    "INSERT INTO mention (handle, id, late)"
			    " SELECT ?1, ?2, nullif(?3, seq) FROM remark"
			    " WHERE id = ?2"
			    " ON CONFLICT (handle, id) DO UPDATE"
			    " SET stands = 1",
			    "tii", handles.items[i], id, seq);
	vec_release(&handles, free);
	return rc;
}

/* Links of a remark: as a page's, where people look for what leads to it. */
static int
put_links(struct index *x, int64_t id, const struct extract *e, struct err *err)
{
	struct buf passage = BUF_INIT, fold = BUF_INIT;
	const struct extract_link *link;
	size_t i;
	int rc = db_run(&x->db, err, "DELETE FROM remark_link WHERE id = ?",
			"i", id);

	for (i = 0; rc == 0 && i < e->links.len; i++) {
		link = e->links.items[i];
		buf_reset(&passage);
		buf_reset(&fold);
		extract_passage(&passage, e, link);
		if (link->loose)
			utf8_fold(&fold, link->target, strlen(link->target));
		rc = db_run(&x->db, err,
			    "INSERT INTO remark_link (id, i, target, fold,"
			    " passage) VALUES (?, ?, ?, ?, ?)",
			    "iittt", id, (int64_t)i, link->target,
			    link->loose ? fold.ptr : NULL, passage.ptr);
	}
	buf_release(&passage);
	buf_release(&fold);
	return rc;
}

/* Where the row of a remark is, and where its words became what they are. */
struct home {
	int64_t id, changed;
	char *page;
};

static int
put_words(struct index *x, const struct home *at, const struct remark *r,
	  const char *body, struct err *err)
{
	bool silent = r->withdrawn != NULL;
	struct extract e;
	int rc;

	extract_read(&e, at->page, body, silent ? 0 : strlen(body));
	rc = put_links(x, at->id, &e, err);
	if (rc == 0)
		rc = put_mentions(x, at->id, at->changed, silent ? "" : body,
				  err);
	if (rc == 0)
		rc = index_put_words(x, -at->id,
				     silent	? NULL
				     : r->title ? r->title
						: "",
				     e.text.ptr, err);
	extract_release(&e);
	return rc;
}

static int
put_says(struct index *x, const struct home *at, const char *text, size_t len,
	 struct err *err)
{
	struct buf body = BUF_INIT;
	struct remark r;
	int rc;

	remark_read(&r, text, len);
	buf_add(&body, text + r.body, len - r.body);
	rc = db_run(&x->db, err,
		    "UPDATE remark SET kind = ?2, title = ?3, reply = ?4,"
		    " quote = ?5, base = ?6, nth = ?7, withdrawn = ?8,"
		    " body = ?9 WHERE id = ?1",
		    "iittttitt", at->id, (int64_t)r.kind, r.title, r.reply,
		    r.quote, r.base, (int64_t)r.nth, r.withdrawn, body.ptr);
	if (rc == 0)
		rc = put_words(x, at, &r, body.ptr, err);
	remark_release(&r);
	buf_release(&body);
	return rc;
}

static int
read_home(struct index *x, const char *name, struct home *at, struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc = db_start(&x->db, &st, err,
			  "SELECT id, page, thread, changed FROM remark"
			  " WHERE name = ?",
			  "t", name);

	memset(at, 0, sizeof(*at));
	if (rc == 0)
		rc = db_step(&x->db, st, err);
	if (rc > 0) {
		at->id = sqlite3_column_int64(st, 0);
		at->page = db_text(st, 1);
		touch_thread(x, (const char *)sqlite3_column_text(st, 2));
		at->changed = sqlite3_column_int64(st, 3);
	}
	db_end(st);
	if (rc == 0)
		return err_set(err, PLEIN_ENOTFOUND, "no such remark");
	return rc < 0 ? rc : 0;
}

int
remarks_fill(struct index *x, const char *name, const char *text, size_t len,
	     struct err *err)
{
	struct home at;
	int rc = read_home(x, name, &at, err);

	if (rc == 0)
		rc = put_says(x, &at, text, len, err);
	free(at.page);
	return rc;
}

int
remarks_name(struct index *x, const char *name, int64_t seq, const char *text,
	     size_t len, struct err *err)
{
	struct buf body = BUF_INIT;
	struct remark r;
	struct home at;
	int rc = read_home(x, name, &at, err);

	remark_read(&r, text, len);
	buf_add(&body, text + r.body, len - r.body);
	if (rc == 0 && !r.withdrawn)
		rc = put_mentions(x, at.id, seq, body.ptr, err);
	remark_release(&r);
	buf_release(&body);
	free(at.page);
	return rc;
}

/* --- what happens to its file ------------------------------------------- */

/* One that moves vanishes and appears in one commit, whichever comes first. */
static int
note_version(struct index *x, const struct index_entry *e,
	     const struct path_remark *at, const char *blob, struct err *err)
{
	return db_run(&x->db, err,
		      "INSERT INTO remark_version (name, seq, page, thread,"
		      " blob) VALUES (?1, ?2, ?3, ?4, ?5)"
		      " ON CONFLICT (name, seq) DO UPDATE SET"
		      " was = nullif(iif(?5 IS NULL, ?3, page),"
		      "  iif(?5 IS NULL, page, ?3)),"
		      " page = iif(?5 IS NULL, page, ?3),"
		      " thread = iif(?5 IS NULL, thread, ?4),"
		      " blob = coalesce(?5, blob)",
		      "tittt", at->name, e->seq, at->page, at->thread, blob);
}

static int
vanish(struct index *x, const struct path_remark *at, struct err *err)
{
	touch_thread(x, at->thread);
	return db_run(&x->db, err,
		      "UPDATE remark SET gone = 1"
		      " WHERE name = ? AND page = ? AND thread = ?",
		      "ttt", at->name, at->page, at->thread);
}

static int
insert(struct index *x, const struct index_entry *e,
       const struct path_remark *at, const char *blob, struct err *err)
{
	return db_run(&x->db, err,
		      "INSERT INTO remark (name, page, thread, seq, changed,"
		      " handle, time, blob) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
		      "tttiitit", at->name, at->page, at->thread, e->seq,
		      e->seq, at->handle, at->when, blob);
}

/* It moved; its words are what they were. */
static int
settle_elsewhere(struct index *x, const struct path_remark *at, struct err *err)
{
	return db_run(&x->db, err,
		      "UPDATE remark SET page = ?2, thread = ?3, gone = 0"
		      " WHERE name = ?1",
		      "ttt", at->name, at->page, at->thread);
}

static int
change_words(struct index *x, const struct index_entry *e,
	     const struct path_remark *at, const char *blob, struct err *err)
{
	return db_run(&x->db, err,
		      "UPDATE remark SET page = ?2, thread = ?3, changed = ?4,"
		      " blob = ?5, gone = 0, body = NULL WHERE name = ?1",
		      "tttit", at->name, at->page, at->thread, e->seq, blob);
}

static int
appear(struct index *x, const struct index_entry *e,
       const struct path_remark *at, const char *blob, bool *same,
       struct err *err)
{
	int64_t id;
	int rc = find_row(x, at->name, &id, same, blob, err);

	touch_thread(x, at->thread);
	if (rc != 0)
		return rc;
	if (id == 0)
		return insert(x, e, at, blob, err);
	return *same ? settle_elsewhere(x, at, err)
		     : change_words(x, e, at, blob, err);
}

int
remarks_change(struct index *x, const struct index_entry *e,
	       const struct index_change *c, const char *text, size_t len,
	       struct err *err)
{
	struct path_remark at;
	bool same = false;
	int rc;

	path_remark_read(&at, c->path);
	rc = note_version(x, e, &at, c->blob, err);
	if (rc == 0)
		rc = c->blob ? appear(x, e, &at, c->blob, &same, err)
			     : vanish(x, &at, err);
	if (rc == 0 && c->blob && text && !same)
		rc = remarks_fill(x, at.name, text, len, err);
	return rc;
}
