/*
 * shown.c - both versions of the place are laid out, a line a paragraph, and
 * the words of that are compared.
 */
#include "view/shown.h"

#include <string.h>

#include "plein/textdiff.h"
#include "view/marks.h"

/* The place in one version. */
struct side {
	struct buf written;
	struct layout layout;
	struct buf text; /* as read */
};

static void
open_side(struct side *s, const struct marked *both, enum mark without,
	  const struct layout_wiki *wiki)
{
	struct marked side;

	marked_init(&side);
	buf_init(&s->written);
	buf_init(&s->text);
	marked_side(&side, both, without);
	for (size_t i = 0; i < side.text.len; i++)
		if (side.marks.ptr[i] != MARK_GONE_SIGN &&
		    side.marks.ptr[i] != MARK_NEW_SIGN)
			buf_char(&s->written, side.text.ptr[i]);
	layout_make(&s->layout, s->written.ptr, s->written.len,
		    LAYOUT_UNWRAPPED, wiki);
	marked_release(&side);
}

static void
close_side(struct side *s)
{
	buf_release(&s->written);
	layout_release(&s->layout);
	buf_release(&s->text);
}

/* --- links --- */

/* Up to its path: what is shown of an address outside, behind its words. */
static size_t
host_len(const char *target)
{
	const char *host = strstr(target, "//");

	return host ? (size_t)(host + 2 - target) + strcspn(host + 2, "/?#")
		    : 0;
}

/* Do they read alike? */
static bool
are_alike(const struct layout_link *a, const struct layout_link *b)
{
	size_t len = host_len(a->target);

	return strcmp(a->label, b->label) == 0 && len == host_len(b->target) &&
	       memcmp(a->target, b->target, len) == 0;
}

/* Does the other version have these words lead elsewhere, and never here? */
static bool
leads_elsewhere(const struct layout_link *link, const struct layout *other)
{
	bool found = false;

	for (size_t i = 0; i < other->n_links; i++) {
		if (!are_alike(&other->links[i], link))
			continue;
		if (strcmp(other->links[i].target, link->target) == 0)
			return false;
		found = true;
	}
	return found;
}

/* A "[[x]]" without its brackets. */
static void
add_address(struct buf *out, const char *target)
{
	size_t len = strlen(target);

	if (len > 4 && strncmp(target, "[[", 2) == 0)
		buf_printf(out, " (%.*s)", (int)(len - 4), target + 2);
	else
		buf_printf(out, " (%s)", target);
}

/* --- the text --- */

static void
add_blanks(struct buf *out, int n)
{
	for (; n > 0; n--)
		buf_char(out, ' ');
}

static void
add_line(struct side *s, const struct layout_line *line,
	 const struct layout *other)
{
	int col = line->heading ? 0 : LAYOUT_INDENT;

	for (unsigned i = 0; i < line->n_spans; i++) {
		const struct layout_span *span = &line->spans[i];
		int next = i + 1 < line->n_spans ? span[1].link : -1;

		add_blanks(&s->text, span->col - col);
		buf_add(&s->text, s->layout.text + span->text, span->len);
		col = span->col + span->width;
		if (span->link >= 0 && span->link != next &&
		    leads_elsewhere(&s->layout.links[span->link], other))
			add_address(&s->text,
				    s->layout.links[span->link].target);
	}
}

static void
read_side(struct side *s, const struct layout *other)
{
	for (size_t i = 0; i < s->layout.n_lines; i++) {
		if (s->layout.lines[i].blank)
			continue;
		if (s->text.len)
			buf_char(&s->text, '\n');
		add_line(s, &s->layout.lines[i], other);
	}
}

/* Is something written there that nobody reads? */
static bool
is_unseen(const struct side *s)
{
	return !s->text.len &&
	       strspn(s->written.ptr, " \t\r\n") < s->written.len;
}

/* --- both --- */

static void
add_whole(struct marked *out, const struct side *was, const struct side *is)
{
	marked_add_lines(out, was->text.ptr, was->text.len, MARK_GONE);
	if (was->text.len && is->text.len)
		marked_add(out, "\n", 1, MARK_BOTH);
	marked_add_lines(out, is->text.ptr, is->text.len, MARK_NEW);
}

static void
add_words(struct marked *out, const struct side *was, const struct side *is)
{
	long effort = TEXTDIFF_EFFORT;
	struct marks m;
	size_t at = 0;

	marks_find(&m, was->text.ptr, was->text.len, is->text.ptr, is->text.len,
		   &effort);
	for (size_t i = 0; i < m.n; i++) {
		const struct marks_range *k = &m.list[i];

		marked_add(out, m.is + at, k->is - at, MARK_BOTH);
		marked_add_lines(out, m.was + k->was, k->n_was, MARK_GONE);
		marked_add_lines(out, m.is + k->is, k->n_is, MARK_NEW);
		at = k->is + k->n_is;
	}
	marked_add(out, m.is + at, m.is_len - at, MARK_BOTH);
	marks_release(&m);
}

bool
shown_make(struct marked *out, const struct marked *written, bool whole,
	   const struct layout_wiki *wiki)
{
	struct side was, is;
	bool seen;

	open_side(&was, written, MARK_NEW, wiki);
	open_side(&is, written, MARK_GONE, wiki);
	read_side(&was, &is.layout);
	read_side(&is, &was.layout);
	seen = strcmp(was.text.ptr, is.text.ptr) != 0 && !is_unseen(&was) &&
	       !is_unseen(&is);
	if (seen && whole)
		add_whole(out, &was, &is);
	else if (seen)
		add_words(out, &was, &is);
	close_side(&was);
	close_side(&is);
	return seen;
}
