/*
 * handle_set.c - page.set: fields of a page, without its text. What others
 * saved meanwhile stays: only the fields that are named become something
 * else.
 */
#include <stdlib.h>
#include <string.h>

#include "plein/filter.h"
#include "plein/mem.h"
#include "plein/message.h"
#include "plein/page.h"
#include "wiki/call.h"
#include "wiki/edit.h"
#include "wiki/fields.h"
#include "wiki/handlers.h"
#include "wiki/joining.h"
#include "wiki/rows.h"
#include "wiki/shaping.h"

#define FIELDS_BYTES ((size_t)8192) /* of all of them */
#define KEY_MAX 40
#define KEY_LETTERS "abcdefghijklmnopqrstuvwxyz0123456789_"

/* A field and what it becomes; both end where the line does. */
struct setting {
	char *key, *value;
};

static void
setting_free(void *item)
{
	struct setting *s = item;

	free(s->key);
	free(s->value);
	free(s);
}

static int
check_setting(const struct setting *s, const struct target *at, struct err *err)
{
	size_t len = strlen(s->key), pos;

	if (len == 0 || len > KEY_MAX || s->key[strspn(s->key, KEY_LETTERS)])
		return err_rule(err, PLEIN_ERULE, "field", 0,
				"this is no name of a field: %.40s", s->key);
	if (strcmp(s->key, "aliassen") == 0)
		return err_rule(err, PLEIN_ERULE, "field-kept", 0,
				"moving a page changes its aliassen");
	if (!filter_accepts(s->value, strlen(s->value), &pos) ||
	    strchr(s->value, '\t') || strchr(s->value, '\r'))
		return err_rule(err, PLEIN_ERULE, "field-value", 0,
				"%s holds a character that may not be stored",
				s->key);
	if (strcmp(s->key, "titel") == 0 &&
	    s->value[strspn(s->value, " ")] == '\0')
		return err_rule(err, PLEIN_ERULE, "title-empty", 0,
				"the title is empty");
	return strcmp(s->key, "type") == 0 ? edit_check_kind(at, s->value, err)
					   : 0;
}

/* `key=value` lines. */
static int
read_settings(const char *text, const struct target *at, struct vec *out,
	      struct err *err)
{
	const char *end, *equals;
	struct setting *s;
	int rc = 0;

	for (; *text && !rc; text = *end ? end + 1 : end) {
		end = text + strcspn(text, "\n");
		equals = memchr(text, '=', (size_t)(end - text));
		if (!equals)
			return err_set(err, PLEIN_EUSAGE,
				       "fields are lines of key=value");
		s = mem_alloc(sizeof(*s));
		s->key = mem_strndup(text, (size_t)(equals - text));
		s->value = mem_strndup(equals + 1, (size_t)(end - equals - 1));
		vec_push(out, s);
		rc = check_setting(s, at, err);
	}
	if (!rc && out->len == 0)
		rc = err_set(err, PLEIN_EUSAGE, "no field is named");
	return rc;
}

/* Which fields, or what the page was called before. */
static void
tell_change(const struct desk *d, const struct joining *j,
	    const struct buf *text, const struct vec *settings,
	    struct buf *words)
{
	const struct setting *first = settings->items[0];
	struct page_info was;

	if (settings->len == 1 && strcmp(first->key, "titel") == 0) {
		page_info_init(&was);
		page_info_read(&was, j->at.address.ptr, text->ptr, text->len);
		buf_printf(words, "%s: %s",
			   edit_say(d, "naam gewijzigd, was", "renamed, was"),
			   was.title);
		page_info_release(&was);
		return;
	}
	buf_str(words, edit_say(d, "eigenschappen", "properties"));
	for (size_t i = 0; i < settings->len; i++)
		buf_printf(words, "%s%s", i ? ", " : ": ",
			   ((const struct setting *)settings->items[i])->key);
}

static int
put_fields(struct shaping *s, struct desk *d, struct call *c, struct buf *text,
	   struct buf *words)
{
	const struct vec *settings = s->ctx;
	const struct setting *f;
	size_t i;
	int rc = 0;

	tell_change(d, s->at, text, settings, words);
	for (i = 0; i < settings->len && !rc; i++) {
		f = settings->items[i];
		rc = fields_put(text, f->key, f->value, &c->err);
	}
	return rc;
}

static int
handle_page_set(struct desk *d, struct call *c)
{
	struct target at = TARGET_INIT;
	struct vec settings = VEC_INIT;
	struct shaping s = { .change = put_fields,
			     .action = "set",
			     .ctx = &settings };
	int rc = target_read(&at, call_text(c, "address"), &c->err);

	if (!rc)
		rc = read_settings(call_text(c, "fields"), &at, &settings,
				   &c->err);
	if (!rc)
		rc = shaping_run(&s, d, c);
	vec_release(&settings, setting_free);
	target_release(&at);
	return rc;
}

static const struct param set_params[] = {
	{ "address", PARAM_TEXT, true, ADDRESS_MAX, "the page" },
	{ "fields", PARAM_TEXT, true, FIELDS_BYTES,
	  "lines of key=value; [a, b] is a list, nothing takes the field "
	  "away" },
	{ "note", PARAM_TEXT, false, NOTE_MAX, "why" },
	{ "request", PARAM_TEXT, false, REQUEST_MAX,
	  "hexadecimal; repeating it never writes twice" },
	PARAMS_END,
};

const struct method set_rows[] = {
	{ "page.set", RIGHT_WRITE, PLACE_WRITER, set_params,
	  "Changes fields of a page as it is now, and leaves every other byte. "
	  "Former addresses (aliassen) change by moving only.",
	  "as page.save; without conflict",
	  "denied rule too-big not-found same busy no-space io unknown corrupt",
	  handle_page_set },
	ROWS_END,
};
