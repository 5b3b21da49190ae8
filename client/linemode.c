/*
 * linemode.c - wait, read a line, act, tell. Nothing is written while a line
 * is awaited: what the wiki says meanwhile is told before the next prompt.
 */
#include "linemode_impl.h"

#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <termios.h>
#include <unistd.h>

#include "farewell.h"
#include "line_edit.h"
#include "line_talk.h"
#include "nav_notice.h"
#include "plein/clock.h"
#include "plein/filter.h"
#include "plein/fs.h"
#include "plein/i18n.h"
#include "plein/mem.h"
#include "view/thread.h"

#define SETTLE_MS 10000 /* for the wiki to answer, or to come back */
#define STOP_MARGIN_MS 700 /* before the server's own end */
#define LINE_MAX_LEN 65536
#define LAYOUTS 4 /* as often as a list may ask for more */
#define ROWS 20 /* of a window that nobody sees */

/* --- what goes out --- */

void
linemode_say(struct linemode *l, const char *fmt, ...)
{
	struct buf text = BUF_INIT;
	va_list ap;

	va_start(ap, fmt);
	buf_vprintf(&text, fmt, ap);
	va_end(ap);
	line_wrap(text.ptr, l->width, &l->out);
	buf_release(&text);
}

static void
flush(struct linemode *l)
{
	if (fs_write_fd(l->options->out, l->out.ptr, l->out.len, NULL) < 0)
		l->hung_up = true;
	buf_reset(&l->out);
}

/* --- what comes in --- */

static void
take_event(void *ctx, enum link_event e)
{
	struct linemode *l = ctx;

	if (e == LINK_STOPPING && !nav_is_dirty(&l->nav)) {
		l->stopped = true;
		return;
	}
	if (e == LINK_STOPPING)
		l->stop_at = clock_mono_ms() +
			     1000 * link_stop_seconds(l->link) - STOP_MARGIN_MS;
	if (e == LINK_BACK)
		l->away = false;
	if (e == LINK_GONE)
		l->away = true;
	nav_event(&l->nav, e);
}

static void
take_notice(void *ctx, const char *method, const json_t *params)
{
	struct linemode *l = ctx;

	nav_notice(&l->nav, method, params);
}

static void
take_signals(struct linemode *l)
{
	struct signalfd_siginfo info;

	while (read(l->signals, &info, sizeof(info)) == sizeof(info))
		if (info.ssi_signo == SIGINT)
			l->interrupted = true;
		else if (info.ssi_signo != SIGWINCH)
			l->hung_up = true;
}

static void
read_input(struct linemode *l)
{
	char bytes[4096];
	ssize_t n = read(l->options->in, bytes, sizeof(bytes));

	idle_touch(&l->idle, clock_mono_ms());
	if (n > 0)
		buf_add(&l->in, bytes, (size_t)n);
	else
		l->ended = true;
}

static bool
is_over(const struct linemode *l)
{
	return l->nav.done || l->hung_up || l->stopped || l->idled;
}

/* Wait at most this long, -1 for ever, and take what came. */
static void
step(struct linemode *l, int timeout, bool input)
{
	struct pollfd fds[4];
	int n = link_poll(l->link, fds), n_link = n, in = -1, signals = -1;
	bool came = false;

	if (input)
		fds[in = n++] = (struct pollfd){ l->options->in, POLLIN, 0 };
	if (l->signals >= 0)
		fds[signals = n++] = (struct pollfd){ l->signals, POLLIN, 0 };
	if (poll(fds, (nfds_t)n, timeout) < 0)
		return; /* EINTR */
	for (int i = 0; i < n_link; i++)
		came |= fds[i].revents != 0;
	if (came)
		link_step(l->link);
	nav_settle(&l->nav);
	if (signals >= 0 && fds[signals].revents)
		take_signals(l);
	if (in >= 0 && fds[in].revents)
		read_input(l);
	nav_tick(&l->nav, false);
	if (l->nav.entered)
		nav_anew(&l->nav);
	if (l->stop_at &&
	    (clock_mono_ms() >= l->stop_at || !nav_is_dirty(&l->nav)))
		l->stopped = true;
}

static bool
is_ready(const struct linemode *l)
{
	const struct view *base = nav_base(&l->nav);

	return !base->ops->is_ready || base->ops->is_ready(base);
}

static bool
is_settled(const struct linemode *l)
{
	return !link_is_waiting(l->link) && is_ready(l);
}

void
linemode_settle(struct linemode *l)
{
	int wait = l->options->wait_ms ? l->options->wait_ms : SETTLE_MS;
	int64_t left, until = clock_mono_ms() + wait;

	nav_settle(&l->nav);
	while (!is_over(l) && !is_settled(l)) {
		left = l->away ? 0 : until - clock_mono_ms();
		step(l, left > 0 ? (int)left : 0, false);
		if (left <= 0)
			break;
	}
	l->away = !is_over(l) && !is_settled(l);
}

/* --- telling --- */

/* What was said and not told yet waits for the next prompt. */
static void
note_message(struct linemode *l)
{
	const char *message = l->nav.ctx.message;

	if (message &&
	    (l->nav.ctx.said || !l->told || strcmp(message, l->told) != 0))
		line_wrap(message, l->width, &l->news);
	free(l->told);
	l->told = message ? mem_strdup(message) : NULL;
	l->nav.ctx.said = false;
}

void
linemode_forget(struct linemode *l)
{
	free(l->told);
	l->told = l->nav.ctx.message ? mem_strdup(l->nav.ctx.message) : NULL;
	l->nav.ctx.said = false;
}

static void
tell_news(struct linemode *l)
{
	buf_add(&l->out, l->news.ptr, l->news.len);
	buf_reset(&l->news);
}

/* Views count on having been laid out; then a list may ask for more. */
static void
lay_out(struct linemode *l)
{
	struct view *top, *base;

	for (int i = 0; i < LAYOUTS; i++) {
		top = nav_top(&l->nav);
		base = nav_base(&l->nav);
		l->nav.ctx.cols = l->width;
		base->ops->recalc(base, ROWS, l->width);
		if (top != base)
			top->ops->recalc(top, ROWS, l->width);
		if (!link_is_waiting(l->link))
			break;
		linemode_settle(l);
	}
}

/* Each change of a text is told by itself. */
static bool
is_fresh(const struct linemode *l, const struct line_tell *t)
{
	if (t->place == PLACE_EDITOR && l->shown.place == PLACE_EDITOR)
		return false;
	return !line_tell_is_same(t, &l->shown);
}

static bool
is_drawer(enum place place)
{
	return ((unsigned)place &
		(PLACE_QUESTION | PLACE_MENU | PLACE_FIELD | PLACE_FIND)) != 0;
}

static void
swap(struct line_tell *a, struct line_tell *b)
{
	struct line_tell t = *a;

	*a = *b;
	*b = t;
}

/* A drawer covers what was told, and gives it back when it closes. */
static void
take_shown(struct linemode *l, struct line_tell *t)
{
	if (is_drawer(t->place) && !is_drawer(l->shown.place))
		swap(&l->shown, &l->below);
	swap(&l->shown, t);
}

static bool
uncover(struct linemode *l, const struct line_tell *t)
{
	if (!is_drawer(l->shown.place) || is_drawer(t->place) ||
	    !line_tell_is_same(t, &l->below))
		return false;
	swap(&l->shown, &l->below);
	return true;
}

static void
tell_view(struct linemode *l)
{
	if (line_talk_is_due(l)) {
		line_wrap(l->shown.head.ptr, l->width, &l->out);
	} else if (l->shown.place == PLACE_EDITOR) {
		line_wrap(l->shown.head.ptr, l->width, &l->out);
		line_edit_list(l, "");
	} else if (!((unsigned)l->shown.place & (PLACE_FIELD | PLACE_FIND))) {
		line_tell_part(&l->shown, l->width, &l->out);
	}
	if (line_edit_is_wording(l))
		line_edit_explain(l);
}

/* Back from writing, what was said is enough: Enter reads on. */
static bool
is_enough(const struct linemode *l, enum place before)
{
	if (l->shown.place == PLACE_THREAD)
		return l->news.len && l->thread &&
		       strcmp(thread_code(nav_top(&l->nav)), l->thread) == 0;
	return l->news.len && l->shown.place == PLACE_PAGE &&
	       (before & (PLACE_SAVE | PLACE_EDITOR));
}

/* Of a form that was told only what changed; `was` is what was told before,
 * NULL when the view is not to be told. */
static void
tell_news_and_view(struct linemode *l, const struct line_tell *was)
{
	tell_news(l);
	if (!was)
		return;
	if (!(l->shown.place & PLACE_FILLED) ||
	    !line_tell_changes(&l->shown, was, l->width, &l->out))
		tell_view(l);
}

static void
note_thread(struct linemode *l)
{
	char *code = mem_strdup(thread_code(nav_top(&l->nav)));

	free(l->thread);
	l->thread = code;
}

void
linemode_present(struct linemode *l)
{
	enum place before = l->shown.place;
	struct line_tell t;
	bool fresh;

	linemode_settle(l);
	if (is_over(l))
		return;
	if (!is_ready(l)) {
		note_message(l);
		tell_news(l);
		linemode_say(l, "%s", _("The wiki does not answer now."));
		return;
	}
	lay_out(l);
	line_tell_make(&t, nav_top(&l->nav));
	fresh = !uncover(l, &t) && is_fresh(l, &t);
	/* What a question or a form says when it opens is told with it. */
	if (fresh &&
	    (t.place & (PLACE_QUESTION | PLACE_FILLED | PLACE_COMPARE)))
		linemode_forget(l);
	note_message(l);
	if (fresh)
		take_shown(l, &t);
	tell_news_and_view(l, fresh && !is_enough(l, before) ? &t : NULL);
	if (l->shown.place == PLACE_THREAD)
		note_thread(l);
	line_tell_release(&t);
}

void
linemode_go_on(struct linemode *l)
{
	size_t known = l->shown.telling.parts.len;
	struct line_tell t;

	if (l->shown.place & PLACE_LISTING)
		linemode_key(l, "End");
	linemode_settle(l);
	lay_out(l);
	line_tell_make(&t, nav_top(&l->nav));
	if (t.place == l->shown.place && t.telling.parts.len > known) {
		t.next = known;
		swap(&l->shown, &t);
		tell_view(l);
	} else {
		linemode_say(l, "%s", _("That was all."));
	}
	line_tell_release(&t);
}

/* --- lines --- */

/* The first line of what came in; at the end also one without newline. */
static bool
take_line(struct linemode *l, struct buf *line)
{
	const char *end = memchr(l->in.ptr, '\n', l->in.len);
	size_t len = end ? (size_t)(end - l->in.ptr) : l->in.len;

	if (!end && l->in.len <= LINE_MAX_LEN && (!l->ended || !l->in.len))
		return false;
	buf_add(line, l->in.ptr, len);
	while (line->len && line->ptr[line->len - 1] == '\r')
		buf_erase(line, line->len - 1, 1);
	buf_erase(&l->in, 0, len + (end != NULL));
	return true;
}

static int
choose_timeout(const struct linemode *l)
{
	int64_t left, at = nav_due(&l->nav);

	if (l->stop_at && (!at || l->stop_at < at))
		at = l->stop_at;
	if (idle_due(&l->idle) && (!at || idle_due(&l->idle) < at))
		at = idle_due(&l->idle);
	if (!at)
		return -1;
	left = at - clock_mono_ms();
	return left > 0 ? (int)left : 0;
}

static void
show_prompt(struct linemode *l, const char *prompt)
{
	filter_line(&l->out, prompt, strlen(prompt));
	flush(l);
}

/* Ctrl-C: the terminal forgot what was typed of this line. */
static void
begin_anew(struct linemode *l, const char *prompt)
{
	l->interrupted = false;
	buf_char(&l->out, '\n');
	show_prompt(l, prompt);
}

/* The one thing that is told while a line is awaited. */
static void
look_idle(struct linemode *l, const char *prompt)
{
	enum idle_step step = idle_look(&l->idle, clock_mono_ms());
	int n = idle_minutes(&l->idle);

	l->idled = l->idled || step == IDLE_END;
	if (step == IDLE_NOTHING)
		return;
	buf_char(&l->out, '\n');
	if (step == IDLE_END)
		return;
	linemode_say(l,
		     ngettext("Note: you will be signed out in %d minute. "
			      "Press Enter to stay.",
			      "Note: you will be signed out in %d minutes. "
			      "Press Enter to stay.",
			      n),
		     n);
	show_prompt(l, prompt);
}

static bool
is_text(const struct buf *line)
{
	size_t at;

	return line->len <= LINE_MAX_LEN &&
	       filter_accepts(line->ptr, line->len, &at);
}

static void
echo(struct linemode *l, const struct buf *line)
{
	if (!l->options->echo)
		return;
	if (l->hidden)
		buf_str(&l->out, "***");
	else
		filter_line(&l->out, line->ptr, line->len);
	buf_char(&l->out, '\n');
}

bool
linemode_ask(struct linemode *l, const char *prompt, struct buf *line)
{
	for (;;) {
		show_prompt(l, prompt);
		buf_reset(line);
		while (!is_over(l) && !take_line(l, line)) {
			if (l->ended)
				return false;
			step(l, choose_timeout(l), true);
			note_message(l);
			look_idle(l, prompt);
			if (l->interrupted)
				begin_anew(l, prompt);
		}
		if (is_over(l))
			return false;
		echo(l, line);
		if (is_text(line))
			return true;
		linemode_say(l, "%s",
			     _("This line cannot be read: too long, or not in "
			       "UTF-8."));
	}
}

bool
linemode_ask_hidden(struct linemode *l, const char *prompt, struct buf *line)
{
	struct termios before, quiet;
	bool hides = l->options->terminal &&
		     tcgetattr(l->options->in, &before) == 0,
	     come;

	if (hides) {
		quiet = before;
		quiet.c_lflag &= ~(tcflag_t)ECHO;
		(void)tcsetattr(l->options->in, TCSADRAIN, &quiet);
	}
	l->hidden = true;
	come = linemode_ask(l, prompt, line);
	l->hidden = false;
	if (hides) {
		(void)tcsetattr(l->options->in, TCSADRAIN, &before);
		buf_char(&l->out, '\n');
	}
	return come;
}

bool
linemode_ask_text(struct linemode *l, struct buf *text)
{
	struct buf line = BUF_INIT;
	bool more = true;

	linemode_say(l, "%s", _("A line with only a dot ends it."));
	while ((more = linemode_ask(l, "", &line)) &&
	       strcmp(line.ptr, ".") != 0) {
		buf_add(text, line.ptr, line.len);
		buf_char(text, '\n');
	}
	buf_release(&line);
	return more;
}

void
linemode_key(struct linemode *l, const char *name)
{
	struct key k;

	if (key_parse(name, &k))
		nav_key(&l->nav, &k);
}

void
linemode_empty(struct linemode *l, size_t len)
{
	for (size_t i = 0; i < len; i++)
		linemode_key(l, "Delete");
	for (size_t i = 0; i < len; i++)
		linemode_key(l, "Backspace");
}

void
linemode_type(struct linemode *l, const char *text, size_t len)
{
	struct key k = { .code = KEY_PASTE, .text = text, .len = len };

	if (len)
		nav_key(&l->nav, &k);
}

/* --- the session --- */

static void
begin(struct linemode *l, const struct linemode_options *o)
{
	memset(l, 0, sizeof(*l));
	buf_init(&l->in);
	buf_init(&l->out);
	buf_init(&l->news);
	buf_init(&l->shown.head);
	buf_init(&l->below.head);
	l->options = o;
	l->width = o->width ? o->width : LINE_WIDTH;
	l->link = link_new(o->control, take_event, l);
	link_listen(l->link, take_notice);
	idle_init(&l->idle, o->idle_ms, clock_mono_ms());
	l->signals = o->signals ? farewell_signals() : -1;
	nav_init(&l->nav, l->link, o->first, o->args);
	l->nav.ctx.in_lines = true;
	/* for who looks where they are signed in */
	(void)link_call(l->link, "session.info",
			json_pack("{s:b}", "lines", true), NULL, NULL);
	if (o->keep_ms)
		l->nav.ctx.keep_ms = o->keep_ms;
}

static void
greet(struct linemode *l)
{
	linemode_settle(l);
	linemode_forget(l); /* of keys and screens */
	if (!*context_session(&l->nav.ctx, "handle"))
		linemode_say(l, _("%s. Without a profile. Plain lines."),
			     context_session(&l->nav.ctx, "wiki"));
	else
		linemode_say(l, _("%s. Signed in as %s. Plain lines."),
			     context_session(&l->nav.ctx, "wiki"),
			     context_session(&l->nav.ctx, "handle"));
	linemode_say(l, "%s", _("Type help for an explanation."));
}

static void
release(struct linemode *l)
{
	nav_release(&l->nav);
	link_free(l->link);
	if (l->signals >= 0)
		(void)close(l->signals);
	line_tell_release(&l->shown);
	line_tell_release(&l->below);
	free(l->told);
	free(l->thread);
	buf_release(&l->in);
	buf_release(&l->out);
	buf_release(&l->news);
}

enum app_end
linemode_run(const struct linemode_options *o)
{
	struct linemode l;
	struct buf prompt = BUF_INIT, line = BUF_INIT;
	enum app_end end = APP_HUNG_UP;

	begin(&l, o);
	greet(&l);
	while (!is_over(&l)) {
		linemode_present(&l);
		if (line_talk_is_due(&l)) {
			if (!line_talk(&l))
				break;
			continue;
		}
		l.remark = NULL; /* the next may lie where it lay */
		buf_reset(&prompt);
		line_prompt(&l, &prompt);
		if (is_over(&l) || !linemode_ask(&l, prompt.ptr, &line))
			break;
		line_act(&l, line.ptr);
	}
	farewell_say(&l.nav, l.link);
	if (l.stopped)
		end = APP_STOPPED;
	else if (l.idled)
		end = APP_IDLE;
	else if (l.nav.done)
		end = l.nav.end;
	/* what is said of it begins behind a prompt that nobody answered */
	if (l.nav.done && end != APP_SIGNED_OUT)
		buf_char(&l.out, '\n');
	flush(&l);
	buf_release(&prompt);
	buf_release(&line);
	release(&l);
	return end;
}
