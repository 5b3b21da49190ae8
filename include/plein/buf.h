/*
 * buf.h - the one string builder: bytes that grow, always NUL-terminated
 * behind `len`.
 */
#ifndef PLEIN_BUF_H
#define PLEIN_BUF_H

#include <stdarg.h>
#include <stddef.h>

struct buf {
	char *ptr; /* never NULL after BUF_INIT */
	size_t len; /* bytes, without the NUL */
	size_t cap; /* 0 while nothing is allocated */
};

extern char buf_empty[1];

#define BUF_INIT \
	{ \
		buf_empty, 0, 0 \
	}

void
buf_init(struct buf *b);

/* Frees; the buffer is then as after buf_init(). NULL is allowed. */
void
buf_release(struct buf *b);

/* The same, but what it held cannot be found in memory any more. To be sure,
 * buf_room() before the first byte: growing leaves copies. */
void
buf_wipe(struct buf *b);

/* Forgets the contents and keeps the memory. */
void
buf_reset(struct buf *b);

void
buf_add(struct buf *b, const void *data, size_t len);

void
buf_str(struct buf *b, const char *s);

void
buf_char(struct buf *b, char c);

void
buf_printf(struct buf *b, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

void
buf_vprintf(struct buf *b, const char *fmt, va_list ap)
	__attribute__((format(printf, 2, 0)));

/* Put `data` at byte `pos` (≤ len). */
void
buf_insert(struct buf *b, size_t pos, const void *data, size_t len);

/* Take away `len` bytes at `pos`; pos + len ≤ b->len. */
void
buf_erase(struct buf *b, size_t pos, size_t len);

/* Room for `extra` more bytes behind len; the caller fills and adds to len. */
char *
buf_room(struct buf *b, size_t extra);

/* The string is the caller's, to free(); the buffer is empty again. */
char *
buf_take(struct buf *b);

#endif
