/*
 * Differences, joining, fields and line ends. The input is three texts with
 * a NUL between: base, yours, saved.
 */
#include "fuzz.h"

#include <assert.h>
#include <stdbool.h>
#include <string.h>

#include "plein/buf.h"
#include "plein/fieldspan.h"
#include "plein/frontmatter.h"
#include "plein/lineend.h"
#include "plein/merge.h"
#include "plein/textdiff.h"

static bool
is_equal(const struct merge_text *t, const struct buf *b)
{
	return t->len == b->len && memcmp(t->ptr, b->ptr, b->len) == 0;
}

/* The second row comes out of the first, and the work was bounded. */
static void
check_diff(const struct textrow *a, const struct textrow *b, long effort)
{
	struct buf made = BUF_INIT;
	struct textdiff d;
	size_t at = 0;

	textdiff_make(&d, a, b, &effort);
	for (size_t i = 0; i < d.n; i++) {
		const struct textdiff_hunk *h = &d.hunks[i];

		assert(h->a >= at && (i == 0 || h->a > at));
		buf_add(&made, a->text + a->at[at],
			textrow_len(a, at, h->a - at));
		assert(made.len == b->at[h->b]);
		buf_add(&made, b->text + b->at[h->b],
			textrow_len(b, h->b, h->n_b));
		at = h->a + h->n_a;
	}
	buf_add(&made, a->text + a->at[at], textrow_len(a, at, a->n - at));
	assert(made.len == b->at[b->n]);
	assert(memcmp(made.ptr, b->text, made.len) == 0);
	textdiff_release(&d);
	buf_release(&made);
}

static void
check_rows(const struct merge_text *x, const struct merge_text *y)
{
	static const long efforts[] = { 0, 50, TEXTDIFF_EFFORT };
	struct textrow a, b;

	for (size_t i = 0; i < 3; i++) {
		textrow_lines(&a, x->ptr, x->len);
		textrow_lines(&b, y->ptr, y->len);
		check_diff(&a, &b, efforts[i]);
		textrow_release(&a);
		textrow_release(&b);
		textrow_words(&a, x->ptr, x->len);
		textrow_words(&b, y->ptr, y->len);
		check_diff(&a, &b, efforts[i]);
		textrow_release(&a);
		textrow_release(&b);
	}
}

static bool
can_be_read(const char *s, size_t len)
{
	struct frontmatter *fm;
	int rc = frontmatter_parse(&fm, s, len, NULL);

	frontmatter_free(fm);
	return rc == 0;
}

static size_t
count_lines(const struct merge_text *t)
{
	return textrow_count_newlines(t->ptr, t->len) +
	       (t->len > 0 && t->ptr[t->len - 1] != '\n');
}

static void
check_clashes(const struct diff3 *d, const struct merge_text t[DIFF3_N])
{
	for (size_t i = 0; i < d->n; i++)
		for (int side = 0; side < DIFF3_N; side++)
			assert(d->clashes[i].first[side] +
				       d->clashes[i].count[side] <=
			       count_lines(&t[side]));
}

static void
check_merge(const struct merge_text t[DIFF3_N])
{
	const struct merge_text mirrored[] = { t[0], t[2], t[1] };
	struct diff3 d = DIFF3_INIT, e = DIFF3_INIT;

	merge_page(&d, t);
	merge_page(&e, mirrored);
	assert(d.n == e.n);
	check_clashes(&d, t);
	if (d.n == 0) {
		assert(d.text.len == e.text.len);
		assert(memcmp(d.text.ptr, e.text.ptr, d.text.len) == 0);
		if (can_be_read(t[1].ptr, t[1].len) &&
		    can_be_read(t[2].ptr, t[2].len))
			assert(can_be_read(d.text.ptr, d.text.len));
	}
	diff3_release(&d);
	diff3_release(&e);
}

/* One side, or both alike, is what comes out. */
static void
check_single(const struct merge_text *base, const struct merge_text *other)
{
	const struct merge_text same[] = { *base, *other, *other };
	const struct merge_text one[] = { *base, *other, *base };
	struct diff3 d = DIFF3_INIT, e = DIFF3_INIT;

	merge_page(&d, same);
	merge_page(&e, one);
	assert(d.n == 0 && is_equal(other, &d.text));
	assert(e.n == 0 && is_equal(other, &e.text));
	diff3_release(&d);
	diff3_release(&e);
}

static void
check_fields(const struct merge_text *t)
{
	struct fieldspans f;

	if (fieldspan_read(&f, t->ptr, t->len, NULL) == 0) {
		size_t at = f.n ? f.items[0].from : f.end;

		assert(f.begin <= at && f.end < f.body && f.body <= t->len);
		for (size_t i = 0; i < f.n; i++) {
			assert(f.items[i].from == at && f.items[i].to > at);
			assert(t->ptr[at - 1] == '\n');
			assert(fieldspan_find(&f, f.items[i].key) == i);
			at = f.items[i].to;
		}
		assert(at == f.end);
	}
	fieldspan_release(&f);
}

static void
check_line_ends(const struct merge_text *base, const struct merge_text *text)
{
	struct buf plain = BUF_INIT, adopted = BUF_INIT, again = BUF_INIT;

	lineend_plain(&plain, text->ptr, text->len);
	lineend_adopt(&adopted, plain.ptr, plain.len, base->ptr, base->len);
	lineend_plain(&again, adopted.ptr, adopted.len);
	/* a lone "\r" before "\n" came from "\r\r\n" and is not ours to tell */
	if (!memchr(plain.ptr, '\r', plain.len))
		assert(again.len == plain.len &&
		       memcmp(again.ptr, plain.ptr, plain.len) == 0);
	buf_release(&plain);
	buf_release(&adopted);
	buf_release(&again);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct merge_text t[DIFF3_N] = { { 0 } };
	const char *s = (const char *)data, *nul;

	for (int side = 0; side < DIFF3_N; side++) {
		nul = size && side < DIFF3_SAVED ? memchr(s, '\0', size) : NULL;
		t[side].ptr = s ? s : "";
		t[side].len = nul ? (size_t)(nul - s) : size;
		s = nul ? nul + 1 : "";
		size = nul ? size - t[side].len - 1 : 0;
		check_fields(&t[side]);
	}
	check_rows(&t[DIFF3_BASE], &t[DIFF3_YOURS]);
	check_single(&t[DIFF3_BASE], &t[DIFF3_YOURS]);
	check_line_ends(&t[DIFF3_BASE], &t[DIFF3_SAVED]);
	check_merge(t);
	return 0;
}
