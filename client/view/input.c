/* input.c - see input.h. */
#include "view/input.h"

#include "base/command.h"
#include "plein/utf8.h"

void
input_init(struct input *in, const char *text, size_t max)
{
	buf_init(&in->text);
	buf_str(&in->text, text);
	in->pos = in->text.len;
	in->max = max;
}

void
input_release(struct input *in)
{
	buf_release(&in->text);
}

static void
insert(struct input *in, const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		char c = s[i] == '\n' || s[i] == '\t' ? ' ' : s[i];

		buf_insert(&in->text, in->pos + i, &c, 1);
	}
	in->pos += len;
}

/* Only as much of it as fits, in whole graphemes. */
static size_t
find_room(const struct input *in, const struct key *k)
{
	size_t room = in->max > in->text.len ? in->max - in->text.len : 0;
	size_t fits = 0;

	while (fits < k->len) {
		size_t next = utf8_next(k->text, k->len, fits);

		if (next > room)
			break;
		fits = next;
	}
	return fits;
}

static void
erase(struct input *in, size_t from, size_t to)
{
	buf_erase(&in->text, from, to - from);
	in->pos = from;
}

bool
input_key(struct input *in, const struct key *k)
{
	const struct buf *t = &in->text;

	if ((k->code == KEY_TEXT && !k->alt) || k->code == KEY_PASTE)
		insert(in, k->text, find_room(in, k));
	else if (k->code == KEY_BACK)
		erase(in, utf8_prev(t->ptr, t->len, in->pos), in->pos);
	else if (k->code == KEY_DELETE && in->pos < t->len)
		erase(in, in->pos, utf8_next(t->ptr, t->len, in->pos));
	else
		return k->code == KEY_DELETE;
	return true;
}

void
input_paste(struct input *in, const struct buf *text)
{
	const struct key paste = { .code = KEY_PASTE,
				   .text = text->ptr,
				   .len = text->len };

	insert(in, text->ptr, find_room(in, &paste));
}

bool
input_move(struct input *in, int cmd)
{
	const struct buf *t = &in->text;

	if (cmd == CMD_LEFT)
		in->pos = utf8_prev(t->ptr, t->len, in->pos);
	else if (cmd == CMD_RIGHT && in->pos < t->len)
		in->pos = utf8_next(t->ptr, t->len, in->pos);
	else if (cmd == CMD_LINE_START)
		in->pos = 0;
	else if (cmd == CMD_LINE_END)
		in->pos = t->len;
	else
		return cmd == CMD_RIGHT;
	return true;
}

void
input_paint(const struct input *in, struct canvas *c, int row, int col,
	    int width)
{
	const struct buf *t = &in->text;
	size_t from = 0;
	int room = width - 2;

	/* Scroll so that the cursor, behind its text, is inside. */
	while (utf8_width(t->ptr + from, in->pos - from) >= room)
		from = utf8_next(t->ptr, t->len, from);
	(void)canvas_text(c, row, col, 1, STYLE_PLAIN, "[");
	(void)canvas_text(c, row, col + width - 1, 1, STYLE_PLAIN, "]");
	(void)canvas_text(c, row, col + 1, room, STYLE_PLAIN, t->ptr + from);
	canvas_cursor(c, row,
		      col + 1 + utf8_width(t->ptr + from, in->pos - from));
}
