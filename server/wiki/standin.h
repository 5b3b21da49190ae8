/*
 * standin.h - what the writer works with while the index is being made: an
 * index in memory that knows the pages somebody is changing, each with its
 * versions as main tells them. It is dropped when the real one is there,
 * which reads all of it from main.
 *
 * Where main is too long to be looked through in time a page has no numbers
 * (state/index_partial.h): only its latest versions are known.
 */
#ifndef PLEIN_WIKI_STANDIN_H
#define PLEIN_WIKI_STANDIN_H

#include <stdbool.h>

#include "plein/err.h"
#include "state/index.h"
#include "store/repo.h"

struct standin;

#define STANDIN_MS 250

/*
 * One that knows nothing yet, of main at `tip`; standin_close() it. A page is
 * looked through for at most `ms`, and when that was too short once for a
 * tenth of it.
 */
int
standin_open(struct standin **out, struct repo *r, const struct repo_id *tip,
	     int ms, struct err *err);

/* NULL is allowed. */
void
standin_close(struct standin *s);

/* Borrowed; its transactions are the caller's. */
struct index *
standin_index(const struct standin *s);

/*
 * Make sure that the index knows this page, in a transaction of it.
 * PLEIN_EBUSY when it does not exist now and nobody can tell in time
 * whether it did; `fresh`: that does not matter.
 */
int
standin_show(struct standin *s, const char *address, bool fresh,
	     struct err *err);

/* The same for its attachments and remarks. */
int
standin_show_files(struct standin *s, const char *address, struct err *err);

/*
 * Make sure that the index knows the remarks of this thread, with what they
 * say, of all threads of a page, or of the one this remark is in; nothing when
 * there is none. Who changed them last is not known (the handle is ""), nor
 * what vanished; they are in the order they tell (wiki/arrival.h).
 */
int
standin_show_thread(struct standin *s, const char *code, struct err *err);

int
standin_show_talks(struct standin *s, const char *address, struct err *err);

int
standin_show_remark(struct standin *s, const char *name, struct err *err);

/* The same for those of somebody that are from `since` on, seconds since 1970,
 * with the request that made each. */
int
standin_show_own(struct standin *s, const char *handle, int64_t since,
		 struct err *err);

/* The same for what such a page was as of a commit of main. */
int
standin_show_base(struct standin *s, const char *address, const char *commit,
		  struct err *err);

/*
 * As index_resolve() for former addresses (*moved): of all pages. PLEIN_EBUSY
 * when there are too many to be read in time.
 */
int
standin_resolve(struct standin *s, const char *name, char **address,
		bool *moved, struct err *err);

#endif
