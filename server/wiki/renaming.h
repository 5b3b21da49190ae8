/*
 * renaming.h - an address that is erased by law: the last part of it becomes
 * another one in all of the history, where the page lies and wherever it is
 * named. Pure.
 */
#ifndef PLEIN_WIKI_RENAMING_H
#define PLEIN_WIKI_RENAMING_H

#include <stdbool.h>
#include <stddef.h>

#include "plein/buf.h"
#include "plein/err.h"

struct renaming {
	const char *old, *now; /* addresses, borrowed */
};

/* Addresses of pages that differ in their last part only, neither of which is a
 * year, themas/2026: below that lie other pages? PLEIN_ERULE. */
int
renaming_check(const struct renaming *r, struct err *err);

/* Does this entry of a folder ("" or ending in '/') get another name, which
 * is appended? The page, its remarks and its attachments. */
bool
renaming_entry(const struct renaming *r, const char *folder, const char *name,
	       bool is_folder, struct buf *out);

/*
 * The text with the new address in place of the old one, appended: written in
 * full, or as a link of the page `from` (an address, or NULL) to it. False:
 * nothing is different. The last part alone is a word like others.
 */
bool
renaming_text(const struct renaming *r, const char *from, const char *text,
	      size_t len, struct buf *out);

#endif
