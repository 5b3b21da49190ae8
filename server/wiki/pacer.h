/*
 * pacer.h - that lists of pages are other ones is told of a space at once, and
 * then not again for a while: what happens meanwhile is told at its end. So
 * nobody is woken up more often, however many save. On the loop thread only.
 */
#ifndef PLEIN_WIKI_PACER_H
#define PLEIN_WIKI_PACER_H

#include <uv.h>

struct pacer;
struct space;
struct spacelist;

struct pacer_args {
	uv_loop_t *loop;
	struct spacelist *spaces;
	int ms; /* between two times */
	void (*tell)(void *ctx, struct space *s);
	void *ctx;
};

struct pacer *
pacer_new(const struct pacer_args *args);

/* After the loop has run out; NULL is allowed. */
void
pacer_free(struct pacer *p);

void
pacer_note(struct pacer *p, struct space *s);

#endif
