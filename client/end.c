/* end.c - see end.h. */
#include "end.h"

#include <stddef.h>
#include <string.h>

#include "plein/i18n.h"

enum app_end
end_of(const char *why)
{
	if (strcmp(why, "own") == 0)
		return APP_ENDED;
	return strcmp(why, "closed") == 0 ? APP_CLOSED : APP_ENDED_BY_ADMIN;
}

const char *
end_words(enum app_end end)
{
	static const char *const words[] = {
		[APP_SIGNED_OUT] = N_("Goodbye."),
		[APP_SHUT] = N_("Your access has been stopped. See why: ssh "
				"<host> application"),
		[APP_ENDED] = N_("You ended this session from another one.\n"
				 "What you were writing is kept as a draft."),
		[APP_ENDED_BY_ADMIN] =
			N_("An administrator ended this session.\n"
			   "What you were writing is kept as a draft. You can "
			   "sign in again."),
		[APP_WITHDRAWN] = N_("Your request is taken back. All that was "
				     "known of you is gone."),
		[APP_CLOSED] = N_("Your profile is closed. Goodbye."),
		[APP_HUNG_UP] = NULL,
		[APP_STOPPED] = N_("The wiki stops for maintenance. Sign in "
				   "again later."),
		[APP_IDLE] = N_("You were signed out: nothing was typed for a "
				"long time. What you were writing is kept as "
				"a draft."),
	};

	return words[end] ? gettext(words[end]) : NULL;
}
