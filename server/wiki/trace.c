/* trace.c - see trace.h. */
#include "wiki/trace.h"

#include <stdlib.h>
#include <string.h>

#include "plein/claim.h"
#include "plein/mem.h"

static void
forget(char **text)
{
	free(*text);
	*text = NULL;
}

void
trace_read(struct trace *t, const char *author_mail, const char *committer_mail,
	   const char *message)
{
	t->handle = mem_strndup(author_mail, strcspn(author_mail, "@"));
	message_parse(&t->message, message);
	if (claim_is_service(committer_mail))
		return;
	forget(&t->message.page);
	forget(&t->message.action);
	forget(&t->message.request);
}

void
trace_release(struct trace *t)
{
	free(t->handle);
	message_release(&t->message);
	t->handle = NULL;
}
