/* menu.h - all that can be done where the person is, with its keys. */
#ifndef PLEIN_VIEW_MENU_H
#define PLEIN_VIEW_MENU_H

struct context;
struct view;

/* `below` is where; it must outlive the menu. */
struct view *
menu_view_new(struct context *c, const struct view *below);

#endif
