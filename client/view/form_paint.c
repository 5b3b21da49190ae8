/*
 * form_paint.c - a form as rows of a screen: first where every piece of text
 * goes at this width, then those that are in sight.
 */
#include "view/form_impl.h"

#include <stdlib.h>
#include <string.h>

#include "plein/mem.h"
#include "plein/utf8.h"
#include "plein/wordwrap.h"

#define INDENT 2
#define LINE_MAX_WIDTH 76
#define BETWEEN 3 /* columns between options, and buttons */
#define BESIDE_FROM 60 /* columns of a window with labels beside fields */
#define BETWEEN_BESIDE 2 /* between options there */
#define BETWEEN_JOINED 4 /* between two choices on a row */
#define ALIGNED_LABEL 11 /* columns of labels of choices that are aligned */

void
form_free_piece(void *piece)
{
	struct form_piece *p = piece;

	free(p->text);
	free(p);
}

/* --- where it goes --- */

/* The next free place while the form is laid out. */
struct pen {
	struct form *form;
	size_t item;
	int row, col; /* col 0: the row is empty */
};

static struct form_piece *
add_piece(struct pen *pen, int col, char *text_take)
{
	struct form_piece *p = mem_alloc(sizeof(*p));

	p->item = pen->item;
	p->row = pen->row;
	p->col = col;
	p->text = text_take;
	p->width = text_take ? utf8_width(text_take, strlen(text_take)) : 0;
	vec_push(&pen->form->pieces, p);
	return p;
}

static void
end_row(struct pen *pen)
{
	pen->row += pen->col > 0;
	pen->col = 0;
}

/* Wrapped, each line a row; "* " before what must be filled in. */
static void
add_text(struct pen *pen, const char *text, bool required)
{
	int width = pen->form->cols - INDENT - 1;
	size_t len = strlen(text);

	end_row(pen);
	if (required)
		(void)add_piece(pen, 0, mem_strdup("*"));
	while (len) {
		size_t n = wordwrap_next(text, len, width > 1 ? width : 1);

		(void)add_piece(pen, INDENT, mem_strndup(text, n));
		pen->row++;
		text += n;
		len -= n;
	}
}

/* Beside what is on the row where there is room, else on the next. */
static struct form_piece *
add_beside(struct pen *pen, char *text_take, int between)
{
	int width = utf8_width(text_take, strlen(text_take));
	int col = pen->col ? pen->col + between : INDENT;

	if (pen->col && col + width >= pen->form->cols) {
		end_row(pen);
		col = INDENT;
	}
	pen->col = col + width;
	return add_piece(pen, col, text_take);
}

static bool
is_beside(const struct form *f)
{
	return f->beside && f->cols >= BESIDE_FROM;
}

static bool
is_aligned(const struct form *f)
{
	return f->aligned && f->cols >= BESIDE_FROM;
}

static void
place_line(struct pen *pen, struct form_item *one)
{
	bool beside = is_beside(pen->form);
	int col = beside ? INDENT + pen->form->beside : INDENT;
	int most = pen->form->cols - col - 2;
	struct form_piece *p;

	if (beside)
		(void)add_piece(pen, INDENT, mem_strdup(one->label));
	else if (*one->label)
		add_text(pen, one->label, one->required);
	p = add_piece(pen, col, NULL);
	p->width = one->width ? one->width : LINE_MAX_WIDTH;
	if (p->width > most)
		p->width = most > 4 ? most : 4;
	if (one->unit)
		(void)add_piece(pen, col + p->width + 1, mem_strdup(one->unit));
	one->row = pen->row++;
	one->col = col;
}

/* Its label; returns how far from it, and from each other, options stand. */
static int
place_label(struct pen *pen, const struct form_item *one)
{
	char *label = mem_strdup(one->label);

	if (!is_beside(pen->form)) {
		end_row(pen);
		(void)add_beside(pen, label, 0);
		if (!is_aligned(pen->form))
			return BETWEEN;
		pen->col = INDENT + ALIGNED_LABEL;
		return 0;
	}
	(void)add_beside(pen, label, BETWEEN_JOINED);
	if (!one->joined)
		pen->col = INDENT + pen->form->beside - BETWEEN_BESIDE;
	return BETWEEN_BESIDE;
}

static void
place_choice(struct pen *pen, struct form_item *one)
{
	int between = place_label(pen, one);

	for (size_t i = 0; i < one->options.len; i++) {
		struct buf text = BUF_INIT;
		const struct form_piece *p;

		buf_printf(&text, "(%c) %s", i == one->chosen ? 'x' : ' ',
			   (char *)one->options.items[i]);
		if (i && is_aligned(pen->form))
			pen->col = INDENT + ALIGNED_LABEL +
				   (int)i * pen->form->aligned;
		p = add_beside(pen, buf_take(&text), between);
		if (i != one->chosen)
			continue;
		one->row = p->row;
		one->col = p->col;
	}
}

static void
place_check(struct pen *pen, struct form_item *one)
{
	struct buf text = BUF_INIT;

	buf_printf(&text, "[%c] %s", one->on ? 'x' : ' ', one->label);
	one->row = pen->row;
	one->col = INDENT;
	(void)add_piece(pen, INDENT, buf_take(&text));
	pen->row++;
}

/* With the cursor where lists have it. */
static void
place_row(struct pen *pen, struct form_item *one)
{
	one->row = pen->row;
	one->col = 0;
	(void)add_piece(pen, INDENT, mem_strdup(one->label));
	pen->row++;
}

static enum form_kind
kind_before(const struct form *f, size_t i)
{
	return i ? form_item_at(f, i - 1)->kind : FORM_SAYING;
}

static void
place_button(struct pen *pen, struct form_item *one)
{
	enum form_kind before = kind_before(pen->form, pen->item);
	struct buf text = BUF_INIT;
	const struct form_piece *p;

	if (before != FORM_BUTTON)
		end_row(pen);
	if (before != FORM_BUTTON && before != FORM_ROW)
		pen->row += !pen->form->tight && pen->row > 0;
	buf_printf(&text, "< %s >", one->label);
	p = add_beside(pen, buf_take(&text), BETWEEN);
	one->row = p->row;
	one->col = p->col;
}

/* Above an item that begins a row of its own. */
static void
begin_item(struct pen *pen, const struct form_item *one)
{
	if (one->parted || (one->kind != FORM_BUTTON &&
			    !(one->joined && is_beside(pen->form))))
		end_row(pen);
	if (one->parted)
		pen->row += !pen->form->tight && pen->row > 0;
}

static void
place_items(struct form *f)
{
	struct pen pen = { .form = f };

	vec_release(&f->pieces, form_free_piece);
	memset(&f->pieces, 0, sizeof(f->pieces));
	for (; pen.item < f->items.len; pen.item++) {
		struct form_item *one = form_item_at(f, pen.item);

		begin_item(&pen, one);
		one->label_row = pen.row;
		if (one->kind == FORM_LINE)
			place_line(&pen, one);
		else if (one->kind == FORM_CHOICE)
			place_choice(&pen, one);
		else if (one->kind == FORM_CHECK)
			place_check(&pen, one);
		else if (one->kind == FORM_BUTTON)
			place_button(&pen, one);
		else if (one->kind == FORM_ROW)
			place_row(&pen, one);
		else
			add_text(&pen, one->label, false);
	}
	end_row(&pen);
	f->n_rows = pen.row;
}

int
form_height(struct form *f, int cols)
{
	f->cols = cols;
	place_items(f);
	return f->n_rows;
}

/* The item in focus in sight, with its label where that fits. */
static void
follow_focus(struct form *f)
{
	const struct form_item *one = form_item_at(f, f->focus);
	int first = one->label_row < one->row ? one->label_row : one->row;

	if (f->n_rows <= f->rows)
		f->top = 0;
	if (first < f->top)
		f->top = first;
	if (one->row >= f->top + f->rows)
		f->top = one->row - f->rows + 1;
	if (f->top > 0 && f->top + f->rows > f->n_rows)
		f->top = f->n_rows > f->rows ? f->n_rows - f->rows : 0;
}

void
form_recalc(struct form *f, int rows, int cols)
{
	if (rows != f->rows || cols != f->cols) {
		f->rows = rows;
		f->cols = cols;
		place_items(f);
	}
	follow_focus(f);
}

bool
form_has_more(const struct form *f)
{
	return f->top + f->rows < f->n_rows;
}

/* --- painting --- */

static void
paint_piece(const struct form *f, struct canvas *c, int row,
	    const struct form_piece *p, bool in_focus)
{
	const struct form_item *one = form_item_at(f, p->item);
	enum style style = STYLE_PLAIN;

	if (!p->text) {
		input_paint(&one->input, c, row, p->col, p->width);
		return;
	}
	if (in_focus && p->item == f->focus && one->kind == FORM_BUTTON)
		style = STYLE_FOCUS;
	(void)canvas_ellipsis(c, row, p->col, f->cols - p->col, style, p->text);
}

/* The line to type in puts the cursor itself, so it comes last. */
static void
paint_focus(const struct form *f, struct canvas *c, int top)
{
	const struct form_item *one = form_item_at(f, f->focus);

	canvas_cursor(c, top + one->row - f->top, one->col);
	if (one->kind == FORM_ROW)
		(void)canvas_text(c, top + one->row - f->top, 0, 1, STYLE_PLAIN,
				  ">");
	for (size_t i = 0; i < f->pieces.len; i++) {
		const struct form_piece *p = f->pieces.items[i];

		if (p->item == f->focus && !p->text)
			paint_piece(f, c, top + p->row - f->top, p, true);
	}
}

void
form_paint(const struct form *f, struct canvas *c, int top, int rows,
	   bool in_focus)
{
	for (size_t i = 0; i < f->pieces.len; i++) {
		const struct form_piece *p = f->pieces.items[i];
		int row = p->row - f->top;

		if (row >= 0 && row < rows)
			paint_piece(f, c, top + row, p, in_focus);
	}
	if (in_focus)
		paint_focus(f, c, top);
}
