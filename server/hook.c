/*
 * hook.c - see hook.h. What a person reads goes to stderr: git passes it on.
 *
 * Git ignores how the hook ends once main has moved. If that cannot be put
 * on stable storage, git may not say that it was: it is killed, and whoever
 * pushes learns that the line was cut.
 */
#include "hook.h"

#include <errno.h>
#include <jansson.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ask.h"
#include "plein/buf.h"
#include "plein/clock.h"
#include "plein/control.h"
#include "plein/fs.h"
#include "plein/i18n.h"
#include "refusal.h"

#define INPUT_MAX ((size_t)64 * 1024)
#define JUDGE_MS 60000 /* also while others are first */
#define SETTLE_MS 2000 /* then main is not held any more either */
#define FOLLOW_MS 10000
#define TICKET_MS 5000 /* the supervisor tells of it at the same time */
#define RETRY_MS 50

struct hook {
	const char *space; /* it is a push to */
	const char *ticket;
	const char *state; /* of the transaction */
	struct buf updates; /* what git wants to change */
	int repo; /* the repository's folder */
};

static int
tell(const struct buf *text)
{
	/* nobody is left to hear that it failed */
	(void)fs_write_fd(STDERR_FILENO, text->ptr, text->len, NULL);
	return EXIT_FAILURE;
}

static int
tell_error(int code)
{
	struct buf text = BUF_INIT;

	refusal_error(&text, code);
	(void)tell(&text);
	buf_release(&text);
	return EXIT_FAILURE;
}

/* The last part of a path. */
static const char *
find_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

/* Worth asking again: nothing was decided. */
static bool
is_for_now(int rc, int64_t since)
{
	if (rc == PLEIN_ENOTFOUND)
		return clock_mono_ms() - since < TICKET_MS;
	return rc == PLEIN_EBUSY || rc == PLEIN_ECLOSED || rc == PLEIN_EUNKNOWN;
}

static int
ask_until(const struct hook *h, const char *method, json_t *params, int ms,
	  json_t **result)
{
	int64_t since = clock_mono_ms();
	int rc;

	for (;;) {
		rc = ask_running_in(h->space, method, json_incref(params), ms,
				    result, NULL);
		if (!is_for_now(rc, since) || clock_mono_ms() - since >= ms)
			return rc;
		(void)poll(NULL, 0, RETRY_MS); /* nothing tells when */
	}
}

/* --- pre-receive ------------------------------------------------------ */

static int
tell_verdict(const json_t *verdict)
{
	struct buf text = BUF_INIT;

	if (json_array_size(json_object_get(verdict, "faults")) == 0)
		return EXIT_SUCCESS;
	refusal_format(&text, verdict);
	(void)tell(&text);
	buf_release(&text);
	return EXIT_FAILURE;
}

static int
judge(struct hook *h)
{
	const char *folder = getenv("GIT_QUARANTINE_PATH");
	json_t *params = json_pack("{s:s, s:s, s:s}", "ticket", h->ticket,
				   "folder", folder ? find_name(folder) : "",
				   "updates", h->updates.ptr);
	json_t *verdict = NULL;
	int rc;

	/* names of refs that are no UTF-8 */
	rc = params ? ask_until(h, "push.judge", params, JUDGE_MS, &verdict)
		    : PLEIN_ERULE;
	rc = rc ? tell_error(rc) : tell_verdict(verdict);
	json_decref(verdict);
	json_decref(params);
	return rc;
}

/* --- reference-transaction -------------------------------------------- */

static int
settle(struct hook *h)
{
	json_t *params =
		json_pack("{s:s, s:s, s:s}", "ticket", h->ticket, "state",
			  h->state, "updates", h->updates.ptr);
	json_t *result = NULL;
	int rc =
		params ? ask_until(h, "push.settle", params, SETTLE_MS, &result)
		       : PLEIN_ERULE;

	json_decref(result);
	json_decref(params);
	return rc;
}

/*
 * The objects were put in their places a moment ago; each was synced, the
 * folders that name them were not. They must be there before main names one.
 */
static int
prepare(struct hook *h)
{
	int rc = fs_sync_fs(h->repo, NULL);

	if (!rc)
		rc = settle(h);
	return rc ? tell_error(rc == PLEIN_EDENIED ? PLEIN_EBUSY : rc)
		  : EXIT_SUCCESS;
}

static int
finish(struct hook *h)
{
	json_t *result = NULL;

	if (fs_sync_fs(h->repo, NULL) != 0) {
		(void)tell_error(PLEIN_EUNKNOWN);
		(void)kill(getppid(), SIGKILL);
		return EXIT_FAILURE;
	}
	/* Stored it is, whatever becomes of the rest: at the next edit, or
	 * when it starts, the wiki process looks by itself. */
	(void)settle(h);
	(void)ask_until(h, "push.follow", json_object(), FOLLOW_MS, &result);
	json_decref(result);
	return EXIT_SUCCESS;
}

static int
give_up(struct hook *h)
{
	(void)settle(h); /* else it notices that git is gone */
	return EXIT_SUCCESS;
}

static const struct {
	const char *hook, *state; /* NULL: git gives none */
	int (*run)(struct hook *h);
} steps[] = {
	{ RECEIVE_HOOK_BEFORE, NULL, judge },
	{ RECEIVE_HOOK_REF, "prepared", prepare },
	{ RECEIVE_HOOK_REF, "committed", finish },
	{ RECEIVE_HOOK_REF, "aborted", give_up },
};

#define N_STEPS (sizeof(steps) / sizeof(steps[0]))

static int
run_step(struct hook *h, const char *name)
{
	size_t i;

	for (i = 0; i < N_STEPS; i++) {
		if (strcmp(steps[i].hook, name) != 0)
			continue;
		if (!steps[i].state ||
		    (h->state && strcmp(steps[i].state, h->state) == 0))
			return steps[i].run(h);
	}
	return tell_error(PLEIN_EUSAGE);
}

bool
hook_is_one(const char *name)
{
	size_t i;

	for (i = 0; i < N_STEPS; i++)
		if (strcmp(steps[i].hook, find_name(name)) == 0)
			return true;
	return false;
}

/* The socket of the wiki process is found from the data folder. */
static int
enter_data(struct hook *h)
{
	h->ticket = getenv(RECEIVE_TICKET);
	h->space = getenv(RECEIVE_SPACE);
	h->repo = fs_open_dir(".", NULL);
	if (!h->ticket || h->repo < 0 || fchdir(RECEIVE_DATA_FD) < 0)
		return PLEIN_EUSAGE;
	return fs_read_fd(STDIN_FILENO, &h->updates, INPUT_MAX, NULL);
}

int
hook_main(int argc, char **argv)
{
	struct hook h = { .state = argc > 1 ? argv[1] : NULL,
			  .updates = BUF_INIT,
			  .repo = -1 };
	char catalogues[32];
	int rc;

	(void)snprintf(catalogues, sizeof(catalogues), "/proc/self/fd/%d",
		       RECEIVE_LOCALE_FD);
	language_open(catalogues);
	(void)signal(SIGPIPE, SIG_IGN);
	rc = enter_data(&h);
	rc = rc ? tell_error(rc) : run_step(&h, find_name(argv[0]));
	if (h.repo >= 0)
		(void)close(h.repo); /* a folder */
	buf_release(&h.updates);
	return rc;
}
