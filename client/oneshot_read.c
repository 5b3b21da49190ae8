/*
 * oneshot_read.c - the command read: a page laid out, its Markdown, or its
 * links. The Markdown is byte for byte what is stored, unless it would go to
 * a terminal.
 */
#include "oneshot_page.h"
#include "oneshot_rows.h"

#include <stdlib.h>

#include "layout/layout.h"
#include "plein/frontmatter.h"
#include "plein/reference.h"
#include "base/titles.h"
#include "plein/i18n.h"

#define WIDTH_MIN 10

struct source {
	json_t *page;
	json_t *titles;
	const char *address;
	const char *text;
	size_t len, body;
};

static const char *
text(const json_t *from, const char *key)
{
	const char *s = json_string_value(json_object_get(from, key));

	return s ? s : "";
}

static const char *
find_title(void *ctx, const char *address)
{
	const char *found;

	return titles_find(ctx, address, &found);
}

/* --- showing --- */

static void
make_layout(struct oneshot *o, const struct source *s, struct layout *l)
{
	struct layout_wiki wiki = { s->address, find_title, s->titles };
	long width = words_number(&o->words, OPTION_WIDTH, LAYOUT_UNWRAPPED);

	if (width < WIDTH_MIN)
		width = WIDTH_MIN;
	if (width > LAYOUT_UNWRAPPED)
		width = LAYOUT_UNWRAPPED;
	layout_make(l, s->text + s->body, s->len - s->body, (int)width,
		    s->titles ? &wiki : NULL);
}

static void
show_text(struct oneshot *o, const struct source *s)
{
	struct layout l = { 0 };

	output_field(&o->out, text(s->page, "title"));
	buf_str(&o->out, "\n\n");
	make_layout(o, s, &l);
	layout_plain(&l, &o->out);
	layout_release(&l);
}

static void
show_link(struct oneshot *o, const struct source *s,
	  const struct layout_link *link)
{
	struct buf target = BUF_INIT;

	if (link->outside ||
	    !reference_resolve(&target, s->address, link->target)) {
		buf_reset(&target);
		buf_str(&target, link->target);
	}
	if (o->json) {
		output_json(&o->out, json_pack("{s:s, s:s, s:b, s:b}", "path",
					       target.ptr, "title", link->label,
					       "outside", (int)link->outside,
					       "missing", (int)link->missing));
	} else {
		output_field(&o->out, target.ptr);
		output_field(&o->out, link->label);
		output_end(&o->out);
	}
	buf_release(&target);
}

static int
show_links(struct oneshot *o, const struct source *s)
{
	struct layout l = { 0 };
	size_t n;

	make_layout(o, s, &l);
	n = l.n_links;
	for (size_t i = 0; i < n; i++)
		show_link(o, s, &l.links[i]);
	layout_release(&l);
	return n ? EXIT_DONE : EXIT_NOTHING;
}

static void
show_json(struct oneshot *o, const struct source *s)
{
	bool whole = (o->words.set & OPTION_SOURCE) != 0;
	size_t from = whole ? 0 : s->body;
	json_t *p = s->page;

	output_json(&o->out,
		    json_pack("{s:s, s:O?, s:O?, s:O?, s:O?, s:O?, s:O?, s:o, "
			      "s:O?, s:O?, s:s%}",
			      "path", s->address, "title",
			      json_object_get(p, "title"), "kind",
			      json_object_get(p, "kind"), "status",
			      json_object_get(p, "status"), "state",
			      json_object_get(p, "state"), "version",
			      json_object_get(p, "version"), "author",
			      json_object_get(p, "handle"), "time",
			      output_json_time(json_integer_value(
				      json_object_get(p, "time"))),
			      "note", json_object_get(p, "note"), "commit",
			      json_object_get(p, "commit"), "text",
			      s->text + from, s->len - from));
}

static int
show_page(struct oneshot *o, const struct source *s)
{
	if (o->words.set & OPTION_LINKS)
		return show_links(o, s);
	if (o->json)
		show_json(o, s);
	else if (o->words.set & OPTION_SOURCE)
		output_text(&o->out, s->text, s->len);
	else
		show_text(o, s);
	return EXIT_DONE;
}

/* --- fetching --- */

/* Where the body begins; fields that cannot be read are part of it. */
static size_t
find_body(const char *s, size_t len)
{
	struct frontmatter *fm;
	size_t body;

	(void)frontmatter_parse(&fm, s, len, NULL);
	body = frontmatter_body(fm);
	frontmatter_free(fm);
	return body;
}

static int
open_source(struct oneshot *o, const struct page_name *name, struct source *s)
{
	bool laid_out = !(o->words.set & OPTION_SOURCE);
	json_t *rows = NULL;
	int exit_code = oneshot_page_read(o, name, &s->page);

	if (exit_code)
		return exit_code;
	if (json_is_true(json_object_get(s->page, "gone")))
		return oneshot_fail(o, PLEIN_ENOTFOUND, NULL, NULL);
	s->address = name->address;
	s->text = text(s->page, "text");
	s->len = json_string_length(json_object_get(s->page, "text"));
	s->body = find_body(s->text, s->len);
	if (laid_out)
		exit_code = oneshot_ask_rows(o, "page.titles", NULL, &rows);
	if (rows)
		s->titles = titles_from_rows(rows);
	json_decref(rows);
	return exit_code;
}

int
do_read(struct oneshot *o)
{
	struct source s = { 0 };
	struct page_name name;
	int exit_code = oneshot_page(o, &name);

	if (!exit_code)
		exit_code = open_source(o, &name, &s);
	if (!exit_code)
		exit_code = show_page(o, &s);
	json_decref(s.page);
	json_decref(s.titles);
	free(name.address);
	return exit_code;
}
