/* Bits of a table: row = where we are, bit = where we may go. */
#include "ssh/stage.h"

#define TO(s) (1u << (s))

static const unsigned follows[] = {
	[STAGE_KEX] = TO(STAGE_AUTH) | TO(STAGE_DONE),
	[STAGE_AUTH] = TO(STAGE_TALK) | TO(STAGE_OPEN) | TO(STAGE_DONE),
	[STAGE_TALK] = TO(STAGE_OPEN) | TO(STAGE_DONE),
	[STAGE_OPEN] = TO(STAGE_SPAWN) | TO(STAGE_RUN) | TO(STAGE_DONE),
	[STAGE_SPAWN] = TO(STAGE_RUN) | TO(STAGE_DONE),
	[STAGE_RUN] = TO(STAGE_CLOSE) | TO(STAGE_DONE),
	[STAGE_CLOSE] = TO(STAGE_DONE),
	[STAGE_DONE] = 0,
};

static const char *const overdue[] = {
	[STAGE_KEX] = "banner",	   [STAGE_AUTH] = "sign-in",
	[STAGE_TALK] = "sign-in",  [STAGE_OPEN] = "unused",
	[STAGE_SPAWN] = "spawn",   [STAGE_RUN] = "stop",
	[STAGE_CLOSE] = "hang-up", [STAGE_DONE] = "done",
};

bool
stage_may_follow(enum stage from, enum stage to)
{
	return (follows[from] & TO(to)) != 0;
}

int64_t
stage_deadline(enum stage s, const struct conn_limits *l, int64_t start,
	       int64_t now)
{
	const int64_t deadlines[] = {
		[STAGE_KEX] = start + l->banner_ms,
		[STAGE_AUTH] = start + l->auth_ms,
		[STAGE_TALK] = now + l->talk_ms,
		[STAGE_OPEN] = now + l->auth_ms,
		[STAGE_SPAWN] = now + l->auth_ms,
		[STAGE_RUN] = -1,
		[STAGE_CLOSE] = now + l->hangup_ms,
		[STAGE_DONE] = -1,
	};

	return deadlines[s];
}

const char *
stage_overdue(enum stage s)
{
	return overdue[s];
}
