/*
 * oneshot_diff.c - the command diff: what differs between two versions. By
 * line the answer is a unified diff, which patch(1) reads.
 */
#include "oneshot_page.h"
#include "oneshot_rows.h"

#include <stdlib.h>

#include "plein/i18n.h"
#include "base/worddiff.h"

static json_int_t
number_at(const json_t *range, size_t i)
{
	return json_integer_value(json_array_get(range, i));
}

/* A side without lines begins before its first: POSIX counts that as one
 * less. */
static void
add_range(struct buf *out, const char *sign, const json_t *range)
{
	json_int_t first = number_at(range, 0), count = number_at(range, 1);

	buf_printf(out, "%s%lld,%lld", sign, (long long)(first - (count == 0)),
		   (long long)count);
}

static void
add_heading(struct buf *out, const json_t *hunk)
{
	add_range(out, "@@ -", json_object_get(hunk, "from"));
	add_range(out, " +", json_object_get(hunk, "to"));
	buf_str(out, " @@\n");
}

static void
add_lines(struct buf *out, const json_t *lines)
{
	const json_t *line;
	size_t i;

	json_array_foreach(lines, i, line)
	{
		const char *kind = row_text(line, "kind");
		const char *text = row_text(line, "text");

		buf_printf(out, "%s%s\n", kind ? kind : " ", text ? text : "");
		if (json_is_false(json_object_get(line, "newline")))
			buf_str(out, "\\ No newline at end of file\n");
	}
}

static void
add_json(struct oneshot *o, const char *address, const json_t *diff,
	 const json_t *hunk)
{
	const json_t *from = json_object_get(hunk, "from");
	const json_t *to = json_object_get(hunk, "to");

	output_json(&o->out,
		    json_pack("{s:s, s:O, s:O, s:I, s:I, s:I, s:I, s:O}",
			      "path", address, "from", row_part(diff, "from"),
			      "to", row_part(diff, "to"), "from_line",
			      number_at(from, 0), "from_lines",
			      number_at(from, 1), "to_line", number_at(to, 0),
			      "to_lines", number_at(to, 1), "lines",
			      row_part(hunk, "lines")));
}

static void
add_hunk(struct oneshot *o, const char *address, const json_t *diff,
	 const json_t *hunk)
{
	const json_t *lines = json_object_get(hunk, "lines");
	struct buf text = BUF_INIT;

	if (o->json) {
		add_json(o, address, diff, hunk);
		return;
	}
	add_heading(&text, hunk);
	if (o->words.set & OPTION_LINES)
		add_lines(&text, lines);
	else
		worddiff_write(&text, lines);
	output_text(&o->out, text.ptr, text.len);
	buf_release(&text);
}

static int
tell_diff(struct oneshot *o, const char *address, const json_t *diff)
{
	const json_t *hunks = json_object_get(diff, "hunks"), *hunk;
	size_t n = json_array_size(hunks), i;

	if (!n) {
		oneshot_remark(o, "%s",
			       _("These versions have the same text."));
		return EXIT_NOTHING;
	}
	if (!o->json && (o->words.set & OPTION_LINES))
		buf_printf(&o->out, "--- %s@%lld\n+++ %s@%lld\n", address,
			   (long long)row_number(diff, "from"), address,
			   (long long)row_number(diff, "to"));
	json_array_foreach(hunks, i, hunk)
	{
		add_hunk(o, address, diff, hunk);
	}
	if (json_is_false(json_object_get(diff, "complete")))
		oneshot_remark(o, "%s",
			       _("There is more; not all differences fit."));
	return EXIT_DONE;
}

static json_t *
diff_params(const struct oneshot *o, const char *address, json_int_t from,
	    json_int_t to)
{
	json_t *params =
		json_pack("{s:s, s:I}", "address", address, "from", from);

	if (to)
		(void)json_object_set_new(params, "to", json_integer(to));
	if (!(o->words.set & OPTION_LINES))
		(void)json_object_set_new(params, "words", json_true());
	return params;
}

int
do_diff(struct oneshot *o)
{
	json_int_t last = oneshot_take_version(o);
	json_int_t before = oneshot_take_version(o);
	struct page_name page;
	json_t *diff = NULL;
	int exit_code;

	if (!last)
		return oneshot_misuse(o, _("Which page, and which versions?"));
	exit_code = oneshot_page_of_now(o, &page);
	if (!exit_code)
		exit_code = oneshot_ask(o, "page.diff",
					diff_params(o, page.address,
						    before ? before : last,
						    before ? last : 0),
					&diff);
	if (!exit_code)
		exit_code = tell_diff(o, page.address, diff);
	json_decref(diff);
	free(page.address);
	return exit_code;
}
