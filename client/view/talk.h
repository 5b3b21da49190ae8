/*
 * talk.h - what the screens of discussions have in common: how one is told, and
 * the questions that resolve, move and begin one. `head` is a row of
 * thread.list.
 */
#ifndef PLEIN_VIEW_TALK_H
#define PLEIN_VIEW_TALK_H

#include <jansson.h>
#include <stdbool.h>

#include "plein/buf.h"
#include "view/view.h"

#define TALK_DRAFTS "bespreking/" /* where drafts of remarks are */

bool
talk_is_open(const json_t *head);

/* "open", "resolved"; appended. */
void
talk_state(const json_t *head, struct buf *out);

/* "open, 4 comments"; appended. */
void
talk_count(const json_t *head, struct buf *out);

/* Remarks of it that are new for this person. */
size_t
talk_unread(const json_t *head);

/* {version, handle, time, gone} of what took its passage away, or NULL. */
const json_t *
talk_lost(const json_t *head);

/* It is told in the first part of an answer only: have it in the head of a
 * later one, too. `before` may be NULL. */
void
talk_keep_lost(json_t *head, const json_t *before);

/* "Changed in version 14, by griffie.waterdam, 17 March."; appended. */
void
talk_tell_lost(const json_t *lost, struct buf *out);

/* "on the text: "...""; appended. */
void
talk_about(const json_t *head, struct buf *out);

/* The screen of it, at the remark with that name or number; NULL: where one
 * goes on reading. */
struct request
talk_open(const json_t *head, const char *remark);

/* Did this person say it? */
bool
talk_is_own(const struct context *c, const json_t *row);

/* May they resolve it, or reopen it: who began it, and editors? Of who may
 * write. */
bool
talk_may_settle(const struct context *c, const json_t *head);

/* Resolve it, or reopen it, and why? Who may not is told who may. */
struct request
talk_ask_settle(const struct context *c, const json_t *head);

/*
 * Follow this thread, or this page (the other is ""), or mute it; what it is
 * is already, ends. `now` is "yes", "no" or "muted". Then the view is read
 * anew, and it is said.
 */
void
talk_follow(struct view *v, const char *thread, const char *address,
	    const char *now, enum command cmd);

/* "you do not follow this", appended; nothing where nobody can. */
void
talk_tell_follow(const char *now, struct buf *out);

/* What the key for that does now: "Do not follow". */
void
talk_name_follow(const char *now, enum command cmd, struct buf *word);

/* What is a new one about? CMD_TALK_TITLE gets it. */
struct request
talk_ask_title(void);

/*
 * Write the first remark of a new one about the page. `about` is {quote, nth,
 * base_commit} of a passage, or NULL.
 */
struct request
talk_begin(const char *address, const char *title, const json_t *about);

#endif
