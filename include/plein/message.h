/*
 * message.h - the message of a commit: a readable subject, then trailers
 * (git-interpret-trailers(1)) for programs:
 *
 *     uitstapkosten als afspraak
 *
 *     Plein-Page: themas/common-ground
 *     Plein-Action: save
 *     Plein-Request: 6f1c…
 *     Plein-Minor: yes
 */
#ifndef PLEIN_MESSAGE_H
#define PLEIN_MESSAGE_H

#include <stddef.h>

#include "plein/buf.h"

#define NOTE_MAX 500 /* bytes of a note */

struct message {
	char *subject;
	char *page; /* address or NULL */
	char *action; /* "save", "create", … or NULL */
	char *request; /* idempotency key or NULL */
	char *minor; /* "yes" for a small change, or NULL */
};

/*
 * Append the message. `note` may hold several lines (the first is the
 * subject); when empty the subject is `fallback`. Lines that look like our
 * trailers are indented, and of a trailer's value only the first line counts,
 * so that nobody forges one.
 */
void
message_format(struct buf *out, const char *note, const char *fallback,
	       const struct message *trailers);

/* Parse; absent parts are NULL. */
void
message_parse(struct message *m, const char *text);

void
message_release(struct message *m);

#endif
