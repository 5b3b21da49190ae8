/*
 * keeping.c - methods for who keeps the wiki going: is it well, maintain it.
 */
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "plein/clock.h"
#include "plein/fs.h"
#include "store/maintain.h"
#include "wiki/call.h"
#include "wiki/erasing.h"
#include "wiki/handlers.h"
#include "wiki/pulse.h"
#include "wiki/rebuild.h"
#include "wiki/rows.h"
#include "wiki/space.h"

/* What a healthy wiki never gets past. */
#define LOOSE_MAX 50000
#define PACKS_MAX 500
#define WAITING_MAX 256
#define ROOM_MIN (256LL * 1024 * 1024) /* bytes of disk */

struct health {
	struct repo_id tip, index;
	bool index_moves;
	struct maintain_count count;
	int64_t room;
	json_t *problems;
};

static void
complain(struct health *h, const char *text)
{
	(void)json_array_append_new(h->problems, json_string(text));
}

static void
complain_about(struct health *h, const struct err *err)
{
	(void)json_array_append_new(h->problems, call_json_line(err->msg));
}

/* --- looking ------------------------------------------------------------ */

/* Where index and main are; a save may come between two looks. */
static int
look_at_index(struct desk *d, struct health *h, struct err *err)
{
	struct repo_id before = { "" };
	int rc = desk_need_repo(d, err);

	if (!rc)
		rc = desk_need_index(d, err);
	if (!rc)
		rc = index_head(d->index, before.hex, err);
	if (!rc)
		rc = repo_ref_read(d->repo, &h->tip, err);
	if (!rc)
		rc = index_head(d->index, h->index.hex, err);
	h->index_moves = strcmp(before.hex, h->index.hex) != 0;
	return rc;
}

static void
look(struct desk *d, struct health *h)
{
	struct err err = ERR_INIT;

	if (look_at_index(d, h, &err))
		complain_about(h, &err);
	if (maintain_count(d->space->repo, &h->count, &err))
		complain_about(h, &err);
	if (fs_room_at(AT_FDCWD, d->space->repo, &h->room, &err))
		complain_about(h, &err);
}

/* --- judging ------------------------------------------------------------ */

static void
judge(struct health *h, struct pulse *p)
{
	if (strcmp(h->tip.hex, h->index.hex) != 0 && !h->index_moves)
		complain(h, "the index is behind the content");
	if (h->room < ROOM_MIN)
		complain(h, "the disk is nearly full");
	if (h->count.loose > LOOSE_MAX || h->count.packs > PACKS_MAX)
		complain(h, "maintenance does not keep up");
	if (atomic_load(&p->run_failed))
		complain(h, "the last maintenance failed");
	if (atomic_load(&p->waiting) > WAITING_MAX)
		complain(h, "many edits wait for the disk");
	if (atomic_load(&p->in_doubt))
		complain(h, "the disk failed, nothing is saved until the wiki "
			    "has started anew");
}

/* --- telling ------------------------------------------------------------ */

static json_t *
number(atomic_llong *n)
{
	return json_integer(atomic_load(n));
}

static json_t *
describe_writer(struct pulse *p)
{
	return json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:b}", "waiting",
			 number(&p->waiting), "batches", number(&p->batches),
			 "requests", number(&p->tasks), "last",
			 number(&p->batch_at), "last_ms", number(&p->batch_ms),
			 "last_requests", number(&p->batch_tasks), "in_doubt",
			 (int)atomic_load(&p->in_doubt));
}

static json_t *
describe_maintenance(struct pulse *p)
{
	return json_pack("{s:o, s:b, s:o, s:o, s:b}", "runs", number(&p->runs),
			 "running", (int)atomic_load(&p->running), "last",
			 number(&p->run_at), "last_ms", number(&p->run_ms),
			 "failed", (int)atomic_load(&p->run_failed));
}

static json_t *
describe_rebuild(const struct desk *d)
{
	bool active = d->rebuild && rebuild_is_active(d->rebuild);
	long done = 0, all = 0;

	if (active)
		rebuild_progress(d->rebuild, &done, &all);
	return json_pack("{s:b, s:I, s:I}", "active", (int)active, "done",
			 (json_int_t)done, "all", (json_int_t)all);
}

static void
answer_health(const struct desk *d, struct call *c, struct health *h)
{
	struct pulse *p = d->pulse;

	c->result = json_pack(
		"{s:b, s:s, s:s, s:o, s:I, s:I, s:I, s:I, s:I, s:o, s:o, s:o, "
		"s:O}",
		"healthy", json_array_size(h->problems) == 0, "tip", h->tip.hex,
		"index", h->index.hex, "rebuild", describe_rebuild(d), "loose",
		(json_int_t)h->count.loose, "packs", (json_int_t)h->count.packs,
		"pack_bytes", (json_int_t)h->count.pack_bytes, "disk_free",
		(json_int_t)h->room, "uptime",
		(json_int_t)(clock_wall() - p->started), "sessions",
		number(&p->sessions), "writer", describe_writer(p),
		"maintenance", describe_maintenance(p), "problems",
		h->problems);
}

static int
need_pulse(const struct desk *d, struct err *err)
{
	if (d->pulse)
		return 0;
	return err_set(err, PLEIN_ECLOSED, "no wiki is running here");
}

int
handle_wiki_health(struct desk *d, struct call *c)
{
	struct health h = { .room = 0 };
	int rc = need_pulse(d, &c->err);

	if (rc)
		return rc;
	h.problems = json_array();
	look(d, &h);
	judge(&h, d->pulse);
	answer_health(d, c, &h);
	json_decref(h.problems);
	return 0;
}

/* On the loop: the state machine of wiki/upkeep.h looks at it next. */
int
handle_wiki_maintain(struct desk *d, struct call *c)
{
	int rc = need_pulse(d, &c->err);
	long long run;

	if (rc)
		return rc;
	run = atomic_load(&d->pulse->runs) + 1 +
	      atomic_load(&d->pulse->running);
	atomic_store(&d->space->wanted, true);
	c->result = json_pack("{s:I}", "run", (json_int_t)run);
	return 0;
}

int
handle_wiki_reindex(struct desk *d, struct call *c)
{
	int rc = desk_reindex(d, &c->err);

	if (!rc)
		c->result = json_object();
	return rc;
}

/* On the loop, which looks at signals when this was answered. */
static int
handle_wiki_erase(struct desk *d, struct call *c)
{
	struct space *space = space_new(call_text(c, "space"));
	struct erasing at;
	int rc = need_pulse(d, &c->err);

	erasing_init(&at, space);
	if (!rc && !erasing_is_due(&at))
		rc = err_set(&c->err, PLEIN_ESAME,
			     "there is none to put in "
			     "place");
	if (!rc && raise(SIGTERM) != 0)
		rc = err_set(&c->err, PLEIN_EIO, "it cannot end itself");
	free(space);
	return rc;
}

static const struct param erase_params[] = {
	{ "space", PARAM_TEXT, true, SPACE_MAX, "its name" },
	PARAMS_END,
};

static const struct param no_params[] = { PARAMS_END };

const struct method keeping_rows[] = {
	{ "wiki.health", RIGHT_ADMIN, PLACE_READER, no_params,
	  "Tells how the wiki is doing.",
	  "{healthy, problems: [text], tip, index: the commits that main and "
	  "the index are at, rebuild: {active, done, all}: of the index, in "
	  "commits, loose: objects, packs, pack_bytes, disk_free, "
	  "uptime: seconds, sessions, writer: {waiting, batches, requests, "
	  "last, last_ms, last_requests, in_doubt}, maintenance: {runs, "
	  "running, last, last_ms, failed}}: batches, requests and runs since "
	  "the process started; last in seconds since 1970, 0 = never",
	  "closed", handle_wiki_health },
	{ "wiki.maintain", RIGHT_ADMIN, PLACE_LOOP, no_params,
	  "Begins maintenance of the repository, whether or not it is needed.",
	  "{run}: when wiki.health counts that many runs, it is done", "closed",
	  handle_wiki_maintain },
	{ "wiki.reindex", RIGHT_ADMIN, PLACE_WRITER, no_params,
	  "Makes the index anew. While the wiki serves that is only begun; the "
	  "old one goes on serving until wiki.health says that none is being "
	  "made.",
	  "{}", "busy no-space io corrupt", handle_wiki_reindex },
	{ "wiki.erase", RIGHT_HOST, PLACE_LOOP, erase_params,
	  "Puts an erasure that was prepared (pleind erase) in place: a fresh "
	  "wiki process does that and takes the place of this one, which "
	  "finishes what it was asked. Sessions go on.",
	  "{}", "same closed io", handle_wiki_erase },
	ROWS_END,
};
