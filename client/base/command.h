/*
 * command.h - the one list of what a person can do. It feeds the key table,
 * the key bars, the menu, the help screen, the commands over ssh and the
 * manual's table; tests/unit/client compares them.
 */
#ifndef PLEIN_COMMAND_H
#define PLEIN_COMMAND_H

#include <stdbool.h>
#include <stddef.h>

#include "plein/buf.h"
#include "ui/key.h"

/* Where a command is possible; a bit set. */
enum place {
	PLACE_START = 1 << 0,
	PLACE_PAGE = 1 << 1,
	PLACE_EDITOR = 1 << 2,
	PLACE_SAVE = 1 << 3,
	PLACE_HELP = 1 << 4,
	PLACE_QUESTION = 1 << 5,
	PLACE_MENU = 1 << 6,
	PLACE_FIELD = 1 << 7, /* one line to type in, in a drawer */
	PLACE_HISTORY = 1 << 8, /* versions of a page */
	PLACE_COMPARE = 1 << 9,
	PLACE_BLAME = 1 << 10,
	PLACE_CHANGES = 1 << 11, /* of the wiki, a folder, a person */
	PLACE_NEWS = 1 << 12,
	PLACE_BACKLINKS = 1 << 13,
	PLACE_SEARCH = 1 << 14,
	PLACE_PAGES = 1 << 15, /* other lists: drafts, attachments, ... */
	PLACE_CONFLICT = 1 << 16,
	PLACE_FORM = 1 << 17, /* fields to fill in, buttons */
	PLACE_PREVIEW = 1 << 18,
	PLACE_FIND = 1 << 19, /* what to find, and to put in its place */
	PLACE_FILE = 1 << 20, /* an attachment as text */
	PLACE_WAITING = 1 << 21, /* how an application stands */
	PLACE_REQUESTS = 1 << 22, /* who applied for an account */
	PLACE_MEMBERS = 1 << 23,
	PLACE_MEMBER = 1 << 24, /* one of them */
	PLACE_ADMIN = 1 << 25, /* other lists of administrators */
	PLACE_ACCOUNT = 1 << 26, /* one's own sessions, one's code */
	PLACE_ROUND = 1 << 27, /* rounds of reflection, and one of them */
	PLACE_THREADS = 1 << 28, /* discussions */
	PLACE_THREAD = 1 << 29, /* one of them */
	PLACE_CHAIN = 1 << 30, /* questions, decisions, actions, meetings */
	PLACE_OFFICE =
		PLACE_REQUESTS | PLACE_MEMBERS | PLACE_MEMBER | PLACE_ADMIN,
	/* A text laid out, to walk through. */
	PLACE_PROSE = PLACE_PAGE | PLACE_PREVIEW | PLACE_FILE | PLACE_THREAD,
	PLACE_LISTING = PLACE_HISTORY | PLACE_CHANGES | PLACE_NEWS |
			PLACE_BACKLINKS | PLACE_SEARCH | PLACE_PAGES |
			PLACE_OFFICE | PLACE_ACCOUNT | PLACE_ROUND |
			PLACE_THREADS | PLACE_CHAIN,
	/* Words can be found in it. */
	PLACE_SOUGHT = PLACE_PROSE | PLACE_START | PLACE_LISTING |
		       PLACE_COMPARE | PLACE_BLAME,
	/* What can be gone back from, to read elsewhere. */
	PLACE_ABOVE = PLACE_PAGE | PLACE_HELP | PLACE_LISTING | PLACE_COMPARE |
		      PLACE_BLAME | PLACE_PREVIEW | PLACE_FILE | PLACE_THREAD,
	PLACE_READING = PLACE_START | PLACE_ABOVE,
	PLACE_LISTS = PLACE_START | PLACE_HELP | PLACE_QUESTION | PLACE_MENU |
		      PLACE_LISTING | PLACE_COMPARE | PLACE_BLAME |
		      PLACE_WAITING,
	PLACE_FILLED = PLACE_SAVE | PLACE_FORM, /* several fields */
	PLACE_TEXT = PLACE_EDITOR | PLACE_SAVE | PLACE_FIELD | PLACE_FORM |
		     PLACE_FIND,
	PLACE_ALL = 0x7fffffff
};

/* Headings of the menu; what moves the cursor is not in it. */
enum command_group {
	COMMAND_MOVE,
	COMMAND_READ,
	COMMAND_WRITE,
	COMMAND_DISCUSS,
	COMMAND_HISTORY,
	COMMAND_PAGE, /* what is done with a page as a whole */
	COMMAND_PEOPLE, /* what administrators do */
	COMMAND_GO,
	COMMAND_PLEIN,
	COMMAND_GROUPS,
	COMMAND_ANSWER = COMMAND_GROUPS /* to a question, in no menu */
};

/* CMD_… : made from client/base/command.def, one X() a command. */
enum command {
#define X(id, group, keys, places, word, help) CMD_##id,
#include "base/command.def"
	CMD_N
};

struct command_row {
	enum command id;
	enum command_group group;
	const char *keys; /* names for key_parse(), blank-separated;
				   "": only in the menu, or an answer */
	unsigned places;
	const char *word; /* msgid: in bars, "Edit" */
	const char *help; /* msgid: in help, "edit this page" */
};

/* A button of the profile that has a key; no other form has it. */
bool
command_is_of_profile(enum command id);

/* CMD_N when the key means nothing at that place. */
enum command
command_of_key(const struct key *k, enum place at);

const struct command_row *
command_row(enum command id);

/* msgid of a group's heading. */
const char *
command_group_name(enum command_group group);

/*
 * The key to show for it at that place, translated ("Spatie"), appended:
 * the first, but where text is typed the first that is not text.
 */
void
command_key(enum command id, enum place at, struct buf *out);

/* All its keys, translated, with commas between; appended. */
void
command_keys(enum command id, struct buf *out);

/* 1–9 and 0 for a command that has F1–F10, as Esc menus number them; or -1. */
int
command_digit(enum command id);

/* What chooses it in a menu where it has no digit: that of its Ctrl key, so
 * that Esc z is Ctrl-Z; or NUL. */
char
command_letter(enum command id);

/* --- words of line mode --- */

struct line_word {
	enum command id;
	const char *nl, *en;
};

/* All of them, in order; *n is how many. */
const struct line_word *
command_words(size_t *n);

/* The command of a word at that place; CMD_N when it means nothing there. */
enum command
command_of_word(const char *word, enum place at);

/* --- words over ssh --- */

enum word_option {
	OPTION_SOURCE = 1 << 0,
	OPTION_LINKS = 1 << 1,
	OPTION_WIDTH = 1 << 2,
	OPTION_DEPTH = 1 << 3,
	OPTION_KIND = 1 << 4,
	OPTION_STATUS = 1 << 5,
	OPTION_TITLE = 1 << 6,
	OPTION_NOTE = 1 << 7,
	OPTION_BASE = 1 << 8,
	OPTION_COUNT = 1 << 9,
	OPTION_JSON = 1 << 10, /* these go with every word */
	OPTION_QUIET = 1 << 11,
	OPTION_LANG = 1 << 12,
	OPTION_FORMAT = 1 << 13,
	OPTION_SINCE = 1 << 14,
	OPTION_UNTIL = 1 << 15,
	OPTION_BY = 1 << 16,
	OPTION_FOLDER = 1 << 17,
	OPTION_LINES = 1 << 18,
	OPTION_MINOR = 1 << 19,
	OPTION_IN = 1 << 20,
	OPTION_NEW = 1 << 21,
	OPTION_ROLE = 1 << 22,
	OPTION_REASON = 1 << 23,
	OPTION_DAYS = 1 << 24,
	OPTION_SPACE = 1 << 25,
	OPTION_AT = 1 << 26,
	OPTION_ALL = 1 << 27,
	OPTION_MD = 1 << 28,
	OPTION_OWNER = 1 << 29,
	OPTION_OPEN = 1 << 30,
	OPTION_N = 31,
	OPTION_COMMON = OPTION_JSON | OPTION_QUIET | OPTION_LANG | OPTION_SPACE
};

/* WORD_… : one W() a word. */
enum word_id {
#define W(id, nl, en, options, arguments, help) WORD_##id,
#include "base/command.def"
	WORD_N
};

struct word_row {
	enum word_id id;
	const char *nl, *en;
	unsigned options;
	const char *arguments; /* msgid, may be "" */
	const char *help; /* msgid */
};

const struct word_row *
word_row(enum word_id id);

/* WORD_N when it is none. */
enum word_id
word_find(const char *name);

/* Only administrators use it; it may stand behind "admin" too. */
bool
word_is_for_admins(enum word_id id);

#endif
