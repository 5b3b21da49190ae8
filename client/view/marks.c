/*
 * marks.c - see marks.h. Pieces of both wordings (plein/textrow.h) are
 * compared; what differs becomes ranges of bytes, and those are joined and
 * left out until they read well.
 */
#include "view/marks.h"

#include <stdlib.h>
#include <string.h>

#include "base/marked.h"
#include "plein/mem.h"
#include "plein/textdiff.h"
#include "plein/textrow.h"

#define LEAST_COMMON 4 /* less than a 4th of the letters: not the same text */

static bool
is_blank(char c)
{
	return c && strchr(" \t\r\n", c) != NULL;
}

static size_t
count_solid(const char *s, size_t len)
{
	size_t n = 0;

	for (size_t i = 0; i < len; i++)
		n += !is_blank(s[i]);
	return n;
}

/* --- finding --- */

static struct marks_range
mark_of_hunk(const struct textdiff_hunk *h, const struct textrow *was,
	     const struct textrow *is)
{
	return (struct marks_range){ was->at[h->a],
				     textrow_len(was, h->a, h->n_a),
				     is->at[h->b],
				     textrow_len(is, h->b, h->n_b) };
}

static bool
changes_blanks_only(const struct marks *m, const struct marks_range *one)
{
	return !count_solid(m->was + one->was, one->n_was) &&
	       !count_solid(m->is + one->is, one->n_is);
}

static bool
follows_closely(const struct marks *m, const struct marks_range *last,
		const struct marks_range *next)
{
	size_t from = last->is + last->n_is;

	return !count_solid(m->is + from, next->is - from) &&
	       !memchr(m->is + from, '\n', next->is - from);
}

static void
add_mark(struct marks *m, struct marks_range one)
{
	struct marks_range *last = m->n ? &m->list[m->n - 1] : NULL;

	if (changes_blanks_only(m, &one))
		return;
	if (last && follows_closely(m, last, &one)) {
		last->n_was = one.was + one.n_was - last->was;
		last->n_is = one.is + one.n_is - last->is;
		return;
	}
	m->list[m->n++] = one;
}

/* Little is left between the marks: then nobody can read around them. */
static bool
has_little_in_common(const struct marks *m)
{
	size_t was = count_solid(m->was, m->was_len);
	size_t is = count_solid(m->is, m->is_len), changed = 0;

	for (size_t i = 0; i < m->n; i++)
		changed += count_solid(m->is + m->list[i].is, m->list[i].n_is);
	return (is - changed) * LEAST_COMMON < (was < is ? was : is);
}

void
marks_find(struct marks *m, const char *was, size_t was_len, const char *is,
	   size_t is_len, long *effort)
{
	struct textrow rows[2];
	struct textdiff d;

	textrow_words(&rows[0], was, was_len);
	textrow_words(&rows[1], is, is_len);
	textdiff_make(&d, &rows[0], &rows[1], effort);
	*m = (struct marks){
		was, is, was_len, is_len, mem_array(d.n + 1, sizeof(*m->list)),
		0
	};
	for (size_t i = 0; i < d.n; i++)
		add_mark(m, mark_of_hunk(&d.hunks[i], &rows[0], &rows[1]));
	if (m->n && has_little_in_common(m)) {
		m->list[0] = (struct marks_range){ 0, was_len, 0, is_len };
		m->n = 1;
	}
	textdiff_release(&d);
	textrow_release(&rows[0]);
	textrow_release(&rows[1]);
}

void
marks_release(struct marks *m)
{
	free(m->list);
	memset(m, 0, sizeof(*m));
}

/* --- writing --- */

enum style
marks_style(char mark)
{
	if (mark == MARK_NEW || mark == MARK_NEW_SIGN)
		return STYLE_ADDED;
	return mark == MARK_BOTH ? STYLE_PLAIN : STYLE_REMOVED;
}

static void
add_marked(struct prose *out, const struct marked *m)
{
	size_t i = 0, from;

	while (i < m->text.len) {
		enum style style = marks_style(m->marks.ptr[i]);

		for (from = i; i < m->text.len; i++)
			if (marks_style(m->marks.ptr[i]) != style)
				break;
		prose_add(out, m->text.ptr + from, i - from, style, -1);
	}
}

void
marks_write(const struct marks *m, size_t first, size_t end, size_t from,
	    size_t to, struct prose *out)
{
	struct marked both;

	marked_init(&both);
	for (; first < end; first++) {
		const struct marks_range *one = &m->list[first];

		marked_add(&both, m->is + from, one->is - from, MARK_BOTH);
		marked_add_lines(&both, m->was + one->was, one->n_was,
				 MARK_GONE);
		marked_add_lines(&both, m->is + one->is, one->n_is, MARK_NEW);
		from = one->is + one->n_is;
	}
	marked_add(&both, m->is + from, to - from, MARK_BOTH);
	add_marked(out, &both);
	marked_release(&both);
}

void
marks_compare(struct prose *out, const char *was, size_t was_len,
	      const char *is, size_t is_len, long *effort)
{
	struct marks m;
	size_t len;

	marks_find(&m, was, was_len, is, is_len, effort);
	marks_write(&m, 0, m.n, 0, is_len, out);
	marks_release(&m);
	for (len = out->text.len; len && out->text.ptr[len - 1] == '\n';)
		len--;
	prose_cut(out, len);
}
