/* hits.c - see hits.h. */
#include "view/hits.h"

#include <stdlib.h>
#include <string.h>

#include "base/newsline.h"
#include "base/sentence.h"
#include "plein/clock.h"
#include "view/view.h"

void
hits_init(struct hits *h, struct view *v,
	  void (*taken)(struct view *v, bool anew))
{
	memset(h, 0, sizeof(*h));
	h->view = v;
	h->taken = taken;
	h->rows = json_array();
	h->old_rows = json_array();
}

void
hits_release(struct hits *h)
{
	link_forget(h->view->ctx->link, h);
	json_decref(h->wanted);
	json_decref(h->asked);
	json_decref(h->rows);
	json_decref(h->old_rows);
	json_decref(h->near);
	free(h->refusal);
}

/* --- answers --- */

static void
empty(struct hits *h)
{
	(void)json_array_clear(h->rows);
	(void)json_array_clear(h->old_rows);
	json_decref(h->near);
	h->near = NULL;
	h->more = h->incomplete = false;
	free(h->refusal);
	h->refusal = NULL;
}

static void
refuse(struct hits *h, const struct rpc_msg *m)
{
	struct buf line = BUF_INIT;

	sentence_error(&line, m->code, m->message, m->args);
	h->refusal = buf_take(&line);
}

static bool
is_found(const struct hits *h, const json_t *row)
{
	const char *address = args_text(row, "address");
	const json_t *other;
	size_t i;

	json_array_foreach(h->rows, i, other)
	{
		if (!newsline_is_said(other) &&
		    strcmp(args_text(other, "address"), address) == 0)
			return true;
	}
	return false;
}

/* Old versions of pages that have the words now say nothing new. */
static void
add_old(struct hits *h, json_t *rows)
{
	json_t *row;
	size_t i;

	json_array_foreach(rows, i, row)
	{
		if (!is_found(h, row))
			(void)json_array_append(h->old_rows, row);
	}
}

static void
ask(struct hits *h, bool old);

static void
take(void *ctx, const struct rpc_msg *m)
{
	struct hits *h = ctx;
	const json_t *complete = json_object_get(m->result, "complete");
	bool anew = !h->old, go_on = anew && h->asked_past;

	h->waiting = false;
	if (h->wanted) /* other words were typed */
		return;
	if (anew)
		empty(h);
	if (m->kind == RPC_ERROR) {
		/* Old versions are extra: the pages stand. */
		if (anew)
			refuse(h, m);
		else
			h->incomplete = m->code == PLEIN_EBUSY;
		go_on = false;
	} else if (anew) {
		(void)json_array_extend(h->rows,
					json_object_get(m->result, "rows"));
		h->near = json_incref(json_object_get(m->result, "near"));
	} else {
		add_old(h, json_object_get(m->result, "rows"));
	}
	h->more = h->more || json_object_get(m->result, "next");
	h->incomplete = h->incomplete || json_is_false(complete);
	h->done = !go_on;
	if (go_on)
		ask(h, true);
	h->taken(h->view, anew);
}

/* --- questions --- */

static void
ask(struct hits *h, bool old)
{
	json_t *params = json_copy(h->asked);

	if (old) {
		(void)json_object_set_new(params, "past", json_true());
		(void)json_object_del(params, "said");
	}
	h->old = old;
	h->waiting = true;
	(void)link_call(h->view->ctx->link, "search.pages", params, take, h);
}

void
hits_want(struct hits *h, json_t *params_take, bool past, int pause_ms)
{
	const json_t *last = h->wanted ? h->wanted : h->asked;

	if (params_take && last && json_equal(params_take, last)) {
		json_decref(params_take);
		return;
	}
	json_decref(h->wanted);
	h->wanted = params_take;
	h->past = past;
	h->due = clock_mono_ms() + pause_ms;
	h->done = false;
	if (params_take) {
		if (!pause_ms)
			hits_hurry(h);
		return;
	}
	link_forget(h->view->ctx->link, h);
	json_decref(h->asked);
	h->asked = NULL;
	h->waiting = false;
	h->done = true;
	empty(h);
	h->taken(h->view, true);
}

void
hits_hurry(struct hits *h)
{
	if (!h->wanted)
		return;
	h->due = clock_mono_ms();
	hits_tick(h);
}

void
hits_again(struct hits *h)
{
	if (h->wanted || !h->asked)
		return;
	link_forget(h->view->ctx->link, h);
	h->waiting = false;
	ask(h, false);
}

int64_t
hits_due(const struct hits *h)
{
	return h->wanted && !h->waiting ? h->due : 0;
}

void
hits_tick(struct hits *h)
{
	int64_t due = hits_due(h);

	if (!due || due > clock_mono_ms())
		return;
	json_decref(h->asked);
	h->asked = h->wanted;
	h->asked_past = h->past;
	h->wanted = NULL;
	ask(h, false);
}

/* --- rows --- */

size_t
hits_size(const struct hits *h)
{
	return json_array_size(h->rows) + json_array_size(h->old_rows);
}

const json_t *
hits_row(const struct hits *h, size_t i)
{
	return hits_is_old(h, i) ? json_array_get(h->old_rows,
						  i - json_array_size(h->rows))
				 : json_array_get(h->rows, i);
}

bool
hits_is_old(const struct hits *h, size_t i)
{
	return i >= json_array_size(h->rows);
}
