/* lastmeeting.c - see lastmeeting.h. */
#include "base/lastmeeting.h"

#include <time.h>

#include "base/when.h"
#include "plein/clock.h"
#include "plein/daytext.h"

json_t *
lastmeeting_params(void)
{
	time_t now = (time_t)clock_wall();
	char day[DAYTEXT_LEN + 1] = "";
	struct tm tm;

	if (localtime_r(&now, &tm)) {
		tm.tm_mday--;
		tm.tm_hour = 12; /* a day of 23 hours is a day */
		tm.tm_isdst = -1;
		(void)mktime(&tm);
		(void)strftime(day, sizeof(day), "%Y-%m-%d", &tm);
	}
	return json_pack("{s:s, s:i}", "on", day, "limit", 1);
}

bool
lastmeeting_of(const json_t *meeting, int64_t *when)
{
	const char *day = json_string_value(json_object_get(meeting, "date"));
	const char *end = json_string_value(json_object_get(meeting, "ends"));

	return day && when_meeting_end(day, end, when);
}

bool
lastmeeting_end(const json_t *answer, int64_t *when)
{
	return lastmeeting_of(
		json_array_get(json_object_get(answer, "rows"), 0), when);
}
