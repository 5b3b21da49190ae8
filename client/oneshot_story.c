/*
 * oneshot_story.c - the command story: how a page came about, a line for each
 * thing that happened, oldest first; with --md as a text to put in a report.
 */
#include "oneshot_page.h"
#include "oneshot_rows.h"

#include <stdlib.h>
#include <string.h>

#include "base/sentence.h"
#include "base/tale.h"
#include "plein/filter.h"
#include "plein/i18n.h"

/* --- lines and objects ---------------------------------------------------------- */

static void
add_json(struct oneshot *o, const json_t *row)
{
	json_t *object = json_pack(
		"{s:O, s:O, s:O, s:O, s:o, s:O}", "what", row_part(row, "what"),
		"path", row_part(row, "address"), "title",
		row_part(row, "title"), "kind", row_part(row, "kind"), "time",
		output_json_time(row_number(row, "time")), "author",
		row_part(row, "handle"));
	static const char *const more[] = {
		"version",   "commit",	     "note",   "turns", "remark",
		"thread",    "thread_title", "number", "quote", "text",
		"withdrawn", "edited",	     "action"
	};
	json_t *part;

	for (size_t i = 0; i < sizeof(more) / sizeof(more[0]); i++) {
		part = json_object_get(row, more[i]);
		if (part)
			(void)json_object_set(object, more[i], part);
	}
	output_json(&o->out, object);
}

static void
add_event(struct oneshot *o, const json_t *row, void *ctx)
{
	bool remark = json_object_get(row, "remark") != NULL;
	struct buf line = BUF_INIT;

	(void)ctx;
	if (o->json) {
		add_json(o, row);
		return;
	}
	output_field(&o->out, row_text(row, "address"));
	if (remark)
		output_field(&o->out, row_text(row, "number"));
	else
		output_number(&o->out, row_number(row, "version"));
	output_field(&o->out, row_text(row, "what"));
	output_time(&o->out, row_number(row, "time"));
	output_field(&o->out, row_text(row, "handle"));
	tale_tell(&line, row);
	output_field(&o->out, line.ptr);
	output_end(&o->out);
	buf_release(&line);
}

/* --- Markdown -------------------------------------------------------------------- */

struct report {
	char day[64]; /* of the heading that was written last */
	bool cut; /* not all pages that belong to it are told of */
};

/* What the text says is Markdown already; a line of ours holds no marks that
 * would make it something else. */
static void
add_plain(struct buf *out, const char *s)
{
	struct buf line = BUF_INIT;

	filter_line(&line, s, strlen(s));
	for (s = line.ptr; *s; s++) {
		if (strchr("\\`*_[]<>#", *s))
			buf_char(out, '\\');
		buf_char(out, *s);
	}
	buf_release(&line);
}

static void
add_day(struct oneshot *o, struct report *r, json_int_t time)
{
	struct buf day = BUF_INIT;

	sentence_year(&day, time);
	if (strcmp(day.ptr, r->day) != 0) {
		buf_printf(&o->out, "\n## %s\n\n", day.ptr);
		(void)snprintf(r->day, sizeof(r->day), "%s", day.ptr);
	}
	buf_release(&day);
}

static void
add_quoted(struct buf *out, const char *text)
{
	struct buf clean = BUF_INIT;
	const char *line, *end;

	filter_text(&clean, text, strlen(text));
	for (line = clean.ptr; *line; line = *end ? end + 1 : end) {
		end = line + strcspn(line, "\n");
		buf_str(out, "  > ");
		buf_add(out, line, (size_t)(end - line));
		buf_char(out, '\n');
	}
	buf_release(&clean);
}

static void
add_item(struct oneshot *o, const json_t *row, void *ctx)
{
	const char *text = row_text(row, "text");
	struct buf line = BUF_INIT, clock = BUF_INIT;

	add_day(o, ctx, row_number(row, "time"));
	buf_printf(&line, "%s: ", tale_page(row));
	tale_event(&line, row);
	output_time(&clock, row_number(row, "time"));
	/* 2026-03-12T09:14 */
	buf_printf(&o->out, "- %.5s ", clock.len > 16 ? clock.ptr + 11 : "");
	add_plain(&o->out, row_text(row, "handle"));
	buf_str(&o->out, ": ");
	add_plain(&o->out, line.ptr);
	buf_char(&o->out, '\n');
	if (text && *text) {
		buf_char(&o->out, '\n');
		add_quoted(&o->out, text);
		buf_char(&o->out, '\n');
	}
	buf_release(&line);
	buf_release(&clock);
}

static void
add_title(struct oneshot *o, const struct page_name *page)
{
	json_t *read = NULL;
	struct rpc_msg m;
	struct err err = ERR_INIT;
	const char *title = page->address;

	if (!oneshot_call(o, "page.read", oneshot_page_params(page), &m,
			  &err)) {
		read = json_incref(m.result);
		rpc_msg_release(&m);
	}
	if (read && row_text(read, "title"))
		title = row_text(read, "title");
	buf_str(&o->out, "# ");
	add_plain(&o->out, title);
	buf_char(&o->out, '\n');
	json_decref(read);
}

/* --- story ------------------------------------------------------------------------ */

/* --format md or the short --md; *md. */
static int
read_format(struct oneshot *o, bool *md)
{
	const char *name = words_value(&o->words, OPTION_FORMAT);

	*md = (o->words.set & OPTION_MD) || (name && strcmp(name, "md") == 0);
	if (name && !*md)
		return oneshot_misuse(o, _("The format is md."));
	return EXIT_DONE;
}

static void
take_cut(struct oneshot *o, const json_t *result, void *ctx)
{
	struct report *r = ctx;

	(void)o;
	r->cut = json_is_true(json_object_get(result, "cut"));
}

int
do_story(struct oneshot *o)
{
	struct report report = { "", false };
	struct row_list list = { .method = "story.read",
				 .cursor = "after",
				 .add = add_event,
				 .begin = take_cut,
				 .ctx = &report };
	struct page_name page = { 0 };
	bool md = false;
	int exit_code = read_format(o, &md);

	if (!exit_code)
		exit_code = oneshot_page(o, &page);
	if (!exit_code && (page.version || page.commit[0]))
		exit_code = oneshot_misuse(o, _("As of a date: PAGE@DATE."));
	if (!exit_code && md && !o->json) {
		list.add = add_item;
		add_title(o, &page);
	}
	if (!exit_code)
		exit_code = oneshot_each(o, &list, oneshot_page_params(&page));
	free(page.address);
	oneshot_tell_unsearched(o, &list);
	if (report.cut)
		oneshot_caution(o, tale_cut());
	return exit_code ? exit_code : oneshot_found(o, list.n);
}
