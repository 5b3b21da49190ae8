/*
 * heap.h - a heap that never says no: in the connection process a failed
 * allocation ends it. Several published holes of libssh were in what it did
 * after one (docs/SECURITY.md).
 */
#ifndef PLEIN_SSH_HEAP_H
#define PLEIN_SSH_HEAP_H

/* From now on, and for every library, in this process. */
void
heap_be_strict(void);

#endif
