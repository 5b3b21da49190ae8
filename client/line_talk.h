/*
 * line_talk.h - writing what one says in a discussion, in line mode: lines up
 * to a dot, then whether they are posted. The text is that of the editor.
 */
#ifndef PLEIN_LINE_TALK_H
#define PLEIN_LINE_TALK_H

#include <stdbool.h>

struct linemode;

/* Is there a remark to be written now? */
bool
line_talk_is_due(const struct linemode *l);

/* Ask for its text, and what to do with it. False: nobody says any more. */
bool
line_talk(struct linemode *l);

#endif
