/* wiki.c - see wiki.h. */
#include "wiki/wiki.h"

#include <jansson.h>
#include <signal.h>
#include <stdlib.h>

#include "plein/log.h"
#include "plein/sandbox.h"
#include "wiki/loop.h"

#define ZONES "/usr/share/zoneinfo" /* plein.conf may name another one */

int
wiki_run(int data, int lock, int control)
{
	struct err err = ERR_INIT;

	log_set_process("wiki");
	/* Ctrl-C and hang-up concern the supervisor, who tells us. */
	(void)signal(SIGINT, SIG_IGN);
	(void)signal(SIGHUP, SIG_IGN);
	(void)signal(SIGPIPE, SIG_IGN);
	json_object_seed(0); /* before there are threads */
	/* temporary files of SQLite; it starts before there are threads too */
	if (setenv("SQLITE_TMPDIR", ".", 1) != 0 ||
	    sandbox_close_in(SANDBOX_WIKI, data, ZONES, &err)) {
		log_event("wiki.cannot-start", LOG_TEXT("why", err.msg));
		return EXIT_FAILURE;
	}
	return loop_serve(lock, control, &wiki_limits_default);
}
