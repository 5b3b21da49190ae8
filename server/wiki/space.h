/*
 * space.h - one space of the process: its name, where its files are, and what
 * all threads share of it. And the list of those there are. A space that was
 * put in the list stays in memory until the process ends, also when it was
 * taken away: calls on their way may refer to it.
 */
#ifndef PLEIN_WIKI_SPACE_H
#define PLEIN_WIKI_SPACE_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#include "plein/err.h"
#include "plein/path.h"
#include "plein/vec.h"

#define SPACE_DEFAULT "agenda" /* always there; its roles are the wiki's */
#define SPACE_PATH (SPACE_MAX + 24)

struct pushes; /* wiki/pushes.h */
struct rebuild; /* wiki/rebuild.h */
struct wordlag; /* wiki/wordlag.h */

struct space {
	char name[SPACE_MAX + 1];
	/* files, from the data folder */
	char repo[SPACE_PATH], index[SPACE_PATH], index_new[SPACE_PATH];
	char past[SPACE_PATH];
	/* NULL where nobody serves */
	struct rebuild *rebuild;
	struct pushes *pushes;
	struct wordlag *lag;
	atomic_bool closed; /* only who has a role there may know of it */
	atomic_bool gone; /* taken away while we run */
	atomic_int made; /* times it was: what is open of before is another's */
	bool restless; /* of the loop: see wiki/pacer.h */
	/* maintenance (wiki/upkeep.h) */
	atomic_bool touched; /* something was written */
	atomic_bool wanted; /* somebody asked for it: set by handlers */
};

/* Closed, but for the default one. space_free() it. */
struct space *
space_new(const char *name);

/* NULL is allowed. */
void
space_free(struct space *s);

/* Is this the default one? NULL is. */
bool
space_is_default(const struct space *s);

struct spacelist {
	/* Set before spacelist_init() or NULL: gives each what is shared of
	 * it, before anybody can find it. */
	void (*equip)(const struct spacelist *l, struct space *s);
	void (*wake)(void *ctx); /* for who equips */
	void *ctx;
	pthread_mutex_t lock; /* guards the list */
	struct vec all; /* struct space *, the default one first */
};

/* Holds the default one. The memory was zero but for `equip`. */
void
spacelist_init(struct spacelist *l);

void
spacelist_release(struct spacelist *l);

/* Add those that the data folder, which is the current one, holds. */
int
spacelist_load(struct spacelist *l, struct err *err);

/* The one of this name, made when there is none in the list; it is not gone
 * any more. */
struct space *
spacelist_add(struct spacelist *l, const char *name);

/* NULL when there is none, or it is gone. */
struct space *
spacelist_get(struct spacelist *l, const char *name);

/* The i-th, gone or not; NULL behind the last. */
struct space *
spacelist_at(struct spacelist *l, size_t i);

#endif
