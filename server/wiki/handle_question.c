/*
 * handle_question.c - questions: question.list, question.read, and adding to
 * one: a position, an argument, one's support.
 */
#include <stdlib.h>
#include <string.h>

#include "plein/question.h"
#include "wiki/call.h"
#include "wiki/describe.h"
#include "wiki/edit.h"
#include "wiki/handlers.h"
#include "wiki/overviews.h"
#include "wiki/pagetext.h"
#include "wiki/rows.h"
#include "wiki/shaping.h"
#include "wiki/subject.h"

#define FOLDER "vraagstukken"
#define STATE_MAX 40
#define PASSAGE_MAX ((size_t)8192)
#define LINE_MAX_BYTES ((size_t)1000)

static int
handle_question_list(struct desk *d, struct call *c)
{
	struct overviews o;
	int rc = overviews_open(&o, d, c, OVERVIEW_QUESTIONS);

	o.filter.state = call_text(c, "state");
	if (!rc)
		rc = overviews_answer(&o, d, c);
	overviews_close(&o);
	return rc;
}

/* --- question.read --------------------------------------------------------- */

static json_t *
describe_supporters(const struct vec *handles)
{
	json_t *list = json_array();
	size_t i;

	for (i = 0; i < handles->len; i++)
		(void)json_array_append_new(list,
					    call_json_line(handles->items[i]));
	return list;
}

static json_t *
describe_arguments(const struct vec *arguments)
{
	json_t *list = json_array(), *row;
	const struct argument *a;
	size_t i;

	for (i = 0; i < arguments->len; i++) {
		a = arguments->items[i];
		row = json_object();
		describe_line(row, "text", a->text);
		describe_line(row, "handle", a->handle);
		(void)json_array_append_new(list, row);
	}
	return list;
}

static json_t *
describe_position(const struct position *p, const char *handle)
{
	json_t *row = json_object();

	describe_line(row, "title", p->title);
	(void)json_object_set_new(row, "text",
				  call_json(p->text, strlen(p->text)));
	(void)json_object_set_new(
		row, "support",
		describe_supporters(&p->lists[QUESTION_SUPPORT]));
	(void)json_object_set_new(
		row, "mine",
		json_boolean(handle && position_is_supported(p, handle)));
	(void)json_object_set_new(row, "for",
				  describe_arguments(&p->lists[QUESTION_FOR]));
	(void)json_object_set_new(
		row, "against",
		describe_arguments(&p->lists[QUESTION_AGAINST]));
	return row;
}

static int
handle_question_read(struct desk *d, struct call *c)
{
	struct subject s = SUBJECT_INIT;
	struct question q = { .positions = VEC_INIT };
	json_t *positions = json_array();
	size_t i;
	int rc = subject_open(&s, d, c, FOLDER);

	if (!rc)
		question_read(&q, s.text.ptr, s.text.len);
	for (i = 0; i < q.positions.len; i++)
		(void)json_array_append_new(
			positions, describe_position(q.positions.items[i],
						     c->caller->handle));
	if (!rc) {
		c->result = subject_describe(&s);
		describe_line(c->result, "core", q.core);
		(void)json_object_set(c->result, "positions", positions);
	}
	json_decref(positions);
	question_release(&q);
	subject_close(&s);
	return rc;
}

/* --- adding to one --------------------------------------------------------- */

/* Of an argument or of support: who it is. The host is nobody. */
static int
need_handle(const struct call *c, struct err *err)
{
	if (c->caller->handle)
		return 0;
	return err_set(err, PLEIN_EDENIED, "support is somebody's");
}

static int
add_position(struct shaping *s, struct desk *d, struct call *c,
	     struct buf *text, struct buf *words)
{
	const char *title = call_text(c, "title");

	(void)s;
	buf_printf(words, "%s: %s", edit_say(d, "opvatting", "position"),
		   title);
	return question_add(text, title, call_text(c, "text"), &c->err);
}

static int
handle_question_position(struct desk *d, struct call *c)
{
	struct shaping s = { .change = add_position,
			     .action = "discuss",
			     .folder = FOLDER };
	int rc = shaping_check_line(call_text(c, "title"), &c->err);

	return rc ? rc : shaping_run(&s, d, c);
}

static int
add_argument(struct shaping *s, struct desk *d, struct call *c,
	     struct buf *text, struct buf *words)
{
	const struct argument a = { (char *)call_text(c, "text"),
				    c->caller->handle };
	const char *title = call_text(c, "position");
	bool against = call_flag(c, "against");

	(void)s;
	buf_printf(words, "%s: %s",
		   against ? edit_say(d, "argument tegen", "argument against")
			   : edit_say(d, "argument voor", "argument for"),
		   title);
	return question_argue(text, title, against, &a, &c->err);
}

static int
handle_question_argument(struct desk *d, struct call *c)
{
	struct shaping s = { .change = add_argument,
			     .action = "discuss",
			     .folder = FOLDER };
	int rc = shaping_check_line(call_text(c, "text"), &c->err);

	return rc ? rc : shaping_run(&s, d, c);
}

static int
put_support(struct shaping *s, struct desk *d, struct call *c, struct buf *text,
	    struct buf *words)
{
	const char *title = call_text(c, "position");
	bool support = !call_flag(c, "withdraw");

	(void)s;
	buf_printf(
		words, "%s: %s",
		support ? edit_say(d, "steunt", "supports")
			: edit_say(d, "steunt niet meer", "supports no longer"),
		title);
	return question_support(text, title, c->caller->handle, support,
				&c->err);
}

static int
handle_question_support(struct desk *d, struct call *c)
{
	struct shaping s = { .change = put_support,
			     .action = "discuss",
			     .folder = FOLDER };
	int rc = need_handle(c, &c->err);

	return rc ? rc : shaping_run(&s, d, c);
}

/* --- rows ------------------------------------------------------------------ */

static const struct param list_params[] = {
	{ "state", PARAM_TEXT, false, STATE_MAX,
	  "`open`: all that are not answered; or `in bespreking`, "
	  "`beantwoord`" },
	PARAM_AFTER_ROW,
	PARAM_LIMIT,
	PARAM_AT,
	PARAMS_END,
};

static const struct param read_params[] = {
	{ "address", PARAM_TEXT, true, ADDRESS_MAX, "the page" },
	PARAM_AT,
	PARAMS_END,
};

static const struct param position_params[] = {
	{ "address", PARAM_TEXT, true, ADDRESS_MAX, "the page" },
	{ "title", PARAM_TEXT, true, TITLE_MAX, "what could be answered" },
	{ "text", PARAM_TEXT, false, PASSAGE_MAX, "what explains it" },
	PARAMS_SHAPING,
	PARAMS_END,
};

static const struct param argument_params[] = {
	{ "address", PARAM_TEXT, true, ADDRESS_MAX, "the page" },
	{ "position", PARAM_TEXT, true, TITLE_MAX, "its title" },
	{ "text", PARAM_TEXT, true, LINE_MAX_BYTES, "one line" },
	{ "against", PARAM_FLAG, false, 1, "it speaks against it" },
	PARAMS_SHAPING,
	PARAMS_END,
};

static const struct param support_params[] = {
	{ "address", PARAM_TEXT, true, ADDRESS_MAX, "the page" },
	{ "position", PARAM_TEXT, true, TITLE_MAX, "its title" },
	{ "withdraw", PARAM_FLAG, false, 1, "not any more" },
	PARAMS_SHAPING,
	PARAMS_END,
};

const struct method question_rows[] = {
	{ "question.list", RIGHT_READ, PLACE_READER, list_params,
	  "Lists questions (pages in " FOLDER "), by title.",
	  "{rows: [{address, title, status, state, core, positions, "
	  "supporters, threads, theme, theme_title, time}], next}: state is "
	  "`open`, `in bespreking` or `beantwoord`, core the core question or "
	  "null, threads how many discussions are open (of now only), theme "
	  "what it belongs to, time when it changed last; next is there when "
	  "there may be more, to be given as after; new as in page.list",
	  "usage rule busy corrupt", handle_question_list },
	{ "question.read", RIGHT_READ, PLACE_READER, read_params,
	  "Gives a question with its positions: the answers that people hold "
	  "possible.",
	  "{address, title, status, state, version, commit, core, positions: "
	  "[{title, text, support: [handle], mine, for: [{text, handle}], "
	  "against}]}: mine: the caller supports it; handle of an argument may "
	  "be null",
	  "not-found rule busy corrupt", handle_question_read },
	{ "question.position", RIGHT_WRITE, PLACE_WRITER, position_params,
	  "Adds a position to a question.", "as page.set", SHAPING_ERRORS,
	  handle_question_position },
	{ "question.argument", RIGHT_WRITE, PLACE_WRITER, argument_params,
	  "Adds an argument for or against a position, in the caller's name.",
	  "as page.set", SHAPING_ERRORS, handle_question_argument },
	{ "question.support", RIGHT_WRITE, PLACE_WRITER, support_params,
	  "Supports a position in the caller's name, or no longer.",
	  "as page.set", SHAPING_ERRORS, handle_question_support },
	ROWS_END,
};
