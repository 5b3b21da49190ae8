/*
 * route.h - what a person asked for on the session channel, decided by
 * table: a screen, a command, git, or a refusal. Pure. No shell and no
 * command line is ever built from the answer.
 */
#ifndef PLEIN_SSH_ROUTE_H
#define PLEIN_SSH_ROUTE_H

#include <stdbool.h>

#define ROUTE_LINE_MAX 1024 /* bytes of an exec line */

enum route_kind {
	ROUTE_SCREEN, /* plein in a terminal */
	ROUTE_COMMAND, /* plein on pipes */
	ROUTE_UPLOAD, /* git-upload-pack of `space`: clone and fetch */
	ROUTE_RECEIVE, /* git-receive-pack of `space`: push */
	ROUTE_REFUSE, /* git that is not served: plein says so */
	ROUTE_BAD /* a line nobody may read: `reason` */
};

struct route {
	enum route_kind kind;
	const char *space; /* name, for git that is served, else "" */
	const char *line; /* what plein is to do; "" for its start */
	/* A word for the log. ROUTE_REFUSE: "git" (another service, or not in
	 * its form), "terminal" (git in one); ROUTE_BAD: "length" or
	 * "encoding" of the line. Else NULL. */
	const char *reason;
	char space_buf[64];
};

/*
 * Decide. `terminal`: a pty was granted; `exec` is the line of an exec
 * request, or NULL for a shell; it must outlive `out`.
 */
void
route_decide(struct route *out, bool terminal, const char *exec);

/* "screen", "command" and so on, as in plein/control.h; "bad". */
const char *
route_kind_name(enum route_kind kind);

#endif
