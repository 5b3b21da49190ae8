/*
 * thread_seen.c - what of a discussion was read. The wiki counts in the order
 * in which remarks came, which is not the order on the screen: answers stand
 * below what they answer. So it is told up to where nothing unread is before.
 */
#include "view/thread_impl.h"

#include <string.h>

#include "plein/clock.h"
#include "view/remarks.h"

#define READ_MS 1000 /* the cursor stays that long */

/* Of a row, our own: it was read. */
#define SEEN "seen"

static bool
is_seen(const json_t *row)
{
	return json_is_true(json_object_get(row, SEEN));
}

static void
set_seen(json_t *row)
{
	(void)json_object_set_new(row, SEEN, json_true());
}

/* Are they, of one remark, the same words? */
static bool
is_same(const json_t *a, const json_t *b)
{
	return strcmp(args_text(a, "blob"), args_text(b, "blob")) == 0;
}

void
thread_note_seen(struct thread *t)
{
	int64_t now = clock_mono_ms();
	size_t i, n = thread_row(t);

	if (t->since && now - t->since >= READ_MS)
		for (i = 0; i < n; i++)
			set_seen(json_array_get(t->rows, i));
	t->since = now;
}

/* Between what was there others may stand now; what was changed since is to be
 * read anew. */
void
thread_keep_seen(struct thread *t, const json_t *before)
{
	const json_t *was;
	json_t *row;
	size_t i;

	json_array_foreach(t->coming, i, row)
	{
		was = json_object_get(before, args_text(row, "remark"));
		if (was && is_seen(was) && is_same(was, row))
			set_seen(row);
	}
}

/* The first, as they came, that is new and was not read; NULL: there is none.
 * Names begin with a moment. */
static const char *
find_unseen(const struct thread *t)
{
	const char *first = NULL, *name;
	const json_t *row;
	size_t i;

	json_array_foreach(t->rows, i, row)
	{
		name = args_text(row, "remark");
		if (remarks_is_new(row) && !is_seen(row) &&
		    (!first || strcmp(name, first) < 0))
			first = name;
	}
	return first;
}

/* The last of those that were read and came before that one, or NULL; from
 * then on none of them is new. */
static const char *
take_seen(struct thread *t, const char *unseen)
{
	const char *last = NULL, *name;
	json_t *row;
	size_t i;

	json_array_foreach(t->rows, i, row)
	{
		name = args_text(row, "remark");
		if (!remarks_is_new(row) || !is_seen(row) ||
		    (unseen && strcmp(name, unseen) > 0))
			continue;
		(void)json_object_set_new(row, "new", json_false());
		if (json_is_true(json_object_get(row, "late")))
			context_note_late(t->view.ctx, name);
		if (!last || strcmp(name, last) > 0)
			last = name;
	}
	return last;
}

void
thread_mark_seen(struct thread *t)
{
	struct context *c = t->view.ctx;
	const char *last;

	if (c->quiet || c->at || !*context_session(c, "handle"))
		return;
	last = take_seen(t, find_unseen(t));
	if (last)
		context_note_heard(c, t->code, last, t->place);
}
