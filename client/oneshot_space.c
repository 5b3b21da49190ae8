/* oneshot_space.c - the spaces there are; administrators make them. */
#include "oneshot_rows.h"

#include <string.h>

#include "plein/i18n.h"

/* The words behind the command, from the first that counts on. */
struct asked {
	struct oneshot *o;
	size_t from;
};

static const char *
word_of(const struct asked *a, size_t i)
{
	const struct vec *args = &a->o->words.args;

	return a->from + i < args->len ? args->items[a->from + i] : "";
}

static size_t
count(const struct asked *a)
{
	size_t n = a->o->words.args.len;

	return n > a->from ? n - a->from : 0;
}

static bool
is(const char *word, const char *nl, const char *en)
{
	return strcmp(word, nl) == 0 || strcmp(word, en) == 0;
}

/* --- telling --- */

static void
add_space(struct oneshot *o, const json_t *row, void *ctx)
{
	bool closed = json_is_true(json_object_get(row, "private"));
	const char *role = row_text(row, "role");

	(void)ctx;
	if (o->json) {
		output_json(&o->out, json_pack("{s:O, s:O, s:b, s:O}", "space",
					       row_part(row, "name"), "title",
					       row_part(row, "title"),
					       "private", (int)closed, "role",
					       row_part(row, "role")));
		return;
	}
	output_field(&o->out, row_text(row, "name"));
	output_field(&o->out, closed ? "private" : "public");
	output_field(&o->out, role ? role : "");
	output_field(&o->out, row_text(row, "title"));
	output_end(&o->out);
}

static void
add_member(struct oneshot *o, const json_t *row, void *ctx)
{
	(void)ctx;
	if (o->json) {
		output_json(&o->out, json_pack("{s:O, s:O, s:O}", "account",
					       row_part(row, "handle"), "role",
					       row_part(row, "role"), "name",
					       row_part(row, "name")));
		return;
	}
	output_field(&o->out, row_text(row, "handle"));
	output_field(&o->out, row_text(row, "role"));
	output_field(&o->out, row_text(row, "name"));
	output_end(&o->out);
}

/* --- doing --- */

static int
change(struct oneshot *o, const char *method, json_t *params_take)
{
	json_t *result = NULL;
	int exit_code = oneshot_ask(o, method, params_take, &result);

	json_decref(result);
	return exit_code;
}

/* NAME, and perhaps whether it is private. */
static int
make(const struct asked *a, const char *method)
{
	const char *title = words_value(&a->o->words, OPTION_TITLE);
	json_t *params;
	bool closed = is(word_of(a, 2), "besloten", "private");
	bool open = is(word_of(a, 2), "openbaar", "public");

	if (count(a) < 2 || count(a) > 3 || (count(a) == 3 && !closed && !open))
		return oneshot_misuse(a->o, _("The name of a space, and "
					      "private or public."));
	params = json_pack("{s:s}", "space", word_of(a, 1));
	if (title)
		(void)json_object_set_new(params, "title", json_string(title));
	if (count(a) == 3)
		(void)json_object_set_new(params, "private",
					  json_boolean(closed));
	return change(a->o, method, params);
}

static int
remove_space(const struct asked *a)
{
	json_t *result = NULL;
	int exit_code;

	if (count(a) != 2)
		return oneshot_misuse(a->o, _("The name of a space."));
	exit_code = oneshot_ask(a->o, "space.remove",
				json_pack("{s:s}", "space", word_of(a, 1)),
				&result);
	if (!exit_code)
		oneshot_remark(a->o, _("It was put aside, on the host: %s"),
			       row_text(result, "aside"));
	json_decref(result);
	return exit_code;
}

/* --- roles --- */

/* What comes is about the space that is named. */
static int
enter(const struct asked *a, size_t n)
{
	if (count(a) != n)
		return oneshot_misuse(a->o, _("The name of a space; whose, and "
					      "which role."));
	return change(a->o, "session.space",
		      json_pack("{s:s}", "space", word_of(a, 1)));
}

static int
members(const struct asked *a)
{
	int exit_code = enter(a, 2);

	return exit_code ? exit_code
			 : oneshot_list(a->o, "member.list", add_member);
}

static int
give_role(const struct asked *a)
{
	int exit_code = enter(a, 4);

	return exit_code
		       ? exit_code
		       : change(a->o, "member.set",
				json_pack("{s:s, s:s}", "handle", word_of(a, 2),
					  "role", word_of(a, 3)));
}

static int
dismiss(const struct asked *a)
{
	int exit_code = enter(a, 3);

	return exit_code ? exit_code
			 : change(a->o, "member.remove",
				  json_pack("{s:s}", "handle", word_of(a, 2)));
}

static int
use_code(const struct asked *a)
{
	char line[ONESHOT_LINE];
	json_t *result = NULL;
	int exit_code;

	if (count(a) != 1)
		return oneshot_misuse(a->o, _("This takes no words."));
	if (!oneshot_ask_line(a->o, _("Invite code: "), false, line) || !*line)
		return oneshot_tell(a->o, PLEIN_ESAME,
				    _("Nothing was changed."));
	exit_code = oneshot_ask(a->o, "invite.use",
				json_pack("{s:s}", "code", line), &result);
	explicit_bzero(line, sizeof(line));
	if (!exit_code) {
		output_field(&a->o->out, row_text(result, "space"));
		output_field(&a->o->out, row_text(result, "role"));
		output_end(&a->o->out);
	}
	json_decref(result);
	return exit_code;
}

static int
run(const struct asked *a)
{
	const char *word = word_of(a, 0);

	if (count(a) == 0 || (count(a) == 1 && is(word, "lijst", "list")))
		return oneshot_list(a->o, "space.list", add_space);
	if (is(word, "code", "code"))
		return use_code(a);
	if (is(word, "maak", "add"))
		return make(a, "space.add");
	if (is(word, "zet", "set"))
		return make(a, "space.set");
	if (is(word, "weg", "remove"))
		return remove_space(a);
	if (is(word, "leden", "members"))
		return members(a);
	if (is(word, "rol", "role"))
		return give_role(a);
	if (is(word, "ontsla", "dismiss"))
		return dismiss(a);
	return oneshot_misuse(a->o, _("list, code, add, set, remove, members, "
				      "role or dismiss."));
}

int
do_space(struct oneshot *o)
{
	const struct asked a = { o, 0 };

	return run(&a);
}

int
do_admin_space(struct oneshot *o)
{
	const struct asked a = { o, 1 };

	return run(&a);
}
