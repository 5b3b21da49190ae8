/* turnaway.c - see turnaway.h. */
#include "turnaway.h"

#include <stdio.h>
#include <string.h>

static struct turnaway_row *
find_row(struct turnaway *t, const char *peer, const char *reason)
{
	for (size_t i = 0; i < t->n; i++)
		if (strcmp(t->rows[i].peer, peer) == 0 &&
		    strcmp(t->rows[i].reason, reason) == 0)
			return &t->rows[i];
	return NULL;
}

static struct turnaway_row *
add_row(struct turnaway *t, const char *peer, const char *reason)
{
	struct turnaway_row *r = &t->rows[t->n++];

	(void)snprintf(r->peer, sizeof(r->peer), "%s", peer);
	r->reason = reason;
	r->n = 0;
	return r;
}

void
turnaway_note(struct turnaway *t, const char *peer, const char *reason,
	      int64_t now)
{
	struct turnaway_row *r = find_row(t, peer, reason);

	if (!r && t->n < TURNAWAY_MOST - 1)
		r = add_row(t, peer, reason);
	if (!r && t->n == TURNAWAY_MOST - 1)
		r = add_row(t, "*", "many");
	if (!r) /* the last row is that one */
		r = &t->rows[TURNAWAY_MOST - 1];
	r->n++;
	if (!t->due)
		t->due = now + TURNAWAY_MS;
}

const struct turnaway_row *
turnaway_first(const struct turnaway *t, int64_t now)
{
	return t->due && now >= t->due ? &t->rows[0] : NULL;
}

void
turnaway_told(struct turnaway *t)
{
	t->n--;
	memmove(&t->rows[0], &t->rows[1], t->n * sizeof(t->rows[0]));
	if (t->n == 0)
		t->due = 0;
}
