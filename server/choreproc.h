/*
 * choreproc.h - the supervisor's part in maintaining repositories: git, one
 * task at a time, giving way to everybody else.
 */
#ifndef PLEIN_SERVER_CHOREPROC_H
#define PLEIN_SERVER_CHOREPROC_H

#include <jansson.h>

#include "house.h"

/*
 * Start a task (program.h), or, while another one runs, as soon as that has
 * ended. The wiki process hears how it ended, or that it could not start.
 */
void
choreproc_start(struct house *h, const char *task, const char *space);

/* It was reaped. */
void
choreproc_died(struct house *h, int status);

/* Nothing when none runs. */
void
choreproc_signal(const struct house *h, int sig);

/* What the wiki process is to hear (plein/control.h). */
json_t *
choreproc_report(const struct house *h);

#endif
