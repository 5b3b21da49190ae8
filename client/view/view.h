/*
 * view.h - one screen: a table of functions plus private data. A view gets
 * commands and keys, talks to the wiki through its context, and returns
 * requests; it never includes another view.
 *
 * A view that answers from a reply of the wiki, not from a key, posts its
 * request with view_post().
 */
#ifndef PLEIN_VIEW_VIEW_H
#define PLEIN_VIEW_VIEW_H

#include <stdbool.h>
#include <stdint.h>

#include "base/command.h"
#include "base/link.h"
#include "plein/buf.h"
#include "plein/display.h"
#include "plein/vec.h"
#include "ui/canvas.h"
#include "ui/key.h"
#include "view/question.h"
#include "view/said.h"
#include "view/telling.h"

/* SCREEN_…: the views that fill the body. */
enum screen {
#define S(id, open) SCREEN_##id,
#include "view/screen.def"
	SCREEN_N
};

/* What a view asks of the application. */
enum request_kind {
	REQUEST_NONE,
	REQUEST_BACK, /* close this view, show the one below */
	REQUEST_SHOW, /* `screen` with `args` */
	REQUEST_OPEN_PAGE, /* `text`: address; `more`: where in it, "#heading"
			      or the address that a link there leads to */
	REQUEST_FIND_PAGE, /* the same, `text` also a former address, title;
			      `args`: how to make it when there is none, as
			      SCREEN_NEWPAGE has them, or NULL */
	REQUEST_EDIT, /* `text`: address of the page below */
	REQUEST_RESUME, /* edit `text`, an address, going on with its draft */
	REQUEST_SAVED, /* close the editor; `text`: what to say */
	REQUEST_MOVED, /* say `text`; close what is about the page
			  args.gone, open the one at args.address, if any */
	REQUEST_MADE, /* close the form, edit the page at args.address */
	REQUEST_RELOAD, /* say `text`, read the screen anew */
	REQUEST_ASK, /* open a drawer with `question` */
	REQUEST_FIELD, /* open a drawer with one line to type in; `text`: what
			  is asked, `command`: gets the line */
	REQUEST_CHANGE, /* change the wiki: `args` holds a `method` with its
			   `params` (view/act.h) */
	REQUEST_UNREAD, /* the next one in the order of the agenda */
	REQUEST_HELP,
	REQUEST_MENU,
	REQUEST_RUN, /* close this drawer; the view below gets `command` and
			`text` */
	REQUEST_SPACE, /* go to the space `text`, and to its start screen */
	REQUEST_START, /* close all, show the start screen; `text`: what to say,
			  or NULL */
	REQUEST_QUIT, /* sign out */
	REQUEST_REDRAW,
	REQUEST_ENTERED, /* who applied has an account: `args`, the result of
			    register.submit; `text`: what to say */
	REQUEST_CHANGED /* close this form, say `text`, read what is below it
			   anew */
};

struct request {
	enum request_kind kind;
	enum command command;
	enum screen screen;
	json_t *args; /* owned, or NULL */
	char *text, *more; /* owned, or NULL */
	struct question *question; /* owned, or NULL */
};

struct view;
struct editor;

/* What all views share; the application owns it. */
struct context {
	struct link *link;
	json_t *session; /* result of session.info, or NULL */
	json_t *titles; /* address → title of every page, or NULL */
	json_t *read; /* address → version that was shown in this session;
			 code → name of the last remark (newsline.h) */
	json_t *news; /* rows of news.list that came last, or NULL */
	json_t *page; /* result of page.read that came last, or NULL */
	struct vec ahead; /* struct view *: pages to go forward to */
	json_t *undo; /* how the last acts are taken back (wayback.h); or NULL */
	struct buf clip; /* what was cut or copied last */
	bool copied; /* just now, by a key */
	struct display display; /* how this person wants it */
	bool adapted; /* it was changed just now */
	bool translated; /* so was the language */
	bool in_lines; /* line mode: nobody sees a screen */
	struct editor *written; /* of the page that was written last, or NULL */
	char *written_page; /* its address */
	json_t *spelled; /* words that are right, as keys; or NULL */
	int64_t at; /* time travel: the wiki as of then; 0: as it is now */
	bool back_is_now; /* the screen it began on: back ends it */
	int cols; /* of the window */
	int rows; /* of its body, drawers included; 0 in line mode */
	char *message; /* line 23 */
	struct said told_before; /* the last ones */
	bool said; /* the message is of after the last key */
	bool passing; /* and goes with the next one */
	bool quiet; /* only looked at beside a list: nothing is marked read */
	bool told; /* the last key asked where this is */
	bool withdrawn; /* they take their application back: it ends */
	int trial_ms; /* for an answer whether a screen can be read */
	int keep_ms; /* how long what is typed may wait to be a draft */
	void (*post)(struct context *c, struct view *from, struct request r);
};

/* What stands on the first two lines. */
struct head {
	struct buf title, state, place, fact;
	struct buf only; /* what a list is narrowed to, where line 2 is not */
	/* A title too long is cut in a name of `named` bytes, that stands
	 * before its last `kept` bytes; 0: at the end. */
	size_t named, kept;
};

void
head_init(struct head *h);

void
head_release(struct head *h);

/* The title holds this name, to be cut there when it is too long. */
void
head_cut_name(struct head *h, const char *name);

/* A word of the key bar, a msgid. */
struct view_word {
	enum command cmd;
	const char *word;
};

struct view_ops {
	enum place place;
	bool passes; /* it is closed when it opens another screen */
	bool profile; /* it does what command_is_of_profile() */
	/* Lines of a drawer, at most `rows`; NULL: fills the body. */
	int (*height)(const struct view *v, int rows);
	/* False while the first data is on its way: show the view before. */
	bool (*is_ready)(const struct view *v);
	/* Is more of what it shows on its way, that a key would miss? It waits
	 * for that then. Optional. */
	bool (*waits)(const struct view *v);
	void (*head)(const struct view *v, struct head *h);
	/* Lines from data, at this size; keeps the focus where it was. */
	void (*recalc)(struct view *v, int rows, int cols);
	/* `rows` lines from `top` on, and the cursor; const data. */
	void (*paint)(const struct view *v, struct canvas *c, int top,
		      int rows);
	/* Does the body continue below? */
	bool (*has_more)(const struct view *v);
	/* Optional: first look at a key that may be text. True: taken. */
	bool (*key)(struct view *v, const struct key *k, struct request *r);
	/* `text` belongs to a command that came with REQUEST_RUN, or NULL. */
	struct request (*run)(struct view *v, enum command cmd,
			      const char *text);
	/* May this command be done here now? Others are left out of bar and
	 * menu. Optional. */
	bool (*allows)(const struct view *v, enum command cmd);
	/* Commands of the key bar, in order, CMD_N ends; NULL: bar_now(). */
	const enum command *bar;
	const enum command *(*bar_now)(const struct view *v);
	/* What they are called here, CMD_N ends; name() has key and word of
	 * them where that depends on the moment. What is left empty stays as
	 * the list of commands has it. Optional, both. */
	const struct view_word *words;
	void (*name)(const struct view *v, enum command cmd, struct buf *key,
		     struct buf *word);
	/* The sentence for "where am I?", appended. */
	void (*where)(const struct view *v, struct buf *out);
	/* What it shows, in words, for line mode; below what head() says.
	 * Optional: then where() has to do. */
	void (*tell)(const struct view *v, struct telling *t);
	/* Put the focus on a choice of tell(); false: there is none such.
	 * The command of Enter then opens it. Optional. */
	bool (*pick)(struct view *v, size_t value);
	/* Text that leaving would lose? Optional. */
	bool (*is_dirty)(const struct view *v);
	/* Since when its text is unsaved, in seconds since 1970; 0: nothing
	 * is that Ctrl-S would save. Optional. */
	int64_t (*unsaved)(const struct view *v);
	/* The page it shows or edits, and which version. Optional. */
	const char *(*page)(const struct view *v, json_int_t *version);
	/* The heading that is written under, appended. Optional. */
	void (*under)(const struct view *v, struct buf *out);
	/* Read anew: saved, or connected again. Optional. */
	void (*reload)(struct view *v);
	/* Another screen covers it: give back what can be made again. Optional. */
	void (*rest)(struct view *v);
	/* What shows its item in focus beside it, in a wide window: a screen,
	 * or nothing. Optional. */
	struct request (*preview)(const struct view *v);
	/* The views above it are closed: bring all up to date. Optional. */
	void (*returned)(struct view *v);
	/*
	 * When, in clock_mono_ms(), tick() has something to do; 0: not as it
	 * is now. Optional, both.
	 */
	int64_t (*due)(const struct view *v);
	/* Do what is due; all that waits when the session `ends`. */
	void (*tick)(struct view *v, bool ends);
	void (*free)(struct view *v);
};

struct view {
	const struct view_ops *ops;
	struct context *ctx;
	bool outdated; /* to be read anew when it is shown again */
};

/* What was cut, written and spelled; when the session ends. */
void
context_forget_texts(struct context *c);

/* A request of this kind and nothing else. */
struct request
request_of(enum request_kind kind);

/* With a copy of `text`. */
struct request
request_text(enum request_kind kind, const char *text);

/* REQUEST_SHOW */
struct request
request_show(enum screen screen, json_t *args_take);

/* A text of a screen's arguments, or of a row of the wiki; or "". */
const char *
args_text(const json_t *args, const char *key);

/* A number of them, or 0. */
json_int_t
args_number(const json_t *args, const char *key);

/* REQUEST_RUN */
struct request
request_run(enum command cmd, const char *text);

void
request_release(struct request *r);

/* Replace line 23; printf-like, already translated, filtered on painting. */
void
context_say(struct context *c, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/* The same for where the cursor came, which nobody needs to read again. */
void
context_announce(struct context *c, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/* For what a reply of the wiki leads to; views above `from` are closed. */
void
view_post(struct view *from, struct request r);

/* Do they look around without an account? */
bool
context_is_guest(const struct context *c);

/* Are they nobody yet, and can apply for an account here? */
bool
context_can_apply(const struct context *c);

/* Is there more than one space for them? */
bool
context_has_spaces(const struct context *c);

/* Are they in the space that was there first, where roles are those of
 * accounts? */
bool
context_in_first_space(const struct context *c);

/* Do they look after the wiki? Of the space they are in: CMD_ADMIN. */
bool
context_is_administrator(const struct context *c);

/* May this person save pages? True while it is not known. */
bool
context_may_write(const struct context *c);

/* May they change this page: a template asks for more than a page does. */
bool
context_may_change(const struct context *c, const char *address);

/* May they settle what others said? */
bool
context_may_moderate(const struct context *c);

/* Does it change the wiki, from a screen for reading? */
bool
view_writes(enum command cmd);

/* Then: is there the right to, and is this not the wiki of an earlier day? */
bool
context_allows(const struct context *c, enum command cmd);

/* Of what changes the wiki: may they do nothing of the kind, or not to the
 * page that the view shows, whatever day it is of? Of what leads to pages: may
 * they not read? */
bool
view_lacks_right(const struct view *v, enum command cmd);

const enum command *
view_bar(const struct view *v);

/* Key and word of a command, appended, where this view has its own. */
void
view_name(const struct view *v, enum command cmd, struct buf *key,
	  struct buf *word);

/* Do they have the right, today, and the view something to do it to? It stands
 * in bars, in the menu and in the help of line mode then. */
bool
view_allows(const struct view *v, enum command cmd);

/* A text of session.info, or "". */
const char *
context_session(const struct context *c, const char *key);

/*
 * Title of the page that `name` means: its address, its slug or its title;
 * NULL when there is none. *address becomes its address.
 */
const char *
context_find(const struct context *c, const char *name, const char **address);

/* Parameters of a method that knows `at`: with it in time travel. */
json_t *
context_params(const struct context *c, json_t *params_take);

/*
 * The result of page.read that came last when this one is the same, else this
 * one, which is then the last; yours. So a page is in memory once, however
 * many screens show it.
 */
json_t *
context_page(struct context *c, json_t *page);

/*
 * Say where this view is. What does not fit on line 23 is shown whole, in a
 * drawer, when it is asked again.
 */
struct request
context_tell_where(struct context *c, const struct view *v);

/* The newest version of a page is shown, a result of page.read: a mark in the
 * wiki, and for ourselves; and its title, which was another one perhaps. */
void
context_note_shown(struct context *c, const json_t *page);

/* What is new on this page and was not shown since: a row of news.list, or
 * NULL. */
const json_t *
context_news(const struct context *c, const char *address);

/* A discussion was read up to this remark, as it was at that place
 * (thread.read); the wiki hears it. */
void
context_note_heard(struct context *c, const char *thread, const char *remark,
		   json_int_t place);

/* A remark was read that was changed to name this person. */
void
context_note_late(struct context *c, const char *remark);

/* Was this version, or a newer one, shown in this session? */
bool
context_has_read(const struct context *c, const char *address,
		 json_int_t version);
/* The choice that Tab jumped to; arrows say nothing. */
struct choices;
void
context_say_choice(struct context *c, const struct choices *choices,
		   enum command cmd);

/* The item that Tab jumped to, the same way. */
struct listing;
void
context_say_item(struct context *c, const struct listing *list,
		 enum command cmd);

/* They may not change pages, or discuss them. */
void
context_say_no_right(struct context *c, enum command cmd);

/* The wiki's error as a sentence on line 23. */
void
context_say_error(struct context *c, const struct rpc_msg *m);

#endif
