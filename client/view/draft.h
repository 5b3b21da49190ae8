/*
 * draft.h - a text on its way into the wiki: the page it came from, which
 * version that was, its fields, and the request under which it is saved.
 * The same text and note are always sent under the same request id, so that
 * asking again never saves twice.
 */
#ifndef PLEIN_VIEW_DRAFT_H
#define PLEIN_VIEW_DRAFT_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "plein/buf.h"

#define DRAFT_REQUEST 32 /* hexadecimal digits */

/* A text, in what the draft holds. */
struct draft_text {
	const char *ptr; /* NUL-terminated */
	size_t len;
};

struct draft {
	char *address, *title;
	json_int_t base; /* 0 while the wiki cannot number */
	char commit[41]; /* of the version that was loaded, or "" */
	json_int_t loaded; /* that version */
	struct buf fields; /* front matter, byte for byte */
	struct draft_text saved; /* the body as the wiki has it */
	struct draft_text saved_fields; /* and its fields */
	json_t *origin; /* result of page.read that it is in, or NULL */
	struct buf kept, kept_fields; /* else they are in here */
	struct buf sent; /* the body in flight or sent last */
	bool sent_minor;
	char *note;
	bool minor; /* its maker calls the change small */
	char request[DRAFT_REQUEST + 1]; /* "": none made yet */
};

void
draft_init(struct draft *d, const char *address);

void
draft_release(struct draft *d);

/* From the result of page.read. */
void
draft_load(struct draft *d, json_t *page);

/*
 * Go on with what the wiki kept, the result of draft.read: its base, its note
 * and its fields. Its body is appended to `body`.
 */
void
draft_resume(struct draft *d, const json_t *stored, struct buf *body);

/* The version the draft began as, a result of page.read. */
void
draft_take_base(struct draft *d, json_t *page);

/* Parameters of draft.put for this body and the note so far. */
json_t *
draft_keep(const struct draft *d, const struct buf *body);

/* Parameters of page.save for this body and note; keeps both. */
json_t *
draft_send(struct draft *d, const struct buf *body, const char *note);

void
draft_set_note(struct draft *d, const char *note);

/* Is its `status` that of an adopted page? */
bool
draft_is_adopted(const struct draft *d);

/* Its status becomes that of a page that is worked on; other fields stay. */
void
draft_reopen(struct draft *d);

/* It was saved as `version`, made by `commit` (NULL: not told): that is the
 * base from now on. */
void
draft_take_version(struct draft *d, json_int_t version, const char *commit);

/*
 * It was saved, with others' changes that are not in this text: what is
 * written on still began as the base.
 */
void
draft_take_joined(struct draft *d);

/* The fields of another text, a member `text`. */
void
draft_take_fields(struct draft *d, const json_t *from);

/* Its body, appended. */
void
draft_copy_body(const json_t *from, struct buf *body);

/* From now on it began as {saved, version, commit}. */
void
draft_follow(struct draft *d, const json_t *saved);

/* 128 random bits in hexadecimal. */
void
draft_make_request(char out[DRAFT_REQUEST + 1]);

#endif
