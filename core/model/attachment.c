/* attachment.c - see attachment.h. */
#include "plein/attachment.h"

#include <string.h>

#include "plein/filter.h"
#include "plein/path.h"

#define KIND_MAX 10 /* as in the grammar of paths */

int
attachment_path(struct buf *path, const char *address, const char *name,
		struct err *err)
{
	size_t start = path->len;

	buf_printf(path, "bijlagen/%s/%s", address, name);
	/* a slash in the name would be part of the address */
	if (!strchr(name, '/') &&
	    path_kind_of(path->ptr + start) == PATH_ATTACHMENT)
		return 0;
	return err_rule(err, PLEIN_ERULE, "file-name", 0,
			"this is no name of an attachment: small letters, "
			"digits and dashes, a dot and the kind");
}

const char *
attachment_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

static const char *
find_extension(const char *name)
{
	const char *dot = strrchr(name, '.');

	return dot ? dot + 1 : "";
}

bool
attachment_is_kind(const char *kinds, const char *name)
{
	const char *wanted = find_extension(name);
	size_t len;

	while (*kinds) {
		kinds += strspn(kinds, " ");
		len = strcspn(kinds, " ");
		if (len > 0 && len == strlen(wanted) &&
		    strncmp(kinds, wanted, len) == 0)
			return true;
		kinds += len;
	}
	return false;
}

bool
attachment_is_list(const char *kinds)
{
	size_t len;

	while (*kinds) {
		kinds += strspn(kinds, " ");
		len = strspn(kinds, "abcdefghijklmnopqrstuvwxyz0123456789");
		if (len > KIND_MAX || (kinds[len] && kinds[len] != ' '))
			return false;
		kinds += len;
	}
	return true;
}

/* --- first bytes --- */

static bool
is_text(const char *bytes, size_t len)
{
	size_t pos;

	return filter_accepts(bytes, len, &pos);
}

static bool
is_webp(const char *bytes, size_t len)
{
	return len >= 12 && memcmp(bytes, "RIFF", 4) == 0 &&
	       memcmp(bytes + 8, "WEBP", 4) == 0;
}

static const struct {
	const char *kind;
	const char *first; /* bytes it begins with, or NULL */
	bool (*is)(const char *bytes, size_t len); /* instead */
} signs[] = {
	{ "png", "\x89PNG\r\n\x1a\n", NULL },
	{ "jpg", "\xff\xd8\xff", NULL },
	{ "jpeg", "\xff\xd8\xff", NULL },
	{ "gif", "GIF8", NULL },
	{ "webp", NULL, is_webp },
	{ "pdf", "%PDF-", NULL },
	{ "zip", "PK\x03\x04", NULL },
	{ "odt", "PK\x03\x04", NULL },
	{ "ods", "PK\x03\x04", NULL },
	{ "odp", "PK\x03\x04", NULL },
	{ "docx", "PK\x03\x04", NULL },
	{ "xlsx", "PK\x03\x04", NULL },
	{ "pptx", "PK\x03\x04", NULL },
	{ "txt", NULL, is_text },
	{ "csv", NULL, is_text },
	{ "md", NULL, is_text },
};

bool
attachment_fits(const char *name, const char *bytes, size_t len)
{
	const char *kind = find_extension(name);
	size_t i, n;

	for (i = 0; i < sizeof(signs) / sizeof(signs[0]); i++) {
		if (strcmp(signs[i].kind, kind) != 0)
			continue;
		if (signs[i].is)
			return signs[i].is(bytes, len);
		n = strlen(signs[i].first);
		return len >= n && memcmp(bytes, signs[i].first, n) == 0;
	}
	return true;
}
