/* ending.c - see ending.h. */
#include "wiki/ending.h"

#include <stdlib.h>
#include <string.h>

#include "plein/log.h"
#include "plein/mem.h"
#include "wiki/control.h"
#include "wiki/session.h"

struct ending *
ending_new(const char *handle, long only, long but, enum ending_why why)
{
	struct ending *e = mem_alloc(sizeof(*e));

	*e = (struct ending){ mem_strdup(handle), only, but, why };
	return e;
}

void
ending_free(struct ending *e)
{
	if (!e)
		return;
	free(e->handle);
	free(e);
}

const char *
ending_word(enum ending_why why)
{
	static const char *const words[] = {
		[ENDING_OWN] = "own",
		[ENDING_ADMIN] = "admin",
		[ENDING_CLOSED] = "closed",
	};

	return words[why];
}

bool
ending_holds(const struct ending *e, const char *handle, long conn)
{
	return handle && strcmp(handle, e->handle) == 0 && conn != e->but &&
	       (!e->only || conn == e->only);
}

void
ending_carry_out(const struct ending *e, const struct vec *streams,
		 struct control *control)
{
	const char *why = ending_word(e->why);
	struct err err = ERR_INIT;
	const struct caller *who;

	for (size_t i = 0; i < streams->len; i++) {
		who = session_who(streams->items[i]);
		if (ending_holds(e, who->handle, who->conn))
			session_end(streams->items[i], why);
	}
	if (control_tell(control,
			 json_pack("{s:s, s:s, s:I, s:I, s:s}", "op", "end",
				   "account", e->handle, "only",
				   (json_int_t)e->only, "but",
				   (json_int_t)e->but, "why", why),
			 &err))
		log_event("control.failed", LOG_TEXT("op", "end"),
			  LOG_TEXT("why", err.msg));
}
