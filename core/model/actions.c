/*
 * actions.c - see actions.h. A table is one of ours when its first column is
 * `nr` and its second `actie` or `toezegging`. The columns are found by how
 * their names begin, so that a table with fewer or further ones is read too.
 */
#include "plein/actions.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "plein/mdline.h"
#include "plein/mem.h"

#define COLUMNS_MAX 16
#define NUMBER_MAX 999999

enum column {
	COLUMN_NUMBER,
	COLUMN_TEXT,
	COLUMN_OWNER,
	COLUMN_TO,
	COLUMN_DUE,
	COLUMN_STATE,
	COLUMN_DECISION,
	COLUMN_N
};

static const struct {
	const char *begin;
	enum column column;
} names[] = {
	{ "nr", COLUMN_NUMBER },       { "actie", COLUMN_TEXT },
	{ "toezegging", COLUMN_TEXT }, { "eigenaar", COLUMN_OWNER },
	{ "door", COLUMN_OWNER },      { "aan", COLUMN_TO },
	{ "gereed", COLUMN_DUE },      { "termijn", COLUMN_DUE },
	{ "stand", COLUMN_STATE },     { "besluit", COLUMN_DECISION },
};

static const char *const states[] = {
	[ACTION_OPEN] = "open",
	[ACTION_DONE] = "gereed",
	[ACTION_DROPPED] = "vervallen",
};

#define STATES (sizeof(states) / sizeof(states[0]))

void
action_free(void *item)
{
	struct action *a = item;

	if (!a)
		return;
	free(a->text);
	free(a->owner);
	free(a->to);
	free(a->result);
	free(a->decision);
	free(a);
}

bool
action_state_of(const char *word, enum action_state *state)
{
	size_t i;

	for (i = 0; i < STATES; i++)
		if (strcmp(states[i], word) == 0) {
			*state = (enum action_state)i;
			return true;
		}
	return false;
}

const char *
action_state_word(enum action_state state)
{
	return states[state];
}

/* --- a table -------------------------------------------------------------- */

struct table {
	bool undertakings;
	int column[COLUMN_N]; /* where it stands, -1: there is none */
	size_t n; /* columns */
	size_t head, rule; /* bytes where these lines end, without newline */
};

static bool
read_head(const struct vec *cells, struct table *t)
{
	size_t i, k;

	for (k = 0; k < COLUMN_N; k++)
		t->column[k] = -1;
	t->n = cells->len;
	if (cells->len < 2 || cells->len > COLUMNS_MAX ||
	    strcasecmp(cells->items[0], "nr") != 0)
		return false;
	t->undertakings = strncasecmp(cells->items[1], "toez", 4) == 0;
	for (i = 0; i < cells->len; i++)
		for (k = 0; k < sizeof(names) / sizeof(names[0]); k++)
			if (strncasecmp(cells->items[i], names[k].begin,
					strlen(names[k].begin)) == 0)
				t->column[names[k].column] = (int)i;
	return t->column[COLUMN_TEXT] == 1;
}

static const char *
cell_of(const struct vec *cells, const struct table *t, enum column column)
{
	int i = t->column[column];

	return i >= 0 && (size_t)i < cells->len ? cells->items[i] : "";
}

/* --- a row ---------------------------------------------------------------- */

static char *
copy_cell(const char *s)
{
	return s[0] ? mem_strdup(s) : NULL;
}

/* "gereed 2026-03-12: what came of it", each part but the first may lack. */
static void
read_state(struct action *a, const char *s)
{
	size_t word = strcspn(s, " :"), i, day;

	for (i = 0; i < STATES; i++)
		if (strlen(states[i]) == word &&
		    strncasecmp(s, states[i], word) == 0)
			a->state = (enum action_state)i;
	s += word;
	s += strspn(s, " ");
	day = strcspn(s, " :");
	if (daytext_read(s, day, a->done))
		s += day;
	s += strspn(s, " :");
	a->result = copy_cell(s);
}

/* `[[besluiten/x]]`, `besluiten/x` */
static char *
read_address(const char *s, size_t len)
{
	if (len > 4 && strncmp(s, "[[", 2) == 0 && s[len - 1] == ']') {
		s += 2;
		len -= 4;
	}
	return len ? mem_strndup(s, len) : NULL;
}

/* Where there is no column for it, it stands behind the words. */
static void
read_words(struct action *a, const char *s)
{
	static const char sign[] = " ([[besluiten/";
	const char *at = strstr(s, sign);
	size_t len = strlen(s);

	if (!a->decision && at && len > 3 && strcmp(s + len - 3, "]])") == 0) {
		a->decision = read_address(at + 2, len - (size_t)(at - s) - 3);
		len = (size_t)(at - s);
	}
	a->text = mem_strndup(s, len);
}

static struct action *
read_row(const struct vec *cells, const struct table *t)
{
	struct action *a = mem_alloc(sizeof(*a));
	const char *s = cell_of(cells, t, COLUMN_DECISION);

	(void)snprintf(a->number, sizeof(a->number), "%.*s", ACTION_NUMBER_MAX,
		       cell_of(cells, t, COLUMN_NUMBER));
	a->undertaking = t->undertakings;
	a->decision = read_address(s, strlen(s));
	read_words(a, cell_of(cells, t, COLUMN_TEXT));
	a->owner = copy_cell(cell_of(cells, t, COLUMN_OWNER));
	a->to = copy_cell(cell_of(cells, t, COLUMN_TO));
	s = cell_of(cells, t, COLUMN_DUE);
	(void)daytext_read(s, strlen(s), a->due); /* "" is no day */
	read_state(a, cell_of(cells, t, COLUMN_STATE));
	return a;
}

static bool
is_rule(const struct vec *cells)
{
	const char *s = cells->len ? cells->items[0] : "";

	return s[0] && s[strspn(s, ":- ")] == '\0';
}

/* --- walking over the rows ------------------------------------------------ */

/* One row of ours; a stop when it returns true. */
typedef bool
row_seen(void *ctx, const struct table *t, const struct mdline *l,
	 const struct vec *cells);

static void
walk_rows(const char *text, size_t len, row_seen *see, void *ctx)
{
	struct vec cells = VEC_INIT;
	struct table t = { .n = 0 };
	bool in = false, ours = false, stop = false;
	struct mdscan m;
	struct mdline l;

	mdscan_begin(&m, text, len);
	while (!stop && mdscan_next(&m, &l)) {
		if (!mdline_cells(&l, &cells)) {
			in = ours = false;
		} else if (!in) {
			in = true;
			ours = read_head(&cells, &t);
			t.head = l.from + l.len;
		} else if (ours && is_rule(&cells)) {
			t.rule = l.from + l.len;
		} else if (ours) {
			stop = see(ctx, &t, &l, &cells);
		}
		vec_release(&cells, free);
		cells = (struct vec)VEC_INIT;
	}
}

static bool
collect_row(void *ctx, const struct table *t, const struct mdline *l,
	    const struct vec *cells)
{
	struct vec *out = ctx;

	(void)l;
	if (cell_of(cells, t, COLUMN_TEXT)[0])
		vec_push(out, read_row(cells, t));
	return false;
}

void
actions_read(struct vec *out, const char *text, size_t len)
{
	walk_rows(text, len, collect_row, out);
}

/* --- writing a row -------------------------------------------------------- */

static void
word_state(const struct action *a, struct buf *out)
{
	buf_str(out, states[a->state]);
	if (a->done[0])
		buf_printf(out, " %s", a->done);
	if (a->result)
		buf_printf(out, ": %s", a->result);
}

/* The cells of columns that are not ours stay. */
static void
write_row(struct buf *out, const struct action *a, const struct table *t,
	  const struct vec *was)
{
	struct buf state = BUF_INIT, words = BUF_INIT, decision = BUF_INIT;
	const char *cells[COLUMNS_MAX] = { NULL };
	const char *ours[COLUMN_N];
	size_t i, k;

	word_state(a, &state);
	buf_str(&words, a->text);
	if (a->decision)
		buf_printf(&decision, "[[%s]]", a->decision);
	if (a->decision && t->column[COLUMN_DECISION] < 0)
		buf_printf(&words, " (%s)", decision.ptr);
	ours[COLUMN_NUMBER] = a->number;
	ours[COLUMN_TEXT] = words.ptr;
	ours[COLUMN_OWNER] = a->owner;
	ours[COLUMN_TO] = a->to;
	ours[COLUMN_DUE] = a->due;
	ours[COLUMN_STATE] = state.ptr;
	ours[COLUMN_DECISION] = decision.ptr;
	for (i = 0; was && i < was->len && i < t->n; i++)
		cells[i] = was->items[i];
	for (k = 0; k < COLUMN_N; k++)
		if (t->column[k] >= 0)
			cells[t->column[k]] = ours[k];
	mdline_row(out, cells, t->n);
	buf_release(&state);
	buf_release(&words);
	buf_release(&decision);
}

/* --- a column that is not there ------------------------------------------- */

/* What has no place in the table, or COLUMN_N. Of a decision there is always
 * one: behind the words. */
static enum column
find_lacking(const struct table *t, const struct action *a)
{
	const bool needs[COLUMN_N] = {
		[COLUMN_OWNER] = a->owner != NULL,
		[COLUMN_TO] = a->to != NULL && a->undertaking,
		[COLUMN_DUE] = a->due[0] != '\0',
		[COLUMN_STATE] = a->state != ACTION_OPEN || a->result != NULL,
	};
	int k;

	for (k = 0; k < COLUMN_N; k++)
		if (needs[k] && t->column[k] < 0)
			break;
	return (enum column)k;
}

static void
add_cell(struct buf *text, size_t at, const char *cell)
{
	if (at > 0 && text->ptr[at - 1] != '|')
		buf_insert(text, at++, "|", 1);
	buf_insert(text, at, cell, strlen(cell));
}

/* Rows that are there may have fewer cells: what is not there is empty. */
static void
widen(struct buf *text, const struct table *t, enum column column)
{
	static const char *const heads[COLUMN_N] = {
		[COLUMN_OWNER] = " eigenaar (rol) |",
		[COLUMN_TO] = " aan |",
		[COLUMN_DUE] = " gereed op |",
		[COLUMN_STATE] = " stand |",
	};

	if (t->rule)
		add_cell(text, t->rule, " --- |");
	add_cell(text, t->head, heads[column]);
}

/* --- adding --------------------------------------------------------------- */

struct adding {
	bool undertakings;
	struct table t;
	long highest;
	size_t from, to; /* the row that is to be replaced, or from == to */
	bool found; /* there is a table */
};

static bool
look_at_row(void *ctx, const struct table *t, const struct mdline *l,
	    const struct vec *cells)
{
	struct adding *a = ctx;
	const char *number = cell_of(cells, t, COLUMN_NUMBER);
	bool empty = !cell_of(cells, t, COLUMN_TEXT)[0];
	long n;

	if (t->undertakings != a->undertakings)
		return false;
	n = number[0] && isdigit((unsigned char)number[1])
		    ? strtol(number + 1, NULL, 10)
		    : 0;
	if (n > a->highest && !empty)
		a->highest = n;
	a->t = *t;
	a->found = true;
	a->from = empty ? l->from : l->to;
	a->to = l->to;
	return false;
}

static const struct table fresh[] = {
	{ false, { 0, 1, 2, -1, 3, 4, 5 }, 6, 0, 0 },
	{ true, { 0, 1, 2, 3, 4, 5, 6 }, 7, 0, 0 },
};

static void
begin_table(struct buf *out, bool undertakings)
{
	buf_str(out, undertakings
			     ? "\n## Toezeggingen\n\n"
			       "| nr | toezegging | door (rol) | aan | termijn "
			       "| stand | besluit |\n"
			       "| --- | --- | --- | --- | --- | --- | --- |\n"
			     : "\n## Acties\n\n"
			       "| nr | actie | eigenaar (rol) | gereed op "
			       "| stand | besluit |\n"
			       "| --- | --- | --- | --- | --- | --- |\n");
}

int
actions_add(struct buf *text, const struct action *a,
	    char number[ACTION_NUMBER_MAX + 1], struct err *err)
{
	struct adding at = { .undertakings = a->undertaking };
	struct action row = *a;
	struct buf words = BUF_INIT;

	if (text->len > 0 && text->ptr[text->len - 1] != '\n')
		buf_char(text, '\n');
	walk_rows(text->ptr, text->len, look_at_row, &at);
	if (at.found && at.t.n < COLUMNS_MAX &&
	    find_lacking(&at.t, a) != COLUMN_N) {
		widen(text, &at.t, find_lacking(&at.t, a));
		return actions_add(text, a, number, err);
	}
	if (at.highest >= NUMBER_MAX)
		return err_set(err, PLEIN_ETOOBIG, "there are too many rows");
	(void)snprintf(row.number, sizeof(row.number), "%c%u",
		       a->undertaking ? 't' : 'a', (unsigned)at.highest + 1);
	row.state = ACTION_OPEN;
	if (!at.found) {
		begin_table(&words, a->undertaking);
		at.t = fresh[a->undertaking];
		at.from = at.to = text->len;
	}
	write_row(&words, &row, &at.t, NULL);
	buf_erase(text, at.from, at.to - at.from);
	buf_insert(text, at.from, words.ptr, words.len);
	memcpy(number, row.number, sizeof(row.number));
	buf_release(&words);
	return 0;
}

/* --- changing ------------------------------------------------------------- */

struct putting {
	const struct action *a;
	struct table t;
	struct buf words;
	size_t from, to;
	int n;
};

static bool
find_row(void *ctx, const struct table *t, const struct mdline *l,
	 const struct vec *cells)
{
	struct putting *p = ctx;

	if (strcmp(cell_of(cells, t, COLUMN_NUMBER), p->a->number) != 0 ||
	    !cell_of(cells, t, COLUMN_TEXT)[0])
		return false;
	p->from = l->from;
	p->to = l->to;
	p->t = *t;
	if (p->n++ == 0)
		write_row(&p->words, p->a, t, cells);
	return false;
}

int
actions_put(struct buf *text, const struct action *a, struct err *err)
{
	struct putting p = { .a = a, .words = BUF_INIT };
	int rc = 0;

	if (text->len > 0 && text->ptr[text->len - 1] != '\n')
		buf_char(text, '\n');
	walk_rows(text->ptr, text->len, find_row, &p);
	if (p.n == 0)
		rc = err_rule(err, PLEIN_ENOTFOUND, "row-none", 0,
			      "there is no row %s", a->number);
	else if (p.n > 1)
		rc = err_rule(err, PLEIN_EUSAGE, "row-twice", 0,
			      "several rows are called %s", a->number);
	if (rc == 0 && p.t.n < COLUMNS_MAX &&
	    find_lacking(&p.t, a) != COLUMN_N) {
		widen(text, &p.t, find_lacking(&p.t, a));
		rc = actions_put(text, a, err);
	} else if (rc == 0) {
		buf_erase(text, p.from, p.to - p.from);
		buf_insert(text, p.from, p.words.ptr, p.words.len);
	}
	buf_release(&p.words);
	return rc;
}
