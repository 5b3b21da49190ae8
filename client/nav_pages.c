/* nav_pages.c - see nav_pages.h. */
#include "nav_pages.h"

#include <stdlib.h>
#include <string.h>

#include "base/titles.h"
#include "nav_stack.h"
#include "plein/err.h"
#include "plein/i18n.h"
#include "plein/mem.h"
#include "plein/path.h"
#include "view/talk.h"

static const char *
page_shown(const struct view *v)
{
	json_int_t version;

	return v->ops->page ? v->ops->page(v, &version) : NULL;
}

/* What is about a page that is not there any more, and all above it. */
static void
close_page(struct nav *n, const char *address)
{
	for (size_t i = n->views.len - 1; i > 0; i--) {
		const char *shown = page_shown(n->views.items[i]);

		if (!shown || strcmp(shown, address) != 0)
			continue;
		nav_close_above(n, i - 1);
		return;
	}
}

void
nav_follow_page(struct nav *n, struct request *r)
{
	const char *address = args_text(r->args, "address");

	close_page(n, args_text(r->args, "gone"));
	context_say(&n->ctx, "%s", r->text);
	titles_read(&n->titles);
	if (*address)
		nav_open_screen(n, SCREEN_PAGE, json_incref(r->args));
	nav_outdate_start(n);
}

void
nav_edit_made(struct nav *n, struct request *r)
{
	nav_close_above(n, n->views.len - 2);
	context_say(&n->ctx, "%s", r->text);
	titles_read(&n->titles);
	nav_open_screen(n, SCREEN_PAGE, json_incref(r->args));
	nav_open_screen(n, SCREEN_EDITOR, json_incref(r->args));
	nav_outdate_start(n);
}

void
nav_reload_top(struct nav *n, struct request *r)
{
	if (r->text)
		context_say(&n->ctx, "%s", r->text);
	nav_reload(nav_base(n));
}

/* --- by a name --- */

/* It is not there: the form for a new page, when it is wanted. */
static struct request
ask_to_make(struct nav *n)
{
	struct request r = request_of(REQUEST_ASK);
	struct buf line = BUF_INIT;
	char *args = json_dumps(n->making, JSON_COMPACT);

	buf_printf(&line, _("Question: make the page %s?"),
		   args_text(n->making, "title"));
	r.question = question_new(line.ptr,
				  _("This page does not exist yet. You first "
				    "see what it will be called."));
	question_say(r.question, _("Nothing has been changed yet."));
	question_add(r.question, _("No"), CMD_N, NULL);
	question_add(r.question, _("Yes, make the page"), CMD_NEW, args);
	free(args);
	buf_release(&line);
	return r;
}

static void
say_missing(struct nav *n)
{
	struct context *c = &n->ctx;

	if (!n->making || c->at)
		context_say(c, "%s", _("This page does not exist."));
	else if (!context_may_write(c))
		context_say_no_right(c, CMD_NEW);
	else
		c->post(c, NULL, ask_to_make(n));
}

static void
take_address(void *ctx, const struct rpc_msg *m)
{
	struct nav *n = ctx;
	const char *address =
		json_string_value(json_object_get(m->result, "address"));
	struct request r;

	if (m->kind == RPC_ERROR && m->code != PLEIN_ENOTFOUND) {
		context_say_error(&n->ctx, m);
		return;
	}
	if (!address) {
		say_missing(n);
		return;
	}
	if (json_is_true(json_object_get(m->result, "moved")))
		context_say(&n->ctx, _("Redirected from %s."), n->sought);
	r = request_text(REQUEST_OPEN_PAGE, address);
	n->ctx.post(&n->ctx, NULL, r);
}

/* The titles at hand know most pages; the wiki knows former addresses. */
void
nav_find_page(struct nav *n, struct request *r)
{
	struct request open;
	const char *address;

	if (context_find(&n->ctx, r->text, &address)) {
		open = request_text(REQUEST_OPEN_PAGE, address);
		open.more = r->more;
		r->more = NULL;
		nav_perform(n, open);
		return;
	}
	free(n->sought);
	n->sought = mem_strdup(r->text);
	json_decref(n->making);
	n->making = json_incref(r->args);
	(void)link_call(n->ctx.link, "page.resolve",
			json_pack("{s:s}", "name", r->text), take_address, n);
}

bool
nav_resume_remark(struct nav *n, const char *address)
{
	const char *talk = address + strlen(TALK_DRAFTS);
	bool code;

	if (strncmp(address, TALK_DRAFTS, strlen(TALK_DRAFTS)) != 0)
		return false;
	code = strcmp(talk, "index") != 0 && thread_code_is_valid(talk);
	nav_open_screen(n, code ? SCREEN_THREAD : SCREEN_THREADS,
			json_pack("{s:s, s:b}", code ? "thread" : "address",
				  talk, "resume", true));
	return true;
}
