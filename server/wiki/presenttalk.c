/* presenttalk.c - see presenttalk.h. */
#include "wiki/presenttalk.h"

#include <string.h>

#include "plein/buf.h"
#include "plein/clock.h"
#include "plein/mem.h"
#include "plein/path.h"
#include "store/snap.h"
#include "wiki/arrival.h"
#include "wiki/discussion.h"

#define TOP "bespreking"
#define WHOLE 1 /* ends a walk: the thread was read */

struct gathering {
	struct desk *desk;
	const char *page, *code; /* one of them is NULL: any */
	int64_t deadline;
	size_t n, most; /* remarks; 0: as many as there are */
	size_t bytes;
	struct vec thread; /* struct index_remark *: of the one being read */
	struct vec *out;
	struct err *err;
};

int
presenttalk_read(struct repo *repo, const char *path,
		 const struct repo_id *blob, struct index_remark **out,
		 struct err *err)
{
	struct buf text = BUF_INIT;
	struct index_remark *r;
	struct path_remark at;
	int rc = snap_blob(repo, blob, &text, err);

	*out = NULL;
	if (!rc) {
		path_remark_read(&at, path);
		r = mem_alloc(sizeof(*r));
		r->name = mem_strdup(at.name);
		r->page = mem_strdup(at.page);
		r->thread = mem_strdup(at.thread);
		r->handle = mem_strdup(at.handle);
		r->when = at.when;
		r->blob = mem_strdup(blob->hex);
		r->changer = mem_strdup("");
		remark_read(&r->is, text.ptr, text.len);
		r->body = mem_strndup(text.ptr + r->is.body,
				      text.len - r->is.body);
		*out = r;
	}
	buf_release(&text);
	return rc;
}

static void
end_thread(struct gathering *g)
{
	size_t i;

	arrival_order(&g->thread);
	for (i = 0; i < g->thread.len; i++)
		vec_push(g->out, g->thread.items[i]);
	vec_release(&g->thread, NULL);
}

static int
check_bounds(struct gathering *g)
{
	if ((!g->most || g->n <= g->most) && g->bytes <= PRESENTTALK_BYTES &&
	    clock_mono_ms() <= g->deadline)
		return 0;
	return err_set(g->err, PLEIN_EBUSY,
		       "the index is being made, and there is too much to look "
		       "through without it");
}

static int
take_remark(struct gathering *g, const char *path, const struct repo_id *blob)
{
	struct index_remark *r;
	int rc = presenttalk_read(g->desk->repo, path, blob, &r, g->err);

	if (rc)
		return rc;
	g->bytes += strlen(r->body);
	vec_push(&g->thread, r);
	return 0;
}

/* Those of one thread lie together. */
static int
add_file(void *ctx, const char *path, const struct repo_id *blob)
{
	struct gathering *g = ctx;
	const struct index_remark *last;
	struct path_remark at;
	int rc = 0;

	if (path_kind_of(path) != PATH_REMARK)
		return 0;
	path_remark_read(&at, path);
	last = g->thread.len ? g->thread.items[0] : NULL;
	if (last && strcmp(last->thread, at.thread) != 0) {
		if (g->code)
			return WHOLE;
		end_thread(g);
	}
	g->n++;
	if ((!g->page || strcmp(g->page, at.page) == 0) &&
	    (!g->code || strcmp(g->code, at.thread) == 0))
		rc = take_remark(g, path, blob);
	return rc ? rc : check_bounds(g);
}

static int
walk(struct gathering *g, const char *folder)
{
	struct repo_id tip = { "" };
	int rc = desk_need_repo(g->desk, g->err);

	g->deadline =
		clock_mono_ms() +
		(int64_t)g->desk->look_ms * (g->page ? 1 : PRESENTTALK_LOOKS);
	if (!rc)
		rc = repo_ref_read(g->desk->repo, &tip, g->err);
	if (!rc)
		rc = snap_walk_folder(g->desk->repo, &tip, folder, add_file, g,
				      g->err);
	end_thread(g);
	return rc == WHOLE ? 0 : rc;
}

static int
read_page(struct gathering *g)
{
	struct buf folder = BUF_INIT;
	int rc;

	buf_printf(&folder, TOP "/%s", g->page);
	rc = walk(g, folder.ptr);
	buf_release(&folder);
	return rc;
}

int
presenttalk_of_page(struct desk *d, const char *page, struct vec *out,
		    struct err *err)
{
	struct gathering g = {
		.desk = d, .page = page, .out = out, .err = err
	};

	return read_page(&g);
}

int
presenttalk_of_thread(struct desk *d, const char *code, struct vec *out,
		      struct err *err)
{
	struct gathering g = {
		.desk = d, .code = code, .out = out, .err = err
	};

	return walk(&g, TOP);
}

int
presenttalk_count(struct desk *d, const char *page, long *all, long *open,
		  struct err *err)
{
	struct vec remarks = VEC_INIT, threads = VEC_INIT;
	struct gathering g = { .desk = d,
			       .page = page,
			       .most = PRESENTTALK_COUNTED,
			       .out = &remarks,
			       .err = err };
	const struct index_thread *t;
	size_t i;
	int rc = read_page(&g);

	discussion_threads(&remarks, NULL, &threads);
	*all = (long)threads.len;
	*open = 0;
	for (i = 0; i < threads.len; i++) {
		t = threads.items[i];
		*open += strcmp(t->state, remark_kind_state(REMARK_REOPENED)) ==
			 0;
	}
	vec_release(&remarks, index_remark_free);
	vec_release(&threads, index_thread_free);
	return rc;
}
