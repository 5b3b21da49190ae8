/* presence.c - see presence.h. */
#include "wiki/presence.h"

#include <stdlib.h>
#include <string.h>

#include "plein/mem.h"

struct presence *
presence_new(const char *address, const char *under, bool writing)
{
	struct presence *p = mem_alloc(sizeof(*p));

	p->address = address ? mem_strdup(address) : NULL;
	p->under = under && *under ? mem_strdup(under) : NULL;
	p->writing = writing;
	p->known = true;
	return p;
}

void
presence_release(struct presence *p)
{
	free(p->address);
	free(p->under);
	memset(p, 0, sizeof(*p));
}

void
presence_free(struct presence *p)
{
	if (!p)
		return;
	presence_release(p);
	free(p);
}

bool
presence_is_on(const struct presence *p, const char *address)
{
	return p->address && strcmp(p->address, address) == 0;
}

bool
presence_begins(const struct presence *before, const struct presence *now)
{
	return now->writing && now->address &&
	       !(before->writing && presence_is_on(before, now->address));
}

void
presence_move(struct presence *to, struct presence *from_take)
{
	presence_release(to);
	*to = *from_take;
	free(from_take);
}
