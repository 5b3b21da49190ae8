/*
 * strict.h - reading loose objects without trusting the file.
 *
 * libgit2 1.5 copies the beginning of a loose object's data into memory of
 * the length its header claims, whichever is larger: a damaged header makes
 * it write past the end. It also never looks at the checksum at the end.
 */
#ifndef PLEIN_STORE_STRICT_H
#define PLEIN_STORE_STRICT_H

#include <git2.h>

#define STRICT_MAX (256UL * 1024 * 1024) /* bytes of one object */

/*
 * Make `odb` read the loose objects of this folder by us, before its own
 * backends are asked. A libgit2 result.
 */
int
strict_attach(git_odb *odb, const char *objects);

#endif
