/*
 * door.h - the admin socket: how commands on the host reach a running wiki.
 * In the current directory, so that the length of DATA's path never counts.
 */
#ifndef PLEIN_WIKI_DOOR_H
#define PLEIN_WIKI_DOOR_H

#include "plein/err.h"

/* Replace what an earlier process left and listen; the descriptor or a
 * PLEIN_E…. Only for who holds the lock of the data folder. */
int
door_open(struct err *err);

/*
 * The next caller; PLEIN_EBUSY when there is none, PLEIN_EDENIED when it is
 * neither root nor our own user (it was hung up on).
 */
int
door_accept(int door, struct err *err);

/* The other side: connect. PLEIN_ECLOSED when no wiki listens. */
int
door_knock(struct err *err);

#endif
