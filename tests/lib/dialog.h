/* dialog.h - a running program that is asked line by line. */
#ifndef PLEIN_TEST_DIALOG_H
#define PLEIN_TEST_DIALOG_H

#include <sys/types.h>

#include "plein/buf.h"

struct dialog {
	pid_t pid;
	int in, out; /* it reads, it writes; its stderr is ours */
	struct buf seen; /* what came and was not taken */
};

/* argv[0] is looked up in PATH. */
void
dialog_start(struct dialog *d, const char *const argv[]);

void
dialog_put(struct dialog *d, const char *text);

/* The next line with its newline, or "" at the end or after 20 s; free(). */
char *
dialog_line(struct dialog *d);

/* Nothing more is put; the exit status, or -1 when it had to be killed. */
int
dialog_end(struct dialog *d);

#endif
