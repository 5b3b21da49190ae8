/*
 * thread_read.c - a discussion as it comes from the wiki. Of a long one the rows
 * of the first screen come alone; the rest is asked for when they are shown.
 */
#include "view/thread_impl.h"

#include <stdlib.h>

#include "plein/mem.h"
#include "view/remarks.h"
#include "view/talk.h"

static void
ask_part(struct thread *t, const json_t *after);

json_t *
thread_names(const json_t *rows)
{
	json_t *names = json_object(), *row;
	size_t i;

	json_array_foreach(rows, i, row)
	{
		(void)json_object_set(names, args_text(row, "remark"), row);
	}
	return names;
}

/* What this person said meanwhile has the focus, else what had it before. */
static void
find_wanted(struct thread *t, const json_t *before)
{
	const json_t *row = thread_focus(t), *one;
	size_t i;

	if (!t->wanted && row)
		t->wanted = mem_strdup(args_text(row, "remark"));
	json_array_foreach(t->coming, i, one)
	{
		if (!talk_is_own(t->view.ctx, one) ||
		    json_object_get(before, args_text(one, "remark")))
			continue;
		free(t->wanted);
		t->wanted = mem_strdup(args_text(one, "remark"));
	}
}

void
thread_ask_next(struct thread *t)
{
	json_t *after = t->next;

	t->next = NULL;
	if (after)
		ask_part(t, after);
	json_decref(after);
}

/* Is the first screen there before the rest is asked for? */
static bool
is_enough(const struct thread *t)
{
	return json_array_size(t->rows) >= THREAD_PART &&
	       !t->view.ctx->in_lines && !t->resume && !thread_waits(t);
}

/* Parts that come one by one are as old as the first. */
static void
add_part(const json_t *result, json_t *rows, json_int_t *place)
{
	const json_t *head = json_object_get(result, "head");

	if (json_array_size(rows) == 0)
		*place = json_integer_value(json_object_get(head, "place"));
	(void)json_array_extend(rows, json_object_get(result, "rows"));
}

void
thread_take_coming(struct thread *t)
{
	json_t *before = thread_names(t->rows);

	find_wanted(t, before);
	thread_note_seen(t);
	thread_keep_seen(t, before);
	json_decref(before);
	buf_reset(&t->starts); /* are of the rows that were there */
	json_decref(t->rows);
	t->rows = t->coming;
	t->place = t->coming_place;
	t->coming = NULL;
}

/* At first they are shown as they come; later only when all did. */
static void
take_rows(struct thread *t, const json_t *result)
{
	bool first = !t->head;

	talk_keep_lost(json_object_get(result, "head"), t->head);
	json_decref(t->head);
	t->head = json_incref(json_object_get(result, "head"));
	if (t->coming)
		add_part(result, t->coming, &t->coming_place);
	else
		add_part(result, t->rows, &t->place);
	t->next = json_incref(json_object_get(result, "next"));
	t->more = t->next != NULL;
	if (!first || !is_enough(t))
		thread_ask_next(t);
	if (t->coming && !t->more)
		thread_take_coming(t);
	t->laid_out = t->laid_out && t->coming;
	if (t->resume && !t->more) {
		t->resume = false;
		view_post(&t->view, thread_resume(t));
	}
}

static void
take_part(void *ctx, const struct rpc_msg *m)
{
	struct thread *t = ctx;

	t->loaded = true;
	if (m->kind == RPC_ERROR)
		context_say_error(t->view.ctx, m);
	else
		take_rows(t, m->result);
}

static void
ask_part(struct thread *t, const json_t *after)
{
	json_t *params = json_pack("{s:s}", "thread", t->code);

	if (after)
		(void)json_object_set(params, "after", (json_t *)after);
	else if (!t->head && !t->view.ctx->in_lines)
		(void)json_object_set_new(params, "limit",
					  json_integer(THREAD_PART));
	(void)link_call(t->view.ctx->link, "thread.read",
			context_params(t->view.ctx, params), take_part, t);
}

void
thread_ask(struct thread *t)
{
	link_forget(t->view.ctx->link, t);
	json_decref(t->next);
	t->next = NULL;
	json_decref(t->coming);
	t->coming = t->head ? json_array() : NULL;
	if (!t->head)
		(void)json_array_clear(t->rows);
	t->loaded = t->head != NULL;
	ask_part(t, NULL);
}

bool
thread_waits(const struct thread *t)
{
	if (!t->more || t->arrived)
		return false;
	if (t->wanted)
		return remarks_find(t->rows, t->wanted) ==
		       json_array_size(t->rows);
	return talk_unread(t->head) && !thread_unread(t);
}
