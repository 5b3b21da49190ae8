/*
 * throttle.c - an array of at most a hundred entries in order of arrival, so
 * that "oldest" is "first" and every question is one walk.
 */
#include "throttle.h"

#include <string.h>

#include "plein/err.h"

void
throttle_init(struct throttle *t, const struct throttle_limits *limits)
{
	memset(t, 0, sizeof(*t));
	throttle_limit(t, limits);
}

void
throttle_limit(struct throttle *t, const struct throttle_limits *limits)
{
	t->limits = *limits;
	if (t->limits.total > THROTTLE_MOST)
		t->limits.total = THROTTLE_MOST;
}

static bool
is_loopback(const unsigned char network[16])
{
	static const unsigned char v6[16] = { [15] = 1 };
	static const unsigned char v4[13] = { [10] = 0xff, 0xff, 127 };

	return memcmp(network, v6, sizeof(v6)) == 0 ||
	       memcmp(network, v4, sizeof(v4)) == 0;
}

static int
count_network(const struct throttle *t, const unsigned char network[16])
{
	int n = 0;

	for (int i = 0; i < t->n; i++)
		n += memcmp(t->entries[i].network, network, 16) == 0;
	return n;
}

static int
find_least_progress(const struct throttle *t)
{
	int least = 0;

	for (int i = 1; i < t->n; i++)
		if (t->entries[i].stage < t->entries[least].stage)
			least = i;
	return least;
}

static void
remove_entry(struct throttle *t, int i)
{
	t->n--;
	memmove(&t->entries[i], &t->entries[i + 1],
		(size_t)(t->n - i) * sizeof(t->entries[0]));
}

bool
throttle_admit(struct throttle *t, long id, const struct address *from,
	       bool exempt, long *evict)
{
	struct throttle_entry e = { .id = id };
	int least;

	*evict = 0;
	address_network(from, e.network);
	if (!exempt && !is_loopback(e.network) &&
	    count_network(t, e.network) >= t->limits.network)
		return false;
	if (t->n >= t->limits.total) {
		least = find_least_progress(t);
		*evict = t->entries[least].id;
		remove_entry(t, least);
	}
	t->entries[t->n++] = e;
	return true;
}

static int
find_id(const struct throttle *t, long id)
{
	for (int i = 0; i < t->n; i++)
		if (t->entries[i].id == id)
			return i;
	return -1;
}

void
throttle_stage(struct throttle *t, long id, int stage)
{
	int i = find_id(t, id);

	if (i >= 0 && stage > t->entries[i].stage)
		t->entries[i].stage = stage;
}

void
throttle_leave(struct throttle *t, long id)
{
	int i = find_id(t, id);

	if (i >= 0)
		remove_entry(t, i);
}
