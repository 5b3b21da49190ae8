/*
 * filter.c - what other people wrote, made safe for a terminal.
 *
 * One walk over the code points decides for each whether it stays. The public
 * functions differ only in what they do with newline, return and tab, and with
 * what is marked.
 */
#include "plein/filter.h"

#include <unictype.h>
#include <unigbrk.h>
#include <uniwidth.h>

#include "plein/utf8.h"

#define VARIATION_TEXT 0xfe0e
#define VARIATION_EMOJI 0xfe0f
#define JOINER 0x200d

/* What becomes of a code point on a terminal. */
enum verdict { VERDICT_MARK, VERDICT_KEEP, VERDICT_LEAVE_OUT };

/* Where the walk stands in its line. */
struct walk {
	bool has_base; /* something a combining mark can sit on */
	int n_marks; /* on that base so far */
	uint32_t last; /* the character before, 0 at the start */
	bool is_emoji; /* the base is a pictograph */
	bool joined; /* and what follows is joined to it */
	int n_joins; /* in this emoji so far */
};

static bool
is_plain_ascii(uint32_t cp)
{
	return cp >= 0x20 && cp < 0x7f;
}

bool
filter_allows(uint32_t cp)
{
	static const uint32_t visible =
		UC_CATEGORY_MASK_L | UC_CATEGORY_MASK_M | UC_CATEGORY_MASK_N |
		UC_CATEGORY_MASK_P | UC_CATEGORY_MASK_S | UC_CATEGORY_MASK_Zs;

	if (is_plain_ascii(cp) || (cp >= 0xc0 && cp < 0x250) ||
	    cp == VARIATION_TEXT || cp == VARIATION_EMOJI)
		return true; /* Latin letters, too: what is most often asked */
	if (cp < 0xa0 || cp > 0x10ffff)
		return false;
	return uc_is_general_category_withtable(cp, visible) &&
	       !uc_is_property_default_ignorable_code_point(cp);
}

static bool
is_regional_indicator(uint32_t cp)
{
	return cp >= 0x1f1e6 && cp <= 0x1f1ff; /* flags join by two only */
}

/*
 * Combining marks, and letters that make no grapheme or column of their own
 * (jamo, skin tones, Prepend): those pile up without end just as well.
 */
static bool
sits_on_base(const struct walk *walk, uint32_t cp)
{
	if (cp < 0x300)
		return walk->last >= 0x300 &&
		       !uc_is_grapheme_break(walk->last, cp);
	if (uc_is_general_category_withtable(cp, UC_CATEGORY_MASK_M) ||
	    uc_width(cp, "UTF-8") == 0)
		return true;
	return !is_regional_indicator(cp) &&
	       !uc_is_grapheme_break(walk->last, cp);
}

static bool
is_skin_tone(uint32_t cp)
{
	return cp >= 0x1f3fb && cp <= 0x1f3ff;
}

/* Makes a pictograph wide or not, or of another colour. */
static bool
is_style(uint32_t cp)
{
	return cp == VARIATION_TEXT || cp == VARIATION_EMOJI ||
	       is_skin_tone(cp);
}

static void
start_base(struct walk *walk, uint32_t cp)
{
	walk->n_joins = walk->joined ? walk->n_joins + 1 : 0;
	walk->joined = false;
	walk->has_base = true;
	walk->n_marks = 0;
	walk->last = cp;
	walk->is_emoji = utf8_is_pictographic(cp);
}

/* UAX 29, GB11; `rest` is what follows it. */
static bool
joins_emoji(const struct walk *walk, const char *rest, size_t len)
{
	uint32_t next;

	return walk->is_emoji && walk->n_joins < FILTER_JOINS &&
	       utf8_decode(rest, len, &next) > 0 && utf8_is_pictographic(next);
}

/* What stands there is a mark like <1B>, a fine base. */
static enum verdict
mark(struct walk *walk)
{
	start_base(walk, '>');
	return VERDICT_MARK;
}

static enum verdict
admit_mark(struct walk *walk, uint32_t cp)
{
	bool full = walk->n_marks == FILTER_MARKS;

	if (!walk->has_base || (full && !is_plain_ascii(cp)) ||
	    (is_skin_tone(cp) && !walk->is_emoji)) {
		walk->last = '>';
		return VERDICT_MARK;
	}
	walk->n_marks += full ? 0 : 1;
	walk->last = cp;
	return is_style(cp) ? VERDICT_LEAVE_OUT : VERDICT_KEEP;
}

/* What becomes of it, here, before `rest`? Moves the walk on. */
static enum verdict
admit(struct walk *walk, uint32_t cp, const char *rest, size_t len)
{
	if (cp == JOINER && joins_emoji(walk, rest, len)) {
		walk->joined = true;
		return VERDICT_LEAVE_OUT;
	}
	if (!is_plain_ascii(cp) && !filter_allows(cp))
		return mark(walk);
	if (sits_on_base(walk, cp))
		return admit_mark(walk, cp);
	start_base(walk, cp);
	return VERDICT_KEEP;
}

/* Printable ASCII at once: only the first of it may join what is before. */
static enum verdict
admit_plain(struct walk *walk, size_t n)
{
	enum verdict v = admit(walk, 'x', "", 0);

	if (n > 1)
		start_base(walk, 'x');
	return v;
}

static void
start_line(struct walk *walk)
{
	*walk = (struct walk){ .has_base = false };
}

static void
add_mark(struct buf *out, uint32_t cp, char byte)
{
	if (cp == UINT32_MAX)
		buf_printf(out, "<%02X>", (unsigned char)byte);
	else
		buf_printf(out, cp < 0x100 ? "<%02X>" : "<%04X>", cp);
}

/* Bytes at `s` that end a line in a text: "\n" 1, "\r\n" 2, else 0. */
static size_t
match_newline(const char *s, size_t len)
{
	if (s[0] == '\n')
		return 1;
	return s[0] == '\r' && len > 1 && s[1] == '\n' ? 2 : 0;
}

/* One code point that is not plain ASCII; returns the bytes it took. */
static size_t
filter_one(struct buf *out, struct walk *walk, const char *s, size_t len)
{
	uint32_t cp;
	size_t n = utf8_decode(s, len, &cp);

	if (cp == '\t') {
		(void)admit(walk, ' ', "", 0);
		buf_char(out, ' ');
		return n;
	}
	switch (admit(walk, cp, s + n, len - n)) {
	case VERDICT_KEEP:
		buf_add(out, s, n);
		break;
	case VERDICT_MARK:
		add_mark(out, cp, s[0]);
		break;
	case VERDICT_LEAVE_OUT:
		break;
	}
	return n;
}

static void
filter_lines(struct buf *out, const char *s, size_t len, bool newlines)
{
	struct walk walk = { .has_base = false };
	size_t pos = 0, n;

	while (pos < len) {
		if ((n = utf8_plain(s + pos, len - pos)) > 0) {
			buf_add(out, s + pos, n);
			(void)admit_plain(&walk, n);
		} else if (newlines &&
			   (n = match_newline(s + pos, len - pos)) > 0) {
			buf_char(out, '\n');
			start_line(&walk);
		} else {
			n = filter_one(out, &walk, s + pos, len - pos);
		}
		pos += n;
	}
}

void
filter_line(struct buf *out, const char *s, size_t len)
{
	filter_lines(out, s, len, false);
}

void
filter_text(struct buf *out, const char *s, size_t len)
{
	filter_lines(out, s, len, true);
}

static int
columns_of_marks(const char *s, size_t len)
{
	struct buf shown = BUF_INIT;
	size_t at, end;
	int width, sum = 0;

	filter_line(&shown, s, len);
	for (at = 0; at < shown.len; at = end) {
		end = utf8_next(shown.ptr, shown.len, at);
		width = utf8_cluster_width(shown.ptr + at, end - at);
		sum += width > 0 ? width : 1;
	}
	buf_release(&shown);
	return sum;
}

int
filter_columns(const char *s, size_t len)
{
	struct walk walk = { .has_base = false };
	uint32_t cp;

	if (len == 1 && is_plain_ascii((unsigned char)s[0]))
		return 1;
	/* Nearly always one letter: no need to see it filtered. */
	if (utf8_decode(s, len, &cp) == len && filter_allows(cp) &&
	    !sits_on_base(&walk, cp))
		return utf8_cluster_width(s, len);
	return columns_of_marks(s, len);
}

/* Bytes at `s` that end a line, however; else 0. */
static size_t
match_any_newline(const char *s, size_t len)
{
	size_t n = match_newline(s, len);

	return n > 0 || s[0] != '\r' ? n : 1;
}

/* Of what is left out nothing stays that a mark could sit on. */
static bool
takes(struct walk *walk, uint32_t cp, const char *rest, size_t len)
{
	struct walk before = *walk;

	if (admit(walk, cp, rest, len) != VERDICT_MARK)
		return true;
	*walk = before;
	return false;
}

void
filter_input(struct buf *out, const char *s, size_t len)
{
	struct walk walk = { .has_base = false };
	uint32_t cp;
	size_t pos = 0, n;

	for (; pos < len; pos += n) {
		if ((n = match_any_newline(s + pos, len - pos)) > 0) {
			buf_char(out, '\n');
			start_line(&walk);
			continue;
		}
		n = utf8_decode(s + pos, len - pos, &cp);
		if (takes(&walk, cp == '\t' ? ' ' : cp, s + pos + n,
			  len - pos - n))
			buf_add(out, s + pos, n);
	}
}

bool
filter_accepts(const char *s, size_t len, size_t *pos)
{
	struct walk walk = { .has_base = false };
	uint32_t cp;
	size_t n;

	for (*pos = 0; *pos < len; *pos += n) {
		if ((n = utf8_plain(s + *pos, len - *pos)) > 0) {
			if (admit_plain(&walk, n) == VERDICT_MARK)
				return false;
			continue;
		}
		if ((n = match_newline(s + *pos, len - *pos)) > 0) {
			start_line(&walk);
			continue;
		}
		n = utf8_decode(s + *pos, len - *pos, &cp);
		if (admit(&walk, cp == '\t' ? ' ' : cp, s + *pos + n,
			  len - *pos - n) == VERDICT_MARK)
			return false;
	}
	return true;
}
