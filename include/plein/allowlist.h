/*
 * allowlist.h - which system calls a shut in process may make, and their
 * translation into a filter for the kernel. Translating takes longer than
 * all the rest of a login, so it is done when the program is built.
 */
#ifndef PLEIN_ALLOWLIST_H
#define PLEIN_ALLOWLIST_H

#include "plein/sandbox.h"

#define ALLOWLIST_CODE_MAX 512 /* instructions */

/* Fills at most ALLOWLIST_CODE_MAX instructions and *n. PLEIN_EIO. */
int
allowlist_compile(enum sandbox who, struct sock_filter *code, size_t *n,
		  struct err *err);

#endif
