/*
 * handle_sessions.c - who is signed in, and ending that. On the loop: the
 * streams are its own. Whose sessions are told goes by the account that asks;
 * administrators may name another.
 */
#include <limits.h>
#include <string.h>

#include "wiki/call.h"
#include "wiki/ending.h"
#include "wiki/gitwork.h"
#include "wiki/handlers.h"
#include "wiki/rows.h"
#include "wiki/session.h"
#include "wiki/space.h"

#define CONN_MAX ((size_t)LONG_MAX)

/* Whose: NULL is everybody's. */
static int
read_whose(struct call *c, const char **whose)
{
	const char *named = call_text(c, "account"), *own = c->caller->handle;
	bool all = call_flag(c, "all");

	*whose = all ? NULL : named ? named : own;
	if ((all || !own || (named && strcmp(named, own) != 0)) &&
	    !policy_allows(c->caller->role, RIGHT_ADMIN))
		return err_set(&c->err, PLEIN_EDENIED,
			       "these sessions are somebody else's");
	if (!all && !*whose)
		return err_set(&c->err, PLEIN_EUSAGE, "whose sessions?");
	if (c->caller->role < ROLE_WAITING)
		return err_set(&c->err, PLEIN_EDENIED, "not allowed");
	return 0;
}

static const struct caller *
stream_at(const struct desk *d, size_t i)
{
	return d->streams && i < d->streams->len
		       ? session_who(d->streams->items[i])
		       : NULL;
}

/* A client of an account; who has none yet, and the host, have no session. */
static bool
is_session(const struct caller *who)
{
	return caller_is_client(who) && who->handle && who->role != ROLE_NONE;
}

/* What a stream and a git have in common. */
struct session_row {
	long conn;
	const char *account, *key, *from, *space, *shape;
	int64_t since;
};

static void
add_row(json_t *rows, const struct session_row *s, const struct caller *asks)
{
	(void)json_array_append_new(
		rows,
		json_pack("{s:I, s:s, s:I, s:s, s:s?, s:s, s:s, s:b}",
			  "session", (json_int_t)s->conn, "account", s->account,
			  "since", (json_int_t)s->since, "from", s->from, "key",
			  s->key && *s->key ? s->key : NULL, "shape", s->shape,
			  "space", s->space, "own", s->conn == asks->conn));
}

static void
add_stream(json_t *rows, const struct session *s, const struct caller *asks)
{
	const struct caller *who = session_who(s);

	add_row(rows,
		&(struct session_row){
			who->conn, who->handle, who->key, who->peer,
			who->space ? who->space->name : SPACE_DEFAULT,
			session_shape(s), session_since(s) },
		asks);
}

static void
add_streams(const struct desk *d, const struct call *c, const char *whose,
	    json_t *rows)
{
	const struct caller *who;

	for (size_t i = 0; (who = stream_at(d, i)); i++)
		if (is_session(who) &&
		    (!whose || strcmp(who->handle, whose) == 0))
			add_stream(rows, d->streams->items[i], c->caller);
}

/* The i-th clone or push, or NULL. */
static const struct gitwork *
git_at(const struct desk *d, size_t i)
{
	return d->gits && i < d->gits->len ? d->gits->items[i] : NULL;
}

static bool
is_guest(const struct gitwork *g)
{
	return strcmp(g->account, CALLER_GUEST) == 0;
}

static void
add_gits(const struct desk *d, const struct call *c, const char *whose,
	 json_t *rows)
{
	const struct gitwork *g;

	for (size_t i = 0; (g = git_at(d, i)); i++)
		if (!is_guest(g) && (!whose || strcmp(g->account, whose) == 0))
			add_row(rows,
				&(struct session_row){
					g->conn, g->account, g->key, g->peer,
					g->space, gitwork_shape(g), g->since },
				c->caller);
}

static int
handle_list(struct desk *d, struct call *c)
{
	json_t *rows;
	const char *whose;
	int rc = read_whose(c, &whose);

	if (rc)
		return rc;
	rows = json_array();
	add_streams(d, c, whose, rows);
	add_gits(d, c, whose, rows);
	c->result = json_pack("{s:o}", "rows", rows);
	return 0;
}

static bool
is_there(const struct desk *d, const struct ending *e)
{
	const struct caller *who;
	const struct gitwork *g;

	for (size_t i = 0; (who = stream_at(d, i)); i++)
		if (is_session(who) && ending_holds(e, who->handle, who->conn))
			return true;
	for (size_t i = 0; (g = git_at(d, i)); i++)
		if (!is_guest(g) && ending_holds(e, g->account, g->conn))
			return true;
	return false;
}

/* One's own, this one, is not ended: one signs out. */
static int
handle_end(struct desk *d, struct call *c)
{
	long only = call_number(c, "session", 0);
	const char *whose;
	bool own;
	int rc = read_whose(c, &whose);

	if (rc)
		return rc;
	own = c->caller->handle && strcmp(whose, c->caller->handle) == 0;
	c->ends = ending_new(whose, only, own ? c->caller->conn : 0,
			     own ? ENDING_OWN : ENDING_ADMIN);
	if ((only || !own) && !is_there(d, c->ends))
		return err_rule(&c->err, PLEIN_ENOTFOUND, "no-session", 0,
				"no such session");
	c->result = json_object();
	return 0;
}

#define PARAM_ACCOUNT \
	{ \
		"account", PARAM_TEXT, false, 64, \
			"whose, for administrators; one's own when absent" \
	}

static const struct param list_params[] = {
	PARAM_ACCOUNT,
	{ "all", PARAM_FLAG, false, 1, "everybody's, for administrators" },
	PARAMS_END,
};

static const struct param end_params[] = {
	PARAM_ACCOUNT,
	{ "session", PARAM_NUMBER, false, CONN_MAX,
	  "as session.list has it; all when absent" },
	PARAMS_END,
};

const struct method session_rows[] = {
	{ "session.list", RIGHT_KNOW, PLACE_LOOP, list_params,
	  "Tells where somebody is signed in now.",
	  "{rows: [{session, account, since, from, key, shape, space, own}]}: "
	  "since in seconds since 1970; key is a fingerprint, or null for a "
	  "password; shape is screen, lines, command or api, and of git clone "
	  "(a fetch too) or push; own for the one that asks",
	  "denied usage", handle_list },
	{ "session.end", RIGHT_KNOW, PLACE_LOOP, end_params,
	  "Ends sessions, but never the one that asks. Each hears event.end "
	  "{why}: own (by its person), admin or closed (there is no account "
	  "any more); a second later it is gone. Git is ended at once, and its "
	  "person told why.",
	  "{}", "denied usage not-found", handle_end },
	ROWS_END,
};
