/* fake_history.c - search, changes, versions and places: see fake_wiki.h. */
#include "fake_impl.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plein/base64.h"

#define PART_ROWS 2 /* of one answer */

static json_int_t
number(const json_t *params, const char *name)
{
	return json_integer_value(json_object_get(params, name));
}

/* Rows from the number that the cursor gives on, a few at a time. */
static struct reply
answer_rows(json_t *rows_take, const json_t *params, const char *cursor)
{
	size_t all = json_array_size(rows_take);
	size_t at = (size_t)number(params, cursor), i;
	json_t *part = json_array(), *result;

	for (i = at; i < all && i < at + PART_ROWS; i++)
		json_array_append(part, json_array_get(rows_take, i));
	result = json_pack("{s:o}", "rows", part);
	if (i < all)
		json_object_set_new(result, "next",
				    json_integer((json_int_t)i));
	json_decref(rows_take);
	return answer(result);
}

/* --- search --- */

static json_t *
describe_hit(const struct fake_page *p, int version)
{
	return json_pack("{s:s, s:s, s:s, s:s, s:i, s:i, s:s, s:s}", "address",
			 p->info.address, "title", p->info.title, "kind",
			 p->info.kind, "status", p->info.status, "version",
			 version, "time", WHEN, "handle", "griffie.waterdam",
			 "passage", "een *woord*\nen meer");
}

#define LONG_AGO 1738454400 /* 2 February 2025 began */

/* Of old texts there are always these two. */
static struct reply
find_old(struct fake *f, const json_t *params)
{
	const char *query = param(params, "query");
	json_t *rows = json_array();
	struct reply r;

	if (strcmp(query, "traag") == 0)
		return refuse(PLEIN_EBUSY);
	if (strcmp(query, "nergens") != 0) {
		json_array_append_new(
			rows,
			describe_hit(fake_find_page(f, "begrippen/leeg"), 4));
		json_array_append_new(
			rows,
			describe_hit(fake_find_page(f, "themas/common-ground"),
				     1));
	}
	r = answer_rows(rows, params, "after");
	(void)json_object_set_new(r.result, "complete",
				  json_boolean(strcmp(query, "half") != 0));
	return r;
}

/* Behind the fields of a query, as `type:"thema" `. */
static const char *
words_of(const char *query)
{
	const char *end;

	while ((end = strstr(query, ":\"")) && (end = strstr(end, "\" ")))
		query = end + 2;
	return query;
}

/* Of the type that the query names, if it names one? */
static bool
is_wanted(const char *query, const char *kind)
{
	char field[40];

	(void)snprintf(field, sizeof(field), "type:\"%s\"", kind);
	return !strstr(query, "type:") || strstr(query, field);
}

#define SAID_WHEN 1772452800 /* 2 March 2026 */
#define SAID_THREAD "3f2a9c01b7de"
#define SAID_REMARK "20260302T120000Z-beleid.duinstad-" SAID_THREAD

/* As the design shows it; and a word that stands low on a page. */
static struct reply
find_shown(const json_t *params)
{
	static const struct {
		const char *address, *title, *kind, *status, *passage;
		bool old;
		bool said;
	} table[] = {
		{ "themas/inclusie", "Digitale inclusie", "thema", "concept",
		  "...De commissie Informatiesamenleving vroeg begin 2019 al "
		  "aandacht voor *inclusie* en laaggeletterdheid.",
		  false, false },
		{ "vraagstukken/meedoen", "Hoe kan iedereen blijven meedoen?",
		  "vraagstuk", "open", "Trefwoorden: *inclusie*, meedoen",
		  false, false },
		{ "themas/inclusie", "Oproep: praktijkvoorbeelden gezocht",
		  "bespreking", "open",
		  "...lokale ketenaanpak digitale *inclusie*...", false, true },
		{ "vergaderingen/commissie",
		  "Commissie Informatiesamenleving, 19 maart 2026",
		  "vergadering", "",
		  "...3. Digitale *inclusie* (ter bespreking). Stuk: bijlage "
		  "2...",
		  false, false },
		{ "hoofdonderwerpen/dienstverlening",
		  "Dienstverlening en gezamenlijke uitvoering",
		  "hoofdonderwerp", "concept",
		  "...is ook *inclusie* een taak van...", true, false },
		{ "themas/common-ground", "Common Ground", "thema", "concept",
		  "Te doen: *uitstapkosten* noemen", false, false },
	};
	const char *query = param(params, "query");
	bool all = strcmp(words_of(query), "inclusie") == 0;
	bool past = json_is_true(json_object_get(params, "past"));
	bool said = json_is_true(json_object_get(params, "said"));
	json_t *rows = json_array();

	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		if (table[i].old == past && all == (i < 5) &&
		    (said || !table[i].said) && is_wanted(query, table[i].kind))
			(void)json_array_append_new(
				rows,
				json_pack("{s:s, s:s, s:s, s:s, s:i, s:s, s:s, "
					  "s:i, s:s*, s:s*}",
					  "address", table[i].address, "title",
					  table[i].title, "kind", table[i].kind,
					  "status", table[i].status, "version",
					  2, "passage", table[i].passage,
					  "handle", "beleid.duinstad", "time",
					  SAID_WHEN, "thread",
					  table[i].said ? SAID_THREAD : NULL,
					  "remark",
					  table[i].said ? SAID_REMARK : NULL));
	return answer(json_pack("{s:o, s:b}", "rows", rows, "complete", 1));
}

struct reply
fake_search_pages(struct fake *f, const json_t *params)
{
	const char *query = param(params, "query");
	json_t *rows = json_array();

	if (strcmp(words_of(query), "inclusie") == 0 ||
	    strcmp(query, "uitstapkosten") == 0) {
		json_decref(rows);
		return find_shown(params);
	}
	if (strcmp(query, "\"") == 0) {
		json_decref(rows);
		return refuse(PLEIN_EUSAGE);
	}

	if (json_is_true(json_object_get(params, "past"))) {
		json_decref(rows);
		return find_old(f, params);
	}
	for (size_t i = 0; i < f->pages.len; i++) {
		const struct fake_page *p = f->pages.items[i];

		if (strstr(p->info.title, query))
			json_array_append_new(rows,
					      describe_hit(p, p->version));
	}
	if (strcmp(query, "nergens") == 0) {
		json_t *all =
			json_pack("{s:o, s:[{s:s, s:i}]}", "rows", rows, "near",
				  "word", "nergernis", "pages", 2);

		return answer(all);
	}
	return answer_rows(rows, params, "after");
}

static bool
belongs_to(const struct fake_page *p, const char *address)
{
	for (size_t i = 0; i < p->info.parents.len; i++)
		if (strcmp(p->info.parents.items[i], address) == 0)
			return true;
	return false;
}

static void
add_link(json_t *rows, const struct fake_page *p, int version,
	 const char *target, const char *field)
{
	json_t *row = describe_hit(p, version);

	(void)json_object_set_new(row, "target", json_string(target));
	(void)json_object_set_new(row, "field",
				  field ? json_string(field) : json_null());
	if (field)
		(void)json_object_set_new(row, "passage", json_string(""));
	(void)json_array_append_new(rows, row);
}

/* Old texts were not all taken in of what is as of long ago. */
void
fake_tell_complete(json_t *result, const json_t *params)
{
	const json_t *at = json_object_get(params, "at");

	if (at)
		(void)json_object_set_new(
			result, "complete",
			json_boolean(json_integer_value(at) > LONG_AGO));
}

/* Three links in a text to one page; and what belongs to each. */
struct reply
fake_page_backlinks(struct fake *f, const json_t *params)
{
	const char *address = param(params, "address");
	json_t *rows = json_array();
	struct reply r;

	if (strcmp(address, "themas/common-ground") == 0)
		for (int i = 1; i <= (json_object_get(params, "at") ? 1 : 3);
		     i++)
			add_link(rows, fake_find_page(f, "begrippen/leeg"), i,
				 "themas/toegang", NULL);
	for (size_t i = 0; i < f->pages.len; i++) {
		const struct fake_page *p = f->pages.items[i];

		if (belongs_to(p, address))
			add_link(rows, p, p->version, address, "hoort_bij");
	}
	r = answer_rows(rows, params, "after");
	fake_tell_complete(r.result, params);
	return r;
}

/* --- files --- */

#define WITH_FILES "besluiten/2021-02-12-resolutie"

static const struct {
	const char *name, *bytes;
	int size;
	bool more;
} files[] = {
	{ "groot.csv", "a;b\n", 3000000, true },
	{ "kaart.png", "\x89PNG", 91234, false },
	{ "kapot.txt", "\xff\xfe", 2, false },
	{ "kosten.csv",
	  "post;bedrag;toelichting\r\n\r\n"
	  "inkoop;1000;een heel lange toelichting die niet op een regel van "
	  "tachtig past\r\n"
	  "beheer;\x1b[31m200;[geen](link.md)\r\n",
	  140, false },
};

struct reply
fake_file_list(struct fake *f, const json_t *params)
{
	const char *after = param(params, "after");
	json_t *rows = json_array(), *result;
	size_t i, n = sizeof(files) / sizeof(files[0]);

	(void)f;
	if (strcmp(param(params, "address"), WITH_FILES) != 0)
		n = 0;
	for (i = 0; i < n && json_array_size(rows) < PART_ROWS; i++)
		if (strcmp(files[i].name, after) > 0)
			json_array_append_new(
				rows,
				json_pack("{s:s, s:i, s:s, s:i}", "name",
					  files[i].name, "size", files[i].size,
					  "handle", "griffie.waterdam", "time",
					  WHEN));
	result = json_pack("{s:o}", "rows", rows);
	if (i < n)
		json_object_set_new(result, "next",
				    json_string(files[i - 1].name));
	return answer(result);
}

struct reply
fake_file_get(struct fake *f, const json_t *params)
{
	struct buf data = BUF_INIT;
	json_t *result;
	size_t i = 0, n = sizeof(files) / sizeof(files[0]);

	(void)f;
	while (i < n && strcmp(files[i].name, param(params, "name")) != 0)
		i++;
	if (i == n || strcmp(param(params, "address"), WITH_FILES) != 0)
		return refuse(PLEIN_ENOTFOUND);
	base64_encode(&data, files[i].bytes, strlen(files[i].bytes));
	result = json_pack("{s:s, s:i}", "data", data.ptr, "size",
			   files[i].size);
	if (files[i].more)
		json_object_set_new(result, "next", json_integer(1048576));
	buf_release(&data);
	return answer(result);
}

/* --- history --- */

static json_t *
describe_change(const char *address, int version, const char *action)
{
	return json_pack("{s:s, s:s, s:s, s:i}", "address", address, "title",
			 "Titel", "action", action, "version", version);
}

/* Only of the page that is asked for, if one is. */
static void
add_change(json_t *pages, const json_t *params, const char *address,
	   int version, const char *action)
{
	const char *only = param(params, "address");

	if (!*only || strcmp(only, address) == 0)
		json_array_append_new(
			pages, describe_change(address, version, action));
}

static json_t *
describe_commit(const char *handle, json_t *pages_take)
{
	return json_pack("{s:s, s:i, s:s, s:s, s:s, s:o, s:i}", "commit", "c0",
			 "time", WHEN, "author", "Gert Griffie", "handle",
			 handle, "note", "een\ttab", "pages", pages_take,
			 "others", 1);
}

/* A commit of one page that was not asked for is none. */
static void
add_commit(json_t *rows, const json_t *params, json_t *pages_take)
{
	const char *by = *param(params, "handle") ? param(params, "handle")
						  : "griffie.waterdam";

	if (json_array_size(pages_take) || !*param(params, "address"))
		json_array_append_new(rows, describe_commit(by, pages_take));
	else
		json_decref(pages_take);
}

/* What was deleted just now; then three commits, of which one changed no
 * page; and what was asked for. */
struct reply
fake_changes_list(struct fake *f, const json_t *params)
{
	json_t *rows = json_array(), *pages;

	for (size_t i = 0; i < f->gone.len; i++) {
		const struct fake_page *p = f->gone.items[i];

		pages = json_array();
		add_change(pages, params, p->info.address, p->version, "gone");
		add_commit(rows, params, pages);
	}
	if (strcmp(param(params, "folder"), "besluiten") == 0 ||
	    number(params, "since") > WHEN ||
	    (number(params, "until") && number(params, "until") < WHEN))
		return answer_rows(rows, params, "before");
	pages = json_array();
	add_change(pages, params, "themas/b", 3, "moved");
	add_change(pages, params, "themas/a", 3, "gone");
	add_commit(rows, params, pages);
	add_commit(rows, params, json_array());
	pages = json_array();
	add_change(pages, params, "themas/c", 1, "new");
	add_commit(rows, params, pages);
	return answer_rows(rows, params, "before");
}

/* begrippen/leeg has seven versions, all others those that were saved. */
struct reply
fake_page_log(struct fake *f, const json_t *params)
{
	const struct fake_page *p = fake_find_page(f, param(params, "address"));
	json_int_t limit = number(params, "limit"), n;
	json_t *rows = json_array(), *result;

	if (!p) {
		json_decref(rows);
		return refuse(PLEIN_ENOTFOUND);
	}
	n = strcmp(p->info.address, "begrippen/leeg") == 0 ? 7 : p->version;
	if (number(params, "before"))
		n = number(params, "before") - 1;
	if (!limit || limit > PART_ROWS)
		limit = PART_ROWS;
	for (; n > 0 && json_array_size(rows) < (size_t)limit; n--)
		json_array_append_new(
			rows,
			json_pack("{s:I, s:s, s:s, s:s, s:i, s:s, s:b}",
				  "version", n, "address", p->info.address,
				  "author", "Gert Griffie", "handle",
				  "griffie.waterdam", "time", WHEN, "note",
				  "een\ttab", "gone", 0));
	result = json_pack("{s:o}", "rows", rows);
	if (n > 0)
		json_object_set_new(result, "next", json_integer(n + 1));
	return answer(result);
}

/* The same versions; nothing was said. */
struct reply
fake_page_history(struct fake *f, const json_t *params)
{
	const struct fake_page *p = fake_find_page(f, param(params, "address"));
	json_t *asked = json_pack(
		"{s:s, s:I}", "address", param(params, "address"), "before",
		(json_int_t)strtol(param(params, "before"), NULL, 10));
	struct reply r = fake_page_log(f, asked);
	char next[24];

	json_decref(asked);
	if (!r.result)
		return r;
	(void)snprintf(next, sizeof(next), "%lld/",
		       (long long)number(r.result, "next"));
	if (json_object_get(r.result, "next"))
		json_object_set_new(r.result, "next", json_string(next));
	json_object_set_new(
		r.result, "versions",
		json_integer(strcmp(p->info.address, "begrippen/leeg") == 0
				     ? 7
				     : p->version));
	return r;
}

/* --- comparing --- */

/* Versions 1 and 2 are the same; words are told when asked for. */
struct reply
fake_page_diff(struct fake *f, const json_t *params)
{
	json_int_t from = number(params, "from"), to = number(params, "to");
	json_t *hunks, *was, *is;

	(void)f;
	if (from > 7)
		return refuse(PLEIN_ENOTFOUND);
	to = to ? to : 7;
	if (from == 1 && to == 2)
		return answer(json_pack("{s:I, s:I, s:[], s:b}", "from", from,
					"to", to, "hunks", "complete", 1));
	was = json_pack("{s:s, s:s}", "kind", "-", "text", "oud woord");
	is = json_pack("{s:s, s:s, s:b}", "kind", "+", "text", "nieuw woord",
		       "newline", 0);
	if (json_is_true(json_object_get(params, "words"))) {
		json_object_set_new(was, "words",
				    json_pack("[{s:s, s:s}, {s:s, s:s}]",
					      "kind", "-", "text", "oud",
					      "kind", " ", "text", " woord"));
		json_object_set_new(is, "words",
				    json_pack("[{s:s, s:s}, {s:s, s:s}]",
					      "kind", "+", "text", "nieuw",
					      "kind", " ", "text", " woord"));
	}
	hunks = json_pack("[{s:[i, i], s:[i, i], s:[{s:s, s:s}, o, o]}]",
			  "from", 1, 2, "to", 1, 2, "lines", "kind", " ",
			  "text", "boven", was, is);
	return answer(json_pack("{s:I, s:I, s:o, s:b}", "from", from, "to", to,
				"hunks", hunks, "complete", from != 3));
}

/* Two lines, or the bytes of them from `at` on. */
static json_t *
describe_piece(json_int_t version, json_int_t at, bool words)
{
	json_t *row =
		json_pack("{s:I, s:s, s:s, s:i, s:s}", "version",
			  version ? version : 7, "handle", "griffie.waterdam",
			  "author", "Gert Griffie", "time", WHEN, "note", "");

	if (words)
		(void)json_object_update_new(
			row, json_pack("{s:I, s:I, s:s}", "first", at / 4 + 1,
				       "byte", at, "text", "een\n\na\\b\n"));
	else
		(void)json_object_update_new(
			row, json_pack("{s:I, s:i, s:[s, s]}", "first", at,
				       "count", 2, "lines", "een", "a\\b"));
	return row;
}

/* Three pieces of two lines; of an old version the oldest are left out. */
struct reply
fake_page_blame(struct fake *f, const json_t *params)
{
	json_int_t version = number(params, "version");
	bool words = json_is_true(json_object_get(params, "words"));
	json_int_t at = number(params, words ? "byte" : "line");
	json_int_t size = words ? 9 : 2; /* of a piece */
	json_t *result;

	(void)f;
	if (version > 7)
		return refuse(PLEIN_ENOTFOUND);
	at += !words && !at; /* the first line is 1 */
	result = json_pack("{s:[o], s:b}", "rows",
			   describe_piece(version, at, words), "complete",
			   version != 3);
	if (at + size < 3 * size)
		json_object_set_new(result, "next", json_integer(at + size));
	return answer(result);
}

/* --- taking back --- */

static struct reply
answer_version(const char *address, int version)
{
	return answer(json_pack("{s:s, s:i}", "address", address, "version",
				version));
}

struct reply
fake_page_revert(struct fake *f, const json_t *params)
{
	struct fake_page *p = fake_find_page(f, param(params, "address"));

	if (!p || number(params, "version") > p->version)
		return refuse(PLEIN_ENOTFOUND);
	if (strcmp(param(params, "note"), "same") == 0)
		return refuse(PLEIN_ESAME);
	if (f->past) /* where the test goes on from it */
		return answer_version(p->info.address, ++p->version);
	return answer_version(p->info.address, p->version + 1);
}

struct reply
fake_page_undo(struct fake *f, const json_t *params)
{
	struct reply r = fake_page_revert(f, params);

	if (strcmp(param(params, "note"), "conflict") != 0)
		return r;
	json_decref(r.result);
	r = refuse(PLEIN_ECONFLICT);
	r.args = json_pack("{s:i, s:s, s:[{}]}", "version", 9, "handle",
			   "griffie.waterdam", "regions");
	return r;
}
