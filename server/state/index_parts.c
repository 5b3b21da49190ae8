/*
 * index_parts.c - what hangs on a page: its parents, its other names, its
 * fields, its links, what overviews list. Most saves leave them as they are: then nothing of them
 * is written, which is cheaper than to take them out and put them back.
 */
#include <stdlib.h>
#include <string.h>

#include "plein/mem.h"
#include "plein/progress.h"
#include "state/index_impl.h"

#define VALUES_MAX 10 /* of a row, without address and number */

static const struct kind {
	const char *folders[2]; /* of pages that have them; NULL: any */
	int n; /* values */
	const char *types; /* of address, number and values */
	const char *insert, *select, *drop;
} kinds[INDEX_PARTS] = {
	[INDEX_PARENT] = { { NULL },
			   1,
			   "tit",
			   "INSERT INTO parent VALUES (?, ?, ?)",
			   "SELECT i, value FROM parent WHERE address = ?"
			   " ORDER BY i",
			   "DELETE FROM parent WHERE address = ?" },
	[INDEX_ALIAS] = { { NULL },
			  1,
			  "tit",
			  "INSERT INTO alias VALUES (?, ?, ?)",
			  "SELECT i, value FROM alias WHERE address = ?"
			  " ORDER BY i",
			  "DELETE FROM alias WHERE address = ?" },
	[INDEX_FIELD] = { { NULL },
			  3,
			  "tittt",
			  "INSERT INTO field (address, i, key, value, fold)"
			  " VALUES (?, ?, ?, ?, ?)",
			  "SELECT i, key, value, fold FROM field"
			  " WHERE address = ? ORDER BY key, i",
			  "DELETE FROM field WHERE address = ?" },
	[INDEX_LINK] = { { NULL },
			 4,
			 "titttt",
			 "INSERT INTO link (address, i, target, fold, field,"
			 " passage) VALUES (?, ?, ?, ?, ?, ?)",
			 "SELECT i, target, fold, field, passage FROM link"
			 " WHERE address = ? ORDER BY i",
			 "DELETE FROM link WHERE address = ?" },
	[INDEX_QUESTION] = { { "vraagstukken/" },
			     3,
			     "tittt",
			     "INSERT INTO question VALUES (?, ?, ?, ?, ?)",
			     "SELECT i, core, positions, supporters FROM "
			     "question"
			     " WHERE address = ? ORDER BY i",
			     "DELETE FROM question WHERE address = ?" },
	[INDEX_DECISION] = { { "besluiten/" },
			     9,
			     "tittttttttt",
			     "INSERT INTO decision VALUES"
			     " (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
			     "SELECT i, date, body, place, mandate, outcome, "
			     "meeting,"
			     " review, ends, holds FROM decision"
			     " WHERE address = ? ORDER BY i",
			     "DELETE FROM decision WHERE address = ?" },
	[INDEX_ACTION] = { { "vergaderingen/", "besluiten/" },
			   10,
			   "titttttttttt",
			   "INSERT INTO action VALUES"
			   " (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
			   "SELECT i, number, kind, body, owner, whom, due, "
			   "state, done,"
			   " result, decision FROM action WHERE address = ? "
			   "ORDER BY i",
			   "DELETE FROM action WHERE address = ?" },
	[INDEX_PROGRESS] = { { PROGRESS_FOLDER "/" },
			     5,
			     "tittttt",
			     "INSERT INTO progress VALUES (?, ?, ?, ?, ?, ?, "
			     "?)",
			     "SELECT i, theme, stage, offers, needs, since "
			     "FROM progress"
			     " WHERE address = ? ORDER BY i",
			     "DELETE FROM progress WHERE address = ?" },
	[INDEX_MEETING] = { { "vergaderingen/" },
			    5,
			    "tittttt",
			    "INSERT INTO meeting VALUES (?, ?, ?, ?, ?, ?, ?)",
			    "SELECT i, date, begins, ends, body, adopted FROM "
			    "meeting"
			    " WHERE address = ? ORDER BY i",
			    "DELETE FROM meeting WHERE address = ?" },
};

struct part {
	int64_t i;
	char *values[VALUES_MAX];
};

static void
free_part(void *item)
{
	struct part *p = item;
	int k;

	for (k = 0; k < VALUES_MAX; k++)
		free(p->values[k]);
	free(p);
}

void
index_parts_release(struct index_parts *parts)
{
	int k;

	for (k = 0; k < INDEX_PARTS; k++)
		vec_release(&parts->of[k], free_part);
}

void
index_parts_add(struct index_parts *parts, enum index_part kind, int64_t i,
		const char *const *values)
{
	struct part *p = mem_alloc(sizeof(*p));
	int k;

	p->i = i;
	for (k = 0; k < kinds[kind].n; k++)
		p->values[k] = values[k] ? mem_strdup(values[k]) : NULL;
	vec_push(&parts->of[kind], p);
}

static bool
is_same_text(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

static bool
is_in_row(const struct part *p, int n, sqlite3_stmt *st)
{
	int k;

	if (p->i != sqlite3_column_int64(st, 0))
		return false;
	for (k = 0; k < n; k++)
		if (!is_same_text(p->values[k],
				  (const char *)sqlite3_column_text(st, k + 1)))
			return false;
	return true;
}

/* Does the index hold just these, in this order? */
static int
compare_parts(struct index *x, const struct kind *k, const char *address,
	      const struct vec *parts, bool *same, struct err *err)
{
	sqlite3_stmt *st = NULL;
	size_t i = 0;
	int rc = db_start(&x->db, &st, err, k->select, "t", address);

	*same = true;
	while (rc == 0 && *same && (rc = db_step(&x->db, st, err)) > 0) {
		*same = i < parts->len && is_in_row(parts->items[i], k->n, st);
		i++;
		rc = 0;
	}
	*same = *same && i == parts->len;
	db_end(st);
	return rc;
}

static int
replace_parts(struct index *x, const struct kind *k, const char *address,
	      const struct vec *parts, struct err *err)
{
	const struct part *p;
	size_t i;
	int rc = db_run(&x->db, err, k->drop, "t", address);

	for (i = 0; rc == 0 && i < parts->len; i++) {
		p = parts->items[i];
		rc = db_run(&x->db, err, k->insert, k->types, address, p->i,
			    p->values[0], p->values[1], p->values[2],
			    p->values[3], p->values[4], p->values[5],
			    p->values[6], p->values[7], p->values[8],
			    p->values[9]);
	}
	return rc;
}

bool
index_part_is_of(enum index_part kind, const char *address)
{
	const char *const *folders = kinds[kind].folders;
	int i;

	if (!folders[0])
		return true;
	for (i = 0; i < 2 && folders[i]; i++)
		if (strncmp(address, folders[i], strlen(folders[i])) == 0)
			return true;
	return false;
}

int
index_parts_put(struct index *x, const char *address,
		const struct index_parts *parts, struct err *err)
{
	bool same = false;
	int k, rc = 0;

	for (k = 0; rc == 0 && k < INDEX_PARTS; k++) {
		if (!index_part_is_of((enum index_part)k, address))
			continue;
		rc = compare_parts(x, &kinds[k], address, &parts->of[k], &same,
				   err);
		if (rc != 0 || same)
			continue;
		x->reshaped = x->reshaped || k == INDEX_PARENT;
		rc = replace_parts(x, &kinds[k], address, &parts->of[k], err);
	}
	return rc;
}
