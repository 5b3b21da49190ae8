/* tale.c - see tale.h. */
#include "base/tale.h"

#include <string.h>

#include "base/days.h"
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

/* --- actions --- */

/* Whose it is, and by when. */
static void
add_terms(struct buf *out, const json_t *action)
{
	const char *owner = text_of(action, "owner");
	const char *due = text_of(action, "due");

	if (!*owner && !*due)
		return;
	buf_printf(out, " (%s%s", owner, *owner && *due ? ", " : "");
	if (*due) {
		buf_str(out, _("due "));
		days_say(out, due);
	}
	buf_char(out, ')');
}

static void
add_action(struct buf *out, const json_t *row)
{
	const json_t *action = json_object_get(row, "action");
	const char *what = text_of(row, "what");

	buf_printf(out,
		   strcmp(text_of(action, "kind"), "toezegging") == 0
			   ? _("undertaking %s: %s")
			   : _("action %s: %s"),
		   text_of(action, "number"), text_of(action, "text"));
	if (strcmp(what, "action") == 0)
		add_terms(out, action);
	else if (strcmp(what, "action-gone") == 0)
		buf_str(out, _(" (taken out)"));
}

void
tale_what(struct buf *out, const json_t *row)
{
	if (json_object_get(row, "action"))
		add_action(out, row);
	else if (json_object_get(row, "remark"))
		add_remark(out, row);
	else
		add_version(out, row);
}

/* --- what happened in discussions --- */

/* Who has the first remark of a thread has its code at the end. */
static bool
is_first(const json_t *row)
{
	const char *code = strrchr(text_of(row, "remark"), '-');

	return code && strcmp(code + 1, text_of(row, "thread")) == 0;
}

/* What stands before the title of the discussion. */
static const char *
find_words(const json_t *row, const char *address)
{
	static const struct {
		const char *what, *words;
	} table[] = {
		{ "resolved", N_("resolved: ") },
		{ "reopened", N_("reopened: ") },
		{ "edited", N_("remark changed in ") },
		{ "withdrawn", N_("remark withdrawn in ") },
		{ "gone", N_("remark taken out of ") },
		{ "split", N_("discussion split off: ") },
	};
	const char *what = text_of(row, "what");

	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		if (strcmp(what, table[i].what) == 0)
			return gettext(table[i].words);
	if (strcmp(what, "moved") == 0)
		return strcmp(text_of(row, "from"), address) == 0
			       ? _("discussion moved to another page: ")
			       : _("discussion moved here: ");
	return is_first(row) ? _("discussion: ") : _("remark in ");
}

void
tale_talk(struct buf *out, const json_t *row, const char *address)
{
	const char *title = text_of(row, "thread_title");

	buf_str(out, find_words(row, address));
	buf_str(out, *title ? title : text_of(row, "thread"));
}

/* --- what turned --- */

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

const char *
tale_cut(void)
{
	return _("More pages belong to this than can be told of.");
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
