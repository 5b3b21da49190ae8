/* target.c - see target.h. */
#include "wiki/target.h"

#include <string.h>

#include "plein/path.h"

int
target_read(struct target *t, const char *address, struct err *err)
{
	int rc = path_from_address(address, &t->path, err);

	if (rc)
		return rc;
	if (path_kind_of(t->path.ptr) != PATH_PAGE)
		return err_rule(err, PLEIN_ERULE, "address", 0,
				"this is no page address");
	path_to_address(t->path.ptr, &t->address);
	return 0;
}

void
target_folder(const struct target *t, struct buf *out)
{
	const char *slash = strchr(t->address.ptr, '/');

	if (slash)
		buf_add(out, t->address.ptr, (size_t)(slash - t->address.ptr));
}

enum right
target_right(const struct target *t)
{
	return policy_right_of(t->path.ptr);
}

void
target_release(struct target *t)
{
	buf_release(&t->address);
	buf_release(&t->path);
}
