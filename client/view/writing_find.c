/*
 * writing_find.c - finding and replacing in the text that is written. A place
 * that is found is selected, so that it can be seen, copied and replaced.
 */
#include "view/writing.h"

#include <stdlib.h>
#include <string.h>

#include "edit/find.h"
#include "plein/i18n.h"
#include "plein/mem.h"

#define SELECTED_MAX 100 /* bytes of a selection that may be what is sought */

static void
set_text(char **to, const char *s, size_t len)
{
	char *copy = mem_strndup(s, len);

	free(*to);
	*to = copy;
}

void
writing_find_release(struct writing *w)
{
	free(w->find.sought);
	free(w->find.by);
}

/* --- asking --- */

/* What is selected, when that is a word or a few, is probably meant. */
static void
suggest(const struct writing *w, struct buf *out)
{
	if (editor_copy(w->editor, out) && out->len <= SELECTED_MAX &&
	    !memchr(out->ptr, '\n', out->len))
		return;
	buf_reset(out);
	buf_str(out, w->find.sought ? w->find.sought : "");
}

static struct request
ask(const struct writing *w, bool replace)
{
	struct buf sought = BUF_INIT;
	struct request r;

	suggest(w, &sought);
	r = request_show(SCREEN_SEEK,
			 json_pack("{s:s, s:s, s:b}", "sought", sought.ptr,
				   "by", w->find.by ? w->find.by : "",
				   "replace", replace));
	buf_release(&sought);
	return r;
}

/* --- finding --- */

static void
say_none(const struct writing *w)
{
	context_say(w->view.ctx, _("Nothing found for %s."), w->find.sought);
	w->view.ctx->passing = true;
}

static void
say_place(const struct writing *w, size_t number, size_t n, bool wraps)
{
	context_say(w->view.ctx,
		    wraps ? _("Place %zu of %zu, round the end. F3: next, "
			      "Shift-F3: previous.")
			  : _("Place %zu of %zu. F3: next, Shift-F3: "
			      "previous."),
		    number, n);
	w->view.ctx->passing = true;
}

static void
go_next(struct writing *w)
{
	struct found f;

	find_around(editor_text(w->editor), w->find.sought,
		    editor_position(w->editor), &f);
	if (!f.n) {
		say_none(w);
		return;
	}
	editor_select(w->editor, f.next.from, f.next.to);
	say_place(w, f.next_number, f.n, f.next_wraps);
}

static void
go_previous(struct writing *w)
{
	size_t from, to;
	struct found f;

	if (!editor_selection(w->editor, &from, &to))
		from = editor_position(w->editor);
	find_around(editor_text(w->editor), w->find.sought, from, &f);
	if (!f.n) {
		say_none(w);
		return;
	}
	editor_select(w->editor, f.previous.from, f.previous.to);
	say_place(w, f.previous_number, f.n, f.previous_wraps);
}

static struct request
find(struct writing *w, const char *sought, bool back)
{
	if (sought)
		set_text(&w->find.sought, sought, strlen(sought));
	if (!w->find.sought)
		return ask(w, false);
	if (back)
		go_previous(w);
	else
		go_next(w);
	return request_of(REQUEST_NONE);
}

/* --- replacing, place by place --- */

static struct request
finish(struct writing *w, size_t at_once)
{
	size_t n = w->find.replaced + at_once;

	w->find.left = 0;
	context_say(w->view.ctx,
		    ngettext("Replaced in %zu place. Ctrl-Z takes back.",
			     "Replaced in %zu places. Ctrl-Z takes back.", n),
		    n);
	w->view.ctx->passing = true;
	return request_of(REQUEST_NONE);
}

static struct question *
make_question(const struct writing *w)
{
	size_t number = w->find.all - w->find.left + 1, line;
	struct buf text = BUF_INIT;
	struct question *q;
	int col;

	if (*w->find.by)
		buf_printf(&text, _("Replace by %s here?"), w->find.by);
	else
		buf_str(&text, _("Take this away?"));
	buf_printf(&text, _(" Place %zu of %zu."), number, w->find.all);
	q = question_new(text.ptr, NULL);
	/* The cursor is on the answers: say what they are about. */
	buf_reset(&text);
	editor_cursor(w->editor, &line, &col);
	editor_line(w->editor, line, &text);
	question_say(q, text.ptr);
	question_add(q, _("Yes"), CMD_REPLACE_YES, NULL);
	question_add(q, _("No, go on"), CMD_REPLACE_NO, NULL);
	question_add(q, _("All that follow"), CMD_REPLACE_ALL, NULL);
	question_add(q, _("Stop"), CMD_REPLACE_STOP, NULL);
	buf_release(&text);
	return q;
}

/* Select the next place and ask about it. */
static struct request
ask_next(struct writing *w)
{
	struct request r = request_of(REQUEST_ASK);
	struct found f;

	if (!w->find.left)
		return finish(w, 0);
	find_around(editor_text(w->editor), w->find.sought,
		    editor_position(w->editor), &f);
	if (!f.n)
		return finish(w, 0);
	editor_select(w->editor, f.next.from, f.next.to);
	r.question = make_question(w);
	return r;
}

static struct request
begin_replacing(struct writing *w, const char *both)
{
	size_t len = strcspn(both, "\n");
	size_t from, to;

	set_text(&w->find.sought, both, len);
	both += len + (both[len] == '\n');
	set_text(&w->find.by, both, strlen(both));
	w->find.replaced = 0;
	w->find.all =
		find_all(editor_text(w->editor), w->find.sought, NULL, NULL);
	w->find.left = w->find.all;
	if (!w->find.left) {
		say_none(w);
		return request_of(REQUEST_NONE);
	}
	if (editor_selection(w->editor, &from, &to))
		editor_select(w->editor, from, from); /* only go there */
	return ask_next(w);
}

static struct request
replace_one(struct writing *w)
{
	const char *by = w->find.by;
	size_t len = strlen(by);
	bool fits = len ? editor_paste(w->editor, by, len)
			: editor_erase_selection(w->editor);

	if (!fits) {
		writing_say_full(w, len);
		return request_of(REQUEST_NONE);
	}
	writing_change(w);
	w->find.replaced++;
	w->find.left--;
	return ask_next(w);
}

static struct request
skip_one(struct writing *w)
{
	editor_unselect(w->editor);
	w->find.left--;
	return ask_next(w);
}

static struct request
replace_rest(struct writing *w)
{
	struct buf after = BUF_INIT;
	size_t from, to, n = w->find.left;
	bool fits;

	if (!editor_selection(w->editor, &from, &to))
		from = editor_position(w->editor);
	find_replace(editor_text(w->editor), w->find.sought, w->find.by, from,
		     n, &after);
	fits = editor_become(w->editor, after.ptr, after.len);
	if (!fits)
		writing_say_full(w,
				 after.len - text_len(editor_text(w->editor)));
	buf_release(&after);
	if (!fits)
		return request_of(REQUEST_NONE);
	writing_change(w);
	return finish(w, n);
}

bool
writing_find(struct writing *w, enum command cmd, const char *text,
	     struct request *r)
{
	if (cmd == CMD_FIND)
		*r = ask(w, false);
	else if (cmd == CMD_FIND_NEXT || cmd == CMD_FIND_PREVIOUS)
		*r = find(w, text, cmd == CMD_FIND_PREVIOUS);
	else if (cmd == CMD_REPLACE)
		*r = text ? begin_replacing(w, text) : ask(w, true);
	else if (cmd == CMD_REPLACE_YES)
		*r = replace_one(w);
	else if (cmd == CMD_REPLACE_NO)
		*r = skip_one(w);
	else if (cmd == CMD_REPLACE_ALL)
		*r = replace_rest(w);
	else if (cmd == CMD_REPLACE_STOP)
		*r = finish(w, 0);
	else
		return false;
	return true;
}

/* F3 goes on when something is sought, and else asks what. */
bool
writing_find_key(struct writing *w, const struct key *k)
{
	if (k->code != KEY_F_ || k->number != 3 || k->shift || k->ctrl ||
	    k->alt || !w->find.sought)
		return false;
	go_next(w);
	return true;
}
