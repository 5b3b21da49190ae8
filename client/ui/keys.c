/*
 * keys.c - the decoder. Bytes wait in one buffer; each step looks at its
 * front and either takes a key off, drops something, or asks for more bytes.
 *
 * Three states besides: inside a bracketed paste everything up to its end is
 * text; inside a string (OSC, DCS …) or an overlong CSI sequence everything
 * up to its end is dropped. None can lock a person out: a string also ends
 * at the first pause, a paste also at two ESC in a row.
 */
#include "ui/key.h"

#include <stdlib.h>
#include <string.h>

#include "plein/filter.h"
#include "plein/mem.h"
#include "plein/utf8.h"
#include "ui/sequence.h"

#define ESC 0x1b
#define BEL 0x07
#define PASTE_BEGIN "\x1b[200~"
#define PASTE_END "\x1b[201~"
#define PASTE_END_LEN 6
#define TEXT_KEPT 256 /* bytes of memory that stay after a paste */

enum state { STATE_KEYS, STATE_PASTE, STATE_STRING, STATE_LONG };

struct keys {
	enum state state;
	struct buf in; /* bytes [start, in.len) are unread */
	size_t start;
	struct buf paste;
	struct buf text; /* what the last key's text points to */
	bool paste_cut;
	bool digits; /* see sequence_read() */
	bool mouse; /* its reports are wanted */
};

enum step {
	STEP_KEY, /* a key is there */
	STEP_GOON, /* something was taken, no key came of it */
	STEP_WAIT /* nothing more without more bytes */
};

struct keys *
keys_new(void)
{
	struct keys *k = mem_alloc(sizeof(*k));

	buf_init(&k->in);
	buf_init(&k->paste);
	buf_init(&k->text);
	return k;
}

void
keys_free(struct keys *k)
{
	if (!k)
		return;
	buf_release(&k->in);
	buf_release(&k->paste);
	buf_release(&k->text);
	free(k);
}

void
keys_feed(struct keys *k, const void *data, size_t len)
{
	buf_erase(&k->in, 0, k->start);
	k->start = 0;
	buf_add(&k->in, data, len);
}

static const char *
front(const struct keys *k)
{
	return k->in.ptr + k->start;
}

static size_t
unread(const struct keys *k)
{
	return k->in.len - k->start;
}

static enum step
give(struct key *out, enum key_code code)
{
	out->code = code;
	return STEP_KEY;
}

/* A key made of one byte that is copied, so that it outlives the input. */
static enum step
give_text(struct keys *k, struct key *out, const char *s, size_t len)
{
	buf_reset(&k->text);
	buf_add(&k->text, s, len);
	out->text = k->text.ptr;
	out->len = k->text.len;
	return STEP_KEY;
}

static enum step
give_control(struct keys *k, unsigned char c, struct key *out)
{
	static const char others[] = "\\]6_";
	char name = ' ';

	if (c >= 0x1c)
		name = others[c - 0x1c];
	else if (c)
		name = (char)('a' + c - 1);
	out->code = KEY_CTRL;
	return give_text(k, out, &name, 1);
}

static enum step
take_control(struct keys *k, unsigned char c, struct key *out)
{
	k->start++;
	switch (c) {
	case '\t':
		return give(out, KEY_TAB_);
	case '\r':
	case '\n':
		return give(out, KEY_RETURN);
	case '\b':
	case 0x7f:
		return give(out, KEY_BACK);
	default:
		return give_control(k, c, out);
	}
}

/* Is `s` the beginning of a longer UTF-8 sequence, as far as it goes? */
static bool
is_cut_off(const char *s, size_t len)
{
	unsigned char lead = (unsigned char)s[0];
	size_t want = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;

	return lead >= 0xc2 && len < want && len + utf8_missing(s, len) == want;
}

static enum step
take_character(struct keys *k, bool idle, struct key *out)
{
	uint32_t cp;
	const char *s = front(k);
	size_t len = utf8_decode(s, unread(k), &cp);

	if (cp == UINT32_MAX && !idle && is_cut_off(s, unread(k)))
		return STEP_WAIT;
	k->start += len;
	if (cp == UINT32_MAX || !filter_allows(cp))
		return STEP_GOON;
	out->code = KEY_TEXT;
	return give_text(k, out, s, len);
}

static enum step
enter_state(struct keys *k, enum state state)
{
	k->state = state;
	return STEP_GOON;
}

static enum step
take_sequence(struct keys *k, bool idle, struct key *out)
{
	const char *s = front(k);
	size_t taken;
	enum sequence_kind kind =
		sequence_read(s, unread(k), k->digits, out, &taken);

	if (kind == SEQUENCE_PART && !idle)
		return STEP_WAIT;
	k->start += kind == SEQUENCE_PART ? unread(k) : taken;
	switch (kind) {
	case SEQUENCE_KEY:
		k->digits |= sequence_is_keypad(s, taken);
		return STEP_KEY;
	case SEQUENCE_MOUSE:
		return k->mouse ? STEP_KEY : STEP_GOON;
	case SEQUENCE_PASTE:
		return enter_state(k, STATE_PASTE);
	case SEQUENCE_STRING:
		return enter_state(k, STATE_STRING);
	case SEQUENCE_LONG:
		return enter_state(k, STATE_LONG);
	case SEQUENCE_PART:
	case SEQUENCE_NOISE:
		break;
	}
	return STEP_GOON;
}

/*
 * ESC before a whole key is Alt with it (rxvt, PuTTY); before anything else
 * it is the Esc key.
 */
static enum step
take_double_escape(struct keys *k, bool idle, struct key *out)
{
	size_t taken = 0;
	enum sequence_kind kind = SEQUENCE_PART;

	if (unread(k) > 2 && (front(k)[2] == '[' || front(k)[2] == 'O'))
		kind = sequence_read(front(k) + 1, unread(k) - 1, k->digits,
				     out, &taken);
	else if (unread(k) > 2)
		kind = SEQUENCE_NOISE;
	if (kind == SEQUENCE_PART && !idle)
		return STEP_WAIT;
	if (kind == SEQUENCE_KEY) {
		k->start += 1 + taken;
		out->alt = true;
		return STEP_KEY;
	}
	*out = (struct key){ .text = "" };
	k->start++;
	return give(out, KEY_ESC_);
}

/* Letters that terminals and people send with Alt: words, undo, mark. */
static bool
is_alt_letter(char c)
{
	return c && strchr("abefu", c) != NULL;
}

/* ESC and one byte that begins no sequence. */
static enum step
take_escaped(struct keys *k, char c, struct key *out)
{
	if (c >= '0' && c <= '9') {
		k->start += 2;
		out->number = c == '0' ? 10 : c - '0';
		return give(out, KEY_F_);
	}
	if (is_alt_letter(c)) {
		k->start += 2;
		out->code = KEY_TEXT;
		out->alt = true;
		return give_text(k, out, &c, 1);
	}
	k->start++;
	return give(out, KEY_ESC_);
}

static enum step
take_escape(struct keys *k, bool idle, struct key *out)
{
	const char *s = front(k);
	size_t len = unread(k);

	if (len == 1 && !idle)
		return STEP_WAIT;
	if (len > 1 && sequence_begins(s[1]))
		return take_sequence(k, idle, out);
	if (len > 1 && s[1] == ESC)
		return take_double_escape(k, idle, out);
	return take_escaped(k, len > 1 ? s[1] : '\0', out);
}

static enum step
take_key(struct keys *k, bool idle, struct key *out)
{
	unsigned char c = (unsigned char)front(k)[0];

	if (c == ESC)
		return take_escape(k, idle, out);
	if (c < 0x20 || c == 0x7f)
		return take_control(k, c, out);
	return take_character(k, idle, out);
}

/* Up to ST, BEL, a pause, or an ESC that begins something else. */
static enum step
skip_string(struct keys *k, bool idle)
{
	while (unread(k)) {
		const char *s = front(k);

		if (*s == ESC && unread(k) == 1 && !idle)
			return STEP_WAIT;
		if (*s == ESC) {
			k->start += unread(k) > 1 && s[1] == '\\' ? 2 : 0;
			return enter_state(k, STATE_KEYS);
		}
		k->start++;
		if (*s == BEL)
			return enter_state(k, STATE_KEYS);
	}
	if (!idle)
		return STEP_WAIT;
	return enter_state(k, STATE_KEYS);
}

/* Up to the final byte, or a byte that has no place in a sequence. */
static enum step
skip_long(struct keys *k, bool idle)
{
	while (unread(k)) {
		unsigned char c = (unsigned char)front(k)[0];

		if (c < 0x20 || c > 0x7e)
			return enter_state(k, STATE_KEYS);
		k->start++;
		if (c >= 0x40)
			return enter_state(k, STATE_KEYS);
	}
	if (!idle)
		return STEP_WAIT;
	return enter_state(k, STATE_KEYS);
}

static void
add_to_paste(struct keys *k, size_t len)
{
	size_t room = KEY_PASTE_MAX - k->paste.len;

	if (len > room)
		k->paste_cut = true;
	buf_add(&k->paste, front(k), len < room ? len : room);
	k->start += len;
}

static enum step
end_paste(struct keys *k, struct key *out)
{
	k->state = STATE_KEYS;
	buf_reset(&k->text);
	/* what no page may hold is left out */
	filter_input(&k->text, k->paste.ptr, k->paste.len);
	buf_release(&k->paste);
	out->code = KEY_PASTE;
	out->number = k->paste_cut ? 1 : 0;
	out->text = k->text.ptr;
	out->len = k->text.len;
	k->paste_cut = false;
	return STEP_KEY;
}

/*
 * Pasted text may itself hold an end of paste. When another end is already
 * here and no paste began in between, this one was part of the text.
 */
static bool
is_inner_end(const char *s, size_t len)
{
	const char *end = memmem(s, len, PASTE_END, PASTE_END_LEN);

	return end &&
	       !memmem(s, (size_t)(end - s), PASTE_BEGIN, strlen(PASTE_BEGIN));
}

/* Bytes at the end that may be the first of an end of paste. */
static size_t
count_partial_end(const char *s, size_t len)
{
	size_t n = len < PASTE_END_LEN ? len : PASTE_END_LEN - 1;

	while (n && memcmp(s + len - n, PASTE_END, n) != 0)
		n--;
	return n;
}

static enum step
take_paste(struct keys *k, struct key *out)
{
	const char *s = front(k);
	size_t len = unread(k);
	const char *esc = memchr(s, ESC, len);
	size_t before = esc ? (size_t)(esc - s) : len;

	add_to_paste(k, before);
	s += before;
	len -= before;
	if (len <= count_partial_end(s, len))
		return STEP_WAIT;
	if (len >= 2 && s[1] == ESC) {
		k->start += 2;
		return end_paste(k, out);
	}
	if (len < PASTE_END_LEN || memcmp(s, PASTE_END, PASTE_END_LEN) != 0) {
		k->start++;
		return STEP_GOON;
	}
	k->start += PASTE_END_LEN;
	if (is_inner_end(front(k), unread(k)))
		return STEP_GOON;
	return end_paste(k, out);
}

static enum step
take_step(struct keys *k, bool idle, struct key *out)
{
	switch (k->state) {
	case STATE_PASTE:
		return take_paste(k, out);
	case STATE_STRING:
		return skip_string(k, idle);
	case STATE_LONG:
		return skip_long(k, idle);
	case STATE_KEYS:
		break;
	}
	return unread(k) ? take_key(k, idle, out) : STEP_WAIT;
}

bool
keys_next(struct keys *k, bool idle, struct key *out)
{
	if (k->text.cap > TEXT_KEPT)
		buf_release(&k->text);
	for (;;) {
		enum step step;

		*out = (struct key){ .code = KEY_NONE_, .text = "" };
		step = take_step(k, idle, out);
		if (step == STEP_KEY)
			return true;
		if (step == STEP_WAIT)
			return false;
	}
}

void
keys_take_mouse(struct keys *k, bool on)
{
	k->mouse = on;
}

bool
keys_pending(const struct keys *k)
{
	switch (k->state) {
	case STATE_PASTE:
		return false;
	case STATE_STRING:
	case STATE_LONG:
		return true;
	case STATE_KEYS:
		break;
	}
	return unread(k) > 0;
}
