/* tree.c - tree objects as bytes, and a small cache of them. */
#include "store/tree.h"

#include <string.h>

#include "plein/mem.h"
#include "store/libgit.h"
#include "store/packs.h"

#define MODE_DIGITS 7
#define TREE_MAX (64UL * 1024 * 1024) /* bytes; longer ones libgit2 reads */

static bool
parse_mode(const char **p, const char *end, unsigned *mode)
{
	const char *s = *p;

	*mode = 0;
	for (; s < end && *s >= '0' && *s <= '7' && s - *p < MODE_DIGITS; s++)
		*mode = *mode * 8 + (unsigned)(*s - '0');
	if (s == *p || s == end || *s != ' ')
		return false;
	*p = s + 1;
	return true;
}

int
tree_next(const struct buf *raw, size_t *pos, struct tree_entry *e)
{
	const char *p = raw->ptr + *pos;
	const char *end = raw->ptr + raw->len;
	const char *nul;

	if (p == end)
		return 0;
	e->at = *pos;
	if (!parse_mode(&p, end, &e->mode))
		return PLEIN_ECORRUPT;
	nul = memchr(p, 0, (size_t)(end - p));
	if (nul == NULL || nul == p || end - nul < 1 + GIT_OID_RAWSZ)
		return PLEIN_ECORRUPT;
	e->name = p;
	e->len = (size_t)(nul - p);
	memcpy(e->id.id, nul + 1, GIT_OID_RAWSZ);
	*pos = (size_t)(nul - raw->ptr) + 1 + GIT_OID_RAWSZ;
	e->size = *pos - e->at;
	return 1;
}

bool
tree_entry_is_dir(const struct tree_entry *e)
{
	return e->mode == TREE_MODE_DIR;
}

/* The byte behind the name, as git compares it. */
static unsigned char
byte_at(const struct tree_entry *e, size_t i)
{
	if (i < e->len)
		return (unsigned char)e->name[i];
	return tree_entry_is_dir(e) ? '/' : 0;
}

int
tree_entry_cmp(const struct tree_entry *a, const struct tree_entry *b)
{
	size_t len = a->len < b->len ? a->len : b->len;
	int cmp = memcmp(a->name, b->name, len);

	if (cmp != 0)
		return cmp;
	cmp = byte_at(a, len) - byte_at(b, len);
	if (cmp != 0 || a->len == b->len)
		return cmp;
	return a->len < b->len ? -1 : 1;
}

int
tree_find(const struct buf *raw, const char *name, size_t len,
	  struct tree_entry *e)
{
	size_t pos = 0;
	int rc;

	while ((rc = tree_next(raw, &pos, e)) > 0)
		if (e->len == len && memcmp(e->name, name, len) == 0)
			return 1;
	return rc;
}

void
tree_free(struct tree *t)
{
	if (t == NULL || --t->refs > 0)
		return;
	buf_release(&t->raw);
	free(t);
}

static void
forget_oldest(struct tree_cache *c)
{
	struct tree *t = c->slots[--c->n];

	c->bytes -= t->raw.len;
	tree_free(t);
}

void
tree_cache_release(struct tree_cache *c)
{
	while (c->n > 0)
		forget_oldest(c);
}

/* Takes over the caller's reference; the newest stays whatever its size. */
static void
remember_take(struct tree_cache *c, struct tree *t)
{
	if (c->n == TREE_SLOTS)
		forget_oldest(c);
	memmove(c->slots + 1, c->slots, c->n * sizeof c->slots[0]);
	c->slots[0] = t;
	c->n++;
	c->bytes += t->raw.len;
	while (c->n > 1 && c->bytes > TREE_CACHE_BYTES)
		forget_oldest(c);
}

static struct tree *
find_cached(struct tree_cache *c, const git_oid *id)
{
	struct tree *t;
	size_t i;

	for (i = 0; i < c->n; i++)
		if (git_oid_equal(&c->slots[i]->id, id))
			break;
	if (i == c->n)
		return NULL;
	t = c->slots[i];
	memmove(c->slots + 1, c->slots, i * sizeof c->slots[0]);
	c->slots[0] = t;
	t->refs++;
	return t;
}

static struct tree *
make_tree(const git_oid *id, const void *data, size_t len)
{
	struct tree *t = mem_alloc(sizeof *t);

	t->id = *id;
	t->refs = 1;
	buf_init(&t->raw);
	buf_add(&t->raw, data, len);
	return t;
}

/* Without comparing its hash; NULL when it takes the other way. */
static struct tree *
read_in_hurry(struct repo *r, const git_oid *id)
{
	struct tree *t;

	if (!r->hurry)
		return NULL;
	t = make_tree(id, "", 0);
	if (packs_read(r->packs, id, GIT_OBJECT_TREE, TREE_MAX, &t->raw) == 0)
		return t;
	tree_free(t);
	return NULL;
}

static int
read_whole(struct tree **out, struct repo *r, const git_oid *id,
	   struct err *err)
{
	git_odb_object *obj = NULL;
	int rc = git_odb_read(&obj, r->odb, id);

	if (rc == GIT_ENOTFOUND)
		return err_set(err, PLEIN_ECORRUPT, "tree %s is missing",
			       git_oid_tostr_s(id));
	if (rc != 0)
		return libgit_fail(err, rc, "tree %s", git_oid_tostr_s(id));
	if (git_odb_object_type(obj) != GIT_OBJECT_TREE) {
		git_odb_object_free(obj);
		return err_set(err, PLEIN_ECORRUPT, "%s is no tree",
			       git_oid_tostr_s(id));
	}
	*out = make_tree(id, git_odb_object_data(obj),
			 git_odb_object_size(obj));
	git_odb_object_free(obj);
	return 0;
}

int
tree_read(struct tree **out, struct repo *r, const git_oid *id, struct err *err)
{
	int rc = 0;

	*out = find_cached(&r->trees, id);
	if (*out != NULL)
		return 0;
	*out = read_in_hurry(r, id);
	if (*out == NULL)
		rc = read_whole(out, r, id, err);
	if (rc != 0)
		return rc;
	(*out)->refs++;
	remember_take(&r->trees, *out);
	return 0;
}

/* The entry `name` of the tree `id`. */
static int
find_in(struct repo *r, const git_oid *id, const char *name, size_t len,
	struct tree_entry *e, struct err *err)
{
	struct tree *t = NULL;
	int rc = tree_read(&t, r, id, err);

	if (rc != 0)
		return rc;
	rc = tree_find(&t->raw, name, len, e);
	if (rc == 0)
		rc = err_set(err, PLEIN_ENOTFOUND, "no such file");
	else if (rc < 0)
		rc = err_set(err, PLEIN_ECORRUPT, "tree %s is damaged",
			     git_oid_tostr_s(id));
	else
		rc = 0;
	tree_free(t);
	return rc;
}

int
tree_lookup(struct repo *r, const git_oid *root, const char *path,
	    git_oid *blob, struct err *err)
{
	git_oid id = *root;
	struct tree_entry e;
	const char *slash;
	size_t len;
	int rc;

	for (;; path = slash + 1) {
		slash = strchr(path, '/');
		len = slash ? (size_t)(slash - path) : strlen(path);
		rc = find_in(r, &id, path, len, &e, err);
		if (rc != 0)
			return rc;
		if (tree_entry_is_dir(&e) != (slash != NULL))
			return err_set(err, PLEIN_ENOTFOUND, "no such file");
		id = e.id;
		if (slash == NULL)
			break;
	}
	*blob = id;
	return 0;
}
