/*
 * command.c - the list as tables, and the questions the rest asks of it.
 */
#include "base/command.h"

#include <string.h>

#include "plein/i18n.h"

static const struct command_row rows[] = {
#define X(id, group, keys, places, word, help) \
	{ CMD_##id, COMMAND_##group, keys, (unsigned)(places), word, help },
#include "base/command.def"
};

static const struct word_row words[] = {
#define W(id, nl, en, options, arguments, help) \
	{ WORD_##id, nl, en, options, arguments, help },
#include "base/command.def"
};

static const struct line_word line_words[] = {
#define L(id, nl, en) { CMD_##id, nl, en },
#include "base/command.def"
};

#define NAME_MAX_LEN 24

/* The next name of a blank-separated list, or false behind the last. */
static bool
take_name(const char **keys, char name[NAME_MAX_LEN])
{
	size_t len = strcspn(*keys, " ");

	if (!len)
		return false;
	memcpy(name, *keys, len);
	name[len] = '\0';
	*keys += len;
	*keys += strspn(*keys, " ");
	return true;
}

static bool
is_same_key(const struct key *a, const struct key *b)
{
	if (a->code != b->code || a->number != b->number ||
	    a->shift != b->shift || a->ctrl != b->ctrl || a->alt != b->alt)
		return false;
	if (a->code != KEY_TEXT && a->code != KEY_CTRL)
		return true;
	return a->len == b->len && memcmp(a->text, b->text, a->len) == 0;
}

static bool
has_key(const struct command_row *row, const struct key *k)
{
	const char *keys = row->keys;
	char name[NAME_MAX_LEN];
	struct key other;

	while (take_name(&keys, name))
		if (key_parse(name, &other) && is_same_key(&other, k))
			return true;
	return false;
}

enum command
command_of_key(const struct key *k, enum place at)
{
	for (size_t i = 0; i < CMD_N; i++)
		if ((rows[i].places & (unsigned)at) && has_key(&rows[i], k))
			return rows[i].id;
	return CMD_N;
}

const struct command_row *
command_row(enum command id)
{
	return &rows[id];
}

const char *
command_group_name(enum command_group group)
{
	static const char *const names[COMMAND_GROUPS] = {
		[COMMAND_MOVE] = N_("Moving around"),
		[COMMAND_READ] = N_("Reading"),
		[COMMAND_WRITE] = N_("Writing"),
		[COMMAND_DISCUSS] = N_("Discussing"),
		[COMMAND_HISTORY] = N_("History"),
		[COMMAND_PAGE] = N_("Page"),
		[COMMAND_PEOPLE] = N_("People"),
		[COMMAND_GO] = N_("Go to"),
		[COMMAND_PLEIN] = "Plein",
	};

	return names[group];
}

/* Keys whose names are words; the others are the same in every language. */
static const char *
translate_key(const char *name)
{
	static const struct {
		const char *name, *shown;
	} table[] = {
		{ "Up", N_("arrow up") },
		{ "Down", N_("arrow down") },
		{ "Left", N_("arrow left") },
		{ "Right", N_("arrow right") },
		{ "Space", N_("Space") },
		{ "1", "1-9" },
		{ "Ctrl-Left", N_("Ctrl-arrow left") },
		{ "Ctrl-Right", N_("Ctrl-arrow right") },
		{ "Ctrl-Up", N_("Ctrl-arrow up") },
		{ "Ctrl-Down", N_("Ctrl-arrow down") },
	};

	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		if (strcmp(table[i].name, name) == 0)
			return gettext(table[i].shown);
	return name;
}

static bool
is_typed_text(const char *name)
{
	return !name[1] || strcmp(name, "Space") == 0 ||
	       strcmp(name, "Backspace") == 0;
}

bool
command_is_of_profile(enum command id)
{
	return id == CMD_PROFILE_CODE || id == CMD_PROFILE_SESSIONS ||
	       id == CMD_PROFILE_DATA || id == CMD_PROFILE_LEAVE;
}

/* Those of a form that count where no text is typed. */
static bool
is_for_buttons(enum command id)
{
	return id == CMD_TURN || command_is_of_profile(id);
}

void
command_key(enum command id, enum place at, struct buf *out)
{
	const char *keys = rows[id].keys;
	char name[NAME_MAX_LEN];

	while (take_name(&keys, name)) {
		if (((unsigned)at & PLACE_TEXT) && is_typed_text(name) &&
		    !is_for_buttons(id))
			continue;
		buf_str(out, translate_key(name));
		return;
	}
}

void
command_keys(enum command id, struct buf *out)
{
	const char *keys = rows[id].keys;
	char name[NAME_MAX_LEN];

	for (bool first = true; take_name(&keys, name); first = false) {
		if (name[0] > '1' && name[0] <= '9')
			continue; /* "1" is shown as all of them */
		buf_printf(out, "%s%s", first ? "" : ", ", translate_key(name));
	}
}

int
command_digit(enum command id)
{
	const char *keys = rows[id].keys;
	char name[NAME_MAX_LEN];
	struct key k;

	while (take_name(&keys, name))
		if (key_parse(name, &k) && k.code == KEY_F_ && k.number <= 10 &&
		    !k.shift)
			return k.number % 10;
	return -1;
}

/* Letters that are not those of a key. */
static const struct {
	enum command id;
	char letter;
} letters[] = {
	{ CMD_DISCARD, 'k' },
};

#define N_LETTERS (sizeof(letters) / sizeof(letters[0]))

static bool
is_taken(char letter)
{
	for (size_t i = 0; i < N_LETTERS; i++)
		if (letters[i].letter == letter)
			return true;
	return false;
}

char
command_letter(enum command id)
{
	const char *keys = rows[id].keys;
	char name[NAME_MAX_LEN];
	struct key k;

	for (size_t i = 0; i < N_LETTERS; i++)
		if (letters[i].id == id)
			return letters[i].letter;
	while (take_name(&keys, name))
		if (key_parse(name, &k) && k.code == KEY_CTRL)
			return is_taken(k.text[0]) ? '\0' : k.text[0];
	return '\0';
}

const struct line_word *
command_words(size_t *n)
{
	*n = sizeof(line_words) / sizeof(line_words[0]);
	return line_words;
}

enum command
command_of_word(const char *word, enum place at)
{
	size_t n;
	const struct line_word *w = command_words(&n);

	for (; n; n--, w++)
		if ((rows[w->id].places & (unsigned)at) &&
		    (strcmp(word, w->nl) == 0 || strcmp(word, w->en) == 0))
			return w->id;
	return CMD_N;
}

const struct word_row *
word_row(enum word_id id)
{
	return &words[id];
}

enum word_id
word_find(const char *name)
{
	for (size_t i = 0; i < WORD_N; i++)
		if (strcmp(words[i].nl, name) == 0 ||
		    strcmp(words[i].en, name) == 0)
			return words[i].id;
	return WORD_N;
}

bool
word_is_for_admins(enum word_id id)
{
	return id == WORD_REQUESTS || id == WORD_APPROVE || id == WORD_REJECT ||
	       id == WORD_MEMBERS || id == WORD_ROLE || id == WORD_BLOCK ||
	       id == WORD_UNBLOCK || id == WORD_INVITE;
}
