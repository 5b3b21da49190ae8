/* feed.c - see feed.h. */
#include "view/feed.h"

#include <string.h>

#include "view/listing.h"
#include "view/view.h"

void
feed_init(struct feed *f, struct view *v, const char *method,
	  const char *cursor, void (*taken)(struct view *v))
{
	memset(f, 0, sizeof(*f));
	f->view = v;
	f->method = method;
	f->cursor = cursor;
	f->taken = taken;
	f->rows = json_array();
}

void
feed_release(struct feed *f)
{
	if (f->view)
		link_forget(f->view->ctx->link, f);
	json_decref(f->params);
	json_decref(f->rows);
	json_decref(f->result);
	json_decref(f->next);
}

static void
take_part(void *ctx, const struct rpc_msg *m)
{
	struct feed *f = ctx;

	f->loaded = true;
	if (m->kind == RPC_ERROR) {
		context_say_error(f->view->ctx, m);
		return;
	}
	if (f->anew)
		(void)json_array_clear(f->rows);
	f->anew = false;
	(void)json_array_extend(f->rows, json_object_get(m->result, "rows"));
	json_decref(f->result);
	f->result = json_incref(m->result);
	f->next = json_incref(json_object_get(m->result, "next"));
	f->taken(f->view);
}

/* The part that begins at `next`, which becomes NULL. */
static void
ask_part(struct feed *f)
{
	json_t *params = f->params ? json_copy(f->params) : NULL;

	if (f->next) {
		params = params ? params : json_object();
		(void)json_object_set_new(params, f->cursor, f->next);
	}
	f->next = NULL;
	(void)link_call(f->view->ctx->link, f->method, params, take_part, f);
}

void
feed_reload(struct feed *f, json_t *params_take)
{
	link_forget(f->view->ctx->link, f);
	f->least =
		json_equal(f->params, params_take) || f->params == params_take
			? json_array_size(f->rows)
			: 0;
	json_decref(f->params);
	json_decref(f->next);
	f->params = params_take;
	f->next = NULL;
	f->anew = true;
	f->loaded = false;
	ask_part(f);
}

void
feed_go_on(struct feed *f, const struct listing *list)
{
	if (f->next &&
	    (json_array_size(f->rows) < f->least || listing_nears_end(list)))
		ask_part(f);
}

bool
feed_has_more(const struct feed *f)
{
	return f->next != NULL;
}

size_t
feed_size(const struct feed *f)
{
	return json_array_size(f->rows);
}

const json_t *
feed_row(const struct feed *f, size_t i)
{
	return json_array_get(f->rows, i);
}
