/*
 * others.h - who else is here, as the wiki told when it was asked last. Not a
 * view: a view holds one.
 */
#ifndef PLEIN_VIEW_OTHERS_H
#define PLEIN_VIEW_OTHERS_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/link.h"
#include "plein/buf.h"

/* All zero: nobody was asked for. */
struct others {
	json_t *rows; /* of presence.list, or NULL */
	json_t *lately; /* of changes.list, where that was asked for, or NULL */
	bool waiting; /* for them */
};

/* Ask anew: who is on this page, or (NULL) anywhere. */
void
others_ask(struct others *o, struct link *link, const char *address);

/* Besides, who changed something lately. */
void
others_ask_lately(struct others *o, struct link *link);

/* Is it a person, and not a name that is kept for the wiki itself? */
bool
others_is_person(const char *handle);

void
others_release(struct others *o, struct link *link);

/* How many these rows of presence.list are about. */
size_t
others_people(const json_t *rows);

/* "3 others signed in": people, whatever windows they have open. Appended;
 * false, and nothing, without any. */
bool
others_say_count(const struct others *o, struct buf *out);

/* "griffie.waterdam also edits: Bronnen.", as a sentence behind what stands
 * there; nothing when nobody does. */
void
others_say_writing(const struct others *o, struct buf *out);

#endif
