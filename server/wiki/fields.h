/*
 * fields.h - setting fields of a page's text: where options and text
 * disagree the options win, every other byte stays.
 */
#ifndef PLEIN_WIKI_FIELDS_H
#define PLEIN_WIKI_FIELDS_H

#include <stdbool.h>

#include "plein/buf.h"
#include "plein/err.h"

/*
 * Make `titel` (without the blanks around it) and `type` of the front matter
 * in `text` these; a text without front matter gets a new block in front.
 */
void
fields_set(struct buf *text, const char *title, const char *kind);

/*
 * Make the field `key` of `text` what it is in `from`: the same bytes, or
 * absent. Nothing happens when one of them has fields that are no plain list
 * (plein/fieldspan.h); a text without fields gets this one.
 */
void
fields_take(struct buf *text, const char *key, const struct buf *from);

/*
 * A page moves: `add`, where it was, becomes one of its `aliassen` and `drop`,
 * where it goes, is none any more. Every other byte stays. PLEIN_ERULE when
 * the fields are no plain list (plein/fieldspan.h).
 */
int
fields_alias(struct buf *text, const char *add, const char *drop,
	     struct err *err);

/* The next of the names between the commas, as @handle too, without the @;
 * free() it. NULL: no more. */
char *
fields_next_name(const char **at);

/*
 * Make `name` one of the names that the field `key` is, or none of them; it may
 * be a list, or a line with commas (fields_next_name()). Every other byte stays,
 * all of them when it is so already. PLEIN_ERULE as fields_alias().
 */
int
fields_name(struct buf *text, const char *key, const char *name, bool is,
	    struct err *err);

/*
 * Make the field `key` this: `[a, b]` is a list, "" takes the field away.
 * Every other byte stays. PLEIN_ERULE as fields_alias().
 */
int
fields_put(struct buf *text, const char *key, const char *value,
	   struct err *err);

#endif
