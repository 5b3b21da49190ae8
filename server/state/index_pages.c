/* index_pages.c - the pages that exist now, and the names they go by. */
#include "state/index.h"

#include <stdlib.h>
#include <string.h>

#include "plein/buf.h"
#include "plein/mem.h"
#include "plein/utf8.h"
#include "state/index_impl.h"
#include "state/linked.h"

#define SELECT_PAGE \
	"SELECT address, title, kind, status, state, volgorde, n, time," \
	" handle FROM page "

void
index_page_free(void *item)
{
	struct index_page *p = item;

	if (p == NULL)
		return;
	page_info_release(&p->info);
	free(p->handle);
	free(p);
}

int
index_page_id(struct index *x, const char *address, int64_t *id,
	      struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc;

	*id = 0;
	rc = db_start(&x->db, &st, err, "SELECT id FROM page WHERE address = ?",
		      "t", address);
	if (rc == 0)
		rc = db_step(&x->db, st, err);
	if (rc > 0)
		*id = sqlite3_column_int64(st, 0);
	db_end(st);
	return rc < 0 ? rc : 0;
}

int
index_drop_page(struct index *x, const char *address, struct err *err)
{
	int64_t id;
	int rc = index_page_id(x, address, &id, err);

	if (rc != 0 || id == 0)
		return rc;
	rc = index_put_words(x, id, NULL, NULL, err);
	if (rc != 0)
		return rc;
	x->reshaped = true;
	return db_run(&x->db, err, "DELETE FROM page WHERE id = ?", "i", id);
}

/* Most saves leave what lists tell of a page as it was: 1; else 0. */
static int
put_version(struct index *x, const struct index_entry *e, const char *address,
	    const struct page_info *info, long n, struct err *err)
{
	int rc = db_run(&x->db, err,
			"UPDATE page SET n = ?, time = ?, handle = ?"
			" WHERE address = ? AND title IS ? AND kind IS ?"
			" AND status IS ? AND state IS ? AND volgorde IS ?",
			"iitttttti", (int64_t)n, e->when, e->handle, address,
			info->title, info->kind, info->status, info->state,
			(int64_t)info->order);

	return rc == 0 ? sqlite3_changes(x->db.h) > 0 : rc;
}

/* Put its row, in place of what was there: the page keeps its number. */
static int
put_row(struct index *x, const struct index_entry *e, const char *address,
	const struct page_info *info, long n, struct err *err)
{
	struct buf fold = BUF_INIT;
	int rc;

	x->reshaped = true;
	utf8_fold(&fold, info->title, strlen(info->title));
	rc = db_run(&x->db, err,
		    "INSERT INTO page (address, slug, title, fold, kind,"
		    " status, state, volgorde, n, time, handle)"
		    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
		    " ON CONFLICT (address) DO UPDATE SET title ="
		    " excluded.title, fold = excluded.fold, kind ="
		    " excluded.kind, status = excluded.status, state ="
		    " excluded.state, volgorde = excluded.volgorde, n ="
		    " excluded.n, time = excluded.time, handle ="
		    " excluded.handle",
		    "tttttttiiit", address, linked_slug(address), info->title,
		    fold.ptr, info->kind, info->status, info->state,
		    (int64_t)info->order, (int64_t)n, e->when, e->handle);
	buf_release(&fold);
	return rc;
}

int
index_put_page(struct index *x, const struct index_entry *e,
	       const char *address, const struct index_content *now, long n,
	       struct err *err)
{
	int rc = put_version(x, e, address, now->info, n, err);

	if (rc == 0)
		rc = put_row(x, e, address, now->info, n, err);
	return rc >= 0 ? index_put_text(x, address, now, err) : rc;
}

static struct index_page *
make_page(sqlite3_stmt *st)
{
	struct index_page *p = mem_alloc(sizeof *p);

	page_info_init(&p->info);
	p->info.address = db_text(st, 0);
	p->info.title = db_text(st, 1);
	p->info.kind = db_text(st, 2);
	p->info.status = db_text(st, 3);
	p->info.state = db_text(st, 4);
	p->info.order = (long)sqlite3_column_int64(st, 5);
	p->n = (long)sqlite3_column_int64(st, 6);
	p->when = sqlite3_column_int64(st, 7);
	p->handle = db_text(st, 8);
	return p;
}

static struct vec *
parents_of(struct index_page *p)
{
	return &p->info.parents;
}

static struct vec *
aliases_of(struct index_page *p)
{
	return &p->info.aliases;
}

/*
 * Hand out the rows (address, value) of a started statement to the pages
 * from `first` on; both are in address order. Ends the statement.
 */
static int
deal_values(struct index *x, sqlite3_stmt *st, struct vec *pages, size_t first,
	    struct vec *(*list_of)(struct index_page *p), struct err *err)
{
	struct index_page *p;
	const char *address;
	size_t i = first;
	int rc;

	while ((rc = db_step(&x->db, st, err)) > 0) {
		address = (const char *)sqlite3_column_text(st, 0);
		for (; i < pages->len; i++) {
			p = pages->items[i];
			if (strcmp(p->info.address, address) == 0)
				break;
		}
		if (i < pages->len)
			vec_push(list_of(pages->items[i]), db_text(st, 1));
	}
	db_end(st);
	return rc;
}

static int
deal_all(struct index *x, struct vec *pages, size_t first, struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc;

	rc = db_start(&x->db, &st, err,
		      "SELECT address, value FROM parent ORDER BY address, i",
		      "");
	if (rc == 0)
		rc = deal_values(x, st, pages, first, parents_of, err);
	if (rc == 0)
		rc = db_start(&x->db, &st, err,
			      "SELECT address, value FROM alias"
			      " ORDER BY address, i",
			      "");
	if (rc == 0)
		rc = deal_values(x, st, pages, first, aliases_of, err);
	return rc;
}

static int
collect_pages(struct index *x, struct vec *out, struct err *err)
{
	size_t first = out->len;
	sqlite3_stmt *st = NULL;
	int rc;

	rc = db_start(&x->db, &st, err, SELECT_PAGE "ORDER BY address", "");
	if (rc == 0)
		while ((rc = db_step(&x->db, st, err)) > 0)
			vec_push(out, make_page(st));
	db_end(st);
	return rc == 0 ? deal_all(x, out, first, err) : rc;
}

/* Three tables are read: in one transaction, so that they belong together. */
int
index_pages(struct index *x, struct vec *out, struct err *err)
{
	bool own = sqlite3_get_autocommit(x->db.h) != 0;
	int rc = own ? db_run(&x->db, err, "BEGIN", "") : 0;

	if (rc == 0)
		rc = collect_pages(x, out, err);
	if (own)
		index_abort(x);
	return rc;
}

static int
deal_one(struct index *x, struct index_page *p, struct err *err)
{
	struct vec one = VEC_INIT;
	sqlite3_stmt *st = NULL;
	int rc;

	vec_push(&one, p);
	rc = db_start(&x->db, &st, err,
		      "SELECT address, value FROM parent WHERE address = ?"
		      " ORDER BY i",
		      "t", p->info.address);
	if (rc == 0)
		rc = deal_values(x, st, &one, 0, parents_of, err);
	if (rc == 0)
		rc = db_start(&x->db, &st, err,
			      "SELECT address, value FROM alias"
			      " WHERE address = ? ORDER BY i",
			      "t", p->info.address);
	if (rc == 0)
		rc = deal_values(x, st, &one, 0, aliases_of, err);
	vec_release(&one, NULL);
	return rc;
}

static int
read_page(struct index *x, const char *address, struct index_page **out,
	  struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc;

	rc = db_start(&x->db, &st, err, SELECT_PAGE "WHERE address = ?", "t",
		      address);
	if (rc == 0)
		rc = db_step(&x->db, st, err);
	if (rc > 0)
		*out = make_page(st);
	db_end(st);
	if (rc == 0)
		return err_set(err, PLEIN_ENOTFOUND, "no such page");
	return rc < 0 ? rc : deal_one(x, *out, err);
}

int
index_page(struct index *x, const char *address, struct index_page **out,
	   struct err *err)
{
	bool own = sqlite3_get_autocommit(x->db.h) != 0;
	int rc = own ? db_run(&x->db, err, "BEGIN", "") : 0;

	*out = NULL;
	if (rc == 0)
		rc = read_page(x, address, out, err);
	if (own)
		index_abort(x);
	if (rc != 0) {
		index_page_free(*out);
		*out = NULL;
	}
	return rc;
}

/* Ways a name can mean a page, best first; ask for two to see doubt. */
static const struct way {
	const char *sql;
	bool moved;
	bool folded;
} ways[] = {
	{ "SELECT address FROM page WHERE address = ?", false, false },
	{ "SELECT address FROM alias WHERE value = ? ORDER BY address"
	  " LIMIT 1",
	  true, false },
	{ "SELECT address FROM page WHERE fold = ? LIMIT 2", false, true },
};

/* 1 and *address when this way leads to a page, 0 when it does not. */
static int
try_way(struct index *x, const struct way *w, const char *name, char **address,
	struct err *err)
{
	sqlite3_stmt *st = NULL;
	int found = db_start(&x->db, &st, err, w->sql, "t", name);
	int more = 0;

	if (found == 0)
		found = db_step(&x->db, st, err);
	if (found > 0) {
		*address = db_text(st, 0);
		more = db_step(&x->db, st, err);
	}
	db_end(st);
	if (more == 0)
		return found;
	free(*address);
	*address = NULL;
	return more < 0 ? more
			: err_rule(err, PLEIN_EUSAGE, "titles", 0,
				   "several pages have this title");
}

int
index_resolve(struct index *x, const char *name, char **address, bool *moved,
	      struct err *err)
{
	struct buf fold = BUF_INIT;
	int rc = 0;
	size_t i;

	*address = NULL;
	*moved = false;
	utf8_fold(&fold, name, strlen(name));
	for (i = 0; rc == 0 && i < sizeof ways / sizeof ways[0]; i++) {
		rc = try_way(x, &ways[i], ways[i].folded ? fold.ptr : name,
			     address, err);
		*moved = rc > 0 && ways[i].moved;
	}
	buf_release(&fold);
	if (rc == 0)
		return err_set(err, PLEIN_ENOTFOUND, "no such page");
	return rc > 0 ? 0 : rc;
}
