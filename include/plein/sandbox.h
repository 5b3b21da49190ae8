/*
 * sandbox.h - a process that reads other people's bytes shuts itself in
 * first: from then on it reads, writes and waits on the descriptors it has,
 * and takes new ones from its parent. No file, socket, program or other
 * process (docs/SECURITY.md, Boundaries). There is no way back.
 */
#ifndef PLEIN_SANDBOX_H
#define PLEIN_SANDBOX_H

#include <stddef.h>

#include <linux/filter.h>

#include "plein/err.h"

/* Who is shut in; each has its own list (core/base/allowlist.c). */
enum sandbox {
	SANDBOX_CONNECTION,
	SANDBOX_CLIENT,
	SANDBOX_SPELL,
	SANDBOX_WIKI, /* with a folder: sandbox_close_in() */
	SANDBOX_GIT, /* git and its hooks: sandbox_filter() */
	SANDBOX_N
};

/* In a filter: the id of the process that is shut in. */
#define SANDBOX_OWN_PID 0x706c6569u

struct sandbox_code {
	const struct sock_filter *at;
	size_t n;
};

/* Compiled when the program is built (core/base/sandbox_main.c). */
extern const struct sandbox_code sandbox_codes[SANDBOX_N];

/*
 * Shut this process in: sandbox_forget_paths(), then a filter that makes
 * every call that is not on the list fail with EPERM. PLEIN_EIO.
 */
int
sandbox_close(enum sandbox who, struct err *err);

/*
 * Shut this process into a folder: what is below `dir` it may read and write,
 * what is below `read_only` (NULL, or an absolute path; it need not be there)
 * read; else as sandbox_close(). Before it has threads.
 */
int
sandbox_close_in(enum sandbox who, int dir, const char *read_only,
		 struct err *err);

/*
 * The second part alone, for what opens files everywhere and starts programs,
 * which have the same filter. Rights must have been given up before
 * (PR_SET_NO_NEW_PRIVS). PLEIN_EIO.
 */
int
sandbox_filter(enum sandbox who, struct err *err);

/*
 * The first part: by Landlock no path may be opened any more, no TCP port
 * bound or connected to, no other process signalled, as far as this kernel
 * knows how. PLEIN_EIO, but not because it does not know.
 */
int
sandbox_forget_paths(struct err *err);

#endif
