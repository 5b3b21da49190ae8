/*
 * gate.c - measure, look how the commits hang together, then each commit and
 * each of its files. Faults are collected so that a person can mend them
 * together; when there are too many, or looking costs too much, it ends.
 */
#include "wiki/gate.h"

#include <stdlib.h>
#include <string.h>

#include "plein/claim.h"
#include "plein/clock.h"
#include "plein/filter.h"
#include "plein/mem.h"
#include "plein/page.h"
#include "plein/path.h"
#include "state/accounts.h"
#include "state/erasures.h"
#include "store/incoming.h"
#include "store/quarantine.h"
#include "store/snap.h"
#include "wiki/filerule.h"
#include "wiki/remarkgate.h"
#include "wiki/remarkrule.h"
#include "wiki/space.h"

#define STOP 1 /* the walk ends: enough is known */
#define KB 1024UL
#define MB (1024UL * KB)

const struct gate_limits gate_limits_default = {
	.objects = 5000,
	.folder = 4 * MB,
	.commits = 5000,
	.paths = 20000,
	.page = PAGE_MAX,
	.attachment = FILERULE_ATTACHMENT_MAX,
	.reading = 256 * MB,
	.ms = 15000,
};

/* A page appeared at what is a former address of another. */
struct suspicion {
	struct repo_id commit;
	char *path, *holder;
};

struct visit {
	const struct gate *g;
	struct repo *repo;
	struct verdict *v;
	struct filerule rule;
	bool files_fit; /* texts may be read */
	int64_t deadline;
	size_t n_paths, n_read;
	struct repo_id commit; /* the one at hand */
	char *author; /* its handle */
	int64_t when; /* its date */
	struct remarkrule remarks; /* of it */
	struct remarkgate discussions;
	struct vec touched; /* char *: addresses of pages */
	struct vec suspicions;
	struct err *err;
};

static void
free_suspicion(void *item)
{
	struct suspicion *s = item;

	free(s->path);
	free(s->holder);
	free(s);
}

static void
release_visit(struct visit *w)
{
	free(w->author);
	remarkrule_release(&w->remarks);
	remarkgate_release(&w->discussions);
	vec_release(&w->touched, free);
	vec_release(&w->suspicions, free_suspicion);
}

/* In the commit at hand. STOP when the list is full. */
static int
add_fault(struct visit *w, struct fault f)
{
	f.commit = w->commit;
	return verdict_add(w->v, &f) ? 0 : STOP;
}

static int
stop_at(struct visit *w, enum fault_rule rule, size_t number)
{
	struct fault f = { .rule = rule, .number = (long)number };

	(void)verdict_add(w->v, &f);
	return STOP;
}

/* --- commits ---------------------------------------------------------- */

static bool
is_account(void *ctx, const char *handle)
{
	const struct visit *w = ctx;
	struct account a = { 0 };
	bool found = account_get(w->g->desk->state, handle, &a, NULL) == 0;

	account_release(&a);
	return found;
}

static enum fault_rule
check_claim(struct visit *w, const struct incoming_commit *c)
{
	static const enum fault_rule faults[] = {
		[CLAIM_FINE] = FAULT_N,
		[CLAIM_AUTHOR] = FAULT_AUTHOR,
		[CLAIM_COMMITTER] = FAULT_COMMITTER,
		[CLAIM_NAME] = FAULT_NAME,
		[CLAIM_TEXT] = FAULT_MESSAGE,
		[CLAIM_FUTURE] = FAULT_FUTURE,
		[CLAIM_ORDER] = FAULT_ORDER,
	};
	struct claim claim = { c->author,    c->author_mail,
			       c->committer, c->committer_mail,
			       c->message,   c->author_when,
			       c->when };
	struct claim_rules rules = { .handle = w->g->who->handle,
				     .domain = w->g->desk->conf->domain,
				     .now = w->g->now,
				     .parent_when = c->parent_when,
				     .is_account = is_account,
				     .ctx = w };

	return faults[claim_check(&claim, &rules)];
}

/* Also lines of the header that nobody shows, and what a NUL would hide. */
static bool
is_clean(const struct incoming_commit *c)
{
	size_t pos;

	return !memchr(c->raw, '\0', c->len) &&
	       filter_accepts(c->raw, c->len, &pos);
}

static int
judge_remark(void *ctx, enum remark_change change, const char *path,
	     const struct repo_id *blob)
{
	struct visit *w = ctx;
	struct buf text = BUF_INIT;
	struct fault f = { .path = (char *)path };
	int rc = snap_blob(w->repo, blob, &text, w->err);

	if (!rc) {
		f.rule = remarkgate_judge(&w->discussions, path, &text,
					  change == REMARK_APPEARED, w->author,
					  w->when);
		if (f.rule != FAULT_N)
			rc = add_fault(w, f);
	}
	buf_release(&text);
	return rc;
}

/* Those that moved come first: others may be in their threads. */
static int
place_moved(void *ctx, enum remark_change change, const char *path,
	    const struct repo_id *blob)
{
	struct visit *w = ctx;

	(void)blob;
	if (change == REMARK_MOVED)
		remarkgate_move(&w->discussions, path);
	return 0;
}

/* And those that begin a thread before those that follow in it. */
static int
judge_beginning(void *ctx, enum remark_change change, const char *path,
		const struct repo_id *blob)
{
	struct path_remark at;

	path_remark_read(&at, path);
	if (change == REMARK_MOVED || strcmp(at.thread, at.digest) != 0)
		return 0;
	return judge_remark(ctx, change, path, blob);
}

static int
judge_following(void *ctx, enum remark_change change, const char *path,
		const struct repo_id *blob)
{
	struct path_remark at;

	path_remark_read(&at, path);
	if (change == REMARK_MOVED || strcmp(at.thread, at.digest) == 0)
		return 0;
	return judge_remark(ctx, change, path, blob);
}

static int
judge_remarks(struct visit *w)
{
	int rc = remarkrule_each(&w->remarks, place_moved, w);

	if (!rc && w->files_fit)
		rc = remarkrule_each(&w->remarks, judge_beginning, w);
	if (!rc && w->files_fit)
		rc = remarkrule_each(&w->remarks, judge_following, w);
	return rc;
}

/* The remarks of the commit before are all known now. */
static int
finish_commit(struct visit *w)
{
	struct vec paths = VEC_INIT;
	size_t i;
	int rc = 0;

	if (w->author)
		remarkrule_check(&w->remarks, w->author, w->discussions.editor,
				 &paths);
	for (i = 0; i < paths.len && !rc; i++)
		rc = add_fault(w, (struct fault){ .rule = FAULT_REMARK,
						  .path = paths.items[i] });
	vec_release(&paths, NULL);
	if (w->author && !rc)
		rc = judge_remarks(w);
	remarkrule_clear(&w->remarks);
	return rc;
}

static int
visit_commit(void *ctx, const struct incoming_commit *c)
{
	struct visit *w = ctx;
	enum fault_rule rule;
	struct fault f = { .rule = FAULT_N };
	int rc = finish_commit(w);

	if (rc)
		return rc;
	w->commit = c->id;
	w->when = c->when;
	free(w->author);
	w->author = mem_strndup(c->author_mail, strcspn(c->author_mail, "@"));
	if (clock_mono_ms() > w->deadline)
		return stop_at(w, FAULT_LONG, 0);
	rule = check_claim(w, c);
	if (rule == FAULT_N && !is_clean(c))
		rule = FAULT_MESSAGE;
	f.rule = rule;
	if (rule == FAULT_AUTHOR)
		f.detail = (char *)c->author_mail;
	return rule == FAULT_N ? 0 : add_fault(w, f);
}

/* --- files ------------------------------------------------------------ */

static int
spend_path(struct visit *w)
{
	if (++w->n_paths > w->g->limits->paths)
		return stop_at(w, FAULT_MANY, w->g->limits->paths);
	if (clock_mono_ms() > w->deadline)
		return stop_at(w, FAULT_LONG, 0);
	return 0;
}

static bool
passes(const char *path, const struct buf *text, struct fault *fault)
{
	return (path_kind_of(path) == PATH_ATTACHMENT
			? filerule_bytes
			: filerule_text)(path, text->ptr, text->len, fault);
}

static int
check_text(struct visit *w, const struct incoming_file *f)
{
	struct buf text = BUF_INIT;
	struct fault fault;
	int rc = 0;

	w->n_read += f->size;
	if (w->n_read > w->g->limits->reading)
		return stop_at(w, FAULT_LONG, 0);
	rc = snap_blob(w->repo, &f->blob, &text, w->err);
	if (rc == 0 && !passes(f->path, &text, &fault)) {
		rc = add_fault(w, fault);
		free(fault.detail);
	}
	buf_release(&text);
	return rc;
}

/*
 * A former address of a page stays that page's. If the push touches that page
 * as well it may have given the address up: nobody is refused for what only
 * might be.
 */
static int
suspect_alias(struct visit *w, const char *path, const char *address)
{
	struct suspicion *s;
	char *holder = NULL;
	bool moved = false;
	int rc = index_resolve(w->g->desk->index, address, &holder, &moved,
			       w->err);

	if (rc == PLEIN_ENOTFOUND || rc == PLEIN_EUSAGE)
		return 0;
	if (rc == 0 && moved) {
		s = mem_alloc(sizeof(*s));
		s->commit = w->commit;
		s->path = mem_strdup(path);
		s->holder = holder;
		vec_push(&w->suspicions, s);
		return 0;
	}
	free(holder);
	return rc;
}

static int
note_page(struct visit *w, const struct incoming_file *f)
{
	struct buf address = BUF_INIT;
	int rc = 0;

	path_to_address(f->path, &address);
	if (f->appeared)
		rc = suspect_alias(w, f->path, address.ptr);
	vec_push(&w->touched, buf_take(&address));
	return rc;
}

static int
visit_file(void *ctx, const struct incoming_file *f)
{
	struct visit *w = ctx;
	struct fault fault;
	int rc = spend_path(w);

	if (rc)
		return rc;
	if (!filerule_entry(&w->rule, f, &fault))
		return add_fault(w, fault);
	if (path_kind_of(f->path) == PATH_REMARK)
		remarkrule_add(&w->remarks, f);
	if (path_kind_of(f->path) == PATH_PAGE)
		rc = note_page(w, f);
	if (rc || f->kind == INCOMING_GONE || !w->files_fit ||
	    !(filerule_has_text(f->path) ||
	      path_kind_of(f->path) == PATH_ATTACHMENT))
		return rc;
	return check_text(w, f);
}

static int
visit_folder(void *ctx, const char *path)
{
	struct visit *w = ctx;
	int rc = spend_path(w);

	return rc ? rc
		  : add_fault(w, (struct fault){ .rule = FAULT_FOLDER,
						 .path = (char *)path });
}

/* --- all of it -------------------------------------------------------- */

static int
compare_texts(const void *a, const void *b)
{
	return strcmp(a, b);
}

static int
compare_to_item(const void *key, const void *item)
{
	return strcmp(key, *(char *const *)item);
}

static int
check_suspicions(struct visit *w)
{
	const struct suspicion *s;
	size_t i;
	int rc = 0;

	vec_sort(&w->touched, compare_texts);
	for (i = 0; i < w->suspicions.len && !rc; i++) {
		s = w->suspicions.items[i];
		if (bsearch(s->holder, w->touched.items, w->touched.len,
			    sizeof(void *), compare_to_item))
			continue;
		w->commit = s->commit;
		rc = add_fault(w, (struct fault){ .rule = FAULT_ALIAS,
						  .path = s->path,
						  .detail = s->holder });
	}
	return rc;
}

static int
check_line(struct visit *w, const struct repo_id *from,
	   const struct repo_id *to)
{
	const struct incoming in = { w, visit_commit, visit_file,
				     visit_folder };
	int rc = incoming_walk(w->repo, from, to, &in, w->err);

	if (rc == 0)
		rc = finish_commit(w);
	if (rc == 0)
		rc = check_suspicions(w);
	if (rc == PLEIN_ECORRUPT || rc == PLEIN_ENOTFOUND)
		rc = add_fault(w, (struct fault){ .rule = FAULT_DAMAGED });
	if (rc == 0 && !w->files_fit && verdict_is_fine(w->v))
		rc = stop_at(w, FAULT_LARGE, 0);
	return rc == STOP ? 0 : rc;
}

static int
check_shape(struct visit *w, const struct repo_id *from,
	    const struct repo_id *to)
{
	struct incoming_form form = { INCOMING_ASIDE, { "" } };
	int rc = incoming_look(w->repo, from, to, w->g->limits->commits, &form,
			       w->err);

	if (rc == PLEIN_ECORRUPT || rc == PLEIN_ENOTFOUND) {
		(void)stop_at(w, FAULT_DAMAGED, 0);
		return 0;
	}
	if (rc)
		return rc;
	if (form.shape == INCOMING_LINE)
		return check_line(w, from, to);
	if (form.shape == INCOMING_MERGE)
		w->commit = form.at;
	(void)add_fault(w, (struct fault){ .rule = form.shape == INCOMING_MERGE
							   ? FAULT_MERGE
							   : FAULT_ASIDE });
	return 0;
}

/* --- what was erased -------------------------------------------------- */

static int
check_erased(void *ctx, const struct repo_id *id)
{
	struct visit *w = ctx;
	struct state *s = w->g->desk->state;
	struct erased e = { .found = false };
	struct buf detail = BUF_INIT;
	int rc = erasures_find(s, ERASED_TEXT, id->hex, &e, w->err);

	if (!rc && !e.found)
		rc = erasures_find(s, ERASED_COMMIT, id->hex, &e, w->err);
	if (!rc && e.found) {
		clock_iso(&detail, e.time);
		buf_erase(&detail, 10, detail.len - 10); /* the day is enough */
		buf_printf(&detail, ", %s", e.reason);
		(void)verdict_add(w->v,
				  &(struct fault){ .rule = FAULT_ERASED,
						   .detail = detail.ptr });
		rc = STOP;
	}
	free(e.reason);
	buf_release(&detail);
	return rc;
}

/* Neither a text that was erased nor a commit that held one may come: a copy
 * of before brings both. STOP when one does. */
static int
check_all_erased(struct visit *w, struct quarantine *q)
{
	bool any = false;
	int rc = erasures_any(w->g->desk->state, &any, w->err);

	return rc || !any ? rc : quarantine_each(q, check_erased, w, w->err);
}

static int
check_quarantine(struct visit *w, struct quarantine *q,
		 const struct repo_id *from, const struct repo_id *to)
{
	const struct gate_limits *most = w->g->limits;
	struct quarantine_size size;
	int rc = quarantine_measure(q, most->objects, &size, w->err);

	if (rc == PLEIN_ECORRUPT || rc == PLEIN_ENOTFOUND) {
		(void)stop_at(w, FAULT_DAMAGED, 0);
		return 0;
	}
	if (rc)
		return rc;
	if (size.objects > most->objects) {
		(void)stop_at(w, FAULT_MANY, most->objects);
		return 0;
	}
	if (size.other > most->folder) {
		(void)stop_at(w, FAULT_LARGE, 0);
		return 0;
	}
	w->files_fit = size.file <= most->attachment;
	w->repo = quarantine_repo(q);
	rc = check_all_erased(w, q);
	if (rc)
		return rc == STOP ? 0 : rc;
	return check_shape(w, from, to);
}

static size_t
most_attachment(const struct gate *g)
{
	size_t said = conf_attachment_max(g->desk->conf);

	return said < g->limits->attachment ? said : g->limits->attachment;
}

int
gate_judge(const struct gate *g, const struct repo_id *from,
	   const struct repo_id *to, struct verdict *v, struct err *err)
{
	struct err own = ERR_INIT;
	struct visit w = { .g = g,
			   .v = v,
			   .rule = { caller_here(g->who), g->limits->page,
				     most_attachment(g),
				     g->desk->conf->attachment_kinds,
				     g->who->organisation },
			   .deadline = clock_mono_ms() + g->limits->ms,
			   .err = err ? err : &own };
	struct quarantine *q = NULL;
	int rc = desk_need_state(g->desk, w.err);

	if (!rc)
		rc = desk_need_index(g->desk, w.err);
	w.discussions.index = g->desk->index;
	w.discussions.editor = policy_allows(w.rule.role, RIGHT_MODERATE);
	if (!rc)
		rc = quarantine_open(&q, g->desk->space->repo, g->name, w.err);
	if (!rc)
		rc = check_quarantine(&w, q, from, to);
	quarantine_close(q);
	release_visit(&w);
	return rc;
}
