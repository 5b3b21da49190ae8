/* when.c - see when.h. */
#include "base/when.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <time.h>

/* What a letter of these stands for is a digit; all else is itself. */
static const char *const shapes[] = {
	"dddd-dd-dd",
	"dddd-dd-ddTdd:dd",
	"dddd-dd-ddTdd:dd:dd",
};

static bool
has_shape(const char *s, const char *shape)
{
	for (; *shape; s++, shape++)
		if (*shape == 'd' ? !isdigit((unsigned char)*s) : *s != *shape)
			return false;
	return *s == '\0';
}

static bool
has_any_shape(const char *s)
{
	for (size_t i = 0; i < sizeof(shapes) / sizeof(shapes[0]); i++)
		if (has_shape(s, shapes[i]))
			return true;
	return false;
}

/* `n` digits that were looked at before. */
static int
number(const char *s, int n)
{
	int value = 0;

	for (int i = 0; i < n; i++)
		value = 10 * value + (s[i] - '0');
	return value;
}

/* mktime() makes 2 March of 30 February: that was no moment. */
static bool
is_same(const struct tm *a, const struct tm *b)
{
	return a->tm_year == b->tm_year && a->tm_mon == b->tm_mon &&
	       a->tm_mday == b->tm_mday && a->tm_min == b->tm_min &&
	       a->tm_sec == b->tm_sec;
}

/* What the words say; *begin is its first second. */
static bool
read_moment(const char *s, struct tm *tm, int64_t *begin)
{
	size_t len = strlen(s);
	struct tm asked;

	if (!has_any_shape(s))
		return false;
	*tm = (struct tm){ .tm_isdst = -1 };
	tm->tm_year = number(s, 4) - 1900;
	tm->tm_mon = number(s + 5, 2) - 1;
	tm->tm_mday = number(s + 8, 2);
	if (len > 10) {
		tm->tm_hour = number(s + 11, 2);
		tm->tm_min = number(s + 14, 2);
	}
	if (len > 16)
		tm->tm_sec = number(s + 17, 2);
	asked = *tm;
	*begin = (int64_t)mktime(tm);
	return *begin > 0 && asked.tm_hour < 24 && is_same(&asked, tm);
}

bool
when_parse(const char *s, int64_t *when)
{
	struct tm tm;

	return read_moment(s, &tm, when);
}

bool
when_parse_end(const char *s, int64_t *when)
{
	size_t len = strlen(s);
	struct tm tm;

	if (!read_moment(s, &tm, when))
		return false;
	if (len > 16)
		return true;
	if (len > 10)
		*when += 59;
	if (len > 10)
		return true;
	tm.tm_mday++; /* a day of summer time has 23 hours */
	tm.tm_isdst = -1;
	*when = (int64_t)mktime(&tm) - 1;
	return true;
}

/* --- as people say it --- */

/* The whole of a day, `back` days before the one of `now`. */
static void
take_day(int64_t now, int back, int64_t *begin, int64_t *end)
{
	time_t then = (time_t)now;
	struct tm tm;

	if (!localtime_r(&then, &tm))
		return;
	tm = (struct tm){ .tm_year = tm.tm_year,
			  .tm_mon = tm.tm_mon,
			  .tm_mday = tm.tm_mday - back,
			  .tm_isdst = -1 };
	*begin = (int64_t)mktime(&tm);
	tm.tm_mday++;
	tm.tm_isdst = -1;
	*end = (int64_t)mktime(&tm) - 1;
}

static bool
read_word(const char *s, int64_t now, int64_t *begin, int64_t *end)
{
	static const struct {
		const char *word;
		int back;
	} words[] = {
		{ "vandaag", 0 },   { "today", 0 },	  { "gisteren", 1 },
		{ "yesterday", 1 }, { "eergisteren", 2 },
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcasecmp(s, words[i].word) == 0) {
			take_day(now, words[i].back, begin, end);
			return true;
		}
	return false;
}

static const char *
skip_signs(const char *s)
{
	return s + strspn(s, " -/.");
}

/* Digits at *s, at most `most`; -1 when there are none or more. */
static int
take_number(const char **s, int most)
{
	int n = 0;

	while (isdigit((unsigned char)(*s)[n]))
		n++;
	if (!n || n > most)
		return -1;
	*s += n;
	return number(*s - n, n);
}

/* 0–11 by the first three letters, in Dutch or English; -1: it is none. */
static int
take_month(const char **s)
{
	static const char names[] =
		"jan feb mrt apr mei jun jul aug sep okt nov "
		"dec jan feb mar apr may jun jul aug sep "
		"oct nov dec jan feb maa";
	size_t len = 0;

	if (isdigit((unsigned char)**s))
		return take_number(s, 2) - 1;
	while (isalpha((unsigned char)(*s)[len]))
		len++;
	for (size_t i = 0; len >= 3 && i + 3 < sizeof(names); i += 4)
		if (strncasecmp(*s, names + i, 3) == 0) {
			*s += len;
			return (int)(i / 4) % 12;
		}
	return -1;
}

/* The day in a year; false when that year has no such day. */
static bool
take_date(int day, int month, int year, int64_t *begin, int64_t *end)
{
	struct tm tm = {
		.tm_year = year, .tm_mon = month, .tm_mday = day, .tm_isdst = -1
	};
	struct tm asked = tm;

	*begin = (int64_t)mktime(&tm);
	if (*begin <= 0 || !is_same(&asked, &tm))
		return false;
	take_day(*begin, 0, begin, end);
	return true;
}

/* The last year in which that day has been. */
static bool
guess_year(int day, int month, int64_t now, int64_t *begin, int64_t *end)
{
	time_t then = (time_t)now;
	struct tm today;

	if (!localtime_r(&then, &today))
		return false;
	for (int year = today.tm_year; year > today.tm_year - 8; year--)
		if (take_date(day, month, year, begin, end) && *begin <= now)
			return true;
	return false;
}

static bool
read_date(const char *s, int64_t now, int64_t *begin, int64_t *end)
{
	int day = take_number(&s, 2), month, year;

	if (day < 1)
		return false;
	s = skip_signs(s);
	month = take_month(&s);
	s = skip_signs(s);
	if (month < 0 || month > 11)
		return false;
	if (!*s)
		return guess_year(day, month, now, begin, end);
	year = take_number(&s, 4);
	if (year < 0 || *s)
		return false;
	if (year < 100)
		year += 2000;
	return take_date(day, month, year - 1900, begin, end);
}

bool
when_read(const char *s, int64_t now, int64_t *begin, int64_t *end)
{
	s += strspn(s, " ");
	if (when_parse(s, begin) && when_parse_end(s, end))
		return true;
	return read_word(s, now, begin, end) || read_date(s, now, begin, end);
}

bool
when_is_last_meeting(const char *s)
{
	static const char *const words[] = { "vorige vergadering",
					     "vorige-vergadering",
					     "previous meeting",
					     "previous-meeting" };

	s += strspn(s, " ");
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcasecmp(s, words[i]) == 0)
			return true;
	return false;
}

bool
when_meeting_end(const char *day, const char *clock, int64_t *when)
{
	char moment[32];

	if (clock && strlen(day) + strlen(clock) + 2 < sizeof(moment)) {
		(void)snprintf(moment, sizeof(moment), "%sT%s", day, clock);
		if (when_parse_end(moment, when))
			return true;
	}
	return when_parse_end(day, when);
}
