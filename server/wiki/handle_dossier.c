/*
 * handle_dossier.c - all that is kept of the caller, in parts of some size. A
 * cursor is "KIND.ROW"; what changes meanwhile may be told twice or not at
 * all.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "state/dossier.h"
#include "wiki/call.h"
#include "wiki/handlers.h"
#include "wiki/rows.h"

#define CURSOR_MAX 40 /* bytes */
#define PART ((size_t)256 * 1024) /* bytes, and the row that goes above it */

struct part {
	json_t *rows;
	size_t room; /* bytes left */
	struct dossier_place place; /* of the next row */
	bool full;
};

static bool
add_row(void *ctx, const struct dossier_row *row)
{
	struct part *p = ctx;
	json_t *out = json_pack("{s:s}", "kind", row->kind);
	size_t size = 64;

	for (int i = 0; i < row->n; i++) {
		const struct dossier_value *v = &row->values[i];

		(void)json_object_set_new(
			out, v->name,
			v->text ? call_json(v->text, strlen(v->text))
				: json_integer(v->number));
		size += 32 + (v->text ? strlen(v->text) : 0);
	}
	(void)json_array_append_new(p->rows, out);
	p->place.from++;
	p->room -= size < p->room ? size : p->room;
	p->full = p->room == 0;
	return !p->full;
}

static int
read_cursor(struct call *c, struct part *p)
{
	const char *text = call_text(c, "after");
	char *end = NULL;

	if (!text)
		return 0;
	p->place.kind = (int)strtol(text, &end, 10);
	if (*end == '.')
		p->place.from = strtoll(end + 1, &end, 10);
	if (*end || p->place.kind < 0 || p->place.kind >= dossier_kinds() ||
	    p->place.from < 0)
		return err_set(&c->err, PLEIN_EUSAGE, "after is no next");
	return 0;
}

/* Not before all was proved that their account asks for. */
static int
need_person(struct desk *d, struct call *c)
{
	if (!c->caller->handle || c->caller->role == ROLE_SETUP)
		return err_set(&c->err, PLEIN_EDENIED,
			       "what is kept is told to its person");
	return desk_need_state(d, &c->err);
}

static int
fill(struct desk *d, struct call *c, struct part *p)
{
	int rc = 0;

	while (!rc && !p->full && p->place.kind < dossier_kinds()) {
		rc = dossier_each(d->state, c->caller->handle, &p->place,
				  add_row, p, &c->err);
		if (p->full)
			break;
		p->place.kind++;
		p->place.from = 0;
	}
	return rc;
}

static int
handle_profile_data(struct desk *d, struct call *c)
{
	struct part p = { .room = PART };
	char next[CURSOR_MAX];
	int rc = need_person(d, c);

	if (!rc)
		rc = read_cursor(c, &p);
	if (rc)
		return rc;
	p.rows = json_array();
	rc = fill(d, c, &p);
	if (rc) {
		json_decref(p.rows);
		return rc;
	}
	c->result = json_pack("{s:o}", "rows", p.rows);
	(void)snprintf(next, sizeof(next), "%d.%lld", p.place.kind,
		       (long long)p.place.from);
	if (p.full)
		(void)json_object_set_new(c->result, "next", json_string(next));
	return 0;
}

static const struct param data_params[] = {
	{ "after", PARAM_TEXT, false, CURSOR_MAX, "the next of before" },
	PARAMS_END,
};

const struct method dossier_rows[] = {
	{ "profile.data", RIGHT_KNOW, PLACE_READER, data_params,
	  "Gives all that is kept of the caller besides what they wrote "
	  "(changes.list) and where they are signed in (session.list).",
	  "{rows: [{kind, …}], next}: what a row has goes by its kind: "
	  "account, standing, preferences, key, pending_key, password, code, "
	  "application, membership, last_space, draft, round_opened, "
	  "round_asked, round_draft, round_answered, round_agreed, "
	  "round_cancelled, read, "
	  "thread_read, follow, visit, open_branches, invitation, audit; times "
	  "in seconds since 1970; of "
	  "a password or code only since when it is there; next is there when "
	  "there is more, to be given as after",
	  "denied usage busy corrupt", handle_profile_data },
	ROWS_END,
};
