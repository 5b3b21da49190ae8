/* fences.c - see fences.h. */
#include "edit/fences.h"

#include <string.h>

#ifndef FENCES_STEP
#define FENCES_STEP 4096 /* bytes between what is kept */
#endif

#define LINE_HEAD 256 /* bytes that tell whether a line is a fence */

/* With `fence` open a line begins at `pos`. */
struct known {
	size_t pos;
	struct fence fence;
};

void
fences_init(struct fences *f)
{
	buf_init(&f->known);
}

void
fences_release(struct fences *f)
{
	buf_release(&f->known);
}

static size_t
count(const struct fences *f)
{
	return f->known.len / sizeof(struct known);
}

static struct known
get(const struct fences *f, size_t i)
{
	struct known k;

	memcpy(&k, f->known.ptr + i * sizeof(k), sizeof(k));
	return k;
}

/* How many are at or before `pos`. */
static size_t
count_until(const struct fences *f, size_t pos)
{
	size_t low = 0, high = count(f), mid;

	while (low < high) {
		mid = low + (high - low) / 2;
		if (get(f, mid).pos <= pos)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

void
fences_change(struct fences *f, size_t pos)
{
	size_t keep = count_until(f, pos) * sizeof(struct known);

	buf_erase(&f->known, keep, f->known.len - keep);
}

/* The byte behind the newline of the line at `pos`. */
static size_t
line_after(const struct text *t, size_t pos)
{
	size_t n;
	const char *s, *end;

	for (s = text_span(t, pos, &n); n > 0; s = text_span(t, pos, &n)) {
		end = memchr(s, '\n', n);
		if (end)
			return pos + (size_t)(end - s) + 1;
		pos += n;
	}
	return pos;
}

static void
pass_line(const struct text *t, size_t from, size_t to, struct fence *fence)
{
	char head[LINE_HEAD];
	size_t len = to - from;

	if (len > 0 && text_at(t, to - 1) == '\n')
		len--;
	if (len == 0 || !strchr(" `~", text_at(t, from)))
		return;
	len = len < LINE_HEAD ? len : LINE_HEAD;
	for (size_t i = 0; i < len; i++)
		head[i] = text_at(t, from + i);
	(void)markup_pass(fence, head, len);
}

struct fence
fences_at(struct fences *f, const struct text *t, size_t pos)
{
	size_t n = count_until(f, pos), next;
	struct known k = { 0 };
	bool last = n == count(f);
	size_t kept;

	if (n > 0)
		k = get(f, n - 1);
	for (kept = k.pos; k.pos < pos; k.pos = next) {
		next = line_after(t, k.pos);
		pass_line(t, k.pos, next, &k.fence);
		if (!last || next < kept + FENCES_STEP || next > pos)
			continue;
		kept = next;
		buf_add(&f->known, &(struct known){ next, k.fence }, sizeof(k));
	}
	return k.fence;
}
