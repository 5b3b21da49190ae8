/* loop_obey.c - what the supervisor tells the loop (wiki/instruction.h). */
#include "wiki/loop_impl.h"

#include <stdlib.h>
#include <unistd.h>

#include "plein/log.h"
#include "wiki/erased.h"
#include "wiki/gitwork.h"
#include "wiki/handlers.h"
#include "wiki/instruction.h"
#include "wiki/outfit.h"
#include "wiki/pushes.h"
#include "wiki/speller.h"
#include "wiki/writer.h"

static void
obey_attach(struct loop *l, const struct instruction *in, int fd)
{
	struct session *s;

	if (l->stopping) {
		(void)close(fd); /* nothing was written to it */
		return;
	}
	s = loop_add_session(l, fd, caller_new(in->conn, in->door, in->peer));
	if (!s)
		return;
	session_date(s, in->since);
	if (caller_is_client(session_who(s)))
		atomic_fetch_add(&l->pulse.sessions, 1);
	if (in->account)
		session_admit(s, in);
	else
		session_start(s);
}

static void
obey_stop(struct loop *l, const struct instruction *in, int fd)
{
	(void)fd;
	loop_stop(l, in->seconds * 1000, EXIT_SUCCESS);
}

static void
obey_reload(struct loop *l, const struct instruction *in, int fd)
{
	(void)in;
	(void)fd;
	atomic_fetch_add(&l->edition, 1);
	log_event("wiki.reload", LOG_NUMBER("edition", l->edition));
}

static void
obey_ticket(struct loop *l, const struct instruction *in, int fd)
{
	struct push_owner owner = { (char *)in->account, (char *)in->space,
				    (char *)in->peer, in->conn };
	struct space *s = spacelist_get(&l->spaces, in->space);

	(void)fd;
	if (s)
		pushes_add(s->pushes, in->ticket, &owner);
}

/* What a wiki process before us was told has its record. */
static void
obey_git(struct loop *l, const struct instruction *in, int fd)
{
	const struct gitwork *g = gitwork_add(&l->gits, in);

	(void)fd;
	if (g && !in->again)
		writer_note_record(l->writer, gitwork_began(g), false);
}

static void
obey_over(struct loop *l, const struct instruction *in, int fd)
{
	bool refused = outfit_end_pushes(&l->spaces, in->conn);
	struct gitwork *g = gitwork_take(&l->gits, in->conn);

	(void)fd;
	if (g)
		writer_note_record(
			l->writer,
			gitwork_ended(g, gitwork_judge(in->status, in->ended,
						       refused)),
			refused);
	gitwork_free(g);
}

static void
obey_spell(struct loop *l, const struct instruction *in, int fd)
{
	(void)in;
	speller_give(l->shared.speller, fd);
}

static void
obey_maintained(struct loop *l, const struct instruction *in, int fd)
{
	(void)fd;
	upkeep_report(l->upkeep, in->task, in->status);
}

static void
obey_refused(struct loop *l, const struct instruction *in, int fd)
{
	(void)fd;
	writer_note_refused(l->writer, in->peer, in->reason, in->n);
}

/* What has to be looked up: the answer is told by loop_finish(). */
static void
look_up(struct loop *l, const struct method *m, json_t *params_take)
{
	struct job *j = job_new(m, l->self, NULL, params_take);
	struct err err = ERR_INIT;
	int rc = readers_push(l->readers, j, &err);

	json_decref(params_take);
	if (rc) {
		job_refuse(j, rc, err.msg);
		loop_tell_answer(l, j);
	}
}

/* Somebody wants git for a space. */
static void
obey_may(struct loop *l, const struct instruction *in, int fd)
{
	(void)fd;
	look_up(l, &space_may,
		json_pack("{s:I, s:s, s:s}", "conn", (json_int_t)in->conn,
			  "account", in->account, "space", in->space));
}

static void
obey_haves(struct loop *l, const struct instruction *in, int fd)
{
	(void)fd;
	look_up(l, &erased_haves,
		json_pack("{s:I, s:s}", "conn", (json_int_t)in->conn, "ids",
			  in->ids));
}

static const char *
result_text(const struct job *j, const char *key)
{
	return json_string_value(json_object_get(j->call.result, key));
}

/* What could not be found out is no right, and no erasure. */
void
loop_tell_answer(struct loop *l, struct job *j)
{
	json_t *conn = json_object_get(j->call.params, "conn");
	bool may = j->task.method == &space_may;
	const char *role = result_text(j, "role");
	const char *date = result_text(j, "date");
	struct err err = ERR_INIT;

	if (control_tell(
		    &l->control,
		    may ? json_pack("{s:s, s:O, s:O, s:s}", "op", "may", "conn",
				    conn, "space",
				    json_object_get(j->call.params, "space"),
				    "role", role ? role : role_name(ROLE_NONE))
			: json_pack("{s:s, s:O, s:s}", "op", "haves", "conn",
				    conn, "date", date ? date : ""),
		    &err))
		log_event("control.failed",
			  LOG_TEXT("op", may ? "may" : "haves"),
			  LOG_TEXT("why", err.msg));
	job_free(j);
}

/* The descriptor is -1 where none comes. */
static void (*const obey[INSTRUCTION_N])(struct loop *l,
					 const struct instruction *in,
					 int fd) = {
	[INSTRUCTION_ATTACH] = obey_attach,
	[INSTRUCTION_STOP] = obey_stop,
	[INSTRUCTION_RELOAD] = obey_reload,
	[INSTRUCTION_GIT] = obey_git,
	[INSTRUCTION_HAVES] = obey_haves,
	[INSTRUCTION_TICKET] = obey_ticket,
	[INSTRUCTION_OVER] = obey_over,
	[INSTRUCTION_SPELL] = obey_spell,
	[INSTRUCTION_MAY] = obey_may,
	[INSTRUCTION_MAINTAINED] = obey_maintained,
	[INSTRUCTION_REFUSED] = obey_refused,
};

void
loop_obey(void *ctx, const struct instruction *in, int fd)
{
	obey[in->kind](ctx, in, fd);
}
