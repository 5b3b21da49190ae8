/*
 * ask.h - having the wiki of a data folder run one method, with the rights
 * of the host: over the admin socket of a running wiki process, or, when
 * none runs, here and now under the lock.
 */
#ifndef PLEIN_SERVER_ASK_H
#define PLEIN_SERVER_ASK_H

#include <jansson.h>

#include "plein/err.h"
#include "plein/wire.h"
#include "users.h"

/*
 * Make DIR the current directory and become its owner when we are root.
 * The descriptor, or PLEIN_ENOTFOUND when it holds no wiki, PLEIN_EDENIED
 * when it is somebody else's. For good: the process stays there, and may see
 * nothing else any more.
 */
int
ask_enter(const char *dir, struct err *err);

/* Its two halves, for who starts a program in between. */
int
ask_open(const char *dir, struct users *users, struct err *err);

int
ask_become(const struct users *users, struct err *err);

/*
 * In the current directory, `data`. 0 and *result (yours), or the method's
 * error; PLEIN_EBUSY when the wiki does not come up in time,
 * PLEIN_EUNKNOWN when it went away before it answered.
 */
int
ask_wiki(int data, const char *method, json_t *params_take, json_t **result,
	 struct err *err);

/*
 * The same, but only of a wiki process that runs: PLEIN_ECLOSED when none
 * does, PLEIN_EBUSY when it gives no answer within `ms`.
 */
int
ask_running(const char *method, json_t *params_take, int ms, json_t **result,
	    struct err *err);

/* Both, about another space than the default one (NULL: that one). */
int
ask_wiki_in(int data, const char *space, const char *method,
	    json_t *params_take, json_t **result, struct err *err);

int
ask_running_in(const char *space, const char *method, json_t *params_take,
	       int ms, json_t **result, struct err *err);

/*
 * A connection to one that runs, for several questions one after the other;
 * wire_release() it. PLEIN_ECLOSED when none does.
 */
int
ask_connect(struct wire *w, struct err *err);

int
ask_on(struct wire *w, const char *method, json_t *params_take, int ms,
       json_t **result, struct err *err);

/* Both, for one question; about that space, or (NULL) the default one. */
int
ask_in_space(const char *dir, const char *space, const char *method,
	     json_t *params_take, json_t **result, struct err *err);

/* The same about the default one. */
int
ask_in(const char *dir, const char *method, json_t *params_take,
       json_t **result, struct err *err);

#endif
