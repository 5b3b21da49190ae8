/* renewal.c - see renewal.h. */
#include "wiki/renewal.h"

#include <string.h>

#include "plein/log.h"
#include "wiki/ending.h"
#include "wiki/session.h"
#include "wiki/space.h"

static void
tell(struct control *control, json_t *msg_take)
{
	struct err err = ERR_INIT;

	if (control_tell(control, msg_take, &err))
		log_event("control.failed", LOG_TEXT("op", "role"),
			  LOG_TEXT("why", err.msg));
}

static bool
is_of(const struct session *s, const char *handle)
{
	const char *who = session_who(s)->handle;

	return who && strcmp(who, handle) == 0;
}

/* Another role in the wiki. */
static void
renew_account(const struct vec *sessions, struct control *control,
	      const char *handle, enum role role)
{
	for (size_t i = 0; i < sessions->len; i++)
		if (is_of(sessions->items[i], handle))
			session_renew(sessions->items[i], role);
	tell(control, json_pack("{s:s, s:s, s:s}", "op", "role", "account",
				handle, "role", role_name(role)));
}

/* Another role in one space; `changed` says whose. */
static void
renew_member(const struct vec *sessions, struct control *control,
	     const struct call *c)
{
	for (size_t i = 0; i < sessions->len; i++)
		if (is_of(sessions->items[i], c->changed) &&
		    caller_is_in(session_who(sessions->items[i]), c->given_in))
			session_give(sessions->items[i], c->given);
	tell(control, json_pack("{s:s, s:s, s:s}", "op", "given", "account",
				c->changed, "space", c->given_in->name));
}

/* Made, opened, closed or gone. */
static void
renew_space(const struct vec *sessions, struct control *control,
	    const struct call *c)
{
	atomic_store(&c->respaced->closed, c->closes);
	for (size_t i = 0; i < sessions->len; i++)
		if (caller_is_in(session_who(sessions->items[i]), c->respaced))
			session_say_role(sessions->items[i]);
	tell(control, json_pack("{s:s, s:s}", "op", "spaces", "space",
				c->respaced->name));
}

/* Why it ends comes first, then what else of it can be seen. */
void
renewal_by(const struct call *c, const struct vec *sessions,
	   struct control *control)
{
	if (c->ends)
		ending_carry_out(c->ends, sessions, control);
	if (c->given_in)
		renew_member(sessions, control, c);
	if (c->changed)
		renew_account(sessions, control, c->changed, c->changed_to);
	for (size_t i = 0; i < c->gone.len; i++)
		renew_account(sessions, control, c->gone.items[i],
			      ROLE_BLOCKED);
	if (c->respaced)
		renew_space(sessions, control, c);
	if (c->reloads)
		control_tell_op(control, "reload");
}
