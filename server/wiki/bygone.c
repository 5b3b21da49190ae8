/* bygone.c - see bygone.h. */
#include "wiki/bygone.h"

#include <stdlib.h>
#include <string.h>

#include "plein/mem.h"
#include "plein/page.h"
#include "plein/path.h"
#include "state/links.h"
#include "state/overview.h"
#include "state/timeline.h"
#include "wiki/moment.h"

#define LINKS_MAX 500 /* of one page that are looked at */
#define ANY_DAY "1970-01-01" /* of what is listed none counts days */

/* Those that can be part of a story. */
static bool
is_told(const char *address)
{
	static const char *const folders[] = {
		"besluiten/", "reflecties/",	"standpunten/",
		"themas/",    "vergaderingen/", "vraagstukken/"
	};
	size_t i;

	for (i = 0; i < sizeof(folders) / sizeof(folders[0]); i++)
		if (strncmp(address, folders[i], strlen(folders[i])) == 0)
			return true;
	return false;
}

/* True the first time. */
static bool
note_seen(struct bygone *b, const char *address)
{
	bool first = !json_object_get(b->seen, address);

	if (first)
		(void)json_object_set_new(b->seen, address, json_true());
	return first;
}

/* What lay there then. Today's index will do for where that is: what it tells
 * of pages that changed since, is of such as were filled at the beginning. */
static int
fill(struct bygone *b, const char *address, struct err *err)
{
	if (!is_told(address) || !note_seen(b, address))
		return 0;
	return moment_fill(b->desk, b->index, b->seq, address, err);
}

static int
fill_all(struct bygone *b, const struct vec *addresses, struct err *err)
{
	size_t i;
	int rc = 0;

	for (i = 0; i < addresses->len && !rc; i++)
		rc = fill(b, addresses->items[i], err);
	return rc;
}

static int
fill_paths(struct bygone *b, const struct vec *paths, struct err *err)
{
	struct buf address = BUF_INIT;
	size_t i;
	int rc = 0;

	for (i = 0; i < paths->len && !rc; i++) {
		if (path_kind_of(paths->items[i]) != PATH_PAGE)
			continue;
		buf_reset(&address);
		path_to_address(paths->items[i], &address);
		rc = fill(b, address.ptr, err);
	}
	buf_release(&address);
	return rc;
}

int
bygone_open(struct bygone *b, struct desk *d, int64_t seq, struct err *err)
{
	struct vec changed = VEC_INIT;
	int rc = desk_need_repo(d, err);

	*b = (struct bygone){ .desk = d, .seq = seq, .seen = json_object() };
	if (!rc)
		rc = index_create_memory(&b->index, err);
	if (rc)
		return rc;
	index_forgo_texts(b->index);
	rc = index_begin(b->index, err);
	if (!rc)
		rc = timeline_changed(d->index, seq, &changed, err);
	if (!rc)
		rc = fill_paths(b, &changed, err);
	vec_release(&changed, free);
	return rc;
}

/* What a field names is an address of then, or one that the page had before. */
static int
fill_named(struct bygone *b, const char *target, struct err *err)
{
	char *now = NULL;
	bool moved;
	int rc = fill(b, target, err);

	if (!rc && !index_resolve(b->desk->index, target, &now, &moved, NULL))
		rc = fill(b, now, err);
	free(now);
	return rc;
}

static int
reach_down(struct bygone *b, const char *address, struct err *err)
{
	const struct links_part part = { 0, LINKS_MAX, true };
	struct vec rows = VEC_INIT;
	size_t i;
	int rc = links_from(b->index, address, &part, &rows, err);

	for (i = 0; i < rows.len && !rc; i++)
		rc = fill_named(b, ((struct links_row *)rows.items[i])->target,
				err);
	vec_release(&rows, links_row_free);
	return rc;
}

/* Those that name it as it was called then, or before. */
static int
reach_up(struct bygone *b, const char *address, struct err *err)
{
	struct index_page *page = NULL;
	struct vec naming = VEC_INIT;
	size_t i;
	int rc = links_naming(b->desk->index, address, &naming, err);

	if (!rc && index_page(b->index, address, &page, NULL))
		page = NULL; /* it was not there */
	for (i = 0; page && i < page->info.aliases.len && !rc; i++)
		rc = links_naming(b->desk->index, page->info.aliases.items[i],
				  &naming, err);
	if (!rc)
		rc = fill_all(b, &naming, err);
	index_page_free(page);
	vec_release(&naming, free);
	return rc;
}

static int
reach_actions(struct bygone *b, const char *address, struct err *err)
{
	const struct overview_filter f = { .on = ANY_DAY,
					   .about = address,
					   .limit = LINKS_MAX };
	struct vec rows = VEC_INIT;
	size_t i;
	int rc =
		overview_list(b->desk->index, OVERVIEW_ACTIONS, &f, &rows, err);

	for (i = 0; i < rows.len && !rc; i++)
		rc = fill(b, ((struct overview_row *)rows.items[i])->address,
			  err);
	vec_release(&rows, overview_row_free);
	return rc;
}

int
bygone_reach(struct bygone *b, const char *address, struct err *err)
{
	int rc = fill(b, address, err);

	if (!rc)
		rc = reach_down(b, address, err);
	if (!rc)
		rc = reach_up(b, address, err);
	return rc ? rc : reach_actions(b, address, err);
}

void
bygone_close(struct bygone *b)
{
	index_close(b->index);
	json_decref(b->seen);
	*b = (struct bygone){ .index = NULL };
}
