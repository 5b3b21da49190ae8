/*
 * handle_close.c - leaving: an account is closed, by its person or by an
 * administrator. What is known of the person goes at once, and so do their
 * sessions; what they wrote stays theirs, under the handle.
 */
#include <string.h>

#include "plein/mem.h"
#include "state/closing.h"
#include "state/standing.h"
#include "wiki/accounts.h"
#include "wiki/call.h"
#include "wiki/ending.h"
#include "wiki/handlers.h"
#include "wiki/rows.h"
#include "wiki/seconding.h"

#define CODE_TYPED 40

static int
close_account(struct desk *d, struct call *c)
{
	const char *handle = call_text(c, "handle");
	int rc = closing_run(d->state, handle, &c->err);

	if (rc)
		return rc;
	c->ends = ending_new(handle, 0, 0, ENDING_CLOSED);
	c->changed = mem_strdup(handle);
	c->changed_to = ROLE_BLOCKED;
	c->result = json_object();
	return 0;
}

static bool
is_own(const struct call *c)
{
	return c->caller->handle &&
	       strcmp(call_text(c, "handle"), c->caller->handle) == 0;
}

static int
handle_profile_close(struct desk *d, struct call *c)
{
	int rc = desk_need_state(d, &c->err);

	if (!rc && !is_own(c))
		rc = err_rule(&c->err, PLEIN_ERULE, "not-yours", 0,
			      "this is not the caller's handle");
	/* before a code is asked for nothing */
	if (!rc)
		rc = standing_spare_last(d->state, c->caller->handle, &c->err);
	if (!rc)
		rc = accounts_ask_code(d, c);
	return rc ? rc : close_account(d, c);
}

/* One's own asks for one's code. */
static int
handle_accounts_close(struct desk *d, struct call *c)
{
	bool waits = false;
	int rc = desk_need_state(d, &c->err);

	if (!rc && is_own(c))
		rc = err_rule(&c->err, PLEIN_ERULE, "own", 0,
			      "one's own account is closed by profile.close");
	if (!rc)
		rc = seconding_ask(d, c, "close", ROLE_NONE, &waits);
	if (!rc && waits)
		c->result = json_pack("{s:b}", "waits", 1);
	return rc || waits ? rc : close_account(d, c);
}

static const struct param profile_params[] = {
	{ "handle", PARAM_TEXT, true, 64, "the caller's, typed anew" },
	{ "code", PARAM_TEXT, false, CODE_TYPED,
	  "of the app; required where there is one" },
	PARAMS_END,
};

static const struct param accounts_params[] = {
	{ "handle", PARAM_TEXT, true, 64, "whose" },
	PARAMS_END,
};

const struct method close_rows[] = {
	{ "profile.close", RIGHT_OWN, PLACE_WRITER, profile_params,
	  "Closes the caller's account for good: all that is known of the "
	  "person, and what they did not save, goes; all their sessions end; "
	  "what they wrote keeps the handle, which nobody can have again.",
	  "{}", "denied rule busy no-space io corrupt", handle_profile_close },
	{ "accounts.close", RIGHT_ADMIN, PLACE_WRITER, accounts_params,
	  "Closes somebody's account, as profile.close does.",
	  "{waits}: there when a second administrator must ask for the same",
	  "not-found rule busy no-space io corrupt", handle_accounts_close },
	ROWS_END,
};
