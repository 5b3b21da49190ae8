/* space.c - see space.h. */
#include "wiki/space.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plein/mem.h"
#include "store/spaces.h"

#define FOLDER "spaces/"

static void
name_file(char out[SPACE_PATH], const char *name, const char *suffix)
{
	(void)snprintf(out, SPACE_PATH, FOLDER "%.*s%s", SPACE_MAX, name,
		       suffix);
}

struct space *
space_new(const char *name)
{
	struct space *s = mem_alloc(sizeof(*s));

	(void)snprintf(s->name, sizeof(s->name), "%s", name);
	name_file(s->repo, name, ".git");
	name_file(s->index, name, ".index.db");
	name_file(s->index_new, name, ".index.new");
	name_file(s->past, name, ".past.db");
	atomic_store(&s->closed, !space_is_default(s));
	return s;
}

void
space_free(struct space *s)
{
	free(s);
}

bool
space_is_default(const struct space *s)
{
	return !s || strcmp(s->name, SPACE_DEFAULT) == 0;
}

void
spacelist_init(struct spacelist *l)
{
	/* cannot fail with default attributes on Linux */
	(void)pthread_mutex_init(&l->lock, NULL);
	(void)spacelist_add(l, SPACE_DEFAULT);
}

void
spacelist_release(struct spacelist *l)
{
	vec_release(&l->all, free);
	(void)pthread_mutex_destroy(&l->lock);
}

int
spacelist_load(struct spacelist *l, struct err *err)
{
	struct vec names = VEC_INIT;
	size_t i;
	int rc = spaces_read(&names, AT_FDCWD, err);

	for (i = 0; i < names.len; i++)
		(void)spacelist_add(l, names.items[i]);
	vec_release(&names, free);
	return rc;
}

/* With the lock held. */
static struct space *
find(const struct spacelist *l, const char *name)
{
	struct space *s;
	size_t i;

	for (i = 0; i < l->all.len; i++) {
		s = l->all.items[i];
		if (strcmp(s->name, name) == 0)
			return s;
	}
	return NULL;
}

struct space *
spacelist_add(struct spacelist *l, const char *name)
{
	struct space *s;

	(void)pthread_mutex_lock(&l->lock);
	s = find(l, name);
	if (!s) {
		s = space_new(name);
		if (l->equip)
			l->equip(l, s);
		vec_push(&l->all, s);
	}
	if (atomic_exchange(&s->gone, false))
		atomic_fetch_add(&s->made, 1);
	(void)pthread_mutex_unlock(&l->lock);
	return s;
}

struct space *
spacelist_get(struct spacelist *l, const char *name)
{
	struct space *s;

	(void)pthread_mutex_lock(&l->lock);
	s = find(l, name);
	(void)pthread_mutex_unlock(&l->lock);
	return s && !atomic_load(&s->gone) ? s : NULL;
}

struct space *
spacelist_at(struct spacelist *l, size_t i)
{
	struct space *s;

	(void)pthread_mutex_lock(&l->lock);
	s = i < l->all.len ? l->all.items[i] : NULL;
	(void)pthread_mutex_unlock(&l->lock);
	return s;
}
