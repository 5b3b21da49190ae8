/* oneshot_rows.c - see oneshot_rows.h. */
#include "oneshot_rows.h"

#include "base/parts.h"
#include "plein/i18n.h"

json_t *
row_part(const json_t *row, const char *key)
{
	json_t *value = json_object_get(row, key);

	return value ? value : json_null();
}

const char *
row_text(const json_t *row, const char *key)
{
	return json_string_value(json_object_get(row, key));
}

json_int_t
row_number(const json_t *row, const char *key)
{
	return json_integer_value(json_object_get(row, key));
}

/* --- collected --- */

int
oneshot_ask_rows(struct oneshot *o, const char *method, json_t *params_take,
		 json_t **rows)
{
	enum parts_step step = PARTS_MORE;
	struct parts p;
	int exit_code = 0;

	*rows = NULL;
	parts_init(&p, params_take);
	while (step == PARTS_MORE) {
		struct err err = ERR_INIT;
		struct rpc_msg m;
		int rc = oneshot_call(o, method, parts_params(&p), &m, &err);

		step = m.root ? parts_take(&p, &m) : PARTS_FAILED;
		if (step == PARTS_FAILED)
			exit_code = oneshot_fail(
				o, rc == PLEIN_EUNKNOWN ? PLEIN_EBUSY : rc,
				err.msg, m.args);
		rpc_msg_release(&m);
	}
	if (step == PARTS_DONE)
		*rows = json_incref(p.rows);
	parts_release(&p);
	return exit_code;
}

/* --- part by part --- */

static void
add_part(struct oneshot *o, struct row_list *l, const json_t *result)
{
	const json_t *rows = json_object_get(result, "rows");
	size_t n = json_array_size(rows);

	if (l->begin)
		l->begin(o, result, l->ctx);
	for (size_t i = 0; i < n && (!l->most || l->n < (size_t)l->most); i++) {
		l->add(o, json_array_get(rows, i), l->ctx);
		l->n++;
	}
	if (json_is_false(json_object_get(result, "complete")))
		l->incomplete = true;
}

/* Is there a further part that is wanted? Then params ask for it. */
static bool
turn_to_next(struct row_list *l, json_t *params, json_t *result)
{
	json_t *next = json_object_get(result, "next");

	if (!next || json_array_size(json_object_get(result, "rows")) == 0)
		return false;
	l->more = l->most && l->n >= (size_t)l->most;
	if (l->more)
		return false;
	(void)json_object_set(params, l->cursor, next);
	return true;
}

/* The next part, written; *more when another is to be asked. */
static int
ask_part(struct oneshot *o, struct row_list *l, json_t *params, bool *more)
{
	struct err err = ERR_INIT;
	struct rpc_msg m;
	int rc, exit_code = EXIT_DONE;

	*more = false;
	if (l->most)
		(void)json_object_set_new(
			params, "limit",
			json_integer(l->most - (json_int_t)l->n));
	rc = oneshot_call(o, l->method, json_incref(params), &m, &err);
	if (rc == PLEIN_EUNKNOWN)
		rc = PLEIN_EBUSY;
	if (rc && rc == l->forgive) {
		l->incomplete = true;
	} else if (rc) {
		exit_code = oneshot_fail(o, rc, err.msg, m.args);
	} else {
		add_part(o, l, m.result);
		*more = turn_to_next(l, params, m.result);
		exit_code = oneshot_flush(o);
	}
	rpc_msg_release(&m);
	return exit_code;
}

int
oneshot_each(struct oneshot *o, struct row_list *l, json_t *params_take)
{
	bool more = true;
	int exit_code = EXIT_DONE;

	while (more && !exit_code)
		exit_code = ask_part(o, l, params_take, &more);
	json_decref(params_take);
	return exit_code;
}

void
oneshot_tell_unsearched(struct oneshot *o, const struct row_list *l)
{
	if (l->incomplete)
		oneshot_caution(o, _("Not all old versions have been searched "
				     "yet."));
}

int
oneshot_found(struct oneshot *o, size_t n)
{
	if (n)
		return EXIT_DONE;
	oneshot_remark(o, "%s", _("Nothing found."));
	return EXIT_NOTHING;
}

int
oneshot_list(struct oneshot *o, const char *method,
	     void (*add)(struct oneshot *o, const json_t *row, void *ctx))
{
	struct row_list l = { .method = method, .cursor = "after", .add = add };
	int exit_code = oneshot_each(o, &l, json_object());

	return exit_code ? exit_code : oneshot_found(o, l.n);
}
