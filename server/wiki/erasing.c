/* erasing.c - see erasing.h. */
#include "wiki/erasing.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "plein/fs.h"
#include "plein/log.h"
#include "plein/mem.h"
#include "state/audit.h"
#include "state/erasures.h"
#include "store/exchange.h"
#include "store/snap.h"
#include "wiki/desk.h"
#include "wiki/erased.h"

#define MADE ".erased"
#define GIT ".git"
#define CONF_MAX (64UL * 1024)

void
erasing_init(struct erasing *g, const struct space *space)
{
	g->space = space;
	(void)snprintf(g->name, sizeof(g->name), "%s" MADE, space->name);
	(void)snprintf(g->made, sizeof(g->made), DATA_SPACES "/%s" MADE GIT,
		       space->name);
	(void)snprintf(g->prepared, sizeof(g->prepared),
		       DATA_SPACES "/%s" MADE GIT "/" ERASING_NOTE,
		       space->name);
	(void)snprintf(g->in_place, sizeof(g->in_place), "%s/" ERASING_NOTE,
		       space->repo);
}

/* --- preparing ---------------------------------------------------------- */

/* What the host set for the old one holds for the new one. */
static int
copy_settings(const struct erasing *g, struct err *err)
{
	struct buf text = BUF_INIT, config = BUF_INIT;
	int dir = fs_open_dir(g->made, err), rc;

	if (dir < 0)
		return dir;
	buf_printf(&config, "%s/config", g->space->repo);
	rc = fs_read_at(AT_FDCWD, config.ptr, &text, CONF_MAX, err);
	buf_release(&config);
	if (!rc)
		rc = fs_replace_at(dir, "config", text.ptr, text.len, 0600,
				   err);
	buf_release(&text);
	(void)close(dir); /* a folder */
	return rc;
}

static int
move_main(const struct erasing *g, const struct repo_id *to, struct err *err)
{
	struct repo *r = NULL;
	struct repo_id now;
	int rc = repo_open(&r, g->made, err);

	if (!rc)
		rc = repo_ref_read(r, &now, err);
	if (!rc && strcmp(now.hex, to->hex) != 0)
		rc = repo_ref_swap(r, &now, to, err);
	repo_close(r);
	return rc;
}

/* The commits behind e->from. */
static int
make_anew(const struct erasing *g, struct erasure *e, struct repo *from,
	  bool alone, const struct repo_id *tip, struct err *err)
{
	struct rewrite_rules rules;
	struct rewrite *w = NULL;
	struct repo_id made = { "" };
	int rc;

	e->repo = from;
	erasure_rules(e, &rules);
	rc = rewrite_open(&w, from, g->made, alone, &rules, err);
	if (!rc)
		rc = rewrite_run(w, &e->from, &e->to, tip, &made, err);
	rewrite_close(w);
	if (rc)
		return rc;
	e->from = *tip;
	e->to = made;
	return 0;
}

int
erasing_prepare(const struct erasing *g, struct erasure *e, struct repo *from,
		struct err *err)
{
	struct buf old = BUF_INIT;
	struct repo_id tip;
	int rc = exchange_remove(g->made, err);

	buf_printf(&old, "%s" GIT, g->space->name);

	if (!rc)
		rc = repo_ref_read(from, &tip, err);
	if (!rc)
		rc = repo_create(g->made, err);
	if (!rc)
		rc = copy_settings(g, err);
	if (!rc)
		rc = rewrite_borrow(g->made, old.ptr, err);
	buf_release(&old);
	if (!rc)
		rc = make_anew(g, e, from, false, &tip, err);
	if (!rc && e->commits.len == 0)
		return err_set(err, PLEIN_ESAME, "there is nothing to erase");
	return rc ? rc : move_main(g, &e->to, err);
}

int
erasing_part(const struct erasing *g, struct err *err)
{
	return rewrite_return(g->made, err);
}

int
erasing_seal(const struct erasing *g, const struct erasure *e, struct err *err)
{
	return erasure_write(e, g->made, ERASING_NOTE, err);
}

/* --- putting it in place ------------------------------------------------ */

static bool
is_there(const char *file)
{
	return access(file, F_OK) == 0;
}

bool
erasing_is_open(const struct erasing *g)
{
	return is_there(g->prepared) || is_there(g->in_place);
}

bool
erasing_is_due(const struct erasing *g)
{
	return is_there(g->prepared) ||
	       (is_there(g->in_place) && is_there(g->made));
}

/* What was saved since it was prepared. */
static int
catch_up(const struct erasing *g, struct err *err)
{
	struct erasure e;
	struct repo *from = NULL;
	struct repo_id tip;
	int rc;

	erasure_init(&e);
	rc = erasure_read(&e, g->prepared, err);
	if (!rc)
		rc = repo_open(&from, g->space->repo, err);
	if (!rc)
		rc = repo_ref_read(from, &tip, err);
	if (!rc && strcmp(tip.hex, e.from.hex) != 0) {
		rc = make_anew(g, &e, from, true, &tip, err);
		if (!rc)
			rc = move_main(g, &e.to, err);
		if (!rc)
			rc = erasure_write(&e, g->made, ERASING_NOTE, err);
	}
	repo_close(from);
	erasure_release(&e);
	return rc;
}

/* --- settling ----------------------------------------------------------- */

/* The text is still somewhere else, where it was not asked for. */
static bool
stays(struct repo *r, const struct repo_id *text)
{
	size_t size;

	return snap_size(r, text, &size, NULL) == 0;
}

static int
note_texts(const struct erasing *g, struct state *s, struct repo *r,
	   const struct erasure *e, int64_t n, struct err *err)
{
	struct buf page = BUF_INIT;
	int rc = 0;
	size_t i;

	for (i = 0; i < e->texts.len && !rc; i++) {
		const struct erasure_pair *p = e->texts.items[i];

		if (!stays(r, &p->old))
			rc = erasures_put(s, n, ERASED_TEXT, p->old.hex, NULL,
					  err);
	}
	for (i = 0; i < e->commits.len && !rc; i++) {
		const struct erasure_pair *p = e->commits.items[i];

		rc = erasures_put(s, n, ERASED_COMMIT, p->old.hex, p->now.hex,
				  err);
	}
	for (i = 0; i < e->addresses.len && !rc; i++) {
		erased_name(&page, g->space, e->addresses.items[i]);
		rc = erasures_put(s, n, ERASED_PAGE, page.ptr, NULL, err);
	}
	buf_release(&page);
	return rc;
}

static int
note_in_audit(struct state *s, const struct erasure *e, int64_t dropped,
	      struct err *err)
{
	struct audit_record *r = mem_alloc(sizeof(*r));
	struct buf detail = BUF_INIT, reason = BUF_INIT;
	int rc;

	buf_str(&reason, e->reason);
	for (size_t i = 0; i < reason.len; i++)
		if (reason.ptr[i] == ' ')
			reason.ptr[i] = '_'; /* a blank ends a value */
	buf_printf(&detail,
		   "by=%s texts=%zu commits=%zu drafts=%lld key=%s reason=%s",
		   e->who, e->texts.len, e->commits.len, (long long)dropped,
		   e->key, reason.ptr);
	r->time = e->time;
	r->field[AUDIT_ACT] = mem_strdup("erase");
	r->field[AUDIT_DOOR] = mem_strdup("host");
	r->field[AUDIT_DETAIL] = buf_take(&detail);
	r->field[AUDIT_RESULT] = mem_strdup("ok");
	rc = audit_add(s, r, err);
	audit_record_free(r);
	buf_release(&reason);
	return rc;
}

static int
note_all(const struct erasing *g, struct state *s, struct repo *r,
	 const struct erasure *e, struct err *err)
{
	const struct erasure_row row = { e->key, e->reason, e->who, e->time };
	int64_t n = 0, dropped = 0, renamed = 0;
	int rc = state_begin(s, err);

	if (rc)
		return rc;
	rc = erasures_add(s, &row, &n, err);
	if (!rc)
		rc = note_texts(g, s, r, e, n, err);
	if (!rc && e->address)
		rc = erasures_rename(s, g->space->name, e->address, e->becomes,
				     &renamed, err);
	if (!rc)
		rc = erasures_follow(s, n, e->words, &dropped, err);
	dropped += renamed;
	if (!rc)
		rc = note_in_audit(s, e, dropped, err);
	if (!rc)
		return state_commit(s, err);
	state_abort(s);
	return rc;
}

static int
settle_state(const struct erasing *g, struct err *err)
{
	struct erasure e;
	struct state *s = NULL;
	struct repo *r = NULL;
	bool known = false;
	int rc;

	erasure_init(&e);
	rc = erasure_read(&e, g->in_place, err);
	if (!rc)
		rc = state_open(&s, DATA_STATE, 1, err);
	if (!rc)
		rc = erasures_know(s, e.key, &known, err);
	if (!rc && !known)
		rc = repo_open(&r, g->space->repo, err);
	if (!rc && !known)
		rc = note_all(g, s, r, &e, err);
	if (!rc)
		rc = erasures_scrub(s, err);
	if (!rc)
		log_event("wiki.erased", LOG_TEXT("who", e.who),
			  LOG_TEXT("reason", e.reason),
			  LOG_NUMBER("texts", (int64_t)e.texts.len),
			  LOG_NUMBER("commits", (int64_t)e.commits.len));
	repo_close(r);
	state_close(s);
	erasure_release(&e);
	return rc;
}

static void
remove_indexes(const struct space *s)
{
	const char *const files[] = { s->index, s->index_new, s->past };

	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		index_remove(files[i]);
}

/* The old repository goes last: that it is there says what is to be done. */
int
erasing_settle(const struct erasing *g, struct err *err)
{
	int rc = 0;

	if (is_there(g->prepared)) {
		rc = catch_up(g, err);
		if (!rc)
			rc = exchange_folders(g->space->repo, g->made, err);
	}
	if (rc || !is_there(g->in_place) || !is_there(g->made))
		return rc;
	remove_indexes(g->space);
	rc = settle_state(g, err);
	return rc ? rc : exchange_remove(g->made, err);
}

static int
settle_named(const char *name, struct err *err)
{
	struct space *space;
	struct erasing g;
	int rc;

	if (!space_is_valid(name))
		return 0;
	space = space_new(name);
	erasing_init(&g, space);
	rc = erasing_settle(&g, err);
	free(space);
	return rc;
}

int
erasing_settle_all(struct err *err)
{
	static const char tail[] = MADE GIT;
	struct vec names = VEC_INIT;
	int first = 0, rc;

	/* a folder that is not there holds none */
	(void)fs_list_at(AT_FDCWD, DATA_SPACES, &names, NULL);
	for (size_t i = 0; i < names.len; i++) {
		char *name = names.items[i];
		size_t len = strlen(name), n = strlen(tail);

		if (len <= n || strcmp(name + len - n, tail) != 0)
			continue;
		name[len - n] = '\0';
		rc = settle_named(name, first ? NULL : err);
		first = first ? first : rc;
	}
	vec_release(&names, free);
	return first;
}
