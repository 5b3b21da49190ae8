/* late.c - see late.h. */
#include "wiki/late.h"

#include <stdlib.h>
#include <string.h>

#include "plein/jsontext.h"
#include "plein/mem.h"
#include "state/marks.h"
#include "state/remarks.h"
#include "wiki/space.h"

bool
late_is_read(const struct unread *u, const char *remark)
{
	struct desk *d = u->desk;
	bool heard;

	/* what is not known is unread */
	return !mention_mark_get(d->state, d->space->name, u->handle, remark,
				 &heard, NULL) &&
	       heard;
}

int
late_load(struct unread *u, struct err *err)
{
	struct desk *d = u->desk;
	struct fresh_later later = { u->from.after, u->handle, NULL, LATE_MAX };
	struct vec read = VEC_INIT;
	json_t *names = json_array();
	char *text;
	size_t i;
	int rc =
		mention_marked(d->state, d->space->name, u->handle, &read, err);

	for (i = 0; i < read.len; i++)
		(void)json_array_append_new(names, json_string(read.items[i]));
	later.without = text = jsontext_dump(names);
	if (!rc)
		rc = fresh_late(d->index, &later, &u->late, err);
	free(text);
	json_decref(names);
	vec_release(&read, free);
	return rc;
}

bool
late_has(const struct unread *u, const char *remark)
{
	const struct fresh_remark *r;
	size_t i;

	for (i = 0; i < u->late.len; i++) {
		r = u->late.items[i];
		if (strcmp(r->name, remark) == 0)
			return true;
	}
	return false;
}

long
late_count(const struct unread *u, const char *code,
	   const struct fresh_place *read)
{
	const struct fresh_remark *r;
	long n = 0;
	size_t i;

	for (i = 0; i < u->late.len; i++) {
		r = u->late.items[i];
		n += strcmp(r->thread, code) == 0 &&
		     (r->seq <= u->from.after || fresh_place_has(read, r));
	}
	return n;
}

static bool
is_thread_among(const struct vec *threads, const char *code)
{
	const struct fresh_thread *t;
	size_t i;

	for (i = 0; i < threads->len; i++) {
		t = threads->items[i];
		if (strcmp(t->code, code) == 0)
			return true;
	}
	return false;
}

static int
add_thread(const struct unread *u, const char *code, struct vec *out,
	   struct err *err)
{
	struct index_thread *is = NULL;
	struct fresh_thread *t;
	int rc = thread_get(u->desk->index, code, &is, err);

	if (rc)
		return rc;
	t = mem_alloc(sizeof(*t));
	*t = (struct fresh_thread){ .code = mem_strdup(is->code),
				    .page = mem_strdup(is->page),
				    .newest = mem_strdup(is->newest) };
	vec_push(out, t);
	index_thread_free(is);
	return 0;
}

static bool
is_of_pages(const json_t *pages, const char *page)
{
	const json_t *address;
	size_t i;

	json_array_foreach(pages, i, address)
	{
		if (strcmp(json_string_value(address), page) == 0)
			return true;
	}
	return !pages;
}

int
late_add_threads(const struct unread *u, const json_t *pages, struct vec *out,
		 struct err *err)
{
	const struct fresh_remark *r;
	size_t i;
	int rc = 0;

	for (i = 0; i < u->late.len && !rc; i++) {
		r = u->late.items[i];
		if (is_of_pages(pages, r->page) &&
		    !is_thread_among(out, r->thread))
			rc = add_thread(u, r->thread, out, err);
	}
	return rc;
}

int
late_read(const struct unread *u, const char *code,
	  const struct fresh_place *now, int64_t place, struct err *err)
{
	struct desk *d = u->desk;
	const struct fresh_remark *r;
	size_t i;
	int rc = 0;

	for (i = 0; i < u->late.len && !rc; i++) {
		r = u->late.items[i];
		if (strcmp(r->thread, code) == 0 && fresh_place_has(now, r) &&
		    (!place || r->late <= place))
			rc = mention_mark_put(d->state, d->space->name,
					      u->handle, r->name, err);
	}
	return rc;
}
