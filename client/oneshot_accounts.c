/* oneshot_accounts.c - commands of administrators: who takes part. */
#include "oneshot_rows.h"

#include <stdlib.h>
#include <string.h>

#include "plein/i18n.h"

/* --- lists ---------------------------------------------------------------- */

static void
add_request(struct oneshot *o, const json_t *row, void *ctx)
{
	(void)ctx;
	if (o->json) {
		output_json(
			&o->out,
			json_pack("{s:O, s:O, s:O, s:O, s:O, s:o, s:O, s:O, "
				  "s:O, s:O}",
				  "account", row_part(row, "handle"), "number",
				  row_part(row, "number"), "name",
				  row_part(row, "name"), "organisation",
				  row_part(row, "organisation"), "reason",
				  row_part(row, "reason"), "time",
				  output_json_time(row_number(row, "time")),
				  "key", row_part(row, "key"), "from",
				  row_part(row, "peer"), "from_number",
				  row_part(row, "from_peer"), "looks_like",
				  row_part(row, "like")));
		return;
	}
	output_field(&o->out, row_text(row, "handle"));
	output_number(&o->out, row_number(row, "number"));
	output_time(&o->out, row_number(row, "time"));
	output_field(&o->out, row_text(row, "organisation"));
	output_field(&o->out, row_text(row, "name"));
	output_field(&o->out, row_text(row, "key"));
	output_field(&o->out, row_text(row, "peer"));
	output_field(&o->out, row_text(row, "like"));
	output_field(&o->out, row_text(row, "reason"));
	output_end(&o->out);
}

int
do_requests(struct oneshot *o)
{
	if (o->words.args.len)
		return oneshot_misuse(o, _("This takes no words."));
	return oneshot_list(o, "accounts.requests", add_request);
}

static void
add_member(struct oneshot *o, const json_t *row, void *ctx)
{
	json_int_t seen = row_number(row, "seen");

	(void)ctx;
	if (o->json) {
		output_json(&o->out,
			    json_pack("{s:O, s:O, s:O, s:O, s:O, s:O, s:O, "
				      "s:O, s:o}",
				      "account", row_part(row, "handle"),
				      "role", row_part(row, "role"), "standing",
				      row_part(row, "standing"), "reason",
				      row_part(row, "reason"), "organisation",
				      row_part(row, "organisation"), "name",
				      row_part(row, "name"), "keys",
				      row_part(row, "keys"), "code",
				      row_part(row, "code"), "visit",
				      seen > 0 ? output_json_time(seen)
					       : json_null()));
		return;
	}
	output_field(&o->out, row_text(row, "handle"));
	output_field(&o->out, row_text(row, "role"));
	output_field(&o->out, row_text(row, "standing"));
	output_field(&o->out, row_text(row, "organisation"));
	if (seen > 0)
		output_time(&o->out, seen);
	else
		output_field(&o->out, "");
	output_field(&o->out, row_text(row, "name"));
	output_end(&o->out);
}

int
do_members(struct oneshot *o)
{
	if (o->words.args.len)
		return oneshot_misuse(o, _("This takes no words."));
	return oneshot_list(o, "user.list", add_member);
}

/* --- decisions ------------------------------------------------------------ */

/* Account and role they have now. */
static int
decide(struct oneshot *o, const char *method, json_t *params_take)
{
	json_t *result = NULL;
	int exit_code = oneshot_ask(o, method, params_take, &result);

	if (exit_code)
		return exit_code;
	if (o->json) {
		output_json(&o->out,
			    json_pack("{s:O, s:O}", "account",
				      row_part(result, "handle"), "role",
				      row_part(result, "role")));
	} else {
		output_field(&o->out, row_text(result, "handle"));
		output_field(&o->out, row_text(result, "role"));
		output_end(&o->out);
	}
	if (json_is_true(row_part(result, "waits")))
		oneshot_remark(o, "%s", _("Waits for a second administrator."));
	json_decref(result);
	return EXIT_DONE;
}

/* NAME, and an option that goes along as this parameter, or 0. */
static int
decide_about(struct oneshot *o, const char *method, enum word_option option,
	     const char *param)
{
	const struct vec *args = &o->words.args;
	const char *value = option ? words_value(&o->words, option) : NULL;
	json_t *params;

	if (args->len != 1)
		return oneshot_misuse(o, _("Whose? One short name."));
	params = json_pack("{s:s}", "handle", args->items[0]);
	if (value)
		(void)json_object_set_new(params, param, json_string(value));
	return decide(o, method, params);
}

int
do_approve(struct oneshot *o)
{
	return decide_about(o, "accounts.approve", OPTION_ROLE, "role");
}

int
do_reject(struct oneshot *o)
{
	if (!words_value(&o->words, OPTION_REASON))
		return oneshot_misuse(o, _("Say why, with --reason."));
	return decide_about(o, "accounts.refuse", OPTION_REASON, "reason");
}

int
do_block(struct oneshot *o)
{
	return decide_about(o, "accounts.block", OPTION_REASON, "reason");
}

int
do_unblock(struct oneshot *o)
{
	return decide_about(o, "accounts.unblock", 0, NULL);
}

int
do_role(struct oneshot *o)
{
	const struct vec *args = &o->words.args;

	if (args->len != 2)
		return oneshot_misuse(o, _("A short name and a role: lezer, "
					   "bijdrager, redacteur or "
					   "beheerder."));
	return decide(o, "accounts.role",
		      json_pack("{s:s, s:s}", "handle", args->items[0], "role",
				args->items[1]));
}

/* --- invitations ---------------------------------------------------------- */

static void
add_invite(struct oneshot *o, const json_t *row, void *ctx)
{
	const char *code = row_text(row, "code");
	json_t *object;

	(void)ctx;
	if (o->json) {
		object = json_pack(
			"{s:O, s:O, s:O, s:o}", "number",
			row_part(row, "number"), "role", row_part(row, "role"),
			"uses", row_part(row, "uses"), "until",
			output_json_time(row_number(row, "expires")));
		if (code)
			(void)json_object_set_new(object, "code",
						  json_string(code));
		output_json(&o->out, object);
		return;
	}
	if (code)
		output_field(&o->out, code);
	output_number(&o->out, row_number(row, "number"));
	output_field(&o->out, row_text(row, "role"));
	output_number(&o->out, row_number(row, "uses"));
	output_time(&o->out, row_number(row, "expires"));
	output_end(&o->out);
}

static void
set_number(struct oneshot *o, json_t *params, const char *param,
	   enum word_option option)
{
	if (words_value(&o->words, option))
		(void)json_object_set_new(
			params, param,
			json_integer(words_number(&o->words, option, 0)));
}

static int
make_invite(struct oneshot *o)
{
	const char *role = words_value(&o->words, OPTION_ROLE);
	json_t *params = json_object(), *result = NULL;
	int exit_code;

	if (role)
		(void)json_object_set_new(params, "role", json_string(role));
	set_number(o, params, "days", OPTION_DAYS);
	set_number(o, params, "uses", OPTION_COUNT);
	exit_code = oneshot_ask(o, "invite.create", params, &result);
	if (!exit_code) {
		add_invite(o, result, NULL);
		oneshot_remark(o, "%s",
			       _("This code is not shown again. They use it "
				 "with: ssh -t nieuw@<host>"));
	}
	json_decref(result);
	return exit_code;
}

static int
drop_invite(struct oneshot *o)
{
	const char *word = o->words.args.items[1];
	char *end;
	long number = strtol(word, &end, 10);
	json_t *result = NULL;
	int exit_code;

	if (*end || number <= 0)
		return oneshot_misuse(o, _("Which? The number of an "
					   "invitation."));
	exit_code = oneshot_ask(
		o, "invite.revoke",
		json_pack("{s:I}", "number", (json_int_t)number), &result);
	json_decref(result);
	if (!exit_code)
		oneshot_remark(o, "%s",
			       _("This invitation lets nobody in any more."));
	return exit_code;
}

static bool
is_word(const struct oneshot *o, const char *nl, const char *en)
{
	const char *word = o->words.args.items[0];

	return strcmp(word, nl) == 0 || strcmp(word, en) == 0;
}

int
do_invite(struct oneshot *o)
{
	size_t n = o->words.args.len;

	if (n == 0)
		return make_invite(o);
	if (n == 1 && is_word(o, "lijst", "list"))
		return oneshot_list(o, "invite.list", add_invite);
	if (n == 2 && is_word(o, "weg", "drop"))
		return drop_invite(o);
	return oneshot_misuse(o, _("Nothing, list, or drop and a number."));
}
