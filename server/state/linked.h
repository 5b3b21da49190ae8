/*
 * linked.h - the links that a text holds, in its fields and in what it says, and
 * whether one leads to a page. Pure.
 */
#ifndef PLEIN_STATE_LINKED_H
#define PLEIN_STATE_LINKED_H

#include <stdbool.h>

#include "plein/buf.h"
#include "plein/extract.h"
#include "plein/frontmatter.h"
#include "plein/page.h"
#include "plein/vec.h"

struct linked {
	char *target; /* an address, or what stood in [[x]] */
	char *fold; /* the latter: folded; else NULL */
	const char *field; /* it stands in, NULL = in the text */
	const struct extract_link *in; /* the same: where, borrowed */
};

void
linked_free(void *l);

/* struct linked * appended, in the order of links_from(): `fm` and `e` are of
 * the page, NULL: it has none. */
void
linked_read(struct vec *out, const struct frontmatter *fm,
	    const struct extract *e);

/* What a page goes by; linked_names_release(). */
struct linked_names {
	const struct page_info *page; /* borrowed */
	struct buf fold; /* of its title; empty: it has none */
	const char *slug;
};

/* `exists` is false where nothing but its address is known. */
void
linked_names_init(struct linked_names *n, const struct page_info *page,
		  bool exists);

void
linked_names_release(struct linked_names *n);

bool
linked_leads_to(const struct linked *l, const struct linked_names *n);

/* The last part of an address. */
const char *
linked_slug(const char *address);

#endif
