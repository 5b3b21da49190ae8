/* changes.h - what was changed in the wiki, in a folder, by one person. */
#ifndef PLEIN_VIEW_CHANGES_H
#define PLEIN_VIEW_CHANGES_H

#include <jansson.h>

struct context;
struct view;

/*
 * Arguments, all of them optional: `handle`, `folder`, `kind`; `since` and
 * `until` in seconds since 1970. In time travel nothing later is shown.
 */
struct view *
changes_view_new(struct context *c, const json_t *args);

/* Argument `from`, a moment: which pages differ between then and now. */
struct view *
between_view_new(struct context *c, const json_t *args);

#endif
