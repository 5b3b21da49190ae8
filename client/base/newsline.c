/* newsline.c - see newsline.h. */
#include "base/newsline.h"

#include <string.h>

#include "base/days.h"
#include "base/sentence.h"
#include "plein/i18n.h"
#include "plein/utf8.h"

static const char *
text_of(const json_t *row, const char *key)
{
	const char *s = json_string_value(json_object_get(row, key));

	return s ? s : "";
}

bool
newsline_is_said(const json_t *row)
{
	return json_is_string(json_object_get(row, "thread"));
}

bool
newsline_is_asked(const json_t *row)
{
	static const char *const words[] = { "round", "review", "action" };
	const char *what = text_of(row, "what");

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcmp(words[i], what) == 0)
			return true;
	return false;
}

/* Names of remarks begin with the moment; one that was changed to name this
 * person is noted by itself. */
bool
newsline_is_old(const json_t *row, const json_t *read)
{
	bool said = newsline_is_said(row);
	const json_t *seen = json_object_get(
		read, text_of(row, said ? "thread" : "address"));

	if (json_is_true(json_object_get(row, "late")))
		return json_object_get(read, text_of(row, "remark")) != NULL;
	if (said)
		return json_is_string(seen) &&
		       strcmp(json_string_value(seen),
			      text_of(row, "remark")) >= 0;
	return seen &&
	       json_integer_value(seen) >=
		       json_integer_value(json_object_get(row, "version"));
}

/* "Deleted: ", or "" for a change like any other. */
static const char *
word_of(const char *action)
{
	static const struct {
		const char *action, *word;
	} table[] = {
		{ "new", N_("New page: ") },
		{ "moved", N_("Moved: ") },
		{ "gone", N_("Deleted: ") },
	};

	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		if (strcmp(table[i].action, action) == 0)
			return gettext(table[i].word);
	return "";
}

void
newsline_page(struct buf *out, const json_t *page, const char *action,
	      const char *note)
{
	const char *title = text_of(page, "title");

	buf_printf(out, "%s%s", word_of(action),
		   *title ? title : text_of(page, "address"));
	if (*note)
		buf_printf(out, ": %s", note);
}

static void
tell_remarks(struct buf *out, const json_t *row, const char *title)
{
	json_int_t n = json_integer_value(json_object_get(row, "remarks"));

	buf_printf(out,
		   ngettext("Discussion: %s (%lld new remark)",
			    "Discussion: %s (%lld new remarks)",
			    (unsigned long)n),
		   title, (long long)n);
}

static void
tell_asked(struct buf *out, const json_t *row, const char *what)
{
	const char *title = text_of(row, "title"), *text = text_of(row, "text");

	if (strcmp(what, "round") == 0)
		buf_printf(out, _("To answer: %s (step %lld: %s)"), title,
			   json_integer_value(json_object_get(row, "step")),
			   text);
	else if (strcmp(what, "review") == 0)
		buf_printf(out, _("To review: %s"), title);
	else
		buf_printf(out, _("Too late: %s"), text);
}

void
newsline_due(struct buf *out, const json_t *row)
{
	const char *what = text_of(row, "what");
	struct buf day = BUF_INIT;

	if (strcmp(what, "round") == 0)
		sentence_day(&day,
			     json_integer_value(json_object_get(row, "until")));
	else
		days_say(&day, text_of(row, "due"));
	buf_printf(out,
		   strcmp(what, "round") == 0	 ? _("until %s")
		   : strcmp(what, "review") == 0 ? _("before %s")
						 : _("was due %s"),
		   day.ptr);
	buf_release(&day);
}

void
newsline_day(struct buf *out, const json_t *row)
{
	const json_t *until = json_object_get(row, "until");

	if (until)
		sentence_date(out, json_integer_value(until));
	else
		days_short(out, text_of(row, "due"));
}

void
newsline_tell(struct buf *out, const json_t *row)
{
	const char *what = text_of(row, "what"), *title = text_of(row, "title");

	if (strcmp(what, "mention") == 0)
		buf_printf(out, _("Mentioned: %s"), title);
	else if (strcmp(what, "reply") == 0)
		buf_printf(out, _("Answer to you: %s"), title);
	else if (strcmp(what, "thread") == 0)
		buf_printf(out, _("New discussion: %s"), title);
	else if (strcmp(what, "remark") == 0)
		tell_remarks(out, row, title);
	else if (newsline_is_asked(row))
		tell_asked(out, row, what);
	else
		newsline_page(out, row, text_of(row, "state"),
			      text_of(row, "note"));
}

void
newsline_words(struct buf *out, const json_t *row, size_t most)
{
	const char *s = text_of(row, "text");
	size_t start = out->len, n = 0;
	bool blank = false;

	for (; *s && n < most; s++) {
		if (strchr(" \t\r\n", *s)) {
			blank = out->len > start;
			continue;
		}
		if (blank)
			buf_char(out, ' ');
		n += blank + (((unsigned char)*s & 0xc0) != 0x80);
		blank = false;
		buf_char(out, *s);
	}
	while (*s && ((unsigned char)*s & 0xc0) == 0x80)
		buf_char(out, *s++);
	if (s[strspn(s, " \t\r\n")])
		buf_str(out, "…");
}

const char *
newsline_group(const json_t *row)
{
	static const struct {
		const char *concern, *words;
	} table[] = {
		{ "me", N_("Mentioned and asked") },
		{ "followed", N_("What you follow") },
	};

	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		if (strcmp(table[i].concern, text_of(row, "concern")) == 0)
			return gettext(table[i].words);
	return _("Other");
}
