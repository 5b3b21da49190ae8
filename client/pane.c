/* pane.c - see pane.h. */
#include "pane.h"

#include <stdlib.h>
#include <string.h>

#include "plein/clock.h"
#include "plein/mem.h"
#include "plein/utf8.h"
#include "screens.h"

#define PANE_LINE (PANE_LIST + 1) /* column of the line between */
#define PANE_AT (PANE_LIST + 3) /* its first column */
#define PANE_MOST 80 /* columns of it */
#define HEAD_ROWS 2

struct pane_item {
	char *name;
	struct view *view;
};

static void
drop_post(struct context *c, struct view *from, struct request r)
{
	(void)c;
	(void)from;
	request_release(&r);
}

void
pane_init(struct pane *p)
{
	memset(p, 0, sizeof(*p));
	p->ctx.post = drop_post;
	p->ctx.quiet = true;
	p->request = request_of(REQUEST_NONE);
	p->canvas = canvas_new(1, 1);
}

static void
free_item(void *item)
{
	struct pane_item *one = item;

	one->view->ops->free(one->view);
	free(one->name);
	free(one);
}

static void
forget(struct pane *p)
{
	vec_release(&p->kept, free_item);
	request_release(&p->request);
	free(p->wanted);
	p->wanted = NULL;
	p->shown = NULL;
	p->due = 0;
	p->list = NULL;
}

void
pane_release(struct pane *p)
{
	forget(p);
	json_decref(p->ctx.session);
	json_decref(p->ctx.titles);
	json_decref(p->ctx.page);
	free(p->ctx.message);
	canvas_free(p->canvas);
}

/* --- what it shows --- */

static void
hold(json_t **mine, json_t *theirs)
{
	if (*mine == theirs)
		return;
	json_decref(*mine);
	*mine = json_incref(theirs);
}

/* "screen {arguments}"; "" for what shows nothing. Yours. */
static char *
name_request(const struct request *r)
{
	struct buf name = BUF_INIT;
	char *args = r->args ? json_dumps(r->args, JSON_SORT_KEYS) : NULL;

	buf_str(&name, "");
	if (r->kind == REQUEST_SHOW)
		buf_printf(&name, "%d %s", (int)r->screen, args ? args : "");
	free(args);
	return buf_take(&name);
}

static struct pane_item *
find_item(const struct pane *p, const char *name)
{
	for (size_t i = 0; i < p->kept.len; i++) {
		struct pane_item *one = p->kept.items[i];

		if (strcmp(one->name, name) == 0)
			return one;
	}
	return NULL;
}

static void
want(struct pane *p, struct request r, bool at_once)
{
	char *name = name_request(&r);

	if (p->wanted && strcmp(p->wanted, name) == 0) {
		request_release(&r);
		free(name);
		return;
	}
	request_release(&p->request);
	free(p->wanted);
	p->request = r;
	p->wanted = name;
	p->due = find_item(p, name)
			 ? 0
			 : clock_mono_ms() + (at_once ? 0 : PANE_REST_MS);
}

bool
pane_follow(struct pane *p, const struct context *c, const struct view *list,
	    int cols)
{
	bool is_other = list != p->list || c->at != p->ctx.at;

	if (cols < PANE_FROM || !list->ops->preview) {
		forget(p);
		return false;
	}
	if (is_other)
		forget(p);
	p->list = list;
	p->ctx.link = c->link;
	p->ctx.at = c->at;
	hold(&p->ctx.session, c->session);
	hold(&p->ctx.titles, c->titles);
	want(p, list->ops->preview(list), is_other);
	return true;
}

int64_t
pane_due(const struct pane *p)
{
	return p->due;
}

static void
open_item(struct pane *p)
{
	struct pane_item *one = mem_alloc(sizeof(*one));

	one->name = mem_strdup(p->wanted);
	one->view = screens_open(p->request.screen, &p->ctx, p->request.args);
	vec_push(&p->kept, one);
	if (p->kept.len <= PANE_KEPT)
		return;
	one = vec_remove(&p->kept, 0);
	if (p->shown == one->view)
		p->shown = NULL;
	free_item(one);
}

void
pane_tick(struct pane *p, int64_t now)
{
	if (!p->due || now < p->due)
		return;
	p->due = 0;
	if (p->request.kind == REQUEST_SHOW)
		open_item(p);
	else
		p->shown = NULL;
}

/* --- showing --- */

static bool
is_ready(const struct view *v)
{
	return !v->ops->is_ready || v->ops->is_ready(v);
}

/* What was shown stays until the next one is there. */
static void
choose_shown(struct pane *p)
{
	struct pane_item *one = find_item(p, p->wanted);

	if (one && is_ready(one->view))
		p->shown = one->view;
}

/* Nothing in it has the focus. */
static void
take_focus_away(struct canvas *c)
{
	int row, col;

	canvas_get_cursor(c, &row, &col);
	if (canvas_cell(c, row, 0)->glyph == '>')
		(void)canvas_text(c, row, 0, 1, STYLE_PLAIN, " ");
	for (int i = 0; i < canvas_cols(c); i++)
		if (canvas_cell(c, row, i)->style == STYLE_FOCUS)
			canvas_style(c, row, i, 1, STYLE_PLAIN);
}

/* What stands on the first two lines of a screen, above. */
static int
paint_head(const struct view *v, struct canvas *c, int cols)
{
	struct head h;
	int width, end = cols;

	head_init(&h);
	v->ops->head(v, &h);
	(void)canvas_ellipsis(c, 0, 0, cols, STYLE_HEADING, h.title.ptr);
	width = utf8_width(h.fact.ptr, h.fact.len);
	if (width && width < cols / 2) {
		end -= width + 1;
		(void)canvas_text(c, 1, end + 1, width, STYLE_PLAIN,
				  h.fact.ptr);
	}
	(void)canvas_ellipsis(c, 1, 0, end, STYLE_PLAIN, h.place.ptr);
	head_release(&h);
	return HEAD_ROWS;
}

void
pane_paint(struct pane *p, struct canvas *c, int top, int rows)
{
	int cols = canvas_cols(c) - PANE_AT, above;

	cols = cols < PANE_MOST ? cols : PANE_MOST;
	for (int i = 0; i < rows; i++)
		(void)canvas_text(c, top + i, PANE_LINE, 1, STYLE_PLAIN, "│");
	choose_shown(p);
	if (!p->shown || rows <= HEAD_ROWS)
		return;
	if (canvas_rows(p->canvas) != rows || canvas_cols(p->canvas) != cols)
		canvas_resize(p->canvas, rows, cols);
	canvas_clear(p->canvas);
	above = paint_head(p->shown, p->canvas, cols);
	p->shown->ops->recalc(p->shown, rows - above, cols);
	p->shown->ops->paint(p->shown, p->canvas, above, rows - above);
	take_focus_away(p->canvas);
	canvas_place(c, top, PANE_AT, p->canvas);
}
