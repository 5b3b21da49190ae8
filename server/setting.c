/* setting.c - see setting.h. */
#include "setting.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "args.h"
#include "ask.h"
#include "plein/buf.h"
#include "plein/err.h"
#include "tell.h"

#define WORDS_MAX 3 /* DIR NAME VALUE */

/* All, or the one of that name; PLEIN_ENOTFOUND. */
static int
list(const json_t *result, const char *name, struct buf *out, struct err *err)
{
	static const char *const keys[] = { "value", "change", "normal" };
	const json_t *row;
	size_t i;

	json_array_foreach(json_object_get(result, "rows"), i, row)
	{
		const char *own =
			json_string_value(json_object_get(row, "setting"));

		if (name && own && strcmp(own, name) != 0)
			continue;
		tell_field(out, row, "setting", '\t');
		for (size_t k = 0; k < sizeof(keys) / sizeof(keys[0]); k++)
			tell_field(out, row, keys[k], '\t');
		tell_field(out, row, "means", '\n');
	}
	return out->len ? 0
			: err_set(err, PLEIN_ENOTFOUND,
				  "there is no such setting");
}

static int
show(const char *dir, const char *name)
{
	struct err err = ERR_INIT;
	struct buf out = BUF_INIT;
	json_t *result = NULL;
	int code;

	err.code = ask_in(dir, "setting.list", json_object(), &result, &err);
	if (!err.code)
		err.code = list(result, name, &out, &err);
	code = err.code ? tell_error(&err) : tell(&out);
	buf_release(&out);
	json_decref(result);
	return code;
}

static int
change(const char *dir, const char *name, const char *value)
{
	struct err err = ERR_INIT;
	json_t *result = NULL;
	json_t *params =
		json_pack("{s:s, s:s}", "setting", name, "value", value);

	err.code = params ? ask_in(dir, "setting.set", params, &result, &err)
			  : err_set(&err, PLEIN_ERULE,
				    "what was given is no UTF-8");
	json_decref(result);
	return err.code ? tell_error(&err) : EXIT_DONE;
}

int
setting_main(int argc, char **argv)
{
	static const struct args_option none[] = { { NULL, NULL } };
	const char *words[WORDS_MAX] = { NULL };
	struct err err = ERR_INIT;
	int n = args_sort(argc - 2, argv + 2, none, words, WORDS_MAX, &err);

	if (n < 0)
		return tell_error(&err);
	if (n == 0)
		return tell_usage("setting DIR [NAME [VALUE]]");
	return n == WORDS_MAX ? change(words[0], words[1], words[2])
			      : show(words[0], words[1]);
}
