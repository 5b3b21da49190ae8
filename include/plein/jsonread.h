/*
 * jsonread.h - JSON values from text (RFC 8259), as jansson reads them, but at
 * a fraction of its cost where there is much text in them, as in a page.
 */
#ifndef PLEIN_JSONREAD_H
#define PLEIN_JSONREAD_H

#include <jansson.h>
#include <stddef.h>

/*
 * Any value; no name twice in an object. Yours, or NULL with *why filled in
 * by jansson, which is asked about all that is not of the usual kind.
 */
json_t *
jsonread(const char *s, size_t len, json_error_t *why);

/*
 * The same out of bytes that nobody needs any more: they are written over,
 * and s[len - 1] must be yours, too. Jansson cannot be asked, so only what
 * jsontext.h writes is understood: no real numbers, no halves of characters.
 */
json_t *
jsonread_own(char *s, size_t len, json_error_t *why);

#endif
