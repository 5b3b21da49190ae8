/* linked.c - see linked.h. */
#include "state/linked.h"

#include <stdlib.h>
#include <string.h>

#include "plein/mem.h"
#include "plein/utf8.h"

#define VALUES_MAX 100 /* of one field */

/* Fields whose values are addresses of pages. */
static const char *const linking[] = { "hoort_bij", "gerelateerd", "zie",
				       "vervangt", "vervangen_door" };

void
linked_free(void *item)
{
	struct linked *l = item;

	if (l == NULL)
		return;
	free(l->target);
	free(l->fold);
	free(l);
}

static struct linked *
add(struct vec *out, const char *target)
{
	struct linked *l = mem_alloc(sizeof(*l));

	l->target = mem_strdup(target);
	vec_push(out, l);
	return l;
}

static void
read_fields(struct vec *out, const struct frontmatter *fm)
{
	const char *value;
	size_t i, k;

	for (k = 0; k < sizeof linking / sizeof linking[0]; k++)
		for (i = 0; i < VALUES_MAX; i++) {
			value = frontmatter_item(fm, linking[k], i);
			if (value == NULL)
				break;
			add(out, value)->field = linking[k];
		}
}

static void
read_body(struct vec *out, const struct extract *e)
{
	const struct extract_link *link;
	struct buf fold = BUF_INIT;
	struct linked *l;
	size_t i;

	for (i = 0; i < e->links.len; i++) {
		link = e->links.items[i];
		l = add(out, link->target);
		l->in = link;
		if (!link->loose)
			continue;
		utf8_fold(&fold, link->target, strlen(link->target));
		l->fold = buf_take(&fold);
	}
}

void
linked_read(struct vec *out, const struct frontmatter *fm,
	    const struct extract *e)
{
	if (fm)
		read_fields(out, fm);
	if (e)
		read_body(out, e);
}

const char *
linked_slug(const char *address)
{
	const char *slash = strrchr(address, '/');

	return slash ? slash + 1 : address;
}

void
linked_names_init(struct linked_names *n, const struct page_info *page,
		  bool exists)
{
	*n = (struct linked_names){ .page = page, .fold = BUF_INIT };
	if (!exists)
		return;
	n->slug = linked_slug(page->address);
	utf8_fold(&n->fold, page->title, strlen(page->title));
}

void
linked_names_release(struct linked_names *n)
{
	buf_release(&n->fold);
}

static bool
is_alias(const struct linked_names *n, const char *target)
{
	size_t i;

	for (i = 0; i < n->page->aliases.len; i++)
		if (strcmp(n->page->aliases.items[i], target) == 0)
			return true;
	return false;
}

bool
linked_leads_to(const struct linked *l, const struct linked_names *n)
{
	if (strcmp(l->target, n->page->address) == 0 || is_alias(n, l->target))
		return true;
	return l->fold && n->slug &&
	       (strcmp(l->fold, n->fold.ptr) == 0 ||
		strcmp(l->target, n->slug) == 0);
}
