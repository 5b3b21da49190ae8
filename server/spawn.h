/*
 * spawn.h - starting a program from an open descriptor, in a terminal of its
 * own or on three pipes.
 */
#ifndef PLEIN_SERVER_SPAWN_H
#define PLEIN_SERVER_SPAWN_H

#include <stdbool.h>
#include <sys/types.h>

#include "plein/err.h"
#include "child.h"
#include "users.h"

#define SPAWN_FDS 3

struct spawn {
	int program; /* descriptor of the file to execute */
	char *const *argv;
	char *const *env; /* all of the environment */
	const struct user *user; /* NULL: as we are */
	int fds[SPAWN_FDS]; /* become descriptors 3, 4, 5; -1 = closed */
	bool stay; /* keep the current folder (child_reach_here()), else / */
	bool gives_way; /* to everybody else */
	enum guard guard; /* bounds, as child_guard() has them */
	const char *needs; /* do not start when this cannot be executed */
};

/*
 * In a new pseudo-terminal of this size, in raw mode without echo, the
 * controlling terminal and descriptors 0, 1, 2 of the program. *master is
 * the caller's, close-on-exec. Negative PLEIN_E… or 0; that the file, or what
 * it needs, cannot be executed shows as exit code 127.
 */
int
spawn_pty(const struct spawn *s, int rows, int cols, int *master, pid_t *pid,
	  struct err *err);

/* On these descriptors, which stay the caller's: a terminal that is not its
 * controlling one, pipes or sockets. */
int
spawn_on(const struct spawn *s, const int std[3], pid_t *pid, struct err *err);

/*
 * On pipes; ends[0] writes to its stdin, ends[1] and ends[2] read its stdout
 * and stderr; the caller's, close-on-exec, blocking.
 */
int
spawn_pipes(const struct spawn *s, int ends[3], pid_t *pid, struct err *err);

/*
 * It reads `in` (which stays the caller's; -1: nothing); *out reads its
 * stdout and is the caller's, close-on-exec. It complains where we do.
 */
int
spawn_output(const struct spawn *s, int in, int *out, pid_t *pid,
	     struct err *err);

/* Without input; all it says, on stdout and stderr, goes to `report`. */
int
spawn_told(const struct spawn *s, int report, pid_t *pid, struct err *err);

/*
 * Without input and output; what it says on stderr goes to `report`, which
 * stays the caller's.
 */
int
spawn_silent(const struct spawn *s, int report, pid_t *pid, struct err *err);

#endif
