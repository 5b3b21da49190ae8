/* haves.c - see haves.h. */
#include "ssh/haves.h"

#include <stdlib.h>
#include <string.h>

#define LINE_MAX_LEN 65520 /* of a pkt-line, with its length */
#define DIGITS "0123456789abcdef"

void
haves_init(struct haves *h)
{
	memset(h, 0, sizeof(*h));
}

/* The ids are what was said up to here. */
static void
finish(struct haves *h)
{
	h->done = true;
	h->ready = h->n > 0;
}

static void
take_line(struct haves *h)
{
	const char *id = h->line + 5;

	if (h->n_line >= 4 && memcmp(h->line, "done", 4) == 0)
		finish(h);
	if (h->n_line < sizeof(h->line) || memcmp(h->line, "have ", 5) != 0)
		return;
	for (size_t i = 0; i < HAVES_ID; i++)
		if (!id[i] || !strchr(DIGITS, id[i]))
			return;
	if (h->n > 0)
		h->text[(size_t)h->n * (HAVES_ID + 1) - 1] = ' ';
	memcpy(h->text + (size_t)h->n * (HAVES_ID + 1), id, HAVES_ID);
	if (++h->n == HAVES_MAX)
		finish(h);
}

/* A flush behind ids ends them; the one before them ends what is wanted. */
static void
take_head(struct haves *h)
{
	char text[5] = "";
	unsigned long len;

	memcpy(text, h->head, sizeof(h->head));
	len = strtoul(text, NULL, 16);
	h->n_head = 0;
	h->n_line = 0;
	if (strspn(text, DIGITS "ABCDEF") != 4 || len > LINE_MAX_LEN ||
	    (len > 0 && len < 4))
		h->done = true;
	else if (len == 0 && h->n > 0)
		finish(h);
	else if (len > 4)
		h->left = len - 4;
}

static size_t
take_body(struct haves *h, const char *bytes, size_t len)
{
	size_t n = len < h->left ? len : h->left;
	size_t room = sizeof(h->line) - h->n_line;

	memcpy(h->line + h->n_line, bytes, n < room ? n : room);
	h->n_line += n < room ? n : room;
	h->left -= n;
	if (h->left == 0)
		take_line(h);
	return n;
}

void
haves_feed(struct haves *h, const char *bytes, size_t len)
{
	size_t i = 0;

	while (i < len && !h->done) {
		if (h->left > 0) {
			i += take_body(h, bytes + i, len - i);
			continue;
		}
		h->head[h->n_head++] = bytes[i++];
		if (h->n_head == sizeof(h->head))
			take_head(h);
	}
}

const char *
haves_take(struct haves *h)
{
	if (!h->ready)
		return NULL;
	h->ready = false;
	return h->text;
}
