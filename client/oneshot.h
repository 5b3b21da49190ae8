/*
 * oneshot.h - one command without a screen: words in, an answer on stdout,
 * sentences about it on stderr, an exit code 0–8.
 */
#ifndef PLEIN_ONESHOT_H
#define PLEIN_ONESHOT_H

#include <jansson.h>
#include <stdbool.h>

#include "view/view.h"

/* `control` is swallowed. Gives the exit code. */
int
oneshot_run(const char *line, int control);

/* Does this line, given with or without a terminal, want line mode? */
bool
oneshot_wants_lines(const char *line);

/* And does it say so, with a word? */
bool
oneshot_names_lines(const char *line);

/* Does this line, given with a terminal, want a screen? Which one, and its
 * arguments (or NULL); json_decref them. */
bool
oneshot_wants_screen(const char *line, enum screen *first, json_t **args);

/* And does it say so, whatever else this person prefers? */
bool
oneshot_names_screen(const char *line);

#endif
