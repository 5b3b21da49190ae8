/*
 * opening.h - the beginning of a text: enough for any screen, and all of a big
 * one that is read, sent and laid out before it is shown.
 */
#ifndef PLEIN_OPENING_H
#define PLEIN_OPENING_H

#include <stddef.h>

#define OPENING_BIG ((size_t)128 * 1024) /* bytes that take a while */
#define OPENING_MOST ((size_t)32 * 1024)

/*
 * Bytes of Markdown up to the end of a block; all of a text that is not big,
 * or that may hold further on what its beginning refers to.
 */
size_t
opening_len(const char *markdown, size_t len);

#endif
