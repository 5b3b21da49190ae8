/* resuming.h - where the lines above the tree of the start screen lead. */
#ifndef PLEIN_VIEW_RESUMING_H
#define PLEIN_VIEW_RESUMING_H

#include "view/lead.h"
#include "view/view.h"

/* What a line tells of: news, requests, what is asked, the draft; where there
 * are more of those, ask which. */
struct request
resuming_open(const struct lead *l, size_t line);

#endif
