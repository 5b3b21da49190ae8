/* spellproc.c - see spellproc.h. */
#include "spellproc.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "child.h"
#include "notice.h"
#include "plein/clock.h"
#include "plein/log.h"
#include "ssh/hostkey.h"

#define REST_MS 1000 /* between two starts */

static _Noreturn void
run_spell(struct house *h, int fd)
{
	setproctitle("spell");
	log_set_process("spell");
	hostkey_free(h->key);
	child_signals(false);
	child_keep(&fd, 1);
	if (chdir("/") < 0)
		_exit(CHILD_FAILED);
	child_become(house_login(h));
	_exit(h->jobs->spell(fd));
}

static bool
fork_spell(struct house *h, int fd)
{
	pid_t pid = fork();

	if (pid == 0)
		run_spell(h, fd);
	if (pid < 0)
		return false;
	h->spell.pid = pid;
	h->spell.since = clock_mono_ms();
	return true;
}

void
spellproc_start(struct house *h)
{
	int pair[2];
	bool rests =
		h->spell.since && clock_mono_ms() - h->spell.since < REST_MS;

	if (h->stopping || rests ||
	    socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) < 0)
		return;
	/* It waits for no room: it asks again when nothing comes. */
	if (!fork_spell(h, pair[1]) ||
	    notice_send(h->wiki.control, json_pack("{s:s}", "op", "spell"),
			&pair[0], 1, NULL) != 0)
		log_event("spell.failed", LOG_TEXT("reason", strerror(errno)));
	(void)close(pair[0]); /* both are somebody else's now */
	(void)close(pair[1]);
}

void
spellproc_died(struct house *h, int status)
{
	h->spell.pid = 0;
	if (WIFSIGNALED(status))
		log_event("spell.died", LOG_NUMBER("signal", WTERMSIG(status)));
}

void
spellproc_signal(const struct house *h, int sig)
{
	if (h->spell.pid > 0)
		(void)kill(h->spell.pid, sig);
}
