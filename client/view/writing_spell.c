/*
 * writing_spell.c - the spelling, from the cursor on and round the end. All
 * words of the text that were not asked about yet go to the wiki, which says
 * which of them it does not know; then each place is shown, with what may be
 * meant. Nothing is changed without an answer.
 */
#include "view/writing.h"

#include <stdlib.h>
#include <string.h>

#include "edit/spelling.h"
#include "plein/i18n.h"
#include "plein/mem.h"

#define ASKED_MAX 60000 /* bytes of words in one question */
#define SHOWN_MAX 5 /* suggestions */

void
writing_spell_release(struct writing *w)
{
	json_decref(w->spelling.asked);
	json_decref(w->spelling.unknown);
	free(w->spelling.word);
}

static void
note(json_t **set, const char *word)
{
	if (!*set)
		*set = json_object();
	(void)json_object_set_new(*set, word, json_true());
}

/* --- which words there are --- */

static void
take_unknown(void *ctx, const struct rpc_msg *m);

static void
send_words(struct writing *w, struct buf *words)
{
	if (!words->len)
		return;
	w->spelling.waiting++;
	(void)link_call(w->view.ctx->link, "spell.check",
			json_pack("{s:s}", "words", words->ptr), take_unknown,
			w);
	buf_reset(words);
}

struct collecting {
	struct writing *w;
	struct buf words;
};

static bool
collect_word(void *ctx, const char *word, struct span at)
{
	struct collecting *c = ctx;

	(void)at;
	if (json_object_get(c->w->spelling.asked, word))
		return true;
	note(&c->w->spelling.asked, word);
	if (c->words.len + strlen(word) + 1 > ASKED_MAX)
		send_words(c->w, &c->words);
	buf_printf(&c->words, "%s\n", word);
	return true;
}

static struct request
begin(struct writing *w)
{
	struct collecting c = { w, BUF_INIT };

	if (w->spelling.waiting)
		return request_of(REQUEST_NONE);
	w->spelling.start = editor_position(w->editor);
	w->spelling.wrapped = false;
	w->spelling.changed = 0;
	spelling_walk(editor_text(w->editor), 0, collect_word, &c);
	send_words(w, &c.words);
	buf_release(&c.words);
	if (!w->spelling.waiting)
		return writing_spell_next(w);
	context_say(w->view.ctx, "%s", _("Busy: checking the spelling."));
	return request_of(REQUEST_NONE);
}

static void
take_words(struct writing *w, const json_t *result)
{
	const json_t *list = json_object_get(result, "unknown");
	size_t i;
	json_t *word;

	json_array_foreach(list, i, word)
	{
		note(&w->spelling.unknown, json_string_value(word));
	}
}

static void
take_unknown(void *ctx, const struct rpc_msg *m)
{
	struct writing *w = ctx;

	w->spelling.waiting--;
	if (m->kind == RPC_RESULT)
		take_words(w, m->result);
	else
		w->spelling.failed = true;
	if (w->spelling.waiting)
		return;
	if (!w->spelling.failed) {
		view_post(&w->view, writing_spell_next(w));
		return;
	}
	/* What was asked in vain is asked again. */
	json_decref(w->spelling.asked);
	w->spelling.asked = NULL;
	w->spelling.failed = false;
	context_say(w->view.ctx, "%s",
		    _("Error: the spelling cannot be checked now. Your text "
		      "is as it was."));
}

/* --- the next place --- */

struct seeking {
	const struct writing *w;
	size_t end; /* not from here on */
	struct span found;
	char *word; /* NULL: none */
};

static bool
is_right(const struct writing *w, const char *word)
{
	return !json_object_get(w->spelling.unknown, word) ||
	       json_object_get(w->view.ctx->spelled, word);
}

static bool
seek_word(void *ctx, const char *word, struct span at)
{
	struct seeking *s = ctx;

	if (at.from >= s->end)
		return false;
	if (is_right(s->w, word))
		return true;
	s->found = at;
	s->word = mem_strdup(word);
	return false;
}

static struct request
finish(struct writing *w)
{
	size_t n = w->spelling.changed;

	editor_unselect(w->editor);
	if (n)
		context_say(w->view.ctx,
			    ngettext("Spelling checked, %zu word changed. "
				     "Ctrl-Z takes back.",
				     "Spelling checked, %zu words changed. "
				     "Ctrl-Z takes back.",
				     n),
			    n);
	else
		context_say(w->view.ctx, "%s", _("Spelling checked."));
	w->view.ctx->passing = true;
	return request_of(REQUEST_NONE);
}

static void
offer(struct writing *w, const json_t *words)
{
	const char *word = w->spelling.word;
	struct request r = request_of(REQUEST_ASK);
	struct buf text = BUF_INIT;
	size_t i, line;
	json_t *one;
	int col;

	buf_printf(&text, _("Unknown word: %s"), word);
	r.question = question_new(text.ptr, NULL);
	buf_reset(&text);
	editor_cursor(w->editor, &line, &col);
	editor_line(w->editor, line, &text);
	question_say(r.question, text.ptr);
	question_add(r.question, _("Leave it"), CMD_SPELL_LEAVE, NULL);
	question_add(r.question, _("Leave it everywhere"), CMD_SPELL_KNOWN,
		     NULL);
	json_array_foreach(words, i, one)
	{
		if (i < SHOWN_MAX)
			question_add(r.question, json_string_value(one),
				     CMD_SPELL_USE, json_string_value(one));
	}
	question_add(r.question, _("Stop"), CMD_SPELL_STOP, NULL);
	view_post(&w->view, r);
	buf_release(&text);
}

/* Is that place still selected? Else somebody went on writing. */
static bool
is_at_word(const struct writing *w)
{
	size_t from, to;

	return w->spelling.word && editor_selection(w->editor, &from, &to) &&
	       from == w->spelling.at.from && to == w->spelling.at.to;
}

static void
take_suggestions(void *ctx, const struct rpc_msg *m)
{
	struct writing *w = ctx;

	if (is_at_word(w))
		offer(w, m->kind == RPC_RESULT
				 ? json_object_get(m->result, "words")
				 : NULL);
}

static void
show(struct writing *w, struct span at, char *word_take)
{
	free(w->spelling.word);
	w->spelling.word = word_take;
	w->spelling.at = at;
	editor_select(w->editor, at.from, at.to);
	(void)link_call(w->view.ctx->link, "spell.suggest",
			json_pack("{s:s, s:s}", "word", word_take, "language",
				  context_session(w->view.ctx, "language")),
			take_suggestions, w);
}

/* From the cursor to the end, then from the beginning to where it began. */
struct request
writing_spell_next(struct writing *w)
{
	struct text *t = editor_text(w->editor);
	struct seeking s = { .w = w, .end = text_len(t) };

	if (w->spelling.wrapped)
		s.end = w->spelling.start;
	spelling_walk(t, editor_position(w->editor), seek_word, &s);
	if (!s.word && !w->spelling.wrapped) {
		w->spelling.wrapped = true;
		s.end = w->spelling.start;
		spelling_walk(t, 0, seek_word, &s);
	}
	if (!s.word)
		return finish(w);
	show(w, s.found, s.word);
	return request_of(REQUEST_NONE);
}

/* --- the answers --- */

static struct request
use(struct writing *w, const char *word)
{
	size_t len = strlen(word);
	struct span at = w->spelling.at;

	if (!is_at_word(w))
		return request_of(REQUEST_NONE);
	if (!editor_paste(w->editor, word, len)) {
		writing_say_full(w, len);
		return request_of(REQUEST_NONE);
	}
	if (w->spelling.wrapped)
		w->spelling.start += len - (at.to - at.from);
	w->spelling.changed++;
	writing_change(w);
	return writing_spell_next(w);
}

static struct request
leave_word(struct writing *w, bool everywhere)
{
	if (!is_at_word(w))
		return request_of(REQUEST_NONE);
	if (everywhere)
		note(&w->view.ctx->spelled, w->spelling.word);
	return writing_spell_next(w);
}

bool
writing_spell(struct writing *w, enum command cmd, const char *text,
	      struct request *r)
{
	if (cmd == CMD_SPELL)
		*r = begin(w);
	else if (cmd == CMD_SPELL_USE && text)
		*r = use(w, text);
	else if (cmd == CMD_SPELL_LEAVE || cmd == CMD_SPELL_KNOWN)
		*r = leave_word(w, cmd == CMD_SPELL_KNOWN);
	else if (cmd == CMD_SPELL_STOP)
		*r = finish(w);
	else
		return false;
	return true;
}
