/*
 * enrol.h - the secret of a code from an app: a picture to scan and letters to
 * type over. Enter asks for the code that the app shows; what comes of it are
 * the recovery codes, on a screen of their own, once.
 */
#ifndef PLEIN_VIEW_ENROL_H
#define PLEIN_VIEW_ENROL_H

#include <jansson.h>

struct context;
struct view;

/* args: result of code.begin */
struct view *
enrol_view_new(struct context *c, const json_t *args);

#endif
