/*
 * linemode.h - the wiki in lines, for a screen reader, a pipe or a terminal
 * that cannot move its cursor: the same views as on the screen (nav.h), told
 * in words. It says something only as an answer to a line.
 */
#ifndef PLEIN_LINEMODE_H
#define PLEIN_LINEMODE_H

#include "app.h"

struct linemode_options {
	int in, out; /* the caller's to close */
	int control; /* socket to the supervisor; swallowed */
	int width; /* of the window, or 0 */
	enum screen first; /* to be shown, above the start screen */
	const json_t *args; /* of that */
	int keep_ms; /* for drafts, see view/keep.h; 0: as it should be */
	int64_t idle_ms; /* without a line it ends; 0: never */
	int wait_ms; /* for the wiki to answer; 0: as it should be */
	bool echo; /* lines that come in are written too, for a transcript */
	bool terminal; /* there is one */
	bool signals; /* take SIGTERM, SIGHUP, SIGINT */
};

/* Until the end of the input, or until they sign out. */
enum app_end
linemode_run(const struct linemode_options *o);

#endif
