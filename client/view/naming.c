/* naming.c - see naming.h. */
#include "view/naming.h"

#include "view/view.h"

static const char *
find_title(void *ctx, const char *name)
{
	const char *address;

	return titles_index_find(ctx, name, &address);
}

void
naming_init(struct naming *n, const struct context *c, const char *from)
{
	titles_index_init(&n->titles, c->titles);
	n->wiki = (struct layout_wiki){ from, c->titles ? find_title : NULL,
					&n->titles };
}

void
naming_release(struct naming *n)
{
	titles_index_release(&n->titles);
}
