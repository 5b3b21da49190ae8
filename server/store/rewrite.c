/*
 * rewrite.c - see rewrite.h. Objects are changed in place, as bytes: in a
 * folder the ids of what changed, in a commit the ids of its folder and its
 * parent. A folder at one path is looked at once, whatever number of commits
 * hold it.
 */
#include "store/rewrite.h"

#include <errno.h>
#include <fcntl.h>
#include <search.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "plein/fs.h"
#include "plein/mem.h"
#include "plein/vec.h"
#include "store/folder.h"
#include "store/libgit.h"
#include "store/packs.h"
#include "store/pending.h"
#include "store/strict.h"
#include "store/tree.h"

#define STORE_BYTES ((size_t)32 * 1024 * 1024) /* then it is written */
#define ALTERNATES "objects/info/alternates"

/* What a folder became; or, with `old` all zero, the last one at its path. */
struct place {
	git_oid old, now;
	char *folder;
};

struct rewrite {
	struct repo *from;
	char *to;
	git_odb *there; /* what `to` has by itself; NULL: that does not count */
	const struct rewrite_rules *rules;
	void *places; /* a tree of tsearch(3) */
};

/* --- what was looked at ------------------------------------------------- */

static int
compare_places(const void *a, const void *b)
{
	const struct place *x = a, *y = b;
	int order = git_oid_cmp(&x->old, &y->old);

	return order ? order : strcmp(x->folder, y->folder);
}

static void
free_place(void *item)
{
	struct place *p = item;

	free(p->folder);
	free(p);
}

static struct place *
find_place(struct rewrite *w, const char *folder, const git_oid *old)
{
	struct place key = { .old = *old, .folder = (char *)folder };
	struct place **found = tfind(&key, &w->places, compare_places);

	return found ? *found : NULL;
}

static void
note_place(struct rewrite *w, const char *folder, const git_oid *old,
	   const git_oid *now)
{
	struct place *p = find_place(w, folder, old);

	if (!p) {
		p = mem_alloc(sizeof(*p));
		p->old = *old;
		p->folder = mem_strdup(folder);
		if (!tsearch(p, &w->places, compare_places))
			die("out of memory");
	}
	p->now = *now;
}

/* --- objects ------------------------------------------------------------ */

static int
read_raw(struct rewrite *w, const git_oid *id, git_object_t type,
	 struct buf *raw, struct err *err)
{
	git_odb_object *object = NULL;
	int rc = git_odb_read(&object, w->from->odb, id);

	if (rc != 0)
		return libgit_fail(err, rc, "reading an object");
	if (git_odb_object_type(object) != type)
		rc = err_set(err, PLEIN_ECORRUPT,
			     "an object is of another "
			     "kind than it should be");
	else
		buf_add(raw, git_odb_object_data(object),
			git_odb_object_size(object));
	git_odb_object_free(object);
	return rc;
}

static int
store_if_many(struct rewrite *w, struct err *err)
{
	if (pending_bytes(w->from->pending) < STORE_BYTES)
		return 0;
	return pending_store(w->from->pending, w->to, err);
}

static int
put(struct rewrite *w, git_object_t type, const struct buf *raw,
    const git_oid *was, git_oid *id, struct err *err)
{
	return pending_add(w->from->pending, type, raw, was, id, err);
}

/* Is `now`, made from `old`, there already? */
static bool
has(const struct rewrite *w, const git_oid *now, const git_oid *old)
{
	return w->there ? git_odb_exists(w->there, now)
			: git_oid_equal(now, old);
}

/* One entry of a folder; `id` points into it. */
struct leaf {
	bool is_folder, is_file;
	const char *name;
	unsigned char *id;
};

/* The entry at *pos, which moves behind it: 1, 0 at the end. */
static int
take_entry(struct buf *raw, size_t *pos, struct leaf *e, struct err *err)
{
	char *at = raw->ptr + *pos, *end = raw->ptr + raw->len, *name;

	if (at == end)
		return 0;
	name = memchr(at, ' ', (size_t)(end - at));
	e->name = name ? name + 1 : end;
	e->id = name ? memchr(e->name, '\0', (size_t)(end - e->name)) : NULL;
	if (!e->id || end - (char *)e->id <= GIT_OID_RAWSZ)
		return err_set(err, PLEIN_ECORRUPT, "a folder is damaged");
	e->id++;
	e->is_folder = strncmp(at, "40000 ", 6) == 0;
	e->is_file = strncmp(at, "100", 3) == 0;
	*pos = (size_t)((char *)e->id - raw->ptr) + GIT_OID_RAWSZ;
	return 1;
}

/* --- what `to` has to have ---------------------------------------------- */

static int
copy(struct rewrite *w, const git_oid *id, bool is_folder, struct err *err);

static int
copy_entries(struct rewrite *w, struct buf *raw, struct err *err)
{
	struct leaf e;
	size_t pos = 0;
	git_oid id;
	int rc;

	while ((rc = take_entry(raw, &pos, &e, err)) > 0) {
		(void)git_oid_fromraw(&id, e.id); /* always 0 */
		rc = copy(w, &id, e.is_folder, err);
		if (rc)
			return rc;
	}
	return rc;
}

/* What is there has all that it needs there too. */
static int
copy(struct rewrite *w, const git_oid *id, bool is_folder, struct err *err)
{
	git_object_t type = is_folder ? GIT_OBJECT_TREE : GIT_OBJECT_BLOB;
	struct buf raw = BUF_INIT;
	git_oid same;
	int rc;

	if (!w->there || git_odb_exists(w->there, id))
		return 0;
	rc = read_raw(w, id, type, &raw, err);
	if (!rc && is_folder)
		rc = copy_entries(w, &raw, err);
	if (!rc)
		rc = put(w, type, &raw, NULL, &same, err);
	buf_release(&raw);
	return rc;
}

/* --- folders ------------------------------------------------------------ */

static int
make_folder(struct rewrite *w, const char *folder, const git_oid *old,
	    git_oid *now, struct err *err);

static int
make_file(struct rewrite *w, const char *path, const git_oid *old, git_oid *now,
	  struct err *err)
{
	struct buf text = BUF_INIT;
	struct repo_id blob;
	int rc;

	*now = *old;
	libgit_id(&blob, old);
	rc = w->rules->file(w->rules->ctx, path, &blob, &text, err);
	if (rc > 0)
		rc = put(w, GIT_OBJECT_BLOB, &text, NULL, now, err);
	else if (rc == 0)
		rc = copy(w, old, false, err);
	buf_release(&text);
	return rc;
}

static int
make_entry(struct rewrite *w, const char *folder, struct leaf *e,
	   struct err *err)
{
	struct buf path = BUF_INIT;
	git_oid old, now;
	int rc = 0;

	(void)git_oid_fromraw(&old, e->id); /* always 0 */
	now = old;
	buf_printf(&path, "%s%s%s", folder, e->name, e->is_folder ? "/" : "");
	if (e->is_folder)
		rc = make_folder(w, path.ptr, &old, &now, err);
	else if (e->is_file)
		rc = make_file(w, path.ptr, &old, &now, err);
	memcpy(e->id, now.id, GIT_OID_RAWSZ);
	buf_release(&path);
	return rc;
}

static int
make_entries(struct rewrite *w, const char *folder, struct buf *raw,
	     struct err *err)
{
	struct leaf e;
	size_t pos = 0;
	int rc, failed = 0;

	while (!failed && (rc = take_entry(raw, &pos, &e, err)) > 0)
		failed = make_entry(w, folder, &e, err);
	return failed ? failed : rc;
}

static int
rename_entry(struct folder *f, const struct tree_entry *e,
	     const struct buf *name, struct err *err)
{
	const git_oid id = e->id;
	const unsigned mode = e->mode;
	struct tree_entry other;
	int rc = folder_find(f, name->ptr, name->len, &other);

	if (rc > 0)
		return err_set(err, PLEIN_EEXISTS, "there was a %s before",
			       name->ptr);
	if (!rc)
		rc = folder_drop(f, e->name, e->len);
	if (!rc)
		rc = folder_set(f, name->ptr, name->len, mode, &id);
	return rc ? err_set(err, rc, "a folder is damaged") : 0;
}

/* Other names have other places. */
static int
rename_entries(struct rewrite *w, const char *path, struct buf *raw,
	       struct err *err)
{
	struct buf name = BUF_INIT;
	struct tree_entry e;
	struct folder f;
	bool any = false;
	size_t pos = 0;
	int rc = 0;

	folder_init(&f);
	folder_load(&f, raw);
	while (!rc && tree_next(raw, &pos, &e) > 0) {
		buf_reset(&name);
		if (!w->rules->name(w->rules->ctx, path, e.name,
				    tree_entry_is_dir(&e), &name))
			continue;
		any = true;
		rc = rename_entry(&f, &e, &name, err);
	}
	if (!rc && any) {
		buf_reset(raw);
		buf_add(raw, f.raw.ptr, f.raw.len);
	}
	folder_release(&f);
	buf_release(&name);
	return rc;
}

/* Stored as the difference to what was last at this path. */
static int
put_folder(struct rewrite *w, const char *folder, const struct buf *raw,
	   const git_oid *old, git_oid *now, struct err *err)
{
	static const git_oid none = { { 0 } };
	const struct place *last = find_place(w, folder, &none);
	git_oid was = last ? last->now : none;
	int rc = git_odb_hash(now, raw->ptr, raw->len, GIT_OBJECT_TREE);

	if (rc != 0)
		return libgit_fail(err, rc, "hashing a folder");
	if (has(w, now, old))
		return 0;
	rc = put(w, GIT_OBJECT_TREE, raw, last ? &was : NULL, now, err);
	if (!rc)
		note_place(w, folder, &none, now);
	return rc;
}

static int
make_folder(struct rewrite *w, const char *folder, const git_oid *old,
	    git_oid *now, struct err *err)
{
	const struct place *known = find_place(w, folder, old);
	struct buf raw = BUF_INIT;
	int rc;

	*now = known ? known->now : *old;
	if (known)
		return 0;
	if (!w->rules->enters(w->rules->ctx, folder))
		return copy(w, old, true, err);
	rc = read_raw(w, old, GIT_OBJECT_TREE, &raw, err);
	if (!rc)
		rc = make_entries(w, folder, &raw, err);
	if (!rc && w->rules->name)
		rc = rename_entries(w, folder, &raw, err);
	if (!rc)
		rc = put_folder(w, folder, &raw, old, now, err);
	if (!rc)
		note_place(w, folder, old, now);
	buf_release(&raw);
	return rc;
}

/* --- commits ------------------------------------------------------------ */

/* The id behind `word` at `at`; NULL when it does not say that. */
static char *
find_id(char *at, const char *word, git_oid *id)
{
	size_t len = strlen(word);

	if (strncmp(at, word, len) != 0 || git_oid_fromstr(id, at + len) != 0)
		return NULL;
	return at + len;
}

/* A signature of what it was; it would be of no use. */
static void
drop_signature(struct buf *raw)
{
	char *at = strstr(raw->ptr, "\ngpgsig "), *end,
	     *body = strstr(raw->ptr, "\n\n");

	if (!at || !body || at > body)
		return;
	for (end = strchr(at + 1, '\n'); end && end[1] == ' ';)
		end = strchr(end + 1, '\n');
	if (end)
		buf_erase(raw, (size_t)(at - raw->ptr), (size_t)(end - at));
}

static int
make_message(struct rewrite *w, struct buf *raw, struct err *err)
{
	char *body = strstr(raw->ptr, "\n\n");
	struct buf text = BUF_INIT;
	size_t at, len;
	int rc;

	if (!body)
		return 0;
	at = (size_t)(body + 2 - raw->ptr);
	len = raw->len - at;
	rc = w->rules->message(w->rules->ctx, raw->ptr + at, len, &text, err);
	if (rc > 0) {
		buf_erase(raw, at, len);
		buf_add(raw, text.ptr, text.len);
		rc = 0;
	}
	buf_release(&text);
	return rc;
}

static int
not_one_line(struct err *err)
{
	return err_set(err, PLEIN_ECORRUPT, "main is not one line of commits");
}

/* `raw` with another folder and parent; `parent` is what that became. */
static int
make_commit(struct rewrite *w, struct buf *raw, const git_oid *parent,
	    struct err *err)
{
	git_oid tree, now, before;
	char *id = find_id(raw->ptr, "tree ", &tree), *next;
	int rc;

	if (!id)
		return not_one_line(err);
	rc = make_folder(w, "", &tree, &now, err);
	if (rc)
		return rc;
	(void)git_oid_fmt(id, &now); /* always 0 */
	next = find_id(id + GIT_OID_HEXSZ + 1, "parent ", &before);
	if (next && parent)
		(void)git_oid_fmt(next, parent); /* always 0 */
	if (!next != !parent ||
	    (next && strncmp(next + GIT_OID_HEXSZ + 1, "parent ", 7) == 0))
		return not_one_line(err);
	return make_message(w, raw, err);
}

static int
tell_became(struct rewrite *w, const git_oid *old, const git_oid *now,
	    struct err *err)
{
	struct repo_id from, to;

	if (git_oid_equal(old, now))
		return 0;
	libgit_id(&from, old);
	libgit_id(&to, now);
	return w->rules->became(w->rules->ctx, &from, &to, err);
}

/* *parent becomes the new commit. */
static int
rewrite_one(struct rewrite *w, const git_oid *old, git_oid *parent, bool first,
	    struct err *err)
{
	struct buf raw = BUF_INIT;
	git_oid now = *old;
	int rc = read_raw(w, old, GIT_OBJECT_COMMIT, &raw, err);

	if (!rc)
		rc = make_commit(w, &raw, first ? NULL : parent, err);
	if (!rc)
		rc = git_odb_hash(&now, raw.ptr, raw.len, GIT_OBJECT_COMMIT);
	if (!rc && !git_oid_equal(old, &now))
		drop_signature(&raw);
	if (!rc && !has(w, &now, old))
		rc = put(w, GIT_OBJECT_COMMIT, &raw, NULL, &now, err);
	if (!rc)
		rc = tell_became(w, old, &now, err);
	if (!rc)
		rc = store_if_many(w, err);
	*parent = now;
	buf_release(&raw);
	return rc;
}

/* git_oid * of those after `after`, the newest first. */
static int
list_commits(struct rewrite *w, const struct repo_id *after,
	     const struct repo_id *tip, struct vec *out, struct err *err)
{
	struct repo_id at = *tip;
	git_commit *c = NULL;
	git_oid *id;
	int rc = 0;

	while (!rc && strcmp(at.hex, after->hex) != 0) {
		if (!at.hex[0])
			return err_set(err, PLEIN_ENOTFOUND,
				       "main does not follow on %s",
				       after->hex);
		rc = libgit_commit(&c, w->from, &at, err);
		if (rc)
			break;
		id = mem_alloc(sizeof(*id));
		*id = *git_commit_id(c);
		vec_push(out, id);
		at.hex[0] = '\0';
		if (git_commit_parentcount(c) == 1)
			libgit_id(&at, git_commit_parent_id(c, 0));
		else if (git_commit_parentcount(c) > 1)
			rc = not_one_line(err);
		git_commit_free(c);
	}
	return rc;
}

int
rewrite_run(struct rewrite *w, const struct repo_id *after,
	    const struct repo_id *now, const struct repo_id *tip,
	    struct repo_id *made, struct err *err)
{
	struct vec ids = VEC_INIT;
	git_oid parent = { { 0 } };
	bool first = !after->hex[0];
	int rc = list_commits(w, after, tip, &ids, err);

	if (!rc && !first)
		rc = libgit_oid(&parent, now, err);
	for (size_t i = ids.len; i-- > 0 && !rc; first = false)
		rc = rewrite_one(w, ids.items[i], &parent, first, err);
	if (!rc)
		rc = pending_store(w->from->pending, w->to, err);
	if (!rc)
		libgit_id(made, &parent);
	vec_release(&ids, free);
	return rc;
}

/* --- begin and end ------------------------------------------------------ */

/* Only what lies in `to` itself. */
static int
open_there(struct rewrite *w, struct err *err)
{
	struct buf objects = BUF_INIT;
	int rc = git_odb_new(&w->there);

	buf_printf(&objects, "%s/objects", w->to);
	if (rc == 0)
		rc = strict_attach(w->there, objects.ptr);
	if (rc == 0)
		rc = packs_attach(w->there, objects.ptr, NULL);
	buf_release(&objects);
	return rc == 0 ? 0 : libgit_fail(err, rc, "%s", w->to);
}

int
rewrite_open(struct rewrite **out, struct repo *from, const char *to,
	     bool alone, const struct rewrite_rules *rules, struct err *err)
{
	struct rewrite *w = mem_alloc(sizeof(*w));
	int rc;

	w->from = from;
	w->to = mem_strdup(to);
	w->rules = rules;
	rc = alone ? open_there(w, err) : 0;
	if (rc) {
		rewrite_close(w);
		w = NULL;
	}
	*out = w;
	return rc;
}

void
rewrite_close(struct rewrite *w)
{
	if (!w)
		return;
	pending_cut(w->from->pending, 0);
	tdestroy(w->places, free_place);
	git_odb_free(w->there);
	free(w->to);
	free(w);
}

int
rewrite_borrow(const char *to, const char *name, struct err *err)
{
	struct buf line = BUF_INIT;
	int dir = fs_open_dir(to, err), rc;

	if (dir < 0)
		return dir;
	buf_printf(&line, "../../%s/objects\n", name);
	rc = fs_create_at(dir, ALTERNATES, line.ptr, line.len, 0600, err);
	buf_release(&line);
	(void)close(dir); /* a folder */
	return rc;
}

int
rewrite_return(const char *to, struct err *err)
{
	int dir = fs_open_dir(to, err), rc = 0;

	if (dir < 0)
		return dir;
	if (unlinkat(dir, ALTERNATES, 0) != 0 && errno != ENOENT)
		rc = err_set_errno(err, errno, ALTERNATES);
	if (!rc)
		rc = fs_sync_fs(dir, err);
	(void)close(dir); /* a folder */
	return rc;
}
