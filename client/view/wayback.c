/* wayback.c - see wayback.h. */
#include "view/wayback.h"

#include <string.h>

#include "plein/err.h"
#include "plein/i18n.h"

static size_t
count_bytes(const struct context *c)
{
	size_t bytes = 0, i;
	json_t *one;

	json_array_foreach(c->undo, i, one) bytes += json_string_length(
		json_object_get(json_object_get(one, "params"), "text"));
	return bytes;
}

void
wayback_add(struct context *c, const char *method, json_t *params_take,
	    const char *at, const char *ask, const char *done)
{
	if (!c->undo)
		c->undo = json_array();
	(void)json_array_append_new(
		c->undo, json_pack("{s:s, s:o, s:s?, s:s, s:s}", "method",
				   method, "params", params_take, "at", at,
				   "ask", ask, "done", done));
	while (json_array_size(c->undo) > WAYBACK_MAX ||
	       (json_array_size(c->undo) > 1 && count_bytes(c) > WAYBACK_BYTES))
		(void)json_array_remove(c->undo, 0);
}

void
wayback_add_version(struct context *c, const char *address,
		    const json_t *result)
{
	json_int_t version = args_number(result, "version");
	struct buf ask = BUF_INIT;
	const char *found, *title = context_find(c, address, &found);

	if (version <= 0)
		return;
	buf_printf(&ask, _("Question: undo version %lld of %s?"),
		   (long long)version, title ? title : address);
	wayback_add(
		c, "page.undo",
		json_pack("{s:s, s:I}", "address", address, "version", version),
		address, ask.ptr, "");
	buf_release(&ask);
}

const json_t *
wayback_last(const struct context *c)
{
	size_t n = json_array_size(c->undo);

	return n ? json_array_get(c->undo, n - 1) : NULL;
}

bool
wayback_is_own(const json_t *act)
{
	const char *method = args_text(act, "method");

	return *method && strncmp(method, "page.", strlen("page.")) != 0;
}

/* The act made `was`, and taking it back `is`: the text is that of before. */
static void
follow(json_t *params, const char *address, json_int_t was, json_int_t is)
{
	const json_t *base = json_object_get(params, "base");

	if (!json_is_integer(base) || json_integer_value(base) != was - 1 ||
	    is != was + 1 || strcmp(args_text(params, "address"), address) != 0)
		return;
	(void)json_object_set_new(params, "base", json_integer(is));
}

bool
wayback_is_final(int code)
{
	return code != PLEIN_EBUSY && code != PLEIN_ECLOSED &&
	       code != PLEIN_EUNKNOWN;
}

void
wayback_drop(struct context *c, const json_t *act, const json_t *result)
{
	json_t *held = json_incref((json_t *)act);
	const json_t *params = json_object_get(act, "params");
	size_t i = 0;

	while (i < json_array_size(c->undo)) {
		json_t *one = json_array_get(c->undo, i);

		if (one == act) {
			(void)json_array_remove(c->undo, i);
			continue;
		}
		follow(json_object_get(one, "params"),
		       args_text(params, "address"),
		       args_number(params, "version"),
		       args_number(result, "version"));
		i++;
	}
	json_decref(held);
}
