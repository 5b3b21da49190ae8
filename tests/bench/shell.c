#include "shell.h"

#include "plein/mem.h"
#include "proc.h"

#define SCRIPT_MS 300000

void
shell_run(const char *dir, const char *script)
{
	const char *argv[] = { "sh", "-ec", script, NULL };
	struct proc_result r;

	proc_run(&r, argv, dir, NULL, SCRIPT_MS);
	if (r.status != 0)
		die("%s: %s", script, r.err.ptr);
	proc_result_release(&r);
}

void
shell_remove(const char *dir)
{
	const char *argv[] = { "rm", "-rf", dir, NULL };
	struct proc_result r;

	proc_run(&r, argv, NULL, NULL, SCRIPT_MS);
	if (r.status != 0)
		die("%s: %s", dir, r.err.ptr);
	proc_result_release(&r);
}
