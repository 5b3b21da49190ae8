/*
 * pusher.h - a person of the town who pushes: commits made object by object
 * on top of main, put where git would keep them apart, and the gate's word on
 * them.
 */
#ifndef PLEIN_TEST_PUSHER_H
#define PLEIN_TEST_PUSHER_H

#include "town.h"

#include "forge.h"
#include "store/folder.h"
#include "store/libgit.h"
#include "wiki/gate.h"

#define PUSHER_NOW 1700001000

struct pusher {
	struct town *town;
	struct forge forge;
	struct repo_id main; /* where it is */
	struct repo_id tip; /* what is pushed */
	git_oid root; /* its tree */
	struct verdict verdict;
	struct gate_limits limits;
	enum role role;
};

static inline void
pusher_start(struct pusher *u, struct town *t)
{
	git_commit *c = NULL;

	memset(u, 0, sizeof(*u));
	u->town = t;
	u->limits = gate_limits_default;
	u->role = ROLE_BIJDRAGER;
	forge_open(&u->forge, DATA_REPO);
	assert_int_equal(repo_ref_read(t->desk.repo, &u->main, &t->err), 0);
	u->tip = u->main;
	assert_int_equal(libgit_commit(&c, t->desk.repo, &u->main, &t->err), 0);
	u->root = *git_commit_tree_id(c);
	git_commit_free(c);
}

static inline void
pusher_stop(struct pusher *u)
{
	verdict_release(&u->verdict);
	forge_close(&u->forge);
}

/* The bytes of a tree, wherever it lies. */
static inline void
pusher_read(struct pusher *u, const git_oid *id, struct buf *raw)
{
	git_odb_object *o = NULL;

	if (git_odb_read(&o, u->forge.odb, id) != 0 &&
	    git_odb_read(&o, u->town->desk.repo->odb, id) != 0)
		fail_msg("no tree %s", git_oid_tostr_s(id));
	buf_add(raw, git_odb_object_data(o), git_odb_object_size(o));
	git_odb_object_free(o);
}

/* Put an entry (NULL: take it out) at `path` below *root, which becomes the
 * new one. 0 when nothing is left in it. */
static inline size_t
pusher_graft(struct pusher *u, git_oid *root, const char *path, unsigned mode,
	     const git_oid *id)
{
	size_t len = strcspn(path, "/");
	struct buf raw = BUF_INIT;
	struct folder f;
	struct tree_entry e;
	git_oid below = { { 0 } };
	size_t n;

	if (!git_oid_is_zero(root))
		pusher_read(u, root, &raw);
	folder_init(&f);
	folder_load(&f, &raw);
	buf_release(&raw);
	if (path[len] == '/') {
		if (folder_find(&f, path, len, &e) > 0)
			below = e.id;
		id = pusher_graft(u, &below, path + len + 1, mode, id) ? &below
								       : NULL;
		mode = TREE_MODE_DIR;
	}
	if (id)
		assert_int_equal(folder_set(&f, path, len, mode, id), 0);
	else
		assert_int_equal(folder_drop(&f, path, len), 0);
	forge_object(&u->forge, GIT_OBJECT_TREE, &f.raw, root);
	n = f.raw.len;
	folder_release(&f);
	return n;
}

/* For the next commit. `text` NULL: the file vanishes. */
static inline void
pusher_put(struct pusher *u, const char *path, unsigned mode, const char *text)
{
	git_oid blob;

	if (text)
		forge_blob(&u->forge, text, &blob);
	(void)pusher_graft(u, &u->root, path, mode, text ? &blob : NULL);
}

/* One more commit; what is not said is right. */
static inline void
pusher_commit_as(struct pusher *u, struct forge_commit c)
{
	char mail[64];

	(void)snprintf(mail, sizeof(mail), "%s@stad.example",
		       role_name(u->role));
	if (!c.mail)
		c.mail = mail;
	if (!c.committer_mail)
		c.committer_mail = "iemand@laptop.example";
	if (!c.parents[0])
		c.parents[0] = u->tip.hex;
	forge_commit(&u->forge, &u->root, &c, &u->tip);
}

static inline void
pusher_commit(struct pusher *u)
{
	pusher_commit_as(u, (struct forge_commit){ 0 });
}

/* The gate's word; errors of the gate itself fail the test. */
static inline void
pusher_judge(struct pusher *u)
{
	struct gate g = { &u->town->desk, u->town->roles[u->role],
			  u->forge.name, &u->limits, PUSHER_NOW };

	verdict_release(&u->verdict);
	if (gate_judge(&g, &u->main, &u->tip, &u->verdict, &u->town->err))
		fail_msg("the gate: %s", u->town->err.msg);
}

/* "rule path (detail)" of each fault, a line each. */
static inline void
pusher_faults(const struct pusher *u, struct buf *out)
{
	const struct fault *f;
	size_t i;

	buf_reset(out);
	for (i = 0; i < u->verdict.faults.len; i++) {
		f = u->verdict.faults.items[i];
		buf_printf(out, "%s%s%s%s%s%s\n", fault_name(f->rule),
			   f->path ? " " : "", f->path ? f->path : "",
			   f->detail ? " (" : "", f->detail ? f->detail : "",
			   f->detail ? ")" : "");
	}
}

static inline void
pusher_expect(struct pusher *u, const char *faults)
{
	struct buf seen = BUF_INIT;

	pusher_judge(u);
	pusher_faults(u, &seen);
	assert_string_equal(seen.ptr, faults);
	buf_release(&seen);
}

#endif
