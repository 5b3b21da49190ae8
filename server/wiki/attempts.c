/*
 * attempts.c - see attempts.h. A list, newest last, looked through from the
 * front: what is over is dropped on the way.
 */
#include "wiki/attempts.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plein/mem.h"
#include "plein/vec.h"
#include "wiki/origin.h"

#define NAME_MAX_LEN 96
#define MINUTE_MS 60000

struct entry {
	char name[NAME_MAX_LEN];
	long n;
	int64_t first; /* when counting began */
};

struct attempts {
	pthread_mutex_t lock;
	struct vec entries; /* struct entry *, in order of `first` */
};

struct attempts *
attempts_new(void)
{
	struct attempts *a = mem_alloc(sizeof(*a));

	/* cannot fail with default attributes on Linux */
	(void)pthread_mutex_init(&a->lock, NULL);
	return a;
}

void
attempts_free(struct attempts *a)
{
	if (!a)
		return;
	vec_release(&a->entries, free);
	(void)pthread_mutex_destroy(&a->lock);
	free(a);
}

static void
name_address(char out[NAME_MAX_LEN], const char *peer)
{
	char origin[ORIGIN_MAX];

	origin_name(origin, peer);
	(void)snprintf(out, NAME_MAX_LEN, "%s from", origin);
}

static void
drop_old(struct attempts *a, int64_t before)
{
	const struct entry *e;

	while (a->entries.len > 0) {
		e = a->entries.items[0];
		if (e->first > before)
			return;
		free(vec_remove(&a->entries, 0));
	}
}

static struct entry *
find(struct attempts *a, const char *name)
{
	struct entry *e;

	for (size_t i = 0; i < a->entries.len; i++) {
		e = a->entries.items[i];
		if (strcmp(e->name, name) == 0)
			return e;
	}
	return NULL;
}

static void
count(struct attempts *a, const char *name, int64_t now)
{
	struct entry *e = find(a, name);

	if (!e) {
		if (a->entries.len >= ATTEMPTS_KEPT)
			free(vec_remove(&a->entries, 0));
		e = mem_alloc(sizeof(*e));
		(void)snprintf(e->name, sizeof(e->name), "%s", name);
		e->first = now;
		vec_push(&a->entries, e);
	}
	e->n++;
}

/* When may it be tried again, if not now? */
static int64_t
wait_of(struct attempts *a, const char *name, long most, int64_t end)
{
	const struct entry *e = find(a, name);

	return e && e->n >= most ? e->first - end : 0;
}

int64_t
attempts_begin(struct attempts *a, const struct conf_tries *rule,
	       const char *what, const char *peer, int64_t now)
{
	int64_t end = now - rule->minutes * MINUTE_MS, wait, longer;
	char address[NAME_MAX_LEN];

	if (!a)
		return 0;
	name_address(address, peer);
	(void)pthread_mutex_lock(&a->lock);
	drop_old(a, end);
	wait = wait_of(a, what, rule->account, end);
	longer = wait_of(a, address, rule->address, end);
	if (longer > wait)
		wait = longer;
	if (wait <= 0) {
		count(a, what, now);
		count(a, address, now);
	}
	(void)pthread_mutex_unlock(&a->lock);
	return wait > 0 ? wait : 0;
}

void
attempts_right(struct attempts *a, const char *what, const char *peer)
{
	char address[NAME_MAX_LEN];
	struct entry *e;

	if (!a)
		return;
	name_address(address, peer);
	(void)pthread_mutex_lock(&a->lock);
	e = find(a, what);
	if (e)
		e->n = 0;
	e = find(a, address);
	if (e && e->n > 0)
		e->n--;
	(void)pthread_mutex_unlock(&a->lock);
}
