/*
 * drafts.h - texts that people are still writing: one a person and page, with
 * the version they began as. Never in git. An address is what the page was
 * called when the draft was put; that it moved is for others to know.
 */
#ifndef PLEIN_STATE_DRAFTS_H
#define PLEIN_STATE_DRAFTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "plein/err.h"
#include "plein/page.h"
#include "plein/vec.h"
#include "state/state.h"

#define DRAFT_MAX PAGE_MAX /* bytes of a text */
#define DRAFTS_MAX 200 /* drafts of one person */

struct draft {
	const char *space; /* name; borrowed */
	char *handle;
	char *address;
	long base; /* version it began as; 0: no page was there */
	char *commit; /* that made this version, or NULL */
	char *text; /* NULL in lists */
	char *note; /* what is to be said when it is saved, or NULL: none,
		       or in a list */
	size_t size; /* bytes of the text */
	int64_t time; /* seconds since 1970 */
};

void
draft_release(struct draft *d);

/* For vec_release() of draft_list(): releases and frees. */
void
draft_free(void *d);

/*
 * Keep, in place of what this person had for this address. d->size and
 * d->time are not read: time becomes now. PLEIN_ETOOBIG, PLEIN_ERULE when
 * the person has DRAFTS_MAX of others.
 */
int
draft_put(struct state *s, const struct draft *d, struct err *err);

/* Fill an empty draft; PLEIN_ENOTFOUND. Release it. */
int
draft_get(struct state *s, const char *space, const char *handle,
	  const char *address, struct draft *out, struct err *err);

/* Is there one? */
int
draft_has(struct state *s, const char *space, const char *handle,
	  const char *address, bool *has, struct err *err);

/* Append struct draft * (draft_free) without texts, the newest first. */
int
draft_list(struct state *s, const char *space, const char *handle,
	   struct vec *out, struct err *err);

/* PLEIN_ENOTFOUND when there is none. */
int
draft_drop(struct state *s, const char *space, const char *handle,
	   const char *address, struct err *err);

#endif
