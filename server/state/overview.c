/*
 * overview.c - see overview.h. One statement each, with the same parameters:
 * ?1 day, ?2 state, ?3 owner, ?4 page, ?5 about, ?6–?8 behind which row,
 * ?9 how many, ?10 only up to the day. Its first columns are the key, the
 * address and the number of the row in its page; the others are the values.
 */
#include "state/overview.h"

#include <stdlib.h>
#include <string.h>

#include "plein/mem.h"
#include "state/index_impl.h"

#define FIXED 3 /* columns before the values */

/* clang-format off */
#define BEHIND(key, address, i) \
	" AND (?6 IS NULL OR (" key ", " address ", " i ") > (?6, ?7, ?8))"
#define BEFORE(key, address, i) \
	" AND (?6 IS NULL OR " key " < ?6" \
	" OR (" key " = ?6 AND (" address ", " i ") > (?7, ?8)))"
/* Parameters that a statement does not look at must still have their place. */
#define LIMIT " LIMIT ?9 + 0 * coalesce(?10, 0)"

#define TITLE_OF(address) \
	"(SELECT title FROM page WHERE address = " address ")"

#define STATE "replace(coalesce(p.state, 'open'), '-', ' ')"

/* What is counted and looked up is that only of the rows that are told. */
static const char questions[] =
	"SELECT p.fold, p.address, 0, p.title, p.status, " STATE ", q.core,"
	" q.positions, q.supporters, (SELECT count(*) FROM thread t"
	"  WHERE t.page = p.address AND NOT t.resolved),"
	" r.value, " TITLE_OF("r.value") ", p.time"
	" FROM (SELECT p.* FROM question q"
	"  CROSS JOIN page p ON p.address = q.address"
	"  WHERE (?2 IS NULL OR (?2 = 'open' AND " STATE " <> 'beantwoord')"
	"   OR (?2 <> 'open' AND " STATE " = ?2))"
	"  AND (?4 IS NULL OR p.address = ?4)"
	BEHIND("p.fold", "p.address", "0")
	"  ORDER BY p.fold, p.address" LIMIT ") p"
	" JOIN question q ON q.address = p.address"
	" LEFT JOIN parent r ON r.address = p.address AND r.i = 0"
	" ORDER BY p.fold, p.address";

/* By another decision that holds by then, or one that nobody can look up. */
#define REPLACED \
	"(EXISTS (SELECT 1 FROM link l JOIN decision r" \
	"  ON r.address = l.address AND r.i = 0" \
	"  WHERE l.target = d.address AND l.field = 'vervangt'" \
	"  AND r.holds AND r.date <= ?1)" \
	" OR EXISTS (SELECT 1 FROM link l INDEXED BY link_replaced" \
	"  LEFT JOIN decision r ON r.address = l.target AND r.i = 0" \
	"  WHERE l.address = d.address AND l.field = 'vervangen_door'" \
	"  AND (r.address IS NULL OR (r.holds AND r.date <= ?1))))"
#define IN_FORCE \
	"(d.holds AND d.date <= ?1 AND (d.ends IS NULL OR d.ends > ?1)" \
	" AND (p.status <> 'vervallen' OR d.ends IS NOT NULL)" \
	" AND NOT " REPLACED ")"
#define SUCCESSOR \
	"coalesce((SELECT l.address FROM link l JOIN decision r" \
	"  ON r.address = l.address AND r.i = 0" \
	"  WHERE l.target = d.address AND l.field = 'vervangt'" \
	"  AND r.holds ORDER BY r.date LIMIT 1)," \
	" (SELECT l.target FROM link l INDEXED BY link_replaced" \
	"  WHERE l.address = d.address AND l.field = 'vervangen_door'" \
	"  ORDER BY l.i LIMIT 1))"
/* `in_force` is an expression that says whether each one is. */
#define DECISION(key, in_force) \
	"SELECT " key ", d.address, 0, p.title, p.status, d.date," \
	" coalesce(" TITLE_OF("d.body") ", d.body), d.place, d.mandate," \
	" d.outcome, d.meeting, " TITLE_OF("d.meeting") ", d.review, d.ends," \
	" d.holds, " in_force ", " SUCCESSOR \
	" FROM decision d JOIN page p ON p.address = d.address"

static const char decisions[] =
	DECISION("coalesce(d.date, '')", "(?2 IS NOT NULL OR " IN_FORCE ")")
	" WHERE (?2 IS NULL OR " IN_FORCE ")"
	" AND (?4 IS NULL OR d.address = ?4)"
	" AND (?5 IS NULL OR d.meeting = ?5)"
	" AND (?10 IS NULL OR d.date <= ?1)"
	BEFORE("coalesce(d.date, '')", "d.address", "0")
	" ORDER BY coalesce(d.date, '') DESC, d.address" LIMIT;

static const char reviews[] =
	DECISION("d.review", "1")
	" WHERE d.review <= ?1 AND " IN_FORCE
	BEHIND("d.review", "d.address", "0")
	" ORDER BY d.review, d.address" LIMIT;

#define DUE "coalesce(a.due, '9999')"
#define OVERDUE "(a.state = 'open' AND a.due IS NOT NULL AND a.due < ?1)"
#define ACTION(key) \
	"SELECT " key ", a.address, a.i, p.title, a.number, a.kind, a.body," \
	" a.owner, a.whom, a.due, a.state, a.done, a.result, a.decision, " \
	TITLE_OF("a.decision") ", " OVERDUE \
	" FROM action a JOIN page p ON p.address = a.address WHERE" \
	" (?3 IS NULL OR a.owner = ?3 COLLATE NOCASE)" \
	" AND (?4 IS NULL OR a.address = ?4)" \
	" AND (?5 IS NULL OR a.decision = ?5 OR a.address = ?5)"
#define ORDERED "(a.state <> 'open') || " DUE

static const char actions[] =
	ACTION(ORDERED)
	BEHIND(ORDERED, "a.address", "a.i")
	" ORDER BY " ORDERED ", a.address, a.i" LIMIT;

static const char actions_in[] =
	ACTION(DUE)
	" AND a.state = CASE ?2 WHEN 'overdue' THEN 'open' ELSE ?2 END"
	" AND (?2 <> 'overdue' OR a.due < ?1)"
	BEHIND(DUE, "a.address", "a.i")
	" ORDER BY " DUE ", a.address, a.i" LIMIT;

/* Of those that are due only what tells whose they are, and a row of them. */
static const char reviews_due[] =
	"SELECT d.review, d.address, 0, p.title, coalesce("
	TITLE_OF("d.body") ", d.body), d.review, EXISTS (SELECT 1 FROM version v"
	"  JOIN entry e ON e.seq = v.seq"
	"  WHERE v.page = d.address AND e.handle = ?3)"
	" FROM decision d JOIN page p ON p.address = d.address"
	" WHERE d.review <= ?1 AND " IN_FORCE
	BEHIND("d.review", "d.address", "0")
	" ORDER BY d.review, d.address" LIMIT;

static const char actions_due[] =
	"SELECT a.due, a.address, a.i, a.number, a.kind, a.body, a.owner, a.due"
	" FROM action a WHERE a.state = 'open' AND a.due < ?1"
	" AND a.owner IS NOT NULL"
	BEHIND("a.due", "a.address", "a.i")
	" ORDER BY a.due, a.address, a.i" LIMIT;

#define STANDING "g.theme || ' ' || (9 - g.stage)"

static const char progress[] =
	"SELECT " STANDING ", g.address, g.i, g.theme, " TITLE_OF("g.theme")
	", p.title, g.stage, g.offers, g.needs, g.since"
	" FROM progress g JOIN page p ON p.address = g.address"
	" WHERE (?4 IS NULL OR g.address = ?4)"
	" AND (?5 IS NULL OR g.theme = ?5)"
	BEHIND(STANDING, "g.address", "g.i")
	" ORDER BY " STANDING ", g.address, g.i" LIMIT;

static const char meetings[] =
	"SELECT coalesce(m.date, ''), m.address, 0, p.title, p.status,"
	" m.date, m.begins, m.ends,"
	" coalesce(" TITLE_OF("m.body") ", m.body), m.adopted"
	" FROM meeting m JOIN page p ON p.address = m.address"
	" WHERE (?4 IS NULL OR m.address = ?4)"
	" AND (?10 IS NULL OR m.date <= ?1)"
	BEFORE("coalesce(m.date, '')", "m.address", "0")
	" ORDER BY coalesce(m.date, '') DESC, m.address" LIMIT;
/* clang-format on */

#define DECISION_NAMES \
	{ \
		"title", "status", "date", "body", "place", "mandate", \
			"outcome", "meeting", "meeting_title", "review", \
			"ends", "holds", "in_force", "replaced_by", NULL \
	}
#define ACTION_NAMES \
	{ \
		"title", "number", "kind", "text", "owner", "to", "due", \
			"state", "done", "result", "decision", \
			"decision_title", "overdue", NULL \
	}
#define NAMES_MAX 16

static const struct {
	const char *sql;
	const char *names[NAMES_MAX];
} lists[OVERVIEW_N] = {
	[OVERVIEW_QUESTIONS] = { questions,
				 { "title", "status", "state", "core",
				   "positions", "supporters", "threads",
				   "theme", "theme_title", "time", NULL } },
	[OVERVIEW_DECISIONS] = { decisions, DECISION_NAMES },
	[OVERVIEW_REVIEWS] = { reviews, DECISION_NAMES },
	[OVERVIEW_ACTIONS] = { actions, ACTION_NAMES },
	[OVERVIEW_ACTIONS_IN] = { actions_in, ACTION_NAMES },
	[OVERVIEW_REVIEWS_DUE] = { reviews_due,
				   { "title", "body", "review", "wrote",
				     NULL } },
	[OVERVIEW_ACTIONS_DUE] = { actions_due,
				   { "number", "kind", "text", "owner", "due",
				     NULL } },
	[OVERVIEW_PROGRESS] = { progress,
				{ "theme", "theme_title", "municipality",
				  "stage", "offers", "needs", "since", NULL } },
	[OVERVIEW_MEETINGS] = { meetings,
				{ "title", "status", "date", "begins", "ends",
				  "body", "adopted", NULL } },
};

const char *const *
overview_names(enum overview which)
{
	return lists[which].names;
}

void
overview_row_free(void *item)
{
	struct overview_row *r = item;
	size_t k;

	if (r == NULL)
		return;
	for (k = 0; k < r->n; k++)
		free(r->values[k].text);
	free(r->values);
	free(r->key);
	free(r->address);
	free(r);
}

static struct overview_row *
make_row(sqlite3_stmt *st)
{
	struct overview_row *r = mem_alloc(sizeof *r);
	struct overview_value *v;
	int column;
	size_t k;

	r->key = db_text(st, 0);
	r->address = db_text(st, 1);
	r->i = sqlite3_column_int64(st, 2);
	r->n = (size_t)sqlite3_column_count(st) - FIXED;
	r->values = mem_array(r->n, sizeof *r->values);
	for (k = 0; k < r->n; k++) {
		v = &r->values[k];
		column = (int)k + FIXED;
		v->is_number =
			sqlite3_column_type(st, column) == SQLITE_INTEGER;
		if (v->is_number)
			v->number = sqlite3_column_int64(st, column);
		else
			v->text = db_text(st, column);
	}
	return r;
}

int
overview_list(struct index *x, enum overview which,
	      const struct overview_filter *f, struct vec *out, struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc = db_start(&x->db, &st, err, lists[which].sql, "tttttttiit",
			  f->on, f->state, f->owner, f->page, f->about,
			  f->after_key, f->after_address, f->after_i,
			  (int64_t)f->limit, f->until ? "1" : NULL);

	if (rc == 0)
		while ((rc = db_step(&x->db, st, err)) > 0)
			vec_push(out, make_row(st));
	db_end(st);
	return rc;
}
