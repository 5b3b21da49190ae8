/*
 * index_words.c - the words of pages, on their way to the full text. FTS5
 * writes what it holds in memory whenever a statement that could fail half way
 * begins, or a page comes whose number is not above that of the last: and each
 * time that makes one more segment to be merged. So the words of many pages
 * are written together, in the order of their numbers, behind everything else.
 *
 * Those of saves wait in the table `waiting` (index_commit_ahead()), where a
 * page that is saved again and again has one row; without a title: the page
 * has no words any more. A transaction that brings in a lot writes its own.
 */
#include <stdlib.h>

#include "plein/mem.h"
#include "state/index_impl.h"

#define WORDS_MAX 256 /* pages that wait in memory */

struct words {
	int64_t id;
	size_t turn; /* which came first */
	char *title, *body; /* NULL: none any more */
};

static void
free_words(void *item)
{
	struct words *w = item;

	free(w->title);
	free(w->body);
	free(w);
}

void
index_forget_words(struct index *x)
{
	vec_release(&x->words, free_words);
}

static int
write_words(struct index *x, const struct words *w, struct err *err)
{
	int rc = db_run(&x->db, err, "DELETE FROM text WHERE rowid = ?", "i",
			w->id);

	if (rc != 0 || w->title == NULL)
		return rc;
	return db_run(&x->db, err,
		      "INSERT INTO text (rowid, title, body) VALUES (?, ?, ?)",
		      "itt", w->id, w->title, w->body);
}

static int
write_waiting(struct index *x, struct err *err)
{
	struct words w;
	sqlite3_stmt *st = NULL;
	int rc =
		db_start(&x->db, &st, err,
			 "SELECT id, title, body FROM waiting ORDER BY id", "");

	while (rc == 0 && (rc = db_step(&x->db, st, err)) > 0) {
		w.id = sqlite3_column_int64(st, 0);
		w.title = (char *)sqlite3_column_text(st, 1);
		w.body = (char *)sqlite3_column_text(st, 2);
		rc = write_words(x, &w, err);
	}
	db_end(st);
	return rc ? rc : db_exec(&x->db, "DELETE FROM waiting", err);
}

/* By number; of one page the newest comes last. */
static int
compare_words(const void *a, const void *b)
{
	const struct words *v = *(struct words *const *)a;
	const struct words *w = *(struct words *const *)b;

	if (v->id != w->id)
		return (v->id > w->id) - (v->id < w->id);
	return (v->turn > w->turn) - (v->turn < w->turn);
}

static bool
is_newest(const struct vec *words, size_t i)
{
	const struct words *w = words->items[i], *next;

	if (i + 1 == words->len)
		return true;
	next = words->items[i + 1];
	return next->id != w->id;
}

int
index_flush_words(struct index *x, struct err *err)
{
	struct vec *words = &x->words;
	size_t i;
	int rc = write_waiting(x, err);

	if (words->len > 1)
		qsort(words->items, words->len, sizeof(*words->items),
		      compare_words);
	for (i = 0; rc == 0 && i < words->len; i++)
		if (is_newest(words, i))
			rc = write_words(x, words->items[i], err);
	index_forget_words(x);
	x->unsettled = 0;
	return rc;
}

int
index_put_words(struct index *x, int64_t id, const char *title,
		const char *body, struct err *err)
{
	struct words *w;

	if (x->wordless)
		return 0;
	w = mem_alloc(sizeof *w);
	w->id = id;
	w->turn = x->words.len;
	w->title = title ? mem_strdup(title) : NULL;
	w->body = title ? mem_strdup(body) : NULL;
	vec_push(&x->words, w);
	return x->words.len < WORDS_MAX ? 0 : index_flush_words(x, err);
}

static int
keep_words(struct index *x, const struct words *w, struct err *err)
{
	int rc = db_run(&x->db, err,
			"UPDATE waiting SET title = ?, body = ? WHERE id = ?",
			"tti", w->title, w->body, w->id);

	if (rc != 0 || sqlite3_changes(x->db.h) > 0)
		return rc;
	x->unsettled++;
	return db_run(&x->db, err,
		      "INSERT INTO waiting (id, title, body) VALUES (?, ?, ?)",
		      "itt", w->id, w->title, w->body);
}

int
index_keep_words(struct index *x, struct err *err)
{
	size_t i;
	int rc = 0;

	for (i = 0; rc == 0 && i < x->words.len; i++)
		rc = keep_words(x, x->words.items[i], err);
	index_forget_words(x);
	return rc;
}

static int
count_waiting(struct index *x, struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc = db_start(&x->db, &st, err, "SELECT count(*) FROM waiting", "");

	if (rc == 0)
		rc = db_step(&x->db, st, err);
	if (rc > 0)
		x->unsettled = (long)sqlite3_column_int64(st, 0);
	db_end(st);
	return rc < 0 ? rc : 0;
}

/* Only the writer knows without looking. */
int
index_unsettled(struct index *x, long *n, struct err *err)
{
	int rc = 0;

	if (!x->counted)
		rc = count_waiting(x, err);
	x->counted = rc == 0 && x->writer;
	*n = rc == 0 ? x->unsettled : 0;
	return rc;
}

int
index_settle(struct index *x, struct err *err)
{
	long n;
	int rc = index_unsettled(x, &n, err);

	if (rc != 0 || n == 0)
		return rc;
	rc = index_begin(x, err);
	if (rc == 0)
		rc = index_flush_words(x, err);
	if (rc == 0)
		rc = db_run(&x->db, err, "COMMIT", "");
	if (rc != 0)
		index_abort(x);
	else
		db_checkpoint(&x->db);
	return rc;
}
