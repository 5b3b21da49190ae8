/*
 * aspect.h - what a page says has a screen of its own for some kinds of pages:
 * the positions of a question, the actions of a decision.
 */
#ifndef PLEIN_VIEW_ASPECT_H
#define PLEIN_VIEW_ASPECT_H

#include "view/view.h"

/* The one of the page at this address; SCREEN_N: there is none. */
enum screen
aspect_of(const char *address);

/* What opens when no place in its text is meant: that one for a decision and a
 * meeting, whose text is a part of it; else the page. */
enum screen
aspect_first(const char *address);

/* That, as a request. */
struct request
aspect_open(const char *address);

#endif
