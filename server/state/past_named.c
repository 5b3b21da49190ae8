/*
 * past_named.c - see past_named.h. A row of `named` is one thing that a page at
 * an address named, how often, and between which places on main it did: most
 * edits leave what a page names as it is, so there are few more rows than one
 * text would have. `until` is NULL for what it names now.
 */
#include "state/past_named.h"

#include <stdlib.h>
#include <string.h>

#include "plein/actions.h"
#include "plein/frontmatter.h"
#include "plein/mem.h"
#include "state/index_impl.h"
#include "state/past_impl.h"

struct named {
	int64_t id; /* of its row, when there is one */
	int64_t way; /* enum past_way */
	char *target, *fold; /* the latter of a loose link, else NULL */
	int64_t n;
};

static void
named_free(void *item)
{
	struct named *n = item;

	free(n->target);
	free(n->fold);
	free(n);
}

static int
compare_named(const void *x, const void *y)
{
	const struct named *a = x, *b = y;
	int order = (a->way > b->way) - (a->way < b->way);

	if (!order)
		order = strcmp(a->target, b->target);
	if (!order && a->fold && b->fold)
		return strcmp(a->fold, b->fold);
	return order ? order : (a->fold != NULL) - (b->fold != NULL);
}

/* --- what a text names ------------------------------------------------------ */

static void
add_named(struct vec *out, enum past_way way, const char *target,
	  const char *fold)
{
	struct named *n = mem_alloc(sizeof(*n));

	n->way = way;
	n->target = mem_strdup(target);
	n->fold = fold ? mem_strdup(fold) : NULL;
	n->n = 1;
	vec_push(out, n);
}

static void
read_links(struct vec *out, const struct buf *text, const struct extract *e)
{
	struct frontmatter *fm = NULL;
	struct vec links = VEC_INIT;
	const struct linked *l;
	size_t i;

	/* a broken block has no fields */
	(void)frontmatter_parse(&fm, text->ptr, text->len, NULL);
	linked_read(&links, fm, e);
	for (i = 0; i < links.len; i++) {
		l = links.items[i];
		add_named(out, l->field ? PAST_FIELD : PAST_TEXT, l->target,
			  l->fold);
	}
	vec_release(&links, linked_free);
	frontmatter_free(fm);
}

static void
read_actions(struct vec *out, const struct buf *text)
{
	struct vec actions = VEC_INIT;
	const struct action *a;
	size_t i;

	actions_read(&actions, text->ptr, text->len);
	for (i = 0; i < actions.len; i++) {
		a = actions.items[i];
		if (a->decision)
			add_named(out, PAST_ACTION, a->decision, NULL);
	}
	vec_release(&actions, action_free);
}

/* Those alike become one. */
static void
join_same(struct vec *all)
{
	struct named *last = NULL, *n;
	size_t i, kept = 0;

	vec_sort(all, compare_named);
	for (i = 0; i < all->len; i++) {
		n = all->items[i];
		if (last && compare_named(last, n) == 0) {
			last->n++;
			named_free(n);
			continue;
		}
		last = n;
		all->items[kept++] = n;
	}
	all->len = kept;
}

static void
read_named(struct vec *out, const struct page_info *info,
	   const struct buf *text, const struct extract *e)
{
	size_t i;

	read_links(out, text, e);
	for (i = 0; i < info->aliases.len; i++)
		add_named(out, PAST_ALIAS, info->aliases.items[i], NULL);
	if (index_part_is_of(INDEX_ACTION, info->address))
		read_actions(out, text);
	join_same(out);
}

/* --- filling ------------------------------------------------------------------ */

static struct named *
make_named(sqlite3_stmt *st)
{
	struct named *n = mem_alloc(sizeof(*n));

	n->id = sqlite3_column_int64(st, 0);
	n->way = sqlite3_column_int64(st, 1);
	n->target = db_text(st, 2);
	n->fold = db_text(st, 3);
	n->n = sqlite3_column_int64(st, 4);
	return n;
}

/* What the page names so far, as read_named() has it. */
static int
load_named(struct past *p, const char *address, struct vec *out,
	   struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc = db_start(&p->db, &st, err,
			  "SELECT id, way, target, fold, n FROM named"
			  " WHERE address = ? AND until IS NULL",
			  "t", address);

	if (rc == 0)
		while ((rc = db_step(&p->db, st, err)) > 0)
			vec_push(out, make_named(st));
	db_end(st);
	vec_sort(out, compare_named);
	return rc;
}

static int
end_named(struct past *p, int64_t seq, const struct named *n, struct err *err)
{
	return db_run(&p->db, err, "UPDATE named SET until = ? WHERE id = ?",
		      "ii", seq, n->id);
}

static int
begin_named(struct past *p, int64_t seq, const char *address,
	    const struct named *n, struct err *err)
{
	return db_run(&p->db, err,
		      "INSERT INTO named (address, way, target, fold, n, since)"
		      " VALUES (?, ?, ?, ?, ?, ?)",
		      "tittii", address, n->way, n->target, n->fold, n->n, seq);
}

/* Both are in order; what is in both, as often, stays. */
static int
put_changes(struct past *p, int64_t seq, const char *address,
	    const struct vec *was, const struct vec *now, struct err *err)
{
	const struct named *a, *b;
	size_t i = 0, k = 0;
	int order, rc = 0;
	bool same;

	while (rc == 0 && (i < was->len || k < now->len)) {
		a = i < was->len ? was->items[i] : NULL;
		b = k < now->len ? now->items[k] : NULL;
		order = !a ? 1 : !b ? -1 : compare_named(a, b);
		same = a && b && order == 0 && a->n == b->n;
		if (a && order <= 0 && !same)
			rc = end_named(p, seq, a, err);
		if (b && order >= 0 && !same && rc == 0)
			rc = begin_named(p, seq, address, b, err);
		i += order <= 0;
		k += order >= 0;
	}
	return rc;
}

static int
replace(struct past *p, int64_t seq, const char *address, const struct vec *now,
	struct err *err)
{
	struct vec was = VEC_INIT;
	int rc = load_named(p, address, &was, err);

	if (rc == 0)
		rc = put_changes(p, seq, address, &was, now, err);
	vec_release(&was, named_free);
	return rc;
}

int
past_named_put(struct past *p, int64_t seq, const struct page_info *info,
	       const struct buf *text, const struct extract *e, struct err *err)
{
	struct vec now = VEC_INIT;
	int rc;

	read_named(&now, info, text, e);
	rc = replace(p, seq, info->address, &now, err);
	vec_release(&now, named_free);
	return rc;
}

int
past_named_drop(struct past *p, int64_t seq, const char *address,
		struct err *err)
{
	static const struct vec nothing = VEC_INIT;

	return replace(p, seq, address, &nothing, err);
}

/* --- asking -------------------------------------------------------------------- */

void
past_holder_free(void *item)
{
	struct past_holder *h = item;

	free(h->address);
	free(h);
}

static struct past_holder *
make_holder(sqlite3_stmt *st)
{
	struct past_holder *h = mem_alloc(sizeof(*h));

	h->id = sqlite3_column_int64(st, 0);
	h->address = db_text(st, 1);
	h->field = sqlite3_column_int64(st, 2) == PAST_FIELD;
	h->n = sqlite3_column_int64(st, 3);
	return h;
}

/* ?1 a place, ?2 the page, ?3 the lowest way, ?4 what its text says. */
#define HOLDERS(what) \
	"SELECT id, address, way, n FROM named WHERE " what \
	" AND since <= ?1 AND (until IS NULL OR until > ?1)" \
	" AND address <> ?2 AND way BETWEEN ?3 AND 1"

static const char by_target[] = HOLDERS("target = ?4");
static const char by_slug[] = HOLDERS("target = ?4 AND fold IS NOT NULL");
static const char by_fold[] = HOLDERS("fold = ?4");

struct asking {
	struct past *past;
	int64_t seq;
	const char *address;
	bool fields;
	struct vec *out;
	struct err *err;
};

static int
find_holders(const struct asking *a, const char *sql, const char *what)
{
	struct db *db = &a->past->db;
	sqlite3_stmt *st = NULL;
	int rc = db_start(db, &st, a->err, sql, "itit", a->seq, a->address,
			  (int64_t)(a->fields ? PAST_FIELD : PAST_TEXT), what);

	if (rc == 0)
		while ((rc = db_step(db, st, a->err)) > 0)
			vec_push(a->out, make_holder(st));
	db_end(st);
	return rc;
}

static int
find_all(const struct asking *a, const struct linked_names *names)
{
	const struct vec *aliases = &names->page->aliases;
	size_t i;
	int rc = find_holders(a, by_target, a->address);

	for (i = 0; i < aliases->len && rc == 0; i++)
		rc = find_holders(a, by_target, aliases->items[i]);
	if (rc == 0 && names->slug)
		rc = find_holders(a, by_fold, names->fold.ptr);
	if (rc == 0 && names->slug)
		rc = find_holders(a, by_slug, names->slug);
	return rc;
}

static int
compare_holders(const void *x, const void *y)
{
	const struct past_holder *a = x, *b = y;
	int order = a->field - b->field;

	if (!order)
		order = strcmp(a->address, b->address);
	return order ? order : (a->id > b->id) - (a->id < b->id);
}

/* One row may have been found twice; those of one page become one. */
static void
join_holders(struct vec *all)
{
	struct past_holder *last = NULL, *h;
	size_t i, kept = 0;

	vec_sort(all, compare_holders);
	for (i = 0; i < all->len; i++) {
		h = all->items[i];
		if (!last || h->field != last->field ||
		    strcmp(h->address, last->address) != 0) {
			last = h;
			all->items[kept++] = h;
			continue;
		}
		if (h->id != last->id)
			last->n += h->n;
		last->id = h->id;
		past_holder_free(h);
	}
	all->len = kept;
}

int
past_holders(struct past *p, int64_t seq, const struct linked_names *names,
	     bool fields, struct vec *out, struct err *err)
{
	const struct asking a = { .past = p,
				  .seq = seq,
				  .address = names->page->address,
				  .fields = fields,
				  .out = out,
				  .err = err };
	int rc = find_all(&a, names);

	join_holders(out);
	return rc;
}

int
past_naming(struct past *p, const struct past_naming *ask, struct vec *out,
	    struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc = db_start(&p->db, &st, err,
			  "SELECT DISTINCT address FROM named WHERE target = ?1"
			  " AND way = ?2 AND since <= ?4"
			  " AND (until IS NULL OR until > ?3)"
			  " ORDER BY address LIMIT ?5",
			  "tiiii", ask->target, (int64_t)ask->way, ask->from,
			  ask->to, (int64_t)ask->limit);

	if (rc == 0)
		while ((rc = db_step(&p->db, st, err)) > 0)
			vec_push(out, db_text(st, 0));
	db_end(st);
	return rc;
}

/* --- checking ------------------------------------------------------------------ */

/* The index keeps the same of the pages there are. */
static const char named_here[] =
	"SELECT address, way, target, fold, n FROM named"
	" WHERE until IS NULL ORDER BY address, way, target, fold";

static const char named_there[] =
	"SELECT address, field IS NOT NULL AS way, target, fold, count(*)"
	" FROM link GROUP BY address, way, target, fold"
	" UNION ALL SELECT address, 2, decision, NULL, count(*) FROM action"
	" WHERE decision IS NOT NULL GROUP BY address, decision"
	" UNION ALL SELECT address, 3, value, NULL, count(*) FROM alias"
	" GROUP BY address, value ORDER BY 1, 2, 3, 4";

static bool
is_same(sqlite3_stmt *a, sqlite3_stmt *b, int column)
{
	const char *x = (const char *)sqlite3_column_text(a, column);
	const char *y = (const char *)sqlite3_column_text(b, column);

	return x && y ? strcmp(x, y) == 0 : x == y;
}

/* Row by row. */
static int
compare_rows(struct past *p, sqlite3_stmt *here, struct index *index,
	     sqlite3_stmt *there, bool *differs, struct err *err)
{
	int more, others, column;

	for (;;) {
		more = db_step(&p->db, here, err);
		if (more < 0)
			return more;
		others = db_step(&index->db, there, err);
		if (others < 0)
			return others;
		*differs = more != others;
		for (column = 0; column < 5 && more && !*differs; column++)
			*differs = !is_same(here, there, column);
		if (!more || *differs)
			return 0;
	}
}

int
past_named_check(struct past *p, struct index *index, bool *differs,
		 struct err *err)
{
	sqlite3_stmt *here = NULL, *there = NULL;
	int rc = db_start(&p->db, &here, err, named_here, "");

	if (rc == 0)
		rc = db_start(&index->db, &there, err, named_there, "");
	if (rc == 0)
		rc = compare_rows(p, here, index, there, differs, err);
	db_end(there);
	db_end(here);
	return rc;
}
