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

const char *
tale_page(const json_t *row)
{
	const char *title = text_of(row, "title");

	return *title ? title : text_of(row, "address");
}

static void
add_version(struct buf *out, const json_t *row)
{
	const char *what = text_of(row, "what"), *note = text_of(row, "note");

	if (strcmp(what, "new") == 0)
		buf_str(out, _("made"));
	else if (strcmp(what, "gone") == 0)
		buf_str(out, _("deleted"));
	else if (strcmp(what, "restored") == 0)
		buf_str(out, _("put back"));
	else if (strcmp(what, "moved") == 0)
		buf_printf(out, _("moved to %s"), text_of(row, "address"));
	else
		buf_str(out, *note ? note : _("(no note)"));
}

static void
add_remark(struct buf *out, const json_t *row)
{
	const char *what = text_of(row, "what");
	const char *thread = text_of(row, "thread_title");

	if (strcmp(what, "resolved") == 0)
		buf_printf(out, _("resolved: %s"), thread);
	else if (strcmp(what, "reopened") == 0)
		buf_printf(out, _("reopened: %s"), thread);
	else
		/* its number, and the title of the discussion */
		buf_printf(out, _("remark %s in %s"), text_of(row, "number"),
			   thread);
	if (json_is_true(json_object_get(row, "withdrawn")))
		buf_str(out, _(" (withdrawn)"));
}

void
tale_what(struct buf *out, const json_t *row)
{
	if (json_object_get(row, "remark"))
		add_remark(out, row);
	else
		add_version(out, row);
}

/* Names of fields are as pages have them. With which values a page began is
 * not told. */
void
tale_turns(struct buf *out, const json_t *row)
{
	const json_t *turn;
	const char *from, *to;
	size_t i;

	if (strcmp(text_of(row, "what"), "new") == 0)
		return;
	json_array_foreach(json_object_get(row, "turns"), i, turn)
	{
		from = text_of(turn, "from");
		to = text_of(turn, "to");
		buf_printf(out, "%s%s: ", i ? "; " : "",
			   text_of(turn, "field"));
		if (*from)
			buf_printf(out, "%s → ", sentence_status(from));
		buf_str(out, *to ? sentence_status(to) : "–");
	}
}

void
tale_event(struct buf *out, const json_t *row)
{
	struct buf turns = BUF_INIT;

	tale_what(out, row);
	tale_turns(&turns, row);
	if (turns.len)
		buf_printf(out, "; %s", turns.ptr);
	buf_release(&turns);
}

void
tale_tell(struct buf *out, const json_t *row)
{
	const char *text = text_of(row, "text");

	buf_printf(out, "%s: ", tale_page(row));
	tale_event(out, row);
	text += strspn(text, " \t\r\n");
	if (!*text)
		return;
	buf_str(out, ": ");
	buf_add(out, text, strcspn(text, "\r\n"));
}
