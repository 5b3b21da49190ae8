/*
 * help.c - what topics.h has to say, then the keys that belong to it. All
 * lines are made at the width of the window.
 */
#include "view/help.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/sentence.h"
#include "plein/i18n.h"
#include "plein/mem.h"
#include "plein/utf8.h"
#include "plein/vec.h"
#include "plein/wordwrap.h"
#include "view/help_keys.h"
#include "view/question.h"
#include "view/scroll.h"
#include "view/topics.h"
#include "view/view.h"

#define PRINT_BEGIN 4 /* letters of the fingerprint that the message has */
#define MEASURE 76
#define HANG "      "

struct help_line {
	char *text;
	bool heading;
};

struct help {
	struct view view;
	size_t topic; /* topic_row() */
	int cols; /* the lines were made for */
	struct vec lines; /* struct help_line * */
	struct scroll scroll;
};

static struct help *
help_of(struct view *v)
{
	return (struct help *)v;
}

static const struct help *
const_help(const struct view *v)
{
	return (const struct help *)v;
}

static const char *
name_of(size_t topic)
{
	return gettext(topic_row(topic)->name);
}

/* --- lines --- */

static void
free_line(void *item)
{
	struct help_line *line = item;

	free(line->text);
	free(line);
}

static void
add_line(struct help *h, const char *text, size_t len, bool heading)
{
	struct help_line *line = mem_alloc(sizeof(*line));

	line->text = mem_strndup(text, len);
	line->heading = heading;
	vec_push(&h->lines, line);
}

/* What is a line of its own hangs where it goes on. */
static void
add_paragraph(struct help *h, const char *text, size_t len)
{
	int width = h->cols - 4 < MEASURE ? h->cols - 4 : MEASURE;
	const char *hang = len && *text == ' ' ? HANG : "";
	struct buf line = BUF_INIT;

	if (!len)
		add_line(h, "", 0, false);
	while (len) {
		int room = width - (int)line.len;
		size_t n = wordwrap_next(text, len, room < 10 ? 10 : room);

		buf_add(&line, text, n);
		add_line(h, line.ptr, line.len, false);
		buf_reset(&line);
		buf_str(&line, hang);
		text += n;
		len -= n;
	}
	buf_release(&line);
}

/* Lines of it, each as many as it needs, and one that is empty. */
static void
add_text(struct help *h, const char *text)
{
	const char *end;

	for (; (end = strchr(text, '\n')); text = end + 1)
		add_paragraph(h, text, (size_t)(end - text));
	add_paragraph(h, text, strlen(text));
	add_line(h, "", 0, false);
}

static void
add_all_keys(struct help *h, const struct vec *keys)
{
	for (size_t k = 0; k < keys->len; k++) {
		const char *line = keys->items[k];
		bool heading = *line && *line != ' ';

		line += heading || !*line ? 0 : 2; /* all lines are, here */
		add_line(h, line, strlen(line), heading);
	}
}

static void
add_keys(struct help *h, enum place about)
{
	const struct display *d = &h->view.ctx->display;
	int cols = d->value[DISPLAY_VIEW] == VIEW_COLUMN ? 0 : h->cols;
	struct vec keys = VEC_INIT;

	if (about == PLACE_ALL) {
		help_keys_all(&keys, cols);
		add_all_keys(h, &keys);
	} else if (about) {
		add_line(h, _("Keys here"), strlen(_("Keys here")), true);
		help_keys_make(&keys, about, cols);
		for (size_t k = 0; k < keys.len; k++)
			add_line(h, keys.items[k], strlen(keys.items[k]),
				 false);
	}
	vec_release(&keys, free);
}

/* Whole, to be compared with the one that was published. */
static void
add_about(struct help *h)
{
	struct buf line = BUF_INIT;

	if (topic_row(h->topic)->place)
		add_line(h, "", 0, false);
	buf_printf(&line, _("Fingerprint of this server: %s. Version %s."),
		   context_session(h->view.ctx, "fingerprint"),
		   context_session(h->view.ctx, "program"));
	add_text(h, line.ptr);
	buf_release(&line);
}

static void
say_about(struct context *c)
{
	struct buf print = BUF_INIT;

	sentence_key(&print, context_session(c, "fingerprint"), PRINT_BEGIN);
	if (print.len)
		context_say(c, _("Fingerprint of this server: %s. Version %s."),
			    print.ptr, context_session(c, "program"));
	buf_release(&print);
}

static void
make_lines(struct help *h)
{
	const struct topic *t = topic_row(h->topic);
	struct buf text = BUF_INIT;

	vec_release(&h->lines, free_line);
	memset(&h->lines, 0, sizeof(h->lines));
	topic_text(t, &text);
	add_line(h, "", 0, false);
	add_text(h, text.ptr);
	buf_release(&text);
	add_keys(h, t->place);
	add_about(h);
	h->scroll.n = h->lines.len;
}

static bool
holds_text(const void *ctx, size_t i)
{
	const struct help *h = ctx;
	const struct help_line *line = h->lines.items[i];

	return line->text[0] != '\0';
}

/* --- view --- */

static void
fill_head(const struct view *v, struct head *out)
{
	const struct help *h = const_help(v);

	buf_printf(&out->title, _("Help: %s"), name_of(h->topic));
	buf_str(&out->place,
		topic_row(h->topic)->nl
			? _("Esc goes back to where you were. i: all topics")
			: _("Help is about the screen where you were. i: "
			    "all topics"));
}

static void
recalc(struct view *v, int rows, int cols)
{
	struct help *h = help_of(v);

	if (cols != h->cols) {
		h->cols = cols;
		make_lines(h);
	}
	h->scroll.rows = rows;
	scroll_fit(&h->scroll);
}

static void
paint_line(const struct help *h, struct canvas *c, int row, size_t at)
{
	const struct help_line *line = h->lines.items[at];
	int col = line->heading ? 0 : 2;

	(void)canvas_text(c, row, col, h->cols - col,
			  line->heading ? STYLE_HEADING : STYLE_PLAIN,
			  line->text);
	if (at != h->scroll.at)
		return;
	if (!line->heading)
		(void)canvas_text(c, row, 0, 1, STYLE_PLAIN, ">");
	canvas_cursor(c, row, 0);
}

static void
paint(const struct view *v, struct canvas *c, int top, int rows)
{
	const struct help *h = const_help(v);

	for (int i = 0; i < rows; i++) {
		size_t at = h->scroll.top + (size_t)i;

		if (at < h->lines.len)
			paint_line(h, c, top + i, at);
	}
}

static bool
has_more(const struct view *v)
{
	return scroll_has_more(&const_help(v)->scroll);
}

/* --- topics --- */

static void
turn_to(struct help *h, size_t topic)
{
	h->topic = topic;
	h->cols = 0; /* the lines are made anew */
	scroll_to(&h->scroll, 0);
}

static struct request
list_topics(const struct help *h)
{
	struct request r = request_of(REQUEST_ASK);
	char number[8];

	r.question = question_new(_("Topics"), NULL);
	for (size_t i = 0; topic_row(i); i++) {
		(void)snprintf(number, sizeof(number), "%zu", i);
		question_add(r.question, name_of(i), CMD_CONTENTS, number);
	}
	r.question->focus = h->topic;
	return r;
}

static struct request
choose_topic(struct help *h, const char *number)
{
	size_t topic = number ? strtoul(number, NULL, 10) : 0;

	if (!number)
		return list_topics(h);
	if (topic_row(topic))
		turn_to(h, topic);
	return request_of(REQUEST_NONE);
}

/* --- finding --- */

static void
add_folded(struct buf *out, const char *text)
{
	utf8_fold(out, text, strlen(text));
	buf_char(out, '\n');
}

/* Are the words, folded, in what is said under this topic? */
static bool
has_words(size_t topic, const char *words)
{
	const struct topic *t = topic_row(topic);
	struct buf text = BUF_INIT, folded = BUF_INIT;
	struct vec keys = VEC_INIT;
	bool has;

	if (t->place && t->place != PLACE_ALL)
		help_keys_make(&keys, t->place, 0);
	for (size_t i = 0; i < keys.len; i++)
		add_folded(&folded, keys.items[i]);
	topic_text(t, &text);
	add_folded(&folded, name_of(topic));
	add_folded(&folded, text.ptr);
	has = strstr(folded.ptr, words) != NULL;
	vec_release(&keys, free);
	buf_release(&text);
	buf_release(&folded);
	return has;
}

/* In the topics that follow, round the end; this one last. */
static void
look_for(struct help *h, const char *words)
{
	struct buf folded = BUF_INIT;
	size_t at = h->topic;
	bool found;

	utf8_fold(&folded, words, strlen(words));
	do {
		at = topic_row(at + 1) ? at + 1 : 0;
		found = has_words(at, folded.ptr);
	} while (!found && at != h->topic);
	buf_release(&folded);
	if (!found) {
		context_say(h->view.ctx, _("Nothing found for %s."), words);
		return;
	}
	turn_to(h, at);
	context_say(h->view.ctx, _("Found in: %s. z finds on."), name_of(at));
}

static struct request
search(struct help *h, const char *words)
{
	struct request r = request_of(REQUEST_NONE);

	if (words && *words) {
		look_for(h, words);
	} else if (!words) {
		r = request_text(REQUEST_FIELD, _("Which words in help?"));
		r.command = CMD_SEARCH;
	}
	return r;
}

/* --- acting --- */

static struct request
run(struct view *v, enum command cmd, const char *text)
{
	struct scroll *s = &help_of(v)->scroll;

	if (cmd == CMD_BACK)
		return request_of(REQUEST_BACK);
	if (cmd == CMD_CONTENTS)
		return choose_topic(help_of(v), text);
	if (cmd == CMD_SEARCH)
		return search(help_of(v), text);
	(void)scroll_move_item(s, cmd);
	return request_of(REQUEST_NONE);
}

static const enum command bar[] = { CMD_CONTENTS, CMD_SEARCH, CMD_BACK,
				    CMD_MENU,	  CMD_HELP,   CMD_N };

static void
name(const struct view *v, enum command cmd, struct buf *key, struct buf *word)
{
	(void)v;
	if (cmd == CMD_CONTENTS)
		buf_str(word, _("Topics"));
	else if (cmd == CMD_SEARCH)
		buf_str(word, _("Search help"));
	else if (cmd == CMD_HELP)
		buf_str(word, _("Help about help"));
	if (cmd == CMD_HELP)
		buf_str(key, "F1");
}

static void
tell_where(const struct view *v, struct buf *out)
{
	const struct help *h = const_help(v);

	buf_printf(out, _("Help: %s"), name_of(h->topic));
	buf_printf(out, _(", line %zu of %zu."), h->scroll.at + 1, h->scroll.n);
}

static void
destroy(struct view *v)
{
	vec_release(&help_of(v)->lines, free_line);
	free(v);
}

static const struct view_ops ops = {
	.place = PLACE_HELP,
	.head = fill_head,
	.recalc = recalc,
	.paint = paint,
	.has_more = has_more,
	.run = run,
	.bar = bar,
	.name = name,
	.where = tell_where,
	.free = destroy,
};

struct view *
help_view_new(struct context *c, const json_t *args)
{
	struct help *h = mem_alloc(sizeof(*h));
	const struct topic *about = topic_find(args_text(args, "topic"));

	h->view.ops = &ops;
	h->view.ctx = c;
	h->topic = topic_of_place((enum place)args_number(args, "place"));
	for (size_t i = 0; about && topic_row(i); i++)
		if (topic_row(i) == about)
			h->topic = i;
	h->scroll.can_focus = holds_text;
	h->scroll.ctx = h;
	say_about(c);
	return &h->view;
}
