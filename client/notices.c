/* notices.c - see notices.h. */
#include "notices.h"

#include <stdlib.h>
#include <string.h>

#include "plein/i18n.h"
#include "plein/mem.h"

void
notices_drop(struct notices *n)
{
	free(n->address);
	free(n->handle);
	free(n->under);
	n->address = n->handle = n->under = NULL;
	n->others = false;
}

static void
drop_calls(struct notices *n)
{
	free(n->caller);
	n->caller = NULL;
	n->n_called = 0;
}

static void
drop_asked(struct notices *n)
{
	free(n->asked);
	n->asked = NULL;
}

void
notices_release(struct notices *n)
{
	notices_drop(n);
	drop_calls(n);
	drop_asked(n);
}

void
notices_key(struct notices *n, int64_t now)
{
	n->key = now;
}

void
notices_saved(struct notices *n, const char *address, const char *handle)
{
	bool others = n->others;

	if (n->address && !n->under && strcmp(n->address, address) == 0)
		others |= strcmp(n->handle, handle) != 0;
	else
		others = false;
	notices_drop(n);
	n->address = mem_strdup(address);
	n->handle = mem_strdup(handle);
	n->others = others;
}

void
notices_called(struct notices *n, const char *handle, bool named)
{
	free(n->caller);
	n->caller = mem_strdup(handle);
	n->named = named;
	n->n_called++;
}

void
notices_asked(struct notices *n, const char *title)
{
	drop_asked(n);
	n->asked = mem_strdup(title);
}

bool
notices_are_theirs(const struct notices *n)
{
	return n->caller || n->asked;
}

void
notices_begun(struct notices *n, const char *address, const char *handle,
	      const char *under)
{
	if (n->address && !n->under && strcmp(n->address, address) == 0)
		return;
	notices_drop(n);
	n->address = mem_strdup(address);
	n->handle = mem_strdup(handle);
	n->under = mem_strdup(under);
}

static void
say_begun(const struct notices *n, bool writing, struct buf *out)
{
	buf_printf(out,
		   writing ? _("Note: %s is editing this page too")
			   : _("New: %s is editing this page"),
		   n->handle);
	if (*n->under)
		buf_printf(out, " (%s)", n->under);
	buf_char(out, '.');
}

int64_t
notices_due(const struct notices *n)
{
	int64_t quiet = n->key ? n->key + NOTICES_QUIET_MS : 1;
	int64_t apart = n->shown ? n->shown + NOTICES_APART_MS : 1;

	if (!n->address && !notices_are_theirs(n))
		return 0;
	return quiet > apart ? quiet : apart;
}

static void
tell_calls(struct notices *n, struct buf *out)
{
	if (n->n_called > 1)
		buf_printf(out, _("New: %zu remarks for you."), n->n_called);
	else if (n->named)
		buf_printf(out, _("New: %s mentioned you in a discussion."),
			   n->caller);
	else
		buf_printf(out, _("New: %s answered you in a discussion."),
			   n->caller);
	drop_calls(n);
}

static void
tell_asked(struct notices *n, struct buf *out)
{
	buf_printf(out, _("New: a round to answer: %s."), n->asked);
	drop_asked(n);
}

void
notices_take(struct notices *n, int64_t now, bool writing, struct buf *out)
{
	if (notices_are_theirs(n)) {
		(n->caller ? tell_calls : tell_asked)(n, out);
		n->shown = now;
		return;
	}
	if (!n->address)
		return;
	if (n->under)
		say_begun(n, writing, out);
	else if (n->others && writing)
		buf_printf(out,
			   _("Note: %s and others have saved. "
			     "You can go on writing."),
			   n->handle);
	else if (n->others)
		buf_printf(out, _("New: %s and others have saved this page."),
			   n->handle);
	else if (writing)
		buf_printf(out, _("Note: %s has saved. You can go on writing."),
			   n->handle);
	else
		buf_printf(out, _("New: %s has saved this page."), n->handle);
	n->shown = now;
	notices_drop(n);
}
