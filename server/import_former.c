/* import_former.c - see import_former.h. */
#include "import_former.h"

#include <string.h>

#include "plein/page.h"
#include "plein/path.h"
#include "wiki/fields.h"

static bool
is_named(const struct page_info *info, const char *address)
{
	size_t i;

	for (i = 0; i < info->aliases.len; i++)
		if (strcmp(info->aliases.items[i], address) == 0)
			return true;
	return false;
}

static bool
add_one(struct buf *text, const char *address, const char *former)
{
	struct page_info info;
	bool done;

	page_info_init(&info);
	page_info_read(&info, address, text->ptr, text->len);
	done = is_named(&info, former) ||
	       fields_alias(text, former, address, NULL) == 0;
	page_info_release(&info);
	return done;
}

bool
import_former_add(struct buf *text, const char *path, const struct vec *former)
{
	struct buf all = BUF_INIT, address = BUF_INIT, other = BUF_INIT;
	bool done = true;
	size_t i;

	if (former->len == 0)
		return false;
	buf_add(&all, text->ptr, text->len);
	path_to_address(path, &address);
	for (i = 0; i < former->len && done; i++) {
		buf_reset(&other);
		path_to_address(former->items[i], &other);
		done = add_one(&all, address.ptr, other.ptr);
	}
	done = done && page_check(all.ptr, all.len, NULL) == 0;
	if (done) {
		buf_reset(text);
		buf_add(text, all.ptr, all.len);
	}
	buf_release(&all);
	buf_release(&address);
	buf_release(&other);
	return done;
}
