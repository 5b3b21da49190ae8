/*
 * invite.c - see invite.h. When the wiki made the code the form is gone and
 * the code stands there, to be read over the telephone or copied; it cannot
 * be had again.
 */
#include "view/invite.h"

#include <stdlib.h>
#include <string.h>

#include "base/sentence.h"
#include "plein/i18n.h"
#include "plein/mem.h"
#include "view/form_view.h"

#define DIGITS_MAX 4

enum { ROLE = FORM_FIELDS, DAYS, USES };

static const char *const roles[] = { "bijdrager", "lezer", "redacteur",
				     "beheerder" };

struct invite {
	struct form_view form;
};

static struct invite *
invite_of(struct view *v)
{
	return (struct invite *)v;
}

static void
fill_head(const struct view *v, struct head *h)
{
	buf_str(&h->title, _("Invite"));
	buf_str(&h->place,
		context_in_first_space(v->ctx)
			? _("Who has the code takes part at once, with this "
			    "role.")
			: _("Who has the code takes part in this space at "
			    "once, with this role."));
}

static void
add_text(const struct context *c, const json_t *result, struct buf *out)
{
	const char *domain = context_session(c, "domain");
	size_t n = (size_t)args_number(result, "uses");

	buf_printf(out, "%s\n\n", args_text(result, "code"));
	buf_printf(out, _("Role: %s"),
		   sentence_role(args_text(result, "role")));
	buf_str(out, ". ");
	if (!context_in_first_space(c))
		buf_printf(out, _("In the space %s. "),
			   context_session(c, "title"));
	buf_printf(out, ngettext("For %zu person", "For %zu people", n), n);
	buf_str(out, _(", until "));
	sentence_year(out, args_number(result, "expires"));
	buf_str(out, ".\n\n");
	buf_str(out, _("This code is shown once. Give it to who you invite. "
		       "They use it with:"));
	buf_printf(out, "\n\nssh -t %s@%s\n", _("new"),
		   *domain ? domain : "HOST");
}

static void
take_made(void *ctx, const struct rpc_msg *m)
{
	struct invite *i = ctx;
	struct buf text = BUF_INIT;

	if (m->kind == RPC_ERROR) {
		form_view_fail(&i->form, m);
		return;
	}
	i->form.sent = false;
	i->form.form.changed = false;
	add_text(i->form.view.ctx, m->result, &text);
	view_post(&i->form.view,
		  request_show(SCREEN_PLAIN, json_pack("{s:s, s:s}", "title",
						       _("the invitation code"),
						       "text", text.ptr)));
	buf_release(&text);
}

/* A number in a field, or 0. */
static json_int_t
number_in(const struct form *f, int id)
{
	const char *text = form_text(f, id);

	return text[strspn(text, "0123456789")] ? 0 : strtol(text, NULL, 10);
}

static void
send(struct invite *i)
{
	const struct form *f = &i->form.form;
	json_int_t days = number_in(f, DAYS), uses = number_in(f, USES);

	if (days < 1 || days > 365 || uses < 1 || uses > 1000) {
		context_say(i->form.view.ctx, "%s",
			    _("Days is a number from 1 to 365, people one from "
			      "1 to 1000."));
		return;
	}
	i->form.sent = true;
	(void)link_call(i->form.view.ctx->link, "invite.create",
			json_pack("{s:s, s:I, s:I}", "role",
				  roles[form_chosen(f, ROLE)], "days", days,
				  "uses", uses),
			take_made, i);
}

static struct request
run(struct view *v, enum command cmd, const char *text)
{
	struct request r;
	bool now;

	(void)text;
	r = form_view_run(&invite_of(v)->form, cmd, &now);
	if (now)
		send(invite_of(v));
	return r;
}

static void
destroy(struct view *v)
{
	form_view_release(&invite_of(v)->form);
	free(v);
}

static const struct view_ops ops = {
	FORM_VIEW_SHOWN,   .place = PLACE_FORM,
	.passes = true, /* back from the code leads to where it was asked */
	.head = fill_head, .key = form_view_key,
	.run = run,	   .bar = form_view_bar,
	.free = destroy,
};

struct view *
invite_view_new(struct context *c, const json_t *args)
{
	struct invite *i = mem_alloc(sizeof(*i));
	struct form *f = &i->form.form;

	(void)args;
	form_view_init(&i->form, c, &ops);
	form_add_choice(f, ROLE, _("Role:"));
	for (size_t k = 0; k < sizeof(roles) / sizeof(roles[0]); k++)
		form_add_option(f, sentence_role(roles[k]), k == 0);
	form_add_line(f, DAYS, _("Days it is good for"), "14", DIGITS_MAX, 6);
	form_add_line(f, USES, _("People it lets in"), "1", DIGITS_MAX, 6);
	form_view_begin(&i->form, _("Make the code"));
	return &i->form.view;
}
