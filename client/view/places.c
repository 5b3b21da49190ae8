/*
 * places.c - see places.h. Lines are compared first, then the words of the
 * lines that replace each other; one sentence is one place. Fields are
 * compared apart from the text, and come last.
 */
#include "view/places.h"

#include <stdlib.h>
#include <string.h>

#include "base/marked.h"
#include "layout/lines.h"
#include "plein/buf.h"
#include "plein/frontmatter.h"
#include "plein/i18n.h"
#include "plein/mem.h"
#include "plein/textdiff.h"
#include "plein/textrow.h"
#include "view/marks.h"
#include "view/where.h"

#define CONTEXT 68 /* bytes shown before and after a change */
#define MEASURE 76 /* columns of a passage at most */

/* Comparing one text, without fields, or the fields. */
struct search {
	struct places *places;
	struct textrow was, is; /* lines */
	struct where where; /* in `is` */
	bool fields;
	long effort;
};

/* --- one place --- */

static bool
is_full(const struct search *s)
{
	if (s->places->list.len < PLACES_MAX)
		return false;
	s->places->more++;
	return true;
}

static void
count_words(struct places *p, struct changed_place *one, const struct marks *m,
	    size_t first, size_t end)
{
	for (; first < end; first++) {
		const struct marks_range *k = &m->list[first];

		one->added += marked_count(m->is + k->is, k->n_is);
		one->removed += marked_count(m->was + k->was, k->n_was);
	}
	p->added += one->added;
	p->removed += one->removed;
}

/* From where on the text before the mark is shown. */
static size_t
find_from(const struct marks *m, size_t i)
{
	size_t at = m->list[i].is, from = at;
	size_t least = i ? m->list[i - 1].is + m->list[i - 1].n_is : 0;

	while (from > least && m->is[from - 1] != '\n' && at - from < CONTEXT)
		from--;
	if (from == 0 || m->is[from - 1] == '\n')
		return from;
	while (from < at && m->is[from] != ' ')
		from++;
	return from + (from < at);
}

static size_t
find_to(const struct marks *m, size_t last)
{
	size_t at = m->list[last].is + m->list[last].n_is, to = at;
	size_t most = last + 1 < m->n ? m->list[last + 1].is : m->is_len;

	while (to < most && m->is[to] != '\n' && to - at < CONTEXT)
		to++;
	if (to == m->is_len || m->is[to] == '\n')
		return to;
	while (to > at && m->is[to] != ' ')
		to--;
	return to;
}

static void
write_dots(struct prose *out)
{
	prose_add(out, "...", 3, STYLE_PLAIN, -1);
}

static void
write_passage(const struct marks *m, size_t first, size_t end,
	      struct prose *out)
{
	size_t from = find_from(m, first), to = find_to(m, end - 1);
	size_t len;

	if (from && m->is[from - 1] != '\n')
		write_dots(out);
	marks_write(m, first, end, from, to, out);
	if (to < m->is_len && m->is[to] != '\n' && to > 0 &&
	    m->is[to - 1] != '\n')
		write_dots(out);
	for (len = out->text.len; len && out->text.ptr[len - 1] == '\n';)
		len--;
	prose_cut(out, len);
}

static struct changed_place *
add_place(struct search *s, size_t line)
{
	struct changed_place *one = mem_alloc(sizeof(*one));
	struct buf where = BUF_INIT;

	prose_init(&one->passage);
	one->line = line;
	if (!s->fields) {
		where_tell(&s->where, &s->is, line, &where);
		one->where = buf_take(&where);
		s->places->n_text++;
	}
	vec_push(&s->places->list, one);
	return one;
}

/* What went was where the line before it is. */
static size_t
find_line(const struct search *s, const struct marks *m, size_t first,
	  size_t line)
{
	if (!m->is_len)
		return line ? line - 1 : 0;
	line += textrow_count_newlines(m->is, m->list[first].is);
	while (line + 1 < s->is.n && where_is_blank(&s->is, line))
		line++;
	return line;
}

static void
add_marked(struct search *s, const struct marks *m, size_t first, size_t end,
	   size_t line)
{
	struct changed_place *one;

	if (is_full(s))
		return;
	one = add_place(s, find_line(s, m, first, line));
	write_passage(m, first, end, &one->passage);
	count_words(s->places, one, m, first, end);
}

/* --- lines that differ --- */

/* A sentence or a line ends in it, or it is long. */
static bool
stands_between(const char *s, size_t len)
{
	if (len > 2 * CONTEXT || memchr(s, '\n', len))
		return true;
	for (size_t i = 0; i + 1 < len; i++)
		if (s[i + 1] == ' ' && strchr(".!?", s[i]) && s[i])
			return true;
	return false;
}

/* Marks from `first` on that are one place: the end of them. */
static size_t
find_end(const struct marks *m, size_t first)
{
	size_t end = first + 1;

	for (; end < m->n; end++) {
		size_t from = m->list[end - 1].is + m->list[end - 1].n_is;

		if (stands_between(m->is + from, m->list[end].is - from))
			break;
	}
	return end;
}

/* Lines that only came or went, or others between the words of both. */
static void
find_marks(struct search *s, const struct textdiff_hunk *h, struct marks *m)
{
	size_t was = textrow_len(&s->was, h->a, h->n_a);
	size_t is = textrow_len(&s->is, h->b, h->n_b);

	marks_find(m, textrow_ptr(&s->was, h->a), was,
		   textrow_ptr(&s->is, h->b), is, &s->effort);
}

static void
add_hunk(struct search *s, const struct textdiff_hunk *h)
{
	struct marks m;
	size_t end;

	find_marks(s, h, &m);
	for (size_t first = 0; first < m.n; first = end) {
		end = find_end(&m, first);
		add_marked(s, &m, first, end, h->b);
	}
	if (!m.n && !is_full(s)) {
		const char *only = _("(only blanks or line ends)");

		prose_add(&add_place(s, h->b)->passage, only, strlen(only),
			  STYLE_PLAIN, -1);
	}
	marks_release(&m);
}

static void
compare(struct places *p, bool fields, const char *was, size_t was_len,
	const char *is, size_t is_len)
{
	struct search s = { .places = p,
			    .fields = fields,
			    .effort = TEXTDIFF_EFFORT };
	struct textdiff d;

	textrow_lines(&s.was, was, was_len);
	textrow_lines(&s.is, is, is_len);
	where_init(&s.where);
	textdiff_make(&d, &s.was, &s.is, &s.effort);
	for (size_t i = 0; i < d.n; i++)
		add_hunk(&s, &d.hunks[i]);
	where_release(&s.where);
	textdiff_release(&d);
	textrow_release(&s.was);
	textrow_release(&s.is);
}

/* Where the fields are, and where the text begins. */
struct halves {
	size_t begin, end, body;
};

static struct halves
split(const char *text, size_t len)
{
	struct halves h = { 0, 0, 0 };

	if (!frontmatter_find(text, len, &h.begin, &h.end, &h.body))
		memset(&h, 0, sizeof(h));
	return h;
}

void
places_find(struct places *p, const char *was, size_t was_len, const char *is,
	    size_t is_len)
{
	struct halves a = split(was, was_len), b = split(is, is_len);

	memset(p, 0, sizeof(*p));
	compare(p, false, was + a.body, was_len - a.body, is + b.body,
		is_len - b.body);
	compare(p, true, was + a.begin, a.end - a.begin, is + b.begin,
		b.end - b.begin);
}

static void
free_place(void *item)
{
	struct changed_place *one = item;

	prose_release(&one->passage);
	free(one->where);
	free(one);
}

void
places_release(struct places *p)
{
	vec_release(&p->list, free_place);
	memset(p, 0, sizeof(*p));
}

const struct changed_place *
places_at(const struct places *p, size_t i)
{
	return p->list.items[i];
}

/* --- in words --- */

static void
tell_words(size_t added, size_t removed, struct buf *out)
{
	if (added)
		buf_printf(out,
			   ngettext("%zu word added", "%zu words added", added),
			   added);
	if (added && removed)
		buf_str(out, ", ");
	if (removed)
		buf_printf(out,
			   ngettext("%zu word taken away",
				    "%zu words taken away", removed),
			   removed);
}

void
places_sum(const struct places *p, struct buf *out)
{
	size_t n = p->list.len + p->more;

	if (!n) {
		buf_str(out, _("Nothing was changed."));
		return;
	}
	buf_printf(out, ngettext("%zu place changed", "%zu places changed", n),
		   n);
	if (p->added || p->removed)
		buf_str(out, ": ");
	tell_words(p->added, p->removed, out);
	buf_char(out, '.');
}

void
places_head(const struct places *p, size_t i, struct buf *out)
{
	const struct changed_place *one = places_at(p, i);

	if (!one->where) {
		buf_str(out, _("Properties"));
		return;
	}
	buf_printf(out, _("Place %zu of %zu, %s"), i + 1,
		   p->n_text + (p->n_text < PLACES_MAX ? 0 : p->more),
		   one->where);
}

void
places_count(const struct changed_place *one, struct buf *out)
{
	if (one->added || one->removed)
		buf_str(out, ", ");
	tell_words(one->added, one->removed, out);
}

/* --- as lines --- */

static void
add_line(struct lines *l, int heading, const char *text)
{
	lines_begin(l, heading, false);
	(void)lines_add_text(l, 0, heading ? STYLE_HEADING : STYLE_PLAIN, text,
			     strlen(text));
}

static void
add_more(struct lines *l, size_t more)
{
	struct buf line = BUF_INIT;

	if (!more)
		return;
	buf_printf(&line,
		   ngettext("and %zu more place", "and %zu more places", more),
		   more);
	lines_blank(l);
	add_line(l, 0, line.ptr);
	buf_release(&line);
}

void
places_layout(const struct places *p, int cols, struct layout *out)
{
	static const struct margins margins = { .first = 2, .rest = 2 };
	int right = cols - 2 < MEASURE + 2 ? cols - 2 : MEASURE + 2;
	struct buf head = BUF_INIT;
	struct lines l;

	lines_init(&l, right);
	if (!p->list.len) {
		places_sum(p, &head);
		add_line(&l, 0, head.ptr);
	}
	for (size_t i = 0; i < p->list.len; i++) {
		const struct prose *passage = &places_at(p, i)->passage;

		buf_reset(&head);
		places_head(p, i, &head);
		lines_blank(&l);
		add_line(&l, 1, head.ptr);
		lines_wrap(&l, passage, 0, passage->text.len, &margins);
	}
	add_more(&l, p->more);
	lines_take(&l, out);
	buf_release(&head);
}
