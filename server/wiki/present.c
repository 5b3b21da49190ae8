/* present.c - see present.h. */
#include "wiki/present.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plein/mem.h"
#include "plein/path.h"
#include "plein/utf8.h"
#include "store/snap.h"

/* One page as it was read last. */
struct known {
	char *path;
	struct repo_id blob;
	struct page_info info;
	bool kept; /* it is in the next list too */
};

struct present {
	struct vec known; /* struct known *, by path */
	long n_read; /* texts, ever */
};

struct gathering {
	struct desk *desk;
	const struct vec *old; /* by path */
	struct vec now;
	struct err *err;
};

static void
free_known(void *item)
{
	struct known *k = item;

	free(k->path);
	page_info_release(&k->info);
	free(k);
}

void
present_free(struct present *p)
{
	if (!p)
		return;
	vec_release(&p->known, free_known);
	free(p);
}

long
present_n_read(const struct present *p)
{
	return p ? p->n_read : 0;
}

static int
compare_known(const void *x, const void *y)
{
	const struct known *a = x, *b = y;

	return strcmp(a->path, b->path);
}

/* What is known of this very text at this path, or NULL. */
static struct known *
find_known(const struct vec *old, const char *path, const struct repo_id *blob)
{
	size_t from = 0, to = old->len, at;
	struct known *k;
	int order;

	while (from < to) {
		at = from + (to - from) / 2;
		k = old->items[at];
		order = strcmp(path, k->path);
		if (order == 0)
			return strcmp(k->blob.hex, blob->hex) == 0 ? k : NULL;
		if (order < 0)
			to = at;
		else
			from = at + 1;
	}
	return NULL;
}

static int
read_known(struct gathering *g, const char *path, const struct repo_id *blob)
{
	struct buf address = BUF_INIT, text = BUF_INIT;
	struct known *k;
	int rc = snap_blob(g->desk->repo, blob, &text, g->err);

	if (!rc) {
		k = mem_alloc(sizeof(*k));
		k->path = mem_strdup(path);
		k->blob = *blob;
		path_to_address(path, &address);
		page_info_init(&k->info);
		page_info_read(&k->info, address.ptr, text.ptr, text.len);
		vec_push(&g->now, k);
		g->desk->present->n_read++;
	}
	buf_release(&address);
	buf_release(&text);
	return rc;
}

static int
add_page(void *ctx, const char *path, const struct repo_id *blob)
{
	struct gathering *g = ctx;
	struct known *k;

	if (path_kind_of(path) != PATH_PAGE)
		return 0;
	k = find_known(g->old, path, blob);
	if (!k)
		return read_known(g, path, blob);
	k->kept = true;
	vec_push(&g->now, k);
	return 0;
}

/* The new list takes the place of the old one, also when it is cut short. */
static void
replace_known(struct present *p, struct vec *now)
{
	struct known *k;
	size_t i;

	for (i = 0; i < p->known.len; i++) {
		k = p->known.items[i];
		if (!k->kept)
			free_known(k);
	}
	vec_release(&p->known, NULL);
	p->known = *now;
	for (i = 0; i < p->known.len; i++)
		((struct known *)p->known.items[i])->kept = false;
	vec_sort(&p->known, compare_known);
}

/* Texts that did not change since the last time are not read again. */
static int
gather(struct desk *d, const struct repo_id *tip, struct err *err)
{
	struct gathering g = { .desk = d, .err = err };
	int rc;

	if (!d->present)
		d->present = mem_alloc(sizeof(*d->present));
	g.old = &d->present->known;
	rc = snap_walk(d->repo, tip, add_page, &g, err);
	replace_known(d->present, &g.now);
	return rc;
}

static int
compare_pages(const void *x, const void *y)
{
	const struct index_page *a = x, *b = y;

	return strcmp(a->info.address, b->info.address);
}

static void
copy_pages(const struct present *from, struct vec *pages)
{
	struct index_page *p;
	size_t i;

	for (i = 0; i < from->known.len; i++) {
		const struct known *k = from->known.items[i];

		p = mem_alloc(sizeof(*p));
		page_info_init(&p->info);
		page_info_copy(&p->info, &k->info);
		vec_push(pages, p);
	}
	vec_sort(pages, compare_pages);
}

int
present_pages(struct desk *d, struct vec *pages, struct err *err)
{
	struct repo_id tip = { "" };
	int rc = desk_need_repo(d, err);

	if (!rc)
		rc = repo_ref_read(d->repo, &tip, err);
	if (rc || !tip.hex[0])
		return rc;
	rc = gather(d, &tip, err);
	if (!rc)
		copy_pages(d->present, pages);
	return rc;
}

static struct index_version *
make_version(const char *address, const struct repo_id *commit,
	     const struct repo_id *blob)
{
	struct index_version *v = mem_alloc(sizeof(*v));

	v->address = mem_strdup(address);
	v->commit = mem_strdup(commit->hex);
	v->blob = mem_strdup(blob->hex);
	v->author = mem_strdup("");
	v->handle = mem_strdup("");
	v->note = mem_strdup("");
	return v;
}

int
present_version(struct desk *d, const char *address, const char *path,
		const char *commit, struct index_version **out, struct err *err)
{
	struct repo_id at = { "" }, blob;
	struct buf text = BUF_INIT;
	int rc = desk_need_repo(d, err);

	*out = NULL;
	if (!rc && commit && commit[0])
		(void)snprintf(at.hex, sizeof(at.hex), "%s", commit);
	else if (!rc)
		rc = repo_ref_read(d->repo, &at, err);
	if (!rc)
		rc = snap_read(d->repo, &at, path, &text, &blob, err);
	if (!rc)
		*out = make_version(address, &at, &blob);
	buf_release(&text);
	return rc;
}

static bool
goes_by(const struct page_info *info, const char *name, bool *moved)
{
	size_t i;

	*moved = false;
	if (strcmp(info->address, name) == 0)
		return true;
	*moved = true;
	for (i = 0; i < info->aliases.len; i++)
		if (strcmp(info->aliases.items[i], name) == 0)
			return true;
	return false;
}

static bool
is_titled(const struct page_info *info, const struct buf *fold)
{
	struct buf own = BUF_INIT;
	bool same;

	utf8_fold(&own, info->title, strlen(info->title));
	same = strcmp(own.ptr, fold->ptr) == 0;
	buf_release(&own);
	return same;
}

/* An address first, then a former one, then a title only one page has. */
static int
choose_page(const struct vec *pages, const char *name,
	    const struct page_info **found, bool *moved)
{
	struct buf fold = BUF_INIT;
	const struct page_info *titled = NULL, *former = NULL;
	size_t i, n_titled = 0;

	*found = NULL;
	utf8_fold(&fold, name, strlen(name));
	for (i = 0; i < pages->len && !*found; i++) {
		const struct index_page *p = pages->items[i];

		if (goes_by(&p->info, name, moved)) {
			if (!*moved)
				*found = &p->info;
			else if (!former)
				former = &p->info;
		} else if (is_titled(&p->info, &fold)) {
			titled = &p->info;
			n_titled++;
		}
	}
	buf_release(&fold);
	*moved = !*found && former;
	if (!*found)
		*found = former ? former : titled;
	if (*found == titled && n_titled > 1)
		return PLEIN_EUSAGE;
	return *found ? 0 : PLEIN_ENOTFOUND;
}

int
present_resolve(struct desk *d, const char *name, char **address, bool *moved,
		struct err *err)
{
	const struct page_info *found = NULL;
	struct vec pages = VEC_INIT;
	int rc = present_pages(d, &pages, err);

	*address = NULL;
	*moved = false;
	if (!rc) {
		rc = choose_page(&pages, name, &found, moved);
		if (rc)
			(void)err_set(err, rc,
				      rc == PLEIN_EUSAGE
					      ? "several pages have this title"
					      : "no such page");
		else
			*address = mem_strdup(found->address);
	}
	vec_release(&pages, index_page_free);
	return rc;
}
