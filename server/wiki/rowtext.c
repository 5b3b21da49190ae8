/* rowtext.c - see rowtext.h. Behind each field there is a comma, or the brace. */
#include "wiki/rowtext.h"

#include <string.h>

#include "plein/filter.h"
#include "plein/jsontext.h"
#include "plein/utf8.h"

void
rowtext_begin(struct buf *out)
{
	buf_char(out, '{');
}

static void
add_key(struct buf *out, const char *key)
{
	size_t len = strlen(key);
	char *at = buf_room(out, len + 3);

	at[0] = '"';
	memcpy(at + 1, key, len);
	memcpy(at + len + 1, "\":", sizeof("\":"));
	out->len += len + 3;
}

static void
add_value(struct buf *out, const char *value)
{
	struct buf marked = BUF_INIT;
	size_t len = strlen(value);

	if (utf8_is_valid(value, len)) {
		jsontext_add_string(out, value, len);
		return;
	}
	filter_text(&marked, value, len);
	jsontext_add_string(out, marked.ptr, marked.len);
	buf_release(&marked);
}

void
rowtext_line(struct buf *out, const char *key, const char *value)
{
	add_key(out, key);
	if (value)
		add_value(out, value);
	else
		buf_str(out, "null");
	buf_char(out, ',');
}

void
rowtext_number(struct buf *out, const char *key, int64_t value)
{
	add_key(out, key);
	jsontext_add_integer(out, value);
	buf_char(out, ',');
}

void
rowtext_flag(struct buf *out, const char *key, bool value)
{
	add_key(out, key);
	buf_str(out, value ? "true," : "false,");
}

void
rowtext_end(struct buf *out)
{
	char *last = out->ptr + out->len - 1;

	if (*last == ',')
		*last = '}';
	else
		buf_char(out, '}');
}
