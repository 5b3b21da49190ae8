/* spaces.c - reading the folder, and looking a name up. */
#include "store/spaces.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#include "plein/fs.h"
#include "plein/mem.h"
#include "plein/path.h"

#define SUFFIX ".git"
#define SUFFIX_LEN (sizeof(SUFFIX) - 1)

static void
add_if_space(struct vec *spaces, const char *file)
{
	size_t len = strlen(file);
	char *name;

	if (len <= SUFFIX_LEN || strcmp(file + len - SUFFIX_LEN, SUFFIX) != 0)
		return;
	name = mem_strndup(file, len - SUFFIX_LEN);
	if (space_is_valid(name))
		vec_push(spaces, name);
	else
		free(name);
}

int
spaces_read(struct vec *spaces, int data, struct err *err)
{
	struct vec files = VEC_INIT;
	int rc = fs_list_at(data, "spaces", &files, err);

	if (rc == 0) {
		vec_release(spaces, free);
		*spaces = (struct vec)VEC_INIT;
	}
	for (size_t i = 0; rc == 0 && i < files.len; i++)
		add_if_space(spaces, files.items[i]);
	vec_release(&files, free);
	return rc;
}

int
spaces_each(int (*each)(void *ctx, const char *name, struct err *err),
	    void *ctx, struct err *err)
{
	struct vec names = VEC_INIT;
	int rc = spaces_read(&names, AT_FDCWD, err);

	for (size_t i = 0; rc == 0 && i < names.len; i++)
		rc = each(ctx, names.items[i], err);
	vec_release(&names, free);
	return rc;
}

const char *
spaces_find(const struct vec *spaces, const char *name)
{
	for (size_t i = 0; i < spaces->len; i++)
		if (strcmp(spaces->items[i], name) == 0)
			return spaces->items[i];
	return NULL;
}
