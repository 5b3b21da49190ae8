/*
 * admin.h - where administrators begin, and their short lists: invitations,
 * and who is signed in.
 */
#ifndef PLEIN_VIEW_ADMIN_H
#define PLEIN_VIEW_ADMIN_H

#include <jansson.h>

struct context;
struct view;

/* No args, all three. */
struct view *
admin_view_new(struct context *c, const json_t *args);

struct view *
invites_view_new(struct context *c, const json_t *args);

struct view *
sessions_view_new(struct context *c, const json_t *args);

#endif
