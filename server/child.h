/*
 * child.h - what every forked process does before it does its work: own
 * session, clean signals, only the descriptors it needs, the right user.
 * These functions run in the child; a failure ends it.
 */
#ifndef PLEIN_SERVER_CHILD_H
#define PLEIN_SERVER_CHILD_H

#include <stdbool.h>

#include "users.h"

/* Bounds of a program (child_guard()). */
enum guard {
	GUARD_NONE,
	GUARD_RECEIVE, /* unpacks what strangers send */
	GUARD_UPLOAD, /* packs what strangers ask for */
	GUARD_UPKEEP, /* goes through all of a repository, alone */
	GUARD_N
};

/* Exit code of a child that could not start its work. */
#define CHILD_FAILED 127

/*
 * A session of its own (so that Ctrl-C on the administrator's terminal
 * reaches the supervisor alone), no signal blocked, all at their defaults.
 * SIGPIPE stays ignored unless `program` (it will be executed over).
 */
void
child_signals(bool program);

/* Close every descriptor above 2 but these `n` (at most 8). */
void
child_keep(const int *fds, int n);

/*
 * Make `fds[i]` descriptor i, for i < n (at most 8); -1 leaves i closed. All
 * others become close-on-exec.
 */
void
child_place(const int *fds, int n);

/* Give way to everybody else, for processor and disk. */
void
child_give_way(void);
/*
 * Still as root, before becoming `user`: make the current folder one that
 * this user can name with a path, even when it lies below a folder closed to
 * them. Git walks such paths. Does nothing where it is not needed or the
 * kernel does not allow it (docs/adr/0008).
 */
void
child_reach_here(const struct user *user);

/*
 * Bounds for a program that works with what strangers send or ask for: memory,
 * processor time, size of a file, processes of its user; system calls as git
 * and its hooks need them (SANDBOX_GIT). It ends when the supervisor does.
 * After child_become().
 */
void
child_guard(enum guard guard);

/* No core, no debugger, nobody but root reads our memory: keys are in it. */
void
child_keep_secrets(void);

/* Become `user` (NULL: stay), never to gain a right again. */
void
child_become(const struct user *user);

#endif
