/*
 * fields.c - see fields.h. The line of a field is taken from a block that
 * frontmatter_make() wrote, so quoting is decided in one place. A field ends
 * where the next line begins that is not indented.
 */
#include "wiki/fields.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "plein/fieldspan.h"
#include "plein/frontmatter.h"
#include "plein/mem.h"
#include "plein/vec.h"

static size_t
next_line(const struct buf *b, size_t pos, size_t end)
{
	const char *nl = memchr(b->ptr + pos, '\n', end - pos);

	return nl ? (size_t)(nl - b->ptr) + 1 : end;
}

static bool
line_begins(const struct buf *b, size_t pos, size_t end, const char *key)
{
	size_t len = strlen(key);

	return end - pos > len && memcmp(b->ptr + pos, key, len) == 0 &&
	       b->ptr[pos + len] == ':';
}

/* Bytes *from … *to of the field within a block; false when absent. */
static bool
find_field(const struct buf *b, size_t end, const char *key, size_t *from,
	   size_t *to)
{
	size_t pos = next_line(b, 0, end);

	while (pos < end && !line_begins(b, pos, end, key))
		pos = next_line(b, pos, end);
	if (pos >= end)
		return false;
	*from = pos;
	pos = next_line(b, pos, end);
	while (pos < end && (b->ptr[pos] == ' ' || b->ptr[pos] == '\t'))
		pos = next_line(b, pos, end);
	*to = pos;
	return true;
}

/* Take the field from `block` into the block of `text`, which ends at *end. */
static void
copy_field(struct buf *text, size_t *end, const struct buf *block,
	   const char *key)
{
	size_t from, to, at, old_end;

	if (!find_field(block, block->len, key, &from, &to))
		return;
	if (find_field(text, *end, key, &at, &old_end)) {
		buf_erase(text, at, old_end - at);
		*end -= old_end - at;
	} else {
		at = next_line(text, 0, *end);
	}
	buf_insert(text, at, block->ptr + from, to - from);
	*end += to - from;
}

static bool
is_same(const struct frontmatter *fm, const char *key, const char *value)
{
	const char *now = frontmatter_text(fm, key);

	return now && strcmp(now, value) == 0;
}

/* Without the blanks around it. */
static char *
trim(const char *title)
{
	const char *from = title + strspn(title, " ");
	size_t len = strlen(from);

	while (len > 0 && from[len - 1] == ' ')
		len--;
	return mem_strndup(from, len);
}

void
fields_set(struct buf *text, const char *title_given, const char *kind)
{
	struct frontmatter *fm;
	struct buf block = BUF_INIT;
	char *title = trim(title_given);
	size_t end;

	frontmatter_make(&block, title, kind, NULL);
	/* a block that cannot be read is page_check()'s to refuse */
	(void)frontmatter_parse(&fm, text->ptr, text->len, NULL);
	end = frontmatter_body(fm);
	if (end == 0 && strncmp(text->ptr, "---\n", 4) != 0) {
		buf_insert(text, 0, block.ptr, block.len);
	} else if (end > 0) {
		if (!is_same(fm, "titel", title))
			copy_field(text, &end, &block, "titel");
		if (!is_same(fm, "type", kind))
			copy_field(text, &end, &block, "type");
	}
	frontmatter_free(fm);
	buf_release(&block);
	free(title);
}

/* Put the bytes of a field into the text, in place of its own. */
static void
replace_field(struct buf *text, const struct fieldspans *spans, size_t i,
	      const char *field, size_t len)
{
	size_t at = i < spans->n ? spans->items[i].from : spans->end;

	if (i < spans->n)
		buf_erase(text, at, spans->items[i].to - at);
	buf_insert(text, at, field, len);
}

void
fields_take(struct buf *text, const char *key, const struct buf *from)
{
	struct fieldspans mine, theirs;
	int has = fieldspan_read(&mine, text->ptr, text->len, NULL);
	int had = fieldspan_read(&theirs, from->ptr, from->len, NULL);
	size_t i = fieldspan_find(&theirs, key), len = 0;
	const char *field = from->ptr;

	if (i < theirs.n) {
		field += theirs.items[i].from;
		len = theirs.items[i].to - theirs.items[i].from;
	}
	if (has == 0 && had != PLEIN_ERULE) {
		replace_field(text, &mine, fieldspan_find(&mine, key), field,
			      len);
	} else if (has == PLEIN_ENOTFOUND && len > 0) {
		buf_insert(text, 0, "---\n---\n", 8);
		buf_insert(text, 4, field, len);
	}
	fieldspan_release(&mine);
	fieldspan_release(&theirs);
}

/* The items of a list field, borrowed; a scalar is a list of one. */
static void
list_items(const char *text, size_t len, const char *key, struct vec *items,
	   struct frontmatter **fm)
{
	const char *value;
	size_t i;

	/* a block that is no plain list of fields has none */
	(void)frontmatter_parse(fm, text, len, NULL);
	for (i = 0; (value = frontmatter_item(*fm, key, i)) != NULL; i++)
		vec_push(items, (char *)value);
}

/* Plain where that is an address, else in double quotes (YAML 1.2, 7.3.1). */
static void
write_item(struct buf *out, const char *value)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyz0123456789-/";

	if (*value && value[strspn(value, plain)] == '\0' && *value != '-') {
		buf_str(out, value);
		return;
	}
	buf_char(out, '"');
	for (; *value; value++) {
		if (*value == '"' || *value == '\\')
			buf_char(out, '\\');
		buf_char(out, *value);
	}
	buf_char(out, '"');
}

static void
write_list(struct buf *out, const char *key, const struct vec *items)
{
	size_t i;

	if (items->len == 0)
		return;
	buf_printf(out, "%s: [", key);
	for (i = 0; i < items->len; i++) {
		buf_str(out, i ? ", " : "");
		write_item(out, items->items[i]);
	}
	buf_str(out, "]\n");
}

/* The line of a field into the text; an empty one takes the field away. */
static int
put_line(struct buf *text, const char *key, const struct buf *line,
	 struct err *err)
{
	struct fieldspans spans;
	int has = fieldspan_read(&spans, text->ptr, text->len, err);

	if (has == 0) {
		replace_field(text, &spans, fieldspan_find(&spans, key),
			      line->ptr, line->len);
	} else if (has == PLEIN_ENOTFOUND) {
		has = 0;
		if (line->len > 0) {
			buf_insert(text, 0, "---\n---\n", 8);
			buf_insert(text, 4, line->ptr, line->len);
		}
	}
	fieldspan_release(&spans);
	return has;
}

static int
put_list(struct buf *text, const char *key, const struct vec *items,
	 struct err *err)
{
	struct buf line = BUF_INIT;
	int rc;

	write_list(&line, key, items);
	rc = put_line(text, key, &line, err);
	buf_release(&line);
	return rc;
}

/* What is borrowed has no `release`. */
static void
drop_item(struct vec *items, const char *item, void (*release)(void *))
{
	void *dropped;

	for (size_t i = items->len; i-- > 0;) {
		if (strcmp(items->items[i], item) != 0)
			continue;
		dropped = vec_remove(items, i);
		if (release)
			release(dropped);
	}
}

static bool
has_item(const struct vec *items, const char *item)
{
	for (size_t i = 0; i < items->len; i++)
		if (strcmp(items->items[i], item) == 0)
			return true;
	return false;
}

int
fields_alias(struct buf *text, const char *add, const char *drop,
	     struct err *err)
{
	static const char key[] = "aliassen";
	struct vec items = VEC_INIT;
	struct frontmatter *fm;
	int rc;

	list_items(text->ptr, text->len, key, &items, &fm);
	drop_item(&items, drop, NULL);
	drop_item(&items, add, NULL);
	vec_push(&items, (char *)add);
	rc = put_list(text, key, &items, err);
	vec_release(&items, NULL);
	frontmatter_free(fm);
	return rc;
}

char *
fields_next_name(const char **at)
{
	const char *from = *at + strspn(*at, ", @");
	size_t len = strcspn(from, ",");

	*at = from + len;
	while (len > 0 && from[len - 1] == ' ')
		len--;
	return len ? mem_strndup(from, len) : NULL;
}

/* A comma in an item of a list is part of the name. */
static void
list_names(const struct buf *text, const char *key, struct vec *names)
{
	struct vec items = VEC_INIT;
	struct frontmatter *fm;
	const char *line, *at;
	size_t i;
	char *name;

	list_items(text->ptr, text->len, key, &items, &fm);
	line = frontmatter_text(fm, key);
	if (line)
		items.len = 0;
	while (line && (name = fields_next_name(&line)))
		vec_push(names, name);
	for (i = 0; i < items.len; i++) {
		at = items.items[i];
		vec_push(names, mem_strdup(at + strspn(at, " @")));
	}
	vec_release(&items, NULL);
	frontmatter_free(fm);
}

int
fields_name(struct buf *text, const char *key, const char *name, bool is,
	    struct err *err)
{
	struct vec names = VEC_INIT;
	bool change;
	int rc = 0;

	list_names(text, key, &names);
	change = has_item(&names, name) != is;
	if (change && is)
		vec_push(&names, mem_strdup(name));
	else if (change)
		drop_item(&names, name, free);
	if (change)
		rc = put_list(text, key, &names, err);
	vec_release(&names, free);
	return rc;
}

/* What stands between the commas, without blanks around it. */
static void
split_list(const char *value, size_t len, struct vec *items)
{
	const char *end = value + len, *comma, *last;

	for (; value < end; value = comma + 1) {
		comma = memchr(value, ',', (size_t)(end - value));
		if (!comma)
			comma = end;
		while (value < comma && *value == ' ')
			value++;
		for (last = comma; last > value && last[-1] == ' ';)
			last--;
		if (last > value)
			vec_push(items,
				 mem_strndup(value, (size_t)(last - value)));
	}
}

static void
write_field(struct buf *out, const char *key, const char *value)
{
	size_t len = strlen(value);
	struct vec items = VEC_INIT;

	if (len >= 2 && value[0] == '[' && value[len - 1] == ']') {
		split_list(value + 1, len - 2, &items);
		write_list(out, key, &items);
	} else if (len > 0) {
		buf_printf(out, "%s: ", key);
		write_item(out, value);
		buf_char(out, '\n');
	}
	vec_release(&items, free);
}

int
fields_put(struct buf *text, const char *key, const char *value,
	   struct err *err)
{
	struct buf line = BUF_INIT;
	int rc;

	write_field(&line, key, value);
	rc = put_line(text, key, &line, err);
	buf_release(&line);
	return rc;
}
