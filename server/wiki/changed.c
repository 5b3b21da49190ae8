/* changed.c - see changed.h. */
#include "wiki/changed.h"

#include <stdlib.h>
#include <string.h>

#include "state/marks.h"
#include "state/news.h"
#include "wiki/space.h"

int
changed_seen(struct desk *d, const char *handle, const char *address,
	     long *version, struct err *err)
{
	struct vec names = VEC_INIT;
	long seen;
	size_t i;
	int rc = mark_get(d->state, d->space->name, handle, address, version,
			  err);

	if (!rc)
		rc = news_former(d->index, address, &names, err);
	for (i = 0; i < names.len && !rc; i++) {
		rc = mark_get(d->state, d->space->name, handle, names.items[i],
			      &seen, err);
		if (seen > *version)
			*version = seen;
	}
	vec_release(&names, free);
	return rc;
}

static int
compare_pages(const void *a, const void *b)
{
	const struct news_page *x = a, *y = b;

	return strcmp(x->address, y->address);
}

/* Without those that were seen. */
static int
drop_seen(struct changed *c, struct err *err)
{
	struct news_page *p;
	size_t i, kept = 0;
	long seen = 0;
	int rc = 0;

	for (i = 0; i < c->pages.len; i++) {
		p = c->pages.items[i];
		if (!rc)
			rc = changed_seen(c->desk, c->handle, p->address, &seen,
					  err);
		if (p->n > seen)
			c->pages.items[kept++] = p;
		else
			news_page_free(p);
	}
	c->pages.len = kept;
	vec_sort(&c->pages, compare_pages);
	return rc;
}

int
changed_load(struct changed *c, struct desk *d, const char *handle,
	     int64_t after, const char *pages, struct err *err)
{
	int rc;

	memset(c, 0, sizeof(*c));
	c->desk = d;
	c->handle = handle;
	rc = pages ? news_of_pages(d->index, pages, after, handle, &c->pages,
				   err)
		   : news_pages(d->index, after, handle, &c->pages, err);
	return rc ? rc : drop_seen(c, err);
}

void
changed_release(struct changed *c)
{
	vec_release(&c->pages, news_page_free);
}

bool
changed_has(const struct changed *c, const char *address)
{
	size_t from = 0, to = c->pages.len, at;
	const struct news_page *p;
	int order;

	while (from < to) {
		at = from + (to - from) / 2;
		p = c->pages.items[at];
		order = strcmp(address, p->address);
		if (!order)
			return true;
		if (order < 0)
			to = at;
		else
			from = at + 1;
	}
	return false;
}
