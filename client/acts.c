/*
 * acts.c - see acts.h. What waits for the wiki posts its request when the
 * answer is there. Every act leaves in the context how it is taken back.
 */
#include "acts.h"

#include <stdlib.h>
#include <string.h>

#include "base/sentence.h"
#include "plein/i18n.h"
#include "plein/mem.h"
#include "takeback.h"
#include "view/aspect.h"
#include "view/draft.h"
#include "view/wayback.h"

void
acts_init(struct acts *a, struct context *ctx)
{
	memset(a, 0, sizeof(*a));
	a->ctx = ctx;
}

void
acts_release(struct acts *a)
{
	link_forget(a->ctx->link, a);
	free(a->address);
	json_decref(a->back);
}

/* --- what they share --- */

static const char *
page_of(const struct view *top, json_int_t *version)
{
	*version = 0;
	return top->ops->page ? top->ops->page(top, version) : NULL;
}

static const char *
title_of(const struct acts *a, const char *address)
{
	const char *found, *title = context_find(a->ctx, address, &found);

	return title ? title : address;
}

static void
remember(struct acts *a, const char *address, json_int_t version)
{
	char *copy = mem_strdup(address);

	free(a->address);
	a->address = copy;
	a->version = version;
}

static void
post(struct acts *a, struct request r)
{
	a->ctx->post(a->ctx, NULL, r);
}

void
acts_write(struct acts *a, const char *method, json_t *params_take,
	   link_reply *reply)
{
	char request[DRAFT_REQUEST + 1];

	draft_make_request(request);
	(void)json_object_set_new(params_take, "request", json_string(request));
	context_say(a->ctx, "%s", _("Busy: saving."));
	(void)link_call(a->ctx->link, method, params_take, reply, a);
}

/* A page that is put back is shown. */
static void
add_way_back(struct acts *a, const char *method, json_t *params_take,
	     struct buf *ask_take, const char *done)
{
	bool shows = strcmp(method, "page.restore") == 0;

	wayback_add(a->ctx, method, params_take, shows ? a->address : NULL,
		    ask_take->ptr, done);
	buf_release(ask_take);
}

static struct request
show(enum screen screen, const char *address)
{
	return request_show(
		screen, json_pack("{s:s}", "address", address ? address : ""));
}

/* --- deleting and putting back --- */

static void
ask_to_delete(struct acts *a, size_t n, bool more)
{
	struct request r = request_of(REQUEST_ASK);
	struct buf line = BUF_INIT, why = BUF_INIT;

	buf_printf(&line, _("Question: delete %s?"), title_of(a, a->address));
	if (more)
		buf_printf(&why, _("More than %zu links lead here."), n);
	else
		buf_printf(&why,
			   ngettext("%zu link leads here.",
				    "%zu links lead here.", n),
			   n);
	buf_printf(&why, " %s",
		   _("Its versions and attachments stay. It can always be put "
		     "back."));
	r.question = question_new(line.ptr, why.ptr);
	question_add(r.question, _("No"), CMD_N, NULL);
	if (n)
		question_add(r.question, _("See what links here"),
			     CMD_BACKLINKS, NULL);
	question_add(r.question, _("Yes, delete"), CMD_DELETE_NOW, NULL);
	post(a, r);
	buf_release(&line);
	buf_release(&why);
}

static void
take_links(void *ctx, const struct rpc_msg *m)
{
	struct acts *a = ctx;

	if (m->kind == RPC_ERROR)
		context_say_error(a->ctx, m);
	else
		ask_to_delete(
			a, json_array_size(json_object_get(m->result, "rows")),
			json_object_get(m->result, "next") != NULL);
}

static struct request
begin_delete(struct acts *a, const struct view *top)
{
	json_int_t version;
	const char *address = page_of(top, &version);

	remember(a, address, version);
	(void)link_call(a->ctx->link, "page.backlinks",
			json_pack("{s:s}", "address", address), take_links, a);
	return request_of(REQUEST_NONE);
}

static void
take_deleted(void *ctx, const struct rpc_msg *m)
{
	struct acts *a = ctx;
	struct buf ask = BUF_INIT;
	struct request r =
		request_text(REQUEST_MOVED, _("Deleted. u puts it back."));

	if (m->kind == RPC_ERROR) {
		request_release(&r);
		context_say_error(a->ctx, m);
		return;
	}
	buf_printf(&ask, _("Question: put %s back?"), title_of(a, a->address));
	add_way_back(a, "page.restore",
		     json_pack("{s:s}", "address", a->address), &ask,
		     _("Put back."));
	r.args = json_pack("{s:s}", "gone", a->address);
	post(a, r);
}

static struct request
delete_now(struct acts *a)
{
	json_t *params = json_pack("{s:s}", "address", a->address);

	if (a->version)
		(void)json_object_set_new(params, "base",
					  json_integer(a->version));
	acts_write(a, "page.delete", params, take_deleted);
	return request_of(REQUEST_NONE);
}

static void
take_restored(void *ctx, const struct rpc_msg *m)
{
	struct acts *a = ctx;
	struct buf ask = BUF_INIT;
	struct request r =
		request_text(REQUEST_SAVED, _("Put back. u deletes it again."));

	if (m->kind == RPC_ERROR) {
		request_release(&r);
		context_say_error(a->ctx, m);
		return;
	}
	buf_printf(&ask, _("Question: delete %s again?"),
		   title_of(a, a->address));
	add_way_back(a, "page.delete",
		     json_pack("{s:s, s:O}", "address", a->address, "base",
			       json_object_get(m->result, "version")),
		     &ask, _("Deleted again."));
	post(a, r);
	post(a, request_text(REQUEST_OPEN_PAGE, a->address));
}

static struct request
restore(struct acts *a, const char *address)
{
	remember(a, address, 0);
	acts_write(a, "page.restore", json_pack("{s:s}", "address", address),
		   take_restored);
	return request_of(REQUEST_NONE);
}

/* --- drafts --- */

static void
take_dropped(void *ctx, const struct rpc_msg *m)
{
	struct acts *a = ctx;

	if (m->kind == RPC_ERROR) {
		context_say_error(a->ctx, m);
		return;
	}
	context_say(a->ctx, "%s",
		    _("The draft is thrown away. u brings it back."));
	post(a, request_of(REQUEST_RELOAD));
}

/* Its text first, so that it can come back. */
static void
take_draft(void *ctx, const struct rpc_msg *m)
{
	struct acts *a = ctx;
	struct buf ask = BUF_INIT;

	if (m->kind == RPC_ERROR) {
		context_say_error(a->ctx, m);
		return;
	}
	buf_printf(&ask, _("Question: bring your draft of %s back?"),
		   title_of(a, a->address));
	add_way_back(a, "draft.put",
		     json_pack("{s:s, s:O, s:O}", "address", a->address, "base",
			       json_object_get(m->result, "base"), "text",
			       json_object_get(m->result, "text")),
		     &ask, _("Your draft is back."));
	(void)link_call(a->ctx->link, "draft.drop",
			json_pack("{s:s}", "address", a->address), take_dropped,
			a);
}

static struct request
drop_draft(struct acts *a, const char *address)
{
	remember(a, address, 0);
	(void)link_call(a->ctx->link, "draft.read",
			json_pack("{s:s}", "address", address), take_draft, a);
	return request_of(REQUEST_NONE);
}

/* What was made of two texts, where no editor holds one of them. */
static struct request
edit_joined(const char *text)
{
	json_t *told = text ? json_loads(text, 0, NULL) : NULL;

	if (!told)
		return request_of(REQUEST_NONE);
	return request_show(SCREEN_EDITOR,
			    json_pack("{s:O, s:o}", "address",
				      json_object_get(told, "address"), "told",
				      told));
}

/* --- taking along --- */

static struct request
tell_export(struct acts *a, const struct view *top)
{
	struct request r = request_of(REQUEST_ASK);
	const char *domain = context_session(a->ctx, "domain");
	const char *host = *domain ? domain : "HOST";
	struct buf lines = BUF_INIT;
	json_int_t version;
	const char *address = page_of(top, &version);

	if (address)
		buf_printf(&lines, "ssh %s %s %s --source > %s.md\n", host,
			   _("read"), address,
			   strrchr(address, '/') ? strrchr(address, '/') + 1
						 : address);
	buf_printf(&lines, "ssh %s %s > plein.tar", host, _("export"));
	r.question = question_new(_("Take it along: give this command on your "
				    "own computer"),
				  lines.ptr);
	question_add(r.question, _("Back to the page"), CMD_N, NULL);
	buf_release(&lines);
	return r;
}

/* --- what a page is part of --- */

static struct request
show_chain(struct acts *a, const char *address)
{
	enum screen screen = aspect_of(address);

	if (screen != SCREEN_N)
		return request_show(screen,
				    json_pack("{s:s, s:s}", "address", address,
					      "theme", address));
	context_say(a->ctx, "%s",
		    _("Questions, decisions, meetings and themes have that."));
	return request_of(REQUEST_NONE);
}

/* --- which command --- */

static bool
is_act(enum command cmd)
{
	static const enum command list[] = {
		CMD_NEW,     CMD_PROPERTIES, CMD_RENAME,     CMD_DELETE,
		CMD_DELETED, CMD_DELETE_NOW, CMD_RESTORE,    CMD_DRAFTS,
		CMD_EXPORT,  CMD_TAKE_BACK,  CMD_DROP_DRAFT, CMD_REFLECT,
		CMD_CHAIN,
	};

	for (size_t i = 0; i < sizeof(list) / sizeof(list[0]); i++)
		if (list[i] == cmd)
			return true;
	return false;
}

static struct request
act(struct acts *a, const struct view *top, enum command cmd, const char *text)
{
	json_int_t version;
	const char *address = page_of(top, &version);

	switch ((int)cmd) {
	case CMD_NEW:
		return text ? request_show(SCREEN_NEWPAGE,
					   json_loads(text, 0, NULL))
			    : show(SCREEN_NEWPAGE, address);
	case CMD_PROPERTIES:
		return show(SCREEN_PROPERTIES, address);
	case CMD_RENAME:
		return show(SCREEN_RENAME, address);
	case CMD_REFLECT:
		return show(SCREEN_ROUNDS, address);
	case CMD_DELETED:
		return show(SCREEN_DELETED, NULL);
	case CMD_DRAFTS:
		return show(SCREEN_DRAFTS, NULL);
	case CMD_CHAIN:
		return show_chain(a, address ? address : "");
	case CMD_DELETE:
		return begin_delete(a, top);
	case CMD_DELETE_NOW:
		return delete_now(a);
	case CMD_RESTORE:
		return restore(a, text);
	case CMD_DROP_DRAFT:
		return drop_draft(a, text);
	case CMD_EXPORT:
		return tell_export(a, top);
	case CMD_JOINED:
		return edit_joined(text);
	default:
		return text ? takeback_do(a) : takeback_ask(a);
	}
}

bool
acts_run(struct acts *a, const struct view *top, enum command cmd,
	 const char *text, struct request *r)
{
	if (!is_act(cmd) &&
	    (cmd != CMD_JOINED || top->ops->place == PLACE_EDITOR))
		return false;
	if (cmd == CMD_NEW &&
	    (top->ops->place & (PLACE_SEARCH | PLACE_THREADS | PLACE_THREAD)))
		return false; /* it knows what is to be made there */
	*r = act(a, top, cmd, text);
	return true;
}
