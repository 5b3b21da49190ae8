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

bool
when_parse(const char *s, int64_t *when)
{
	struct tm tm = { .tm_isdst = -1 }, asked;
	size_t len = strlen(s);

	if (!has_any_shape(s))
		return false;
	tm.tm_year = number(s, 4) - 1900;
	tm.tm_mon = number(s + 5, 2) - 1;
	tm.tm_mday = number(s + 8, 2);
	if (len > 10) {
		tm.tm_hour = number(s + 11, 2);
		tm.tm_min = number(s + 14, 2);
	}
	if (len > 16)
		tm.tm_sec = number(s + 17, 2);
	asked = tm;
	*when = (int64_t)mktime(&tm);
	return *when > 0 && asked.tm_hour < 24 && is_same(&asked, &tm);
}
