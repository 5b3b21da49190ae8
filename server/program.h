/*
 * program.h - the words and the environment a started program gets: fixed
 * lists, with values that were checked before. No shell, ever.
 */
#ifndef PLEIN_SERVER_PROGRAM_H
#define PLEIN_SERVER_PROGRAM_H

#include <stdbool.h>

#include "order.h"
#include "plein/display.h"

#define PROGRAM_WORDS 48

struct program {
	char *argv[PROGRAM_WORDS + 1]; /* owned, NULL-terminated */
	char *env[PROGRAM_WORDS + 1];
};

/* How a person wants to be spoken to. */
struct program_person {
	const char *language; /* "nl", "en"; "": as `automatic` */
	const char *automatic; /* of their own locale, or the wiki's */
	struct display display;
	long idle_minutes; /* 0: no end by itself */
};

/* plein, for this person, in this time zone. */
void
program_client(struct program *p, const struct order *o,
	       const struct program_person *who, const char *zone);

/* git upload-pack on spaces/<space>.git, relative to the data folder. */
void
program_upload(struct program *p, const char *space);

/*
 * One task of maintaining spaces/<space>.git: "pack" packs together what is
 * loose or small, "graph" brings the commit-graph up to date. Neither takes
 * anything away (store/maintain.h does). False when there is no such task.
 */
bool
program_task(struct program *p, const char *task, const char *space);

/*
 * git on spaces/<space>.git, for the host's commands: "tip" says the commit
 * main is at, "content" packs to stdout what the commits on stdin reach,
 * "fsck" looks at everything. False for others.
 */
bool
program_host(struct program *p, const char *what, const char *space);

/*
 * git receive-pack on the same, with our program as its hook. `ticket` and
 * `language` reach the hook through the environment.
 */
void
program_receive(struct program *p, const char *space, const char *ticket,
		const char *language);

/* The hook of a push, as git will find it. */
extern const char *const program_receive_hook;

void
program_release(struct program *p);

#endif
