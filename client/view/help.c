/*
 * help.c - a few sentences, then every key of the place it is about. All
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
#include "view/view.h"

#define PRINT_BEGIN 4 /* letters of the fingerprint that the message has */
#define MEASURE 76

struct help_line {
	char *text;
	bool heading;
};

struct help {
	struct view view;
	enum place about;
	int cols; /* the lines were made for */
	struct vec lines; /* struct help_line * */
	struct scroll scroll;
};

static const struct {
	enum place place;
	const char *name, *text;
} topics[] = {
	{ PLACE_START, N_("the start screen"),
	  N_("This is the agenda: objectives, below them the main topics, "
	     "themes and questions. Walk with the arrows, open a page with "
	     "Enter.") },
	{ PLACE_PAGE, N_("reading a page"),
	  N_("With the arrows you walk through the text. Tab jumps to the "
	     "next link, Enter opens that link. With Esc you go back to where "
	     "you were.\n\nDo you want to improve something? Press b, type, "
	     "and press Ctrl-S. Nothing gets lost: every version is kept and "
	     "you can undo everything.") },
	{ PLACE_EDITOR, N_("writing"),
	  N_("Just type. Ctrl-S saves, Ctrl-Z takes back. Esc shows what else "
	     "you can do, and how to leave. Nothing is saved before you say "
	     "so. Select with Shift and the arrows; where Shift does nothing, "
	     "press F8 first and then the arrows. Your terminal pastes with "
	     "its own key, Ctrl-V pastes what you cut or copied here. Two "
	     "square brackets, [[, list the pages to link to.") },
	{ PLACE_SAVE, N_("saving"),
	  N_("Above is what you changed: {+this is new+}, [-this is gone-]. "
	     "Say in a few words why, and press Enter. Others see that in the "
	     "history of the page.") },
	{ PLACE_CONFLICT, N_("joining two texts"),
	  N_("A colleague changed the same as you. At each place you see what "
	     "it was, what you wrote and what was saved. Choose with a "
	     "number. Only when you have chosen everywhere and saved does the "
	     "page change; until then all is in your draft.") },
	{ PLACE_FORM, N_("filling in a form"),
	  N_("Tab or the arrow down goes to the next field, Shift-Tab goes "
	     "back. Space changes a choice. On a button Enter does what it "
	     "says; Ctrl-S does it from every field.") },
	{ PLACE_QUESTION, N_("a question"),
	  N_("Choose an answer with the arrows and Enter, or type its number. "
	     "Esc changes nothing.") },
	{ PLACE_MENU, N_("the menu"),
	  N_("The menu lists all you can do here, with its key. Choose with "
	     "the arrows and Enter, or press the key.") },
	{ PLACE_FIELD, N_("a field"),
	  N_("Type what is asked and press Enter: the title or the address of "
	     "a page, words to search for, a date. Esc goes back.") },
	{ PLACE_FIND, N_("finding"),
	  N_("Type the words you look for and press Enter. Capitals and "
	     "accents "
	     "do not matter. Ctrl-R asks what to put in their place.") },
	{ PLACE_PAGES, N_("a list"),
	  N_("Walk with the arrows, Enter opens what is on the line. Esc "
	     "brings you back.") },
	{ PLACE_FILE, N_("an attachment"),
	  N_("This is a file beside a page, shown as text. Esc brings you "
	     "back.") },
	{ PLACE_PREVIEW, N_("the preview"),
	  N_("This is your text as others will read it. Nothing is saved yet. "
	     "Esc goes on writing.") },
	{ PLACE_BACKLINKS, N_("what links here"),
	  N_("These are the pages with a link to the page you came from, with "
	     "the sentence around it. Enter opens one, Esc brings you back.") },
	{ PLACE_SEARCH, N_("searching"),
	  N_("Type words: what is found stands below at once, the best first. "
	     "The first letters of a word are enough; words between quotes "
	     "belong together. With the arrow down you go to what is found, "
	     "Enter opens a page where the words are, z goes back to the "
	     "words, f leaves pages out.") },
	{ PLACE_HISTORY, N_("history"),
	  N_("These are the versions of a page, the newest first. Enter reads "
	     "one, v shows what it changed. Mark two with the space bar to "
	     "compare those. Every version is kept for good.") },
	{ PLACE_BLAME, N_("who wrote this"),
	  N_("Above each piece of the text stands who wrote it, when and why; "
	     "the latest change counts. Enter shows that change. w shows the "
	     "version before it, Esc brings you back.") },
	{ PLACE_CHANGES, N_("changes"),
	  N_("This is what was changed in the wiki, the newest first. Enter "
	     "shows a change, h the versions of its page. With f you see those "
	     "of one person, period, folder or type.") },
	{ PLACE_NEWS, N_("what is new for you"),
	  N_("These are the pages that others changed since you read them. "
	     "Enter opens one, v shows what is different, o opens one after "
	     "the other.") },
	{ PLACE_COMPARE, N_("comparing"),
	  N_("What went stands between [- and -], what came between {+ and +}. "
	     "Tab goes to the next place. The text is shown as it is written, "
	     "so that a link that leads elsewhere is seen too.") },
	{ PLACE_HELP, N_("help"),
	  N_("Help is about the screen where you were. Esc brings you back "
	     "there. i lists what there is help about, z finds words in all "
	     "of it.") },
};

#define N_TOPICS (sizeof(topics) / sizeof(topics[0]))

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

static size_t
topic_of(enum place about)
{
	size_t i = 0;

	while (i + 1 < N_TOPICS && topics[i].place != about)
		i++;
	return i;
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

static void
add_paragraph(struct help *h, const char *text, size_t len)
{
	int width = h->cols - 4 < MEASURE ? h->cols - 4 : MEASURE;

	while (len) {
		size_t n = wordwrap_next(text, len, width < 10 ? 10 : width);

		add_line(h, text, n, false);
		text += n;
		len -= n;
	}
	add_line(h, "", 0, false);
}

/* Paragraphs are separated by an empty line. */
static void
add_text(struct help *h, const char *text)
{
	const char *end;

	for (; (end = strstr(text, "\n\n")); text = end + 2)
		add_paragraph(h, text, (size_t)(end - text));
	add_paragraph(h, text, strlen(text));
}

static void
add_keys(struct help *h)
{
	const struct display *d = &h->view.ctx->display;
	struct vec keys = VEC_INIT;

	add_line(h, _("Keys here"), strlen(_("Keys here")), true);
	help_keys_make(&keys, h->about,
		       d->value[DISPLAY_VIEW] == VIEW_COLUMN ? 0 : h->cols);
	for (size_t k = 0; k < keys.len; k++)
		add_line(h, keys.items[k], strlen(keys.items[k]), false);
	vec_release(&keys, free);
}

/* Whole, to be compared with the one that was published. */
static void
add_about(struct help *h)
{
	struct buf line = BUF_INIT;

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
	vec_release(&h->lines, free_line);
	memset(&h->lines, 0, sizeof(h->lines));
	add_line(h, "", 0, false);
	add_text(h, gettext(topics[topic_of(h->about)].text));
	add_keys(h);
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

	buf_printf(&out->title, _("Help: %s"),
		   gettext(topics[topic_of(h->about)].name));
	buf_str(&out->place, _("Help is about the screen where you were. i: "
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
	h->about = topics[topic].place;
	h->cols = 0; /* the lines are made anew */
	scroll_to(&h->scroll, 0);
}

static struct request
list_topics(const struct help *h)
{
	struct request r = request_of(REQUEST_ASK);
	char number[8];

	r.question = question_new(_("Topics"), NULL);
	for (size_t i = 0; i < N_TOPICS; i++) {
		(void)snprintf(number, sizeof(number), "%zu", i);
		question_add(r.question, gettext(topics[i].name), CMD_CONTENTS,
			     number);
	}
	r.question->focus = topic_of(h->about);
	return r;
}

static struct request
choose_topic(struct help *h, const char *number)
{
	size_t topic = number ? strtoul(number, NULL, 10) : N_TOPICS;

	if (!number)
		return list_topics(h);
	if (topic < N_TOPICS)
		turn_to(h, topic);
	return request_of(REQUEST_NONE);
}

/* --- finding --- */

/* Are the words, folded, in what is said under this topic? */
static bool
has_words(size_t topic, const char *words)
{
	struct buf text = BUF_INIT;
	struct vec keys = VEC_INIT;
	bool has;

	help_keys_make(&keys, topics[topic].place, 0);
	for (size_t i = 0; i < keys.len; i++) {
		utf8_fold(&text, keys.items[i], strlen(keys.items[i]));
		buf_char(&text, '\n');
	}
	utf8_fold(&text, gettext(topics[topic].name),
		  strlen(gettext(topics[topic].name)));
	buf_char(&text, '\n');
	utf8_fold(&text, gettext(topics[topic].text),
		  strlen(gettext(topics[topic].text)));
	has = strstr(text.ptr, words) != NULL;
	vec_release(&keys, free);
	buf_release(&text);
	return has;
}

/* In the topics that follow, round the end; this one last. */
static void
look_for(struct help *h, const char *words)
{
	size_t at = topic_of(h->about), n = 1;
	struct buf folded = BUF_INIT;

	utf8_fold(&folded, words, strlen(words));
	while (n <= N_TOPICS && !has_words((at + n) % N_TOPICS, folded.ptr))
		n++;
	buf_release(&folded);
	if (n > N_TOPICS) {
		context_say(h->view.ctx, _("Nothing found for %s."), words);
		return;
	}
	at = (at + n) % N_TOPICS;
	turn_to(h, at);
	context_say(h->view.ctx, _("Found in: %s. z finds on."),
		    gettext(topics[at].name));
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
	if (cmd == CMD_UP || cmd == CMD_PREVIOUS_ITEM)
		scroll_step(s, -1);
	else if (cmd == CMD_DOWN || cmd == CMD_NEXT_ITEM)
		scroll_step(s, 1);
	else if (cmd == CMD_PAGE_UP || cmd == CMD_PAGE_DOWN)
		scroll_page(s, cmd == CMD_PAGE_UP ? -1 : 1);
	else if (cmd == CMD_FIRST)
		scroll_to(s, 0);
	else if (cmd == CMD_LAST)
		scroll_end(s);
	return request_of(REQUEST_NONE);
}

static const enum command *
bar(const struct view *v)
{
	static const enum command list[] = { CMD_CONTENTS, CMD_SEARCH, CMD_BACK,
					     CMD_MENU,	   CMD_HELP,   CMD_N };

	(void)v;
	return list;
}

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

	buf_printf(out, _("Help: %s"),
		   gettext(topics[topic_of(h->about)].name));
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

	h->view.ops = &ops;
	h->view.ctx = c;
	h->about =
		(enum place)json_integer_value(json_object_get(args, "place"));
	h->scroll.can_focus = holds_text;
	h->scroll.ctx = h;
	say_about(c);
	return &h->view;
}
