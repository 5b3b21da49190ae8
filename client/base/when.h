/*
 * when.h - a moment as people type it in a command: 2026-03-12 (its first
 * second) or 2026-03-12T09:30, with seconds if wanted, in the time zone of
 * the wiki. Pure, but for the zone.
 */
#ifndef PLEIN_WHEN_H
#define PLEIN_WHEN_H

#include <stdbool.h>
#include <stdint.h>

/* Seconds since 1970; false when it is no such moment. */
bool
when_parse(const char *s, int64_t *when);

/* The last second of that day, minute or second. */
bool
when_parse_end(const char *s, int64_t *when);

/*
 * A day as people say it, in both languages: 1-2-2026, 1 feb, 1 februari
 * 2026, gisteren, today, and all of the above. Without a year the last one
 * that has been. *begin … *end are its first and last second.
 */
bool
when_read(const char *s, int64_t now, int64_t *begin, int64_t *end);

/* "vorige vergadering", "previous meeting", with a dash for the blank too. */
bool
when_is_last_meeting(const char *s);

/* When a meeting on that day ended; `clock` is "12:00", or NULL for the end of
 * the day. */
bool
when_meeting_end(const char *day, const char *clock, int64_t *when);

#endif
