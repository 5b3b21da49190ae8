/* batch.c - see batch.h. */
#include "wiki/batch.h"

#include <string.h>

#include "plein/clock.h"
#include "plein/message.h"
#include "store/txn.h"
#include "wiki/trace.h"

struct batch {
	struct desk *desk;
	struct txn *txn; /* NULL until the first edit */
	bool joined; /* by the task that runs now */
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

static int
open_batch(struct batch *b, struct err *err)
{
	struct desk *d = b->desk;
	int rc = desk_need_repo(d, err);

	if (!rc)
		rc = desk_need_index(d, err);
	if (!rc)
		rc = txn_begin(&b->txn, d->repo, err);
	if (rc)
		return rc;
	rc = align_index(b, err);
	if (!rc)
		rc = index_begin(d->index, err);
	if (rc) {
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

static void
format_mail(struct buf *out, const char *who, const struct conf *conf)
{
	buf_printf(out, "%s@%s", who, conf->domain);
}

static int
commit_edit(struct batch *b, const struct put *p, const char *message,
	    struct repo_id *commit, struct err *err)
{
	const struct conf *conf = b->desk->conf;
	struct buf author = BUF_INIT, service = BUF_INIT;
	const char *handle = p->who->handle;
	struct edit e = { .path = p->path,
			  .text = p->text,
			  .len = p->len,
			  .when = clock_wall(),
			  .message = message };
	int rc;

	format_mail(&author, handle ? handle : "plein", conf);
	format_mail(&service, "plein", conf);
	e.author_name = p->who->name ? p->who->name : "Plein";
	e.author_mail = author.ptr;
	e.service_mail = service.ptr;
	rc = txn_edit(b->txn, &e, commit, err);
	if (leaves_doubt(rc)) {
		b->end.fatal = true;
		(void)break_batch(b, rc, err);
	}
	buf_release(&author);
	buf_release(&service);
	return rc;
}

static int
index_edit(struct batch *b, const struct put *p, const char *message,
	   struct index_version *v, long *n, struct err *err)
{
	struct page_info info;
	struct trace trace;
	int rc;

	page_info_init(&info);
	page_info_read(&info, p->address, p->text, p->len);
	trace_read(&trace, p->who->handle ? p->who->handle : "plein", message);
	v->address = (char *)p->address;
	v->author = p->who->name ? p->who->name : (char *)"Plein";
	v->handle = trace.handle;
	v->note = trace.message.subject;
	v->request = trace.message.request;
	rc = index_add(b->desk->index, v, &info, NULL, n, err);
	trace_release(&trace);
	page_info_release(&info);
	return rc;
}

int
batch_put(struct batch *b, const struct put *p, struct repo_id *commit, long *n,
	  struct err *err)
{
	struct message trailers = { NULL, (char *)p->address, (char *)p->action,
				    (char *)p->request };
	struct index_version v = { 0 };
	struct buf message = BUF_INIT;
	int rc;

	message_format(&message, p->note ? p->note : "", p->fallback,
		       &trailers);
	rc = commit_edit(b, p, message.ptr, commit, err);
	if (!rc) {
		v.commit = commit->hex;
		v.when = txn_when(b->txn);
		rc = index_edit(b, p, message.ptr, &v, n, err);
		if (rc) /* a commit without a number: undo all of it */
			rc = break_batch(b, rc, err);
	}
	buf_release(&message);
	return rc;
}

static void
forget_index(struct desk *d)
{
	index_abort(d->index);
	index_close(d->index);
	d->index = NULL;
}

/* Main has moved; an index that cannot follow catches up next time. */
static void
finish_index(struct batch *b, const struct repo_id *tip)
{
	if (index_commit(b->desk->index, tip->hex, &b->end.err)) {
		forget_index(b->desk);
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
		finish_index(b, &tip);
		return 0;
	}
	b->end.err.code = rc;
	b->end.fatal = leaves_doubt(rc);
	index_abort(b->desk->index);
	return rc;
}

static void
run_task(struct batch *b, struct task *t)
{
	b->joined = false;
	t->result = t->method->run(b->desk, t->call);
	t->joined = b->joined;
}

/* What it was told before is not true any more. */
static void
fail_task(struct task *t, const struct err *err)
{
	json_decref(t->call->result);
	json_decref(t->call->args);
	t->call->result = t->call->args = NULL;
	t->call->err = *err;
	t->result = err->code;
}

void
batch_run(struct desk *d, struct task *const *tasks, size_t n,
	  struct batch_end *end)
{
	struct batch b = { .desk = d };
	size_t i;
	int rc;

	d->batch = &b;
	for (i = 0; i < n; i++)
		run_task(&b, tasks[i]);
	rc = close_batch(&b);
	d->batch = NULL;
	for (i = 0; rc && i < n; i++)
		if (tasks[i]->joined)
			fail_task(tasks[i], &b.end.err);
	*end = b.end;
}
