/*
 * handle_meeting.c - meetings: meeting.list, meeting.read, and what is taken
 * down while they go on: meeting.note, meeting.attend and meeting.decide.
 */
#include <stdlib.h>
#include <string.h>

#include "plein/frontmatter.h"
#include "plein/meeting.h"
#include "plein/mem.h"
#include "plein/path.h"
#include "wiki/call.h"
#include "wiki/describe.h"
#include "wiki/edit.h"
#include "wiki/fields.h"
#include "wiki/handlers.h"
#include "wiki/overviews.h"
#include "wiki/pagetext.h"
#include "wiki/rows.h"
#include "wiki/shaping.h"
#include "wiki/subject.h"

#define FOLDER "vergaderingen"
#define PASSAGE_MAX ((size_t)65536)
#define OUTCOME_MAX 200
#define WHO_MAX 1000
#define LOOK_BACK 200 /* versions, for where minutes were adopted */

/* --- meeting.list ----------------------------------------------------------- */

static int
handle_meeting_list(struct desk *d, struct call *c)
{
	struct overviews o;
	int rc = overviews_open(&o, d, c, OVERVIEW_MEETINGS);

	o.filter.until = call_text(c, "on") != NULL;
	if (!rc)
		rc = overviews_answer(&o, d, c);
	overviews_close(&o);
	return rc;
}

/* --- meeting.read ----------------------------------------------------------- */

static json_t *
describe_items(const struct meeting *m)
{
	json_t *list = json_array(), *row;
	const struct meeting_item *i;
	size_t k;

	for (k = 0; k < m->items.len; k++) {
		i = m->items.items[k];
		row = json_object();
		describe_line(row, "number", i->number);
		describe_line(row, "title", i->title);
		describe_line(row, "purpose", i->purpose);
		(void)json_object_set_new(
			row, "notes", call_json(i->notes, strlen(i->notes)));
		(void)json_array_append_new(list, row);
	}
	return list;
}

/* The first of the newest versions in which the minutes were adopted. */
static int
find_adopted(struct desk *d, const struct subject *s, long *n, struct err *err)
{
	struct vec log = VEC_INIT;
	struct buf text = BUF_INIT;
	bool adopted = true;
	size_t i;
	int rc = index_log(d->index, s->info.address, s->version->n + 1,
			   LOOK_BACK, &log, err);

	*n = s->version->n;
	for (i = 0; i < log.len && !rc && adopted; i++) {
		const struct index_version *v = log.items[i];

		if (v->gone)
			continue; /* put back it is what it was */
		buf_reset(&text);
		rc = pagetext_load(d, v, &text, err);
		adopted = meeting_is_adopted(text.ptr, text.len);
		if (!rc && adopted)
			*n = v->n;
	}
	buf_release(&text);
	vec_release(&log, index_version_free);
	return rc;
}

static int
describe_minutes(struct desk *d, const struct subject *s,
		 const struct meeting *m, struct call *c)
{
	long n = 0;
	int rc = 0;

	if (m->adopted[0] && m->adopted_by)
		rc = find_adopted(d, s, &n, &c->err);
	describe_line(c->result, "adopted", m->adopted[0] ? m->adopted : NULL);
	describe_line(c->result, "adopted_by", m->adopted_by);
	(void)json_object_set_new(c->result, "adopted_version",
				  n ? json_integer(n) : json_null());
	return rc;
}

static void
describe_meeting(json_t *row, const struct meeting *m)
{
	describe_line(row, "date", m->date[0] ? m->date : NULL);
	describe_line(row, "begins", m->begins);
	describe_line(row, "ends", m->ends);
	describe_line(row, "place", m->place);
	describe_line(row, "body", m->body);
	describe_line(row, "present", m->present);
	describe_line(row, "absent", m->absent);
	(void)json_object_set_new(row, "items", describe_items(m));
}

static int
add_rows(struct overviews *o, const struct subject *s, struct call *c)
{
	const struct overview_filter actions = { .on = o->on,
						 .page = s->info.address,
						 .limit = ROWS_MAX };
	const struct overview_filter taken = { .on = o->on,
					       .about = s->info.address,
					       .limit = ROWS_MAX };
	json_t *todo = overviews_rows(o, OVERVIEW_ACTIONS, &actions, &c->err);
	json_t *decided =
		todo ? overviews_rows(o, OVERVIEW_DECISIONS, &taken, &c->err)
		     : NULL;

	if (decided) {
		(void)json_object_set(c->result, "actions", todo);
		(void)json_object_set(c->result, "decisions", decided);
	}
	json_decref(todo);
	json_decref(decided);
	return decided ? 0 : c->err.code;
}

static int
handle_meeting_read(struct desk *d, struct call *c)
{
	struct meeting m = { .items = VEC_INIT };
	struct subject s = SUBJECT_INIT;
	struct overviews o;
	int rc = overviews_open(&o, d, c, OVERVIEW_MEETINGS);

	if (!rc)
		rc = subject_open(&s, d, c, FOLDER);
	if (!rc) {
		meeting_read(&m, s.text.ptr, s.text.len);
		c->result = subject_describe(&s);
		describe_meeting(c->result, &m);
		rc = describe_minutes(d, &s, &m, c);
	}
	if (!rc)
		rc = add_rows(&o, &s, c);
	meeting_release(&m);
	subject_close(&s);
	overviews_close(&o);
	return rc;
}

/* --- meeting.note ----------------------------------------------------------- */

static int
add_note(struct shaping *s, struct desk *d, struct call *c, struct buf *text,
	 struct buf *words)
{
	const char *item = call_text(c, "item");

	(void)s;
	buf_printf(words, "%s %s", edit_say(d, "aantekening bij", "note at"),
		   item);
	return meeting_note(text, item, call_text(c, "text"), &c->err);
}

static int
handle_meeting_note(struct desk *d, struct call *c)
{
	struct shaping s = { .change = add_note,
			     .action = "save",
			     .folder = FOLDER };
	int rc = shaping_check_line(call_text(c, "item"), &c->err);

	return rc ? rc : shaping_run(&s, d, c);
}

/* --- meeting.attend --------------------------------------------------------- */

static const struct attendance {
	const char *state;
	const char *field; /* somebody is in this list, and in no other */
	const char *dutch, *english; /* what happened */
} attendances[] = {
	{ "present", "aanwezig", "aanwezig", "present" },
	{ "absent", "verhinderd", "verhinderd", "absent" },
	{ "none", "", "niet aanwezig en niet verhinderd",
	  "neither present nor absent" },
};

#define N_ATTENDANCES (sizeof(attendances) / sizeof(attendances[0]))

static const struct attendance *
find_attendance(const char *state)
{
	size_t i;

	for (i = 0; i < N_ATTENDANCES; i++)
		if (strcmp(attendances[i].state, state) == 0)
			return &attendances[i];
	return NULL;
}

static int
attend(struct buf *text, const char *who, const struct attendance *a,
       struct err *err)
{
	const char *field;
	size_t i;
	int rc = 0;

	for (i = 0; i < N_ATTENDANCES && !rc; i++) {
		field = attendances[i].field;
		if (*field)
			rc = fields_name(text, field, who, &attendances[i] == a,
					 err);
	}
	return rc;
}

static int
take_attendance_down(struct shaping *s, struct desk *d, struct call *c,
		     struct buf *text, struct buf *words)
{
	const struct attendance *a = s->ctx;
	const char *at = call_text(c, "who");
	int rc = 0;
	char *who;

	buf_printf(words, "%s: %s", edit_say(d, a->dutch, a->english), at);
	while (!rc && (who = fields_next_name(&at))) {
		rc = attend(text, who, a, &c->err);
		free(who);
	}
	return rc;
}

static int
handle_meeting_attend(struct desk *d, struct call *c)
{
	const struct attendance *a = find_attendance(call_text(c, "state"));
	struct shaping s = { .change = take_attendance_down,
			     .action = "save",
			     .folder = FOLDER,
			     .ctx = (void *)a };
	const char *who = call_text(c, "who");
	int rc = shaping_check_line(who, &c->err);

	if (!rc && (!a || !who[strspn(who, ", @")]))
		rc = err_set(&c->err, PLEIN_EUSAGE,
			     a ? "nobody is named"
			       : "state is present, absent or none");
	return rc ? rc : shaping_run(&s, d, c);
}

/* --- meeting.decide --------------------------------------------------------- */

/* The page of the decision that is made along. */
struct deciding {
	struct target at;
	struct buf text;
	struct batch_file file;
};

/* besluiten/2026-03-19-what-was-decided */
static int
name_decision(const struct call *c, const struct meeting *m, struct target *at,
	      struct err *err)
{
	struct buf address = BUF_INIT;
	int rc;

	page_propose_address(&address, "besluit", m->date,
			     call_text(c, "title"));
	rc = target_read(at, address.ptr, err);
	buf_release(&address);
	return rc;
}

static int
put_fields(struct buf *text, const struct call *c, const struct meeting *m,
	   const char *meeting, struct err *err)
{
	const char *outcome = call_text(c, "outcome");
	const struct {
		const char *key, *value;
	} fields[] = {
		{ "vergadering", meeting },
		{ "datum", m->date },
		{ "gremium", m->body ? m->body : "" },
		{ "uitkomst", outcome ? outcome : "" },
	};
	size_t i;
	int rc = 0;

	for (i = 0; i < sizeof(fields) / sizeof(fields[0]) && !rc; i++)
		rc = fields_put(text, fields[i].key, fields[i].value, err);
	return rc;
}

static int
compose_decision(struct deciding *v, struct desk *d, struct call *c,
		 const struct meeting *m, const char *meeting)
{
	int rc = name_decision(c, m, &v->at, &c->err);

	if (!rc)
		rc = edit_check_free(d, c, &v->at, NULL);
	if (!rc)
		rc = edit_load_template(d, "besluit", &v->text, &c->err);
	if (rc)
		return rc;
	fields_set(&v->text, call_text(c, "title"), "besluit");
	rc = put_fields(&v->text, c, m, meeting, &c->err);
	v->file.path = v->at.path.ptr;
	v->file.text = v->text.ptr;
	v->file.len = v->text.len;
	return rc;
}

static int
take_decision_down(struct shaping *s, struct desk *d, struct call *c,
		   struct buf *text, struct buf *words)
{
	struct deciding *v = s->ctx;
	struct buf line = BUF_INIT;
	struct meeting m;
	int rc;

	meeting_read(&m, text->ptr, text->len);
	rc = compose_decision(v, d, c, &m, s->at->at.address.ptr);
	buf_printf(&line, "%s: [[%s]]", edit_say(d, "Besluit", "Decision"),
		   v->at.address.ptr);
	if (!rc)
		rc = meeting_note(text, call_text(c, "item"), line.ptr,
				  &c->err);
	buf_printf(words, "%s: %s", edit_say(d, "besluit", "decision"),
		   call_text(c, "title"));
	s->others = &v->file;
	s->n_others = 1;
	buf_release(&line);
	meeting_release(&m);
	return rc;
}

static int
handle_meeting_decide(struct desk *d, struct call *c)
{
	struct deciding v = { .at = TARGET_INIT, .text = BUF_INIT };
	struct shaping s = { .change = take_decision_down,
			     .action = "save",
			     .folder = FOLDER,
			     .ctx = &v };
	const char *outcome = call_text(c, "outcome");
	int rc = shaping_check_line(call_text(c, "title"), &c->err);

	if (!rc && outcome && outcome[0])
		rc = shaping_check_line(outcome, &c->err);
	if (!rc)
		rc = shaping_run(&s, d, c);
	if (!rc)
		describe_line(c->result, "decision",
			      v.at.address.len ? v.at.address.ptr : NULL);
	target_release(&v.at);
	buf_release(&v.text);
	return rc;
}

/* --- rows ------------------------------------------------------------------- */

static const struct param list_params[] = {
	PARAM_ON, PARAM_AFTER_ROW, PARAM_LIMIT, PARAM_AT, PARAMS_END,
};

static const struct param read_params[] = {
	{ "address", PARAM_TEXT, true, ADDRESS_MAX, "the page" },
	PARAM_ON,
	PARAM_AT,
	PARAMS_END,
};

static const struct param note_params[] = {
	{ "address", PARAM_TEXT, true, ADDRESS_MAX, "the page" },
	{ "item", PARAM_TEXT, true, TITLE_MAX, "its number, or its title" },
	{ "text", PARAM_TEXT, true, PASSAGE_MAX,
	  "Markdown without headings of the page" },
	PARAMS_SHAPING,
	PARAMS_END,
};

static const struct param attend_params[] = {
	{ "address", PARAM_TEXT, true, ADDRESS_MAX, "the page" },
	{ "who", PARAM_TEXT, true, WHO_MAX,
	  "short names, or others in words, with commas between" },
	{ "state", PARAM_TEXT, true, 16, "present, absent or none" },
	PARAMS_SHAPING,
	PARAMS_END,
};

static const struct param decide_params[] = {
	{ "address", PARAM_TEXT, true, ADDRESS_MAX, "the page of the meeting" },
	{ "item", PARAM_TEXT, true, TITLE_MAX, "its number, or its title" },
	{ "title", PARAM_TEXT, true, TITLE_MAX,
	  "the decision in one sentence" },
	{ "outcome", PARAM_TEXT, false, OUTCOME_MAX,
	  "as `ingestemd`, `aangehouden`" },
	PARAMS_SHAPING,
	PARAMS_END,
};

const struct method meeting_rows[] = {
	{ "meeting.list", RIGHT_READ, PLACE_READER, list_params,
	  "Lists meetings (pages in " FOLDER "), the newest first; with a day "
	  "only those up to then.",
	  "{rows: [{address, title, status, date, begins, ends, body, "
	  "adopted}], next}: date and adopted are days, adopted when the "
	  "minutes were; next is there when there may be more, to be given as "
	  "after; new as in page.list",
	  "usage rule busy corrupt", handle_meeting_list },
	{ "meeting.read", RIGHT_READ, PLACE_READER, read_params,
	  "Gives a meeting: who was there, its items with what was noted, its "
	  "decisions and actions.",
	  "{address, title, status, state, version, commit, date, begins, "
	  "ends, place, body, present, absent, items: [{number, title, "
	  "purpose, notes}], adopted, adopted_by, adopted_version, actions: "
	  "[rows of action.list], decisions: [rows of decision.list]}: "
	  "adopted_version is the one that was adopted; a newer one was "
	  "changed after that",
	  "not-found usage rule busy corrupt", handle_meeting_read },
	{ "meeting.note", RIGHT_WRITE, PLACE_WRITER, note_params,
	  "Notes something at an item, behind what is there.", "as page.set",
	  SHAPING_ERRORS, handle_meeting_note },
	{ "meeting.attend", RIGHT_WRITE, PLACE_WRITER, attend_params,
	  "Takes down that people are present, or cannot be: in one of the two "
	  "lists of the page, and not in the other. Others that are taken down "
	  "meanwhile stay.",
	  "as page.set", "usage " SHAPING_ERRORS, handle_meeting_attend },
	{ "meeting.decide", RIGHT_WRITE, PLACE_WRITER, decide_params,
	  "Takes a decision down: makes its page, and names it at the item, in "
	  "one version.",
	  "as page.set, and decision: the address of its page, null when the "
	  "request is repeated; on exists as page.create",
	  SHAPING_ERRORS, handle_meeting_decide },
	ROWS_END,
};
