/*
 * rpc.h - JSON-RPC 2.0 (jsonrpc.org/specification) messages, one a line.
 * Batches are not spoken. Errors carry `data.name` and `data.args`:
 * {"code":5,"message":"…","data":{"name":"conflict","args":{…}}}.
 */
#ifndef PLEIN_RPC_H
#define PLEIN_RPC_H

#include <jansson.h>
#include <stddef.h>

#include "plein/buf.h"
#include "plein/err.h"

#define RPC_LINE_MAX (4 * 1024 * 1024) /* bytes of one message */
#define RPC_LOGIN_MAX (64 * 1024) /* the same, before sign-in */

/* Numbers of the specification; ours are minus enum plein_err (1…). */
#define RPC_PARSE (-32700)
#define RPC_INVALID (-32600)
#define RPC_NO_METHOD (-32601)
#define RPC_PARAMS (-32602)

enum rpc_kind { RPC_REQUEST, RPC_NOTIFY, RPC_RESULT, RPC_ERROR };

struct rpc_msg {
	enum rpc_kind kind;
	json_t *root; /* owned; the rest is borrowed from it */
	json_t *id; /* NULL for a notification */
	const char *method;
	json_t *params; /* an object, or NULL */
	json_t *result;
	int code; /* RPC_ERROR: a PLEIN_E…, or a number above */
	const char *message;
	json_t *args; /* object or NULL */
};

/*
 * Parse one line. On failure PLEIN_EPROTO; err->msg says why and
 * *rpc_code is RPC_PARSE or RPC_INVALID; m->id may be set to answer with.
 */
int
rpc_parse(struct rpc_msg *m, const char *line, size_t len, int *rpc_code,
	  struct err *err);

/* The same for a line of this program that nobody needs any more: it is read
 * as jsonread_own() does. */
int
rpc_parse_own(struct rpc_msg *m, char *line, size_t len, int *rpc_code,
	      struct err *err);

/*
 * The id of an answer as this program writes it, without reading all of it;
 * yours. NULL: rpc_parse() has to tell what it is.
 */
json_t *
rpc_answered(const char *line, size_t len);

void
rpc_msg_release(struct rpc_msg *m);

/* Each appends one line with its newline; `params`, `result`, `args` are
 * swallowed (NULL: none). */
void
rpc_request(struct buf *out, json_int_t id, const char *method,
	    json_t *params_take);

void
rpc_notify(struct buf *out, const char *method, json_t *params_take);

void
rpc_result(struct buf *out, const json_t *id, json_t *result_take);

/* The same of a result that is text already: one of so many bytes follows, JSON
 * without a newline, and then rpc_result_end(). */
void
rpc_result_begin(struct buf *out, const json_t *id, size_t len);

void
rpc_result_end(struct buf *out);

/* `code` is a PLEIN_E… (negative, above -100) or an RPC_ number. */
void
rpc_error(struct buf *out, const json_t *id, int code, const char *message,
	  json_t *args_take);

/* The rule that an error broke as its args {rule, line}, or NULL. */
json_t *
rpc_rule(const struct err *err);

#endif
