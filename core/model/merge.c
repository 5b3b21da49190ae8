/* merge.c - see merge.h. */
#include "plein/merge.h"

#include <stdbool.h>
#include <string.h>

#include "plein/fieldmerge.h"
#include "plein/frontmatter.h"
#include "plein/textdiff.h"

static bool
are_equal(const struct merge_text *a, const struct merge_text *b)
{
	return a->len == b->len && memcmp(a->ptr, b->ptr, a->len) == 0;
}

/* One side, or both the same: nothing to join. The text to take, or NULL. */
static const struct merge_text *
find_single(const struct merge_text texts[DIFF3_N])
{
	const struct merge_text *base = &texts[DIFF3_BASE];
	const struct merge_text *yours = &texts[DIFF3_YOURS];
	const struct merge_text *saved = &texts[DIFF3_SAVED];

	if (are_equal(yours, saved) || are_equal(saved, base))
		return yours;
	return are_equal(yours, base) ? saved : NULL;
}

/* Join what stands from byte `from` of each text on, as lines. */
static void
join_lines(struct diff3 *out, const struct merge_text texts[DIFF3_N],
	   const size_t from[DIFF3_N])
{
	struct textrow rows[DIFF3_N];
	long effort = TEXTDIFF_EFFORT;

	for (int side = 0; side < DIFF3_N; side++)
		textrow_lines(&rows[side], texts[side].ptr + from[side],
			      texts[side].len - from[side]);
	diff3_join(out, rows, &effort);
	for (int side = 0; side < DIFF3_N; side++)
		textrow_release(&rows[side]);
}

/* Clashes of the body count lines of the body; make it lines of the page. */
static void
shift_clashes(struct diff3 *out, size_t from,
	      const struct merge_text texts[DIFF3_N],
	      const size_t bodies[DIFF3_N])
{
	for (int side = 0; side < DIFF3_N; side++) {
		size_t above =
			textrow_count_newlines(texts[side].ptr, bodies[side]);

		for (size_t i = from; i < out->n; i++)
			out->clashes[i].first[side] += above;
	}
}

static bool
can_be_read(const char *text, size_t len)
{
	struct frontmatter *fm;
	int rc = frontmatter_parse(&fm, text, len, NULL);

	frontmatter_free(fm);
	return rc == 0;
}

/* False when the fields must be joined by line; then `out` is empty. */
static bool
join_fields(struct diff3 *out, const struct fieldmerge_side sides[DIFF3_N])
{
	if (!fieldmerge_join(out, sides))
		return false;
	if (out->n > 0 || can_be_read(out->text.ptr, out->text.len))
		return true;
	buf_reset(&out->text); /* more fields than a page may have */
	return false;
}

static bool
join_by_field(struct diff3 *out, const struct merge_text texts[DIFF3_N])
{
	struct fieldspans spans[DIFF3_N];
	struct fieldmerge_side sides[DIFF3_N];
	size_t bodies[DIFF3_N], n;
	bool good = true;

	for (int side = 0; side < DIFF3_N; side++) {
		good &= fieldspan_read(&spans[side], texts[side].ptr,
				       texts[side].len, NULL) == 0;
		sides[side].text = texts[side].ptr;
		sides[side].spans = &spans[side];
		bodies[side] = spans[side].body;
	}
	good = good && join_fields(out, sides);
	if (good) {
		n = out->n;
		join_lines(out, texts, bodies);
		shift_clashes(out, n, texts, bodies);
	}
	for (int side = 0; side < DIFF3_N; side++)
		fieldspan_release(&spans[side]);
	return good;
}

/* The blocks as a whole are the clash: joined by line they are no block. */
static void
report_blocks(struct diff3 *out, const struct merge_text texts[DIFF3_N])
{
	struct diff3_clash c = { { 0 }, { 0 } };
	size_t begin, end, body;

	for (int side = 0; side < DIFF3_N; side++)
		if (frontmatter_find(texts[side].ptr, texts[side].len, &begin,
				     &end, &body))
			c.count[side] =
				textrow_count_newlines(texts[side].ptr, body);
	diff3_add_clash(out, &c);
}

static void
join_by_line(struct diff3 *out, const struct merge_text texts[DIFF3_N])
{
	static const size_t tops[DIFF3_N];
	const struct merge_text *yours = &texts[DIFF3_YOURS];
	const struct merge_text *saved = &texts[DIFF3_SAVED];

	join_lines(out, texts, tops);
	if (out->n == 0 && !can_be_read(out->text.ptr, out->text.len) &&
	    can_be_read(yours->ptr, yours->len) &&
	    can_be_read(saved->ptr, saved->len))
		report_blocks(out, texts);
}

void
merge_page(struct diff3 *out, const struct merge_text texts[DIFF3_N])
{
	const struct merge_text *single = find_single(texts);

	if (single)
		buf_add(&out->text, single->ptr, single->len);
	else if (!join_by_field(out, texts))
		join_by_line(out, texts);
}
