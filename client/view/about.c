/*
 * about.c - fields come from a table, in the order in which they are said;
 * each kind of page has some of them. Lists are bounded: a page may hold any
 * number of anything.
 */
#include "view/about.h"

#include <string.h>

#include "base/sentence.h"
#include "base/titles.h"
#include "base/when.h"
#include "plein/i18n.h"

#define ITEMS_MAX 12 /* of one field */
#define LINKS_MAX 10 /* pages that are named as linking here */

enum form { FORM_WORDS, FORM_DAY, FORM_PAGES };

static const struct field {
	const char *key;
	const char *name; /* msgid */
	enum form form;
} fields[] = {
	{ "datum", N_("Date"), FORM_DAY },
	{ "begin", N_("Begins"), FORM_WORDS },
	{ "eind", N_("Ends"), FORM_WORDS },
	{ "plaats", N_("Place"), FORM_WORDS },
	{ "gremium", N_("Body"), FORM_PAGES },
	{ "uitkomst", N_("Outcome"), FORM_WORDS },
	{ "voorbereid_door", N_("Prepared by"), FORM_PAGES },
	{ "periode", N_("Period"), FORM_WORDS },
	{ "uitgever", N_("Published by"), FORM_WORDS },
	{ "afkorting", N_("Abbreviation"), FORM_WORDS },
	{ "eigenaar", N_("Owner"), FORM_PAGES },
	{ "herzien_voor", N_("Review before"), FORM_DAY },
	{ "vervangt", N_("Replaces"), FORM_PAGES },
	{ "waarden", N_("Values"), FORM_PAGES },
	{ "trefwoorden", N_("Keywords"), FORM_WORDS },
};

static const char *
text_of(const json_t *row, const char *key)
{
	const char *s = json_string_value(json_object_get(row, key));

	return s ? s : "";
}

/* --- above --- */

static void
add_day(struct notes *out, const char *value)
{
	struct buf day = BUF_INIT;
	int64_t when;

	if (when_parse(value, &when))
		sentence_day(&day, when);
	else
		buf_str(&day, value);
	notes_add(out, NOTE_WORDS, day.ptr);
	buf_release(&day);
}

/* A value that is the address of a page is a link to it. */
static void
add_page(struct notes *out, const struct about *a, const char *value)
{
	const char *title = strchr(value, '/')
				    ? titles_find(a->titles, value, &value)
				    : NULL;

	if (title)
		notes_link(out, title, value);
	else
		notes_add(out, NOTE_WORDS, value);
}

static void
add_value(struct notes *out, const struct about *a, enum form form,
	  const char *value)
{
	if (form == FORM_DAY)
		add_day(out, value);
	else if (form == FORM_PAGES)
		add_page(out, a, value);
	else
		notes_add(out, NOTE_WORDS, value);
}

/* "Keywords: a, b."; nothing when the field is absent or empty. */
static bool
add_field(struct notes *out, const struct about *a, const struct field *f,
	  bool first)
{
	const char *value = frontmatter_item(a->fields, f->key, 0);
	size_t i = 0;

	if (!value || !*value)
		return false;
	notes_add(out, first ? NOTE_LINE : NOTE_WORDS, first ? "" : " ");
	notes_add(out, NOTE_WORDS, gettext(f->name));
	notes_add(out, NOTE_WORDS, ": ");
	for (; value && i < ITEMS_MAX;
	     value = frontmatter_item(a->fields, f->key, ++i)) {
		if (i)
			notes_add(out, NOTE_WORDS, ", ");
		add_value(out, a, f->form, value);
	}
	notes_add(out, NOTE_WORDS, value ? ", ..." : ".");
	return true;
}

/* One heading is found without a list of them. */
static void
add_contents(struct notes *out, size_t n, const char *talks)
{
	struct buf line = BUF_INIT;

	if (n >= 2)
		buf_printf(&line,
			   ngettext("Contents: %zu heading (i).",
				    "Contents: %zu headings (i).", n),
			   n);
	if (talks && *talks)
		buf_printf(&line, "%s%s", line.len ? " " : "", talks);
	if (line.len)
		notes_add(out, NOTE_LINE, line.ptr);
	buf_release(&line);
}

/* Which wiki this is comes before all else. */
static void
add_moment(struct notes *out, int64_t at)
{
	struct buf then = BUF_INIT, line = BUF_INIT;

	if (!at)
		return;
	sentence_then(&then, at);
	buf_printf(&line, _("You read the wiki as it was on %s."), then.ptr);
	notes_add(out, NOTE_LINE, line.ptr);
	buf_release(&then);
	buf_release(&line);
}

void
about_above(struct notes *out, const struct about *a)
{
	bool first = true;

	add_moment(out, a->at);
	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
		if (add_field(out, a, &fields[i], first))
			first = false;
	add_contents(out, a->n_headings, a->talks);
	if (a->hint)
		notes_add(out, NOTE_LINE, a->hint);
}

/* --- below --- */

/* "- [Title], word"; the heading comes before the first. */
static void
add_item(struct notes *out, const char **heading, const json_t *row,
	 const char *word)
{
	const char *title = text_of(row, "title");
	const char *address = text_of(row, "address");

	if (!*address)
		return;
	if (*heading)
		notes_add(out, NOTE_HEADING, *heading);
	*heading = NULL;
	notes_add(out, NOTE_ITEM, "");
	notes_link(out, *title ? title : address, address);
	if (!*word)
		return;
	notes_add(out, NOTE_WORDS, ", ");
	notes_add(out, NOTE_WORDS, word);
}

static void
add_parents(struct notes *out, const struct about *a)
{
	const json_t *list = json_object_get(a->page, "parents");
	const char *heading = _("Belongs to");

	for (size_t i = 0; i < json_array_size(list); i++)
		add_item(out, &heading, json_array_get(list, i), "");
}

static bool
is_field(const json_t *row, const char *name)
{
	return strcmp(text_of(row, "field"), name) == 0;
}

static bool
is_question(const json_t *row)
{
	return strcmp(text_of(row, "kind"), "vraagstuk") == 0;
}

/* What belongs to this page: the questions, or all else. */
static void
add_children(struct notes *out, const struct about *a, bool questions)
{
	const char *heading = questions ? _("Questions here") : _("Below this");

	for (size_t i = 0; i < json_array_size(a->links); i++) {
		const json_t *row = json_array_get(a->links, i);

		if (!is_field(row, "hoort_bij") ||
		    is_question(row) != questions)
			continue;
		add_item(out, &heading, row,
			 questions ? sentence_status(text_of(row, "status"))
				   : sentence_kind(text_of(row, "kind")));
	}
}

/* Named as related, here or there. */
static void
add_related(struct notes *out, const struct about *a)
{
	const char *heading = _("See also");
	const char *value = frontmatter_item(a->fields, "gerelateerd", 0);
	json_t *done = json_object();

	for (size_t i = 0; value && i < ITEMS_MAX;
	     value = frontmatter_item(a->fields, "gerelateerd", ++i)) {
		const char *title = titles_find(a->titles, value, &value);
		json_t *row = json_pack("{s:s, s:s}", "address", value, "title",
					title ? title : "");

		if (row)
			add_item(out, &heading, row, "");
		(void)json_object_set_new(done, value, json_true());
		json_decref(row);
	}
	for (size_t i = 0; i < json_array_size(a->links); i++) {
		const json_t *row = json_array_get(a->links, i);

		if (is_field(row, "gerelateerd") &&
		    !json_object_get(done, text_of(row, "address")))
			add_item(out, &heading, row, "");
	}
	json_decref(done);
}

/* Pages with a link in their text, each once: address → row. */
static json_t *
collect_linking(const struct about *a)
{
	json_t *pages = json_object();

	for (size_t i = 0; i < json_array_size(a->links); i++) {
		json_t *row = json_array_get(a->links, i);

		if (!*text_of(row, "field"))
			(void)json_object_set(pages, text_of(row, "address"),
					      row);
	}
	return pages;
}

static void
add_rest(struct notes *out, const struct about *a, size_t n)
{
	struct buf line = BUF_INIT;

	if (n <= LINKS_MAX && !a->more_links)
		return;
	if (a->more_links)
		buf_str(&line, _("And more: x shows all of them."));
	else
		buf_printf(&line, _("And %zu more: x shows all of them."),
			   n - LINKS_MAX);
	notes_add(out, NOTE_ITEM, line.ptr);
	buf_release(&line);
}

static void
add_linking(struct notes *out, const struct about *a)
{
	json_t *pages = collect_linking(a), *row;
	size_t n = json_object_size(pages), i = 0;
	struct buf line = BUF_INIT;
	const char *heading, *address;

	if (a->more_links)
		buf_printf(&line, _("Links here: more than %zu"), n);
	else
		buf_printf(&line, _("Links here: %zu"), n);
	heading = line.ptr;
	json_object_foreach(pages, address, row)
	{
		if (i++ < LINKS_MAX)
			add_item(out, &heading, row,
				 sentence_kind(text_of(row, "kind")));
	}
	if (n)
		add_rest(out, a, n);
	buf_release(&line);
	json_decref(pages);
}

void
about_below(struct notes *out, const struct about *a)
{
	add_parents(out, a);
	add_children(out, a, true);
	add_children(out, a, false);
	add_related(out, a);
	add_linking(out, a);
}

/* What is between brackets at the end of a title explains it: no room here. */
static void
add_step(struct buf *out, const char *title)
{
	const char *explained = strstr(title, " (");
	size_t len = strlen(title);

	if (explained && title[len - 1] == ')')
		len = (size_t)(explained - title);
	buf_add(out, title, len);
}

void
about_place(const json_t *page, const char *address, struct buf *out)
{
	const json_t *steps = json_object_get(page, "place");
	json_t *step;
	size_t i;

	json_array_foreach(steps, i, step)
	{
		const json_t *title = json_object_get(step, "title");

		if (i)
			buf_str(out, " > ");
		if (json_is_string(title))
			add_step(out, json_string_value(title));
	}
	if (!out->len)
		buf_str(out, address);
}
