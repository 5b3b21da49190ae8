/* when.c - see when.h. */
#include "base/when.h"

#include <ctype.h>
#include <string.h>
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
