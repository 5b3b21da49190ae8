/*
 * help_keys.c - see help_keys.h. What people need first comes first; the rest
 * follows in the order of the one list. Keys that are a pair share a line.
 */
#include "view/help_keys.h"

#include <stdlib.h>
#include <string.h>

#include "plein/buf.h"
#include "plein/i18n.h"
#include "plein/mem.h"
#include "plein/utf8.h"

#define TWO_COLUMNS 60
#define KEY_LEFT 11 /* cells for a key in the left column, at least */
#define KEY_RIGHT 7
#define RIGHT 37 /* where the right column begins, at the earliest */
#define INDENT 2 /* of the lines in the window */

struct row {
	char *key, *text;
};

/* A column: the rows, and how wide the widest of each is. */
struct column {
	struct vec rows; /* struct row * */
	size_t n_first; /* of them come above the blank line */
	int key, text;
	int at, key_width; /* where it stands, and what a key takes there */
};

/* CMD_N ends each. */
static const enum command first_left[] = {
	CMD_FOLLOW,	CMD_OPEN,   CMD_CHOOSE,	   CMD_SEND,	CMD_PRESS,
	CMD_GO,		CMD_SEEK,   CMD_PICK,	   CMD_NEXT,	CMD_NEXT_ITEM,
	CMD_NEXT_PLACE, CMD_BACK,   CMD_CANCEL,	   CMD_CLOSE,	CMD_WRITE_ON,
	CMD_LATER,	CMD_MARK,   CMD_PAGE_DOWN, CMD_PAGE_UP, CMD_FIRST,
	CMD_LOOK,	CMD_SEARCH, CMD_UNREAD,	   CMD_WHERE,	CMD_GOTO,
	CMD_N
};
static const enum command first_right[] = {
	CMD_EDIT,  CMD_DISCUSS,	   CMD_REPLY,	  CMD_HISTORY,
	CMD_BLAME, CMD_BACKLINKS,  CMD_COMPARE,	  CMD_TIME,
	CMD_WATCH, CMD_PROPERTIES, CMD_PERMALINK, CMD_N
};

static bool
is_in(const enum command *list, enum command id)
{
	while (*list != CMD_N && *list != id)
		list++;
	return *list == id;
}

static bool
is_at(enum command id, enum place about)
{
	const struct command_row *row = command_row(id);

	return (row->places & (unsigned)about) && *row->keys;
}

/* Has a line of its own: the second of a pair has not. */
static bool
is_listed(enum command id, enum place about)
{
	if (!is_at(id, about))
		return false;
	if (id == CMD_DOWN || id == CMD_LEFT || id == CMD_RIGHT)
		return !is_at(CMD_UP, about);
	return id != CMD_LAST || !is_at(CMD_FIRST, about);
}

/* Every keyboard has these, where they are no text and mark nothing. */
static bool
has_plain_keys(enum place about)
{
	return !(about & (PLACE_TEXT | PLACE_HISTORY));
}

static void
name_key(enum command id, enum place about, struct buf *out)
{
	if (id == CMD_UP)
		buf_str(out, _("arrows"));
	else if (id == CMD_FIRST)
		buf_str(out, _("< and >"));
	else if (id == CMD_PAGE_DOWN && has_plain_keys(about))
		buf_str(out, _("Space"));
	else if (id == CMD_PAGE_UP && has_plain_keys(about))
		buf_char(out, '-');
	else
		command_key(id, about, out);
}

static const char *
name_act(enum command id, enum place about)
{
	if (id == CMD_UP)
		return _("walk");
	if (id == CMD_FIRST)
		return _("beginning and end");
	if (id == CMD_LOOK && about == PLACE_PAGE)
		return _("find on this page");
	if (id == CMD_SEARCH && about == PLACE_HELP)
		return _("find in help");
	if (id == CMD_CONTENTS && about == PLACE_HELP)
		return _("all topics");
	return gettext(command_row(id)->help);
}

static int
width_of(const char *s)
{
	return utf8_width(s, strlen(s));
}

static void
add_row(struct column *c, enum command id, enum place about)
{
	struct row *row = mem_alloc(sizeof(*row));
	struct buf key = BUF_INIT;
	int width;

	name_key(id, about, &key);
	row->key = buf_take(&key);
	row->text = mem_strdup(name_act(id, about));
	vec_push(&c->rows, row);
	width = width_of(row->key);
	c->key = width > c->key ? width : c->key;
	width = width_of(row->text);
	c->text = width > c->text ? width : c->text;
}

static void
free_row(void *item)
{
	struct row *row = item;

	free(row->key);
	free(row->text);
	free(row);
}

static bool
is_left(enum command id)
{
	enum command_group group = command_row(id)->group;

	return !is_in(first_right, id) &&
	       (is_in(first_left, id) || group == COMMAND_MOVE ||
		group == COMMAND_READ || group == COMMAND_GO);
}

static void
fill(struct column *c, const enum command *first, bool left, enum place about)
{
	for (const enum command *id = first; *id != CMD_N; id++)
		if (is_listed(*id, about))
			add_row(c, *id, about);
	c->n_first = c->rows.len;
	for (int i = 0; i < CMD_N; i++) {
		enum command id = (enum command)i;

		if (is_left(id) == left && !is_in(first, id) &&
		    is_listed(id, about))
			add_row(c, id, about);
	}
}

static int
at_least(int least, int n)
{
	return n > least ? n : least;
}

/* Row i of it, behind what stands in the line. */
static void
put(struct buf *line, const struct column *c, size_t i)
{
	const struct row *row = c->rows.items[i];

	buf_printf(line, "%*s%s", c->at - width_of(line->ptr), "", row->key);
	buf_printf(line, "%*s%s", c->at + c->key_width - width_of(line->ptr),
		   "", row->text);
}

/* The first rows of both, or the rest of them. */
static void
put_part(struct vec *out, const struct column *left, const struct column *right,
	 bool first)
{
	size_t l = first ? 0 : left->n_first, r = first ? 0 : right->n_first;
	size_t l_end = first ? left->n_first : left->rows.len;
	size_t r_end = first ? right->n_first : right->rows.len;
	struct buf line = BUF_INIT;

	while (l < l_end || r < r_end) {
		buf_reset(&line);
		if (l < l_end)
			put(&line, left, l++);
		else if (!right->at)
			put(&line, right, r++);
		if (right->at && r < r_end)
			put(&line, right, r++);
		vec_push(out, mem_strdup(line.ptr));
	}
	buf_release(&line);
}

void
help_keys_make(struct vec *out, enum place about, int cols)
{
	struct column left = { 0 }, right = { 0 };

	fill(&left, first_left, true, about);
	fill(&right, first_right, false, about);
	left.key_width = at_least(KEY_LEFT, left.key + 1);
	right.key_width = at_least(KEY_RIGHT, right.key + 1);
	right.at = at_least(RIGHT, left.key_width + left.text + 1);
	if (cols < TWO_COLUMNS ||
	    INDENT + right.at + right.key_width + right.text > cols) {
		right.at = 0; /* below the left one */
		left.key_width = right.key_width =
			at_least(left.key_width, right.key_width);
	}
	put_part(out, &left, &right, true);
	vec_push(out, mem_strdup(""));
	put_part(out, &left, &right, false);
	vec_release(&left.rows, free_row);
	vec_release(&right.rows, free_row);
}

/* --- all of them --- */

#define ALL_KEYS 30 /* cells for the keys of a command */

/* Where both do not fit on a line, what they do stands below them. */
static void
put_all(struct vec *out, enum command id, int cols)
{
	const char *text = gettext(command_row(id)->help);
	struct buf line = BUF_INIT;

	buf_str(&line, "  ");
	command_keys(id, &line);
	if (width_of(line.ptr) >= ALL_KEYS ||
	    ALL_KEYS + width_of(text) > cols - INDENT) {
		vec_push(out, buf_take(&line));
		buf_str(&line, "    ");
	} else {
		buf_printf(&line, "%*s", ALL_KEYS - width_of(line.ptr), "");
	}
	buf_str(&line, text);
	vec_push(out, buf_take(&line));
}

void
help_keys_all(struct vec *out, int cols)
{
	for (int g = 0; g < COMMAND_GROUPS; g++) {
		vec_push(out, mem_strdup(""));
		vec_push(out, mem_strdup(gettext(command_group_name(
				      (enum command_group)g))));
		for (int i = 0; i < CMD_N; i++)
			if ((int)command_row((enum command)i)->group == g &&
			    *command_row((enum command)i)->keys)
				put_all(out, (enum command)i, cols);
	}
}
