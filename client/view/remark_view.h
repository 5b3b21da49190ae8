/*
 * remark_view.h - writing what one says in a discussion, in the editor. Below
 * what is answered, or the passage it is about. Arguments:
 *
 *   to begin one   `address` of the page, `title`; of a passage `quote`, `nth`,
 *                  `base_commit`
 *   in one         `thread`, `address`, `title`, `resolved`; `answers`, the row of
 *                  what is answered, and `reply`, the name of the remark
 *                  below which it comes; `rows` of all remarks
 *   to change it   the same, `edits`: its row
 *   in all         `text` to begin with; `resume`: go on with the draft
 */
#ifndef PLEIN_VIEW_REMARK_VIEW_H
#define PLEIN_VIEW_REMARK_VIEW_H

#include <jansson.h>
#include <stdbool.h>

struct context;
struct view;

struct view *
remark_view_new(struct context *c, const json_t *args);

/* Is it such a view? Then: does it change what was said before? What its text
 * is, appended. */
bool
remark_view_is(const struct view *v);

bool
remark_view_changes(const struct view *v);

struct buf;
void
remark_view_text(const struct view *v, struct buf *out);

#endif
