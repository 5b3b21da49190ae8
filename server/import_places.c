/* import_places.c - two search trees (tsearch(3)): files there, names here. */
#include "import_places.h"

#include <search.h>
#include <stdlib.h>
#include <string.h>

#include "plein/buf.h"
#include "plein/mem.h"
#include "plein/newname.h"
#include "plein/path.h"

#define NUMBERS_MAX 1000U

struct import_places {
	char *folder;
	void *places; /* struct import_place *, by source */
	void *taken; /* char *, names here */
};

static int
compare_places(const void *a, const void *b)
{
	const struct import_place *x = a, *y = b;

	return strcmp(x->source, y->source);
}

static int
compare_names(const void *a, const void *b)
{
	return strcmp(a, b);
}

static void
free_place(void *item)
{
	struct import_place *p = item;

	free(p->source);
	free(p->target);
	vec_release(&p->former, free);
	free(p);
}

struct import_places *
import_places_new(const char *folder)
{
	struct import_places *p = mem_alloc(sizeof(*p));

	p->folder = mem_strdup(folder);
	return p;
}

void
import_places_free(struct import_places *p)
{
	if (!p)
		return;
	tdestroy(p->places, free_place);
	tdestroy(p->taken, free);
	free(p->folder);
	free(p);
}

static bool
is_taken(const struct import_places *p, const char *target)
{
	return tfind(target, &p->taken, compare_names) != NULL;
}

void
import_places_take(struct import_places *p, const char *target)
{
	if (is_taken(p, target))
		return;
	if (!tsearch(mem_strdup(target), &p->taken, compare_names))
		die("out of memory");
}

/* `name` itself or the first free one like it; false when there is none. */
static bool
make_free(const struct import_places *p, struct buf *name)
{
	struct buf numbered = BUF_INIT;
	unsigned n = 2;

	if (!is_taken(p, name->ptr))
		return true;
	do {
		buf_reset(&numbered);
		newname_number(&numbered, name->ptr, n);
	} while (n++ < NUMBERS_MAX && is_taken(p, numbered.ptr));
	buf_reset(name);
	buf_add(name, numbered.ptr, numbered.len);
	buf_release(&numbered);
	return n <= NUMBERS_MAX && path_kind_of(name->ptr) != PATH_BAD;
}

/* There is one start page, one list of sources, and remarks keep their
 * names: what is taken of those goes elsewhere. */
static bool
is_one_of_a_kind(const char *path)
{
	enum path_kind kind = path_kind_of(path);

	return kind == PATH_ROOT_FILE || kind == PATH_REMARK ||
	       strcmp(path, "index.md") == 0;
}

static char *
choose_target(const struct import_places *p, const char *source)
{
	struct buf name = BUF_INIT;
	bool made = newname_make(&name, source, p->folder);

	if (made && is_one_of_a_kind(name.ptr) && is_taken(p, name.ptr)) {
		buf_reset(&name);
		made = newname_elsewhere(&name, source, p->folder);
	}
	if (made && make_free(p, &name))
		return buf_take(&name);
	buf_release(&name);
	return NULL;
}

static struct import_place **
find_place(struct import_places *p, const char *source)
{
	const struct import_place key = { .source = (char *)source };

	return tfind(&key, &p->places, compare_places);
}

static struct import_place *
add_place(struct import_places *p, const char *source)
{
	struct import_place *place = mem_alloc(sizeof(*place));

	place->source = mem_strdup(source);
	place->is_new = true;
	if (!tsearch(place, &p->places, compare_places))
		die("out of memory");
	return place;
}

struct import_place *
import_places_find(struct import_places *p, const char *source)
{
	struct import_place **found = find_place(p, source), *place;

	if (found)
		return *found;
	place = add_place(p, source);
	place->target = choose_target(p, source);
	if (place->target)
		import_places_take(p, place->target);
	return place;
}

/* The names the file of a place has or had are free, or are not. */
static void
lend_names(struct import_places *p, const struct import_place *place, bool lend)
{
	const char *name = place->target;
	char **held;
	size_t i = 0;

	while (name) {
		held = tfind(name, &p->taken, compare_names);
		if (lend && held) {
			char *kept = *held;

			(void)tdelete(name, &p->taken, compare_names);
			free(kept);
		} else if (!lend) {
			import_places_take(p, name);
		}
		name = i < place->former.len ? place->former.items[i++] : NULL;
	}
}

/* `old` under another name there. */
static struct import_place *
rename_place(struct import_places *p, struct import_place *old,
	     const char *source)
{
	(void)tdelete(old, &p->places, compare_places);
	free(old->source);
	old->source = mem_strdup(source);
	old->is_new = true;
	old->told = 0;
	if (!tsearch(old, &p->places, compare_places))
		die("out of memory");
	return old;
}

struct import_place *
import_places_follow(struct import_places *p, struct import_place **from,
		     const char *source)
{
	struct import_place *old = *from, *place;
	char *target;

	if (!old->target || find_place(p, source))
		return import_places_find(p, source);
	lend_names(p, old, true);
	target = choose_target(p, source);
	lend_names(p, old, false);
	if (target && strcmp(target, old->target) == 0) {
		free(target);
		*from = NULL;
		return rename_place(p, old, source);
	}
	place = add_place(p, source);
	place->target = target;
	if (target)
		import_places_take(p, target);
	return place;
}

void
import_places_leave(struct import_places *p, struct import_place *old,
		    struct import_place *place)
{
	size_t i;

	vec_release(&place->former, free);
	for (i = 0; i < old->former.len; i++)
		if (strcmp(old->former.items[i], place->target) != 0)
			vec_push(&place->former,
				 mem_strdup(old->former.items[i]));
	vec_push(&place->former, mem_strdup(old->target));
	(void)tdelete(old, &p->places, compare_places);
	free_place(old);
}
