/*
 * since.c - see since.h. Lines of a page do not know which line of the text
 * they are of: the place is found by words that are new in it.
 */
#include "view/since.h"

#include <stdlib.h>
#include <string.h>

#include "base/marked.h"
#include "base/newsline.h"
#include "plein/i18n.h"
#include "plein/mem.h"
#include "view/naming.h"
#include "view/spots.h"
#include "view/talk.h"

#define WORDS_LEAST 3 /* bytes that are worth looking for */

struct request
since_open(const json_t *row, size_t left)
{
	if (newsline_is_said(row)) /* at the first that is new, of several */
		return talk_open(row, NULL);
	return request_show(
		SCREEN_PAGE,
		json_pack("{s:s, s:{s:I, s:s, s:I, s:b}}", "address",
			  args_text(row, "address"), "since", "from",
			  args_number(row, "from"), "handle",
			  args_text(row, "handle"), "left", (json_int_t)left,
			  "more", json_is_true(json_object_get(row, "more"))));
}

void
since_init(struct since *s, const json_t *args)
{
	const json_t *since = json_object_get(args, "since");

	memset(s, 0, sizeof(*s));
	if (!since)
		return;
	s->from = args_number(since, "from");
	s->handle = mem_strdup(args_text(since, "handle"));
	s->left = (size_t)args_number(since, "left");
	s->more = json_is_true(json_object_get(since, "more"));
}

void
since_release(struct since *s)
{
	free(s->handle);
	s->handle = NULL;
	json_decref(s->diff);
	s->diff = NULL;
}

/* Without an answer the page opens as any other. */
static void
take_diff(void *ctx, const struct rpc_msg *m)
{
	struct since *s = ctx;

	s->waiting = false;
	if (m->kind == RPC_RESULT)
		s->diff = json_incref(m->result);
}

void
since_ask(struct since *s, struct link *link, const char *address)
{
	link_forget(link, s);
	s->waiting = s->handle && s->from;
	if (s->waiting)
		(void)link_call(link, "page.diff",
				json_pack("{s:s, s:I, s:b}", "address", address,
					  "from", s->from, "words", 1),
				take_diff, s);
}

/* --- the words of a place --- */

/* What the later version has, without brackets. */
static void
take_later(struct marked *m, const struct marked *text)
{
	for (size_t i = 0; i < text->text.len; i++) {
		enum mark mark = (enum mark)text->marks.ptr[i];

		if (mark == MARK_BOTH || mark == MARK_NEW)
			marked_add(m, text->text.ptr + i, 1, mark);
	}
}

/* Bytes from i on that read on the page as they are written. */
static size_t
plain_length(const struct marked *m, size_t i)
{
	size_t n = 0;

	while (i + n < m->text.len &&
	       !strchr("[](){}*_`#|<>~\n\\", m->text.ptr[i + n]))
		n++;
	return n;
}

/* Behind the sign that ends such a stretch; where a link leads is not read. */
static size_t
skip_sign(const struct marked *m, size_t i)
{
	const char *at = m->text.ptr + i, *end;

	if (at[0] != ']' || at[1] != '(')
		return 1;
	end = strpbrk(at, ")\n");
	return end ? (size_t)(end - at) : 1;
}

static bool
has_mark(const struct marked *m, size_t from, size_t len, enum mark mark)
{
	return memchr(m->marks.ptr + from, mark, len) != NULL;
}

/* The first stretch of words with something new in it, else the longest;
 * yours, NULL when there is none. */
static char *
choose_words(const struct marked *text)
{
	size_t from = 0, len = 0;
	bool is_new = false;
	struct marked m;
	char *words = NULL;

	marked_init(&m);
	take_later(&m, text);
	for (size_t i = 0; i < m.text.len && !is_new;) {
		size_t n = plain_length(&m, i);

		is_new = n >= WORDS_LEAST && has_mark(&m, i, n, MARK_NEW);
		if (is_new || n > len) {
			from = i;
			len = n;
		}
		i += n ? n : skip_sign(&m, i);
	}
	if (len >= WORDS_LEAST)
		words = mem_strndup(m.text.ptr + from, len);
	marked_release(&m);
	return words;
}

/* --- saying it --- */

static void
go_to_place(const struct spot *spot, struct reading *r)
{
	char *words = choose_words(&spot->text);
	size_t n, all;

	if (words)
		(void)reader_find(&r->reader, words, 1, true, &n, &all);
	r->reader.hit = 0;
	free(words);
}

static void
tell_places(const struct since *s, const struct spots *spots, struct buf *out)
{
	size_t n = spots_in_text(spots);

	if (!n)
		buf_printf(out,
			   spots_size(spots)
				   ? _("Only properties changed since version "
				       "%lld.")
				   : _("The text is that of version %lld."),
			   (long long)s->from);
	else
		/* Translators: ..., "under Sources". */
		buf_printf(out,
			   _("Changed since version %lld: place 1 of %zu, %s."),
			   (long long)s->from, n, spots_at(spots, 0)->where);
}

static void
tell_change(const struct since *s, struct reading *r, struct context *c,
	    const json_t *page, struct buf *out)
{
	const json_t *text = json_object_get(page, "text");
	struct naming names;
	struct spots spots;

	naming_init(&names, c, args_text(page, "address"));
	spots_make(&spots, s->diff, json_string_value(text),
		   json_string_length(text), &names.wiki);
	naming_release(&names);
	if (spots_in_text(&spots))
		go_to_place(spots_at(&spots, 0), r);
	tell_places(s, &spots, out);
	spots_release(&spots);
}

static void
tell_left(const struct since *s, struct buf *line)
{
	if (s->more)
		buf_printf(line, _(" More than %zu others are unread."),
			   s->left);
	else if (s->left)
		buf_printf(line,
			   ngettext(" %zu more is unread.",
				    " %zu more are unread.", s->left),
			   s->left);
}

void
since_arrive(struct since *s, struct reading *r, struct context *c,
	     const json_t *page)
{
	struct buf line = BUF_INIT;

	if (!s->handle)
		return;
	if (s->diff)
		tell_change(s, r, c, page, &line);
	else if (!s->from)
		buf_printf(&line, _("New page, by %s."), s->handle);
	if (line.len) {
		tell_left(s, &line);
		context_say(c, "%s", line.ptr);
	}
	buf_release(&line);
	since_release(s);
}
