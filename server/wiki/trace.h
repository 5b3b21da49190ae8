/*
 * trace.h - what a commit says of who and why, as versions are shown: the
 * handle in the author's address and the parts of the message. Our trailers
 * count in what the wiki signed; anybody can write them into a message of
 * git.
 */
#ifndef PLEIN_WIKI_TRACE_H
#define PLEIN_WIKI_TRACE_H

#include "plein/message.h"

struct trace {
	char *handle; /* part before @ */
	struct message message;
};

void
trace_read(struct trace *t, const char *author_mail, const char *committer_mail,
	   const char *message);

void
trace_release(struct trace *t);

#endif
