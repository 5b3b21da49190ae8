/* remarks.c - see remarks.h. Each text is laid out by itself and adopted. */
#include "view/remarks.h"

#include <string.h>
#include <time.h>

#include "base/sentence.h"
#include "layout/lines.h"
#include "plein/i18n.h"
#include "view/talk.h"

#define ANSWER_INDENT 2 /* of who said it, further than what is answered */
#define BODY_INDENT 2 /* of the words, further than who said them */
#define ANSWER_BODY 4 /* the same for an answer */
#define MARGIN 2 /* at the right of them */

bool
remarks_is_said(const json_t *row)
{
	return strcmp(args_text(row, "kind"), "said") == 0;
}

bool
remarks_is_new(const json_t *row)
{
	return json_is_true(json_object_get(row, "new"));
}

bool
remarks_is_answer(const json_t *row)
{
	return strchr(args_text(row, "number"), '.') != NULL;
}

static bool
is_withdrawn(const json_t *row)
{
	return json_is_true(json_object_get(row, "withdrawn"));
}

size_t
remarks_find(const json_t *rows, const char *name)
{
	size_t i;
	const json_t *row;

	json_array_foreach(rows, i, row)
	{
		if (strcmp(args_text(row, "remark"), name) == 0 ||
		    strcmp(args_text(row, "number"), name) == 0)
			return i;
	}
	return json_array_size(rows);
}

/* --- who said it --- */

static bool
is_same_day(json_int_t a, json_int_t b)
{
	time_t first = (time_t)a, second = (time_t)b;
	struct tm x, y;

	return localtime_r(&first, &x) && localtime_r(&second, &y) &&
	       x.tm_year == y.tm_year && x.tm_yday == y.tm_yday;
}

/* " (edited 11:52)": the day where it is another one, and who if not they. */
static void
add_edited(const json_t *row, struct buf *out)
{
	json_int_t when = args_number(row, "edited");
	const char *editor = args_text(row, "editor");
	time_t then = (time_t)when;
	struct tm tm;

	if (!when)
		return;
	buf_printf(out, " (%s ", _("edited"));
	if (*editor && strcmp(editor, args_text(row, "handle")) != 0)
		buf_printf(out, _("by %s, "), editor);
	if (is_same_day(when, args_number(row, "time")) &&
	    localtime_r(&then, &tm))
		buf_printf(out, "%02d:%02d", tm.tm_hour, tm.tm_min);
	else
		sentence_moment(out, when);
	buf_char(out, ')');
}

/* "2" of "2.1". */
static void
add_answered(const json_t *row, bool spoken, struct buf *out)
{
	const char *number = args_text(row, "number");
	size_t len = strcspn(number, ".");

	if (!number[len])
		return;
	buf_printf(out, spoken ? _(" on comment %.*s") : _(" on %.*s"),
		   (int)len, number);
}

static void
add_withdrawn(const json_t *row, struct buf *out)
{
	const char *editor = args_text(row, "editor");
	const char *who = *editor ? editor : args_text(row, "handle");
	const char *reason = args_text(row, "reason");
	struct buf day = BUF_INIT;

	sentence_day(&day, args_number(row, "edited"));
	buf_printf(out, _("Withdrawn by %s on %s"), who, day.ptr);
	if (*reason)
		buf_printf(out, _(", reason: %s"), reason);
	buf_char(out, '.');
	buf_release(&day);
}

static void
add_event(const json_t *row, struct buf *out)
{
	bool resolved = strcmp(args_text(row, "kind"), "resolved") == 0;
	struct buf moment = BUF_INIT;

	sentence_moment(&moment, args_number(row, "time"));
	buf_printf(out,
		   resolved ? _("Resolved by %s, %s") : _("Reopened by %s, %s"),
		   args_text(row, "handle"), moment.ptr);
	buf_release(&moment);
}

/* `alone` without what it answers. */
static void
add_said(const json_t *row, bool spoken, bool alone, struct buf *out)
{
	bool new = remarks_is_new(row);

	if (spoken)
		buf_printf(out, _("Comment %s%s, from %s"),
			   args_text(row, "number"), new ? _(", new") : "",
			   args_text(row, "handle"));
	else
		buf_printf(out, "%s%s %s", args_text(row, "number"),
			   new ? _(" new:") : "", args_text(row, "handle"));
	if (!alone)
		add_answered(row, spoken, out);
	buf_str(out, ", ");
	sentence_moment(out, args_number(row, "time"));
	add_edited(row, out);
	if (spoken)
		buf_char(out, '.');
}

static void
add_head(const json_t *row, bool spoken, bool alone, struct buf *out)
{
	if (!remarks_is_said(row)) {
		add_event(row, out);
	} else if (is_withdrawn(row)) {
		if (spoken)
			buf_printf(out, _("Comment %s: "),
				   args_text(row, "number"));
		else
			buf_printf(out, "%s ", args_text(row, "number"));
		add_withdrawn(row, out);
	} else {
		add_said(row, spoken, alone, out);
	}
}

void
remarks_head(const json_t *row, bool spoken, struct buf *out)
{
	add_head(row, spoken, false, out);
}

/* --- lines --- */

static void
write_paragraph(struct lines *l, const char *text, enum style style, int indent)
{
	const struct margins m = { .first = indent, .rest = indent };
	struct prose p;

	prose_init(&p);
	prose_add(&p, text, strlen(text), style, -1);
	lines_wrap(l, &p, 0, p.text.len, &m);
	prose_release(&p);
}

static void
write_about(struct lines *l, const json_t *head)
{
	struct buf line = BUF_INIT;
	const json_t *passage = json_object_get(head, "passage");
	const char *quote = args_text(head, "quote");

	if (!*quote)
		buf_str(&line, _("On the whole page."));
	else
		buf_printf(&line, _("On the text: \"%s\""), quote);
	if (*quote && json_is_false(json_object_get(passage, "found")))
		buf_printf(&line, " %s",
			   _("This text is not on the page any more."));
	if (talk_lost(head)) {
		buf_char(&line, ' ');
		talk_tell_lost(talk_lost(head), &line);
	}
	write_paragraph(l, line.ptr, STYLE_PLAIN, LAYOUT_INDENT);
	buf_release(&line);
}

static void
write_body(struct lines *l, const json_t *row, int indent, int width,
	   const struct layout_wiki *wiki)
{
	const json_t *text = json_object_get(row, "text");
	struct layout body;

	if (is_withdrawn(row) || !json_string_length(text))
		return;
	layout_make(&body, json_string_value(text), json_string_length(text),
		    width - indent - MARGIN, wiki);
	lines_adopt(l, &body, indent);
}

static void
write_row(struct lines *l, const json_t *row, const struct remarks_text *text,
	  int width, const struct layout_wiki *wiki)
{
	bool answer = remarks_is_answer(row);
	int indent = answer && !text->only ? ANSWER_INDENT : 0;
	struct buf head = BUF_INIT;

	add_head(row, text->spoken, text->only, &head);
	write_paragraph(l, head.ptr,
			remarks_is_new(row) ? STYLE_STRONG : STYLE_PLAIN,
			LAYOUT_INDENT + indent);
	buf_release(&head);
	write_body(l, row, indent + (answer ? ANSWER_BODY : BODY_INDENT), width,
		   wiki);
}

void
remarks_layout(struct layout *l, struct buf *starts,
	       const struct remarks_text *text, int width,
	       const struct layout_wiki *wiki)
{
	struct lines lines;

	lines_init(&lines, LAYOUT_INDENT + width);
	buf_reset(starts);
	if (!text->only)
		write_about(&lines, text->head);
	for (size_t i = 0; i < text->n; i++) {
		size_t start;

		lines_blank(&lines);
		start = lines_count(&lines);
		buf_add(starts, &start, sizeof(start));
		write_row(&lines, json_array_get(text->rows, i), text, width,
			  wiki);
	}
	l->text_from = 0;
	l->text_to = lines_count(&lines);
	lines_take(&lines, l);
}
