/* outfit.c - see outfit.h. */
#include "wiki/outfit.h"

#include "plein/log.h"
#include "state/members.h"
#include "wiki/attempts.h"
#include "wiki/bigtexts.h"
#include "wiki/kept.h"
#include "wiki/pushes.h"
#include "wiki/rebuild.h"
#include "wiki/wordlag.h"

static void
equip(const struct spacelist *l, struct space *s)
{
	s->rebuild = rebuild_new(l->wake, l->ctx);
	s->pushes = pushes_new(PUSHES_LEASE_MS);
	s->lag = wordlag_new(l->wake, l->ctx);
}

void
outfit_spaces(struct spacelist *l, void (*wake)(void *ctx), void *ctx)
{
	struct err err = ERR_INIT;

	l->equip = equip;
	l->wake = wake;
	l->ctx = ctx;
	spacelist_init(l);
	if (spacelist_load(l, &err))
		log_event("wiki.damaged", LOG_TEXT("why", err.msg));
}

struct desk_setup
outfit_setup(struct spacelist *l, struct pulse *pulse)
{
	struct space *first = spacelist_at(l, 0);

	return (struct desk_setup){ .rebuild = first->rebuild,
				    .pushes = first->pushes,
				    .pulse = pulse,
				    .lag = first->lag,
				    .bigtexts = bigtexts_new(),
				    .kept = kept_new(),
				    .attempts = attempts_new(),
				    .space = first,
				    .list = l };
}

void
outfit_read_flags(struct spacelist *l, struct desk *d)
{
	struct vec rows = VEC_INIT;
	const struct space_row *row;
	struct space *s;
	size_t i;

	/* what cannot be read stays closed */
	if (!desk_need_state(d, NULL))
		(void)space_rows(d->state, &rows, NULL);
	for (i = 0; i < rows.len; i++) {
		row = rows.items[i];
		s = spacelist_get(l, row->name);
		if (s)
			atomic_store(&s->closed, row->closed);
	}
	vec_release(&rows, space_row_free);
}

bool
outfit_end_pushes(struct spacelist *l, long conn)
{
	struct space *s;
	bool refused = false;
	size_t i;

	for (i = 0; (s = spacelist_at(l, i)); i++)
		refused = pushes_over(s->pushes, conn) || refused;
	return refused;
}

void
outfit_stop(struct spacelist *l)
{
	struct space *s;
	size_t i;

	for (i = 0; (s = spacelist_at(l, i)); i++) {
		rebuild_free(s->rebuild);
		s->rebuild = NULL;
	}
}

void
outfit_release(struct spacelist *l)
{
	struct space *s;
	size_t i;

	for (i = 0; (s = spacelist_at(l, i)); i++) {
		pushes_free(s->pushes);
		wordlag_free(s->lag);
	}
	spacelist_release(l);
}
