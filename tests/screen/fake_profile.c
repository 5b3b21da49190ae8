/* fake_profile.c - who the test's person is, and their keys. */
#include "fake_impl.h"

#include <string.h>

#define JOINED 1736672400 /* 12 January 2025 */

static json_t *
make_key(const char *print, const char *kind, const char *label, bool used)
{
	return json_pack("{s:s, s:s, s:s, s:i, s:o}", "fingerprint", print,
			 "kind", kind, "label", label, "added", JOINED, "used",
			 used ? json_integer(WHEN) : json_null());
}

/* The one there is; the wiki's. */
static json_t *
profile_of(struct fake *f)
{
	if (!f->profile)
		f->profile = json_pack(
			"{s:s, s:s, s:s, s:s, s:s, s:i, s:s, s:s, s:s, s:s, "
			"s:s, s:i, s:[o, o]}",
			"handle", "beleid.duinstad", "name", "Bea Beleid",
			"organisation", "Duinstad", "role", f->role, "language",
			"nl", "created", JOINED, "view", "screen", "colour",
			"automatic", "signs", "normal", "mouse", "off",
			"clipboard", "off", "esc", 25, "keys",
			make_key("SHA256:Zk3vQ8x9fQ", "ed25519",
				 "laptop Duinstad", true),
			make_key("SHA256:pL0aa1dx2E", "rsa 4096", "thuis",
				 false));
	return f->profile;
}

static struct reply
tell(struct fake *f)
{
	return answer(json_deep_copy(profile_of(f)));
}

struct reply
fake_profile_get(struct fake *f, const json_t *params)
{
	(void)params;
	return tell(f);
}

static struct reply
break_rule(const char *rule)
{
	struct reply r = refuse(PLEIN_ERULE);

	r.args = json_pack("{s:s}", "rule", rule);
	return r;
}

struct reply
fake_profile_set(struct fake *f, const json_t *params)
{
	const json_t *esc = json_object_get(params, "esc");
	long wait = strtol(param(params, "esc"), NULL, 10);

	if (json_object_get(params, "name") && !*param(params, "name"))
		return break_rule("name");
	if (esc && (wait < 25 || wait > 500))
		return break_rule("setting-esc");
	(void)json_object_update(profile_of(f), (json_t *)params);
	if (esc)
		(void)json_object_set_new(profile_of(f), "esc",
					  json_integer(wait));
	return tell(f);
}

/* Which key, or as many as there are. */
static size_t
find_key(struct fake *f, const json_t *params)
{
	const json_t *keys = json_object_get(profile_of(f), "keys");
	size_t i = 0;

	while (i < json_array_size(keys) &&
	       strcmp(param(json_array_get(keys, i), "fingerprint"),
		      param(params, "fingerprint")) != 0)
		i++;
	return i;
}

struct reply
fake_key_add(struct fake *f, const json_t *params)
{
	const char *keys = param(params, "keys");

	if (strncmp(keys, "ssh-ed25519 AAAA", 16) != 0)
		return break_rule("key");
	for (; keys; keys = strchr(keys + 1, '\n'))
		(void)json_array_append_new(
			json_object_get(profile_of(f), "keys"),
			make_key("SHA256:nieuwesleutel", "ed25519", "nieuw",
				 false));
	return tell(f);
}

struct reply
fake_key_rename(struct fake *f, const json_t *params)
{
	json_t *key = json_array_get(json_object_get(profile_of(f), "keys"),
				     find_key(f, params));

	if (!key)
		return refuse(PLEIN_ENOTFOUND);
	(void)json_object_set_new(key, "label",
				  json_string(param(params, "label")));
	return tell(f);
}

struct reply
fake_key_remove(struct fake *f, const json_t *params)
{
	json_t *keys = json_object_get(profile_of(f), "keys");

	if (find_key(f, params) == json_array_size(keys))
		return refuse(PLEIN_ENOTFOUND);
	if (json_array_size(keys) == 1)
		return break_rule("last-way");
	(void)json_array_remove(keys, find_key(f, params));
	return tell(f);
}

struct reply
fake_password_set(struct fake *f, const json_t *params)
{
	if (strlen(param(params, "password")) < 10)
		return break_rule("password-short");
	f->password = true;
	return answer(json_object());
}

struct reply
fake_password_clear(struct fake *f, const json_t *params)
{
	(void)params;
	f->password = false;
	return answer(json_object());
}
