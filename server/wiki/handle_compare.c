/*
 * handle_compare.c - page.diff and page.blame: what differs between two
 * versions of a page, and which version each of its lines or words comes
 * from.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plein/mem.h"
#include "store/blame.h"
#include "wiki/call.h"
#include "wiki/compare.h"
#include "wiki/describe.h"
#include "wiki/handlers.h"
#include "wiki/pagetext.h"
#include "wiki/rows.h"
#include "wiki/target.h"

/* The page the call is about, its history at hand. */
static int
open_page(struct desk *d, struct call *c, struct target *at)
{
	int rc = target_read(at, call_text(c, "address"), &c->err);

	if (!rc)
		rc = desk_need_repo(d, &c->err);
	return rc ? rc : desk_need_index(d, &c->err);
}

/* Version n, or the newest when the parameter is absent. */
static int
find_version(struct desk *d, struct call *c, const struct target *at,
	     const char *param, struct index_version **v)
{
	if (!json_object_get(c->params, param))
		return index_latest(d->index, at->address.ptr, v, &c->err);
	return index_version(d->index, at->address.ptr,
			     call_number(c, param, 0), v, &c->err);
}

/* --- page.diff --- */

static int
load_version(struct desk *d, struct call *c, const struct target *at, long n,
	     struct buf *text)
{
	struct index_version *v = NULL;
	int rc = 0;

	if (n > 0) /* before the first there was nothing */
		rc = index_version(d->index, at->address.ptr, n, &v, &c->err);
	if (!rc)
		rc = pagetext_load(d, v, text, &c->err);
	index_version_free(v);
	return rc;
}

static int
answer_diff(struct desk *d, struct call *c, const struct target *at, long to)
{
	long from = call_number(c, "from", to - 1);
	struct buf before = BUF_INIT, after = BUF_INIT;
	bool complete = true;
	json_t *hunks;
	int rc = load_version(d, c, at, from, &before);

	if (!rc)
		rc = load_version(d, c, at, to, &after);
	if (!rc) {
		hunks = compare_texts(&before, &after, call_flag(c, "words"),
				      &complete);
		c->result = json_pack("{s:I, s:I, s:o, s:b}", "from",
				      (json_int_t)from, "to", (json_int_t)to,
				      "hunks", hunks, "complete", complete);
	}
	buf_release(&before);
	buf_release(&after);
	return rc;
}

int
handle_page_diff(struct desk *d, struct call *c)
{
	struct target at = TARGET_INIT;
	struct index_version *to = NULL;
	int rc = open_page(d, c, &at);

	if (!rc)
		rc = find_version(d, c, &at, "to", &to);
	if (!rc)
		rc = answer_diff(d, c, &at, to->n);
	index_version_free(to);
	target_release(&at);
	return rc;
}

/* --- page.blame --- */

/* The versions up to the one asked for, newest first; as blame wants them. */
static struct blame_version *
list_versions(const struct vec *log)
{
	struct blame_version *list = mem_array(log->len, sizeof(*list));

	for (size_t i = 0; i < log->len; i++) {
		const struct index_version *v = log->items[log->len - 1 - i];

		list[i].n = v->n;
		(void)snprintf(list[i].blob.hex, sizeof(list[i].blob.hex), "%s",
			       v->blob ? v->blob : "");
	}
	return list;
}

static const struct index_version *
version_of(const struct vec *log, long n)
{
	const struct index_version *v = log->items[0];

	for (size_t i = 1; i < log->len && v->n != n; i++)
		v = log->items[i];
	return v;
}

static json_t *
describe_lines(const struct blame *b, size_t first, size_t count)
{
	json_t *lines = json_array();

	for (size_t i = first; i < first + count; i++) {
		const char *s = textrow_ptr(&b->pieces, i);
		size_t len = textrow_len(&b->pieces, i, 1);

		len -= s[len - 1] == '\n';
		(void)json_array_append_new(lines, call_json(s, len));
	}
	return lines;
}

/* Pieces from `first` on that come from the same version. */
static size_t
count_alike(const struct blame *b, size_t first)
{
	size_t i = first;

	while (i < b->pieces.n && b->origins[i] == b->origins[first])
		i++;
	return i - first;
}

/* A blame on its way to be an answer. */
struct telling {
	struct call *call;
	const struct blame *blame;
	const struct vec *log;
	bool words;
	size_t at, line; /* the piece that is next, and the line it is in */
};

/* The next pieces, of one version. */
static json_t *
describe_stretch(struct telling *t, size_t count)
{
	const struct blame *b = t->blame;
	const struct index_version *v = version_of(t->log, b->origins[t->at]);
	const char *s = textrow_ptr(&b->pieces, t->at);
	size_t len = textrow_len(&b->pieces, t->at, count);
	json_t *row = json_object();

	describe_number(row, "first", (int64_t)t->line);
	if (t->words)
		describe_number(row, "byte", (int64_t)b->pieces.at[t->at]);
	else
		describe_number(row, "count", (int64_t)count);
	describe_number(row, "version", v->n);
	describe_line(row, "handle", v->handle);
	describe_line(row, "author", v->author);
	describe_number(row, "time", v->when);
	describe_line(row, "note", v->note);
	if (t->words)
		(void)json_object_set_new(row, "text", call_json(s, len));
	else
		(void)json_object_set_new(row, "lines",
					  describe_lines(b, t->at, count));
	return row;
}

static void
pass_by(struct telling *t, size_t count)
{
	const struct textrow *r = &t->blame->pieces;

	t->line += textrow_count_newlines(textrow_ptr(r, t->at),
					  textrow_len(r, t->at, count));
	t->at += count;
}

/* To the piece that was asked for: by its line, or by its first byte. */
static void
find_first(struct telling *t)
{
	const struct textrow *r = &t->blame->pieces;
	size_t byte = (size_t)call_number(t->call, "byte", 0);
	size_t line = (size_t)call_number(t->call, "line", 1);

	while (t->at < r->n && (r->at[t->at] < byte || t->line < line))
		pass_by(t, 1);
}

/* Rows up to what an answer may hold. */
static json_t *
describe_stretches(struct telling *t)
{
	json_t *rows = json_array(), *row;
	size_t bytes = 0, count;

	while (t->at < t->blame->pieces.n) {
		count = count_alike(t->blame, t->at);
		row = describe_stretch(t, count);
		if (!compare_fits(row, &bytes) && json_array_size(rows) > 0) {
			json_decref(row);
			break;
		}
		(void)json_array_append_new(rows, row);
		pass_by(t, count);
	}
	return rows;
}

static void
answer_blame(struct telling *t)
{
	const struct index_version *v = t->log->items[0];
	struct call *c = t->call;

	find_first(t);
	describe_rows(c, describe_stretches(t));
	describe_number(c->result, "version", v->n);
	(void)json_object_set_new(c->result, "complete",
				  json_boolean(t->blame->complete));
	if (t->at < t->blame->pieces.n)
		describe_number(c->result, "next",
				t->words ? (int64_t)t->blame->pieces.at[t->at]
					 : (int64_t)t->line);
}

static int
run_blame(struct desk *d, struct call *c, const struct vec *log)
{
	struct blame_version *versions = list_versions(log);
	bool words = call_flag(c, "words");
	struct blame b;
	struct telling t = { c, &b, log, words, 0, 1 };
	int rc = blame_make(&b, d->repo, versions, log->len,
			    words ? BLAME_WORDS : BLAME_LINES, &c->err);

	if (!rc)
		answer_blame(&t);
	blame_release(&b);
	free(versions);
	return rc;
}

int
handle_page_blame(struct desk *d, struct call *c)
{
	struct target at = TARGET_INIT;
	struct index_version *v = NULL;
	struct vec log = VEC_INIT;
	int rc = open_page(d, c, &at);

	if (!rc)
		rc = find_version(d, c, &at, "version", &v);
	if (!rc && v->gone) {
		c->args = json_pack("{s:I}", "gone", (json_int_t)v->n);
		rc = err_set(&c->err, PLEIN_ENOTFOUND, "the page is gone");
	}
	if (!rc)
		rc = index_log(d->index, at.address.ptr, v->n + 1, 0, &log,
			       &c->err);
	if (!rc)
		rc = run_blame(d, c, &log);
	vec_release(&log, index_version_free);
	index_version_free(v);
	target_release(&at);
	return rc;
}

/* --- rows --- */

static const struct param diff_params[] = {
	{ "address", PARAM_TEXT, true, ADDRESS_MAX, "the page" },
	{ "from", PARAM_NUMBER, false, COUNT_MAX,
	  "version; the one before `to` when absent, 0 is nothing" },
	{ "to", PARAM_NUMBER, false, COUNT_MAX,
	  "version; the newest when absent" },
	{ "words", PARAM_FLAG, false, 1, "tell which words, too" },
	PARAMS_END,
};

static const struct param blame_params[] = {
	{ "address", PARAM_TEXT, true, ADDRESS_MAX, "the page" },
	{ "version", PARAM_NUMBER, false, COUNT_MAX, "newest when absent" },
	{ "words", PARAM_FLAG, false, 1, "of each word instead" },
	{ "line", PARAM_NUMBER, false, COUNT_MAX,
	  "only from this line on, 1 the first" },
	{ "byte", PARAM_NUMBER, false, COUNT_MAX,
	  "with words: only from this byte on, 0 the first" },
	PARAMS_END,
};

const struct method compare_rows[] = {
	{ "page.diff", RIGHT_READ, PLACE_READER, diff_params,
	  "Tells what differs between two versions of a page.",
	  "{from, to, hunks: [{from: [first, count], to: [first, count], "
	  "lines: "
	  "[{kind, text, words: [{kind, text}], newline}]}], complete}: kind "
	  "is "
	  "a blank (both), - (only from) or + (only to); three equal lines "
	  "stand around a change; words are there for lines that replace "
	  "others; newline is false when a line ends without one; complete is "
	  "false when not all fitted",
	  "not-found rule busy corrupt", handle_page_diff },
	{ "page.blame", RIGHT_READ, PLACE_READER, blame_params,
	  "Tells which version each line, or each word, of a page comes from, "
	  "and who made it.",
	  "{version, rows: [{first, count, version, handle, author, time, "
	  "note, lines: [text]}], complete, next}: lines of one version are a "
	  "row. With words {byte, text} stand in it instead of {count, lines}: "
	  "where it begins, and all of it with its line ends; first is the "
	  "line that holds its beginning. complete is false when old versions "
	  "were left out, what a row says may then be older; next is there "
	  "when there is more, to be given as line, or as byte with words",
	  "not-found rule busy corrupt", handle_page_blame },
	ROWS_END,
};
