/* clock.h - two clocks: one for waiting, one for telling the date. */
#ifndef PLEIN_CLOCK_H
#define PLEIN_CLOCK_H

#include <stdint.h>

#include "plein/buf.h"

/* Milliseconds that never jump (CLOCK_MONOTONIC). */
int64_t
clock_mono_ms(void);

/* Seconds since 1970 (CLOCK_REALTIME). */
int64_t
clock_wall(void);

/* ISO 8601 with the offset of TZ: 2026-03-17T10:26:00+01:00, appended. */
void
clock_iso(struct buf *out, int64_t t);

#endif
