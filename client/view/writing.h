/*
 * writing.h - what the files of the editor share: editor_view.c knows the
 * screen, writing_show.c how the text looks, writing_keys.c what keys do,
 * writing_find.c finding and replacing, writing_link.c what is inserted,
 * writing_spell.c the spelling, writing_draft.c the draft in the wiki,
 * writing_save.c saving and leaving, writing_clash.c what others saved.
 */
#ifndef PLEIN_VIEW_WRITING_H
#define PLEIN_VIEW_WRITING_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "edit/editor.h"
#include "edit/find.h"
#include "view/others.h"
#include "view/draft.h"
#include "view/keep.h"
#include "view/scroll.h"
#include "view/view.h"

/* What is sought, and how far replacing it is. */
struct writing_find {
	char *sought, *by; /* or NULL */
	size_t all, left; /* places when it began, and still to ask about */
	size_t replaced;
};

/* The list of pages to link to, or of people to mention. */
struct writing_linking {
	bool open;
	const char *sign; /* what opened it: "[[" or "@" */
	size_t from; /* behind that */
	json_t *titles; /* what the matches point into */
	struct vec matches; /* struct match * */
	struct scroll scroll;
};

/* The spelling, word by word. */
struct writing_spelling {
	json_t *asked; /* words the wiki was asked about, as keys; or NULL */
	json_t *unknown; /* those of them it does not know; or NULL */
	int waiting; /* questions without an answer */
	bool failed; /* one of them */
	char *word; /* that is shown, or NULL */
	struct span at; /* where */
	size_t start; /* where it began */
	bool wrapped; /* it goes on from the beginning */
	size_t changed; /* words */
};

struct writing {
	struct view view;
	struct draft draft;
	struct editor *editor; /* NULL until page and stored draft are here */
	json_t *page; /* result of page.read */
	json_t *stored; /* result of draft.read, or NULL */
	bool asked; /* whether there is one */
	bool resume; /* go on with it, without a question */
	json_t *told; /* begin with this joined text, or NULL */
	struct others others; /* who are on this page */
	char *place; /* which version the text began as, or which draft */
	struct keep keep;
	int64_t since; /* something is unsaved, in seconds since 1970; or 0 */
	bool saving;
	bool comparing; /* draft and page, before the choice between them */
	bool leaving; /* when the draft is kept */
	bool is_remark; /* what somebody says in a discussion: no page */
	json_t *people; /* who can be mentioned, handle → name; or NULL */
	bool behind; /* the page below shows an older version by then */
	json_t *clash; /* what is read for the screen of a conflict, or NULL */
	bool cutting; /* the last key cut a line: the next one adds to it */
	struct writing_find find;
	struct writing_linking linking;
	struct writing_spelling spelling;
	int rows;
};

/* The text of now, without fields, appended. */
void
writing_copy_body(const struct writing *w, struct buf *out);

/*
 * The editor shows the saved text, and w->stored is known: offer the draft,
 * or go on with it, or drop it when it is what was saved.
 */
void
writing_meet_draft(struct writing *w);

/* Go on with the stored draft, as one step of undo. */
void
writing_resume(struct writing *w);

/* What differs between draft and page; coming back asks again. */
struct request
writing_differ(struct writing *w);

/* As in view_ops. */
void
writing_return(struct view *v);

/* The text of now can come back, as a draft, while one is signed in. */
void
writing_remember(struct writing *w);

/* The text changed: its draft is due. */
void
writing_change(struct writing *w);

/* As in view_ops. */
int64_t
writing_due(const struct view *v);

void
writing_tick(struct view *v, bool ends);

/* `rows` lines of the text from row `top` on, and the cursor. */
void
writing_paint(const struct writing *w, struct canvas *c, int top, int rows);

/* The sentence for "where am I?", appended. */
void
writing_tell_where(const struct writing *w, struct buf *out);

/*
 * The editor of this page as it was left, with all that can be taken back,
 * when the wiki's text is still the one it was left with; else NULL. Yours.
 */
struct editor *
writing_take_back(struct writing *w);

/* Leave it for then, if its text is saved; gone from here in any case. */
void
writing_put_by(struct writing *w);

/* A key that is text, or changes it; false when it is something else. */
bool
writing_key(struct writing *w, const struct key *k);

/* Commands that move, select, change and take back. */
void
writing_do(struct writing *w, enum command cmd);

/* Note that `more` bytes do not fit any more. */
void
writing_say_full(struct writing *w, size_t more);

/* Commands that find and replace; false when it is another. */
bool
writing_find(struct writing *w, enum command cmd, const char *text,
	     struct request *r);

/* A key that goes on finding, as long as something is sought. */
bool
writing_find_key(struct writing *w, const struct key *k);

void
writing_find_release(struct writing *w);

/* Commands that check the spelling; false when it is another. */
bool
writing_spell(struct writing *w, enum command cmd, const char *text,
	      struct request *r);

/* Show the next place; what is asked there comes later. */
struct request
writing_spell_next(struct writing *w);

void
writing_spell_release(struct writing *w);

/* A key for the list of pages, while that is open. */
bool
writing_link_key(struct writing *w, const struct key *k);

/* The text or the cursor changed, by this key or (NULL) otherwise. */
void
writing_link_follow(struct writing *w, const struct key *k);

/* The list, with the cursor in `row`. */
void
writing_link_paint(const struct writing *w, struct canvas *c, int top, int rows,
		   int row);

void
writing_link_release(struct writing *w);

/* Insert what `what` names; NULL: ask. */
struct request
writing_insert(struct writing *w, const char *what);

/* The text as others will read it. */
struct request
writing_preview(const struct writing *w);

/* Has the wiki all that was typed, as a draft? */
bool
writing_is_kept(const struct writing *w);

/* As in view_ops. */
int64_t
writing_unsaved(const struct view *v);

/* Would leaving lose something? */
bool
writing_is_dirty(const struct writing *w);

/* The wiki could not join the text with what others saved: an error of
 * page.save. */
void
writing_meet_clash(struct writing *w, const struct rpc_msg *m);

/* Begin with w->told, and ask for its note. */
void
writing_take_told(struct writing *w);

/* Commands that come of that; false when it is another one. */
bool
writing_settle(struct writing *w, enum command cmd, const char *text,
	       struct request *r);

/* Commands of saving and leaving; false when it is another one. */
bool
writing_run(struct writing *w, enum command cmd, const char *text,
	    struct request *r);

/* Leave: at once without the draft, or with it when the wiki has it. */
struct request
writing_discard(struct writing *w);

struct request
writing_keep(struct writing *w);

#endif
