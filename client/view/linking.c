/* linking.c - see linking.h. */
#include "view/linking.h"

#include <stdlib.h>
#include <string.h>

#include "plein/mem.h"

static void
ask(struct linking *l, json_int_t after);

static void
take_rows(void *ctx, const struct rpc_msg *m)
{
	struct linking *l = ctx;
	const json_t *next = json_object_get(m->result, "next");

	if (m->kind == RPC_RESULT)
		(void)json_array_extend(l->rows,
					json_object_get(m->result, "rows"));
	l->more = next != NULL;
	if (next && json_array_size(l->rows) < LINKING_MAX)
		ask(l, json_integer_value(next));
	else
		l->done = true;
}

static void
ask(struct linking *l, json_int_t after)
{
	json_t *params = json_pack("{s:s, s:i}", "address", l->address, "limit",
				   LINKING_MAX);

	if (after)
		(void)json_object_set_new(params, "after", json_integer(after));
	(void)link_call(l->link, "page.backlinks", params, take_rows, l);
}

void
linking_read(struct linking *l, struct link *link, const char *address)
{
	linking_release(l);
	l->link = link;
	l->address = mem_strdup(address);
	l->rows = json_array();
	ask(l, 0);
}

void
linking_skip(struct linking *l)
{
	linking_release(l);
	l->done = true;
}

void
linking_release(struct linking *l)
{
	if (l->link)
		link_forget(l->link, l);
	json_decref(l->rows);
	free(l->address);
	memset(l, 0, sizeof(*l));
}
