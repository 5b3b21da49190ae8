/*
 * desk.c - see desk.h. Handles are opened when they are first needed, so that
 * damage in one of them takes away only the methods that need it.
 */
#include "wiki/desk.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "plein/fs.h"
#include "plein/log.h"
#include "plein/mem.h"
#include "state/accounts.h"
#include "state/past.h"
#include "wiki/batch.h"
#include "wiki/desks.h"
#include "wiki/erased.h"
#include "wiki/erasing.h"
#include "wiki/group.h"
#include "wiki/indexer.h"
#include "wiki/method.h"
#include "wiki/newslist.h"
#include "wiki/part.h"
#include "wiki/present.h"
#include "wiki/pulse.h"
#include "wiki/pushes.h"
#include "wiki/rebuild.h"
#include "wiki/space.h"
#include "wiki/standin.h"
#include "wiki/tidings.h"
#include "wiki/upload.h"
#include "wiki/wordlag.h"

#define CONF_MAX (64UL * 1024)
#define PUB_MAX 4096UL

const struct desk_setup desk_writer = { .writer = true };
const struct desk_setup desk_reader = { .writer = false };

static int
read_conf(struct conf **out, struct err *err)
{
	struct buf text = BUF_INIT;
	struct conf *conf = mem_alloc(sizeof(*conf));
	int rc;

	conf_init(conf);
	rc = fs_read_at(AT_FDCWD, DATA_CONF, &text, CONF_MAX, err);
	if (!rc) {
		rc = conf_parse(conf, text.ptr, err);
		if (rc)
			err_prefix(err, DATA_CONF);
	}
	buf_release(&text);
	if (rc) {
		conf_release(conf);
		free(conf);
		return rc;
	}
	*out = conf;
	return 0;
}

/* The fingerprint from `ssh-ed25519 AAAA… comment`, or "". */
static char *
read_fingerprint(void)
{
	struct buf text = BUF_INIT;
	char print[64] = "";
	char *blob, *end;

	if (!fs_read_at(AT_FDCWD, DATA_HOSTKEY ".pub", &text, PUB_MAX, NULL)) {
		blob = strchr(text.ptr, ' ');
		if (blob) {
			end = blob + 1 + strcspn(blob + 1, " \n");
			*end = '\0';
			if (key_fingerprint(blob + 1, print, NULL))
				print[0] = '\0';
		}
	}
	buf_release(&text);
	return mem_strdup(print);
}

/* A missing or unreadable store is damage, never "no such page". */
static int
call_it_damage(int rc, struct err *err)
{
	err_prefix(err, "the stored content cannot be read");
	if (rc != PLEIN_ENOTFOUND)
		return rc;
	if (err)
		err->code = PLEIN_ECORRUPT;
	return PLEIN_ECORRUPT;
}

/* A wiki begins with a commit: without one it was lost, not new. */
static int
open_repo(struct desk *d, struct err *err)
{
	struct repo_id tip;
	int rc = repo_open(&d->repo, d->space->repo, err);

	if (!rc)
		rc = repo_ref_read(d->repo, &tip, err);
	if (!rc && !tip.hex[0])
		rc = err_set(err, PLEIN_ECORRUPT, REPO_BRANCH " is missing");
	if (rc) {
		repo_close(d->repo);
		d->repo = NULL;
	}
	return rc;
}

int
desk_need_repo(struct desk *d, struct err *err)
{
	int rc;

	if (d->repo)
		return 0;
	rc = open_repo(d, err);
	return rc ? call_it_damage(rc, err) : 0;
}

static unsigned long
find_inode(const char *name)
{
	struct stat st;

	return stat(name, &st) == 0 ? (unsigned long)st.st_ino : 0;
}

/* The writer may have replaced the file under a reader. */
static void
drop_replaced_index(struct desk *d)
{
	unsigned long now = d->writer ? 0 : find_inode(d->space->index);

	if (!d->index || !now || now == d->index_file)
		return;
	index_close(d->index);
	d->index = NULL;
}

bool
desk_lacks_index(const struct desk *d)
{
	return d->rebuild && rebuild_is_needed(d->rebuild);
}

static int
refuse_for_now(const struct desk *d, struct err *err)
{
	long done, all;

	rebuild_progress(d->rebuild, &done, &all);
	return err_set(err, PLEIN_EBUSY,
		       "the index is being made: %ld of %ld versions", done,
		       all);
}

static int
open_index(struct desk *d, struct err *err)
{
	int rc;

	drop_replaced_index(d);
	if (d->index)
		return 0;
	present_free(d->present);
	d->present = NULL;
	d->index_file = find_inode(d->space->index);
	rc = index_open(&d->index, d->space->index, d->writer, err);
	return rc ? call_it_damage(rc, err) : 0;
}

int
desk_need_index(struct desk *d, struct err *err)
{
	return desk_lacks_index(d) ? refuse_for_now(d, err)
				   : open_index(d, err);
}

int
desk_need_numbers(struct desk *d, struct err *err)
{
	if (d->writer || !d->rebuild || !rebuild_is_behind(d->rebuild))
		return desk_need_index(d, err);
	return open_index(d, err);
}

int
desk_need_words(struct desk *d, struct err *err)
{
	long n = 0;
	int rc = desk_need_index(d, err);

	if (!rc && d->lag)
		rc = index_unsettled(d->index, &n, err);
	if (rc || n == 0)
		return rc;
	(void)wordlag_ask(d->lag, WORDLAG_PATIENCE_MS);
	return desk_need_index(d, err); /* it may be another one now */
}

bool
desk_is_standing_in(const struct desk *d)
{
	return d->standin && d->index == standin_index(d->standin);
}

/* A push has moved main: begin anew rather than follow it. */
static int
drop_outdated(struct desk *d, const struct repo_id *main, struct err *err)
{
	char head[REPO_ID_LEN + 1];
	int rc;

	if (!d->standin)
		return 0;
	rc = index_head(standin_index(d->standin), head, err);
	if (!rc && strcmp(head, main->hex) != 0)
		desk_stand_down(d, false);
	return rc;
}

int
desk_stand_in(struct desk *d, const struct repo_id *main, struct err *err)
{
	int rc = drop_outdated(d, main, err);

	if (!rc && !d->standin)
		rc = standin_open(&d->standin, d->repo, main, d->look_ms, err);
	if (!rc)
		d->index = standin_index(d->standin);
	return rc;
}

void
desk_stand_down(struct desk *d, bool keep)
{
	if (desk_is_standing_in(d))
		d->index = NULL;
	if (keep)
		return;
	standin_close(d->standin);
	d->standin = NULL;
}

int
desk_need_past(struct desk *d, struct err *err)
{
	unsigned long now = find_inode(d->space->past);
	int rc;

	if (d->past && now == d->past_file)
		return 0;
	past_close(d->past);
	d->past_file = now;
	rc = past_open(&d->past, d->space->past, false, err);
	return rc ? err_set(err, PLEIN_EBUSY, "old texts are not read yet") : 0;
}

int64_t
desk_past_reach(struct desk *d)
{
	int64_t seq = 0;

	if (desk_need_past(d, NULL) ||
	    past_reach_in(d->past, d->index, &seq, NULL))
		return 0;
	return seq;
}

int
desk_need_state(struct desk *d, struct err *err)
{
	int rc;

	if (d->state)
		return 0;
	if (d->chief) {
		rc = desk_need_state(d->chief, err);
		d->state = d->chief->state;
		return rc;
	}
	rc = state_open(&d->state, DATA_STATE, d->writer, err);
	return rc ? call_it_damage(rc, err) : 0;
}

/*
 * No git is pushing now: the supervisor ends them all before it starts a
 * wiki process. One of them may have moved main without a sync.
 */
static int
clear_remains(const struct desk *d, struct err *err)
{
	int n, rc;

	rc = repo_clear_locks(d->space->repo, &n, err);
	if (!rc)
		rc = repo_clear_incoming(d->space->repo, err);
	return rc ? rc : repo_sync(d->space->repo, err);
}

/* What only the writer may do, once, before anybody reads. */
static int
prepare_content(struct desk *d, struct err *err)
{
	int rc = desk_need_repo(d, err);

	if (!rc)
		rc = clear_remains(d, err);
	if (!rc)
		rc = desk_catch_up(d, err);
	if (rc == PLEIN_EBUSY && desk_lacks_index(d)) {
		if (!rebuild_wait(d->rebuild, DESK_PATIENCE_MS))
			return 0;
		rc = desk_catch_up(d, err);
	}
	return rc;
}

/* The first damage is told; what was mended on the way is none. */
static void
check_stores(struct desk *d, struct err *trouble)
{
	struct err state = ERR_INIT, content = ERR_INIT, erasing = ERR_INIT;
	bool missing = access(DATA_STATE, F_OK) != 0;

	if (!d->chief && erasing_settle_all(&erasing))
		*trouble = erasing;
	if (prepare_content(d, &content))
		*trouble = content;
	if (d->chief)
		return;
	if (desk_need_state(d, &state))
		*trouble = state;
	else if (missing)
		(void)err_set(trouble, PLEIN_ENOTFOUND,
			      DATA_STATE " was missing and was made anew: "
					 "there are no accounts");
}

/* What is of the wiki as a whole. */
static int
take_wiki(struct desk *d, struct err *err)
{
	if (!d->chief) {
		d->host_fingerprint = read_fingerprint();
		return read_conf(&d->conf, err);
	}
	d->host_fingerprint = d->chief->host_fingerprint;
	d->conf = d->chief->conf;
	return 0;
}

int
desk_open(struct desk *d, const struct desk_setup *setup, struct err *trouble,
	  struct err *err)
{
	int rc;

	memset(d, 0, sizeof(*d));
	memset(trouble, 0, sizeof(*trouble));
	d->writer = setup->writer;
	d->rebuild = setup->rebuild;
	d->part_max = PART_MAX;
	d->news_part = NEWSLIST_PART;
	d->look_ms = STANDIN_MS;
	d->told.seq = TOLD_NEW;
	d->gap_max = DESK_GAP_MAX;
	d->much = DESK_MUCH;
	d->pushes = setup->pushes;
	d->speller = setup->speller;
	d->bigtexts = setup->bigtexts;
	d->kept = setup->kept;
	d->attempts = setup->attempts;
	d->pulse = setup->pulse;
	d->lag = setup->lag;
	d->office = setup->office;
	d->streams = setup->streams;
	d->gits = setup->gits;
	d->chief = setup->chief;
	d->owns_space = !setup->space;
	d->space = setup->space ? setup->space : space_new(SPACE_DEFAULT);
	rc = take_wiki(d, err);
	if (rc || !d->writer)
		return rc;
	check_stores(d, trouble);
	return 0;
}

static void
leave_wiki(struct desk *d)
{
	state_close(d->state);
	if (d->conf)
		conf_release(d->conf);
	free(d->conf);
	free(d->host_fingerprint);
}

/* Close what is open of the content. */
static void
forget_content(struct desk *d)
{
	desk_stand_down(d, false);
	uploads_free(d->uploads);
	present_free(d->present);
	past_close(d->past);
	index_close(d->index);
	repo_close(d->repo);
	d->uploads = NULL;
	d->present = NULL;
	d->past = NULL;
	d->index = NULL;
	d->repo = NULL;
	d->told.seq = TOLD_NEW;
}

void
desk_renew(struct desk *d)
{
	forget_content(d);
	if (d->writer)
		(void)prepare_content(d, NULL);
}

void
desk_close(struct desk *d)
{
	forget_content(d);
	vec_release(&d->asked, tiding_free);
	if (!d->chief)
		leave_wiki(d);
	if (d->owns_space)
		space_free(d->space);
	memset(d, 0, sizeof(*d));
}

struct desk *
desk_at(struct desk *d, struct space *s)
{
	return d->office ? desks_at(d->office, s) : d;
}

struct desk *
desk_nth(struct desk *d, size_t i)
{
	if (!d->office)
		return i == 0 ? d : NULL;
	return i < d->office->all.len ? d->office->all.items[i] : NULL;
}

struct spacelist *
desk_list(const struct desk *d)
{
	return d->office ? d->office->setup.list : NULL;
}

/* What was worked out about large folders stays true. */
static void
reopen_maintained_repo(struct desk *d)
{
	long long runs = d->pulse ? atomic_load(&d->pulse->runs) : 0;
	struct repo *old = d->repo;

	if (runs == d->runs)
		return;
	d->runs = runs;
	d->repo = NULL;
	/* one that cannot be opened now says so when it is needed */
	if (old && !open_repo(d, NULL))
		repo_inherit(d->repo, old);
	repo_close(old);
}

void
desk_refresh(struct desk *d, int edition)
{
	struct conf *fresh;

	reopen_maintained_repo(d);
	if (d->chief)
		d->conf = d->chief->conf;
	if (d->chief || d->edition == edition)
		return;
	d->edition = edition;
	if (read_conf(&fresh, NULL))
		return;
	conf_release(d->conf);
	free(d->conf);
	d->conf = fresh;
}

static void
delete_index(struct desk *d)
{
	index_close(d->index);
	d->index = NULL;
	index_remove(d->space->index);
}

/* In the background; `old` (or NULL) is what can be begun with. */
static int
leave_to_rebuild(struct desk *d, const char *old, struct err *err)
{
	int rc;

	index_close(d->index);
	d->index = NULL;
	rc = rebuild_start(d->rebuild, d->space->repo, d->space->index_new, old,
			   err);
	return rc ? rc : refuse_for_now(d, err);
}

/* From the start: in the background where there is one, else now. */
static int
make_anew(struct desk *d, struct err *err)
{
	int rc;

	if (d->rebuild)
		return leave_to_rebuild(d, NULL, err);
	delete_index(d);
	rc = desk_need_index(d, err);
	if (!rc)
		rc = indexer_run(d->index, d->repo, NULL, err);
	d->made_anew = !rc;
	return rc;
}

int
desk_reindex(struct desk *d, struct err *err)
{
	int rc = desk_need_repo(d, err);

	if (!rc && !d->rebuild && !d->made_anew)
		rc = make_anew(d, err);
	d->made_anew = false;
	if (rc || !d->rebuild)
		return rc;
	return rebuild_start_spare(d->rebuild, d->space->repo,
				   d->space->index_new, err);
}

/* The finished one catches up with what was saved meanwhile. */
static int
finish_rebuilt(struct desk *d, bool *far, struct err *err)
{
	struct index *index = NULL;
	long gap = 0;
	int rc = index_open(&index, d->space->index_new, true, err);

	if (!rc)
		rc = indexer_gap(index, d->repo, &gap, err);
	*far = gap > d->gap_max;
	if (!rc && !*far)
		rc = indexer_run(index, d->repo, NULL, err);
	index_close(index);
	return rc;
}

static int
put_in_place(struct desk *d, struct err *err)
{
	int rc;

	desk_stand_down(d, false);
	index_close(d->index);
	d->index = NULL;
	rc = index_replace(d->space->index_new, d->space->index, err);
	if (!rc)
		log_event("index.ready", LOG_TEXT("file", d->space->index));
	return rc;
}

/*
 * Put in place what was finished; a failure is not tried again at once. Until
 * it knows all that was saved nobody reads from it.
 */
static int
take_rebuilt(struct desk *d, struct err *err)
{
	bool far = false;
	int rc = d->rebuild ? rebuild_result(d->rebuild, err) : 0;

	if (rc <= 0)
		return rc;
	rc = finish_rebuilt(d, &far, err);
	if (!rc && far)
		return rebuild_go_on(d->rebuild, err);
	if (!rc)
		rc = put_in_place(d, err);
	rebuild_end(d->rebuild, rc == 0);
	return rc;
}

static int
follow_main(struct desk *d, bool *lost, struct err *err)
{
	long gap = 0;
	int rc = desk_need_index(d, err);

	if (!rc)
		rc = indexer_gap(d->index, d->repo, &gap, err);
	*lost = gap == INDEXER_LOST;
	if (rc || *lost)
		return rc;
	if (d->rebuild && gap > d->gap_max)
		return leave_to_rebuild(d, d->space->index, err);
	return indexer_run(d->index, d->repo, NULL, err);
}

int
desk_catch_up(struct desk *d, struct err *err)
{
	bool lost = false;
	int rc = desk_need_repo(d, err);

	if (!rc)
		rc = take_rebuilt(d, err);
	if (!rc && desk_lacks_index(d))
		return refuse_for_now(d, err);
	if (!rc)
		rc = follow_main(d, &lost, err);
	if (rc == PLEIN_ENOSPACE || (!rc && !lost) || desk_lacks_index(d))
		return rc;
	return d->repo ? make_anew(d, err) : rc;
}

long
desk_unsettled(struct desk *d)
{
	long n = 0;

	if (d->index && !desk_is_standing_in(d) &&
	    index_unsettled(d->index, &n, NULL))
		n = 0; /* what is wrong shows at the next edit */
	return n;
}

int
desk_settle(struct desk *d, struct err *err)
{
	int rc;

	if (!d->index || desk_is_standing_in(d))
		return 0;
	rc = index_settle(d->index, err);
	return rc == PLEIN_ECORRUPT ? make_anew(d, err) : rc;
}

int
desk_mend(struct desk *d, bool *mended, struct err *err)
{
	int n, rc = repo_sync(d->space->repo, err);

	*mended = !rc && pushes_are_quiet(d->pushes);
	if (*mended)
		rc = repo_clear_locks(d->space->repo, &n, err);
	return rc;
}

int
desk_call(struct desk *d, const char *method, struct call *c)
{
	const struct method *m = method_find(method);
	struct task task = { m, c, 0, false };
	struct task *tasks[] = { &task };
	struct batch_end end;
	int rc;

	if (!m)
		return err_set(&c->err, PLEIN_EUSAGE, "no method %s", method);
	rc = method_check(m, c->caller, c->params, &c->err);
	if (rc)
		return rc;
	if (m->place == PLACE_GROUPED)
		group_run(d, tasks, 1);
	else if (m->place == PLACE_WRITER)
		batch_run_one(d, &task, &end);
	else
		task.result = erased_run(d, m, c);
	if (task.result == 0 && c->next) {
		task.method = c->next;
		batch_run_one(d, &task, &end);
	}
	return task.result;
}
