/*
 * worddiff.c - see worddiff.h. Each side is a text with a mark for every
 * byte: stays, changes, ends a line, or ends one that is empty. Both are read
 * at once; lines are broken as the later version breaks them.
 */
#include "base/worddiff.h"

#include <stdbool.h>
#include <string.h>

enum { STAYS = 's', CHANGES = 'c', ENDS = 'e', EMPTY = 'm', NOTHING = 0 };

struct side {
	enum mark mark; /* of what changes */
	struct buf text, marks;
	size_t pos;
};

static void
add_marked(struct side *s, const json_t *text, char mark)
{
	size_t len = json_string_length(text);

	if (len)
		buf_add(&s->text, json_string_value(text), len);
	for (size_t i = 0; i < len; i++)
		buf_char(&s->marks, mark);
}

static const char *
kind_of(const json_t *piece)
{
	const char *kind = json_string_value(json_object_get(piece, "kind"));

	return kind ? kind : " ";
}

static void
add_words(struct side *s, const json_t *words)
{
	const json_t *piece;
	size_t i;

	json_array_foreach(words, i, piece)
	{
		add_marked(s, json_object_get(piece, "text"),
			   *kind_of(piece) == ' ' ? STAYS : CHANGES);
	}
}

/* A line of which no words are known changes as a whole. */
static void
add_line(struct side *s, const json_t *line)
{
	const json_t *words = json_object_get(line, "words");
	size_t before = s->marks.len;

	if (words)
		add_words(s, words);
	else
		add_marked(s, json_object_get(line, "text"), CHANGES);
	buf_char(&s->text, '\n');
	buf_char(&s->marks, words || s->marks.len > before ? ENDS : EMPTY);
}

static char
mark_of(const struct side *s)
{
	return s->pos < s->marks.len ? s->marks.ptr[s->pos] : NOTHING;
}

static void
write_change(struct marked *out, struct side *s)
{
	size_t from = s->pos;

	while (mark_of(s) == CHANGES)
		s->pos++;
	marked_add_piece(out, s->text.ptr + from, s->pos - from, s->mark);
}

static void
end_line(struct marked *out)
{
	marked_add(out, "\n", 1, MARK_BOTH);
}

/* An empty line went or came. */
static void
write_empty(struct marked *out, struct side *s)
{
	s->pos++;
	marked_add_piece(out, "", 0, s->mark);
	end_line(out);
}

static bool
ends_with(const struct marked *out, enum mark mark)
{
	const struct buf *marks = &out->marks;

	return marks->len && marks->ptr[marks->len - 1] == (char)mark;
}

static bool
ends_line(const struct marked *out)
{
	return out->text.len && out->text.ptr[out->text.len - 1] == '\n';
}

/* Neither side changes here. */
static void
write_common(struct marked *out, struct side *was, struct side *is)
{
	char before = mark_of(was), after = mark_of(is);

	if (before == ENDS && after != ENDS) {
		was->pos++;
		if (ends_with(out, MARK_GONE_SIGN) || /* a line that went */
		    (after == NOTHING && !ends_line(out)))
			end_line(out);
		return;
	}
	if (after) {
		marked_add(out, is->text.ptr + is->pos, 1, MARK_BOTH);
		is->pos++;
	} else {
		marked_add(out, was->text.ptr + was->pos, 1, MARK_BOTH);
	}
	if (before && (before == after || !after))
		was->pos++;
}

static void
write_merged(struct marked *out, struct side *was, struct side *is)
{
	while (mark_of(was) || mark_of(is)) {
		if (mark_of(was) == CHANGES)
			write_change(out, was);
		else if (mark_of(was) == EMPTY)
			write_empty(out, was);
		else if (mark_of(is) == CHANGES)
			write_change(out, is);
		else if (mark_of(is) == EMPTY)
			write_empty(out, is);
		else
			write_common(out, was, is);
	}
}

/* Lines from i on of this kind, added to the side. */
static size_t
collect(struct side *s, const json_t *lines, size_t i, char kind)
{
	size_t n = 0;
	const json_t *line;

	while ((line = json_array_get(lines, i + n)) != NULL &&
	       *kind_of(line) == kind) {
		add_line(s, line);
		n++;
	}
	return n;
}

size_t
worddiff_place(struct marked *out, const json_t *lines, size_t i)
{
	struct side was = { MARK_GONE, BUF_INIT, BUF_INIT, 0 };
	struct side is = { MARK_NEW, BUF_INIT, BUF_INIT, 0 };
	size_t n = collect(&was, lines, i, '-');

	n += collect(&is, lines, i + n, '+');
	write_merged(out, &was, &is);
	buf_release(&was.text);
	buf_release(&was.marks);
	buf_release(&is.text);
	buf_release(&is.marks);
	return n;
}

void
worddiff_write(struct buf *out, const json_t *lines)
{
	struct marked text;
	const json_t *line;
	size_t i = 0, n;

	marked_init(&text);
	while ((line = json_array_get(lines, i)) != NULL) {
		const json_t *same = json_object_get(line, "text");

		n = worddiff_place(&text, lines, i);
		i += n ? n : 1;
		if (n)
			continue;
		marked_add(&text, json_string_value(same),
			   json_string_length(same), MARK_BOTH);
		end_line(&text);
	}
	buf_add(out, text.text.ptr, text.text.len);
	marked_release(&text);
}
