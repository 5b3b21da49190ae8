/*
 * clock.c - the two clocks of the system.
 */
#include "plein/clock.h"

#include <inttypes.h>
#include <string.h>
#include <time.h>

#include "plein/mem.h"

static struct timespec
read_clock(clockid_t id)
{
	struct timespec ts;

	if (clock_gettime(id, &ts) < 0)
		die("no clock");
	return ts;
}

int64_t
clock_mono_ms(void)
{
	struct timespec ts = read_clock(CLOCK_MONOTONIC);

	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

int64_t
clock_wall(void)
{
	return read_clock(CLOCK_REALTIME).tv_sec;
}

void
clock_iso(struct buf *out, int64_t t)
{
	time_t seconds = (time_t)t;
	struct tm tm;
	long minutes;

	/* A year that does not fit: the bare number, as git writes it. */
	if (localtime_r(&seconds, &tm) == NULL) {
		buf_printf(out, "@%" PRId64, t);
		return;
	}
	minutes = (tm.tm_gmtoff < 0 ? -tm.tm_gmtoff : tm.tm_gmtoff) / 60;
	buf_printf(out, "%04lld-%02d-%02dT%02d:%02d:%02d%c%02ld:%02ld",
		   (long long)tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday,
		   tm.tm_hour, tm.tm_min, tm.tm_sec,
		   tm.tm_gmtoff < 0 ? '-' : '+', minutes / 60, minutes % 60);
}
