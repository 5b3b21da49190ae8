/*
 * supervisor.h - the loop of the process that starts all others. It reads no
 * byte of SSH and none of the content.
 */
#ifndef PLEIN_SERVER_SUPERVISOR_H
#define PLEIN_SERVER_SUPERVISOR_H

#include "house.h"
#include "plein/err.h"

/*
 * Block the signals the loop reads from a descriptor, ignore SIGPIPE, set
 * limits. Before anything is forked. PLEIN_EIO.
 */
int
supervisor_prepare(struct house *h, struct err *err);

/*
 * Start the wiki process, take in connections until SIGTERM or SIGINT, end
 * everything. `h` has its folder, lock, key, program and listeners. Returns
 * the exit code.
 */
int
supervisor_run(struct house *h);

#endif
