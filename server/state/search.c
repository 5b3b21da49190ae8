/*
 * search.c - see search.h. In two steps: which pages, in which order; then a
 * passage for those that are shown, because making one for every page that
 * matches would take longer than finding them.
 */
#include "state/search.h"

#include <stdlib.h>
#include <string.h>

#include "plein/buf.h"
#include "plein/mem.h"
#include "plein/utf8.h"
#include "state/index_impl.h"

#define FIELDS 3 /* of one search */

#define COLUMNS \
	"SELECT p.address AS place, p.title, p.kind, p.status, p.state, p.n," \
	" p.time AS time, p.handle, p.id AS id, NULL, NULL, NULL"
/* A remark in their place. Its row in the full text is below zero. */
#define SAID_COLUMNS \
	"SELECT r.page, t.title, '" SEARCH_SAID "'," \
	" iif(t.resolved, 'resolved', 'open'), NULL, 0, r.time, r.handle," \
	" -r.id, r.thread, r.name," \
	" (SELECT title FROM page WHERE address = r.page)"

/* ?1 kind, ?2 status, ?3 person, ?4–5 folder, ?6 since, ?7–12 fields */
#define FILTERS \
	" (?1 IS NULL OR p.kind = ?1)" \
	" AND (?2 IS NULL OR p.status = ?2 OR p.state = ?2)" \
	" AND (?3 IS NULL OR EXISTS (SELECT 1 FROM version v" \
	"  JOIN entry e ON e.seq = v.seq" \
	"  WHERE v.page = p.address AND e.handle = ?3))" \
	" AND (?4 IS NULL OR (p.address >= ?4 AND p.address < ?5))" \
	" AND p.time >= ?6" \
	" AND (?7 IS NULL OR EXISTS (SELECT 1 FROM field f" \
	"  WHERE f.address = p.address AND f.key = ?7 AND f.fold = ?8))" \
	" AND (?9 IS NULL OR EXISTS (SELECT 1 FROM field f" \
	"  WHERE f.address = p.address AND f.key = ?9 AND f.fold = ?10))" \
	" AND (?11 IS NULL OR EXISTS (SELECT 1 FROM field f" \
	"  WHERE f.address = p.address AND f.key = ?11 AND f.fold = ?12))"
#define SAID_FILTERS \
	" (?1 IS NULL OR ?1 = '" SEARCH_SAID "') AND ?7 IS NULL" \
	" AND (?2 IS NULL OR ?2 = iif(t.resolved, 'resolved', 'open'))" \
	" AND (?3 IS NULL OR r.handle = ?3)" \
	" AND (?4 IS NULL OR (r.page >= ?4 AND r.page < ?5))" \
	" AND r.time >= ?6 AND NOT r.gone AND r.withdrawn IS NULL"

#define MATCHING " FROM text JOIN page p ON p.id = text.rowid "
#define SAID_MATCHING \
	" FROM text JOIN remark r ON r.id = -text.rowid" \
	" JOIN thread t ON t.code = r.thread "
#define SIZES "LEFT JOIN text_docsize d ON d.id = text.rowid "
#define FOUND "WHERE text MATCH ?15 AND"
#define SAID_FOUND "WHERE text MATCH ?15 AND text.rowid < 0 AND"
/* Templates are for who makes a page, so below what people wrote. */
#define TEMPLATE "p.address >= 'sjablonen/' AND p.address < 'sjablonen0'"
#define PART " LIMIT ?13 OFFSET ?14"
#define ORDERED " ORDER BY low, weight, place, id" PART

static const char ranked_words[] = COLUMNS
	", " TEMPLATE " AS low, weight(text, d.sz) AS weight" MATCHING SIZES
		FOUND FILTERS ORDERED;
static const char any_words[] = COLUMNS MATCHING FOUND FILTERS PART;
static const char no_words[] =
	COLUMNS " FROM page p WHERE ?15 IS NULL AND" FILTERS
		" ORDER BY time DESC, place" PART;

static const char ranked_both[] = COLUMNS
	", " TEMPLATE
	" AS low, weight(text, d.sz) AS weight" MATCHING SIZES FOUND FILTERS
	" UNION ALL " SAID_COLUMNS ", 0, weight(text, d.sz)" SAID_MATCHING SIZES
		SAID_FOUND SAID_FILTERS ORDERED;
static const char any_both[] = COLUMNS MATCHING FOUND FILTERS
	" UNION ALL " SAID_COLUMNS SAID_MATCHING SAID_FOUND SAID_FILTERS PART;
static const char no_words_said[] =
	SAID_COLUMNS " FROM remark r JOIN thread t ON t.code = r.thread"
		     " WHERE ?15 IS NULL AND r.kind = 0 AND" SAID_FILTERS
		     " ORDER BY r.time DESC, r.name" PART;

void
search_hit_free(void *item)
{
	struct search_hit *h = item;

	if (h == NULL)
		return;
	page_info_release(&h->page.info);
	free(h->page.handle);
	free(h->passage);
	free(h->thread);
	free(h->remark);
	free(h->about);
	free(h);
}

static struct search_hit *
make_hit(sqlite3_stmt *st)
{
	struct search_hit *h = mem_alloc(sizeof *h);

	page_info_init(&h->page.info);
	h->page.info.address = db_text(st, 0);
	h->page.info.title = db_text(st, 1);
	h->page.info.kind = db_text(st, 2);
	h->page.info.status = db_text(st, 3);
	h->page.info.state = db_text(st, 4);
	h->page.n = (long)sqlite3_column_int64(st, 5);
	h->page.when = sqlite3_column_int64(st, 6);
	h->page.handle = db_text(st, 7);
	h->id = sqlite3_column_int64(st, 8);
	h->thread = db_text(st, 9);
	h->remark = db_text(st, 10);
	h->about = db_text(st, 11);
	return h;
}

/* The values of a query, in the form the statement wants them. */
struct bound {
	struct buf first, end; /* of the folder */
	const char *key[FIELDS];
	struct buf fold[FIELDS];
};

static void
bind_query(struct bound *b, const struct query *q)
{
	const struct query_field *f;
	size_t i;

	memset(b, 0, sizeof *b);
	buf_init(&b->first);
	buf_init(&b->end);
	buf_printf(&b->first, "%s/", q->folder ? q->folder : "");
	buf_printf(&b->end, "%s0", q->folder ? q->folder : "");
	for (i = 0; i < FIELDS; i++) {
		buf_init(&b->fold[i]);
		if (i >= q->fields.len)
			continue;
		f = q->fields.items[i];
		b->key[i] = f->key;
		utf8_fold(&b->fold[i], f->value, strlen(f->value));
	}
}

static void
release_bound(struct bound *b)
{
	size_t i;

	buf_release(&b->first);
	buf_release(&b->end);
	for (i = 0; i < FIELDS; i++)
		buf_release(&b->fold[i]);
}

static int
run(struct index *x, const char *sql, const struct query *q,
    const struct search_part *part, struct vec *out, struct err *err)
{
	sqlite3_stmt *st = NULL;
	struct bound b;
	int rc;

	bind_query(&b, q);
	db_limit(&x->db, SEARCH_MS);
	rc = db_start(&x->db, &st, err, sql, "tttttittttttiit", q->kind,
		      q->status, q->person, q->folder ? b.first.ptr : NULL,
		      b.end.ptr, part->since, b.key[0], b.fold[0].ptr, b.key[1],
		      b.fold[1].ptr, b.key[2], b.fold[2].ptr,
		      (int64_t)part->limit, (int64_t)part->skip,
		      q->match.len > 0 ? q->match.ptr : NULL);
	if (rc == 0)
		while ((rc = db_step(&x->db, st, err)) > 0)
			vec_push(out, make_hit(st));
	db_end(st);
	db_limit(&x->db, 0);
	release_bound(&b);
	return rc;
}

/* The numbers of the hits from `first` on, as SQLite takes a list. */
static void
list_ids(struct buf *ids, const struct vec *hits, size_t first)
{
	const struct search_hit *h;
	size_t i;

	for (i = first; i < hits->len; i++) {
		h = hits->items[i];
		buf_printf(ids, "%c%lld", i == first ? '[' : ',',
			   (long long)h->id);
	}
	buf_str(ids, "]");
}

static void
give_passage(const struct vec *hits, size_t first, sqlite3_stmt *st)
{
	struct search_hit *h;
	size_t i;

	for (i = first; i < hits->len; i++) {
		h = hits->items[i];
		if (h->id == sqlite3_column_int64(st, 0) && h->passage == NULL)
			h->passage = db_text(st, 1);
	}
}

/*
 * One walk along all that matches, stopping at those that are shown: the plus
 * keeps SQLite from asking FTS5 for each of them apart, which looks up every
 * word anew. Whoever has no passage when time is up goes without.
 */
static int
read_passages(struct index *x, const struct query *q, const struct vec *hits,
	      size_t first, struct err *err)
{
	struct buf ids = BUF_INIT;
	sqlite3_stmt *st = NULL;
	int rc;

	list_ids(&ids, hits, first);
	db_limit(&x->db, SEARCH_MS);
	rc = db_start(&x->db, &st, err,
		      "SELECT rowid, passage(text)"
		      " FROM text WHERE text MATCH ? AND +rowid IN"
		      " (SELECT value FROM json_each(?))",
		      "tt", q->match.ptr, ids.ptr);
	if (rc == 0)
		while ((rc = db_step(&x->db, st, err)) > 0)
			give_passage(hits, first, st);
	db_end(st);
	db_limit(&x->db, 0);
	buf_release(&ids);
	return rc == PLEIN_EBUSY ? 0 : rc;
}

static int
add_passages(struct index *x, const struct query *q, struct vec *hits,
	     size_t first, struct err *err)
{
	struct search_hit *h;
	size_t i;
	int rc = 0;

	if (q->match.len > 0 && hits->len > first)
		rc = read_passages(x, q, hits, first, err);
	for (i = first; i < hits->len; i++) {
		h = hits->items[i];
		if (h->passage == NULL)
			h->passage = mem_strdup("");
	}
	return rc;
}

/* Ranked, or with `any` in no order. */
static const char *
choose(const struct query *q, const struct search_part *part, bool any)
{
	bool only = q->kind && strcmp(q->kind, SEARCH_SAID) == 0;
	bool said = part->said || only;

	if (q->match.len > 0 && any)
		return said ? any_both : any_words;
	if (q->match.len > 0)
		return said ? ranked_both : ranked_words;
	return only ? no_words_said : no_words;
}

int
search_pages(struct index *x, const struct query *q,
	     const struct search_part *part, struct vec *out, bool *ranked,
	     struct err *err)
{
	size_t first = out->len;
	int rc;

	if (q->fields.len > FIELDS)
		return err_set(err, PLEIN_EUSAGE, "more than %d fields",
			       FIELDS);
	*ranked = true;
	rc = run(x, choose(q, part, false), q, part, out, err);
	if (rc == PLEIN_EBUSY && q->match.len > 0) {
		*ranked = false;
		rc = run(x, choose(q, part, true), q, part, out, err);
	}
	return rc == 0 ? add_passages(x, q, out, first, err) : rc;
}
