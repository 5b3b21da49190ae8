/*
 * page.h - what the wiki knows of a page from its fields: the values that
 * lists, the tree and rules need. Made from the text alone; never fails.
 */
#ifndef PLEIN_PAGE_H
#define PLEIN_PAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "plein/buf.h"
#include "plein/daytext.h"
#include "plein/err.h"
#include "plein/vec.h"

#define PAGE_MAX (1024 * 1024) /* bytes of one page */

struct page_info {
	char *address;
	char *title; /* titel, else the first heading, else the slug */
	char *kind; /* type, else from the folder: "thema" … */
	char *status; /* status, else "concept" */
	char *state; /* stand of a vraagstuk, else NULL */
	long order; /* volgorde, else 0 */
	struct vec parents; /* char *: hoort_bij, addresses */
	struct vec aliases; /* char *: aliassen, addresses */
	size_t body; /* byte where the text begins */
};

void
page_info_init(struct page_info *p);

void
page_info_release(struct page_info *p);

/* `to` is initialized; page_info_release() it. */
void
page_info_copy(struct page_info *to, const struct page_info *from);

/* `address` names the page whose text this is. */
void
page_info_read(struct page_info *p, const char *address, const char *text,
	       size_t len);

/*
 * May this text be stored at a page path? UTF-8, ≤ PAGE_MAX, no characters
 * the output filter would mark, readable front matter. PLEIN_ETOOBIG or
 * PLEIN_ERULE with the line.
 */
int
page_check(const char *text, size_t len, struct err *err);

/* The kind that lives in a folder ("themas" → "thema"), or NULL; and back. */
const char *
page_kind_of_folder(const char *folder);

const char *
page_folder_of_kind(const char *kind);

/*
 * The address that a new page of this kind gets, appended: its folder and the
 * title as a slug. Where a kind is filed by date `day` (plein/daytext.h, or
 * "") comes before it, of a meeting in a folder of its year.
 */
void
page_propose_address(struct buf *out, const char *kind, const char *day,
		     const char *title);

/* The day an address of page_propose_address() tells; false: none. */
bool
page_day_of_address(const char *address, char out[DAYTEXT_LEN + 1]);

#endif
