/* The block of fields and what a page makes of it. */
#include "fuzz.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "plein/buf.h"
#include "plein/filter.h"
#include "plein/frontmatter.h"
#include "plein/mem.h"
#include "plein/page.h"
#include "plein/path.h"

static const char *const keys[] = { "titel",	"type", "status", "hoort_bij",
				    "aliassen", "a",	"" };

static void
check_values(const struct frontmatter *fm, bool any)
{
	const char *value;
	size_t at;

	for (size_t k = 0; k < sizeof(keys) / sizeof(keys[0]); k++)
		for (size_t i = 0; i < 100; i++) {
			value = frontmatter_item(fm, keys[k], i);
			if (!value)
				break;
			assert(any);
			assert(filter_accepts(value, strlen(value), &at));
		}
}

static int
check_block(const char *s, size_t len)
{
	struct frontmatter *fm;
	struct err err = ERR_INIT;
	int rc = frontmatter_parse(&fm, s, len, &err);
	size_t body = frontmatter_body(fm);

	assert(rc == 0 || (rc == PLEIN_ERULE && body == 0));
	assert(body <= len);
	assert(body == 0 || body == len || s[body - 1] == '\n');
	check_values(fm, body > 0);
	frontmatter_free(fm);
	return rc;
}

static void
check_addresses(const struct vec *addresses)
{
	struct buf path = BUF_INIT;

	assert(addresses->len <= 100);
	for (size_t i = 0; i < addresses->len; i++)
		assert(path_from_address(addresses->items[i], &path, NULL) ==
		       0);
	buf_release(&path);
}

static void
check_page(const char *s, size_t len, int parsed)
{
	struct page_info p;
	size_t at;

	page_info_init(&p);
	page_info_read(&p, "themas/x", s, len);
	assert(p.title[0] && strlen(p.title) <= 300);
	assert(!strpbrk(p.title, "\n\r"));
	check_addresses(&p.parents);
	check_addresses(&p.aliases);
	page_info_release(&p);
	if (page_check(s, len, NULL) == 0)
		assert(parsed == 0 && filter_accepts(s, len, &at));
}

/* A title that may be typed comes back, whatever it holds. */
static void
check_made(const char *s, size_t len)
{
	char *title = mem_strndup(s, len), *p;
	struct frontmatter *fm;
	struct buf out = BUF_INIT;
	size_t at;

	if (filter_accepts(title, strlen(title), &at)) {
		frontmatter_make(&out, title, "thema", NULL);
		assert(frontmatter_parse(&fm, out.ptr, out.len, NULL) == 0);
		assert(frontmatter_body(fm) == out.len);
		for (p = title; *p; p++)
			if (*p == '\n' || *p == '\r' || *p == '\t')
				*p = ' ';
		assert(strcmp(frontmatter_text(fm, "titel"), title) == 0);
		frontmatter_free(fm);
	}
	buf_release(&out);
	free(title);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *s = (const char *)data;

	check_page(s, size, check_block(s, size));
	check_made(s, size);
	return 0;
}
