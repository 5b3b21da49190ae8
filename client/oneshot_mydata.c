/*
 * oneshot_mydata.c - the command mydata: all that the wiki keeps of who asks,
 * as one JSON object, with an array for each kind of thing.
 */
#include "oneshot_rows.h"

#include <stdlib.h>
#include <string.h>

#include "plein/i18n.h"
#include "plein/policy.h"

struct dossier {
	json_t *out; /* kind → array of rows */
	const char *space; /* the rows are of, or NULL */
};

/* Numbers that are moments, by their names. */
static bool
is_time(const char *name)
{
	static const char *const names[] = { "time", "created", "added",
					     "used", "since",	"seen",
					     "made", "expires", "opened",
					     NULL };

	for (size_t i = 0; names[i]; i++)
		if (strcmp(names[i], name) == 0)
			return true;
	return false;
}

static json_t *
copy_row(const struct dossier *d, const json_t *row)
{
	json_t *copy = json_object();
	const char *key;
	json_t *value;

	if (d->space)
		(void)json_object_set_new(copy, "space", json_string(d->space));
	json_object_foreach((json_t *)row, key, value)
	{
		if (strcmp(key, "kind") == 0)
			continue;
		if (is_time(key) && json_is_integer(value))
			(void)json_object_set_new(
				copy, key,
				output_json_time(json_integer_value(value)));
		else
			(void)json_object_set(copy, key, value);
	}
	return copy;
}

static void
add_to(struct dossier *d, const char *kind, const json_t *row)
{
	if (!json_object_get(d->out, kind))
		(void)json_object_set_new(d->out, kind, json_array());
	(void)json_array_append_new(json_object_get(d->out, kind),
				    copy_row(d, row));
}

static void
add_kept(struct oneshot *o, const json_t *row, void *ctx)
{
	(void)o;
	add_to(ctx, row_text(row, "kind"), row);
}

static void
add_commit(struct oneshot *o, const json_t *row, void *ctx)
{
	(void)o;
	add_to(ctx, "commit", row);
}

/* What they wrote, in the space this stream is in. */
static int
add_commits(struct oneshot *o, struct dossier *d, const char *handle)
{
	struct row_list list = { .method = "changes.list",
				 .cursor = "before",
				 .add = add_commit,
				 .ctx = d };

	return oneshot_each(o, &list, json_pack("{s:s}", "handle", handle));
}

static int
add_spaces(struct oneshot *o, struct dossier *d, const char *handle)
{
	json_t *spaces = NULL, *there = NULL, *row;
	int exit_code = oneshot_ask(o, "space.list", NULL, &spaces);
	size_t i;

	json_array_foreach(json_object_get(spaces, "rows"), i, row)
	{
		if (exit_code || json_is_null(row_part(row, "role")))
			continue;
		d->space = row_text(row, "name");
		exit_code = oneshot_ask(o, "session.space",
					json_pack("{s:s}", "space", d->space),
					&there);
		json_decref(there);
		there = NULL;
		if (!exit_code)
			exit_code = add_commits(o, d, handle);
	}
	d->space = NULL;
	json_decref(spaces);
	return exit_code;
}

static int
add_sessions(struct oneshot *o, struct dossier *d)
{
	json_t *result = NULL, *row;
	int exit_code = oneshot_ask(o, "session.list", NULL, &result);
	size_t i;

	json_array_foreach(json_object_get(result, "rows"), i, row)
	{
		add_to(d, "session", row);
	}
	json_decref(result);
	return exit_code;
}

static int
collect(struct oneshot *o, struct dossier *d, const json_t *who)
{
	struct row_list list = { .method = "profile.data",
				 .cursor = "after",
				 .add = add_kept,
				 .ctx = d };
	enum role role = role_of(row_text(who, "role"));
	int exit_code = oneshot_each(o, &list, json_object());

	if (!exit_code && policy_allows(role, RIGHT_READ))
		exit_code = add_sessions(o, d);
	if (!exit_code) /* of which there are those they may read */
		exit_code = add_spaces(o, d, row_text(who, "handle"));
	return exit_code;
}

static void
write_out(struct oneshot *o, const struct dossier *d)
{
	char *text = json_dumps(d->out, JSON_INDENT(2));

	buf_str(&o->out, text ? text : "{}");
	buf_char(&o->out, '\n');
	free(text);
}

int
do_mydata(struct oneshot *o)
{
	struct dossier d = { json_object(), NULL };
	json_t *who = NULL;
	int exit_code = 0;

	if (o->words.args.len)
		exit_code = oneshot_misuse(o, _("This takes no words."));
	if (!exit_code)
		exit_code = oneshot_ask(o, "session.info", NULL, &who);
	if (!exit_code)
		exit_code = collect(o, &d, who);
	if (!exit_code)
		write_out(o, &d);
	json_decref(who);
	json_decref(d.out);
	return exit_code;
}
