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
	"SELECT p.address, p.title, p.kind, p.status, p.state, p.n, p.time," \
	" p.handle, p.id FROM "

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

#define MATCHING "text JOIN page p ON p.id = text.rowid "
#define SIZES "LEFT JOIN text_docsize d ON d.id = text.rowid "
#define FOUND "WHERE text MATCH ?15 AND"
/* Templates are for who makes a page, so below what people wrote. */
#define TEMPLATE "p.address >= 'sjablonen/' AND p.address < 'sjablonen0'"
#define PART " LIMIT ?13 OFFSET ?14"

static const char ranked_words[] = COLUMNS MATCHING SIZES FOUND FILTERS
	" ORDER BY " TEMPLATE ", weight(text, d.sz), p.address" PART;
static const char any_words[] = COLUMNS MATCHING FOUND FILTERS PART;
static const char no_words[] = COLUMNS "page p WHERE ?15 IS NULL AND" FILTERS
				       " ORDER BY p.time DESC, p.address" PART;

void
search_hit_free(void *item)
{
	struct search_hit *h = item;

	if (h == NULL)
		return;
	page_info_release(&h->page.info);
	free(h->page.handle);
	free(h->passage);
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

int
search_pages(struct index *x, const struct query *q,
	     const struct search_part *part, struct vec *out, bool *ranked,
	     struct err *err)
{
	bool words = q->match.len > 0;
	size_t first = out->len;
	int rc;

	if (q->fields.len > FIELDS)
		return err_set(err, PLEIN_EUSAGE, "more than %d fields",
			       FIELDS);
	*ranked = true;
	rc = run(x, words ? ranked_words : no_words, q, part, out, err);
	if (rc == PLEIN_EBUSY && words) {
		*ranked = false;
		rc = run(x, any_words, q, part, out, err);
	}
	return rc == 0 ? add_passages(x, q, out, first, err) : rc;
}
