/* field.c - see field.h. */
#include "view/field.h"

#include <stdlib.h>
#include <string.h>

#include "plein/mem.h"
#include "view/input.h"
#include "view/view.h"

#define FIELD_MAX 500 /* bytes */
#define KEYS_MAX 32000 /* of public keys that are pasted */

struct field {
	struct view view;
	char *question;
	enum command command;
	bool hidden; /* nobody may read it */
	struct input input;
};

static struct field *
field_of(struct view *v)
{
	return (struct field *)v;
}

static const struct field *
const_field(const struct view *v)
{
	return (const struct field *)v;
}

static int
height(const struct view *v, int rows)
{
	(void)v;
	return rows < 3 ? rows : 3;
}

static void
recalc(struct view *v, int rows, int cols)
{
	(void)v;
	(void)rows;
	(void)cols;
}

/* A star for each byte: how many there are is all that is seen. */
static void
paint_stars(const struct field *f, struct canvas *c, int row, int width)
{
	int room = width - 3, n = (int)f->input.text.len;

	if (n > room)
		n = room;
	(void)canvas_text(c, row, 2, 1, STYLE_PLAIN, "[");
	for (int i = 0; i < n; i++)
		(void)canvas_text(c, row, 3 + i, 1, STYLE_PLAIN, "*");
	(void)canvas_text(c, row, 1 + width, 1, STYLE_PLAIN, "]");
	canvas_cursor(c, row, 3 + n);
}

static void
paint(const struct view *v, struct canvas *c, int top, int rows)
{
	const struct field *f = const_field(v);
	int width = canvas_cols(c) - 4;

	(void)rows;
	(void)canvas_ellipsis(c, top, 0, canvas_cols(c), STYLE_HEADING,
			      f->question);
	width = width < 78 ? width : 78;
	if (f->hidden)
		paint_stars(f, c, top + 1, width);
	else
		input_paint(&f->input, c, top + 1, 2, width);
}

static bool
take_key(struct view *v, const struct key *k, struct request *r)
{
	(void)r;
	if (field_of(v)->hidden && k->code != KEY_TEXT &&
	    k->code != KEY_PASTE && k->code != KEY_BACK)
		return false; /* nothing is copied out of it */
	return input_key(&field_of(v)->input, k, v->ctx);
}

static struct request
run(struct view *v, enum command cmd, const char *text)
{
	struct field *f = field_of(v);

	(void)text;
	if (cmd == CMD_CANCEL || (cmd == CMD_GO && !f->input.text.len))
		return request_of(REQUEST_BACK);
	if (cmd == CMD_GO)
		return request_run(f->command, f->input.text.ptr);
	return request_of(REQUEST_NONE);
}

static const enum command bar[] = { CMD_GO, CMD_CANCEL, CMD_HELP, CMD_N };

static void
tell_where(const struct view *v, struct buf *out)
{
	buf_str(out, const_field(v)->question);
}

static void
destroy(struct view *v)
{
	struct field *f = field_of(v);

	if (f->hidden)
		explicit_bzero(f->input.text.ptr, f->input.text.len);
	input_release(&f->input);
	free(f->question);
	free(f);
}

static const struct view_ops ops = {
	.place = PLACE_FIELD,
	.height = height,
	.recalc = recalc,
	.paint = paint,
	.key = take_key,
	.run = run,
	.bar = bar,
	.where = tell_where,
	.free = destroy,
};

struct view *
field_view_new(struct context *c, const char *question, enum command command)
{
	struct field *f = mem_alloc(sizeof(*f));

	f->view.ops = &ops;
	f->view.ctx = c;
	f->question = mem_strdup(question);
	f->command = command;
	f->hidden =
		command == CMD_PASSWORD_TYPED || command == CMD_PASSWORD_AGAIN;
	input_init(&f->input, "",
		   command == CMD_KEY_ADD ? KEYS_MAX : FIELD_MAX);
	return &f->view;
}
