/*
 * target.h - the page a request names: its canonical address and its path
 * in the repository.
 */
#ifndef PLEIN_WIKI_TARGET_H
#define PLEIN_WIKI_TARGET_H

#include "plein/buf.h"
#include "plein/err.h"
#include "plein/policy.h"

struct target {
	struct buf address;
	struct buf path;
};

#define TARGET_INIT \
	{ \
		BUF_INIT, BUF_INIT \
	}

/* PLEIN_ERULE when it is no address. `t` is to be released in any case. */
int
target_read(struct target *t, const char *address, struct err *err);

/* The folder part of the address; "" for the start page. */
void
target_folder(const struct target *t, struct buf *out);

/* What changing it asks for. */
enum right
target_right(const struct target *t);

void
target_release(struct target *t);

#endif
