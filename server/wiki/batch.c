/* batch.c - see batch.h. */
#include "wiki/batch.h"

#include <stdlib.h>
#include <string.h>

#include "plein/clock.h"
#include "plein/mem.h"
#include "plein/message.h"
#include "store/txn.h"
#include "wiki/auditing.h"
#include "wiki/draft.h"
#include "wiki/erased.h"
#include "wiki/indexer.h"
#include "wiki/rounding.h"
#include "wiki/standin.h"
#include "wiki/upload.h"

#define TRIES 3 /* while others move main */

struct batch {
	struct desk *desk;
	struct txn *txn; /* NULL until the first edit */
	struct repo_id base; /* where main was then */
	bool joined; /* by the task that runs now */
	bool stored; /* main has moved */
	struct batch_end end;
};

static bool
leaves_doubt(int rc)
{
	return rc == PLEIN_EIO || rc == PLEIN_EUNKNOWN;
}

/* The batch cannot go on; everybody in it will be told so. */
static int
break_batch(struct batch *b, int rc, const struct err *err)
{
	b->end.err = *err;
	b->end.err.code = rc;
	return rc;
}

/* The index must stand where main stands, or versions would be wrong. */
static int
compare_heads(struct batch *b, bool *same, struct err *err)
{
	char head[REPO_ID_LEN + 1];
	int rc = index_head(b->desk->index, head, err);

	*same = !rc && strcmp(head, txn_base(b->txn)->hex) == 0;
	return rc;
}

static int
align_index(struct batch *b, struct err *err)
{
	bool same;
	int rc = compare_heads(b, &same, err);

	if (!rc && same)
		return 0;
	rc = desk_catch_up(b->desk, err);
	if (!rc)
		rc = compare_heads(b, &same, err);
	if (!rc && !same)
		rc = err_set(err, PLEIN_EBUSY, "main moved meanwhile");
	return rc;
}

/* While it is being made another one stands in for it. */
static int
take_index(struct batch *b, struct err *err)
{
	int rc = desk_need_index(b->desk, err);

	if (!rc)
		rc = align_index(b, err);
	if (rc && desk_lacks_index(b->desk))
		rc = desk_stand_in(b->desk, txn_base(b->txn), err);
	return rc;
}

static int
open_batch(struct batch *b, struct err *err)
{
	struct desk *d = b->desk;
	int rc = desk_need_repo(d, err);

	if (!rc)
		rc = txn_begin(&b->txn, d->repo, err);
	if (rc)
		return rc;
	b->base = *txn_base(b->txn);
	rc = take_index(b, err);
	if (!rc)
		rc = index_begin(d->index, err);
	if (rc) {
		desk_stand_down(d, false);
		txn_abort(b->txn);
		b->txn = NULL;
	}
	return rc;
}

int
batch_join(struct batch *b, struct err *err)
{
	int rc;

	if (b->end.err.code) {
		if (err)
			*err = b->end.err;
		return b->end.err.code;
	}
	if (!b->txn) {
		rc = open_batch(b, err);
		if (rc)
			return rc;
	}
	b->joined = true;
	return 0;
}

int
batch_show(struct batch *b, const char *address, bool fresh, struct err *err)
{
	if (!desk_is_standing_in(b->desk))
		return 0;
	return standin_show(b->desk->standin, address, fresh, err);
}

int
batch_show_base(struct batch *b, const char *address, const char *commit,
		struct err *err)
{
	if (!desk_is_standing_in(b->desk))
		return 0;
	return standin_show_base(b->desk->standin, address, commit, err);
}

int
batch_show_files(struct batch *b, const char *address, struct err *err)
{
	if (!desk_is_standing_in(b->desk))
		return 0;
	return standin_show_files(b->desk->standin, address, err);
}

int
batch_show_thread(struct batch *b, const char *code, struct err *err)
{
	if (!desk_is_standing_in(b->desk))
		return 0;
	return standin_show_thread(b->desk->standin, code, err);
}

int
batch_show_talks(struct batch *b, const char *address, struct err *err)
{
	if (!desk_is_standing_in(b->desk))
		return 0;
	return standin_show_talks(b->desk->standin, address, err);
}

int
batch_show_remark(struct batch *b, const char *name, struct err *err)
{
	if (!desk_is_standing_in(b->desk))
		return 0;
	return standin_show_remark(b->desk->standin, name, err);
}

int
batch_show_own(struct batch *b, const char *handle, int64_t since,
	       struct err *err)
{
	if (!desk_is_standing_in(b->desk))
		return 0;
	return standin_show_own(b->desk->standin, handle, since, err);
}

int
batch_resolve(struct batch *b, const char *name, char **address, bool *moved,
	      struct err *err)
{
	struct desk *d = b->desk;

	if (desk_is_standing_in(d))
		return standin_resolve(d->standin, name, address, moved, err);
	return index_resolve(d->index, name, address, moved, err);
}

static void
format_mail(struct buf *out, const char *who, const struct conf *conf)
{
	buf_printf(out, "%s@%s", who, conf->domain);
}

/* An edit on its way: in words of git, and as the index wants to know it. */
struct writing {
	const struct batch_edit *edit;
	struct buf author, service, message;
	struct history_commit commit;
};

static void
word_edit(struct batch *b, struct writing *w)
{
	const struct batch_edit *e = w->edit;
	struct message trailers = { NULL, (char *)e->address, (char *)e->action,
				    (char *)e->request,
				    (char *)(e->minor ? "yes" : NULL) };

	format_mail(&w->author, e->who->handle ? e->who->handle : "plein",
		    b->desk->conf);
	format_mail(&w->service, "plein", b->desk->conf);
	message_format(&w->message, e->note ? e->note : "", e->fallback,
		       &trailers);
	w->commit.author_name = e->who->name ? e->who->name : "Plein";
	w->commit.author_mail = w->author.ptr;
	w->commit.committer_mail = w->service.ptr;
	w->commit.message = w->message.ptr;
}

static int
stage_files(struct batch *b, const struct batch_edit *e, struct err *err)
{
	const struct batch_file *f;
	size_t i;
	int rc = 0;

	for (i = 0; i < e->n_files && !rc; i++) {
		f = &e->files[i];
		rc = txn_stage(b->txn, f->path, f->text, f->len, err);
	}
	return rc;
}

static int
commit_files(struct batch *b, struct writing *w, struct err *err)
{
	const struct edit e = { .author_name = w->commit.author_name,
				.author_mail = w->commit.author_mail,
				.service_mail = w->commit.committer_mail,
				.when = clock_wall(),
				.message = w->commit.message };
	int rc = stage_files(b, w->edit, err);

	if (!rc)
		rc = txn_edit(b->txn, &e, &w->commit.id, err);
	if (rc)
		txn_unstage(b->txn);
	if (leaves_doubt(rc)) {
		b->end.fatal = true;
		(void)break_batch(b, rc, err);
	}
	w->commit.when = txn_when(b->txn);
	return rc;
}

static const struct batch_file *
find_file(const struct batch_edit *e, const char *path)
{
	size_t i = 0;

	while (strcmp(e->files[i].path, path) != 0)
		i++;
	return &e->files[i];
}

/* The texts are still at hand: the index need not read them back. */
static int
index_files(struct batch *b, struct writing *w, struct err *err)
{
	struct history_change *changes;
	const struct history_change *done;
	const struct batch_file *f;
	size_t i, n;
	int rc;

	done = txn_changes(b->txn, &n);
	changes = mem_array(n, sizeof(*changes));
	for (i = 0; i < n; i++) {
		f = find_file(w->edit, done[i].path);
		changes[i] = done[i];
		changes[i].text = f->text;
		changes[i].len = f->len;
	}
	w->commit.changes = changes;
	w->commit.n_changes = n;
	rc = indexer_record(b->desk->index, b->desk->repo, &w->commit, err);
	free(changes);
	return rc;
}

int
batch_write(struct batch *b, const struct batch_edit *e, struct repo_id *commit,
	    struct err *err)
{
	struct writing w = { .edit = e,
			     .author = BUF_INIT,
			     .service = BUF_INIT,
			     .message = BUF_INIT };
	int rc = 0;
	size_t i;

	for (i = 0; i < e->n_files && !rc; i++)
		if (e->files[i].text)
			rc = erased_check(b->desk, e->files[i].text,
					  e->files[i].len, err);
	if (rc)
		return rc;
	word_edit(b, &w);
	rc = commit_files(b, &w, err);
	if (!rc) {
		rc = index_files(b, &w, err);
		if (rc) /* a commit without a number: undo all of it */
			rc = break_batch(b, rc, err);
	}
	*commit = w.commit.id;
	buf_release(&w.author);
	buf_release(&w.service);
	buf_release(&w.message);
	return rc;
}

static void
forget_index(struct desk *d)
{
	index_abort(d->index);
	if (desk_is_standing_in(d)) {
		desk_stand_down(d, false);
		return;
	}
	index_close(d->index);
	d->index = NULL;
}

/*
 * Main has moved; an index that cannot follow catches up next time. Nobody
 * waits for words where somebody writes them later.
 */
static void
finish_index(struct batch *b, const struct repo_id *tip)
{
	struct desk *d = b->desk;
	int rc;

	if (d->lag)
		rc = index_commit_ahead(d->index, tip->hex, &b->end.err);
	else
		rc = index_commit(d->index, tip->hex, &b->end.err);
	if (rc) {
		forget_index(d);
		return;
	}
	memset(&b->end.err, 0, sizeof(b->end.err));
}

static void
abandon(struct batch *b)
{
	txn_abort(b->txn);
	b->txn = NULL;
	index_abort(b->desk->index);
}

/* The code everybody in the batch gets, or 0. */
static int
close_batch(struct batch *b)
{
	struct repo_id tip;
	int rc;

	if (!b->txn)
		return 0;
	tip = *txn_tip(b->txn);
	if (b->end.err.code || strcmp(tip.hex, txn_base(b->txn)->hex) == 0) {
		abandon(b);
		return b->end.err.code;
	}
	rc = txn_commit(b->txn, &b->end.err);
	b->txn = NULL;
	if (!rc) {
		b->stored = true;
		finish_index(b, &tip);
		return 0;
	}
	b->end.err.code = rc;
	b->end.fatal = leaves_doubt(rc);
	index_abort(b->desk->index);
	return rc;
}

/* Did somebody who asks nobody, git on the host, move main meanwhile? */
static bool
was_overtaken(struct desk *d, const struct repo_id *base)
{
	struct repo_id now;

	return !repo_ref_read(d->repo, &now, NULL) &&
	       strcmp(now.hex, base->hex) != 0;
}

/* What it was told before is not true any more. */
static void
forget_answer(struct task *t)
{
	json_decref(t->call->result);
	json_decref(t->call->args);
	t->call->result = t->call->args = NULL;
	memset(&t->call->err, 0, sizeof(t->call->err));
}

static void
run_task(struct batch *b, struct task *t)
{
	b->joined = false;
	t->result = auditing_run(b->desk, t->method, t->call);
	t->joined = b->joined;
}

/* From the i-th task on; only those that joined the try before when `again`. */
static size_t
run_tasks(struct batch *b, const struct vec *tasks, size_t i, bool again)
{
	struct task *t;

	for (; i < tasks->len; i++) {
		t = tasks->items[i];
		if (again && !t->joined)
			continue;
		forget_answer(t);
		run_task(b, t);
	}
	return i;
}

static int
try_batch(struct batch *b, struct vec *tasks, const struct batch_source *source,
	  bool again)
{
	size_t n = run_tasks(b, tasks, 0, again);
	int rc;

	while (source && !b->end.err.code) {
		source->more(source->ctx, tasks);
		if (tasks->len == n)
			break;
		n = run_tasks(b, tasks, n, false);
	}
	rc = close_batch(b);
	desk_stand_down(b->desk, b->stored);
	draft_settle(b->desk, rc == 0);
	rounding_settle(b->desk, rc == 0);
	return rc;
}

static void
fail_task(struct task *t, const struct err *err)
{
	forget_answer(t);
	t->call->err = *err;
	t->result = err->code;
}

static void
fail_joined(const struct vec *tasks, const struct err *err)
{
	struct task *t;
	size_t i;

	for (i = 0; i < tasks->len; i++) {
		t = tasks->items[i];
		if (t->joined)
			fail_task(t, err);
	}
}

/* Each edit is judged anew against what main holds now, page by page. */
void
batch_run(struct desk *d, struct vec *tasks, const struct batch_source *source,
	  struct batch_end *end)
{
	struct batch b = { .desk = d };
	int rc, tries = 1;

	d->batch = &b;
	rc = try_batch(&b, tasks, source, false);
	while (rc == PLEIN_EBUSY && tries++ < TRIES &&
	       was_overtaken(d, &b.base)) {
		memset(&b.end, 0, sizeof(b.end));
		rc = try_batch(&b, tasks, NULL, true);
	}
	d->batch = NULL;
	uploads_settle(d->uploads);
	if (rc)
		fail_joined(tasks, &b.end.err);
	*end = b.end;
}

void
batch_run_one(struct desk *d, struct task *task, struct batch_end *end)
{
	struct vec tasks = VEC_INIT;

	vec_push(&tasks, task);
	batch_run(d, &tasks, NULL, end);
	vec_release(&tasks, NULL);
}
