/*
 * lead.h - the lines above the tree of the start screen: how to apply, what
 * this person left and what is new for them. Pure; without either there is no line.
 */
#ifndef PLEIN_VIEW_LEAD_H
#define PLEIN_VIEW_LEAD_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "plein/buf.h"

enum lead_kind {
	LEAD_APPLY,
	LEAD_NEWS,
	LEAD_DRAFTS,
	LEAD_ASKED,
	LEAD_REQUESTS,
	LEAD_BLANK
};

struct lead {
	bool applies; /* the owner's: they can apply for an account */
	json_t *news; /* rows of news.list (said) that are unread, or NULL */
	json_t *asked; /* the same: what waits for them, or NULL */
	json_t *drafts; /* rows of draft.list, or NULL */
	size_t n_requests; /* that wait for an administrator */
};

void
lead_release(struct lead *l);

/* From the result of draft.list. */
void
lead_take_drafts(struct lead *l, const json_t *result);

/* From the result of session.info, or NULL. */
void
lead_take_session(struct lead *l, const json_t *session);

/*
 * From the result of news.list. `read` is what was shown in this session
 * (newsline.h).
 */
void
lead_take_news(struct lead *l, const json_t *result, const json_t *read);

/* Lines, the blank one below them included. */
size_t
lead_lines(const struct lead *l);

enum lead_kind
lead_kind_of(const struct lead *l, size_t line);

/* The line itself, and what stands at its right, appended. */
void
lead_text(const struct lead *l, size_t line, struct buf *out);

void
lead_count(const struct lead *l, size_t line, struct buf *out);

/* Pages and remarks. */
size_t
lead_n_news(const struct lead *l);

/* The first row that is not in `read`, or NULL; *left is how many more there
 * are. */
const json_t *
lead_first_new(const struct lead *l, const json_t *read, size_t *left);

/* A row about a discussion was opened: the next one is the first now. What
 * was not read there comes back with the next answer. */
void
lead_pass(struct lead *l, const json_t *row);

size_t
lead_n_drafts(const struct lead *l);

/* "Common Ground, draft of yesterday 16:40", appended; its address. */
const char *
lead_draft(const struct lead *l, size_t i, struct buf *out);

/* "Last visit: 12 March 09:30", from session.info; appended. */
void
lead_say_visit(const json_t *session, bool guest, bool news, struct buf *out);

#endif
