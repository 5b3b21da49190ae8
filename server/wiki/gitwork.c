/* gitwork.c - see gitwork.h. */
#include "wiki/gitwork.h"

#include <stdlib.h>

#include "plein/buf.h"
#include "plein/clock.h"
#include "plein/mem.h"

static char *
copy(const char *text)
{
	return mem_strdup(text ? text : "");
}

const struct gitwork *
gitwork_add(struct vec *list, const struct instruction *in)
{
	struct gitwork *g;

	if (gitwork_find(list, in->conn))
		return NULL;
	g = mem_alloc(sizeof(*g));
	*g = (struct gitwork){ in->conn,	copy(in->account),
			       copy(in->space), copy(in->key),
			       copy(in->peer),	in->push,
			       in->since };
	vec_push(list, g);
	return g;
}

struct gitwork *
gitwork_take(struct vec *list, long conn)
{
	for (size_t i = 0; i < list->len; i++)
		if (((struct gitwork *)list->items[i])->conn == conn)
			return vec_remove(list, i);
	return NULL;
}

const struct gitwork *
gitwork_find(const struct vec *list, long conn)
{
	for (size_t i = 0; i < list->len; i++)
		if (((struct gitwork *)list->items[i])->conn == conn)
			return list->items[i];
	return NULL;
}

void
gitwork_free(void *item)
{
	struct gitwork *g = item;

	if (!g)
		return;
	free(g->account);
	free(g->space);
	free(g->key);
	free(g->peer);
	free(g);
}

const char *
gitwork_shape(const struct gitwork *g)
{
	return g->push ? "push" : "clone";
}

enum gitwork_end
gitwork_judge(int status, bool ended, bool refused)
{
	if (ended && status != 0)
		return GITWORK_STOPPED;
	if (refused)
		return GITWORK_REFUSED;
	return status == 0 ? GITWORK_WELL : GITWORK_BADLY;
}

/* The space first, so that it can be looked for. */
static struct audit_record *
describe(const struct gitwork *g, const char *act)
{
	struct audit_record *r = mem_alloc(sizeof(*r));
	struct buf detail = BUF_INIT;

	buf_printf(&detail, "space=%s", g->space);
	if (*g->key)
		buf_printf(&detail, " key=%s", g->key);
	r->time = clock_wall();
	r->field[AUDIT_ACT] = mem_strdup(act);
	r->field[AUDIT_WHO] = mem_strdup(g->account);
	r->field[AUDIT_DOOR] = mem_strdup("git");
	r->field[AUDIT_FROM] = mem_strdup(g->peer);
	r->field[AUDIT_DETAIL] = buf_take(&detail);
	return r;
}

struct audit_record *
gitwork_began(const struct gitwork *g)
{
	struct audit_record *r =
		describe(g, g->push ? "git.push" : "git.clone");

	r->field[AUDIT_RESULT] = mem_strdup(err_name(0));
	return r;
}

struct audit_record *
gitwork_ended(const struct gitwork *g, enum gitwork_end how)
{
	static const int codes[] = {
		[GITWORK_WELL] = 0,
		[GITWORK_BADLY] = PLEIN_EIO,
		[GITWORK_STOPPED] = PLEIN_ECLOSED,
		[GITWORK_REFUSED] = PLEIN_EDENIED,
	};
	struct audit_record *r =
		describe(g, g->push ? "git.push.end" : "git.clone.end");
	struct buf detail = BUF_INIT;

	buf_printf(&detail, "%s seconds=%lld", r->field[AUDIT_DETAIL],
		   (long long)(r->time > g->since ? r->time - g->since : 0));
	free(r->field[AUDIT_DETAIL]);
	r->field[AUDIT_DETAIL] = buf_take(&detail);
	r->field[AUDIT_RESULT] = mem_strdup(err_name(codes[how]));
	return r;
}
