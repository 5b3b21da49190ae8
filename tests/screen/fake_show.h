/*
 * fake_show.h - the client on the terminal of the caller, with a wiki of the
 * test. What it paints it tells, too: a line with the length, how many keys
 * came so far, rows and columns, and then the screen as canvas_dump() writes
 * it. A length of 0 is no screen: nothing more comes of those keys.
 */
#ifndef PLEIN_TEST_FAKE_SHOW_H
#define PLEIN_TEST_FAKE_SHOW_H

#include <jansson.h>

/* All that any screen asks for: what one does not know it does not read. */
json_t *
fake_arguments(void);

/*
 * Numbers, as they come on a command line: which row of view/screen.def,
 * which mood (fake_mood.h), the descriptor to tell on. Until the terminal
 * hangs up; returns an exit status. FAKE_ROLE in the environment is who it
 * is, else a "redacteur".
 */
int
fake_show(const char *screen, const char *mood, const char *fd);

#endif
