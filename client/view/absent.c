/* absent.c - see absent.h. */
#include "view/absent.h"

#include "base/sentence.h"
#include "plein/i18n.h"

void
absent_ask(struct context *c, const char *address, link_reply *reply, void *ctx)
{
	(void)link_call(
		c->link, "page.read",
		json_pack("{s:s, s:i}", "address", address, "version", 1),
		reply, ctx);
}

json_t *
absent_page(struct context *c, const char *address, const struct rpc_msg *m)
{
	json_int_t made = args_number(m->result, "time");
	struct buf line = BUF_INIT, day = BUF_INIT;
	json_t *page;

	context_say(c, "%s %s", _("This page did not exist then."),
		    c->back_is_now ? _("Esc goes back to now.")
				   : _("Esc goes back."));
	buf_str(&line, _("This page did not exist then."));
	if (made > c->at) { /* else it was deleted, and put back later */
		sentence_day(&day, made);
		buf_printf(&line, _(" It was made on %s."), day.ptr);
	}
	page = json_pack("{s:s, s:s}", "address", address, "text", line.ptr);
	buf_release(&line);
	buf_release(&day);
	return page;
}
