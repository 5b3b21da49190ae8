/* handle_session.c - who is signed in, and how they left the agenda. */
#include "wiki/handlers.h"

#include <string.h>

#include "plein/path.h"
#include "state/folds.h"
#include "state/marks.h"
#include "state/standing.h"
#include "wiki/call.h"
#include "wiki/space.h"
#include "wiki/version.h"

#define LOOSE_PAGES "-"

/* When this person was here last; a state that cannot be read knows not. */
static json_t *
find_visit(struct desk *d, const struct caller *who)
{
	struct visit v;

	if (!who->handle || desk_need_state(d, NULL) ||
	    visit_get(d->state, d->space->name, who->handle, &v, NULL))
		return json_null();
	return json_integer(v.seen);
}

/* The same for the branches of the agenda that they left open. */
static json_t *
find_open(struct desk *d, const struct caller *who)
{
	struct buf open = BUF_INIT;
	json_t *text = json_null();

	if (who->handle && !desk_need_state(d, NULL) &&
	    !folds_get(d->state, d->space->name, who->handle, &open, NULL))
		text = call_json_line(open.ptr);
	buf_release(&open);
	return text;
}

/* Where they are, and whether there is more. */
static void
add_space(struct desk *d, struct call *c)
{
	json_t *row = space_describe(d, c->caller);

	(void)json_object_set_new(c->result, "space",
				  json_string(d->space->name));
	(void)json_object_set(c->result, "title",
			      json_object_get(row, "title"));
	(void)json_object_set(c->result, "private",
			      json_object_get(row, "private"));
	(void)json_object_set_new(
		c->result, "spaces",
		json_integer((json_int_t)space_count(d, c->caller)));
	(void)json_object_set_new(c->result, "wiki_role",
				  json_string(role_name(c->caller->role)));
	json_decref(row);
}

/* What waits for an administrator. */
static void
add_requests(struct desk *d, struct call *c)
{
	long n;

	if (!policy_allows(c->caller->role, RIGHT_ADMIN) ||
	    desk_need_state(d, NULL) || application_waiting(d->state, &n, NULL))
		return;
	(void)json_object_set_new(c->result, "requests", json_integer(n));
}

int
handle_session_info(struct desk *d, struct call *c)
{
	const struct caller *who = c->caller;
	const char *language = who->language;

	c->shape = call_flag(c, "lines")     ? "lines"
		   : call_flag(c, "command") ? "command"
					     : NULL;
	if (!language || !*language)
		language = d->conf->language;
	c->result = json_pack(
		"{s:s?, s:s?, s:s, s:s, s:s?, s:s, s:s, "
		"s:s, s:s, s:i, s:o, s:o, s:b}",
		"handle", who->handle, "name", who->name, "role",
		role_name(caller_here(who)), "language", language, "key",
		who->key, "wiki", d->conf->name, "domain", d->conf->domain,
		"fingerprint", d->host_fingerprint, "program", PLEIN_VERSION,
		"protocol", PROTOCOL_VERSION, "visit", find_visit(d, who),
		"open", find_open(d, who), "register",
		caller_is_nobody(who) && conf_lets_register(d->conf));
	if (c->result) {
		add_space(d, c);
		add_requests(d, c);
	}
	return c->result ? 0
			 : err_set(&c->err, PLEIN_EIO,
				   "the answer cannot be written as JSON");
}

/* Addresses with a blank between; LOOSE_PAGES is the heading of those that
 * hang nowhere. */
static int
check_open(const char *open, struct err *err)
{
	struct buf word = BUF_INIT, path = BUF_INIT;
	int rc = 0;

	while (*open && !rc) {
		size_t len = strcspn(open, " ");

		buf_reset(&word);
		buf_reset(&path);
		buf_add(&word, open, len);
		if (strcmp(word.ptr, LOOSE_PAGES) != 0)
			rc = path_from_address(word.ptr, &path, err);
		open += len;
		open += *open == ' ';
	}
	buf_release(&word);
	buf_release(&path);
	return rc;
}

int
handle_agenda_keep(struct desk *d, struct call *c)
{
	const char *open = call_text(c, "open");
	int rc;

	if (!c->caller->handle)
		return err_set(&c->err, PLEIN_EDENIED,
			       "an agenda is left by a person");
	rc = check_open(open, &c->err);
	if (!rc)
		rc = desk_need_state(d, &c->err);
	return rc ? rc
		  : folds_put(d->state, d->space->name, c->caller->handle, open,
			      &c->err);
}
