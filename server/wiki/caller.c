/* caller.c - see caller.h. */
#include "wiki/caller.h"

#include <stdlib.h>
#include <string.h>

#include "plein/mem.h"

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
	c->key = key ? mem_strdup(key) : NULL;
	c->role = a->role;
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

void
caller_free(struct caller *c)
{
	if (!c)
		return;
	free(c->handle);
	free(c->name);
	free(c->language);
	free(c->display);
	free(c->key);
	free(c->peer);
	free(c->door);
	free(c);
}
