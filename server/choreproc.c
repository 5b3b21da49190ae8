/* choreproc.c - see choreproc.h. */
#include "choreproc.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "plein/clock.h"
#include "plein/log.h"
#include "program.h"
#include "store/spaces.h"
#include "spawn.h"
#include "wikiproc.h"

#define SAID_MAX 400 /* bytes of a complaint that go into the log */

/* It ended; the wiki process hears so when it listens. */
static void
finish(struct house *h, const struct chore_task *task, int status)
{
	struct chore *c = &h->chore;

	if (c->report >= 0)
		(void)close(c->report); /* a memfd */
	c->report = -1;
	c->pid = 0;
	c->ended = *task;
	c->status = status;
	c->told_due = true;
	wikiproc_flush(h);
}

static int
spawn_task(struct house *h, const char *name, const char *space,
	   struct err *err)
{
	struct chore *c = &h->chore;
	struct program p;
	struct spawn s = { .program = h->git,
			   .argv = p.argv,
			   .env = p.env,
			   .user = house_owner(h),
			   .fds = { -1, -1, -1 },
			   .stay = true,
			   .gives_way = true,
			   .guard = GUARD_UPKEEP };
	int rc;

	if (!program_task(&p, name, space))
		return err_set(err, PLEIN_EPROTO, "no such task");
	c->report = memfd_create("report", MFD_CLOEXEC);
	rc = c->report < 0 ? err_set_errno(err, errno, "memfd")
			   : spawn_silent(&s, c->report, &c->pid, err);
	program_release(&p);
	return rc;
}

static int
find_and_spawn(struct house *h, const struct chore_task *task, struct err *err)
{
	const char *space = spaces_find(&h->spaces, task->space);

	if (h->stopping)
		return err_set(err, PLEIN_EBUSY, "the server is stopping");
	if (h->git < 0)
		return err_set(err, PLEIN_ENOTFOUND, "git is not installed");
	if (!space)
		return err_set(err, PLEIN_ENOTFOUND, "there is no such space");
	return spawn_task(h, task->name, space, err);
}

static void
start(struct house *h, const struct chore_task *task)
{
	struct err err = ERR_INIT;

	h->chore.now = *task;
	h->chore.since = clock_mono_ms();
	if (find_and_spawn(h, task, &err) == 0)
		return;
	log_event("maintain.failed", LOG_TEXT("space", task->space),
		  LOG_TEXT("task", task->name), LOG_TEXT("reason", err.msg));
	finish(h, task, -1);
}

void
choreproc_start(struct house *h, const char *task, const char *space)
{
	struct chore_task asked;

	(void)snprintf(asked.name, sizeof(asked.name), "%s", task);
	(void)snprintf(asked.space, sizeof(asked.space), "%s", space);
	if (h->chore.pid == 0)
		start(h, &asked);
	else if (strcmp(asked.name, h->chore.now.name) != 0)
		h->chore.next = asked;
}

static void
log_end(const struct chore *c, int status)
{
	char said[SAID_MAX + 1];
	ssize_t n = pread(c->report, said, SAID_MAX, 0);

	said[n > 0 ? n : 0] = '\0';
	said[strcspn(said, "\n")] = '\0';
	log_event("maintained", LOG_TEXT("space", c->now.space),
		  LOG_TEXT("task", c->now.name), LOG_NUMBER("status", status),
		  LOG_NUMBER("ms", clock_mono_ms() - c->since),
		  LOG_TEXT("said", said));
}

void
choreproc_died(struct house *h, int status)
{
	int code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
	struct chore_task ended = h->chore.now, next = h->chore.next;

	log_end(&h->chore, code);
	finish(h, &ended, code);
	h->chore.next.name[0] = '\0';
	if (next.name[0] && !h->stopping)
		start(h, &next);
}

void
choreproc_signal(const struct house *h, int sig)
{
	/* Its group, or itself when it did not get to making one. */
	if (h->chore.pid > 0 && kill(-h->chore.pid, sig) < 0)
		(void)kill(h->chore.pid, sig);
}

json_t *
choreproc_report(const struct house *h)
{
	return json_pack("{s:s,s:s,s:i}", "op", "maintained", "task",
			 h->chore.ended.name, "status", h->chore.status);
}
