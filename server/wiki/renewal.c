/* renewal.c - see renewal.h. */
#include "wiki/renewal.h"

#include <string.h>

#include "plein/log.h"
#include "wiki/ending.h"
#include "wiki/session.h"

static void
tell_role(const struct vec *sessions, struct control *control,
	  const char *handle, enum role role)
{
	struct err err = ERR_INIT;
	const char *who;

	for (size_t i = 0; i < sessions->len; i++) {
		who = session_who(sessions->items[i])->handle;
		if (who && strcmp(who, handle) == 0)
			session_renew(sessions->items[i], role);
	}
	if (control_tell(control,
			 json_pack("{s:s, s:s, s:s}", "op", "role", "account",
				   handle, "role", role_name(role)),
			 &err))
		log_event("control.failed", LOG_TEXT("op", "role"),
			  LOG_TEXT("why", err.msg));
}

/* Why it ends comes first, then what else of it can be seen. */
void
renewal_by(const struct call *c, const struct vec *sessions,
	   struct control *control)
{
	if (c->ends)
		ending_carry_out(c->ends, sessions, control);
	if (c->changed)
		tell_role(sessions, control, c->changed, c->changed_to);
}
