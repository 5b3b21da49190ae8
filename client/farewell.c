/* farewell.c - see farewell.h. */
#include "farewell.h"

#include <poll.h>
#include <signal.h>
#include <stddef.h>
#include <sys/signalfd.h>

#include "plein/clock.h"

#define FAREWELL_MS 1000 /* for the wiki to take the last draft */

int
farewell_signals(void)
{
	sigset_t set;

	(void)sigemptyset(&set);
	(void)sigaddset(&set, SIGWINCH);
	(void)sigaddset(&set, SIGTERM);
	(void)sigaddset(&set, SIGHUP);
	(void)sigaddset(&set, SIGINT);
	if (sigprocmask(SIG_BLOCK, &set, NULL) < 0)
		return -1;
	return signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

void
farewell_say(struct nav *nav, struct link *link)
{
	int64_t until = clock_mono_ms() + FAREWELL_MS;
	struct pollfd fds[2];
	int64_t left;
	int n;

	nav_tick(nav, true);
	/* a wiki that died meanwhile comes back and is asked again */
	while (link_is_waiting(link)) {
		left = until - clock_mono_ms();
		n = link_poll(link, fds);
		if (left <= 0 || n == 0)
			break;
		(void)poll(fds, (nfds_t)n, (int)left); /* read says why */
		link_step(link);
	}
}
