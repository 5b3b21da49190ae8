/*
 * line_edit.c - the words of the editor. The text is taken from the editor
 * and given back by the keys that select, copy and paste, so that undo,
 * drafts and saving are what they are on the screen.
 */
#include "line_edit.h"

#include <stdlib.h>
#include <string.h>

#include "line_pieces.h"
#include "linemode_impl.h"
#include "plein/i18n.h"
#include "plein/mem.h"

struct edit {
	struct linemode *l;
	struct buf text;
	struct pieces pieces;
	size_t number; /* of the piece it is about, from 1; 0: none */
	const char *rest; /* behind the number */
};

/* --- the text --- */

/* What is said meanwhile is about keys that nobody pressed. */
static void
copy_text(struct linemode *l, struct buf *out)
{
	struct context *c = &l->nav.ctx;
	char *message = c->message ? mem_strdup(c->message) : NULL;
	struct buf clip = c->clip;
	bool said = c->said;

	buf_init(&c->clip);
	linemode_key(l, "Ctrl-A");
	linemode_key(l, "Ctrl-C");
	*out = c->clip;
	c->clip = clip;
	free(c->message);
	c->message = message;
	c->said = said;
}

static void
put_text(struct edit *e)
{
	linemode_key(e->l, "Ctrl-A");
	if (e->text.len)
		linemode_type(e->l, e->text.ptr, e->text.len);
	else
		linemode_key(e->l, "Delete");
	pieces_release(&e->pieces);
	pieces_find(&e->pieces, &e->text);
}

static void
say_piece(const struct edit *e, size_t number)
{
	struct buf line = BUF_INIT;

	if (number < 1 || number > e->pieces.n)
		return;
	buf_printf(&line, "%zu. ", number);
	piece_describe(&e->text, &e->pieces.list[number - 1], &line);
	linemode_say(e->l, "%s", line.ptr);
	buf_release(&line);
}

static void
say_count(const struct edit *e)
{
	size_t n = e->pieces.n;

	linemode_say(e->l, ngettext("%zu piece.", "%zu pieces.", n), n);
}

static const struct piece *
piece_of(const struct edit *e)
{
	return &e->pieces.list[e->number - 1];
}

/* --- what the words do --- */

static void
show_text(const struct edit *e, size_t at, size_t len)
{
	char *text = mem_strndup(e->text.ptr + at, len), *s = text;

	while (*s) {
		size_t n = strcspn(s, "\n");
		bool more = s[n] == '\n';

		s[n] = '\0';
		line_wrap(s, e->l->width, &e->l->out);
		s += n + more;
	}
	free(text);
}

/* As many as a part has, from this number on. */
static void
list_pieces(struct edit *e, size_t from)
{
	size_t end = from + LINE_SENTENCES;
	struct buf words_here = BUF_INIT;

	if (from == 1)
		say_count(e);
	for (size_t i = from; i < end && i <= e->pieces.n; i++)
		say_piece(e, i);
	e->l->next_piece = end <= e->pieces.n ? end : 0;
	if (e->l->next_piece)
		linemode_say(e->l, "%s", _("Enter for more."));
	line_edit_words(&words_here);
	if (from == 1)
		linemode_say(e->l, _("Choose: %s."), words_here.ptr);
	buf_release(&words_here);
}

static void
show(struct edit *e)
{
	if (e->number)
		show_text(e, piece_of(e)->at, piece_of(e)->len);
	else
		list_pieces(e, 1);
}

/* Where `words` stand in the piece, or the length of the text. */
static size_t
find_words(const struct edit *e, const struct buf *words)
{
	const struct piece *one = piece_of(e);

	for (size_t i = 0; words->len && i + words->len <= one->len; i++)
		if (memcmp(e->text.ptr + one->at + i, words->ptr, words->len) ==
		    0)
			return one->at + i;
	return e->text.len;
}

static void
replace(struct edit *e)
{
	struct buf what = BUF_INIT, by = BUF_INIT, prompt = BUF_INIT;
	size_t at;

	buf_printf(&prompt, "%s ", _("Which words?"));
	if (!linemode_ask(e->l, prompt.ptr, &what))
		goto out;
	at = find_words(e, &what);
	if (at == e->text.len) {
		linemode_say(e->l, "%s",
			     _("These words are not in that piece. Nothing "
			       "changed."));
		goto out;
	}
	buf_reset(&prompt);
	buf_printf(&prompt, "%s ", _("By which words?"));
	if (!linemode_ask(e->l, prompt.ptr, &by))
		goto out;
	buf_erase(&e->text, at, what.len);
	buf_insert(&e->text, at, by.ptr, by.len);
	put_text(e);
	say_piece(e, e->number);
out:
	buf_release(&what);
	buf_release(&by);
	buf_release(&prompt);
}

/* What was typed, without its last newline; false: nothing was. */
static bool
ask_piece(struct edit *e, struct buf *text)
{
	if (!linemode_ask_text(e->l, text))
		return false;
	while (text->len && text->ptr[text->len - 1] == '\n')
		buf_erase(text, text->len - 1, 1);
	if (!text->len)
		linemode_say(e->l, "%s", _("Nothing changed."));
	return text->len > 0;
}

static void
rewrite(struct edit *e)
{
	struct buf text = BUF_INIT;

	show(e);
	if (ask_piece(e, &text)) {
		piece_replace(&e->text, piece_of(e), text.ptr, text.len);
		put_text(e);
		say_piece(e, e->number);
	}
	buf_release(&text);
}

/* Behind the piece with that number; without one at the beginning. */
static void
add_after(struct edit *e)
{
	struct buf text = BUF_INIT;

	if (ask_piece(e, &text)) {
		piece_insert(&e->text, e->number ? piece_of(e) : NULL, text.ptr,
			     text.len);
		put_text(e);
		say_piece(e, e->number + 1);
	}
	buf_release(&text);
}

static void
remove_piece(struct edit *e)
{
	say_piece(e, e->number);
	piece_remove(&e->text, piece_of(e));
	put_text(e);
	linemode_say(e->l, "%s", _("Removed. undo brings it back."));
}

/* It becomes the piece with that number. */
static void
move_piece(struct edit *e)
{
	size_t to = strtoul(e->rest, NULL, 10);
	char *text;

	if (to < 1 || to > e->pieces.n) {
		linemode_say(e->l, "%s", _("Say where to: move 4 2."));
		return;
	}
	text = mem_strndup(e->text.ptr + piece_of(e)->at, piece_of(e)->len);
	piece_remove(&e->text, piece_of(e));
	pieces_release(&e->pieces);
	pieces_find(&e->pieces, &e->text);
	piece_insert(&e->text, to > 1 ? &e->pieces.list[to - 2] : NULL, text,
		     strlen(text));
	put_text(e);
	say_piece(e, to);
	free(text);
}

static void
undo(struct edit *e)
{
	(void)line_run(e->l, CMD_UNDO);
	pieces_release(&e->pieces);
	buf_release(&e->text);
	copy_text(e->l, &e->text);
	pieces_find(&e->pieces, &e->text);
	list_pieces(e, 1);
}

static void
save(struct edit *e)
{
	if (!line_run(e->l, CMD_SAVE))
		return;
	if (nav_top(&e->l->nav)->ops->place == PLACE_SAVE)
		linemode_type(e->l, e->rest, strlen(e->rest));
}

static void
show_changes(struct edit *e)
{
	(void)line_run(e->l, CMD_MINE);
}

/* The draft stays: that is the answer to what shall be done with it. */
static void
stop(struct edit *e)
{
	struct line_tell t;
	struct view *top;

	(void)line_run(e->l, CMD_LEAVE);
	top = nav_top(&e->l->nav);
	line_tell_make(&t, top);
	for (size_t i = 0; i < t.telling.parts.len; i++) {
		const struct telling_part *part = t.telling.parts.items[i];

		if (strcmp(part->text, _("Leave, keep the draft. You can go on "
					 "later.")) != 0)
			continue;
		(void)top->ops->pick(top, part->value);
		linemode_key(e->l, "Enter");
		break;
	}
	line_tell_release(&t);
}

static void
show_more(struct edit *e)
{
	if (e->l->next_piece)
		list_pieces(e, e->l->next_piece);
	else
		linemode_say(e->l, "%s", _("That was all."));
}

static const struct edit_word {
	const char *nl, *en;
	void (*act)(struct edit *e);
	bool needs_number;
} words[] = {
	{ "toon", "show", show, false },
	{ "vervang", "replace", replace, true },
	{ "herschrijf", "rewrite", rewrite, true },
	{ "erna", "after", add_after, false },
	{ "weg", "remove", remove_piece, true },
	{ "verplaats", "move", move_piece, true },
	{ "ongedaan", "undo", undo, false },
	{ "verschil", "diff", show_changes, false },
	{ "opslaan", "save", save, false },
	{ "stop", "stop", stop, false },
};

#define N_WORDS (sizeof(words) / sizeof(words[0]))

/* --- lines --- */

static bool
read_number(struct edit *e)
{
	char *end;

	e->number = strtoul(e->rest, &end, 10);
	e->rest = end + strspn(end, " ");
	return e->number <= e->pieces.n;
}

static void
act(struct edit *e, const struct edit_word *w)
{
	bool numbered =
		w->needs_number || w->act == show || w->act == add_after;

	if (numbered && (!read_number(e) || (w->needs_number && !e->number)))
		linemode_say(e->l, "%s",
			     _("Say of which piece: its number comes behind "
			       "the word."));
	else
		w->act(e);
}

static void
act_on_text(struct linemode *l, const struct edit_word *w, const char *rest)
{
	struct edit e = { .l = l, .rest = rest };

	copy_text(l, &e.text);
	pieces_find(&e.pieces, &e.text);
	act(&e, w);
	pieces_release(&e.pieces);
	buf_release(&e.text);
}

bool
line_edit_act(struct linemode *l, const char *word, const char *rest)
{
	for (size_t i = 0; i < N_WORDS; i++) {
		if (strcmp(word, words[i].nl) != 0 &&
		    strcmp(word, words[i].en) != 0)
			continue;
		act_on_text(l, &words[i], rest);
		return true;
	}
	return false;
}

void
line_edit_list(struct linemode *l, const char *number)
{
	act_on_text(l, &words[0], number);
}

void
line_edit_more(struct linemode *l)
{
	static const struct edit_word more = { "", "", show_more, false };

	act_on_text(l, &more, "");
}

bool
line_edit_answer(struct linemode *l, const char *word)
{
	if (!line_is_yes(word) && !line_is_no(word))
		return false;
	linemode_key(l, line_is_yes(word) ? "Ctrl-S" : "Esc");
	return true;
}

/* --- one text --- */

bool
line_edit_is_wording(const struct linemode *l)
{
	return l->shown.place == PLACE_FORM &&
	       nav_top(&l->nav)->ops->place == PLACE_FORM &&
	       !line_tell_choice(&l->shown, 1);
}

static void
rewrite_all(struct linemode *l)
{
	size_t len = 0;
	struct buf text = BUF_INIT;

	for (size_t i = 0; i < l->shown.telling.parts.len; i++) {
		const struct telling_part *part =
			l->shown.telling.parts.items[i];

		len += strlen(part->text) + 1;
	}
	if (linemode_ask_text(l, &text) && text.len) {
		linemode_empty(l, len);
		linemode_type(l, text.ptr, text.len - 1);
	}
	buf_release(&text);
}

static const struct {
	const char *nl, *en, *key;
} wordings[] = {
	{ "herschrijf", "rewrite", NULL },
	{ "klaar", "ready", "Ctrl-S" },
	{ "terug", "back", "Esc" },
};

#define N_WORDINGS (sizeof(wordings) / sizeof(wordings[0]))

void
line_edit_explain(struct linemode *l)
{
	struct buf line = BUF_INIT;

	for (size_t i = 0; i < N_WORDINGS; i++)
		buf_printf(&line, "%s%s", i ? ", " : "",
			   line_is_dutch() ? wordings[i].nl : wordings[i].en);
	linemode_say(l, _("Choose: %s."), line.ptr);
	buf_release(&line);
}

bool
line_edit_wording(struct linemode *l, const char *word)
{
	for (size_t i = 0; i < N_WORDINGS; i++) {
		if (strcmp(word, wordings[i].nl) != 0 &&
		    strcmp(word, wordings[i].en) != 0)
			continue;
		if (wordings[i].key)
			linemode_key(l, wordings[i].key);
		else
			rewrite_all(l);
		return true;
	}
	return false;
}

void
line_edit_words(struct buf *out)
{
	for (size_t i = 0; i < N_WORDS; i++)
		buf_printf(out, "%s%s", out->len ? ", " : "",
			   line_is_dutch() ? words[i].nl : words[i].en);
}

void
line_edit_near(struct line_near *near)
{
	for (size_t i = 0; i < N_WORDS; i++)
		line_near_try(near,
			      line_is_dutch() ? words[i].nl : words[i].en);
}
