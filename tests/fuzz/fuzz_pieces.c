/* A text in pieces: in order, inside the text, together all that is in it;
 * changing one leaves the others. */
#include "fuzz.h"

#include <assert.h>
#include <string.h>

#include "line_pieces.h"

/* Blank lines are what is left between them. */
static void
check_gap(const struct buf *text, size_t from, size_t to)
{
	for (; from < to; from++)
		assert(strchr(" \t\r\n", text->ptr[from]));
}

static void
check_pieces(const struct buf *text, const struct pieces *p)
{
	struct buf line = BUF_INIT;
	size_t end = 0;

	for (size_t i = 0; i < p->n; i++) {
		const struct piece *one = &p->list[i];

		assert(one->at >= end && one->len > 0);
		check_gap(text, end, one->at);
		end = one->at + one->len;
		assert(end <= text->len);
		assert(one->words >= one->at && one->words <= end);
		buf_reset(&line);
		piece_describe(text, one, &line);
		assert(line.len > 0);
	}
	check_gap(text, end, text->len);
	buf_release(&line);
}

static void
check_changes(const struct buf *text, const struct pieces *p)
{
	for (size_t i = 0; i < p->n; i++) {
		struct buf copy = BUF_INIT;

		buf_add(&copy, text->ptr, text->len);
		piece_insert(&copy, &p->list[i], "- x", 3);
		assert(memcmp(copy.ptr, text->ptr, p->list[i].at) == 0);
		piece_replace(&copy, &p->list[i], "y", 1);
		assert(copy.ptr[p->list[i].at] == 'y');
		buf_release(&copy);
		buf_add(&copy, text->ptr, text->len);
		piece_remove(&copy, &p->list[i]);
		assert(copy.len < text->len);
		buf_release(&copy);
	}
}

/* The editor holds no NUL. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct buf text = BUF_INIT;
	struct pieces p;

	if (memchr(data, 0, size))
		return 0;
	buf_add(&text, data, size);
	pieces_find(&p, &text);
	check_pieces(&text, &p);
	check_changes(&text, &p);
	pieces_release(&p);
	buf_release(&text);
	return 0;
}
