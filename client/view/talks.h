/*
 * talks.h - the discussions of a page, read while it is opened: how many, and
 * where in its text those about a passage are.
 */
#ifndef PLEIN_VIEW_TALKS_H
#define PLEIN_VIEW_TALKS_H

#include <jansson.h>
#include <stdbool.h>

#include "layout/layout.h"
#include "plein/buf.h"
#include "plein/vec.h"

struct context;

struct talks {
	struct context *ctx;
	json_t *rows; /* of thread.list */
	bool done; /* they came, or the wiki does not tell */
	bool more; /* than these */
	size_t body; /* byte of the page where the marked text begins */
	struct buf marks; /* of struct layout_mark */
	struct vec labels; /* of the marks */
	struct buf first; /* of size_t: the row each mark is of */
	void (*changed)(void *page); /* called when they were read, or NULL */
	void *page;
};

/* Ask anew. */
void
talks_read(struct talks *t, struct context *c, const char *address);

/* None: of an old version nobody knows where they were. */
void
talks_skip(struct talks *t);

void
talks_release(struct talks *t);

/* Make the marks for a body that begins at this byte of the page. */
void
talks_mark(struct talks *t, size_t body);

size_t
talks_n_marks(const struct talks *t);

/* Row of mark i; or NULL. */
const json_t *
talks_row(const struct talks *t, int mark);

/* Is it the only one of its mark? */
bool
talks_is_alone(const struct talks *t, const json_t *row);

/* The mark of that thread; -1: it has none. */
int
talks_find(const struct talks *t, const char *code);

size_t
talks_unread(const struct talks *t);

/* "Discussion: 3 discussions, 1 new (d).", appended; nothing without any. */
void
talks_tell(const struct talks *t, struct buf *out);

#endif
