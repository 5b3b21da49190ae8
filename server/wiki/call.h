/*
 * call.h - what handlers do with a call: take its parameters, give its
 * answer. And desk-less release of what it holds.
 */
#ifndef PLEIN_WIKI_CALL_H
#define PLEIN_WIKI_CALL_H

#include "plein/buf.h"
#include "wiki/method.h"

/* `params_take` NULL is an empty object. */
void
call_init(struct call *c, const struct caller *who, json_t *params_take);

void
call_release(struct call *c);

/* Parameters; checked before, so an optional one is absent or right. */
const char *
call_text(const struct call *c, const char *name);

long
call_number(const struct call *c, const char *name, long absent);

bool
call_flag(const struct call *c, const char *name);

/*
 * Stored text as JSON: null for NULL; bytes that are no UTF-8 (git holds
 * anything) come out as the output filter marks them.
 */
json_t *
call_json(const char *s, size_t len);

json_t *
call_json_line(const char *s);

/* The result, to add to it; what was known as text is JSON again. */
json_t *
call_result(struct call *c);

/* The result as text, appended. */
void
call_tell_result(const struct call *c, struct buf *out);

/* The line of the answer or the error, appended. */
void
call_render(struct call *c, const json_t *id, int result, struct buf *out);

#endif
