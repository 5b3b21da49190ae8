/* watch.c - asking to be told what others do. */
#include <string.h>

#include "plein/mem.h"
#include "wiki/call.h"
#include "wiki/events.h"
#include "wiki/handlers.h"
#include "wiki/rows.h"
#include "wiki/target.h"

static int
handle_events_subscribe(struct desk *d, struct call *c)
{
	const char *pages = call_text(c, "pages");
	struct target at = TARGET_INIT;
	int rc = 0;

	(void)d;
	if (!pages)
		c->hears = mem_strdup(EVENTS_NONE);
	else if (strcmp(pages, EVENTS_ALL) == 0)
		c->hears = mem_strdup(EVENTS_ALL);
	else
		rc = target_read(&at, pages, &c->err);
	if (!rc && !c->hears)
		c->hears = mem_strdup(at.address.ptr);
	target_release(&at);
	return rc;
}

static const struct param subscribe_params[] = {
	{ "pages", PARAM_TEXT, false, ADDRESS_MAX,
	  "`all`, or the address of one; without it there is no `event.page`" },
	PARAMS_END,
};

const struct method watch_rows[] = {
	{ "events.subscribe", RIGHT_READ, PLACE_LOOP, subscribe_params,
	  "Tells this stream from now on what happens to pages, as "
	  "notifications: `event.page` {address, version, handle, action} for "
	  "each version of these pages, at once (action is new, changed, moved "
	  "or gone); `event.tree` {}, at most once a second, when pages came, "
	  "went or moved, or what page.titles and agenda.tree tell of them has "
	  "changed; "
	  "`event.remark` {address, thread, remark, handle, action, answers, "
	  "mentions: [handle], named: [handle]} when something happens in a "
	  "discussion of "
	  "these pages, or the caller is answered or mentioned in one of any "
	  "page (action is said, changed, gone, resolved or open; answers is "
	  "whose remark it answers, or null; mentions holds the first 50 it "
	  "names, named those of them that it did not name before); "
	  "`event.asked` {what, round, title, address, handle} when "
	  "the caller is asked to take part in a round of reflection, what "
	  "being round; and "
	  "`event.resync` {} when something was left out because the stream "
	  "did not read fast enough or too much happened: read anew. Asking "
	  "again replaces what was asked before.",
	  "{}", "rule", handle_events_subscribe },
	ROWS_END,
};
