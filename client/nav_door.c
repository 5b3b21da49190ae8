/* nav_door.c - see nav_door.h. */
#include "nav_door.h"

#include <string.h>

#include "nav_notice.h"
#include "nav_stack.h"
#include "plein/i18n.h"
#include "plein/policy.h"
#include "screens.h"

bool
nav_door_is(enum screen first)
{
	return first == SCREEN_REGISTER || first == SCREEN_WAITING;
}

static void
set_session(struct nav *n, const char *key, const char *value)
{
	if (n->ctx.session)
		(void)json_object_set_new(n->ctx.session, key,
					  json_string(value));
}

void
nav_door_judge(struct nav *n)
{
	enum role role = role_of(context_session(&n->ctx, "role"));
	bool could = n->reads;

	n->reads = policy_allows(role, RIGHT_READ);
	if (could || !n->reads)
		return;
	nav_forget_heard(n);
	nav_read_titles(n);
}

static void
open_waiting(struct nav *n)
{
	json_t *args = json_pack("{s:b}", "first", true);

	nav_push(n, screens_open(SCREEN_WAITING, &n->ctx, args));
	json_decref(args);
}

/* The form goes; what is below it is not shown, unless it may be read. */
void
nav_door_enter(struct nav *n, struct request *r)
{
	const char *role = args_text(r->args, "role");
	bool reads = policy_allows(role_of(role), RIGHT_READ);

	set_session(n, "role", role);
	set_session(n, "handle", args_text(r->args, "handle"));
	n->reads = reads;
	nav_know(n);
	if (reads && strcmp(args_text(r->args, "standing"), "active") == 0) {
		nav_close_above(n, 0);
	} else {
		open_waiting(n);
		nav_close_below(n);
	}
	context_say(&n->ctx, "%s", r->text);
}

void
nav_door_changed(struct nav *n, struct request *r)
{
	nav_close_top(n);
	context_say(&n->ctx, "%s", r->text);
	if (nav_base(n)->ops->reload)
		nav_base(n)->ops->reload(nav_base(n));
}

/* The screen that tells, where it is: alone, or below what is read. */
static struct view *
find_waiting(const struct nav *n)
{
	for (size_t i = n->views.len; i-- > 0;) {
		struct view *v = n->views.items[i];

		if (v->ops->place == PLACE_WAITING)
			return v;
	}
	return NULL;
}

/* What was read goes without being read anew on the way. */
static void
leave_to_wait(struct nav *n)
{
	open_waiting(n);
	while (n->views.len > 2)
		nav_close_below(n);
	nav_outdate_start(n);
}

/*
 * Where nothing is allowed any more it ends: the next thing asked would only
 * be refused. Who can still say something about it hears how it stands.
 */
void
nav_door_take_role(struct nav *n, const char *word)
{
	enum role role = role_of(word),
		  was = role_of(context_session(&n->ctx, "role"));
	bool reads = policy_allows(role, RIGHT_READ);
	struct view *waiting = find_waiting(n);

	set_session(n, "role", role_name(role));
	nav_door_judge(n);
	if (n->ctx.withdrawn && !reads) {
		nav_end(n, APP_WITHDRAWN);
	} else if (!reads && !policy_allows(role, RIGHT_REGISTER)) {
		nav_end(n, APP_SHUT);
	} else if (waiting) {
		waiting->ops->reload(waiting);
	} else if (!reads) {
		leave_to_wait(n);
	} else if (role != was) {
		context_say(&n->ctx, _("New: your role is %s now."), word);
	}
}
