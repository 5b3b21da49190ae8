/*
 * fake_account.c - what is one's own besides name and keys: a code from an
 * app, sessions, what is stored, and leaving.
 */
#include "fake_impl.h"

#include <string.h>

#define SIDE 37 /* cells of the picture */

static struct reply
refuse_code(void)
{
	struct reply r = refuse(PLEIN_EDENIED);

	r.args = json_pack("{s:s}", "rule", "code");
	return r;
}

static bool
is_right(const json_t *params)
{
	return strcmp(param(params, "code"), "123456") == 0;
}

static struct reply
proof_info(struct fake *f, const json_t *params)
{
	(void)params;
	return answer(json_pack("{s:b, s:b, s:b, s:i, s:i}", "password",
				f->password, "code", f->code, "needed",
				strcmp(f->role, "beheerder") == 0, "since",
				WHEN, "recovery", 8));
}

/* No app reads it. */
static struct reply
code_begin(struct fake *f, const json_t *params)
{
	char rows[SIDE * (SIDE + 1) + 1];
	size_t n = 0;

	if (f->code && !is_right(params))
		return refuse_code();
	for (int y = 0; y < SIDE; y++) {
		for (int x = 0; x < SIDE; x++)
			rows[n++] = (x * y + x + y) % 3 == 0 ? '#' : '.';
		rows[n++] = '\n';
	}
	rows[n] = '\0';
	return answer(json_pack("{s:s, s:s, s:s}", "secret",
				"JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", "uri", "",
				"qr", rows));
}

static struct reply
code_confirm(struct fake *f, const json_t *params)
{
	if (!is_right(params))
		return refuse_code();
	f->code = true;
	return answer(json_pack("{s:[s, s, s]}", "recovery", "appel-boom-zon",
				"huis-vis-roos", "kaas-brug-wind"));
}

static struct reply
code_clear(struct fake *f, const json_t *params)
{
	if (!is_right(params))
		return refuse_code();
	f->code = false;
	return answer(json_object());
}

static struct reply
session_list(struct fake *f, const json_t *params)
{
	(void)f;
	(void)params;
	return answer(json_pack(
		"{s:[{s:i, s:s, s:i, s:s, s:s, s:b}, "
		"{s:i, s:s, s:i, s:s, s:s, s:b}, "
		"{s:i, s:s, s:i, s:s, s:s, s:s, s:b}]}",
		"rows", "session", 41, "account", "beleid.duinstad", "since",
		WHEN, "from", "192.0.2.1", "shape", "screen", "own", 1,
		"session", 43, "account", "beleid.duinstad", "since", WHEN,
		"from", "192.0.2.77", "shape", "lines", "own", 0, "session", 44,
		"account", "beleid.duinstad", "since", WHEN, "from",
		"192.0.2.78", "shape", "clone", "space", "agenda", "own", 0));
}

static struct reply
session_end(struct fake *f, const json_t *params)
{
	(void)f;
	(void)params;
	return answer(json_object());
}

/* In two parts. */
static struct reply
profile_data(struct fake *f, const json_t *params)
{
	(void)f;
	if (json_object_get(params, "after"))
		return answer(json_pack("{s:[{s:s, s:s, s:s, s:i}]}", "rows",
					"kind", "draft", "space", "agenda",
					"address", "themas/common-ground",
					"time", WHEN));
	return answer(json_pack(
		"{s:[{s:s, s:s, s:s, s:i}, {s:s, s:s, s:n}], s:s}", "rows",
		"kind", "account", "handle", "beleid.duinstad", "name",
		"Bea Beleid", "created", WHEN, "kind", "key", "fingerprint",
		"SHA256:Zk3vQ8x9fQ", "used", "next", "key"));
}

static struct reply
profile_close(struct fake *f, const json_t *params)
{
	if (f->code && !is_right(params))
		return refuse_code();
	return answer(json_object());
}

bool
fake_is_own(const char *method, const json_t *params)
{
	bool sessions = strcmp(method, "session.list") == 0 ||
			strcmp(method, "session.end") == 0;

	return sessions && !*param(params, "account") &&
	       !json_object_get(params, "all");
}

bool
fake_account(struct fake *f, const char *method, const json_t *params,
	     struct reply *r)
{
	static const struct {
		const char *name;
		struct reply (*run)(struct fake *f, const json_t *params);
	} methods[] = {
		{ "proof.info", proof_info },
		{ "code.begin", code_begin },
		{ "code.confirm", code_confirm },
		{ "code.clear", code_clear },
		{ "session.list", session_list },
		{ "session.end", session_end },
		{ "profile.data", profile_data },
		{ "profile.close", profile_close },
	};

	for (size_t i = 0; i < sizeof(methods) / sizeof(methods[0]); i++) {
		if (strcmp(methods[i].name, method) != 0)
			continue;
		*r = methods[i].run(f, params);
		return true;
	}
	return false;
}
