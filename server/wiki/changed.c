/* changed.c - see changed.h. */
#include "wiki/changed.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "plein/jsontext.h"
#include "plein/mem.h"
#include "state/marks.h"
#include "state/news.h"
#include "wiki/space.h"

/* --- what was read --------------------------------------------------------- */

static int
compare_marks(const void *a, const void *b)
{
	return strcmp(((const struct mark *)a)->address,
		      ((const struct mark *)b)->address);
}

/* The first of the page, or one behind it. */
static size_t
seek_mark(const struct vec *marks, const char *address)
{
	size_t from = 0, to = marks->len, at;

	while (from < to) {
		at = from + (to - from) / 2;
		if (strcmp(((struct mark *)marks->items[at])->address,
			   address) < 0)
			from = at + 1;
		else
			to = at;
	}
	return from;
}

long
seen_version(const struct seen *s, const char *address)
{
	const struct mark *m;
	long newest = 0;
	size_t i;

	for (i = seek_mark(&s->marks, address); i < s->marks.len; i++) {
		m = s->marks.items[i];
		if (strcmp(m->address, address) != 0)
			break;
		if (m->version > newest)
			newest = m->version;
	}
	return newest;
}

static void
add_name(json_t *names, const char *name)
{
	(void)json_array_append_new(names, json_string(name));
}

/* Of each page all addresses it has and had. */
static int
find_marks(struct seen *s, struct desk *d, const char *handle, json_t *names,
	   const struct vec *formers, struct err *err)
{
	const struct news_name *n;
	char *text;
	size_t i;
	int rc;

	for (i = 0; i < formers->len; i++) {
		n = formers->items[i];
		add_name(names, n->former);
	}
	text = jsontext_dump(names);
	rc = marks_among(d->state, d->space->name, handle, text, &s->marks,
			 err);
	free(text);
	vec_sort(&s->marks, compare_marks);
	return rc;
}

/* What was read at a former address was read of the page. */
static void
carry_over(struct seen *s, const struct vec *formers)
{
	struct seen all = { VEC_INIT };
	const struct news_name *n;
	struct mark *m;
	size_t i;
	long version;

	for (i = 0; i < formers->len; i++) {
		n = formers->items[i];
		version = seen_version(s, n->former);
		if (!version)
			continue;
		m = mem_alloc(sizeof(*m));
		*m = (struct mark){ mem_strdup(n->page), version };
		vec_push(&all.marks, m);
	}
	for (i = 0; i < all.marks.len; i++)
		vec_push(&s->marks, all.marks.items[i]);
	vec_release(&all.marks, NULL);
	vec_sort(&s->marks, compare_marks);
}

int
seen_load(struct seen *s, struct desk *d, const char *handle,
	  const struct vec *pages, struct err *err)
{
	struct vec formers = VEC_INIT;
	json_t *names = json_array();
	char *text;
	size_t i;
	int rc;

	memset(s, 0, sizeof(*s));
	for (i = 0; i < pages->len; i++)
		add_name(names, ((struct news_page *)pages->items[i])->address);
	text = jsontext_dump(names);
	rc = news_formers(d->index, text, &formers, err);
	if (!rc)
		rc = find_marks(s, d, handle, names, &formers, err);
	if (!rc)
		carry_over(s, &formers);
	free(text);
	json_decref(names);
	vec_release(&formers, news_name_free);
	return rc;
}

void
seen_release(struct seen *s)
{
	vec_release(&s->marks, mark_free);
}

/* --- what was not ---------------------------------------------------------- */

static int
compare_pages(const void *a, const void *b)
{
	const struct news_page *x = a, *y = b;

	return strcmp(x->address, y->address);
}

static void
drop_seen(struct changed *c, const struct seen *seen)
{
	struct news_page *p;
	size_t i, kept = 0;

	for (i = 0; i < c->pages.len; i++) {
		p = c->pages.items[i];
		if (p->n > seen_version(seen, p->address))
			c->pages.items[kept++] = p;
		else
			news_page_free(p);
	}
	c->pages.len = kept;
	vec_sort(&c->pages, compare_pages);
}

int
changed_load(struct changed *c, struct desk *d, const char *handle,
	     int64_t after, const char *pages, struct err *err)
{
	const struct news_part all = { after, handle, NULL, NEWS_ALL };
	struct seen seen = { VEC_INIT };
	int rc;

	memset(c, 0, sizeof(*c));
	rc = pages ? news_of_pages(d->index, pages, after, handle, &c->pages,
				   err)
		   : news_pages(d->index, &all, &c->pages, err);
	if (!rc)
		rc = seen_load(&seen, d, handle, &c->pages, err);
	if (!rc)
		drop_seen(c, &seen);
	seen_release(&seen);
	return rc;
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
