/* folds.c - see folds.h. */
#include "view/folds.h"

#include "plein/clock.h"
#include "view/tree.h"
#include "view/view.h"

void
folds_restore(struct folds *f, struct tree *t, const struct context *c)
{
	const json_t *open = json_object_get(c->session, "open");

	if (f->restored || !c->session)
		return;
	f->restored = true;
	if (json_is_string(open))
		tree_restore(t, json_string_value(open));
}

void
folds_change(struct folds *f, const struct context *c)
{
	if (!f->due && !c->at && !context_is_guest(c))
		f->due = clock_mono_ms() + c->keep_ms;
}

void
folds_tick(struct folds *f, const struct tree *t, bool whole, struct context *c,
	   bool ends)
{
	struct buf open = BUF_INIT;

	if (!f->due || !whole || c->at || (!ends && clock_mono_ms() < f->due))
		return;
	f->due = 0;
	tree_tell_open(t, &open);
	(void)link_call(c->link, "agenda.keep",
			json_pack("{s:s}", "open", open.ptr), NULL, NULL);
	buf_release(&open);
}
