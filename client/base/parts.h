/*
 * parts.h - a list that comes in parts: each answer holds rows, and `next`
 * when there are more. What is to be asked, and what has come. Pure.
 */
#ifndef PLEIN_PARTS_H
#define PLEIN_PARTS_H

#include <jansson.h>

#include "plein/rpc.h"

struct parts {
	json_t *params; /* of the question, without `after` */
	json_t *after; /* where the next part begins, or NULL */
	json_t *rows; /* of all parts so far */
	int restarts;
};

enum parts_step {
	PARTS_MORE, /* ask parts_params() */
	PARTS_DONE, /* rows is all of it */
	PARTS_FAILED /* the answer says why */
};

/* Begin; parts_release() it. `params_take` may be NULL. */
void
parts_init(struct parts *p, json_t *params_take);

void
parts_release(struct parts *p);

/* The parameters of the next question; yours. */
json_t *
parts_params(const struct parts *p);

/*
 * Take an answer in. A list that changed meanwhile (`conflict`) is asked anew
 * from its beginning, a few times.
 */
enum parts_step
parts_take(struct parts *p, const struct rpc_msg *m);

#endif
