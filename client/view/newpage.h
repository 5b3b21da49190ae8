/* newpage.h - the form for a new page, made from the template of its kind. */
#ifndef PLEIN_VIEW_NEWPAGE_H
#define PLEIN_VIEW_NEWPAGE_H

#include <jansson.h>

struct context;
struct view;

/* args {address}: of the page where one was, which it will belong to, or "";
 * {title} to begin with, or ""; {link}: where the link leads that it is made
 * for: an address, the last part of one or a title, or "" */
struct view *
newpage_view_new(struct context *c, const json_t *args);

#endif
