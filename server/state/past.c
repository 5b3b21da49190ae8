/*
 * past.c - see past.h. `old.until` is NULL for the text a path has now; when
 * a later commit changes the path, its row is closed. FTS5 cannot make a
 * passage from a contentless table, so a text that is shown is put, for a
 * moment, into a temporary table that can.
 */
#include "state/past.h"

#include <stdlib.h>
#include <string.h>

#include "plein/extract.h"
#include "plein/mem.h"
#include "plein/page.h"
#include "plein/path.h"
#include "plein/remark.h"
#include "state/past_impl.h"
#include "state/timeline.h"

#define TOKENS "tokenize = 'unicode61 remove_diacritics 2'"
#define HEX_LEN 40

static const struct db_form form = {
	.id = 0x506c5061, /* "PlPa" */
	.version = 3,
	.fulltext = true,
	.schema = { "CREATE TABLE old ("
		    " id INTEGER PRIMARY KEY, path TEXT NOT NULL,"
		    " since INTEGER NOT NULL, until INTEGER,"
		    " blob TEXT NOT NULL) STRICT;"
		    "CREATE UNIQUE INDEX old_open ON old(path)"
		    " WHERE until IS NULL;"
		    "CREATE VIRTUAL TABLE word USING fts5(title, body,"
		    " content = '', prefix = '2 3', " TOKENS ");"
		    "INSERT INTO word (word, rank)"
		    " VALUES ('rank', 'bm25(10.0, 1.0)');"
		    "CREATE TABLE meta ("
		    " key TEXT PRIMARY KEY, seq INTEGER NOT NULL,"
		    " oid TEXT NOT NULL) STRICT, WITHOUT ROWID;",
		    PAST_NAMED },
	.tuning = "PRAGMA synchronous = NORMAL; PRAGMA trusted_schema = OFF;"
		  "PRAGMA cell_size_check = ON; PRAGMA temp_store = MEMORY;"
		  "CREATE VIRTUAL TABLE temp.shown USING fts5(title, "
		  "body, " TOKENS ");",
};

int
past_open(struct past **out, const char *path, bool writer, struct err *err)
{
	struct past *p = mem_alloc(sizeof *p);
	int rc =
		db_open(&p->db, path, writer ? DB_CREATE : DB_READ, &form, err);

	if (rc == PLEIN_ECORRUPT && writer) {
		db_remove(path);
		rc = db_open(&p->db, path, DB_CREATE, &form, err);
	}
	if (rc != 0) {
		free(p);
		p = NULL;
	}
	*out = p;
	return rc;
}

void
past_close(struct past *p)
{
	if (p == NULL)
		return;
	db_close(&p->db);
	free(p);
}

static int
read_reach(struct past *p, int64_t *seq, char oid[HEX_LEN + 1], struct err *err)
{
	sqlite3_stmt *st = NULL;
	const char *value;
	int rc;

	*seq = 0;
	oid[0] = '\0';
	rc = db_start(&p->db, &st, err,
		      "SELECT seq, oid FROM meta WHERE key = 'reach'", "");
	if (rc == 0)
		rc = db_step(&p->db, st, err);
	if (rc > 0) {
		*seq = sqlite3_column_int64(st, 0);
		value = (const char *)sqlite3_column_text(st, 1);
		if (value != NULL && strlen(value) == HEX_LEN)
			memcpy(oid, value, HEX_LEN + 1);
	}
	db_end(st);
	return rc < 0 ? rc : 0;
}

int
past_reach(struct past *p, int64_t *seq, struct err *err)
{
	char oid[HEX_LEN + 1];

	return read_reach(p, seq, oid, err);
}

int
past_reach_in(struct past *p, struct index *index, int64_t *seq,
	      struct err *err)
{
	char oid[HEX_LEN + 1], now[HEX_LEN + 1];
	int rc = read_reach(p, seq, oid, err);

	if (rc != 0 || *seq == 0)
		return rc;
	rc = timeline_commit(index, *seq, now, err);
	if (rc == 0 && strcmp(oid, now) == 0)
		return 0;
	*seq = 0;
	return rc == PLEIN_ENOTFOUND ? 0 : rc;
}

/* A contentless table is emptied as a whole. */
static int
forget_all(struct past *p, struct err *err)
{
	return db_exec(&p->db,
		       "DELETE FROM old; DELETE FROM named; DELETE FROM meta;"
		       "INSERT INTO word (word) VALUES ('delete-all');",
		       err);
}

/* --- filling ------------------------------------------------------------ */

/* What a text says. */
struct words {
	const char *title;
	struct extract body;
	struct page_info page; /* when it is one's */
	struct remark remark; /* or this */
	bool said;
};

static void
read_page(struct words *w, const char *path, const struct buf *text)
{
	struct buf address = BUF_INIT;
	struct page_info *info = &w->page;

	path_to_address(path, &address);
	page_info_init(info);
	page_info_read(info, address.ptr, text->ptr, text->len);
	extract_read(&w->body, address.ptr, text->ptr + info->body,
		     text->len - info->body);
	w->title = info->title;
	buf_release(&address);
}

/* One that was withdrawn says nothing. */
static void
read_remark(struct words *w, const char *path, const struct buf *text)
{
	struct path_remark at;
	struct remark *r = &w->remark;

	path_remark_read(&at, path);
	remark_read(r, text->ptr, text->len);
	extract_read(&w->body, at.page, text->ptr + r->body,
		     r->withdrawn ? 0 : text->len - r->body);
	w->title = r->title && !r->withdrawn ? r->title : "";
}

static void
read_words(struct words *w, const char *path, const struct buf *text)
{
	w->said = path_kind_of(path) == PATH_REMARK;
	if (w->said)
		read_remark(w, path, text);
	else
		read_page(w, path, text);
}

static void
release_words(struct words *w)
{
	if (w->said)
		remark_release(&w->remark);
	else
		page_info_release(&w->page);
	extract_release(&w->body);
}

static int
add_words(struct past *p, const struct words *w, int64_t id, struct err *err)
{
	return db_run(&p->db, err,
		      "INSERT INTO word (rowid, title, body) VALUES (?, ?, ?)",
		      "itt", id, w->title, w->body.text.ptr);
}

static int
add_said(struct past *p, int64_t seq, const struct timeline_change *c,
	 const struct buf *text, struct err *err)
{
	struct words w;
	int rc;

	read_words(&w, c->path, text);
	rc = add_words(p, &w, sqlite3_last_insert_rowid(p->db.h), err);
	if (rc == 0 && !w.said)
		rc = past_named_put(p, seq, &w.page, text, &w.body, err);
	release_words(&w);
	return rc;
}

static int
add_text(struct past *p, const struct past_source *from, int64_t seq,
	 const struct timeline_change *c, struct err *err)
{
	struct buf text = BUF_INIT;
	int rc = from->load(from->ctx, c->blob, &text, err);

	if (rc == 0)
		rc = db_run(&p->db, err,
			    "INSERT INTO old (path, since, blob)"
			    " VALUES (?, ?, ?)",
			    "tit", c->path, seq, c->blob);
	if (rc == 0)
		rc = add_said(p, seq, c, &text, err);
	buf_release(&text);
	return rc;
}

static int
drop_page(struct past *p, int64_t seq, const char *path, struct err *err)
{
	struct buf address = BUF_INIT;
	int rc;

	path_to_address(path, &address);
	rc = past_named_drop(p, seq, address.ptr, err);
	buf_release(&address);
	return rc;
}

static bool
is_searched(const char *path)
{
	enum path_kind kind = path_kind_of(path);

	return kind == PATH_PAGE || kind == PATH_REMARK;
}

static int
take_change(struct past *p, const struct past_source *from, int64_t seq,
	    const struct timeline_change *c, struct err *err)
{
	int rc;

	if (!is_searched(c->path))
		return 0;
	rc = db_run(&p->db, err,
		    "UPDATE old SET until = ? WHERE path = ? AND until IS NULL",
		    "it", seq, c->path);
	if (rc == 0 && c->blob)
		rc = add_text(p, from, seq, c, err);
	else if (rc == 0 && path_kind_of(c->path) == PATH_PAGE)
		rc = drop_page(p, seq, c->path, err);
	return rc;
}

static int
take_commit(struct past *p, const struct past_source *from, int64_t seq,
	    struct err *err)
{
	struct vec changes = VEC_INIT;
	size_t i;
	int rc = timeline_changes(from->index, seq, &changes, err);

	for (i = 0; rc == 0 && i < changes.len; i++)
		rc = take_change(p, from, seq, changes.items[i], err);
	vec_release(&changes, timeline_change_free);
	return rc;
}

static int
note_reach(struct past *p, const struct past_source *from, int64_t seq,
	   struct err *err)
{
	char oid[HEX_LEN + 1];
	int rc = timeline_commit(from->index, seq, oid, err);

	if (rc != 0)
		return rc;
	return db_run(&p->db, err,
		      "INSERT OR REPLACE INTO meta (key, seq, oid)"
		      " VALUES ('reach', ?, ?)",
		      "it", seq, oid);
}

/* Is what was taken in still the history the index tells? */
static int
find_start(struct past *p, const struct past_source *from, int64_t *seq,
	   struct err *err)
{
	int64_t reach = 0;
	int rc = past_reach(p, &reach, err);

	if (rc == 0)
		rc = past_reach_in(p, from->index, seq, err);
	return rc == 0 && *seq != reach ? forget_all(p, err) : rc;
}

static int
fill(struct past *p, const struct past_source *from, long most, bool *complete,
     struct err *err)
{
	int64_t seq, last, first;
	int rc = find_start(p, from, &seq, err);

	if (rc == 0)
		rc = index_last(from->index, &last, err);
	if (rc != 0)
		return rc;
	first = seq;
	while (rc == 0 && seq < last && seq - first < most)
		rc = take_commit(p, from, ++seq, err);
	*complete = seq >= last;
	return rc == 0 && seq > first ? note_reach(p, from, seq, err) : rc;
}

int
past_fill(struct past *p, const struct past_source *from, long most,
	  bool *complete, struct err *err)
{
	int rc = db_run(&p->db, err, "BEGIN IMMEDIATE", "");

	*complete = false;
	if (rc != 0)
		return rc;
	rc = fill(p, from, most, complete, err);
	if (rc == 0)
		rc = db_run(&p->db, err, "COMMIT", "");
	if (rc != 0 && !sqlite3_get_autocommit(p->db.h))
		(void)db_run(&p->db, NULL, "ROLLBACK", ""); /* rc counts */
	return rc;
}

/* --- checking ----------------------------------------------------------- */

struct checking {
	struct past *past;
	sqlite3_stmt *st; /* its rows, in the order of the index's */
	struct vec *problems;
	int64_t texts; /* rows there should be */
	bool differs;
	struct err *err;
};

static int
compare_text(void *ctx, const struct timeline_text *t)
{
	struct checking *c = ctx;
	struct buf line = BUF_INIT;
	int rc;

	if (!is_searched(t->path) || c->differs)
		return 0;
	c->texts++;
	rc = db_step(&c->past->db, c->st, c->err);
	if (rc < 0)
		return rc;
	c->differs = rc == 0 ||
		     strcmp((const char *)sqlite3_column_text(c->st, 0),
			    t->path) != 0 ||
		     strcmp((const char *)sqlite3_column_text(c->st, 1),
			    t->blob) != 0 ||
		     sqlite3_column_int64(c->st, 2) != t->since ||
		     sqlite3_column_int64(c->st, 3) != t->until;
	if (c->differs) {
		buf_printf(&line, "an old text of %s is missing or wrong",
			   t->path);
		vec_push(c->problems, buf_take(&line));
	}
	return 0;
}

/* Row by row, then whether each has its words. */
static int
compare_texts(struct checking *c, struct index *index, int64_t seq)
{
	struct db *db = &c->past->db;
	int rc = db_start(db, &c->st, c->err,
			  "SELECT path, blob, since, coalesce(until, 0)"
			  " FROM old ORDER BY path, since",
			  "");

	if (rc == 0)
		rc = timeline_texts(index, seq, compare_text, c, c->err);
	if (rc == 0 && !c->differs && db_step(db, c->st, c->err) > 0) {
		vec_push(c->problems, mem_strdup("it holds texts that no page "
						 "had"));
		c->differs = true;
	}
	db_end(c->st);
	if (rc == 0)
		rc = db_start(db, &c->st, c->err,
			      "SELECT count(*) FROM word_docsize", "");
	if (rc == 0)
		rc = db_step(db, c->st, c->err);
	if (rc > 0 && !c->differs && sqlite3_column_int64(c->st, 0) != c->texts)
		vec_push(c->problems,
			 mem_strdup("words of old texts are missing"));
	db_end(c->st);
	return rc < 0 ? rc : 0;
}

/* What pages name now is in the index too; one that lags knows less. */
static int
compare_named(struct checking *c, struct index *index, int64_t seq)
{
	bool differs = false;
	int64_t last;
	int rc = index_last(index, &last, c->err);

	if (rc == 0 && seq == last)
		rc = past_named_check(c->past, index, &differs, c->err);
	if (differs)
		vec_push(c->problems,
			 mem_strdup("what pages name differs from the index"));
	return rc;
}

static int
check_pages(struct past *p, struct err *err)
{
	sqlite3_stmt *st = NULL;
	const char *said = NULL;
	int rc = db_start(&p->db, &st, err, "PRAGMA quick_check(1)", "");

	if (rc == 0)
		rc = db_step(&p->db, st, err);
	if (rc > 0)
		said = (const char *)sqlite3_column_text(st, 0);
	if (rc >= 0)
		rc = said && strcmp(said, "ok") == 0
			     ? 0
			     : err_set(err, PLEIN_ECORRUPT, "old texts: %s",
				       said ? said : "no result of the check");
	db_end(st);
	return rc;
}

static int
check_history(struct past *p, struct index *index, struct vec *problems,
	      struct err *err)
{
	struct checking c = { .past = p, .problems = problems, .err = err };
	int64_t seq;
	int rc = past_reach_in(p, index, &seq, err);

	if (rc != 0 || seq == 0)
		return rc;
	rc = compare_texts(&c, index, seq);
	return rc == 0 ? compare_named(&c, index, seq) : rc;
}

int
past_check(struct past *p, struct index *index, struct vec *problems,
	   struct err *err)
{
	int rc = check_pages(p, err);

	if (rc == 0) /* filling may go on meanwhile */
		rc = db_run(&p->db, err, "BEGIN DEFERRED", "");
	if (rc != 0)
		return rc;
	rc = check_history(p, index, problems, err);
	(void)db_run(&p->db, NULL, "ROLLBACK", ""); /* nothing was written */
	return rc;
}

/* --- searching ---------------------------------------------------------- */

void
past_hit_free(void *item)
{
	struct past_hit *h = item;

	if (h == NULL)
		return;
	free(h->path);
	free(h->blob);
	free(h->passage);
	free(h);
}

static struct past_hit *
make_hit(sqlite3_stmt *st)
{
	struct past_hit *h = mem_alloc(sizeof *h);

	h->path = db_text(st, 0);
	h->blob = db_text(st, 1);
	h->seq = sqlite3_column_int64(st, 2);
	return h;
}

/* ?3–4 a folder of pages, ?7–8 of the remarks about them. */
#define IS_SAID "(o.path >= 'bespreking/' AND o.path < 'bespreking0')"
#define IN_FOLDER \
	" AND (?3 IS NULL OR (o.path >= ?3 AND o.path < ?4)" \
	"  OR (o.path >= ?7 AND o.path < ?8))"

/* A plain column beside max() is that of the row that has it (SQLite). */
static const char gone_texts[] =
	"SELECT o.path, o.blob, max(o.since) FROM word JOIN old o"
	" ON o.id = word.rowid WHERE word MATCH ?1 AND ?2 = 0"
	" AND o.until IS NOT NULL AND NOT " IS_SAID IN_FOLDER
	" GROUP BY o.path ORDER BY max(o.since) DESC LIMIT ?5 OFFSET ?6";

/* ?9 whether pages are wanted, ?10 remarks. */
static const char standing_texts[] =
	"SELECT o.path, o.blob, o.since FROM word JOIN old o"
	" ON o.id = word.rowid"
	" LEFT JOIN word_docsize d ON d.id = word.rowid"
	" WHERE word MATCH ?1 AND o.since <= ?2"
	" AND (o.until IS NULL OR o.until > ?2)"
	" AND iif(" IS_SAID ", ?10, ?9)" IN_FOLDER
	" ORDER BY weight(word, d.sz), o.path LIMIT ?5 OFFSET ?6";

struct range {
	struct buf first, end;
};

static void
make_range(struct range *r, const char *above, const char *folder)
{
	buf_init(&r->first);
	buf_init(&r->end);
	buf_printf(&r->first, "%s%s/", above, folder);
	buf_printf(&r->end, "%s%s0", above, folder);
}

static void
release_range(struct range *r)
{
	buf_release(&r->first);
	buf_release(&r->end);
}

int
past_search(struct past *p, const struct past_part *part, struct vec *out,
	    struct err *err)
{
	const char *folder = part->folder ? part->folder : "";
	int64_t pages = part->what != PAST_SAID;
	int64_t remarks = part->what != PAST_PAGES;
	struct range own, said;
	sqlite3_stmt *st = NULL;
	int rc;

	make_range(&own, "", folder);
	make_range(&said, "bespreking/", folder);
	db_limit(&p->db, PAST_MS);
	rc = db_start(&p->db, &st, err, part->at ? standing_texts : gone_texts,
		      part->at ? "tittiittii" : "tittiitt", part->match,
		      part->at, part->folder ? own.first.ptr : NULL,
		      own.end.ptr, (int64_t)part->limit, (int64_t)part->skip,
		      said.first.ptr, said.end.ptr, pages, remarks);
	if (rc == 0)
		while ((rc = db_step(&p->db, st, err)) > 0)
			vec_push(out, make_hit(st));
	db_end(st);
	db_limit(&p->db, 0);
	release_range(&own);
	release_range(&said);
	return rc;
}

static int
show_text(struct past *p, const char *path, const struct buf *text,
	  struct err *err)
{
	struct words w;
	int rc;

	read_words(&w, path, text);
	rc = db_run(&p->db, err, "DELETE FROM temp.shown", "");
	if (rc == 0)
		rc = db_run(&p->db, err,
			    "INSERT INTO temp.shown (title, body)"
			    " VALUES (?, ?)",
			    "tt", w.title, w.body.text.ptr);
	release_words(&w);
	return rc;
}

int
past_passage(struct past *p, const char *match, const struct buf *text,
	     struct past_hit *hit, struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc = show_text(p, hit->path, text, err);

	if (rc == 0)
		rc = db_start(&p->db, &st, err,
			      "SELECT passage(shown) FROM temp.shown"
			      " WHERE shown MATCH ?",
			      "t", match);
	if (rc == 0)
		rc = db_step(&p->db, st, err);
	if (rc > 0)
		hit->passage = db_text(st, 0);
	db_end(st);
	return rc < 0 ? rc : 0;
}
