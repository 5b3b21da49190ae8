/* call.c - see call.h. */
#include "wiki/call.h"

#include <stdlib.h>
#include <string.h>

#include "plein/filter.h"
#include "plein/jsontext.h"
#include "plein/mem.h"
#include "plein/rpc.h"
#include "wiki/ending.h"
#include "wiki/presence.h"

void
call_init(struct call *c, const struct caller *who, json_t *params_take)
{
	memset(c, 0, sizeof(*c));
	c->caller = who;
	c->params = params_take ? params_take : json_object();
	buf_init(&c->text);
	buf_init(&c->rows);
}

void
call_release(struct call *c)
{
	json_decref(c->params);
	json_decref(c->result);
	buf_release(&c->text);
	buf_release(&c->rows);
	json_decref(c->args);
	caller_free(c->becomes);
	caller_free(c->moves);
	presence_free(c->stands);
	free(c->hears);
	free(c->changed);
	free(c->awaits);
	vec_release(&c->gone, free);
	ending_free(c->ends);
	memset(c, 0, sizeof(*c));
}

const char *
call_text(const struct call *c, const char *name)
{
	return json_string_value(json_object_get(c->params, name));
}

long
call_number(const struct call *c, const char *name, long absent)
{
	const json_t *v = json_object_get(c->params, name);

	return v ? (long)json_integer_value(v) : absent;
}

bool
call_flag(const struct call *c, const char *name)
{
	return json_is_true(json_object_get(c->params, name));
}

json_t *
call_json(const char *s, size_t len)
{
	struct buf marked = BUF_INIT;
	json_t *j = jsontext_string(s, len);

	if (j)
		return j;
	filter_text(&marked, s, len);
	j = jsontext_string(marked.ptr, marked.len);
	buf_release(&marked);
	return j;
}

json_t *
call_json_line(const char *s)
{
	return s ? call_json(s, strlen(s)) : json_null();
}

json_t *
call_result(struct call *c)
{
	struct buf text = BUF_INIT;

	if (c->text.len > 0 || c->rows.len > 0) {
		call_tell_result(c, &text);
		json_decref(c->result);
		c->result = json_loadb(text.ptr, text.len, 0, NULL);
		if (!c->result)
			die("an answer of ours cannot be read");
		buf_release(&text);
		buf_release(&c->text);
		buf_release(&c->rows);
	}
	return c->result;
}

/* Its other members stand behind them. */
static void
tell_rows(const struct call *c, struct buf *out)
{
	size_t at;

	buf_str(out, "{\"rows\":");
	buf_add(out, c->rows.ptr, c->rows.len);
	at = out->len;
	jsontext_add(out, c->result);
	if (json_object_size(c->result) > 0)
		out->ptr[at] = ',';
	else
		buf_erase(out, at, 1);
}

void
call_tell_result(const struct call *c, struct buf *out)
{
	if (c->text.len > 0)
		buf_add(out, c->text.ptr, c->text.len);
	else if (c->rows.len > 0)
		tell_rows(c, out);
	else if (c->result)
		jsontext_add(out, c->result);
	else
		buf_str(out, "{}");
}

void
call_render(struct call *c, const json_t *id, int result, struct buf *out)
{
	size_t start = out->len;

	if (result) {
		if (!c->args && c->err.code == result)
			c->args = rpc_rule(&c->err);
		rpc_error(out, id, result, c->err.msg, c->args);
		c->args = NULL;
		return;
	}
	rpc_result_begin(out, id, c->text.len + c->rows.len);
	call_tell_result(c, out);
	rpc_result_end(out);
	if (out->len - start <= RPC_LINE_MAX)
		return;
	explicit_bzero(out->ptr + start, out->len - start);
	buf_erase(out, start, out->len - start);
	rpc_error(out, id, PLEIN_ETOOBIG,
		  "the answer is longer than a message may be", NULL);
}
