/* trace.c - see trace.h. */
#include "wiki/trace.h"

#include <stdlib.h>
#include <string.h>

#include "plein/mem.h"

void
trace_read(struct trace *t, const char *mail, const char *message)
{
	t->handle = mem_strndup(mail, strcspn(mail, "@"));
	message_parse(&t->message, message);
}

void
trace_release(struct trace *t)
{
	free(t->handle);
	message_release(&t->message);
	t->handle = NULL;
}
