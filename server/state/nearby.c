/*
 * nearby.c - see nearby.h. FTS5 lists its words by fts5vocab; those that begin
 * alike stand together, so that only some of them are read.
 */
#include "state/nearby.h"

#include <stdlib.h>
#include <string.h>

#include "plein/buf.h"
#include "plein/clock.h"
#include "plein/distance.h"
#include "plein/mem.h"
#include "plein/utf8.h"
#include "state/index_impl.h"

#define FARTHEST 2 /* letters that differ */
#define ALIKE 2 /* letters at the beginning that do not */
#define SHORTEST 4 /* bytes: of less all words are near */

static const char vocabulary[] =
	"CREATE VIRTUAL TABLE IF NOT EXISTS temp.vocabulary"
	" USING fts5vocab('main', 'text', 'row')";

void
nearby_free(void *item)
{
	struct nearby_word *w = item;

	free(w->word);
	free(w);
}

static bool
comes_before(const struct nearby_word *a, const struct nearby_word *b)
{
	return a->distance != b->distance ? a->distance < b->distance
					  : a->pages > b->pages;
}

/* In its place; what is then one too many goes. */
static void
put(struct vec *out, const char *word, long pages, int distance)
{
	struct nearby_word *w = mem_alloc(sizeof(*w));
	size_t i;

	w->word = mem_strdup(word);
	w->pages = pages;
	w->distance = distance;
	vec_push(out, w);
	for (i = out->len - 1; i > 0 && comes_before(w, out->items[i - 1]); i--)
		out->items[i] = out->items[i - 1];
	out->items[i] = w;
	if (out->len > NEARBY_MOST)
		nearby_free(vec_remove(out, out->len - 1));
}

static int
read_words(struct db *d, sqlite3_stmt *st, const char *word, struct vec *out,
	   struct err *err)
{
	int64_t until = clock_mono_ms() + NEARBY_MS;
	int rc = db_step(d, st, err);

	for (; rc > 0 && clock_mono_ms() < until; rc = db_step(d, st, err)) {
		const char *term = (const char *)sqlite3_column_text(st, 0);
		int distance = term ? distance_of(word, term) : DISTANCE_FAR;

		if (distance <= FARTHEST)
			put(out, term, (long)sqlite3_column_int64(st, 1),
			    distance);
	}
	return rc < 0 ? rc : 0;
}

/* The first letters of a word, whole ones. */
static size_t
length_of_beginning(const struct buf *word)
{
	size_t len = 0;

	for (int i = 0; i < ALIKE && len < word->len; i++)
		len = utf8_next(word->ptr, word->len, len);
	return len;
}

int
nearby_words(struct index *x, const char *word, struct vec *out,
	     struct err *err)
{
	struct buf folded = BUF_INIT, from = BUF_INIT, to = BUF_INIT;
	sqlite3_stmt *st = NULL;
	int rc = db_exec(&x->db, vocabulary, err);

	utf8_fold(&folded, word, strlen(word));
	buf_add(&from, folded.ptr, length_of_beginning(&folded));
	buf_printf(&to, "%s\xf4\x8f\xbf\xbf", from.ptr); /* the last letter */
	if (!rc && folded.len >= SHORTEST)
		rc = db_start(&x->db, &st, err,
			      "SELECT term, doc FROM temp.vocabulary"
			      " WHERE term >= ? AND term < ?",
			      "tt", from.ptr, to.ptr);
	if (st)
		rc = read_words(&x->db, st, folded.ptr, out, err);
	db_end(st);
	buf_release(&folded);
	buf_release(&from);
	buf_release(&to);
	return rc;
}
