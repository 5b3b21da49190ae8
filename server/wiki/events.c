/* events.c - see events.h. */
#include "wiki/events.h"

#include <stdlib.h>
#include <string.h>

#include "plein/mem.h"

void
events_subscribe(struct events *e, const char *pages)
{
	events_release(e);
	e->on = true;
	if (strcmp(pages, EVENTS_ALL) != 0)
		e->page = mem_strdup(pages);
}

void
events_release(struct events *e)
{
	free(e->page);
	memset(e, 0, sizeof(*e));
}

static bool
is_wanted(const struct events *e, const char *address)
{
	if (!e->on)
		return false;
	return !address || !e->page || strcmp(address, e->page) == 0;
}

bool
events_admit(struct events *e, const char *address, size_t waiting, size_t max)
{
	if (!is_wanted(e, address))
		return false;
	if (waiting >= max)
		e->behind = true;
	return !e->behind;
}

void
events_miss(struct events *e)
{
	e->behind = e->on;
}

bool
events_resync(struct events *e, size_t waiting)
{
	if (!e->behind || waiting > 0)
		return false;
	e->behind = false;
	return true;
}
