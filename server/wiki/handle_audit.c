/* handle_audit.c - reading the audit log, and finding out whether it is
 * whole. Writing it is auditing.h and auditor.h. */
#include "state/audit.h"
#include "wiki/call.h"
#include "wiki/handlers.h"
#include "wiki/rows.h"
#include "wiki/space.h"

static json_t *
describe_record(const struct audit_record *r)
{
	json_t *row = json_pack("{s:I, s:I}", "n", (json_int_t)r->n, "time",
				(json_int_t)r->time);

	for (int f = 0; f < AUDIT_FIELDS; f++)
		(void)json_object_set_new(row,
					  audit_field_name((enum audit_field)f),
					  call_json_line(r->field[f]));
	return row;
}

/* What was done in this one; in the default one all is told. */
static const char *
find_space(const struct call *c)
{
	return c->caller->space ? c->caller->space->name : NULL;
}

/* One more is read than is told, to know whether there is more. */
static int
handle_audit_list(struct desk *d, struct call *c)
{
	long limit = call_number(c, "limit", ROWS_MAX);
	struct audit_part q = { .since = call_number(c, "since", 0),
				.before = call_number(c, "before", 0),
				.space = find_space(c),
				.person = call_text(c, "person"),
				.refused = call_flag(c, "refused") };
	struct vec records = VEC_INIT;
	const struct audit_record *r;
	json_t *rows;
	size_t i;
	int rc = desk_need_state(d, &c->err);

	if (limit < 1 || limit > ROWS_MAX)
		limit = ROWS_MAX;
	q.most = (int)limit + 1;
	if (!rc)
		rc = audit_list(d->state, &q, &records, &c->err);
	if (!rc) {
		rows = json_array();
		for (i = 0; i < records.len && i < (size_t)limit; i++)
			(void)json_array_append_new(
				rows, describe_record(records.items[i]));
		c->result = json_pack("{s:o}", "rows", rows);
		r = records.len > (size_t)limit ? records.items[limit - 1]
						: NULL;
		if (r)
			(void)json_object_set_new(c->result, "next",
						  json_integer(r->n));
	}
	vec_release(&records, audit_record_free);
	return rc;
}

static int
handle_audit_verify(struct desk *d, struct call *c)
{
	static const char *const names[] = {
		[AUDIT_SOUND] = "",	     [AUDIT_ALTERED] = "altered",
		[AUDIT_MISSING] = "missing", [AUDIT_CUT] = "cut",
		[AUDIT_OTHER_HEAD] = "head",
	};
	struct audit_verdict v = { 0 };
	int rc = desk_need_state(d, &c->err);

	if (!rc)
		rc = audit_verify(d->state, call_text(c, "head"), &v, &c->err);
	if (!rc)
		c->result =
			json_pack("{s:I, s:s, s:s, s:I}", "records",
				  (json_int_t)v.n, "head", v.head, "problem",
				  names[v.what], "at", (json_int_t)v.at);
	return rc;
}

static const struct param list_params[] = {
	{ "since", PARAM_NUMBER, false, TIME_MAX,
	  "not older than this, in seconds since 1970" },
	{ "before", PARAM_NUMBER, false, COUNT_MAX,
	  "only records below this number" },
	{ "person", PARAM_TEXT, false, 64, "only by or about this account" },
	{ "refused", PARAM_FLAG, false, 1, "only what did not succeed" },
	{ "limit", PARAM_NUMBER, false, COUNT_MAX, "at most 500, the default" },
	PARAMS_END,
};

static const struct param verify_params[] = {
	{ "head", PARAM_TEXT, false, AUDIT_HEAD,
	  "as it was told earlier; this record must be as it was then" },
	PARAMS_END,
};

const struct method audit_rows[] = {
	{ "audit.list", RIGHT_STEWARD, PLACE_READER, list_params,
	  "Lists who signed in, who was refused, and what was done to accounts "
	  "and by administrators, newest first: in the space this stream is "
	  "in, "
	  "or in the default one all.",
	  "{rows: [{n, time, act, who, door, from, about, detail, result}], "
	  "next}: act is a method, denied (detail says which), refused.more or "
	  "guest.more (n refusals of this address, or acts of its guests, "
	  "without a record of their own) or lost; "
	  "about is another's account; detail name=value, separated by blanks; "
	  "next as in page.log",
	  "busy io corrupt", handle_audit_list },
	{ "audit.verify", RIGHT_ADMIN, PLACE_READER, verify_params,
	  "Looks whether a record was altered, removed or inserted.",
	  "{records, head, problem, at}: head is to be kept elsewhere; problem "
	  "is empty, altered (at is the first record that does not follow from "
	  "those before it), missing (there is no record at), cut (the same, "
	  "and none behind it) or head (record at is not the one of head)",
	  "usage busy io corrupt", handle_audit_verify },
	ROWS_END,
};
