/*
 * writing_link.c - inserting: a link to a page, chosen from a list under the
 * line where `[[` was typed, a person behind `@`, and the beginnings of headings, lists, tables
 * and quotes. The list follows what is typed behind the brackets.
 */
#include "view/writing.h"

#include <ctype.h>
#include <string.h>

#include "plein/i18n.h"
#include "view/matches.h"

#define OPENING "[["
#define CLOSING "]]"
#define MENTION "@"
#define MENTION_LEAST 2 /* letters before names are offered */
#define LINK_ROWS 7 /* pages shown at once */
#define TYPED_MAX 100 /* bytes; more is no name of a page */

/* --- the list --- */

static void
close_list(struct writing *w)
{
	w->linking.open = false;
	matches_release(&w->linking.matches);
	json_decref(w->linking.titles);
	w->linking.titles = NULL;
}

void
writing_link_release(struct writing *w)
{
	close_list(w);
}

static const struct match *
match_at(const struct writing *w, size_t i)
{
	return w->linking.matches.items[i];
}

static bool
is_mention(const struct writing *w)
{
	return strcmp(w->linking.sign, MENTION) == 0;
}

static void
tell_match(const struct writing *w)
{
	const struct scroll *s = &w->linking.scroll;

	if (s->n && is_mention(w))
		context_say(w->view.ctx,
			    _("%s, %zu of %zu. Enter mentions, Esc closes."),
			    match_at(w, s->at)->title, s->at + 1, s->n);
	else if (s->n)
		context_say(w->view.ctx,
			    _("%s, %zu of %zu. Enter links, Esc closes."),
			    match_at(w, s->at)->title, s->at + 1, s->n);
	else if (is_mention(w))
		context_say(w->view.ctx, "%s",
			    _("Nobody here has this in their name."));
	else
		context_say(w->view.ctx, "%s",
			    _("No page has this in its title."));
	w->view.ctx->passing = true;
}

/* What stands between the brackets and the cursor; false when it is none. */
static bool
read_typed(const struct writing *w, struct buf *out)
{
	const struct text *t = editor_text(w->editor);
	size_t from = w->linking.from, pos = editor_position(w->editor);
	size_t len = strlen(w->linking.sign);

	if (pos < from || pos - from > TYPED_MAX)
		return false;
	text_copy(t, from - len, pos - from + len, out);
	if (strncmp(out->ptr, w->linking.sign, len) != 0)
		return false;
	buf_erase(out, 0, len);
	return !strpbrk(out->ptr, is_mention(w) ? " @\n" : "[]\n");
}

static void
fill_list(struct writing *w, const char *typed)
{
	struct writing_linking *l = &w->linking;

	matches_release(&l->matches);
	json_decref(l->titles);
	l->titles =
		json_incref(is_mention(w) ? w->people : w->view.ctx->titles);
	matches_find(&l->matches, l->titles, typed);
	l->scroll = (struct scroll){ .n = l->matches.len, .rows = LINK_ROWS };
	tell_match(w);
}

static void
open_list(struct writing *w)
{
	w->linking.open = true;
	w->linking.sign = OPENING;
	w->linking.from = editor_position(w->editor);
	fill_list(w, "");
}

static bool
is_of_handle(char c)
{
	return islower((unsigned char)c) || isdigit((unsigned char)c);
}

/* Letters behind an @ that is not within a word: names that have them. */
static void
offer_people(struct writing *w)
{
	size_t pos = editor_position(w->editor);
	size_t from = pos > MENTION_LEAST + 2 ? pos - MENTION_LEAST - 2 : 0;
	struct buf b = BUF_INIT;
	const char *at;

	text_copy(editor_text(w->editor), from, pos - from, &b);
	at = strchr(b.ptr, '@');
	if (w->people && at && strlen(at + 1) == MENTION_LEAST &&
	    (at == b.ptr || strchr(" \n(\"", at[-1])) && is_of_handle(at[1]) &&
	    is_of_handle(at[2])) {
		w->linking.open = true;
		w->linking.sign = MENTION;
		w->linking.from = pos - MENTION_LEAST;
		fill_list(w, at + 1);
		if (!w->linking.matches.len)
			close_list(w);
	}
	buf_release(&b);
}

static bool
stands_before_cursor(const struct writing *w, const char *what)
{
	size_t pos = editor_position(w->editor), len = strlen(what);
	struct buf b = BUF_INIT;
	bool same;

	if (pos < len)
		return false;
	text_copy(editor_text(w->editor), pos - len, len, &b);
	same = strcmp(b.ptr, what) == 0;
	buf_release(&b);
	return same;
}

/* After a key or a command that changed or moved something. */
void
writing_link_follow(struct writing *w, const struct key *k)
{
	bool typed = k && k->code == KEY_TEXT && k->len == 1;
	struct buf name = BUF_INIT;

	if (w->linking.open && read_typed(w, &name))
		fill_list(w, name.ptr);
	else if (w->linking.open)
		close_list(w);
	else if (typed && k->text[0] == '[' && stands_before_cursor(w, OPENING))
		open_list(w);
	else if (typed && w->people)
		offer_people(w);
	buf_release(&name);
}

static bool
stands_behind_cursor(const struct writing *w, const char *what)
{
	const struct text *t = editor_text(w->editor);
	size_t pos = editor_position(w->editor), len = strlen(what);
	struct buf b = BUF_INIT;
	bool same;

	if (text_len(t) - pos < len)
		return false;
	text_copy(t, pos, len, &b);
	same = strcmp(b.ptr, what) == 0;
	buf_release(&b);
	return same;
}

static void
take_match(struct writing *w)
{
	const struct match *m = match_at(w, w->linking.scroll.at);
	size_t pos = editor_position(w->editor);
	struct buf link = BUF_INIT;

	buf_str(&link, m->address);
	if (!is_mention(w) && !stands_behind_cursor(w, CLOSING))
		buf_str(&link, CLOSING);
	editor_select(w->editor, w->linking.from, pos);
	if (editor_paste(w->editor, link.ptr, link.len)) {
		context_say(w->view.ctx,
			    is_mention(w) ? _("You mention %s.")
					  : _("Link to %s."),
			    m->title);
		w->view.ctx->passing = true;
		writing_change(w);
	} else {
		writing_say_full(w, link.len);
	}
	close_list(w);
	buf_release(&link);
}

bool
writing_link_key(struct writing *w, const struct key *k)
{
	struct scroll *s = &w->linking.scroll;

	if (!w->linking.open || k->shift || k->ctrl || k->alt)
		return false;
	if (k->code == KEY_ESC_) {
		close_list(w);
		return true;
	}
	if (!s->n)
		return false;
	if (k->code == KEY_RETURN) {
		take_match(w);
		return true;
	}
	if (k->code != KEY_UP_ && k->code != KEY_DOWN_)
		return false;
	scroll_step(s, k->code == KEY_UP_ ? -1 : 1);
	tell_match(w);
	return true;
}

/* --- on the screen --- */

static void
paint_blank(struct canvas *c, int row)
{
	for (int col = 0; col < canvas_cols(c); col++)
		(void)canvas_text(c, row, col, 1, STYLE_PLAIN, " ");
}

static void
paint_match(const struct writing *w, struct canvas *c, int row, size_t i)
{
	bool focused = i == w->linking.scroll.at;
	const struct match *m = match_at(w, i);
	struct buf line = BUF_INIT;

	buf_printf(&line, "%c %s  %s", focused ? '>' : ' ', m->title,
		   m->address);
	paint_blank(c, row);
	(void)canvas_ellipsis(c, row, 0, canvas_cols(c), STYLE_PLAIN, line.ptr);
	if (focused)
		canvas_style(c, row, 0, canvas_cols(c), STYLE_FOCUS);
	buf_release(&line);
}

/* Under the row of the cursor, or above it when there is more room. */
void
writing_link_paint(const struct writing *w, struct canvas *c, int top, int rows,
		   int row)
{
	struct scroll s = w->linking.scroll;
	int below = top + rows - row - 1, above = row - top;
	int room = below > LINK_ROWS || below >= above ? below : above;

	if (!w->linking.open || !s.n || room < 2)
		return;
	s.rows = room - 1 < LINK_ROWS ? room - 1 : LINK_ROWS;
	if ((size_t)s.rows > s.n)
		s.rows = (int)s.n;
	scroll_fit(&s);
	row = room == below ? row + 1 : row - s.rows - 1;
	paint_blank(c, row);
	(void)canvas_ellipsis(c, row, 0, canvas_cols(c), STYLE_HEADING,
			      is_mention(w) ? _("Mention whom?")
					    : _("Link to which page?"));
	for (int i = 0; i < s.rows; i++)
		paint_match(w, c, row + 1 + i, s.top + (size_t)i);
}

/* --- what begins a block --- */

static void
insert_link(struct writing *w)
{
	editor_unselect(w->editor);
	if (!editor_paste(w->editor, OPENING, strlen(OPENING))) {
		writing_say_full(w, strlen(OPENING));
		return;
	}
	writing_change(w);
	open_list(w);
}

static void
prefix_lines(struct writing *w, const char *prefix)
{
	if (editor_prefix(w->editor, prefix))
		writing_change(w);
	else
		writing_say_full(w, strlen(prefix));
}

static void
insert_heading(struct writing *w)
{
	prefix_lines(w, "## ");
}

static void
insert_list(struct writing *w)
{
	prefix_lines(w, "- ");
}

static void
insert_quote(struct writing *w)
{
	prefix_lines(w, "> ");
}

/* With the first heading selected, so that its name is typed at once. */
static void
insert_table(struct writing *w)
{
	const char *first = _("Column 1");
	struct buf table = BUF_INIT;
	size_t from, before;

	editor_begin_block(w->editor, &table);
	before = table.len + strlen("| ");
	from = editor_position(w->editor) + before;
	buf_printf(&table, "| %s | %s |\n| --- | --- |\n|  |  |\n", first,
		   _("Column 2"));
	if (editor_paste(w->editor, table.ptr, table.len)) {
		editor_select(w->editor, from, from + strlen(first));
		writing_change(w);
	} else {
		writing_say_full(w, table.len);
	}
	buf_release(&table);
}

static const struct {
	const char *name, *label;
	void (*insert)(struct writing *w);
} blocks[] = {
	{ "link", N_("Link to a page"), insert_link },
	{ "heading", N_("Heading"), insert_heading },
	{ "list", N_("List"), insert_list },
	{ "table", N_("Table"), insert_table },
	{ "quote", N_("Quote"), insert_quote },
};

#define N_BLOCKS (sizeof(blocks) / sizeof(blocks[0]))

struct request
writing_insert(struct writing *w, const char *what)
{
	struct request r = request_of(REQUEST_NONE);

	if (what) {
		for (size_t i = 0; i < N_BLOCKS; i++)
			if (strcmp(blocks[i].name, what) == 0)
				blocks[i].insert(w);
		return r;
	}
	r.kind = REQUEST_ASK;
	r.question = question_new(_("Insert what?"), NULL);
	for (size_t i = 0; i < N_BLOCKS; i++)
		question_add(r.question, gettext(blocks[i].label), CMD_INSERT,
			     blocks[i].name);
	return r;
}
