/*
 * buf.c - bytes that grow.
 *
 * An empty buffer points at one shared NUL, so that `ptr` is always a string
 * and nothing is allocated before the first byte. That NUL is never written.
 */
#include "plein/buf.h"

#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plein/mem.h"

#define BUF_FIRST 32

char buf_empty[1];

void
buf_init(struct buf *b)
{
	b->ptr = buf_empty;
	b->len = b->cap = 0;
}

void
buf_release(struct buf *b)
{
	if (b == NULL)
		return;
	if (b->cap > 0)
		free(b->ptr);
	buf_init(b);
}

void
buf_wipe(struct buf *b)
{
	if (b != NULL && b->cap > 0)
		explicit_bzero(b->ptr, b->cap);
	buf_release(b);
}

static void
terminate(struct buf *b)
{
	if (b->cap > 0)
		b->ptr[b->len] = '\0';
}

void
buf_reset(struct buf *b)
{
	b->len = 0;
	terminate(b);
}

char *
buf_room(struct buf *b, size_t extra)
{
	size_t need, cap = b->cap > 0 ? b->cap : BUF_FIRST;

	if (extra > SIZE_MAX / 4 - b->len)
		die("buffer too large");
	need = b->len + extra + 1;
	if (need <= b->cap)
		return b->ptr + b->len;
	while (cap < need)
		cap *= 2;
	b->ptr = mem_realloc(b->cap > 0 ? b->ptr : NULL, cap);
	b->cap = cap;
	terminate(b);
	return b->ptr + b->len;
}

void
buf_add(struct buf *b, const void *data, size_t len)
{
	if (len == 0)
		return;
	memcpy(buf_room(b, len), data, len);
	b->len += len;
	terminate(b);
}

void
buf_str(struct buf *b, const char *s)
{
	buf_add(b, s, strlen(s));
}

void
buf_char(struct buf *b, char c)
{
	buf_add(b, &c, 1);
}

void
buf_printf(struct buf *b, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	buf_vprintf(b, fmt, ap);
	va_end(ap);
}

/* Most fit into the room there is, and are written once. */
void
buf_vprintf(struct buf *b, const char *fmt, va_list ap)
{
	char *at = buf_room(b, 0);
	size_t room = b->cap - b->len;
	va_list first;
	int len;

	va_copy(first, ap);
	len = vsnprintf(at, room, fmt, first);
	va_end(first);
	assert(len >= 0);
	if ((size_t)len >= room)
		(void)vsnprintf(buf_room(b, (size_t)len), (size_t)len + 1, fmt,
				ap);
	b->len += (size_t)len;
}

void
buf_insert(struct buf *b, size_t pos, const void *data, size_t len)
{
	assert(pos <= b->len);
	if (len == 0)
		return;
	(void)buf_room(b, len);
	memmove(b->ptr + pos + len, b->ptr + pos, b->len - pos);
	memcpy(b->ptr + pos, data, len);
	b->len += len;
	terminate(b);
}

void
buf_erase(struct buf *b, size_t pos, size_t len)
{
	assert(pos <= b->len && len <= b->len - pos);
	memmove(b->ptr + pos, b->ptr + pos + len, b->len - pos - len);
	b->len -= len;
	terminate(b);
}

char *
buf_take(struct buf *b)
{
	char *s = b->cap > 0 ? b->ptr : mem_strdup("");

	buf_init(b);
	return s;
}
