/*
 * fields.h - setting the fields of a new page's text: where options and
 * text disagree the options win, every other byte stays.
 */
#ifndef PLEIN_WIKI_FIELDS_H
#define PLEIN_WIKI_FIELDS_H

#include "plein/buf.h"

/*
 * Make `titel` and `type` of the front matter in `text` these; a text
 * without front matter gets a new block in front.
 */
void
fields_set(struct buf *text, const char *title, const char *kind);

#endif
