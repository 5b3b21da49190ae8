/*
 * settings.c - see settings.h. Enter asks for another value, and says what it
 * is now; what counts only from the next start on is changed on the host.
 */
#include "view/settings.h"

#include <stdlib.h>
#include <string.h>

#include "plein/i18n.h"
#include "plein/mem.h"
#include "view/deed.h"
#include "view/listview.h"

struct settings {
	struct listview base; /* values are indexes of the rows */
	json_t *rows; /* of setting.list */
	const json_t *asking; /* the row a value is typed for, or NULL */
	bool loaded;
};

static struct settings *
settings_of(struct view *v)
{
	return (struct settings *)v;
}

static const struct settings *
const_settings(const struct view *v)
{
	return (const struct settings *)v;
}

static bool
is_set(const json_t *row)
{
	return strcmp(args_text(row, "value"), args_text(row, "normal")) != 0;
}

static bool
is_open(const json_t *row)
{
	return strcmp(args_text(row, "change"), "now") == 0;
}

static const char *
name_change(const json_t *row)
{
	if (is_open(row))
		return "";
	return strcmp(args_text(row, "change"), "start") == 0
		       ? _("after a restart")
		       : _("on the host");
}

/* --- the list --- */

static void
add_row(struct settings *s, size_t i, const json_t *row)
{
	const char *cells[LISTING_COLUMNS] = { NULL };
	struct buf line = BUF_INIT, about = BUF_INIT;

	buf_printf(&line, "%s = %s", args_text(row, "setting"),
		   args_text(row, "value"));
	cells[0] = name_change(row);
	listing_add(&s->base.list, i, line.ptr, cells);
	buf_str(&about, gettext(args_text(row, "means")));
	if (is_set(row) && *args_text(row, "normal"))
		buf_printf(&about, _(". Without a change: %s"),
			   args_text(row, "normal"));
	listing_detail(&s->base.list, about.ptr, 3);
	buf_release(&line);
	buf_release(&about);
}

static void
take_rows(void *ctx, const struct rpc_msg *m)
{
	struct settings *s = ctx;
	const json_t *row;
	size_t i;

	s->loaded = true;
	if (m->kind == RPC_ERROR) {
		listview_fail(&s->base, m);
		return;
	}
	s->asking = NULL;
	json_decref(s->rows);
	s->rows = json_incref(json_object_get(m->result, "rows"));
	listing_clear(&s->base.list);
	json_array_foreach(s->rows, i, row)
	{
		add_row(s, i, row);
	}
}

static void
reload(struct view *v)
{
	link_forget(v->ctx->link, v);
	(void)link_call(v->ctx->link, "setting.list", NULL, take_rows, v);
}

static bool
is_ready(const struct view *v)
{
	return const_settings(v)->loaded;
}

static void
fill_head(const struct view *v, struct head *h)
{
	size_t n = json_array_size(const_settings(v)->rows);

	buf_str(&h->title, _("Administration: settings"));
	buf_printf(&h->state, ngettext("%zu setting", "%zu settings", n), n);
	buf_str(&h->place, _("As they stand in plein.conf. Enter changes one; "
			     "it counts at once."));
}

/* --- changing --- */

static json_t *
make_deed(const json_t *row, const char *value)
{
	const char *name = args_text(row, "setting");
	json_t *deed = json_array();

	deed_add(deed, "setting.set",
		 json_pack("{s:s, s:s}", "setting", name, "value", value),
		 name);
	deed_back(deed, "setting.set",
		  json_pack("{s:s, s:s}", "setting", name, "value",
			    args_text(row, "value")));
	return deed;
}

/* Those it may have, where they are few. */
static struct request
ask_which(const json_t *row, const json_t *values)
{
	const char *now = args_text(row, "value"), *value;
	struct buf line = BUF_INIT, about = BUF_INIT;
	struct request r;
	size_t i;

	buf_printf(&line, _("Question: %s is %s. What should it be?"),
		   args_text(row, "setting"), now);
	buf_str(&about, gettext(args_text(row, "means")));
	r = deed_ask(line.ptr, about.ptr);
	for (i = 0; i < json_array_size(values); i++) {
		value = json_string_value(json_array_get(values, i));
		if (value && strcmp(value, now) != 0)
			deed_answer(r.question, value, make_deed(row, value));
	}
	buf_release(&line);
	buf_release(&about);
	return r;
}

static struct request
ask_value(struct settings *s, const json_t *row)
{
	const json_t *values = json_object_get(row, "values");
	struct buf line = BUF_INIT;
	struct request r;

	if (!is_open(row)) {
		context_say(s->base.view.ctx,
			    strcmp(args_text(row, "change"), "start") == 0
				    ? _("%s is changed on the host, in "
					"plein.conf, and counts after a "
					"restart.")
				    : _("%s is changed on the host, in "
					"plein.conf."),
			    args_text(row, "setting"));
		return request_of(REQUEST_NONE);
	}
	if (json_array_size(values))
		return ask_which(row, values);
	buf_printf(&line, _("%s is %s. What should it be?"),
		   args_text(row, "setting"), args_text(row, "value"));
	s->asking = row;
	r = request_text(REQUEST_FIELD, line.ptr);
	r.command = CMD_JUDGE;
	buf_release(&line);
	return r;
}

static struct request
ask_sure(const json_t *row, const char *value)
{
	struct buf line = BUF_INIT;
	struct request r;

	buf_printf(&line, _("Question: change %s from %s to %s?"),
		   args_text(row, "setting"), args_text(row, "value"), value);
	r = deed_ask(line.ptr, gettext(args_text(row, "means")));
	deed_answer(r.question, _("Yes, change it"), make_deed(row, value));
	buf_release(&line);
	return r;
}

static struct request
run(struct view *v, enum command cmd, const char *text)
{
	struct settings *s = settings_of(v);
	const json_t *row = s->asking;
	struct request r;
	size_t i;

	s->asking = NULL;
	if (cmd == CMD_JUDGE && row && text)
		return ask_sure(row, text);
	if (listview_run(v, cmd, text, &r))
		return r;
	if (cmd == CMD_RECORDS)
		return request_show(SCREEN_RECORDS, NULL);
	if (cmd == CMD_OPEN && listing_focus(&s->base.list, &i))
		return ask_value(s, json_array_get(s->rows, i));
	return r;
}

static bool
allows(const struct view *v, enum command cmd)
{
	(void)v;
	return cmd != CMD_FILTER && cmd != CMD_INVITE;
}

static const enum command *
bar(const struct view *v)
{
	static const enum command list[] = { CMD_OPEN, CMD_LOOK, CMD_RECORDS,
					     CMD_BACK, CMD_HOME, CMD_MENU,
					     CMD_HELP, CMD_N };

	(void)v;
	return list;
}

static void
name(const struct view *v, enum command cmd, struct buf *key, struct buf *word)
{
	(void)v;
	(void)key;
	if (cmd == CMD_OPEN)
		buf_str(word, _("Change"));
}

static void
destroy(struct view *v)
{
	struct settings *s = settings_of(v);

	listview_release(&s->base);
	json_decref(s->rows);
	free(s);
}

static const struct view_ops ops = {
	.place = PLACE_ADMIN,
	.is_ready = is_ready,
	.head = fill_head,
	.recalc = listview_recalc,
	.paint = listview_paint,
	.has_more = listview_has_more,
	.where = listview_where,
	.tell = listview_tell,
	.pick = listview_pick,
	.run = run,
	.allows = allows,
	.bar = bar,
	.name = name,
	.reload = reload,
	.free = destroy,
};

struct view *
settings_view_new(struct context *c, const json_t *args)
{
	static const struct listing_column columns[LISTING_COLUMNS] = {
		{ .at = 62, .width = 18, .from = 60 },
	};
	struct settings *s = mem_alloc(sizeof(*s));

	(void)args;
	listview_init(&s->base, &ops, c, columns);
	reload(&s->base.view);
	return &s->base.view;
}
