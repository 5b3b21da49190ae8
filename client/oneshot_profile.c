/* oneshot_profile.c - commands about one's account: profile, key. */
#include "oneshot_rows.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "plein/display.h"
#include "plein/fs.h"
#include "plein/i18n.h"

#define KEYS_MAX ((size_t)64 * 1024) /* bytes of public keys */

/* --- profile ------------------------------------------------------------ */

/* Both names of what is known; those that a person may change. */
static const struct {
	const char *nl, *en;
	bool free;
} fields[] = {
	{ "account", "handle", false },
	{ "naam", "name", true },
	{ "gemeente", "organisation", true },
	{ "rol", "role", false },
	{ "taal", "language", true },
	{ "weergave", "view", true },
	{ "kleur", "colour", true },
	{ "tekens", "signs", true },
	{ "muis", "mouse", true },
	{ "klembord", "clipboard", true },
	{ "esc", "esc", true },
};

#define N_FIELDS (sizeof(fields) / sizeof(fields[0]))

/* What may be said instead of a value, in Dutch. */
static const struct {
	const char *nl, *en;
} values[] = {
	{ "scherm", "screen" }, { "kolom", "column" },
	{ "regels", "lines" },	{ "automatisch", "automatic" },
	{ "geen", "none" },	{ "gewoon", "normal" },
	{ "uit", "off" },	{ "aan", "on" },
};

static size_t
find_field(const char *name, size_t len)
{
	size_t i = 0;

	while (i < N_FIELDS &&
	       !(strlen(fields[i].nl) == len &&
		 memcmp(fields[i].nl, name, len) == 0) &&
	       !(strlen(fields[i].en) == len &&
		 memcmp(fields[i].en, name, len) == 0))
		i++;
	return i;
}

static const char *
value_of(size_t field, const char *word)
{
	if (display_find(fields[field].en) == DISPLAY_N &&
	    strcmp(fields[field].en, "language") != 0)
		return word; /* a name may be "aan" */
	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++)
		if (strcmp(values[i].nl, word) == 0)
			return values[i].en;
	return word;
}

static void
add_value(struct oneshot *o, const json_t *value)
{
	if (json_is_integer(value))
		output_number(&o->out, json_integer_value(value));
	else
		output_field(&o->out, json_string_value(value));
}

static void
tell_profile(struct oneshot *o, const json_t *profile)
{
	json_t *out = json_object();

	for (size_t i = 0; i < N_FIELDS; i++) {
		const char *name = fields[i].en;

		if (o->json) {
			(void)json_object_set(out, i ? name : fields[i].nl,
					      json_object_get(profile, name));
			continue;
		}
		output_field(&o->out, o->words.dutch ? fields[i].nl : name);
		add_value(o, json_object_get(profile, name));
		output_end(&o->out);
	}
	if (o->json)
		output_json(&o->out, out);
	else
		json_decref(out);
}

/* A word without `=` goes on with the value before it. */
static bool
read_change(const struct vec *args, size_t *at, struct buf *value,
	    size_t *field)
{
	const char *word = args->items[(*at)++];
	const char *sign = strchr(word, '=');

	*field = sign ? find_field(word, (size_t)(sign - word)) : N_FIELDS;
	if (*field == N_FIELDS || !fields[*field].free)
		return false;
	buf_reset(value);
	buf_str(value, sign + 1);
	while (*at < args->len && !strchr(args->items[*at], '='))
		buf_printf(value, " %s", (char *)args->items[(*at)++]);
	return true;
}

/* NULL: one of the words is none. */
static json_t *
read_changes(const struct vec *args)
{
	json_t *params = json_object();
	struct buf value = BUF_INIT;
	size_t at = 0, field;

	while (at < args->len && params) {
		if (read_change(args, &at, &value, &field)) {
			(void)json_object_set_new(
				params, fields[field].en,
				json_string(value_of(field, value.ptr)));
			continue;
		}
		json_decref(params);
		params = NULL;
	}
	buf_release(&value);
	return params;
}

int
do_profile(struct oneshot *o)
{
	bool changes = o->words.args.len > 0;
	json_t *profile, *params = read_changes(&o->words.args);
	int exit_code;

	if (!params)
		return oneshot_misuse(o, _("Which field? One of: name, "
					   "organisation, language, view, "
					   "colour, signs, mouse, clipboard, "
					   "esc."));
	exit_code = oneshot_ask(o, changes ? "profile.set" : "profile.get",
				params, &profile);
	if (exit_code)
		return exit_code;
	if (changes)
		oneshot_remark(o, "%s", _("Saved."));
	else
		tell_profile(o, profile);
	json_decref(profile);
	return EXIT_DONE;
}

/* --- key ---------------------------------------------------------------- */

static void
add_key(struct oneshot *o, const json_t *key, size_t number)
{
	json_t *used = row_part(key, "used");

	if (o->json) {
		output_json(
			&o->out,
			json_pack("{s:I, s:O, s:O, s:O, s:o, s:o}", "number",
				  (json_int_t)number, "fingerprint",
				  row_part(key, "fingerprint"), "kind",
				  row_part(key, "kind"), "label",
				  row_part(key, "label"), "added",
				  output_json_time(row_number(key, "added")),
				  "used",
				  json_is_null(used)
					  ? json_null()
					  : output_json_time(
						    row_number(key, "used"))));
		return;
	}
	output_number(&o->out, (json_int_t)number);
	output_field(&o->out, row_text(key, "fingerprint"));
	output_field(&o->out, row_text(key, "kind"));
	output_time(&o->out, row_number(key, "added"));
	if (json_is_null(used))
		output_field(&o->out, "");
	else
		output_time(&o->out, row_number(key, "used"));
	output_field(&o->out, row_text(key, "label"));
	output_end(&o->out);
}

static void
add_keys(struct oneshot *o, const json_t *profile)
{
	const json_t *keys = json_object_get(profile, "keys");

	for (size_t i = 0; i < json_array_size(keys); i++)
		add_key(o, json_array_get(keys, i), i + 1);
}

/* Ask, and tell the keys there are then. */
static int
ask_keys(struct oneshot *o, const char *method, json_t *params_take)
{
	json_t *profile;
	int exit_code = oneshot_ask(o, method, params_take, &profile);

	if (exit_code)
		return exit_code;
	add_keys(o, profile);
	json_decref(profile);
	return EXIT_DONE;
}

static int
list_keys(struct oneshot *o)
{
	if (o->words.args.len)
		return oneshot_misuse(o, _("This takes no words."));
	return ask_keys(o, "profile.get", NULL);
}

/* Words behind it are what the keys are called. */
static int
put_keys(struct oneshot *o)
{
	struct buf keys = BUF_INIT, label = BUF_INIT;
	struct err err = ERR_INIT;
	int rc = 0, exit_code;

	if (!isatty(STDIN_FILENO))
		rc = fs_read_fd(STDIN_FILENO, &keys, KEYS_MAX, &err);
	words_join(&o->words, &label);
	if (rc)
		exit_code = oneshot_fail(o, rc, err.msg, NULL);
	else if (strlen(keys.ptr) != keys.len)
		exit_code = oneshot_tell(o, PLEIN_ERULE,
					 _("This is no public key. It is one "
					   "line that begins with ssh- or "
					   "ecdsa-."));
	else
		exit_code = ask_keys(o, "key.add",
				     json_pack("{s:s, s:s*}", "keys", keys.ptr,
					       "label",
					       label.len ? label.ptr : NULL));
	buf_release(&keys);
	buf_release(&label);
	return exit_code;
}

/* What the first word means: a number of the list, or a fingerprint. */
static int
find_print(struct oneshot *o, struct buf *print)
{
	const char *word = o->words.args.items[0];
	json_t *profile;
	const json_t *key;
	int exit_code;

	if (strspn(word, "0123456789") != strlen(word)) {
		buf_str(print, word);
		return EXIT_DONE;
	}
	exit_code = oneshot_ask(o, "profile.get", NULL, &profile);
	if (exit_code)
		return exit_code;
	key = json_array_get(json_object_get(profile, "keys"),
			     strtoul(word, NULL, 10) - 1);
	if (key)
		buf_str(print, row_text(key, "fingerprint"));
	else
		exit_code = oneshot_tell(o, PLEIN_ENOTFOUND,
					 _("You have no such key."));
	json_decref(profile);
	return exit_code;
}

/* The method of a key that is named, with the words behind it as label. */
static int
change_key(struct oneshot *o, const char *method, bool labels)
{
	struct buf print = BUF_INIT, label = BUF_INIT;
	struct vec *args = &o->words.args;
	int exit_code;

	if (!args->len || (!labels && args->len > 1))
		return oneshot_misuse(o, _("Which key? Its number in the "
					   "list."));
	exit_code = find_print(o, &print);
	free(vec_remove(args, 0));
	words_join(&o->words, &label);
	if (!exit_code)
		exit_code = ask_keys(o, method,
				     json_pack("{s:s, s:s*}", "fingerprint",
					       print.ptr, "label",
					       labels ? label.ptr : NULL));
	buf_release(&print);
	buf_release(&label);
	return exit_code;
}

static int
drop_key(struct oneshot *o)
{
	return change_key(o, "key.remove", false);
}

static int
name_key(struct oneshot *o)
{
	return change_key(o, "key.rename", true);
}

int
do_key(struct oneshot *o)
{
	static const struct oneshot_act acts[] = {
		{ "lijst", "list", list_keys }, { "erbij", "add", put_keys },
		{ "weg", "remove", drop_key },	{ "naam", "name", name_key },
		{ NULL, NULL, NULL },
	};
	struct vec *args = &o->words.args;
	const struct oneshot_act *act =
		oneshot_act(acts, args->len ? args->items[0] : "list");

	if (!act)
		return oneshot_misuse(o, _("List, add, remove or name a "
					   "key?"));
	if (args->len)
		free(vec_remove(args, 0));
	return act->run(o);
}
