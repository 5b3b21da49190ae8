/*
 * trace.h - what a commit says of who and why, as versions are shown: the
 * handle in the author's address and the parts of the message.
 */
#ifndef PLEIN_WIKI_TRACE_H
#define PLEIN_WIKI_TRACE_H

#include "plein/message.h"

struct trace {
	char *handle; /* part before @ */
	struct message message;
};

void
trace_read(struct trace *t, const char *mail, const char *message);

void
trace_release(struct trace *t);

#endif
