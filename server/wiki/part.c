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
struct buf *
part_row(struct part *p)
{
	p->start = p->rows.len;
	if (p->start > 1)
		buf_char(&p->rows, ',');
	return &p->rows;
}

bool
part_keep(struct part *p)
{
	if (p->start == 1 || p->rows.len <= p->max)
		return true;
	buf_erase(&p->rows, p->start, p->rows.len - p->start);
	return false;
}

bool
part_add(struct part *p, json_t *row_take)
{
	jsontext_add(part_row(p), row_take);
	json_decref(row_take);
	return part_keep(p);
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
