/* pacer.c - see pacer.h. While nothing happens no timer runs. */
#include "wiki/pacer.h"

#include <stdlib.h>

#include "plein/mem.h"
#include "wiki/space.h"

struct pacer {
	struct pacer_args args;
	uv_timer_t timer;
};

static void
tell(struct pacer *p, struct space *s);

static void
tell_again(uv_timer_t *timer)
{
	struct pacer *p = timer->data;
	struct space *s;
	size_t i;

	for (i = 0; (s = spacelist_at(p->args.spaces, i)); i++)
		if (s->restless)
			tell(p, s);
}

static void
tell(struct pacer *p, struct space *s)
{
	s->restless = false;
	/* a timer that was initialised starts */
	(void)uv_timer_start(&p->timer, tell_again, (uint64_t)p->args.ms, 0);
	p->args.tell(p->args.ctx, s);
}

struct pacer *
pacer_new(const struct pacer_args *args)
{
	struct pacer *p = mem_alloc(sizeof(*p));

	p->args = *args;
	(void)uv_timer_init(args->loop, &p->timer); /* always 0 */
	p->timer.data = p;
	return p;
}

void
pacer_free(struct pacer *p)
{
	free(p);
}

void
pacer_note(struct pacer *p, struct space *s)
{
	s->restless = true;
	if (!uv_is_active((uv_handle_t *)&p->timer))
		tell(p, s);
}
