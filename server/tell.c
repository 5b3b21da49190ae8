/* tell.c - see tell.h. Words other people chose reach a terminal here. */
#include "tell.h"

#include <stdio.h>
#include <string.h>

#include "plein/filter.h"

int
tell_error(const struct err *err)
{
	struct buf line = BUF_INIT;

	filter_line(&line, err->msg, strlen(err->msg));
	(void)fprintf(stderr, "pleind: %s\n", line.ptr);
	buf_release(&line);
	return err->code == PLEIN_EUSAGE ? EXIT_USAGE : EXIT_PROBLEM;
}

int
tell_usage(const char *usage)
{
	(void)fprintf(stderr, "usage: pleind %s\n", usage);
	return EXIT_USAGE;
}

void
tell_text(struct buf *out, const char *s)
{
	if (s)
		filter_line(out, s, strlen(s));
}

void
tell_field(struct buf *out, const json_t *row, const char *key, char end)
{
	tell_text(out, json_string_value(json_object_get(row, key)));
	buf_char(out, end);
}

int
tell(const struct buf *out)
{
	if (fwrite(out->ptr, 1, out->len, stdout) == out->len)
		return EXIT_DONE;
	(void)fputs("pleind: cannot write the answer\n", stderr);
	return EXIT_PROBLEM;
}

int
tell_problems(const json_t *result)
{
	const json_t *problems = json_object_get(result, "problems");
	struct buf out = BUF_INIT;
	const json_t *row;
	size_t i;
	int code;

	json_array_foreach(problems, i, row)
	{
		filter_line(&out, json_string_value(row),
			    json_string_length(row));
		buf_char(&out, '\n');
	}
	code = tell(&out);
	buf_release(&out);
	return i > 0 ? EXIT_PROBLEM : code;
}
