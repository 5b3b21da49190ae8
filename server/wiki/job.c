/* job.c - see job.h. */
#include "wiki/job.h"

#include <stdlib.h>
#include <string.h>

#include "plein/log.h"
#include "plein/mem.h"
#include "wiki/call.h"
#include "wiki/erased.h"

struct job *
job_new(const struct method *m, const struct caller *who, json_t *id,
	json_t *params)
{
	struct job *j = mem_alloc(sizeof(*j));

	j->id = json_incref(id);
	call_init(&j->call, who, json_incref(params));
	j->task.method = m;
	j->task.call = &j->call;
	buf_init(&j->answer);
	return j;
}

/* It may be recovery codes. It only grew: room that was not used is left alone,
 * half of a large one. */
static void
wipe_answer(struct job *j)
{
	explicit_bzero(j->answer.ptr, j->answer.len);
	buf_release(&j->answer);
}

void
job_free(void *job)
{
	struct job *j = job;

	if (!j)
		return;
	json_decref(j->id);
	call_release(&j->call);
	wipe_answer(j);
	free(j);
}

void
job_run(struct job *j, struct desk *d)
{
	j->task.result = erased_run(d, j->task.method, &j->call);
}

void
job_refuse(struct job *j, int code, const char *why)
{
	j->task.result = err_set(&j->call.err, code, "%s", why);
}

void
job_render(struct job *j)
{
	wipe_answer(j);
	if (j->id)
		call_render(&j->call, j->id, j->task.result, &j->answer);
}

void
job_log(const struct job *j)
{
	const struct caller *who =
		j->call.becomes ? j->call.becomes : j->call.caller;
	const char *page = call_text(&j->call, "address");
	const char *account = call_text(&j->call, "handle");

	if (!account)
		account = call_text(&j->call, "user");
	if (j->task.method->place != PLACE_WRITER &&
	    j->task.method->place != PLACE_COSTLY &&
	    strcmp(j->task.method->name, "session.open") != 0)
		return;
	log_event(j->task.method->name,
		  LOG_TEXT("who", who->handle ? who->handle : ""),
		  LOG_TEXT("page", page ? page : ""),
		  LOG_TEXT("account", account ? account : ""),
		  LOG_NUMBER("conn", who->conn), LOG_TEXT("from", who->peer),
		  LOG_TEXT("door", who->door),
		  LOG_TEXT("result",
			   j->task.result ? err_name(j->task.result) : "ok"),
		  LOG_TEXT("why", j->task.result ? j->call.err.msg : ""));
}
