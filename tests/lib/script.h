/*
 * script.h - shell scripts with git in them, run in a fixture's folder with
 * $URL (of the repository), $SSH (the command), $DATA and an author that may
 * push.
 */
#ifndef PLEIN_TEST_SCRIPT_H
#define PLEIN_TEST_SCRIPT_H

#include <sys/types.h>

#include "fixture.h"

/* Its exit status; what it said on both outputs, to free(). */
int
script_run(const struct fixture *f, const char *script, char **out);

/* The same; a status other than 0 fails the test. */
char *
script_run_well(const struct fixture *f, const char *script);

/* In the background; what it says goes to the file `log`. */
pid_t
script_start(const struct fixture *f, const char *script, const char *log);

/* Its exit status; minutes at most. */
int
script_wait(pid_t pid);

#endif
