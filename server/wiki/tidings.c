/* tidings.c - see tidings.h. */
#include "wiki/tidings.h"

#include <stdlib.h>

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
	buf_release(&t->line);
	free(t);
}

static void
add(struct vec *out, const struct space *space, const char *address,
    const char *method, json_t *params_take)
{
	struct tiding *t = mem_alloc(sizeof(*t));

	t->space = space;
	t->address = address ? mem_strdup(address) : NULL;
	buf_init(&t->line);
	rpc_notify(&t->line, method, params_take);
	vec_push(out, t);
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
add_versions(struct vec *out, const struct space *space,
	     const struct vec *versions)
{
	const struct news_version *v;
	size_t i;

	for (i = 0; i < versions->len; i++) {
		v = versions->items[i];
		add(out, space, v->address, "event.page", describe(v));
	}
	if (versions->len > 0)
		add(out, space, NULL, "event.tree", json_object());
}

#define NAMES_MAX 50 /* of one remark */

static json_t *
describe_event(const struct fresh_event *e)
{
	json_t *params = json_object(), *names = json_array();
	size_t i;

	describe_line(params, "address", e->page);
	describe_line(params, "thread", e->thread);
	describe_line(params, "remark", e->name);
	describe_line(params, "handle", e->handle);
	describe_line(params, "action", e->action);
	describe_line(params, "answers", e->answers);
	for (i = 0; i < e->mentions.len && i < NAMES_MAX; i++)
		(void)json_array_append_new(names,
					    json_string(e->mentions.items[i]));
	(void)json_object_set_new(params, "mentions", names);
	return params;
}

/* What was said, or became of what was; false when it was too much. */
static bool
add_remarks(struct desk *d, int64_t after, struct vec *out)
{
	struct vec events = VEC_INIT;
	const struct fresh_event *e;
	bool all = !fresh_events(d->index, after, TIDINGS_MAX + 1, &events,
				 NULL) &&
		   events.len <= TIDINGS_MAX;
	size_t i;

	for (i = 0; all && i < events.len; i++) {
		e = events.items[i];
		add(out, d->space, e->page, "event.remark", describe_event(e));
	}
	vec_release(&events, fresh_event_free);
	return all;
}

void
tidings_gather(struct desk *d, int64_t *seq, struct vec *out, bool *lost)
{
	struct vec versions = VEC_INIT;
	int64_t tip;

	/* an index that cannot be read now is looked at again later */
	if (!d->index && *seq == TIDINGS_NEW)
		*seq = TIDINGS_BLIND;
	if (!d->index || news_tip(d->index, &tip, NULL) || tip == *seq)
		return;
	if (*seq < 0) {
		*lost = *seq == TIDINGS_BLIND;
		*seq = tip;
		return;
	}
	if (tip < *seq ||
	    news_versions(d->index, *seq, TIDINGS_MAX + 1, &versions, NULL) ||
	    versions.len > TIDINGS_MAX)
		*lost = true;
	else
		add_versions(out, d->space, &versions);
	if (!*lost && !add_remarks(d, *seq, out))
		*lost = true;
	*seq = tip;
	vec_release(&versions, news_version_free);
}
