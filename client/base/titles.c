/* titles.c - see titles.h. */
#include "base/titles.h"

#include <stdbool.h>
#include <string.h>

#include "plein/buf.h"
#include "plein/mem.h"
#include "plein/utf8.h"

json_t *
titles_from_rows(const json_t *rows)
{
	json_t *titles = json_object(), *row;
	size_t i;

	if (!titles)
		die("out of memory");
	json_array_foreach(rows, i, row)
	{
		const char *address =
			json_string_value(json_object_get(row, "address"));

		if (address)
			(void)json_object_set(titles, address,
					      json_object_get(row, "title"));
	}
	return titles;
}

static void
take_part(void *ctx, const struct rpc_msg *m);

static void
ask_part(struct titles_reader *r)
{
	(void)link_call(r->link, "page.titles", parts_params(&r->parts),
			take_part, r);
}

static void
take_part(void *ctx, const struct rpc_msg *m)
{
	struct titles_reader *r = ctx;
	enum parts_step step = parts_take(&r->parts, m);
	json_t *titles = NULL;

	if (step == PARTS_MORE) {
		ask_part(r);
		return;
	}
	if (step == PARTS_DONE)
		titles = titles_from_rows(r->parts.rows);
	parts_release(&r->parts);
	r->done(r->ctx, titles);
}

void
titles_read(struct titles_reader *r)
{
	titles_stop(r);
	parts_init(&r->parts, NULL);
	ask_part(r);
}

void
titles_stop(struct titles_reader *r)
{
	link_forget(r->link, r);
	parts_release(&r->parts);
}

static bool
is_slug_of(const char *address, const char *name)
{
	const char *slash = strrchr(address, '/');

	return strcmp(slash ? slash + 1 : address, name) == 0;
}

static bool
is_title(const char *title, const struct buf *folded)
{
	struct buf other = BUF_INIT;
	bool same;

	utf8_fold(&other, title, strlen(title));
	same = other.len == folded->len &&
	       memcmp(other.ptr, folded->ptr, other.len) == 0;
	buf_release(&other);
	return same;
}

const char *
titles_find(json_t *titles, const char *name, const char **address)
{
	struct buf folded = BUF_INIT;
	const char *found = NULL, *key;
	json_t *exact = json_object_get(titles, name), *value;

	*address = name;
	if (exact)
		return json_string_value(exact);
	utf8_fold(&folded, name, strlen(name));
	json_object_foreach(titles, key, value)
	{
		const char *title = json_string_value(value);

		if (!title ||
		    (!is_slug_of(key, name) && !is_title(title, &folded)))
			continue;
		*address = key;
		found = title;
		break;
	}
	buf_release(&folded);
	return found;
}
