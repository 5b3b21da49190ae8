/* index_impl.h - what struct index is, for the files of server/state. */
#ifndef PLEIN_STATE_INDEX_IMPL_H
#define PLEIN_STATE_INDEX_IMPL_H

#include <stdbool.h>

#include "plein/vec.h"
#include "state/db.h"
#include "state/index.h"

struct index {
	struct db db;
	bool writer;
	struct vec words; /* struct words *: see index_words.c */
	struct vec threads; /* char *, codes: see index_remarks.c */
	long unsettled; /* pages in `waiting`, when they are counted */
	bool counted;
	bool reshaped; /* by this transaction: see index_shape() */
	bool wordless; /* no words are kept */
	bool fields_only; /* and no links of texts */
};

/* Write what is known of a page that exists, in place of what was there. */
int
index_put_page(struct index *x, const struct index_entry *e,
	       const char *address, const struct index_content *now, long n,
	       struct err *err);

/* What hangs on a page: see index_parts.c. */
enum index_part {
	INDEX_PARENT, /* value */
	INDEX_ALIAS, /* value */
	INDEX_FIELD, /* key, value, folded */
	INDEX_LINK, /* target, folded, field, passage */
	/* What overview.h lists; their columns are in index.c. */
	INDEX_QUESTION,
	INDEX_DECISION,
	INDEX_ACTION,
	INDEX_PROGRESS,
	INDEX_MEETING,
	INDEX_PARTS
};

struct index_parts {
	struct vec of[INDEX_PARTS]; /* in the order of the index */
};

/* Number `i`, of a field's key its own; values of the kind, NULL allowed. */
void
index_parts_add(struct index_parts *parts, enum index_part kind, int64_t i,
		const char *const *values);

void
index_parts_release(struct index_parts *parts);

/* Can a page at this address have parts of the kind? */
bool
index_part_is_of(enum index_part kind, const char *address);

/* Those that overview.h lists, as the text of the page says them. */
void
index_gather_chain(struct index_parts *parts, const char *address,
		   const char *text, size_t len);

/* Now these hang on the page, whose row is there. */
int
index_parts_put(struct index *x, const char *address,
		const struct index_parts *parts, struct err *err);

/* All that, and the words of a page whose row is there already. */
int
index_put_text(struct index *x, const char *address,
	       const struct index_content *now, struct err *err);

/*
 * The words of page `id` become these; NULL: it has none any more. They are
 * written when there are many, or by index_flush_words().
 */
int
index_put_words(struct index *x, int64_t id, const char *title,
		const char *body, struct err *err);

/* All that wait, in the table and in memory, to the full text. */
int
index_flush_words(struct index *x, struct err *err);

/* From memory to the table: as safe, and much cheaper. */
int
index_keep_words(struct index *x, struct err *err);

void
index_forget_words(struct index *x);

void
index_forget_threads(struct index *x);

/* The number of the page's row, 0 when there is none. */
int
index_page_id(struct index *x, const char *address, int64_t *id,
	      struct err *err);

/* The page exists no more. */
int
index_drop_page(struct index *x, const char *address, struct err *err);

#endif
