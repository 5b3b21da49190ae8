/*
 * newpage.c - see newpage.h. The address follows the title and the kind until
 * somebody types one. What it belongs to is set when the page is there: its
 * template may hold other fields.
 */
#include "view/newpage.h"

#include <stdlib.h>
#include <string.h>

#include "base/days.h"
#include "base/sentence.h"
#include "plein/clock.h"
#include "plein/err.h"
#include "plein/i18n.h"
#include "plein/mem.h"
#include "plein/page.h"
#include "plein/path.h"
#include "view/form_view.h"
#include "view/wayback.h"

#define TITLE_LEN 200 /* bytes, as page.create takes */

enum { TITLE = FORM_FIELDS, KIND, ADDRESS, PARENT };

struct newpage {
	struct form_view form;
	char *slug; /* of the link it is made for: it must lead there; or NULL */
	char *proposed; /* the address as we filled it in */
	char *address; /* of the page that was made, or NULL */
};

/* In the order people look for them. */
static const char *const kinds[] = {
	"thema",	"vraagstuk",   "begrip",       "hoofdonderwerp",
	"doelstelling", "standpunt",   "reflectie",    "besluit",
	"vergadering",	"organisatie", "ontwikkeling", "hulp",
};

static struct newpage *
newpage_of(struct view *v)
{
	return (struct newpage *)v;
}

static void
fill_head(const struct view *v, struct head *h)
{
	(void)v;
	buf_str(&h->title, _("New page"));
	buf_str(&h->place, _("Fields with * must be filled in."));
}

/* --- the address --- */

static void
make_address(const struct newpage *n, struct buf *out)
{
	const struct form *f = &n->form.form;
	const char *kind = kinds[form_chosen(f, KIND)];
	char today[DAYTEXT_LEN + 1];

	(void)days_at(clock_wall(), today);
	if (n->slug)
		buf_printf(out, "%s/%s", page_folder_of_kind(kind), n->slug);
	else
		page_propose_address(out, kind, today, form_text(f, TITLE));
}

static void
propose_address(struct newpage *n)
{
	struct form *f = &n->form.form;
	struct buf address = BUF_INIT;

	if (strcmp(form_text(f, ADDRESS), n->proposed) == 0) {
		make_address(n, &address);
		form_set_text(f, ADDRESS, address.ptr);
		free(n->proposed);
		n->proposed = buf_take(&address);
	}
	buf_release(&address);
}

/* --- making --- */

/* The page, and its editor above it. */
static void
open_made(struct newpage *n, const json_t *result, const char *line)
{
	struct context *c = n->form.view.ctx;
	struct request r = request_of(REQUEST_MADE);
	struct buf ask = BUF_INIT;

	r.text = mem_strdup(line);
	r.args = json_pack("{s:s}", "address", n->address);
	buf_printf(&ask, _("Question: delete the new page %s again?"),
		   form_text(&n->form.form, TITLE));
	wayback_add(c, "page.delete",
		    json_pack("{s:s, s:I}", "address", n->address, "base",
			      args_number(result, "version")),
		    NULL, ask.ptr, _("The new page is deleted again."));
	buf_release(&ask);
	view_post(&n->form.view, r);
}

static void
take_set(void *ctx, const struct rpc_msg *m)
{
	struct newpage *n = ctx;
	struct buf line = BUF_INIT;

	if (m->kind == RPC_ERROR)
		sentence_error(&line, m->code, m->message, m->args);
	else
		buf_str(&line, _("The page is made. Write its text."));
	open_made(n, m->result, line.ptr);
	buf_release(&line);
}

static void
set_parent(struct newpage *n, const char *parent)
{
	struct buf fields = BUF_INIT;

	buf_printf(&fields, "hoort_bij=[%s]", parent);
	form_view_send(&n->form, "page.set",
		       json_pack("{s:s, s:s}", "address", n->address, "fields",
				 fields.ptr),
		       take_set);
	buf_release(&fields);
}

static void
take_made(void *ctx, const struct rpc_msg *m)
{
	struct newpage *n = ctx;
	const char *parent = form_text(&n->form.form, PARENT);

	if (m->kind == RPC_ERROR) {
		form_view_fail(&n->form, m);
		if (m->code == PLEIN_EEXISTS)
			form_set_focus(&n->form.form, ADDRESS);
		return;
	}
	n->address = mem_strdup(form_text(&n->form.form, ADDRESS));
	if (*parent)
		set_parent(n, parent);
	else
		open_made(n, m->result, _("The page is made. Write its text."));
}

static void
send(struct newpage *n)
{
	const struct form *f = &n->form.form;

	form_view_send(&n->form, "page.create",
		       json_pack("{s:s, s:s, s:s}", "address",
				 form_text(f, ADDRESS), "kind",
				 kinds[form_chosen(f, KIND)], "title",
				 form_text(f, TITLE)),
		       take_made);
}

static bool
take_key(struct view *v, const struct key *k, struct request *r)
{
	bool taken = form_view_key(v, k, r);

	if (taken && form_focus(&newpage_of(v)->form.form) != ADDRESS)
		propose_address(newpage_of(v));
	return taken;
}

static struct request
run(struct view *v, enum command cmd, const char *text)
{
	struct newpage *n = newpage_of(v);
	struct request r;
	bool now;

	(void)text;
	r = form_view_run(&n->form, cmd, &now);
	if (form_focus(&n->form.form) == KIND)
		propose_address(n);
	if (now)
		send(n);
	return r;
}

static void
destroy(struct view *v)
{
	struct newpage *n = newpage_of(v);

	form_view_release(&n->form);
	free(n->slug);
	free(n->proposed);
	free(n->address);
	free(n);
}

static const struct view_ops ops = {
	FORM_VIEW_SHOWN, .place = PLACE_FORM, .head = fill_head,
	.key = take_key, .run = run,	      .bar = form_view_bar,
	.free = destroy,
};

static void
add_kinds(struct form *f, const char *kind)
{
	form_add_choice(f, KIND, _("Kind:"));
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		form_add_option(f, sentence_kind(kinds[i]),
				strcmp(kinds[i], kind) == 0);
}

/* themas/x or [[x]]: the page must have that address, in some folder. */
static const char *
take_link(struct newpage *n, const char *link)
{
	const char *slash = strchr(link, '/'), *kind = NULL;
	char *folder;

	if (slash) {
		folder = mem_strndup(link, (size_t)(slash - link));
		kind = page_kind_of_folder(folder);
		free(folder);
	}
	if (kind)
		n->slug = mem_strdup(slash + 1);
	else if (slug_is_valid(link, strlen(link)))
		n->slug = mem_strdup(link);
	return kind ? kind : kinds[0];
}

struct view *
newpage_view_new(struct context *c, const json_t *args)
{
	struct newpage *n = mem_alloc(sizeof(*n));
	struct form *f = &n->form.form;
	struct buf address = BUF_INIT;
	const char *kind = take_link(n, args_text(args, "link"));

	form_view_init(&n->form, c, &ops);
	form_add_line(f, TITLE, _("Title"), args_text(args, "title"), TITLE_LEN,
		      0);
	form_require(f);
	add_kinds(f, kind);
	make_address(n, &address);
	form_add_line(f, ADDRESS, _("Address"), address.ptr, PATH_MAX_LEN, 0);
	form_require(f);
	form_explain(f,
		     n->slug ? _("The link leads there.")
			     : _("It follows the title; you may change it."));
	n->proposed = buf_take(&address);
	form_add_line(f, PARENT, _("Belongs to: address of a page"),
		      args_text(args, "address"), PATH_MAX_LEN, 0);
	form_explain(f, _("There it stands in the agenda. May be left "
			  "empty."));
	form_view_begin(&n->form, _("Make the page"));
	return &n->form.view;
}
