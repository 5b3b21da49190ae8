/* handle_story.c - story.read: how a page came about. */
#include <stdio.h>
#include <string.h>

#include "wiki/call.h"
#include "wiki/describe.h"
#include "wiki/discussion.h"
#include "wiki/handlers.h"
#include "wiki/minutes.h"
#include "wiki/part.h"
#include "wiki/rows.h"
#include "wiki/story.h"
#include "wiki/target.h"

/* --- a version ---------------------------------------------------------------- */

static const char *
name_version(const struct story_event *e)
{
	const struct index_version *v = e->version;
	const struct index_version *before = e->before;

	if (v->gone)
		return "gone";
	if (!before)
		return "new";
	if (before->gone)
		return "restored";
	return strcmp(before->address, v->address) ? "moved" : "changed";
}

static json_t *
describe_turns(const struct vec *turns)
{
	json_t *list = json_array(), *row;
	const struct turn *t;
	size_t i;

	for (i = 0; i < turns->len; i++) {
		t = turns->items[i];
		row = json_object();
		describe_line(row, "field", t->field);
		describe_line(row, "from", t->from);
		describe_line(row, "to", t->to);
		(void)json_array_append_new(list, row);
	}
	return list;
}

static void
add_version(struct desk *d, json_t *row, const struct story_event *e)
{
	const struct index_version *v = e->version;

	describe_line(row, "what", name_version(e));
	describe_number(row, "time", v->when);
	describe_line(row, "handle", v->handle);
	describe_number(row, "version", v->n);
	describe_line(row, "commit", v->commit);
	describe_line(row, "note", v->note);
	(void)minutes_tell(d, v, row); /* its text was read anyway */
	(void)json_object_set_new(row, "turns", describe_turns(&e->turns));
}

/* --- an action ----------------------------------------------------------------- */

static json_t *
describe_action(const struct actlog *a)
{
	json_t *row = json_object();

	describe_line(row, "number", a->number);
	describe_line(row, "kind", a->undertaking ? "toezegging" : "actie");
	describe_line(row, "text", a->text);
	describe_line(row, "owner", a->owner);
	describe_line(row, "to", a->to);
	describe_line(row, "due", a->due[0] ? a->due : NULL);
	describe_line(row, "state", a->state);
	describe_line(row, "decision", a->decision);
	return row;
}

static void
add_act(json_t *row, const struct story_event *e, const struct actlog *a)
{
	const struct index_version *v = e->version;

	describe_line(row, "what", a->what);
	describe_number(row, "time", v->when);
	describe_line(row, "handle", v->handle);
	describe_number(row, "version", v->n);
	describe_line(row, "commit", v->commit);
	(void)json_object_set_new(row, "action", describe_action(a));
	(void)json_object_set_new(row, "turns", describe_turns(&a->turns));
}

/* --- a remark ------------------------------------------------------------------ */

static const char *
name_remark(const struct index_remark *r)
{
	const char *state = remark_kind_state(r->is.kind);

	if (!state)
		return "said";
	return r->is.kind == REMARK_REOPENED ? "reopened" : "resolved";
}

static void
add_remark(json_t *row, const struct story_event *e)
{
	const struct index_remark *r = e->remark;
	const struct numbered number = { r, e->n, e->m };
	const char *text = discussion_is_silent(r) ? "" : r->body;
	struct buf words = BUF_INIT;

	discussion_tell_number(&words, &number);
	describe_line(row, "what", name_remark(r));
	describe_number(row, "time", r->when);
	describe_line(row, "handle", r->handle);
	describe_line(row, "remark", r->name);
	describe_line(row, "thread", r->thread);
	describe_line(row, "thread_title", e->thread_title);
	describe_line(row, "number", words.len ? words.ptr : NULL);
	describe_line(row, "quote", r->is.title ? r->is.quote : NULL);
	(void)json_object_set_new(row, "text", call_json(text, strlen(text)));
	(void)json_object_set_new(row, "withdrawn",
				  json_boolean(discussion_is_silent(r)));
	(void)json_object_set_new(row, "edited",
				  json_boolean(r->changed != r->seq));
	buf_release(&words);
}

/* --- story.read ------------------------------------------------------------------ */

static json_t *
begin_row(const struct story_event *e)
{
	json_t *row = json_object();

	describe_line(row, "address", e->page->address);
	describe_line(row, "title", e->page->title);
	describe_line(row, "kind", e->page->kind);
	return row;
}

static json_t *
describe_event(struct desk *d, const struct story_event *e)
{
	json_t *row = begin_row(e);

	if (e->version)
		add_version(d, row, e);
	else
		add_remark(row, e);
	return row;
}

/* Where a part begins: an event, and the row of those that tell it. */
struct spot {
	size_t event, row;
};

#define EVENT_BITS 32 /* of the cursor; above them is the row */
#define SPOT_MAX ((size_t)1 << 52)

static struct spot
read_spot(const struct call *c)
{
	int64_t after = call_number(c, "after", 0);

	return (struct spot){ (size_t)(after & UINT32_MAX),
			      (size_t)(after >> EVENT_BITS) };
}

static int64_t
tell_spot(const struct spot *at)
{
	return (int64_t)at->event | (int64_t)at->row << EVENT_BITS;
}

/* What happened to actions stands behind its version, of which beside the story
 * nothing is told; NULL: there are no more rows. */
static json_t *
describe_row(struct desk *d, const struct story_event *e, size_t row)
{
	json_t *told;

	if (!e->page->aside && row-- == 0)
		return describe_event(d, e);
	if (row >= e->acts.len)
		return NULL;
	told = begin_row(e);
	add_act(told, e, e->acts.items[row]);
	return told;
}

/* false: the rows from there on belong to the next part. */
static bool
answer_event(struct desk *d, struct part *part, const struct story_event *e,
	     struct spot *at)
{
	json_t *row;

	for (; (row = describe_row(d, e, at->row)); at->row++)
		if (!part_add(part, row))
			return false;
	at->event++;
	at->row = 0;
	return true;
}

/* Each is read when it is its turn: texts and actions may be many. */
static int
answer_events(struct desk *d, struct call *c, struct story *s)
{
	struct spot at = read_spot(c);
	long limit = call_number(c, "limit", 0);
	size_t end = at.event +
		     (size_t)(limit > 0 && limit < ROWS_MAX ? limit : ROWS_MAX);
	struct part part;
	int rc = 0;

	part_init(&part, d->part_max);
	while (!rc && at.event < s->events.len && at.event < end) {
		rc = story_read_turns(s, d, at.event, &c->err);
		if (!rc &&
		    !answer_event(d, &part, s->events.items[at.event], &at))
			break;
	}
	part_answer(&part, c, NULL);
	describe_number(c->result, "events", (int64_t)s->told);
	(void)json_object_set_new(c->result, "complete",
				  json_boolean(s->complete));
	if (s->cut)
		(void)json_object_set_new(c->result, "cut", json_true());
	if (at.event < s->events.len)
		describe_number(c->result, "next", tell_spot(&at));
	return rc;
}

static int
handle_story_read(struct desk *d, struct call *c)
{
	struct target page = TARGET_INIT;
	struct story s = { .pages = VEC_INIT };
	int rc = target_read(&page, call_text(c, "address"), &c->err);

	if (!rc)
		rc = desk_need_index(d, &c->err);
	if (!rc)
		rc = desk_need_repo(d, &c->err);
	if (!rc)
		rc = story_gather(&s, d, page.address.ptr,
				  call_number(c, "at", 0), &c->err);
	if (!rc)
		rc = answer_events(d, c, &s);
	story_release(&s);
	target_release(&page);
	return rc;
}

static const struct param read_params[] = {
	{ "address", PARAM_TEXT, true, ADDRESS_MAX, "the page" },
	{ "after", PARAM_NUMBER, false, SPOT_MAX, "the next of before" },
	{ "limit", PARAM_NUMBER, false, COUNT_MAX, "at most 500, the default" },
	PARAM_AT,
	PARAMS_END,
};

const struct method story_rows[] = {
	{ "story.read", RIGHT_READ, PLACE_COSTLY, read_params,
	  "How a page came about: what happened to it and was said about it, "
	  "and to the pages that led to it, oldest first. Of a decision that "
	  "are its questions, what was thought and reflected about those, and "
	  "the decisions it replaces; of a question and a theme also what came "
	  "of it. What happened to the actions of a decision and of a meeting "
	  "is told behind the version in which it did; of a meeting beside the "
	  "story only that.",
	  "{rows: [{address, title, kind, what, time, handle}], events, "
	  "complete, cut, next}: what is new, changed, moved, gone or restored "
	  "with "
	  "{version, "
	  "commit, note, turns: [{field, from, to}]}; or said, resolved or "
	  "reopened with {remark, thread, thread_title, number, quote, text, "
	  "withdrawn, edited}; or action (taken down), action-changed or "
	  "action-gone with {version, commit, action: {number, kind, text, "
	  "owner, to, due, state, decision}, turns}: kind is actie or "
	  "toezegging, state with its day and what came of it. events is how "
	  "many versions and remarks there are; complete is false while old "
	  "texts are still being read, or when there were too many to look at: "
	  "then some may be missing; cut is there, and true, when more than "
	  "100 "
	  "pages belong to it, of which the rest is left out; a part may hold "
	  "fewer rows, or none, and "
	  "yet have a next",
	  "rule not-found busy corrupt io", handle_story_read },
	ROWS_END,
};
