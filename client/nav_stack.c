/* nav_stack.c - see nav_stack.h. */
#include "nav_stack.h"

#include <stdlib.h>

struct view *
nav_top(const struct nav *n)
{
	return n->views.items[n->views.len - 1];
}

bool
nav_waits(const struct nav *n)
{
	const struct view *v = nav_top(n);

	return v->ops->waits && v->ops->waits(v) && link_is_up(n->ctx.link);
}

struct view *
nav_base(const struct nav *n)
{
	size_t i = n->views.len - 1;

	for (; i > 0; i--) {
		struct view *v = n->views.items[i];

		if (!v->ops->height)
			break;
	}
	return n->views.items[i];
}

static bool
is_dirty(const struct view *v)
{
	return v->ops->is_dirty && v->ops->is_dirty(v);
}

/* Index of the highest view with text that would be lost, or 0: it gives it
 * to the one below when it is left. */
size_t
nav_find_dirty(const struct nav *n)
{
	size_t i = n->views.len - 1;

	while (i > 0 && !is_dirty(n->views.items[i]))
		i--;
	return i;
}

bool
nav_is_dirty(const struct nav *n)
{
	return nav_find_dirty(n) > 0;
}

void
nav_free_post(void *item)
{
	struct nav_post *p = item;

	request_release(&p->request);
	free(p);
}

static void
drop_posts(struct nav *n, const struct view *from)
{
	for (size_t i = n->posts.len; i-- > 0;) {
		struct nav_post *p = n->posts.items[i];

		if (p->from == from)
			nav_free_post(vec_remove(&n->posts, i));
	}
}

static void
close_view(struct nav *n, size_t i)
{
	struct view *v = vec_remove(&n->views, i);

	drop_posts(n, v);
	v->ops->free(v);
}

void
nav_reload(struct view *v)
{
	v->outdated = false;
	if (v->ops->reload)
		v->ops->reload(v);
}

struct view *
nav_take_top(struct nav *n)
{
	struct view *v, *below;

	if (n->views.len <= 1)
		return NULL;
	v = vec_remove(&n->views, n->views.len - 1);
	drop_posts(n, v);
	below = nav_top(n);
	if (v->ops->height)
		return v;
	if (below->outdated)
		nav_reload(below);
	else if (below->ops->returned)
		below->ops->returned(below);
	return v;
}

void
nav_outdate_start(struct nav *n)
{
	struct view *start = n->views.items[0];

	start->outdated = true;
	if (nav_base(n) == start)
		nav_reload(start);
}

void
nav_close_top(struct nav *n)
{
	struct view *v = nav_take_top(n);

	if (v)
		v->ops->free(v);
}

void
nav_close_below(struct nav *n)
{
	if (n->views.len > 2)
		close_view(n, n->views.len - 2);
}

void
nav_close_above(struct nav *n, size_t i)
{
	while (n->views.len > i + 1)
		nav_close_top(n);
}

void
nav_push(struct nav *n, struct view *v)
{
	if (n->views.len > NAV_STEPS && !is_dirty(n->views.items[1]))
		close_view(n, 1);
	if (!v->ops->height && n->views.len && nav_base(n)->ops->rest)
		nav_base(n)->ops->rest(nav_base(n));
	vec_push(&n->views, v);
}
