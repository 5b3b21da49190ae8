/*
 * sequence.c - CSI: parameters, intermediates, one final byte (ECMA-48 5.4).
 * Final bytes are looked up in tables; "~" (and rxvt's "$ ^ @") in a second
 * one by their number. Parameter 2 of xterm, less one, is a bit set of
 * modifiers. What is in no table is an answer to a question nobody asked.
 */
#include "ui/sequence.h"

#include <string.h>

#define ESC '\x1b'

#define CSI_PARAMS 3

struct csi {
	int params[CSI_PARAMS];
	int n_params;
	char first; /* '<' of a mouse report, or NUL */
	bool private; /* ? > < = : an answer */
	bool intermediate;
	char final;
};

struct final_row {
	char final;
	enum key_code code;
	int number;
};

static const struct final_row csi_finals[] = {
	{ 'A', KEY_UP_, 0 },	 { 'B', KEY_DOWN_, 0 }, { 'C', KEY_RIGHT_, 0 },
	{ 'D', KEY_LEFT_, 0 },	 { 'H', KEY_HOME_, 0 }, { 'F', KEY_END_, 0 },
	{ 'Z', KEY_BACKTAB, 0 }, { 'P', KEY_F_, 1 },	{ 'Q', KEY_F_, 2 },
	{ 'R', KEY_F_, 3 },	 { 'S', KEY_F_, 4 },
};

/* Application cursor keys, PF keys and numeric keypad (VT100, DECKPAM). */
static const struct final_row ss3_finals[] = {
	{ 'A', KEY_UP_, 0 },   { 'B', KEY_DOWN_, 0 },  { 'C', KEY_RIGHT_, 0 },
	{ 'D', KEY_LEFT_, 0 }, { 'H', KEY_HOME_, 0 },  { 'F', KEY_END_, 0 },
	{ 'P', KEY_F_, 1 },    { 'Q', KEY_F_, 2 },     { 'R', KEY_F_, 3 },
	{ 'S', KEY_F_, 4 },    { 'M', KEY_RETURN, 0 }, { 'I', KEY_TAB_, 0 },
};

/* rxvt: a small letter is the arrow with Ctrl (SS3) or Shift (CSI). */
static const struct final_row rxvt_finals[] = {
	{ 'a', KEY_UP_, 0 },
	{ 'b', KEY_DOWN_, 0 },
	{ 'c', KEY_RIGHT_, 0 },
	{ 'd', KEY_LEFT_, 0 },
};

/* ESC [ [ A …: function keys of the Linux console. */
static const struct final_row console_finals[] = {
	{ 'A', KEY_F_, 1 }, { 'B', KEY_F_, 2 }, { 'C', KEY_F_, 3 },
	{ 'D', KEY_F_, 4 }, { 'E', KEY_F_, 5 },
};

static const struct tilde_row {
	int param;
	enum key_code code;
	int number;
	bool shift;
} tildes[] = {
	{ 1, KEY_HOME_, 0, false },  { 2, KEY_INSERT, 0, false },
	{ 3, KEY_DELETE, 0, false }, { 4, KEY_END_, 0, false },
	{ 5, KEY_PGUP, 0, false },   { 6, KEY_PGDN, 0, false },
	{ 7, KEY_HOME_, 0, false },  { 8, KEY_END_, 0, false },
	{ 11, KEY_F_, 1, false },    { 12, KEY_F_, 2, false },
	{ 13, KEY_F_, 3, false },    { 14, KEY_F_, 4, false },
	{ 15, KEY_F_, 5, false },    { 17, KEY_F_, 6, false },
	{ 18, KEY_F_, 7, false },    { 19, KEY_F_, 8, false },
	{ 20, KEY_F_, 9, false },    { 21, KEY_F_, 10, false },
	{ 23, KEY_F_, 11, false },   { 24, KEY_F_, 12, false },
	{ 25, KEY_F_, 3, true },     { 26, KEY_F_, 4, true },
	{ 28, KEY_F_, 5, true },     { 29, KEY_F_, 6, true },
	{ 31, KEY_F_, 7, true },     { 32, KEY_F_, 8, true },
	{ 33, KEY_F_, 9, true },     { 34, KEY_F_, 10, true },
};

/* ESC O j … y: the characters on the keypad, in order. */
static const char keypad[] = "*+,-./0123456789";

#define KEYPAD_FIRST 'j'
#define KEYPAD_LAST 'y'
#define N_ROWS(table) (sizeof(table) / sizeof((table)[0]))
#define PARAM_MAX 9999

static const struct final_row *
find_final(const struct final_row *rows, size_t n, char final)
{
	for (size_t i = 0; i < n; i++)
		if (rows[i].final == final)
			return &rows[i];
	return NULL;
}

static bool
set_key(struct key *key, const struct final_row *row)
{
	if (!row)
		return false;
	key->code = row->code;
	key->number = row->number;
	return true;
}

/* xterm: 1 + (1 Shift, 2 Alt, 4 Ctrl, 8 Meta). */
static void
set_modifiers(struct key *key, int param)
{
	int bits = param - 1;

	if (bits <= 0 || bits > 15)
		return;
	key->shift = (bits & 1) != 0;
	key->alt = (bits & 10) != 0;
	key->ctrl = (bits & 4) != 0;
}

static bool
read_tilde(const struct csi *csi, struct key *key)
{
	for (size_t i = 0; i < N_ROWS(tildes); i++) {
		if (tildes[i].param != csi->params[0])
			continue;
		key->code = tildes[i].code;
		key->number = tildes[i].number;
		set_modifiers(key, csi->params[1]);
		key->shift |= tildes[i].shift || csi->final == '$' ||
			      csi->final == '@';
		key->ctrl |= csi->final == '^' || csi->final == '@';
		return true;
	}
	return false;
}

/* A cursor position report looks like F3 with a modifier, but for its row. */
static bool
is_report(const struct csi *csi)
{
	if (csi->final != 'R' || csi->n_params < 2)
		return false;
	return csi->params[0] != 1 || csi->params[1] < 2 || csi->params[1] > 16;
}

static bool
read_final(const struct csi *csi, struct key *key)
{
	if (csi->final == 'R' && is_report(csi))
		return false;
	if (!csi->n_params &&
	    set_key(key,
		    find_final(rxvt_finals, N_ROWS(rxvt_finals), csi->final))) {
		key->shift = true;
		return true;
	}
	if (!set_key(key,
		     find_final(csi_finals, N_ROWS(csi_finals), csi->final)))
		return false;
	set_modifiers(key, csi->params[1]);
	return true;
}

/* xterm, SGR 1006: CSI < button ; column ; row M (pressed) or m. */
static bool
is_mouse(const struct csi *csi)
{
	return csi->first == '<' && csi->final == 'M' && !csi->intermediate &&
	       csi->n_params == 3 && csi->params[1] >= 1 && csi->params[2] >= 1;
}

#define BUTTON_LEFT 0
#define BUTTON_WHEEL_UP 64
#define BUTTON_WHEEL_DOWN 65

static enum sequence_kind
judge_mouse(const struct csi *csi, struct key *key)
{
	switch (csi->params[0]) {
	case BUTTON_LEFT:
		key->code = KEY_CLICK;
		break;
	case BUTTON_WHEEL_UP:
	case BUTTON_WHEEL_DOWN:
		key->code = KEY_WHEEL;
		key->number = csi->params[0] == BUTTON_WHEEL_UP ? -1 : 1;
		break;
	default:
		return SEQUENCE_NOISE;
	}
	key->col = csi->params[1] - 1;
	key->row = csi->params[2] - 1;
	return SEQUENCE_MOUSE;
}

static enum sequence_kind
judge_csi(const struct csi *csi, struct key *key)
{
	bool known;

	if (is_mouse(csi))
		return judge_mouse(csi, key);
	if (csi->private || csi->intermediate)
		return SEQUENCE_NOISE;
	if (csi->final == '~' && csi->params[0] == 200)
		return SEQUENCE_PASTE;
	if (csi->n_params && strchr("~$^@", csi->final))
		known = read_tilde(csi, key);
	else
		known = read_final(csi, key);
	return known ? SEQUENCE_KEY : SEQUENCE_NOISE;
}

static void
take_param_byte(struct csi *csi, char c)
{
	int i = csi->n_params ? csi->n_params - 1 : 0;

	if (c == '<' && !csi->n_params)
		csi->first = c;
	if (c >= '<' && (csi->n_params || c != '<'))
		csi->first = '\0';
	if (c >= '<')
		csi->private = true;
	if (!csi->n_params)
		csi->n_params = 1;
	if (c == ';') {
		csi->n_params++;
	} else if (c >= '0' && c <= '9' && i < CSI_PARAMS) {
		int n = csi->params[i] * 10 + (c - '0');

		csi->params[i] = n > PARAM_MAX ? PARAM_MAX : n;
	}
}

/* rxvt ends Shift-keys in "$", which otherwise is an intermediate byte. */
static bool
is_rxvt_shift(const struct csi *csi, char c)
{
	return c == '$' && csi->n_params == 1 && !csi->private &&
	       !csi->intermediate;
}

/* `s` from ESC [ on. */
static enum sequence_kind
read_csi(const char *s, size_t len, struct key *key, size_t *taken)
{
	struct csi csi = { .n_params = 0 };

	for (size_t i = 2; i < len; i++) {
		unsigned char c = (unsigned char)s[i];

		*taken = i;
		if (i == SEQUENCE_MAX)
			return SEQUENCE_LONG;
		if (c < 0x20 || c > 0x7e)
			return SEQUENCE_NOISE;
		if (c >= 0x40 || is_rxvt_shift(&csi, s[i])) {
			csi.final = s[i];
			*taken = i + 1;
			return judge_csi(&csi, key);
		}
		if (c < 0x30)
			csi.intermediate = true;
		else
			take_param_byte(&csi, s[i]);
	}
	*taken = 0;
	return SEQUENCE_PART;
}

/* ESC [ [ and a letter, or ESC [ M and three bytes (a mouse report). */
static enum sequence_kind
read_fixed(const char *s, size_t len, struct key *key, size_t *taken)
{
	size_t want = s[2] == 'M' ? 6 : 4;

	if (len < want)
		return SEQUENCE_PART;
	*taken = want;
	if (s[2] == '[' &&
	    set_key(key,
		    find_final(console_finals, N_ROWS(console_finals), s[3])))
		return SEQUENCE_KEY;
	return SEQUENCE_NOISE;
}

static bool
read_keypad(char c, bool digits, struct key *key)
{
	if (c < KEYPAD_FIRST || c > KEYPAD_LAST)
		return false;
	if (c == 'w' && !digits) {
		key->code = KEY_END_;
		return true;
	}
	key->code = KEY_TEXT;
	key->text = &keypad[c - KEYPAD_FIRST];
	key->len = 1;
	return true;
}

/* ESC O, perhaps a modifier digit (old xterm), and a letter. */
static enum sequence_kind
read_ss3(const char *s, size_t len, bool digits, struct key *key, size_t *taken)
{
	size_t at = len > 2 && s[2] >= '1' && s[2] <= '9' ? 3 : 2;

	if (len <= at)
		return SEQUENCE_PART;
	*taken = at + 1;
	if (at == 3)
		set_modifiers(key, s[2] - '0');
	if (set_key(key, find_final(ss3_finals, N_ROWS(ss3_finals), s[at])) ||
	    read_keypad(s[at], digits, key))
		return SEQUENCE_KEY;
	if (set_key(key, find_final(rxvt_finals, N_ROWS(rxvt_finals), s[at]))) {
		key->ctrl = true;
		return SEQUENCE_KEY;
	}
	*taken = s[at] < 0x20 ? at : at + 1;
	return SEQUENCE_NOISE;
}

enum sequence_kind
sequence_read(const char *s, size_t len, bool digits, struct key *key,
	      size_t *taken)
{
	*key = (struct key){ .code = KEY_NONE_, .text = "" };
	*taken = 0;
	if (len < 2)
		return SEQUENCE_PART;
	if (s[1] == 'O')
		return read_ss3(s, len, digits, key, taken);
	if (s[1] != '[') {
		*taken = 2;
		return SEQUENCE_STRING;
	}
	if (len > 2 && (s[2] == '[' || s[2] == 'M'))
		return read_fixed(s, len, key, taken);
	return read_csi(s, len, key, taken);
}

bool
sequence_begins(char second)
{
	return second && strchr("[O]P^_X", second) != NULL;
}

bool
sequence_is_keypad(const char *s, size_t len)
{
	return len == 3 && s[0] == ESC && s[1] == 'O' &&
	       ((s[2] >= 'j' && s[2] <= 'y' && s[2] != 'w') || s[2] == 'M');
}
