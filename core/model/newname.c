/*
 * newname.c - a path is taken apart into its parts; the first may name a page
 * folder, the others become one slug.
 */
#include "plein/newname.h"

#include <string.h>
#include <strings.h>

#include "plein/path.h"

#define PARTS_MAX 32
#define EXTENSION_MAX 10
#define ATTACHMENTS "bijlagen/"

static const char *const page_extensions[] = { "md", "markdown", "mdown", "mkd",
					       NULL };

/* Names of the page of a folder: the folder's name says enough. */
static const char *const folder_pages[] = { "readme", "index", NULL };

struct part {
	const char *s;
	size_t len;
};

struct source {
	struct part at[PARTS_MAX];
	size_t n;
	struct part extension; /* of the last part, which is without it */
};

static bool
is_one_of(const char *s, size_t len, const char *const *words)
{
	for (; *words; words++)
		if (strlen(*words) == len && strncasecmp(*words, s, len) == 0)
			return true;
	return false;
}

bool
newname_folder_is_valid(const char *folder)
{
	return is_one_of(folder, strlen(folder), path_folders);
}

/* False when it is hidden, too deep, or has no extension. */
static bool
take_apart(struct source *src, const char *path)
{
	const char *slash = NULL, *dot;
	struct part *last = src->at;

	for (src->n = 0; src->n < PARTS_MAX; path = slash + 1) {
		last = &src->at[src->n++];
		last->s = path;
		slash = strchr(path, '/');
		last->len = slash ? (size_t)(slash - path) : strlen(path);
		if (last->len == 0 || path[0] == '.')
			return false;
		if (!slash)
			break;
	}
	if (slash)
		return false;
	dot = memrchr(last->s, '.', last->len);
	if (!dot)
		return false;
	src->extension =
		(struct part){ dot + 1,
			       last->len - (size_t)(dot + 1 - last->s) };
	last->len = (size_t)(dot - last->s);
	return src->extension.len > 0 && src->extension.len <= EXTENSION_MAX;
}

static void
slug_of_part(struct buf *out, const struct part *p)
{
	struct buf title = BUF_INIT;

	buf_add(&title, p->s, p->len);
	slug_from_title(out, title.ptr);
	buf_release(&title);
}

/* Cut back to what a slug may be, at a dash where there is one. */
static void
shorten(struct buf *slug, size_t most)
{
	const char *dash;

	if (slug->len <= most)
		return;
	dash = memrchr(slug->ptr, '-', most + 1);
	slug->len = dash && dash > slug->ptr + most / 2
			    ? (size_t)(dash - slug->ptr)
			    : most;
	while (slug->len > 0 && slug->ptr[slug->len - 1] == '-')
		slug->len--;
	slug->ptr[slug->len] = '\0';
}

/* Parts from … to (exclusive) as one slug, which is valid; "" is nothing. */
static void
join_slug(struct buf *out, const struct source *src, size_t from, size_t to)
{
	struct buf one = BUF_INIT;
	size_t i;

	for (i = from; i < to; i++) {
		buf_reset(&one);
		slug_of_part(&one, &src->at[i]);
		if (one.len == 0)
			continue;
		if (out->len > 0)
			buf_char(out, '-');
		buf_add(out, one.ptr, one.len);
	}
	shorten(out, SLUG_MAX);
	if (out->len > 0 && !slug_is_valid(out->ptr, out->len)) {
		/* a reserved word, or the name of a device */
		shorten(out, SLUG_MAX - 2);
		buf_str(out, "-x");
	}
	buf_release(&one);
}

/* The folder the first part names; else `folder`. *from: what is left. */
static void
choose_folder(struct buf *out, const struct source *src, size_t n_folders,
	      const char *folder, size_t *from)
{
	*from = 0;
	if (n_folders > 0)
		slug_of_part(out, &src->at[0]);
	if (n_folders > 0 && newname_folder_is_valid(out->ptr)) {
		*from = 1;
		return;
	}
	buf_reset(out);
	buf_str(out, folder);
}

static bool
make_page(struct buf *out, const struct source *src, const char *folder)
{
	const struct part *last = &src->at[src->n - 1];
	struct buf place = BUF_INIT, slug = BUF_INIT;
	size_t from, to = src->n;
	bool made;

	choose_folder(&place, src, src->n - 1, folder, &from);
	if (to - from > 1 && is_one_of(last->s, last->len, folder_pages))
		to--;
	join_slug(&slug, src, from, to);
	made = slug.len > 0;
	if (made)
		buf_printf(out, "%s/%s.md", place.ptr, slug.ptr);
	buf_release(&place);
	buf_release(&slug);
	return made;
}

static bool
add_extension(struct buf *out, const struct part *extension)
{
	size_t i;
	char c;

	buf_char(out, '.');
	for (i = 0; i < extension->len; i++) {
		c = extension->s[i];
		if (c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
		if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')))
			return false;
		buf_char(out, c);
	}
	return true;
}

static bool
make_attachment(struct buf *out, const struct source *src, const char *folder)
{
	struct buf place = BUF_INIT, page = BUF_INIT, slug = BUF_INIT;
	size_t from;
	bool made;

	choose_folder(&place, src, src->n - 1, folder, &from);
	join_slug(&page, src, from, src->n - 1);
	join_slug(&slug, src, src->n - 1, src->n);
	made = slug.len > 0;
	buf_printf(out, ATTACHMENTS "%s/%s/%s", place.ptr,
		   page.len > 0 ? page.ptr : "algemeen", slug.ptr);
	made = add_extension(out, &src->extension) && made;
	buf_release(&place);
	buf_release(&page);
	buf_release(&slug);
	return made;
}

bool
newname_elsewhere(struct buf *out, const char *path, const char *folder)
{
	struct source src;
	size_t len = out->len;
	bool made;

	if (!take_apart(&src, path))
		return false;
	made = is_one_of(src.extension.s, src.extension.len, page_extensions)
		       ? make_page(out, &src, folder)
		       : make_attachment(out, &src, folder);
	if (made && path_kind_of(out->ptr + len) != PATH_BAD)
		return true;
	buf_erase(out, len, out->len - len);
	return false;
}

bool
newname_make(struct buf *out, const char *path, const char *folder)
{
	if (path_kind_of(path) == PATH_BAD)
		return newname_elsewhere(out, path, folder);
	buf_str(out, path);
	return true;
}

void
newname_number(struct buf *out, const char *path, unsigned n)
{
	const char *slash = strrchr(path, '/');
	const char *name = slash ? slash + 1 : path;
	const char *dot = strrchr(name, '.');
	struct buf slug = BUF_INIT, number = BUF_INIT;

	buf_printf(&number, "-%u", n);
	buf_add(&slug, name, (size_t)(dot - name));
	shorten(&slug, SLUG_MAX - number.len);
	buf_add(out, path, (size_t)(name - path));
	buf_add(out, slug.ptr, slug.len);
	buf_add(out, number.ptr, number.len);
	buf_str(out, dot);
	buf_release(&slug);
	buf_release(&number);
}
