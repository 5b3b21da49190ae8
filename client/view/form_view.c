/* form_view.c - see form_view.h. */
#include "view/form_view.h"

#include "plein/i18n.h"
#include "view/draft.h"

#define ROOMY 14 /* rows of the body from which there are blank ones */

static struct form_view *
form_of(struct view *v)
{
	return (struct form_view *)v;
}

static const struct form_view *
const_form(const struct view *v)
{
	return (const struct form_view *)v;
}

static void
say_focus(struct form_view *f)
{
	struct buf line = BUF_INIT;

	form_tell_focus(&f->form, &line);
	context_say(f->view.ctx, "%s", line.ptr);
	buf_release(&line);
}

/* What it became; of typing nothing is said. */
static void
say_choice(struct form_view *f)
{
	if (!form_is_typing(&f->form))
		say_focus(f);
}

void
form_view_init(struct form_view *f, struct context *c,
	       const struct view_ops *ops)
{
	f->view.ops = ops;
	f->view.ctx = c;
	form_init(&f->form);
}

void
form_view_begin(struct form_view *f, const char *send)
{
	form_add_button(&f->form, FORM_SEND, send);
	form_add_button(&f->form, FORM_STOP, _("Stop"));
	say_focus(f);
}

void
form_view_release(struct form_view *f)
{
	link_forget(f->view.ctx->link, f);
	form_release(&f->form);
}

/* --- sending --- */

static bool
may_send(struct form_view *f)
{
	struct buf line = BUF_INIT;
	int missing;

	if (f->sent) {
		context_say(f->view.ctx, "%s", _("Busy: saving."));
		return false;
	}
	if (!form_find_missing(&f->form, &missing))
		return true;
	form_set_focus(&f->form, missing);
	form_tell_focus(&f->form, &line);
	context_say(f->view.ctx, _("Note: this must be filled in. %s"),
		    line.ptr);
	buf_release(&line);
	return false;
}

void
form_view_send(struct form_view *f, const char *method, json_t *params_take,
	       link_reply *reply)
{
	char request[DRAFT_REQUEST + 1];

	draft_make_request(request);
	(void)json_object_set_new(params_take, "request", json_string(request));
	f->sent = true;
	context_say(f->view.ctx, "%s", _("Busy: saving."));
	(void)link_call(f->view.ctx->link, method, params_take, reply, f);
}

void
form_view_fail(struct form_view *f, const struct rpc_msg *m)
{
	f->sent = false;
	context_say_error(f->view.ctx, m);
}

/* --- leaving --- */

static struct request
leave(const struct form_view *f)
{
	struct request r = request_of(REQUEST_BACK);

	if (!f->form.changed)
		return r;
	r.kind = REQUEST_ASK;
	r.question = question_new(
		f->question ? gettext(f->question)
			    : _("Question: stop, and throw away what you "
				"filled in?"),
		NULL);
	question_add(r.question, _("No, go on"), CMD_N, NULL);
	question_add(r.question, _("Yes, stop"), CMD_DISCARD, NULL);
	return r;
}

struct request
form_view_run(struct form_view *f, enum command cmd, bool *send)
{
	struct request none = request_of(REQUEST_NONE);

	*send = false;
	if (cmd == CMD_DISCARD)
		return request_of(REQUEST_BACK);
	if (cmd == CMD_CLOSE || cmd == CMD_LEAVE)
		return leave(f);
	if (cmd == CMD_DONE) {
		*send = may_send(f);
		return none;
	}
	switch (form_run(&f->form, cmd)) {
	case FORM_PRESSED:
		if (form_focus(&f->form) == FORM_STOP)
			return leave(f);
		*send = may_send(f);
		break;
	case FORM_MOVED:
		say_focus(f);
		break;
	case FORM_CHANGED:
		say_choice(f);
		break;
	case FORM_OTHER:
		break;
	}
	return none;
}

/* --- for view_ops --- */

void
form_view_recalc(struct view *v, int rows, int cols)
{
	struct form *f = &form_of(v)->form;
	int lead = rows >= ROOMY;

	if (f->tight != (rows < ROOMY))
		f->cols = 0;
	f->tight = rows < ROOMY;
	form_recalc(f, rows - lead, cols);
}

void
form_view_paint(const struct view *v, struct canvas *c, int top, int rows)
{
	int lead = rows >= ROOMY;

	form_paint(&const_form(v)->form, c, top + lead, rows - lead, true);
}

bool
form_view_has_more(const struct view *v)
{
	return form_has_more(&const_form(v)->form);
}

bool
form_view_key(struct view *v, const struct key *k, struct request *r)
{
	(void)r;
	if (!form_key(&form_of(v)->form, k, v->ctx))
		return false;
	say_choice(form_of(v));
	return true;
}

const enum command form_view_bar[] = { CMD_PRESS, CMD_NEXT_ITEM, CMD_DONE,
				       CMD_CLOSE, CMD_HELP,	 CMD_N };

void
form_view_where(const struct view *v, struct buf *out)
{
	form_tell_focus(&const_form(v)->form, out);
}

void
form_view_tell(const struct view *v, struct telling *t)
{
	form_tell(&const_form(v)->form, t);
}

bool
form_view_pick(struct view *v, size_t value)
{
	return form_pick(&form_of(v)->form, value);
}

bool
form_view_is_dirty(const struct view *v)
{
	return const_form(v)->form.changed;
}
