/*
 * nav_pages.h - which views are open when pages come, go and move: requests
 * of those who did that (view/view.h says what each is).
 */
#ifndef PLEIN_NAV_PAGES_H
#define PLEIN_NAV_PAGES_H

#include "nav.h"

/* REQUEST_MOVED */
void
nav_follow_page(struct nav *n, struct request *r);

/* REQUEST_MADE */
void
nav_edit_made(struct nav *n, struct request *r);

/* REQUEST_RELOAD */
void
nav_reload_top(struct nav *n, struct request *r);

/* REQUEST_FIND_PAGE */
void
nav_find_page(struct nav *n, struct request *r);

/* --- of nav.c, for these --- */

/* A screen of its own; `args_take` may be NULL. */
void
nav_open_screen(struct nav *n, enum screen screen, json_t *args_take);

/* Go on with the draft of a remark: the discussion is opened first. False when
 * it is the draft of a page. */
bool
nav_resume_remark(struct nav *n, const char *address);

#endif
