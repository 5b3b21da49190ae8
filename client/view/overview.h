/*
 * overview.h - lists across the wiki: questions, decisions, actions, meetings,
 * and how far municipalities are with a theme.
 */
#ifndef PLEIN_VIEW_OVERVIEW_H
#define PLEIN_VIEW_OVERVIEW_H

#include <jansson.h>

struct context;
struct view;

struct view *
questions_view_new(struct context *c, const json_t *args);

struct view *
decisions_view_new(struct context *c, const json_t *args);

struct view *
actions_view_new(struct context *c, const json_t *args);

struct view *
meetings_view_new(struct context *c, const json_t *args);

/* args {theme}, or none: all themes */
struct view *
progress_view_new(struct context *c, const json_t *args);

#endif
