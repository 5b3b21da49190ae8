/*
 * roundwrite.c - one's own answer to a step of a round; see round.h. The
 * question, who will see the answer, and below it the field. What is typed goes
 * to the wiki as a draft that nobody else sees (keep.h). Line 23 is not
 * brought up to date meanwhile: who else answers is no matter now.
 */
#include <stdlib.h>
#include <string.h>

#include "base/roundwords.h"
#include "base/sentence.h"
#include "edit/editor.h"
#include "plein/clock.h"
#include "plein/i18n.h"
#include "plein/mem.h"
#include "plein/round.h"
#include "plein/wordwrap.h"
#include "view/keep.h"
#include "view/motion.h"
#include "view/paragraph.h"
#include "view/round.h"
#include "view/view.h"

#define TEXT_COLS 79
#define INDENT 2
#define FIELD_ROWS 4 /* for the text, at least */
#define ROOMY 14

struct roundwrite {
	struct view view;
	json_int_t round, step;
	json_t *result; /* of round.read, or NULL */
	struct editor *editor; /* NULL until then */
	struct keep keep;
	bool sent; /* the wiki has not answered yet */
	int above, rows; /* lines over the text, and of it */
};

static struct roundwrite *
write_of(struct view *v)
{
	return (struct roundwrite *)v;
}

static const struct roundwrite *
const_write(const struct view *v)
{
	return (const struct roundwrite *)v;
}

static const json_t *
step_of(const struct roundwrite *w)
{
	return json_array_get(json_object_get(w->result, "steps"),
			      (size_t)w->step - 1);
}

static bool
is_so(const json_t *row, const char *key)
{
	return json_is_true(json_object_get(row, key));
}

static char *
copy_text(const struct roundwrite *w)
{
	const struct text *t = editor_text(w->editor);
	struct buf out = BUF_INIT;

	text_copy(t, 0, text_len(t), &out);
	return buf_take(&out);
}

static json_t *
make_params(const struct roundwrite *w)
{
	char *text = copy_text(w);
	json_t *params = json_pack("{s:I, s:I, s:s}", "round", w->round, "step",
				   w->step, "text", text);

	free(text);
	return params;
}

/* --- data --- */

static void
take_round(void *ctx, const struct rpc_msg *m)
{
	struct roundwrite *w = ctx;
	struct context *c = w->view.ctx;
	const char *draft;
	struct buf line = BUF_INIT;

	if (m->kind == RPC_ERROR) {
		context_say_error(c, m);
		view_post(&w->view, request_of(REQUEST_BACK));
		return;
	}
	w->result = json_incref(m->result);
	draft = args_text(w->result, "draft");
	w->editor = editor_new(draft, strlen(draft), ROUND_ANSWER_MAX);
	editor_move(w->editor, EDITOR_TEXT_END);
	roundwords_count(&line, (long)args_number(step_of(w), "answers"),
			 (long)args_number(w->result, "asked"));
	context_say(c, "%s", line.ptr);
	buf_release(&line);
}

static bool
is_ready(const struct view *v)
{
	return const_write(v)->editor != NULL;
}

/* --- keeping --- */

static void
take_kept(void *ctx, const struct rpc_msg *m)
{
	struct roundwrite *w = ctx;

	if (keep_answer(&w->keep, m->kind == RPC_RESULT))
		context_say(w->view.ctx, "%s",
			    _("Error: draft not kept. Save or copy your "
			      "text."));
}

static int64_t
find_due(const struct view *v)
{
	return keep_due(&const_write(v)->keep);
}

static void
send_draft(struct roundwrite *w)
{
	keep_send(&w->keep, clock_wall());
	(void)link_call(w->view.ctx->link, "round.keep", make_params(w),
			take_kept, w);
}

static void
tick(struct view *v, bool ends)
{
	struct roundwrite *w = write_of(v);
	int64_t at = keep_due(&w->keep);

	if (w->editor && !w->sent &&
	    (ends ? keep_has_news(&w->keep) : at && at <= clock_mono_ms()))
		send_draft(w);
}

/* --- showing --- */

static void
fill_head(const struct view *v, struct head *h)
{
	const struct roundwrite *w = const_write(v);
	const json_t *step = step_of(w);

	buf_printf(&h->title, _("Reflection: %s - step %lld of %zu"),
		   args_text(w->result, "title"), (long long)w->step,
		   json_array_size(json_object_get(w->result, "steps")));
	head_cut_name(h, args_text(w->result, "title"));
	if (keep_has_news(&w->keep) || w->keep.kept)
		buf_str(&h->state, _("unsaved"));
	if (is_so(step, "answered"))
		buf_str(&h->place, _("You add to your answer. "));
	else
		buf_str(&h->place, _("First write alone. "));
	if (is_so(step, "open")) {
		buf_str(&h->place, _("Open until "));
		sentence_moment(&h->place, args_number(step, "until"));
		buf_str(&h->place, ". ");
	} else {
		buf_str(&h->place, _("This step is closed: you are late. "));
	}
	buf_printf(&h->place, _("Led by: %s"), args_text(w->result, "host"));
}

/* What stands above the field, in order. */
static void
list_texts(const struct roundwrite *w, const char *texts[4])
{
	const json_t *step = step_of(w);

	texts[0] = args_text(step, "title");
	texts[1] = args_text(step, "question");
	texts[2] = roundwords_names(args_text(step, "names"));
	texts[3] = _("Your answer");
}

static int
count_lines(const char *text, int cols)
{
	int width = cols - INDENT - 1, n = 0;
	size_t len = strlen(text), took;

	for (; len; n++) {
		took = wordwrap_next(text, len, width > 1 ? width : 1);
		text += took;
		len -= took;
	}
	return n;
}

/* Lines over the field, its label included; the field has FIELD_ROWS. */
static int
measure(const struct roundwrite *w, int rows, int cols)
{
	const char *texts[4];
	int n = rows >= ROOMY ? 1 : 0, most = rows - FIELD_ROWS;

	list_texts(w, texts);
	for (int i = 0; i < 3; i++)
		if (*texts[i])
			n += count_lines(texts[i], cols) +
			     (i > 0 && rows >= ROOMY);
	return n + 1 < most ? n + 1 : most;
}

static void
recalc(struct view *v, int rows, int cols)
{
	struct roundwrite *w = write_of(v);

	if (!w->editor)
		return;
	w->above = measure(w, rows, cols);
	w->rows = rows - w->above;
	editor_resize(w->editor, w->rows,
		      cols > TEXT_COLS ? TEXT_COLS : cols - 1);
}

/* The question as far as there is room for it, and the label. */
static void
paint_question(const struct roundwrite *w, struct canvas *c, int top, int rows)
{
	const char *texts[4];
	int row = rows >= ROOMY ? 1 : 0, room = w->above - 1;

	list_texts(w, texts);
	for (int i = 0; i < 3 && row < room; i++) {
		if (!*texts[i])
			continue;
		row += paragraph_paint(c, top + row, INDENT, room - row,
				       i ? STYLE_PLAIN : STYLE_HEADING,
				       texts[i]);
		row += i > 0 && rows >= ROOMY;
	}
	(void)paragraph_paint(c, top + room, 0, 1, STYLE_HEADING, texts[3]);
}

static void
paint_text(const struct roundwrite *w, struct canvas *c, int top, int rows)
{
	size_t line, from = editor_top(w->editor);
	struct buf text = BUF_INIT;
	int col;

	for (int i = 0; i < rows; i++) {
		if (from + (size_t)i >= editor_n_lines(w->editor))
			break;
		buf_reset(&text);
		editor_line(w->editor, from + (size_t)i, &text);
		(void)canvas_bytes(c, top + i, 0, STYLE_PLAIN, text.ptr,
				   text.len);
	}
	buf_release(&text);
	editor_cursor(w->editor, &line, &col);
	canvas_cursor(c, top + (int)(line - from), col);
}

static void
paint(const struct view *v, struct canvas *c, int top, int rows)
{
	const struct roundwrite *w = const_write(v);

	canvas_cursor(c, top, 0);
	if (!w->editor)
		return;
	paint_question(w, c, top, rows);
	paint_text(w, c, top + w->above, w->rows);
}

static bool
has_more(const struct view *v)
{
	const struct roundwrite *w = const_write(v);

	return w->editor && editor_top(w->editor) + (size_t)w->rows <
				    editor_n_lines(w->editor);
}

static void
tell_where(const struct view *v, struct buf *out)
{
	buf_str(out, args_text(step_of(const_write(v)), "title"));
}

static void
tell(const struct view *v, struct telling *t)
{
	const struct roundwrite *w = const_write(v);
	const char *texts[4];
	char *text;

	if (!w->editor)
		return;
	list_texts(w, texts);
	for (int i = 0; i < 4; i++)
		if (*texts[i])
			telling_add(t,
				    i == 0 || i == 3 ? TELLING_HEADING
						     : TELLING_TEXT,
				    texts[i], 0);
	text = copy_text(w);
	telling_add(t, TELLING_TEXT, text, 0);
	free(text);
}

/* --- acting --- */

static void
type(struct roundwrite *w, const char *s, size_t len, bool paste)
{
	bool fits = paste ? editor_paste(w->editor, s, len)
			  : editor_insert(w->editor, s, len);

	if (!fits)
		context_say(w->view.ctx, "%s",
			    _("Note: an answer has at most 4000 letters."));
}

static bool
take_key(struct view *v, const struct key *k, struct request *r)
{
	struct roundwrite *w = write_of(v);

	(void)r;
	if (!w->editor || w->sent)
		return false;
	if (k->code == KEY_PASTE)
		type(w, k->text, k->len, true);
	else if (k->code == KEY_TEXT && !k->alt)
		type(w, k->text, k->len, false);
	else if (k->code == KEY_RETURN)
		type(w, "\n", 1, false);
	else if (k->code == KEY_BACK)
		editor_erase_back(w->editor);
	else if (k->code == KEY_DELETE)
		editor_erase(w->editor);
	else
		return false;
	keep_change(&w->keep, clock_mono_ms());
	return true;
}

/* "1 think about it 2 send it": what it means is said once more. */
static struct request
ask_send(const struct roundwrite *w)
{
	const json_t *step = step_of(w);
	bool nameless = strcmp(args_text(step, "names"), "anoniem") == 0;
	struct request r = request_of(REQUEST_ASK);

	r.question = question_new(
		_("Question: send your answer?"),
		nameless ? _("It cannot be changed any more, and nobody can "
			     "take it out. You see the others when this step "
			     "is closed.")
			 : _("You can add to it later; these first words "
			     "stay."));
	question_add(r.question, _("Think about it a little more"), CMD_N,
		     NULL);
	question_add(r.question,
		     nameless ? _("Send it")
			      : _("Send it, and see the other answers"),
		     CMD_ANSWER_SEND, NULL);
	return r;
}

static void
take_sent(void *ctx, const struct rpc_msg *m)
{
	struct roundwrite *w = ctx;

	w->sent = false;
	if (m->kind == RPC_ERROR && m->code != PLEIN_ESAME) {
		context_say_error(w->view.ctx, m);
		return;
	}
	keep_skip(&w->keep);
	view_post(&w->view, request_text(REQUEST_CHANGED,
					 m->kind == RPC_ERROR
						 ? _("You have answered this "
						     "step.")
						 : _("Your answer was "
						     "sent.")));
}

static struct request
send_answer(struct roundwrite *w)
{
	if (w->sent)
		return request_of(REQUEST_NONE);
	w->sent = true;
	keep_skip(&w->keep);
	(void)link_call(w->view.ctx->link, "round.answer", make_params(w),
			take_sent, w);
	return request_of(REQUEST_NONE);
}

/* What is typed stays as a draft. */
static struct request
leave(struct roundwrite *w)
{
	if (w->editor && keep_has_news(&w->keep))
		send_draft(w);
	if (w->keep.kept)
		context_say(w->view.ctx, "%s",
			    _("Your text is kept. Only you can see it."));
	return request_of(REQUEST_BACK);
}

static struct request
run(struct view *v, enum command cmd, const char *text)
{
	struct roundwrite *w = write_of(v);
	enum editor_motion motion;

	(void)text;
	if (cmd == CMD_CLOSE || cmd == CMD_LEAVE)
		return leave(w);
	if (!w->editor)
		return request_of(REQUEST_NONE);
	if (cmd == CMD_DONE)
		return ask_send(w);
	if (cmd == CMD_ANSWER_SEND)
		return send_answer(w);
	if (motion_of_command(cmd, &motion))
		editor_move(w->editor, motion);
	return request_of(REQUEST_NONE);
}

static const enum command bar[] = { CMD_DONE, CMD_CLOSE, CMD_HELP, CMD_N };

static const struct view_word bar_words[] = {
	{ CMD_DONE, N_("Send it") },
	{ CMD_N, NULL },
};

static void
destroy(struct view *v)
{
	struct roundwrite *w = write_of(v);

	link_forget(v->ctx->link, v);
	editor_free(w->editor);
	json_decref(w->result);
	free(w);
}

static const struct view_ops ops = {
	.place = PLACE_FORM,
	.is_ready = is_ready,
	.head = fill_head,
	.recalc = recalc,
	.paint = paint,
	.has_more = has_more,
	.key = take_key,
	.run = run,
	.bar = bar,
	.words = bar_words,
	.where = tell_where,
	.tell = tell,
	.due = find_due,
	.tick = tick,
	.free = destroy,
};

struct view *
roundwrite_view_new(struct context *c, const json_t *args)
{
	struct roundwrite *w = mem_alloc(sizeof(*w));

	w->view.ops = &ops;
	w->view.ctx = c;
	w->round = args_number(args, "round");
	w->step = args_number(args, "step");
	w->keep.ms = c->keep_ms;
	(void)link_call(
		c->link, "round.read",
		json_pack("{s:I, s:I}", "round", w->round, "step", w->step),
		take_round, w);
	return &w->view;
}
