/* end.h - how a session came to its end, and what is said of it. */
#ifndef PLEIN_END_H
#define PLEIN_END_H

enum app_end {
	APP_SIGNED_OUT,
	APP_SHUT, /* access was stopped */
	APP_ENDED, /* by its person, from another session */
	APP_ENDED_BY_ADMIN,
	APP_WITHDRAWN, /* they took their application back */
	APP_CLOSED, /* there is no account any more */
	APP_HUNG_UP, /* the terminal is gone */
	APP_STOPPED, /* the server stops */
	APP_IDLE /* nothing was typed for a long time */
};

/* By the `why` of event.end. */
enum app_end
end_of(const char *why);

/* A sentence, or NULL: nobody is there to read it. */
const char *
end_words(enum app_end end);

#endif
