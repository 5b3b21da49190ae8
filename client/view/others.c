/* others.c - see others.h. */
#include "view/others.h"

#include <string.h>

#include "plein/i18n.h"
#include "plein/path.h"
#include "view/view.h"

static void
take(void *ctx, const struct rpc_msg *m)
{
	struct others *o = ctx;

	o->waiting = false;
	json_decref(o->rows);
	o->rows = m->kind == RPC_RESULT
			  ? json_incref(json_object_get(m->result, "rows"))
			  : NULL; /* guests are not told */
}

void
others_ask(struct others *o, struct link *link, const char *address)
{
	link_forget(link, o);
	o->waiting = true;
	(void)link_call(link, "presence.list",
			json_pack("{s:s*}", "address", address), take, o);
}

static void
take_lately(void *ctx, const struct rpc_msg *m)
{
	struct others *o = ctx;

	json_decref(o->lately);
	o->lately = json_incref(json_object_get(m->result, "rows"));
}

void
others_ask_lately(struct others *o, struct link *link)
{
	(void)link_call(link, "changes.list", NULL, take_lately, o);
}

bool
others_is_person(const char *handle)
{
	return handle_is_valid(handle);
}

void
others_release(struct others *o, struct link *link)
{
	link_forget(link, o);
	json_decref(o->rows);
	json_decref(o->lately);
	o->rows = o->lately = NULL;
}

static bool
is_counted(const json_t *row, bool writers)
{
	return !writers || json_is_true(json_object_get(row, "writing"));
}

/* Is one of the first `end` rows of this person, too? */
static bool
is_before(const json_t *rows, size_t end, const char *handle, bool writers)
{
	for (size_t i = 0; i < end; i++) {
		const json_t *row = json_array_get(rows, i);

		if (is_counted(row, writers) &&
		    strcmp(args_text(row, "handle"), handle) == 0)
			return true;
	}
	return false;
}

/* Who has two windows open is one. */
static size_t
count_people(const json_t *rows, bool writers, const json_t **first)
{
	const char *handle;
	const json_t *row;
	size_t n = 0;

	for (size_t i = 0; i < json_array_size(rows); i++) {
		row = json_array_get(rows, i);
		handle = args_text(row, "handle");
		if (!is_counted(row, writers) ||
		    is_before(rows, i, handle, writers))
			continue;
		if (!n++)
			*first = row;
	}
	return n;
}

size_t
others_people(const json_t *rows)
{
	const json_t *first;

	return count_people(rows, false, &first);
}

bool
others_say_count(const struct others *o, struct buf *out)
{
	size_t n = others_people(o->rows);

	if (n)
		buf_printf(out,
			   ngettext("%zu other signed in",
				    "%zu others signed in", n),
			   n);
	return n > 0;
}

void
others_say_writing(const struct others *o, struct buf *out)
{
	const json_t *row = NULL;
	size_t n = count_people(o->rows, true, &row);
	const char *handle = args_text(row, "handle");
	const char *under = args_text(row, "under");

	if (n && out->len)
		buf_str(out, out->ptr[out->len - 1] == '.' ? " " : ". ");
	if (n > 1)
		buf_printf(out,
			   ngettext("%s and %zu other also edit this page.",
				    "%s and %zu others also edit this page.",
				    n - 1),
			   handle, n - 1);
	else if (n && *under)
		buf_printf(out, _("%s also edits: %s."), handle, under);
	else if (n)
		buf_printf(out, _("%s also edits this page."), handle);
}
