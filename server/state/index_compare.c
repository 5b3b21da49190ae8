/*
 * index_compare.c - two indexes side by side, row by row in the same order.
 * Numbers that only name rows (page.id) are left out: they differ between an
 * index that grew and one that was made in one go.
 */
#include "state/index.h"

#include <stdlib.h>
#include <string.h>

#include "plein/buf.h"
#include "plein/filter.h"
#include "plein/mem.h"
#include "state/index_impl.h"

#define WORDS_MAX 60 /* bytes of a value that are shown */

static const struct kind {
	const char *name;
	const char *sql; /* the first column says which row it is */
} kinds[] = {
	{ "commit", "SELECT seq, oid, time, author, handle, note, action,"
		    " request FROM entry ORDER BY seq" },
	{ "change", "SELECT path, seq, blob, appeared, origin FROM change"
		    " ORDER BY path, seq" },
	{ "version", "SELECT page, n, seq, address, blob FROM version"
		     " ORDER BY page, n" },
	{ "page", "SELECT address, slug, title, fold, kind, status, state,"
		  " volgorde, n, time, handle FROM page ORDER BY address" },
	{ "parent",
	  "SELECT address, i, value FROM parent ORDER BY address, i" },
	{ "alias", "SELECT address, i, value FROM alias ORDER BY address, i" },
	{ "field", "SELECT address, key, i, value, fold FROM field"
		   " ORDER BY address, key, i" },
	{ "link", "SELECT address, i, target, fold, field, passage FROM link"
		  " ORDER BY address, i" },
	{ "question", "SELECT address, i, core, positions, supporters"
		      " FROM question ORDER BY address, i" },
	{ "decision", "SELECT address, i, date, body, place, mandate, outcome,"
		      " meeting, review, ends, holds FROM decision"
		      " ORDER BY address, i" },
	{ "action", "SELECT address, i, number, kind, body, owner, whom, due,"
		    " state, done, result, decision FROM action"
		    " ORDER BY address, i" },
	{ "progress", "SELECT address, i, theme, stage, offers, needs, since"
		      " FROM progress ORDER BY address, i" },
	{ "meeting", "SELECT address, i, date, begins, ends, body, adopted"
		     " FROM meeting ORDER BY address, i" },
	{ "text", "SELECT p.address, coalesce(w.title, t.title) AS title,"
		  " coalesce(w.body, t.body) AS body FROM page p"
		  " LEFT JOIN waiting w ON w.id = p.id"
		  " LEFT JOIN text t ON t.rowid = p.id"
		  " WHERE w.id IS NOT NULL OR t.rowid IS NOT NULL"
		  " ORDER BY p.address" },
	{ "remark", "SELECT name, page, thread, seq, changed, handle, time,"
		    " blob, gone, kind, title, reply, quote, base, nth,"
		    " withdrawn, body FROM remark ORDER BY name" },
	{ "wording", "SELECT name, seq, page, thread, blob, was"
		     " FROM remark_version ORDER BY name, seq" },
	{ "mention", "SELECT r.name, m.handle, m.late, m.stands"
		     " FROM mention m"
		     " JOIN remark r ON r.id = m.id"
		     " ORDER BY r.name, m.handle" },
	{ "remark link", "SELECT r.name, l.i, l.target, l.fold, l.passage"
			 " FROM remark_link l JOIN remark r ON r.id = l.id"
			 " ORDER BY r.name, l.i" },
	{ "remark text",
	  "SELECT r.name, coalesce(w.title, t.title) AS title,"
	  " coalesce(w.body, t.body) AS body FROM remark r"
	  " LEFT JOIN waiting w ON w.id = -r.id"
	  " LEFT JOIN text t ON t.rowid = -r.id"
	  " WHERE w.title IS NOT NULL OR (w.id IS NULL AND t.rowid IS NOT NULL)"
	  " ORDER BY r.name" },
	{ "thread", "SELECT code, page, title, resolved, handle, remarks,"
		    " first, last, newest FROM thread ORDER BY code" },
};

static const char *
value_of(sqlite3_stmt *st, int column)
{
	return (const char *)sqlite3_column_text(st, column);
}

static bool
is_same(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

/* The first column in which two rows differ, or -1. */
static int
find_difference(sqlite3_stmt *a, sqlite3_stmt *b)
{
	int i, n = sqlite3_column_count(a);

	for (i = 0; i < n; i++)
		if (!is_same(value_of(a, i), value_of(b, i)))
			return i;
	return -1;
}

/* Which of two rows with different names comes first, in SQLite's order. */
static int
compare_names(sqlite3_stmt *a, sqlite3_stmt *b)
{
	int64_t x = sqlite3_column_int64(a, 0), y = sqlite3_column_int64(b, 0);

	if (sqlite3_column_type(a, 0) == SQLITE_INTEGER)
		return (x > y) - (x < y);
	return strcmp(value_of(a, 0), value_of(b, 0));
}

static void
add_value(struct buf *line, const char *value)
{
	size_t len = value ? strlen(value) : 0;

	filter_line(line, value ? value : "",
		    len < WORDS_MAX ? len : WORDS_MAX);
}

/* One of the two may be missing. */
static void
add_problem(const struct kind *k, sqlite3_stmt *has, sqlite3_stmt *should,
	    struct vec *problems)
{
	int column = has && should ? find_difference(has, should) : 0;
	struct buf line = BUF_INIT;

	buf_printf(&line, "%s ", k->name);
	add_value(&line, value_of(has ? has : should, 0));
	if (!has) {
		buf_str(&line, ": missing");
	} else if (!should) {
		buf_str(&line, ": should not be there");
	} else {
		buf_printf(&line, ": %s is \"",
			   sqlite3_column_name(has, column));
		add_value(&line, value_of(has, column));
		buf_str(&line, "\", should be \"");
		add_value(&line, value_of(should, column));
		buf_char(&line, '"');
	}
	vec_push(problems, buf_take(&line));
}

static void
add_difference(const struct kind *k, sqlite3_stmt *has, sqlite3_stmt *should,
	       struct vec *problems)
{
	int order = has && should ? compare_names(has, should) : 0;

	add_problem(k, order > 0 ? NULL : has, order < 0 ? NULL : should,
		    problems);
}

/* Up to the first row that differs: what follows would only be shifted. */
static int
compare_rows(struct index *x, struct index *truth, sqlite3_stmt *const st[2],
	     const struct kind *k, struct vec *problems, struct err *err)
{
	int has, should;

	for (;;) {
		has = db_step(&x->db, st[0], err);
		should = has < 0 ? has : db_step(&truth->db, st[1], err);
		if (should < 0 || (has == 0 && should == 0))
			return should;
		if (has && should && find_difference(st[0], st[1]) < 0)
			continue;
		add_difference(k, has ? st[0] : NULL, should ? st[1] : NULL,
			       problems);
		return 0;
	}
}

static int
compare_kind(struct index *x, struct index *truth, const struct kind *k,
	     struct vec *problems, struct err *err)
{
	sqlite3_stmt *st[2] = { NULL, NULL };
	int rc = db_start(&x->db, &st[0], err, k->sql, "");

	if (rc == 0)
		rc = db_start(&truth->db, &st[1], err, k->sql, "");
	if (rc == 0)
		rc = compare_rows(x, truth, st, k, problems, err);
	db_end(st[0]);
	db_end(st[1]);
	return rc;
}

int
index_compare(struct index *x, struct index *truth, struct vec *problems,
	      struct err *err)
{
	size_t i;
	int rc = 0;

	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]) && rc == 0; i++)
		rc = compare_kind(x, truth, &kinds[i], problems, err);
	return rc;
}
