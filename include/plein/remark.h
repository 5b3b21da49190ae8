/*
 * remark.h - one remark of a discussion: a file of its own, so that remarks
 * never conflict and travel with a clone. docs/content.md, Discussions.
 *
 *     bespreking/<page address>/<thread>/<stamp>-<handle>-<digest>.md
 *
 *     ---
 *     titel: "Wat vragen we van leveranciers?"
 *     bij: "De uitvoering vraagt een lange adem."
 *     bij_commit: "0a1b…"
 *     ---
 *     Moeten we hier niet ook zeggen wat we verwachten?
 *
 * The thread is the digest of its first remark, which alone has a title.
 * Resolving a thread is a remark too. Pure.
 */
#ifndef PLEIN_REMARK_H
#define PLEIN_REMARK_H

#include <stdint.h>

#include "plein/buf.h"
#include "plein/err.h"

#define REMARK_MAX (80 * 1024) /* bytes of a remark's file */
#define REMARK_CHARS_MAX 20000 /* characters of what it says */
#define REMARK_TITLE_MAX 200 /* bytes */
#define REMARK_QUOTE_MAX 2000 /* bytes of the passage it is about */

enum remark_kind {
	REMARK_SAID,
	REMARK_RESOLVED, /* soort: afgehandeld; what it says is the reason */
	REMARK_REOPENED /* soort: heropend */
};

struct remark {
	enum remark_kind kind;
	char *title; /* titel: of the thread it begins, or NULL */
	char *reply; /* op: the name of the remark it answers, or NULL */
	char *quote; /* bij: a passage of the page, or NULL */
	char *base; /* bij_commit: where the passage was read, or NULL */
	long nth; /* bij_plek: which of those alike it is, from 1 */
	char *withdrawn; /* ingetrokken: why, or NULL: it stands */
	size_t body; /* byte of the file where what it says begins */
};

/* Never fails: what cannot be read is all body. remark_release() it. */
void
remark_read(struct remark *r, const char *text, size_t len);

void
remark_release(struct remark *r);

/* The file, appended: what `r` holds, `body` and a newline. */
void
remark_make(struct buf *out, const struct remark *r, const char *body);

/*
 * May this file be stored? As page_check(), of at most REMARK_MAX, and with
 * REMARK_CHARS_MAX characters to say; with something to say if it is a remark
 * that stands. PLEIN_ETOOBIG, PLEIN_ERULE "remark-empty".
 */
int
remark_check(const char *text, size_t len, struct err *err);

/* "open" or "resolved": what a remark of this kind makes of its thread, or
 * NULL. */
const char *
remark_kind_state(enum remark_kind kind);

/* yyyymmddThhmmssZ, appended. */
void
remark_stamp(struct buf *out, int64_t when);

/*
 * What `text` mentions: @handle, not within a word, appended as char * for
 * free(), each once.
 */
struct vec;
void
remark_mentions(struct vec *out, const char *text);

#endif
