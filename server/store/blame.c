/*
 * blame.c - from the newest version back: what the version before has too is
 * followed there, byte by byte, anything else came with this one. It ends
 * when every byte has found its version.
 */
#include "store/blame.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "plein/mem.h"
#include "plein/textdiff.h"
#include "store/snap.h"

#define BYTES_MAX (64UL * 1024 * 1024)
#define NOWHERE UINT32_MAX

/* One version's text, and where its bytes are in the newest. */
struct layer {
	const struct blame_version *version;
	struct buf text;
	struct textrow lines;
	uint32_t *places; /* NOWHERE: not in the newest, or settled */
};

struct search {
	struct repo *repo;
	enum blame_by by;
	long *origins; /* of each byte of the newest */
	size_t n_open; /* bytes without an origin */
	size_t bytes;
	long effort;
};

/* A layer's bytes from `at` on, as pieces. */
struct stretch {
	struct layer *layer;
	size_t at;
	const struct textrow *row;
};

static int
load_layer(struct search *s, struct layer *l, const struct blame_version *v,
	   struct err *err)
{
	int rc;

	memset(l, 0, sizeof(*l));
	buf_init(&l->text);
	l->version = v;
	rc = snap_blob(s->repo, &v->blob, &l->text, err);
	if (rc == PLEIN_ENOTFOUND)
		rc = err_set(err, PLEIN_ECORRUPT, "version %ld is missing",
			     v->n);
	assert(l->text.len < NOWHERE);
	textrow_lines(&l->lines, l->text.ptr, l->text.len);
	l->places = mem_array(l->text.len + 1, sizeof(*l->places));
	s->bytes += l->text.len;
	return rc;
}

static void
release_layer(struct layer *l)
{
	buf_release(&l->text);
	textrow_release(&l->lines);
	free(l->places);
}

/* --- one version back --- */

/* These bytes came with this version. */
static void
settle(struct search *s, const struct layer *l, size_t from, size_t to)
{
	for (; from < to; from++) {
		if (l->places[from] == NOWHERE)
			continue;
		s->origins[l->places[from]] = l->version->n;
		s->n_open--;
	}
}

/* These bytes of the older one are not in the newest. */
static void
lose(struct layer *l, size_t from, size_t to)
{
	while (from < to)
		l->places[from++] = NOWHERE;
}

static void
step_words(struct search *s, struct layer *now, const size_t at[2],
	   struct layer *old, const size_t was[2]);

/* The pieces from i and k on are alike; the blanks in them may differ. */
static void
follow(struct search *s, const struct stretch *now, size_t i,
       const struct stretch *old, size_t k, size_t n)
{
	for (; n > 0; n--, i++, k++) {
		size_t at = now->at + now->row->at[i];
		size_t end = now->at + now->row->at[i + 1];
		size_t was = old->at + old->row->at[k];
		size_t was_end = old->at + old->row->at[k + 1];
		size_t len =
			end - at < was_end - was ? end - at : was_end - was;

		settle(s, now->layer, at, end - len);
		lose(old->layer, was, was_end - len);
		memcpy(old->layer->places + was_end - len,
		       now->layer->places + end - len,
		       len * sizeof(*now->layer->places));
	}
}

/* The pieces of a hunk, as bytes from … to. */
static void
find_bytes(const struct stretch *s, size_t first, size_t count, size_t bytes[2])
{
	bytes[0] = s->at + s->row->at[first];
	bytes[1] = s->at + s->row->at[first + count];
}

/* Pieces of both that are alike are followed, the rest came with `now`. */
static void
step_pieces(struct search *s, const struct stretch *now,
	    const struct stretch *old, bool by_words)
{
	size_t at[2], was[2], i = 0, k = 0;
	struct textdiff d;

	textdiff_make(&d, old->row, now->row, &s->effort);
	for (size_t n = 0; n < d.n; n++) {
		const struct textdiff_hunk *h = &d.hunks[n];

		follow(s, now, i, old, k, h->b - i);
		find_bytes(old, h->a, h->n_a, was);
		find_bytes(now, h->b, h->n_b, at);
		if (by_words && h->n_a && h->n_b) {
			step_words(s, now->layer, at, old->layer, was);
		} else {
			lose(old->layer, was[0], was[1]);
			settle(s, now->layer, at[0], at[1]);
		}
		i = h->b + h->n_b;
		k = h->a + h->n_a;
	}
	follow(s, now, i, old, k, now->row->n - i);
	textdiff_release(&d);
}

/* The same for the words of lines that took the place of others. */
static void
step_words(struct search *s, struct layer *now, const size_t at[2],
	   struct layer *old, const size_t was[2])
{
	struct textrow words, before;
	const struct stretch a = { now, at[0], &words };
	const struct stretch b = { old, was[0], &before };

	textrow_spaced(&words, now->text.ptr + at[0], at[1] - at[0]);
	textrow_spaced(&before, old->text.ptr + was[0], was[1] - was[0]);
	step_pieces(s, &a, &b, false);
	textrow_release(&words);
	textrow_release(&before);
}

static void
step_back(struct search *s, struct layer *now, struct layer *old)
{
	const struct stretch a = { now, 0, &now->lines };
	const struct stretch b = { old, 0, &old->lines };

	step_pieces(s, &a, &b, s->by == BLAME_WORDS);
}

/*
 * The version before the oldest that has the layer's text, or NULL: what was
 * taken away and put back is as old as it was.
 */
static const struct blame_version *
find_before(struct layer *l, const struct blame_version *oldest)
{
	const struct blame_version *v = oldest;

	while (v < l->version && strcmp(v->blob.hex, l->version->blob.hex) != 0)
		v++;
	l->version = v;
	while (v-- > oldest)
		if (v->blob.hex[0])
			return v;
	return NULL;
}

/* Follow the text from `now` back; it holds the last layer in the end. */
static int
walk_back(struct search *s, struct layer *now,
	  const struct blame_version *oldest, struct err *err)
{
	const struct blame_version *before;
	struct layer old;
	int rc = 0;

	while (s->n_open > 0 && (before = find_before(now, oldest))) {
		if (s->bytes > BYTES_MAX)
			break;
		rc = load_layer(s, &old, before, err);
		if (!rc)
			step_back(s, now, &old);
		release_layer(now);
		*now = old;
		if (rc)
			break;
	}
	return rc;
}

/* --- from bytes to pieces --- */

static bool
is_blank(const struct textrow *r, size_t i)
{
	return strchr(" \t\r\n", *textrow_ptr(r, i)) != NULL;
}

/* A piece is of the version of its first byte. */
static void
collect_pieces(struct blame *b, const struct search *s)
{
	struct textrow *r = &b->pieces;

	if (s->by == BLAME_LINES)
		textrow_lines(r, b->text.ptr, b->text.len);
	else
		textrow_words(r, b->text.ptr, b->text.len);
	b->origins = mem_array(r->n + 1, sizeof(*b->origins));
	for (size_t i = 0; i < r->n; i++)
		b->origins[i] = s->origins[r->at[i]];
	for (size_t i = 1; s->by == BLAME_WORDS && i + 1 < r->n; i++)
		if (is_blank(r, i) && b->origins[i - 1] == b->origins[i + 1])
			b->origins[i] = b->origins[i - 1];
}

int
blame_make(struct blame *b, struct repo *r,
	   const struct blame_version *versions, size_t n, enum blame_by by,
	   struct err *err)
{
	struct search s = { .repo = r,
			    .by = by,
			    .effort = 4 * TEXTDIFF_EFFORT };
	struct layer now;
	int rc;

	assert(n > 0 && versions[n - 1].blob.hex[0]);
	memset(b, 0, sizeof(*b));
	buf_init(&b->text);
	rc = load_layer(&s, &now, &versions[n - 1], err);
	buf_add(&b->text, now.text.ptr, now.text.len);
	s.n_open = now.text.len;
	s.origins = mem_array(now.text.len + 1, sizeof(*s.origins));
	for (size_t i = 0; i < now.text.len; i++)
		now.places[i] = (uint32_t)i;
	if (!rc)
		rc = walk_back(&s, &now, versions, err);
	b->complete = s.n_open == 0 || !find_before(&now, versions);
	if (!rc)
		settle(&s, &now, 0, now.text.len);
	collect_pieces(b, &s);
	free(s.origins);
	release_layer(&now);
	return rc;
}

void
blame_release(struct blame *b)
{
	buf_release(&b->text);
	textrow_release(&b->pieces);
	free(b->origins);
	b->origins = NULL;
}
