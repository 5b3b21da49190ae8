/*
 * dialog.h - a running program that is asked line by line; above all `ssh host
 * api`, one after the other or several side by side.
 */
#ifndef PLEIN_TEST_DIALOG_H
#define PLEIN_TEST_DIALOG_H

#include <jansson.h>
#include <stdbool.h>
#include <sys/types.h>

#include "fixture.h"
#include "plein/buf.h"

struct dialog {
	pid_t pid;
	int in, out; /* it reads, it writes; its stderr is ours */
	struct buf seen; /* what came and was not taken */
};

/* argv[0] is looked up in PATH. */
void
dialog_start(struct dialog *d, const char *const argv[]);

/* `ssh host api` with this private key. */
void
dialog_api(struct dialog *d, const struct fixture *f, const char *key);

void
dialog_put(struct dialog *d, const char *text);

/* A request. */
void
dialog_ask(struct dialog *d, json_int_t id, const char *method,
	   json_t *params_take);

/* Take in what comes, once poll() says that `out` can be read; false at the
 * end. */
bool
dialog_read(struct dialog *d);

/* The next line that is there, without its newline, or NULL; free(). */
char *
dialog_take(struct dialog *d);

/* The next line with its newline, or "" at the end or after 20 s; free(). */
char *
dialog_line(struct dialog *d);

/* Nothing more is put; the exit status, or -1 when it had to be killed. */
int
dialog_end(struct dialog *d);

#endif
