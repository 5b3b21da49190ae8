/* idle.c - see idle.h. */
#include "idle.h"

#include <stdlib.h>

#define MINUTE_MS 60000

int64_t
idle_setting(void)
{
	const char *minutes = getenv(CLIENT_IDLE_ENV);

	return minutes ? strtol(minutes, NULL, 10) * MINUTE_MS : 0;
}

void
idle_init(struct idle *i, int64_t after, int64_t now)
{
	i->after = after;
	i->since = now;
	i->warned = false;
}

void
idle_touch(struct idle *i, int64_t now)
{
	i->since = now;
	i->warned = false;
}

/* Of a short time half. */
static int64_t
warn_before(const struct idle *i)
{
	return i->after / 2 < IDLE_WARN_MS ? i->after / 2 : IDLE_WARN_MS;
}

int64_t
idle_due(const struct idle *i)
{
	if (i->after == 0)
		return 0;
	return i->since + i->after - (i->warned ? 0 : warn_before(i));
}

enum idle_step
idle_look(struct idle *i, int64_t now)
{
	if (i->after == 0 || now < idle_due(i))
		return IDLE_NOTHING;
	if (i->warned)
		return IDLE_END;
	i->warned = true;
	return IDLE_WARN;
}

int
idle_minutes(const struct idle *i)
{
	int64_t n = (warn_before(i) + MINUTE_MS - 1) / MINUTE_MS;

	return n < 1 ? 1 : (int)n;
}
