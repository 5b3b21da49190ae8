/*
 * round.c - see round.h. Values are answers, one after the other, and from
 * POINTS on statements by their number.
 */
#include "view/round.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/roundwords.h"
#include "base/sentence.h"
#include "plein/i18n.h"
#include "plein/mem.h"
#include "view/listview.h"

#define POINTS ((size_t)1 << 20)
#define TEXT_ROWS 200 /* of one answer: all of it */

struct round_view {
	struct listview base;
	json_int_t round, step;
	json_t *result; /* of round.read, or NULL */
	char *reason; /* why it is being cancelled, or NULL */
};

static struct round_view *
round_of(struct view *v)
{
	return (struct round_view *)v;
}

static const struct round_view *
const_round(const struct view *v)
{
	return (const struct round_view *)v;
}

static size_t
count_steps(const struct round_view *r)
{
	return json_array_size(json_object_get(r->result, "steps"));
}

static const json_t *
step_of(const struct round_view *r)
{
	return json_array_get(json_object_get(r->result, "steps"),
			      (size_t)r->step - 1);
}

static bool
is_so(const json_t *row, const char *key)
{
	return json_is_true(json_object_get(row, key));
}

/* --- the list --- */

static void
name_writer(const json_t *answer, struct buf *out)
{
	const char *who = args_text(answer, "who");

	buf_str(out, *who ? who : _("without a name"));
	if (is_so(answer, "own"))
		buf_str(out, _(" (you)"));
	if (is_so(answer, "late"))
		buf_str(out, _(", late"));
}

/* As they were written: what a blank line divides is not one line. */
static void
add_paragraphs(struct round_view *r, const char *text)
{
	const char *end;
	char *one;

	while (*(text += strspn(text, "\n"))) {
		end = strstr(text, "\n\n");
		one = end ? mem_strndup(text, (size_t)(end - text))
			  : mem_strdup(text);
		listing_detail(&r->base.list, one, TEXT_ROWS);
		text += strlen(one);
		free(one);
	}
}

static void
add_answer(struct round_view *r, size_t value, const json_t *answer)
{
	static const char *const cells[LISTING_COLUMNS] = { NULL };
	struct buf line = BUF_INIT;

	name_writer(answer, &line);
	listing_add(&r->base.list, value, line.ptr, cells);
	add_paragraphs(r, args_text(answer, "text"));
	if (*args_text(answer, "more")) {
		buf_reset(&line);
		buf_printf(&line, _("Added later: %s"),
			   args_text(answer, "more"));
		add_paragraphs(r, line.ptr);
	}
	buf_release(&line);
}

static void
add_group(struct round_view *r, const json_t *group, size_t *value)
{
	const json_t *answers = json_object_get(group, "answers"), *answer;
	const char *name = args_text(group, "value");
	struct buf line = BUF_INIT;
	size_t i;

	buf_printf(&line, "%s (%zu)", *name ? name : _("Answers"),
		   json_array_size(answers));
	listing_heading(&r->base.list, line.ptr);
	json_array_foreach(answers, i, answer)
	{
		add_answer(r, (*value)++, answer);
	}
	buf_release(&line);
}

static void
add_stands(struct round_view *r, const json_t *point)
{
	struct buf line = BUF_INIT;
	const json_t *stand;
	size_t i;

	json_array_foreach(json_object_get(point, "stands"), i, stand)
	{
		if (!*args_text(stand, "reason"))
			continue;
		buf_reset(&line);
		buf_printf(&line, "%s, %s: %s", args_text(stand, "who"),
			   is_so(stand, "agrees") ? _("agrees")
						  : _("disagrees"),
			   args_text(stand, "reason"));
		listing_detail(&r->base.list, line.ptr, TEXT_ROWS);
	}
	buf_release(&line);
}

/* Nobody against is agreement, if anybody said so. */
static const char *
name_point(const json_t *point)
{
	if (args_number(point, "disagree"))
		return _("Disagreement:");
	return args_number(point, "agree") ? _("Agreement:") : _("Statement:");
}

static bool
ends_sentence(const char *text)
{
	size_t n = strlen(text);

	return n > 0 && strchr(".!?", text[n - 1]) != NULL;
}

static void
add_point(struct round_view *r, const json_t *point)
{
	static const char *const cells[LISTING_COLUMNS] = { NULL };
	const char *text = args_text(point, "text");
	struct buf line = BUF_INIT;

	buf_printf(&line, _("%s %s%s For: %lld. Against: %lld."),
		   name_point(point), text, ends_sentence(text) ? "" : ".",
		   (long long)args_number(point, "agree"),
		   (long long)args_number(point, "disagree"));
	listing_add(&r->base.list, POINTS + (size_t)args_number(point, "point"),
		    line.ptr, cells);
	add_stands(r, point);
	buf_release(&line);
}

static void
add_points(struct round_view *r)
{
	const json_t *points = json_object_get(r->result, "points"), *point;
	size_t i;

	if (json_array_size(points) > 0)
		listing_heading(&r->base.list, _("Agreement and disagreement"));
	json_array_foreach(points, i, point)
	{
		add_point(r, point);
	}
}

static void
add_answers(struct round_view *r)
{
	const json_t *groups = json_object_get(r->result, "groups"), *group;
	size_t i, value = 0;

	json_array_foreach(groups, i, group)
	{
		add_group(r, group, &value);
	}
	if (json_array_size(groups) == 0)
		listing_say(&r->base.list, _("Nobody has answered yet."));
}

static void
add_question(struct round_view *r, const json_t *step)
{
	if (*args_text(step, "question"))
		listing_say(&r->base.list, args_text(step, "question"));
	if (is_so(step, "open") && !is_so(step, "answered") &&
	    is_so(r->result, "takes_part"))
		listing_say(&r->base.list,
			    roundwords_names(args_text(step, "names")));
}

static void
fill_list(struct round_view *r)
{
	const json_t *step = step_of(r);
	struct buf why = BUF_INIT;

	listing_clear(&r->base.list);
	add_question(r, step);
	roundwords_sight(&why, args_text(step, "sight"),
			 (long)args_number(step, "answers"));
	if (why.len > 0) {
		listing_say(&r->base.list, why.ptr);
	} else {
		add_answers(r);
		add_points(r);
	}
	buf_release(&why);
}

/* --- data --- */

static void
take_round(void *ctx, const struct rpc_msg *m)
{
	struct round_view *r = ctx;

	if (m->kind == RPC_ERROR) {
		context_say_error(r->base.view.ctx, m);
		view_post(&r->base.view, request_of(REQUEST_BACK));
		return;
	}
	json_decref(r->result);
	r->result = json_incref(m->result);
	fill_list(r);
}

static void
reload(struct view *v)
{
	struct round_view *r = round_of(v);

	link_forget(v->ctx->link, v);
	(void)link_call(
		v->ctx->link, "round.read",
		json_pack("{s:I, s:I}", "round", r->round, "step", r->step),
		take_round, v);
}

static bool
is_ready(const struct view *v)
{
	return const_round(v)->result != NULL;
}

/* --- showing --- */

static void
fill_head(const struct view *v, struct head *h)
{
	const struct round_view *r = const_round(v);
	const json_t *step = step_of(r);
	json_int_t asked = args_number(r->result, "asked");

	buf_printf(&h->title, _("Reflection: %s - step %lld of %zu"),
		   args_text(r->result, "title"), (long long)r->step,
		   count_steps(r));
	head_cut_name(h, args_text(r->result, "title"));
	buf_printf(&h->place, "%s ", args_text(step, "title"));
	if (is_so(r->result, "takes_part") && asked)
		buf_printf(&h->place, _("%lld of %lld answers. "),
			   (long long)args_number(step, "answers"),
			   (long long)asked);
	else if (is_so(r->result, "takes_part"))
		buf_printf(&h->place, _("Answers: %lld. "),
			   (long long)args_number(step, "answers"));
	if (is_so(step, "open")) {
		buf_str(&h->place, _("Open until "));
		sentence_moment(&h->place, args_number(step, "until"));
		buf_char(&h->place, '.');
	} else {
		buf_str(&h->place, _("Closed."));
	}
}

/* --- acting --- */

static json_t *
step_params(const struct round_view *r)
{
	return json_pack("{s:I, s:I}", "round", r->round, "step", r->step);
}

static void
take_done(void *ctx, const struct rpc_msg *m)
{
	struct round_view *r = ctx;

	if (m->kind == RPC_ERROR)
		context_say_error(r->base.view.ctx, m);
	reload(&r->base.view);
}

static void
act(struct round_view *r, const char *method, json_t *params_take)
{
	(void)link_call(r->base.view.ctx->link, method, params_take, take_done,
			r);
}

static struct request
go_to_step(struct round_view *r, json_int_t step)
{
	r->step = step;
	reload(&r->base.view);
	return request_of(REQUEST_NONE);
}

static struct request
ask_statement(void)
{
	struct request r = request_text(
		REQUEST_FIELD, _("What do people agree about, or not? One "
				 "sentence."));

	r.command = CMD_STATED;
	return r;
}

static struct request
ask_stand(size_t point)
{
	struct request r = request_of(REQUEST_ASK);
	struct buf yes = BUF_INIT, no = BUF_INIT;

	buf_printf(&yes, "%zu yes", point);
	buf_printf(&no, "%zu no", point);
	r.question = question_new(_("Question: do you agree with this?"), NULL);
	question_add(r.question, _("Say nothing yet"), CMD_N, NULL);
	question_add(r.question, _("I agree"), CMD_STANCE, yes.ptr);
	question_add(r.question, _("I disagree"), CMD_STANCE, no.ptr);
	question_ask(r.question, _("Why? Others read this."));
	buf_release(&yes);
	buf_release(&no);
	return r;
}

/* "3 yes", and behind a newline the reason. */
static void
take_stand(struct round_view *r, const char *text)
{
	json_t *params = step_params(r);
	const char *reason = strchr(text, '\n');

	(void)json_object_set_new(params, "point",
				  json_integer(strtol(text, NULL, 10)));
	(void)json_object_set_new(params, "agrees",
				  json_boolean(strstr(text, " yes") != NULL));
	if (reason && reason[1])
		(void)json_object_set_new(params, "reason",
					  json_string(reason + 1));
	act(r, "round.stand", params);
}

static struct request
ask_end(void)
{
	struct request r = request_of(REQUEST_ASK);

	r.question = question_new(
		_("Question: close this step now?"),
		_("Then everybody who takes part sees the answers. It cannot "
		  "be opened again."));
	question_add(r.question, _("No, leave it open"), CMD_N, NULL);
	question_add(r.question, _("Yes, close it"), CMD_STEP_ENDED, NULL);
	return r;
}

/* First why, then once more: nothing of it comes back. */
static struct request
ask_why(void)
{
	struct request r = request_text(
		REQUEST_FIELD, _("Why is it cancelled? Who takes part reads "
				 "this."));

	r.command = CMD_CANCEL_WHY;
	return r;
}

static struct request
ask_cancel(struct round_view *r, const char *reason)
{
	struct request q = request_of(REQUEST_ASK);

	free(r->reason);
	r->reason = mem_strdup(reason);
	q.question = question_new(
		_("Question: cancel this round?"),
		_("All that was said in it is thrown away, for good, and "
		  "nothing comes into the wiki. Who took part is told."));
	question_ask_first(q.question,
			   _("Type the word \"cancel\" to confirm"));
	question_add(q.question, _("No, leave it open"), CMD_N, NULL);
	question_leave(q.question, _("Leave it open"));
	question_add(q.question, _("Yes, throw it away"), CMD_ROUND_CANCELLED,
		     "");
	return q;
}

static void
take_cancelled(void *ctx, const struct rpc_msg *m)
{
	struct round_view *r = ctx;
	json_int_t told;

	if (m->kind == RPC_ERROR) {
		context_say_error(r->base.view.ctx, m);
		return;
	}
	told = args_number(m->result, "told");
	context_say(r->base.view.ctx,
		    ngettext("The round is cancelled; %lld person is told.",
			     "The round is cancelled; %lld people are told.",
			     (unsigned long)told),
		    (long long)told);
	view_post(&r->base.view, request_of(REQUEST_BACK));
}

/* `text` ends with what was typed. */
static void
confirm_cancel(struct round_view *r, const char *text)
{
	const char *typed = text ? strchr(text, '\n') : NULL;

	/* the word that confirms that a round is thrown away */
	if (!typed || strcasecmp(typed + 1, _("cancel")) != 0) {
		context_say(r->base.view.ctx, "%s",
			    _("Nothing happened: the word was not typed."));
		return;
	}
	(void)link_call(
		r->base.view.ctx->link, "round.cancel",
		json_pack("{s:I, s:s}", "round", r->round, "reason", r->reason),
		take_cancelled, r);
}

/* The statement in focus; 0: none is. */
static size_t
find_point(const struct round_view *r)
{
	size_t value;

	if (!listing_focus(&r->base.list, &value) || value < POINTS)
		return 0;
	return value - POINTS;
}

static bool
may_close(const struct round_view *r)
{
	return is_so(r->result, "is_host") ||
	       strcmp(context_session(r->base.view.ctx, "role"), "beheerder") ==
		       0;
}

static bool
may_answer(const struct round_view *r)
{
	const json_t *step = step_of(r);
	bool named = strcmp(args_text(step, "names"), "anoniem") != 0;

	return is_so(r->result, "takes_part") &&
	       (named || (is_so(step, "open") && !is_so(step, "answered")));
}

static bool
may_state(const struct round_view *r)
{
	const json_t *step = step_of(r);

	return is_so(r->result, "takes_part") &&
	       strcmp(args_text(step, "sight"), "seen") == 0 &&
	       strcmp(args_text(step, "names"), "anoniem") != 0;
}

static bool
allows(const struct view *v, enum command cmd)
{
	const struct round_view *r = const_round(v);

	if (!r->result)
		return true;
	if (cmd == CMD_OPEN)
		return find_point(r) > 0;
	if (cmd == CMD_ANSWER_STEP)
		return may_answer(r);
	if (cmd == CMD_STATEMENT)
		return may_state(r);
	if (cmd == CMD_STEP_NEXT)
		return (size_t)r->step < count_steps(r);
	if (cmd == CMD_STEP_BACK)
		return r->step > 1;
	if (cmd == CMD_STEP_END)
		return may_close(r) && is_so(step_of(r), "open");
	if (cmd == CMD_ROUND_CLOSE)
		return may_close(r);
	if (cmd == CMD_ROUND_CANCEL)
		return may_close(r) && !is_so(r->result, "closing");
	if (cmd == CMD_ROUND_BEFORE)
		return *args_text(r->result, "previous") != '\0';
	return cmd != CMD_ROUND_OPEN;
}

static struct request
act_on(struct round_view *r, enum command cmd, const char *text)
{
	json_t *params;

	if (cmd == CMD_STATED && text && *text) {
		params = step_params(r);
		(void)json_object_set_new(params, "text", json_string(text));
		act(r, "round.point", params);
	}
	if (cmd == CMD_STANCE && text)
		take_stand(r, text);
	if (cmd == CMD_STEP_ENDED)
		act(r, "round.step", step_params(r));
	if (cmd == CMD_CANCEL_WHY)
		return ask_cancel(r, text ? text : "");
	if (cmd == CMD_ROUND_CANCELLED)
		confirm_cancel(r, text);
	return request_of(REQUEST_NONE);
}

static struct request
run(struct view *v, enum command cmd, const char *text)
{
	struct round_view *r = round_of(v);
	struct request done;

	if (listview_run(v, cmd, text, &done))
		return done;
	if (!allows(v, cmd))
		return request_of(REQUEST_NONE);
	if (cmd == CMD_OPEN)
		return ask_stand(find_point(r));
	if (cmd == CMD_ANSWER_STEP)
		return request_show(SCREEN_ROUNDWRITE, step_params(r));
	if (cmd == CMD_STATEMENT)
		return ask_statement();
	if (cmd == CMD_STEP_NEXT || cmd == CMD_STEP_BACK)
		return go_to_step(r, r->step + (cmd == CMD_STEP_NEXT ? 1 : -1));
	if (cmd == CMD_STEP_END)
		return ask_end();
	if (cmd == CMD_ROUND_CANCEL)
		return ask_why();
	if (cmd == CMD_ROUND_CLOSE)
		return request_show(SCREEN_ROUNDCLOSE, step_params(r));
	if (cmd == CMD_ROUND_BEFORE)
		return request_text(REQUEST_OPEN_PAGE,
				    args_text(r->result, "previous"));
	return act_on(r, cmd, text);
}

static const enum command bar[] = { CMD_OPEN,	   CMD_ANSWER_STEP,
				    CMD_STATEMENT, CMD_STEP_NEXT,
				    CMD_STEP_BACK, CMD_ROUND_BEFORE,
				    CMD_MENU,	   CMD_HELP,
				    CMD_N };

static void
destroy(struct view *v)
{
	link_forget(v->ctx->link, v);
	json_decref(round_of(v)->result);
	free(round_of(v)->reason);
	listview_free(v);
}

static const struct view_ops ops = {
	LISTVIEW_SHOWN,
	.place = PLACE_ROUND,
	.is_ready = is_ready,
	.head = fill_head,
	.recalc = listview_recalc,
	.run = run,
	.allows = allows,
	.bar = bar,
	.reload = reload,
	.returned = reload,
	.free = destroy,
};

struct view *
round_view_new(struct context *c, const json_t *args)
{
	static const struct listing_column columns[LISTING_COLUMNS] = {
		{ .width = 0 },
	};
	struct round_view *r = mem_alloc(sizeof(*r));

	listview_init(&r->base, &ops, c, columns);
	r->round = args_number(args, "round");
	r->step = args_number(args, "step");
	if (r->step < 1)
		r->step = 1;
	reload(&r->base.view);
	return &r->base.view;
}
