/* lastmeeting.c - see lastmeeting.h. */
#include "base/lastmeeting.h"

#include "base/days.h"
#include "base/when.h"

json_t *
lastmeeting_params(void)
{
	char day[DAYTEXT_LEN + 1] = "";

	(void)days_read("yesterday", day); /* it is a day */
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
