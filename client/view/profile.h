/*
 * profile.h - who a person is, how they want the wiki shown, and the keys they
 * sign in with. Choices count, and are stored, at once; one that could make
 * the screen unreadable is asked about, and taken back when nobody answers.
 * args {act}: code, data or leave, to be asked about at once; or none.
 */
#ifndef PLEIN_VIEW_PROFILE_H
#define PLEIN_VIEW_PROFILE_H

#include <jansson.h>

#define TRIAL_MS 60000 /* for an answer */

struct context;
struct view;

struct view *
profile_view_new(struct context *c, const json_t *args);

#endif
