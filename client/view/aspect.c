/* aspect.c - see aspect.h. */
#include "view/aspect.h"

#include <string.h>

static const struct aspect {
	const char *folder;
	enum screen screen;
	bool first;
} aspects[] = {
	{ "vraagstukken/", SCREEN_VIEWPOINTS, false },
	{ "besluiten/", SCREEN_DECISION, true },
	{ "vergaderingen/", SCREEN_MEETING, true },
	{ "themas/", SCREEN_PROGRESS, false },
};

static const struct aspect *
find(const char *address)
{
	for (size_t i = 0; i < sizeof(aspects) / sizeof(aspects[0]); i++)
		if (strncmp(address, aspects[i].folder,
			    strlen(aspects[i].folder)) == 0)
			return &aspects[i];
	return NULL;
}

enum screen
aspect_of(const char *address)
{
	const struct aspect *a = find(address);

	return a ? a->screen : SCREEN_N;
}

enum screen
aspect_first(const char *address)
{
	const struct aspect *a = find(address);

	return a && a->first ? a->screen : SCREEN_PAGE;
}

struct request
aspect_open(const char *address)
{
	return request_show(aspect_first(address),
			    json_pack("{s:s}", "address", address));
}
