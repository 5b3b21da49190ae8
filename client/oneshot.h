/*
 * oneshot.h - one command without a screen: words in, an answer on stdout,
 * sentences about it on stderr, an exit code 0–8.
 */
#ifndef PLEIN_ONESHOT_H
#define PLEIN_ONESHOT_H

#include <stdbool.h>

/* `control` is swallowed. Gives the exit code. */
int
oneshot_run(const char *line, int control);

/* Does this line, given with or without a terminal, want line mode? */
bool
oneshot_wants_lines(const char *line);

/* Does this line, given with a terminal, want a screen? *page becomes the
 * address to open, or NULL for the start screen; free it. */
bool
oneshot_wants_screen(const char *line, char **page);

/* And does it say so, whatever else this person prefers? */
bool
oneshot_names_screen(const char *line);

#endif
