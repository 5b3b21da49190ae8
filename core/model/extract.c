/*
 * extract.c - see extract.h. Tables are not asked for: md4c fills up short
 * rows, so that a few bytes could unfold to a great many cells.
 */
#include "plein/extract.h"

#include <md4c.h>
#include <stdlib.h>
#include <string.h>

#include "plein/mem.h"
#include "plein/reference.h"

#define AROUND 70 /* bytes of a passage before and after the label */
#define LINKS_MAX 10000

struct reading {
	struct extract *x;
	const char *from;
	struct extract_link *open; /* the outermost link we are in, or NULL */
	int depth; /* links we are in */
};

static void
free_link(void *item)
{
	struct extract_link *l = item;

	free(l->target);
	free(l);
}

void
extract_release(struct extract *x)
{
	buf_release(&x->text);
	vec_release(&x->links, free_link);
}

static int
enter_block(MD_BLOCKTYPE type, void *detail, void *ctx)
{
	(void)type;
	(void)detail;
	(void)ctx;
	return 0;
}

static int
leave_block(MD_BLOCKTYPE type, void *detail, void *ctx)
{
	struct reading *r = ctx;
	struct buf *text = &r->x->text;

	(void)type;
	(void)detail;
	if (text->len > 0 && text->ptr[text->len - 1] != '\n')
		buf_char(text, '\n');
	return 0;
}

/* The target within the wiki, or NULL. */
static char *
find_target(const char *from, const struct buf *written, bool *loose)
{
	struct buf address = BUF_INIT;

	*loose = strncmp(written->ptr, "[[", 2) == 0 &&
		 !strchr(written->ptr, '/');
	if (reference_resolve(&address, from, written->ptr) && address.len > 0)
		return buf_take(&address);
	buf_release(&address);
	return NULL;
}

static void
begin_link(struct reading *r, const MD_ATTRIBUTE *to, bool wiki)
{
	struct buf written = BUF_INIT;
	struct extract_link *l;
	char *target;
	bool loose;

	if (r->depth++ > 0 || r->x->links.len >= LINKS_MAX)
		return;
	buf_str(&written, wiki ? "[[" : "");
	buf_add(&written, to->text, to->size);
	buf_str(&written, wiki ? "]]" : "");
	target = find_target(r->from, &written, &loose);
	buf_release(&written);
	if (!target)
		return;
	l = mem_alloc(sizeof(*l));
	l->target = target;
	l->loose = loose;
	l->at = r->x->text.len;
	vec_push(&r->x->links, l);
	r->open = l;
}

static int
enter_span(MD_SPANTYPE type, void *detail, void *ctx)
{
	if (type == MD_SPAN_A)
		begin_link(ctx, &((MD_SPAN_A_DETAIL *)detail)->href, false);
	else if (type == MD_SPAN_WIKILINK)
		begin_link(ctx, &((MD_SPAN_WIKILINK_DETAIL *)detail)->target,
			   true);
	return 0;
}

static int
leave_span(MD_SPANTYPE type, void *detail, void *ctx)
{
	struct reading *r = ctx;

	(void)detail;
	if (type != MD_SPAN_A && type != MD_SPAN_WIKILINK)
		return 0;
	/* md4c may end a link that it never began: ![]([[)]] */
	if (r->depth == 0 || --r->depth > 0)
		return 0;
	if (r->open)
		r->open->len = r->x->text.len - r->open->at;
	r->open = NULL;
	return 0;
}

static int
add_text(MD_TEXTTYPE type, const MD_CHAR *s, MD_SIZE len, void *ctx)
{
	struct reading *r = ctx;

	if (type == MD_TEXT_HTML)
		return 0;
	if (type == MD_TEXT_BR || type == MD_TEXT_SOFTBR)
		buf_char(&r->x->text, ' ');
	else
		buf_add(&r->x->text, s, len);
	return 0;
}

void
extract_read(struct extract *x, const char *from, const char *markdown,
	     size_t len)
{
	MD_PARSER parser = {
		.flags = MD_FLAG_WIKILINKS | MD_FLAG_TASKLISTS,
		.enter_block = enter_block,
		.leave_block = leave_block,
		.enter_span = enter_span,
		.leave_span = leave_span,
		.text = add_text,
	};
	struct reading r = { x, from, NULL, 0 };
	/* md4c 0.4.8 looks at the byte behind the text */
	char *copy = mem_strndup(markdown, len);

	buf_init(&x->text);
	memset(&x->links, 0, sizeof(x->links));
	(void)md_parse(copy, (MD_SIZE)len, &parser, &r); /* callbacks give 0 */
	free(copy);
}

/* From a byte back or on, to the edge of a character and of the block. */
static size_t
find_begin(const struct buf *text, size_t at)
{
	size_t from = at > AROUND ? at - AROUND : 0, i;

	for (i = at; i > from && text->ptr[i - 1] != '\n'; i--)
		;
	while (i > 0 && i < at && text->ptr[i - 1] != '\n' &&
	       text->ptr[i - 1] != ' ')
		i++;
	return i;
}

static size_t
find_end(const struct buf *text, size_t at)
{
	size_t to = at + AROUND < text->len ? at + AROUND : text->len, i;

	for (i = at; i < to && text->ptr[i] != '\n'; i++)
		;
	while (i > at && i < text->len && text->ptr[i] != '\n' &&
	       text->ptr[i] != ' ')
		i--;
	return i;
}

void
extract_passage(struct buf *out, const struct extract *x,
		const struct extract_link *link)
{
	const struct buf *text = &x->text;
	size_t end = link->at + link->len;
	size_t from = find_begin(text, link->at), to = find_end(text, end);

	if (from > 0 && text->ptr[from - 1] != '\n')
		buf_str(out, "...");
	buf_add(out, text->ptr + from, link->at - from);
	buf_char(out, '[');
	buf_add(out, text->ptr + link->at, link->len);
	buf_char(out, ']');
	buf_add(out, text->ptr + end, to - end);
	if (to < text->len && text->ptr[to] != '\n')
		buf_str(out, "...");
}
