/*
 * bigtexts.h - the big texts that were read last, as JSON. Inflating one and
 * seeing that it is what its id says takes most of the time of opening such a
 * page, and a page that was opened is opened again. Shared by the threads that
 * read, as are the values (jansson counts references atomically): nobody
 * changes one.
 */
#ifndef PLEIN_WIKI_BIGTEXTS_H
#define PLEIN_WIKI_BIGTEXTS_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "plein/buf.h"

#define BIGTEXTS_BIG ((size_t)64 * 1024) /* bytes; shorter ones are not kept */
#define BIGTEXTS_ROOM ((size_t)4 * 1024 * 1024) /* bytes of all together */

struct bigtexts;

/* The process ends when there is no memory; never NULL. */
struct bigtexts *
bigtexts_new(void);

/* When nobody reads any more. NULL is allowed. */
void
bigtexts_free(struct bigtexts *b);

/* A string, with a reference of your own; NULL when it is not kept (or when
 * `b` is NULL, which keeps nothing). `blob` is the id of the text. */
json_t *
bigtexts_find(struct bigtexts *b, const char *blob);

/* Keep this string, as it was read and found right, if it is big; what was
 * read longest ago makes room. */
void
bigtexts_keep(struct bigtexts *b, const char *blob, json_t *text);

/*
 * A text of which only the beginning was needed, as it was read and found
 * right: its rest will be asked for. The last BIGTEXTS_HALVES are kept, as
 * they are; short ones are not. Taken in every case.
 */
#define BIGTEXTS_HALVES 2

void
bigtexts_put_by(struct bigtexts *b, const char *blob, struct buf *text_take);

/* It is yours; false, and *text is empty, when it was not put by. */
bool
bigtexts_take_up(struct bigtexts *b, const char *blob, struct buf *text);

#endif
