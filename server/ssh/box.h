/*
 * box.h - what the process that reads a stranger's bytes may still do:
 * read, write and wait on the descriptors it has. No file, no socket, no
 * program, no other process (docs/SECURITY.md, last boundary row).
 */
#ifndef PLEIN_SSH_BOX_H
#define PLEIN_SSH_BOX_H

#include "plein/err.h"

/*
 * Close the box around this process, for good. Calls that are not allowed
 * fail with EPERM. Memory is bounded, and who asks for more ends (heap.h).
 */
int
box_close(struct err *err);

#endif
