/* resuming.h - going on with a draft, from the line that tells of them. */
#ifndef PLEIN_VIEW_RESUMING_H
#define PLEIN_VIEW_RESUMING_H

#include "view/lead.h"
#include "view/view.h"

/* Open the draft; where there are more, ask which. */
struct request
resuming_open(const struct lead *l);

#endif
