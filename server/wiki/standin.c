/*
 * standin.c - see standin.h.
 *
 * The places of commits on main are counted back from the commit it began
 * with (STANDIN_ANCHOR), since nobody knows how far that is from the first. A
 * page is followed backwards by its path alone, through renames.
 */
#include "wiki/standin_impl.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plein/clock.h"
#include "plein/mem.h"
#include "plein/path.h"
#include "state/index_partial.h"
#include "store/history.h"
#include "store/snap.h"
#include "store/trail.h"
#include "wiki/former.h"
#include "wiki/indexer.h"
#include "wiki/trace.h"

/* A commit of main on its way into the index. */
struct placing {
	struct standin *s;
	int64_t seq;
	struct err *err;
};

static int
put_entry(void *ctx, const struct history_commit *c)
{
	struct placing *p = ctx;
	struct trace trace;
	struct index_entry e = { .seq = p->seq,
				 .commit = (char *)c->id.hex,
				 .when = c->when,
				 .author = (char *)c->author_name };
	int rc;

	trace_read(&trace, c->author_mail, c->committer_mail, c->message);
	e.handle = trace.handle;
	e.note = trace.message.subject ? trace.message.subject : (char *)"";
	e.action = trace.message.action;
	e.request = trace.message.request;
	rc = index_put_entry(p->s->index, &e, p->err);
	trace_release(&trace);
	return rc;
}

int
standin_place(struct standin *s, const struct repo_id *commit, int64_t back,
	      struct err *err)
{
	struct placing p = { s, STANDIN_ANCHOR - back, err };

	return history_read(s->repo, commit, put_entry, &p, err);
}

/* What comes next lies behind the anchor. */
static int
place_anchor(struct standin *s, struct err *err)
{
	int rc = index_begin(s->index, err);

	if (!rc)
		rc = standin_place(s, &s->anchor, 0, err);
	if (!rc)
		rc = index_commit(s->index, s->anchor.hex, err);
	return rc;
}

int
standin_open(struct standin **out, struct repo *r, const struct repo_id *tip,
	     int ms, struct err *err)
{
	struct standin *s = mem_alloc(sizeof(*s));
	int rc;

	s->repo = r;
	s->anchor = *tip;
	s->ms = s->patience_ms = ms;
	rc = index_create_memory(&s->index, err);
	if (!rc)
		rc = place_anchor(s, err);
	if (rc) {
		standin_close(s);
		s = NULL;
	}
	*out = s;
	return rc;
}

void
standin_close(struct standin *s)
{
	if (!s)
		return;
	former_free(s->former);
	index_close(s->index);
	vec_release(&s->shown, free);
	vec_release(&s->filed, free);
	vec_release(&s->said, standin_said_free);
	vec_release(&s->talks, free);
	free(s);
}

struct index *
standin_index(const struct standin *s)
{
	return s->index;
}

bool
standin_is_among(const struct vec *texts, const char *text)
{
	size_t i;

	for (i = 0; i < texts->len; i++)
		if (strcmp(texts->items[i], text) == 0)
			return true;
	return false;
}

/* --- the versions of a page, backwards ---------------------------------- */

struct stage {
	struct trail_step step;
	char *address; /* the page's, in that commit */
};

struct past {
	struct vec stages; /* struct stage *, newest first */
	bool whole; /* back to the first commit */
	char *address; /* before the oldest stage */
	struct trail_step end; /* `now` is the text there, unless `whole` */
};

static void
stage_free(void *item)
{
	struct stage *g = item;

	free(g->address);
	free(g);
}

static void
past_release(struct past *p)
{
	vec_release(&p->stages, stage_free);
	free(p->address);
}

/* Further back it has another address when it was renamed here. */
static int
note_stage(struct standin *s, struct past *p, const struct trail_step *step,
	   struct err *err)
{
	struct stage *g = mem_alloc(sizeof(*g));
	struct buf origin = BUF_INIT;
	int rc = 0;

	g->step = *step;
	g->address = mem_strdup(p->address);
	vec_push(&p->stages, g);
	p->end.now = step->before;
	if (step->now.hex[0] && !step->before.hex[0])
		rc = indexer_find_origin(s->repo, &step->parent, &step->commit,
					 p->address, &origin, err);
	if (!rc && origin.len > 0) {
		free(p->address);
		p->address = buf_take(&origin);
	}
	buf_release(&origin);
	return rc;
}

static int
follow_back(struct standin *s, struct trail *t, struct past *p, struct err *err)
{
	int64_t deadline = clock_mono_ms() + s->patience_ms;
	struct buf path = BUF_INIT;
	struct trail_step step = { 0 };
	int rc = 1;

	while (rc > 0) {
		buf_reset(&path);
		rc = path_from_address(p->address, &path, err);
		if (!rc)
			rc = trail_next(t, path.ptr, deadline, &step, err);
		if (rc > 0 && note_stage(s, p, &step, err))
			rc = err->code;
	}
	buf_release(&path);
	return rc;
}

/* A file's id as of a commit, "" where it is not. */
static int
find_blob(struct standin *s, const struct repo_id *commit, const char *address,
	  struct repo_id *blob, struct err *err)
{
	struct buf path = BUF_INIT, text = BUF_INIT;
	int rc = path_from_address(address, &path, err);

	if (!rc)
		rc = snap_read(s->repo, commit, path.ptr, &text, blob, err);
	if (rc == PLEIN_ENOTFOUND) {
		blob->hex[0] = '\0';
		rc = 0;
	}
	buf_release(&text);
	buf_release(&path);
	return rc;
}

static int
read_past(struct standin *s, struct past *p, struct err *err)
{
	struct repo_id now = { "" };
	struct trail *t = NULL;
	int rc = find_blob(s, &s->anchor, p->address, &now, err);

	p->end.now = now;
	if (!rc)
		rc = trail_open(&t, s->repo, &s->anchor, err);
	if (!rc)
		rc = follow_back(s, t, p, err);
	p->whole = rc == 0;
	if (rc == PLEIN_EBUSY) {
		now = p->end.now;
		trail_place(t, &p->end);
		p->end.now = now;
		s->patience_ms = s->ms / 10;
		rc = 0;
	}
	trail_close(t);
	return rc;
}

/* --- and into the index ------------------------------------------------- */

/* Nothing but that the page is not there is known of it. */
static bool
is_unsure(const struct past *p)
{
	return !p->whole && p->stages.len == 0 && !p->end.now.hex[0];
}

/* Where looking ended the page was like that: from who, nobody knows. */
static int
add_end(struct standin *s, const struct past *p, struct index_stage *v,
	struct err *err)
{
	const struct index_entry e = { .seq = STANDIN_ANCHOR - p->end.back,
				       .commit = (char *)p->end.commit.hex,
				       .author = (char *)"",
				       .handle = (char *)"",
				       .note = (char *)"" };
	int rc;

	if (p->whole || (!p->end.now.hex[0] && !is_unsure(p)))
		return 0;
	v->n++;
	v->seq = e.seq;
	v->address = p->address;
	v->blob = is_unsure(p) ? NULL : p->end.now.hex;
	rc = index_put_entry(s->index, &e, err);
	return rc ? rc : index_put_version(s->index, v, err);
}

static int
add_stage(struct standin *s, const struct stage *g, struct index_stage *v,
	  struct err *err)
{
	int rc = standin_place(s, &g->step.commit, g->step.back, err);

	v->n++;
	v->seq = STANDIN_ANCHOR - g->step.back;
	v->address = g->address;
	v->blob = g->step.now.hex[0] ? g->step.now.hex : NULL;
	return rc ? rc : index_put_version(s->index, v, err);
}

/* What the page says now. */
static int
fill_page(struct standin *s, const char *address, struct err *err)
{
	struct index_version *v = NULL;
	struct index_due due;
	int rc = index_latest(s->index, address, &v, err);

	if (!rc && !v->gone) {
		due = (struct index_due){ v->address, v->blob, v->n, v->when,
					  v->handle };
		rc = indexer_fill(s->index, s->repo, &due, err);
	}
	index_version_free(v);
	return rc == PLEIN_ENOTFOUND ? 0 : rc;
}

static int
add_past(struct standin *s, const struct past *p, const char *address,
	 struct err *err)
{
	struct index_stage v = { .page = address,
				 .n = p->whole ? 0 : INDEX_UNNUMBERED };
	int rc = add_end(s, p, &v, err);
	size_t i;

	for (i = p->stages.len; i-- > 0 && !rc;)
		rc = add_stage(s, p->stages.items[i], &v, err);
	return rc ? rc : fill_page(s, address, err);
}

/* --- what moves along with it ------------------------------------------- */

struct gathering {
	struct standin *s;
	const char *address;
	struct err *err;
};

static int
add_file(void *ctx, const char *path, const struct repo_id *blob)
{
	struct gathering *g = ctx;
	const struct index_entry e = { .seq = STANDIN_ANCHOR };
	const struct index_change c = { path, blob->hex, true, NULL };

	if (path_is_of_another(path, g->address))
		return 0;
	return index_add_change(g->s->index, &e, &c, g->err);
}

/* Its attachments and remarks, as of the anchor. */
static int
add_files(struct standin *s, const char *address, struct err *err)
{
	static const char *const tops[] = { "bijlagen", "bespreking" };
	struct gathering g = { s, address, err };
	struct buf folder = BUF_INIT;
	size_t i;
	int rc = 0;

	for (i = 0; i < sizeof(tops) / sizeof(tops[0]) && !rc; i++) {
		buf_reset(&folder);
		buf_printf(&folder, "%s/%s", tops[i], address);
		rc = snap_walk_folder(s->repo, &s->anchor, folder.ptr, add_file,
				      &g, err);
	}
	buf_release(&folder);
	return rc;
}

/* --- asked for ---------------------------------------------------------- */

/* Its oldest known version is that it is not there. */
static int
check_sure(struct standin *s, const char *address, struct err *err)
{
	struct index_version *v = NULL;
	int rc = index_latest(s->index, address, &v, err);

	if (!rc && v->gone && v->n == INDEX_UNNUMBERED + 1)
		rc = err_set(err, PLEIN_EBUSY,
			     "the index is being made, and main is too long to "
			     "be looked through for this page");
	index_version_free(v);
	return rc == PLEIN_ENOTFOUND ? 0 : rc;
}

int
standin_show(struct standin *s, const char *address, bool fresh,
	     struct err *err)
{
	struct past p = { .stages = VEC_INIT };
	int rc = 0;

	if (!standin_is_among(&s->shown, address)) {
		p.address = mem_strdup(address);
		rc = read_past(s, &p, err);
		if (!rc)
			rc = add_past(s, &p, address, err);
		if (!rc)
			vec_push(&s->shown, mem_strdup(address));
		past_release(&p);
	}
	return rc || fresh ? rc : check_sure(s, address, err);
}

int
standin_show_files(struct standin *s, const char *address, struct err *err)
{
	int rc;

	if (standin_is_among(&s->filed, address))
		return 0;
	rc = add_files(s, address, err);
	if (!rc)
		vec_push(&s->filed, mem_strdup(address));
	return rc;
}

/* The page as of a commit that is no version of it. */
static int
add_base(struct standin *s, const char *address, const struct trail_step *at,
	 struct err *err)
{
	struct index_version *v = NULL;
	struct repo_id blob = { "" };
	int rc = standin_place(s, &at->commit, at->back, err);

	if (!rc)
		rc = index_version_as_of(s->index, address, at->commit.hex, &v,
					 err);
	index_version_free(v);
	if (rc != PLEIN_ENOTFOUND)
		return rc;
	rc = index_latest(s->index, address, &v, err);
	if (!rc && !index_is_numbered(v->n))
		rc = find_blob(s, &at->commit, address, &blob, err);
	if (!rc && blob.hex[0])
		rc = index_lower(s->index, address, STANDIN_ANCHOR - at->back,
				 blob.hex, err);
	index_version_free(v);
	return rc == PLEIN_ENOTFOUND ? 0 : rc;
}

int
standin_show_base(struct standin *s, const char *address, const char *commit,
		  struct err *err)
{
	struct index_version *v = NULL;
	struct trail_step at;
	struct trail *t = NULL;
	struct repo_id id;
	int rc = index_version_as_of(s->index, address, commit, &v, err);

	index_version_free(v);
	if (rc != PLEIN_ENOTFOUND)
		return rc;
	(void)snprintf(id.hex, sizeof(id.hex), "%s", commit);
	rc = trail_open(&t, s->repo, &s->anchor, err);
	if (!rc)
		rc = trail_find(t, &id, clock_mono_ms() + s->ms, &at, err);
	if (rc > 0)
		rc = add_base(s, address, &at, err);
	trail_close(t);
	return rc;
}

/* In the index now a page may be gone that was there before. */
static int
check_holder(struct standin *s, const char *address, struct err *err)
{
	struct index_version *v = NULL;
	int rc;

	if (!standin_is_among(&s->shown, address))
		return 0;
	rc = index_latest(s->index, address, &v, err);
	if (!rc && v->gone)
		rc = err_set(err, PLEIN_ENOTFOUND, "that page is gone");
	index_version_free(v);
	return rc;
}

int
standin_resolve(struct standin *s, const char *name, char **address,
		bool *moved, struct err *err)
{
	const char *holder;
	int rc = index_resolve(s->index, name, address, moved, err);

	if (rc != PLEIN_ENOTFOUND && rc != PLEIN_EUSAGE)
		return rc;
	rc = s->former ? 0 : former_read(&s->former, s->repo, &s->anchor, err);
	if (rc)
		return rc;
	holder = former_find(s->former, name);
	if (!holder)
		return err_set(err, PLEIN_ENOTFOUND, "no such page");
	rc = check_holder(s, holder, err);
	if (rc)
		return rc;
	*address = mem_strdup(holder);
	*moved = true;
	return 0;
}
