/*
 * draft.h - how saving ends a draft: the person's draft of a page goes when
 * the version they saved is on stable storage, and not before.
 */
#ifndef PLEIN_WIKI_DRAFT_H
#define PLEIN_WIKI_DRAFT_H

#include <stdbool.h>

#include "wiki/desk.h"
#include "wiki/method.h"

/* For the handler of page.save, on the writer: this page was saved by who
 * calls. draft_settle() does the rest. */
void
draft_note_saved(struct desk *d, const struct call *c, const char *address);

/*
 * The batch has ended: drop the drafts of what was noted, if it is `stored`.
 * One transaction, and none when there was no draft. That it fails is logged
 * only: the pages are saved.
 */
void
draft_settle(struct desk *d, bool stored);

#endif
