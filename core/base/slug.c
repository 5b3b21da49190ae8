/*
 * slug.c - from a title to a slug: plain lower-case letters and digits stay,
 * apostrophes vanish, everything else separates words.
 */
#include "plein/path.h"

#include <stdint.h>
#include <string.h>

#include "plein/utf8.h"

/* Words are added whole, as long as they fit. */
struct words {
	struct buf *out;
	size_t start; /* of the slug in out */
	struct buf word;
	bool full;
};

static void
end_word(struct words *w)
{
	size_t have = w->out->len - w->start;
	size_t dash = have > 0;

	if (w->word.len == 0 || w->full)
		goto out;
	if (have == 0 && w->word.len > SLUG_MAX)
		w->word.len = SLUG_MAX;
	if (have + dash + w->word.len > SLUG_MAX) {
		w->full = true;
		goto out;
	}
	if (dash)
		buf_char(w->out, '-');
	buf_add(w->out, w->word.ptr, w->word.len);
out:
	buf_reset(&w->word);
}

static bool
is_apostrophe(uint32_t cp)
{
	return cp == '\'' || cp == '`' || cp == 0x2018 || cp == 0x2019 ||
	       cp == 0x2bc;
}

static void
add_rune(struct words *w, uint32_t cp)
{
	if ((cp >= 'a' && cp <= 'z') || (cp >= '0' && cp <= '9')) {
		buf_char(&w->word, (char)cp);
	} else if (cp == '&') {
		end_word(w);
		buf_str(&w->word, "en");
		end_word(w);
	} else if (!is_apostrophe(cp)) {
		end_word(w);
	}
}

void
slug_from_title(struct buf *out, const char *title)
{
	struct words w = { out, out->len, BUF_INIT, false };
	struct buf plain = BUF_INIT;
	uint32_t cp;

	utf8_fold(&plain, title, strlen(title));
	for (size_t pos = 0; pos < plain.len;) {
		pos += utf8_decode(plain.ptr + pos, plain.len - pos, &cp);
		add_rune(&w, cp);
	}
	end_word(&w);
	buf_release(&w.word);
	buf_release(&plain);
}
