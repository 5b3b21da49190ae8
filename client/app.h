/*
 * app.h - the screen program: a loop around a terminal, a link to the wiki
 * and the views. It wakes up for a key, a message or a signal, never by
 * itself.
 */
#ifndef PLEIN_APP_H
#define PLEIN_APP_H

#include <stdbool.h>
#include <stdint.h>

#include "end.h"
#include "ui/terminal.h"
#include "view/view.h"

struct app_options {
	int control; /* socket to the supervisor; swallowed */
	enum screen first; /* to be shown, above the start screen */
	const json_t *args; /* of that */
	const struct display *display; /* as the terminal has it; NULL: as
					  nobody chose it */
	int trial_ms; /* see view/profile.h; 0: as it should be */
	int keep_ms; /* for drafts, see view/keep.h; 0: as it should be */
	int64_t idle_ms; /* without a key it ends; 0: never */
	bool signals; /* take SIGWINCH, SIGTERM, SIGHUP */
};

struct app;

/* Ask what the first screen needs: the wiki looks it up while the terminal is
 * made ready. No byte of an answer is read. */
struct app *
app_begin(const struct app_options *o);

/* Show it, with a message (or NULL) to begin with, until they leave. The
 * terminal is the caller's to close. */
enum app_end
app_run(struct app *a_take, struct terminal *terminal, const char *message);

#endif
