/* former.c - see former.h. */
#include "wiki/former.h"

#include <stdlib.h>
#include <string.h>

#include "plein/clock.h"
#include "plein/mem.h"
#include "plein/page.h"
#include "plein/path.h"
#include "plein/vec.h"
#include "store/snap.h"

#define PATIENCE_MS 2000

struct name {
	char *alias, *address;
};

struct former {
	struct vec
		names; /* struct name *, sorted by alias once all are there */
};

struct reading {
	struct former *f;
	struct repo *repo;
	int64_t deadline;
	struct err *err;
};

static void
name_free(void *item)
{
	struct name *n = item;

	free(n->alias);
	free(n->address);
	free(n);
}

/* The first page in address order has it, as in the index. */
static int
compare_names(const void *x, const void *y)
{
	const struct name *a = x, *b = y;
	int order = strcmp(a->alias, b->alias);

	return order ? order : strcmp(a->address, b->address);
}

static void
add_names(struct former *f, const struct page_info *info)
{
	struct name *n;
	size_t i;

	for (i = 0; i < info->aliases.len; i++) {
		n = mem_alloc(sizeof(*n));
		n->alias = mem_strdup(info->aliases.items[i]);
		n->address = mem_strdup(info->address);
		vec_push(&f->names, n);
	}
}

static int
read_file(void *ctx, const char *path, const struct repo_id *blob)
{
	struct reading *g = ctx;
	struct buf address = BUF_INIT, text = BUF_INIT;
	struct page_info info;
	int rc;

	if (path_kind_of(path) != PATH_PAGE)
		return 0;
	if (clock_mono_ms() > g->deadline)
		return err_set(
			g->err, PLEIN_EBUSY,
			"the index is being made, and there are too many "
			"pages to look for former addresses");
	rc = snap_blob(g->repo, blob, &text, g->err);
	if (!rc) {
		path_to_address(path, &address);
		page_info_init(&info);
		page_info_read(&info, address.ptr, text.ptr, text.len);
		add_names(g->f, &info);
		page_info_release(&info);
	}
	buf_release(&address);
	buf_release(&text);
	return rc;
}

int
former_read(struct former **out, struct repo *r, const struct repo_id *commit,
	    struct err *err)
{
	struct former *f = mem_alloc(sizeof(*f));
	struct reading g = { f, r, clock_mono_ms() + PATIENCE_MS, err };
	int rc = snap_walk(r, commit, read_file, &g, err);

	vec_sort(&f->names, compare_names);
	if (rc) {
		former_free(f);
		f = NULL;
	}
	*out = f;
	return rc;
}

void
former_free(struct former *f)
{
	if (!f)
		return;
	vec_release(&f->names, name_free);
	free(f);
}

const char *
former_find(const struct former *f, const char *address)
{
	const struct name *n;
	size_t low = 0, high = f->names.len, middle;

	while (low < high) {
		middle = low + (high - low) / 2;
		n = f->names.items[middle];
		if (strcmp(n->alias, address) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	n = low < f->names.len ? f->names.items[low] : NULL;
	return n && strcmp(n->alias, address) == 0 ? n->address : NULL;
}
