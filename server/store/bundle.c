/* bundle.c - see bundle.h: a few lines of text, then a pack. */
#include "store/bundle.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "plein/buf.h"
#include "plein/mem.h"
#include "store/libgit.h"

#define MAGIC "# v2 git bundle\n"
#define TAIL " " REPO_BRANCH "\n\n"
#define HEAD_LEN (sizeof(MAGIC) - 1 + REPO_ID_LEN + sizeof(TAIL) - 1)

struct bundle {
	struct repo *repo;
	git_indexer *pack;
	struct buf head; /* until it is whole */
	struct repo_id tip; /* "" until then */
	git_indexer_progress progress;
};

void
bundle_header(struct buf *out, const struct repo_id *tip)
{
	buf_printf(out, MAGIC "%s" TAIL, tip->hex);
}

int
bundle_tip(const char *data, size_t len, struct repo_id *tip, struct err *err)
{
	const char *id = data + sizeof(MAGIC) - 1;

	if (len < HEAD_LEN)
		return 0;
	if (memcmp(data, MAGIC, sizeof(MAGIC) - 1) != 0 ||
	    memcmp(id + REPO_ID_LEN, TAIL, sizeof(TAIL) - 1) != 0 ||
	    strspn(id, "0123456789abcdef") != REPO_ID_LEN)
		return err_set(err, PLEIN_ECORRUPT,
			       "this is no bundle of main alone");
	memcpy(tip->hex, id, REPO_ID_LEN);
	tip->hex[REPO_ID_LEN] = '\0';
	return (int)HEAD_LEN;
}

static int
open_pack(struct bundle *b, struct err *err)
{
	git_indexer_options opts = { .version = GIT_INDEXER_OPTIONS_VERSION };
	struct buf folder = BUF_INIT;
	int rc;

	buf_printf(&folder, "%sobjects/pack",
		   git_repository_path(b->repo->git));
	rc = git_indexer_new(&b->pack, folder.ptr, 0, NULL, &opts);
	buf_release(&folder);
	return rc == 0 ? 0 : libgit_fail(err, rc, "taking in a bundle");
}

int
bundle_begin(struct bundle **out, const char *path, struct err *err)
{
	struct bundle *b = mem_alloc(sizeof(*b));
	struct repo_id tip;
	int rc;

	buf_init(&b->head);
	rc = repo_open(&b->repo, path, err);
	if (rc == 0)
		rc = repo_ref_read(b->repo, &tip, err);
	if (rc == 0 && tip.hex[0] != '\0')
		rc = err_set(err, PLEIN_EEXISTS, "it has commits already");
	if (rc == 0)
		rc = open_pack(b, err);
	if (rc != 0) {
		bundle_abort(b);
		b = NULL;
	}
	*out = b;
	return rc;
}

void
bundle_abort(struct bundle *b)
{
	if (!b)
		return;
	git_indexer_free(b->pack);
	repo_close(b->repo);
	buf_release(&b->head);
	free(b);
}

static int
feed_pack(struct bundle *b, const void *data, size_t len, struct err *err)
{
	int rc = len ? git_indexer_append(b->pack, data, len, &b->progress) : 0;

	return rc == 0 ? 0 : libgit_fail(err, rc, "the content");
}

int
bundle_feed(struct bundle *b, const void *data, size_t len, struct err *err)
{
	int n;

	if (b->tip.hex[0] != '\0')
		return feed_pack(b, data, len, err);
	buf_add(&b->head, data, len);
	n = bundle_tip(b->head.ptr, b->head.len, &b->tip, err);
	if (n <= 0)
		return n;
	return feed_pack(b, b->head.ptr + n, b->head.len - (size_t)n, err);
}

/* A handle of its own: the one we have does not know of the pack. */
static int
move_main(const struct bundle *b, struct err *err)
{
	static const struct repo_id none = { "" };
	git_commit *commit = NULL;
	struct repo *repo = NULL;
	int rc = repo_open(&repo, git_repository_path(b->repo->git), err);

	if (rc == 0)
		rc = libgit_commit(&commit, repo, &b->tip, err);
	if (rc == PLEIN_ENOTFOUND)
		rc = err_set(err, PLEIN_ECORRUPT, "its tip %s is missing",
			     b->tip.hex);
	if (rc == 0)
		rc = repo_ref_swap(repo, &none, &b->tip, err);
	git_commit_free(commit);
	repo_close(repo);
	return rc;
}

int
bundle_commit(struct bundle *b, struct err *err)
{
	int rc = 0;

	if (b->tip.hex[0] == '\0')
		rc = err_set(err, PLEIN_ECORRUPT, "the content is cut off");
	if (rc == 0) {
		rc = git_indexer_commit(b->pack, &b->progress);
		if (rc != 0)
			rc = libgit_fail(err, rc, "the content");
	}
	if (rc == 0)
		rc = move_main(b, err);
	bundle_abort(b);
	return rc;
}
