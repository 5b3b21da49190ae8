/* inline_mark.c - see inline_mark.h. */
#include "layout/inline_mark.h"

#include <string.h>

#include "layout/footnote.h"

/* Where a byte of the text is in what md4c reads. */
static size_t
place_in_source(const struct maker *m, size_t at)
{
	struct buf kept = BUF_INIT;

	if (m->source_len == m->text->len)
		return at;
	footnote_keep(&kept, m->text->markdown, at);
	at = kept.len;
	buf_release(&kept);
	return at;
}

static bool
is_left(const struct maker *m)
{
	return m->text && m->next_mark < m->text->n_marks;
}

static void
find_next(struct maker *m)
{
	if (is_left(m))
		m->mark_at =
			place_in_source(m, m->text->marks[m->next_mark].at);
}

void
inline_mark_begin(struct maker *m, const struct layout_text *text,
		  const char *source, size_t len)
{
	m->text = text;
	m->source = source;
	m->source_len = len;
	m->seen = m->next_mark = 0;
	find_next(m);
}

static void
write_next(struct maker *m)
{
	const char *label = m->text->marks[m->next_mark].label;
	struct prose *p = maker_prose(m);

	if (p->text.len)
		prose_add(p, " ", 1, STYLE_PLAIN, -1);
	prose_add(p, label, strlen(label), STYLE_PLAIN,
		  LAYOUT_MARK((int)m->next_mark));
	m->next_mark++;
	find_next(m);
}

void
inline_mark_write(struct maker *m)
{
	while (is_left(m) && m->mark_at <= m->seen && !m->links &&
	       !m->heading && !m->code_block)
		write_next(m);
}

size_t
inline_mark_next(struct maker *m, const char *s, size_t len)
{
	size_t at;

	/* what an entity stands for, and the like, is not of the source */
	if (!is_left(m) || s < m->source || s >= m->source + m->source_len)
		return len;
	at = (size_t)(s - m->source);
	if (m->mark_at <= at) { /* behind signs that are not shown */
		m->seen = at;
		inline_mark_write(m);
	}
	if (m->mark_at > at && m->mark_at < at + len)
		len = m->mark_at - at;
	m->seen = at + len;
	return len;
}

void
inline_mark_end_block(struct maker *m)
{
	const char *at = m->source + m->seen, *end;

	if (!is_left(m) || m->seen > m->source_len)
		return;
	end = memchr(at, '\n', m->source_len - m->seen);
	m->seen = end ? (size_t)(end - m->source) : m->source_len;
	inline_mark_write(m);
}
