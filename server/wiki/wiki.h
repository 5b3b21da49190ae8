/*
 * wiki.h - the wiki process: the only writer. A libuv loop that never
 * touches the disk, one writer thread, pool threads for reading.
 */
#ifndef PLEIN_WIKI_WIKI_H
#define PLEIN_WIKI_WIKI_H

#include "plein/err.h"

/*
 * Serve until told to stop. `data` is the open data folder and the current
 * directory; `lock` its held flock, `control` the socket to the supervisor
 * (control.h). Returns the exit code.
 */
int
wiki_run(int data, int lock, int control);

#endif
