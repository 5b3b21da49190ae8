/*
 * nav.h - which views are open, one above the other, and what happens when
 * one of them asks for something. Knows no terminal.
 */
#ifndef PLEIN_NAV_H
#define PLEIN_NAV_H

#include <stdbool.h>
#include <stdint.h>

#include "acts.h"
#include "base/titles.h"
#include "deeds.h"
#include "end.h"
#include "nav_presence.h"
#include "notices.h"
#include "plein/vec.h"
#include "view/view.h"

#define NAV_STEPS 100 /* views kept to go back to */

/* The texts of a clash: that version, the one before it, the newest. */
enum nav_text { NAV_UNDONE, NAV_BEFORE, NAV_SAVED, NAV_TEXTS };

struct nav {
	struct context ctx;
	struct vec views; /* struct view *, the lowest is the start screen */
	struct vec posts; /* struct post *: asked for by replies */
	struct acts acts;
	struct deeds deeds;
	struct notices notices;
	struct nav_presence presence;
	json_int_t noticed; /* version that they are about */
	char *heard; /* page whose versions the wiki tells, "": none; or NULL */
	bool reads; /* may, as far as is known: nothing is asked that may not be */
	bool stale; /* lists are others than when the titles were read */
	json_t *change; /* `args` of a REQUEST_CHANGE that has no answer */
	json_t *clashed; /* parameters of an undo that clashed, or NULL */
	json_t *clash[NAV_TEXTS]; /* results of page.read for it, or NULL */
	size_t time_from; /* views when time travel began (nav_time.h) */
	int64_t time_asked; /* the moment that is being looked at */
	char *sought; /* name of a page the wiki is asked for, or NULL */
	json_t *making; /* how to make it (REQUEST_FIND_PAGE), or NULL */
	struct titles_reader titles;
	bool done; /* signed out */
	enum app_end end; /* why, when done */
	bool redraw; /* draw all of it anew */
	char *entered; /* title of another space: nav_anew() is to be called;
			  or NULL */
};

/*
 * Ask the wiki who this is and which pages exist, open the start screen and,
 * unless it is that, the screen `first` with `args` above it.
 */
void
nav_init(struct nav *n, struct link *link, enum screen first,
	 const json_t *args);

void
nav_release(struct nav *n);

/* For nav's own files: ask who this is, and what they may hear and see. */
void
nav_know(struct nav *n);

/* For nav's own files: ask anew which pages exist, of who may read. */
void
nav_read_titles(struct nav *n);

/* For nav's own files: others end it. The first word counts, what follows from
 * it does not. */
void
nav_end(struct nav *n, enum app_end end);

void
nav_key(struct nav *n, const struct key *k);

/* A command of the top view, as if its key were pressed. */
void
nav_run(struct nav *n, enum command cmd);

/* What replies of the wiki asked for, after link_step(). */
void
nav_settle(struct nav *n);

/* The stream to the wiki went, or came back. */
void
nav_event(struct nav *n, enum link_event e);

/* All that is known is of another space: begin with its start screen. Not from
 * a reply of the wiki. */
void
nav_anew(struct nav *n);

/* Where there is more than one space the title says which this is. */
void
nav_mark_space(const struct nav *n, struct head *h);

/* For nav's own files: do what a view asks. */
void
nav_perform(struct nav *n, struct request r);

/* When a view has something to do, in clock_mono_ms(); 0: not now. */
int64_t
nav_due(const struct nav *n);

/* Is more on its way that the next key needs? */
bool
nav_waits(const struct nav *n);

/* Let the views do what is due; all that waits when the session `ends`. */
void
nav_tick(struct nav *n, bool ends);

/* The language is another one: read anew what holds words of the old. */
void
nav_translate(struct nav *n);

/* Text that would be lost now? */
bool
nav_is_dirty(const struct nav *n);

struct view *
nav_top(const struct nav *n);

/* The view that fills the body; the top one unless that is a drawer. */
struct view *
nav_base(const struct nav *n);

#endif
