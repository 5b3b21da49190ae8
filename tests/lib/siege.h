/*
 * siege.h - strangers who connect and never sign in, from one process: so
 * many a second, from several addresses in turn. A third hangs up at once, a
 * third says nothing, a third has the server exchange keys with it and then
 * is silent; slow ones send a byte of their banner a second. Nobody leaves
 * before the server hangs up.
 */
#ifndef PLEIN_TEST_SIEGE_H
#define PLEIN_TEST_SIEGE_H

#include <stdint.h>
#include <sys/types.h>

struct siege {
	uint32_t from; /* first of the addresses; host byte order */
	int n_from;
	int port; /* of 127.0.0.1 */
	int quick, slow; /* connections of both kinds */
	int rate; /* quick ones a second; the slow ones come first, at once */
};

struct siege_result {
	int opened; /* connections that came about */
	int held; /* at most at the same time */
	int left; /* never hung up on within `patience_ms` */
};

/* Begins, in a process of its own; to be ended by siege_end(). */
struct siege_run {
	pid_t pid;
	int result; /* pipe */
};

void
siege_begin(struct siege_run *r, const struct siege *s, int patience_ms);

/* Waits for it. */
void
siege_end(struct siege_run *r, struct siege_result *out);

#endif
