/* clash_layout.c - see clash_layout.h. */
#include "view/clash_layout.h"

#include <stdlib.h>
#include <string.h>

#include "layout/lines.h"
#include "plein/i18n.h"
#include "plein/mem.h"
#include "plein/textdiff.h"
#include "view/marks.h"

#define MEASURE 76
#define WIDE 120 /* columns from which two texts stand side by side */

void
clash_layout_init(struct clash_layout *l)
{
	memset(l, 0, sizeof(*l));
	prose_init(&l->base);
	prose_init(&l->yours);
	prose_init(&l->theirs);
}

void
clash_layout_release(struct clash_layout *l)
{
	prose_release(&l->base);
	prose_release(&l->yours);
	prose_release(&l->theirs);
	layout_release(&l->left);
	layout_release(&l->right);
	free(l->place);
	free(l->what);
	free(l->saved);
}

/* A side that has no lines here says so. */
static void
mark_side(struct prose *out, const struct clash_place *p, int side)
{
	const struct buf *was = &p->lines[DIFF3_BASE], *is = &p->lines[side];
	long effort = TEXTDIFF_EFFORT;
	const char *nothing = _("(nothing)");

	prose_reset(out);
	if (side == DIFF3_BASE)
		was = is;
	if (p->before.len)
		prose_add(out, "... ", 4, STYLE_PLAIN, -1);
	marks_compare(out, was->ptr, was->len, is->ptr, is->len, &effort);
	if (p->after.len && *p->after.ptr != '\n')
		prose_add(out, " ...", 4, STYLE_PLAIN, -1);
	if (!out->text.len)
		prose_add(out, nothing, strlen(nothing), STYLE_PLAIN, -1);
}

static void
replace_text(char **where, const char *s)
{
	free(*where);
	*where = mem_strdup(s);
}

void
clash_layout_set(struct clash_layout *l, const struct clash_place *p,
		 const char *place, const char *what, const char *saved)
{
	replace_text(&l->place, place);
	replace_text(&l->what, what);
	replace_text(&l->saved, saved);
	mark_side(&l->base, p, DIFF3_BASE);
	mark_side(&l->yours, p, DIFF3_YOURS);
	mark_side(&l->theirs, p, DIFF3_SAVED);
	l->scroll.at = l->scroll.top = 0;
	l->cols = 0;
}

/* --- as lines --- */

static void
add_block(struct lines *l, int col, const char *head, const struct prose *text)
{
	struct margins body = { .first = col + 2, .rest = col + 2 };
	struct margins title = { .first = col, .rest = col };
	struct prose heading;

	prose_init(&heading);
	prose_add(&heading, head, strlen(head), STYLE_HEADING, -1);
	lines_wrap(l, &heading, 0, heading.text.len, &title);
	lines_wrap(l, text, 0, text->text.len, &body);
	prose_release(&heading);
}

static void
add_place(const struct clash_layout *l, struct lines *lines)
{
	struct margins margins = { 0 };
	struct prose text;

	prose_init(&text);
	prose_add(&text, l->place, strlen(l->place), STYLE_HEADING, -1);
	if (l->roomy) {
		prose_add(&text, " ", 1, STYLE_HEADING, -1);
		prose_add(&text, l->what, strlen(l->what), STYLE_HEADING, -1);
	}
	lines_wrap(lines, &text, 0, text.text.len, &margins);
	if (l->roomy)
		lines_blank(lines);
	prose_release(&text);
}

static void
make_lines(struct clash_layout *l)
{
	bool wide = l->cols >= WIDE;
	int middle = l->cols / 2;
	int right = l->cols - 1 < MEASURE + 2 ? l->cols - 1 : MEASURE + 2;
	struct lines left, beside;

	lines_init(&left, right);
	lines_init(&beside, l->cols - 1 - middle < MEASURE
				    ? l->cols - 1
				    : middle + 2 + MEASURE);
	add_place(l, &left);
	add_block(&left, 0, _("As it was"), &l->base);
	l->right_from = lines_count(&left);
	if (wide && right > middle - 2)
		left.right = middle - 2;
	add_block(&left, 0, _("Your text"), &l->yours);
	add_block(wide ? &beside : &left, wide ? middle : 0, l->saved,
		  &l->theirs);
	lines_take(&left, &l->left);
	lines_take(&beside, &l->right);
}

static size_t
count_lines(const struct clash_layout *l)
{
	size_t beside = l->right.n_lines ? l->right_from + l->right.n_lines : 0;

	return l->left.n_lines > beside ? l->left.n_lines : beside;
}

void
clash_layout_recalc(struct clash_layout *l, int cols, bool roomy)
{
	if (cols == l->cols && roomy == l->roomy)
		return;
	layout_release(&l->left);
	layout_release(&l->right);
	l->cols = cols;
	l->roomy = roomy;
	make_lines(l);
	l->scroll.n = count_lines(l);
}

int
clash_layout_rows(const struct clash_layout *l)
{
	return (int)l->scroll.n;
}

void
clash_layout_fit(struct clash_layout *l, int rows)
{
	l->scroll.rows = rows;
	scroll_fit(&l->scroll);
}

/* --- painting, moving, telling --- */

static void
paint_line(const struct layout *l, size_t i, struct canvas *c, int row)
{
	if (i >= l->n_lines)
		return;
	for (size_t k = 0; k < l->lines[i].n_spans; k++) {
		const struct layout_span *s = &l->lines[i].spans[k];

		(void)canvas_bytes(c, row, s->col, s->style, l->text + s->text,
				   s->len);
	}
}

/* Where the text of the line in focus begins: there the cursor stands. */
static int
first_col(const struct clash_layout *l)
{
	const struct layout_line *line = l->scroll.at < l->left.n_lines
						 ? &l->left.lines[l->scroll.at]
						 : NULL;

	return line && line->n_spans ? line->spans[0].col : 0;
}

void
clash_layout_paint(const struct clash_layout *l, struct canvas *c, int top,
		   int rows, bool in_focus)
{
	for (int i = 0; i < rows; i++) {
		size_t at = l->scroll.top + (size_t)i;

		paint_line(&l->left, at, c, top + i);
		if (at >= l->right_from)
			paint_line(&l->right, at - l->right_from, c, top + i);
	}
	if (in_focus)
		canvas_cursor(c, top + (int)(l->scroll.at - l->scroll.top),
			      first_col(l));
}

/* Where few rows are left, nearly all of them are others. */
static void
turn_page(struct scroll *s, int by)
{
	size_t step = s->rows > 2 ? (size_t)s->rows - 1 : 1;

	if (by < 0)
		s->at = s->top > step ? s->top - step : 0;
	else
		s->at = s->top + step + (size_t)s->rows - 1;
	scroll_fit(s);
	if (by > 0)
		s->at = s->top;
}

bool
clash_layout_move(struct clash_layout *l, enum command cmd)
{
	if (cmd == CMD_UP || cmd == CMD_DOWN)
		scroll_step(&l->scroll, cmd == CMD_UP ? -1 : 1);
	else if (cmd == CMD_PAGE_UP || cmd == CMD_PAGE_DOWN)
		turn_page(&l->scroll, cmd == CMD_PAGE_UP ? -1 : 1);
	else
		return false;
	return true;
}

void
clash_layout_tell(const struct clash_layout *l, struct telling *t)
{
	struct buf place = BUF_INIT;

	buf_printf(&place, "%s %s", l->place, l->what);
	telling_add(t, TELLING_HEADING, place.ptr, 0);
	telling_add(t, TELLING_HEADING, _("As it was"), 0);
	telling_add(t, TELLING_TEXT, l->base.text.ptr, 0);
	telling_add(t, TELLING_HEADING, _("Your text"), 0);
	telling_add(t, TELLING_TEXT, l->yours.text.ptr, 0);
	telling_add(t, TELLING_HEADING, l->saved, 0);
	telling_add(t, TELLING_TEXT, l->theirs.text.ptr, 0);
	buf_release(&place);
}
