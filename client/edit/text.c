/*
 * text.c - a gap buffer: the bytes before the gap, the gap, the bytes after
 * it. Typing in one place moves nothing.
 *
 * Beside it a log of operations. Each holds the bytes it inserted or deleted,
 * so that it can be reversed; `step` numbers which of them a person takes
 * back together. `done` splits the log: before it is done, from it on undone
 * and ready to be done again.
 */
#include "edit/text.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "plein/mem.h"
#include "plein/vec.h"

#ifndef TEXT_GAP
#define TEXT_GAP 4096
#endif

struct op {
	bool insert; /* else delete */
	size_t pos;
	struct buf bytes;
	unsigned step;
};

struct text {
	char *ptr;
	size_t cap;
	size_t gap, gap_len;
	struct vec ops;
	size_t done;
	unsigned step;
	bool open; /* the last operation may still grow */
	size_t saved; /* `done` at the last save, SIZE_MAX if unreachable */
	struct text_watcher watcher;
};

static void
free_op(void *p)
{
	struct op *op = p;

	buf_release(&op->bytes);
	free(op);
}

struct text *
text_new(const char *s, size_t len)
{
	struct text *t = mem_alloc(sizeof(*t));

	t->cap = len + TEXT_GAP;
	t->ptr = mem_alloc(t->cap);
	memcpy(t->ptr, s, len);
	t->gap = len;
	t->gap_len = TEXT_GAP;
	return t;
}

void
text_free(struct text *t)
{
	if (!t)
		return;
	vec_release(&t->ops, free_op);
	free(t->ptr);
	free(t);
}

void
text_watch(struct text *t, struct text_watcher watcher)
{
	t->watcher = watcher;
}

size_t
text_len(const struct text *t)
{
	return t->cap - t->gap_len;
}

size_t
text_weight(const struct text *t)
{
	size_t sum = t->cap;

	for (size_t i = 0; i < t->ops.len; i++) {
		const struct op *op = t->ops.items[i];

		sum += sizeof(*op) + op->bytes.len;
	}
	return sum;
}

char
text_at(const struct text *t, size_t pos)
{
	assert(pos < text_len(t));
	return t->ptr[pos < t->gap ? pos : pos + t->gap_len];
}

void
text_copy(const struct text *t, size_t pos, size_t len, struct buf *out)
{
	size_t before = 0;

	assert(pos + len <= text_len(t));
	if (pos < t->gap) {
		before = len < t->gap - pos ? len : t->gap - pos;
		buf_add(out, t->ptr + pos, before);
	}
	if (len > before)
		buf_add(out, t->ptr + pos + before + t->gap_len, len - before);
}

const char *
text_span(const struct text *t, size_t pos, size_t *len)
{
	assert(pos <= text_len(t));
	if (pos < t->gap) {
		*len = t->gap - pos;
		return t->ptr + pos;
	}
	*len = text_len(t) - pos;
	return t->ptr + pos + t->gap_len;
}

static void
move_gap(struct text *t, size_t pos)
{
	if (pos < t->gap)
		memmove(t->ptr + pos + t->gap_len, t->ptr + pos, t->gap - pos);
	else
		memmove(t->ptr + t->gap, t->ptr + t->gap + t->gap_len,
			pos - t->gap);
	t->gap = pos;
}

static void
widen_gap(struct text *t, size_t len)
{
	size_t after = text_len(t) - t->gap;
	size_t cap = text_len(t) + len + TEXT_GAP + t->cap / 4;

	if (t->gap_len >= len)
		return;
	t->ptr = mem_realloc(t->ptr, cap);
	memmove(t->ptr + cap - after, t->ptr + t->cap - after, after);
	t->gap_len = cap - (t->cap - t->gap_len);
	t->cap = cap;
}

static void
tell(const struct text *t, size_t pos, size_t old_len, size_t new_len)
{
	if (t->watcher.changed)
		t->watcher.changed(t->watcher.ctx, pos, old_len, new_len);
}

static void
put_bytes(struct text *t, size_t pos, const char *s, size_t len)
{
	widen_gap(t, len);
	move_gap(t, pos);
	memcpy(t->ptr + t->gap, s, len);
	t->gap += len;
	t->gap_len -= len;
	tell(t, pos, 0, len);
}

static void
cut_bytes(struct text *t, size_t pos, size_t len)
{
	move_gap(t, pos);
	t->gap_len += len;
	tell(t, pos, len, 0);
}

/* What was undone can no longer be done again. */
static void
forget_undone(struct text *t)
{
	while (t->ops.len > t->done)
		free_op(vec_remove(&t->ops, t->ops.len - 1));
	if (t->saved > t->done)
		t->saved = SIZE_MAX;
}

/* Does this operation continue the last one, so that both are one? */
static struct op *
op_to_grow(struct text *t, bool insert, size_t pos, size_t len)
{
	struct op *last;

	if (!t->open || t->done == 0)
		return NULL;
	last = t->ops.items[t->done - 1];
	if (last->insert != insert)
		return NULL;
	if (insert)
		return pos == last->pos + last->bytes.len ? last : NULL;
	return pos == last->pos || pos + len == last->pos ? last : NULL;
}

static void
record(struct text *t, bool insert, size_t pos, const struct buf *bytes)
{
	struct op *op;

	forget_undone(t);
	op = op_to_grow(t, insert, pos, bytes->len);
	if (op) {
		buf_insert(&op->bytes,
			   insert || pos == op->pos ? op->bytes.len : 0,
			   bytes->ptr, bytes->len);
		if (!insert)
			op->pos = pos;
		return;
	}
	if (!t->open)
		t->step++;
	op = mem_alloc(sizeof(*op));
	op->insert = insert;
	op->pos = pos;
	op->step = t->step;
	buf_init(&op->bytes);
	buf_add(&op->bytes, bytes->ptr, bytes->len);
	vec_push(&t->ops, op);
	t->done = t->ops.len;
	t->open = true;
}

void
text_insert(struct text *t, size_t pos, const char *s, size_t len)
{
	struct buf bytes = BUF_INIT;

	assert(pos <= text_len(t));
	if (len == 0)
		return;
	buf_add(&bytes, s, len);
	record(t, true, pos, &bytes);
	put_bytes(t, pos, bytes.ptr, len);
	buf_release(&bytes);
}

void
text_delete(struct text *t, size_t pos, size_t len)
{
	struct buf bytes = BUF_INIT;

	assert(pos + len <= text_len(t));
	if (len == 0)
		return;
	text_copy(t, pos, len, &bytes);
	record(t, false, pos, &bytes);
	cut_bytes(t, pos, len);
	buf_release(&bytes);
}

void
text_break(struct text *t)
{
	t->open = false;
}

static size_t
apply(struct text *t, const struct op *op, bool forward)
{
	if (op->insert == forward) {
		put_bytes(t, op->pos, op->bytes.ptr, op->bytes.len);
		return op->pos + op->bytes.len;
	}
	cut_bytes(t, op->pos, op->bytes.len);
	return op->pos;
}

bool
text_undo(struct text *t, size_t *pos)
{
	const struct op *op;
	unsigned step;

	t->open = false;
	if (t->done == 0)
		return false;
	step = ((struct op *)t->ops.items[t->done - 1])->step;
	while (t->done > 0) {
		op = t->ops.items[t->done - 1];
		if (op->step != step)
			break;
		*pos = apply(t, op, false);
		t->done--;
	}
	return true;
}

bool
text_redo(struct text *t, size_t *pos)
{
	const struct op *op;
	unsigned step;

	t->open = false;
	if (t->done == t->ops.len)
		return false;
	step = ((struct op *)t->ops.items[t->done])->step;
	while (t->done < t->ops.len) {
		op = t->ops.items[t->done];
		if (op->step != step)
			break;
		*pos = apply(t, op, true);
		t->done++;
	}
	return true;
}

bool
text_is_changed(const struct text *t)
{
	return t->done != t->saved;
}

void
text_mark_saved(struct text *t)
{
	t->saved = t->done;
	t->open = false;
}
