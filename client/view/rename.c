/* rename.c - see rename.h. */
#include "view/rename.h"

#include <stdlib.h>
#include <string.h>

#include "plein/i18n.h"
#include "plein/mem.h"
#include "plein/message.h"
#include "plein/path.h"
#include "view/form_view.h"
#include "view/wayback.h"

enum { TO = FORM_FIELDS, NOTE };

struct rename {
	struct form_view form;
	char *address;
};

static struct rename *
rename_of(struct view *v)
{
	return (struct rename *)v;
}

static const struct rename *
const_rename(const struct view *v)
{
	return (const struct rename *)v;
}

static void
fill_head(const struct view *v, struct head *h)
{
	const struct rename *n = const_rename(v);
	const char *found, *title = context_find(v->ctx, n->address, &found);

	buf_printf(&h->title, _("Move: %s"), title ? title : n->address);
	buf_printf(&h->place, _("Now at %s"), n->address);
}

static void
add_way_back(struct rename *n, const char *to)
{
	struct buf ask = BUF_INIT;

	buf_printf(&ask, _("Question: move %s back to %s?"), to, n->address);
	wayback_add(n->form.view.ctx, "page.rename",
		    json_pack("{s:s, s:s}", "address", to, "to", n->address),
		    n->address, ask.ptr, _("Moved back."));
	buf_release(&ask);
}

static void
take_moved(void *ctx, const struct rpc_msg *m)
{
	struct rename *n = ctx;
	struct view *v = &n->form.view;
	const char *to =
		json_string_value(json_object_get(m->result, "address"));
	struct request r = request_of(REQUEST_MOVED);
	struct buf line = BUF_INIT;

	if (m->kind == RPC_ERROR) {
		form_view_fail(&n->form, m);
		form_set_focus(&n->form.form, TO);
		return;
	}
	to = to ? to : form_text(&n->form.form, TO);
	buf_printf(&line, _("Moved to %s. u moves it back."), to);
	add_way_back(n, to);
	r.text = buf_take(&line);
	r.args = json_pack("{s:s, s:s}", "address", to, "gone", n->address);
	view_post(v, r);
}

static void
send(struct rename *n)
{
	const struct form *f = &n->form.form;

	form_view_send(&n->form, "page.rename",
		       json_pack("{s:s, s:s, s:s}", "address", n->address, "to",
				 form_text(f, TO), "note", form_text(f, NOTE)),
		       take_moved);
}

static struct request
run(struct view *v, enum command cmd, const char *text)
{
	struct request r;
	bool now;

	(void)text;
	r = form_view_run(&rename_of(v)->form, cmd, &now);
	if (now)
		send(rename_of(v));
	return r;
}

static void
destroy(struct view *v)
{
	struct rename *n = rename_of(v);

	form_view_release(&n->form);
	free(n->address);
	free(n);
}

static const struct view_ops ops = {
	FORM_VIEW_SHOWN,      .place = PLACE_FORM, .head = fill_head,
	.key = form_view_key, .run = run,	   .bar = form_view_bar,
	.free = destroy,
};

struct view *
rename_view_new(struct context *c, const json_t *args)
{
	struct rename *n = mem_alloc(sizeof(*n));
	struct form *f = &n->form.form;

	n->address = mem_strdup(args_text(args, "address"));
	form_view_init(&n->form, c, &ops);
	form_add_line(f, TO, _("New address, such as themas/open-standaarden"),
		      n->address, PATH_MAX_LEN, 0);
	form_require(f);
	form_add_line(f, NOTE, _("Why? May be left empty."), "", NOTE_MAX, 0);
	form_say(f, _("Links to the page keep working. Attachments, versions "
		      "and discussions move along. The folder says which kind "
		      "of page it is."));
	form_view_begin(&n->form, _("Move"));
	return &n->form.view;
}
