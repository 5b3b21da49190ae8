/*
 * shaping.h - a change that is told as what is to happen, not as a text: it is
 * made on the page as it is now, so there is nothing to be joined with. Fields
 * that are set, a position that is supported, an action that is done.
 */
#ifndef PLEIN_WIKI_SHAPING_H
#define PLEIN_WIKI_SHAPING_H

#include "plein/buf.h"
#include "plein/err.h"
#include "plein/message.h"
#include "wiki/batch.h"
#include "wiki/desk.h"
#include "wiki/joining.h"
#include "wiki/method.h"
#include "wiki/rows.h"
#include "wiki/target.h"

/* Parameters of all that shapes a page. */
#define PARAMS_SHAPING \
	{ "note", PARAM_TEXT, false, NOTE_MAX, "why" }, \
	{ \
		"request", PARAM_TEXT, false, REQUEST_MAX, \
			"hexadecimal; repeating it never writes twice" \
	}

#define SHAPING_ERRORS \
	"denied rule not-found exists same busy no-space io unknown corrupt"

struct shaping {
	/*
	 * Change the text of the page, and say what happened in `words`.
	 * `others`, where files change with it, and `n_others` are set here;
	 * they are the caller's to release.
	 */
	int (*change)(struct shaping *s, struct desk *d, struct call *c,
		      struct buf *text, struct buf *words);
	const char *action; /* of the commit */
	const char *folder; /* the page is in it; NULL: anywhere */
	void *ctx; /* what `change` needs */
	const struct joining *at; /* the page, once it is found */
	const struct batch_file *others;
	size_t n_others;
};

/*
 * The page is the parameter `address`; `note` and `request` are looked at, too.
 * Answers as page.save, without conflict: {address, version, commit, joined,
 * with, moved}. PLEIN_ENOTFOUND when there is no such page in that folder.
 */
int
shaping_run(struct shaping *s, struct desk *d, struct call *c);

/* What this shapes makes of a parameter that is to stand on one line:
 * PLEIN_ERULE (`line`) when it cannot. NULL is fine. */
int
shaping_check_line(const char *words, struct err *err);

/* A parameter that is a day, as yyyy-mm-dd into out[11]; "" for NULL and "".
 * PLEIN_ERULE (`day`). */
int
shaping_read_day(const char *words, char *out, struct err *err);

#endif
