/*
 * fieldspan.c - libyaml says where each key begins, counted in characters;
 * counting the same characters in the text gives the byte. What does not
 * then stand at the beginning of a line is not plain: libyaml takes more
 * for the end of a line than `\n`.
 */
#include "plein/fieldspan.h"

#include <stdlib.h>
#include <string.h>
#include <yaml.h>

#include "plein/frontmatter.h"
#include "plein/mem.h"

/* Where the walk over the events is. */
struct walk {
	struct fieldspans *f;
	const char *block; /* from f->begin on */
	size_t len;
	size_t characters, bytes; /* how far was counted */
	int depth; /* of the value being skipped, 1 = in the mapping */
	bool in_value;
};

/* The byte of the `index`-th character; they are asked for in order. */
static size_t
find_byte(struct walk *w, size_t index)
{
	while (w->characters < index && w->bytes < w->len) {
		w->bytes++;
		while (w->bytes < w->len &&
		       ((unsigned char)w->block[w->bytes] & 0xc0) == 0x80)
			w->bytes++;
		w->characters++;
	}
	return w->bytes;
}

static bool
add_key(struct walk *w, const yaml_event_t *e)
{
	size_t at = find_byte(w, e->start_mark.index);
	struct fieldspans *f = w->f;
	struct fieldspan *s;

	if (at >= w->len || (at > 0 && w->block[at - 1] != '\n'))
		return false;
	if ((f->n & (f->n - 1)) == 0)
		f->items = mem_realloc(f->items, (f->n ? f->n * 2 : 1) *
							 sizeof(*f->items));
	s = &f->items[f->n++];
	s->key = mem_strndup((const char *)e->data.scalar.value,
			     e->data.scalar.length);
	s->from = f->begin + at;
	s->to = f->end;
	if (f->n > 1)
		s[-1].to = s->from;
	return true;
}

/* Something that holds others begins. */
static bool
enter(struct walk *w, bool block_mapping)
{
	w->depth++;
	if (w->depth == 1)
		return block_mapping;
	return w->in_value; /* else it would be a key */
}

static bool
leave(struct walk *w)
{
	w->depth--;
	if (w->depth == 1)
		w->in_value = false;
	return true;
}

static bool
take_scalar(struct walk *w, const yaml_event_t *e)
{
	if (e->data.scalar.anchor || e->data.scalar.tag || w->depth == 0)
		return false;
	if (w->depth > 1)
		return true;
	w->in_value = !w->in_value;
	return w->in_value ? add_key(w, e) : true;
}

static bool
is_implicit(const yaml_event_t *e)
{
	if (e->type == YAML_DOCUMENT_END_EVENT)
		return e->data.document_end.implicit;
	return e->data.document_start.implicit;
}

static bool
take_event(struct walk *w, const yaml_event_t *e)
{
	switch ((int)e->type) {
	case YAML_DOCUMENT_START_EVENT:
	case YAML_DOCUMENT_END_EVENT:
		return is_implicit(e);
	case YAML_ALIAS_EVENT:
		return false;
	case YAML_SCALAR_EVENT:
		return take_scalar(w, e);
	case YAML_MAPPING_START_EVENT:
		return !e->data.mapping_start.tag &&
		       enter(w, e->data.mapping_start.style ==
					YAML_BLOCK_MAPPING_STYLE);
	case YAML_SEQUENCE_START_EVENT:
		return !e->data.sequence_start.tag && enter(w, false);
	case YAML_MAPPING_END_EVENT:
	case YAML_SEQUENCE_END_EVENT:
		return leave(w);
	default:
		return true;
	}
}

static bool
walk_block(struct walk *w)
{
	yaml_parser_t parser;
	yaml_event_t e;
	bool good, last = false;

	if (!yaml_parser_initialize(&parser))
		die("out of memory");
	yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&parser, (const unsigned char *)w->block,
				     w->len);
	do {
		good = yaml_parser_parse(&parser, &e);
		if (!good)
			break;
		last = e.type == YAML_STREAM_END_EVENT;
		good = take_event(w, &e);
		yaml_event_delete(&e);
	} while (good && !last);
	yaml_parser_delete(&parser);
	return good;
}

/* Does another reader of fields take it, too? (keys once, depth, filter) */
static int
check_block(const char *text, size_t len, struct err *err)
{
	struct frontmatter *fm;
	int rc = frontmatter_parse(&fm, text, len, err);

	frontmatter_free(fm);
	return rc;
}

int
fieldspan_read(struct fieldspans *f, const char *text, size_t len,
	       struct err *err)
{
	struct walk w = { .f = f };
	int rc;

	memset(f, 0, sizeof(*f));
	if (!frontmatter_find(text, len, &f->begin, &f->end, &f->body))
		return err_set(err, PLEIN_ENOTFOUND, "there are no fields");
	rc = check_block(text, len, err);
	if (rc)
		return rc;
	w.block = text + f->begin;
	w.len = f->end - f->begin;
	if (walk_block(&w))
		return 0;
	fieldspan_release(f);
	return err_set(err, PLEIN_ERULE, "the fields are not one plain list");
}

void
fieldspan_release(struct fieldspans *f)
{
	for (size_t i = 0; i < f->n; i++)
		free(f->items[i].key);
	free(f->items);
	memset(f, 0, sizeof(*f));
}

size_t
fieldspan_find(const struct fieldspans *f, const char *key)
{
	size_t i = 0;

	while (i < f->n && strcmp(f->items[i].key, key) != 0)
		i++;
	return i;
}

bool
fieldspan_has_comment(const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (s[i] == '#' && (i == 0 || strchr(" \t\r\n", s[i - 1])))
			return true;
	return false;
}
