/*
 * form_view.h - what screens that are a form share: showing, keys, leaving
 * with a question when something was filled in. A screen of its own embeds
 * struct form_view and lists these functions in its view_ops.
 */
#ifndef PLEIN_VIEW_FORM_VIEW_H
#define PLEIN_VIEW_FORM_VIEW_H

#include "view/form.h"
#include "view/view.h"

/* Ids of the buttons every form has; those of fields begin at FORM_FIELDS. */
enum { FORM_SEND, FORM_STOP, FORM_FIELDS };

struct form_view {
	struct view view; /* first */
	struct form form;
	bool sent; /* the wiki has not answered yet */
	const char *question; /* the owner's, msgid: asked when it is left with
				 something filled in; NULL: the usual one */
};

/* `f` is all zero before. */
void
form_view_init(struct form_view *f, struct context *c,
	       const struct view_ops *ops);

/* When all fields are there: the buttons, and what line 23 says. */
void
form_view_begin(struct form_view *f, const char *send);

void
form_view_release(struct form_view *f);

/*
 * What a command does; *send: what was filled in is to be sent now. That is
 * not so while a field that must be filled in is empty: then it says so.
 */
struct request
form_view_run(struct form_view *f, enum command cmd, bool *send);

/* Ask the wiki something that writes: `sent` until it answers. A `request`
 * of its own goes with it. */
void
form_view_send(struct form_view *f, const char *method, json_t *params_take,
	       link_reply *reply);

/* It refused: say why; what was filled in stays. */
void
form_view_fail(struct form_view *f, const struct rpc_msg *m);

/* --- for view_ops --- */

/* All of them, but for keys and leaving. */
#define FORM_VIEW_SHOWN \
	.recalc = form_view_recalc, .paint = form_view_paint, \
	.has_more = form_view_has_more, .where = form_view_where, \
	.tell = form_view_tell, .pick = form_view_pick, \
	.is_dirty = form_view_is_dirty

void
form_view_recalc(struct view *v, int rows, int cols);

void
form_view_paint(const struct view *v, struct canvas *c, int top, int rows);

bool
form_view_has_more(const struct view *v);

bool
form_view_key(struct view *v, const struct key *k, struct request *r);

extern const enum command form_view_bar[];

void
form_view_where(const struct view *v, struct buf *out);

void
form_view_tell(const struct view *v, struct telling *t);

bool
form_view_pick(struct view *v, size_t value);

bool
form_view_is_dirty(const struct view *v);

#endif
