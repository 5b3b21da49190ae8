/* index_text.c - what a page says: its fields, its links, its words. */
#include <string.h>

#include "plein/buf.h"
#include "plein/extract.h"
#include "plein/frontmatter.h"
#include "plein/utf8.h"
#include "state/index_impl.h"

#define VALUES_MAX 100 /* of one field */

/* Fields that can be searched for by name. */
static const char *const searched[] = { "trefwoorden", "eigenaar", "hoort_bij",
					"zekerheid" };

/* Fields whose values are addresses of pages. */
static const char *const linking[] = { "hoort_bij", "gerelateerd", "zie",
				       "vervangt", "vervangen_door" };

static int
put_field(struct index *x, const char *address, const char *key,
	  const struct frontmatter *fm, struct err *err)
{
	struct buf fold = BUF_INIT;
	const char *value;
	size_t i;
	int rc = 0;

	for (i = 0; rc == 0 && i < VALUES_MAX; i++) {
		value = frontmatter_item(fm, key, i);
		if (value == NULL)
			break;
		buf_reset(&fold);
		utf8_fold(&fold, value, strlen(value));
		rc = db_run(&x->db, err,
			    "INSERT INTO field VALUES (?, ?, ?, ?, ?)", "ttitt",
			    address, key, (int64_t)i, value, fold.ptr);
	}
	buf_release(&fold);
	return rc;
}

struct linking {
	struct index *x;
	const char *address;
	int64_t n; /* links so far */
	struct err *err;
};

static int
put_link(struct linking *l, const char *target, const char *fold,
	 const char *field, const char *passage)
{
	return db_run(&l->x->db, l->err,
		      "INSERT INTO link VALUES (?, ?, ?, ?, ?, ?)",
		      "tittt"
		      "t",
		      l->address, l->n++, target, fold, field, passage);
}

static int
put_field_links(struct linking *l, const struct frontmatter *fm)
{
	const char *value;
	size_t i, k;
	int rc = 0;

	for (k = 0; k < sizeof linking / sizeof linking[0]; k++)
		for (i = 0; rc == 0 && i < VALUES_MAX; i++) {
			value = frontmatter_item(fm, linking[k], i);
			if (value == NULL)
				break;
			rc = put_link(l, value, NULL, linking[k], "");
		}
	return rc;
}

static int
put_body_link(struct linking *l, const struct extract *e,
	      const struct extract_link *link)
{
	struct buf passage = BUF_INIT, fold = BUF_INIT;
	int rc;

	extract_passage(&passage, e, link);
	if (link->loose)
		utf8_fold(&fold, link->target, strlen(link->target));
	rc = put_link(l, link->target, link->loose ? fold.ptr : NULL, NULL,
		      passage.ptr);
	buf_release(&passage);
	buf_release(&fold);
	return rc;
}

static int
put_links(struct index *x, const char *address, const struct frontmatter *fm,
	  const struct extract *e, struct err *err)
{
	struct linking l = { x, address, 0, err };
	size_t i;
	int rc = put_field_links(&l, fm);

	for (i = 0; rc == 0 && i < e->links.len; i++)
		rc = put_body_link(&l, e, e->links.items[i]);
	return rc;
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
	struct frontmatter *fm;
	struct extract e;
	size_t body, k;
	int rc = 0;

	/* a broken block has no fields, and is all body */
	(void)frontmatter_parse(&fm, now->text, now->len, NULL);
	body = frontmatter_body(fm);
	extract_read(&e, address, now->text + body, now->len - body);
	for (k = 0; rc == 0 && k < sizeof searched / sizeof searched[0]; k++)
		rc = put_field(x, address, searched[k], fm, err);
	if (rc == 0)
		rc = put_links(x, address, fm, &e, err);
	if (rc == 0)
		rc = put_words(x, address, now->info->title, &e, err);
	extract_release(&e);
	frontmatter_free(fm);
	return rc;
}
