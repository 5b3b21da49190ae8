/*
 * tale.h - what a row of story.read and page.history says, in words for
 * people: for the screen, line mode and the commands. One line each, appended,
 * not filtered.
 */
#ifndef PLEIN_TALE_H
#define PLEIN_TALE_H

#include <jansson.h>

#include "plein/buf.h"

/* The page it happened to: its title, or of one that is gone its address. */
const char *
tale_page(const json_t *row);

/* What happened: "gemaakt", "Bronnen erbij", "reactie 2.1 in Wie?". */
void
tale_what(struct buf *out, const json_t *row);

/* What happened in a discussion, of a row of page.history of the page at
 * `address`: "gesprek: Wie?", "reactie in Wie?". */
void
tale_talk(struct buf *out, const json_t *row, const char *address);

/* Which fields turned: "stand: open → beantwoord; uitkomst: aangenomen"; often
 * nothing. */
void
tale_turns(struct buf *out, const json_t *row);

/* That it is told of the first pages only. */
const char *
tale_cut(void);

/* Both. */
void
tale_event(struct buf *out, const json_t *row);

/* All of it: "Hoe dan?: reactie 2.1 in Wie?: Wij." */
void
tale_tell(struct buf *out, const json_t *row);

#endif
