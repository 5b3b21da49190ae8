/*
 * prose.c - two byte buffers; the second one holds records of struct run. A
 * run is only begun when style or link changes, so plain pages have few.
 */
#include "layout/prose.h"

#include "plein/filter.h"

void
prose_init(struct prose *p)
{
	buf_init(&p->text);
	buf_init(&p->runs);
}

void
prose_release(struct prose *p)
{
	buf_release(&p->text);
	buf_release(&p->runs);
}

void
prose_reset(struct prose *p)
{
	buf_reset(&p->text);
	buf_reset(&p->runs);
}

size_t
prose_n_runs(const struct prose *p)
{
	return p->runs.len / sizeof(struct run);
}

static const struct run *
all_runs(const struct prose *p)
{
	return (const struct run *)(const void *)p->runs.ptr;
}

static void
begin_run(struct prose *p, enum style style, int link)
{
	struct run run = { p->text.len, style, link };
	size_t n = prose_n_runs(p);

	if (n) {
		const struct run *last = &all_runs(p)[n - 1];

		if (last->style == style && last->link == link)
			return;
		if (last->start == p->text.len)
			p->runs.len -= sizeof(run);
	}
	buf_add(&p->runs, &run, sizeof(run));
}

void
prose_add(struct prose *p, const char *s, size_t len, enum style style,
	  int link)
{
	if (!len)
		return;
	begin_run(p, style, link);
	filter_text(&p->text, s, len);
}

void
prose_copy(struct prose *p, const struct prose *other, size_t from, size_t to)
{
	for (size_t i = prose_find_run(other, from); from < to; i++) {
		size_t end;
		const struct run *run = prose_run(other, i, &end);

		if (end > to)
			end = to;
		begin_run(p, run->style, run->link);
		buf_add(&p->text, other->text.ptr + from, end - from);
		from = end;
	}
}

void
prose_cut(struct prose *p, size_t len)
{
	size_t n = prose_n_runs(p);

	while (n && all_runs(p)[n - 1].start >= len)
		n--;
	p->runs.len = n * sizeof(struct run);
	buf_erase(&p->text, len, p->text.len - len);
}

const struct run *
prose_run(const struct prose *p, size_t i, size_t *end)
{
	const struct run *runs = all_runs(p);

	*end = i + 1 < prose_n_runs(p) ? runs[i + 1].start : p->text.len;
	return &runs[i];
}

size_t
prose_find_run(const struct prose *p, size_t pos)
{
	const struct run *runs = all_runs(p);
	size_t low = 0, high = prose_n_runs(p);

	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (runs[middle].start <= pos)
			low = middle;
		else
			high = middle;
	}
	return low;
}
