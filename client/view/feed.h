/*
 * feed.h - rows of the wiki that come in parts, asked for as a list comes to
 * their end. Not a view: views hold one, beside the listing it fills.
 */
#ifndef PLEIN_VIEW_FEED_H
#define PLEIN_VIEW_FEED_H

#include <jansson.h>
#include <stdbool.h>

struct listing;
struct view;

struct feed {
	struct view *view; /* NULL: there are no rows of the wiki */
	const char *method;
	const char *cursor; /* the parameter that takes `next` */
	json_t *params; /* of every part */
	json_t *rows; /* of all parts so far */
	json_t *result; /* the last answer, or NULL */
	json_t *next; /* where the part begins that nobody asked for, or NULL */
	size_t least; /* rows that there were before, and are wanted again */
	bool loaded; /* an answer came since it was asked for, good or bad */
	bool anew; /* the rows are of before a reload */
	/* There are other rows now. */
	void (*taken)(struct view *v);
};

/* `method` and `cursor` (NULL: there is one part) are kept as they are;
 * feed_reload() begins. */
void
feed_init(struct feed *f, struct view *v, const char *method,
	  const char *cursor, void (*taken)(struct view *v));

void
feed_release(struct feed *f);

/* From the beginning, with these parameters or none. */
void
feed_reload(struct feed *f, json_t *params_take);

/* Ask for the next part when the end of the list is near. */
void
feed_go_on(struct feed *f, const struct listing *list);

/* Are there rows that have not come? */
bool
feed_has_more(const struct feed *f);

size_t
feed_size(const struct feed *f);

/* Row i, or NULL. */
const json_t *
feed_row(const struct feed *f, size_t i);

#endif
