/*
 * verdicts.h - who is to hear at a moment what was decided before: a refusal
 * is told when it cannot be taken back any more (state/decisions.h). On the
 * loop thread; nobody is woken while nothing waits.
 */
#ifndef PLEIN_WIKI_VERDICTS_H
#define PLEIN_WIKI_VERDICTS_H

#include <stdint.h>
#include <uv.h>

struct verdicts;

/* `tell` is called for each account, once its moment has come. */
struct verdicts *
verdicts_new(uv_loop_t *loop, void (*tell)(void *ctx, const char *handle),
	     void *ctx);

/* At `when`, in seconds since 1970; in place of an earlier moment. */
void
verdicts_add(struct verdicts *v, const char *handle, int64_t when);

/* Tell nobody any more; NULL is allowed. Its handle is closed by who closes
 * the loop's. */
void
verdicts_stop(struct verdicts *v);

/* After the loop has ended; NULL is allowed. */
void
verdicts_free(struct verdicts *v);

#endif
