/* nav_change.c - see nav_change.h. */
#include "nav_change.h"

#include <string.h>

#include "nav_clash.h"
#include "nav_stack.h"
#include "nav_pages.h"
#include "plein/i18n.h"
#include "view/act.h"
#include "view/wayback.h"

/* Where the page was opened first, or 0. */
static size_t
find_open_page(const struct nav *n, const char *address)
{
	for (size_t i = 1; i < n->views.len; i++) {
		const struct view *v = n->views.items[i];
		json_int_t version;

		if (v->ops->place == PLACE_PAGE &&
		    strcmp(v->ops->page(v, &version), address) == 0)
			return i;
	}
	return 0;
}

/* The page as it is now, where it was open before. */
static void
show_changed(struct nav *n, const char *address)
{
	size_t i = find_open_page(n, address);

	titles_read(&n->titles);
	nav_close_above(n, i);
	if (i)
		nav_reload(nav_top(n));
	else
		nav_perform(n, request_text(REQUEST_OPEN_PAGE, address));
	nav_outdate_start(n);
}

/* An undo that clashes with what came later is chosen place by place. */
static void
take_refusal(struct nav *n, const json_t *change, const struct rpc_msg *m)
{
	const json_t *back = json_object_get(change, "back");

	if (back && m->code != PLEIN_ECONFLICT && wayback_is_final(m->code))
		wayback_drop(&n->ctx, back, NULL);
	if (m->code == PLEIN_ECONFLICT)
		nav_clash(n, json_object_get(change, "params"));
	else
		context_say_error(&n->ctx, m);
}

static void
take_change(void *ctx, const struct rpc_msg *m)
{
	struct nav *n = ctx;
	json_t *change = n->change;
	const char *address = args_text(m->result, "address");
	struct buf line = BUF_INIT;

	n->change = NULL;
	if (m->kind == RPC_ERROR) {
		take_refusal(n, change, m);
	} else {
		if (json_object_get(change, "back"))
			wayback_drop(&n->ctx, json_object_get(change, "back"),
				     m->result);
		else
			wayback_add_version(&n->ctx, address, m->result);
		show_changed(n, address);
		act_tell(change, m->result, &line);
		context_say(&n->ctx, "%s", line.ptr);
		buf_release(&line);
	}
	json_decref(change);
}

void
nav_change(struct nav *n, struct request *r)
{
	if (n->change) {
		context_say(&n->ctx, "%s", _("Busy: changing the page."));
		return;
	}
	n->change = json_incref(r->args);
	(void)link_call(n->ctx.link, args_text(r->args, "method"),
			json_incref(json_object_get(r->args, "params")),
			take_change, n);
}
