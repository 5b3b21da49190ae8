/*
 * forge.h - objects no git would make, put where a push would put them: a
 * folder incoming-… below objects/ of a repository. For the tests of what
 * must refuse them.
 */
#ifndef PLEIN_TEST_FORGE_H
#define PLEIN_TEST_FORGE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <git2.h>
#include <git2/sys/odb_backend.h>

#include "plein/buf.h"
#include "scratch.h"
#include "store/repo.h"

struct forge {
	git_odb *odb;
	char folder[SCRATCH_MAX + 64];
	const char *name; /* its last part */
};

/* What a commit says; NULL and 0 are what is right. */
struct forge_commit {
	const char *author, *mail; /* default Ada, ada@stad.example */
	const char *committer, *committer_mail; /* default Ada … */
	const char *message; /* default "gewijzigd\n" */
	const char *parents[3]; /* hexadecimal */
	const char *header; /* more lines */
	int64_t author_when, when; /* default 1700000000 */
};

static inline void
forge_open(struct forge *f, const char *repo)
{
	git_odb_backend *loose = NULL;

	(void)snprintf(f->folder, sizeof(f->folder),
		       "%s/objects/tmp_objdir-incoming-XXXXXX", repo);
	assert_non_null(mkdtemp(f->folder));
	f->name = strrchr(f->folder, '/') + 1;
	assert_int_equal(git_odb_new(&f->odb), 0);
	assert_int_equal(
		git_odb_backend_loose(&loose, f->folder, 1, 0, 0700, 0600), 0);
	assert_int_equal(git_odb_add_backend(f->odb, loose, 1), 0);
}

/* Takes the folder away too. */
static inline void
forge_close(struct forge *f)
{
	git_odb_free(f->odb);
	assert_int_equal(scratch_remove(f->folder), 0);
}

static inline void
forge_object(struct forge *f, git_object_t type, const struct buf *data,
	     git_oid *id)
{
	assert_int_equal(git_odb_write(id, f->odb, data->ptr, data->len, type),
			 0);
}

static inline void
forge_blob(struct forge *f, const char *text, git_oid *id)
{
	assert_int_equal(
		git_odb_write(id, f->odb, text, strlen(text), GIT_OBJECT_BLOB),
		0);
}

/* Add an entry to the bytes of a tree; the order is the caller's. */
static inline void
forge_entry(struct buf *tree, const char *mode, const char *name,
	    const git_oid *id)
{
	buf_str(tree, mode);
	buf_char(tree, ' ');
	buf_str(tree, name);
	buf_char(tree, '\0');
	buf_add(tree, id->id, GIT_OID_RAWSZ);
}

static inline void
forge_tree(struct forge *f, const char *mode, const char *name, git_oid *id)
{
	struct buf raw = BUF_INIT;

	forge_entry(&raw, mode, name, id);
	forge_object(f, GIT_OBJECT_TREE, &raw, id);
	buf_release(&raw);
}

/* Folders around *id, which becomes the root: the parts of `path` in turn. */
static inline void
forge_path(struct forge *f, const char *path, const char *mode, git_oid *id)
{
	char *copy = strdup(path), *slash;

	assert_non_null(copy);
	while ((slash = strrchr(copy, '/'))) {
		forge_tree(f, mode, slash + 1, id);
		mode = "40000";
		*slash = '\0';
	}
	forge_tree(f, mode, copy, id);
	free(copy);
}

static inline void
forge_sign(struct buf *out, const char *role, const char *name,
	   const char *mail, int64_t when)
{
	buf_printf(out, "%s %s <%s> %lld +0000\n", role, name ? name : "Ada",
		   mail ? mail : "ada@stad.example",
		   (long long)(when ? when : 1700000000));
}

static inline void
forge_commit(struct forge *f, const git_oid *tree, const struct forge_commit *c,
	     struct repo_id *id)
{
	struct buf text = BUF_INIT;
	git_oid oid;
	size_t i;

	buf_printf(&text, "tree %s\n", git_oid_tostr_s(tree));
	for (i = 0; i < 3 && c->parents[i]; i++)
		if (c->parents[i][0])
			buf_printf(&text, "parent %s\n", c->parents[i]);
	forge_sign(&text, "author", c->author, c->mail, c->author_when);
	forge_sign(&text, "committer", c->committer, c->committer_mail,
		   c->when);
	buf_str(&text, c->header ? c->header : "");
	buf_printf(&text, "\n%s", c->message ? c->message : "gewijzigd\n");
	forge_object(f, GIT_OBJECT_COMMIT, &text, &oid);
	(void)git_oid_tostr(id->hex, sizeof(id->hex), &oid);
	buf_release(&text);
}

#endif
