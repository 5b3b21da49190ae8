/*
 * subject.h - one page that is read for what it says: the newest version, or
 * the one of a moment, with its text.
 */
#ifndef PLEIN_WIKI_SUBJECT_H
#define PLEIN_WIKI_SUBJECT_H

#include <jansson.h>

#include "plein/buf.h"
#include "plein/page.h"
#include "state/index.h"
#include "wiki/desk.h"
#include "wiki/method.h"
#include "wiki/target.h"

struct subject {
	struct target at;
	struct index_version *version;
	struct buf text;
	struct page_info info;
};

#define SUBJECT_INIT \
	{ \
		TARGET_INIT, NULL, BUF_INIT, \
		{ \
			0 \
		} \
	}

/*
 * The page of the parameter `address`, as of `at` where that is given, in this
 * folder (NULL: anywhere). PLEIN_ENOTFOUND, PLEIN_ERULE, PLEIN_EBUSY. Close it
 * in any case.
 */
int
subject_open(struct subject *s, struct desk *d, struct call *c,
	     const char *folder);

void
subject_close(struct subject *s);

/* {address, title, status, state, version, commit} */
json_t *
subject_describe(const struct subject *s);

#endif
