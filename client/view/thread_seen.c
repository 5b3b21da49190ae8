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

void
thread_note_seen(struct thread *t)
{
	int64_t now = clock_mono_ms();

	if (t->since && now - t->since >= READ_MS && thread_row(t) > t->seen)
		t->seen = thread_row(t);
	t->since = now;
}

/* The first, as they came, that is new and was not read; NULL: there is none.
 * Names begin with a moment. */
static const char *
find_unseen(const struct thread *t)
{
	const char *first = NULL, *name;

	for (size_t i = t->seen; i < json_array_size(t->rows); i++) {
		const json_t *row = json_array_get(t->rows, i);

		name = args_text(row, "remark");
		if (remarks_is_new(row) && (!first || strcmp(name, first) < 0))
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

	for (size_t i = 0; i < t->seen; i++) {
		json_t *row = json_array_get(t->rows, i);

		name = args_text(row, "remark");
		if (!remarks_is_new(row) ||
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
		context_note_heard(c, t->code, last);
}
