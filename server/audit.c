/* audit.c - see audit.h. */
#include "audit.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "args.h"
#include "ask.h"
#include "plein/buf.h"
#include "plein/clock.h"
#include "tell.h"

/* --- list ------------------------------------------------------------------ */

/* A day or a minute of the host's time zone. */
static int
read_since(const char *word, json_int_t *since, struct err *err)
{
	static const char *const shapes[] = { "%Y-%m-%d", "%Y-%m-%dT%H:%M",
					      "%Y-%m-%dT%H:%M:%S" };
	const char *end;
	struct tm tm;

	*since = 0;
	if (!word)
		return 0;
	for (size_t i = 0; i < sizeof(shapes) / sizeof(shapes[0]); i++) {
		tm = (struct tm){ .tm_isdst = -1 };
		end = strptime(word, shapes[i], &tm);
		if (!end || *end)
			continue;
		*since = (json_int_t)mktime(&tm);
		if (*since > 0)
			return 0;
	}
	return err_set(err, PLEIN_EUSAGE,
		       "--since takes a date like 2026-03-12, or "
		       "2026-03-12T09:30");
}

static void
add_line(struct buf *out, const json_t *row)
{
	static const char *const keys[] = { "who",  "act",    "about", "from",
					    "door", "result", "detail" };
	size_t n = sizeof(keys) / sizeof(keys[0]);

	buf_printf(out, "%lld\t",
		   (long long)json_integer_value(json_object_get(row, "n")));
	clock_iso(out, json_integer_value(json_object_get(row, "time")));
	buf_char(out, '\t');
	for (size_t i = 0; i < n; i++)
		tell_field(out, row, keys[i], i + 1 < n ? '\t' : '\n');
}

/* Texts were filtered before they became JSON, or are escaped in it. */
static void
add_object(struct buf *out, json_t *row)
{
	struct buf time = BUF_INIT;
	char *line;

	clock_iso(&time, json_integer_value(json_object_get(row, "time")));
	(void)json_object_set_new(row, "time", json_string(time.ptr));
	line = json_dumps(row, JSON_COMPACT | JSON_ENSURE_ASCII);
	buf_printf(out, "%s\n", line);
	free(line);
	buf_release(&time);
}

/* *before becomes 0 when there is no more. */
static int
tell_part(int data, json_int_t since, json_int_t *before, bool json,
	  struct err *err)
{
	struct buf out = BUF_INIT;
	json_t *result = NULL, *row;
	size_t i;
	int rc = ask_wiki(
		data, "audit.list",
		json_pack("{s:I, s:I}", "since", since, "before", *before),
		&result, err);

	json_array_foreach(json_object_get(result, "rows"), i, row)
	{
		if (json)
			add_object(&out, row);
		else
			add_line(&out, row);
	}
	*before = json_integer_value(json_object_get(result, "next"));
	if (!rc && tell(&out) != EXIT_DONE)
		*before = 0; /* nobody reads on */
	json_decref(result);
	buf_release(&out);
	return rc;
}

static int
run_list(int argc, char **argv)
{
	bool json = args_flag(&argc, argv, "--json");
	const char *dir, *word = NULL;
	const struct args_option options[] = { { "--since", &word },
					       { NULL, NULL } };
	struct err err = ERR_INIT;
	json_int_t since, before = 0;
	int n = args_sort(argc - 3, argv + 3, options, &dir, 1, &err), data;

	if (n < 0 || read_since(word, &since, &err))
		return tell_error(&err);
	if (n != 1)
		return tell_usage("audit list DIR [--since DATE] [--json]");
	data = ask_enter(dir, &err);
	if (data < 0)
		return tell_error(&err);
	do
		err.code = tell_part(data, since, &before, json, &err);
	while (!err.code && before > 0);
	(void)close(data); /* a folder */
	return err.code ? tell_error(&err) : EXIT_DONE;
}

/* --- verify ---------------------------------------------------------------- */

/* What is said behind "record 5". */
static const struct {
	const char *problem, *text;
} problems[] = {
	{ "altered", "was altered or inserted, or one before it "
		     "was removed" },
	{ "missing", "is missing" },
	{ "cut", "and all behind it are missing" },
	{ "head", "is not the one that had this head" },
};

static int
tell_verdict(const json_t *result)
{
	const char *problem =
		json_string_value(json_object_get(result, "problem"));
	long long at = json_integer_value(json_object_get(result, "at"));
	struct buf out = BUF_INIT;
	int code;

	for (size_t i = 0; i < sizeof(problems) / sizeof(problems[0]); i++)
		if (problem && strcmp(problems[i].problem, problem) == 0)
			buf_printf(&out, "record %lld %s\n", at,
				   problems[i].text);
	if (out.len == 0) {
		buf_printf(&out, "%lld records, none altered\nhead ",
			   (long long)json_integer_value(
				   json_object_get(result, "records")));
		tell_field(&out, result, "head", '\n');
	}
	code = tell(&out);
	buf_release(&out);
	return problem && !*problem ? code : EXIT_PROBLEM;
}

static int
run_verify(int argc, char **argv)
{
	const char *dir, *head = NULL;
	const struct args_option options[] = { { "--head", &head },
					       { NULL, NULL } };
	struct err err = ERR_INIT;
	json_t *result = NULL;
	int n = args_sort(argc - 3, argv + 3, options, &dir, 1, &err), data,
	    code;

	if (n < 0)
		return tell_error(&err);
	if (n != 1)
		return tell_usage("audit verify DIR [--head HEAD]");
	data = ask_enter(dir, &err);
	if (data < 0)
		return tell_error(&err);
	err.code = ask_wiki(data, "audit.verify",
			    json_pack("{s:s*}", "head", head), &result, &err);
	(void)close(data); /* a folder */
	code = err.code ? tell_error(&err) : tell_verdict(result);
	json_decref(result);
	return code;
}

int
audit_main(int argc, char **argv)
{
	const char *word = argc > 2 ? argv[2] : "";

	if (strcmp(word, "list") == 0)
		return run_list(argc, argv);
	if (strcmp(word, "verify") == 0)
		return run_verify(argc, argv);
	return tell_usage("audit list|verify DIR …");
}
