/* changed.c - see changed.h. */
#include "view/changed.h"

#include <string.h>

#include "base/newsline.h"
#include "base/sentence.h"
#include "plein/i18n.h"
#include "view/view.h"

const struct listing_column changed_columns[LISTING_COLUMNS] = {
	{ .at = 51, .width = 17, .from = 60, .gap = 3 },
	{ .at = 71, .width = 9, .from = 80, .early = 2 },
};

void
changed_add(struct listing *l, size_t value, const json_t *page,
	    const char *action, const json_t *change)
{
	const json_t *time = json_object_get(change, "time");
	const char *note = args_text(change, "note");
	const char *cells[LISTING_COLUMNS] = { args_text(change, "handle") };
	struct buf line = BUF_INIT, when = BUF_INIT;

	newsline_page(&line, page, action, note);
	if (time)
		sentence_date(&when, json_integer_value(time));
	cells[1] = when.ptr;
	listing_add(l, value, line.ptr, cells);
	buf_release(&line);
	buf_release(&when);
}
