/*
 * haves.h - which commits somebody who fetches says they have: read along
 * with what goes to git upload-pack (gitprotocol-pack(5): pkt-lines "want …",
 * "have ID", a flush). Only so can somebody with a copy of before an erasure
 * be told so; git itself only sees an id it does not know. Pure, bounded, and
 * it changes no byte. What is no such stream is not looked at any further.
 */
#ifndef PLEIN_SSH_HAVES_H
#define PLEIN_SSH_HAVES_H

#include <stdbool.h>
#include <stddef.h>

#define HAVES_MAX 16 /* what git says before it waits for an answer */
#define HAVES_ID 40 /* hexadecimal digits */
#define HAVES_TEXT (HAVES_MAX * (HAVES_ID + 1)) /* with blanks, and its NUL */

struct haves {
	bool done; /* enough was read, or it was no such stream */
	bool ready; /* there is something to be told, once */
	char head[4]; /* the length of a line, in hexadecimal */
	size_t n_head;
	size_t left; /* bytes of the line that are to come */
	char line[5 + HAVES_ID]; /* its beginning */
	size_t n_line;
	char text[HAVES_TEXT]; /* the ids, blanks between */
	int n;
};

void
haves_init(struct haves *h);

/* More of the stream. */
void
haves_feed(struct haves *h, const char *bytes, size_t len);

/* The ids, once they are all there; else NULL. */
const char *
haves_take(struct haves *h);

#endif
