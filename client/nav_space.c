/* nav_space.c - in another space: all of it begins anew, and the title says
 * where. */
#include "nav.h"

#include <stdlib.h>
#include <string.h>

#include "plein/i18n.h"

void
nav_anew(struct nav *n)
{
	struct context was = n->ctx;
	char *space = n->entered;

	nav_release(n);
	nav_init(n, was.link, SCREEN_START, NULL);
	n->ctx.display = was.display;
	n->ctx.keep_ms = was.keep_ms;
	n->ctx.trial_ms = was.trial_ms;
	n->ctx.in_lines = was.in_lines;
	n->ctx.cols = was.cols;
	n->ctx.rows = was.rows;
	n->redraw = true;
	context_say(&n->ctx, _("You are in the space %s."), space);
	free(space);
}

void
nav_mark_space(const struct nav *n, struct head *h)
{
	struct buf title = BUF_INIT;

	const char *space = context_session(&n->ctx, "title");

	if (!context_has_spaces(&n->ctx) ||
	    strncmp(h->title.ptr, space, strlen(space)) == 0)
		return;
	buf_printf(&title, "%s: %s", space, h->title.ptr);
	buf_reset(&h->title);
	buf_str(&h->title, title.ptr);
	buf_release(&title);
}
