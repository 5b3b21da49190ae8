/* question.c - the drawer of every question; see question.h. */
#include "view/question.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plein/i18n.h"
#include "plein/mem.h"
#include "plein/wordwrap.h"
#include "view/choices.h"
#include "view/input.h"
#include "view/view.h"

struct question_view {
	struct view view;
	struct question *question;
	struct vec lines; /* char *: the explanation at this width */
	struct scroll read; /* over those lines */
	struct choices choices;
	struct input input; /* the reason, where one is asked */
	enum { ANSWERS, REASON, EXPLANATION } at; /* where the cursor is */
};

#define REASON_ROWS 2
#define GAPS_FROM 16 /* rows of a body in which blank lines set it apart */
#define REASON_MAX 500 /* bytes */

/* --- the question --- */

struct question *
question_new(const char *question, const char *explanation)
{
	struct question *q = mem_alloc(sizeof(*q));

	q->question = mem_strdup(question);
	q->cancel = CMD_N;
	q->explanation = explanation ? mem_strdup(explanation) : NULL;
	return q;
}

void
question_say(struct question *q, const char *message)
{
	free(q->message);
	q->message = mem_strdup(message);
}

void
question_leave(struct question *q, const char *word)
{
	free(q->leave);
	q->leave = mem_strdup(word);
}

void
question_ask(struct question *q, const char *reason)
{
	free(q->reason);
	q->reason = mem_strdup(reason);
}

void
question_ask_first(struct question *q, const char *reason)
{
	question_ask(q, reason);
	q->reason_first = true;
	question_say(q, reason);
}

void
question_add(struct question *q, const char *label, enum command command,
	     const char *text)
{
	struct answer *a;

	q->answers = mem_realloc(q->answers,
				 (q->n_answers + 1) * sizeof(*q->answers));
	a = &q->answers[q->n_answers++];
	a->label = mem_strdup(label);
	a->command = command;
	a->text = text ? mem_strdup(text) : NULL;
	a->looks = command == CMD_N;
}

void
question_add_look(struct question *q, const char *label, enum command command,
		  const char *text)
{
	question_add(q, label, command, text);
	q->answers[q->n_answers - 1].looks = true;
}

void
question_free(struct question *q)
{
	if (!q)
		return;
	for (size_t i = 0; i < q->n_answers; i++) {
		free(q->answers[i].label);
		free(q->answers[i].text);
	}
	free(q->answers);
	free(q->question);
	free(q->explanation);
	free(q->reason);
	free(q->message);
	free(q->leave);
	free(q);
}

/* --- the view --- */

static struct question_view *
question_of(struct view *v)
{
	return (struct question_view *)v;
}

static const struct question_view *
const_question(const struct view *v)
{
	return (const struct question_view *)v;
}

static int
reason_rows(const struct question_view *q)
{
	return q->question->reason ? REASON_ROWS : 0;
}

/* Blank lines: above the question, and above the reason. */
static size_t
count_gaps(const struct question_view *q)
{
	return q->question->reason ? 2 : 1;
}

/* As many as fit, so that the text it is about stays in sight. */
static int
height(const struct view *v, int rows)
{
	const struct question_view *q = const_question(v);
	size_t n =
		1 + q->lines.len + q->choices.list.len + (size_t)reason_rows(q);
	size_t most = rows > 4 ? (size_t)rows - 2 : (size_t)rows;

	if (rows >= GAPS_FROM && n + count_gaps(q) <= most)
		n += count_gaps(q);

	return (int)(n < most ? n : most);
}

static void
wrap_explanation(struct question_view *q, int cols)
{
	const char *text = q->question->explanation;
	size_t len = text ? strlen(text) : 0;

	vec_release(&q->lines, free);
	memset(&q->lines, 0, sizeof(q->lines));
	while (len) {
		size_t line = strcspn(text, "\n");
		size_t n = wordwrap_next(text, line, cols > 12 ? cols - 3 : 9);

		vec_push(&q->lines, mem_strndup(text, n));
		n += n == line && text[n] == '\n';
		text += n;
		len -= n;
	}
}

/* Rows around the question: of each what there is room for. */
struct parts {
	int above; /* blank */
	int lines, between, reason, answers;
};

/* The answers come first; when it is read, the explanation does. */
static struct parts
divide(const struct question_view *q, int rows)
{
	struct parts p = { .lines = (int)q->lines.len,
			   .reason = reason_rows(q),
			   .answers = (int)q->choices.list.len };
	int room = rows - 1 - p.reason - p.answers;

	if (room >= p.lines) {
		p.above = room > p.lines;
		p.between = p.reason && room > p.lines + 1;
		return p;
	}
	if (q->at == EXPLANATION) {
		p.reason = 0;
		room = rows - 2; /* one answer stays in sight */
	}
	if (room < p.lines)
		p.lines = room > 0 ? room : 0;
	p.answers = rows - 1 - p.lines - p.reason;
	return p;
}

/* One line leads to the others. */
static bool
is_cut(const struct question_view *q)
{
	return q->read.rows < (int)q->lines.len;
}

static void
recalc(struct view *v, int rows, int cols)
{
	struct question_view *q = question_of(v);
	struct parts p;

	wrap_explanation(q, cols);
	p = divide(q, rows);
	q->read.n = q->lines.len;
	q->read.rows = p.lines;
	scroll_fit(&q->read);
	choices_fit(&q->choices, p.answers);
}

static void
paint_reason(const struct question_view *q, struct canvas *c, int row)
{
	int width = canvas_cols(c) - 4;

	(void)canvas_ellipsis(c, row, 2, canvas_cols(c) - 2, STYLE_PLAIN,
			      q->question->reason);
	input_paint(&q->input, c, row + 1, 2, width < 76 ? width : 76);
}

/* From its first line on, until it is read. */
static void
paint_explanation(const struct question_view *q, struct canvas *c, int top)
{
	bool reads = q->at == EXPLANATION;
	size_t first = reads ? q->read.top : 0;

	for (int i = 0; i < q->read.rows && first + (size_t)i < q->lines.len;
	     i++)
		(void)canvas_text(c, top + i, 2, canvas_cols(c) - 2,
				  STYLE_PLAIN,
				  q->lines.items[first + (size_t)i]);
	if (reads)
		canvas_cursor(c, top + (int)(q->read.at - first), 0);
}

/* The part with the cursor last: it has the word on where that is. */
static void
paint(const struct view *v, struct canvas *c, int top, int rows)
{
	const struct question_view *q = const_question(v);
	struct parts p = divide(q, rows);
	int reason;

	top += p.above;
	reason = top + 1 + p.lines + p.between;
	(void)canvas_ellipsis(c, top, 0, canvas_cols(c), STYLE_HEADING,
			      q->question->question);
	if (p.reason)
		paint_reason(q, c, reason);
	choices_paint(&q->choices, c, reason + p.reason, p.answers);
	paint_explanation(q, c, top + 1);
	if (q->at == REASON)
		paint_reason(q, c, reason);
}

static bool
has_more(const struct view *v)
{
	const struct question_view *q = const_question(v);

	if (is_cut(q))
		return q->at != EXPLANATION || scroll_has_more(&q->read);
	return scroll_has_more(&q->choices.scroll);
}

/* The text of an answer, with what was typed. */
static struct request
run_answer(const struct question_view *q, const struct answer *a)
{
	struct buf text = BUF_INIT;
	struct request r;

	if (a->looks || !q->question->reason || !q->input.text.len)
		return request_run(a->command, a->text);
	buf_printf(&text, "%s\n%s", a->text ? a->text : "", q->input.text.ptr);
	r = request_run(a->command, text.ptr);
	buf_release(&text);
	return r;
}

static struct request
answer(const struct question_view *q, const struct choice *one)
{
	const struct answer *a;

	if (!one)
		return request_of(REQUEST_BACK);
	a = &q->question->answers[one->value];
	if (a->command == CMD_N)
		return request_of(REQUEST_BACK);
	return run_answer(q, a);
}

/* --- up and down through the parts --- */

static void
go_to_answers(struct question_view *q)
{
	q->at = ANSWERS;
	context_say_choice(q->view.ctx, &q->choices, CMD_NEXT_ITEM);
}

static void
go_to_reason(struct question_view *q)
{
	q->at = REASON;
	context_say(q->view.ctx, "%s", q->question->reason);
}

/* Up from below it: to its last line. */
static bool
go_to_explanation(struct question_view *q)
{
	if (!q->lines.len)
		return false;
	q->at = EXPLANATION;
	q->read.at = q->lines.len - 1;
	context_say(q->view.ctx, "%s", _("Explanation. Down: answers."));
	return true;
}

/* A key while the reason is typed; false when it means what it always does. */
static bool
type(struct question_view *q, const struct key *k)
{
	if (input_key(&q->input, k, q->view.ctx))
		return true;
	if (k->code == KEY_UP_)
		return go_to_explanation(q) || true;
	if (k->code != KEY_RETURN && k->code != KEY_TAB_ &&
	    k->code != KEY_DOWN_)
		return k->code == KEY_BACKTAB;
	go_to_answers(q);
	return true;
}

/* Up from the first answer is the line to type in, or what is explained. */
static bool
leave_answers(struct question_view *q, enum command cmd)
{
	if (q->choices.scroll.at || (cmd != CMD_UP && cmd != CMD_PREVIOUS_ITEM))
		return false;
	if (!q->question->reason)
		return go_to_explanation(q);
	go_to_reason(q);
	return true;
}

/* A movement in the explanation, or down out of it. */
static bool
walk(struct question_view *q, enum command cmd)
{
	struct scroll *s = &q->read;

	if (cmd == CMD_NEXT_ITEM || cmd == CMD_CHOOSE ||
	    (cmd == CMD_DOWN && s->at + 1 >= s->n)) {
		if (q->question->reason)
			go_to_reason(q);
		else
			go_to_answers(q);
		return true;
	}
	return scroll_move(s, cmd) || cmd == CMD_PREVIOUS_ITEM;
}

static bool
take_key(struct view *v, const struct key *k, struct request *r)
{
	struct question_view *q = question_of(v);
	const struct choice *one;

	if (q->at == REASON)
		return type(q, k);
	one = choices_of_key(&q->choices, k);
	if (!one)
		return false;
	*r = answer(q, one);
	return true;
}

/* A number beyond the last. */
static void
say_how_many(struct question_view *q)
{
	size_t n = q->question->n_answers;

	context_say(
		q->view.ctx,
		ngettext("There is %zu answer.", "There are %zu answers.", n),
		n);
}

static struct request
run(struct view *v, enum command cmd, const char *text)
{
	struct question_view *q = question_of(v);

	(void)text;
	if (q->at == EXPLANATION ? walk(q, cmd) : leave_answers(q, cmd))
		return request_of(REQUEST_NONE);
	if (choices_move(&q->choices, (int)cmd)) {
		context_say_choice(v->ctx, &q->choices, cmd);
		return request_of(REQUEST_NONE);
	}
	if (cmd == CMD_CHOOSE)
		return answer(q, choices_focus(&q->choices));
	if (cmd == CMD_PICK)
		say_how_many(q);
	if (cmd == CMD_CANCEL && q->question->cancel != CMD_N)
		return request_run(q->question->cancel, NULL);
	return request_of(cmd == CMD_CANCEL ? REQUEST_BACK : REQUEST_NONE);
}

static const enum command bar[] = { CMD_CHOOSE, CMD_UP,
				    CMD_PICK,	CMD_PREVIOUS_ITEM,
				    CMD_CANCEL, CMD_HELP,
				    CMD_N };

static bool
allows(const struct view *v, enum command cmd)
{
	const struct question *q = const_question(v)->question;

	if (cmd == CMD_UP)
		return is_cut(const_question(v));
	if (cmd == CMD_PREVIOUS_ITEM)
		return q->reason != NULL;
	return cmd != CMD_PICK || q->n_answers > 1;
}

/* Esc does what the first answer does, where that one only closes. */
static void
name(const struct view *v, enum command cmd, struct buf *key, struct buf *word)
{
	const struct question *q = const_question(v)->question;

	if (cmd == CMD_PICK)
		buf_printf(key, "1-%zu",
			   q->n_answers < QUESTION_ANSWERS
				   ? q->n_answers
				   : (size_t)QUESTION_ANSWERS);
	else if (cmd == CMD_UP)
		buf_str(word, _("Explanation"));
	else if (cmd == CMD_PREVIOUS_ITEM)
		buf_str(word, _("Reason"));
	else if (cmd == CMD_HELP)
		buf_str(key, "F1"); /* a reason may hold a question mark */
	else if (cmd == CMD_CANCEL && q->n_answers &&
		 q->answers[0].command == CMD_N)
		buf_str(word, q->leave ? q->leave : q->answers[0].label);
}

static void
tell_where(const struct view *v, struct buf *out)
{
	buf_str(out, const_question(v)->question->question);
}

static void
tell(const struct view *v, struct telling *t)
{
	const struct question_view *q = const_question(v);

	telling_add(t, TELLING_HEADING, q->question->question, 0);
	if (q->question->explanation)
		telling_add(t, TELLING_TEXT, q->question->explanation, 0);
	choices_tell_all(&q->choices, t);
}

static bool
pick(struct view *v, size_t value)
{
	question_of(v)->at = ANSWERS;
	return choices_pick(&question_of(v)->choices, value);
}

static void
destroy(struct view *v)
{
	struct question_view *q = question_of(v);

	question_free(q->question);
	vec_release(&q->lines, free);
	choices_release(&q->choices);
	input_release(&q->input);
	free(q);
}

static const struct view_ops ops = {
	.place = PLACE_QUESTION,
	.height = height,
	.recalc = recalc,
	.paint = paint,
	.has_more = has_more,
	.key = take_key,
	.run = run,
	.allows = allows,
	.bar = bar,
	.name = name,
	.where = tell_where,
	.tell = tell,
	.pick = pick,
	.free = destroy,
};

const char *
question_view_asks(const struct view *v, size_t value)
{
	const struct question *q =
		v->ops == &ops ? const_question(v)->question : NULL;

	if (!q || value >= q->n_answers || q->answers[value].looks)
		return NULL;
	return q->reason;
}

bool
question_view_must(const struct view *v)
{
	return v->ops == &ops && const_question(v)->question->reason_first;
}

void
question_view_type(struct view *v, const char *reason)
{
	input_type(&question_of(v)->input, reason);
}

struct view *
question_view_new(struct context *c, struct question *q_take)
{
	struct question_view *q = mem_alloc(sizeof(*q));
	char sign[24];

	q->view.ops = &ops;
	q->view.ctx = c;
	q->question = q_take;
	choices_init(&q->choices);
	input_init(&q->input, "", REASON_MAX);
	for (size_t i = 0; i < q_take->n_answers; i++) {
		(void)snprintf(sign, sizeof(sign), "%zu", i + 1);
		choices_add(&q->choices, i < 9 ? sign : "", true,
			    q_take->answers[i].label, (int)i);
	}
	q->choices.scroll.at = q_take->focus;
	q->at = q_take->reason_first ? REASON : ANSWERS;
	context_say(c, "%s",
		    q_take->message ? q_take->message : q_take->question);
	return &q->view;
}
