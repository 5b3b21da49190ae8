/* nav_notice.c - see nav_notice.h. */
#include "nav_notice.h"

#include <stdlib.h>
#include <string.h>

#include "nav_door.h"
#include "plein/mem.h"
#include "plein/policy.h"

#define FIRST_SPACE "agenda"

static bool
shows_page(const struct nav *n, const char *address, json_int_t *version)
{
	const struct view *v = nav_base(n);
	const char *shown = v->ops->page ? v->ops->page(v, version) : NULL;

	return shown && address && strcmp(shown, address) == 0;
}

/* The page that is shown, or one goes back to from here; or "". */
static const char *
find_page(const struct nav *n)
{
	const char *address = NULL;
	const struct view *v;
	json_int_t version;

	for (size_t i = n->views.len; i-- > 0 && !address;) {
		v = n->views.items[i];
		if (v->ops->page)
			address = v->ops->page(v, &version);
	}
	return address ? address : "";
}

/* A wiki that knows no events refuses: then there are none. */
void
nav_listen(struct nav *n)
{
	const char *page = find_page(n);

	if (!n->reads || (n->heard && strcmp(n->heard, page) == 0))
		return;
	free(n->heard);
	n->heard = mem_strdup(page);
	(void)link_call(n->ctx.link, "events.subscribe",
			*page ? json_pack("{s:s}", "pages", page) : NULL, NULL,
			NULL);
}

void
nav_forget_heard(struct nav *n)
{
	free(n->heard);
	n->heard = NULL;
	nav_presence_forget(n);
}

static void
tell_notice(struct nav *n, int64_t now)
{
	bool writing = nav_base(n)->ops->place == PLACE_EDITOR;
	struct buf line = BUF_INIT;
	json_int_t version;

	if (!notices_are_theirs(&n->notices) &&
	    (!shows_page(n, n->notices.address, &version) ||
	     version >= n->noticed)) {
		notices_drop(&n->notices);
		return;
	}
	notices_take(&n->notices, now, writing, &line);
	context_say(&n->ctx, "%s", line.ptr);
	buf_release(&line);
}

/* A drawer has its own message: what others do waits until it is closed. */
static int64_t
told_due(const struct nav *n)
{
	return nav_top(n) == nav_base(n) ? notices_due(&n->notices) : 0;
}

int64_t
nav_notice_due(const struct nav *n)
{
	int64_t a = told_due(n), b = nav_presence_due(n);

	if (!a || !b)
		return a ? a : b;
	return a < b ? a : b;
}

void
nav_notice_tick(struct nav *n, int64_t now)
{
	int64_t due = told_due(n);

	nav_presence_tick(n, now);
	if (due && due <= now)
		tell_notice(n, now);
}

static void
take_save(struct nav *n, const char *address, json_int_t version,
	  const char *handle)
{
	json_int_t shown;

	if (!handle || strcmp(handle, context_session(&n->ctx, "handle")) == 0)
		return;
	if (!shows_page(n, address, &shown) || shown >= version)
		return;
	notices_saved(&n->notices, address, handle);
	n->noticed = version;
}

static void
take_page_event(struct nav *n, const json_t *params)
{
	take_save(n, json_string_value(json_object_get(params, "address")),
		  json_integer_value(json_object_get(params, "version")),
		  json_string_value(json_object_get(params, "handle")));
}

static bool
holds(const json_t *names, const char *name)
{
	const json_t *one;
	size_t i;

	json_array_foreach(names, i, one)
	{
		if (strcmp(json_string_value(one), name) == 0)
			return true;
	}
	return false;
}

/* What `o` leads to is others now; on the start screen nothing moves by
 * itself. */
static void
renew_start(struct nav *n)
{
	struct view *start = n->views.items[0];

	if (start != nav_base(n) && start->ops->returned)
		start->ops->returned(start);
}

/* Somebody said something that names or answers this person, or changed what
 * they said so that it names them. */
static void
take_remark_event(struct nav *n, const json_t *params)
{
	const char *self = context_session(&n->ctx, "handle");
	const char *handle = args_text(params, "handle");
	const char *action = args_text(params, "action");
	bool named = holds(json_object_get(params, "named"), self);
	bool said = strcmp(action, "said") == 0;

	if ((!said && strcmp(action, "changed") != 0) || !*self ||
	    strcmp(handle, self) == 0 ||
	    (!named &&
	     (!said || strcmp(args_text(params, "answers"), self) != 0)))
		return;
	notices_called(&n->notices, handle, named);
	renew_start(n);
}

/* One that they opened themselves they know of. */
static void
take_asked_event(struct nav *n, const json_t *params)
{
	const char *self = context_session(&n->ctx, "handle");

	if (strcmp(args_text(params, "handle"), self) == 0)
		return;
	notices_asked(&n->notices, args_text(params, "title"));
	renew_start(n);
}

static void
take_writing(struct nav *n, const json_t *params)
{
	const char *address = args_text(params, "address");
	json_int_t version;

	if (!shows_page(n, address, &version))
		return;
	notices_begun(&n->notices, address, args_text(params, "handle"),
		      args_text(params, "under"));
	n->noticed = version + 1; /* whichever is shown: it is of now */
}

/* The newest version of the page that is shown, after some were missed. */
static void
take_newest(void *ctx, const struct rpc_msg *m)
{
	struct nav *n = ctx;
	const json_t *row =
		json_array_get(json_object_get(m->result, "rows"), 0);

	if (m->kind == RPC_RESULT)
		take_page_event(n, row);
}

static void
catch_up(struct nav *n)
{
	json_int_t version;
	const struct view *v = nav_base(n);
	const char *address = v->ops->page ? v->ops->page(v, &version) : NULL;

	n->stale = true;
	if (address)
		(void)link_call(
			n->ctx.link, "page.log",
			json_pack("{s:s, s:i}", "address", address, "limit", 1),
			take_newest, n);
}

void
nav_end(struct nav *n, enum app_end end)
{
	if (n->done)
		return;
	n->done = true;
	n->end = end;
}

/* Out of a space that is not open to them any more, when the wiki is. */
static void
take_role(struct nav *n, const char *role, const char *wiki)
{
	if (!policy_allows(role_of(role), RIGHT_READ) &&
	    policy_allows(role_of(wiki), RIGHT_READ))
		nav_perform(n, request_text(REQUEST_SPACE, FIRST_SPACE));
	else
		nav_door_take_role(n, role);
}

void
nav_notice(struct nav *n, const char *method, const json_t *params)
{
	if (strcmp(method, "event.page") == 0)
		take_page_event(n, params);
	else if (strcmp(method, "event.tree") == 0)
		n->stale = true;
	else if (strcmp(method, "event.remark") == 0)
		take_remark_event(n, params);
	else if (strcmp(method, "event.asked") == 0)
		take_asked_event(n, params);
	else if (strcmp(method, "event.writing") == 0)
		take_writing(n, params);
	else if (strcmp(method, "event.resync") == 0)
		catch_up(n);
	else if (strcmp(method, "event.role") == 0)
		take_role(n, args_text(params, "role"),
			  args_text(params, "wiki"));
	else if (strcmp(method, "event.end") == 0)
		nav_end(n, end_of(args_text(params, "why")));
}
