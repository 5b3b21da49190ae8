/* progress.c - see progress.h. */
#include "plein/progress.h"

#include <stdlib.h>
#include <string.h>

#include "plein/mdline.h"
#include "plein/mem.h"
#include "plein/path.h"
#include "plein/utf8.h"

static const char *const words[PROGRESS_STAGES] = {
	[PROGRESS_NOT_BEGUN] = "nog niet begonnen",
	[PROGRESS_EXPLORING] = "verkennen",
	[PROGRESS_UNDER_WAY] = "in uitvoering",
	[PROGRESS_DONE] = "gerealiseerd",
};

const char *
progress_word(enum progress_stage stage)
{
	return words[stage];
}

bool
progress_of_word(const char *word, enum progress_stage *stage)
{
	struct buf fold = BUF_INIT;
	bool found = false;
	size_t i;

	utf8_fold(&fold, word, strlen(word));
	for (i = 0; i < fold.len; i++)
		if (fold.ptr[i] == '-')
			fold.ptr[i] = ' ';
	for (i = 0; i < PROGRESS_STAGES && !found; i++)
		if (strcmp(fold.ptr, words[i]) == 0) {
			*stage = (enum progress_stage)i;
			found = true;
		}
	buf_release(&fold);
	return found;
}

void
progress_free(void *item)
{
	struct progress *p = item;

	if (!p)
		return;
	free(p->theme);
	free(p->offers);
	free(p->needs);
	free(p);
}

/* `## [[themas/x]]`; NULL: another heading. */
static char *
read_theme(const struct mdline *l)
{
	if (l->level != 2 || l->len <= 4 || strncmp(l->s, "[[", 2) != 0 ||
	    strncmp(l->s + l->len - 2, "]]", 2) != 0)
		return NULL;
	return mem_strndup(l->s + 2, l->len - 4);
}

/* What stands behind `label: `, or NULL; for free(). */
static char *
read_value(const char *s, size_t len, const char *label)
{
	size_t n = strlen(label);

	if (len < n + 1 || strncmp(s, label, n) != 0 || s[n] != ':')
		return NULL;
	for (n++; n < len && s[n] == ' ';)
		n++;
	return n < len ? mem_strndup(s + n, len - n) : NULL;
}

static void
take(char **to, char *value_take)
{
	if (!value_take)
		return;
	free(*to);
	*to = value_take;
}

static void
read_item(struct progress *p, const char *s, size_t len)
{
	char *stage = read_value(s, len, "Stand");
	char *since = read_value(s, len, "Sinds");

	if (stage)
		(void)progress_of_word(stage, &p->stage); /* else as it was */
	if (since)
		(void)daytext_read(since, strlen(since), p->since);
	take(&p->offers, read_value(s, len, "Biedt"));
	take(&p->needs, read_value(s, len, "Vraagt"));
	free(stage);
	free(since);
}

/* What a heading begins: NULL when it names no theme. */
static struct progress *
begin_theme(struct vec *out, const struct mdline *heading)
{
	char *theme = read_theme(heading);
	struct progress *p;

	if (!theme)
		return NULL;
	p = mem_alloc(sizeof(*p));
	p->theme = theme;
	vec_push(out, p);
	return p;
}

void
progress_read(struct vec *out, const char *text, size_t len)
{
	struct progress *p = NULL;
	struct mdscan m;
	struct mdline l;
	const char *s;
	size_t n;

	mdscan_begin(&m, text, len);
	while (mdscan_next(&m, &l)) {
		if (l.level > 0 && l.level <= 2)
			p = begin_theme(out, &l);
		else if (p && mdline_item(&l, &s, &n))
			read_item(p, s, n);
	}
}

/* Bytes of the items of this theme; false when it has no heading yet. */
static bool
find_items(const struct buf *text, const char *theme, size_t *from, size_t *to)
{
	bool found = false, in = false;
	struct mdscan m;
	struct mdline l;
	const char *s;
	char *own;
	size_t n;

	mdscan_begin(&m, text->ptr, text->len);
	while (mdscan_next(&m, &l)) {
		if (l.level > 0 && l.level <= 2) {
			own = read_theme(&l);
			in = !found && own && strcmp(own, theme) == 0;
			found = found || in;
			if (in)
				*from = *to = l.to;
			free(own);
		} else if (in && mdline_item(&l, &s, &n)) {
			*to = l.to;
		} else if (in && !mdline_is_blank(&l)) {
			in = false; /* what people wrote below it stays */
		}
	}
	return found;
}

static void
add_item(struct buf *out, const char *label, const char *value)
{
	if (value && value[0])
		buf_printf(out, "- %s: %s\n", label, value);
}

void
progress_put(struct buf *text, const struct progress *p)
{
	struct buf items = BUF_INIT;
	size_t from, to;

	if (text->len > 0 && text->ptr[text->len - 1] != '\n')
		buf_char(text, '\n');
	from = to = text->len;
	if (find_items(text, p->theme, &from, &to))
		buf_erase(text, from, to - from);
	else
		buf_printf(&items, "\n## [[%s]]\n", p->theme);
	buf_char(&items, '\n');
	add_item(&items, "Stand", words[p->stage]);
	add_item(&items, "Biedt", p->offers);
	add_item(&items, "Vraagt", p->needs);
	add_item(&items, "Sinds", p->since);
	buf_insert(text, from, items.ptr, items.len);
	buf_release(&items);
}

void
progress_slug(struct buf *out, const char *organisation)
{
	static const char word[] = "gemeente-";
	size_t at = out->len;

	slug_from_title(out, organisation);
	if (strncmp(out->ptr + at, word, strlen(word)) == 0)
		buf_erase(out, at, strlen(word));
}
