/* headings.c - see headings.h. */
#include "plein/headings.h"

#include <md4c.h>
#include <stdbool.h>
#include <string.h>

size_t
headings_budget(size_t len)
{
	return 16 * len + 65536;
}

struct count {
	size_t n;
	bool fresh; /* at the beginning of an item */
	bool heading, text; /* in one, and it has text */
	size_t cost, budget; /* as of a maker */
};

static int
count_begin(MD_BLOCKTYPE type, void *detail, void *ctx)
{
	struct count *c = ctx;

	(void)detail;
	c->cost += type == MD_BLOCK_TH || type == MD_BLOCK_TD
			   ? HEADINGS_CELL_COST
			   : 1;
	if (c->cost > c->budget)
		return -1;
	if (type == MD_BLOCK_LI)
		c->fresh = true;
	else if (type == MD_BLOCK_CODE || type == MD_BLOCK_HR)
		c->fresh = false;
	c->heading = type == MD_BLOCK_H;
	c->text = false;
	return 0;
}

static int
count_end(MD_BLOCKTYPE type, void *detail, void *ctx)
{
	struct count *c = ctx;

	(void)detail;
	if (type == MD_BLOCK_LI)
		c->fresh = false;
	if (type != MD_BLOCK_H)
		return 0;
	c->n += c->text && !c->fresh;
	if (c->text)
		c->fresh = false;
	c->heading = false;
	return 0;
}

static int
count_span(MD_SPANTYPE type, void *detail, void *ctx)
{
	(void)type;
	(void)detail;
	(void)ctx;
	return 0;
}

static int
count_text(MD_TEXTTYPE type, const MD_CHAR *s, MD_SIZE len, void *ctx)
{
	struct count *c = ctx;

	(void)type;
	(void)s;
	c->text = c->text || len;
	if (len && !c->heading)
		c->fresh = false;
	return 0;
}

/* Without "#", and without a line that ends in "=" or "-", there is none
 * (where lines end in a usual way); looking for those takes a hundredth of the time. */
bool
headings_possible(const char *s, size_t len)
{
	const char *end = s + len, *line = s, *last;

	if (memchr(s, '#', len) || memchr(s, '\r', len))
		return true;
	while (line < end) {
		const char *stop = memchr(line, '\n', (size_t)(end - line));

		stop = stop ? stop : end;
		for (last = stop;
		     last > line && (last[-1] == ' ' || last[-1] == '\t');)
			last--;
		if (last > line && (last[-1] == '=' || last[-1] == '-'))
			return true;
		line = stop + 1;
	}
	return false;
}

size_t
headings_count(const char *markdown, size_t len)
{
	const MD_PARSER parser = {
		.flags = HEADINGS_MARKDOWN,
		.enter_block = count_begin,
		.leave_block = count_end,
		.enter_span = count_span,
		.leave_span = count_span,
		.text = count_text,
	};
	struct count c = { .budget = headings_budget(len) };

	if (!len || !headings_possible(markdown, len))
		return 0;
	return md_parse(markdown, (MD_SIZE)len, &parser, &c) == 0 ? c.n : 0;
}
