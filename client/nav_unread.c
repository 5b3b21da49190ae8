/* nav_unread.c - see nav_unread.h. The wiki knows which comes behind this one. */
#include "nav_unread.h"

#include "nav_stack.h"
#include "plein/i18n.h"
#include "view/since.h"
#include "view/talk.h"
#include "view/thread.h"

static void
take_next(void *ctx, const struct rpc_msg *m)
{
	struct nav *n = ctx;
	json_int_t left = args_number(m->result, "left");

	if (*args_text(m->result, "thread"))
		n->ctx.post(
			&n->ctx, NULL,
			talk_open(m->result, args_text(m->result, "remark")));
	else if (*args_text(m->result, "address"))
		n->ctx.post(&n->ctx, NULL,
			    since_open(m->result, left > 0 ? (size_t)left : 0));
	else
		context_say(&n->ctx, "%s", _("Nothing is new for you."));
}

void
nav_unread(struct nav *n, struct request *r)
{
	const struct view *v = nav_base(n);
	json_t *params = json_object();
	json_int_t version;
	const char *address = v->ops->page ? v->ops->page(v, &version) : NULL;

	(void)r;
	if (address && *address)
		(void)json_object_set_new(params, "address",
					  json_string(address));
	if (v->ops->place == PLACE_THREAD && address)
		(void)json_object_set_new(params, "thread",
					  json_string(thread_code(v)));
	(void)link_call(n->ctx.link, "unread.next", params, take_next, n);
}
