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

#define WORDS_MAX 3 /* DIR HANDLE ROLE */
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

static const struct act {
	const char *word, *method, *usage;
	const char *params[2]; /* of the words behind DIR */
	struct option options[OPTIONS_MAX];
	void (*add)(struct buf *out, const json_t *result);
} acts[] = {
	{ "requests",
	  "accounts.requests",
	  "requests DIR",
	  { NULL },
	  { { NULL } },
	  add_requests },
	{ "approve",
	  "accounts.approve",
	  "approve DIR HANDLE [--role R]",
	  { "handle" },
	  { { "--role", "role", false } },
	  add_decision },
	{ "refuse",
	  "accounts.refuse",
	  "refuse DIR HANDLE --reason T",
	  { "handle" },
	  { { "--reason", "reason", false } },
	  add_decision },
	{ "block",
	  "accounts.block",
	  "block DIR HANDLE [--reason T]",
	  { "handle" },
	  { { "--reason", "reason", false } },
	  add_decision },
	{ "unblock",
	  "accounts.unblock",
	  "unblock DIR HANDLE",
	  { "handle" },
	  { { NULL } },
	  add_decision },
	{ "role",
	  "accounts.role",
	  "role DIR HANDLE ROLE",
	  { "handle", "role" },
	  { { NULL } },
	  add_decision },
	{ "invite",
	  "invite.create",
	  "invite DIR [--role R] [--days N] [--uses N]",
	  { NULL },
	  { { "--role", "role", false },
	    { "--days", "days", true },
	    { "--uses", "uses", true } },
	  add_invite },
};

static const struct act *
find_act(const char *word)
{
	for (size_t i = 0; i < sizeof(acts) / sizeof(acts[0]); i++)
		if (strcmp(acts[i].word, word) == 0)
			return &acts[i];
	return NULL;
}

bool
people_knows(const char *word)
{
	return find_act(word) != NULL;
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
run(const struct act *act, const char *dir, json_t *params_take)
{
	struct err err = ERR_INIT;
	struct buf out = BUF_INIT;
	json_t *result = NULL;
	int code;

	err.code = ask_in(dir, act->method, params_take, &result, &err);
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
	return (act->params[0] != NULL) + (act->params[1] != NULL);
}

static int
say_usage(const struct act *act)
{
	struct buf usage = BUF_INIT;
	int code;

	buf_printf(&usage, "user %s", act->usage);
	code = tell_usage(usage.ptr);
	buf_release(&usage);
	return code;
}

int
people_main(int argc, char **argv)
{
	const struct act *act = find_act(argv[2]);
	const char *words[WORDS_MAX], *values[OPTIONS_MAX] = { NULL };
	struct args_option options[OPTIONS_MAX + 1] = { { NULL, NULL } };
	struct err err = ERR_INIT;
	json_t *params;
	int n, i;

	for (i = 0; i < OPTIONS_MAX && act->options[i].word; i++)
		options[i] = (struct args_option){ act->options[i].word,
						   &values[i] };
	n = args_sort(argc - 3, argv + 3, options, words, WORDS_MAX, &err);
	if (n < 0)
		return tell_error(&err);
	if (n != 1 + count_params(act))
		return say_usage(act);
	params = json_object();
	for (i = 1; i < n; i++)
		set_param(params, act->params[i - 1], words[i], false);
	for (i = 0; i < OPTIONS_MAX; i++)
		if (values[i])
			set_param(params, act->options[i].param, values[i],
				  act->options[i].number);
	return run(act, words[0], params);
}
