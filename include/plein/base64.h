/* base64.h - bytes as text: RFC 4648 §4, with padding. */
#ifndef PLEIN_BASE64_H
#define PLEIN_BASE64_H

#include <stddef.h>

#include "plein/buf.h"
#include "plein/err.h"

/* Characters for so many bytes. */
#define BASE64_LEN(bytes) (((bytes) + 2) / 3 * 4)

/* Appended, in one line. */
void
base64_encode(struct buf *out, const void *bytes, size_t len);

/*
 * Appended. PLEIN_ERULE for anything but what base64_encode() makes: no
 * blanks, padding complete, unused bits zero.
 */
int
base64_decode(struct buf *out, const char *text, size_t len, struct err *err);

#endif
