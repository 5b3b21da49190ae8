/* instruction.c - see instruction.h. */
#include "wiki/instruction.h"

#include <stdbool.h>
#include <string.h>

#include "wiki/pushes.h"

#define STOP_SECONDS 5
#define STOP_SECONDS_MAX 60

struct kind_row {
	const char *op;
	enum instruction_kind kind;
	int n_fds;
	int (*read)(struct instruction *in, struct err *err);
};

static const char *
find_text(const struct instruction *in, const char *key)
{
	return json_string_value(json_object_get(in->root, key));
}

static long
find_conn(const struct instruction *in)
{
	return (long)json_integer_value(json_object_get(in->root, "conn"));
}

static bool
is_client_door(const char *door)
{
	return strcmp(door, "screen") == 0 || strcmp(door, "command") == 0 ||
	       strcmp(door, "api") == 0;
}

static int
read_attach(struct instruction *in, struct err *err)
{
	in->conn = find_conn(in);
	in->door = find_text(in, "door");
	in->account = find_text(in, "account");
	in->key = find_text(in, "key");
	in->peer = find_text(in, "peer");
	in->since = json_integer_value(json_object_get(in->root, "since"));
	in->space = find_text(in, "space");
	in->setup = json_is_true(json_object_get(in->root, "setup"));
	if (in->conn <= 0 || !in->door)
		return err_set(err, PLEIN_EPROTO, "attach: no conn or door");
	if (strcmp(in->door, "login") == 0 && !in->account)
		return 0;
	if (is_client_door(in->door) && in->account)
		return 0;
	return err_set(err, PLEIN_EPROTO,
		       "attach: door and account do not fit");
}

static bool
is_ticket(const char *s)
{
	return s && strlen(s) == PUSHES_TICKET &&
	       strspn(s, "0123456789abcdef") == PUSHES_TICKET;
}

static int
read_conn(struct instruction *in, struct err *err)
{
	in->conn = find_conn(in);
	return in->conn > 0 ? 0 : err_set(err, PLEIN_EPROTO, "no conn");
}

/* A connection, and for which account and space. */
static int
read_whose(struct instruction *in, struct err *err)
{
	in->account = find_text(in, "account");
	in->space = find_text(in, "space");
	if (!in->account || !in->space)
		return err_set(err, PLEIN_EPROTO, "no account or space");
	return read_conn(in, err);
}

static int
read_git(struct instruction *in, struct err *err)
{
	in->key = find_text(in, "key");
	in->peer = find_text(in, "peer");
	in->since = json_integer_value(json_object_get(in->root, "since"));
	in->push = json_is_true(json_object_get(in->root, "push"));
	in->again = json_is_true(json_object_get(in->root, "again"));
	return read_whose(in, err);
}

static int
read_ticket(struct instruction *in, struct err *err)
{
	in->peer = find_text(in, "peer");
	in->ticket = find_text(in, "ticket");
	if (!is_ticket(in->ticket))
		return err_set(err, PLEIN_EPROTO, "no ticket");
	return read_whose(in, err);
}

static int
read_over(struct instruction *in, struct err *err)
{
	in->status =
		(int)json_integer_value(json_object_get(in->root, "status"));
	in->ended = json_is_true(json_object_get(in->root, "ended"));
	return read_conn(in, err);
}

static int
read_haves(struct instruction *in, struct err *err)
{
	in->ids = find_text(in, "ids");
	return in->ids ? read_conn(in, err)
		       : err_set(err, PLEIN_EPROTO, "no ids");
}

static int
read_stop(struct instruction *in, struct err *err)
{
	const json_t *v = json_object_get(in->root, "seconds");

	(void)err;
	in->seconds = v ? (int)json_integer_value(v) : STOP_SECONDS;
	if (in->seconds < 0 || in->seconds > STOP_SECONDS_MAX)
		in->seconds = STOP_SECONDS;
	return 0;
}

static int
read_maintained(struct instruction *in, struct err *err)
{
	const json_t *status = json_object_get(in->root, "status");

	in->task = find_text(in, "task");
	in->status = (int)json_integer_value(status);
	if (in->task && json_is_integer(status))
		return 0;
	return err_set(err, PLEIN_EPROTO, "maintained: no task or status");
}

static int
read_refused(struct instruction *in, struct err *err)
{
	in->peer = find_text(in, "peer");
	in->reason = find_text(in, "reason");
	in->n = json_integer_value(json_object_get(in->root, "n"));
	if (in->peer && in->reason && in->n > 0)
		return 0;
	return err_set(err, PLEIN_EPROTO, "refused: a field is missing");
}

/* Says no more than what it is. */
static int
read_nothing(struct instruction *in, struct err *err)
{
	(void)in;
	(void)err;
	return 0;
}

static const struct kind_row kinds[] = {
	{ "attach", INSTRUCTION_ATTACH, 1, read_attach },
	{ "stop", INSTRUCTION_STOP, 0, read_stop },
	{ "reload", INSTRUCTION_RELOAD, 0, read_nothing },
	{ "maintained", INSTRUCTION_MAINTAINED, 0, read_maintained },
	{ "git", INSTRUCTION_GIT, 0, read_git },
	{ "haves", INSTRUCTION_HAVES, 0, read_haves },
	{ "ticket", INSTRUCTION_TICKET, 0, read_ticket },
	{ "over", INSTRUCTION_OVER, 0, read_over },
	{ "spell", INSTRUCTION_SPELL, 1, read_nothing },
	{ "may", INSTRUCTION_MAY, 0, read_whose },
	{ "refused", INSTRUCTION_REFUSED, 0, read_refused },
};

static const struct kind_row *
find_kind(const char *op)
{
	size_t i;

	for (i = 0; op && i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (strcmp(kinds[i].op, op) == 0)
			return &kinds[i];
	return NULL;
}

int
instruction_parse(struct instruction *in, const char *data, size_t len,
		  int n_fds, struct err *err)
{
	const struct kind_row *row;

	memset(in, 0, sizeof(*in));
	in->root = json_loadb(data, len, 0, NULL);
	row = find_kind(find_text(in, "op"));
	if (!row)
		return err_set(err, PLEIN_EPROTO, "unknown instruction");
	if (row->n_fds != n_fds)
		return err_set(err, PLEIN_EPROTO, "%s with %d descriptors",
			       row->op, n_fds);
	in->kind = row->kind;
	return row->read(in, err);
}

void
instruction_release(struct instruction *in)
{
	json_decref(in->root);
	memset(in, 0, sizeof(*in));
}
