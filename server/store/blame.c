/*
 * blame.c - from the newest version back: a line that the version before has
 * too is followed there, any other came with this one. It ends when every
 * line has found its version.
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
#define NOWHERE SIZE_MAX

/* One version's text, and where its lines are in the newest. */
struct layer {
	const struct blame_version *version;
	struct buf text;
	struct textrow lines;
	size_t *places; /* NOWHERE: not in the newest, or settled */
};

struct search {
	struct repo *repo;
	long *origins;
	size_t n_open; /* lines without an origin */
	size_t bytes;
	long effort;
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
	textrow_lines(&l->lines, l->text.ptr, l->text.len);
	l->places = mem_array(l->lines.n + 1, sizeof(*l->places));
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

/* These lines came with this version. */
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

/* What both have is followed to `old`, the rest came with `now`. */
static void
step_back(struct search *s, const struct layer *now, struct layer *old)
{
	struct textdiff d;
	size_t at = 0, i, k;

	textdiff_make(&d, &old->lines, &now->lines, &s->effort);
	for (i = 0, k = 0; i < d.n; i++) {
		const struct textdiff_hunk *h = &d.hunks[i];

		while (k < h->a)
			old->places[k++] = now->places[at++];
		while (k < h->a + h->n_a)
			old->places[k++] = NOWHERE;
		settle(s, now, h->b, h->b + h->n_b);
		at = h->b + h->n_b;
	}
	while (k < old->lines.n)
		old->places[k++] = now->places[at++];
	textdiff_release(&d);
}

/*
 * The version before the layer's that has another text, or NULL. One with
 * the same text on the way is where the layer's lines were already.
 */
static const struct blame_version *
find_before(struct layer *l, const struct blame_version *oldest)
{
	const struct blame_version *v = l->version;

	while (v-- > oldest) {
		if (strcmp(v->blob.hex, l->version->blob.hex) == 0)
			l->version = v;
		else if (v->blob.hex[0])
			return v;
	}
	return NULL;
}

/* Follow the lines from `now` back; it holds the last layer in the end. */
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

int
blame_make(struct blame *b, struct repo *r,
	   const struct blame_version *versions, size_t n, struct err *err)
{
	struct search s = { .repo = r, .effort = 4 * TEXTDIFF_EFFORT };
	struct layer now;
	int rc;

	assert(n > 0 && versions[n - 1].blob.hex[0]);
	memset(b, 0, sizeof(*b));
	buf_init(&b->text);
	rc = load_layer(&s, &now, &versions[n - 1], err);
	buf_add(&b->text, now.text.ptr, now.text.len);
	textrow_lines(&b->lines, b->text.ptr, b->text.len);
	b->origins = s.origins = mem_array(b->lines.n + 1, sizeof(long));
	s.n_open = b->lines.n;
	for (size_t i = 0; i < b->lines.n; i++)
		now.places[i] = i;
	if (!rc)
		rc = walk_back(&s, &now, versions, err);
	b->complete = s.n_open == 0 || !find_before(&now, versions);
	if (!rc)
		settle(&s, &now, 0, now.lines.n);
	release_layer(&now);
	return rc;
}

void
blame_release(struct blame *b)
{
	buf_release(&b->text);
	textrow_release(&b->lines);
	free(b->origins);
	b->origins = NULL;
}
