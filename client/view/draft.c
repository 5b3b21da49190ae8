/* draft.c - see draft.h. */
#include "view/draft.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "plein/fieldspan.h"
#include "plein/frontmatter.h"
#include "plein/jsontext.h"
#include "plein/mem.h"

void
draft_init(struct draft *d, const char *address)
{
	memset(d, 0, sizeof(*d));
	d->address = mem_strdup(address);
	d->title = mem_strdup(address);
	d->note = mem_strdup("");
	buf_init(&d->fields);
	buf_init(&d->kept);
	buf_init(&d->kept_fields);
	d->saved.ptr = d->kept.ptr;
	d->saved_fields.ptr = d->kept_fields.ptr;
	buf_init(&d->sent);
}

void
draft_release(struct draft *d)
{
	free(d->address);
	free(d->title);
	free(d->note);
	buf_release(&d->fields);
	json_decref(d->origin);
	buf_release(&d->kept);
	buf_release(&d->kept_fields);
	buf_release(&d->sent);
}

static void
replace_text(char **where, const char *s)
{
	char *copy = mem_strdup(s);

	free(*where);
	*where = copy;
}

/* The member that is a text; false when there is none. */
static bool
find_text(const json_t *from, struct draft_text *out)
{
	const json_t *member = json_object_get(from, "text");

	out->ptr = json_string_value(member);
	out->len = json_string_length(member);
	return out->ptr != NULL;
}

/* Bytes of its fields; those that cannot be read are part of the body. */
static size_t
fields_len(const struct draft_text *text)
{
	struct frontmatter *fm;
	size_t start;

	(void)frontmatter_parse(&fm, text->ptr, text->len, NULL);
	start = frontmatter_body(fm);
	frontmatter_free(fm);
	return start;
}

/* The saved body is that of this page; its fields, too, if they are asked. */
static void
take_origin(struct draft *d, json_t *page, struct buf *fields)
{
	struct draft_text text;
	size_t start;

	if (!find_text(page, &text))
		return;
	start = fields_len(&text);
	if (fields) {
		buf_reset(fields);
		buf_add(fields, text.ptr, start);
	}
	json_decref(d->origin);
	d->origin = json_incref(page);
	buf_release(&d->kept);
	buf_release(&d->kept_fields);
	d->saved = (struct draft_text){ text.ptr + start, text.len - start };
	d->saved_fields = (struct draft_text){ text.ptr, start };
}

void
draft_load(struct draft *d, json_t *page)
{
	const char *address =
		json_string_value(json_object_get(page, "address"));
	const char *title = json_string_value(json_object_get(page, "title"));
	const char *commit = json_string_value(json_object_get(page, "commit"));

	if (address)
		replace_text(&d->address, address);
	if (title)
		replace_text(&d->title, title);
	d->base = json_integer_value(json_object_get(page, "version"));
	d->loaded = d->base;
	(void)snprintf(d->commit, sizeof(d->commit), "%s",
		       commit ? commit : "");
	take_origin(d, page, &d->fields);
}

/* The member `key`, a text, in its two parts; false when it is none. */
static bool
copy_text(const json_t *from, const char *key, struct buf *fields,
	  struct buf *body)
{
	const json_t *member = json_object_get(from, key);
	const struct draft_text text = { json_string_value(member),
					 json_string_length(member) };
	size_t start;

	if (!text.ptr)
		return false;
	start = fields_len(&text);
	buf_reset(fields);
	buf_add(fields, text.ptr, start);
	buf_reset(body);
	buf_add(body, text.ptr + start, text.len - start);
	return true;
}

void
draft_resume(struct draft *d, const json_t *stored, struct buf *body)
{
	const char *note = json_string_value(json_object_get(stored, "note"));
	const char *commit =
		json_string_value(json_object_get(stored, "commit"));

	if (commit)
		(void)snprintf(d->commit, sizeof(d->commit), "%s", commit);
	d->base = json_integer_value(json_object_get(stored, "base"));
	if (commit)
		d->loaded = d->base;
	draft_set_note(d, note ? note : "");
	(void)copy_text(stored, "text", &d->fields, body);
}

/* What is saved is in no answer of the wiki, but a copy. */
static void
keep_saved(struct draft *d)
{
	d->saved = (struct draft_text){ d->kept.ptr, d->kept.len };
	d->saved_fields =
		(struct draft_text){ d->kept_fields.ptr, d->kept_fields.len };
	json_decref(d->origin);
	d->origin = NULL;
}

void
draft_take_base(struct draft *d, json_t *page)
{
	take_origin(d, page, NULL);
}

/* Of the version the draft began as. */
static bool
knows_commit(const struct draft *d)
{
	return d->commit[0] && d->base == d->loaded;
}

json_t *
draft_keep(const struct draft *d, const struct buf *body)
{
	struct buf text = BUF_INIT;
	json_t *params;

	buf_add(&text, d->fields.ptr, d->fields.len);
	buf_add(&text, body->ptr, body->len);
	params =
		json_pack("{s:s, s:I, s:o}", "address", d->address, "base",
			  d->base, "text", jsontext_string(text.ptr, text.len));
	if (knows_commit(d))
		(void)json_object_set_new(params, "base_commit",
					  json_string(d->commit));
	if (*d->note)
		(void)json_object_set_new(params, "note", json_string(d->note));
	buf_release(&text);
	return params;
}

void
draft_make_request(char out[DRAFT_REQUEST + 1])
{
	static const char digits[] = "0123456789abcdef";
	uint8_t random[DRAFT_REQUEST / 2];

	if (getrandom(random, sizeof(random), 0) != sizeof(random))
		die("no random numbers");
	for (size_t i = 0; i < sizeof(random); i++) {
		out[2 * i] = digits[random[i] >> 4];
		out[2 * i + 1] = digits[random[i] & 15];
	}
	out[DRAFT_REQUEST] = '\0';
}

static int
is_same(const struct draft *d, const struct buf *body, const char *note)
{
	return d->request[0] && d->sent_minor == d->minor &&
	       d->sent.len == body->len &&
	       memcmp(d->sent.ptr, body->ptr, body->len) == 0 &&
	       strcmp(d->note, note) == 0;
}

/* The number, the commit where it is known, or both. */
static void
add_base(const struct draft *d, json_t *params)
{
	bool known = knows_commit(d);

	if (d->base > 0 || !known)
		(void)json_object_set_new(params, "base",
					  json_integer(d->base));
	if (known)
		(void)json_object_set_new(params, "base_commit",
					  json_string(d->commit));
}

json_t *
draft_send(struct draft *d, const struct buf *body, const char *note)
{
	struct buf text = BUF_INIT;
	json_t *params;

	if (!is_same(d, body, note))
		draft_make_request(d->request);
	draft_set_note(d, note);
	d->sent_minor = d->minor;
	buf_reset(&d->sent);
	buf_add(&d->sent, body->ptr, body->len);
	buf_add(&text, d->fields.ptr, d->fields.len);
	buf_add(&text, body->ptr, body->len);
	params = json_pack("{s:s, s:o, s:s, s:s}", "address", d->address,
			   "text", jsontext_string(text.ptr, text.len), "note",
			   d->note, "request", d->request);
	if (d->minor)
		(void)json_object_set_new(params, "minor", json_true());
	add_base(d, params);
	buf_release(&text);
	return params;
}

void
draft_set_note(struct draft *d, const char *note)
{
	replace_text(&d->note, note);
}

bool
draft_is_adopted(const struct draft *d)
{
	struct frontmatter *fm;
	const char *status;
	bool adopted;

	(void)frontmatter_parse(&fm, d->fields.ptr, d->fields.len, NULL);
	status = frontmatter_text(fm, "status");
	adopted = status && strcmp(status, "vastgesteld") == 0;
	frontmatter_free(fm);
	return adopted;
}

void
draft_reopen(struct draft *d)
{
	static const char line[] = "status: concept\n";
	struct fieldspans spans;
	size_t i;

	(void)fieldspan_read(&spans, d->fields.ptr, d->fields.len, NULL);
	i = fieldspan_find(&spans, "status");
	if (i < spans.n) {
		size_t from = spans.items[i].from;

		buf_erase(&d->fields, from, spans.items[i].to - from);
		buf_insert(&d->fields, from, line, strlen(line));
		d->request[0] = '\0'; /* another text than was sent */
	}
	fieldspan_release(&spans);
}

void
draft_take_fields(struct draft *d, const json_t *from)
{
	struct buf body = BUF_INIT;

	(void)copy_text(from, "text", &d->fields, &body);
	d->request[0] = '\0'; /* another text than was sent */
	buf_release(&body);
}

void
draft_copy_body(const json_t *from, struct buf *body)
{
	struct buf fields = BUF_INIT;

	(void)copy_text(from, "text", &fields, body);
	buf_release(&fields);
}

void
draft_follow(struct draft *d, const json_t *saved)
{
	const char *commit =
		json_string_value(json_object_get(saved, "commit"));

	d->base = json_integer_value(json_object_get(saved, "version"));
	d->loaded = d->base;
	(void)snprintf(d->commit, sizeof(d->commit), "%s",
		       commit ? commit : "");
	if (copy_text(saved, "saved", &d->kept_fields, &d->kept))
		keep_saved(d);
}

void
draft_take_joined(struct draft *d)
{
	d->request[0] = '\0';
	d->minor = false;
	draft_set_note(d, "");
}

void
draft_take_version(struct draft *d, json_int_t version, const char *commit)
{
	d->base = d->loaded = version;
	(void)snprintf(d->commit, sizeof(d->commit), "%s",
		       commit ? commit : "");
	draft_take_joined(d);
	buf_reset(&d->kept);
	buf_add(&d->kept, d->sent.ptr, d->sent.len);
	buf_reset(&d->kept_fields);
	buf_add(&d->kept_fields, d->fields.ptr, d->fields.len);
	keep_saved(d);
}
