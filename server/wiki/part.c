/* part.c - see part.h. A row is text at once: what it was made of is used for
 * the next one. */
#include "wiki/part.h"

#include <string.h>

#include "plein/jsontext.h"
#include "wiki/describe.h"

void
part_init(struct part *p, size_t max)
{
	buf_init(&p->rows);
	buf_char(&p->rows, '[');
	p->max = max;
}

/* Behind each row there is a comma, or the bracket. */
bool
part_add(struct part *p, json_t *row_take)
{
	size_t start = p->rows.len;
	bool first = start == 1;

	if (!first)
		buf_char(&p->rows, ',');
	jsontext_add(&p->rows, row_take);
	json_decref(row_take);
	if (first || p->rows.len <= p->max)
		return true;
	buf_erase(&p->rows, start, p->rows.len - start);
	return false;
}

void
part_answer(struct part *p, struct call *c, const char *next)
{
	buf_char(&p->rows, ']');
	c->rows = p->rows;
	c->result = json_object();
	if (next)
		describe_line(c->result, "next", next);
	memset(p, 0, sizeof(*p));
}
