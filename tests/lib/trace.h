/*
 * trace.h - strace(1) at a process that runs: to read what it asks of the
 * system, and to make the system refuse it.
 */
#ifndef PLEIN_TEST_TRACE_H
#define PLEIN_TEST_TRACE_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "plein/buf.h"
#include "plein/vec.h"

#define TRACE_OPTIONS 16

/*
 * Can a process that we start be traced? Not when a leak checker is in it
 * (setting ASAN_OPTIONS=detect_leaks=0 before it starts helps).
 */
bool
trace_possible(void);

/*
 * `strace OPTIONS… -p PID`; returns when it is at work. -f is among the
 * options when all threads are meant, else `pid` is one thread.
 */
pid_t
trace_attach(pid_t pid, const char *const options[]);

void
trace_detach(pid_t strace);

struct trace_call {
	pid_t thread;
	char *name; /* of the system call */
	char *text; /* arguments and result as strace writes them */
	bool failed;
	size_t begin, end; /* places in the order of all */
};

struct trace {
	struct vec calls; /* struct trace_call *, as they began */
};

/*
 * What `strace -f -o FILE` wrote. A call that had not ended when strace left
 * ends after all others.
 */
void
trace_read(struct trace *t, const char *file);

void
trace_release(struct trace *t);

/*
 * The first call of this name (NULL: any) that holds `part`, succeeded, and
 * began when `before` (NULL: anything) had ended. None fails the test.
 */
const struct trace_call *
trace_find(const struct trace *t, const struct trace_call *before,
	   const char *name, const char *part);

#endif
