/*
 * owner.h - whose is it? The owner of an action, or who took a decision, is a
 * few words that somebody typed: "ciso", "ciso en oov", "beleid, Duinstad",
 * "@griffie.waterdam". Pure.
 */
#ifndef PLEIN_OWNER_H
#define PLEIN_OWNER_H

#include <stdbool.h>

#include "plein/policy.h"

/* What is known of somebody; all but the handle may be NULL. */
struct owner_person {
	const char *handle;
	const char *name;
	const char *organisation;
	enum role role; /* in the space */
};

/* What they are called: made once for many words. owner_free() it. */
struct owner;

struct owner *
owner_new(const struct owner_person *who);

void
owner_free(struct owner *o);

/*
 * Do these words (or some of them, between commas, slashes and "en") mean this
 * person? By short name, name, or role: that of a short name such as
 * `ciso.veenhoek`, with the municipality or without, or that in the space.
 * Capitals, accents, and what is no letter do not matter. A municipality alone
 * is nobody's.
 */
bool
owner_is(const struct owner *o, const char *words);

#endif
