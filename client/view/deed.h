/*
 * deed.h - what an answer of an administrator, or one about a discussion,
 * stands for: calls of the wiki, one a person, as the text of CMD_DEED. An
 * array of {method, params, who, reason, must, typed, back}; client/deeds.c
 * does them.
 */
#ifndef PLEIN_VIEW_DEED_H
#define PLEIN_VIEW_DEED_H

#include <jansson.h>

#include "view/listing.h"
#include "view/view.h"

/* One more call, `who` it is about (borrowed, "" for nobody in particular). */
void
deed_add(json_t *deed, const char *method, json_t *params_take,
	 const char *who);

/* The line that the question asks for is this parameter of all calls; `must`
 * when it may not be empty. */
void
deed_reason(json_t *deed, const char *param, bool must);

/* It is done only when the line that the question asks for is this. */
void
deed_typed(json_t *deed, const char *text);

/* How the last call is taken back. */
void
deed_back(json_t *deed, const char *method, json_t *params_take);

/* What is asked before that, where it is about no member. */
void
deed_back_ask(json_t *deed, const char *question);

/* An answer that does it. */
void
deed_answer(struct question *q, const char *label, json_t *deed_take);

/* A question whose first answer changes nothing. */
struct request
deed_ask(const char *question, const char *explanation);

/* Which role for this member, a row of user.list or accounts.get? */
struct request
deed_ask_role(const json_t *member);

/* Which role, or none any more, in the space one is in? Of `handle`, who has
 * the role `was` there, or "". */
struct request
deed_ask_role_here(const char *handle, const char *was);

/* Is that row of session.list git at work? Then which, of what is appended. */
bool
deed_name_git(const json_t *row, struct buf *out);

/*
 * A row of session.list as an item: from where, in which shape, since when.
 * And: end it, or all of an account (`row` NULL) or all others of one's own
 * (`account` NULL)?
 */
void
deed_add_session(struct listing *l, size_t value, const json_t *row);

struct request
deed_ask_end(const char *account, const json_t *row);

/* Stop their access; let them in again. */
struct request
deed_ask_block(const json_t *member);

struct request
deed_ask_unblock(const json_t *member);

/* Close their account for good? */
struct request
deed_ask_forget(const json_t *member);

/* What waits for a second administrator: what it is, appended, nothing when
 * nothing does; and what to do about it. */
void
deed_tell_proposal(const json_t *member, struct buf *out);

struct request
deed_ask_proposal(const json_t *member);

/* May `cmd` be done with this member? */
bool
deed_allows(const json_t *member, enum command cmd);

/* "bijdrager", or what became of them: "stopped", "waits". */
const char *
deed_standing(const json_t *member);

#endif
