/* remarkgate.c - see remarkgate.h. */
#include "wiki/remarkgate.h"

#include <stdlib.h>
#include <string.h>

#include "plein/mem.h"
#include "plein/path.h"
#include "plein/remark.h"
#include "state/remarks.h"
#include "wiki/discussion.h"

/* A thread that is where this push puts it. */
struct placed {
	char *page, *code;
	char *owner; /* who begins it here; NULL: main knows */
};

static void
free_placed(void *item)
{
	struct placed *p = item;

	free(p->page);
	free(p->code);
	free(p->owner);
	free(p);
}

void
remarkgate_release(struct remarkgate *g)
{
	vec_release(&g->threads, free_placed);
}

static struct placed *
find_placed(const struct remarkgate *g, const struct path_remark *at)
{
	struct placed *p;
	size_t i;

	for (i = 0; i < g->threads.len; i++) {
		p = g->threads.items[i];
		if (strcmp(p->code, at->thread) == 0 &&
		    strcmp(p->page, at->page) == 0)
			return p;
	}
	return NULL;
}

static void
place(struct remarkgate *g, const struct path_remark *at, const char *owner)
{
	struct placed *p;

	if (find_placed(g, at))
		return;
	p = mem_alloc(sizeof(*p));
	p->page = mem_strdup(at->page);
	p->code = mem_strdup(at->thread);
	p->owner = owner ? mem_strdup(owner) : NULL;
	vec_push(&g->threads, p);
}

void
remarkgate_move(struct remarkgate *g, const char *path)
{
	struct path_remark at;

	path_remark_read(&at, path);
	place(g, &at, NULL);
}

/* Its thread on main; NULL: there is none. */
static struct index_thread *
find_on_main(const struct remarkgate *g, const char *code)
{
	struct index_thread *t = NULL;

	return thread_get(g->index, code, &t, NULL) ? NULL : t;
}

static bool
begins_thread(const struct path_remark *at)
{
	return strcmp(at->thread, at->digest) == 0;
}

/* On this page, on main or in this push. */
static bool
is_known_thread(const struct remarkgate *g, const struct path_remark *at)
{
	struct index_thread *t = find_on_main(g, at->thread);
	bool known = find_placed(g, at) != NULL ||
		     (t && strcmp(t->page, at->page) == 0);

	index_thread_free(t);
	return known;
}

static bool
is_taken(const struct remarkgate *g, const char *name)
{
	struct index_remark *r = NULL;
	bool taken = remark_get(g->index, name, &r, NULL) == 0;

	index_remark_free(r);
	return taken;
}

static enum fault_rule
judge_place(struct remarkgate *g, const struct path_remark *at, int64_t when)
{
	if (at->when > when + REMARKGATE_AHEAD)
		return FAULT_STAMP;
	if (is_taken(g, at->name))
		return FAULT_TWIN;
	if (begins_thread(at) && !is_known_thread(g, at))
		place(g, at, at->handle);
	return is_known_thread(g, at) ? FAULT_N : FAULT_THREAD;
}

static bool
owns(const struct remarkgate *g, const struct path_remark *at,
     const char *author)
{
	const struct placed *p = find_placed(g, at);
	struct index_thread *t = find_on_main(g, at->thread);
	const char *owner = t ? t->handle : p ? p->owner : NULL;
	bool own = owner && strcmp(owner, author) == 0;

	index_thread_free(t);
	return own;
}

static bool
is_event(const struct buf *text)
{
	struct remark r;
	bool event;

	remark_read(&r, text->ptr, text->len);
	event = r.kind != REMARK_SAID;
	remark_release(&r);
	return event;
}

enum fault_rule
remarkgate_judge(struct remarkgate *g, const char *path, const struct buf *text,
		 bool fresh, const char *author, int64_t when)
{
	enum fault_rule rule = FAULT_N;
	struct path_remark at;

	path_remark_read(&at, path);
	if (fresh && !discussion_is_named(path, text->ptr, text->len))
		rule = FAULT_DIGEST;
	else if (fresh)
		rule = judge_place(g, &at, when);
	if (rule == FAULT_N && is_event(text) && !g->editor &&
	    !owns(g, &at, author))
		rule = FAULT_STATE;
	return rule;
}
