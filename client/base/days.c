/* days.c - see days.h. */
#include "base/days.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/sentence.h"
#include "base/when.h"
#include "plein/clock.h"

/* Noon is in every day. */
static bool
read_day(const char *day, int64_t *when)
{
	char moment[32];

	(void)snprintf(moment, sizeof(moment), "%.10sT12:00", day);
	return strlen(day) == 10 && when_parse(moment, when);
}

void
days_say(struct buf *out, const char *day)
{
	int64_t when;

	if (day && read_day(day, &when))
		sentence_year(out, when);
	else if (day)
		buf_str(out, day);
}

void
days_short(struct buf *out, const char *day)
{
	struct buf date = BUF_INIT;
	int64_t when;

	if (!day)
		return;
	if (!read_day(day, &when)) {
		buf_str(out, day);
		return;
	}
	sentence_date(&date, when);
	buf_str(out, date.ptr);
	if (!strstr(date.ptr, " 20") && !strstr(date.ptr, " 19"))
		buf_printf(out, " %.4s", day);
	buf_release(&date);
}

bool
days_at(int64_t when, char out[DAYTEXT_LEN + 1])
{
	time_t t = (time_t)when;
	struct tm tm;

	out[0] = '\0';
	return localtime_r(&t, &tm) &&
	       strftime(out, DAYTEXT_LEN + 1, "%Y-%m-%d", &tm) > 0;
}

bool
days_read(const char *typed, char out[DAYTEXT_LEN + 1])
{
	int64_t begin, end;

	return when_read(typed, clock_wall(), &begin, &end) &&
	       days_at(begin, out);
}
