/* roundopen.c - the form that opens a round of reflection; see rounds.h. */
#include <stdlib.h>
#include <string.h>

#include "plein/i18n.h"
#include "plein/mem.h"
#include "plein/round.h"
#include "view/form_view.h"
#include "view/rounds.h"

#define DIGITS_MAX 3
#define PEOPLE_MAX 2000

enum { TITLE = FORM_FIELDS, SCRIPT, DAYS, PEOPLE };

struct roundopen {
	struct form_view form;
	char *address;
	json_t *scripts; /* rows of round.scripts, or NULL */
};

static struct roundopen *
open_of(struct view *v)
{
	return (struct roundopen *)v;
}

static void
fill_head(const struct view *v, struct head *h)
{
	(void)v;
	buf_str(&h->title, _("Open a round of reflection"));
	buf_str(&h->place, _("You lead it. You see no more than the others, "
			     "until you answered yourself."));
}

/* The steps of the script that is chosen first, so that one sees what a script
 * is. */
static void
say_steps(struct form *f, const json_t *script)
{
	const json_t *step;
	struct buf line = BUF_INIT;
	size_t i;

	json_array_foreach(json_object_get(script, "steps"), i, step)
	{
		buf_printf(&line, "%s%s (%s)", i ? "; " : "",
			   args_text(step, "title"), args_text(step, "names"));
	}
	if (line.len > 0)
		form_say(f, line.ptr);
	buf_release(&line);
}

static void
add_scripts(struct form *f, const json_t *scripts)
{
	const json_t *row;
	size_t i;

	form_add_choice(f, SCRIPT, _("Script:"));
	json_array_foreach(scripts, i, row)
	{
		form_add_option(f, args_text(row, "title"), i == 0);
	}
	say_steps(f, json_array_get(scripts, 0));
}

static void
take_scripts(void *ctx, const struct rpc_msg *m)
{
	struct roundopen *o = ctx;
	struct form *f = &o->form.form;

	o->scripts = json_incref(json_object_get(m->result, "rows"));
	if (json_array_size(o->scripts) == 0) {
		context_say(o->form.view.ctx, "%s",
			    _("There is no script: a template whose address "
			      "begins with sjablonen/reflectie-."));
		view_post(&o->form.view, request_of(REQUEST_BACK));
		return;
	}
	form_add_line(f, TITLE, _("What is it about?"), "", ROUND_TITLE_MAX, 0);
	form_require(f);
	add_scripts(f, o->scripts);
	form_add_line(f, DAYS, _("Days each step is open"), "7", DIGITS_MAX, 6);
	form_add_line(f, PEOPLE,
		      _("Who takes part? Short names; empty: everybody who may "
			"write"),
		      "", PEOPLE_MAX, 0);
	form_view_begin(&o->form, _("Open it"));
}

static bool
is_ready(const struct view *v)
{
	return ((const struct roundopen *)v)->scripts != NULL;
}

static void
take_opened(void *ctx, const struct rpc_msg *m)
{
	struct roundopen *o = ctx;

	if (m->kind == RPC_ERROR) {
		form_view_fail(&o->form, m);
		return;
	}
	view_post(&o->form.view,
		  request_text(REQUEST_CHANGED,
			       _("The round is open. People find it among the "
				 "rounds of reflection.")));
}

static void
send(struct roundopen *o)
{
	const struct form *f = &o->form.form;
	const json_t *script =
		json_array_get(o->scripts, form_chosen(f, SCRIPT));
	long days = strtol(form_text(f, DAYS), NULL, 10);
	json_t *params;

	if (days < 1 || days > ROUND_DAYS_MAX) {
		context_say(o->form.view.ctx, "%s",
			    _("Days is a number from 1 to 365."));
		return;
	}
	params = json_pack("{s:s, s:s, s:s, s:I}", "address", o->address,
			   "title", form_text(f, TITLE), "script",
			   args_text(script, "address"), "days",
			   (json_int_t)days);
	if (*form_text(f, PEOPLE))
		(void)json_object_set_new(params, "with",
					  json_string(form_text(f, PEOPLE)));
	o->form.sent = true;
	(void)link_call(o->form.view.ctx->link, "round.open", params,
			take_opened, o);
}

static struct request
run(struct view *v, enum command cmd, const char *text)
{
	struct request r;
	bool now;

	(void)text;
	r = form_view_run(&open_of(v)->form, cmd, &now);
	if (now)
		send(open_of(v));
	return r;
}

static void
destroy(struct view *v)
{
	struct roundopen *o = open_of(v);

	form_view_release(&o->form);
	json_decref(o->scripts);
	free(o->address);
	free(o);
}

static const struct view_ops ops = {
	FORM_VIEW_SHOWN,      .place = PLACE_FORM,  .is_ready = is_ready,
	.head = fill_head,    .key = form_view_key, .run = run,
	.bar = form_view_bar, .free = destroy,
};

struct view *
roundopen_view_new(struct context *c, const json_t *args)
{
	struct roundopen *o = mem_alloc(sizeof(*o));

	form_view_init(&o->form, c, &ops);
	o->address = mem_strdup(args_text(args, "address"));
	(void)link_call(c->link, "round.scripts", NULL, take_scripts, o);
	return &o->form.view;
}
