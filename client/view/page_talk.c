/*
 * page_talk.c - see page_impl.h. Which passage a new discussion is about is
 * chosen from the sentences of the reading line.
 */
#include "view/page_impl.h"

#include <stdlib.h>
#include <string.h>

#include "plein/anchor.h"
#include "plein/i18n.h"
#include "plein/remark.h"
#include "plein/utf8.h"
#include "view/following.h"
#include "view/naming.h"
#include "view/passage.h"
#include "view/talk.h"

#define CHOICE_COLS 60 /* of a passage that can be chosen */

/* --- opening --- */

/* The one on the reading line, else all of them. */
static struct request
discuss(struct page *p)
{
	const json_t *row =
		talks_row(&p->talks, reader_mark(&p->reading.reader));

	p->discussed = true;
	if (row && talks_is_alone(&p->talks, row))
		return talk_open(row, NULL);
	return request_show(SCREEN_THREADS,
			    json_pack("{s:s, s:O*}", "address", p->address,
				      "thread",
				      json_object_get(row, "thread")));
}

/* A link on the line comes first. */
static struct request
follow(struct page *p)
{
	if (!reader_link_here(&p->reading.reader) &&
	    reader_mark(&p->reading.reader) >= 0)
		return discuss(p);
	return following_open(&p->reading, p->view.ctx, p->address);
}

/* --- beginning --- */

static size_t
body_at(const struct page *p)
{
	return (size_t)(p->body - page_text(p, "text"));
}

/* Which of those alike in the page it is, from 1. */
static size_t
count_alike(const struct page *p, const char *quote, size_t at)
{
	const json_t *text = json_object_get(p->data, "text");
	const struct anchor_text page = { json_string_value(text),
					  json_string_length(text) };
	struct anchor_span span;
	size_t nth = 1;

	while (anchor_find_nth(quote, nth, page, &span, NULL) && span.at < at)
		nth++;
	return nth;
}

/* {quote, nth, base_commit} as the text of an answer. */
static char *
describe_passage(const struct page *p, const struct passage *one,
		 const char *quote)
{
	json_t *about = json_pack(
		"{s:s, s:I, s:O*}", "quote", quote, "nth",
		(json_int_t)count_alike(p, quote, body_at(p) + one->at),
		"base_commit", json_object_get(p->data, "commit"));
	char *text = json_dumps(about, JSON_COMPACT);

	json_decref(about);
	return text;
}

/* On one line, and no more of it than fits. */
static void
add_label(struct buf *out, const char *quote)
{
	size_t n = utf8_fit(quote, strlen(quote), CHOICE_COLS);

	buf_char(out, '"');
	for (size_t i = 0; i < n; i++)
		buf_char(out, quote[i] == '\n' ? ' ' : quote[i]);
	buf_str(out, quote[n] ? "...\"" : "\"");
}

static void
add_choice(struct question *q, const struct page *p, const struct passage *one)
{
	struct buf quote = BUF_INIT, label = BUF_INIT;
	char *text;

	buf_add(&quote, p->body + one->at, one->len);
	if (quote.len <= REMARK_QUOTE_MAX) {
		text = describe_passage(p, one, quote.ptr);
		if (one->whole)
			buf_str(&label, _("This whole paragraph"));
		else
			add_label(&label, quote.ptr);
		question_add(q, label.ptr, CMD_TALK_ABOUT, text);
		free(text);
	}
	buf_release(&quote);
	buf_release(&label);
}

static struct request
ask_passage(const struct page *p)
{
	struct request r = request_of(REQUEST_ASK);
	struct vec passages = VEC_INIT;
	struct buf line = BUF_INIT;
	struct naming names;

	reader_line(&p->reading.reader, &line);
	naming_init(&names, p->view.ctx, p->address);
	passages_on(&passages, p->body, p->body_len, line.ptr, &names.wiki);
	naming_release(&names);
	r.question = question_new(_("What is your comment about?"), NULL);
	for (size_t i = 0; i < passages.len; i++)
		add_choice(r.question, p, passages.items[i]);
	question_add(r.question, _("The whole page"), CMD_TALK_ABOUT, "");
	question_leave(r.question, _("Back"));
	vec_release(&passages, free);
	buf_release(&line);
	return r;
}

static struct request
comment(const struct page *p)
{
	if (page_is_old(p)) {
		context_say(p->view.ctx, "%s",
			    _("This is an old version. Comments are about the "
			      "newest one; Esc goes back."));
		return request_of(REQUEST_NONE);
	}
	return ask_passage(p);
}

static struct request
take_about(struct page *p, const char *text)
{
	json_decref(p->about);
	p->about = text ? json_loads(text, 0, NULL) : NULL;
	return talk_ask_title();
}

static struct request
begin(struct page *p, const char *title)
{
	if (!title || !*title)
		return request_of(REQUEST_NONE);
	return talk_begin(p->address, title, p->about);
}

bool
page_talk(struct page *p, enum command cmd, const char *text,
	  struct request *out)
{
	switch ((int)cmd) {
	case CMD_DISCUSS:
		*out = discuss(p);
		return true;
	case CMD_FOLLOW:
		*out = follow(p);
		return true;
	case CMD_REPLY:
		*out = comment(p);
		return true;
	case CMD_WATCH:
	case CMD_MUTE:
		talk_follow(&p->view, "", p->address, page_text(p, "follow"),
			    cmd);
		*out = request_of(REQUEST_NONE);
		return true;
	case CMD_TALK_ABOUT:
		*out = take_about(p, text);
		return true;
	case CMD_TALK_TITLE:
		*out = begin(p, text);
		return true;
	default:
		return false;
	}
}

void
page_arrive_at_talk(struct page *p, const char *code)
{
	int mark = talks_find(&p->talks, code);

	if (mark < 0 || !reader_go_to_mark(&p->reading.reader, mark))
		context_say(p->view.ctx, "%s",
			    _("This text is not on the page any more."));
}
