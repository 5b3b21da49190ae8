/* said.c - see said.h. */
#include "view/said.h"

#include <stdlib.h>
#include <string.h>

#include "plein/mem.h"

static void
free_line(void *item)
{
	struct said_line *line = item;

	free(line->text);
	free(line);
}

void
said_add(struct said *s, const char *text, int64_t when)
{
	size_t n = s->lines.len;
	struct said_line *line = n ? s->lines.items[n - 1] : NULL;

	if (!line || strcmp(line->text, text) != 0) {
		line = mem_alloc(sizeof(*line));
		line->text = mem_strdup(text);
		vec_push(&s->lines, line);
	}
	line->when = when;
	if (s->lines.len > SAID_KEPT)
		free_line(vec_remove(&s->lines, 0));
}

const struct said_line *
said_at(const struct said *s, size_t i)
{
	return i < s->lines.len ? s->lines.items[s->lines.len - 1 - i] : NULL;
}

void
said_release(struct said *s)
{
	vec_release(&s->lines, free_line);
}
