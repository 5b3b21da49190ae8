/* remark.c - see remark.h. */
#include "plein/remark.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "plein/frontmatter.h"
#include "plein/mem.h"
#include "plein/page.h"
#include "plein/path.h"
#include "plein/vec.h"

static const struct {
	const char *word, *state;
} kinds[] = {
	[REMARK_SAID] = { NULL, NULL },
	[REMARK_RESOLVED] = { "afgehandeld", "resolved" },
	[REMARK_REOPENED] = { "heropend", "open" },
};

#define KINDS (sizeof(kinds) / sizeof(kinds[0]))

static enum remark_kind
read_kind(const char *word)
{
	size_t i;

	for (i = 0; i < KINDS; i++)
		if (word && kinds[i].word && strcmp(kinds[i].word, word) == 0)
			return (enum remark_kind)i;
	return REMARK_SAID;
}

static char *
copy_field(const struct frontmatter *fm, const char *key)
{
	const char *value = frontmatter_text(fm, key);

	return value ? mem_strdup(value) : NULL;
}

static long
read_nth(const char *value)
{
	long n = value ? strtol(value, NULL, 10) : 1;

	return n > 0 ? n : 1;
}

void
remark_read(struct remark *r, const char *text, size_t len)
{
	struct frontmatter *fm;

	/* a broken block has no fields, and is all body */
	(void)frontmatter_parse(&fm, text, len, NULL);
	r->kind = read_kind(frontmatter_text(fm, "soort"));
	r->title = copy_field(fm, "titel");
	r->reply = copy_field(fm, "op");
	r->quote = copy_field(fm, "bij");
	r->base = copy_field(fm, "bij_commit");
	r->nth = read_nth(frontmatter_text(fm, "bij_plek"));
	r->withdrawn = copy_field(fm, "ingetrokken");
	r->body = frontmatter_body(fm);
	frontmatter_free(fm);
}

void
remark_release(struct remark *r)
{
	free(r->title);
	free(r->reply);
	free(r->quote);
	free(r->base);
	free(r->withdrawn);
	memset(r, 0, sizeof(*r));
}

static void
add_field(struct buf *out, const char *key, const char *value)
{
	if (!value)
		return;
	buf_printf(out, "%s: ", key);
	frontmatter_quote(out, value);
	buf_char(out, '\n');
}

static void
add_fields(struct buf *out, const struct remark *r)
{
	if (kinds[r->kind].word)
		buf_printf(out, "soort: %s\n", kinds[r->kind].word);
	add_field(out, "titel", r->title);
	add_field(out, "op", r->reply);
	add_field(out, "bij", r->quote);
	add_field(out, "bij_commit", r->base);
	if (r->quote && r->nth > 1)
		buf_printf(out, "bij_plek: %ld\n", r->nth);
	add_field(out, "ingetrokken", r->withdrawn);
}

void
remark_make(struct buf *out, const struct remark *r, const char *body)
{
	struct buf fields = BUF_INIT;
	size_t len = strlen(body);

	add_fields(&fields, r);
	/* what it says may begin as a block does */
	if (fields.len > 0 || strncmp(body, "---", 3) == 0)
		buf_printf(out, "---\n%s---\n", fields.ptr);
	buf_add(out, body, len);
	if (len > 0 && body[len - 1] != '\n')
		buf_char(out, '\n');
	buf_release(&fields);
}

static size_t
count_chars(const char *s, size_t len)
{
	size_t i, n = 0;

	for (i = 0; i < len; i++)
		n += ((unsigned char)s[i] & 0xc0) != 0x80;
	return n;
}

static bool
says_nothing(const char *s, size_t len)
{
	size_t i = 0;

	while (i < len && isspace((unsigned char)s[i]))
		i++;
	return i == len;
}

int
remark_check(const char *text, size_t len, struct err *err)
{
	struct remark r;
	size_t chars;
	bool empty;
	int rc;

	if (len > REMARK_MAX)
		return err_set(err, PLEIN_ETOOBIG, "%zu bytes, at most %d", len,
			       REMARK_MAX);
	rc = page_check(text, len, err);
	if (rc)
		return rc;
	remark_read(&r, text, len);
	chars = count_chars(text + r.body, len - r.body);
	empty = r.kind == REMARK_SAID && !r.withdrawn &&
		says_nothing(text + r.body, len - r.body);
	remark_release(&r);
	if (chars > REMARK_CHARS_MAX)
		return err_set(err, PLEIN_ETOOBIG, "%zu characters, at most %d",
			       chars, REMARK_CHARS_MAX);
	if (empty)
		return err_rule(err, PLEIN_ERULE, "remark-empty", 0,
				"the remark says nothing");
	return 0;
}

const char *
remark_kind_state(enum remark_kind kind)
{
	return kinds[kind].state;
}

void
remark_stamp(struct buf *out, int64_t when)
{
	char stamp[REMARK_STAMP_LEN + 1];
	time_t t = (time_t)when;
	struct tm tm;

	if (!gmtime_r(&t, &tm) ||
	    strftime(stamp, sizeof(stamp), "%Y%m%dT%H%M%SZ", &tm) == 0)
		die("%lld is no time", (long long)when);
	buf_str(out, stamp);
}

static bool
is_of_word(char c)
{
	return isalnum((unsigned char)c) || (unsigned char)c >= 0x80;
}

/* Dots and dashes at the end belong to the sentence. */
static size_t
measure_handle(const char *s)
{
	size_t n = 0;

	while (islower((unsigned char)s[n]) || isdigit((unsigned char)s[n]) ||
	       s[n] == '.' || s[n] == '-')
		n++;
	while (n > 0 && (s[n - 1] == '.' || s[n - 1] == '-'))
		n--;
	return is_of_word(s[n]) ? 0 : n;
}

static int
compare_handles(const void *a, const void *b)
{
	return strcmp(a, b);
}

/* Of those that are the same all but the first become empty. */
static void
empty_repeats(const struct vec *handles)
{
	struct vec sorted = VEC_INIT;
	const char *last = "";

	for (size_t i = 0; i < handles->len; i++)
		vec_push(&sorted, handles->items[i]);
	vec_sort(&sorted, compare_handles); /* keeps their order */
	for (size_t i = 0; i < sorted.len; i++) {
		char *handle = sorted.items[i];

		if (strcmp(handle, last) == 0)
			handle[0] = '\0';
		else
			last = handle;
	}
	vec_release(&sorted, NULL);
}

static void
find_mentions(struct vec *all, const char *text)
{
	const char *at = text;
	char *handle;
	size_t n;

	for (; (at = strchr(at, '@')) != NULL; at++) {
		n = measure_handle(at + 1);
		if (n == 0 || (at > text && is_of_word(at[-1])))
			continue;
		handle = mem_strndup(at + 1, n);
		if (handle_is_valid(handle))
			vec_push(all, handle);
		else
			free(handle);
	}
}

void
remark_mentions(struct vec *out, const char *text)
{
	struct vec all = VEC_INIT;

	find_mentions(&all, text);
	empty_repeats(&all);
	for (size_t i = 0; i < all.len; i++) {
		char *handle = all.items[i];

		if (*handle)
			vec_push(out, handle);
		else
			free(handle);
	}
	vec_release(&all, NULL);
}
