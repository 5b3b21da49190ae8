/* kept.c - see kept.h. Some dozens at most: a list is looked through. */
#include "wiki/kept.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "plein/jsontext.h"
#include "plein/mem.h"
#include "plein/vec.h"
#include "wiki/call.h"
#include "wiki/desk.h"
#include "wiki/space.h"

struct answer {
	char *question;
	char shape[REPO_ID_LEN + 1]; /* of the lists that it tells */
	struct buf text;
};

struct kept {
	pthread_mutex_t lock;
	struct vec answers; /* struct answer *, used longest ago first; guarded
			     */
	size_t bytes; /* of them; guarded */
};

struct kept *
kept_new(void)
{
	struct kept *k = mem_alloc(sizeof(*k));

	/* cannot fail with default attributes on Linux */
	(void)pthread_mutex_init(&k->lock, NULL);
	return k;
}

static void
free_answer(void *item)
{
	struct answer *a = item;

	free(a->question);
	buf_release(&a->text);
	free(a);
}

void
kept_free(struct kept *k)
{
	if (!k)
		return;
	vec_release(&k->answers, free_answer);
	(void)pthread_mutex_destroy(&k->lock);
	free(k);
}

/* Out of the list; NULL when it is not there. */
static struct answer *
take_out(struct kept *k, const char *question)
{
	struct answer *a;

	for (size_t i = k->answers.len; i-- > 0;) {
		a = k->answers.items[i];
		if (strcmp(a->question, question) != 0)
			continue;
		k->bytes -= a->text.len;
		return vec_remove(&k->answers, i);
	}
	return NULL;
}

static void
put_in(struct kept *k, struct answer *a)
{
	k->bytes += a->text.len;
	vec_push(&k->answers, a);
}

static bool
find(struct kept *k, const struct answer *want, struct buf *text)
{
	struct answer *a;
	bool found;

	(void)pthread_mutex_lock(&k->lock);
	a = take_out(k, want->question);
	found = a && strcmp(a->shape, want->shape) == 0;
	if (found)
		buf_add(text, a->text.ptr, a->text.len);
	if (a)
		put_in(k, a);
	(void)pthread_mutex_unlock(&k->lock);
	return found;
}

/* In the place of what is outdated, and of what was not asked for long. */
static void
keep(struct kept *k, struct answer *a_take)
{
	struct answer *old;

	(void)pthread_mutex_lock(&k->lock);
	old = take_out(k, a_take->question);
	if (old)
		free_answer(old);
	put_in(k, a_take);
	while (k->bytes > KEPT_ROOM) {
		old = vec_remove(&k->answers, 0);
		k->bytes -= old->text.len;
		free_answer(old);
	}
	(void)pthread_mutex_unlock(&k->lock);
}

/* NULL where nothing can be kept. The shape is read before the pages are: then
 * what is kept is never older than it says. */
static struct answer *
begin(struct desk *d, const json_t *params, const char *what)
{
	struct answer *a;
	struct buf question = BUF_INIT;

	if (!d->kept || json_object_get(params, "at") || desk_lacks_index(d) ||
	    desk_need_index(d, NULL))
		return NULL;
	a = mem_alloc(sizeof(*a));
	buf_printf(&question, "%s %d %s ", d->space->name, d->made, what);
	if (params)
		jsontext_add(&question, params);
	a->question = buf_take(&question);
	buf_init(&a->text);
	if (!index_shape(d->index, a->shape, NULL) && a->shape[0])
		return a;
	free_answer(a);
	return NULL;
}

int
kept_answer(struct desk *d, struct call *c, const char *what,
	    int (*make)(struct desk *d, struct call *c))
{
	struct answer *a = begin(d, c->params, what);
	int rc;

	if (!a)
		return make(d, c);
	if (find(d->kept, a, &c->text)) {
		free_answer(a);
		return 0;
	}
	rc = make(d, c);
	if (rc) {
		free_answer(a);
		return rc;
	}
	call_tell_result(c, &a->text);
	buf_add(&c->text, a->text.ptr, a->text.len);
	keep(d->kept, a);
	return 0;
}

int
kept_text(struct desk *d, const char *what,
	  int (*make)(struct desk *d, struct buf *out, struct err *err),
	  struct buf *out, struct err *err)
{
	struct answer *a = begin(d, NULL, what);
	int rc;

	if (!a)
		return make(d, out, err);
	if (find(d->kept, a, out)) {
		free_answer(a);
		return 0;
	}
	rc = make(d, &a->text, err);
	if (rc) {
		free_answer(a);
		return rc;
	}
	buf_add(out, a->text.ptr, a->text.len);
	keep(d->kept, a);
	return 0;
}
