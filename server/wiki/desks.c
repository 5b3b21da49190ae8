/* desks.c - see desks.h. */
#include "wiki/desks.h"

#include <stdlib.h>

#include "plein/log.h"
#include "plein/mem.h"
#include "wiki/space.h"

/* What of the space's this thread may use is what it was set up with. */
static struct desk_setup
setup_for(const struct desks *l, struct space *s)
{
	struct desk_setup setup = l->setup;

	setup.space = s;
	setup.chief = l->all.len > 0 ? l->all.items[0] : NULL;
	setup.office = (struct desks *)l;
	if (s && setup.chief) {
		setup.rebuild = setup.rebuild ? s->rebuild : NULL;
		setup.pushes = setup.pushes ? s->pushes : NULL;
		setup.lag = setup.lag ? s->lag : NULL;
	}
	return setup;
}

static int
add_desk(struct desks *l, struct space *s, struct err *trouble, struct err *err)
{
	const struct desk_setup setup = setup_for(l, s);
	struct desk *d = mem_alloc(sizeof(*d));
	int rc = desk_open(d, &setup, trouble, err);

	d->made = s ? atomic_load(&s->made) : 0;
	vec_push(&l->all, d);
	return rc;
}

int
desks_open(struct desks *l, const struct desk_setup *setup, struct err *trouble,
	   struct err *err)
{
	*l = (struct desks){ .setup = *setup };
	return add_desk(l, setup->space, trouble, err);
}

/* The first one last: the others borrow of it. */
void
desks_close(struct desks *l)
{
	size_t i;

	for (i = l->all.len; i-- > 0;) {
		desk_close(l->all.items[i]);
		free(l->all.items[i]);
	}
	vec_release(&l->all, NULL);
}

struct desk *
desks_first(const struct desks *l)
{
	return l->all.items[0];
}

struct desk *
desks_at(struct desks *l, struct space *s)
{
	struct err trouble, err = ERR_INIT;
	struct desk *d;
	size_t i;

	if (space_is_default(s))
		return l->all.items[0];
	for (i = 1; i < l->all.len; i++) {
		d = l->all.items[i];
		if (d->space != s)
			continue;
		if (d->made != atomic_load(&s->made))
			desk_renew(d);
		d->made = atomic_load(&s->made);
		return d;
	}
	(void)add_desk(l, s, &trouble, &err); /* shares a conf: cannot fail */
	if (trouble.code)
		log_event("wiki.damaged", LOG_TEXT("space", s->name),
			  LOG_TEXT("result", err_name(trouble.code)),
			  LOG_TEXT("why", trouble.msg));
	return l->all.items[i];
}

void
desks_open_all(struct desks *l)
{
	struct space *s;
	size_t i;

	for (i = 0; l->setup.list && (s = spacelist_at(l->setup.list, i)); i++)
		if (!atomic_load(&s->gone))
			(void)desks_at(l, s);
}

void
desks_refresh(struct desks *l, int edition)
{
	size_t i;

	for (i = 0; i < l->all.len; i++)
		desk_refresh(l->all.items[i], edition);
}
