/*
 * messages.c - see messages.h. A message takes as many lines as it needs: on
 * line 23 it may have been cut off.
 */
#include "view/messages.h"

#include <stdlib.h>
#include <string.h>

#include "base/sentence.h"
#include "plein/i18n.h"
#include "plein/mem.h"
#include "plein/wordwrap.h"
#include "view/listview.h"

#define TIME_COLS 25 /* and the blank before it, in a wide window */
#define TIME_FROM 60
#define LINES_MAX 20 /* of one message */

struct messages {
	struct listview base; /* values are indexes, the newest first */
	int cols; /* the items were made for, 0: not yet */
};

static struct messages *
messages_of(struct view *v)
{
	return (struct messages *)v;
}

static void
tell_time(const struct said_line *line, struct buf *out)
{
	sentence_moment(out, line->when);
}

/* The first line has the time beside it, the others stand below. */
static void
add_message(struct messages *m, size_t i, const struct said_line *line)
{
	int width = m->cols - 3 - (m->cols >= TIME_FROM ? TIME_COLS : 0);
	size_t len = strlen(line->text),
	       n = wordwrap_next(line->text, len, width);
	const char *cells[LISTING_COLUMNS] = { NULL };
	char *first;
	struct buf when = BUF_INIT;

	while (n && line->text[n - 1] == ' ')
		n--;
	first = mem_strndup(line->text, n);
	tell_time(line, &when);
	cells[0] = when.ptr;
	listing_add(&m->base.list, i, first, cells);
	if (n < len)
		listing_detail(&m->base.list,
			       line->text + n + strspn(line->text + n, " "),
			       LINES_MAX);
	buf_release(&when);
	free(first);
}

static void
fill_list(struct messages *m)
{
	const struct said *said = &m->base.view.ctx->told_before;
	const struct said_line *line;

	listing_clear(&m->base.list);
	for (size_t i = 0; (line = said_at(said, i)) != NULL; i++)
		add_message(m, i, line);
	if (!said_at(said, 0))
		listing_say(&m->base.list, _("There were no messages yet."));
}

static void
recalc(struct view *v, int rows, int cols)
{
	struct messages *m = messages_of(v);

	if (m->cols != cols) {
		m->cols = cols;
		fill_list(m);
	}
	listview_recalc(v, rows, cols);
}

static void
fill_head(const struct view *v, struct head *h)
{
	(void)v;
	buf_str(&h->title, _("Messages"));
	buf_str(&h->place, _("What the line below said, the newest first."));
}

/* Whole, whatever the width. */
static void
tell(const struct view *v, struct telling *t)
{
	const struct said_line *line;
	struct buf text = BUF_INIT;

	for (size_t i = 0; (line = said_at(&v->ctx->told_before, i)); i++) {
		buf_reset(&text);
		tell_time(line, &text);
		buf_printf(&text, ": %s", line->text);
		telling_add(t, TELLING_TEXT, text.ptr, 0);
	}
	if (!said_at(&v->ctx->told_before, 0))
		telling_add(t, TELLING_TEXT, _("There were no messages yet."),
			    0);
	buf_release(&text);
}

static struct request
run(struct view *v, enum command cmd, const char *text)
{
	struct request r;

	(void)listview_run(v, cmd, text, &r);
	return r;
}

static bool
allows(const struct view *v, enum command cmd)
{
	return cmd != CMD_OPEN && listview_allows(v, cmd);
}

static const enum command bar[] = { CMD_NEXT_ITEM, CMD_LOOK, CMD_BACK, CMD_HOME,
				    CMD_MENU,	   CMD_HELP, CMD_N };

static void
destroy(struct view *v)
{
	listview_release(&messages_of(v)->base);
	free(v);
}

static const struct view_ops ops = {
	.place = PLACE_PAGES,
	.head = fill_head,
	.recalc = recalc,
	.paint = listview_paint,
	.has_more = listview_has_more,
	.run = run,
	.allows = allows,
	.bar = bar,
	.where = listview_where,
	.tell = tell,
	.free = destroy,
};

struct view *
messages_view_new(struct context *c, const json_t *args)
{
	static const struct listing_column columns[LISTING_COLUMNS] = {
		{ .at = 55, .width = 24, .right = true, .from = TIME_FROM },
	};
	struct messages *m = mem_alloc(sizeof(*m));

	(void)args;
	listview_init(&m->base, &ops, c, columns);
	return &m->base.view;
}
