/*
 * fake_past.c - themas/common-ground has fourteen versions where the person
 * who is signed in is a "beheerder": what a wiki answered about them, kept in
 * tests/screen/past. See fake_wiki.h.
 */
#include "fake_impl.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "plein/fs.h"
#include "plein/mem.h"

#define PAST "tests/screen/past"
#define PAGE "themas/common-ground"
#define PART_ROWS 12 /* of the log, in one answer */

static json_int_t
number(const json_t *params, const char *name)
{
	return json_integer_value(json_object_get(params, name));
}

void
fake_remember(struct fake *f)
{
	int dir = fs_open_dir(PAST, NULL);
	struct buf text = BUF_INIT;

	if (dir < 0 || fs_read_at(dir, "common-ground.json", &text,
				  (size_t)1 << 20, NULL) < 0)
		_exit(2);
	(void)close(dir);
	f->past = json_loadb(text.ptr, text.len, 0, NULL);
	if (!f->past)
		_exit(2);
	fake_find_page(f, PAGE)->version = 14;
	buf_release(&text);
}

static bool
is_known(const struct fake *f, const json_t *params)
{
	return f->past && strcmp(param(params, "address"), PAGE) == 0;
}

/* What is kept about `part` under this key. */
static bool
find(const struct fake *f, const char *part, const char *key, struct reply *r)
{
	json_t *kept = json_object_get(json_object_get(f->past, part), key);

	*r = kept ? answer(json_incref(kept)) : refuse(PLEIN_ENOTFOUND);
	return true;
}

static json_int_t
newest(const json_t *params, const char *name)
{
	json_int_t n = number(params, name);

	return n ? n : 14;
}

static bool
read_log(const struct fake *f, const json_t *params, struct reply *r)
{
	json_t *log = json_object_get(f->past, "log"), *rows = json_array();
	json_int_t n = number(params, "before"), least = 1, i;
	json_int_t limit = number(params, "limit");

	n = n ? n - 1 : (json_int_t)json_array_size(log);
	if (!limit || limit > PART_ROWS)
		limit = PART_ROWS;
	if (n > limit)
		least = n - limit + 1;
	for (i = n; i >= least; i--)
		json_array_append(rows, json_array_get(log, 14 - (size_t)i));
	*r = answer(json_pack("{s:o}", "rows", rows));
	if (least > 1)
		json_object_set_new(r->result, "next", json_integer(least));
	return true;
}

static json_int_t
version_at(const struct fake *f, json_int_t at);

static void
add_row(json_t *rows, json_t *row, const json_t *params)
{
	if (number(row, "time") >= number(params, "since"))
		json_array_append(rows, row);
}

/* A discussion began between versions 12 and 13. */
static void
add_talk(json_t *rows, const json_t *params)
{
	static const json_int_t began = 1741767240; /* 12 March, 09:14 */
	json_int_t at = number(params, "at");

	if ((at && at < began) || number(params, "since") > began)
		return;
	json_array_append_new(
		rows,
		json_pack("{s:s, s:s, s:n, s:s, s:s, s:s, s:s, s:s, s:I}",
			  "what", "said", "address", PAGE, "from", "thread",
			  "3f2a9c01b7de", "thread_title",
			  "Wat vragen we van leveranciers?", "remark",
			  "20250312T081400Z-griffie.waterdam-3f2a9c01b7de",
			  "commit", "5a1b2c3d4e5f60718293a4b5c6d7e8f901234567",
			  "handle", "griffie.waterdam", "time", began));
}

/* The cursor is the version that was told last. */
static bool
read_history(const struct fake *f, const json_t *params, struct reply *r)
{
	const char *only = param(params, "only");
	json_t *log = json_object_get(f->past, "log"), *rows = json_array();
	json_int_t at = number(params, "at"), n = at ? version_at(f, at) : 14;
	json_int_t top = n;
	char next[24] = "";

	if (*param(params, "before"))
		n = strtol(param(params, "before"), NULL, 10) - 1;
	for (; n > 0 && json_array_size(rows) < PART_ROWS; n--) {
		if (n == 12 && strcmp(only, "text") != 0)
			add_talk(rows, params);
		if (strcmp(only, "talk") != 0)
			add_row(rows, json_array_get(log, 14 - (size_t)n),
				params);
		(void)snprintf(next, sizeof(next), "%lld/", (long long)n);
	}
	*r = answer(json_pack("{s:o, s:I}", "rows", rows, "versions", top));
	if (n > 0)
		json_object_set_new(r->result, "next", json_string(next));
	return true;
}

/* The version that was the newest at a moment, or 0. */
static json_int_t
version_at(const struct fake *f, json_int_t at)
{
	const json_t *row;
	size_t i;

	json_array_foreach(json_object_get(f->past, "log"), i, row)
	{
		if (number(row, "time") <= at)
			return number(row, "version");
	}
	return 0;
}

/* The first change of this wiki was that of the first version. */
static bool
list_first(const struct fake *f, const json_t *params, struct reply *r)
{
	const json_t *log = json_object_get(f->past, "log");

	if (!f->past || number(params, "limit") != 1)
		return false;
	*r = answer(json_pack("{s:[]}", "rows"));
	if (number(params, "before"))
		json_array_append_new(
			json_object_get(r->result, "rows"),
			json_pack("{s:i, s:I}", "seq", 1, "time",
				  number(json_array_get(
						 log, json_array_size(log) - 1),
					 "time")));
	else if (version_at(f, number(params, "until")))
		json_array_append_new(json_object_get(r->result, "rows"),
				      json_object());
	return true;
}

/* Since then, that page. */
static bool
list_between(const struct fake *f, const json_t *params, struct reply *r)
{
	*r = answer(json_pack("{s:[{s:s, s:s, s:s, s:I, s:i}]}", "rows",
			      "address", PAGE, "title", "Common Ground",
			      "state", "changed", "from",
			      version_at(f, number(params, "from")), "to", 14));
	return true;
}

bool
fake_recall(struct fake *f, const char *method, const json_t *params,
	    struct reply *r)
{
	char key[48];

	if (strcmp(method, "changes.list") == 0)
		return list_first(f, params, r);
	if (strcmp(method, "changes.between") == 0)
		return list_between(f, params, r);
	if (!is_known(f, params))
		return false;
	if (strcmp(method, "page.log") == 0)
		return read_log(f, params, r);
	if (strcmp(method, "page.history") == 0)
		return read_history(f, params, r);
	(void)snprintf(key, sizeof(key), "%lld",
		       (long long)newest(params, "version"));
	if (strcmp(method, "page.blame") == 0)
		return find(f, "blame", key, r);
	if (strcmp(method, "page.read") == 0 && number(params, "at"))
		(void)snprintf(key, sizeof(key), "%lld",
			       (long long)version_at(f, number(params, "at")));
	if (strcmp(method, "page.read") == 0 &&
	    (number(params, "version") || number(params, "at")))
		return find(f, "read", key, r);
	if (strcmp(method, "page.diff") != 0)
		return false;
	(void)snprintf(key, sizeof(key), "%lld-%lld",
		       (long long)number(params, "from"),
		       (long long)newest(params, "to"));
	return find(f, "diff", key, r);
}
