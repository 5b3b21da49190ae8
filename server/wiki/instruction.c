/* instruction.c - see instruction.h. */
#include "wiki/instruction.h"

#include <stdbool.h>
#include <string.h>

#include "wiki/pushes.h"

#define STOP_SECONDS 5
#define STOP_SECONDS_MAX 60

static const struct kind_row {
	const char *op;
	enum instruction_kind kind;
	int n_fds;
} kinds[] = {
	{ "attach", INSTRUCTION_ATTACH, 1 },
	{ "stop", INSTRUCTION_STOP, 0 },
	{ "reload", INSTRUCTION_RELOAD, 0 },
	{ "maintained", INSTRUCTION_MAINTAINED, 0 },
	{ "git", INSTRUCTION_GIT, 0 },
	{ "haves", INSTRUCTION_HAVES, 0 },
	{ "ticket", INSTRUCTION_TICKET, 0 },
	{ "over", INSTRUCTION_OVER, 0 },
	{ "spell", INSTRUCTION_SPELL, 1 },
	{ "may", INSTRUCTION_MAY, 0 },
	{ "refused", INSTRUCTION_REFUSED, 0 },
};

static const char *
find_text(const struct instruction *in, const char *key)
{
	return json_string_value(json_object_get(in->root, key));
}

static const struct kind_row *
find_kind(const char *op)
{
	size_t i;

	for (i = 0; op && i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (strcmp(kinds[i].op, op) == 0)
			return &kinds[i];
	return NULL;
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
	in->conn = (long)json_integer_value(json_object_get(in->root, "conn"));
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
read_git(struct instruction *in, struct err *err)
{
	in->key = find_text(in, "key");
	in->since = json_integer_value(json_object_get(in->root, "since"));
	in->push = json_is_true(json_object_get(in->root, "push"));
	in->again = json_is_true(json_object_get(in->root, "again"));
	if (!in->account || !in->space)
		return err_set(err, PLEIN_EPROTO, "git: a field is missing");
	return 0;
}

static int
read_push(struct instruction *in, struct err *err)
{
	in->conn = (long)json_integer_value(json_object_get(in->root, "conn"));
	in->account = find_text(in, "account");
	in->peer = find_text(in, "peer");
	in->ticket = find_text(in, "ticket");
	in->space = find_text(in, "space");
	in->status =
		(int)json_integer_value(json_object_get(in->root, "status"));
	if (in->conn <= 0)
		return err_set(err, PLEIN_EPROTO, "push: no conn");
	if (in->kind == INSTRUCTION_GIT)
		return read_git(in, err);
	in->ids = find_text(in, "ids");
	if (in->kind == INSTRUCTION_HAVES && !in->ids)
		return err_set(err, PLEIN_EPROTO, "haves: no ids");
	if (in->kind == INSTRUCTION_TICKET &&
	    (!is_ticket(in->ticket) || !in->account || !in->space))
		return err_set(err, PLEIN_EPROTO, "push: a field is missing");
	if (in->kind == INSTRUCTION_MAY && (!in->account || !in->space))
		return err_set(err, PLEIN_EPROTO, "may: a field is missing");
	return 0;
}

static void
read_stop(struct instruction *in)
{
	const json_t *v = json_object_get(in->root, "seconds");

	in->seconds = v ? (int)json_integer_value(v) : STOP_SECONDS;
	if (in->seconds < 0 || in->seconds > STOP_SECONDS_MAX)
		in->seconds = STOP_SECONDS;
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
	if (in->kind == INSTRUCTION_ATTACH)
		return read_attach(in, err);
	if (in->kind == INSTRUCTION_MAINTAINED)
		return read_maintained(in, err);
	if (in->kind == INSTRUCTION_REFUSED)
		return read_refused(in, err);
	if (in->kind == INSTRUCTION_TICKET || in->kind == INSTRUCTION_OVER ||
	    in->kind == INSTRUCTION_MAY || in->kind == INSTRUCTION_GIT ||
	    in->kind == INSTRUCTION_HAVES)
		return read_push(in, err);
	read_stop(in);
	return 0;
}

void
instruction_release(struct instruction *in)
{
	json_decref(in->root);
	memset(in, 0, sizeof(*in));
}
