/*
 * remark_impl.h - what the files that write a remark share: remark_view.c
 * shows it, remark_post.c posts it and keeps its draft.
 */
#ifndef PLEIN_VIEW_REMARK_IMPL_H
#define PLEIN_VIEW_REMARK_IMPL_H

#include <jansson.h>
#include <stdbool.h>

#include "layout/layout.h"
#include "view/writing.h"

struct remark_view {
	struct writing w; /* first */
	json_t *args;
	struct layout about; /* what is answered, above the text */
	int cols; /* it was laid out for */
	int above; /* rows over the text */
	bool reopen; /* the discussion with it */
};

/* Is it a change of what was said? NULL: no. */
const json_t *
remark_edits(const struct remark_view *v);

/* Its thread, or "" for the first of a new one. */
const char *
remark_thread(const struct remark_view *v);

/* As take-the-answer of draft.read: offer the draft, or go on with it. */
void
remark_take_stored(void *ctx, const struct rpc_msg *m);

/* The fields of its draft, from the arguments. */
void
remark_set_fields(struct remark_view *v);

/* Go on with the draft; the arguments follow it. */
void
remark_resume(struct remark_view *v);

/* Commands of posting and leaving; false: another one. */
bool
remark_run(struct remark_view *v, enum command cmd, struct request *r);

#endif
