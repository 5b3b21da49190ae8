/*
 * handle_profile.c - what a person may know and change of themselves. The
 * account is the caller's, always: no parameter names one.
 */
#include <string.h>

#include "plein/display.h"
#include "state/accounts.h"
#include "state/keyring.h"
#include "wiki/accounts.h"
#include "wiki/call.h"
#include "wiki/handlers.h"
#include "wiki/rows.h"

#define KEYS_MAX ((size_t)64 * 1024) /* bytes of public keys */
#define AUTOMATIC "automatic" /* the language of who chose none */

/* --- telling ------------------------------------------------------------ */

static json_t *
describe_key(const struct keyring_key *k)
{
	return json_pack("{s:s, s:s, s:o, s:I, s:o}", "fingerprint",
			 k->fingerprint, "kind", k->kind, "label",
			 call_json_line(k->label), "added",
			 (json_int_t)k->added, "used",
			 k->used ? json_integer(k->used) : json_null());
}

int
accounts_list_keys(struct desk *d, const char *handle, json_t *rows,
		   struct err *err)
{
	struct vec keys = VEC_INIT;
	int rc = keyring_list(d->state, handle, &keys, err);

	for (size_t i = 0; i < keys.len; i++)
		(void)json_array_append_new(rows, describe_key(keys.items[i]));
	vec_release(&keys, keyring_key_free);
	return rc;
}

static void
add_display(json_t *profile, const char *line)
{
	struct display display;
	struct buf value = BUF_INIT;

	display_read(&display, line);
	for (int s = 0; s < DISPLAY_N; s++) {
		buf_reset(&value);
		display_tell(&display, (enum display_setting)s, &value);
		(void)json_object_set_new(
			profile, display_name((enum display_setting)s),
			s == DISPLAY_ESC ? json_integer(display.value[s])
					 : json_string(value.ptr));
	}
	buf_release(&value);
}

static int
answer(struct desk *d, struct call *c)
{
	const char *handle = c->caller->handle;
	struct account a = { 0 };
	json_t *keys = json_array();
	int rc = account_get(d->state, handle, &a, &c->err);

	if (!rc)
		rc = accounts_list_keys(d, handle, keys, &c->err);
	if (!rc) {
		c->result = json_pack(
			"{s:s, s:s, s:s, s:s, s:s, s:I, s:O}", "handle", handle,
			"name", a.name, "organisation", a.organisation, "role",
			role_name(a.role), "language",
			*a.language ? a.language : AUTOMATIC, "created",
			(json_int_t)a.created, "keys", keys);
		add_display(c->result, a.display);
	}
	json_decref(keys);
	account_release(&a);
	return rc;
}

static int
handle_profile_get(struct desk *d, struct call *c)
{
	int rc = desk_need_state(d, &c->err);

	return rc ? rc : answer(d, c);
}

/* --- changing ----------------------------------------------------------- */

/* The settings of `display` that the call names. */
static int
read_display(const struct call *c, struct display *display, struct err *err)
{
	int rc = 0;

	for (int i = 0; i < DISPLAY_N && !rc; i++) {
		enum display_setting s = (enum display_setting)i;
		const char *value = call_text(c, display_name(s));

		if (value)
			rc = display_set(display, s, value, err);
	}
	return rc;
}

static int
read_language(const struct call *c, const char **language, struct err *err)
{
	const char *word = call_text(c, "language");

	*language = word && strcmp(word, AUTOMATIC) == 0 ? "" : word;
	if (!word || strcmp(word, "nl") == 0 || strcmp(word, "en") == 0 ||
	    strcmp(word, AUTOMATIC) == 0)
		return 0;
	return err_rule(err, PLEIN_ERULE, "setting", 0,
			"the language must be nl, en or " AUTOMATIC);
}

static int
change(struct desk *d, struct call *c, const struct account *a)
{
	struct account_change change = { .name = call_text(c, "name"),
					 .organisation =
						 call_text(c, "organisation") };
	struct buf line = BUF_INIT;
	struct display display;
	int rc;

	display_read(&display, a->display);
	rc = read_display(c, &display, &c->err);
	if (!rc)
		rc = read_language(c, &change.language, &c->err);
	display_write(&display, &line);
	change.display = line.ptr;
	if (!rc)
		rc = account_change(d->state, a->handle, &change, &c->err);
	buf_release(&line);
	return rc;
}

static int
handle_profile_set(struct desk *d, struct call *c)
{
	struct account a = { 0 };
	int rc = desk_need_state(d, &c->err);

	if (!rc)
		rc = account_get(d->state, c->caller->handle, &a, &c->err);
	if (!rc)
		rc = change(d, c, &a);
	account_release(&a);
	return rc ? rc : answer(d, c);
}

/* --- keys --------------------------------------------------------------- */

static int
handle_key_add(struct desk *d, struct call *c)
{
	int rc = desk_need_state(d, &c->err);

	if (!rc)
		rc = keyring_add(d->state, c->caller->handle,
				 call_text(c, "keys"), call_text(c, "label"),
				 &c->err);
	return rc ? rc : answer(d, c);
}

static int
handle_key_rename(struct desk *d, struct call *c)
{
	int rc = desk_need_state(d, &c->err);

	if (!rc)
		rc = keyring_rename(d->state, c->caller->handle,
				    call_text(c, "fingerprint"),
				    call_text(c, "label"), &c->err);
	return rc ? rc : answer(d, c);
}

static int
handle_key_remove(struct desk *d, struct call *c)
{
	int rc = desk_need_state(d, &c->err);

	if (!rc)
		rc = keyring_remove(d->state, c->caller->handle,
				    call_text(c, "fingerprint"), &c->err);
	return rc ? rc : answer(d, c);
}

int
handle_note_key(struct desk *d, struct call *c)
{
	const char *key = c->caller->key;
	int rc = key ? keyring_note_use(d->state, key, &c->err) : 0;

	return rc ? rc : handle_expire(d, c);
}

/* --- the rows ----------------------------------------------------------- */

#define PARAM_FINGERPRINT \
	{ \
		"fingerprint", PARAM_TEXT, true, 64, "SHA256:… of the key" \
	}

static const struct param no_params[] = { PARAMS_END };

static const struct param set_params[] = {
	{ "name", PARAM_TEXT, false, 256, "as colleagues know you" },
	{ "organisation", PARAM_TEXT, false, 320,
	  "municipality; may be empty" },
	{ "language", PARAM_TEXT, false, 16,
	  "nl, en, or automatic: that of your own locale" },
	{ "view", PARAM_TEXT, false, 16,
	  "screen, column (a screen with one column) or lines" },
	{ "colour", PARAM_TEXT, false, 16, "automatic, none or contrast" },
	{ "signs", PARAM_TEXT, false, 16, "normal or ascii" },
	{ "mouse", PARAM_TEXT, false, 16, "off or on" },
	{ "clipboard", PARAM_TEXT, false, 16,
	  "off, or on: what is copied goes to the terminal's too" },
	{ "esc", PARAM_TEXT, false, 16,
	  "25 to 500: milliseconds to wait after an Esc" },
	PARAMS_END,
};

static const struct param add_params[] = {
	{ "keys", PARAM_TEXT, true, KEYS_MAX,
	  "public keys, one a line as in authorized_keys" },
	{ "label", PARAM_TEXT, false, 160,
	  "what to call them; their comment when absent" },
	PARAMS_END,
};

static const struct param rename_params[] = {
	PARAM_FINGERPRINT,
	{ "label", PARAM_TEXT, true, 160, "what to call it; may be empty" },
	PARAMS_END,
};

static const struct param remove_params[] = { PARAM_FINGERPRINT, PARAMS_END };

const struct method profile_rows[] = {
	{ "profile.get", RIGHT_PROFILE, PLACE_READER, no_params,
	  "Tells what the wiki knows of the caller.",
	  "{handle, name, organisation, role, language, created, view, "
	  "colour, signs, mouse, clipboard, esc, keys: [{fingerprint, kind, "
	  "label, added, used}]}: the settings as profile.set takes them, esc "
	  "a number; used, when a key last signed in, is null for never; "
	  "times in seconds since 1970; keys the oldest first",
	  "denied busy io corrupt", handle_profile_get },
	{ "profile.set", RIGHT_PROFILE, PLACE_WRITER, set_params,
	  "Changes what the caller may change of themselves. A name counts "
	  "for what is written after the next sign-in.",
	  "as profile.get", "denied rule busy no-space io corrupt",
	  handle_profile_set },
	{ "key.add", RIGHT_PROFILE, PLACE_WRITER, add_params,
	  "Lets the caller sign in with more keys: all of them or none. Those "
	  "they had already count for nothing; same when that are all.",
	  "as profile.get", "denied rule exists same busy no-space io corrupt",
	  handle_key_add },
	{ "key.rename", RIGHT_PROFILE, PLACE_WRITER, rename_params,
	  "Calls a key of the caller something else.", "as profile.get",
	  "denied rule not-found busy no-space io corrupt", handle_key_rename },
	{ "key.remove", RIGHT_PROFILE, PLACE_WRITER, remove_params,
	  "Takes away a key of the caller, from the next sign-in on; never the "
	  "last.",
	  "as profile.get", "denied rule not-found busy no-space io corrupt",
	  handle_key_remove },
	ROWS_END,
};
