/*
 * posting.h - what methods that change discussions do alike: what can be
 * refused at once, finding a request that was done before, the files of one
 * commit, and the answer. A remark is a file of its own, so none of them can
 * be in another's way.
 */
#ifndef PLEIN_WIKI_POSTING_H
#define PLEIN_WIKI_POSTING_H

#include <stdbool.h>

#include "plein/buf.h"
#include "plein/remark.h"
#include "plein/vec.h"
#include "state/remarks.h"
#include "wiki/batch.h"
#include "wiki/desk.h"
#include "wiki/method.h"
#include "wiki/rows.h"
#include "wiki/target.h"

/* --- before anything else -------------------------------------------------- */

/* Join the batch. */
int
posting_join(struct desk *d, struct call *c);

/* PLEIN_EBUSY too while the index is being made: for what must know all there
 * was. */
int
posting_join_whole(struct desk *d, struct call *c);

/* Join the batch; *done: this request was done before and is answered as
 * then. */
int
posting_begin(struct desk *d, struct call *c, bool *done);

/* One line that may be stored, or NULL; else PLEIN_ERULE `rule`. */
int
posting_check_line(const char *text, const char *rule, struct err *err);

int
posting_check_title(const char *title, struct err *err);

/* What is one's own, or an editor's to change. PLEIN_EDENIED. */
int
posting_check_owner(const struct call *c, const char *owner, struct err *err);

/* Who asks, as the name of a file has it. */
const char *
posting_handle(const struct call *c);

/* The parameter `thread`. PLEIN_ENOTFOUND. */
int
posting_find_thread(struct desk *d, struct call *c, struct index_thread **t);

/* The remark that is asked for, which was said. PLEIN_ENOTFOUND. */
int
posting_find_remark(struct desk *d, struct call *c, struct index_remark **r);

/* The page must be there now; *newest is what made it what it is. */
int
posting_find_page(struct desk *d, struct call *c, const struct target *page,
		  struct index_version **newest);

/* --- one commit ------------------------------------------------------------ */

/* Files that change together, with what they hold. */
struct posting {
	struct batch_file *files;
	size_t n;
	struct vec held; /* char *: paths and texts */
	const char *page; /* address */
	const char *action;
	const char *fallback; /* subject of the commit */
};

void
posting_release(struct posting *p);

/* `text` NULL: the file vanishes. Both are swallowed. */
void
posting_add(struct posting *p, char *path_take, struct buf *text_take);

/* Where a remark lies; free() it. */
char *
posting_path(const char *page, const char *thread, const char *name);

/* As batch_write(). */
int
posting_write(struct desk *d, struct call *c, const struct posting *p);

/* {remark, thread, number, address, blob, unknown}: as the index knows it now. */
int
posting_answer(struct desk *d, struct call *c, const char *name);

/* --- a new remark ---------------------------------------------------------- */

struct saying {
	struct remark is; /* its texts are borrowed */
	struct buf body; /* plain line ends */
	struct buf file, name, digest;
};

void
saying_release(struct saying *s);

/* Put it into words, for a place (discussion_name()); then its file, name and
 * digest are there. */
int
saying_word(struct desk *d, const struct call *c, struct saying *s,
	    const char *place, const char *text, struct err *err);

void
posting_add_saying(struct posting *p, struct saying *s, const char *thread);

/* --- rows ------------------------------------------------------------------ */

#define PARAM_THREAD \
	{ \
		"thread", PARAM_TEXT, true, THREAD_CODE_MAX, "its code" \
	}

#define PARAM_REMARK \
	{ \
		"remark", PARAM_TEXT, true, REMARK_NAME_MAX, "its name" \
	}

#define PARAM_WORDS \
	{ \
		"text", PARAM_TEXT, true, REMARK_MAX, \
			"what one says, in Markdown; at most 20,000 " \
			"characters" \
	}

#define PARAM_REQUEST \
	{ \
		"request", PARAM_TEXT, false, REQUEST_MAX, \
			"hexadecimal; repeating it never does it twice" \
	}

#define PARAM_REASON \
	{ \
		"reason", PARAM_TEXT, false, NOTE_MAX, "why" \
	}

#define POSTING_ERRORS \
	"denied rule too-big not-found same busy no-space io unknown corrupt"

#define REMARK_ANSWER \
	"{remark, thread, number, address, blob}: number is null for what " \
	"has none, and while the index is being made; where there was a " \
	"text, unknown: [handle], the first 10 it names (@handle) that are " \
	"nobody who can read here"

#endif
