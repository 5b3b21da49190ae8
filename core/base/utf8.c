/*
 * utf8.c - decoding, graphemes, columns, folding.
 *
 * Grapheme boundaries follow UAX 29 for a pair of neighbours plus two pieces
 * of memory: how many regional indicators stand before, and whether an emoji
 * is being joined. Looking backwards starts at the nearest boundary that
 * needs no memory and walks forward from there. An invalid byte is a
 * grapheme of its own and counts one column, so that damaged text stays
 * visible and editable.
 */
#include "plein/utf8.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <unicase.h>
#include <unictype.h>
#include <unigbrk.h>
#include <uninorm.h>
#include <uniwidth.h>

#include "plein/buf.h"
#include "plein/mem.h"

#define INVALID UINT32_MAX

/* First bytes of RFC 3629 §4 and what may follow directly. */
static const struct lead {
	uint8_t first, last; /* range of the first byte */
	uint8_t len;
	uint8_t low, high; /* range of the second byte */
} leads[] = {
	{ 0x00, 0x7f, 1, 0, 0 },       { 0xc2, 0xdf, 2, 0x80, 0xbf },
	{ 0xe0, 0xe0, 3, 0xa0, 0xbf }, { 0xe1, 0xec, 3, 0x80, 0xbf },
	{ 0xed, 0xed, 3, 0x80, 0x9f }, { 0xee, 0xef, 3, 0x80, 0xbf },
	{ 0xf0, 0xf0, 4, 0x90, 0xbf }, { 0xf1, 0xf3, 4, 0x80, 0xbf },
	{ 0xf4, 0xf4, 4, 0x80, 0x8f },
};

static const struct lead *
find_lead(uint8_t byte)
{
	for (size_t i = 0; i < sizeof(leads) / sizeof(leads[0]); i++)
		if (byte >= leads[i].first && byte <= leads[i].last)
			return &leads[i];
	return NULL;
}

/* How many bytes at `s` belong to one sequence; `whole` is its full length. */
static size_t
match_sequence(const uint8_t *s, size_t len, size_t *whole)
{
	const struct lead *lead = find_lead(s[0]);
	size_t n = 1;

	*whole = lead != NULL ? lead->len : 0;
	if (lead == NULL)
		return 0;
	while (n < lead->len && n < len) {
		uint8_t low = n == 1 ? lead->low : 0x80;
		uint8_t high = n == 1 ? lead->high : 0xbf;

		if (s[n] < low || s[n] > high)
			return 0;
		n++;
	}
	return n;
}

size_t
utf8_decode(const char *s, size_t len, uint32_t *cp)
{
	static const uint8_t payload[UTF8_MAX + 1] = { 0, 0x7f, 0x1f, 0x0f,
						       0x07 };
	const uint8_t *u = (const uint8_t *)s;
	size_t whole;

	if (len == 0)
		return 0;
	if (u[0] < 0x80) {
		*cp = u[0];
		return 1;
	}
	if (match_sequence(u, len, &whole) != whole || whole == 0) {
		*cp = INVALID;
		return 1;
	}
	*cp = u[0] & payload[whole];
	for (size_t i = 1; i < whole; i++)
		*cp = *cp << 6 | (u[i] & 0x3f);
	return whole;
}

size_t
utf8_encode(uint32_t cp, char out[UTF8_MAX])
{
	static const uint8_t marks[UTF8_MAX + 1] = { 0, 0, 0xc0, 0xe0, 0xf0 };
	size_t n = cp < 0x80 ? 1 : cp < 0x800 ? 2 : cp < 0x10000 ? 3 : 4;

	for (size_t i = n; i-- > 1; cp >>= 6)
		out[i] = (char)(0x80 | (cp & 0x3f));
	out[0] = (char)(marks[n] | cp);
	return n;
}

static size_t
count_leading_ascii(const char *s, size_t len)
{
	size_t n = 0;
	uint64_t word;

	for (; len - n >= sizeof(word); n += sizeof(word)) {
		memcpy(&word, s + n, sizeof(word));
		if ((word & 0x8080808080808080u) != 0)
			break;
	}
	while (n < len && (uint8_t)s[n] < 0x80)
		n++;
	return n;
}

static bool
is_plain_ascii(char c)
{
	return c >= 0x20 && c <= 0x7e;
}

/* Eight at once: a byte below 0x20 or above 0x7e leaves a high bit. */
size_t
utf8_plain(const char *s, size_t len)
{
	size_t n = 0;
	uint64_t word;

	for (; len - n >= sizeof(word); n += sizeof(word)) {
		memcpy(&word, s + n, sizeof(word));
		if (((word | (word + 0x0101010101010101u) |
		      (word - 0x2020202020202020u)) &
		     0x8080808080808080u) != 0)
			break;
	}
	while (n < len && is_plain_ascii(s[n]))
		n++;
	return n;
}

bool
utf8_is_valid(const char *s, size_t len)
{
	uint32_t cp;

	for (size_t pos = 0; pos < len;) {
		pos += count_leading_ascii(s + pos, len - pos);
		if (pos == len)
			break;
		pos += utf8_decode(s + pos, len - pos, &cp);
		if (cp == INVALID)
			return false;
	}
	return true;
}

/* libunistring returns NULL only for want of memory: `s` is valid. */
static uint8_t *
normalize(uninorm_t form, const char *s, size_t len, size_t *out_len)
{
	uint8_t *out =
		u8_normalize(form, (const uint8_t *)s, len, NULL, out_len);

	if (out == NULL && len > 0)
		die("cannot normalize %zu bytes: %s", len, strerror(errno));
	return out;
}

bool
utf8_is_nfc(const char *s, size_t len)
{
	uint8_t *nfc;
	size_t nfc_len;
	bool same;

	if (count_leading_ascii(s, len) == len)
		return true;
	if (!utf8_is_valid(s, len))
		return false;
	nfc = normalize(UNINORM_NFC, s, len, &nfc_len);
	same = nfc_len == len && memcmp(nfc, s, len) == 0;
	free(nfc);
	return same;
}

size_t
utf8_missing(const char *s, size_t len)
{
	const uint8_t *u = (const uint8_t *)s;
	size_t whole;

	for (size_t have = 1; have < UTF8_MAX && have <= len; have++) {
		size_t n = match_sequence(u + len - have, have, &whole);

		if (n > 0)
			return n == have ? whole - have : 0;
	}
	return 0;
}

/* One code point on the way to a boundary. */
struct rune {
	uint32_t cp;
	int gbp;
	bool pictographic;
};

bool
utf8_is_pictographic(uint32_t cp)
{
	return cp >= 0xa9 && uc_is_property_extended_pictographic(cp);
}

static struct rune
classify(uint32_t cp)
{
	struct rune r = { cp, GBP_CONTROL, false };

	if (cp == INVALID)
		return r;
	r.gbp = uc_graphemeclusterbreak_property(cp);
	r.pictographic = utf8_is_pictographic(cp);
	return r;
}

static bool
is_control(int gbp)
{
	return gbp == GBP_CONTROL || gbp == GBP_CR || gbp == GBP_LF;
}

/* UAX 29, GB6–GB8. */
static bool
joins_hangul(int a, int b)
{
	if (a == GBP_L)
		return b == GBP_L || b == GBP_V || b == GBP_LV || b == GBP_LVT;
	if (a == GBP_LV || a == GBP_V)
		return b == GBP_V || b == GBP_T;
	return (a == GBP_LVT || a == GBP_T) && b == GBP_T;
}

/* UAX 29 without GB11–GB13, which need more than two neighbours. */
static bool
joins_neighbour(int a, int b)
{
	if (a == GBP_CR && b == GBP_LF)
		return true;
	if (is_control(a) || is_control(b))
		return false;
	return b == GBP_EXTEND || b == GBP_ZWJ || b == GBP_SPACINGMARK ||
	       a == GBP_PREPEND || joins_hangul(a, b);
}

static bool
needs_memory(const struct rune *a, const struct rune *b)
{
	return (a->gbp == GBP_RI && b->gbp == GBP_RI) ||
	       (a->gbp == GBP_ZWJ && b->pictographic);
}

/*
 * Printable ASCII, and the letters of Latin-1 and Latin Extended-A and B: of
 * one column, and never joined to each other. Nearly all of most pages.
 */
static bool
is_simple(uint32_t cp)
{
	return (cp >= 0x20 && cp <= 0x7e) || (cp >= 0xc0 && cp < 0x250);
}

size_t
utf8_next(const char *s, size_t len, size_t pos)
{
	struct rune a, b;
	bool emoji, pair = false;
	uint32_t cp, next;
	size_t n;

	if (pos >= len)
		return len;
	pos += utf8_decode(s + pos, len - pos, &cp);
	if (is_simple(cp)) {
		n = utf8_decode(s + pos, len - pos, &next);
		if (n == 0 || is_simple(next))
			return pos;
	}
	a = classify(cp);
	emoji = a.pictographic;
	while ((n = utf8_decode(s + pos, len - pos, &cp)) > 0) {
		b = classify(cp);
		if (a.gbp == GBP_RI && b.gbp == GBP_RI && !pair)
			pair = true;
		else if (!(a.gbp == GBP_ZWJ && b.pictographic && emoji) &&
			 !joins_neighbour(a.gbp, b.gbp))
			break;
		if (b.pictographic)
			emoji = true;
		else if (b.gbp != GBP_EXTEND && b.gbp != GBP_ZWJ)
			emoji = false;
		a = b;
		pos += n;
	}
	return pos;
}

/* Start of the code point (or invalid byte) that ends at `pos` > 0. */
static size_t
step_back(const char *s, size_t pos, uint32_t *cp)
{
	for (size_t n = 1; n <= UTF8_MAX && n <= pos; n++)
		if (utf8_decode(s + pos - n, n, cp) == n && *cp != INVALID)
			return pos - n;
	*cp = INVALID;
	return pos - 1;
}

/* The last boundary before `pos` that two neighbours alone decide. */
static size_t
find_sure_boundary(const char *s, size_t pos)
{
	uint32_t cp;
	struct rune a, b;

	pos = step_back(s, pos, &cp);
	b = classify(cp);
	while (pos > 0) {
		size_t before = step_back(s, pos, &cp);

		a = classify(cp);
		if (!joins_neighbour(a.gbp, b.gbp) && !needs_memory(&a, &b))
			break;
		pos = before;
		b = a;
	}
	return pos;
}

size_t
utf8_prev(const char *s, size_t len, size_t pos)
{
	size_t start, next;

	if (pos > len)
		pos = len;
	if (pos == 0)
		return 0;
	start = find_sure_boundary(s, pos);
	while ((next = utf8_next(s, len, start)) < pos)
		start = next;
	return start;
}

static int
width_of_rune(uint32_t cp)
{
	int width;

	if (cp == INVALID)
		return 1;
	if (is_simple(cp))
		return 1;
	if (cp < 0x20)
		return 0;
	width = uc_width(cp, "UTF-8");
	return width < 0 ? 0 : width;
}

int
utf8_cluster_width(const char *s, size_t len)
{
	int width = 0;
	uint32_t cp;

	if (len == 1 && is_plain_ascii(s[0]))
		return 1;
	for (size_t pos = 0; pos < len && width < 2;) {
		pos += utf8_decode(s + pos, len - pos, &cp);
		width += width_of_rune(cp);
	}
	return width < 2 ? width : 2;
}

int
utf8_width(const char *s, size_t len)
{
	size_t pos = utf8_plain(s, len);
	int width;

	if (pos > 0 && pos < len)
		pos--; /* what follows may join the last one */
	for (width = (int)pos; pos < len;) {
		size_t next = utf8_next(s, len, pos);

		width += utf8_cluster_width(s + pos, next - pos);
		pos = next;
	}
	return width;
}

size_t
utf8_fit(const char *s, size_t len, int width)
{
	size_t pos = 0;

	while (pos < len) {
		size_t next = utf8_next(s, len, pos);

		width -= utf8_cluster_width(s + pos, next - pos);
		if (width < 0)
			break;
		pos = next;
	}
	return pos;
}

/* Letters whose stroke or ligature is no decomposition in Unicode. */
static const struct plain_form {
	uint32_t cp;
	const char *plain;
} plain_forms[] = {
	{ 0xdf, "ss" }, { 0xe6, "ae" },	 { 0xf0, "d" },	 { 0xf8, "o" },
	{ 0xfe, "th" }, { 0x111, "d" },	 { 0x127, "h" }, { 0x131, "i" },
	{ 0x142, "l" }, { 0x153, "oe" }, { 0x167, "t" }, { 0x1e9e, "ss" },
};

static void
fold_rune(struct buf *out, uint32_t cp)
{
	char bytes[UTF8_MAX];

	if (uc_is_general_category(cp, UC_NON_SPACING_MARK))
		return;
	cp = uc_tolower(cp);
	for (size_t i = 0; i < sizeof(plain_forms) / sizeof(*plain_forms); i++)
		if (plain_forms[i].cp == cp) {
			buf_str(out, plain_forms[i].plain);
			return;
		}
	buf_add(out, bytes, utf8_encode(cp, bytes));
}

static void
fold_ascii(struct buf *out, const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++)
		buf_char(out,
			 s[i] >= 'A' && s[i] <= 'Z' ? (char)(s[i] + 32) : s[i]);
}

/* Copy what is valid; the rest has no lower case. */
static void
keep_valid(struct buf *out, const char *s, size_t len)
{
	uint32_t cp;
	size_t n;

	for (size_t pos = 0; pos < len; pos += n) {
		n = utf8_decode(s + pos, len - pos, &cp);
		buf_add(out, cp == INVALID ? "?" : s + pos, n);
	}
}

void
utf8_fold(struct buf *out, const char *s, size_t len)
{
	struct buf valid = BUF_INIT;
	uint8_t *plain;
	size_t plain_len;
	uint32_t cp;

	if (count_leading_ascii(s, len) == len) {
		fold_ascii(out, s, len);
		return;
	}
	keep_valid(&valid, s, len);
	plain = normalize(UNINORM_NFKD, valid.ptr, valid.len, &plain_len);
	for (size_t pos = 0; pos < plain_len;) {
		pos += utf8_decode((char *)plain + pos, plain_len - pos, &cp);
		fold_rune(out, cp);
	}
	free(plain);
	buf_release(&valid);
}

/* Signs that decompose into nothing of ASCII. */
static char
ascii_sign(uint32_t cp)
{
	static const struct {
		uint32_t first, last;
		char plain;
	} table[] = {
		{ 0x00a0, 0x00a0, ' ' },  { 0x00b7, 0x00b7, '*' },
		{ 0x00d7, 0x00d7, 'x' },  { 0x2010, 0x2015, '-' },
		{ 0x2018, 0x201b, '\'' }, { 0x201c, 0x201f, '"' },
		{ 0x2022, 0x2023, '*' },  { 0x2026, 0x2026, '>' },
		{ 0x2190, 0x2190, '<' },  { 0x2192, 0x2192, '>' },
		{ 0x2212, 0x2212, '-' },  { 0x2500, 0x2501, '-' },
		{ 0x2502, 0x2503, '|' },
	};

	for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++)
		if (cp >= table[i].first && cp <= table[i].last)
			return table[i].plain;
	return '\0';
}

char
utf8_ascii(const char *s, size_t len)
{
	uint32_t cp = INVALID;
	uint8_t *plain;
	size_t plain_len;
	char sign;

	(void)utf8_decode(s, len, &cp);
	if (cp < 0x80)
		return cp >= 0x20 && cp < 0x7f ? (char)cp : '?';
	if (cp == INVALID)
		return '?';
	sign = ascii_sign(cp); /* before "…" becomes three dots */
	if (sign)
		return sign;
	plain = normalize(UNINORM_NFKD, s, utf8_decode(s, len, &cp),
			  &plain_len);
	sign = plain_len && plain[0] >= 0x20 && plain[0] < 0x7f ? (char)plain[0]
								: '?';
	free(plain);
	return sign;
}
