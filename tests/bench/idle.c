/* Many sessions in which nothing happens: what they hold, and how often
 * they wake up. */
#include <poll.h>

#include "figure.h"
#include "plein/mem.h"

#define SESSIONS 100
#define SETTLE_MS 1000
#define WATCH_MS 10000

static void
open_sessions(const struct side *s, struct screen **screens)
{
	for (int i = 0; i < SESSIONS; i++) {
		screens[i] = side_open(s);
		if (!screen_wait(screens[i], s->complete))
			die("session %d did not open", i);
	}
	(void)poll(NULL, 0, SETTLE_MS);
}

static void
close_sessions(struct screen **screens)
{
	for (int i = 0; i < SESSIONS; i++)
		screen_abandon(screens[i]);
}

static double
session_kb(const struct side *s)
{
	struct screen *screens[SESSIONS];
	double kb;

	open_sessions(s, screens);
	kb = measure_pss(s->server) / SESSIONS;
	close_sessions(screens);
	return kb;
}

struct comparison
figure_memory(const struct side *ours, const struct side *peer)
{
	double x = session_kb(ours), y = session_kb(peer);

	return measure_turns(&x, &y, 1);
}

struct comparison
figure_wakeups(const struct side *ours, const struct side *peer)
{
	struct screen *screens[SESSIONS];
	struct comparison c = { 0 };
	double before;

	(void)peer;
	open_sessions(ours, screens);
	before = measure_wakeups(ours->server);
	(void)poll(NULL, 0, WATCH_MS);
	c.ours = (measure_wakeups(ours->server) - before) * 1000 / WATCH_MS;
	close_sessions(screens);
	return c;
}
