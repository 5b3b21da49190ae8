/* bigtexts.c - see bigtexts.h. A handful at most: a list is looked through. */
#include "wiki/bigtexts.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "plein/mem.h"
#include "plein/vec.h"

struct kept {
	char *blob;
	json_t *text;
};

struct half {
	char *blob; /* NULL: nothing is put by here */
	struct buf text;
};

struct bigtexts {
	pthread_mutex_t lock;
	struct half halves[BIGTEXTS_HALVES]; /* the oldest first; guarded */
	struct vec kept; /* struct kept *, read longest ago first; guarded */
	size_t bytes; /* of them; guarded */
};

struct bigtexts *
bigtexts_new(void)
{
	struct bigtexts *b = mem_alloc(sizeof(*b));

	for (size_t i = 0; i < BIGTEXTS_HALVES; i++)
		buf_init(&b->halves[i].text);
	/* cannot fail with default attributes on Linux */
	(void)pthread_mutex_init(&b->lock, NULL);
	return b;
}

static void
free_kept(void *item)
{
	struct kept *k = item;

	free(k->blob);
	json_decref(k->text);
	free(k);
}

static void
release_half(struct half *h)
{
	free(h->blob);
	buf_release(&h->text);
	h->blob = NULL;
}

void
bigtexts_free(struct bigtexts *b)
{
	if (!b)
		return;
	for (size_t i = 0; i < BIGTEXTS_HALVES; i++)
		release_half(&b->halves[i]);
	vec_release(&b->kept, free_kept);
	(void)pthread_mutex_destroy(&b->lock);
	free(b);
}

/* It is the last one then; NULL when it is not kept. */
static const struct kept *
bring_to_end(struct bigtexts *b, const char *blob)
{
	struct kept *k;

	for (size_t i = b->kept.len; i-- > 0;) {
		k = b->kept.items[i];
		if (strcmp(k->blob, blob) != 0)
			continue;
		(void)vec_remove(&b->kept, i);
		vec_push(&b->kept, k);
		return k;
	}
	return NULL;
}

json_t *
bigtexts_find(struct bigtexts *b, const char *blob)
{
	const struct kept *k;
	json_t *text;

	if (!b)
		return NULL;
	(void)pthread_mutex_lock(&b->lock);
	k = bring_to_end(b, blob);
	text = k ? json_incref(k->text) : NULL;
	(void)pthread_mutex_unlock(&b->lock);
	return text;
}

static void
add(struct bigtexts *b, const char *blob, json_t *text)
{
	struct kept *k = mem_alloc(sizeof(*k));

	k->blob = mem_strdup(blob);
	k->text = json_incref(text);
	vec_push(&b->kept, k);
	b->bytes += json_string_length(text);
}

static void
make_room(struct bigtexts *b)
{
	struct kept *k;

	while (b->bytes > BIGTEXTS_ROOM) {
		k = vec_remove(&b->kept, 0);
		b->bytes -= json_string_length(k->text);
		free_kept(k);
	}
}

void
bigtexts_keep(struct bigtexts *b, const char *blob, json_t *text)
{
	if (!b || json_string_length(text) < BIGTEXTS_BIG)
		return;
	(void)pthread_mutex_lock(&b->lock);
	if (!bring_to_end(b, blob)) /* two may read it at a time */
		add(b, blob, text);
	make_room(b);
	(void)pthread_mutex_unlock(&b->lock);
}

void
bigtexts_put_by(struct bigtexts *b, const char *blob, struct buf *text_take)
{
	struct half *last;

	if (b && text_take->len >= BIGTEXTS_BIG) {
		(void)pthread_mutex_lock(&b->lock);
		last = &b->halves[BIGTEXTS_HALVES - 1];
		release_half(&b->halves[0]);
		memmove(b->halves, b->halves + 1,
			(BIGTEXTS_HALVES - 1) * sizeof(*last));
		last->blob = mem_strdup(blob);
		last->text = *text_take;
		buf_init(text_take);
		(void)pthread_mutex_unlock(&b->lock);
	}
	buf_release(text_take);
}

bool
bigtexts_take_up(struct bigtexts *b, const char *blob, struct buf *text)
{
	bool found = false;

	buf_init(text);
	if (!b)
		return false;
	(void)pthread_mutex_lock(&b->lock);
	for (size_t i = 0; i < BIGTEXTS_HALVES && !found; i++) {
		struct half *h = &b->halves[i];

		found = h->blob && strcmp(h->blob, blob) == 0;
		if (!found)
			continue;
		*text = h->text;
		buf_init(&h->text);
		release_half(h);
	}
	(void)pthread_mutex_unlock(&b->lock);
	return found;
}
