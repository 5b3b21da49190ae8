/*
 * handle_decision.c - decisions: decision.list, and decision.read, which also
 * tells how one came about and what is to be done.
 */
#include <string.h>

#include "plein/decided.h"
#include "plein/frontmatter.h"
#include "plein/path.h"
#include "wiki/call.h"
#include "wiki/describe.h"
#include "wiki/handlers.h"
#include "wiki/overviews.h"
#include "wiki/rows.h"
#include "wiki/subject.h"

#define FOLDER "besluiten"
#define STATE_MAX 40
#define CHAIN_MAX 100 /* pages it tells of */

/* --- decision.list --------------------------------------------------------- */

static int
handle_decision_list(struct desk *d, struct call *c)
{
	const char *state = call_text(c, "state");
	bool review = state && strcmp(state, "review") == 0;
	struct overviews o;
	int rc = overviews_open(&o, d, c,
				review ? OVERVIEW_REVIEWS : OVERVIEW_DECISIONS);

	if (!rc && state && !review && strcmp(state, "in-force") != 0)
		rc = err_set(&c->err, PLEIN_EUSAGE,
			     "state is in-force or review");
	o.filter.state = review ? NULL : state;
	o.filter.about = review ? NULL : call_text(c, "meeting");
	o.filter.until = call_text(c, "on") != NULL;
	if (!rc)
		rc = overviews_answer(&o, d, c);
	overviews_close(&o);
	return rc;
}

/* --- decision.read --------------------------------------------------------- */

/* What kind of page is in the chain? NULL: none. */
static const char *
find_link(const char *address)
{
	static const char *const folders[] = { "vraagstukken", "standpunten",
					       "reflecties", "vergaderingen" };
	size_t i, len;

	for (i = 0; i < sizeof(folders) / sizeof(folders[0]); i++) {
		len = strlen(folders[i]);
		if (strncmp(address, folders[i], len) == 0 &&
		    address[len] == '/')
			return folders[i];
	}
	return NULL;
}

/* A page that is named, whether it is there or not. */
static json_t *
describe_named(struct index *x, const char *address)
{
	struct index_page *page = NULL;
	json_t *row = json_object();

	if (index_page(x, address, &page, NULL))
		page = NULL; /* it is missing, and told to be */
	describe_line(row, "address", address);
	describe_line(row, "title", page ? page->info.title : NULL);
	describe_line(row, "status", page ? page->info.status : NULL);
	describe_line(row, "state", page ? page->info.state : NULL);
	(void)json_object_set_new(row, "missing", json_boolean(!page));
	index_page_free(page);
	return row;
}

static void
add_field(json_t *list, struct index *x, const struct frontmatter *fm,
	  const char *key, bool chain)
{
	const char *item;
	size_t i;

	for (i = 0; i < CHAIN_MAX && (item = frontmatter_item(fm, key, i)); i++)
		if (!chain || find_link(item))
			(void)json_array_append_new(list,
						    describe_named(x, item));
}

/* Questions, positions, reflections and meetings that the page names. */
static json_t *
describe_chain(struct index *x, const struct frontmatter *fm)
{
	static const char *const keys[] = { "hoort_bij", "gerelateerd" };
	json_t *list = json_array();
	size_t i;

	for (i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		add_field(list, x, fm, keys[i], true);
	return list;
}

static json_t *
describe_replaced(struct index *x, const struct frontmatter *fm)
{
	json_t *list = json_array();

	add_field(list, x, fm, "vervangt", false);
	return list;
}

/* What lists tell of it, and its actions. */
static int
add_rows(struct overviews *o, const struct subject *s, struct call *c)
{
	const struct overview_filter one = { .on = o->on,
					     .page = s->info.address,
					     .limit = 1 };
	const struct overview_filter actions = { .on = o->on,
						 .about = s->info.address,
						 .limit = ROWS_MAX };
	json_t *row = overviews_rows(o, OVERVIEW_DECISIONS, &one, &c->err);
	json_t *todo =
		row ? overviews_rows(o, OVERVIEW_ACTIONS, &actions, &c->err)
		    : NULL;

	if (todo) {
		(void)json_object_update(c->result, json_array_get(row, 0));
		(void)json_object_set(c->result, "actions", todo);
	}
	json_decref(row);
	json_decref(todo);
	return todo ? 0 : c->err.code;
}

static int
answer_decision(struct overviews *o, struct subject *s, struct call *c)
{
	struct frontmatter *fm;
	struct decided is;
	int rc;

	/* a broken block has no fields */
	(void)frontmatter_parse(&fm, s->text.ptr, s->text.len, NULL);
	decided_read(&is, s->text.ptr, s->text.len);
	c->result = subject_describe(s);
	describe_line(c->result, "official", is.official);
	rc = add_rows(o, s, c);
	if (!rc) {
		(void)json_object_set_new(c->result, "chain",
					  describe_chain(o->index, fm));
		(void)json_object_set_new(c->result, "replaces",
					  describe_replaced(o->index, fm));
		(void)json_object_set_new(
			c->result, "text",
			call_json(s->text.ptr + s->info.body,
				  s->text.len - s->info.body));
	}
	decided_release(&is);
	frontmatter_free(fm);
	return rc;
}

static int
handle_decision_read(struct desk *d, struct call *c)
{
	struct subject s = SUBJECT_INIT;
	struct overviews o;
	int rc = overviews_open(&o, d, c, OVERVIEW_DECISIONS);

	if (!rc)
		rc = subject_open(&s, d, c, FOLDER);
	if (!rc)
		rc = answer_decision(&o, &s, c);
	subject_close(&s);
	overviews_close(&o);
	return rc;
}

/* --- rows ------------------------------------------------------------------ */

static const struct param list_params[] = {
	{ "state", PARAM_TEXT, false, STATE_MAX,
	  "`in-force`: those in force on the day; `review`: of these, those to "
	  "be reviewed by then" },
	{ "meeting", PARAM_TEXT, false, ADDRESS_MAX,
	  "only of this one: its address" },
	PARAM_ON,
	PARAM_AFTER_ROW,
	PARAM_LIMIT,
	PARAM_AT,
	PARAMS_END,
};

static const struct param read_params[] = {
	{ "address", PARAM_TEXT, true, ADDRESS_MAX, "the page" },
	PARAM_ON,
	PARAM_AT,
	PARAMS_END,
};

#define DECISION_ANSWER \
	"address, title, status, date, body, place, mandate, outcome, " \
	"meeting, meeting_title, review, ends, holds, in_force, replaced_by"

const struct method decision_rows[] = {
	{ "decision.list", RIGHT_READ, PLACE_READER, list_params,
	  "Lists decisions (pages in " FOLDER "), the newest first; with a day "
	  "only those taken by then; for review by the day that is due.",
	  "{rows: [{" DECISION_ANSWER "}], next}: days are text, "
	  "body who decided; holds: something was decided; in_force on that "
	  "day; replaced_by the address of another, or null; next is there "
	  "when there may be more, to be given as after; new as in page.list",
	  "usage rule busy corrupt", handle_decision_list },
	{ "decision.read", RIGHT_READ, PLACE_READER, read_params,
	  "Gives a decision, what came before it, and its actions.",
	  "{" DECISION_ANSWER
	  ", version, commit, official, chain: [{address, title, status, "
	  "state, missing}], replaces: [the same], actions: [rows of "
	  "action.list], text}: official says where the decision itself is; "
	  "chain are questions, positions, reflections and meetings that the "
	  "page names; text is Markdown without fields",
	  "not-found usage rule busy corrupt", handle_decision_read },
	ROWS_END,
};
