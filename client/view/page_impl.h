/*
 * page_impl.h - what the files of the reading screen share: page.c reads and
 * shows a page, page_act.c opens what there is about it, page_talk.c its
 * discussions.
 */
#ifndef PLEIN_VIEW_PAGE_IMPL_H
#define PLEIN_VIEW_PAGE_IMPL_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "plein/frontmatter.h"
#include "view/linking.h"
#include "view/reading.h"
#include "view/since.h"
#include "view/talks.h"
#include "view/view.h"

/* A big page comes in two answers: the first screen needs little of it. */
enum extent { EXTENT_ALL, EXTENT_BEGINNING, EXTENT_ASKED, EXTENT_FAILED };

struct page {
	struct view view;
	char *address;
	json_int_t version; /* that is shown; 0: the newest */
	char *at; /* place to go to once it is laid out, or NULL */
	struct since since; /* what to tell as it opens */
	json_t *data; /* result of page.read, or NULL */
	const char *body; /* in data */
	size_t body_len;
	size_t n_headings; /* of all of it */
	enum extent extent; /* of data: is the rest to come, or asked for? */
	struct frontmatter *fields; /* or NULL */
	struct linking linking;
	struct talks talks;
	json_t *about; /* passage a discussion is to begin about, or NULL */
	bool discussed; /* its discussions may be others when it comes back */
	bool loaded; /* the answer came, good or bad */
	bool laid_out;
	bool checked; /* what note_marks() looks for was looked for */
	int cols;
	struct reading reading;
};

/* A text of the page, or "". */
const char *
page_text(const struct page *p, const char *key);

json_int_t
page_version(const struct page *p);

/* A version that is not the newest: read only. */
bool
page_is_old(const struct page *p);

/* Open what there is about it; false: another command. */
bool
page_act(struct page *p, enum command cmd, struct request *out);

/* Discussing; false: another command. */
bool
page_talk(struct page *p, enum command cmd, const char *text,
	  struct request *out);

/* Go to the passage of that discussion, or say that it is gone. */
void
page_arrive_at_talk(struct page *p, const char *code);

#endif
