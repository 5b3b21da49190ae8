/*
 * find.c - each line is folded grapheme by grapheme, with a map from each
 * folded byte back to the grapheme it comes from. Plain ASCII, nearly all of
 * a page, goes byte by byte.
 */
#include "edit/find.h"

#include <string.h>

#include "plein/buf.h"
#include "plein/utf8.h"

/* A line as it is sought in. */
struct folded {
	struct buf line, bytes;
	struct buf map; /* size_t: where in the line each byte comes from */
};

struct seeker {
	const struct text *text;
	struct buf sought; /* folded */
	struct folded folded;
	find_place *place;
	void *ctx;
	size_t n;
};

static void
fold_byte(struct folded *f, size_t pos)
{
	char c = f->line.ptr[pos];

	buf_char(&f->bytes, c >= 'A' && c <= 'Z' ? (char)(c + 32) : c);
	buf_add(&f->map, &pos, sizeof(pos));
}

static void
fold_grapheme(struct folded *f, size_t pos, size_t next)
{
	size_t before = f->bytes.len;

	utf8_fold(&f->bytes, f->line.ptr + pos, next - pos);
	for (; before < f->bytes.len; before++)
		buf_add(&f->map, &pos, sizeof(pos));
}

static void
fold_line(struct folded *f)
{
	size_t len = f->line.len, pos = 0, plain, next;

	buf_reset(&f->bytes);
	buf_reset(&f->map);
	while (pos < len) {
		plain = utf8_plain(f->line.ptr + pos, len - pos);
		/* A mark may follow the last one. */
		for (plain += pos; pos + 1 < plain; pos++)
			fold_byte(f, pos);
		next = utf8_next(f->line.ptr, len, pos);
		fold_grapheme(f, pos, next);
		pos = next;
	}
}

static size_t
origin_of(const struct folded *f, size_t at)
{
	size_t pos;

	memcpy(&pos, f->map.ptr + at * sizeof(pos), sizeof(pos));
	return pos;
}

/* Does a grapheme begin with this folded byte? */
static bool
begins(const struct folded *f, size_t at)
{
	return at == 0 || origin_of(f, at) != origin_of(f, at - 1);
}

static void
seek_in_line(struct seeker *s, size_t start)
{
	struct folded *f = &s->folded;
	size_t at = 0, len = s->sought.len;
	const char *hit;

	fold_line(f);
	while (at < f->bytes.len &&
	       (hit = memmem(f->bytes.ptr + at, f->bytes.len - at,
			     s->sought.ptr, len)) != NULL) {
		size_t last;

		at = (size_t)(hit - f->bytes.ptr);
		if (!begins(f, at)) {
			at++;
			continue;
		}
		last = origin_of(f, at + len - 1);
		if (s->place)
			s->place(s->ctx,
				 (struct span){ start + origin_of(f, at),
						start + utf8_next(f->line.ptr,
								  f->line.len,
								  last) });
		s->n++;
		at += len;
		while (at < f->bytes.len && origin_of(f, at) == last)
			at++; /* the rest of a letter that is two, as ß */
	}
}

static void
seek(struct seeker *s)
{
	size_t len = text_len(s->text), start = 0;
	struct buf all = BUF_INIT;

	text_copy(s->text, 0, len, &all);
	while (start < len && s->sought.len) {
		const char *line = all.ptr + start;
		const char *end = memchr(line, '\n', len - start);
		size_t n = end ? (size_t)(end - line) : len - start;

		buf_reset(&s->folded.line);
		buf_add(&s->folded.line, line, n);
		seek_in_line(s, start);
		start += n + 1;
	}
	buf_release(&all);
}

size_t
find_all(const struct text *t, const char *sought, find_place *place, void *ctx)
{
	struct seeker s = { .text = t, .place = place, .ctx = ctx };

	buf_init(&s.folded.line);
	buf_init(&s.folded.bytes);
	buf_init(&s.folded.map);
	buf_init(&s.sought);
	buf_str(&s.folded.line, sought);
	fold_line(&s.folded);
	buf_add(&s.sought, s.folded.bytes.ptr, s.folded.bytes.len);
	seek(&s);
	buf_release(&s.sought);
	buf_release(&s.folded.line);
	buf_release(&s.folded.bytes);
	buf_release(&s.folded.map);
	return s.n;
}

/* --- around a place --- */

struct around {
	struct found *found;
	size_t pos;
	struct span first, last;
};

static void
note_place(void *ctx, struct span place)
{
	struct around *a = ctx;
	struct found *f = a->found;

	if (f->n++ == 0)
		a->first = place;
	a->last = place;
	if (place.from < a->pos) {
		f->previous = place;
		f->previous_number = f->n;
	} else if (f->next_number == 0) {
		f->next = place;
		f->next_number = f->n;
	}
}

void
find_around(const struct text *t, const char *sought, size_t pos,
	    struct found *out)
{
	struct around a = { .found = out, .pos = pos };

	memset(out, 0, sizeof(*out));
	(void)find_all(t, sought, note_place, &a);
	if (out->n == 0)
		return;
	out->next_wraps = out->next_number == 0;
	if (out->next_wraps) {
		out->next = a.first;
		out->next_number = 1;
	}
	out->previous_wraps = out->previous_number == 0;
	if (out->previous_wraps) {
		out->previous = a.last;
		out->previous_number = out->n;
	}
}

/* --- replacing --- */

struct replacing {
	const struct text *text;
	const char *by;
	struct buf *out;
	size_t done; /* bytes of the text that are in `out` */
	size_t number; /* of the place, from 1 */
	size_t first, n, all; /* the places to replace: n from `first` on */
};

static void
replace_place(void *ctx, struct span place)
{
	struct replacing *r = ctx;
	size_t turn; /* which it is, counted from `first`, from 0 */

	r->number++;
	turn = r->number >= r->first ? r->number - r->first
				     : r->number + r->all - r->first;
	if (turn >= r->n)
		return;
	text_copy(r->text, r->done, place.from - r->done, r->out);
	buf_str(r->out, r->by);
	r->done = place.to;
}

void
find_replace(const struct text *t, const char *sought, const char *by,
	     size_t pos, size_t n, struct buf *out)
{
	struct replacing r = { .text = t, .by = by, .out = out, .n = n };
	struct found found;

	find_around(t, sought, pos, &found);
	r.first = found.next_number;
	r.all = found.n;
	(void)find_all(t, sought, replace_place, &r);
	text_copy(t, r.done, text_len(t) - r.done, out);
}
