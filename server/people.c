/* people.c - one table: words, options and the method behind each. */
#include "people.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "args.h"
#include "ask.h"
#include "plein/buf.h"
#include "plein/err.h"
#include "tell.h"

#define WORDS_MAX 4 /* DIR SPACE HANDLE ROLE */
#define OPTIONS_MAX 3

/* What an option becomes; numbers are those of invitations. */
struct option {
	const char *word, *param;
	bool number;
};

static void
add_number(struct buf *out, const json_t *row, const char *key, char end)
{
	buf_printf(out, "%lld%c",
		   (long long)json_integer_value(json_object_get(row, key)),
		   end);
}

static void
add_decision(struct buf *out, const json_t *result)
{
	tell_field(out, result, "handle", '\t');
	tell_field(out, result, "role", '\n');
}

static void
add_invite(struct buf *out, const json_t *result)
{
	tell_field(out, result, "code", '\t');
	add_number(out, result, "number", '\t');
	tell_field(out, result, "role", '\t');
	add_number(out, result, "uses", '\n');
}

static void
add_requests(struct buf *out, const json_t *result)
{
	const json_t *rows = json_object_get(result, "rows"), *row;
	size_t i;

	json_array_foreach(rows, i, row)
	{
		tell_field(out, row, "handle", '\t');
		add_number(out, row, "number", '\t');
		tell_field(out, row, "organisation", '\t');
		tell_field(out, row, "name", '\t');
		tell_field(out, row, "reason", '\n');
	}
}

static void
add_space(struct buf *out, const json_t *result)
{
	tell_field(out, result, "space", '\t');
	buf_str(out, json_is_true(json_object_get(result, "private"))
			     ? "private\n"
			     : "public\n");
}

static void
add_spaces(struct buf *out, const json_t *result)
{
	const json_t *rows = json_object_get(result, "rows"), *row;
	size_t i;

	json_array_foreach(rows, i, row)
	{
		tell_field(out, row, "name", '\t');
		buf_str(out, json_is_true(json_object_get(row, "private"))
				     ? "private\t"
				     : "public\t");
		tell_field(out, row, "title", '\n');
	}
}

static void
add_aside(struct buf *out, const json_t *result)
{
	tell_field(out, result, "aside", '\n');
}

static void
add_members(struct buf *out, const json_t *result)
{
	const json_t *rows = json_object_get(result, "rows"), *row;
	size_t i;

	json_array_foreach(rows, i, row)
	{
		tell_field(out, row, "handle", '\t');
		tell_field(out, row, "role", '\t');
		tell_field(out, row, "name", '\n');
	}
}

static void
add_nothing(struct buf *out, const json_t *result)
{
	(void)out;
	(void)result;
}

static const struct act {
	const char *word, *method, *usage;
	const char *params[2]; /* of the words behind DIR */
	struct option options[OPTIONS_MAX];
	void (*add)(struct buf *out, const json_t *result);
	bool of_space; /* it is a word of `space`, not of `user` */
	bool inside; /* the first word behind DIR is the space it is about */
} acts[] = {
	{ "requests",
	  "accounts.requests",
	  "requests DIR",
	  { NULL },
	  { { NULL } },
	  add_requests,
	  false,
	  false },
	{ "approve",
	  "accounts.approve",
	  "approve DIR HANDLE [--role R]",
	  { "handle" },
	  { { "--role", "role", false } },
	  add_decision,
	  false,
	  false },
	{ "refuse",
	  "accounts.refuse",
	  "refuse DIR HANDLE --reason T",
	  { "handle" },
	  { { "--reason", "reason", false } },
	  add_decision,
	  false,
	  false },
	{ "block",
	  "accounts.block",
	  "block DIR HANDLE [--reason T]",
	  { "handle" },
	  { { "--reason", "reason", false } },
	  add_decision,
	  false,
	  false },
	{ "unblock",
	  "accounts.unblock",
	  "unblock DIR HANDLE",
	  { "handle" },
	  { { NULL } },
	  add_decision,
	  false,
	  false },
	{ "undo",
	  "accounts.undo",
	  "undo DIR HANDLE",
	  { "handle" },
	  { { NULL } },
	  add_decision,
	  false,
	  false },
	{ "close",
	  "accounts.close",
	  "close DIR HANDLE",
	  { "handle" },
	  { { NULL } },
	  add_nothing,
	  false,
	  false },
	{ "role",
	  "accounts.role",
	  "role DIR HANDLE ROLE",
	  { "handle", "role" },
	  { { NULL } },
	  add_decision,
	  false,
	  false },
	{ "invite",
	  "invite.create",
	  "invite DIR [--role R] [--days N] [--uses N]",
	  { NULL },
	  { { "--role", "role", false },
	    { "--days", "days", true },
	    { "--uses", "uses", true } },
	  add_invite,
	  false,
	  false },
	{ "add",
	  "space.add",
	  "add DIR NAME [--title T] [--private]",
	  { "space" },
	  { { "--title", "title", false } },
	  add_space,
	  true,
	  false },
	{ "set",
	  "space.set",
	  "set DIR NAME [--title T] [--private|--public]",
	  { "space" },
	  { { "--title", "title", false } },
	  add_space,
	  true,
	  false },
	{ "list",
	  "space.list",
	  "list DIR",
	  { NULL },
	  { { NULL } },
	  add_spaces,
	  true,
	  false },
	{ "remove",
	  "space.remove",
	  "remove DIR NAME",
	  { "space" },
	  { { NULL } },
	  add_aside,
	  true,
	  false },
	{ "members",
	  "member.list",
	  "members DIR NAME",
	  { NULL },
	  { { NULL } },
	  add_members,
	  true,
	  true },
	{ "role",
	  "member.set",
	  "role DIR NAME HANDLE ROLE",
	  { "handle", "role" },
	  { { NULL } },
	  add_decision,
	  true,
	  true },
	{ "dismiss",
	  "member.remove",
	  "dismiss DIR NAME HANDLE",
	  { "handle" },
	  { { NULL } },
	  add_decision,
	  true,
	  true },
};

static const struct act *
find_act(bool of_space, const char *word)
{
	for (size_t i = 0; i < sizeof(acts) / sizeof(acts[0]); i++)
		if (acts[i].of_space == of_space &&
		    strcmp(acts[i].word, word) == 0)
			return &acts[i];
	return NULL;
}

bool
people_knows(const char *word)
{
	return find_act(false, word) != NULL;
}

static void
set_param(json_t *params, const char *param, const char *value, bool number)
{
	json_t *v = number ? json_integer(strtol(value, NULL, 10))
			   : json_string(value);

	/* what is no UTF-8 is absent, and missed where it is needed */
	if (v)
		(void)json_object_set_new(params, param, v);
}

static int
run(const struct act *act, const char *dir, const char *space,
    json_t *params_take)
{
	struct err err = ERR_INIT;
	struct buf out = BUF_INIT;
	json_t *result = NULL;
	int code;

	err.code = ask_in_space(dir, space, act->method, params_take, &result,
				&err);
	if (err.code) {
		code = tell_error(&err);
	} else {
		act->add(&out, result);
		code = tell(&out);
	}
	buf_release(&out);
	json_decref(result);
	return code;
}

static int
count_params(const struct act *act)
{
	return act->inside + (act->params[0] != NULL) +
	       (act->params[1] != NULL);
}

static int
say_usage(const struct act *act)
{
	struct buf usage = BUF_INIT;
	int code;

	buf_printf(&usage, "%s %s", act->of_space ? "space" : "user",
		   act->usage);
	code = tell_usage(usage.ptr);
	buf_release(&usage);
	return code;
}

/* How a space is to be, in one word. */
static void
add_flags(bool of_space, int *argc, char **argv, json_t *params)
{
	if (!of_space)
		return;
	if (args_flag(argc, argv, "--private"))
		(void)json_object_set_new(params, "private", json_true());
	if (args_flag(argc, argv, "--public"))
		(void)json_object_set_new(params, "private", json_false());
}

int
people_main(int argc, char **argv)
{
	bool of_space = strcmp(argv[1], "space") == 0;
	const struct act *act = find_act(of_space, argc > 2 ? argv[2] : "");
	const char *words[WORDS_MAX], *values[OPTIONS_MAX] = { NULL };
	struct args_option options[OPTIONS_MAX + 1] = { { NULL, NULL } };
	struct err err = ERR_INIT;
	json_t *params;
	int n, i;

	if (!act)
		return tell_usage("space add|set|list|remove|members|role|"
				  "dismiss DIR …");
	params = json_object();
	add_flags(of_space, &argc, argv, params);
	for (i = 0; i < OPTIONS_MAX && act->options[i].word; i++)
		options[i] = (struct args_option){ act->options[i].word,
						   &values[i] };
	n = args_sort(argc - 3, argv + 3, options, words, WORDS_MAX, &err);
	if (n != 1 + count_params(act)) {
		json_decref(params);
		return n < 0 ? tell_error(&err) : say_usage(act);
	}
	for (i = 1 + act->inside; i < n; i++)
		set_param(params, act->params[i - 1 - act->inside], words[i],
			  false);
	for (i = 0; i < OPTIONS_MAX; i++)
		if (values[i])
			set_param(params, act->options[i].param, values[i],
				  act->options[i].number);
	return run(act, words[0], act->inside ? words[1] : NULL, params);
}
