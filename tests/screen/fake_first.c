/* fake_first.c - see fake_first.h. */
#include "fake_first.h"

#include "fake_scripts.h"
#include "oneshot.h"

void
fake_first(const char *script, enum screen *first, json_t **args)
{
	char page[128], door[16];

	fake_read_scene(script, "at", page, sizeof(page));
	fake_read_scene(script, "door", door, sizeof(door));
	*first = *page ? SCREEN_PAGE : SCREEN_START;
	*args = *page ? json_pack("{s:s}", "address", page) : NULL;
	if (*door)
		(void)oneshot_wants_screen(door, first, args);
}
