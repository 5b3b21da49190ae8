/* keeper.c - see keeper.h. */
#include "keeper.h"

#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "args.h"
#include "ask.h"
#include "child.h"
#include "plein/clock.h"
#include "plein/fs.h"
#include "plein/wire.h"
#include "program.h"
#include "store/maintain.h"
#include "store/spaces.h"
#include "task.h"
#include "tell.h"
#include "wiki/desk.h"
#include "wiki/space.h"

#define ANSWER_MS 10000
#define LOOK_MS 100 /* between two looks whether it is done */
#define START_MS 10000 /* a wiki that starts; then it is stuck */
#define DEATHS_MAX 3 /* of the wiki, while it is asked */

/* --- health --------------------------------------------------------------- */

static const struct line {
	const char *part, *key; /* part may be NULL */
	const char *words;
} lines[] = {
	{ NULL, "sessions", "sessions" },
	{ NULL, "uptime", "seconds up" },
	{ "writer", "waiting", "requests waiting" },
	{ "writer", "last_ms", "ms for the last batch" },
	{ NULL, "loose", "loose objects" },
	{ NULL, "packs", "packs" },
	{ NULL, "pack_bytes", "bytes in packs" },
	{ NULL, "disk_free", "bytes of disk free" },
	{ "maintenance", "runs", "runs of maintenance" },
	{ "maintenance", "last_ms", "ms for the last run" },
};

static void
add_number(struct buf *out, const json_t *health, const struct line *l)
{
	const json_t *from =
		l->part ? json_object_get(health, l->part) : health;

	buf_printf(out, "%" JSON_INTEGER_FORMAT "\t%s\n",
		   json_integer_value(json_object_get(from, l->key)), l->words);
}

static void
describe_health(struct buf *out, const json_t *health)
{
	bool well = json_is_true(json_object_get(health, "healthy"));
	const json_t *row;
	size_t i;

	buf_str(out, well ? "healthy\n" : "not healthy\n");
	json_array_foreach(json_object_get(health, "problems"), i, row)
	{
		buf_str(out, "problem\t");
		tell_text(out, json_string_value(row));
		buf_char(out, '\n');
	}
	buf_str(out, "at\t");
	tell_field(out, health, "tip", '\n');
	for (i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
		add_number(out, health, &lines[i]);
}

static int
show_health(const json_t *health, bool as_json)
{
	struct buf out = BUF_INIT;
	char *text;
	int code;

	if (as_json) {
		text = json_dumps(health, JSON_COMPACT);
		buf_printf(&out, "%s\n", text);
		free(text);
	} else {
		describe_health(&out, health);
	}
	code = tell(&out);
	buf_release(&out);
	if (code)
		return code;
	return json_is_true(json_object_get(health, "healthy")) ? EXIT_DONE
								: EXIT_PROBLEM;
}

/* It cannot be asked: that is an answer too. */
static json_t *
describe_silence(const struct err *err)
{
	return json_pack("{s:b, s:b, s:[s]}", "healthy", 0, "serving", 0,
			 "problems", err->msg);
}

/* What is wrong in a space other than the default one. */
static int
add_health(void *ctx, const char *space, struct err *err)
{
	json_t *health = ctx, *theirs = NULL, *row;
	struct err why = ERR_INIT;
	struct buf line = BUF_INIT;
	size_t i;

	(void)err;
	if (strcmp(space, SPACE_DEFAULT) == 0)
		return 0;
	if (ask_running_in(space, "wiki.health", NULL, ANSWER_MS, &theirs,
			   &why))
		theirs = describe_silence(&why);
	json_array_foreach(json_object_get(theirs, "problems"), i, row)
	{
		buf_reset(&line);
		buf_printf(&line, "%s: %s", space, json_string_value(row));
		(void)json_array_append_new(json_object_get(health, "problems"),
					    json_string(line.ptr));
		(void)json_object_set_new(health, "healthy", json_false());
	}
	buf_release(&line);
	json_decref(theirs);
	return 0;
}

int
keeper_health(int argc, char **argv)
{
	static const struct args_option none[] = { { NULL, NULL } };
	bool as_json = args_flag(&argc, argv, "--json");
	struct err err = ERR_INIT;
	json_t *health = NULL;
	const char *dir;
	int n = args_sort(argc - 2, argv + 2, none, &dir, 1, &err), code;

	if (n < 0)
		return tell_error(&err);
	if (n != 1)
		return tell_usage("health DIR [--json]");
	if (ask_enter(dir, &err) < 0)
		return tell_error(&err);
	if (!ask_running("wiki.health", NULL, ANSWER_MS, &health, &err)) {
		/* what cannot be listed is a problem that is told */
		(void)spaces_each(add_health, health, NULL);
		(void)json_object_set_new(health, "serving", json_true());
		code = show_health(health, as_json);
	} else if (as_json) {
		health = describe_silence(&err);
		code = show_health(health, true);
	} else {
		code = tell_error(&err);
	}
	json_decref(health);
	return code;
}

/* --- maintenance without a wiki that runs ------------------------------- */

static int
run_task(int git, const char *task, const char *space, struct err *err)
{
	struct program p;

	if (!program_task(&p, task, space))
		return err_set(err, PLEIN_EUSAGE, "no task %s", task);
	return task_run(git, &p, task, err);
}

static int
maintain_space(void *ctx, const char *name, struct err *err)
{
	const int *git = ctx;
	struct maintain_pruned pruned;
	char repo[SPACE_PATH];
	int rc = run_task(*git, "pack", name, err);

	(void)snprintf(repo, sizeof(repo), DATA_SPACES "/%s.git", name);
	if (!rc)
		rc = maintain_prune(repo, &pruned, err);
	if (!rc)
		rc = run_task(*git, "graph", name, err);
	return rc;
}

/* Under the lock. */
static int
maintain_here(int data, int git, struct err *err)
{
	int lock = fs_lock_at(data, DATA_LOCK, err), rc;

	if (lock < 0)
		return lock;
	rc = spaces_each(maintain_space, &git, err);
	(void)close(lock); /* nothing was written to it */
	return rc;
}

/* --- maintenance by the wiki -------------------------------------------- */

/* Runs that have ended, or a negative PLEIN_E…; *failed is of the last. */
static int64_t
count_runs(struct wire *w, bool *failed, struct err *err)
{
	json_t *health = NULL;
	const json_t *part;
	int64_t runs;
	int rc = ask_on(w, "wiki.health", NULL, ANSWER_MS, &health, err);

	if (rc)
		return rc;
	part = json_object_get(health, "maintenance");
	runs = json_integer_value(json_object_get(part, "runs"));
	*failed = json_is_true(json_object_get(part, "failed"));
	json_decref(health);
	return runs;
}

static int
await_run(struct wire *w, int64_t run, struct err *err)
{
	bool failed = false;
	int64_t runs;

	while ((runs = count_runs(w, &failed, err)) >= 0 && runs < run)
		(void)poll(NULL, 0, LOOK_MS); /* nothing tells when */
	if (runs < 0)
		return (int)runs;
	if (failed)
		return err_set(err, PLEIN_EIO,
			       "it failed; the log of the server says why");
	return 0;
}

/* All of it over one connection: another process counts runs of its own. */
static int
maintain_asked(struct wire *w, const char *space, struct err *err)
{
	json_t *result = NULL;
	int rc = ask_on(w, "session.space", json_pack("{s:s}", "space", space),
			ANSWER_MS, &result, err);

	json_decref(result);
	result = NULL;
	if (!rc)
		rc = ask_on(w, "wiki.maintain", NULL, ANSWER_MS, &result, err);
	if (!rc)
		rc = await_run(
			w, json_integer_value(json_object_get(result, "run")),
			err);
	json_decref(result);
	return rc;
}

static int
maintain_by_wiki(void *ctx, const char *space, struct err *err)
{
	struct wire w;
	int rc = ask_connect(&w, err);

	(void)ctx;
	if (rc)
		return rc;
	rc = maintain_asked(&w, space, err);
	wire_release(&w);
	return rc == PLEIN_ENOTFOUND ? 0 : rc; /* it was removed meanwhile */
}

/*
 * The wiki does it, or we do where none runs. One that died is being started
 * again: then nobody listens, and the lock is taken.
 */
static int
maintain_somehow(int data, int git, struct err *err)
{
	int64_t end = clock_mono_ms() + START_MS;
	int deaths = 0, rc;

	for (;;) {
		rc = spaces_each(maintain_by_wiki, NULL, err);
		if (rc == PLEIN_ECLOSED)
			rc = maintain_here(data, git, err);
		if (rc == PLEIN_EUNKNOWN && ++deaths < DEATHS_MAX)
			end = clock_mono_ms() + START_MS;
		else if (rc != PLEIN_EBUSY || clock_mono_ms() > end)
			return rc;
		(void)poll(NULL, 0, LOOK_MS); /* nothing tells when it is up */
	}
}

/* As the owner. */
static int
maintain(int data, const struct users *users, struct err *err)
{
	int git = task_open_git(err), rc = 0;

	if (git < 0)
		return git;
	if (users->switches) {
		child_reach_here(&users->owner); /* for git */
		rc = users_become(&users->owner, err);
	}
	if (!rc)
		rc = maintain_somehow(data, git, err);
	(void)close(git); /* only a name for it */
	return rc;
}

int
keeper_maintain(int argc, char **argv)
{
	static const struct args_option none[] = { { NULL, NULL } };
	struct err err = ERR_INIT;
	struct users users;
	const char *dir;
	int n = args_sort(argc - 2, argv + 2, none, &dir, 1, &err), data, rc;

	if (n < 0)
		return tell_error(&err);
	if (n != 1)
		return tell_usage("maintain DIR");
	data = ask_open(dir, &users, &err);
	if (data < 0)
		return tell_error(&err);
	rc = maintain(data, &users, &err);
	(void)close(data); /* a folder */
	err.code = rc;
	return rc ? tell_error(&err) : EXIT_DONE;
}

/* --- the index ------------------------------------------------------------ */

static unsigned long
find_index(const char *space)
{
	char index[SPACE_PATH];
	struct stat st;

	(void)snprintf(index, sizeof(index), DATA_SPACES "/%s.index.db", space);
	return stat(index, &st) == 0 ? (unsigned long)st.st_ino : 0;
}

/* Until none is being made any more; the new one is another file. */
static int
await_index(const char *space, unsigned long old, struct err *err)
{
	json_t *health = NULL;
	bool active = true;
	int rc = 0;

	while (active && rc == 0) {
		(void)poll(NULL, 0, LOOK_MS); /* nothing tells when */
		rc = ask_running_in(space, "wiki.health", NULL, ANSWER_MS,
				    &health, err);
		active = json_is_true(json_object_get(
			json_object_get(health, "rebuild"), "active"));
		json_decref(health);
	}
	if (rc == 0 && find_index(space) == old)
		rc = err_set(err, PLEIN_EIO,
			     "it failed; the log of the server says why");
	return rc;
}

static int
reindex_space(void *ctx, const char *space, struct err *err)
{
	const int *data = ctx;
	unsigned long old = find_index(space);
	json_t *result = NULL;
	int rc = ask_running_in(space, "wiki.reindex", NULL, ANSWER_MS, &result,
				err);

	if (rc == 0)
		rc = await_index(space, old, err);
	else if (rc == PLEIN_ECLOSED)
		rc = ask_wiki_in(*data, space, "wiki.reindex", NULL, &result,
				 err);
	json_decref(result);
	return rc;
}

static int
reindex(const char *dir, struct err *err)
{
	int data = ask_enter(dir, err), rc;

	if (data < 0)
		return data;
	rc = spaces_each(reindex_space, &data, err);
	(void)close(data); /* a folder */
	return rc;
}

int
keeper_reindex(int argc, char **argv)
{
	static const struct args_option none[] = { { NULL, NULL } };
	struct err err = ERR_INIT;
	const char *dir;
	int n = args_sort(argc - 2, argv + 2, none, &dir, 1, &err);

	if (n < 0)
		return tell_error(&err);
	if (n != 1)
		return tell_usage("reindex DIR");
	err.code = reindex(dir, &err);
	return err.code ? tell_error(&err) : EXIT_DONE;
}
