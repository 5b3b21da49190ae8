/* bygone.c - see bygone.h. */
#include "wiki/bygone.h"

#include <stdlib.h>
#include <string.h>

#include "state/links.h"
#include "state/past_named.h"
#include "wiki/moment.h"

#define LINKS_MAX 500 /* of one page that are looked at */

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

int
bygone_fill(struct bygone *b, const char *address, struct err *err)
{
	if (!is_told(address) || !note_seen(b, address))
		return 0;
	if (b->left == 0) {
		b->complete = false;
		return 0;
	}
	b->left--;
	return moment_fill(b->desk, b->index, b->seq, address, err);
}

static int
fill_all(struct bygone *b, const struct vec *addresses, struct err *err)
{
	size_t i;
	int rc = 0;

	for (i = 0; i < addresses->len && !rc; i++)
		rc = bygone_fill(b, addresses->items[i], err);
	return rc;
}

int
bygone_open(struct bygone *b, struct desk *d, int64_t seq, struct err *err)
{
	struct moment_span since;
	struct vec changed = VEC_INIT;
	int rc = desk_need_repo(d, err);

	*b = (struct bygone){ .desk = d,
			      .seq = seq,
			      .reach = desk_past_reach(d),
			      .left = BYGONE_TEXTS,
			      .seen = json_object() };
	since = (struct moment_span){ b->reach, seq, BYGONE_TEXTS, true };
	if (!rc)
		rc = index_create_memory(&b->index, err);
	if (rc)
		return rc;
	index_forgo_texts(b->index);
	rc = index_begin(b->index, err);
	if (!rc)
		rc = moment_changed(d, &since, &changed, err);
	b->complete = since.whole;
	if (!rc)
		rc = fill_all(b, &changed, err);
	vec_release(&changed, free);
	return rc;
}

/* Pages that named this so, then. What changed since old texts were taken in
 * is there already. */
static int
fill_naming(struct bygone *b, enum past_way way, const char *target,
	    struct err *err)
{
	int64_t seq = b->reach < b->seq ? b->reach : b->seq;
	const struct past_naming ask = { way, target, seq, seq, LINKS_MAX };
	struct vec pages = VEC_INIT;
	int rc = 0;

	if (b->reach)
		rc = past_naming(b->desk->past, &ask, &pages, err);
	if (!rc)
		rc = fill_all(b, &pages, err);
	vec_release(&pages, free);
	return rc;
}

/* What a field names is an address of then, or one that the page had before. */
static int
fill_named(struct bygone *b, const char *target, struct err *err)
{
	int rc = bygone_fill(b, target, err);

	return rc ? rc : fill_naming(b, PAST_ALIAS, target, err);
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
	size_t i;
	int rc = fill_naming(b, PAST_FIELD, address, err);

	if (!rc && index_page(b->index, address, &page, NULL))
		page = NULL; /* it was not there */
	for (i = 0; page && i < page->info.aliases.len && !rc; i++)
		rc = fill_naming(b, PAST_FIELD, page->info.aliases.items[i],
				 err);
	index_page_free(page);
	return rc;
}

int
bygone_reach(struct bygone *b, const char *address, struct err *err)
{
	int rc = bygone_fill(b, address, err);

	if (!rc)
		rc = reach_down(b, address, err);
	if (!rc)
		rc = reach_up(b, address, err);
	return rc ? rc : fill_naming(b, PAST_ACTION, address, err);
}

void
bygone_close(struct bygone *b)
{
	index_close(b->index);
	json_decref(b->seen);
	*b = (struct bygone){ .index = NULL };
}
