/*
 * fake_run.h - a command without a terminal, in a child of the test, against
 * a wiki of the test: what it prints, says and exits with.
 */
#ifndef PLEIN_TEST_FAKE_RUN_H
#define PLEIN_TEST_FAKE_RUN_H

#include "plein/buf.h"

struct outcome {
	int status;
	struct buf out, err;
};

void
outcome_release(struct outcome *r);

/* Run a line; `control` is the end of a wiki, and is closed. */
void
fake_run_at(struct outcome *r, const char *line, const char *input,
	    int control);

/* Run a line as somebody of this role. */
void
fake_run_as(struct outcome *r, const char *role, const char *line,
	    const char *input);

/* As a bijdrager. */
void
fake_run(struct outcome *r, const char *line, const char *input);

/* Run, and compare: stdout whole; `err` is a part of stderr, "" all of it. */
void
fake_expect_as(const char *role, const char *line, const char *input,
	       int status, const char *out, const char *err);

void
fake_expect(const char *line, const char *input, int status, const char *out,
	    const char *err);

#endif
