/* proc.h - running a program to its end, with input and a deadline. */
#ifndef PLEIN_TEST_PROC_H
#define PLEIN_TEST_PROC_H

#include <stddef.h>

#include "plein/buf.h"

struct proc_result {
	int status; /* exit status, or 128 + signal, or -1 on a timeout */
	struct buf out; /* what it wrote on stdout and on stderr */
	struct buf err;
};

void
proc_result_release(struct proc_result *r);

/*
 * Run argv[0] (looked up in PATH) with `input` on stdin (NULL: nothing), wait
 * at most `timeout_ms`. `dir` is its current directory (NULL: ours).
 */
void
proc_run(struct proc_result *r, const char *const argv[], const char *dir,
	 const struct buf *input, int timeout_ms);

/* The same with an input of `len` bytes at `s`. */
void
proc_run_text(struct proc_result *r, const char *const argv[], const char *s,
	      size_t len);

#endif
