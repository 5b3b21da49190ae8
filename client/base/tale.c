/* tale.c - see tale.h. */
#include "base/tale.h"

#include <string.h>

#include "base/sentence.h"
#include "plein/i18n.h"

static const char *
text_of(const json_t *row, const char *key)
{
	const char *s = json_string_value(json_object_get(row, key));

	return s ? s : "";
}

/* A page that is gone has no title any more. */
static const char *
title_of(const json_t *row)
{
	const char *title = text_of(row, "title");

	return *title ? title : text_of(row, "address");
}

/* --- versions ----------------------------------------------------------------- */

/* Names of fields are as pages have them. */
static void
tell_turns(struct buf *out, const json_t *row)
{
	const json_t *turn;
	const char *from, *to;
	size_t i;

	json_array_foreach(json_object_get(row, "turns"), i, turn)
	{
		from = text_of(turn, "from");
		to = text_of(turn, "to");
		buf_printf(out, "; %s: ", text_of(turn, "field"));
		if (*from)
			buf_printf(out, "%s → ", sentence_status(from));
		buf_str(out, *to ? sentence_status(to) : "–");
	}
}

static void
name_version(struct buf *out, const json_t *row)
{
	const char *what = text_of(row, "what"), *note = text_of(row, "note");

	if (strcmp(what, "new") == 0)
		buf_printf(out, _("%s (%s): made"), title_of(row),
			   sentence_kind(text_of(row, "kind")));
	else if (strcmp(what, "gone") == 0)
		buf_printf(out, _("%s: deleted"), title_of(row));
	else if (strcmp(what, "restored") == 0)
		buf_printf(out, _("%s: put back"), title_of(row));
	else if (strcmp(what, "moved") == 0)
		buf_printf(out, _("%s: moved to %s"), title_of(row),
			   text_of(row, "address"));
	else
		buf_printf(out, "%s: %s", title_of(row),
			   *note ? note : _("(no note)"));
	if (strcmp(what, "new"))
		tell_turns(out, row);
}

/* --- remarks ------------------------------------------------------------------ */

static void
name_remark(struct buf *out, const json_t *row)
{
	const char *what = text_of(row, "what");
	const char *thread = text_of(row, "thread_title");

	if (strcmp(what, "resolved") == 0)
		buf_printf(out, _("About %s, resolved: %s"), title_of(row),
			   thread);
	else if (strcmp(what, "reopened") == 0)
		buf_printf(out, _("About %s, reopened: %s"), title_of(row),
			   thread);
	else
		/* number of the remark, title of the discussion */
		buf_printf(out, _("About %s, %s in %s"), title_of(row),
			   text_of(row, "number"), thread);
	if (json_is_true(json_object_get(row, "withdrawn")))
		buf_str(out, _(" (withdrawn)"));
}

void
tale_name(struct buf *out, const json_t *row)
{
	if (json_object_get(row, "remark"))
		name_remark(out, row);
	else
		name_version(out, row);
}

static void
add_first_line(struct buf *out, const char *text)
{
	text += strspn(text, " \t\r\n");
	buf_add(out, text, strcspn(text, "\r\n"));
}

void
tale_tell(struct buf *out, const json_t *row)
{
	const char *text = text_of(row, "text");

	tale_name(out, row);
	if (*text)
		buf_str(out, ": ");
	add_first_line(out, text);
}
