/*
 * fake_office.c - what administrators see and do: tests/screen/office.json, by
 * method. Of accounts.get it has one answer a handle. What is decided is
 * remembered. Who is no administrator is refused.
 */
#include "fake_impl.h"

#include <string.h>

#include "plein/mem.h"

#define OFFICE "tests/screen/office.json"
#define PEOPLE 3 /* in one part */

static json_t *
office_of(struct fake *f)
{
	if (!f->office)
		f->office = json_load_file(OFFICE, 0, NULL);
	return f->office;
}

static json_t *
rows_of(struct fake *f, const char *method)
{
	return json_object_get(json_object_get(office_of(f), method), "rows");
}

/* Where the row of this handle stands, or behind the last. */
static size_t
find_row(const json_t *rows, const char *handle)
{
	size_t i = 0;

	while (i < json_array_size(rows) &&
	       strcmp(param(json_array_get(rows, i), "handle"), handle) != 0)
		i++;
	return i;
}

static bool
has_letters(const json_t *row, const char *words)
{
	return strstr(param(row, "handle"), words) ||
	       strcasestr(param(row, "name"), words) ||
	       strcasestr(param(row, "organisation"), words);
}

/* Of user.list and member.list. */
static bool
is_wanted(const json_t *row, const json_t *params)
{
	bool active = strcmp(param(row, "standing"), "active") == 0;
	const char *role = param(params, "role");
	json_int_t unseen =
		json_integer_value(json_object_get(params, "unseen"));

	if (*role && (!active || strcmp(param(row, "role"), role) != 0))
		return false;
	if (json_is_true(json_object_get(params, "out")) && active)
		return false;
	if (json_is_true(json_object_get(params, "codeless")) &&
	    json_is_true(json_object_get(row, "code")))
		return false;
	if (unseen &&
	    json_integer_value(json_object_get(row, "seen")) >= unseen)
		return false;
	return has_letters(row, param(params, "words"));
}

/* In parts of a few rows. */
static struct reply
list_people(struct fake *f, const char *method, const json_t *params)
{
	const json_t *rows = rows_of(f, method), *row;
	const char *after = param(params, "after"), *last = "";
	json_t *part = json_array(), *result;
	size_t i, n = 0;

	json_array_foreach(rows, i, row)
	{
		if (!is_wanted(row, params) ||
		    strcmp(param(row, "handle"), after) <= 0)
			continue;
		if (n++ < PEOPLE) {
			(void)json_array_append(part, (json_t *)row);
			last = param(row, "handle");
		}
	}
	result = json_pack("{s:o, s:s*}", "rows", json_deep_copy(part), "next",
			   n > PEOPLE ? last : NULL);
	if (!*after)
		(void)json_object_set_new(result, "count",
					  json_integer((json_int_t)n));
	json_decref(part);
	return answer(result);
}

/* Their role in another space than the first. */
static void
tell_here(struct fake *f, json_t *account)
{
	const json_t *rows = rows_of(f, "member.list");
	size_t i = find_row(rows, param(account, "handle"));
	json_t *role = json_object_get(json_array_get(rows, i), "role");

	if (f->wiki && account)
		(void)json_object_set(account, "here",
				      role ? role : json_null());
}

/* Rows as late as what was asked for. */
static struct reply
tell_log(struct fake *f, const json_t *params)
{
	json_t *all = json_object_get(office_of(f), "audit.list");
	json_t *rows = json_array(), *row;
	size_t i;

	json_array_foreach(json_object_get(all, "rows"), i, row)
	{
		if (json_integer_value(json_object_get(row, "time")) >=
		    json_integer_value(json_object_get(params, "since")))
			(void)json_array_append(rows, row);
	}
	return answer(json_pack("{s:o}", "rows", rows));
}

static struct reply
tell(struct fake *f, const char *method, const json_t *params)
{
	json_t *found = json_object_get(office_of(f), method);

	if (strcmp(method, "audit.list") == 0)
		return tell_log(f, params);

	if (strcmp(method, "accounts.get") == 0) {
		found = json_object_get(found, param(params, "handle"));
		tell_here(f, found);
	}
	return found ? answer(json_deep_copy(found)) : refuse(PLEIN_ENOTFOUND);
}

static struct reply
say_role(const char *handle, const char *role)
{
	return answer(json_pack("{s:s, s:s}", "handle", handle, "role",
				*role ? role : "bijdrager"));
}

/* Somebody else let test123 in meanwhile. */
static struct reply
be_slower(void)
{
	struct reply r = refuse(PLEIN_ERULE);

	r.args = json_pack("{s:s, s:s, s:s, s:s}", "rule", "decided", "by",
			   "archief.duinstad", "standing", "active", "role",
			   "lezer");
	return r;
}

static struct reply
decide(struct fake *f, const json_t *params)
{
	json_t *rows = rows_of(f, "accounts.requests");
	const char *handle = param(params, "handle");
	size_t i = find_row(rows, handle);

	if (i == json_array_size(rows))
		return refuse(PLEIN_ENOTFOUND);
	if (strcmp(handle, "test123") == 0)
		return be_slower();
	(void)json_object_set(office_of(f), "decided", json_array_get(rows, i));
	(void)json_array_remove(rows, i);
	return say_role(handle, param(params, "role"));
}

static struct reply
undo(struct fake *f, const json_t *params)
{
	json_t *row = json_object_get(office_of(f), "decided");

	if (row)
		(void)json_array_insert(rows_of(f, "accounts.requests"), 0,
					row);
	(void)json_object_del(office_of(f), "decided");
	return say_role(param(params, "handle"), "waiting");
}

/* To become administrator waits; so does the last one. */
static struct reply
change_role(struct fake *f, const json_t *params)
{
	const char *handle = param(params, "handle");
	const char *role = param(params, "role");
	json_t *row = json_array_get(rows_of(f, "user.list"),
				     find_row(rows_of(f, "user.list"), handle));
	struct reply r;

	if (strcmp(handle, "beleid.duinstad") == 0) {
		r = refuse(PLEIN_ERULE);
		r.args = json_pack("{s:s}", "rule", "last-admin");
		return r;
	}
	r = say_role(handle, role);
	if (strcmp(role, "beheerder") == 0)
		(void)json_object_set_new(r.result, "waits", json_true());
	else
		(void)json_object_set_new(row, "role", json_string(role));
	return r;
}

/* In the space they are in. */
static struct reply
give_role(struct fake *f, const json_t *params)
{
	json_t *rows = rows_of(f, "member.list");
	const char *handle = param(params, "handle");
	size_t i = find_row(rows, handle);

	if (strcmp(handle, "niemand") == 0)
		return refuse(PLEIN_ENOTFOUND);
	if (i == json_array_size(rows))
		(void)json_array_append_new(
			rows, json_pack("{s:s, s:s, s:s, s:s, s:s, s:n}",
					"handle", handle, "name", "", "role",
					"", "organisation", "Waterdam",
					"standing", "active", "seen"));
	(void)json_object_set(json_array_get(rows, i), "role",
			      json_object_get(params, "role"));
	return say_role(handle, param(params, "role"));
}

static struct reply
take_role(struct fake *f, const json_t *params)
{
	json_t *rows = rows_of(f, "member.list");
	const char *handle = param(params, "handle");

	(void)json_array_remove(rows, find_row(rows, handle));
	return answer(json_pack("{s:s, s:n}", "handle", handle, "role"));
}

/* Of an administrator it waits. */
static struct reply
close_account(struct fake *f, const json_t *params)
{
	json_t *of = json_object_get(office_of(f), "accounts.get");
	json_t *row = json_object_get(of, param(params, "handle"));

	if (strcmp(param(row, "role"), "beheerder") == 0) {
		(void)json_object_set_new(
			row, "proposed",
			json_pack("{s:s, s:s, s:s, s:i}", "act", "close",
				  "role", "none", "by", "archief.duinstad",
				  "time", WHEN));
		return answer(json_pack("{s:b}", "waits", 1));
	}
	(void)json_object_set_new(row, "standing", json_string("closed"));
	(void)json_object_set_new(row, "keys", json_array());
	return answer(json_object());
}

static struct reply
make_code(const json_t *params)
{
	return answer(
		json_pack("{s:i, s:s, s:s, s:O, s:i, s:s}", "number", 5, "role",
			  param(params, "role"), "space", "agenda", "uses",
			  json_object_get(params, "uses"), "expires",
			  WHEN + 14 * 86400, "code", "kwal-mier-vuur-boom"));
}

static struct reply
use_code(const json_t *params)
{
	struct reply r = refuse(PLEIN_EDENIED);

	if (strcmp(param(params, "code"), "kwal-mier") == 0)
		return answer(json_pack("{s:s, s:s}", "space", "zorg", "role",
					"redacteur"));
	r.args = json_pack("{s:s}", "rule", "invite");
	return r;
}

static struct reply
set_setting(struct fake *f, const json_t *params)
{
	json_t *rows = rows_of(f, "setting.list"), *row;
	size_t i;

	json_array_foreach(rows, i, row)
	{
		if (strcmp(param(row, "setting"), param(params, "setting")) ==
		    0)
			(void)json_object_set(row, "value",
					      json_object_get(params, "value"));
	}
	return answer(json_copy((json_t *)params));
}

static bool
is_among(const char *method, const char *const *list)
{
	while (*list && strcmp(*list, method) != 0)
		list++;
	return *list != NULL;
}

static bool
run(struct fake *f, const char *method, const json_t *params, struct reply *r)
{
	static const char *const told[] = {
		"accounts.requests",
		"accounts.get",
		"session.list",
		"invite.list",
		"audit.list",
		"setting.list",
		NULL,
	};
	static const char *const done[] = {
		"accounts.block",
		"accounts.unblock",
		"accounts.drop_key",
		"session.end",
		"register.ask",
		"invite.revoke",
		NULL,
	};

	if (strcmp(method, "user.list") == 0 ||
	    strcmp(method, "member.list") == 0)
		*r = list_people(f, method, params);
	else if (strcmp(method, "member.set") == 0)
		*r = give_role(f, params);
	else if (strcmp(method, "member.remove") == 0)
		*r = take_role(f, params);
	else if (is_among(method, told))
		*r = tell(f, method, params);
	else if (is_among(method, done))
		*r = answer(json_object());
	else if (strcmp(method, "accounts.approve") == 0 ||
		 strcmp(method, "accounts.refuse") == 0)
		*r = decide(f, params);
	else if (strcmp(method, "accounts.undo") == 0)
		*r = undo(f, params);
	else if (strcmp(method, "accounts.close") == 0)
		*r = close_account(f, params);
	else if (strcmp(method, "accounts.role") == 0)
		*r = change_role(f, params);
	else if (strcmp(method, "invite.use") == 0)
		*r = use_code(params);
	else if (strcmp(method, "invite.create") == 0)
		*r = make_code(params);
	else if (strcmp(method, "setting.set") == 0)
		*r = set_setting(f, params);
	else
		return false;
	return true;
}

bool
fake_office(struct fake *f, const char *method, const json_t *params,
	    struct reply *r)
{
	static const char *const here[] = { "member.list",   "member.set",
					    "member.remove", "invite.list",
					    "invite.create", "invite.revoke",
					    "audit.list",    NULL };
	const char *wiki = f->wiki ? f->wiki : f->role;
	bool own = strcmp(method, "invite.use") == 0;

	if (!run(f, method, params, r))
		return false;
	if (strcmp(wiki, "beheerder") != 0 && !own &&
	    !(is_among(method, here) && strcmp(f->role, "beheerder") == 0)) {
		json_decref(r->result);
		*r = refuse(PLEIN_EDENIED);
	}
	return true;
}
