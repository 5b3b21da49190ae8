/* roster.c - a list walked from the start: at most a thousand entries. */
#include "roster.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "plein/clock.h"
#include "plein/mem.h"
#include "wiki/caller.h"

void
roster_init(struct roster *r)
{
	memset(r, 0, sizeof(*r));
}

void
member_close_given(struct member *m)
{
	for (int i = 0; i < 3; i++) {
		if (m->given[i] >= 0)
			(void)close(m->given[i]);
		m->given[i] = -1;
	}
}

static void
free_member(void *item)
{
	struct member *m = item;

	if (m->monitor >= 0)
		(void)close(m->monitor);
	if (m->control >= 0)
		(void)close(m->control);
	member_close_given(m);
	free(m->account);
	free(m->key);
	free(m->language);
	json_decref(m->asked);
	free(m);
}

void
roster_release(struct roster *r)
{
	vec_release(&r->members, free_member);
	roster_init(r);
}

struct member *
roster_add(struct roster *r, const struct address *from)
{
	struct member *m = mem_alloc(sizeof(*m));

	m->id = ++r->last_id;
	m->from = *from;
	address_host(from, m->peer);
	m->monitor = -1;
	m->control = -1;
	memset(m->given, 0xff, sizeof(m->given));
	m->door = "login";
	vec_push(&r->members, m);
	return m;
}

void
roster_remove(struct roster *r, struct member *m)
{
	for (size_t i = 0; i < r->members.len; i++) {
		if (r->members.items[i] != m)
			continue;
		(void)vec_remove(&r->members, i);
		r->n_bound -= m->account != NULL;
		free_member(m);
		return;
	}
}

struct member *
roster_by_id(const struct roster *r, long id)
{
	struct member *m;

	for (size_t i = 0; i < r->members.len; i++) {
		m = r->members.items[i];
		if (m->id == id)
			return m;
	}
	return NULL;
}

struct member *
roster_by_pid(const struct roster *r, pid_t pid)
{
	struct member *m;

	for (size_t i = 0; pid > 0 && i < r->members.len; i++) {
		m = r->members.items[i];
		if (m->conn == pid || m->client == pid)
			return m;
	}
	return NULL;
}

bool
member_applies(const struct member *m)
{
	return m->account && strcmp(m->account, CALLER_NEW) == 0;
}

static bool
is_nobody(const struct member *m)
{
	return member_applies(m) || strcmp(m->account, CALLER_GUEST) == 0;
}

int
roster_bind(struct roster *r, struct member *m, const char *account,
	    const char *key, const char *language, struct err *err)
{
	if (m->account && strcmp(m->account, account) == 0)
		return 0;
	if (m->account && !is_nobody(m))
		return err_set(err, PLEIN_EDENIED,
			       "connection %ld is bound to another account",
			       m->id);
	m->since = clock_wall();
	r->n_bound += !m->account;
	free(m->account);
	free(m->key);
	free(m->language);
	m->account = mem_strdup(account);
	m->key = mem_strdup(key);
	m->language = mem_strdup(language);
	return 0;
}

bool
member_is_git(const struct member *m)
{
	return m->client > 0 &&
	       (m->kind == ORDER_UPLOAD || m->kind == ORDER_RECEIVE);
}

bool
member_needs_wiki(const struct member *m)
{
	return m->spawned ? m->control >= 0 : m->monitor >= 0;
}

int
roster_count(const struct roster *r, enum order_kind kind)
{
	const struct member *m;
	int n = 0;

	for (size_t i = 0; i < r->members.len; i++) {
		m = r->members.items[i];
		n += m->client > 0 && m->kind == kind;
	}
	return n;
}

int
roster_guests(const struct roster *r, const char *peer)
{
	const struct member *m;
	int n = 0;

	for (size_t i = 0; i < r->members.len; i++) {
		m = r->members.items[i];
		n += (m->role == ROLE_GAST || m->role == ROLE_NEW) &&
		     (!peer || strcmp(m->peer, peer) == 0);
	}
	return n;
}

static int64_t
sooner(int64_t a, int64_t b)
{
	return !a || (b && b < a) ? b : a;
}

int64_t
roster_deadline(const struct roster *r)
{
	const struct member *m;
	int64_t first = 0;

	for (size_t i = 0; i < r->members.len; i++) {
		m = r->members.items[i];
		first = sooner(first, sooner(m->kill_at, m->held_until));
	}
	return first;
}
