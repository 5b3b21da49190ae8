/* telling.c - see telling.h. */
#include "view/telling.h"

#include <stdlib.h>
#include <string.h>

#include "plein/mem.h"

void
telling_init(struct telling *t)
{
	memset(t, 0, sizeof(*t));
}

static void
free_part(void *item)
{
	struct telling_part *part = item;

	free(part->text);
	free(part);
}

void
telling_release(struct telling *t)
{
	vec_release(&t->parts, free_part);
}

void
telling_add(struct telling *t, enum telling_kind kind, const char *text,
	    size_t value)
{
	struct telling_part *part = mem_alloc(sizeof(*part));

	part->kind = kind;
	part->text = mem_strdup(text);
	part->value = value;
	vec_push(&t->parts, part);
}
