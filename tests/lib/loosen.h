/*
 * loosen.h - turn the packs of a repository into loose objects, as an older
 * git or `git hash-object -w` would have left them: a wiki writes packs.
 */
#ifndef PLEIN_TEST_LOOSEN_H
#define PLEIN_TEST_LOOSEN_H

#include <stdbool.h>
#include <sys/wait.h>
#include <unistd.h>

/* False when it cannot be done. `path` is the repository. */
static inline bool
loosen(const char *path)
{
	static const char script[] =
		"set -e; cd \"$0\"; for p in objects/pack/*.pack; do "
		"[ -e \"$p\" ] || continue; mv \"$p\" loosening; "
		"rm -f \"${p%.pack}.idx\"; git unpack-objects -q < loosening; "
		"rm -f loosening; done";
	int status = -1;
	pid_t pid = fork();

	if (pid == 0) {
		(void)execl("/bin/sh", "sh", "-c", script, path, (char *)NULL);
		_exit(127);
	}
	return pid > 0 && waitpid(pid, &status, 0) == pid && status == 0;
}

#endif
