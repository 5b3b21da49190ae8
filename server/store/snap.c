/* snap.c - files as of one commit. */
#include "store/snap.h"

#include <git2.h>
#include <string.h>

#include "store/diff.h"
#include "store/libgit.h"
#include "store/packs.h"
#include "store/sha.h"
#include "store/tree.h"

#define BLOB_MAX (16UL * 1024 * 1024)

/* Trees are read through our own cache; libgit2's would parse them first. */
static int
read_root(struct repo *r, const struct repo_id *commit, git_oid *root,
	  struct err *err)
{
	git_commit *c = NULL;
	int rc = libgit_commit(&c, r, commit, err);

	if (rc == 0)
		*root = *git_commit_tree_id(c);
	git_commit_free(c);
	return rc;
}

static int
check_size(struct repo *r, const git_oid *id, size_t *out, struct err *err)
{
	git_object_t type;
	size_t size;
	int rc = git_odb_read_header(&size, &type, r->odb, id);

	if (rc != 0)
		return libgit_fail(err, rc, "file %s", git_oid_tostr_s(id));
	if (type != GIT_OBJECT_BLOB)
		return err_set(err, PLEIN_ECORRUPT, "%s is no file",
			       git_oid_tostr_s(id));
	if (size > BLOB_MAX)
		return err_set(err, PLEIN_ETOOBIG, "the file has %zu bytes",
			       size);
	*out = size;
	return 0;
}

/*
 * Out of a pack of ours, and hashed by us: what came in was looked at for
 * forgeries then, by git or by the writer. False, with nothing read, when
 * anything is not as it should be: libgit2 looks again, and says what.
 */
static bool
read_packed(struct repo *r, const git_oid *id, struct buf *text)
{
	size_t before = text->len;
	git_oid is;

	if (r->packs == NULL ||
	    packs_read(r->packs, id, GIT_OBJECT_BLOB, BLOB_MAX, text) != 0)
		return false;
	sha_object("blob", text->ptr + before, text->len - before, is.id);
	if (git_oid_equal(&is, id))
		return true;
	buf_erase(text, before, text->len - before);
	return false;
}

static int
read_blob(struct repo *r, const git_oid *id, struct buf *text, struct err *err)
{
	git_odb_object *obj = NULL;
	size_t size;
	int rc;

	if (read_packed(r, id, text))
		return 0;
	rc = check_size(r, id, &size, err);
	if (rc != 0)
		return rc;
	rc = git_odb_read(&obj, r->odb, id);
	if (rc != 0)
		return libgit_fail(err, rc, "file %s", git_oid_tostr_s(id));
	buf_add(text, git_odb_object_data(obj), git_odb_object_size(obj));
	git_odb_object_free(obj);
	return 0;
}

int
snap_read(struct repo *r, const struct repo_id *commit, const char *path,
	  struct buf *text, struct repo_id *blob, struct err *err)
{
	git_oid root, id;
	int rc;

	rc = read_root(r, commit, &root, err);
	if (rc == 0)
		rc = tree_lookup(r, &root, path, &id, err);
	if (rc != 0)
		return rc;
	rc = read_blob(r, &id, text, err);
	if (rc == PLEIN_ENOTFOUND)
		rc = err_set(err, PLEIN_ECORRUPT, "the text of %s is missing",
			     path);
	if (rc == 0 && blob != NULL)
		libgit_id(blob, &id);
	return rc;
}

int
snap_blob(struct repo *r, const struct repo_id *blob, struct buf *text,
	  struct err *err)
{
	git_oid id;
	int rc = libgit_oid(&id, blob, err);

	return rc == 0 ? read_blob(r, &id, text, err) : rc;
}

int
snap_size(struct repo *r, const struct repo_id *blob, size_t *size,
	  struct err *err)
{
	git_oid id;
	int rc = libgit_oid(&id, blob, err);

	return rc == 0 ? check_size(r, &id, size, err) : rc;
}

struct walker {
	int (*each)(void *ctx, const char *path, const struct repo_id *blob);
	void *ctx;
	const char *folder; /* paths begin below it, or NULL */
};

static int
pass_file(void *ctx, const char *path, const struct tree_entry *old,
	  const struct tree_entry *now)
{
	struct walker *w = ctx;
	struct buf whole = BUF_INIT;
	struct repo_id blob;
	int rc;

	(void)old;
	libgit_id(&blob, &now->id);
	if (w->folder == NULL)
		return w->each(w->ctx, path, &blob);
	buf_printf(&whole, "%s/%s", w->folder, path);
	rc = w->each(w->ctx, whole.ptr, &blob);
	buf_release(&whole);
	return rc;
}

int
snap_walk(struct repo *r, const struct repo_id *commit,
	  int (*each)(void *ctx, const char *path, const struct repo_id *blob),
	  void *ctx, struct err *err)
{
	struct walker w = { each, ctx, NULL };
	struct diff d = { .ctx = &w, .file = pass_file };
	git_oid root;
	int rc = read_root(r, commit, &root, err);

	return rc == 0 ? diff_trees(r, NULL, &root, &d, err) : rc;
}

/* *root becomes the folder in it; PLEIN_ENOTFOUND. */
static int
enter_folder(struct repo *r, git_oid *root, const char *folder, struct err *err)
{
	struct tree_entry e;
	struct tree *tree;
	size_t len;
	int rc = 0;

	for (; *folder && rc == 0; folder += len + (folder[len] == '/')) {
		len = strcspn(folder, "/");
		rc = tree_read(&tree, r, root, err);
		if (rc != 0)
			return rc;
		rc = tree_find(&tree->raw, folder, len, &e);
		if (rc > 0 && tree_entry_is_dir(&e)) {
			*root = e.id;
			rc = 0;
		} else if (rc >= 0) {
			rc = PLEIN_ENOTFOUND;
		}
		tree_free(tree);
	}
	return rc;
}

int
snap_walk_folder(struct repo *r, const struct repo_id *commit,
		 const char *folder,
		 int (*each)(void *ctx, const char *path,
			     const struct repo_id *blob),
		 void *ctx, struct err *err)
{
	struct walker w = { each, ctx, folder };
	struct diff d = { .ctx = &w, .file = pass_file };
	git_oid root;
	int rc = read_root(r, commit, &root, err);

	if (rc == 0)
		rc = enter_folder(r, &root, folder, err);
	if (rc == PLEIN_ENOTFOUND)
		return 0;
	return rc == 0 ? diff_trees(r, NULL, &root, &d, err) : rc;
}

int
snap_name(const char *text, size_t len, struct repo_id *blob, struct err *err)
{
	git_oid id;
	int rc = git_odb_hash(&id, text, len, GIT_OBJECT_BLOB);

	if (rc != 0)
		return libgit_fail(err, rc, "a text");
	libgit_id(blob, &id);
	return 0;
}
