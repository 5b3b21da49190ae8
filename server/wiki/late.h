/*
 * late.h - remarks that were changed to name somebody: unread for them once
 * more, wherever they are in the thread, until they have read them since. In
 * `late` of what is unread (unread.h).
 */
#ifndef PLEIN_WIKI_LATE_H
#define PLEIN_WIKI_LATE_H

#include <jansson.h>
#include <stdbool.h>

#include "plein/vec.h"
#include "state/fresh.h"
#include "wiki/unread.h"

#define LATE_MAX 1000 /* at most, the newest */

/* Those behind where counting began. */
int
late_load(struct unread *u, struct err *err);

/* Did they read the remark after a change named them? */
bool
late_is_read(const struct unread *u, const char *remark);

/* Is it one of them? */
bool
late_has(const struct unread *u, const char *remark);

/* How many there are in a thread that are not behind `read` anyhow. */
long
late_count(const struct unread *u, const char *code,
	   const struct fresh_place *read);

/* Their threads, where they are not in `out` yet, of some pages (a JSON array of
 * addresses) or (NULL) of all: struct fresh_thread * appended. */
int
late_add_threads(const struct unread *u, const json_t *pages, struct vec *out,
		 struct err *err);

/* They have read a thread up to there, as it was at `place` on main (0: as it
 * is): of what changed behind that they have not seen the words. */
int
late_read(const struct unread *u, const char *code,
	  const struct fresh_place *now, int64_t place, struct err *err);

#endif
