/* caller.c - see caller.h. */
#include "wiki/caller.h"

#include <stdlib.h>
#include <string.h>

#include "plein/mem.h"
#include "wiki/space.h"

struct caller *
caller_new(long conn, const char *door, const char *peer)
{
	struct caller *c = mem_alloc(sizeof(*c));

	c->conn = conn;
	c->door = mem_strdup(door);
	c->peer = mem_strdup(peer ? peer : "");
	c->role = strcmp(door, "host") == 0 ? ROLE_HOST : ROLE_NONE;
	return c;
}

struct caller *
caller_sign_in(const struct caller *who, const struct account *a,
	       const char *key)
{
	struct caller *c = caller_new(who->conn, who->door, who->peer);

	c->handle = mem_strdup(a->handle);
	c->name = mem_strdup(a->name);
	c->language = mem_strdup(a->language);
	c->display = mem_strdup(a->display);
	c->organisation = mem_strdup(a->organisation);
	c->key = key ? mem_strdup(key) : NULL;
	c->role = account_role(a);
	c->most = a->most;
	return c;
}

struct caller *
caller_prove(const struct caller *who, const struct account *a, const char *key,
	     unsigned proved)
{
	struct caller *c = caller_sign_in(who, a, key);

	c->role = ROLE_NONE;
	c->proved = proved;
	return c;
}

enum role
caller_role(const struct account *a, const struct conf *conf, bool has_code)
{
	enum role role = account_role(a);

	if (role == ROLE_WAITING && !conf_lets_waiting_read(conf))
		return ROLE_APPLICANT;
	if (!has_code && role >= ROLE_LEZER &&
	    policy_needs_code(a->most, conf_code_from(conf)))
		return ROLE_SETUP;
	return role;
}

static char *
copy(const char *text)
{
	return text ? mem_strdup(text) : NULL;
}

struct caller *
caller_with_role(const struct caller *who, enum role role)
{
	struct caller *c = caller_new(who->conn, who->door, who->peer);

	c->handle = copy(who->handle);
	c->name = copy(who->name);
	c->language = copy(who->language);
	c->display = copy(who->display);
	c->organisation = copy(who->organisation);
	c->key = copy(who->key);
	c->key_line = copy(who->key_line);
	c->space = who->space;
	c->given = who->given;
	c->most = who->most;
	c->offered = copy(who->offered);
	c->applies = who->applies;
	c->role = role;
	return c;
}

struct caller *
caller_in_space(const struct caller *who, struct space *s, enum role given)
{
	struct caller *c = caller_with_role(who, who->role);

	c->space = s;
	c->given = given;
	return c;
}

enum role
caller_here(const struct caller *c)
{
	if (!c->space)
		return c->role;
	if (atomic_load(&c->space->gone))
		return ROLE_NONE;
	return policy_role_in(c->role, c->given,
			      atomic_load(&c->space->closed));
}

bool
caller_may(const struct caller *c, enum right right)
{
	return policy_may(c->role, caller_here(c), right);
}

bool
caller_may_change(const struct caller *c, const char *path)
{
	return caller_may(c, policy_right_of(path)) &&
	       policy_speaks_for(caller_may(c, RIGHT_MODERATE), c->organisation,
				 path);
}

bool
caller_needs_code(const struct caller *c, const struct conf *conf)
{
	enum role most = c->most > c->role ? c->most : c->role;

	return policy_needs_code(most, conf_code_from(conf));
}

struct caller *
caller_newcomer(const struct caller *who, const struct conf *conf,
		const char *key_line, const char *key)
{
	struct caller *c = caller_guest(who);

	c->key_line = copy(key_line);
	c->key = copy(key);
	c->applies = true;
	if (!conf_lets_guests_read(conf))
		c->role = ROLE_NEW;
	return c;
}

struct caller *
caller_guest(const struct caller *who)
{
	struct caller *c = caller_new(who->conn, who->door, who->peer);

	c->name = mem_strdup("");
	c->language = mem_strdup("");
	c->display = mem_strdup("");
	c->role = ROLE_GAST;
	return c;
}

bool
caller_is_nobody(const struct caller *c)
{
	return c->role == ROLE_NEW || c->role == ROLE_GAST;
}

const char *
caller_account(const struct caller *c)
{
	if (c->handle)
		return c->handle;
	return c->applies ? CALLER_NEW : CALLER_GUEST;
}

const char *
caller_key(const struct caller *c)
{
	if (c->key_line || c->offered)
		return c->key_line ? c->key_line : c->offered;
	return c->key ? c->key : "";
}

bool
caller_is_client(const struct caller *c)
{
	return strcmp(c->door, "login") != 0 && strcmp(c->door, "host") != 0;
}

bool
caller_is_in(const struct caller *c, const struct space *s)
{
	return c->space ? c->space == s : space_is_default(s);
}

bool
caller_is_with(const struct caller *a, const struct caller *b)
{
	if (a->space)
		return caller_is_in(b, a->space);
	return !b->space || space_is_default(b->space);
}

void
caller_free(struct caller *c)
{
	if (!c)
		return;
	free(c->handle);
	free(c->name);
	free(c->language);
	free(c->display);
	free(c->organisation);
	free(c->key);
	free(c->key_line);
	free(c->offered);
	free(c->peer);
	free(c->door);
	free(c);
}
