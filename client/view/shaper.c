/* shaper.c - see shaper.h. */
#include "view/shaper.h"

#include <stdlib.h>
#include <string.h>

#include "plein/i18n.h"
#include "plein/mem.h"
#include "view/draft.h"
#include "view/wayback.h"

void
shaper_init(struct shaper *s, struct view *v)
{
	memset(s, 0, sizeof(*s));
	s->view = v;
}

void
shaper_release(struct shaper *s)
{
	link_forget(s->view->ctx->link, s);
	free(s->said);
	s->said = NULL;
}

static void
take(void *ctx, const struct rpc_msg *m)
{
	struct shaper *s = ctx;
	struct view *v = s->view;

	if (m->kind == RPC_ERROR) {
		context_say_error(v->ctx, m);
	} else {
		wayback_add_version(v->ctx, args_text(m->result, "address"),
				    m->result);
		context_say(v->ctx, "%s", s->said);
		v->ops->reload(v);
	}
	free(s->said);
	s->said = NULL;
}

void
shaper_write(struct shaper *s, const char *method, json_t *params_take,
	     const char *said)
{
	char request[DRAFT_REQUEST + 1];

	if (s->said) {
		json_decref(params_take);
		return;
	}
	s->said = mem_strdup(said);
	draft_make_request(request);
	(void)json_object_set_new(params_take, "request", json_string(request));
	context_say(s->view->ctx, "%s", _("Busy: saving."));
	(void)link_call(s->view->ctx->link, method, params_take, take, s);
}
