/*
 * work.c - a tree of nodes, one for each folder that was looked into. A node
 * holds the folder's bytes (tree.h); the id of a changed subfolder is put
 * into them only when the folder is written.
 */
#include "store/work.h"

#include <stdlib.h>
#include <string.h>

#include "plein/mem.h"
#include "plein/vec.h"
#include "store/folder.h"
#include "store/libgit.h"
#include "store/pending.h"
#include "store/tree.h"

#define SPARES_MAX 32 /* files that wait to be packs */

struct node {
	char *name; /* NULL for the root */
	struct folder folder;
	git_oid id; /* as it was read or written; zero when new */
	struct vec kids; /* struct node * */
	bool dirty;
};

struct work {
	struct repo *repo;
	struct node *root;
	git_oid tree; /* of the root when it is not dirty */
};

static struct node *
make_node(const char *name, size_t len)
{
	struct node *n = mem_alloc(sizeof *n);

	n->name = name ? mem_strndup(name, len) : NULL;
	folder_init(&n->folder);
	return n;
}

static void
free_node(void *item)
{
	struct node *n = item;

	if (n == NULL)
		return;
	vec_release(&n->kids, free_node);
	folder_release(&n->folder);
	free(n->name);
	free(n);
}

static int
load_node(struct work *w, struct node *n, const git_oid *id, struct err *err)
{
	struct tree *t = NULL;
	int rc = tree_read(&t, w->repo, id, err);

	if (rc == 0)
		folder_load(&n->folder, &t->raw);
	n->id = *id;
	tree_free(t);
	return rc;
}

int
work_open(struct work **out, struct repo *r, const git_oid *tree,
	  struct err *err)
{
	struct work *w = mem_alloc(sizeof *w);
	int rc = 0;

	w->repo = r;
	w->root = make_node(NULL, 0);
	w->tree = *tree;
	if (git_oid_is_zero(tree))
		w->root->dirty = true;
	else
		rc = load_node(w, w->root, tree, err);
	if (rc != 0) {
		work_close(w);
		w = NULL;
	}
	*out = w;
	return rc;
}

void
work_close(struct work *w)
{
	if (w == NULL)
		return;
	free_node(w->root);
	free(w);
}

void
work_move(struct work *w, struct repo *r)
{
	w->repo = r;
}

bool
work_is_at(const struct work *w, const git_oid *tree)
{
	return !w->root->dirty && git_oid_equal(&w->tree, tree);
}

static struct node *
find_kid(struct node *n, const char *name, size_t len)
{
	struct node *kid;
	size_t i;

	for (i = 0; i < n->kids.len; i++) {
		kid = n->kids.items[i];
		if (strlen(kid->name) == len && !memcmp(kid->name, name, len))
			return kid;
	}
	return NULL;
}

/*
 * The node of a subfolder, loaded when need be. *kid is NULL when there is
 * none; PLEIN_ERULE when the name is a file's.
 */
static int
open_kid(struct work *w, struct node *n, const char *name, size_t len,
	 struct node **kid, struct err *err)
{
	struct tree_entry e;
	int rc;

	*kid = find_kid(n, name, len);
	if (*kid != NULL)
		return 0;
	rc = folder_find(&n->folder, name, len, &e);
	if (rc < 0)
		return err_set(err, rc, "a folder is damaged");
	if (rc == 0)
		return 0;
	if (!tree_entry_is_dir(&e))
		return err_set(err, PLEIN_ERULE, "%s is a file, no folder",
			       e.name);
	*kid = make_node(name, len);
	rc = load_node(w, *kid, &e.id, err);
	if (rc == 0) {
		vec_push(&n->kids, *kid);
	} else {
		free_node(*kid);
		*kid = NULL;
	}
	return rc;
}

/*
 * The node of the folder `path` lies in, and the last part of the path.
 * *n is NULL when a folder is missing, unless `make`.
 */
static int
open_folder(struct work *w, const char *path, bool make, struct node **n,
	    const char **name, struct err *err)
{
	struct node *kid;
	const char *slash;
	size_t len;
	int rc;

	*n = w->root;
	while ((slash = strchr(path, '/')) != NULL) {
		len = (size_t)(slash - path);
		rc = open_kid(w, *n, path, len, &kid, err);
		if (rc == 0 && kid == NULL && make) {
			kid = make_node(path, len);
			vec_push(&(*n)->kids, kid);
		}
		*n = kid;
		if (rc != 0 || kid == NULL)
			return rc;
		path = slash + 1;
	}
	*name = path;
	return 0;
}

static int
find_file(struct node *n, const char *name, struct tree_entry *e,
	  struct err *err)
{
	int rc = n ? folder_find(&n->folder, name, strlen(name), e) : 0;

	if (rc < 0)
		return err_set(err, rc, "a folder is damaged");
	if (rc == 0 || tree_entry_is_dir(e))
		return err_set(err, PLEIN_ENOTFOUND, "no such file");
	return 0;
}

int
work_find(struct work *w, const char *path, git_oid *blob, struct err *err)
{
	struct node *n = NULL;
	const char *name = NULL;
	struct tree_entry e;
	int rc = open_folder(w, path, false, &n, &name, err);

	if (rc == PLEIN_ERULE)
		return err_set(err, PLEIN_ENOTFOUND, "no such file");
	if (rc == 0)
		rc = find_file(n, name, &e, err);
	if (rc == 0)
		*blob = e.id;
	return rc;
}

/* Folders on the way to `path` must be written again. */
static void
mark_changed(struct work *w, const char *path)
{
	struct node *n = w->root;
	const char *slash;

	n->dirty = true;
	while ((slash = strchr(path, '/')) != NULL) {
		n = find_kid(n, path, (size_t)(slash - path));
		n->dirty = true;
		path = slash + 1;
	}
}

static int
put_file(struct node *n, const char *name, const git_oid *blob, struct err *err)
{
	size_t len = strlen(name);
	struct tree_entry e;
	int rc = folder_find(&n->folder, name, len, &e);

	if ((rc > 0 && tree_entry_is_dir(&e)) || find_kid(n, name, len))
		return err_set(err, PLEIN_ERULE, "%s is a folder", name);
	if (rc >= 0)
		rc = folder_set(&n->folder, name, len, TREE_MODE_FILE, blob);
	return rc == 0 ? 0 : err_set(err, rc, "a folder is damaged");
}

static int
take_file(struct node *n, const char *name, struct err *err)
{
	struct tree_entry e;
	int rc = find_file(n, name, &e, err);

	return rc == 0 ? folder_drop(&n->folder, name, strlen(name)) : rc;
}

int
work_put(struct work *w, const char *path, const git_oid *blob, struct err *err)
{
	struct node *n = NULL;
	const char *name = NULL;
	int rc = open_folder(w, path, blob != NULL, &n, &name, err);

	if (rc != 0)
		return rc;
	rc = blob ? put_file(n, name, blob, err) : take_file(n, name, err);
	if (rc == 0)
		mark_changed(w, path);
	return rc;
}

static int
write_node(struct work *w, struct node *n, git_oid *id, struct err *err);

/* Write the kid and put its new id, or its absence, into the parent. */
static int
write_kid(struct work *w, struct node *n, struct node *kid, struct err *err)
{
	size_t len = strlen(kid->name);
	git_oid id;
	int rc = write_node(w, kid, &id, err);

	if (rc != 0)
		return rc;
	if (kid->folder.raw.len == 0)
		rc = folder_drop(&n->folder, kid->name, len);
	else
		rc = folder_set(&n->folder, kid->name, len, TREE_MODE_DIR, &id);
	return rc == 0 ? 0 : err_set(err, rc, "a folder is damaged");
}

static void
keep_folder(struct work *w, struct node *n, git_oid *id)
{
	folder_id(&n->folder, id);
	pending_add_folder(w->repo->pending, &n->folder, &n->id, id);
}

/* Depth is bounded by PATH_PARTS_MAX. An empty folder is not written. */
static int
write_node(struct work *w, struct node *n, git_oid *id, struct err *err)
{
	struct node *kid;
	size_t i = 0;
	int rc = 0;

	while (rc == 0 && i < n->kids.len) {
		kid = n->kids.items[i];
		if (kid->dirty)
			rc = write_kid(w, n, kid, err);
		if (rc == 0 && kid->folder.raw.len == 0)
			free_node(vec_remove(&n->kids, i));
		else
			i++;
	}
	if (rc == 0 && (n->folder.raw.len > 0 || n == w->root))
		keep_folder(w, n, id);
	if (rc == 0) {
		n->id = *id;
		n->dirty = false;
	}
	return rc;
}

int
work_write(struct work *w, git_oid *tree, struct err *err)
{
	int rc = 0;

	if (w->root->dirty)
		rc = write_node(w, w->root, &w->tree, err);
	if (rc == 0)
		*tree = w->tree;
	return rc;
}

/* Depth is bounded by PATH_PARTS_MAX. */
static void
prepare_node(struct node *n, const char *path, int *left)
{
	size_t i;

	if (n->folder.anchor && *left > 0)
		*left -= anchor_prepare(n->folder.anchor, path);
	for (i = 0; i < n->kids.len; i++)
		prepare_node(n->kids.items[i], path, left);
}

void
work_prepare(struct work *w, const char *path)
{
	int left = SPARES_MAX;

	prepare_node(w->root, path, &left);
}
