/*
 * settings.c - see settings.h. Enter asks for another value, and says what it
 * is now; what counts only from the next start on is changed on the host.
 */
#include "view/settings.h"

#include <string.h>

#include "plein/i18n.h"
#include "plein/mem.h"
#include "view/deed.h"
#include "view/listview.h"

struct settings {
	struct listview base; /* values are indexes of the rows */
	const json_t *asking; /* the row a value is typed for, or NULL */
};

static struct settings *
settings_of(struct view *v)
{
	return (struct settings *)v;
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
add_row(struct listview *s, size_t i, const json_t *row)
{
	const char *cells[LISTING_COLUMNS] = { NULL };
	struct buf line = BUF_INIT, about = BUF_INIT;

	buf_printf(&line, "%s = %s", args_text(row, "setting"),
		   args_text(row, "value"));
	cells[0] = name_change(row);
	listing_add(&s->list, i, line.ptr, cells);
	buf_str(&about, gettext(args_text(row, "means")));
	if (is_set(row) && *args_text(row, "normal"))
		buf_printf(&about, _(". Without a change: %s"),
			   args_text(row, "normal"));
	listing_detail(&s->list, about.ptr, 3);
	buf_release(&line);
	buf_release(&about);
}

static void
fill_list(struct view *v)
{
	settings_of(v)->asking = NULL;
	listview_fill(v, add_row, "");
}

static void
fill_head(const struct view *v, struct head *h)
{
	size_t n = feed_size(&((const struct listview *)v)->feed);

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

	s->asking = NULL;
	if (cmd == CMD_JUDGE && row && text)
		return ask_sure(row, text);
	if (listview_run(v, cmd, text, &r))
		return r;
	if (cmd == CMD_RECORDS)
		return request_show(SCREEN_RECORDS, NULL);
	row = listview_row(&s->base);
	return cmd == CMD_OPEN && row ? ask_value(s, row) : r;
}

static bool
allows(const struct view *v, enum command cmd)
{
	return listview_allows(v, cmd) && cmd != CMD_FILTER &&
	       cmd != CMD_INVITE;
}

static const enum command bar[] = { CMD_OPEN, CMD_LOOK, CMD_RECORDS, CMD_BACK,
				    CMD_HOME, CMD_MENU, CMD_HELP,    CMD_N };

static const struct view_word bar_words[] = {
	{ CMD_OPEN, N_("Change") },
	{ CMD_N, NULL },
};

static const struct view_ops ops = {
	LISTVIEW_ROWS,	    .place = PLACE_ADMIN,      .head = fill_head,
	.run = run,	    .allows = allows,	       .bar = bar,
	.words = bar_words, .reload = listview_reload, .free = listview_free,
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
	listview_feed(&s->base, "setting.list", NULL, fill_list);
	listview_reload(&s->base.view);
	return &s->base.view;
}
