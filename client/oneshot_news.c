/*
 * oneshot_news.c - the commands that tell what is new for somebody: news, and
 * digest, which says it as a text for mail.
 */
#include "oneshot_rows.h"

#include <string.h>

#include "base/newsline.h"
#include "base/sentence.h"
#include "plein/i18n.h"

#define WORDS_MOST 300 /* characters of a remark in a digest */

static bool
is_mine(const json_t *row)
{
	const char *concern = row_text(row, "concern");

	return concern && strcmp(concern, "me") == 0;
}

/* --- asking ---------------------------------------------------------------- */

/* Somebody who has never been here: counting begins with this question. */
static void
begin_counting(struct oneshot *o)
{
	json_t *result;

	oneshot_remark(o, "%s",
		       _("Your first visit. All is new; counting begins now."));
	(void)oneshot_ask(o, "mark.visit", NULL, &result);
	json_decref(result);
}

/* What is asked goes into its group, behind what names them. */
static void
join_asked(json_t *news)
{
	json_t *rows = json_object_get(news, "rows"), *row;
	const json_t *asked = json_object_get(news, "asked");
	size_t at = 0, i;

	while (json_is_true(
		       json_object_get(json_array_get(rows, at), "unread")) &&
	       is_mine(json_array_get(rows, at)))
		at++;
	json_array_foreach(asked, i, row)
	{
		(void)json_object_set_new(row, "unread", json_true());
		(void)json_array_insert(rows, at + i, row);
	}
}

/* All parts, as one answer. */
static int
ask_news(struct oneshot *o, json_t *params_take, json_t **news)
{
	json_t *result = NULL, *next, *rows;
	int exit_code;

	*news = NULL;
	for (;;) {
		exit_code = oneshot_ask(o, "news.list",
					json_incref(params_take), &result);
		if (exit_code)
			break;
		rows = json_object_get(*news, "rows");
		if (rows)
			(void)json_array_extend(
				rows, json_object_get(result, "rows"));
		else
			*news = json_incref(result);
		next = json_incref(json_object_get(result, "next"));
		json_decref(result);
		if (!next)
			break;
		(void)json_object_set_new(params_take, "after", next);
	}
	json_decref(params_take);
	if (exit_code) {
		json_decref(*news);
		*news = NULL;
	} else {
		join_asked(*news);
	}
	return exit_code;
}

/* {said, since, handle, folder}, or an exit code after it was told. */
static int
make_params(struct oneshot *o, json_t **params)
{
	const char *by = words_value(&o->words, OPTION_BY);
	const char *folder = words_value(&o->words, OPTION_FOLDER);
	int exit_code;

	*params = NULL;
	if (o->words.args.len)
		return oneshot_misuse(o, _("This takes no words."));
	*params = json_pack("{s:b, s:s*}", "said", 1, "handle", by);
	if (folder)
		oneshot_set_folder(*params, folder);
	exit_code = oneshot_set_moment(o, *params, "since", OPTION_SINCE);
	if (exit_code)
		json_decref(*params);
	return exit_code;
}

/* --- news ------------------------------------------------------------------ */

static json_t *
describe_page(const json_t *row)
{
	return json_pack(
		"{s:O, s:O, s:O, s:O, s:O, s:O, s:O, s:o, s:O}", "path",
		row_part(row, "address"), "title", row_part(row, "title"),
		"kind", row_part(row, "kind"), "state", row_part(row, "state"),
		"version", row_part(row, "version"), "seen",
		row_part(row, "seen"), "author", row_part(row, "handle"),
		"time", output_json_time(row_number(row, "time")), "note",
		row_part(row, "note"));
}

static json_t *
describe_said(const json_t *row)
{
	return json_pack(
		"{s:O, s:O, s:O, s:O, s:O, s:O, s:o, s:O}", "path",
		row_part(row, "address"), "thread", row_part(row, "thread"),
		"title", row_part(row, "title"), "remark",
		row_part(row, "remark"), "remarks", row_part(row, "remarks"),
		"author", row_part(row, "handle"), "time",
		output_json_time(row_number(row, "time")), "text",
		row_part(row, "text"));
}

/* Only what there is of such a thing. */
static json_t *
describe_asked(const json_t *row)
{
	static const char *const keys[] = { "title", "page",  "round",	"step",
					    "steps", "body",  "number", "kind",
					    "text",  "owner", "due" };
	json_t *out = json_object(), *value;
	size_t i;

	(void)json_object_set(out, "path", row_part(row, "address"));
	for (i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		value = json_object_get(row, keys[i]);
		if (value)
			(void)json_object_set(out, keys[i], value);
	}
	if (json_object_get(row, "until"))
		(void)json_object_set_new(
			out, "until",
			output_json_time(row_number(row, "until")));
	return out;
}

static json_t *
describe(const json_t *row)
{
	if (newsline_is_asked(row))
		return describe_asked(row);
	return newsline_is_said(row) ? describe_said(row) : describe_page(row);
}

static void
add_json(struct oneshot *o, const json_t *row)
{
	json_t *out = describe(row);

	(void)json_object_set(out, "what", row_part(row, "what"));
	(void)json_object_set(out, "concern", row_part(row, "concern"));
	(void)json_object_set(out, "unread", row_part(row, "unread"));
	output_json(&o->out, out);
}

/* Of a round its number and which step, of what a page says its address. */
static void
add_asked(struct oneshot *o, const json_t *row)
{
	bool round = json_object_get(row, "round") != NULL;

	if (round)
		output_number(&o->out, row_number(row, "round"));
	else
		output_field(&o->out, row_text(row, "address"));
	output_field(&o->out, row_text(row, "what"));
	if (round)
		output_number(&o->out, row_number(row, "step"));
	else
		output_field(&o->out, row_text(row, "number"));
	if (round)
		output_time(&o->out, row_number(row, "until"));
	else
		output_field(&o->out, row_text(row, "due"));
	output_field(&o->out, row_text(row, round ? "page" : "owner"));
	output_field(&o->out, row_text(row, "title"));
	output_field(&o->out, row_text(row, "text"));
	output_end(&o->out);
}

static void
add_news(struct oneshot *o, const json_t *row)
{
	bool said = newsline_is_said(row);

	if (o->json) {
		add_json(o, row);
		return;
	}
	if (newsline_is_asked(row)) {
		add_asked(o, row);
		return;
	}
	output_field(&o->out, row_text(row, said ? "thread" : "address"));
	output_field(&o->out, row_text(row, said ? "what" : "state"));
	output_number(&o->out, row_number(row, said ? "remarks" : "version"));
	output_time(&o->out, row_number(row, "time"));
	output_field(&o->out, row_text(row, "handle"));
	output_field(&o->out, row_text(row, "title"));
	output_field(&o->out, row_text(row, said ? "text" : "note"));
	output_end(&o->out);
}

static int
tell_news(struct oneshot *o, const json_t *news)
{
	const json_t *rows = json_object_get(news, "rows"), *row;
	size_t i;

	if (json_is_null(json_object_get(news, "since")))
		begin_counting(o);
	json_array_foreach(rows, i, row)
	{
		add_news(o, row);
	}
	if (json_is_true(json_object_get(news, "more")))
		oneshot_remark(o, _("There is more; these are the newest %zu."),
			       json_array_size(rows));
	return json_array_size(rows) ? EXIT_DONE : EXIT_NOTHING;
}

int
do_news(struct oneshot *o)
{
	json_t *params, *news;
	int exit_code = make_params(o, &params);

	if (!exit_code)
		exit_code = ask_news(o, params, &news);
	if (exit_code)
		return exit_code;
	exit_code = tell_news(o, news);
	json_decref(news);
	return exit_code;
}

/* --- digest ---------------------------------------------------------------- */

/* The parts of a digest; a row is in the first that takes it. */
/* In its folder: a template of that kind is none. */
static bool
is_decision(const json_t *row)
{
	const char *address = row_text(row, "address");

	return !newsline_is_said(row) && address &&
	       strncmp(address, "besluiten/", 10) == 0;
}

static bool
is_followed(const json_t *row)
{
	const char *concern = row_text(row, "concern");

	return concern && strcmp(concern, "followed") == 0;
}

static bool
is_begun(const json_t *row)
{
	const char *what = row_text(row, "what");

	return what && strcmp(what, "thread") == 0;
}

static bool
is_any(const json_t *row)
{
	(void)row;
	return true;
}

static const struct {
	const char *name; /* for programs */
	const char *title;
	bool (*takes)(const json_t *row);
} parts[] = {
	{ "me", N_("Mentioned and asked"), is_mine },
	{ "decisions", N_("Decisions"), is_decision },
	{ "followed", N_("What you follow"), is_followed },
	{ "threads", N_("New discussions"), is_begun },
	{ "other", N_("Other"), is_any },
};

#define N_PARTS (sizeof(parts) / sizeof(parts[0]))

static size_t
part_of(const json_t *row)
{
	size_t i = 0;

	while (!parts[i].takes(row))
		i++;
	return i;
}

/* "- To answer: Title, on Page, until 3 April (round 1)" */
static void
tell_asked(struct oneshot *o, const json_t *row)
{
	const char *page = row_text(row, "page");
	const char *number = row_text(row, "number");
	struct buf line = BUF_INIT;

	newsline_tell(&line, row);
	if (page)
		buf_printf(&line, _(", on %s"), page);
	buf_str(&line, ", ");
	newsline_due(&line, row);
	if (json_object_get(row, "round"))
		buf_printf(&line, _(" (round %lld)"), row_number(row, "round"));
	else
		buf_printf(&line, " (%s%s%s)", row_text(row, "address"),
			   number ? " " : "", number ? number : "");
	buf_str(&o->out, "- ");
	output_text(&o->out, line.ptr, line.len);
	buf_str(&o->out, "\n");
	buf_release(&line);
}

/* "- What happened, on which page, who, when (where)", and what was said. */
static void
tell_row(struct oneshot *o, const json_t *row)
{
	struct buf when = BUF_INIT, line = BUF_INIT;
	const char *page = row_text(row, "page");
	const char *code = row_text(row, "thread");

	if (newsline_is_asked(row)) {
		tell_asked(o, row);
		return;
	}
	newsline_tell(&line, row);
	if (page)
		buf_printf(&line, _(", on %s"), page);
	sentence_recently(&when, row_number(row, "time"));
	buf_printf(&line, ", %s, %s (%s)", row_text(row, "handle"), when.ptr,
		   code ? code : row_text(row, "address"));
	buf_str(&o->out, "- ");
	output_text(&o->out, line.ptr, line.len);
	buf_str(&o->out, "\n");
	buf_reset(&line);
	newsline_words(&line, row, WORDS_MOST);
	if (line.len) {
		buf_str(&o->out, "  ");
		output_text(&o->out, line.ptr, line.len);
		buf_str(&o->out, "\n");
	}
	buf_release(&line);
	buf_release(&when);
}

static void
tell_part(struct oneshot *o, const json_t *rows, size_t part)
{
	bool begun = false;
	const json_t *row;
	size_t i;

	json_array_foreach(rows, i, row)
	{
		if (part_of(row) != part)
			continue;
		if (!begun)
			buf_printf(&o->out, "\n%s\n", _(parts[part].title));
		begun = true;
		tell_row(o, row);
	}
}

static void
tell_digest(struct oneshot *o, const json_t *news)
{
	struct buf moment = BUF_INIT;

	sentence_then(&moment, row_number(news, "since"));
	buf_printf(&o->out, _("New for you since %s"), moment.ptr);
	buf_str(&o->out, "\n");
	for (size_t i = 0; i < N_PARTS; i++)
		tell_part(o, json_object_get(news, "rows"), i);
	buf_release(&moment);
}

static void
give_digest(struct oneshot *o, const json_t *news)
{
	const json_t *rows = json_object_get(news, "rows"), *row;
	json_t *out;
	size_t i;

	json_array_foreach(rows, i, row)
	{
		out = describe(row);
		(void)json_object_set_new(
			out, "part", json_string(parts[part_of(row)].name));
		(void)json_object_set(out, "what", row_part(row, "what"));
		(void)json_object_set(out, "unread", row_part(row, "unread"));
		output_json(&o->out, out);
	}
}

/* With a moment all since then, read or not; else what is unread. */
int
do_digest(struct oneshot *o)
{
	json_t *params, *news;
	int exit_code = make_params(o, &params);

	if (exit_code)
		return exit_code;
	if (json_object_get(params, "since"))
		(void)json_object_set_new(params, "read", json_true());
	exit_code = ask_news(o, params, &news);
	if (exit_code)
		return exit_code;
	exit_code = json_array_size(json_object_get(news, "rows"))
			    ? EXIT_DONE
			    : EXIT_NOTHING;
	if (json_is_null(json_object_get(news, "since")))
		begin_counting(o);
	else if (!exit_code)
		(o->json ? give_digest : tell_digest)(o, news);
	json_decref(news);
	return exit_code;
}
