/*
 * days.h - days as the wiki tells them, 2026-06-01, in people's words. A day
 * that is none stays as it is.
 */
#ifndef PLEIN_DAYS_H
#define PLEIN_DAYS_H

#include <stdbool.h>
#include <stdint.h>

#include "plein/buf.h"
#include "plein/daytext.h"

/* "1 juni 2026", appended; nothing for NULL. */
void
days_say(struct buf *out, const char *day);

/* "1 jun 2026" */
void
days_short(struct buf *out, const char *day);

/* The day of this moment, in seconds since 1970, where the reader is. */
bool
days_at(int64_t when, char out[DAYTEXT_LEN + 1]);

/* A day as people type it (base/when.h); false: it is none. */
bool
days_read(const char *typed, char out[DAYTEXT_LEN + 1]);

#endif
