/*
 * fetching.h - a file beside a page: a text is shown, of others it is said
 * how to get them. And how to reach a page from elsewhere.
 */
#ifndef PLEIN_VIEW_FETCHING_H
#define PLEIN_VIEW_FETCHING_H

#include "view/view.h"

/* Is this the path of an attachment, as links in pages resolve? */
bool
fetching_is_attachment(const char *path);

/* Open it: the path is one. */
struct request
fetching_open(struct context *c, const char *path);

/* The same by page and name. */
struct request
fetching_open_file(struct context *c, const char *address, const char *name);

/* "ssh agenda.example.nl attach get PAGE NAME > NAME", appended. */
void
fetching_command(const struct context *c, const char *address, const char *name,
		 struct buf *out);

/* A drawer with the address of a page and the command that opens it. */
struct request
fetching_permanent(struct context *c, const char *address, json_int_t version);

#endif
