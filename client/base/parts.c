/* parts.c - see parts.h. */
#include "base/parts.h"

#include <string.h>

#include "plein/mem.h"

#define RESTARTS_MAX 5

static json_t *
require_json(json_t *json)
{
	if (!json)
		die("out of memory");
	return json;
}

void
parts_init(struct parts *p, json_t *params_take)
{
	memset(p, 0, sizeof(*p));
	p->params = params_take ? params_take : require_json(json_object());
	p->rows = require_json(json_array());
}

void
parts_release(struct parts *p)
{
	json_decref(p->params);
	json_decref(p->after);
	json_decref(p->rows);
	memset(p, 0, sizeof(*p));
}

json_t *
parts_params(const struct parts *p)
{
	json_t *params = require_json(json_copy(p->params));

	if (p->after)
		(void)json_object_set(params, "after", p->after);
	return params;
}

static void
begin_anew(struct parts *p)
{
	json_decref(p->after);
	p->after = NULL;
	(void)json_array_clear(p->rows);
	p->restarts++;
}

enum parts_step
parts_take(struct parts *p, const struct rpc_msg *m)
{
	if (m->kind == RPC_ERROR && m->code == PLEIN_ECONFLICT && p->after &&
	    p->restarts < RESTARTS_MAX) {
		begin_anew(p);
		return PARTS_MORE;
	}
	if (m->kind != RPC_RESULT)
		return PARTS_FAILED;
	(void)json_array_extend(p->rows, json_object_get(m->result, "rows"));
	json_decref(p->after);
	p->after = json_incref(json_object_get(m->result, "next"));
	return p->after ? PARTS_MORE : PARTS_DONE;
}
