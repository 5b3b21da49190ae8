/* restart.c - the last ten starts in a ring; the oldest of them decides. */
#include "restart.h"

#include <string.h>

void
restart_init(struct restart *r)
{
	memset(r, 0, sizeof(*r));
}

void
restart_started(struct restart *r, int64_t now)
{
	r->starts[r->next] = now;
	r->next = (r->next + 1) % RESTART_STARTS;
	if (r->n < RESTART_STARTS)
		r->n++;
}

void
restart_answered(struct restart *r)
{
	r->n = 0;
}

int64_t
restart_time(const struct restart *r, int64_t now)
{
	/* With a full ring, `next` is the oldest. */
	if (r->n < RESTART_STARTS || now - r->starts[r->next] > RESTART_SPAN_MS)
		return now;
	return now + RESTART_WAIT_MS;
}
