/* What the wiki process holds for itself with 10,000 pages, while 200 people
 * have a screen open. */
#include "figure.h"
#include "plein/mem.h"
#include "town.h"

#define SESSIONS 200
#define READY "? Hulp"

struct comparison
figure_private(const struct side *ours, const struct side *peer)
{
	struct town *city = town_get(TOWN_CITY);
	const struct side side = { &city->f, NULL, READY, city->f.pid };
	struct screen *screens[SESSIONS];
	struct comparison c = { 0 };
	int i;

	(void)ours;
	(void)peer;
	for (i = 0; i < SESSIONS; i++) {
		screens[i] = side_open(&side);
		if (!screen_wait(screens[i], READY))
			die("session %d did not open", i);
	}
	c.ours = measure_private(fixture_find(&city->f, "pleind: wiki")) / 1024;
	for (i = 0; i < SESSIONS; i++)
		screen_abandon(screens[i]);
	return c;
}
