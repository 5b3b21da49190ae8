/* gitwork.c - see gitwork.h. */
#include "gitwork.h"

#include <stdio.h>
#include <unistd.h>

#include "measure.h"
#include "prose.h"
#include "shell.h"

void
gitwork_make(const struct fixture *f)
{
	char path[96];

	(void)snprintf(path, sizeof(path), "%s/werk", f->dir);
	if (access(path, F_OK) == 0)
		return;
	shell_run(f->dir, "git clone -q data/spaces/agenda.git werk; cd werk; "
			  "git config user.name x; git config user.email x@x; "
			  "git config gc.auto 0");
}

double
gitwork_commit(const struct fixture *f, int page)
{
	char address[PROSE_ADDRESS], script[160];
	double begun;

	prose_address(page, address);
	(void)snprintf(script, sizeof(script),
		       "cd werk; echo Regel >> %s.md; exec git commit -qam x",
		       address);
	begun = measure_now();
	shell_run(f->dir, script);
	return (measure_now() - begun) * 1000;
}
