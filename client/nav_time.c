/* nav_time.c - see nav_time.h. */
#include "nav_time.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "ahead.h"
#include "base/lastmeeting.h"
#include "base/sentence.h"
#include "base/when.h"
#include "plein/clock.h"
#include "plein/i18n.h"

/* --- there and back --- */

static void
shift(struct nav *n, int64_t at)
{
	n->ctx.at = at;
	nav_time_follow(n); /* screens say where back leads */
	n->titles.at = at;
	titles_read(&n->titles);
	ahead_forget(&n->ctx.ahead); /* they are of another time */
	for (size_t i = 0; i < n->views.len; i++) {
		struct view *v = n->views.items[i];

		if (v->ops->reload)
			v->ops->reload(v);
	}
}

static void
go_there(struct nav *n, int64_t at)
{
	struct buf day = BUF_INIT;

	if (!n->ctx.at)
		n->time_from = n->views.len;
	shift(n, at);
	sentence_until(&day, at);
	context_say(&n->ctx,
		    _("Links, lists and searching stay at %s, until you go "
		      "back to now."),
		    day.ptr);
	buf_release(&day);
}

void
nav_time_follow(struct nav *n)
{
	if (n->time_from > n->views.len)
		n->time_from = n->views.len; /* screens were closed */
	n->ctx.back_is_now = n->ctx.at && n->views.len == n->time_from;
}

bool
nav_time_ends(struct nav *n, enum command cmd)
{
	nav_time_follow(n);
	if (!n->ctx.at || (cmd != CMD_NOW && cmd != CMD_BACK) ||
	    (cmd == CMD_BACK && !n->ctx.back_is_now))
		return false;
	shift(n, 0);
	context_say(&n->ctx, "%s", _("You read the wiki as it is now."));
	return true;
}

/* --- which date --- */

/* The day is said as people type it, too: that is what is gone to. */
static void
offer_first(struct nav *n, int64_t time)
{
	struct request r = request_of(REQUEST_ASK);
	struct buf day = BUF_INIT, line = BUF_INIT;
	time_t then = (time_t)time;
	char typed[16];
	struct tm tm;

	if (!localtime_r(&then, &tm) ||
	    !strftime(typed, sizeof(typed), "%d-%m-%Y", &tm))
		return;
	sentence_year(&day, time);
	buf_printf(&line, _("Question: go to %s, the first day of the wiki?"),
		   day.ptr);
	r.question = question_new(line.ptr, _("There was no wiki before."));
	question_add(r.question, _("No, stay here"), CMD_N, NULL);
	question_add(r.question, _("Yes, to the first day"), CMD_TIME, typed);
	n->ctx.post(&n->ctx, NULL, r);
	buf_release(&line);
	buf_release(&day);
}

static void
take_oldest(void *ctx, const struct rpc_msg *m)
{
	struct nav *n = ctx;
	const json_t *first =
		json_array_get(json_object_get(m->result, "rows"), 0);

	if (m->kind == RPC_ERROR)
		context_say_error(&n->ctx, m);
	else if (!first)
		context_say(&n->ctx, "%s",
			    _("There was no wiki then. Choose a later date."));
	else
		offer_first(n,
			    json_integer_value(json_object_get(first, "time")));
}

/* Was there a wiki then? Something was changed in it. */
static void
take_first(void *ctx, const struct rpc_msg *m)
{
	struct nav *n = ctx;

	if (m->kind == RPC_ERROR)
		context_say_error(&n->ctx, m);
	else if (!json_array_size(json_object_get(m->result, "rows")))
		(void)link_call(
			n->ctx.link, "changes.list",
			json_pack("{s:i, s:i}", "before", 2, "limit", 1),
			take_oldest, n);
	else
		go_there(n, n->time_asked);
}

static void
check_date(struct nav *n, int64_t at)
{
	n->time_asked = at;
	(void)link_call(
		n->ctx.link, "changes.list",
		json_pack("{s:I, s:i}", "until", (json_int_t)at, "limit", 1),
		take_first, n);
}

static void
take_meeting(void *ctx, const struct rpc_msg *m)
{
	struct nav *n = ctx;
	int64_t at;

	if (m->kind == RPC_ERROR)
		context_say_error(&n->ctx, m);
	else if (lastmeeting_end(m->result, &at))
		check_date(n, at);
	else
		context_say(&n->ctx, "%s",
			    _("There was no meeting before today."));
}

static void
take_version(void *ctx, const struct rpc_msg *m)
{
	struct nav *n = ctx;

	if (m->kind == RPC_ERROR)
		context_say_error(&n->ctx, m);
	else
		go_there(n, json_integer_value(
				    json_object_get(m->result, "time")));
}

/* A number alone is a version of the page that is shown. */
static bool
ask_version(struct nav *n, const char *text)
{
	const struct view *v = nav_base(n);
	json_int_t shown;

	if (v->ops->place != PLACE_PAGE || !*text ||
	    text[strspn(text, "0123456789")] || strlen(text) > 6)
		return false;
	(void)link_call(n->ctx.link, "page.read",
			json_pack("{s:s, s:I}", "address",
				  v->ops->page(v, &shown), "version",
				  (json_int_t)strtol(text, NULL, 10)),
			take_version, n);
	return true;
}

static void
say_to_come(struct nav *n)
{
	struct buf today = BUF_INIT;

	sentence_day(&today, clock_wall());
	context_say(&n->ctx, _("That day is still to come. Today is %s."),
		    today.ptr);
	buf_release(&today);
}

struct request
nav_time(struct nav *n, const char *text)
{
	int64_t begin, end, now = clock_wall();
	struct request r = request_of(REQUEST_NONE);

	if (!text) {
		r = request_text(REQUEST_FIELD,
				 nav_base(n)->ops->place == PLACE_PAGE
					 ? _("To which date? 1-2-2026, 1 feb, "
					     "previous meeting, or a version "
					     "number")
					 : _("To which date? 1-2-2026, 1 feb, "
					     "yesterday, previous meeting"));
		r.command = CMD_TIME;
		return r;
	}
	if (ask_version(n, text))
		return r;
	if (when_is_last_meeting(text))
		(void)link_call(n->ctx.link, "meeting.list",
				lastmeeting_params(), take_meeting, n);
	else if (!when_read(text, now, &begin, &end))
		context_say(&n->ctx,
			    _("%s is no date we know. Type it as 1-2-2026."),
			    text);
	else if (begin > now)
		say_to_come(n);
	else
		check_date(n, end < now ? end : now);
	return r;
}

/* --- what every screen has --- */

bool
nav_time_refuses(struct nav *n, enum command cmd)
{
	struct buf day = BUF_INIT;

	if (!n->ctx.at ||
	    (!view_writes(cmd) && cmd != CMD_ALL_READ && cmd != CMD_RESUME))
		return false;
	sentence_until(&day, n->ctx.at);
	context_say(&n->ctx,
		    _("You are reading the wiki of %s. Changing is only "
		      "possible now: Esc."),
		    day.ptr);
	buf_release(&day);
	return true;
}

bool
nav_time_lacks(const struct nav *n, enum command cmd)
{
	const struct view *v = nav_top(n);

	return !n->ctx.at && (cmd == CMD_NOW || (cmd == CMD_COMPARE &&
						 v->ops->place == PLACE_START));
}

void
nav_time_mark(const struct nav *n, struct head *h)
{
	struct buf title = BUF_INIT, day = BUF_INIT;

	if (!n->ctx.at)
		return;
	sentence_year(&day, n->ctx.at);
	if (!sentence_ends_day(n->ctx.at))
		sentence_time(&day, n->ctx.at);
	buf_printf(&title, _("Time travel: as it was on %s - %s"), day.ptr,
		   h->title.ptr);
	buf_release(&h->title);
	h->title = title;
	buf_reset(&h->state);
	buf_str(&h->state, _("read only"));
	buf_release(&day);
}
