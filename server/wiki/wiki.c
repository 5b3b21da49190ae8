/* wiki.c - see wiki.h. */
#include "wiki/wiki.h"

#include <jansson.h>
#include <signal.h>

#include "plein/log.h"
#include "wiki/loop.h"

int
wiki_run(int data, int lock, int control)
{
	(void)data; /* it is the current directory */
	log_set_process("wiki");
	/* Ctrl-C and hang-up concern the supervisor, who tells us. */
	(void)signal(SIGINT, SIG_IGN);
	(void)signal(SIGHUP, SIG_IGN);
	(void)signal(SIGPIPE, SIG_IGN);
	json_object_seed(0); /* before there are threads */
	return loop_serve(lock, control, &wiki_limits_default);
}
