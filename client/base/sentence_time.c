/* sentence_time.c - days and moments in people's language; see sentence.h. */
#include "base/sentence.h"

#include <time.h>

#include "plein/clock.h"
#include "plein/i18n.h"

/* When it was and when it is now; false when a year does not fit. */
static bool
split_day(json_int_t when, struct tm *day, struct tm *today)
{
	time_t then = (time_t)when, now = (time_t)clock_wall();

	return localtime_r(&then, day) && localtime_r(&now, today);
}

static void
put_day(struct buf *out, json_int_t when, bool year)
{
	static const char *const months[] = {
		N_("January"),	 N_("February"), N_("March"),	 N_("April"),
		N_("May"),	 N_("June"),	 N_("July"),	 N_("August"),
		N_("September"), N_("October"),	 N_("November"), N_("December"),
	};
	time_t then = (time_t)when, now = (time_t)clock_wall();
	struct tm day, today;

	if (!localtime_r(&then, &day) || !localtime_r(&now, &today))
		return;
	/* Translators: day and month, as "17 March". */
	buf_printf(out, _("%d %s"), day.tm_mday,
		   gettext(months[day.tm_mon % 12]));
	if (year || day.tm_year != today.tm_year)
		buf_printf(out, " %d", day.tm_year + 1900);
}

void
sentence_day(struct buf *out, json_int_t when)
{
	put_day(out, when, false);
}

void
sentence_year(struct buf *out, json_int_t when)
{
	put_day(out, when, true);
}

/* Is it the day that was `back` days ago? Noon is in every day. */
static bool
is_day(const struct tm *day, int back)
{
	time_t now = (time_t)clock_wall();
	struct tm then;

	if (!localtime_r(&now, &then))
		return false;
	then.tm_mday -= back;
	then.tm_hour = 12;
	then.tm_isdst = -1;
	(void)mktime(&then); /* puts the day in its month */
	return day->tm_year == then.tm_year && day->tm_yday == then.tm_yday;
}

void
sentence_recently(struct buf *out, json_int_t when)
{
	time_t then = (time_t)when;
	struct tm tm;

	if (!localtime_r(&then, &tm))
		return;
	if (is_day(&tm, 0))
		buf_str(out, _("today"));
	else if (is_day(&tm, 1))
		buf_str(out, _("yesterday"));
	else
		sentence_day(out, when);
}

static void
add_moment(struct buf *out, json_int_t when, bool name_today)
{
	time_t then = (time_t)when;
	struct tm tm;

	if (!localtime_r(&then, &tm))
		return;
	if (name_today || !is_day(&tm, 0)) {
		sentence_recently(out, when);
		buf_char(out, ' ');
	}
	buf_printf(out, "%02d:%02d", tm.tm_hour, tm.tm_min);
}

void
sentence_moment(struct buf *out, json_int_t when)
{
	add_moment(out, when, true);
}

static bool
is_time(json_int_t when, int hour, int minute)
{
	time_t then = (time_t)when;
	struct tm tm;

	return localtime_r(&then, &tm) && tm.tm_hour == hour &&
	       tm.tm_min == minute;
}

bool
sentence_ends_day(json_int_t when)
{
	return is_time(when, 23, 59);
}

void
sentence_since(struct buf *out, json_int_t when)
{
	if (is_time(when, 0, 0))
		sentence_day(out, when);
	else
		sentence_moment(out, when);
}

void
sentence_until(struct buf *out, json_int_t when)
{
	if (sentence_ends_day(when))
		sentence_day(out, when);
	else
		sentence_moment(out, when);
}

void
sentence_clock(struct buf *out, json_int_t when)
{
	add_moment(out, when, false);
}

void
sentence_time(struct buf *out, json_int_t when)
{
	time_t then = (time_t)when;
	struct tm tm;

	if (localtime_r(&then, &tm))
		buf_printf(out, _(" at %02d:%02d"), tm.tm_hour, tm.tm_min);
}

void
sentence_then(struct buf *out, json_int_t when)
{
	static const char *const days[] = {
		N_("Sunday"),	N_("Monday"), N_("Tuesday"),  N_("Wednesday"),
		N_("Thursday"), N_("Friday"), N_("Saturday"),
	};
	time_t then = (time_t)when;
	struct tm tm;

	if (!localtime_r(&then, &tm))
		return;
	buf_printf(out, "%s ", gettext(days[tm.tm_wday % 7]));
	put_day(out, when, true);
	sentence_time(out, when);
}

void
sentence_date(struct buf *out, json_int_t when)
{
	static const char *const months[] = {
		N_("Jan"), N_("Feb"), N_("Mar"), N_("Apr"),
		N_("May"), N_("Jun"), N_("Jul"), N_("Aug"),
		N_("Sep"), N_("Oct"), N_("Nov"), N_("Dec"),
	};
	struct tm day, today;

	if (!split_day(when, &day, &today))
		return;
	/* Translators: day and month, as "17 Mar". */
	buf_printf(out, _("%d %s"), day.tm_mday,
		   gettext(months[day.tm_mon % 12]));
	if (day.tm_year != today.tm_year)
		buf_printf(out, " %d", day.tm_year + 1900);
}

void
sentence_short(struct buf *out, json_int_t when)
{
	struct tm day, today;

	sentence_date(out, when);
	if (split_day(when, &day, &today) && day.tm_year == today.tm_year)
		buf_printf(out, " %02d:%02d", day.tm_hour, day.tm_min);
}
