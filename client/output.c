/* output.c - see output.h. */
#include "output.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "plein/clock.h"
#include "plein/filter.h"
#include "plein/mem.h"

static void
separate(struct buf *out)
{
	size_t len = out->len;

	/* Blanks at the start of a line are the level of a tree. */
	while (len && out->ptr[len - 1] == ' ')
		len--;
	if (len && out->ptr[len - 1] != '\n')
		buf_char(out, '\t');
}

static void
escape(struct buf *out, const char *s)
{
	for (; *s; s++) {
		if (*s == '\t')
			buf_str(out, "\\t");
		else if (*s == '\n')
			buf_str(out, "\\n");
		else if (*s == '\\')
			buf_str(out, "\\\\");
		else
			buf_char(out, *s);
	}
}

void
output_field(struct buf *out, const char *s)
{
	struct buf text = BUF_INIT;

	separate(out);
	escape(&text, s ? s : "");
	filter_line(out, text.ptr, text.len);
	buf_release(&text);
}

void
output_number(struct buf *out, json_int_t n)
{
	separate(out);
	buf_printf(out, "%lld", (long long)n);
}

void
output_time(struct buf *out, json_int_t t)
{
	separate(out);
	clock_iso(out, (int64_t)t);
}

void
output_text(struct buf *out, const char *s, size_t len)
{
	if (isatty(STDOUT_FILENO))
		filter_text(out, s, len);
	else
		buf_add(out, s, len);
}

void
output_end(struct buf *out)
{
	buf_char(out, '\n');
}

void
output_json(struct buf *out, json_t *object_take)
{
	char *text = object_take ? json_dumps(object_take, JSON_COMPACT) : NULL;

	json_decref(object_take);
	if (!text)
		die("out of memory");
	buf_str(out, text);
	buf_char(out, '\n');
	free(text);
}

json_t *
output_json_time(json_int_t t)
{
	struct buf text = BUF_INIT;
	json_t *json;

	clock_iso(&text, (int64_t)t);
	json = json_string(text.ptr);
	buf_release(&text);
	return json;
}
