/*
 * conflict.c - see conflict.h. The texts of a place scroll above the
 * answers; the focus is in one of the two. clash.h knows the places.
 */
#include "view/conflict.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/sentence.h"
#include "plein/i18n.h"
#include "plein/mem.h"
#include "view/choices.h"
#include "view/clash.h"
#include "view/clash_layout.h"
#include "view/view.h"

#define ROOMY 14 /* rows of the body from which there are blank ones */

struct conflict {
	struct view view;
	json_t *args;
	struct clash clash;
	size_t at; /* place */
	struct clash_layout texts; /* of that place */
	struct choices answers;
	bool above; /* the focus is in the texts */
	bool low; /* too few rows for blank ones */
	int top, rows; /* of the texts, in the body */
	int answers_top, answers_rows;
};

static struct conflict *
conflict_of(struct view *v)
{
	return (struct conflict *)v;
}

static const struct conflict *
const_conflict(const struct view *v)
{
	return (const struct conflict *)v;
}

/* --- the place --- */

static void
add_answer(struct conflict *k, enum clash_choice choice, const char *label)
{
	bool chosen = clash_at(&k->clash, k->at)->choice == choice;
	char sign[] = { (char)('0' + choice), '\0' };
	struct buf line = BUF_INIT;

	buf_str(&line, label);
	if (chosen)
		buf_printf(&line, ", %s", _("chosen"));
	choices_add(&k->answers, sign, true, line.ptr, (int)choice);
	if (chosen)
		scroll_to(&k->answers.scroll, k->answers.list.len - 1);
	buf_release(&line);
}

static void
fill_answers(struct conflict *k)
{
	choices_release(&k->answers);
	choices_init(&k->answers);
	add_answer(k, CLASH_HAND, _("Join yourself: both in a text field"));
	add_answer(k, CLASH_YOURS, _("Your text"));
	add_answer(k, CLASH_SAVED, _("Saved version"));
	if (clash_at(&k->clash, k->at)->where)
		add_answer(k, CLASH_BOTH, _("Both, one below the other"));
}

static void
say_progress(struct conflict *k)
{
	size_t open = clash_count_open(&k->clash), joined = k->clash.joined;
	struct buf line = BUF_INIT;

	buf_printf(
		&line,
		ngettext("%zu place to choose.", "%zu places to choose.", open),
		open);
	if (joined)
		buf_printf(&line,
			   ngettext(" %zu other change is joined already.",
				    " %zu other changes are joined already.",
				    joined),
			   joined);
	context_say(k->view.ctx, "%s", line.ptr);
	buf_release(&line);
}

static const char *
tell_what(const struct conflict *k)
{
	return clash_is_sentence(clash_at(&k->clash, k->at))
		       ? _("You both changed this sentence.")
		       : _("You both changed this.");
}

/* "Place 1 of 2, in the first paragraph." */
static void
tell_place(const struct conflict *k, struct buf *out)
{
	const char *where = clash_at(&k->clash, k->at)->where;

	buf_printf(out, _("Place %zu of %zu, %s"), k->at + 1,
		   k->clash.places.len, where ? where : _("in the properties"));
	if (!strchr(".?!", out->ptr[out->len - 1]))
		buf_char(out, '.');
}

/* And what happened there. */
static void
tell_whole_place(const struct conflict *k, struct buf *out)
{
	tell_place(k, out);
	buf_printf(out, " %s", tell_what(k));
}

static void
tell_saved(const struct conflict *k, struct buf *out)
{
	json_int_t time = args_number(k->args, "time");
	const char *note = args_text(k->args, "note");

	buf_printf(out, _("Saved version of %s"), args_text(k->args, "handle"));
	if (time) {
		buf_str(out, ", ");
		sentence_clock(out, time);
	}
	if (*note)
		buf_printf(out, ", \"%s\"", note);
}

static void
go_to(struct conflict *k, size_t at)
{
	struct buf place = BUF_INIT, saved = BUF_INIT;

	k->at = at;
	tell_place(k, &place);
	tell_saved(k, &saved);
	clash_layout_set(&k->texts, clash_at(&k->clash, at), place.ptr,
			 tell_what(k), saved.ptr);
	fill_answers(k);
	k->above = false;
	say_progress(k);
	buf_release(&place);
	buf_release(&saved);
}

/* --- keeping --- */

static bool
is_undo(const struct conflict *k)
{
	return json_is_true(json_object_get(k->args, "undo"));
}

/* Nobody waits for the answer: the text is on this screen as well. */
static void
keep_draft(const struct conflict *k)
{
	struct buf mine = BUF_INIT;

	if (is_undo(k))
		return;
	clash_mine(&k->clash, &mine);
	(void)link_call(k->view.ctx->link, "draft.put",
			json_pack("{s:s, s:O, s:s%}", "address",
				  args_text(k->args, "address"), "base",
				  json_object_get(k->args, "draft_base"),
				  "text", mine.ptr, mine.len),
			NULL, NULL);
	buf_release(&mine);
}

/* --- showing --- */

static void
fill_head(const struct view *v, struct head *h)
{
	const struct conflict *k = const_conflict(v);

	buf_printf(&h->title, _("Join: %s - place %zu of %zu"),
		   args_text(k->args, "title"), k->at + 1, k->clash.places.len);
	buf_str(&h->state, _("unsaved"));
	buf_printf(&h->place,
		   _("%s has changed this page meanwhile. Nothing is lost."),
		   args_text(k->args, "handle"));
}

/* The question and its answers: below the texts, or at the bottom. */
static void
recalc(struct view *v, int rows, int cols)
{
	struct conflict *k = conflict_of(v);
	int n = (int)k->answers.list.len, needed = n + 1, blank;

	k->low = rows < ROOMY;
	blank = !k->low;
	clash_layout_recalc(&k->texts, cols, !k->low);
	k->top = blank;
	k->rows = rows - needed - 2 * blank;
	if (k->rows < 1)
		k->rows = 1;
	if (k->rows > clash_layout_rows(&k->texts))
		k->rows = clash_layout_rows(&k->texts);
	clash_layout_fit(&k->texts, k->rows);
	k->answers_top = k->top + k->rows + blank;
	k->answers_rows = rows - k->answers_top - 1;
	choices_fit(&k->answers, k->answers_rows);
}

static void
paint(const struct view *v, struct canvas *c, int top, int rows)
{
	const struct conflict *k = const_conflict(v);

	(void)rows;
	(void)canvas_text(c, top + k->answers_top, 0, canvas_cols(c),
			  STYLE_HEADING, _("What will it be?"));
	choices_paint(&k->answers, c, top + k->answers_top + 1,
		      k->answers_rows);
	clash_layout_paint(&k->texts, c, top + k->top, k->rows, k->above);
}

static bool
has_more(const struct view *v)
{
	return scroll_has_more(&const_conflict(v)->texts.scroll);
}

static void
tell_where(const struct view *v, struct buf *out)
{
	tell_whole_place(const_conflict(v), out);
}

static void
tell(const struct view *v, struct telling *t)
{
	const struct conflict *k = const_conflict(v);

	clash_layout_tell(&k->texts, t);
	for (size_t i = 0; i < k->answers.list.len; i++) {
		const struct choice *one = k->answers.list.items[i];

		telling_add(t, TELLING_CHOICE, one->label, (size_t)one->value);
	}
}

/* --- acting --- */

static struct request
finish(struct conflict *k)
{
	struct request r = request_of(REQUEST_NONE);
	struct buf text = BUF_INIT;
	json_t *told;
	char *json;

	if (!clash_finish(&k->clash, &text)) {
		go_to(k, 0);
		return r;
	}
	told = json_pack("{s:s%, s:O, s:O, s:O?, s:O, s:s}", "text", text.ptr,
			 text.len, "saved", json_object_get(k->args, "saved"),
			 "version", json_object_get(k->args, "version"),
			 "commit", json_object_get(k->args, "commit"),
			 "address", json_object_get(k->args, "address"),
			 "about", args_text(k->args, "about"));
	json = json_dumps(told, JSON_COMPACT);
	r = request_run(CMD_JOINED, json);
	free(json);
	json_decref(told);
	buf_release(&text);
	return r;
}

/* Merging by hand is a screen of its own, above this one. */
static struct request
word(const struct conflict *k)
{
	struct buf text = BUF_INIT, before = BUF_INIT, after = BUF_INIT;
	struct buf place = BUF_INIT;
	json_t *args;

	clash_propose(&k->clash, k->at, &text);
	clash_mine_around(&k->clash, k->at, &before, &after);
	tell_whole_place(k, &place);
	args = json_pack("{s:b, s:O, s:O, s:O, s:s, s:s%, s:s%, s:s%}", "undo",
			 is_undo(k), "address",
			 json_object_get(k->args, "address"), "title",
			 json_object_get(k->args, "title"), "base",
			 json_object_get(k->args, "draft_base"), "where",
			 place.ptr, "text", text.ptr, text.len, "before",
			 before.ptr, before.len, "after", after.ptr, after.len);
	buf_release(&text);
	buf_release(&before);
	buf_release(&after);
	buf_release(&place);
	return request_show(SCREEN_WORDING, args);
}

static struct request
take_choice(struct conflict *k, enum clash_choice choice)
{
	size_t next = k->at;

	clash_choose(&k->clash, k->at, choice);
	keep_draft(k);
	if (!clash_find_open(&k->clash, &next))
		return finish(k);
	go_to(k, next);
	return request_of(REQUEST_NONE);
}

static struct request
choose(struct conflict *k, const struct choice *one)
{
	if (!one)
		return request_of(REQUEST_NONE);
	if (one->value == CLASH_HAND)
		return word(k);
	return take_choice(k, (enum clash_choice)one->value);
}

static struct request
leave(const struct conflict *k)
{
	struct buf mine = BUF_INIT;
	struct request r;
	json_t *told;
	char *json;

	if (is_undo(k)) {
		context_say(k->view.ctx, "%s", _("Nothing was changed."));
		return request_of(REQUEST_BACK);
	}
	clash_mine(&k->clash, &mine);
	told = json_pack("{s:s%}", "text", mine.ptr, mine.len);
	json = json_dumps(told, JSON_COMPACT);
	r = request_run(CMD_LATER, json);
	free(json);
	json_decref(told);
	buf_release(&mine);
	return r;
}

/* To the next place (1) or the one before (-1), round the end. */
static void
step_place(struct conflict *k, int by)
{
	size_t n = k->clash.places.len;
	struct buf line = BUF_INIT;

	go_to(k, (k->at + n + (by > 0 ? 1 : n - 1)) % n);
	tell_whole_place(k, &line);
	context_say(k->view.ctx, "%s", line.ptr);
	buf_release(&line);
}

/* False when it is no movement. */
static bool
move(struct conflict *k, enum command cmd)
{
	bool page = cmd == CMD_PAGE_UP || cmd == CMD_PAGE_DOWN;

	if (!k->above && cmd == CMD_UP && !k->answers.scroll.at) {
		k->above = true;
		scroll_end(&k->texts.scroll);
		return true;
	}
	if (k->above && cmd == CMD_DOWN &&
	    k->texts.scroll.at + 1 >= k->texts.scroll.n) {
		k->above = false;
		return true;
	}
	if (k->above || page)
		return clash_layout_move(&k->texts, cmd);
	return choices_move(&k->answers, (int)cmd);
}

static bool
take_key(struct view *v, const struct key *key, struct request *r)
{
	struct conflict *k = conflict_of(v);
	const struct choice *one = choices_of_key(&k->answers, key);

	if (!one)
		return false;
	*r = choose(k, one);
	return true;
}

static struct request
run(struct view *v, enum command cmd, const char *text)
{
	struct conflict *k = conflict_of(v);

	switch ((int)cmd) {
	case CMD_CHOOSE:
		if (!k->above)
			return choose(k, choices_focus(&k->answers));
		k->above = false;
		return request_of(REQUEST_NONE);
	case CMD_NEXT_PLACE:
	case CMD_PREVIOUS_PLACE:
		step_place(k, cmd == CMD_NEXT_PLACE ? 1 : -1);
		return request_of(REQUEST_NONE);
	case CMD_WORDED:
	case CMD_UNWORDED:
		clash_word(&k->clash, k->at, text, strlen(text));
		if (cmd == CMD_WORDED)
			return take_choice(k, CLASH_HAND);
		return request_of(REQUEST_NONE);
	case CMD_LATER:
	case CMD_LEAVE:
		return leave(k);
	default:
		(void)move(k, cmd);
		return request_of(REQUEST_NONE);
	}
}

static void
name(const struct view *v, enum command cmd, struct buf *key, struct buf *word_)
{
	(void)word_;
	if (cmd == CMD_PICK)
		buf_printf(key, "1-%zu", const_conflict(v)->answers.list.len);
}

static bool
is_dirty(const struct view *v)
{
	return !is_undo(const_conflict(v));
}

static bool
pick(struct view *v, size_t value)
{
	struct conflict *k = conflict_of(v);

	for (size_t i = 0; i < k->answers.list.len; i++) {
		const struct choice *one = k->answers.list.items[i];

		if ((size_t)one->value != value)
			continue;
		scroll_to(&k->answers.scroll, i);
		k->above = false;
		return true;
	}
	return false;
}

static const enum command bar[] = { CMD_CHOOSE, CMD_PICK, CMD_NEXT_PLACE,
				    CMD_LATER,	CMD_MENU, CMD_HELP,
				    CMD_N };

static void
destroy(struct view *v)
{
	struct conflict *k = conflict_of(v);

	clash_layout_release(&k->texts);
	clash_release(&k->clash);
	choices_release(&k->answers);
	json_decref(k->args);
	free(k);
}

static const struct view_ops ops = {
	.place = PLACE_CONFLICT,
	.head = fill_head,
	.recalc = recalc,
	.paint = paint,
	.has_more = has_more,
	.key = take_key,
	.run = run,
	.bar = bar,
	.name = name,
	.where = tell_where,
	.tell = tell,
	.pick = pick,
	.is_dirty = is_dirty,
	.free = destroy,
};

static struct merge_text
text_of(const json_t *args, const char *key)
{
	return (struct merge_text){ args_text(args, key),
				    json_string_length(
					    json_object_get(args, key)) };
}

struct view *
conflict_view_new(struct context *c, const json_t *args)
{
	struct conflict *k = mem_alloc(sizeof(*k));
	const struct merge_text texts[DIFF3_N] = {
		[DIFF3_BASE] = text_of(args, "base"),
		[DIFF3_YOURS] = text_of(args, "yours"),
		[DIFF3_SAVED] = text_of(args, "saved"),
	};

	k->view.ops = &ops;
	k->view.ctx = c;
	k->args = json_incref((json_t *)args);
	clash_init(&k->clash, texts);
	assert(k->clash.places.len > 0);
	clash_layout_init(&k->texts);
	choices_init(&k->answers);
	go_to(k, 0);
	return &k->view;
}
