/*
 * lineend.h - line ends of a page that was edited elsewhere: a client sends
 * lines as it likes, a file brought in by git may hold "\r\n", and a line
 * nobody changed keeps its bytes.
 */
#ifndef PLEIN_LINEEND_H
#define PLEIN_LINEEND_H

#include <stddef.h>

#include "plein/buf.h"

/* Append `text` with every "\r\n" as "\n". */
void
lineend_plain(struct buf *out, const char *text, size_t len);

/*
 * Append `text`, which is plain, with the line ends of `base`: lines they
 * have in common are those of the base, others end as most of the base do.
 */
void
lineend_adopt(struct buf *out, const char *text, size_t len, const char *base,
	      size_t base_len);

#endif
