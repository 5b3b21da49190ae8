/*
 * app.c - show, wait, read, act. Showing is recalculating the lines of the
 * views at the size of the window, then painting them on the canvas.
 */
#include "app.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "farewell.h"
#include "frame.h"
#include "idle.h"
#include "mouse.h"
#include "nav.h"
#include "nav_time.h"
#include "nav_notice.h"
#include "pane.h"
#include "plein/clock.h"
#include "plein/i18n.h"
#include "plein/mem.h"
#include "ui/clipboard.h"

#define FIRST_SCREEN_MS 1000 /* wait for the wiki before an empty screen */
#define COLUMN_COLS 119 /* no screen has two panes in so few */
#define STOP_MARGIN_MS 700 /* before the server's own end */

struct app {
	struct nav nav;
	struct link *link;
	struct terminal *terminal;
	struct canvas *canvas;
	struct frame_shown around;
	struct pane pane;
	int signals; /* signalfd, or -1 */
	bool shown; /* something was */
	bool resized; /* perhaps: the terminal is to be asked */
	bool hung_up, stopped;
	bool untidy; /* something was answered since tidy() */
	int64_t stop_at; /* when unsaved text must go, or 0 */
	struct idle idle;
	bool idled; /* it is over because of that */
};

/* --- showing --- */

static int
drawer_rows(const struct view *v, const struct frame *f)
{
	if (!v->ops->height)
		return 0;
	return v->ops->height(v, f->body);
}

static void
paint_head(const struct app *a, const struct frame *f, const struct view *base)
{
	struct head h;

	head_init(&h);
	base->ops->head(base, &h);
	nav_mark_space(&a->nav, &h);
	nav_time_mark(&a->nav, &h);
	if (!link_is_up(a->link)) {
		buf_reset(&h.state);
		buf_str(&h.state, _("no connection"));
	}
	frame_paint_head(f, a->canvas, &h);
	a->terminal->ops->title(a->terminal, h.title.ptr);
	head_release(&h);
}

static void
paint_views(struct app *a, const struct frame *f)
{
	struct view *top = nav_top(&a->nav), *base = nav_base(&a->nav);
	int drawer = 0, body = f->body, cols = f->cols;
	bool split;

	nav_time_follow(&a->nav);
	if (a->nav.ctx.display.value[DISPLAY_VIEW] == VIEW_COLUMN &&
	    cols > COLUMN_COLS)
		cols = COLUMN_COLS;
	if (top != base) {
		/* Once to know its lines, then its height is known. */
		top->ops->recalc(top, f->body, cols);
		drawer = drawer_rows(top, f);
		top->ops->recalc(top, drawer, cols);
		body -= drawer;
	}
	split = pane_follow(&a->pane, &a->nav.ctx, base, cols);
	base->ops->recalc(base, body, split ? PANE_LIST : cols);
	paint_head(a, f, base);
	base->ops->paint(base, a->canvas, f->top, body);
	if (split)
		pane_paint(&a->pane, a->canvas, f->top, body);
	if (top != base)
		top->ops->paint(top, a->canvas, f->top + body, drawer);
	frame_paint_message(f, a->canvas, a->nav.ctx.message,
			    top->ops->has_more && top->ops->has_more(top));
	frame_paint_bar(f, a->canvas, top);
}

static void
follow_size(struct app *a)
{
	int rows = canvas_rows(a->canvas), cols = canvas_cols(a->canvas);

	if (a->resized)
		a->terminal->ops->size(a->terminal, &rows, &cols);
	a->resized = false;
	if (rows == canvas_rows(a->canvas) && cols == canvas_cols(a->canvas))
		return;
	canvas_resize(a->canvas, rows, cols);
	frame_forget(&a->around);
}

/* What is around the body stays, if it can. */
static void
clear_body(struct app *a, const struct frame *f)
{
	if (canvas_has_long(a->canvas)) {
		canvas_clear(a->canvas);
		frame_forget(&a->around);
		return;
	}
	canvas_blank(a->canvas, f->top, f->body);
	canvas_cursor(a->canvas, 0, 0);
}

static void
show_small(struct app *a)
{
	canvas_clear(a->canvas);
	frame_forget(&a->around);
	frame_paint_small(a->canvas);
}

/* A view whose data is on its way leaves the one before on the screen. */
static bool
is_worth_showing(const struct app *a)
{
	const struct view *base = nav_base(&a->nav);

	if (!base->ops->is_ready || base->ops->is_ready(base))
		return true;
	return a->shown && !link_is_up(a->link);
}

/* The canvas becomes what the views show. */
static void
draw(struct app *a)
{
	struct frame f;

	follow_size(a);
	a->nav.ctx.cols = canvas_cols(a->canvas);
	if (frame_fit(&f, canvas_rows(a->canvas), canvas_cols(a->canvas))) {
		f.shown = &a->around;
		a->nav.ctx.rows = f.body;
		clear_body(a, &f);
		paint_views(a, &f);
	} else {
		show_small(a);
	}
}

static void
show(struct app *a)
{
	draw(a);
	if (a->nav.redraw)
		a->terminal->ops->redraw(a->terminal, a->canvas);
	else
		a->terminal->ops->show(a->terminal, a->canvas);
	a->nav.redraw = false;
	a->shown = true;
}

/* --- what comes in --- */

static void
take_event(void *ctx, enum link_event e)
{
	struct app *a = ctx;

	if (e == LINK_STOPPING && !nav_is_dirty(&a->nav)) {
		a->stopped = true;
		return;
	}
	if (e == LINK_STOPPING)
		a->stop_at = clock_mono_ms() +
			     1000 * link_stop_seconds(a->link) - STOP_MARGIN_MS;
	nav_event(&a->nav, e);
}

static void
take_notice(void *ctx, const char *method, const json_t *params)
{
	struct app *a = ctx;

	nav_notice(&a->nav, method, params);
}

static void
take_signals(struct app *a)
{
	struct signalfd_siginfo info;

	while (read(a->signals, &info, sizeof(info)) == sizeof(info))
		if (info.ssi_signo == SIGWINCH)
			a->resized = true;
		else
			a->hung_up = true;
}

/* For mouse.h. */
static bool
press(void *ctx, const struct key *k)
{
	struct app *a = ctx;
	const struct view *top = nav_top(&a->nav);

	nav_key(&a->nav, k);
	if (a->nav.done || nav_top(&a->nav) != top)
		return false;
	draw(a);
	return true;
}

static void
take_mouse(struct app *a, const struct key *k)
{
	const struct mouse m = { .canvas = a->canvas,
				 .place = nav_top(&a->nav)->ops->place,
				 .press = press,
				 .ctx = a };

	if (!is_worth_showing(a))
		return;
	draw(a);
	if (k->code == KEY_CLICK)
		mouse_click(&m, k);
	else
		mouse_wheel(&m, k);
}

/* What was copied by a key, and nothing else, goes to the terminal's too. */
static void
share_copy(struct app *a, struct context *c)
{
	if (c->clip.len <= CLIPBOARD_MAX)
		a->terminal->ops->copy(a->terminal, c->clip.ptr, c->clip.len);
	else
		context_say(
			c, "%s",
			_("Copied. It is too long for the clipboard of your "
			  "own computer. Ctrl-V pastes it here."));
}

static void
take_key(struct app *a, const struct key *k)
{
	struct context *c = &a->nav.ctx;

	if (k->code != KEY_WINDOW)
		idle_touch(&a->idle, clock_mono_ms());
	if (k->code == KEY_WINDOW)
		a->resized = true;
	else if (k->code == KEY_CLICK || k->code == KEY_WHEEL)
		take_mouse(a, k);
	else
		nav_key(&a->nav, k);
	if (c->copied && c->display.value[DISPLAY_CLIPBOARD] == SWITCH_ON)
		share_copy(a, c);
	c->copied = false;
}

static void
take_keys(struct app *a, bool idle)
{
	struct key k;

	while (!a->nav.done && !nav_waits(&a->nav) &&
	       a->terminal->ops->key(a->terminal, idle, &k))
		take_key(a, &k);
}

/* In another space nothing of what is shown is true. */
static void
enter_space(struct app *a)
{
	if (!a->nav.entered)
		return;
	pane_release(&a->pane);
	pane_init(&a->pane);
	nav_anew(&a->nav);
	frame_forget(&a->around);
}

/* What was chosen for the display is so at once. */
static void
adapt(struct app *a)
{
	if (!a->nav.ctx.adapted)
		return;
	a->nav.ctx.adapted = false;
	if (a->nav.ctx.translated)
		nav_translate(&a->nav);
	frame_forget(&a->around);
	a->terminal->ops->adapt(a->terminal, &a->nav.ctx.display);
}

/* --- waiting --- */

/* What comes first of two moments, either 0 for never. */
static int64_t
earlier(int64_t a, int64_t b)
{
	if (!a || !b)
		return a ? a : b;
	return a < b ? a : b;
}

static bool
is_script(const struct app *a)
{
	return a->terminal->ops->fd(a->terminal) < 0;
}

static bool
is_answered(const struct app *a)
{
	return !link_is_waiting(a->link) || !link_is_up(a->link);
}

/* Milliseconds, or -1: only for what comes in. */
static int
choose_timeout(const struct app *a)
{
	int64_t left, at = earlier(a->stop_at, nav_due(&a->nav));

	at = earlier(at, pane_due(&a->pane));
	at = earlier(at, idle_due(&a->idle));
	if (a->terminal->ops->pending(a->terminal))
		return a->nav.ctx.display.value[DISPLAY_ESC];
	if (is_script(a))
		return is_answered(a) ? 0 : DISPLAY_ESC_MIN;
	if (!a->shown)
		return FIRST_SCREEN_MS;
	if (!at)
		return -1;
	left = at - clock_mono_ms();
	return left > 0 ? (int)left : 0;
}

/* The link's come first, *n_link of them. */
static int
collect_fds(const struct app *a, struct pollfd fds[4], int *n_link)
{
	int fd = a->terminal->ops->fd(a->terminal);
	int n = *n_link = link_poll(a->link, fds);

	if (fd >= 0)
		fds[n++] = (struct pollfd){ fd, POLLIN, 0 };
	if (a->signals >= 0)
		fds[n++] = (struct pollfd){ a->signals, POLLIN, 0 };
	return n;
}

static bool
has_come(const struct pollfd *fds, int n, int fd)
{
	for (int i = 0; i < n; i++)
		if (fds[i].fd == fd && fds[i].revents)
			return true;
	return false;
}

static bool
has_any_come(const struct pollfd *fds, int n)
{
	for (int i = 0; i < n; i++)
		if (fds[i].revents)
			return true;
	return false;
}

/* Answers are large next to what is kept of them. */
static void
tidy(struct app *a)
{
	if (!a->untidy || link_is_waiting(a->link))
		return;
	a->untidy = false;
	mem_trim();
}

static void
look_idle(struct app *a)
{
	enum idle_step step = idle_look(&a->idle, clock_mono_ms());
	int n = idle_minutes(&a->idle);

	if (step == IDLE_WARN)
		context_say(&a->nav.ctx,
			    ngettext("Note: you will be signed out in %d "
				     "minute. Press any key to stay.",
				     "Note: you will be signed out in %d "
				     "minutes. Press any key to stay.",
				     n),
			    n);
	a->idled = a->idled || step == IDLE_END;
}

/* One round: wait, read, act. */
static void
step(struct app *a)
{
	struct pollfd fds[4];
	int n_link, n = collect_fds(a, fds, &n_link);
	int fd = a->terminal->ops->fd(a->terminal);
	int came;

	tidy(a);
	came = poll(fds, (nfds_t)n, choose_timeout(a));
	if (came == 0 && fd >= 0 && !a->shown)
		show(a);
	if (came < 0)
		return; /* EINTR: nothing can be said about the fds */
	if (a->signals >= 0 && has_come(fds, n, a->signals))
		take_signals(a);
	if (has_any_come(fds, n_link)) {
		link_step(a->link);
		a->untidy = true;
	}
	nav_settle(&a->nav);
	if ((is_script(a) || has_come(fds, n, fd)) &&
	    !a->terminal->ops->read(a->terminal))
		a->hung_up = true;
	take_keys(a, came == 0);
	nav_tick(&a->nav, false);
	nav_settle(&a->nav); /* what was due may ask for something */
	pane_tick(&a->pane, clock_mono_ms());
	enter_space(a);
	adapt(a);
	look_idle(a);
	if (a->stop_at &&
	    (clock_mono_ms() >= a->stop_at || !nav_is_dirty(&a->nav)))
		a->stopped = true;
}

struct app *
app_begin(const struct app_options *o)
{
	struct app *a = mem_alloc(sizeof(*a));

	a->canvas = canvas_new(24, 80);
	frame_shown_init(&a->around);
	pane_init(&a->pane);
	a->link = link_new(o->control, take_event, a);
	link_listen(a->link, take_notice);
	a->resized = true;
	idle_init(&a->idle, o->idle_ms, clock_mono_ms());
	a->signals = o->signals ? farewell_signals() : -1;
	nav_init(&a->nav, a->link, o->first, o->args);
	if (o->trial_ms)
		a->nav.ctx.trial_ms = o->trial_ms;
	if (o->keep_ms)
		a->nav.ctx.keep_ms = o->keep_ms;
	if (o->display)
		a->nav.ctx.display = *o->display;
	link_step(a->link); /* the stream, if it is there already */
	return a;
}

static enum app_end
release_take(struct app *a)
{
	enum app_end end = APP_HUNG_UP;

	if (a->stopped)
		end = APP_STOPPED;
	else if (a->idled)
		end = APP_IDLE;
	else if (a->nav.done)
		end = a->nav.end;
	pane_release(&a->pane);
	nav_release(&a->nav);
	link_free(a->link);
	canvas_free(a->canvas);
	frame_shown_release(&a->around);
	if (a->signals >= 0)
		(void)close(a->signals);
	free(a);
	return end;
}

enum app_end
app_run(struct app *a_take, struct terminal *terminal, const char *message)
{
	struct app *a = a_take;

	a->terminal = terminal;
	if (message)
		context_say(&a->nav.ctx, "%s", message);
	while (!a->nav.done && !a->hung_up && !a->stopped && !a->idled) {
		if (is_worth_showing(a))
			show(a);
		if (a->terminal->ops->rest && is_answered(a))
			a->terminal->ops->rest(a->terminal);
		step(a);
	}
	farewell_say(&a->nav, a->link);
	return release_take(a);
}
