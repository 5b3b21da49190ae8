/* index_text.c - what a page says: what hangs on it, and its words. */
#include <string.h>

#include "plein/buf.h"
#include "plein/extract.h"
#include "plein/frontmatter.h"
#include "plein/utf8.h"
#include "state/index_impl.h"
#include "state/linked.h"

#define VALUES_MAX 100 /* of one field */

/* Fields that can be searched for by name; sorted. */
static const char *const searched[] = { "eigenaar", "hoort_bij", "trefwoorden",
					"zekerheid" };

static void
add_list(struct index_parts *parts, enum index_part kind,
	 const struct vec *values)
{
	const char *value;
	size_t i;

	for (i = 0; i < values->len; i++) {
		value = values->items[i];
		index_parts_add(parts, kind, (int64_t)i, &value);
	}
}

static void
add_field(struct index_parts *parts, const char *key,
	  const struct frontmatter *fm)
{
	struct buf fold = BUF_INIT;
	const char *value;
	size_t i;

	for (i = 0; i < VALUES_MAX; i++) {
		value = frontmatter_item(fm, key, i);
		if (value == NULL)
			break;
		buf_reset(&fold);
		utf8_fold(&fold, value, strlen(value));
		index_parts_add(parts, INDEX_FIELD, (int64_t)i,
				(const char *const[]){ key, value, fold.ptr });
	}
	buf_release(&fold);
}

/* Around a link in the text; of a field there is none. */
static void
add_link(struct index_parts *parts, const struct linked *l,
	 const struct extract *e)
{
	struct buf passage = BUF_INIT;

	if (l->in)
		extract_passage(&passage, e, l->in);
	index_parts_add(parts, INDEX_LINK, (int64_t)parts->of[INDEX_LINK].len,
			(const char *const[]){ l->target, l->fold, l->field,
					       passage.ptr });
	buf_release(&passage);
}

static void
add_links(struct index_parts *parts, const struct frontmatter *fm,
	  const struct extract *e)
{
	struct vec links = VEC_INIT;
	size_t i;

	linked_read(&links, fm, e);
	for (i = 0; i < links.len; i++)
		add_link(parts, links.items[i], e);
	vec_release(&links, linked_free);
}

static void
gather_parts(struct index_parts *parts, const struct page_info *info,
	     const struct frontmatter *fm, const struct extract *e)
{
	size_t i;

	add_list(parts, INDEX_PARENT, &info->parents);
	add_list(parts, INDEX_ALIAS, &info->aliases);
	for (i = 0; i < sizeof searched / sizeof searched[0]; i++)
		add_field(parts, searched[i], fm);
	add_links(parts, fm, e);
}

static int
put_words(struct index *x, const char *address, const char *title,
	  const struct extract *e, struct err *err)
{
	int64_t id;
	int rc = index_page_id(x, address, &id, err);

	return rc ? rc : index_put_words(x, id, title, e->text.ptr, err);
}

int
index_put_text(struct index *x, const char *address,
	       const struct index_content *now, struct err *err)
{
	struct index_parts parts = { .of = { VEC_INIT } };
	struct frontmatter *fm;
	struct extract e;
	size_t body;
	int rc;

	/* a broken block has no fields, and is all body */
	(void)frontmatter_parse(&fm, now->text, now->len, NULL);
	body = x->fields_only ? now->len : frontmatter_body(fm);
	extract_read(&e, address, now->text + body, now->len - body);
	gather_parts(&parts, now->info, fm, &e);
	index_gather_chain(&parts, address, now->text, now->len);
	rc = index_parts_put(x, address, &parts, err);
	if (rc == 0)
		rc = put_words(x, address, now->info->title, &e, err);
	index_parts_release(&parts);
	extract_release(&e);
	frontmatter_free(fm);
	return rc;
}
