/*
 * One table row a message: its name, how many descriptors come with it and
 * what else is read from it. A message with another number of descriptors
 * is no message.
 */
#include "ssh/monitor.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <unistd.h>

#include "plein/mem.h"

struct row {
	const char *name;
	enum notice_op op;
	int least, most; /* descriptors */
};

static const struct row rows[] = {
	{ "wiki", NOTICE_WIKI, 1, 1 },
	{ "spawned", NOTICE_SPAWNED, 1, 3 },
	{ "refused", NOTICE_REFUSED, 0, 0 },
	{ "say", NOTICE_SAY, 0, 0 },
	{ "exit", NOTICE_EXIT, 0, 0 },
	{ "stop", NOTICE_STOP, 0, 0 },
};

#define N_ROWS (sizeof(rows) / sizeof(rows[0]))

void
notice_drop(struct notice *n)
{
	for (int i = 0; i < n->n_fds; i++)
		(void)close(n->fds[i]);
	n->n_fds = 0;
}

static const struct row *
find_row(const char *name)
{
	for (size_t i = 0; name != NULL && i < N_ROWS; i++)
		if (strcmp(rows[i].name, name) == 0)
			return &rows[i];
	return NULL;
}

static void
take_fields(struct notice *n, const json_t *root)
{
	const char *text = json_string_value(json_object_get(root, "reason"));
	const char *said = json_string_value(json_object_get(root, "text"));
	const char *sig = json_string_value(json_object_get(root, "signal"));

	n->status = (int)json_integer_value(json_object_get(root, "status"));
	n->seconds = (int)json_integer_value(json_object_get(root, "seconds"));
	if (said != NULL)
		text = said;
	if (sig != NULL) {
		n->status = -1;
		text = sig;
	}
	if (text != NULL)
		(void)strlcpy(n->text, text, sizeof(n->text));
}

/* False when it is no message of ours. */
static bool
parse(struct notice *n, const char *data, size_t len)
{
	json_t *root = json_loadb(data, len, 0, NULL);
	const struct row *row =
		find_row(json_string_value(json_object_get(root, "op")));
	bool good =
		row != NULL && n->n_fds >= row->least && n->n_fds <= row->most;

	if (good) {
		n->op = row->op;
		take_fields(n, root);
	}
	json_decref(root);
	return good;
}

void
monitor_next(int monitor, struct notice *n)
{
	static const struct notice empty = { .fds = { -1, -1, -1, -1 } };
	char data[PASSFD_BYTES];
	ssize_t len;

	for (;;) {
		*n = empty;
		len = passfd_recv(monitor, data, n->fds, &n->n_fds, NULL);
		if (len == PLEIN_EBUSY)
			return;
		if (len <= 0) {
			n->op = NOTICE_GONE;
			return;
		}
		if (parse(n, data, (size_t)len))
			return;
		notice_drop(n);
	}
}

static int
send_take(int monitor, json_t *message, const int *fds, int n_fds,
	  struct err *err)
{
	char *text;
	int rc;

	if (message == NULL)
		die("out of memory");
	text = json_dumps(message, JSON_COMPACT);
	json_decref(message);
	if (text == NULL)
		die("out of memory");
	rc = passfd_send(monitor, text, strlen(text), fds, n_fds, err);
	free(text);
	return rc;
}

int
monitor_stage(int monitor, int stage, struct err *err)
{
	return send_take(monitor,
			 json_pack("{s:s,s:i}", "op", "stage", "stage", stage),
			 NULL, 0, err);
}

int
monitor_spawn(int monitor, const struct route *route, const struct hints *h,
	      const int fds[3], struct err *err)
{
	return send_take(monitor,
			 json_pack("{s:s,s:s,s:s,s:s,s:s,s:i,s:i,s:b,s:s,s:b}",
				   "op", "spawn", "kind",
				   route_kind_name(route->kind), "line",
				   route->line, "space", route->space, "term",
				   h->term, "cols", h->cols, "rows", h->rows,
				   "nocolor", h->nocolor, "language",
				   h->language, "ascii", h->ascii),
			 fds, fds ? 3 : 0, err);
}

int
monitor_haves(int monitor, const char *ids, struct err *err)
{
	return send_take(monitor,
			 json_pack("{s:s,s:s}", "op", "haves", "ids", ids),
			 NULL, 0, err);
}

int
monitor_hello(int monitor, const char *peer, struct err *err)
{
	return send_take(monitor,
			 json_pack("{s:s,s:s}", "op", "hello", "peer", peer),
			 NULL, 0, err);
}

int
monitor_resize(int monitor, struct err *err)
{
	return send_take(monitor, json_pack("{s:s}", "op", "resize"), NULL, 0,
			 err);
}
