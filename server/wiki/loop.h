/*
 * loop.h - the heart of the wiki process: streams, the control socket, the
 * admin socket, and the threads jobs run on. The loop's own thread never
 * touches the disk while it serves.
 */
#ifndef PLEIN_WIKI_LOOP_H
#define PLEIN_WIKI_LOOP_H

#include <stddef.h>

#include "wiki/session.h"
#include "wiki/upkeep.h"

struct wiki_limits {
	struct session_limits session;
	size_t writer_max; /* edits that wait */
	size_t n_admins; /* commands of the host at once */
	int tree_ms; /* between two times that others' lists are outdated */
	struct upkeep_limits upkeep;
};

extern const struct wiki_limits wiki_limits_default;

/* wiki_run() with other limits, for tests. Both descriptors are taken. */
int
loop_serve(int lock, int control, const struct wiki_limits *limits);

#endif
