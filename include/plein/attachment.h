/*
 * attachment.h - what may be an attachment: names, kinds of file by the last
 * part of the name and by the first bytes, and how large. Pure.
 */
#ifndef PLEIN_ATTACHMENT_H
#define PLEIN_ATTACHMENT_H

#include <stdbool.h>
#include <stddef.h>

#include "plein/buf.h"
#include "plein/err.h"

#define ATTACHMENT_MB 10 /* most, unless plein.conf says otherwise */
#define ATTACHMENT_MB_MAX 16 /* what it may say */

/* Kinds that are allowed unless plein.conf says otherwise. None of them can
 * hold a program that a browser runs. */
#define ATTACHMENT_KINDS \
	"png jpg jpeg gif webp pdf txt csv odt ods odp docx xlsx pptx"

/*
 * The path of the attachment `name` of the page at `address`, appended:
 * bijlagen/<page address>/<slug>.<ext>. PLEIN_ERULE, rule "file-name".
 */
int
attachment_path(struct buf *path, const char *address, const char *name,
		struct err *err);

/* The last part of a path; borrowed from it. */
const char *
attachment_name(const char *path);

/* Does this list of kinds, separated by blanks, name that of the file? */
bool
attachment_is_kind(const char *kinds, const char *name);

/*
 * Are the bytes what the name says? Of kinds we do not know: yes. Texts are
 * UTF-8 without control characters.
 */
bool
attachment_fits(const char *name, const char *bytes, size_t len);

/* Is this a list of kinds? */
bool
attachment_is_list(const char *kinds);

#endif
