/*
 * app.h - the screen program: a loop around a terminal, a link to the wiki
 * and the views. It wakes up for a key, a message or a signal, never by
 * itself.
 */
#ifndef PLEIN_APP_H
#define PLEIN_APP_H

#include <stdbool.h>

#include "ui/terminal.h"
#include "view/view.h"

struct app_options {
	struct terminal *terminal; /* the caller's to close */
	int control; /* socket to the supervisor; swallowed */
	enum screen first; /* to be shown, above the start screen */
	const json_t *args; /* of that */
	const char *message; /* to begin with, or NULL */
	const struct display *display; /* as the terminal has it; NULL: as
					  nobody chose it */
	int keep_ms; /* for drafts, see view/keep.h; 0: as it should be */
	bool signals; /* take SIGWINCH, SIGTERM, SIGHUP */
};

enum app_end {
	APP_SIGNED_OUT,
	APP_HUNG_UP, /* the terminal is gone */
	APP_STOPPED /* the server stops */
};

enum app_end
app_run(const struct app_options *o);

#endif
