/*
 * handle_compare.c - page.diff and page.blame: what differs between two
 * versions of a page, and which version each of its lines comes from.
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
		const char *s = textrow_ptr(&b->lines, i);
		size_t len = textrow_len(&b->lines, i, 1);

		len -= s[len - 1] == '\n';
		(void)json_array_append_new(lines, call_json(s, len));
	}
	return lines;
}

/* Lines from `first` on that come from the same version. */
static size_t
count_alike(const struct blame *b, size_t first)
{
	size_t i = first;

	while (i < b->lines.n && b->origins[i] == b->origins[first])
		i++;
	return i - first;
}

static json_t *
describe_stretch(const struct blame *b, const struct vec *log, size_t first,
		 size_t count)
{
	const struct index_version *v = version_of(log, b->origins[first]);
	json_t *row = json_object();

	describe_number(row, "first", (int64_t)first + 1);
	describe_number(row, "count", (int64_t)count);
	describe_number(row, "version", v->n);
	describe_line(row, "handle", v->handle);
	describe_line(row, "author", v->author);
	describe_number(row, "time", v->when);
	describe_line(row, "note", v->note);
	(void)json_object_set_new(row, "lines",
				  describe_lines(b, first, count));
	return row;
}

static void
answer_blame(struct call *c, const struct blame *b, const struct vec *log)
{
	const struct index_version *v = log->items[0];
	size_t at = (size_t)call_number(c, "line", 1), bytes = 0, count;
	json_t *rows = json_array(), *row;

	for (at -= at > 0; at < b->lines.n; at += count) {
		count = count_alike(b, at);
		row = describe_stretch(b, log, at, count);
		if (!compare_fits(row, &bytes) && json_array_size(rows) > 0) {
			json_decref(row);
			break;
		}
		(void)json_array_append_new(rows, row);
	}
	describe_rows(c, rows);
	describe_number(c->result, "version", v->n);
	(void)json_object_set_new(c->result, "complete",
				  json_boolean(b->complete));
	if (at < b->lines.n)
		describe_number(c->result, "next", (int64_t)at + 1);
}

static int
run_blame(struct desk *d, struct call *c, const struct vec *log)
{
	struct blame_version *versions = list_versions(log);
	struct blame b;
	int rc = blame_make(&b, d->repo, versions, log->len, &c->err);

	if (!rc)
		answer_blame(c, &b, log);
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
	{ "line", PARAM_NUMBER, false, COUNT_MAX,
	  "only from this line on, 1 the first" },
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
	  "Tells which version each line of a page comes from, and who made "
	  "it.",
	  "{version, rows: [{first, count, version, handle, author, time, "
	  "note, "
	  "lines: [text]}], complete, next}: complete is false when old "
	  "versions were left out, a line may then be older; next is there "
	  "when "
	  "there is more, to be given as line",
	  "not-found rule busy corrupt", handle_page_blame },
	ROWS_END,
};
