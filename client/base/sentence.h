/*
 * sentence.h - what the wiki answers, as a sentence for people in their
 * language, and as the exit code of a command.
 */
#ifndef PLEIN_SENTENCE_H
#define PLEIN_SENTENCE_H

#include <jansson.h>
#include <stdbool.h>

#include "plein/buf.h"

/*
 * `code` is a PLEIN_E…, `detail` the English line that came with it (may be
 * NULL), `args` the error's arguments (may be NULL). Appended.
 */
void
sentence_error(struct buf *out, int code, const char *detail,
	       const json_t *args);

/*
 * What somebody who is no member is told instead of whom to ask, or NULL;
 * `role` is theirs, `applies` whether they can apply for a profile here.
 */
const char *
sentence_denied(const char *role, bool applies);

/* A save that was refused as a conflict, where the text stays on screen. */
void
sentence_conflict(struct buf *out, const json_t *args);

/* The result of a save: which version, and whose changes it holds too. */
void
sentence_saved(struct buf *out, const json_t *result);

/* 0–8, as SCREENS and the manual have them. */
int
sentence_exit(int code);

/* "17 maart", with the year when it is not this one; seconds since 1970. */
void
sentence_day(struct buf *out, json_int_t when);

/* With its year always. */
void
sentence_year(struct buf *out, json_int_t when);

/* "vandaag", "gisteren", "12 maart". */
void
sentence_recently(struct buf *out, json_int_t when);

/* "vandaag 10:41", "gisteren 16:40", "12 maart 09:30". */
void
sentence_moment(struct buf *out, json_int_t when);

/* The same, but "10:41" for a moment of today. */
void
sentence_clock(struct buf *out, json_int_t when);

/* Where a stretch begins: "12 maart" with that day, else the moment. */
void
sentence_since(struct buf *out, json_int_t when);

/* Where it ends: "12 maart" with that day, else the moment. */
void
sentence_until(struct buf *out, json_int_t when);

/* Is it the last minute of a day, so that the day ends there? */
bool
sentence_ends_day(json_int_t when);

/* " at 23:59". */
void
sentence_time(struct buf *out, json_int_t when);

/* "Sunday 1 February 2026 at 23:59". */
void
sentence_then(struct buf *out, json_int_t when);

/* For a column, at most 12 wide: "17 mrt 10:26", in other years "17 mrt
 * 2025". */
void
sentence_short(struct buf *out, json_int_t when);

/* Without the time: "17 mrt", in other years "17 mrt 2025". */
void
sentence_date(struct buf *out, json_int_t when);

/* "SHA256:Zk3vQ8x...9fQ": enough of a fingerprint to know it by, the first
 * `begin` letters and the last three. */
void
sentence_key(struct buf *out, const char *fingerprint, size_t begin);

/* "bijdrager". */
const char *
sentence_role(const char *role);

/* Words of the fields in people's language: "thema", "ter bespreking"; a
 * value we do not know stays as it is. */
const char *
sentence_kind(const char *kind);

const char *
sentence_status(const char *status);

/* How far a municipality is, in people's language. */
const char *
sentence_stage(const char *stage);

#endif
