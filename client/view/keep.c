/* keep.c - see keep.h. */
#include "view/keep.h"

void
keep_change(struct keep *k, int64_t now)
{
	if (!k->due)
		k->due = now + k->ms;
}

int64_t
keep_due(const struct keep *k)
{
	return k->flying ? 0 : k->due;
}

bool
keep_has_news(const struct keep *k)
{
	return k->due != 0;
}

void
keep_send(struct keep *k, int64_t wall)
{
	k->sent = wall;
	k->due = 0;
	k->flying = true;
	k->kept = true;
}

bool
keep_answer(struct keep *k, bool taken)
{
	bool first = !taken && !k->failed;

	k->flying = false;
	k->failed = !taken;
	if (taken)
		k->until = k->sent;
	return first;
}

void
keep_skip(struct keep *k)
{
	k->due = 0;
}

void
keep_drop(struct keep *k)
{
	k->kept = false;
	k->until = 0;
}
