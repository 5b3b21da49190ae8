/*
 * handle_presence.c - who is here, and on which page. On the loop: the streams
 * are its own. For people who have an account here, about such people: guests
 * and who waits for an account are told nothing, and of them nothing is told.
 */
#include <string.h>

#include "wiki/call.h"
#include "wiki/handlers.h"
#include "wiki/presence.h"
#include "wiki/rows.h"
#include "wiki/session.h"
#include "wiki/target.h"

static bool
is_person(const struct caller *who)
{
	return who->handle && caller_here(who) >= ROLE_LEZER;
}

static int
check_person(struct call *c)
{
	return is_person(c->caller)
		       ? 0
		       : err_set(&c->err, PLEIN_EDENIED,
				 "who is here is told to people with an "
				 "account");
}

/* NULL, and 0, when no page is named. */
static int
read_address(struct call *c, struct target *at, const char **address)
{
	const char *named = call_text(c, "address");
	int rc = named ? target_read(at, named, &c->err) : 0;

	*address = named && !rc ? at->address.ptr : NULL;
	return rc;
}

static int
handle_set(struct desk *d, struct call *c)
{
	struct target at = TARGET_INIT;
	const char *address;
	int rc = check_person(c);

	(void)d;
	if (!rc)
		rc = read_address(c, &at, &address);
	if (!rc) {
		c->stands = presence_new(address, call_text(c, "under"),
					 call_flag(c, "writing"));
		c->result = json_object();
	}
	target_release(&at);
	return rc;
}

static bool
is_told(const struct session *s, const struct caller *asks, const char *address)
{
	const struct caller *who = session_who(s);
	const struct presence *at = session_at(s);

	return at->known && is_person(who) && caller_is_with(who, asks) &&
	       strcmp(who->handle, asks->handle) != 0 &&
	       (!address || presence_is_on(at, address));
}

static json_t *
describe(const struct session *s)
{
	const struct caller *who = session_who(s);
	const struct presence *at = session_at(s);

	return json_pack("{s:s, s:s?, s:s?, s:b, s:s?}", "handle", who->handle,
			 "name", who->name, "address", at->address, "writing",
			 at->writing, "under", at->under);
}

static int
handle_list(struct desk *d, struct call *c)
{
	size_t n = d->streams ? d->streams->len : 0;
	struct target at = TARGET_INIT;
	json_t *rows = json_array();
	const char *address = NULL;
	int rc = check_person(c);

	if (!rc)
		rc = read_address(c, &at, &address);
	for (size_t i = 0; !rc && i < n; i++)
		if (is_told(d->streams->items[i], c->caller, address))
			(void)json_array_append_new(
				rows, describe(d->streams->items[i]));
	if (rc)
		json_decref(rows);
	else
		c->result = json_pack("{s:o}", "rows", rows);
	target_release(&at);
	return rc;
}

static const struct param set_params[] = {
	{ "address", PARAM_TEXT, false, ADDRESS_MAX,
	  "the page that is shown; none when absent" },
	{ "writing", PARAM_FLAG, false, 1, "it is being written" },
	{ "under", PARAM_TEXT, false, PRESENCE_UNDER_MAX,
	  "the heading one writes under" },
	PARAMS_END,
};

static const struct param list_params[] = {
	{ "address", PARAM_TEXT, false, ADDRESS_MAX,
	  "only who is on this page" },
	PARAMS_END,
};

const struct method presence_rows[] = {
	{ "presence.set", RIGHT_READ, PLACE_LOOP, set_params,
	  "Says where one is, to others in this space who have an account. It "
	  "is kept with the stream only. Who begins to write a page is told to "
	  "those who are on it, as `event.writing` {address, handle, name, "
	  "under}, where they asked for events.",
	  "{}", "denied rule", handle_set },
	{ "presence.list", RIGHT_READ, PLACE_LOOP, list_params,
	  "Tells which others are in this space with a client that said where "
	  "it is.",
	  "{rows: [{handle, name, address, writing, under}]}: address null on "
	  "no page; under null when it is not known",
	  "denied rule", handle_list },
	ROWS_END,
};
