/* spots.c - see spots.h. */
#include "view/spots.h"

#include <stdlib.h>
#include <string.h>

#include "base/worddiff.h"
#include "plein/frontmatter.h"
#include "plein/i18n.h"
#include "plein/mem.h"
#include "plein/textrow.h"
#include "view/shown.h"
#include "view/where.h"

#define REWRITTEN 3 /* of what stands there this part, or less, is as before */

/* The later version, and what is made of it. */
struct work {
	struct spots *spots;
	const struct layout_wiki *wiki;
	struct spot *fields; /* or NULL; not in the list yet */
	struct textrow lines;
	struct where where; /* in them */
	size_t body_line; /* first line of the body, from 1 */
};

/* --- where --- */

/* Within a sentence, whatever a heading ends in. */
static void
find_place(struct work *w, struct spot *spot)
{
	struct buf where = BUF_INIT;

	where_tell(&w->where, &w->lines, spot->line ? spot->line - 1 : 0,
		   &where);
	while (where.len && strchr(".?!: ", where.ptr[where.len - 1]))
		buf_erase(&where, where.len - 1, 1);
	spot->where = buf_take(&where);
}

/* --- what --- */

static struct spot *
spot_new(void)
{
	struct spot *s = mem_alloc(sizeof(*s));

	marked_init(&s->text);
	return s;
}

static void
free_spot(void *item)
{
	struct spot *s = item;

	marked_release(&s->text);
	free(s->where);
	free(s);
}

static void
drop_line_end(struct marked *m)
{
	struct buf *t = &m->text;

	while (t->len && strchr("\n ", t->ptr[t->len - 1]) &&
	       m->marks.ptr[t->len - 1] == MARK_BOTH) {
		buf_erase(&m->marks, t->len - 1, 1);
		buf_erase(t, t->len - 1, 1);
	}
}

/* As the page shows it, unless it is code: that is shown as it is written. */
static void
show_spot(const struct work *w, struct spot *spot)
{
	struct marked shown;

	marked_init(&shown);
	spot->written =
		w->where.fenced ||
		!shown_make(&shown, &spot->text, spot->lines > 0, w->wiki);
	if (!spot->written) {
		marked_release(&spot->text);
		spot->text = shown;
	} else {
		marked_release(&shown);
	}
}

static void
add_spot(struct work *w, struct spot *spot)
{
	drop_line_end(&spot->text);
	find_place(w, spot);
	show_spot(w, spot);
	spot->gone = marked_words(&spot->text, MARK_GONE);
	spot->come = marked_words(&spot->text, MARK_NEW);
	vec_push(&w->spots->list, spot);
}

/* Signs of empty lines that went or came, and nothing else? */
static bool
is_blank_line(const struct marked *m, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		if (m->marks.ptr[i] != MARK_GONE_SIGN &&
		    m->marks.ptr[i] != MARK_NEW_SIGN &&
		    !strchr(" \t\n", m->text.ptr[i]))
			return false;
	return true;
}

/* Each sentence that differs; not the empty lines between them. */
static void
add_sentences(struct work *w, const struct marked *m, size_t line, size_t last)
{
	size_t from = 0;
	bool alone = is_blank_line(m, 0, m->text.len);

	while (from < m->text.len) {
		size_t to = marked_sentence(m, from);
		struct spot *spot;

		if (marked_differs(m, from, to) &&
		    (alone || !is_blank_line(m, from, to))) {
			spot = spot_new();
			marked_copy(&spot->text, m, from, to);
			spot->line = line;
			add_spot(w, spot);
		}
		if (m->text.ptr[to - 1] == '\n' && line < last)
			line++;
		from = to;
	}
}

/* --- a run of lines that differ --- */

static const char *
kind_of(const json_t *line)
{
	const char *kind = json_string_value(json_object_get(line, "kind"));

	return kind ? kind : " ";
}

static size_t
count_kind(const json_t *lines, size_t i, size_t n, char kind)
{
	size_t found = 0;

	for (size_t k = i; k < i + n; k++)
		found += *kind_of(json_array_get(lines, k)) == kind;
	return found;
}

/* Is hardly anything of it as it was? */
static bool
is_rewritten(const struct marked *m)
{
	size_t same = marked_words(m, MARK_BOTH);
	size_t gone = marked_words(m, MARK_GONE);
	size_t come = marked_words(m, MARK_NEW);
	size_t more = gone > come ? gone : come;

	return gone && come && same * (REWRITTEN - 1) <= more;
}

/* The lines as a whole: those that went, below them those that came. */
static void
add_whole(struct work *w, const json_t *lines, size_t i, size_t n, size_t line)
{
	struct spot *spot = spot_new();
	size_t gone = count_kind(lines, i, n, '-');

	for (size_t k = i; k < i + n; k++) {
		const json_t *text =
			json_object_get(json_array_get(lines, k), "text");

		marked_add_piece(&spot->text, json_string_value(text),
				 json_string_length(text),
				 k < i + gone ? MARK_GONE : MARK_NEW);
		marked_add(&spot->text, "\n", 1, MARK_BOTH);
	}
	spot->line = line;
	spot->lines = gone == n - gone ? gone : 0;
	add_spot(w, spot);
}

/* --- fields --- */

/* Without the signs of a list around a value. */
static void
add_value(struct marked *out, const char *s, size_t len, enum mark mark)
{
	while (len && strchr(", \t\n[\"", *s)) {
		s++;
		len--;
	}
	while (len && strchr(", \t\n]\"", s[len - 1]))
		len--;
	if (len)
		marked_add_piece(out, s, len, mark);
}

/* Bytes of one mark from i on, within the line. */
static size_t
run_length(const struct marked *m, size_t i, size_t end)
{
	size_t n = 1;

	while (i + n < end && m->marks.ptr[i + n] == m->marks.ptr[i])
		n++;
	return n;
}

/* The parts of a line that differ, behind the name of its field. */
static void
add_field(struct marked *out, const struct marked *m, size_t from, size_t end)
{
	const char *text = m->text.ptr;
	size_t i = from, name_end;

	while (i < end && m->marks.ptr[i] != MARK_BOTH &&
	       m->marks.ptr[i] != MARK_GONE && m->marks.ptr[i] != MARK_NEW)
		i++; /* the bracket of a line that came or went */
	for (name_end = i; name_end < end && text[name_end] != ':';)
		name_end++;
	if (name_end < end) {
		marked_add(out, text + i, name_end - i, MARK_BOTH);
		marked_add(out, " ", 1, MARK_BOTH);
		i = name_end + 1;
	}
	for (; i < end; i += run_length(m, i, end)) {
		char mark = m->marks.ptr[i];

		if (mark == MARK_GONE || mark == MARK_NEW)
			add_value(out, text + i, run_length(m, i, end),
				  (enum mark)mark);
	}
}

/* The line around the fields says nothing of them. */
static bool
is_fence(const struct marked *m, size_t from, size_t end)
{
	for (size_t i = from; i < end; i++)
		if (!strchr("-[]{}+", m->text.ptr[i]))
			return false;
	return true;
}

static size_t
line_end(const struct marked *m, size_t from)
{
	const char *s = m->text.ptr + from;
	const char *end = memchr(s, '\n', m->text.len - from);

	return end ? from + (size_t)(end - s) : m->text.len;
}

static void
add_fields(struct work *w, const struct marked *m)
{
	size_t from = 0;

	if (!w->fields) {
		w->fields = spot_new();
		w->fields->fields = true;
	}
	while (from < m->text.len) {
		size_t end = line_end(m, from);

		if (is_fence(m, from, end)) {
			from = end + 1;
			continue;
		}
		if (w->fields->text.text.len)
			marked_add(&w->fields->text, ", ", 2, MARK_BOTH);
		add_field(&w->fields->text, m, from, end);
		from = end + 1;
	}
}

/* --- all of it --- */

/* Lines that came, some of them fields and the others text: each apart. */
static size_t
add_divided(struct work *w, const json_t *lines, size_t i, size_t line)
{
	size_t n = w->body_line - line;
	json_t *fields = json_array();
	struct marked m;

	marked_init(&m);
	for (size_t k = i; k < i + n; k++)
		(void)json_array_append(fields, json_array_get(lines, k));
	(void)worddiff_place(&m, fields, 0);
	add_fields(w, &m);
	json_decref(fields);
	marked_release(&m);
	return n;
}

/* How many of them there are, when they do nothing but come. */
static size_t
count_new(const json_t *lines, size_t i)
{
	size_t n = 0;

	while (*kind_of(json_array_get(lines, i + n)) == '+')
		n++;
	return n;
}

/* Lines from i on that differ, which begin at `line` of the later version. */
static size_t
add_run(struct work *w, const json_t *lines, size_t i, size_t line)
{
	struct marked m;
	size_t n, come;

	if (line < w->body_line && line + count_new(lines, i) > w->body_line)
		return add_divided(w, lines, i, line);
	marked_init(&m);
	n = worddiff_place(&m, lines, i);
	come = count_kind(lines, i, n, '+');
	if (n && line < w->body_line)
		add_fields(w, &m);
	else if (n && is_rewritten(&m))
		add_whole(w, lines, i, n, line);
	else
		add_sentences(w, &m, line, come ? line + come - 1 : line);
	marked_release(&m);
	return n;
}

static void
add_hunk(struct work *w, const json_t *hunk)
{
	const json_t *lines = json_object_get(hunk, "lines");
	size_t i = 0, n;
	size_t line = (size_t)json_integer_value(
		json_array_get(json_object_get(hunk, "to"), 0));

	while (i < json_array_size(lines)) {
		n = add_run(w, lines, i, line);
		line += n ? count_kind(lines, i, n, '+') : 1;
		i += n ? n : 1;
	}
}

void
spots_make(struct spots *s, const json_t *diff, const char *text, size_t len,
	   const struct layout_wiki *wiki)
{
	struct work w = { .spots = s, .wiki = wiki, .body_line = 1 };
	const json_t *hunk;
	size_t begin, end, body, i;

	memset(s, 0, sizeof(*s));
	if (frontmatter_find(text, len, &begin, &end, &body))
		w.body_line = textrow_count_newlines(text, body) + 1;
	textrow_lines(&w.lines, text, len);
	where_init(&w.where);
	w.where.next = w.body_line - 1;
	json_array_foreach(json_object_get(diff, "hunks"), i, hunk)
	{
		add_hunk(&w, hunk);
	}
	if (w.fields)
		vec_push(&s->list, w.fields);
	where_release(&w.where);
	textrow_release(&w.lines);
}

void
spots_release(struct spots *s)
{
	vec_release(&s->list, free_spot);
}

size_t
spots_size(const struct spots *s)
{
	return s->list.len;
}

const struct spot *
spots_at(const struct spots *s, size_t i)
{
	return s->list.items[i];
}

size_t
spots_in_text(const struct spots *s)
{
	size_t n = s->list.len;

	return n && spots_at(s, n - 1)->fields ? n - 1 : n;
}

void
spots_words(const struct spots *s, size_t *gone, size_t *come)
{
	*gone = *come = 0;
	for (size_t i = 0; i < s->list.len; i++) {
		*gone += spots_at(s, i)->gone;
		*come += spots_at(s, i)->come;
	}
}

/* --- in words --- */

void
spots_tell_words(size_t gone, size_t come, struct buf *out)
{
	if (gone)
		buf_printf(
			out,
			ngettext("%zu word removed", "%zu words removed", gone),
			gone);
	if (gone && come)
		buf_str(out, ", ");
	if (come)
		buf_printf(out,
			   ngettext("%zu word added", "%zu words added", come),
			   come);
	if (!gone && !come)
		buf_str(out, _("no words, only signs"));
}

void
spots_tell_change(size_t n, size_t gone, size_t come, struct buf *out)
{
	buf_printf(out, ngettext("%zu place", "%zu places", n), n);
	buf_str(out, ", ");
	spots_tell_words(gone, come, out);
}

void
spot_what(const struct spot *s, struct buf *out)
{
	if (s->lines)
		buf_printf(out,
			   ngettext("%zu line replaced", "%zu lines replaced",
				    s->lines),
			   s->lines);
	else if (s->written && !s->gone && !s->come)
		buf_str(out, _("only the markup"));
	else
		spots_tell_words(s->gone, s->come, out);
}
