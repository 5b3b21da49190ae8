/* reference.c - see reference.h. */
#include "plein/reference.h"

#include <ctype.h>
#include <string.h>

#include "plein/path.h"

#define PARTS_MAX 16

/* Parts of an address while it is put together; borrowed bytes. */
struct parts {
	const char *part[PARTS_MAX];
	size_t len[PARTS_MAX];
	size_t n;
};

/* RFC 3986 3.1: a letter, then letters, digits, + - . up to a colon. */
static bool
has_scheme(const char *s)
{
	if (!isalpha((unsigned char)*s))
		return false;
	while (isalnum((unsigned char)*s) || (*s && strchr("+-.", *s)))
		s++;
	return *s == ':';
}

static bool
is_part(const char *s, size_t len, const char *what)
{
	return len == strlen(what) && memcmp(s, what, len) == 0;
}

/* False when it climbs above the top or is too deep to be an address. */
static bool
add_part(struct parts *p, const char *s, size_t len)
{
	if (!len || is_part(s, len, "."))
		return true;
	if (is_part(s, len, "..")) {
		if (!p->n)
			return false;
		p->n--;
		return true;
	}
	if (p->n == PARTS_MAX)
		return false;
	p->part[p->n] = s;
	p->len[p->n++] = len;
	return true;
}

static bool
add_path(struct parts *p, const char *s, size_t len)
{
	const char *end = s + len;

	while (s < end) {
		const char *slash = memchr(s, '/', (size_t)(end - s));
		const char *stop = slash ? slash : end;

		if (!add_part(p, s, (size_t)(stop - s)))
			return false;
		s = slash ? slash + 1 : end;
	}
	return true;
}

/*
 * The folder that holds the file of page `from`: of themas/x it is themas, of
 * vergaderingen/2026/x, which lies in x/index.md, the address itself.
 */
static void
add_folder_of(struct parts *p, const char *from)
{
	(void)add_path(p, from, strlen(from));
	if (p->n > 0 && p->n < 3)
		p->n--;
}

static void
cut_suffix(struct parts *p)
{
	size_t last = p->n - 1;

	if (p->len[last] > 3 &&
	    memcmp(p->part[last] + p->len[last] - 3, ".md", 3) == 0)
		p->len[last] -= 3;
	if (p->n > 1 && is_part(p->part[last], p->len[last], "index"))
		p->n--;
}

static void
write_parts(struct buf *out, const struct parts *p)
{
	if (!p->n)
		buf_str(out, "index");
	for (size_t i = 0; i < p->n; i++) {
		if (i)
			buf_char(out, '/');
		buf_add(out, p->part[i], p->len[i]);
	}
}

/* [[x]]: an address from the top when it has a slash, else as it is. */
static bool
resolve_wiki(struct buf *out, const char *s, size_t len)
{
	struct parts parts = { .n = 0 };
	const char *fragment = memchr(s, '#', len);

	if (len && s[0] == '#')
		return false;
	/* A title may hold one; what is an address or slug does not. */
	if (fragment &&
	    (memchr(s, '/', len) || slug_is_valid(s, (size_t)(fragment - s))))
		len = (size_t)(fragment - s);
	if (!memchr(s, '/', len)) {
		buf_add(out, s, len);
		return len > 0;
	}
	if (!add_path(&parts, s, len) || !parts.n)
		return false;
	cut_suffix(&parts);
	write_parts(out, &parts);
	return true;
}

bool
reference_resolve(struct buf *out, const char *from, const char *target)
{
	size_t len = strlen(target);
	size_t path = strcspn(target, "?#");
	struct parts parts = { .n = 0 };

	if (len > 4 && memcmp(target, "[[", 2) == 0 &&
	    memcmp(target + len - 2, "]]", 2) == 0)
		return resolve_wiki(out, target + 2, len - 4);
	if (has_scheme(target) || strncmp(target, "//", 2) == 0)
		return false;
	if (!path) {
		buf_str(out, from);
		return true;
	}
	if (target[0] != '/')
		add_folder_of(&parts, from);
	if (!add_path(&parts, target, path))
		return false;
	if (parts.n)
		cut_suffix(&parts);
	write_parts(out, &parts);
	return true;
}
