/* A message that is understood is the same when written and read again. */
#include "fuzz.h"

#include <assert.h>
#include <string.h>

#include "plein/rpc.h"
#include "plein/utf8.h"

static void
write_again(struct buf *out, const struct rpc_msg *m)
{
	if (m->kind == RPC_RESULT)
		rpc_result(out, m->id, json_incref(m->result));
	else if (m->kind == RPC_ERROR)
		rpc_error(out, m->id, m->code, m->message,
			  json_incref(m->args));
	else if (m->id && json_is_integer(m->id))
		rpc_request(out, json_integer_value(m->id), m->method,
			    json_incref(m->params));
	else
		rpc_notify(out, m->method, json_incref(m->params));
}

static void
assert_same_json(const json_t *a, const json_t *b)
{
	assert(!a == !b);
	assert(!a || json_equal(a, b));
}

static void
check_again(const struct rpc_msg *m)
{
	struct buf out = BUF_INIT;
	struct rpc_msg n;
	struct err err = ERR_INIT;
	int code;

	write_again(&out, m);
	assert(out.len > 0 &&
	       memchr(out.ptr, '\n', out.len) == out.ptr + out.len - 1);
	assert(rpc_parse(&n, out.ptr, out.len, &code, &err) == 0);
	assert(n.kind == m->kind || (m->kind == RPC_REQUEST && !n.id));
	assert(!m->method || strcmp(n.method, m->method) == 0);
	assert_same_json(n.params, m->params);
	assert_same_json(n.result, m->result);
	assert_same_json(n.args, m->args);
	assert(n.code == m->code);
	assert(!m->message || strcmp(n.message, m->message) == 0);
	rpc_msg_release(&n);
	buf_release(&out);
}

static void
check_refusal(const struct rpc_msg *m, int code, const struct err *err)
{
	struct buf out = BUF_INIT;
	struct rpc_msg n;
	int again;

	assert(code == RPC_PARSE || code == RPC_INVALID);
	assert(err->code == PLEIN_EPROTO && err->msg[0]);
	assert(utf8_is_valid(err->msg, strlen(err->msg)));
	rpc_error(&out, m->id, code, err->msg, NULL);
	assert(rpc_parse(&n, out.ptr, out.len, &again, NULL) == 0);
	assert(n.kind == RPC_ERROR && n.code == code);
	rpc_msg_release(&n);
	buf_release(&out);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct rpc_msg m;
	struct err err = ERR_INIT;
	int code;

	if (rpc_parse(&m, (const char *)data, size, &code, &err) == 0)
		check_again(&m);
	else
		check_refusal(&m, code, &err);
	rpc_msg_release(&m);
	return 0;
}
