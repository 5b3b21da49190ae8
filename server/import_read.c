/* import_read.c - see import_read.h. */
#include "import_read.h"

#include <stdlib.h>
#include <string.h>

#include "parcel.h"
#include "plein/filter.h"
#include "plein/mem.h"
#include "plein/vec.h"
#include "store/incoming.h"
#include "store/moves.h"
#include "store/snap.h"
#include "store/source.h"

struct reading {
	struct repo *repo;
	int out;
	struct parcel parcel; /* the one being made */
	struct vec files; /* struct incoming_file *: of the commit at hand */
	struct err err;
};

static void
add_text(struct reading *r, const char *s)
{
	parcel_add_text(&r->parcel, s, strlen(s));
}

static void
begin_parcel(struct reading *r, enum import_parcel kind)
{
	parcel_reset(&r->parcel);
	parcel_add_number(&r->parcel, kind);
}

static int
send_parcel(struct reading *r)
{
	return parcel_send(&r->parcel, r->out, &r->err);
}

static bool
is_plain(enum incoming_kind kind)
{
	return kind == INCOMING_FILE || kind == INCOMING_PROGRAM;
}

static int
send_file(struct reading *r, const struct incoming_file *f, const char *from)
{
	struct buf text = BUF_INIT;
	int rc = 0;

	begin_parcel(r, IMPORT_FILE);
	parcel_add_number(&r->parcel, f->kind);
	add_text(r, f->path);
	add_text(r, f->blob.hex);
	parcel_add_number(&r->parcel, (int64_t)f->size);
	if (is_plain(f->kind) && f->size <= IMPORT_TEXT_MAX)
		rc = snap_blob(r->repo, &f->blob, &text, &r->err);
	parcel_add_text(&r->parcel, text.ptr, text.len);
	add_text(r, from);
	buf_release(&text);
	return rc ? rc : send_parcel(r);
}

/* --- the files of one commit -------------------------------------------- */

static void
free_file(void *item)
{
	struct incoming_file *f = item;

	free((char *)f->path);
	free(f);
}

/* A link or a module is no page that moves. */
static enum moves_kind
kind_of_move(const struct incoming_file *f)
{
	if (f->kind == INCOMING_GONE && is_plain(f->was))
		return MOVES_GONE;
	return f->appeared && is_plain(f->kind) ? MOVES_APPEARED : MOVES_OTHER;
}

/* One for each of the files, in their order. */
static struct moves_file *
make_moves(const struct vec *files)
{
	struct moves_file *moves = mem_alloc(files->len * sizeof(*moves));
	const struct incoming_file *f;
	size_t i;

	for (i = 0; i < files->len; i++) {
		f = files->items[i];
		moves[i].path = f->path;
		moves[i].kind = kind_of_move(f);
		moves[i].blob = f->kind == INCOMING_GONE ? f->old : f->blob;
	}
	return moves;
}

/* What vanished and is elsewhere now goes along with what it became. */
static int
send_files(struct reading *r)
{
	struct moves_file *moves;
	size_t i;
	int rc;

	if (r->files.len == 0)
		return 0;
	moves = make_moves(&r->files);
	rc = moves_find(r->repo, moves, r->files.len, &r->err);
	for (i = 0; i < r->files.len && !rc; i++)
		if (!moves[i].taken)
			rc = send_file(r, r->files.items[i],
				       moves[i].from ? moves[i].from->path
						     : "");
	free(moves);
	vec_release(&r->files, free_file);
	return rc;
}

static int
keep_file(void *ctx, const struct incoming_file *f)
{
	struct reading *r = ctx;
	struct incoming_file *kept = mem_alloc(sizeof(*kept));

	*kept = *f;
	kept->path = mem_strdup(f->path);
	vec_push(&r->files, kept);
	return 0;
}

/* The one before it is complete now. */
static int
begin_commit(void *ctx, const struct incoming_commit *c)
{
	struct reading *r = ctx;
	int rc = send_files(r);

	if (rc)
		return rc;
	begin_parcel(r, IMPORT_COMMIT);
	add_text(r, c->id.hex);
	add_text(r, c->author);
	add_text(r, c->author_mail);
	add_text(r, c->message);
	parcel_add_number(&r->parcel, c->author_when);
	parcel_add_number(&r->parcel, c->when);
	return send_parcel(r);
}

/* What is odd about a folder does not come along. */
static int
pass_folder(void *ctx, const char *path)
{
	(void)ctx;
	(void)path;
	return 0;
}

static int
read_history(struct reading *r, const char *path, const char *after)
{
	const struct incoming in = { r, begin_commit, keep_file, pass_folder };
	struct repo_id none = { "" }, head, id = { "" };
	bool holds = false;
	int rc = source_open(&r->repo, path, &head, &r->err);

	if (!rc && strlen(after) == REPO_ID_LEN) {
		memcpy(id.hex, after, REPO_ID_LEN + 1);
		rc = source_holds(r->repo, &head, &id, &holds, &r->err);
	}
	if (rc)
		return rc;
	begin_parcel(r, IMPORT_BEGIN);
	parcel_add_number(&r->parcel, holds);
	rc = send_parcel(r);
	if (!rc)
		rc = incoming_walk(r->repo, &none, &head, &in, &r->err);
	return rc ? rc : send_files(r);
}

static int
tell_end(struct reading *r, int rc)
{
	struct buf line = BUF_INIT;

	begin_parcel(r, rc ? IMPORT_FAILED : IMPORT_END);
	if (rc) {
		filter_line(&line, r->err.msg, strlen(r->err.msg));
		add_text(r, line.ptr);
	}
	buf_release(&line);
	return send_parcel(r);
}

int
import_read(const char *path, int in, int out)
{
	struct reading r = { .out = out, .parcel = PARCEL_INIT };
	struct parcel asked = PARCEL_INIT;
	int rc = 0;

	/* It says nothing more when it could not even begin. */
	if (parcel_receive(&asked, in, &r.err) == 1) {
		rc = read_history(&r, path, parcel_text(&asked, NULL));
		rc = rc == PLEIN_ECLOSED ? rc : tell_end(&r, rc);
	}
	repo_close(r.repo);
	parcel_release(&asked);
	parcel_release(&r.parcel);
	vec_release(&r.files, free_file);
	return rc ? EXIT_FAILURE : EXIT_SUCCESS;
}
