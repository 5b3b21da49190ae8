/* links.c - see links.h. */
#include "state/links.h"

#include <stdlib.h>

#include "plein/mem.h"
#include "state/index_impl.h"

void
links_row_free(void *item)
{
	struct links_row *r = item;

	if (r == NULL)
		return;
	free(r->address);
	free(r->title);
	free(r->kind);
	free(r->status);
	free(r->target);
	free(r->field);
	free(r->passage);
	free(r->thread);
	free(r->remark);
	free(r->handle);
	free(r);
}

static struct links_row *
make_row(sqlite3_stmt *st)
{
	struct links_row *r = mem_alloc(sizeof *r);

	r->address = db_text(st, 0);
	r->title = db_text(st, 1);
	r->kind = db_text(st, 2);
	r->status = db_text(st, 3);
	r->target = db_text(st, 4);
	r->field = db_text(st, 5);
	r->passage = db_text(st, 6);
	r->count = sqlite3_column_int64(st, 7);
	if (sqlite3_column_count(st) > 8) {
		r->thread = db_text(st, 8);
		r->remark = db_text(st, 9);
		r->handle = db_text(st, 10);
	}
	return r;
}

/* All rows of a started statement; ends it. `rc` is what starting gave. */
static int
collect(struct index *x, sqlite3_stmt *st, int rc, struct vec *out,
	struct err *err)
{
	if (rc == 0)
		while ((rc = db_step(&x->db, st, err)) > 0)
			vec_push(out, make_row(st));
	db_end(st);
	return rc;
}

int
links_from(struct index *x, const char *address, const struct links_part *part,
	   struct vec *out, struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc;

	rc = db_start(&x->db, &st, err,
		      "SELECT t.address, t.title, t.kind, t.status, l.target,"
		      " l.field, l.passage, 1 FROM link l LEFT JOIN page t"
		      " ON t.id = coalesce("
		      "  (SELECT id FROM page WHERE address = l.target),"
		      "  (SELECT p.id FROM alias a JOIN page p"
		      "   ON p.address = a.address WHERE a.value = l.target),"
		      "  (SELECT id FROM page WHERE l.fold IS NOT NULL"
		      "   AND fold = l.fold),"
		      "  (SELECT id FROM page WHERE l.fold IS NOT NULL"
		      "   AND slug = l.target))"
		      " WHERE l.address = ?"
		      " AND (NOT ? OR l.field IS NOT NULL)"
		      " ORDER BY l.i LIMIT ? OFFSET ?",
		      "tiii", address, (int64_t)part->fields,
		      (int64_t)part->limit, (int64_t)part->skip);
	return collect(x, st, rc, out, err);
}

/* ?1 the page: links in this table that lead there, by `key` and number. */
#define LEADING(table, key) \
	" SELECT " key " AS key, i FROM " table " WHERE target = ?1" \
	" UNION SELECT k." key ", k.i FROM alias a JOIN " table " k" \
	"  ON k.target = a.value WHERE a.address = ?1" \
	" UNION SELECT k." key ", k.i FROM page t JOIN " table " k" \
	"  ON k.fold = t.fold WHERE t.address = ?1" \
	" UNION SELECT k." key ", k.i FROM page t JOIN " table " k" \
	"  ON k.target = t.slug AND k.fold IS NOT NULL WHERE t.address = ?1"

static const char leading_to[] =
	"SELECT p.address AS place, p.title, p.kind, p.status, l.target,"
	" l.field, l.passage, 1, NULL, NULL, NULL,"
	" l.field IS NOT NULL AS part, l.i AS i"
	" FROM (" LEADING(
		"link",
		"address") ") m"
			   " JOIN link l ON l.address = m.key AND l.i = m.i"
			   " JOIN page p ON p.address = l.address WHERE "
			   "l.address <> ?1 AND (NOT ?4 OR l.field IS NOT NULL)"
			   " UNION ALL SELECT r.page, t.title, 'bespreking',"
			   " iif(t.resolved, 'resolved', 'open'), l.target, "
			   "NULL, l.passage, 1,"
			   " r.thread, r.name, r.handle, 2, r.seq"
			   " FROM (" LEADING(
				   "remark_link",
				   "id") ") m"
					 " JOIN remark_link l ON l.id = m.key "
					 "AND l.i = m.i"
					 " JOIN remark r ON r.id = l.id JOIN "
					 "thread t ON t.code = r.thread"
					 " WHERE NOT r.gone AND r.withdrawn IS "
					 "NULL AND r.page <> ?1 AND NOT ?4"
					 " ORDER BY part, place, i LIMIT ?2 "
					 "OFFSET ?3";

int
links_to(struct index *x, const char *address, const struct links_part *part,
	 struct vec *out, struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc = db_start(&x->db, &st, err, leading_to, "tiii", address,
			  (int64_t)part->limit, (int64_t)part->skip,
			  (int64_t)part->fields);

	return collect(x, st, rc, out, err);
}

int
links_missing(struct index *x, const struct links_part *part, struct vec *out,
	      struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc;

	rc = db_start(&x->db, &st, err,
		      "SELECT m.address, p.title, NULL, NULL, m.target, NULL,"
		      " m.passage, m.n FROM (SELECT min(l.address) AS address,"
		      "  l.target AS target, l.passage AS passage,"
		      "  count(*) AS n FROM link l"
		      " WHERE NOT EXISTS (SELECT 1 FROM page p"
		      "  WHERE p.address = l.target)"
		      " AND NOT EXISTS (SELECT 1 FROM alias a"
		      "  WHERE a.value = l.target)"
		      " AND (l.fold IS NULL OR (NOT EXISTS (SELECT 1"
		      "   FROM page p WHERE p.fold = l.fold)"
		      "  AND NOT EXISTS (SELECT 1 FROM page p"
		      "   WHERE p.slug = l.target)))"
		      " AND l.target NOT LIKE 'bijlagen/%'"
		      " AND l.target NOT LIKE 'bespreking/%'"
		      " GROUP BY l.target) m JOIN page p"
		      " ON p.address = m.address ORDER BY m.n DESC, m.target"
		      " LIMIT ? OFFSET ?",
		      "ii", (int64_t)part->limit, (int64_t)part->skip);
	return collect(x, st, rc, out, err);
}

int
links_orphans(struct index *x, const struct links_part *part, struct vec *out,
	      struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc;

	rc = db_start(&x->db, &st, err,
		      "SELECT p.address, p.title, p.kind, p.status, NULL, NULL,"
		      " '', 0 FROM page p WHERE p.address <> 'index'"
		      " AND p.address NOT LIKE 'sjablonen/%'"
		      " AND p.kind NOT IN ('doelstelling', 'agenda', 'hulp')"
		      " AND NOT EXISTS (SELECT 1 FROM parent r JOIN page t"
		      "  ON t.address = r.value WHERE r.address = p.address)"
		      " AND NOT EXISTS (SELECT 1 FROM link l"
		      "  WHERE l.target = p.address AND l.address <> p.address)"
		      " AND NOT EXISTS (SELECT 1 FROM alias a JOIN link l"
		      "  ON l.target = a.value WHERE a.address = p.address)"
		      " AND NOT EXISTS (SELECT 1 FROM link l"
		      "  WHERE l.fold = p.fold AND l.address <> p.address)"
		      " AND NOT EXISTS (SELECT 1 FROM link l"
		      "  WHERE l.target = p.slug AND l.fold IS NOT NULL"
		      "  AND l.address <> p.address)"
		      " ORDER BY p.address LIMIT ? OFFSET ?",
		      "ii", (int64_t)part->limit, (int64_t)part->skip);
	return collect(x, st, rc, out, err);
}
