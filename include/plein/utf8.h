/*
 * utf8.h - UTF-8 (RFC 3629), grapheme clusters (UAX 29) and columns (UAX 11).
 *
 * `len` and `pos` are bytes, `width` is columns on a terminal. Only this
 * module, filter and path know libunistring.
 */
#ifndef PLEIN_UTF8_H
#define PLEIN_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define UTF8_MAX 4

/*
 * Decode one code point. Returns the bytes it took (1–4), or 0 when `len` is
 * 0. An invalid or cut-off sequence gives *cp = UINT32_MAX and takes 1 byte.
 */
size_t
utf8_decode(const char *s, size_t len, uint32_t *cp);

/* Writes 1–4 bytes to `out`, returns how many; cp must be a scalar value. */
size_t
utf8_encode(uint32_t cp, char out[UTF8_MAX]);

bool
utf8_is_valid(const char *s, size_t len);

/* NFC (UAX 15)? Invalid UTF-8 is not. */
bool
utf8_is_nfc(const char *s, size_t len);

/* Bytes that are still missing from a sequence cut off at the end (0–3). */
size_t
utf8_missing(const char *s, size_t len);

/*
 * Bytes at the front that are printable ASCII: of one column each, and all
 * but the first and the last certainly a grapheme of their own.
 */
size_t
utf8_plain(const char *s, size_t len);

/* Byte position of the next / previous grapheme boundary. */
size_t
utf8_next(const char *s, size_t len, size_t pos);

size_t
utf8_prev(const char *s, size_t len, size_t pos);

/* Columns of a whole string; controls count 0, invalid bytes 1. */
int
utf8_width(const char *s, size_t len);

/* Columns of the grapheme of `len` bytes at `s`: 0, 1 or 2. */
int
utf8_cluster_width(const char *s, size_t len);

/* Longest prefix, in bytes, of at most `width` columns; whole graphemes. */
size_t
utf8_fit(const char *s, size_t len, int width);

/* May it be a part of an emoji (Extended_Pictographic)? */
bool
utf8_is_pictographic(uint32_t cp);

/*
 * The grapheme as one printable ASCII character: letters lose their accents,
 * dashes, quotes and lines become those there are; '?' for all else.
 */
char
utf8_ascii(const char *s, size_t len);

/* Simple lower case without accents, for comparing titles; appends. */
struct buf;
void
utf8_fold(struct buf *out, const char *s, size_t len);

#endif
