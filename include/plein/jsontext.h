/*
 * jsontext.h - JSON values as text (RFC 8259), on one line and without
 * blanks, as jansson writes them with JSON_COMPACT; but at a third of its
 * cost, which is what most answers are made of.
 */
#ifndef PLEIN_JSONTEXT_H
#define PLEIN_JSONTEXT_H

#include <jansson.h>

#include "plein/buf.h"

/* Append it. It must be a tree: no value within itself. */
void
jsontext_add(struct buf *out, const json_t *value);

/* The same as a string, yours. */
char *
jsontext_dump(const json_t *value);

/* The same for one that no value was made of; UTF-8. */
void
jsontext_add_string(struct buf *out, const char *s, size_t len);

void
jsontext_add_integer(struct buf *out, json_int_t value);

/* How many bytes jsontext_add() appends. */
size_t
jsontext_size(const json_t *value);

/* How many bytes, from the first on, stand for themselves in a string. */
size_t
jsontext_plain(const char *s, size_t len);

/* As json_stringn(): yours, or NULL when it is not UTF-8. */
json_t *
jsontext_string(const char *s, size_t len);

/* From now on what jansson gives back to the system is wiped: passwords and
 * codes are JSON on their way. Once, before the first value. */
void
jsontext_wipe(void);

#endif
