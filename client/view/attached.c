/*
 * attached.c - the first piece of a file is all of it, or it is too large to
 * be read here; then its text is how to get it.
 */
#include "view/attached.h"

#include <stdlib.h>
#include <string.h>

#include "plein/base64.h"
#include "plein/i18n.h"
#include "plein/mem.h"
#include "plein/utf8.h"
#include "view/fetching.h"
#include "view/reading.h"
#include "view/view.h"

struct attached {
	struct view view;
	char *address, *name;
	struct buf text;
	bool loaded;
	bool laid_out;
	int cols;
	struct reading reading;
};

static struct attached *
attached_of(struct view *v)
{
	return (struct attached *)v;
}

static const struct attached *
const_attached(const struct view *v)
{
	return (const struct attached *)v;
}

/* --- data --- */

static void
explain(struct attached *a, const char *why)
{
	buf_reset(&a->text);
	buf_printf(&a->text, "%s\n\n", why);
	fetching_command(a->view.ctx, a->address, a->name, &a->text);
}

static void
take_file(void *ctx, const struct rpc_msg *m)
{
	struct attached *a = ctx;
	const char *data =
		json_string_value(json_object_get(m->result, "data"));

	a->loaded = true;
	a->laid_out = false;
	buf_reset(&a->text);
	if (m->kind == RPC_ERROR && m->code == PLEIN_ENOTFOUND) {
		buf_str(&a->text, _("There is no such file beside the page."));
	} else if (m->kind == RPC_ERROR) {
		context_say_error(a->view.ctx, m);
		explain(a, _("This file cannot be shown. You get it with:"));
	} else if (json_object_get(m->result, "next")) {
		explain(a, _("This file is too large to show. You get it "
			     "with:"));
	} else if (!data ||
		   base64_decode(&a->text, data, strlen(data), NULL) < 0 ||
		   !utf8_is_valid(a->text.ptr, a->text.len)) {
		explain(a, _("This file is no text. You get it with:"));
	}
}

static void
reload(struct view *v)
{
	struct attached *a = attached_of(v);

	link_forget(v->ctx->link, v);
	(void)link_call(
		v->ctx->link, "file.get",
		json_pack("{s:s, s:s}", "address", a->address, "name", a->name),
		take_file, a);
}

static bool
is_ready(const struct view *v)
{
	return const_attached(v)->loaded;
}

/* --- showing --- */

static void
recalc(struct view *v, int rows, int cols)
{
	struct attached *a = attached_of(v);

	if (cols != a->cols || !a->laid_out) {
		a->cols = cols;
		reader_set_plain(&a->reading.reader, a->text.ptr, a->text.len,
				 cols);
		a->laid_out = a->loaded;
	}
	a->reading.reader.scroll.rows = rows;
	scroll_fit(&a->reading.reader.scroll);
}

static void
fill_head(const struct view *v, struct head *h)
{
	const struct attached *a = const_attached(v);
	const char *found, *title = context_find(v->ctx, a->address, &found);

	buf_printf(&h->title, _("%s - attachment"), a->name);
	buf_str(&h->place, title ? title : a->address);
}

static void
paint(const struct view *v, struct canvas *c, int top, int rows)
{
	reader_paint(&const_attached(v)->reading.reader, c, top, rows);
}

static bool
has_more(const struct view *v)
{
	return scroll_has_more(&const_attached(v)->reading.reader.scroll);
}

static void
tell_where(const struct view *v, struct buf *out)
{
	buf_printf(out, "%s: ", const_attached(v)->name);
	reading_where(&const_attached(v)->reading, out);
	buf_char(out, '.');
}

static void
tell(const struct view *v, struct telling *t)
{
	const struct attached *a = const_attached(v);
	struct layout l;

	layout_make_plain(&l, a->text.ptr, a->text.len, LAYOUT_UNWRAPPED);
	reading_tell(&l, t);
	layout_release(&l);
}

/* --- covered by another screen --- */

static void
rest(struct view *v)
{
	struct attached *a = attached_of(v);

	reader_rest(&a->reading.reader);
	a->laid_out = false;
}

static void
returned(struct view *v)
{
	struct attached *a = attached_of(v);

	if (a->cols)
		recalc(v, a->reading.reader.scroll.rows, a->cols);
}

/* --- acting --- */

static struct request
run(struct view *v, enum command cmd, const char *text)
{
	struct request r;

	if (reading_run(&attached_of(v)->reading, v->ctx, cmd, text, &r))
		return r;
	return request_of(cmd == CMD_BACK ? REQUEST_BACK : REQUEST_NONE);
}

static const enum command bar[] = { CMD_PAGE_DOWN, CMD_LOOK, CMD_BACK, CMD_HOME,
				    CMD_WHERE,	   CMD_MENU, CMD_HELP, CMD_N };

static void
destroy(struct view *v)
{
	struct attached *a = attached_of(v);

	link_forget(v->ctx->link, v);
	reading_release(&a->reading);
	buf_release(&a->text);
	free(a->address);
	free(a->name);
	free(a);
}

static const struct view_ops ops = {
	.place = PLACE_FILE,
	.is_ready = is_ready,
	.head = fill_head,
	.recalc = recalc,
	.paint = paint,
	.has_more = has_more,
	.run = run,
	.bar = bar,
	.where = tell_where,
	.tell = tell,
	.reload = reload,
	.rest = rest,
	.returned = returned,
	.free = destroy,
};

struct view *
attached_view_new(struct context *c, const json_t *args)
{
	struct attached *a = mem_alloc(sizeof(*a));

	a->view.ops = &ops;
	a->view.ctx = c;
	a->address = mem_strdup(args_text(args, "address"));
	a->name = mem_strdup(args_text(args, "name"));
	buf_init(&a->text);
	reading_init(&a->reading);
	reload(&a->view);
	return &a->view;
}
