/*
 * seek.c - see seek.h. One line to type in, or two; what a line begins with
 * gives way to what is typed first.
 */
#include "view/seek.h"

#include <stdlib.h>

#include "plein/i18n.h"
#include "plein/mem.h"
#include "view/input.h"
#include "view/view.h"

#define SEEK_MAX 500 /* bytes */
#define LINE_COLS 78

enum line { LINE_SOUGHT, LINE_BY, LINES };

struct seek {
	struct view view;
	bool replace; /* two lines */
	bool only; /* one line, whatever happens */
	enum line at;
	struct input lines[LINES];
};

static struct seek *
seek_of(struct view *v)
{
	return (struct seek *)v;
}

static const struct seek *
const_seek(const struct view *v)
{
	return (const struct seek *)v;
}

static const char *
label_of(const struct seek *s, enum line line)
{
	if (line == LINE_BY)
		return _("Replace with");
	return s->replace ? _("Replace what?") : _("Find what?");
}

static int
height(const struct view *v, int rows)
{
	int want = const_seek(v)->replace ? 5 : 3;

	return rows < want ? rows : want;
}

static void
recalc(struct view *v, int rows, int cols)
{
	(void)v;
	(void)rows;
	(void)cols;
}

static void
paint_line(const struct seek *s, struct canvas *c, int row, enum line line)
{
	int width = canvas_cols(c) - 4;

	width = width < LINE_COLS ? width : LINE_COLS;
	(void)canvas_ellipsis(c, row, 0, canvas_cols(c), STYLE_HEADING,
			      label_of(s, line));
	input_paint(&s->lines[line], c, row + 1, 2, width);
}

static void
paint(const struct view *v, struct canvas *c, int top, int rows)
{
	const struct seek *s = const_seek(v);
	int row, col;

	if (s->replace && rows > 3)
		paint_line(s, c, top + 2, LINE_BY);
	canvas_get_cursor(c, &row, &col);
	paint_line(s, c, top, LINE_SOUGHT);
	if (s->at == LINE_BY && rows > 3)
		canvas_cursor(c, row, col);
}

static void
go_to_line(struct seek *s, enum line line)
{
	if (!s->replace || line == s->at)
		return;
	s->at = line;
	context_say(s->view.ctx, "%s", label_of(s, line));
}

static bool
take_key(struct view *v, const struct key *k, struct request *r)
{
	struct seek *s = seek_of(v);

	(void)r;
	if (k->code == KEY_TAB_ || k->code == KEY_BACKTAB) {
		go_to_line(s, s->at == LINE_BY ? LINE_SOUGHT : LINE_BY);
		return true;
	}
	if (k->code == KEY_UP_ || k->code == KEY_DOWN_ || k->code == KEY_RETURN)
		return false;
	return input_key(&s->lines[s->at], k, v->ctx);
}

static struct request
answer(const struct seek *s, enum command cmd)
{
	struct buf text = BUF_INIT;
	struct request r;

	if (!s->lines[LINE_SOUGHT].text.len)
		return request_of(REQUEST_BACK);
	buf_str(&text, s->lines[LINE_SOUGHT].text.ptr);
	if (cmd == CMD_REPLACE)
		buf_printf(&text, "\n%s", s->lines[LINE_BY].text.ptr);
	r = request_run(cmd, text.ptr);
	buf_release(&text);
	return r;
}

static struct request
enter(struct seek *s)
{
	if (!s->replace)
		return answer(s, CMD_FIND_NEXT);
	if (s->at == LINE_BY)
		return answer(s, CMD_REPLACE);
	go_to_line(s, LINE_BY);
	return request_of(REQUEST_NONE);
}

static struct request
run(struct view *v, enum command cmd, const char *text)
{
	struct seek *s = seek_of(v);

	(void)text;
	if (cmd == CMD_CANCEL)
		return request_of(REQUEST_BACK);
	if (cmd == CMD_SEEK)
		return enter(s);
	if (cmd == CMD_SEEK_BACK && !s->replace)
		return answer(s, CMD_FIND_PREVIOUS);
	if (cmd == CMD_SEEK_BACK)
		go_to_line(s, LINE_SOUGHT);
	else if (cmd == CMD_DOWN)
		go_to_line(s, LINE_BY);
	else if (cmd == CMD_SEEK_REPLACE && !s->only)
		s->replace = true;
	return request_of(REQUEST_NONE);
}

static bool
allows(const struct view *v, enum command cmd)
{
	const struct seek *s = const_seek(v);

	return cmd != CMD_SEEK_REPLACE || (!s->replace && !s->only);
}

static void
name(const struct view *v, enum command cmd, struct buf *key, struct buf *word)
{
	const struct seek *s = const_seek(v);

	(void)key;
	if (cmd == CMD_SEEK && s->replace)
		buf_str(word, s->at == LINE_BY ? _("Replace") : _("Next"));
	if (cmd == CMD_SEEK_BACK && !s->replace)
		buf_str(word, _("Find previous"));
}

static const enum command bar[] = { CMD_SEEK,	CMD_SEEK_BACK, CMD_SEEK_REPLACE,
				    CMD_CANCEL, CMD_HELP,      CMD_N };

static void
tell_where(const struct view *v, struct buf *out)
{
	const struct seek *s = const_seek(v);

	buf_str(out, label_of(s, s->at));
}

static void
destroy(struct view *v)
{
	struct seek *s = seek_of(v);

	for (int i = 0; i < LINES; i++)
		input_release(&s->lines[i]);
	free(s);
}

static const struct view_ops ops = {
	.place = PLACE_FIND,
	.height = height,
	.recalc = recalc,
	.paint = paint,
	.key = take_key,
	.run = run,
	.allows = allows,
	.name = name,
	.bar = bar,
	.where = tell_where,
	.free = destroy,
};

static void
fill_line(struct seek *s, enum line line, const char *text)
{
	input_init(&s->lines[line], text, SEEK_MAX);
	input_select_all(&s->lines[line]);
}

struct view *
seek_view_new(struct context *c, const json_t *args)
{
	struct seek *s = mem_alloc(sizeof(*s));

	s->view.ops = &ops;
	s->view.ctx = c;
	s->replace = json_is_true(json_object_get(args, "replace"));
	s->only = json_is_true(json_object_get(args, "only"));
	fill_line(s, LINE_SOUGHT, args_text(args, "sought"));
	fill_line(s, LINE_BY, args_text(args, "by"));
	return &s->view;
}
