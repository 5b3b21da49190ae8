/*
 * tombstone.h - what stands where a text was erased by law: that it was, on
 * which date and for which reason. Each has a number, so that two versions
 * that differed still do, and versions keep their numbers.
 */
#ifndef PLEIN_WIKI_TOMBSTONE_H
#define PLEIN_WIKI_TOMBSTONE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "plein/buf.h"
#include "plein/err.h"

#define TOMBSTONE_REASON_MAX 120 /* bytes */

struct tombstone {
	const char *reason;
	int64_t time; /* seconds since 1970; its day in the zone of the wiki */
	bool dutch;
};

/* May this be a reason? It stands in pages, and between their fields, so
 * nothing that means something there. PLEIN_ERULE. */
int
tombstone_check(const char *reason, struct err *err);

/* In place of a whole file; of a page (`address` not NULL) what says where it
 * was before stays. */
void
tombstone_file(const struct tombstone *t, long n, const char *address,
	       const char *text, size_t len, struct buf *out);

/* The text with a mark in place of each `words`; n 0: without number. */
void
tombstone_words(const struct tombstone *t, long n, const char *words,
		const char *text, size_t len, struct buf *out);

/* The same for the message of a commit, whose trailers stay. */
void
tombstone_message(const struct tombstone *t, const char *words,
		  const char *text, size_t len, struct buf *out);

#endif
