/* outline.c - see outline.h. */
#include "view/outline.h"

#include "plein/i18n.h"

#define BAR "\xe2\x94\x82" /* │ */
#define BAR_COL 80 /* beyond the text */
#define TEXT_COL 82
#define INDENT 2 /* a level */

/* Where headings go: the row of the next, and one row beyond the last. */
struct pane {
	struct canvas *canvas;
	int row, end;
};

static void
paint_bar(struct pane *p)
{
	for (int row = p->row; row < p->end; row++)
		(void)canvas_text(p->canvas, row, BAR_COL, 1, STYLE_PLAIN, BAR);
}

static void
add_row(struct pane *p, int indent, enum style style, const char *text)
{
	int col = TEXT_COL + indent;

	(void)canvas_ellipsis(p->canvas, p->row++, col,
			      canvas_cols(p->canvas) - col, style, text);
}

/* The highest level there is is not indented. */
static void
add_headings(struct pane *p, const struct reader *r, int highest)
{
	struct buf text = BUF_INIT;
	size_t at = 0;

	while (p->row < p->end && (at = reader_next_heading(r, at + 1))) {
		bool last = p->row + 1 == p->end;

		buf_reset(&text);
		if (last && reader_next_heading(r, at + 1))
			buf_str(&text, _("... (i shows all of them)"));
		else
			reader_heading_text(r, at, &text);
		add_row(p, INDENT * (reader_heading_level(r, at) - highest),
			STYLE_PLAIN, text.ptr);
	}
	buf_release(&text);
}

void
outline_paint(const struct reader *r, struct canvas *c, int top, int rows)
{
	struct pane p = { c, top, top + rows };

	if (canvas_cols(c) < OUTLINE_COLS || rows <= READER_LEAD ||
	    !reader_next_heading(r, 0))
		return;
	paint_bar(&p);
	p.row += READER_LEAD;
	add_row(&p, 0, STYLE_HEADING, _("Contents"));
	add_headings(&p, r, reader_highest_level(r));
}
