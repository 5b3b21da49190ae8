/*
 * filerule.h - what may lie in the repository, for files that come by git
 * instead of by a screen: one by one, first by what the entry says, then by
 * its text. Pure.
 *
 * Names are unique ignoring case because the grammar of plein/path.h has
 * small letters only.
 */
#ifndef PLEIN_WIKI_FILERULE_H
#define PLEIN_WIKI_FILERULE_H

#include <stdbool.h>
#include <stddef.h>

#include "plein/attachment.h"
#include "plein/policy.h"
#include "store/incoming.h"
#include "wiki/verdict.h"

#define FILERULE_ATTACHMENT_MAX ((size_t)ATTACHMENT_MB_MAX << 20) /* bytes */

struct filerule {
	enum role role; /* of who brings them */
	size_t page; /* most bytes */
	size_t attachment;
	const char *kinds; /* of attachments, separated by blanks; NULL: any */
	const char *organisation; /* of who brings them, or NULL */
};

/* Does the entry pass? Else *fault says why (path and detail are borrowed). */
bool
filerule_entry(const struct filerule *r, const struct incoming_file *f,
	       struct fault *fault);

/* Must the text of a file at this path be looked at? */
bool
filerule_has_text(const char *path);

/* Are the bytes of an attachment what its name says? */
bool
filerule_bytes(const char *path, const char *bytes, size_t len,
	       struct fault *fault);

/* Does the text pass? The caller frees fault->detail. */
bool
filerule_text(const char *path, const char *text, size_t len,
	      struct fault *fault);

#endif
