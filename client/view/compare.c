/*
 * compare.c - the places where two versions differ, as a list. Three answers
 * make it: what differs, the later text to say where that is, and who made
 * the versions behind the first.
 */
#include "view/compare.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/sentence.h"
#include "plein/i18n.h"
#include "plein/mem.h"
#include "view/act.h"
#include "view/listview.h"
#include "view/naming.h"
#include "view/spots.h"

#define NAMES 3 /* of who made the versions between, at most */

struct compare {
	struct listview base; /* values are indexes of spots */
	char *address;
	json_int_t from, to; /* versions */
	json_t *diff, *text, *log; /* results, or NULL */
	int waiting; /* answers that have not come */
	char *sought; /* the first place with these words is sought, or NULL */
	struct spots spots;
};

static struct compare *
compare_of(struct view *v)
{
	return (struct compare *)v;
}

static const struct compare *
const_compare(const struct view *v)
{
	return (const struct compare *)v;
}

/* --- the list --- */

static void
add_heading(struct compare *p, size_t i, size_t n)
{
	const struct spot *spot = spots_at(&p->spots, i);
	static const char *const cells[LISTING_COLUMNS];
	struct buf what = BUF_INIT, line = BUF_INIT;

	spot_what(spot, &what);
	/* Translators: "Place 1 of 3, in the first paragraph. 8 words
	 * added." */
	buf_printf(&line, _("Place %zu of %zu, %s. %s."), i + 1, n, spot->where,
		   what.ptr);
	listing_add(&p->base.list, i, line.ptr, cells);
	listing_gap(&p->base.list);
	listing_marked(&p->base.list, &spot->text);
	buf_release(&what);
	buf_release(&line);
}

static void
add_fields(struct compare *p, size_t i)
{
	static const char *const cells[LISTING_COLUMNS];
	struct marked line;
	const struct spot *spot = spots_at(&p->spots, i);
	const char *word = _("Properties: ");

	marked_init(&line);
	marked_add(&line, word, strlen(word), MARK_BOTH);
	marked_copy(&line, &spot->text, 0, spot->text.text.len);
	listing_add(&p->base.list, i, line.text.ptr, cells);
	listing_marks(&p->base.list, &line);
	listing_gap(&p->base.list);
	marked_release(&line);
}

static void
fill_list(struct compare *p)
{
	const json_t *text = json_object_get(p->text, "text");
	struct naming names;
	size_t n;

	naming_init(&names, p->base.view.ctx, p->address);
	spots_release(&p->spots);
	spots_make(&p->spots, p->diff, json_string_value(text),
		   json_string_length(text), &names.wiki);
	naming_release(&names);
	listing_clear(&p->base.list);
	n = spots_in_text(&p->spots);
	for (size_t i = 0; i < n; i++)
		add_heading(p, i, n);
	if (n < spots_size(&p->spots))
		add_fields(p, n);
	if (!spots_size(&p->spots))
		listing_say(&p->base.list,
			    _("These versions have the same text."));
	if (json_is_false(json_object_get(p->diff, "complete")))
		listing_say(&p->base.list,
			    _("There is more; not all differences fit."));
	if (n > 1 && !p->base.view.ctx->said)
		context_say(p->base.view.ctx, "%s",
			    _("Tab goes to the next "
			      "place."));
}

/* --- data --- */

static void
take(struct compare *p, json_t **slot, const struct rpc_msg *m)
{
	p->waiting--;
	if (m->kind == RPC_ERROR) {
		context_say_error(p->base.view.ctx, m);
	} else {
		json_decref(*slot);
		*slot = json_incref(m->result);
	}
	if (!p->waiting && p->diff && p->text)
		fill_list(p);
}

static void
take_diff(void *ctx, const struct rpc_msg *m)
{
	struct compare *p = ctx;

	take(p, &p->diff, m);
}

static void
take_text(void *ctx, const struct rpc_msg *m)
{
	struct compare *p = ctx;

	take(p, &p->text, m);
}

static void
take_log(void *ctx, const struct rpc_msg *m)
{
	struct compare *p = ctx;

	take(p, &p->log, m);
}

static void
reload(struct view *v)
{
	struct compare *p = compare_of(v);
	struct link *link = v->ctx->link;

	link_forget(link, v);
	p->waiting = 3;
	(void)link_call(link, "page.diff",
			json_pack("{s:s, s:I, s:I, s:b}", "address", p->address,
				  "from", p->from, "to", p->to, "words", 1),
			take_diff, p);
	(void)link_call(link, "page.read",
			json_pack("{s:s, s:I}", "address", p->address,
				  "version", p->to),
			take_text, p);
	(void)link_call(link, "page.log",
			json_pack("{s:s, s:I, s:I}", "address", p->address,
				  "before", p->to + 1, "limit",
				  p->to - p->from + 1),
			take_log, p);
}

static bool
is_ready(const struct view *v)
{
	return !const_compare(v)->waiting;
}

/* --- who and when --- */

static const json_t *
log_row(const struct compare *p, size_t i)
{
	return json_array_get(json_object_get(p->log, "rows"), i);
}

/* The row of a version, or NULL. */
static const json_t *
find_row(const struct compare *p, json_int_t version)
{
	const json_t *row;

	for (size_t i = 0; (row = log_row(p, i)) != NULL; i++)
		if (args_number(row, "version") == version)
			return row;
	return NULL;
}

/* Was the maker of row i named in an earlier one? */
static bool
was_named(const struct compare *p, size_t i)
{
	const char *handle = args_text(log_row(p, i), "handle");

	for (size_t k = 0; k < i; k++)
		if (strcmp(args_text(log_row(p, k), "handle"), handle) == 0)
			return true;
	return false;
}

/* Who made the versions behind the first: "A, B and C". */
static void
add_makers(const struct compare *p, struct buf *out)
{
	const char *names[NAMES];
	size_t n = 0;
	const json_t *row;

	for (size_t i = 0; (row = log_row(p, i)) != NULL; i++) {
		if (args_number(row, "version") <= p->from)
			break;
		if (was_named(p, i))
			continue;
		if (n < NAMES)
			names[n] = args_text(row, "handle");
		n++;
	}
	for (size_t i = 0; i < n && i < NAMES; i++) {
		if (i)
			buf_str(out, i + 1 == n ? _(" and ") : ", ");
		buf_str(out, names[i]);
	}
	if (n > NAMES)
		buf_printf(out, _(" and %zu more"), n - NAMES);
}

/* "3 March", without the month when that is the one of the other end. */
static void
add_first_day(struct buf *out, json_int_t first, json_int_t last)
{
	time_t from = (time_t)first, to = (time_t)last;
	struct tm a, b;

	if (localtime_r(&from, &a) && localtime_r(&to, &b) &&
	    a.tm_year == b.tm_year && a.tm_mon == b.tm_mon &&
	    a.tm_mday != b.tm_mday)
		buf_printf(out, "%d", a.tm_mday);
	else
		sentence_day(out, first);
}

/* "Between 3 and 17 March, by A and B", or one version with its note. */
static void
add_period(const struct compare *p, struct buf *out)
{
	const json_t *first = find_row(p, p->from);
	const json_t *last = find_row(p, p->to);
	struct buf from = BUF_INIT, to = BUF_INIT, makers = BUF_INIT;

	add_first_day(&from, args_number(first, "time"),
		      args_number(last, "time"));
	sentence_day(&to, args_number(last, "time"));
	add_makers(p, &makers);
	if (!last)
		buf_reset(&to);
	else if (p->to == p->from + 1)
		buf_printf(out, "%s, %s: %s", to.ptr, makers.ptr,
			   *args_text(last, "note") ? args_text(last, "note")
						    : _("(no note)"));
	else if (!first)
		buf_printf(out, _("Until %s, by %s"), to.ptr, makers.ptr);
	else if (strcmp(from.ptr, to.ptr) == 0)
		buf_printf(out, _("On %s, by %s"), to.ptr, makers.ptr);
	else
		buf_printf(out, _("Between %s and %s, by %s"), from.ptr, to.ptr,
			   makers.ptr);
	buf_release(&from);
	buf_release(&to);
	buf_release(&makers);
}

/* --- showing --- */

static void
fill_state(const struct compare *p, struct buf *out)
{
	size_t n = spots_in_text(&p->spots), i;

	if (listing_focus(&p->base.list, &i) && i < n)
		buf_printf(out, _("place %zu of %zu"), i + 1, n);
}

static void
fill_head(const struct view *v, struct head *h)
{
	const struct compare *p = const_compare(v);
	const char *address,
		*title = context_find(v->ctx, p->address, &address);

	title = title ? title : p->address;
	if (p->from)
		buf_printf(&h->title,
			   _("Difference: %s, version %lld and version %lld"),
			   title, (long long)p->from, (long long)p->to);
	else
		buf_printf(&h->title, _("Difference: %s, version %lld"), title,
			   (long long)p->to);
	head_cut_name(h, title);
	fill_state(p, &h->state);
	buf_printf(&h->place, "%s  ", _("[-gone-] {+new+}"));
	add_period(p, &h->place);
}

static void
recalc(struct view *v, int rows, int cols)
{
	struct compare *p = compare_of(v);

	listview_recalc(v, rows, cols);
	if (p->sought && !p->waiting) {
		(void)listing_seek(&p->base.list, p->sought, true);
		free(p->sought);
		p->sought = NULL;
	}
}

/* --- acting --- */

/* One version by itself, or all behind the first. */
static struct request
undo(struct compare *p)
{
	json_int_t newest = args_number(p->text, "latest");
	struct act_revert a = { p->address, p->from, 0, newest, NULL };
	struct buf changes = BUF_INIT;
	size_t gone, come;
	struct request r;

	if (!p->from || !spots_size(&p->spots)) {
		context_say(p->base.view.ctx, "%s",
			    _("There is nothing here to undo."));
		return request_of(REQUEST_NONE);
	}
	if (p->to == p->from + 1)
		return act_ask_undo(p->base.view.ctx, p->address, p->to);
	if (p->to != newest) {
		context_say(p->base.view.ctx, "%s",
			    _("These are several versions. Undo them one by "
			      "one: v shows the list."));
		return request_of(REQUEST_NONE);
	}
	spots_words(&p->spots, &come, &gone);
	spots_tell_change(spots_size(&p->spots), gone, come, &changes);
	a.when = args_number(find_row(p, p->from), "time");
	a.changes = changes.ptr;
	r = act_ask_revert(&a);
	buf_release(&changes);
	return r;
}

static struct request
run(struct view *v, enum command cmd, const char *text)
{
	struct request r;
	struct compare *p = compare_of(v);

	if (listview_run(v, cmd, text, &r))
		return r;
	if (cmd == CMD_UNDO_CHANGE)
		return undo(p);
	if (cmd == CMD_COMPARE || cmd == CMD_HISTORY)
		return request_show(SCREEN_HISTORY,
				    json_pack("{s:s}", "address", p->address));
	return r;
}

static const enum command bar[] = { CMD_NEXT_ITEM, CMD_COMPARE, CMD_UNDO_CHANGE,
				    CMD_BACK,	   CMD_GOTO,	CMD_HOME,
				    CMD_WHERE,	   CMD_MENU,	CMD_HELP,
				    CMD_N };

static const struct view_word bar_words[] = {
	{ CMD_NEXT_ITEM, N_("Next place") },
	{ CMD_COMPARE, N_("Other versions") },
	{ CMD_N, NULL },
};

static void
destroy(struct view *v)
{
	struct compare *p = compare_of(v);

	listview_release(&p->base);
	spots_release(&p->spots);
	json_decref(p->diff);
	json_decref(p->text);
	json_decref(p->log);
	free(p->address);
	free(p->sought);
	free(p);
}

static bool
allows(const struct view *v, enum command cmd)
{
	if (cmd == CMD_UNDO_CHANGE)
		return context_may_change(v->ctx, const_compare(v)->address);
	return listview_allows(v, cmd);
}

static const struct view_ops ops = {
	LISTVIEW_SHOWN,	      .place = PLACE_COMPARE,
	.is_ready = is_ready, .head = fill_head,
	.recalc = recalc,     .run = run,
	.allows = allows,     .bar = bar,
	.words = bar_words,   .reload = reload,
	.free = destroy,
};

struct view *
compare_view_new(struct context *c, const json_t *args)
{
	static const struct listing_column columns[LISTING_COLUMNS];
	struct compare *p = mem_alloc(sizeof(*p));

	listview_init(&p->base, &ops, c, columns);
	p->address = mem_strdup(args_text(args, "address"));
	p->from = args_number(args, "from");
	p->to = args_number(args, "to");
	p->sought = *args_text(args, "text")
			    ? mem_strdup(args_text(args, "text"))
			    : NULL;
	reload(&p->base.view);
	return &p->base.view;
}
