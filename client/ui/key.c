/*
 * key.c - names of keys. Modifiers come first ("Ctrl-Shift-Left"); the rest
 * is one row of the table, "F" and a number, or a single character.
 */
#include "ui/key.h"

#include <ctype.h>
#include <string.h>

#include "plein/filter.h"
#include "plein/utf8.h"

static const struct {
	const char *name;
	enum key_code code;
} names[] = {
	{ "Esc", KEY_ESC_ },	   { "Enter", KEY_RETURN },
	{ "Tab", KEY_TAB_ },	   { "Shift-Tab", KEY_BACKTAB },
	{ "Backspace", KEY_BACK }, { "Delete", KEY_DELETE },
	{ "Up", KEY_UP_ },	   { "Down", KEY_DOWN_ },
	{ "Left", KEY_LEFT_ },	   { "Right", KEY_RIGHT_ },
	{ "Home", KEY_HOME_ },	   { "End", KEY_END_ },
	{ "PgUp", KEY_PGUP },	   { "PgDn", KEY_PGDN },
	{ "Insert", KEY_INSERT },  { "Paste", KEY_PASTE },
	{ "Window", KEY_WINDOW },
};

#define N_NAMES (sizeof(names) / sizeof(names[0]))

/* What Ctrl makes keys of; struct key.text of a parsed name points in here. */
static const char controls[] = "abcdefghijklmnopqrstuvwxyz \\]6_";
static const char blank[] = " ";

static const char *
name_of_code(enum key_code code)
{
	for (size_t i = 0; i < N_NAMES; i++)
		if (names[i].code == code)
			return names[i].name;
	return "";
}

static void
name_text(struct buf *out, const struct key *k)
{
	if (k->len == 1 && k->text[0] == ' ')
		buf_str(out, "Space");
	else if (k->len == 1 && (k->code == KEY_CTRL || k->alt))
		buf_char(out, (char)toupper((unsigned char)k->text[0]));
	else
		buf_add(out, k->text, k->len);
}

void
key_label(struct buf *out, const struct key *k)
{
	if (k->ctrl || k->code == KEY_CTRL)
		buf_str(out, "Ctrl-");
	if (k->alt)
		buf_str(out, "Alt-");
	if (k->shift)
		buf_str(out, "Shift-");
	if (k->code == KEY_TEXT || k->code == KEY_CTRL)
		name_text(out, k);
	else if (k->code == KEY_F_)
		buf_printf(out, "F%d", k->number);
	else
		buf_str(out, name_of_code(k->code));
}

static bool
take_prefix(const char **name, const char *prefix)
{
	size_t len = strlen(prefix);

	if (strncmp(*name, prefix, len) != 0 || !(*name)[len])
		return false;
	*name += len;
	return true;
}

static void
parse_modifiers(const char **name, struct key *out)
{
	for (;;) {
		if (take_prefix(name, "Ctrl-"))
			out->ctrl = true;
		else if (take_prefix(name, "Alt-"))
			out->alt = true;
		else if (strcmp(*name, "Shift-Tab") != 0 &&
			 take_prefix(name, "Shift-"))
			out->shift = true;
		else
			return;
	}
}

static bool
parse_function(const char *name, struct key *out)
{
	static const char *const numbers[] = {
		"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"
	};

	if (name[0] != 'F')
		return false;
	for (int i = 0; i < 12; i++) {
		if (strcmp(name + 1, numbers[i]) != 0)
			continue;
		out->code = KEY_F_;
		out->number = i + 1;
		return true;
	}
	return false;
}

static bool
parse_table(const char *name, struct key *out)
{
	for (size_t i = 0; i < N_NAMES; i++) {
		if (strcmp(name, names[i].name) != 0)
			continue;
		out->code = names[i].code;
		return true;
	}
	return false;
}

/*
 * Ctrl and a character is a key of its own kind, not a modified letter; a
 * letter with Alt is the small one.
 */
static bool
parse_modified(const char *name, struct key *out)
{
	const char *at = strchr(controls, tolower((unsigned char)name[0]));

	if (name[1] || !at || !*at)
		return false;
	out->code = out->ctrl ? KEY_CTRL : KEY_TEXT;
	out->ctrl = false;
	out->text = at;
	out->len = 1;
	return true;
}

static bool
parse_character(const char *name, struct key *out)
{
	size_t len = strlen(name);
	uint32_t cp;

	if (!len || utf8_decode(name, len, &cp) != len || !filter_allows(cp))
		return false;
	if (out->ctrl || out->alt)
		return parse_modified(name, out);
	out->code = KEY_TEXT;
	out->text = name;
	out->len = len;
	return true;
}

bool
key_parse(const char *name, struct key *out)
{
	*out = (struct key){ .code = KEY_NONE_ };
	parse_modifiers(&name, out);
	if (strcmp(name, "Space") == 0)
		return parse_character(blank, out);
	return parse_table(name, out) || parse_function(name, out) ||
	       parse_character(name, out);
}
