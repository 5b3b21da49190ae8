/* here.h - who else is in the wiki, and on which page. No arguments. */
#ifndef PLEIN_VIEW_HERE_H
#define PLEIN_VIEW_HERE_H

#include "view/view.h"

struct view *
here_view_new(struct context *c, const json_t *args);

#endif
