/*
 * index_words.c - the words of pages, on their way to the full text. FTS5
 * writes what it holds in memory whenever a statement that could fail half way
 * begins, and each time that makes one more segment to be merged: so the
 * words of a batch are written together, behind everything else.
 */
#include <stdlib.h>

#include "plein/mem.h"
#include "state/index_impl.h"

#define WORDS_MAX 256 /* pages that wait */

struct words {
	int64_t id;
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

int
index_flush_words(struct index *x, struct err *err)
{
	size_t i;
	int rc = 0;

	for (i = 0; rc == 0 && i < x->words.len; i++)
		rc = write_words(x, x->words.items[i], err);
	index_forget_words(x);
	return rc;
}

int
index_put_words(struct index *x, int64_t id, const char *title,
		const char *body, struct err *err)
{
	struct words *w = mem_alloc(sizeof *w);

	w->id = id;
	w->title = title ? mem_strdup(title) : NULL;
	w->body = title ? mem_strdup(body) : NULL;
	vec_push(&x->words, w);
	return x->words.len < WORDS_MAX ? 0 : index_flush_words(x, err);
}
