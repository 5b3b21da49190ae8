/*
 * edit.h - what all methods that change a page do alike: what can be refused
 * without looking at the content, finding a request that was done before,
 * writing one version, and telling of it.
 */
#ifndef PLEIN_WIKI_EDIT_H
#define PLEIN_WIKI_EDIT_H

#include <stdbool.h>

#include "plein/buf.h"
#include "state/index.h"
#include "wiki/batch.h"
#include "wiki/desk.h"
#include "wiki/method.h"
#include "wiki/target.h"

/*
 * Read the parameter `address` into `at`; check the right to change that
 * page, and the parameters `note` and `request`. PLEIN_EDENIED, PLEIN_ERULE.
 */
int
edit_check(const struct call *c, struct target *at, struct err *err);

/* The parameters `note` and `request` alone: they end in a commit. PLEIN_ERULE. */
int
edit_check_words(const struct call *c, struct err *err);

/* The same without that right: to discuss the page. PLEIN_ERULE. */
int
edit_check_talk(const struct call *c, struct target *at, struct err *err);

/* The right to change it, of a page that is found elsewhere. */
int
edit_check_right(const struct call *c, const struct target *at,
		 struct err *err);

/*
 * The version of the page that this very request of this person made before;
 * PLEIN_ENOTFOUND when there is none. In a batch.
 */
int
edit_find_repeated(struct desk *d, const struct call *c, const char *address,
		   struct index_version **v, struct err *err);

/* *done: this request was done before and is answered as then. In a batch. */
int
edit_repeat(struct desk *d, struct call *c, const char *address, bool *done);

/* Of two words the one in the language of the wiki, for a commit. */
const char *
edit_say(const struct desk *d, const char *nl, const char *en);

struct edit_version {
	const struct target *at;
	const struct caller *who; /* its author; NULL: who calls */
	const struct buf *text; /* checked; NULL: the page vanishes */
	const char *action; /* "save", "create", … */
	const char *words; /* what happened, where there is no note */
	bool named; /* it stands before a note, too */
	const char *behind; /* in brackets behind a note, or NULL */
	const struct batch_file *others; /* files that change with it */
	size_t n_others;
};

/* One commit; *made is the version it made. As batch_write(). */
int
edit_write(struct desk *d, struct call *c, const struct edit_version *e,
	   struct index_version **made);

/*
 * May a page be made at `at`? PLEIN_EEXISTS when there is one, or when that
 * is a former address of another than `mover` (NULL: of any). In a batch.
 */
int
edit_check_free(struct desk *d, struct call *c, const struct target *at,
		const char *mover);

/* May pages of this kind be there? PLEIN_ERULE. */
int
edit_check_kind(const struct target *at, const char *kind, struct err *err);

/* The template of this kind of page, appended; without one nothing is. In a
 * batch. */
int
edit_load_template(struct desk *d, const char *kind, struct buf *text,
		   struct err *err);

/* {address, version, commit}, to be added to. */
void
edit_answer(struct call *c, const struct index_version *v);

#endif
