/*
 * handle_space.c - the spaces there are, who takes part in them, and which one
 * a stream is in. Who may not see a space gets the same answers as if there
 * were none of that name.
 */
#include "wiki/handlers.h"

#include <string.h>

#include "plein/mem.h"
#include "plein/path.h"
#include "state/marks.h"
#include "state/members.h"
#include "state/standing.h"
#include "wiki/accounts.h"
#include "wiki/call.h"
#include "wiki/ground.h"
#include "wiki/rows.h"
#include "wiki/space.h"

static int
say_none(struct err *err)
{
	return err_rule(err, PLEIN_ENOTFOUND, "space-none", 0,
			"there is no such space");
}

/* The one that `name` is; NULL when it is not in the list. */
static struct space *
find_space(struct desk *d, const char *name)
{
	struct spacelist *list = desk_list(d);

	if (!list)
		return strcmp(name, d->space->name) == 0 ? d->space : NULL;
	return spacelist_get(list, name);
}

/* --- choosing ------------------------------------------------------------- */

/* As `who`, in that space, whatever they may do there. */
static int
enter(struct desk *d, const struct caller *who, struct space *s,
      struct caller **out, struct err *err)
{
	enum role given = ROLE_NONE;
	int rc = 0;

	if (who->handle)
		rc = desk_need_state(d, err);
	if (!rc && who->handle)
		rc = member_role(d->state, s->name, who->handle, &given, err);
	*out = rc ? NULL
		  : caller_in_space(who, space_is_default(s) ? NULL : s, given);
	return rc;
}

int
space_enter(struct desk *d, const struct caller *who, const char *name,
	    struct caller **out, struct err *err)
{
	struct space *s = find_space(d, name);

	*out = NULL;
	return s ? enter(d, who, s, out, err) : say_none(err);
}

/* May they know of the space they are in? Who keeps the wiki must, of all. */
static bool
may_know(const struct caller *c)
{
	return caller_may(c, RIGHT_READ) || policy_allows(c->role, RIGHT_ADMIN);
}

void
space_take_seat(struct desk *d, const struct caller *who, struct caller **out)
{
	char name[SPACE_MAX + 1];
	struct space *s;

	*out = NULL;
	if (!who->handle || desk_need_state(d, NULL) ||
	    seat_get(d->state, who->handle, name, sizeof(name), NULL))
		return;
	s = find_space(d, name);
	if (!s || enter(d, who, s, out, NULL))
		return;
	if (!caller_may(*out, RIGHT_READ)) {
		caller_free(*out);
		*out = NULL;
	}
}

/* The row of a space, or one that says no more than its name. */
static json_t *
describe_space(struct desk *d, const struct caller *in, const char *name)
{
	struct space_row *row = NULL;
	enum role role = caller_here(in);
	json_t *j;

	/* what cannot be read is not told */
	if (desk_need_state(d, NULL) || space_row(d->state, name, &row, NULL))
		row = NULL;
	j = json_pack("{s:s, s:o, s:b, s:o}", "name", name, "title",
		      call_json_line(row && *row->title ? row->title : name),
		      "private",
		      in->space ? atomic_load(&in->space->closed) : 0, "role",
		      role == ROLE_NONE ? json_null()
					: json_string(role_name(role)));
	if (!in->space)
		(void)json_object_set_new(
			j, "title",
			call_json_line(row && *row->title ? row->title
							  : d->conf->name));
	space_row_free(row);
	return j;
}

static int
handle_session_space(struct desk *d, struct call *c)
{
	const char *name = call_text(c, "space");
	int rc = space_enter(d, c->caller, name, &c->moves, &c->err);

	if (!rc && !may_know(c->moves))
		rc = say_none(&c->err);
	if (rc) {
		caller_free(c->moves);
		c->moves = NULL;
		return rc;
	}
	c->result = describe_space(d, c->moves, name);
	return 0;
}

/* Not in the table: this person chose the space they are in now. */
int
handle_note_space(struct desk *d, struct call *c)
{
	int rc = desk_need_state(d, &c->err);

	return rc ? rc
		  : seat_put(d->state, c->caller->handle, d->space->name,
			     &c->err);
}

static int
add_visible(struct desk *d, const struct caller *who, struct space *s,
	    json_t *rows, struct err *err)
{
	struct caller *in = NULL;
	int rc = atomic_load(&s->gone) ? 0 : enter(d, who, s, &in, err);

	if (in && may_know(in))
		(void)json_array_append_new(rows,
					    describe_space(d, in, s->name));
	caller_free(in);
	return rc;
}

static int
list_spaces(struct desk *d, const struct caller *who, json_t *rows,
	    struct err *err)
{
	struct spacelist *list = desk_list(d);
	struct space *s;
	int rc = 0;

	if (!list)
		return add_visible(d, who, d->space, rows, err);
	for (size_t i = 0; !rc && (s = spacelist_at(list, i)); i++)
		rc = add_visible(d, who, s, rows, err);
	return rc;
}

size_t
space_count(struct desk *d, const struct caller *who)
{
	struct spacelist *list = desk_list(d);
	json_t *rows;
	size_t n;

	if (!list || !spacelist_at(list, 1))
		return 1;
	rows = json_array();
	/* what cannot be read is not counted */
	(void)list_spaces(d, who, rows, NULL);
	n = json_array_size(rows);
	json_decref(rows);
	return n;
}

json_t *
space_describe(struct desk *d, const struct caller *who)
{
	return describe_space(d, who, d->space->name);
}

static int
handle_space_list(struct desk *d, struct call *c)
{
	json_t *rows = json_array();
	int rc = list_spaces(d, c->caller, rows, &c->err);

	if (rc)
		json_decref(rows);
	else
		c->result = json_pack("{s:s, s:o}", "current", d->space->name,
				      "rows", rows);
	return rc;
}

/* --- of somebody else ------------------------------------------------------ */

static int
find_account(struct desk *d, const char *handle, struct caller **out,
	     struct err *err)
{
	struct caller *nobody = caller_new(0, "git", "");
	struct account a = { 0 };
	int rc = 0;

	*out = NULL;
	if (strcmp(handle, CALLER_GUEST) == 0) {
		*out = caller_guest(nobody);
	} else {
		rc = desk_need_state(d, err);
		if (!rc)
			rc = account_get(d->state, handle, &a, err);
		if (!rc) {
			*out = caller_sign_in(nobody, &a, NULL);
			(*out)->role = caller_role(&a, d->conf, true);
		}
	}
	account_release(&a);
	caller_free(nobody);
	return rc;
}

int
space_role(struct desk *d, const char *handle, const char *name, enum role *out,
	   struct err *err)
{
	struct caller *who = NULL, *in = NULL;
	int rc = find_account(d, handle, &who, err);

	if (!rc)
		rc = space_enter(d, who, name, &in, err);
	*out = in ? caller_here(in) : ROLE_NONE;
	caller_free(who);
	caller_free(in);
	return rc == PLEIN_ENOTFOUND ? 0 : rc;
}

static int
handle_space_may(struct desk *d, struct call *c)
{
	enum role role;
	int rc = space_role(d, call_text(c, "account"), call_text(c, "space"),
			    &role, &c->err);

	if (!rc)
		c->result = json_pack("{s:s}", "role", role_name(role));
	return rc;
}

static const struct param may_params[] = {
	{ "conn", PARAM_NUMBER, true, COUNT_MAX, "whose" },
	{ "account", PARAM_TEXT, true, 64, "handle" },
	{ "space", PARAM_TEXT, true, SPACE_MAX, "name" },
	PARAMS_END,
};

const struct method space_may = {
	"space.may", RIGHT_HOST, PLACE_READER, may_params,
	"",	     "",	 "",	       handle_space_may,
};

/* --- making --------------------------------------------------------------- */

/* What is not said stays, or is nothing yet. */
static int
write_row(struct desk *d, struct call *c, const char *name)
{
	const char *title = call_text(c, "title");
	const json_t *closed = json_object_get(c->params, "private");
	struct space_row *old = NULL;
	int rc = space_row(d->state, name, &old, &c->err);

	if (rc == PLEIN_ENOTFOUND)
		rc = 0;
	c->closes = closed ? json_is_true(closed) : old && old->closed;
	if (!rc && c->closes && strcmp(name, SPACE_DEFAULT) == 0)
		rc = err_rule(&c->err, PLEIN_ERULE, "space-first", 0,
			      "this space cannot be private");
	if (!rc)
		rc = space_put(d->state, name,
			       title ? title
			       : old ? old->title
				     : "",
			       c->closes, &c->err);
	space_row_free(old);
	return rc;
}

static int
tell_made(struct desk *d, struct call *c, const char *name)
{
	c->respaced = find_space(d, name);
	c->result = json_pack("{s:s, s:b}", "space", name, "private",
			      (int)c->closes);
	return 0;
}

static int
handle_space_add(struct desk *d, struct call *c)
{
	const char *name = call_text(c, "space");
	struct space_row *old = NULL;
	int rc = desk_list(d) ? desk_need_state(d, &c->err)
			      : err_set(&c->err, PLEIN_ECLOSED,
					"no list of spaces here");

	if (!rc && !space_is_valid(name))
		rc = err_rule(&c->err, PLEIN_ERULE, "space-name", 0,
			      "this name cannot be");
	if (!rc && (strcmp(name, SPACE_DEFAULT) == 0 ||
		    space_row(d->state, name, &old, NULL) == 0))
		rc = err_rule(&c->err, PLEIN_EEXISTS, "space-taken", 0,
			      "there is a space of this name");
	space_row_free(old);
	if (!rc)
		rc = write_row(d, c, name);
	if (!rc)
		rc = ground_make(d, name, call_text(c, "title"), &c->err);
	return rc ? rc : tell_made(d, c, name);
}

static int
handle_space_set(struct desk *d, struct call *c)
{
	const char *name = call_text(c, "space");
	int rc = desk_need_state(d, &c->err);

	if (!rc && !find_space(d, name))
		rc = say_none(&c->err);
	if (!rc)
		rc = write_row(d, c, name);
	return rc ? rc : tell_made(d, c, name);
}

static int
handle_space_remove(struct desk *d, struct call *c)
{
	const char *name = call_text(c, "space");
	struct space *s = find_space(d, name);
	struct buf aside = BUF_INIT;
	int rc = desk_need_state(d, &c->err);

	if (!rc && !s)
		rc = say_none(&c->err);
	if (!rc && space_is_default(s))
		rc = err_rule(&c->err, PLEIN_ERULE, "space-first", 0,
			      "this space cannot be removed");
	if (!rc)
		rc = space_drop(d->state, name, &c->err);
	if (rc == PLEIN_ENOTFOUND && s) /* nobody could see it */
		rc = 0;
	if (!rc)
		rc = ground_put_aside(s, &aside, &c->err);
	if (!rc) {
		c->respaced = s;
		c->closes = true;
		c->result = json_pack("{s:s}", "aside", aside.ptr);
	}
	buf_release(&aside);
	return rc;
}

/* --- members -------------------------------------------------------------- */

static int
need_members(struct desk *d, struct call *c)
{
	if (space_is_default(d->space))
		return err_rule(&c->err, PLEIN_ERULE, "space-members", 0,
				"here roles are those of the accounts");
	return desk_need_state(d, &c->err);
}

/* `a` has a role here. */
static json_t *
describe_member(struct desk *d, const struct account *a)
{
	struct vec list = VEC_INIT;
	const struct member *m;
	struct visit v;
	json_t *row;

	if (member_list(d->state, d->space->name, a->handle, &list, NULL))
		vec_release(&list, member_free);
	m = list.len ? list.items[0] : NULL;
	row = json_pack("{s:s, s:o, s:s, s:s, s:s, s:I, s:o}", "handle",
			a->handle, "name", call_json_line(a->name),
			"organisation", a->organisation, "role",
			role_name(m ? m->role : ROLE_NONE), "standing",
			standing_name(a->standing), "since",
			(json_int_t)(m ? m->since : 0), "seen",
			visit_get(d->state, d->space->name, a->handle, &v, NULL)
				? json_null()
				: json_integer(v.seen));
	vec_release(&list, member_free);
	return row;
}

static int
handle_member_list(struct desk *d, struct call *c)
{
	int rc = need_members(d, c);

	return rc ? rc : accounts_list(d, c, d->space->name, describe_member);
}

/* Their account may need a code from now on, or no more. */
static int
change_member(struct desk *d, struct call *c, enum role role)
{
	const char *handle = call_text(c, "handle");
	int rc = need_members(d, c);

	if (!rc)
		rc = member_set(d->state, d->space->name, handle, role,
				&c->err);
	if (!rc)
		rc = accounts_tell_role(d, c, handle);
	if (rc)
		return rc;
	c->given_in = d->space;
	c->given = role;
	c->result = json_pack("{s:s, s:o}", "handle", handle, "role",
			      role == ROLE_NONE ? json_null()
						: json_string(role_name(role)));
	return 0;
}

static int
handle_member_set(struct desk *d, struct call *c)
{
	enum role role = ROLE_NONE;
	int rc = handle_read_role(call_text(c, "role"), &role, &c->err);

	return rc ? rc : change_member(d, c, role);
}

static int
handle_member_remove(struct desk *d, struct call *c)
{
	return change_member(d, c, ROLE_NONE);
}

/* --- rows ----------------------------------------------------------------- */

#define PARAM_SPACE \
	{ \
		"space", PARAM_TEXT, true, SPACE_MAX, "name of a space" \
	}

static const struct param no_params[] = { PARAMS_END };

static const struct param space_params[] = { PARAM_SPACE, PARAMS_END };

static const struct param list_params[] = {
	PARAMS_PEOPLE,
	{ "role", PARAM_TEXT, false, 32, "only those with this role here" },
	PARAMS_END,
};

static const struct param make_params[] = {
	PARAM_SPACE,
	{ "title", PARAM_TEXT, false, 4 * SPACE_TITLE_MAX,
	  "for people, one line; the name when absent" },
	{ "private", PARAM_FLAG, false, 1,
	  "only who has a role there may know of it" },
	PARAMS_END,
};

static const struct param set_member_params[] = {
	{ "handle", PARAM_TEXT, true, 64, "whose" },
	{ "role", PARAM_TEXT, true, 32,
	  "lezer, bijdrager, redacteur or beheerder" },
	PARAMS_END,
};

static const struct param handle_params[] = {
	{ "handle", PARAM_TEXT, true, 64, "whose" },
	PARAMS_END,
};

#define SPACE_ROW "{name, title, private, role}"

const struct method space_rows_of[] = {
	{ "space.list", RIGHT_KNOW, PLACE_READER, no_params,
	  "Lists the spaces the caller may know of.",
	  "{current, rows: [" SPACE_ROW "]}: current is the one this stream "
	  "is in; role is the caller's there, null when they have none (who "
	  "keeps the wiki knows of all)",
	  "busy io corrupt", handle_space_list },
	{ "session.space", RIGHT_KNOW, PLACE_READER, space_params,
	  "Puts this stream in another space: what is asked behind it "
	  "is about that one, and events are. On screen it is where the "
	  "person begins next time.",
	  SPACE_ROW, "not-found busy corrupt", handle_session_space },
	{ "space.add", RIGHT_ADMIN, PLACE_WRITER, make_params,
	  "Makes a space, with a first page and the templates of the default "
	  "one.",
	  "{space, private}", "exists rule closed busy no-space io corrupt",
	  handle_space_add },
	{ "space.set", RIGHT_ADMIN, PLACE_WRITER, make_params,
	  "Changes the title of a space, or whether it is private; what is "
	  "absent stays.",
	  "{space, private}", "not-found rule busy no-space io corrupt",
	  handle_space_set },
	{ "space.remove", RIGHT_ADMIN, PLACE_WRITER, space_params,
	  "Takes a space away: its repository is put aside in the data "
	  "folder, roles and invitations go.",
	  "{aside}: where it is, from the data folder",
	  "not-found rule busy no-space io corrupt", handle_space_remove },
	{ "member.list", RIGHT_STEWARD, PLACE_READER, list_params,
	  "Lists who has a role in the space this stream is in; in the "
	  "default one that is user.list.",
	  "{rows: [{handle, name, organisation, role, standing, since, "
	  "seen}], count, next}: as user.list; since is when they got it",
	  "rule busy io corrupt", handle_member_list },
	{ "member.set", RIGHT_STEWARD, PLACE_WRITER, set_member_params,
	  "Gives an account a role in the space this stream is in. Its open "
	  "streams there hear event.role {role, wiki}, and what they ask next "
	  "is judged by it.",
	  "{handle, role}", "not-found rule busy no-space io corrupt",
	  handle_member_set },
	{ "member.remove", RIGHT_STEWARD, PLACE_WRITER, handle_params,
	  "Takes that role away.", "{handle, role}: null",
	  "not-found rule busy no-space io corrupt", handle_member_remove },
	ROWS_END,
};
