/*
 * roundclose.c - what a round led to, and closing it; see round.h. What is
 * filled in can be kept as a draft: one JSON object, that the wiki does not
 * look into.
 */
#include <stdlib.h>
#include <string.h>

#include "base/sentence.h"
#include "plein/i18n.h"
#include "plein/mem.h"
#include "plein/round.h"
#include "view/form_view.h"
#include "view/round.h"

enum {
	AGREED = FORM_FIELDS,
	DISAGREED,
	UNKNOWN,
	MEANS,
	DIFFERS,
	NEXT,
	WHEN,
	KEEP
};

#define LINE_MAX_BYTES 2000

struct roundclose {
	struct form_view form;
	json_int_t round;
	json_t *result; /* of round.read, or NULL */
	json_int_t open; /* a step that is, or 0 */
	size_t n_open; /* of them */
};

static const struct {
	int id;
	const char *param, *label;
} fields[] = {
	{ AGREED, "agreed", N_("What do we agree about?") },
	{ DISAGREED, "disagreed", N_("What do we not agree about, and why?") },
	{ UNKNOWN, "unknown", N_("What do we not know yet?") },
	{ MEANS, "means", N_("What does this mean for our position?") },
	{ DIFFERS, "differs", N_("What differs from the round before?") },
};

#define FIELDS (sizeof(fields) / sizeof(fields[0]))

static struct roundclose *
close_of(struct view *v)
{
	return (struct roundclose *)v;
}

static const struct roundclose *
const_close(const struct view *v)
{
	return (const struct roundclose *)v;
}

/* --- the form --- */

static const json_t *
find_open(const json_t *result)
{
	const json_t *step;
	size_t i;

	json_array_foreach(json_object_get(result, "steps"), i, step)
	{
		if (json_is_true(json_object_get(step, "open")))
			return step;
	}
	return NULL;
}

static size_t
count_open(const json_t *result)
{
	const json_t *step;
	size_t i, n = 0;

	json_array_foreach(json_object_get(result, "steps"), i, step)
	{
		n += json_is_true(json_object_get(step, "open"));
	}
	return n;
}

/* When the last of them closes by itself. */
static json_int_t
find_last(const json_t *result)
{
	const json_t *step;
	json_int_t last = 0;
	size_t i;

	json_array_foreach(json_object_get(result, "steps"), i, step)
	{
		if (json_is_true(json_object_get(step, "open")) &&
		    args_number(step, "until") > last)
			last = args_number(step, "until");
	}
	return last;
}

static void
add_open(struct roundclose *z)
{
	const json_t *step = find_open(z->result);
	struct form *f = &z->form.form;
	struct buf line = BUF_INIT;

	if (!step)
		return;
	z->open = args_number(step, "step");
	z->n_open = count_open(z->result);
	if (z->n_open > 1)
		buf_printf(&line, _("%zu steps are open:"), z->n_open);
	else
		buf_printf(&line, _("Step %lld is open:"), (long long)z->open);
	form_add_choice(f, WHEN, line.ptr);
	buf_reset(&line);
	buf_str(&line, _("close it first, on "));
	sentence_moment(&line, find_last(z->result));
	form_add_option(f, line.ptr, true);
	form_add_option(f, _("close it now"), false);
	buf_release(&line);
}

static bool
is_asked(const struct roundclose *z, int id)
{
	return id != DIFFERS || *args_text(z->result, "previous");
}

static void
fill_form(struct roundclose *z, const json_t *draft)
{
	struct form *f = &z->form.form;

	for (size_t i = 0; i < FIELDS; i++)
		if (is_asked(z, fields[i].id))
			form_add_line(f, fields[i].id, gettext(fields[i].label),
				      args_text(draft, fields[i].param),
				      LINE_MAX_BYTES, 0);
	form_add_line(f, NEXT, _("Next round before"), args_text(draft, "next"),
		      40, 16);
	add_open(z);
	form_add_button(f, KEEP, _("Keep as a draft"));
	form_view_begin(&z->form, _("Close and record"));
}

static void
take_round(void *ctx, const struct rpc_msg *m)
{
	struct roundclose *z = ctx;
	json_t *draft;

	if (m->kind == RPC_ERROR) {
		context_say_error(z->form.view.ctx, m);
		view_post(&z->form.view, request_of(REQUEST_BACK));
		return;
	}
	z->result = json_incref(m->result);
	draft = json_loads(args_text(z->result, "draft"), 0, NULL);
	fill_form(z, draft);
	json_decref(draft);
}

static bool
is_ready(const struct view *v)
{
	return const_close(v)->result != NULL;
}

static void
fill_head(const struct view *v, struct head *h)
{
	const struct roundclose *z = const_close(v);
	size_t n = json_array_size(json_object_get(z->result, "steps"));

	buf_printf(&h->title, _("Close reflection: %s"),
		   args_text(z->result, "title"));
	head_cut_name(h, args_text(z->result, "title"));
	if (z->form.form.changed)
		buf_str(&h->state, _("unsaved"));
	buf_printf(&h->place,
		   ngettext("%zu step, %zu open.", "%zu steps, %zu open.", n),
		   n, z->n_open);
	buf_str(&h->place, _(" What is empty becomes \"not filled in\"."));
}

/* --- sending --- */

static json_t *
collect(const struct roundclose *z)
{
	const struct form *f = &z->form.form;
	json_t *params = json_object();

	for (size_t i = 0; i < FIELDS; i++)
		if (is_asked(z, fields[i].id) && *form_text(f, fields[i].id))
			(void)json_object_set_new(
				params, fields[i].param,
				json_string(form_text(f, fields[i].id)));
	if (*form_text(f, NEXT))
		(void)json_object_set_new(params, "next",
					  json_string(form_text(f, NEXT)));
	return params;
}

/* Steps that are open close first. */
static bool
waits(const struct roundclose *z)
{
	return z->open && form_chosen(&z->form.form, WHEN) == 0;
}

static void
take_kept(void *ctx, const struct rpc_msg *m)
{
	struct roundclose *z = ctx;

	z->form.sent = false;
	if (m->kind == RPC_ERROR) {
		context_say_error(z->form.view.ctx, m);
		return;
	}
	z->form.form.changed = false;
	context_say(z->form.view.ctx, "%s",
		    waits(z) ? _("Your text is kept. Close the round when its "
				 "steps are closed, or choose to close now.")
			     : _("Your text is kept. Only you can see it."));
}

static void
keep(struct roundclose *z)
{
	json_t *filled = collect(z);
	char *text = json_dumps(filled, JSON_COMPACT);

	(void)link_call(z->form.view.ctx->link, "round.keep",
			json_pack("{s:I, s:i, s:s}", "round", z->round, "step",
				  0, "text", text),
			take_kept, z);
	free(text);
	json_decref(filled);
}

static void
take_closed(void *ctx, const struct rpc_msg *m)
{
	struct roundclose *z = ctx;
	struct request r = request_of(REQUEST_MOVED);
	struct buf line = BUF_INIT;

	if (m->kind == RPC_ERROR) {
		form_view_fail(&z->form, m);
		return;
	}
	buf_printf(&line, _("The round is closed. Its page: %s"),
		   args_text(m->result, "address"));
	r.text = buf_take(&line);
	r.args = json_pack("{s:s, s:s}", "gone", "", "address",
			   args_text(m->result, "address"));
	z->form.form.changed = false;
	view_post(&z->form.view, r);
}

static struct request
ask_close(void)
{
	struct request r = request_of(REQUEST_ASK);

	r.question = question_new(
		_("Question: close this round?"),
		_("All answers become part of the wiki, and of every copy of "
		  "it. It cannot be opened again."));
	question_add(r.question, _("No, not yet"), CMD_N, NULL);
	question_add(r.question, _("Yes, close it"), CMD_ROUND_CLOSED, NULL);
	return r;
}

static void
send_close(struct roundclose *z)
{
	json_t *params = collect(z);

	(void)json_object_set_new(params, "round", json_integer(z->round));
	(void)json_object_set_new(params, "now",
				  json_boolean(z->open && !waits(z)));
	z->form.sent = true;
	(void)link_call(z->form.view.ctx->link, "round.close", params,
			take_closed, z);
}

static struct request
run(struct view *v, enum command cmd, const char *text)
{
	struct roundclose *z = close_of(v);
	struct request r;
	bool now;

	(void)text;
	if (cmd == CMD_ROUND_CLOSED) {
		send_close(z);
		return request_of(REQUEST_NONE);
	}
	if (cmd == CMD_PRESS && form_focus(&z->form.form) == KEEP) {
		keep(z);
		return request_of(REQUEST_NONE);
	}
	r = form_view_run(&z->form, cmd, &now);
	if (now && waits(z))
		keep(z);
	return now && !waits(z) ? ask_close() : r;
}

static void
destroy(struct view *v)
{
	struct roundclose *z = close_of(v);

	form_view_release(&z->form);
	json_decref(z->result);
	free(z);
}

static const struct view_ops ops = {
	FORM_VIEW_SHOWN,      .place = PLACE_FORM,  .is_ready = is_ready,
	.head = fill_head,    .key = form_view_key, .run = run,
	.bar = form_view_bar, .free = destroy,
};

struct view *
roundclose_view_new(struct context *c, const json_t *args)
{
	struct roundclose *z = mem_alloc(sizeof(*z));

	form_view_init(&z->form, c, &ops);
	z->round = args_number(args, "round");
	(void)link_call(c->link, "round.read",
			json_pack("{s:I}", "round", z->round), take_round, z);
	return &z->form.view;
}
