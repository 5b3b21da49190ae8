/*
 * anchor.c - see anchor.h. Of several that are alike the right one is known by
 * what stands around it, as many words as no other has, and by what differs
 * between the two texts: no word of it is in a place that was changed.
 */
#include "plein/anchor.h"

#include <string.h>

#include "plein/buf.h"
#include "plein/textdiff.h"
#include "plein/textrow.h"

static bool
is_blank(char c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

static size_t
skip_blanks(const char *s, size_t i, size_t len)
{
	while (i < len && is_blank(s[i]))
		i++;
	return i;
}

/* Bytes of `text` from `at` on that say the quote; 0: others. */
static size_t
match_at(const char *quote, size_t n, struct anchor_text text, size_t at)
{
	size_t i = 0, j = at;

	while (i < n) {
		if (is_blank(quote[i])) {
			if (j == text.len || !is_blank(text.ptr[j]))
				return 0;
			i = skip_blanks(quote, i, n);
			j = skip_blanks(text.ptr, j, text.len);
		} else if (j < text.len && quote[i] == text.ptr[j]) {
			i++;
			j++;
		} else {
			return 0;
		}
	}
	return j - at;
}

bool
anchor_find_nth(const char *quote, size_t nth, struct anchor_text text,
		struct anchor_span *span, size_t *n)
{
	size_t len = strlen(quote), begin, count = 0, at = 0, found;
	const char *p;

	while (len > 0 && is_blank(quote[len - 1]))
		len--;
	begin = skip_blanks(quote, 0, len);
	while (begin < len && at < text.len) {
		p = memchr(text.ptr + at, quote[begin], text.len - at);
		if (!p)
			break;
		at = (size_t)(p - text.ptr);
		found = match_at(quote + begin, len - begin, text, at);
		if (found && ++count == nth)
			*span = (struct anchor_span){ at, found };
		at++; /* those alike may overlap */
	}
	if (n)
		*n = count;
	return count >= nth && nth > 0;
}

/* The piece that holds this byte. */
static size_t
find_piece(const struct textrow *r, size_t at)
{
	size_t low = 0, high = r->n, middle;

	while (high - low > 1) {
		middle = low + (high - low) / 2;
		if (r->at[middle] <= at)
			low = middle;
		else
			high = middle;
	}
	return low;
}

/* Where pieces first … last of `a` stand in `b`, if none was touched. */
static bool
map_pieces(const struct textdiff *d, size_t first, size_t last, size_t *to)
{
	const struct textdiff_hunk *h;
	size_t i;

	*to = first;
	for (i = 0; i < d->n; i++) {
		h = &d->hunks[i];
		if (h->a > last)
			break;
		if (h->a + h->n_a > first)
			return false;
		*to = first - (h->a + h->n_a) + h->b + h->n_b;
	}
	return true;
}

/* Did it stand untouched, and where is it then? */
static bool
follow(struct anchor_span was, struct anchor_text base, struct anchor_text now,
       size_t *at, long *effort)
{
	struct textrow a, b;
	struct textdiff d;
	size_t first, last, to = 0;
	bool stood;

	textrow_words(&a, base.ptr, base.len);
	textrow_words(&b, now.ptr, now.len);
	textdiff_make(&d, &a, &b, effort);
	first = find_piece(&a, was.at);
	last = find_piece(&a, was.at + was.len - 1);
	stood = map_pieces(&d, first, last, &to);
	if (stood)
		*at = b.at[to] + (was.at - a.at[first]);
	textdiff_release(&d);
	textrow_release(&a);
	textrow_release(&b);
	return stood;
}

/* The stretch with `n` words more on either side, as far as there are. */
static struct anchor_span
widen(struct anchor_span s, struct anchor_text text, size_t n)
{
	size_t from = s.at, to = s.at + s.len, i;

	for (i = 0; i < n && from > 0; i++) {
		while (from > 0 && is_blank(text.ptr[from - 1]))
			from--;
		while (from > 0 && !is_blank(text.ptr[from - 1]))
			from--;
	}
	for (i = 0; i < n && to < text.len; i++) {
		to = skip_blanks(text.ptr, to, text.len);
		while (to < text.len && !is_blank(text.ptr[to]))
			to++;
	}
	return (struct anchor_span){ from, to - from };
}

static bool
is_everything(struct anchor_span s, struct anchor_text text)
{
	return s.at == 0 && s.len == text.len;
}

/* With as many words around it as no other has. */
static bool
find_surroundings(struct anchor_span was, struct anchor_text base,
		  struct buf *quote, struct anchor_span *wide)
{
	struct anchor_span span;
	size_t words = 1, alike;

	do {
		*wide = widen(was, base, words);
		buf_reset(quote);
		buf_add(quote, base.ptr + wide->at, wide->len);
		(void)anchor_find_nth(quote->ptr, 1, base, &span, &alike);
		words *= 2;
	} while (alike > 1 && !is_everything(*wide, base));
	return alike == 1;
}

/* Where the passage is within its surroundings: its blanks may be others. */
static bool
find_within(const char *quote, struct anchor_span was, struct anchor_span wide,
	    struct anchor_text base, struct anchor_text now,
	    struct anchor_span *span)
{
	struct anchor_text then = { base.ptr + wide.at, wide.len },
			   here = { now.ptr + span->at, span->len };
	struct anchor_span s;
	size_t nth = 1, offset = span->at;

	while (anchor_find_nth(quote, nth, then, &s, NULL) &&
	       s.at < was.at - wide.at)
		nth++;
	if (!anchor_find_nth(quote, nth, here, span, NULL))
		return false;
	span->at += offset;
	return true;
}

static bool
find_one_of_many(const char *quote, struct anchor_span was,
		 struct anchor_text base, struct anchor_text now,
		 struct anchor_span *span, long *effort)
{
	struct buf wide_quote = BUF_INIT;
	struct anchor_span wide;
	size_t here = 0, at = 0;
	bool found = find_surroundings(was, base, &wide_quote, &wide) &&
		     anchor_find_nth(wide_quote.ptr, 1, now, span, &here) &&
		     here == 1 &&
		     find_within(quote, was, wide, base, now, span) &&
		     follow(was, base, now, &at, effort) && at == span->at;

	buf_release(&wide_quote);
	return found;
}

bool
anchor_find(const struct anchor *a, struct anchor_text base,
	    struct anchor_text now, struct anchor_span *span, long *effort)
{
	struct anchor_span was;
	size_t then = 0, here = 0;

	if (!anchor_find_nth(a->quote, a->nth, base, &was, &then) ||
	    !anchor_find_nth(a->quote, 1, now, span, &here))
		return false;
	if (then == 1 && here == 1)
		return true;
	return find_one_of_many(a->quote, was, base, now, span, effort);
}

long
anchor_loser(const struct anchor *a, struct anchor_text base, long first,
	     long last, const struct anchor_texts *texts, long *effort)
{
	struct anchor_text text;
	struct anchor_span span;
	long n;
	int rc;

	for (n = last - 1; n >= first; n--) {
		rc = texts->read(texts->ctx, n, &text);
		if (rc < 0)
			return 0;
		if (rc == 0)
			continue;
		/* comparing that was cut short tells nothing */
		if (anchor_find(a, base, text, &span, effort))
			return *effort > 0 ? n + 1 : 0;
		if (*effort <= 0)
			return 0;
	}
	return 0;
}
