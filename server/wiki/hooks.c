/* hooks.c - see hooks.h. */
#include "wiki/hooks.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "plein/control.h"

static const char *const paths[] = { RECEIVE_HOOKS "/" RECEIVE_HOOK_BEFORE,
				     RECEIVE_HOOKS "/" RECEIVE_HOOK_REF };

static bool
is_made(const char *path, const char *target)
{
	char now[64];
	ssize_t n = readlink(path, now, sizeof(now) - 1);

	if (n < 0)
		return false;
	now[n] = '\0';
	return strcmp(now, target) == 0;
}

static int
make_link(const char *path, struct err *err)
{
	char target[32];

	(void)snprintf(target, sizeof(target), "/proc/self/fd/%d",
		       RECEIVE_PROGRAM_FD);
	if (is_made(path, target))
		return 0;
	if (unlink(path) < 0 && errno != ENOENT)
		return err_set_errno(err, errno, "%s", path);
	if (symlink(target, path) < 0)
		return err_set_errno(err, errno, "%s", path);
	return 0;
}

int
hooks_make(struct err *err)
{
	size_t i;
	int rc = 0;

	if (mkdir(RECEIVE_HOOKS, 0700) < 0 && errno != EEXIST)
		return err_set_errno(err, errno, RECEIVE_HOOKS);
	for (i = 0; i < sizeof(paths) / sizeof(paths[0]) && !rc; i++)
		rc = make_link(paths[i], err);
	return rc;
}
