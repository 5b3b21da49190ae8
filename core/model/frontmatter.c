/*
 * frontmatter.c - the block is found by its `---` lines, so that the body's
 * place is in bytes whatever libyaml counts; libyaml then reads the lines
 * between. Fields are a flat list of (key, value), a list being several
 * values under one key; what is nested deeper is skipped. Refused are anchors
 * and aliases, which can blow up, a key that comes twice, a second document,
 * and escapes ("\e") for characters that a page may not hold.
 */
#include "plein/frontmatter.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

#include "plein/filter.h"
#include "plein/mem.h"
#include "plein/vec.h"

#define DEPTH_MAX 16
#define FIELDS_MAX 1000 /* keys and values together */

struct field {
	char *key;
	char *value; /* NULL: only tells that the key was there */
	bool in_list;
};

struct frontmatter {
	struct vec fields; /* struct field * */
	size_t body;
};

/* Where the walk over libyaml's events is. */
struct walk {
	struct frontmatter *fm;
	char *key; /* of the field being read, or NULL */
	int depth; /* 0: outside the mapping */
	int nested; /* depth at which a value began to nest, 0: it does not */
	bool begun; /* a document was seen */
};

static void
free_field(void *p)
{
	struct field *f = p;

	free(f->key);
	free(f->value);
	free(f);
}

/* Bytes of a line that is just `---`, its newline included; 0 if it is not. */
static size_t
fence_len(const char *s, size_t len)
{
	size_t n = 3;

	if (len < 3 || memcmp(s, "---", 3) != 0)
		return 0;
	while (n < len && (s[n] == ' ' || s[n] == '\r'))
		n++;
	if (n == len)
		return n;
	return s[n] == '\n' ? n + 1 : 0;
}

bool
frontmatter_find(const char *text, size_t len, size_t *begin, size_t *end,
		 size_t *body)
{
	size_t at = fence_len(text, len), n;
	const char *newline;

	*begin = at;
	while (at > 0 && at < len) {
		n = fence_len(text + at, len - at);
		if (n > 0) {
			*end = at;
			*body = at + n;
			return true;
		}
		newline = memchr(text + at, '\n', len - at);
		at = newline ? (size_t)(newline - text) + 1 : len;
	}
	return false;
}

/* False when there are too many. */
static bool
add_field(struct walk *w, char *value_take)
{
	struct field *f = mem_alloc(sizeof(*f));

	f->key = mem_strdup(w->key);
	f->value = value_take;
	f->in_list = w->depth > 1;
	vec_push(&w->fm->fields, f);
	return w->fm->fields.len <= FIELDS_MAX;
}

static void
end_value(struct walk *w)
{
	free(w->key);
	w->key = NULL;
}

static bool
has_key(const struct frontmatter *fm, const char *key)
{
	const struct field *f;
	size_t i;

	for (i = 0; i < fm->fields.len; i++) {
		f = fm->fields.items[i];
		if (strcmp(f->key, key) == 0)
			return true;
	}
	return false;
}

/* A key may come once, so that all readers take the same value for it. */
static bool
begin_value(struct walk *w, char *key_take)
{
	w->key = key_take;
	return !has_key(w->fm, key_take) && add_field(w, NULL);
}

static bool
take_scalar(struct walk *w, const char *s, size_t len)
{
	size_t at;
	bool good = true;

	if (w->depth == 0)
		return len == 0;
	if (!filter_accepts(s, len, &at))
		return false;
	if (w->depth == 1 && !w->key)
		return begin_value(w, mem_strndup(s, len));
	if (!w->nested)
		good = add_field(w, mem_strndup(s, len));
	if (w->depth == 1)
		end_value(w);
	return good;
}

/* A list or mapping begins; false when the block is no plain mapping. */
static bool
enter(struct walk *w, bool mapping)
{
	if (w->depth == 0 && !mapping)
		return false;
	if (w->depth == 1 && !w->key)
		return false;
	w->depth++;
	if (!w->nested && w->depth > 1 && (mapping || w->depth > 2))
		w->nested = w->depth;
	return w->depth <= DEPTH_MAX;
}

static bool
leave(struct walk *w)
{
	if (w->depth == w->nested)
		w->nested = 0;
	if (--w->depth == 1)
		end_value(w);
	return true;
}

/* One event; false when the block cannot be read. */
static bool
take_event(struct walk *w, const yaml_event_t *e)
{
	bool again = w->begun;

	switch ((int)e->type) {
	case YAML_DOCUMENT_START_EVENT:
		w->begun = true;
		return !again;
	case YAML_ALIAS_EVENT:
		return false;
	case YAML_SCALAR_EVENT:
		return !e->data.scalar.anchor &&
		       take_scalar(w, (const char *)e->data.scalar.value,
				   e->data.scalar.length);
	case YAML_MAPPING_START_EVENT:
		return !e->data.mapping_start.anchor && enter(w, true);
	case YAML_SEQUENCE_START_EVENT:
		return !e->data.sequence_start.anchor && enter(w, false);
	case YAML_MAPPING_END_EVENT:
	case YAML_SEQUENCE_END_EVENT:
		return leave(w);
	default:
		return true;
	}
}

/* All events up to the end of the stream; the line of an offence or 0. */
static size_t
read_events(struct walk *w, yaml_parser_t *parser)
{
	yaml_event_t e;
	size_t line;
	bool good, last;

	do {
		if (!yaml_parser_parse(parser, &e))
			return parser->problem_mark.line + 2;
		line = e.start_mark.line + 2;
		last = e.type == YAML_STREAM_END_EVENT;
		good = take_event(w, &e);
		yaml_event_delete(&e);
	} while (good && !last);
	return good ? 0 : line;
}

static size_t
parse_block(struct frontmatter *fm, const char *s, size_t len)
{
	struct walk w = { .fm = fm };
	yaml_parser_t parser;
	size_t line;

	if (!yaml_parser_initialize(&parser))
		die("out of memory");
	yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&parser, (const unsigned char *)s, len);
	line = read_events(&w, &parser);
	yaml_parser_delete(&parser);
	free(w.key);
	return line;
}

int
frontmatter_parse(struct frontmatter **out, const char *text, size_t len,
		  struct err *err)
{
	struct frontmatter *fm = mem_alloc(sizeof(*fm));
	size_t begin, end, line;

	*out = fm;
	if (!frontmatter_find(text, len, &begin, &end, &fm->body))
		return 0;
	line = parse_block(fm, text + begin, end - begin);
	if (line == 0)
		return 0;
	vec_release(&fm->fields, free_field);
	fm->fields = (struct vec)VEC_INIT;
	fm->body = 0;
	return err_rule(err, PLEIN_ERULE, "fields", (long)line,
			"the fields between --- cannot be read (line %zu)",
			line);
}

void
frontmatter_free(struct frontmatter *fm)
{
	if (!fm)
		return;
	vec_release(&fm->fields, free_field);
	free(fm);
}

size_t
frontmatter_body(const struct frontmatter *fm)
{
	return fm->body;
}

const char *
frontmatter_text(const struct frontmatter *fm, const char *key)
{
	const struct field *f;
	size_t i;

	for (i = 0; i < fm->fields.len; i++) {
		f = fm->fields.items[i];
		if (f->value && !f->in_list && strcmp(f->key, key) == 0)
			return f->value;
	}
	return NULL;
}

const char *
frontmatter_item(const struct frontmatter *fm, const char *key, size_t i)
{
	const struct field *f;
	size_t k;

	for (k = 0; k < fm->fields.len; k++) {
		f = fm->fields.items[k];
		if (f->value && strcmp(f->key, key) == 0 && i-- == 0)
			return f->value;
	}
	return NULL;
}

void
frontmatter_quote(struct buf *out, const char *s)
{
	buf_char(out, '"');
	for (; *s; s++) {
		if (*s == '"' || *s == '\\')
			buf_char(out, '\\');
		/* a newline could end the block */
		buf_char(out, (unsigned char)*s < ' ' ? ' ' : *s);
	}
	buf_char(out, '"');
}

void
frontmatter_make(struct buf *out, const char *title, const char *kind,
		 const char *extra_lines)
{
	buf_str(out, "---\ntitel: ");
	frontmatter_quote(out, title);
	buf_printf(out, "\ntype: %s\nstatus: concept\n%s---\n", kind,
		   extra_lines ? extra_lines : "");
}

bool
frontmatter_is_filled(const char *value)
{
	size_t len = value ? strlen(value) : 0;

	return len > 0 && !(value[0] == '[' && value[len - 1] == ']');
}
