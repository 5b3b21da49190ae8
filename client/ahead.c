/* ahead.c - see ahead.h. */
#include "ahead.h"

#include <string.h>

static void
free_view(void *item)
{
	struct view *v = item;

	v->ops->free(v);
}

void
ahead_keep(struct vec *ahead, struct view *v_take)
{
	if (v_take->ops->place != PLACE_PAGE) {
		free_view(v_take);
		return;
	}
	if (v_take->ops->rest)
		v_take->ops->rest(v_take);
	if (ahead->len == AHEAD_MAX)
		free_view(vec_remove(ahead, 0));
	vec_push(ahead, v_take);
}

struct view *
ahead_take(struct vec *ahead)
{
	return ahead->len ? vec_remove(ahead, ahead->len - 1) : NULL;
}

void
ahead_forget(struct vec *ahead)
{
	vec_release(ahead, free_view);
	memset(ahead, 0, sizeof(*ahead));
}
