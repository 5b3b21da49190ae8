/* Bytes of a terminal: the same keys however they arrive, all harmless. */
#include "fuzz.h"

#include <assert.h>
#include <string.h>

#include "plein/filter.h"
#include "plein/utf8.h"
#include "ui/key.h"

#define PASTE_END "\x1b[201~"
#define PASTE_END_LEN 6

static void
check_paste(const struct key *key)
{
	size_t at;

	assert(filter_accepts(key->text, key->len, &at));
	assert(!memchr(key->text, '\r', key->len));
}

static void
check_key(const struct key *key)
{
	uint32_t cp;

	assert(key->code > KEY_NONE_ && key->code <= KEY_WHEEL);
	if (key->code == KEY_TEXT) {
		assert(utf8_decode(key->text, key->len, &cp) == key->len);
		assert(filter_allows(cp));
	} else if (key->code == KEY_PASTE) {
		check_paste(key);
	} else if (key->code == KEY_CTRL) {
		assert(key->len == 1);
	} else if (key->code == KEY_CLICK) {
		assert(key->row >= 0 && key->col >= 0);
	} else if (key->code == KEY_WHEEL) {
		assert(key->number == -1 || key->number == 1);
	} else if (key->code == KEY_F_) {
		assert(key->number >= 1 && key->number <= 12);
	}
}

/* Take all keys that are there; a line of `out` for each. */
static void
drain(struct keys *k, bool idle, struct buf *out)
{
	struct buf label = BUF_INIT;
	struct key key;

	while (keys_next(k, idle, &key)) {
		check_key(&key);
		key_label(&label, &key);
		buf_printf(out, "%d %d %d%d%d %d %d ", (int)key.code,
			   key.number, key.shift, key.ctrl, key.alt, key.row,
			   key.col);
		if (key.len > 0)
			buf_add(out, key.text, key.len);
		buf_char(out, '\n');
	}
	buf_release(&label);
}

static void
type_in_pieces(const uint8_t *data, size_t size, size_t piece, struct buf *out)
{
	struct keys *k = keys_new();
	size_t n;

	keys_take_mouse(k, size % 2 == 0);
	for (size_t at = 0; at < size; at += n) {
		n = size - at < piece ? size - at : piece;
		keys_feed(k, data + at, n);
		drain(k, false, out);
	}
	drain(k, true, out);
	keys_free(k);
}

/*
 * With two ends of a paste it matters which of them is already here: the
 * first is then taken for a part of the text.
 */
static bool
has_two_ends(const uint8_t *data, size_t size)
{
	const uint8_t *end = memmem(data, size, PASTE_END, PASTE_END_LEN);

	if (!end)
		return false;
	end += PASTE_END_LEN;
	return memmem(end, size - (size_t)(end - data), PASTE_END,
		      PASTE_END_LEN) != NULL;
}

static void
compare_pieces(const uint8_t *data, size_t size, size_t piece,
	       const struct buf *whole)
{
	struct buf pieces = BUF_INIT;

	type_in_pieces(data, size, piece, &pieces);
	if (!has_two_ends(data, size)) {
		assert(whole->len == pieces.len);
		assert(memcmp(whole->ptr, pieces.ptr, whole->len) == 0);
	}
	buf_release(&pieces);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct buf whole = BUF_INIT;

	type_in_pieces(data, size, size + 1, &whole);
	compare_pieces(data, size, 1, &whole);
	compare_pieces(data, size, 3, &whole);
	buf_release(&whole);
	return 0;
}
