/*
 * oneshot_export.c - the command export: the pages as of one moment. The list
 * says which version each page is in; exactly that version is fetched, one
 * page at a time, and written before the next: whatever is saved meanwhile,
 * and however large the wiki is.
 */
#include "oneshot_rows.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "plein/i18n.h"
#include "plein/filter.h"
#include "plein/frontmatter.h"
#include "plein/path.h"
#include "plein/tar.h"

#define FILE_MODE 0644U

/* A page of the list, and as it was fetched. */
struct leaf {
	const char *address;
	json_int_t version;
	json_t *page;
	const char *text;
	size_t len;
};

struct shape {
	const char *name; /* of --format */
	int (*add)(struct oneshot *o, const struct leaf *l);
	void (*end)(struct oneshot *o);
	bool binary; /* nothing for a terminal */
};

/* --- an archive ----------------------------------------------------------- */

static int
add_file(struct oneshot *o, const struct leaf *l)
{
	struct tar_entry e = { .size = (int64_t)l->len,
			       .time = json_integer_value(
				       json_object_get(l->page, "time")),
			       .mode = FILE_MODE };
	struct buf path = BUF_INIT;
	struct err err = ERR_INIT;
	int rc = path_from_address(l->address, &path, &err);

	if (rc == 0) {
		(void)snprintf(e.name, sizeof(e.name), "%s", path.ptr);
		rc = tar_header(&o->out, &e, &err);
	}
	buf_release(&path);
	if (rc)
		return oneshot_fail(o, rc, err.msg, NULL);
	buf_add(&o->out, l->text, l->len);
	tar_pad(&o->out, e.size);
	return EXIT_DONE;
}

static void
end_archive(struct oneshot *o)
{
	tar_end(&o->out);
}

/* --- one text ------------------------------------------------------------- */

static void
add_heading(struct buf *out, const struct leaf *l)
{
	const char *title =
		json_string_value(json_object_get(l->page, "title"));

	buf_printf(out, "<!-- %s@%lld -->\n\n# ", l->address,
		   (long long)l->version);
	filter_line(out, title ? title : "", title ? strlen(title) : 0);
	buf_str(out, "\n\n");
}

/* Behind the fields; those that cannot be read are part of the text. */
static size_t
find_body(const struct leaf *l)
{
	struct frontmatter *fm;
	size_t body;

	(void)frontmatter_parse(&fm, l->text, l->len, NULL);
	body = frontmatter_body(fm);
	frontmatter_free(fm);
	while (body < l->len && l->text[body] == '\n')
		body++;
	return body;
}

static int
add_text(struct oneshot *o, const struct leaf *l)
{
	size_t body = find_body(l);

	add_heading(&o->out, l);
	if (isatty(STDOUT_FILENO))
		filter_text(&o->out, l->text + body, l->len - body);
	else
		buf_add(&o->out, l->text + body, l->len - body);
	if (o->out.ptr[o->out.len - 1] != '\n')
		buf_char(&o->out, '\n');
	buf_char(&o->out, '\n');
	return EXIT_DONE;
}

static void
end_text(struct oneshot *o)
{
	(void)o;
}

/* --- one object a line ---------------------------------------------------- */

static int
add_object(struct oneshot *o, const struct leaf *l)
{
	json_t *p = l->page;

	output_json(&o->out,
		    json_pack("{s:s, s:O?, s:O?, s:O?, s:I, s:O?, s:o, s:s%}",
			      "path", l->address, "title",
			      json_object_get(p, "title"), "kind",
			      json_object_get(p, "kind"), "status",
			      json_object_get(p, "status"), "version",
			      l->version, "author",
			      json_object_get(p, "handle"), "time",
			      output_json_time(json_integer_value(
				      json_object_get(p, "time"))),
			      "text", l->text, l->len));
	return EXIT_DONE;
}

static const struct shape shapes[] = {
	{ "tar", add_file, end_archive, true },
	{ "md", add_text, end_text, false },
};

static const struct shape objects = { "json", add_object, end_text, false };

/* --- fetching ------------------------------------------------------------- */

static int
fetch(struct oneshot *o, const json_t *row, struct leaf *l)
{
	const json_t *text;
	int exit_code;

	l->address = json_string_value(json_object_get(row, "address"));
	l->version = json_integer_value(json_object_get(row, "version"));
	exit_code = oneshot_ask(o, "page.read",
				json_pack("{s:s, s:I}", "address", l->address,
					  "version", l->version),
				&l->page);
	if (exit_code)
		return exit_code;
	text = json_object_get(l->page, "text");
	l->text = json_string_value(text);
	l->len = json_string_length(text);
	if (l->text)
		return EXIT_DONE;
	return oneshot_fail(o, PLEIN_EPROTO, NULL, NULL);
}

static int
export_rows(struct oneshot *o, const json_t *rows, const struct shape *shape)
{
	const json_t *row;
	struct leaf leaf;
	int exit_code = EXIT_DONE;
	size_t i;

	json_array_foreach(rows, i, row)
	{
		leaf = (struct leaf){ .page = NULL };
		exit_code = fetch(o, row, &leaf);
		if (!exit_code)
			exit_code = shape->add(o, &leaf);
		json_decref(leaf.page);
		if (!exit_code)
			exit_code = oneshot_flush(o);
		if (exit_code)
			return exit_code;
	}
	if (i == 0)
		return EXIT_NOTHING;
	shape->end(o);
	return oneshot_flush(o);
}

static const struct shape *
find_shape(const struct oneshot *o)
{
	const char *name = words_value(&o->words, OPTION_FORMAT);
	size_t i;

	if (o->json)
		return &objects;
	for (i = 0; i < sizeof(shapes) / sizeof(shapes[0]); i++)
		if (!name || strcmp(shapes[i].name, name) == 0)
			return &shapes[i];
	return NULL;
}

int
do_export(struct oneshot *o)
{
	const struct shape *shape = find_shape(o);
	json_t *params, *rows;
	int exit_code;

	if (o->words.args.len > 1)
		return oneshot_misuse(o, _("One folder at most."));
	if (!shape)
		return oneshot_misuse(o, _("The format is tar or md."));
	if (shape->binary && isatty(STDOUT_FILENO))
		return oneshot_misuse(o, _("An archive is nothing to look at. "
					   "Send it to a file: "
					   "ssh <host> export > wiki.tar"));
	params = json_object();
	if (o->words.args.len)
		oneshot_set_folder(params, o->words.args.items[0]);
	exit_code = oneshot_ask_rows(o, "page.list", params, &rows);
	if (exit_code)
		return exit_code;
	exit_code = export_rows(o, rows, shape);
	json_decref(rows);
	return exit_code;
}
