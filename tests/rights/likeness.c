/* likeness.c - see likeness.h. */
#include "likeness.h"

#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "plein/buf.h"
#include "plein/mem.h"
#include "plein/vec.h"

#define HEX_MIN 8 /* digits in a row that are an id */

static size_t
count_hex(const char *s)
{
	size_t n = 0;

	while (isxdigit((unsigned char)s[n]) && !isupper((unsigned char)s[n]))
		n++;
	return n;
}

/* Times, ids and the answers themselves are others in each world: how many
 * bytes at `s` are one of these, and what stands for it; 0: none. */
static size_t
find_other(const char *s, const char *mark, char *as)
{
	size_t n;

	*as = '#';
	if (strncmp(s, mark, strlen(mark)) == 0) {
		*as = '@';
		return strlen(mark) + 2;
	}
	if (strncmp(s, "SHA256:", 7) == 0)
		return strcspn(s, "\" _,");
	if (strncmp(s, "complete\":", 10) == 0) /* of old texts: not yet */
		return strcspn(s, ",}");
	n = count_hex(s);
	return n >= HEX_MIN ? n : strspn(s, "0123456789");
}

static void
add_plain(struct buf *out, const char *s, const char *mark)
{
	size_t n;
	char as;

	for (; *s; s += n ? n : 1) {
		n = find_other(s, mark, &as);
		buf_char(out, n ? as : *s);
	}
}

/* Without what came unasked: it stands between others as it comes. */
static void
make_plain(struct buf *out, const char *heard, const char *mark)
{
	char *copy = mem_strdup(heard), *line, *rest = NULL;

	for (line = strtok_r(copy, "\n", &rest); line;
	     line = strtok_r(NULL, "\n", &rest)) {
		if (strstr(line, "\"method\":\"event."))
			continue;
		add_plain(out, line, mark);
		buf_char(out, '\n');
	}
	free(copy);
}

static int
compare_parts(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Rows of one second come in this order or in that: the parts of a line, each
 * up to the next {, in an order of their own. */
static char *
sort_parts(const char *line, size_t len)
{
	char *copy = mem_strndup(line, len), *part, *rest = NULL;
	struct vec parts = VEC_INIT;
	struct buf out = BUF_INIT;

	for (part = strtok_r(copy, "{[]},", &rest); part;
	     part = strtok_r(NULL, "{[]},", &rest))
		vec_push(&parts, part);
	if (parts.len > 0)
		qsort(parts.items, parts.len, sizeof(*parts.items),
		      compare_parts);
	for (size_t i = 0; i < parts.len; i++)
		buf_printf(&out, "%s\n", (char *)parts.items[i]);
	vec_release(&parts, NULL);
	free(copy);
	return buf_take(&out);
}

static bool
is_same_line(const char *a, size_t a_len, const char *b, size_t b_len)
{
	char *x = sort_parts(a, a_len), *y = sort_parts(b, b_len);
	bool same = strcmp(x, y) == 0;

	free(x);
	free(y);
	return same;
}

static int
compare_lines(const char *a, const char *b, const char *whose)
{
	size_t n, m;
	int wrong = 0;

	while (*a || *b) {
		n = strcspn(a, "\n");
		m = strcspn(b, "\n");
		if (!is_same_line(a, n, b, m)) {
			print_error("%s hears in one world\n%.*s\nand in the "
				    "other\n%.*s\n",
				    whose, (int)n, a, (int)m, b);
			wrong++;
		}
		a += n + (a[n] == '\n');
		b += m + (b[m] == '\n');
	}
	return wrong;
}

int
likeness_differ(const char *a, const char *b, const char *mark,
		const char *whose)
{
	struct buf one = BUF_INIT, other = BUF_INIT;
	int wrong;

	make_plain(&one, a, mark);
	make_plain(&other, b, mark);
	wrong = compare_lines(one.ptr, other.ptr, whose);
	buf_release(&one);
	buf_release(&other);
	return wrong;
}
