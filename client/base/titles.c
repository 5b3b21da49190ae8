/* titles.c - see titles.h. */
#include "base/titles.h"

#include <stdbool.h>
#include <string.h>

#include "plein/buf.h"
#include "plein/mem.h"
#include "plein/utf8.h"

#define TEMPLATES "sjablonen/"
#define SOUGHT_MAX 8 /* names before a table is made */

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

size_t
titles_pages(json_t *titles)
{
	const char *address;
	json_t *title;
	size_t n = 0;

	json_object_foreach(titles, address, title)
	{
		n += strncmp(address, TEMPLATES, strlen(TEMPLATES)) != 0;
	}
	return n;
}

static void
take_part(void *ctx, const struct rpc_msg *m);

static void
ask_part(struct titles_reader *r)
{
	(void)link_call(r->link, r->at ? "page.list" : "page.titles",
			parts_params(&r->parts), take_part, r);
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
	parts_init(&r->parts,
		   r->at ? json_pack("{s:I}", "at", (json_int_t)r->at) : NULL);
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

/* --- many names --- */

void
titles_index_init(struct titles_index *x, json_t *titles)
{
	*x = (struct titles_index){ .titles = titles };
}

void
titles_index_release(struct titles_index *x)
{
	json_decref(x->names);
	x->names = NULL;
}

/* What comes first counts, as in titles_find(). */
static void
add_name(json_t *names, const char *name, size_t len, json_t *address)
{
	if (!json_object_getn(names, name, len))
		(void)json_object_setn(names, name, len, address);
}

/* A slug holds no capitals or accents: both kinds of name are of one kind. */
static void
add_page(json_t *names, const char *address, const char *title)
{
	const char *slash = strrchr(address, '/');
	const char *slug = slash ? slash + 1 : address;
	json_t *value = json_string(address);
	struct buf folded = BUF_INIT;

	utf8_fold(&folded, title, strlen(title));
	add_name(names, slug, strlen(slug), value);
	add_name(names, folded.ptr, folded.len, value);
	json_decref(value);
	buf_release(&folded);
}

static void
make_names(struct titles_index *x)
{
	const char *address;
	json_t *title;

	x->names = json_object();
	if (!x->names)
		die("out of memory");
	json_object_foreach(x->titles, address, title)
	{
		if (json_is_string(title))
			add_page(x->names, address, json_string_value(title));
	}
}

static const char *
find_address(const struct titles_index *x, const char *name)
{
	const json_t *address = json_object_get(x->names, name);
	struct buf folded = BUF_INIT;

	if (!address) {
		utf8_fold(&folded, name, strlen(name));
		address = json_object_getn(x->names, folded.ptr, folded.len);
	}
	buf_release(&folded);
	return json_string_value(address);
}

const char *
titles_index_find(struct titles_index *x, const char *name,
		  const char **address)
{
	const json_t *exact = json_object_get(x->titles, name);
	const char *found;

	*address = name;
	if (exact)
		return json_string_value(exact);
	if (!x->names && x->sought++ < SOUGHT_MAX)
		return titles_find(x->titles, name, address);
	if (!x->names)
		make_names(x);
	found = find_address(x, name);
	if (!found)
		return NULL;
	*address = found;
	return json_string_value(json_object_get(x->titles, found));
}
