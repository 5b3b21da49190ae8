/*
 * instruction.h - what the supervisor tells the wiki process
 * (plein/control.h), as values.
 */
#ifndef PLEIN_WIKI_INSTRUCTION_H
#define PLEIN_WIKI_INSTRUCTION_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "plein/err.h"

enum instruction_kind {
	INSTRUCTION_ATTACH,
	INSTRUCTION_STOP,
	INSTRUCTION_RELOAD,
	INSTRUCTION_MAINTAINED,
	INSTRUCTION_GIT, /* a clone, fetch or push begins */
	INSTRUCTION_TICKET, /* a push may be judged */
	INSTRUCTION_OVER, /* that git is gone */
	INSTRUCTION_HAVES, /* was something erased that somebody has? */
	INSTRUCTION_SPELL, /* a process that spells */
	INSTRUCTION_MAY, /* what is somebody in a space? */
	INSTRUCTION_REFUSED, /* somebody was turned away */
	INSTRUCTION_N
};

struct instruction {
	enum instruction_kind kind;
	json_t *root; /* owned; the texts are borrowed from it */
	long conn;
	const char *door;
	const char *account; /* NULL at the door "login" only */
	const char *key; /* or NULL */
	const char *peer; /* or NULL */
	int64_t since; /* seconds since 1970: it is that account's; or 0 */
	bool setup; /* this account must set up a code first */
	const char *ticket; /* INSTRUCTION_TICKET only */
	const char *space; /* of that git; or where a client was, or NULL */
	const char *ids; /* INSTRUCTION_HAVES */
	bool push; /* INSTRUCTION_GIT: it receives */
	bool again; /* a wiki process before us heard of it */
	int seconds;
	const char *task; /* that ended */
	int status; /* of that task or git; -1: ended by a signal */
	bool ended; /* INSTRUCTION_OVER: by us */
	const char *reason; /* INSTRUCTION_REFUSED: why, and */
	int64_t n; /* how often within a minute */
};

/*
 * PLEIN_EPROTO when it is none, or does not come with the descriptors it
 * needs (one for attach and for spell, else none). Release it in any case.
 */
int
instruction_parse(struct instruction *in, const char *data, size_t len,
		  int n_fds, struct err *err);

void
instruction_release(struct instruction *in);

#endif
