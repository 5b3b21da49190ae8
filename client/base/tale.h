/*
 * tale.h - what a row of story.read says, as a line for people: for the
 * screen, line mode and the command story.
 */
#ifndef PLEIN_TALE_H
#define PLEIN_TALE_H

#include <jansson.h>

#include "plein/buf.h"

/* What happened, without what was said: "Over Hoe dan?, 2.1 in Wie?". One line,
 * appended, not filtered. */
void
tale_name(struct buf *out, const json_t *row);

/* "Hoe dan? (vraagstuk): gemaakt", "Hoe dan?: Bronnen erbij; stand: open →
 * beantwoord", "Over Hoe dan?, 2.1 in Wie?: Wij."; one line, appended, not
 * filtered. */
void
tale_tell(struct buf *out, const json_t *row);

#endif
