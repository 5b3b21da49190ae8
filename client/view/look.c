/* look.c - see look.h. */
#include "view/look.h"

#include <stdlib.h>
#include <string.h>

#include "plein/mem.h"

void
look_release(struct look *l)
{
	free(l->words);
	l->words = NULL;
}

void
look_set(struct look *l, const char *words)
{
	char *copy = mem_strdup(words);

	l->fresh = !l->words || strcmp(l->words, words) != 0;
	look_release(l);
	l->words = copy;
}

static int
direction_of(enum command cmd)
{
	switch ((int)cmd) {
	case CMD_LOOK:
	case CMD_LOOK_NEXT:
	case CMD_FIND_NEXT:
		return 1;
	case CMD_LOOK_PREVIOUS:
	case CMD_FIND_PREVIOUS:
		return -1;
	default:
		return 0;
	}
}

bool
look_run(struct look *l, enum command cmd, const char *text, int *by,
	 struct request *r)
{
	*by = direction_of(cmd);
	if (!*by)
		return false;
	*r = request_of(REQUEST_NONE);
	l->fresh = false;
	if (cmd == CMD_LOOK || (!text && !l->words)) {
		*r = request_show(SCREEN_SEEK,
				  json_pack("{s:s, s:b}", "sought",
					    l->words ? l->words : "", "only",
					    1));
		*by = 0;
	} else if (text) {
		look_set(l, text);
	}
	return true;
}
