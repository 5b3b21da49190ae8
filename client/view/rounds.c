/* rounds.c - see rounds.h. */
#include "view/rounds.h"

#include <stdlib.h>
#include <string.h>

#include "base/sentence.h"
#include "plein/i18n.h"
#include "plein/mem.h"
#include "view/listview.h"

#define CANCELLED ((size_t)1 << 20) /* values from here on are of those */

struct rounds {
	struct listview base;
	char *address; /* of the page one comes from, or NULL */
};

static struct rounds *
rounds_of(struct view *v)
{
	return (struct rounds *)v;
}

static void
add_row(struct listview *l, size_t i, const json_t *row)
{
	const char *cells[LISTING_COLUMNS] = { NULL };
	json_int_t n = args_number(row, "to_answer");
	struct buf todo = BUF_INIT, line = BUF_INIT;

	if (n > 0)
		buf_printf(
			&todo,
			ngettext("%lld step", "%lld steps", (unsigned long)n),
			(long long)n);
	cells[0] = todo.ptr;
	listing_add(&l->list, i, args_text(row, "title"), cells);
	buf_printf(&line, _("About: %s"),
		   *args_text(row, "theme_title")
			   ? args_text(row, "theme_title")
			   : args_text(row, "theme"));
	listing_detail(&l->list, line.ptr, 1);
	buf_reset(&line);
	buf_printf(&line, _("Led by: %s"), args_text(row, "host"));
	if (n > 0) {
		buf_str(&line, ". ");
		buf_str(&line, _("You can answer until "));
		sentence_moment(&line, args_number(row, "until"));
		buf_char(&line, '.');
	}
	listing_detail(&l->list, line.ptr, 2);
	buf_release(&todo);
	buf_release(&line);
}

/* --- those that were cancelled ---------------------------------------------- */

static const json_t *
cancelled_of(const struct listview *l)
{
	return json_object_get(l->feed.result, "cancelled");
}

static void
add_cancelled(struct listview *l, size_t i, const json_t *row)
{
	static const char *const cells[LISTING_COLUMNS] = { NULL };
	struct buf line = BUF_INIT;

	listing_add(&l->list, CANCELLED + i, args_text(row, "title"), cells);
	buf_printf(&line, _("Cancelled by %s, "), args_text(row, "by"));
	sentence_moment(&line, args_number(row, "time"));
	buf_str(&line, *args_text(row, "reason") ? ": " : ".");
	buf_str(&line, args_text(row, "reason"));
	listing_detail(&l->list, line.ptr, 3);
	listing_detail(&l->list, _("What you wrote in it is thrown away."), 2);
	buf_release(&line);
}

static void
fill_list(struct view *v)
{
	struct listview *l = &rounds_of(v)->base;
	const json_t *row;
	size_t i;

	listview_fill(v, add_row,
		      _("No round is open. Those that closed are pages in "
			"reflecties."));
	if (json_array_size(cancelled_of(l)) > 0)
		listing_heading(&l->list, _("Cancelled"));
	json_array_foreach(cancelled_of(l), i, row)
	{
		add_cancelled(l, i, row);
	}
}

/* By its number: the list may be another one when the answer comes. */
static struct request
ask_noted(const json_t *row)
{
	struct request r = request_of(REQUEST_ASK);
	struct buf which = BUF_INIT;

	buf_printf(&which, "%lld", (long long)args_number(row, "round"));
	r.question = question_new(
		_("Question: put this away?"),
		_("You know now that the round was cancelled; it is not told "
		  "again."));
	question_add(r.question, _("No, leave it"), CMD_N, NULL);
	question_add(r.question, _("Yes, put it away"), CMD_ROUND_NOTED,
		     which.ptr);
	buf_release(&which);
	return r;
}

static void
take_noted(void *ctx, const struct rpc_msg *m)
{
	struct view *v = ctx;

	if (m->kind == RPC_ERROR)
		context_say_error(v->ctx, m);
	listview_reload(v);
}

static void
put_away(struct listview *l, const char *which)
{
	if (which)
		(void)link_call(l->view.ctx->link, "round.noted",
				json_pack("{s:I}", "round",
					  (json_int_t)strtoll(which, NULL, 10)),
				take_noted, l);
}

/* --- the screen --------------------------------------------------------------- */

static void
fill_head(const struct view *v, struct head *h)
{
	size_t n = feed_size(&((const struct listview *)v)->feed);

	buf_str(&h->title, _("Rounds of reflection"));
	buf_printf(&h->state, ngettext("%zu open", "%zu open", n), n);
	buf_str(&h->place, _("First you write alone, then you see what others "
			     "wrote"));
}

static struct request
enter(const struct listview *l)
{
	const json_t *row = listview_row(l), *step;
	size_t i;

	if (listing_focus(&l->list, &i) && i >= CANCELLED)
		return ask_noted(
			json_array_get(cancelled_of(l), i - CANCELLED));
	if (!row)
		return request_of(REQUEST_NONE);
	step = json_object_get(row, "step");
	return request_show(SCREEN_ROUND,
			    json_pack("{s:O, s:I}", "round",
				      json_object_get(row, "round"), "step",
				      json_is_integer(step)
					      ? json_integer_value(step)
					      : (json_int_t)1));
}

static bool
may_open(const struct view *v)
{
	return ((const struct rounds *)v)->address != NULL &&
	       context_may_moderate(v->ctx);
}

static bool
allows(const struct view *v, enum command cmd)
{
	if (cmd == CMD_ROUND_OPEN)
		return may_open(v);
	return listview_allows(v, cmd) && cmd != CMD_STATEMENT &&
	       cmd != CMD_ANSWER_STEP && cmd != CMD_STEP_NEXT &&
	       cmd != CMD_STEP_BACK && cmd != CMD_STEP_END &&
	       cmd != CMD_ROUND_CLOSE && cmd != CMD_ROUND_CANCEL &&
	       cmd != CMD_ROUND_BEFORE;
}

static struct request
run(struct view *v, enum command cmd, const char *text)
{
	struct request r;

	if (listview_run(v, cmd, text, &r))
		return r;
	if (cmd == CMD_OPEN)
		return enter((const struct listview *)v);
	if (cmd == CMD_ROUND_NOTED)
		put_away((struct listview *)v, text);
	if (cmd == CMD_ROUND_OPEN && may_open(v))
		return request_show(
			SCREEN_ROUNDOPEN,
			json_pack("{s:s}", "address", rounds_of(v)->address));
	return r;
}

static const enum command bar[] = { CMD_OPEN, CMD_ROUND_OPEN, CMD_BACK,
				    CMD_MENU, CMD_HELP,	      CMD_N };

static void
destroy(struct view *v)
{
	free(rounds_of(v)->address);
	listview_free(v);
}

static const struct view_ops ops = {
	LISTVIEW_ROWS,
	.place = PLACE_ROUND,
	.head = fill_head,
	.run = run,
	.allows = allows,
	.bar = bar,
	.reload = listview_reload,
	.returned = listview_reload,
	.free = destroy,
};

struct view *
rounds_view_new(struct context *c, const json_t *args)
{
	static const struct listing_column columns[LISTING_COLUMNS] = {
		{ .at = 68, .width = 12, .from = 40, .right = true },
	};
	struct rounds *r = mem_alloc(sizeof(*r));

	if (*args_text(args, "address"))
		r->address = mem_strdup(args_text(args, "address"));
	listview_init(&r->base, &ops, c, columns);
	listview_feed(&r->base, "round.list", NULL, fill_list);
	listview_reload(&r->base.view);
	return &r->base.view;
}
