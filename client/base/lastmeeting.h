/*
 * lastmeeting.h - "vorige vergadering" as a date: when the newest meeting
 * before today ended, wherever people type a date (base/when.h).
 */
#ifndef PLEIN_LASTMEETING_H
#define PLEIN_LASTMEETING_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

/* What to ask meeting.list. */
json_t *
lastmeeting_params(void);

/* The end of the meeting that it answered; false: there was none. */
bool
lastmeeting_end(const json_t *answer, int64_t *when);

/* The end of a meeting by its members date and ends; false without a day. */
bool
lastmeeting_of(const json_t *meeting, int64_t *when);

#endif
