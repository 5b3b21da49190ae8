/* penalty.c - see penalty.h. An array in no order, walked for each question. */
#include "penalty.h"

#include <string.h>

#define FORGIVEN 2

void
penalty_init(struct penalty *p)
{
	memset(p, 0, sizeof(*p));
}

void
penalty_rule(struct penalty *p, const struct penalty_rules *rules)
{
	p->rules = *rules;
}

/* Where its network is, or p->n. */
static size_t
find(const struct penalty *p, const struct address *from)
{
	unsigned char network[ADDRESS_NETWORK];
	size_t i = 0;

	address_network(from, network);
	while (i < p->n &&
	       memcmp(p->entries[i].network, network, sizeof(network)) != 0)
		i++;
	return i;
}

static struct penalty_entry *
find_least(struct penalty *p)
{
	struct penalty_entry *least = &p->entries[0];

	for (size_t i = 1; i < p->n; i++)
		if (p->entries[i].until < least->until)
			least = &p->entries[i];
	return least;
}

static struct penalty_entry *
find_or_make(struct penalty *p, const struct address *from)
{
	size_t i = find(p, from);
	struct penalty_entry *e;

	if (i < p->n)
		return &p->entries[i];
	e = p->n < PENALTY_KEPT ? &p->entries[p->n++] : find_least(p);
	address_network(from, e->network);
	e->until = 0;
	return e;
}

void
penalty_add(struct penalty *p, const struct address *from, int times,
	    int64_t now)
{
	struct penalty_entry *e;

	if (p->rules.each_ms == 0)
		return;
	e = find_or_make(p, from);
	if (e->until < now)
		e->until = now;
	e->until += (int64_t)p->rules.each_ms * times;
	if (e->until > now + p->rules.most_ms)
		e->until = now + p->rules.most_ms;
}

void
penalty_forgive(struct penalty *p, const struct address *from, int64_t now)
{
	size_t i = find(p, from);

	if (i < p->n && p->entries[i].until > now)
		p->entries[i].until -= (int64_t)p->rules.each_ms * FORGIVEN;
}

bool
penalty_holds(const struct penalty *p, const struct address *from, int64_t now)
{
	size_t i = find(p, from);

	return p->rules.each_ms > 0 && i < p->n &&
	       p->entries[i].until - now > p->rules.bound_ms;
}
