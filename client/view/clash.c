/*
 * clash.c - see clash.h. To finish, the lines of a place become what was
 * chosen in all three texts: nobody changed them then, and joining the texts
 * brings in the rest.
 */
#include "view/clash.h"

#include <stdlib.h>
#include <string.h>

#include "plein/frontmatter.h"
#include "plein/mem.h"
#include "plein/textdiff.h"
#include "plein/textrow.h"
#include "view/where.h"

/* --- finding the places --- */

static void
free_place(void *item)
{
	struct clash_place *p = item;

	for (int side = 0; side < DIFF3_N; side++)
		buf_release(&p->lines[side]);
	buf_release(&p->hand);
	buf_release(&p->before);
	buf_release(&p->after);
	free(p->where);
	free(p);
}

static size_t
count_field_lines(const struct buf *text)
{
	size_t begin, end, body;

	if (!frontmatter_find(text->ptr, text->len, &begin, &end, &body))
		return 0;
	return textrow_count_newlines(text->ptr, body);
}

/* --- the sentences that differ --- */

/* May a piece begin at byte k: is a line or a sentence behind us? */
static bool
begins_piece(const char *s, size_t k)
{
	if (k == 0 || s[k - 1] == '\n')
		return true;
	return k > 1 && s[k - 1] == ' ' && strchr(".!?", s[k - 2]) != NULL;
}

/* The same of an end: the newline or blank is not part of the piece. */
static bool
ends_piece(const char *s, size_t k)
{
	if (s[k] == '\n')
		return true;
	return k > 0 && s[k] == ' ' && strchr(".!?", s[k - 1]) != NULL;
}

static size_t
shortest(const struct clash_place *p)
{
	size_t len = p->lines[0].len;

	for (int side = 1; side < DIFF3_N; side++)
		if (p->lines[side].len < len)
			len = p->lines[side].len;
	return len;
}

/* Bytes from the beginning that all three share, up to a whole sentence. */
static size_t
find_before(const struct clash_place *p, size_t most)
{
	const struct buf *l = p->lines;
	size_t k = 0;

	while (k < most && l[0].ptr[k] == l[1].ptr[k] &&
	       l[0].ptr[k] == l[2].ptr[k])
		k++;
	while (!begins_piece(l[0].ptr, k))
		k--;
	return k;
}

/* And from the end. */
static size_t
find_after(const struct clash_place *p, size_t most)
{
	const struct buf *l = p->lines;
	size_t n = 0;

	while (n < most &&
	       l[0].ptr[l[0].len - n - 1] == l[1].ptr[l[1].len - n - 1] &&
	       l[0].ptr[l[0].len - n - 1] == l[2].ptr[l[2].len - n - 1])
		n++;
	/* the sign that ends the piece before it is shared as well */
	while (n && (n == most ? l[0].ptr[l[0].len - n] != '\n'
			       : !ends_piece(l[0].ptr, l[0].len - n)))
		n--;
	return n;
}

static void
trim_shared(struct clash_place *p)
{
	size_t most = shortest(p), from = find_before(p, most);
	size_t to = find_after(p, most - from);
	struct buf *yours = &p->lines[DIFF3_YOURS];

	buf_add(&p->before, yours->ptr, from);
	buf_add(&p->after, yours->ptr + yours->len - to, to);
	for (int side = 0; side < DIFF3_N; side++) {
		struct buf *l = &p->lines[side];

		buf_erase(l, l->len - to, to);
		buf_erase(l, 0, from);
	}
}

/* In the text without its fields, whose lines come first. */
static void
tell_where(struct clash_place *p, struct where *w,
	   const struct textrow rows[DIFF3_N], size_t above)
{
	struct buf where = BUF_INIT;
	size_t line = p->at.first[DIFF3_YOURS];

	if (line < above)
		return;
	if (!p->at.count[DIFF3_YOURS] && line > above)
		line--; /* you took it away: where the line before it is */
	w->next = w->next < above ? above : w->next;
	where_tell(w, &rows[DIFF3_YOURS], line, &where);
	p->where = buf_take(&where);
}

static void
add_place(struct clash *c, const struct diff3_clash *at, struct where *w,
	  const struct textrow rows[DIFF3_N])
{
	struct clash_place *p = mem_alloc(sizeof(*p));

	p->at = *at;
	buf_init(&p->hand);
	buf_init(&p->before);
	buf_init(&p->after);
	for (int side = 0; side < DIFF3_N; side++) {
		buf_init(&p->lines[side]);
		buf_add(&p->lines[side],
			textrow_ptr(&rows[side], at->first[side]),
			textrow_len(&rows[side], at->first[side],
				    at->count[side]));
	}
	tell_where(p, w, rows, count_field_lines(&c->texts[DIFF3_YOURS]));
	trim_shared(p);
	vec_push(&c->places, p);
}

static bool
is_at_place(const struct clash *c, const struct textdiff_hunk *h)
{
	for (size_t i = 0; i < c->places.len; i++) {
		const struct diff3_clash *at = &clash_at(c, i)->at;
		size_t from = at->first[DIFF3_BASE];

		if (h->a <= from + at->count[DIFF3_BASE] &&
		    h->a + h->n_a >= from)
			return true;
	}
	return false;
}

static void
count_joined(struct clash *c, const struct textrow rows[DIFF3_N])
{
	long effort = TEXTDIFF_EFFORT;
	struct textdiff d;

	textdiff_make(&d, &rows[DIFF3_BASE], &rows[DIFF3_SAVED], &effort);
	c->joined = 0;
	for (size_t i = 0; i < d.n; i++)
		c->joined += !is_at_place(c, &d.hunks[i]);
	textdiff_release(&d);
}

static void
take_places(struct clash *c, const struct diff3 *d)
{
	struct textrow rows[DIFF3_N];
	struct where w;

	vec_release(&c->places, free_place);
	memset(&c->places, 0, sizeof(c->places));
	where_init(&w);
	for (int side = 0; side < DIFF3_N; side++)
		textrow_lines(&rows[side], c->texts[side].ptr,
			      c->texts[side].len);
	for (size_t i = 0; i < d->n; i++)
		add_place(c, &d->clashes[i], &w, rows);
	count_joined(c, rows);
	for (int side = 0; side < DIFF3_N; side++)
		textrow_release(&rows[side]);
	where_release(&w);
}

static void
join(const struct buf texts[DIFF3_N], struct diff3 *out)
{
	struct merge_text all[DIFF3_N];

	for (int side = 0; side < DIFF3_N; side++)
		all[side] =
			(struct merge_text){ texts[side].ptr, texts[side].len };
	merge_page(out, all);
}

void
clash_init(struct clash *c, const struct merge_text texts[DIFF3_N])
{
	struct diff3 d = DIFF3_INIT;

	memset(c, 0, sizeof(*c));
	for (int side = 0; side < DIFF3_N; side++) {
		buf_init(&c->texts[side]);
		buf_add(&c->texts[side], texts[side].ptr, texts[side].len);
	}
	join(c->texts, &d);
	take_places(c, &d);
	diff3_release(&d);
}

void
clash_release(struct clash *c)
{
	for (int side = 0; side < DIFF3_N; side++)
		buf_release(&c->texts[side]);
	vec_release(&c->places, free_place);
}

struct clash_place *
clash_at(const struct clash *c, size_t i)
{
	return c->places.items[i];
}

/* Blanks and newlines at its end are no text. */
static bool
is_sentence(const struct buf *lines)
{
	size_t len = lines->len;

	while (len && strchr(" \n", lines->ptr[len - 1]))
		len--;
	for (size_t k = 1; k < len; k++)
		if (begins_piece(lines->ptr, k))
			return false;
	return !len || strchr(".!?", lines->ptr[len - 1]);
}

bool
clash_is_sentence(const struct clash_place *p)
{
	for (int side = 0; side < DIFF3_N; side++)
		if (!is_sentence(&p->lines[side]))
			return false;
	return p->where && p->lines[DIFF3_BASE].len;
}

/* --- choosing --- */

size_t
clash_count_open(const struct clash *c)
{
	size_t n = 0;

	for (size_t i = 0; i < c->places.len; i++)
		n += clash_at(c, i)->choice == CLASH_OPEN;
	return n;
}

bool
clash_find_open(const struct clash *c, size_t *i)
{
	for (size_t k = 1; k <= c->places.len; k++) {
		size_t at = (*i + k) % c->places.len;

		if (clash_at(c, at)->choice != CLASH_OPEN)
			continue;
		*i = at;
		return true;
	}
	return false;
}

void
clash_choose(struct clash *c, size_t i, enum clash_choice choice)
{
	clash_at(c, i)->choice = choice;
}

void
clash_word(struct clash *c, size_t i, const char *s, size_t len)
{
	struct clash_place *p = clash_at(c, i);

	buf_reset(&p->hand);
	buf_add(&p->hand, s, len);
	p->worded = true;
}

static void
end_line(struct buf *out, size_t from)
{
	if (out->len > from && out->ptr[out->len - 1] != '\n')
		buf_char(out, '\n');
}

/* Does it go on with a list, a heading, a table, not with prose? */
static bool
is_marked(const struct buf *lines)
{
	return lines->len && strchr("-*+#>|0123456789", *lines->ptr) != NULL;
}

/* Sentences of one paragraph go on behind each other, lines below. */
static const char *
find_between(const struct clash_place *p)
{
	if (!p->lines[DIFF3_YOURS].len || !p->lines[DIFF3_SAVED].len)
		return "";
	if ((p->before.len && p->before.ptr[p->before.len - 1] == ' ') ||
	    (p->after.len && *p->after.ptr == ' '))
		return " ";
	return is_marked(&p->lines[DIFF3_SAVED]) ? "\n" : "\n\n";
}

static void
add_both(struct buf *out, const struct clash_place *p)
{
	const struct buf *yours = &p->lines[DIFF3_YOURS];
	size_t len = yours->len;

	while (len && yours->ptr[len - 1] == '\n')
		len--;
	buf_add(out, yours->ptr, len);
	buf_str(out, find_between(p));
	buf_add(out, p->lines[DIFF3_SAVED].ptr, p->lines[DIFF3_SAVED].len);
}

void
clash_propose(const struct clash *c, size_t i, struct buf *out)
{
	const struct clash_place *p = clash_at(c, i);

	if (p->worded)
		buf_add(out, p->hand.ptr, p->hand.len);
	else
		add_both(out, p);
}

/* A wording that waits is no choice, but must not get lost either. */
static enum clash_choice
choice_of(const struct clash_place *p)
{
	return p->choice == CLASH_OPEN && p->worded ? CLASH_HAND : p->choice;
}

static void
add_content(struct buf *out, const struct clash_place *p)
{
	switch (choice_of(p)) {
	case CLASH_HAND:
		buf_add(out, p->hand.ptr, p->hand.len);
		break;
	case CLASH_SAVED:
		buf_add(out, p->lines[DIFF3_SAVED].ptr,
			p->lines[DIFF3_SAVED].len);
		break;
	case CLASH_BOTH:
		add_both(out, p);
		break;
	case CLASH_OPEN:
	case CLASH_YOURS:
		buf_add(out, p->lines[DIFF3_YOURS].ptr,
			p->lines[DIFF3_YOURS].len);
		break;
	}
}

static void
add_chosen(struct buf *out, const struct clash_place *p)
{
	size_t from = out->len;

	buf_add(out, p->before.ptr, p->before.len);
	add_content(out, p);
	while (p->after.len && out->len > from &&
	       out->ptr[out->len - 1] == '\n')
		buf_erase(out, out->len - 1, 1);
	buf_add(out, p->after.ptr, p->after.len);
}

/* --- the text that comes of it --- */

/* Lines [line, end) behind what is there, which then ends as a line does. */
static void
add_lines(struct buf *out, const struct textrow *rows, size_t line, size_t end)
{
	if (line < end)
		end_line(out, 0);
	buf_add(out, textrow_ptr(rows, line),
		textrow_len(rows, line, end - line));
}

/* The text of a side with what is chosen in place of the places from … to-1,
 * from behind the place before them up to the one after them. */
static void
write_part(const struct clash *c, int side, size_t from, size_t to,
	   struct buf *out)
{
	struct textrow rows;
	size_t line = 0, end;

	textrow_lines(&rows, c->texts[side].ptr, c->texts[side].len);
	end = rows.n;
	if (from > 0)
		line = clash_at(c, from - 1)->at.first[side] +
		       clash_at(c, from - 1)->at.count[side];
	if (to < c->places.len)
		end = clash_at(c, to)->at.first[side];
	for (size_t i = from; i < to; i++) {
		const struct diff3_clash *at = &clash_at(c, i)->at;

		add_lines(out, &rows, line, at->first[side]);
		end_line(out, 0);
		add_chosen(out, clash_at(c, i));
		line = at->first[side] + at->count[side];
	}
	add_lines(out, &rows, line, end);
	textrow_release(&rows);
}

void
clash_mine(const struct clash *c, struct buf *out)
{
	write_part(c, DIFF3_YOURS, 0, c->places.len, out);
}

void
clash_mine_around(const struct clash *c, size_t i, struct buf *before,
		  struct buf *after)
{
	const struct clash_place *p = clash_at(c, i);

	write_part(c, DIFF3_YOURS, 0, i, before);
	buf_add(before, p->before.ptr, p->before.len);
	buf_add(after, p->after.ptr, p->after.len);
	write_part(c, DIFF3_YOURS, i + 1, c->places.len, after);
	if (!p->after.len && after->len)
		buf_insert(after, 0, "\n", 1);
}

bool
clash_finish(struct clash *c, struct buf *out)
{
	struct buf texts[DIFF3_N];
	struct diff3 d = DIFF3_INIT;
	bool done;

	for (int side = 0; side < DIFF3_N; side++) {
		buf_init(&texts[side]);
		write_part(c, side, 0, c->places.len, &texts[side]);
	}
	join(texts, &d);
	done = d.n == 0;
	if (done)
		buf_add(out, d.text.ptr, d.text.len);
	for (int side = 0; side < DIFF3_N; side++) {
		buf_release(&c->texts[side]);
		c->texts[side] = texts[side];
	}
	take_places(c, &d);
	diff3_release(&d);
	return done;
}
