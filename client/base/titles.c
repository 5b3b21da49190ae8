/* titles.c - see titles.h. */
#include "base/titles.h"

#include <stdbool.h>
#include <string.h>

#include "plein/buf.h"
#include "plein/utf8.h"

static bool
is_slug_of(const char *address, const char *name)
{
	const char *slash = strrchr(address, '/');

	return strcmp(slash ? slash + 1 : address, name) == 0;
}

static bool
is_title(const char *title, const struct buf *folded)
{
	struct buf other = BUF_INIT;
	bool same;

	utf8_fold(&other, title, strlen(title));
	same = other.len == folded->len &&
	       memcmp(other.ptr, folded->ptr, other.len) == 0;
	buf_release(&other);
	return same;
}

const char *
titles_find(json_t *titles, const char *name, const char **address)
{
	struct buf folded = BUF_INIT;
	const char *found = NULL, *key;
	json_t *exact = json_object_get(titles, name), *value;

	*address = name;
	if (exact)
		return json_string_value(exact);
	utf8_fold(&folded, name, strlen(name));
	json_object_foreach(titles, key, value)
	{
		const char *title = json_string_value(value);

		if (!title ||
		    (!is_slug_of(key, name) && !is_title(title, &folded)))
			continue;
		*address = key;
		found = title;
		break;
	}
	buf_release(&folded);
	return found;
}
