/*
 * line_choose.c - a number that chooses from what was told, a yes or a no that
 * answers a question.
 */
#include "linemode_impl.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "plein/i18n.h"
#include "plein/mem.h"
#include "view/question.h"

static bool
is_among(const char *line, const char *const *words)
{
	while (*words && strcmp(line, *words) != 0)
		words++;
	return *words != NULL;
}

bool
line_is_yes(const char *line)
{
	static const char *const words[] = { "ja", "j", "yes", "y", NULL };

	return is_among(line, words);
}

bool
line_is_no(const char *line)
{
	static const char *const words[] = { "nee",    "n",	  "no",
					     "verder", "further", NULL };

	return is_among(line, words);
}

static bool
is_at(const struct linemode *l, unsigned places)
{
	return ((unsigned)nav_top(&l->nav)->ops->place & places) != 0;
}

bool
line_is_number(const char *s)
{
	return *s && strspn(s, "0123456789") == strlen(s) && strlen(s) < 8;
}

void
line_say_how_many(struct linemode *l)
{
	linemode_say(l, "%s", _("There is no such number here."));
}

static void
fill_in(struct linemode *l, const struct telling_part *field)
{
	struct buf line = BUF_INIT, prompt = BUF_INIT;
	const char *value;

	/* The name of the field, without what stands in it. */
	value = strstr(field->text, ": ");
	buf_add(&prompt, field->text,
		value ? (size_t)(value - field->text) : strlen(field->text));
	line_end_label(&prompt);
	if (field->kind == TELLING_SECRET
		    ? linemode_ask_hidden(l, prompt.ptr, &line)
		    : linemode_ask(l, prompt.ptr, &line)) {
		linemode_empty(l, strlen(field->text));
		linemode_type(l, line.ptr, line.len);
	}
	buf_release(&line);
	buf_release(&prompt);
}

/* A heading that was chosen from the contents: the page goes on there. */
static void
go_on_at(struct linemode *l, const char *heading)
{
	struct line_tell now;

	linemode_settle(l);
	line_tell_make(&now, nav_top(&l->nav));
	if (now.place == PLACE_PAGE && line_tell_seek(&now, heading)) {
		linemode_forget(l); /* that it jumped */
		line_tell_part(&now, l->width, &l->out);
		line_tell_release(&l->shown);
		l->shown = now;
	} else {
		line_tell_release(&now);
	}
}

/* --- the line besides an answer --- */

/* It takes the answer back: nobody gives that as a reason. */
static bool
is_back(const char *line)
{
	return command_of_word(line, PLACE_ALL) == CMD_BACK;
}

/* While it waited another view may have come, or another question. */
static bool
still_asks(const struct linemode *l, size_t value, const char *asked)
{
	const char *now = question_view_asks(nav_top(&l->nav), value);

	return now && strcmp(now, asked) == 0;
}

static bool
is_blank(const char *line)
{
	return !line[strspn(line, " \t")];
}

/* A line, and another one while there is none that must be. */
static bool
read_reason(struct linemode *l, size_t value, const char *asked,
	    struct buf *line)
{
	struct buf prompt = BUF_INIT;
	bool come, lacks;

	buf_str(&prompt, asked);
	line_end_label(&prompt);
	do {
		buf_reset(line);
		come = linemode_ask(l, prompt.ptr, line) &&
		       still_asks(l, value, asked);
		lacks = come && is_blank(line->ptr) &&
			question_view_must(nav_top(&l->nav));
		if (lacks)
			linemode_say(
				l, "%s",
				_("This cannot stay empty. Type back to do "
				  "nothing."));
	} while (lacks);
	buf_release(&prompt);
	return come;
}

/* What is asked for besides the answer; false: the answer is not given. */
static bool
ask_reason(struct linemode *l, size_t value)
{
	const char *asks = question_view_asks(nav_top(&l->nav), value);
	struct buf line = BUF_INIT;
	char *asked;
	bool come;

	if (!asks)
		return true;
	asked = mem_strdup(asks);
	come = read_reason(l, value, asked, &line);
	if (come && is_back(line.ptr)) {
		linemode_key(l, "Esc");
		linemode_say(l, "%s", _("Nothing has been changed."));
		come = false;
	} else if (come) {
		question_view_type(nav_top(&l->nav), line.ptr);
	}
	buf_release(&line);
	free(asked);
	return come;
}

/* --- choosing --- */

static void
open_choice(struct linemode *l, const struct telling_part *part)
{
	bool question = is_at(l, PLACE_QUESTION);
	char *label = mem_strdup(part->text);

	if (ask_reason(l, part->value)) {
		linemode_key(l, "Enter");
		if (question)
			go_on_at(l, label);
	}
	free(label);
}

void
line_choose(struct linemode *l, size_t number)
{
	const struct telling_part *part = line_tell_choice(&l->shown, number);
	struct view *top = nav_top(&l->nav);

	if (!part || !top->ops->pick || !top->ops->pick(top, part->value)) {
		line_say_how_many(l);
		return;
	}
	if (part->kind == TELLING_FIELD || part->kind == TELLING_SECRET)
		fill_in(l, part);
	else if (part->kind == TELLING_SWITCH)
		linemode_key(l, "Space");
	else
		open_choice(l, part);
}

/* The number of the answer that begins with Yes or No, or 0. */
static size_t
find_answer(const struct linemode *l, bool yes)
{
	const struct telling_part *part;

	for (size_t i = 1; (part = line_tell_choice(&l->shown, i)); i++) {
		size_t n = strcspn(part->text, " ,.");
		char *word = mem_strndup(part->text, n);
		bool found;

		if (n)
			word[0] = (char)tolower((unsigned char)word[0]);
		found = yes ? line_is_yes(word) : line_is_no(word);
		free(word);
		if (found)
			return i;
	}
	return 0;
}

bool
line_answer(struct linemode *l, const char *line)
{
	size_t number = 0;

	if (is_at(l, PLACE_QUESTION) && (line_is_yes(line) || line_is_no(line)))
		number = find_answer(l, line_is_yes(line));
	if (number)
		line_choose(l, number);
	return number != 0;
}
