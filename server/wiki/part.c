/* part.c - see part.h. */
#include "wiki/part.h"

#include <string.h>

#include "plein/jsontext.h"
#include "wiki/describe.h"

void
part_init(struct part *p, size_t max)
{
	p->rows = json_array();
	p->bytes = 0;
	p->max = max;
}

bool
part_add(struct part *p, json_t *row_take)
{
	size_t len = jsontext_size(row_take) + 1;

	if (p->bytes && p->bytes + len > p->max) {
		json_decref(row_take);
		return false;
	}
	p->bytes += len;
	(void)json_array_append_new(p->rows, row_take);
	return true;
}

void
part_answer(struct part *p, struct call *c, const char *next)
{
	describe_rows(c, p->rows);
	if (next)
		describe_line(c->result, "next", next);
	memset(p, 0, sizeof(*p));
}
