/*
 * import.c - the command: two processes, one that reads the other repository
 * as whoever asked, one that writes as the owner of the wiki.
 */
#include "import.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "args.h"
#include "ask.h"
#include "import_load.h"
#include "import_read.h"
#include "import_write.h"
#include "plein/claim.h"
#include "plein/clock.h"
#include "plein/filter.h"
#include "plein/fs.h"
#include "plein/log.h"
#include "plein/newname.h"
#include "store/snap.h"
#include "store/source.h"
#include "wiki/desk.h"
#include "wiki/space.h"

#define DEFAULT_FOLDER "begrippen"
#define ROUND_MS 700 /* others wait for so long */
#define PATIENCE_MS 30000 /* for a wiki that starts, or pushes under way */
#define ANSWER_MS 10000
#define RETRY_MS 50

struct import {
	const char *dir, *source, *folder;
	int to_reader, from_reader;
	pid_t reader;
	int data, lock; /* the lock when no wiki runs, else -1 */
	bool running; /* a wiki is */
	const char *name; /* of the space, or NULL: the default one */
	struct space *space; /* that one, or NULL */
	struct desk desk;
	struct import_load load;
	struct import_write write;
	struct buf service_mail;
};

/* --- the other process ------------------------------------------------ */

static int
start_reader(struct import *m, struct err *err)
{
	int down[2], up[2];

	if (pipe(down) < 0 || pipe(up) < 0)
		return err_set_errno(err, errno, "pipe");
	m->reader = fork();
	if (m->reader < 0)
		return err_set_errno(err, errno, "fork");
	if (m->reader == 0) {
		(void)close(down[1]);
		(void)close(up[0]);
		_exit(import_read(m->source, down[0], up[1]));
	}
	(void)close(down[0]);
	(void)close(up[1]);
	m->to_reader = down[1];
	m->from_reader = up[0];
	return 0;
}

static void
end_reader(struct import *m)
{
	int status;

	if (m->reader <= 0)
		return;
	(void)close(m->to_reader);
	(void)close(m->from_reader); /* then it can say nothing more */
	while (waitpid(m->reader, &status, 0) < 0 && errno == EINTR)
		;
}

/* --- the wiki --------------------------------------------------------- */

/* Beside a running wiki, or alone under the lock. */
static int
find_wiki_once(struct import *m, struct err *err)
{
	struct wire w;
	int rc = ask_connect(&w, err);

	m->running = rc == 0;
	if (rc == 0)
		wire_release(&w);
	if (rc != PLEIN_ECLOSED)
		return rc;
	m->lock = fs_lock_at(m->data, DATA_LOCK, err);
	return m->lock < 0 ? m->lock : 0;
}

static int
find_wiki(struct import *m, struct err *err)
{
	int64_t end = clock_mono_ms() + PATIENCE_MS;
	int rc;

	while ((rc = find_wiki_once(m, err)) == PLEIN_EBUSY &&
	       clock_mono_ms() < end)
		(void)poll(NULL, 0, RETRY_MS); /* nothing tells when */
	return rc;
}

/* The one that is named, if one is. */
static int
find_space(struct import *m, struct err *err)
{
	if (!m->name)
		return 0;
	if (space_is_valid(m->name))
		m->space = space_new(m->name);
	if (m->space && access(m->space->repo, F_OK) == 0)
		return 0;
	return err_set(err, PLEIN_ENOTFOUND, "there is no such space");
}

static int
open_wiki(struct import *m, struct err *err)
{
	struct desk_setup setup = desk_reader;
	struct err trouble = ERR_INIT;
	int rc;

	m->data = ask_enter(m->dir, err);
	if (m->data < 0)
		return m->data;
	rc = find_wiki(m, err);
	if (!rc)
		rc = find_space(m, err);
	setup.writer = !m->running;
	setup.space = m->space;
	if (!rc)
		rc = desk_open(&m->desk, &setup, &trouble, err);
	if (!rc && trouble.code) {
		*err = trouble;
		return trouble.code;
	}
	if (!rc)
		rc = desk_need_repo(&m->desk, err);
	if (!rc)
		buf_printf(&m->service_mail, CLAIM_SERVICE "@%s",
			   m->desk.conf->domain);
	return rc;
}

static int
hold_once(const struct import *m, struct wire *w, char ticket[64],
	  struct err *err)
{
	json_t *result = NULL;
	int rc = ask_connect(w, err);

	if (rc)
		return rc;
	if (m->name)
		rc = ask_on(w, "session.space",
			    json_pack("{s:s}", "space", m->name), ANSWER_MS,
			    &result, err);
	json_decref(result);
	result = NULL;
	if (!rc)
		rc = ask_on(w, "push.hold", NULL, ANSWER_MS, &result, err);
	if (!rc)
		(void)snprintf(
			ticket, 64, "%s",
			json_string_value(json_object_get(result, "ticket")));
	else
		wire_release(w);
	json_decref(result);
	return rc;
}

/* Main is ours for a moment. */
static int
hold(const struct import *m, struct wire *w, char ticket[64], struct err *err)
{
	int64_t end = clock_mono_ms() + PATIENCE_MS;
	int rc;

	while ((rc = hold_once(m, w, ticket, err)) != 0 &&
	       (rc == PLEIN_EBUSY || rc == PLEIN_ECLOSED ||
		rc == PLEIN_EUNKNOWN) &&
	       clock_mono_ms() < end)
		(void)poll(NULL, 0, RETRY_MS); /* nothing tells when */
	return rc;
}

/* Everybody's again, and the index follows; what fails here is mended by the
 * wiki itself. */
static void
let_go(struct wire *w, const char *ticket)
{
	json_t *result = NULL;

	(void)ask_on(w, "push.settle",
		     json_pack("{s:s, s:s, s:s}", "ticket", ticket, "state",
			       "committed", "updates", ""),
		     ANSWER_MS, &result, NULL);
	json_decref(result);
	(void)ask_on(w, "push.follow", NULL, ANSWER_MS, &result, NULL);
	json_decref(result);
	wire_release(w);
}

/* --- the work --------------------------------------------------------- */

static int
take_path(void *ctx, const char *path, const struct repo_id *blob)
{
	struct import *m = ctx;

	(void)blob;
	import_places_take(m->write.places, path);
	return 0;
}

static int
take_paths_of(struct import *m, const struct repo_id *commit, struct err *err)
{
	return commit->hex[0]
		       ? snap_walk(m->desk.repo, commit, take_path, m, err)
		       : 0;
}

/* Where an import before this one stopped, and what was there before it. */
static int
begin(struct import *m, struct err *err)
{
	struct repo_id newest, before, tip;
	struct parcel p = PARCEL_INIT;
	bool goes_on = false;
	int rc = source_find_taken(m->desk.repo, &newest, &before, err);

	if (!rc)
		rc = repo_ref_read(m->desk.repo, &tip, err);
	if (rc)
		return rc;
	parcel_add_text(&p, newest.hex, strlen(newest.hex));
	rc = parcel_send(&p, m->to_reader, err);
	parcel_release(&p);
	import_load_init(&m->load, m->from_reader);
	if (!rc)
		rc = import_load_begin(&m->load, &goes_on, err);
	if (rc)
		return rc;
	m->write.repo = m->desk.repo;
	m->write.conf = m->desk.conf;
	m->write.service_mail = m->service_mail.ptr;
	m->write.now = clock_wall();
	m->write.places = import_places_new(m->folder);
	if (goes_on)
		m->write.after = newest;
	return take_paths_of(m, goes_on ? &before : &tip, err);
}

static int
show_report(struct import *m, struct err *err)
{
	struct buf *report = &m->write.report;
	int rc = 0;

	if (fwrite(report->ptr, 1, report->len, stdout) != report->len)
		rc = err_set(err, PLEIN_EIO, "the report cannot be written");
	buf_reset(report);
	return rc;
}

static int
write_held(struct import *m, const struct vec *commits, size_t *next,
	   struct err *err)
{
	struct wire w;
	char ticket[64] = "";
	int rc;

	if (!m->running)
		return import_write_round(&m->write, commits, next, ROUND_MS,
					  err);
	rc = hold(m, &w, ticket, err);
	if (rc)
		return rc;
	rc = import_write_round(&m->write, commits, next, ROUND_MS, err);
	let_go(&w, ticket);
	return rc;
}

static int
take_round(struct import *m, bool *more, struct err *err)
{
	struct vec commits = VEC_INIT;
	size_t next = 0;
	int rc = import_load_round(&m->load, &commits, err);

	*more = commits.len > 0;
	while (!rc && next < commits.len) {
		rc = write_held(m, &commits, &next, err);
		if (!rc)
			rc = show_report(m, err);
	}
	vec_release(&commits, import_commit_free);
	return rc;
}

static int
take_all(struct import *m, struct err *err)
{
	bool more = true;
	int rc = begin(m, err);

	while (!rc && more)
		rc = take_round(m, &more, err);
	if (!rc && !m->running)
		rc = desk_catch_up(&m->desk, err);
	return rc;
}

static void
release(struct import *m)
{
	end_reader(m);
	import_load_release(&m->load);
	import_places_free(m->write.places);
	buf_release(&m->write.report);
	buf_release(&m->service_mail);
	desk_close(&m->desk);
	space_free(m->space);
	if (m->lock >= 0)
		(void)close(m->lock); /* nothing was written to it */
	if (m->data >= 0)
		(void)close(m->data); /* a folder */
}

static int
run(struct import *m, struct err *err)
{
	int rc = start_reader(m, err);

	if (!rc)
		rc = open_wiki(m, err);
	return rc ? rc : take_all(m, err);
}

/* --- the command ------------------------------------------------------ */

static int
complain(const struct err *err)
{
	struct buf line = BUF_INIT;

	filter_line(&line, err->msg, strlen(err->msg));
	(void)fprintf(stderr, "pleind: %s\n", line.ptr);
	buf_release(&line);
	return err->code == PLEIN_EUSAGE ? 2 : 1;
}

static int
say_result(const struct import_write *w)
{
	if (printf("%ld changes, %ld files; %ld renamed, %ld left out\n",
		   w->n_commits, w->n_files, w->n_renamed, w->n_left_out) < 0)
		return 1;
	return w->lost;
}

static int
read_words(struct import *m, int argc, char **argv, struct err *err)
{
	const char *words[2] = { NULL, NULL };
	const struct args_option options[] = {
		{ "--prefix", &m->folder },
		{ "--space", &m->name },
		{ NULL, NULL },
	};
	int n = args_sort(argc - 2, argv + 2, options, words, 2, err);

	if (n < 0)
		return n;
	m->dir = words[0];
	m->source = words[1];
	if (n != 2)
		return err_set(err, PLEIN_EUSAGE,
			       "usage: pleind import DIR REPO [--prefix P] "
			       "[--space NAME]");
	if (!newname_folder_is_valid(m->folder))
		return err_set(err, PLEIN_EUSAGE,
			       "%.60s is no folder for pages", m->folder);
	return 0;
}

int
import_main(int argc, char **argv)
{
	struct import m = { .folder = DEFAULT_FOLDER,
			    .data = -1,
			    .lock = -1,
			    .service_mail = BUF_INIT,
			    .write = { .report = BUF_INIT },
			    .load = { .parcel = PARCEL_INIT } };
	struct err err = ERR_INIT;
	int rc;

	log_enable(0); /* people read stderr here, not programs */
	(void)signal(SIGPIPE, SIG_IGN);
	rc = read_words(&m, argc, argv, &err);
	if (!rc)
		rc = run(&m, &err);
	err.code = rc;
	rc = rc ? complain(&err) : say_result(&m.write);
	release(&m);
	return rc;
}
