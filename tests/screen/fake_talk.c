/*
 * fake_talk.c - discussions, when FAKE_TALK is set: tests/screen/talk.json, all
 * of one page. What is said and settled is remembered. What somebody
 * says with "[dicht]" in it is refused as if the discussion were resolved, the
 * first time; with "[vol]" as a full disk would. A colleague says something
 * after what holds "[collega]".
 */
#include "fake_impl.h"

#include <stdio.h>
#include <string.h>

#include "plein/anchor.h"
#include "plein/mem.h"

#define TALK "tests/screen/talk.json"
#define PAGE "themas/common-ground"
#define PART 3 /* rows of an answer */
#define LONG 30 /* rows of a thread that does without */

/* A thread that is `long` says its first remark that often. */
static void
prolong(json_t *thread)
{
	json_t *said = json_object_get(thread, "said"), *row;
	int n = (int)json_integer_value(json_object_get(thread, "long"));
	char name[80];

	for (int i = 1; i < n; i++) {
		row = json_copy(json_array_get(said, 0));
		(void)snprintf(name, sizeof(name),
			       "20250312T09%02d00Z-archief.duinstad-%012x", i,
			       (unsigned)i);
		(void)json_object_set_new(row, "remark", json_string(name));
		(void)json_array_append_new(said, row);
	}
	(void)json_object_del(thread, "long");
}

static json_t *
threads_of(struct fake *f)
{
	json_t *thread;
	size_t i;

	if (f->talk)
		return f->talk;
	f->talk = getenv("FAKE_TALK") ? json_load_file(TALK, 0, NULL)
				      : json_array();
	json_array_foreach(f->talk, i, thread)
	{
		prolong(thread);
	}
	return f->talk;
}

static json_t *
find_thread(struct fake *f, const char *code)
{
	json_t *thread;
	size_t i;

	json_array_foreach(threads_of(f), i, thread)
	{
		if (strcmp(param(thread, "thread"), code) == 0)
			return thread;
	}
	return NULL;
}

/* And the thread it is in. */
static json_t *
find_remark(struct fake *f, const char *name, json_t **thread)
{
	json_t *row;
	size_t i, k;

	json_array_foreach(threads_of(f), i, *thread)
	{
		json_array_foreach(json_object_get(*thread, "said"), k, row)
		{
			if (strcmp(param(row, "remark"), name) == 0)
				return row;
		}
	}
	return NULL;
}

const char *
fake_talk_title(struct fake *f, const char *address)
{
	const char *talk =
		strncmp(address, "bespreking/", 11) == 0 ? address + 11 : "";
	const json_t *thread = find_thread(f, talk);
	const struct fake_page *p = fake_find_page(f, talk);

	if (thread)
		return param(thread, "title");
	return p ? p->info.title : NULL;
}

/* --- what is told --- */

static json_t *
find_passage(struct fake *f, const json_t *thread)
{
	const struct fake_page *p = fake_find_page(f, param(thread, "address"));
	const char *quote = param(thread, "quote");
	struct anchor_span span = { 0, 0 };
	bool found;

	if (!*quote)
		return json_null();
	found = p && anchor_find_nth(
			     quote, 1,
			     (struct anchor_text){ p->text.ptr, p->text.len },
			     &span, NULL);
	return json_pack("{s:s, s:b, s:I, s:I}", "quote", quote, "found", found,
			 "at", (json_int_t)span.at, "length",
			 (json_int_t)span.len);
}

static json_t *
describe_thread(struct fake *f, const json_t *thread)
{
	const json_t *said = json_object_get(thread, "said"), *row,
		     *last = NULL;
	json_t *head = json_copy((json_t *)thread);
	int n = 0, unread = 0;
	size_t i;

	json_array_foreach(said, i, row)
	{
		if (!json_is_true(json_object_get(row, "withdrawn")))
			last = row;
		unread += json_is_true(json_object_get(row, "new"));
		n += strcmp(param(row, "kind"), "said") == 0 &&
		     !json_is_true(json_object_get(row, "withdrawn"));
	}
	if (!json_object_get(head, "address"))
		(void)json_object_set_new(head, "address", json_string(PAGE));
	(void)json_object_del(head, "said");
	(void)json_object_set_new(head, "page", json_string("Common Ground"));
	(void)json_object_set_new(head, "remarks", json_integer(n));
	(void)json_object_set_new(head, "new", json_integer(unread));
	(void)json_object_set_new(head, "newest", json_copy((json_t *)last));
	(void)json_object_set_new(head, "passage", find_passage(f, head));
	return head;
}

struct reply
fake_thread_list(struct fake *f, const json_t *params)
{
	const char *state = param(params, "state");
	json_t *rows = json_array(), *thread, *head;
	size_t i;

	json_array_foreach(threads_of(f), i, thread)
	{
		head = describe_thread(f, thread);
		if ((!*state || strcmp(param(head, "state"), state) == 0) &&
		    strcmp(param(head, "address"), param(params, "address")) ==
			    0)
			(void)json_array_append(rows, head);
		json_decref(head);
	}
	return answer(json_pack("{s:o}", "rows", rows));
}

static void
number(json_t *rows, const json_t *said, const json_t *row, int *n)
{
	const char *name = param(row, "remark");
	json_t *top = json_copy((json_t *)row), *other;
	char text[32];
	size_t i;
	int m = 0;

	(void)json_array_append_new(rows, top);
	if (strcmp(param(row, "kind"), "said") != 0)
		return;
	(void)snprintf(text, sizeof(text), "%d", ++*n);
	(void)json_object_set_new(top, "number", json_string(text));
	json_array_foreach(said, i, other)
	{
		if (strcmp(param(other, "reply"), name) != 0)
			continue;
		other = json_copy(other);
		(void)snprintf(text, sizeof(text), "%d.%d", *n, ++m);
		(void)json_object_set_new(other, "number", json_string(text));
		(void)json_array_append_new(rows, other);
	}
}

static json_t *
number_all(const json_t *thread)
{
	const json_t *said = json_object_get(thread, "said"), *row;
	json_t *rows = json_array();
	size_t i;
	int n = 0;

	json_array_foreach(said, i, row)
	{
		if (!*param(row, "reply"))
			number(rows, said, row, &n);
	}
	return rows;
}

/* In parts, so that every test asks for the next: in small ones, but for those
 * that are long. */
static size_t
part_of(const json_t *all, const json_t *params)
{
	const json_t *limit = json_object_get(params, "limit");
	size_t n = json_array_size(all);

	if (n < LONG)
		return PART;
	return limit ? (size_t)json_integer_value(limit) : n;
}

struct reply
fake_thread_read(struct fake *f, const json_t *params)
{
	const json_t *thread = find_thread(f, param(params, "thread"));
	size_t from =
		(size_t)json_integer_value(json_object_get(params, "after"));
	json_t *all, *rows = json_array(), *result, *passage;
	size_t i, most;

	if (!thread)
		return refuse(PLEIN_ENOTFOUND);
	all = number_all(thread);
	most = part_of(all, params);
	for (i = from; i < from + most && i < json_array_size(all); i++)
		(void)json_array_append(rows, json_array_get(all, i));
	result = json_pack("{s:o, s:o}", "head", describe_thread(f, thread),
			   "rows", rows);
	passage = json_object_get(json_object_get(result, "head"), "passage");
	if (!from && json_is_false(json_object_get(passage, "found")))
		(void)json_object_set_new(passage, "lost",
					  json_pack("{s:i, s:s, s:i, s:b}",
						    "version", 6, "handle",
						    "griffie.waterdam", "time",
						    WHEN, "gone", 0));
	if (i < json_array_size(all))
		(void)json_object_set_new(result, "next",
					  json_integer((json_int_t)i));
	json_decref(all);
	return answer(result);
}

static json_t *
describe_wording(const json_t *row, const char *text, json_int_t time)
{
	return json_pack("{s:s, s:I, s:s, s:s, s:s, s:b, s:s}", "commit",
			 "0a1b", "time", time, "handle", param(row, "handle"),
			 "address", PAGE, "thread", "", "gone", 0, "text",
			 text);
}

struct reply
fake_remark_log(struct fake *f, const json_t *params)
{
	json_t *thread, *rows = json_array(), *text;
	const json_t *row = find_remark(f, param(params, "remark"), &thread);
	json_int_t when = json_integer_value(json_object_get(row, "time"));
	size_t i;

	if (!row)
		return refuse(PLEIN_ENOTFOUND);
	json_array_foreach(json_object_get(row, "log"), i, text)
	{
		(void)json_array_append_new(
			rows,
			describe_wording(row, json_string_value(text), when));
		when = json_integer_value(json_object_get(row, "edited"));
	}
	(void)json_array_append_new(
		rows, describe_wording(row, param(row, "text"), when));
	return answer(json_pack("{s:o}", "rows", rows));
}

/* --- what is done --- */

static json_t *
say(json_t *thread, const json_t *params, const char *kind)
{
	json_t *said = json_object_get(thread, "said");
	char name[80];
	json_t *row;

	(void)snprintf(name, sizeof(name),
		       "20250317T1000%02zuZ-beleid.duinstad-%012zx",
		       json_array_size(said), json_array_size(said));
	row = json_pack("{s:s, s:s, s:s, s:i, s:s}", "remark", name, "kind",
			kind, "handle", "beleid.duinstad", "time", WHEN, "text",
			*param(params, "text") ? param(params, "text")
					       : param(params, "reason"));
	if (*param(params, "reply"))
		(void)json_object_set_new(row, "reply",
					  json_string(param(params, "reply")));
	(void)json_array_append_new(said, row);
	return row;
}

static struct reply
tell_remark(const json_t *thread, const json_t *row)
{
	json_t *rows = number_all(thread), *one;
	const char *numbered = "";
	struct reply r;
	size_t i;

	json_array_foreach(rows, i, one)
	{
		if (strcmp(param(one, "remark"), param(row, "remark")) == 0)
			numbered = param(one, "number");
	}
	r = answer(json_pack("{s:s, s:s, s:s, s:s, s:s}", "remark",
			     param(row, "remark"), "thread",
			     param(thread, "thread"), "number", numbered,
			     "address", PAGE, "blob", "0a1b"));
	json_decref(rows);
	return r;
}

struct reply
fake_thread_start(struct fake *f, const json_t *params)
{
	json_t *thread;

	if (strstr(param(params, "text"), "[vol]"))
		return refuse(PLEIN_ENOSPACE);
	thread = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:[]}",
			   "thread", "cc0011223344", "title",
			   param(params, "title"), "state", "open", "follow",
			   "yes", "handle", "beleid.duinstad", "address",
			   param(params, "address"), "quote",
			   param(params, "quote"), "said");
	(void)json_array_insert_new(threads_of(f), 0, thread);
	return tell_remark(thread, say(thread, params, "said"));
}

struct reply
fake_remark_add(struct fake *f, const json_t *params)
{
	json_t *thread = find_thread(f, param(params, "thread"));
	bool reopen = json_is_true(json_object_get(params, "reopen"));
	struct reply r = refuse(PLEIN_ERULE);

	if (!thread)
		return refuse(PLEIN_ENOTFOUND);
	if (strstr(param(params, "text"), "[vol]"))
		return refuse(PLEIN_ENOSPACE);
	if (!reopen && (strcmp(param(thread, "state"), "resolved") == 0 ||
			strstr(param(params, "text"), "[dicht]"))) {
		r.args = json_pack("{s:s}", "rule", "resolved");
		return r;
	}
	(void)json_object_set_new(thread, "state", json_string("open"));
	r = tell_remark(thread, say(thread, params, "said"));
	if (strstr(param(params, "text"), "[collega]"))
		(void)json_object_update_new(say(thread, params, "said"),
					     json_pack("{s:s, s:s}", "handle",
						       "ciso.veenhoek", "text",
						       "Dat wil ik zien."));
	if (strstr(param(params, "text"), "@niemand"))
		(void)json_object_set_new(r.result, "unknown",
					  json_pack("[s]", "niemand"));
	return r;
}

struct reply
fake_remark_edit(struct fake *f, const json_t *params)
{
	json_t *thread, *log;
	json_t *row = find_remark(f, param(params, "remark"), &thread);

	if (!row)
		return refuse(PLEIN_ENOTFOUND);
	log = json_object_get(row, "log");
	if (!log)
		log = json_array();
	else
		json_incref(log);
	(void)json_array_append(log, json_object_get(row, "text"));
	(void)json_object_set_new(row, "log", log);
	(void)json_object_set(row, "text", json_object_get(params, "text"));
	(void)json_object_set_new(row, "edited", json_integer(WHEN));
	(void)json_object_set_new(row, "editor",
				  json_string("beleid.duinstad"));
	(void)json_object_del(row, "withdrawn");
	return tell_remark(thread, row);
}

struct reply
fake_remark_withdraw(struct fake *f, const json_t *params)
{
	json_t *thread;
	json_t *row = find_remark(f, param(params, "remark"), &thread);

	if (!row)
		return refuse(PLEIN_ENOTFOUND);
	(void)json_object_set_new(row, "withdrawn", json_true());
	(void)json_object_set_new(row, "edited", json_integer(WHEN));
	(void)json_object_set_new(row, "editor",
				  json_string("beleid.duinstad"));
	(void)json_object_set_new(row, "reason",
				  json_string(param(params, "reason")));
	return tell_remark(thread, row);
}

struct reply
fake_remark_restore(struct fake *f, const json_t *params)
{
	json_t *thread;
	json_t *row = find_remark(f, param(params, "remark"), &thread);

	if (!row || !json_object_get(row, "withdrawn"))
		return refuse(PLEIN_ESAME);
	(void)json_object_del(row, "withdrawn");
	(void)json_object_del(row, "reason");
	return tell_remark(thread, row);
}

static struct reply
settle(struct fake *f, const json_t *params, const char *state,
       const char *kind)
{
	json_t *thread = find_thread(f, param(params, "thread"));

	if (!thread)
		return refuse(PLEIN_ENOTFOUND);
	if (strcmp(param(thread, "state"), state) == 0)
		return refuse(PLEIN_ESAME);
	(void)json_object_set_new(thread, "state", json_string(state));
	return tell_remark(thread, say(thread, params, kind));
}

struct reply
fake_thread_resolve(struct fake *f, const json_t *params)
{
	return settle(f, params, "resolved", "resolved");
}

struct reply
fake_thread_reopen(struct fake *f, const json_t *params)
{
	return settle(f, params, "open", "open");
}

struct reply
fake_thread_move(struct fake *f, const json_t *params)
{
	json_t *thread = find_thread(f, param(params, "thread"));

	if (!thread)
		return refuse(PLEIN_ENOTFOUND);
	(void)json_object_set(thread, "address",
			      json_object_get(params, "address"));
	return answer(json_copy((json_t *)params));
}

struct reply
fake_follow_set(struct fake *f, const json_t *params)
{
	json_t *thread = find_thread(f, param(params, "thread"));
	const char *follow = param(params, "follow");

	if (thread)
		(void)json_object_set_new(thread, "follow",
					  json_string(follow));
	return answer(json_pack("{s:s, s:s, s:s}", "follow", follow, "wish",
				follow, "was", "no"));
}

/* With its answers, from one to another. */
static void
take_over(json_t *from, json_t *to, const char *name)
{
	for (size_t i = 0; i < json_array_size(from);) {
		json_t *row = json_array_get(from, i);

		if (strcmp(param(row, "remark"), name) != 0 &&
		    strcmp(param(row, "reply"), name) != 0) {
			i++;
			continue;
		}
		(void)json_array_append(to, row);
		(void)json_array_remove(from, i);
	}
}

struct reply
fake_thread_split(struct fake *f, const json_t *params)
{
	const char *name = param(params, "remark");
	const char *code = strrchr(name, '-');
	json_t *thread, *other;
	json_t *row = find_remark(f, name, &thread);

	if (!row || !code)
		return refuse(PLEIN_ENOTFOUND);
	other = json_pack("{s:s, s:s, s:s, s:s, s:n, s:[], s:s, s:s}", "thread",
			  code + 1, "title", param(params, "title"), "state",
			  "open", "handle", param(row, "handle"), "quote",
			  "said", "first", name, "from",
			  param(thread, "thread"));
	take_over(json_object_get(thread, "said"),
		  json_object_get(other, "said"), name);
	(void)json_array_append_new(threads_of(f), other);
	return answer(
		json_pack("{s:s, s:s}", "thread", code + 1, "address", PAGE));
}

struct reply
fake_thread_join(struct fake *f, const json_t *params)
{
	json_t *other = find_thread(f, param(params, "thread"));
	json_t *thread = other ? find_thread(f, param(other, "from")) : NULL;

	if (!thread)
		return refuse(PLEIN_ENOTFOUND);
	take_over(json_object_get(other, "said"),
		  json_object_get(thread, "said"), param(other, "first"));
	return answer(json_pack("{s:s, s:s}", "thread", param(thread, "thread"),
				"address", PAGE));
}
