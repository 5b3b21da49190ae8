/* task.h - git at work on a repository for a command of the host. */
#ifndef PLEIN_SERVER_TASK_H
#define PLEIN_SERVER_TASK_H

#include "plein/err.h"
#include "program.h"

/* To be executed; a descriptor, or a negative PLEIN_E…. */
int
task_open_git(struct err *err);

/*
 * Run it and wait for its end; `p` is released in any case. What it complains
 * of goes to our stderr. PLEIN_EIO when it does not end well.
 */
int
task_run(int git, struct program *p, const char *name, struct err *err);

#endif
