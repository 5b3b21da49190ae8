/*
 * rpc.c - JSON-RPC 2.0 messages to and from lines.
 *
 * A message is parsed once by jansson; which members it must and may have
 * says a function per kind. Our error numbers travel positive, so that they
 * are the exit codes people see; those of the specification travel as they
 * are.
 */
#include "plein/rpc.h"

#include <stdbool.h>
#include <string.h>

#include "plein/jsonread.h"
#include "plein/jsontext.h"
#include "plein/mem.h"
#include "plein/utf8.h"

/* Bytes to begin with: one that holds a password or a code does not grow, so
 * that wiping it wipes all of it. */
#define MESSAGE_ROOM 4000
#define OWN_CODES (-100) /* above: enum plein_err, below: specification */

static int
invalid(int *rpc_code, struct err *err, const char *why)
{
	*rpc_code = RPC_INVALID;
	return err_set(err, PLEIN_EPROTO, "%s", why);
}

static bool
is_id(const json_t *id)
{
	return json_is_string(id) || json_is_integer(id);
}

static int
read_call(struct rpc_msg *m, int *rpc_code, struct err *err)
{
	json_t *id = json_object_get(m->root, "id");

	if (id != NULL && !is_id(id))
		return invalid(rpc_code, err, "id is no string or integer");
	m->id = id;
	m->kind = id != NULL ? RPC_REQUEST : RPC_NOTIFY;
	m->method = json_string_value(json_object_get(m->root, "method"));
	if (m->method == NULL)
		return invalid(rpc_code, err, "method is no string");
	m->params = json_object_get(m->root, "params");
	if (m->params != NULL && !json_is_object(m->params))
		return invalid(rpc_code, err, "params is no object");
	return 0;
}

static int
code_from_wire(json_int_t code)
{
	if (code > 0 && code <= -PLEIN_ELAST)
		return (int)-code;
	if (code < OWN_CODES && code >= -32768)
		return (int)code;
	return PLEIN_EPROTO;
}

static int
read_error(struct rpc_msg *m, json_t *error, int *rpc_code, struct err *err)
{
	json_t *code = json_object_get(error, "code");

	m->kind = RPC_ERROR;
	m->message = json_string_value(json_object_get(error, "message"));
	if (!json_is_integer(code) || m->message == NULL)
		return invalid(rpc_code, err, "error lacks code or message");
	m->code = code_from_wire(json_integer_value(code));
	m->args = json_object_get(json_object_get(error, "data"), "args");
	if (!json_is_object(m->args))
		m->args = NULL;
	return 0;
}

static int
read_answer(struct rpc_msg *m, int *rpc_code, struct err *err)
{
	json_t *error = json_object_get(m->root, "error");
	json_t *id = json_object_get(m->root, "id");

	m->result = json_object_get(m->root, "result");
	if ((error != NULL) == (m->result != NULL))
		return invalid(rpc_code, err, "neither call nor answer");
	if (!is_id(id) && !(error != NULL && json_is_null(id)))
		return invalid(rpc_code, err, "answer without id");
	m->id = id;
	m->kind = RPC_RESULT;
	return error == NULL ? 0 : read_error(m, error, rpc_code, err);
}

/* What the value says, or why there is none. */
static int
read_message(struct rpc_msg *m, json_t *root_take, const json_error_t *why,
	     int *rpc_code, struct err *err)
{
	const char *version;

	memset(m, 0, sizeof(*m));
	*rpc_code = 0;
	m->root = root_take;
	if (m->root == NULL) {
		*rpc_code = RPC_PARSE;
		return err_set(err, PLEIN_EPROTO, "JSON: %s at byte %d",
			       why->text, why->position);
	}
	if (!json_is_object(m->root))
		return invalid(rpc_code, err, "message is no object");
	if (is_id(json_object_get(m->root, "id")))
		m->id = json_object_get(m->root, "id");
	version = json_string_value(json_object_get(m->root, "jsonrpc"));
	if (version == NULL || strcmp(version, "2.0") != 0)
		return invalid(rpc_code, err, "jsonrpc is not \"2.0\"");
	if (json_object_get(m->root, "method") != NULL)
		return read_call(m, rpc_code, err);
	return read_answer(m, rpc_code, err);
}

int
rpc_parse(struct rpc_msg *m, const char *line, size_t len, int *rpc_code,
	  struct err *err)
{
	json_error_t why;
	json_t *root = jsonread(line, len, &why);

	return read_message(m, root, &why, rpc_code, err);
}

int
rpc_parse_own(struct rpc_msg *m, char *line, size_t len, int *rpc_code,
	      struct err *err)
{
	json_error_t why;
	json_t *root = jsonread_own(line, len, &why);

	return read_message(m, root, &why, rpc_code, err);
}

/* rpc_result() and rpc_error() begin so, and no other message does. */
json_t *
rpc_answered(const char *line, size_t len)
{
	static const char head[] = "{\"jsonrpc\":\"2.0\",\"id\":";
	static const char result[] = ",\"result\":", error[] = ",\"error\":";
	size_t at = sizeof(head) - 1, n = sizeof(result) - 1;
	json_error_t end;
	json_t *id;

	if (len < at || memcmp(line, head, at) != 0)
		return NULL;
	id = json_loadb(line + at, len - at,
			JSON_DECODE_ANY | JSON_DISABLE_EOF_CHECK, &end);
	at += id ? (size_t)end.position : 0;
	if (is_id(id) && len - at > n &&
	    (memcmp(line + at, result, n) == 0 ||
	     memcmp(line + at, error, sizeof(error) - 1) == 0))
		return id;
	json_decref(id);
	return NULL;
}

void
rpc_msg_release(struct rpc_msg *m)
{
	if (m == NULL)
		return;
	json_decref(m->root);
	memset(m, 0, sizeof(*m));
}

static json_t *
require_json(json_t *json)
{
	if (json == NULL)
		die("out of memory (message)");
	return json;
}

/* Swallows `value`; NULL adds nothing. */
static void
add_member(json_t *object, const char *key, json_t *value_take)
{
	if (value_take != NULL &&
	    json_object_set_new(object, key, value_take) < 0)
		die("out of memory (message)");
}

static json_t *
start_message(void)
{
	json_t *root = require_json(json_object());

	add_member(root, "jsonrpc", require_json(json_string("2.0")));
	return root;
}

static void
finish_message(struct buf *out, json_t *root_take)
{
	(void)buf_room(out, MESSAGE_ROOM);
	jsontext_add(out, root_take);
	buf_char(out, '\n');
	json_decref(root_take);
}

static json_t *
copy_id(const json_t *id)
{
	return require_json(id != NULL ? json_deep_copy(id) : json_null());
}

static void
add_call(struct buf *out, json_t *id, const char *method, json_t *params_take)
{
	json_t *root = start_message();

	add_member(root, "id", id);
	add_member(root, "method", require_json(json_string(method)));
	add_member(root, "params", params_take);
	finish_message(out, root);
}

void
rpc_request(struct buf *out, json_int_t id, const char *method,
	    json_t *params_take)
{
	add_call(out, require_json(json_integer(id)), method, params_take);
}

void
rpc_notify(struct buf *out, const char *method, json_t *params_take)
{
	add_call(out, NULL, method, params_take);
}

void
rpc_result(struct buf *out, const json_t *id, json_t *result_take)
{
	json_t *root = start_message();

	add_member(root, "id", copy_id(id));
	add_member(root, "result",
		   result_take != NULL ? result_take : json_null());
	finish_message(out, root);
}

/* As finish_message() would write it. */
void
rpc_result_begin(struct buf *out, const json_t *id, size_t len)
{
	json_t *own = copy_id(id);

	(void)buf_room(out, len + MESSAGE_ROOM);
	buf_str(out, "{\"jsonrpc\":\"2.0\",\"id\":");
	jsontext_add(out, own);
	buf_str(out, ",\"result\":");
	json_decref(own);
}

void
rpc_result_end(struct buf *out)
{
	buf_str(out, "}\n");
}

/* jansson takes nothing but UTF-8, and a bad message must not end us. */
static json_t *
make_text(const char *s)
{
	if (!utf8_is_valid(s, strlen(s)))
		s = "(message is not UTF-8)";
	return require_json(json_string(s));
}

static json_t *
make_error(int code, const char *message, json_t *args_take)
{
	bool own = code < 0 && code > OWN_CODES;
	json_t *error = require_json(json_object());
	json_t *data = require_json(json_object());

	add_member(error, "code",
		   require_json(json_integer(own ? -code : code)));
	add_member(error, "message", make_text(message));
	if (own)
		add_member(data, "name",
			   require_json(json_string(err_name(code))));
	add_member(data, "args", args_take);
	if (json_object_size(data) > 0)
		add_member(error, "data", data);
	else
		json_decref(data);
	return error;
}

void
rpc_error(struct buf *out, const json_t *id, int code, const char *message,
	  json_t *args_take)
{
	json_t *root = start_message();

	add_member(root, "id", copy_id(id));
	add_member(root, "error", make_error(code, message, args_take));
	finish_message(out, root);
}

json_t *
rpc_rule(const struct err *err)
{
	json_t *args;

	if (!err->rule)
		return NULL;
	args = json_pack("{s:s}", "rule", err->rule);
	if (err->at)
		add_member(args, "line", json_integer(err->at));
	return args;
}
