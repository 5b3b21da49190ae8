/*
 * oneshot_follow.c - the commands about what one wants to hear of, and what
 * one has read: follow, unfollow, seen.
 */
#include "oneshot_page.h"
#include "oneshot_rows.h"

#include <stdlib.h>
#include <string.h>

#include "plein/i18n.h"
#include "plein/mem.h"
#include "plein/path.h"

/* {thread} or {address}, of what the words name. */
static int
name_one(struct oneshot *o, json_t **params)
{
	struct vec *args = &o->words.args;
	struct page_name page = { 0 };
	int exit_code;

	*params = NULL;
	if (args->len == 0)
		return oneshot_misuse(o, _("Which page, or which discussion? "
					   "threads gives their codes."));
	if (args->len == 1 && thread_code_is_valid(args->items[0])) {
		*params = json_pack("{s:s}", "thread", args->items[0]);
		return 0;
	}
	exit_code = oneshot_page_of_now(o, &page);
	if (!exit_code)
		*params = json_pack("{s:s}", "address", page.address);
	free(page.address);
	return exit_code;
}

/* --- follow, unfollow ------------------------------------------------------ */

/* What is followed, and how. */
static void
add_wish(struct oneshot *o, const json_t *row)
{
	const char *code = row_text(row, "thread");

	if (o->json) {
		output_json(&o->out,
			    json_pack("{s:O, s:O, s:O, s:O}", "path",
				      row_part(row, "address"), "thread",
				      row_part(row, "thread"), "title",
				      row_part(row, "title"), "follow",
				      row_part(row, "follow")));
		return;
	}
	output_field(&o->out, code ? code : row_text(row, "address"));
	output_field(&o->out, row_text(row, "follow"));
	output_field(&o->out, row_text(row, "title"));
	output_end(&o->out);
}

static int
list_wishes(struct oneshot *o)
{
	json_t *result;
	const json_t *row;
	size_t i, n;
	int exit_code = oneshot_ask(o, "follow.list", NULL, &result);

	if (exit_code)
		return exit_code;
	n = json_array_size(json_object_get(result, "rows"));
	json_array_foreach(json_object_get(result, "rows"), i, row)
	{
		add_wish(o, row);
	}
	json_decref(result);
	return oneshot_found(o, n);
}

static int
set_wish(struct oneshot *o, const char *follow)
{
	struct err err = ERR_INIT;
	json_t *params = NULL;
	struct rpc_msg m;
	int rc, exit_code = name_one(o, &params);

	if (exit_code)
		return exit_code;
	(void)json_object_set_new(params, "follow", json_string(follow));
	rc = oneshot_write(o, "follow.set", params, &m, &err);
	if (rc)
		exit_code = oneshot_fail(o, rc, err.msg, m.args);
	else if (strcmp(row_text(m.result, "wish"),
			row_text(m.result, "was")) == 0)
		exit_code = EXIT_NOTHING;
	rpc_msg_release(&m);
	return exit_code;
}

static int
mute(struct oneshot *o)
{
	return set_wish(o, "muted");
}

static int
leave_it(struct oneshot *o)
{
	return set_wish(o, "auto");
}

int
do_follow(struct oneshot *o)
{
	static const struct oneshot_act acts[] = {
		{ "demp", "mute", mute },
		{ "vanzelf", "auto", leave_it },
		{ "lijst", "list", list_wishes },
		{ NULL, NULL, NULL },
	};
	struct vec *args = &o->words.args;
	const struct oneshot_act *act =
		oneshot_act(acts, args->len ? args->items[0] : "list");

	if (!act)
		return set_wish(o, "yes");
	if (args->len)
		free(vec_remove(args, 0));
	if (act->run == list_wishes && args->len)
		return oneshot_misuse(o, _("This takes no words."));
	return act->run(o);
}

int
do_unfollow(struct oneshot *o)
{
	return set_wish(o, "no");
}

/* --- seen ------------------------------------------------------------------ */

static int
note(struct oneshot *o, const char *method, json_t *params_take)
{
	struct err err = ERR_INIT;
	struct rpc_msg m;
	int exit_code = 0;
	int rc = oneshot_write(o, method, params_take, &m, &err);

	if (rc)
		exit_code = oneshot_fail(o, rc, err.msg, m.args);
	rpc_msg_release(&m);
	return exit_code;
}

/* The page as it is now, and all that was said about it. */
static int
note_page(struct oneshot *o, json_t *params_take)
{
	struct page_name page = { .address = mem_strdup(
					  row_text(params_take, "address")) };
	json_t *now = NULL, *mark;
	int exit_code = oneshot_page_read(o, &page, &now);

	free(page.address);
	if (exit_code) {
		json_decref(params_take);
		return exit_code;
	}
	mark = json_pack("{s:O, s:O}", "address", row_part(now, "address"),
			 "version", row_part(now, "version"));
	json_decref(now);
	exit_code = note(o, "mark.read", mark);
	if (exit_code) {
		json_decref(params_take);
		return exit_code;
	}
	return note(o, "thread.seen", params_take);
}

int
do_seen(struct oneshot *o)
{
	json_t *params = NULL;
	int exit_code;

	if ((o->words.set & OPTION_ALL) && o->words.args.len == 0)
		return note(o, "mark.all", NULL);
	exit_code = name_one(o, &params);
	if (exit_code)
		return exit_code;
	return json_object_get(params, "thread")
		       ? note(o, "thread.seen", params)
		       : note_page(o, params);
}
