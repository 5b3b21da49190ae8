/* mdline.c - see mdline.h. */
#include "plein/mdline.h"

#include <stdlib.h>
#include <string.h>

#include "plein/filter.h"
#include "plein/frontmatter.h"
#include "plein/mem.h"
#include "plein/utf8.h"

#define LEVEL_MAX 6

void
mdscan_begin(struct mdscan *m, const char *text, size_t len)
{
	size_t begin, end, body = 0;

	memset(m, 0, sizeof(*m));
	m->text = text;
	m->len = len;
	if (frontmatter_find(text, len, &begin, &end, &body))
		m->at = body;
}

/* The sign of a fence this line begins with, or '\0'. */
static char
find_fence(const char *s, size_t len)
{
	size_t blanks = 0;

	while (blanks < len && s[blanks] == ' ')
		blanks++;
	s += blanks;
	if (len - blanks < 3 || (*s != '`' && *s != '~'))
		return '\0';
	return s[1] == *s && s[2] == *s ? *s : '\0';
}

static void
read_heading(struct mdline *l)
{
	int level = 0;

	while ((size_t)level < l->len && l->s[level] == '#')
		level++;
	if (level == 0 || level > LEVEL_MAX ||
	    ((size_t)level < l->len && l->s[level] != ' '))
		return;
	l->level = level;
	l->s += level;
	l->len -= (size_t)level;
	while (l->len > 0 && *l->s == ' ') {
		l->s++;
		l->len--;
	}
}

bool
mdscan_next(struct mdscan *m, struct mdline *l)
{
	const char *newline;
	char fence;

	memset(l, 0, sizeof(*l));
	if (m->at >= m->len)
		return false;
	l->s = m->text + m->at;
	l->from = m->at;
	newline = memchr(l->s, '\n', m->len - m->at);
	l->len = newline ? (size_t)(newline - l->s) : m->len - m->at;
	m->at += l->len + (newline ? 1 : 0);
	l->to = m->at;
	while (l->len > 0 && strchr(" \t\r", l->s[l->len - 1]))
		l->len--;
	fence = find_fence(l->s, l->len);
	l->code = fence || m->fence;
	if (fence && (!m->fence || m->fence == fence))
		m->fence = m->fence ? '\0' : fence;
	if (!l->code)
		read_heading(l);
	return true;
}

bool
mdline_is_blank(const struct mdline *l)
{
	return l->len == 0 && l->level == 0;
}

bool
mdline_says(const struct mdline *l, const char *words)
{
	struct buf a = BUF_INIT, b = BUF_INIT;
	bool same;

	utf8_fold(&a, l->s, l->len);
	utf8_fold(&b, words, strlen(words));
	same = strcmp(a.ptr, b.ptr) == 0;
	buf_release(&a);
	buf_release(&b);
	return same;
}

bool
mdline_item(const struct mdline *l, const char **s, size_t *len)
{
	if (l->code || l->level || l->len < 2 || !strchr("-*+", l->s[0]) ||
	    l->s[1] != ' ')
		return false;
	*s = l->s + 2;
	*len = l->len - 2;
	while (*len > 0 && **s == ' ') {
		++*s;
		--*len;
	}
	return *len > 0;
}

/* --- tables --------------------------------------------------------------- */

static void
end_cell(struct buf *cell, struct vec *cells)
{
	char *s;

	while (cell->len > 0 && cell->ptr[cell->len - 1] == ' ')
		buf_erase(cell, cell->len - 1, 1);
	s = mem_strdup(cell->ptr + strspn(cell->ptr, " "));
	vec_push(cells, s);
	buf_reset(cell);
}

bool
mdline_cells(const struct mdline *l, struct vec *cells)
{
	struct buf cell = BUF_INIT;
	size_t i;

	if (l->code || l->level || l->len < 2 || l->s[0] != '|')
		return false;
	for (i = 1; i < l->len; i++) {
		if (l->s[i] == '\\' && i + 1 < l->len && l->s[i + 1] == '|')
			buf_char(&cell, l->s[++i]);
		else if (l->s[i] == '|')
			end_cell(&cell, cells);
		else
			buf_char(&cell, l->s[i]);
	}
	if (cell.len > 0)
		end_cell(&cell, cells);
	buf_release(&cell);
	return true;
}

void
mdline_row(struct buf *out, const char *const *cells, size_t n)
{
	const char *s;
	size_t i;

	for (i = 0; i < n; i++) {
		buf_str(out, "| ");
		for (s = cells[i] ? cells[i] : ""; *s; s++) {
			if (*s == '|')
				buf_char(out, '\\');
			buf_char(out, *s);
		}
		if (cells[i] && cells[i][0])
			buf_char(out, ' ');
	}
	buf_str(out, "|\n");
}

bool
mdline_fits(const char *words)
{
	size_t pos;

	return words[strspn(words, " ")] != '\0' && !strpbrk(words, "\n\r\t") &&
	       filter_accepts(words, strlen(words), &pos);
}

bool
mdline_fits_below(const char *words, int level)
{
	struct mdscan m = { .text = words, .len = strlen(words) };
	struct mdline l;
	bool says = false;
	size_t pos;

	while (mdscan_next(&m, &l)) {
		if (l.level > 0 && l.level <= level)
			return false;
		says = says || !mdline_is_blank(&l);
	}
	return says && !m.fence && filter_accepts(words, m.len, &pos);
}
