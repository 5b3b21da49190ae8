/* records.h - what was done, and by whom: the audit log as a list. */
#ifndef PLEIN_VIEW_RECORDS_H
#define PLEIN_VIEW_RECORDS_H

#include <jansson.h>

struct context;
struct view;

/* args {about}: only of this person, or none */
struct view *
records_view_new(struct context *c, const json_t *args);

#endif
