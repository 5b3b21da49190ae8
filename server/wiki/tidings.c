/* tidings.c - see tidings.h. */
#include "wiki/tidings.h"

#include <stdlib.h>
#include <string.h>

#include "plein/mem.h"
#include "plein/rpc.h"
#include "state/fresh.h"
#include "state/news.h"
#include "wiki/describe.h"

void
tiding_free(void *item)
{
	struct tiding *t = item;

	if (!t)
		return;
	free(t->address);
	vec_release(&t->names, free);
	buf_release(&t->line);
	free(t);
}

bool
tiding_is_for(const struct tiding *t, const char *handle)
{
	size_t i;

	for (i = 0; handle && i < t->names.len; i++)
		if (strcmp(t->names.items[i], handle) == 0)
			return true;
	return false;
}

static struct tiding *
add(struct vec *out, struct space *space)
{
	struct tiding *t = mem_alloc(sizeof(*t));

	t->space = space;
	buf_init(&t->line);
	vec_push(out, t);
	return t;
}

static json_t *
describe(const struct news_version *v)
{
	json_t *params = json_object();

	describe_line(params, "address", v->address);
	describe_number(params, "version", v->n);
	describe_line(params, "handle", v->handle);
	describe_line(params, "action", v->action);
	return params;
}

static void
add_versions(struct vec *out, struct space *space, const struct vec *versions)
{
	const struct news_version *v;
	struct tiding *t;
	size_t i;

	for (i = 0; i < versions->len; i++) {
		v = versions->items[i];
		t = add(out, space);
		t->address = mem_strdup(v->address);
		rpc_notify(&t->line, "event.page", describe(v));
	}
}

/* Where lists cannot be looked at they may be others. */
static void
add_shape(struct desk *d, struct told *told, struct vec *out)
{
	char shape[REPO_ID_LEN + 1];

	if (index_shape(d->index, shape, NULL))
		shape[0] = '\0';
	if (out && (!*shape || strcmp(shape, told->shape) != 0))
		(void)add(out, d->space);
	memcpy(told->shape, shape, sizeof(shape));
}

/* No further than the last time, or for the first time. */
static bool
is_silent(struct desk *d, struct told *told, int64_t tip, bool *lost)
{
	if (tip == told->seq)
		return true;
	if (told->seq >= 0)
		return false;
	*lost = told->seq == TOLD_BLIND;
	told->seq = tip;
	add_shape(d, told, NULL);
	return true;
}

#define NAMES_MAX 50 /* of one remark */

static json_t *
describe_names(const struct vec *handles)
{
	json_t *names = json_array();
	size_t i;

	for (i = 0; i < handles->len && i < NAMES_MAX; i++)
		(void)json_array_append_new(names,
					    json_string(handles->items[i]));
	return names;
}

static json_t *
describe_event(const struct fresh_event *e)
{
	json_t *params = json_object();

	describe_line(params, "address", e->page);
	describe_line(params, "thread", e->thread);
	describe_line(params, "remark", e->name);
	describe_line(params, "handle", e->handle);
	describe_line(params, "action", e->action);
	describe_line(params, "answers", e->answers);
	(void)json_object_set_new(params, "mentions",
				  describe_names(&e->mentions));
	(void)json_object_set_new(params, "named", describe_names(&e->named));
	return params;
}

/* Whom it mentions or answers. */
static void
add_names(struct tiding *t, const struct fresh_event *e)
{
	size_t i;

	if (e->answers)
		vec_push(&t->names, mem_strdup(e->answers));
	for (i = 0; i < e->mentions.len && i < NAMES_MAX; i++)
		vec_push(&t->names, mem_strdup(e->mentions.items[i]));
}

/* What was said, or became of what was; false when it was too much. */
static bool
add_remarks(struct desk *d, int64_t after, struct vec *out)
{
	struct vec events = VEC_INIT;
	const struct fresh_event *e;
	struct tiding *t;
	bool all = !fresh_events(d->index, after, TIDINGS_MAX + 1, &events,
				 NULL) &&
		   events.len <= TIDINGS_MAX;
	size_t i;

	for (i = 0; all && i < events.len; i++) {
		e = events.items[i];
		t = add(out, d->space);
		t->address = mem_strdup(e->page);
		add_names(t, e);
		rpc_notify(&t->line, "event.remark", describe_event(e));
	}
	vec_release(&events, fresh_event_free);
	return all;
}

void
tidings_ask(struct desk *d, const char *address, const struct vec *handles,
	    json_t *params_take)
{
	struct tiding *t = add(&d->asked, d->space);
	size_t i;

	t->address = mem_strdup(address);
	t->asks = true;
	for (i = 0; i < handles->len; i++)
		vec_push(&t->names, mem_strdup(handles->items[i]));
	rpc_notify(&t->line, "event.asked", params_take);
}

static void
add_asked(struct desk *d, struct vec *out)
{
	size_t i;

	for (i = 0; i < d->asked.len; i++)
		vec_push(out, d->asked.items[i]);
	vec_release(&d->asked, NULL);
}

void
tidings_gather(struct desk *d, struct told *told, struct vec *out, bool *lost)
{
	struct vec versions = VEC_INIT;
	int64_t tip;

	add_asked(d, out);
	/* an index that cannot be read now is looked at again later */
	if (!d->index && told->seq == TOLD_NEW)
		told->seq = TOLD_BLIND;
	if (!d->index || news_tip(d->index, &tip, NULL) ||
	    is_silent(d, told, tip, lost))
		return;
	if (tip < told->seq ||
	    news_versions(d->index, told->seq, TIDINGS_MAX + 1, &versions,
			  NULL) ||
	    versions.len > TIDINGS_MAX)
		*lost = true;
	else
		add_versions(out, d->space, &versions);
	if (!*lost && !add_remarks(d, told->seq, out))
		*lost = true;
	add_shape(d, told, *lost ? NULL : out);
	told->seq = tip;
	vec_release(&versions, news_version_free);
}
