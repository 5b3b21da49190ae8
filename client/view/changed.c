/* changed.c - see changed.h. */
#include "view/changed.h"

#include <string.h>

#include "base/sentence.h"
#include "plein/i18n.h"
#include "view/view.h"

const struct listing_column changed_columns[LISTING_COLUMNS] = {
	{ .at = 51, .width = 17, .from = 60, .gap = 3 },
	{ .at = 71, .width = 9, .from = 80, .early = 2 },
};

/* "Deleted: ", or "" for a change like any other. */
static const char *
word_of(const char *action)
{
	static const struct {
		const char *action, *word;
	} table[] = {
		{ "new", N_("New page: ") },
		{ "moved", N_("Moved: ") },
		{ "gone", N_("Deleted: ") },
	};

	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		if (strcmp(table[i].action, action) == 0)
			return gettext(table[i].word);
	return "";
}

static const char *
title_of(const json_t *page)
{
	const char *title = args_text(page, "title");

	return *title ? title : args_text(page, "address");
}

void
changed_add(struct listing *l, size_t value, const json_t *page,
	    const char *action, const json_t *change)
{
	const json_t *time = json_object_get(change, "time");
	const char *note = args_text(change, "note");
	const char *cells[LISTING_COLUMNS] = { args_text(change, "handle") };
	struct buf line = BUF_INIT, when = BUF_INIT;

	buf_printf(&line, "%s%s", word_of(action), title_of(page));
	if (*note)
		buf_printf(&line, ": %s", note);
	if (time)
		sentence_date(&when, json_integer_value(time));
	cells[1] = when.ptr;
	listing_add(l, value, line.ptr, cells);
	buf_release(&line);
	buf_release(&when);
}
