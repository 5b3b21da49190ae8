/* pastlinks.c - see pastlinks.h. */
#include "wiki/pastlinks.h"

#include <jansson.h>
#include <stdlib.h>

#include "plein/path.h"
#include "state/timeline.h"
#include "wiki/moment.h"

struct past {
	struct desk *desk;
	struct index *index; /* in memory, of then */
	int64_t seq;
	json_t *seen; /* addresses that were looked up */
};

/* What lay there then, once. */
static int
fill(struct past *p, const char *address, struct err *err)
{
	if (json_object_get(p->seen, address))
		return 0;
	(void)json_object_set_new(p->seen, address, json_true());
	return moment_fill(p->desk, p->index, p->seq, address, err);
}

static int
fill_changed(struct past *p, struct err *err)
{
	struct vec paths = VEC_INIT;
	struct buf address = BUF_INIT;
	int rc = timeline_changed(p->desk->index, p->seq, &paths, err);

	for (size_t i = 0; i < paths.len && !rc; i++) {
		if (path_kind_of(paths.items[i]) != PATH_PAGE)
			continue;
		buf_reset(&address);
		path_to_address(paths.items[i], &address);
		rc = fill(p, address.ptr, err);
	}
	buf_release(&address);
	vec_release(&paths, free);
	return rc;
}

static int
fill_holders(struct past *p, const char *address, struct err *err)
{
	struct vec holders = VEC_INIT;
	int rc =
		links_holders(p->desk->index, p->index, address, &holders, err);

	for (size_t i = 0; i < holders.len && !rc; i++)
		rc = fill(p, holders.items[i], err);
	vec_release(&holders, free);
	return rc;
}

static int
open_past(struct past *p, struct desk *d, long when, struct err *err)
{
	int rc = desk_need_repo(d, err);

	*p = (struct past){ .desk = d, .seen = json_object() };
	if (!rc)
		rc = timeline_seq_at(d->index, when, &p->seq, err);
	if (!rc)
		rc = index_create_memory(&p->index, err);
	if (rc)
		return rc;
	index_forgo_words(p->index);
	return index_begin(p->index, err);
}

int
pastlinks_to(struct desk *d, long when, const char *address,
	     const struct links_part *part, struct vec *out, struct err *err)
{
	struct buf then = BUF_INIT;
	struct past p;
	int rc = open_past(&p, d, when, err);

	if (!rc)
		rc = moment_address(d, p.seq, address, &then, err);
	if (!rc)
		rc = fill(&p, then.ptr, err);
	if (!rc)
		rc = fill_changed(&p, err);
	if (!rc)
		rc = fill_holders(&p, then.ptr, err);
	if (!rc)
		rc = links_to(p.index, then.ptr, part, out, err);
	index_close(p.index);
	json_decref(p.seen);
	buf_release(&then);
	return rc;
}
