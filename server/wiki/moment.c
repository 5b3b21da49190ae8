/* moment.c - see moment.h. */
#include "wiki/moment.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plein/mem.h"
#include "plein/path.h"
#include "state/remarks.h"
#include "state/timeline.h"
#include "store/snap.h"
#include "wiki/indexer.h"

int
moment_home(struct desk *d, int64_t seq, const char *address, char **out,
	    struct err *err)
{
	struct index_version *v = NULL;
	int rc = timeline_version(d->index, address, seq, &v, err);

	*out = NULL;
	if (rc == PLEIN_ENOTFOUND)
		rc = timeline_page(d->index, address, seq, out, err);
	if (!rc && !*out)
		*out = mem_strdup(address);
	index_version_free(v);
	return rc;
}

int
moment_home_there(struct desk *d, int64_t seq, const char *address, char **out,
		  struct err *err)
{
	int rc = timeline_page(d->index, address, seq, out, err);

	if (!rc && !*out)
		*out = mem_strdup(address);
	return rc;
}

/* And where its history is kept, free() that. */
static int
find_version(struct desk *d, long when, const char *address, char **home,
	     struct index_version **out, struct err *err)
{
	int64_t seq;
	int rc = timeline_seq_at(d->index, when, &seq, err);

	*home = NULL;
	if (!rc)
		rc = moment_home(d, seq, address, home, err);
	if (!rc)
		rc = timeline_version(d->index, *home, seq, out, err);
	if (rc || !(*out)->gone)
		return rc;
	index_version_free(*out);
	*out = NULL;
	return err_set(err, PLEIN_ENOTFOUND, "the page was gone then");
}

int
moment_version(struct desk *d, long when, const char *address,
	       struct index_version **out, struct err *err)
{
	char *home;
	int rc = find_version(d, when, address, &home, out, err);

	free(home);
	return rc;
}

/* A page as its text said then. */
static int
read_page(struct desk *d, const struct index_due *due, struct index_page **out,
	  struct err *err)
{
	struct index_page *p = mem_alloc(sizeof(*p));
	struct buf text = BUF_INIT;
	struct repo_id blob;
	int rc;

	page_info_init(&p->info);
	(void)snprintf(blob.hex, sizeof(blob.hex), "%s", due->blob);
	rc = snap_blob(d->repo, &blob, &text, err);
	if (!rc)
		page_info_read(&p->info, due->address, text.ptr, text.len);
	buf_release(&text);
	p->n = due->n;
	p->when = due->when;
	p->handle = mem_strdup(due->handle);
	*out = p;
	return rc;
}

/* Is it still what it was? Then the index has it, and *out becomes that. */
static int
take_todays(struct desk *d, const struct index_version *v,
	    struct index_page **out, struct err *err)
{
	struct index_page *p = NULL;
	int rc = index_page(d->index, v->address, &p, err);

	if (rc == PLEIN_ENOTFOUND)
		return 0;
	if (!rc && p->n == v->n)
		*out = p;
	else
		index_page_free(p);
	return rc;
}

/* The page that has that address now: what has the one of then now may be
 * another. */
static int
make_page(struct desk *d, const char *address, const struct index_version *v,
	  struct index_page **out, struct err *err)
{
	const struct index_due due = { .address = v->address,
				       .blob = v->blob,
				       .n = v->n,
				       .when = v->when,
				       .handle = v->handle };
	int rc = 0;

	if (strcmp(v->address, address) == 0)
		rc = take_todays(d, v, out, err);
	return rc || *out ? rc : read_page(d, &due, out, err);
}

static int
make_there(struct desk *d, int64_t seq, const char *address,
	   struct index_page **out, struct err *err)
{
	struct index_due *due = NULL;
	int rc = timeline_there(d->index, address, seq, &due, err);

	if (!rc)
		rc = read_page(d, due, out, err);
	index_due_free(due);
	return rc;
}

int
moment_page(struct desk *d, long when, const char *address,
	    struct index_page **out, struct err *err)
{
	struct index_version *v = NULL;
	char *home = NULL;
	int rc = desk_need_repo(d, err);

	*out = NULL;
	if (!rc)
		rc = find_version(d, when, address, &home, &v, err);
	if (!rc)
		rc = make_page(d, home, v, out, err);
	if (rc) {
		index_page_free(*out);
		*out = NULL;
	}
	index_version_free(v);
	free(home);
	return rc;
}

int
moment_address(struct desk *d, int64_t seq, const char *address,
	       struct buf *out, struct err *err)
{
	struct index_version *v = NULL;
	int rc = timeline_version(d->index, address, seq, &v, err);

	if (!rc || rc == PLEIN_ENOTFOUND)
		buf_str(out, v ? v->address : address);
	index_version_free(v);
	return rc == PLEIN_ENOTFOUND ? 0 : rc;
}

/* Mostly a version of what has the address now. */
static int
add_page(struct desk *d, int64_t seq, const char *address, struct vec *pages,
	 struct err *err)
{
	struct index_version *v = NULL;
	struct index_page *p = NULL;
	int rc = timeline_version(d->index, address, seq, &v, err);

	if (!rc && !v->gone && strcmp(v->address, address) == 0)
		rc = make_page(d, address, v, &p, err);
	else if (!rc || rc == PLEIN_ENOTFOUND)
		rc = make_there(d, seq, address, &p, err);
	index_version_free(v);
	if (p)
		vec_push(pages, p);
	return rc;
}

static int
add_file(struct desk *d, int64_t seq, const struct timeline_file *f,
	 struct vec *pages, struct err *err)
{
	struct buf address = BUF_INIT;
	int rc = 0;

	if (path_kind_of(f->path) == PATH_PAGE) {
		path_to_address(f->path, &address);
		rc = add_page(d, seq, address.ptr, pages, err);
	}
	buf_release(&address);
	return rc == PLEIN_ENOTFOUND ? 0 : rc;
}

static int
compare_pages(const void *x, const void *y)
{
	const struct index_page *a = x, *b = y;

	return strcmp(a->info.address, b->info.address);
}

int
moment_pages(struct desk *d, long when, struct vec *pages, struct err *err)
{
	struct vec files = VEC_INIT;
	int64_t seq = 0;
	size_t i;
	int rc = desk_need_repo(d, err);

	if (!rc)
		rc = timeline_seq_at(d->index, when, &seq, err);
	if (!rc)
		rc = timeline_files(d->index, seq, NULL, &files, err);
	for (i = 0; i < files.len && !rc; i++)
		rc = add_file(d, seq, files.items[i], pages, err);
	vec_release(&files, timeline_file_free);
	vec_sort(pages, compare_pages);
	return rc;
}

/* --- parts of it ----------------------------------------------------------- */

int
moment_text(struct desk *d, int64_t seq, const char *address, struct buf *text,
	    struct err *err)
{
	struct index_due *due = NULL;
	struct repo_id blob;
	int rc = timeline_there(d->index, address, seq, &due, err);

	if (!rc) {
		(void)snprintf(blob.hex, sizeof(blob.hex), "%s", due->blob);
		rc = snap_blob(d->repo, &blob, text, err);
	}
	index_due_free(due);
	return rc;
}

int
moment_changed(struct desk *d, struct moment_span *span, struct vec *out,
	       struct err *err)
{
	struct vec paths = VEC_INIT;
	struct buf address = BUF_INIT;
	size_t i;
	int rc = timeline_changed(d->index, span->after, span->until,
				  span->most + 1, &paths, err);

	span->whole = paths.len <= (size_t)span->most;
	if (!span->whole)
		free(paths.items[--paths.len]);
	for (i = 0; i < paths.len && !rc; i++) {
		if (path_kind_of(paths.items[i]) != PATH_PAGE)
			continue;
		path_to_address(paths.items[i], &address);
		vec_push(out, buf_take(&address));
	}
	buf_release(&address);
	vec_release(&paths, free);
	return rc;
}

/* --- an index of then ------------------------------------------------------ */

int
moment_fill(struct desk *d, struct index *x, int64_t seq, const char *address,
	    struct err *err)
{
	struct index_due *due = NULL;
	int rc = timeline_there(d->index, address, seq, &due, err);

	if (rc)
		return rc == PLEIN_ENOTFOUND ? 0 : rc;
	rc = indexer_fill(x, d->repo, due, err);
	index_due_free(due);
	return rc;
}

static int
fill_folder(struct desk *d, int64_t seq, const char *folder, struct index *x,
	    struct err *err)
{
	struct vec files = VEC_INIT;
	struct buf address = BUF_INIT;
	int rc = timeline_files(d->index, seq, folder, &files, err);

	for (size_t i = 0; i < files.len && !rc; i++) {
		const struct timeline_file *f = files.items[i];

		if (path_kind_of(f->path) != PATH_PAGE)
			continue;
		buf_reset(&address);
		path_to_address(f->path, &address);
		rc = moment_fill(d, x, seq, address.ptr, err);
	}
	buf_release(&address);
	vec_release(&files, timeline_file_free);
	return rc;
}

static int
fill_threads(struct desk *d, int64_t seq, struct index *x, struct err *err)
{
	struct vec threads = VEC_INIT;
	size_t i;
	int rc = threads_as_of(d->index, seq, NULL, &threads, err);

	for (i = 0; i < threads.len && !rc; i++)
		rc = thread_put(x, threads.items[i], err);
	vec_release(&threads, index_thread_free);
	return rc;
}

int
moment_index(struct desk *d, long when, const char *const *folders,
	     struct index **out, struct err *err)
{
	int64_t seq = 0;
	int rc = desk_need_repo(d, err);

	*out = NULL;
	if (!rc)
		rc = timeline_seq_at(d->index, when, &seq, err);
	if (!rc)
		rc = index_create_memory(out, err);
	if (!rc)
		index_forgo_texts(*out);
	if (!rc)
		rc = index_begin(*out, err);
	for (; *folders && !rc; folders++)
		rc = fill_folder(d, seq, *folders, *out, err);
	if (!rc)
		rc = fill_threads(d, seq, *out, err);
	if (!rc)
		rc = index_commit(*out, "", err);
	return rc;
}
