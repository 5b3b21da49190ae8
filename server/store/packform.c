/* packform.c - see packform.h. */
#include "store/packform.h"

#include <string.h>

#define COPY_MAX 0x10000U /* bytes one instruction copies */
#define INSERT_MAX 127U
#define STRIDE 64U /* bytes compared at once */
#define SAME_MIN 16U /* bytes that are worth an instruction to copy them */

void
packform_number(struct buf *out, uint32_t n)
{
	const unsigned char bytes[] = { (unsigned char)(n >> 24),
					(unsigned char)(n >> 16),
					(unsigned char)(n >> 8),
					(unsigned char)n };

	buf_add(out, bytes, sizeof(bytes));
}

/* Seven bits a byte, the lowest first. */
static void
add_size(struct buf *out, size_t n)
{
	for (; n >= 0x80; n >>= 7)
		buf_char(out, (char)(0x80 | (n & 0x7f)));
	buf_char(out, (char)n);
}

void
packform_head(struct buf *out, int type, size_t size)
{
	unsigned char byte = (unsigned char)((type << 4) | (size & 15));

	if (size < 16) {
		buf_char(out, (char)byte);
		return;
	}
	buf_char(out, (char)(byte | 0x80));
	add_size(out, size >> 4);
}

void
packform_distance(struct buf *out, size_t distance)
{
	unsigned char bytes[10];
	size_t i = sizeof(bytes);

	bytes[--i] = distance & 0x7f;
	while (distance >>= 7)
		bytes[--i] = (unsigned char)(0x80 | (--distance & 0x7f));
	buf_add(out, bytes + i, sizeof(bytes) - i);
}

/* --- differences -------------------------------------------------------- */

void
packform_sizes(struct buf *out, size_t was, size_t now)
{
	add_size(out, was);
	add_size(out, now);
}

static void
copy_once(struct buf *out, size_t at, size_t len)
{
	unsigned char bytes[8] = { 0x80 };
	size_t n = 1, i;

	if (len == COPY_MAX)
		len = 0; /* no byte of the size stands for just that */
	for (i = 0; i < 4; i++)
		if (at >> (8 * i) & 0xff) {
			bytes[0] |= (unsigned char)(1U << i);
			bytes[n++] = at >> (8 * i) & 0xff;
		}
	for (i = 0; i < 2; i++)
		if (len >> (8 * i) & 0xff) {
			bytes[0] |= (unsigned char)(0x10U << i);
			bytes[n++] = len >> (8 * i) & 0xff;
		}
	buf_add(out, bytes, n);
}

void
packform_copy(struct buf *out, size_t at, size_t len)
{
	size_t part;

	for (; len > 0; at += part, len -= part) {
		part = len < COPY_MAX ? len : COPY_MAX;
		copy_once(out, at, part);
	}
}

void
packform_insert(struct buf *out, const char *data, size_t len)
{
	size_t part;

	for (; len > 0; data += part, len -= part) {
		part = len < INSERT_MAX ? len : INSERT_MAX;
		buf_char(out, (char)part);
		buf_add(out, data, part);
	}
}

static size_t
count_same(const char *a, const char *b, size_t max)
{
	size_t n = 0;

	while (max - n >= STRIDE && !memcmp(a + n, b + n, STRIDE))
		n += STRIDE;
	while (n < max && a[n] == b[n])
		n++;
	return n;
}

/* The same from the end: `a` and `b` are behind the last byte. */
static size_t
count_same_before(const char *a, const char *b, size_t max)
{
	size_t n = 0;

	while (max - n >= STRIDE &&
	       !memcmp(a - n - STRIDE, b - n - STRIDE, STRIDE))
		n += STRIDE;
	while (n < max && a[-1 - (ptrdiff_t)n] == b[-1 - (ptrdiff_t)n])
		n++;
	return n;
}

/* Up to where they are the same for a while, or to the end. */
static size_t
count_other(const char *a, const char *b, size_t max)
{
	size_t n = 0, same = 0;

	for (; n < max && same < SAME_MIN; n++)
		same = a[n] == b[n] ? same + 1 : 0;
	return n - same;
}

/* Of one length. */
static void
change_in_places(struct buf *out, const struct packform_part *p)
{
	size_t at = 0, n;

	while (at < p->now_len) {
		n = count_other(p->was + at, p->now + at, p->now_len - at);
		packform_insert(out, p->now + at, n);
		at += n;
		n = count_same(p->was + at, p->now + at, p->now_len - at);
		packform_copy(out, p->at + at, n);
		at += n;
	}
}

void
packform_change(struct buf *out, const struct packform_part *p)
{
	size_t max = p->was_len < p->now_len ? p->was_len : p->now_len;
	size_t head, tail;

	if (p->was_len == p->now_len) {
		change_in_places(out, p);
		return;
	}
	head = count_same(p->was, p->now, max);
	tail = count_same_before(p->was + p->was_len, p->now + p->now_len,
				 max - head);
	packform_copy(out, p->at, head);
	packform_insert(out, p->now + head, p->now_len - head - tail);
	packform_copy(out, p->at + p->was_len - tail, tail);
}
