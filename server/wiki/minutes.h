/*
 * minutes.h - versions of minutes that came after these were adopted. What is
 * made in the wiki says so in its note from the beginning; what git pushes is
 * told so by whoever reads the version.
 */
#ifndef PLEIN_WIKI_MINUTES_H
#define PLEIN_WIKI_MINUTES_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "state/index.h"
#include "wiki/desk.h"

/* May this be the address of a meeting's page? */
bool
minutes_may_be(const char *address);

/* "gewijzigd na vaststelling", in the language of the wiki. */
const char *
minutes_words(const struct desk *d);

/* Were the minutes at this address adopted in version n, or in the last one in
 * which the page was there? Of what cannot be read nothing is said. */
bool
minutes_were_adopted(struct desk *d, const char *address, long n);

/* An answer that read so much to tell it ends there: bytes. */
#define MINUTES_READ (16UL * 1024 * 1024)

/* `row` has the note of `v` as its member `note`: if it came after adoption
 * and does not say so, it does from now on. Reads the version before it, of
 * meetings only: how much, in bytes. */
size_t
minutes_tell(struct desk *d, const struct index_version *v, json_t *row);

#endif
