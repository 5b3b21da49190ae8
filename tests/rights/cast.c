/*
 * cast.c - keys are made up: the front says that they were proved, as sshd
 * would. Each is 32 bytes of ed25519 that spell its owner's name.
 */
#include "cast.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "plein/clock.h"
#include "plein/mem.h"
#include "proof/totp.h"

#define KIND "ssh-ed25519"

/* RFC 8709 §4 in base64: the kind, the length, and four bits of the 32 bytes
 * that follow; then the rest of those. */
#define BLOB "AAAAC3NzaC1lZDI1NTE5AAAAIA"
#define BLOB_REST 42

static const struct {
	const char *name;
	const char *role; /* of an account that the host makes */
	const char *setting, *usual; /* in plein.conf, to sign in */
	bool applies;
} people[] = {
	[NOBODY] = { "nobody", NULL, NULL, NULL, false },
	[GAST] = { "gast", NULL, NULL, NULL, false },
	[NIEUW] = { "nieuw", NULL, "gast = nee", "gast = ja", false },
	[REFUSED] = { "refused", NULL, NULL, NULL, true },
	[UNREAD] = { "unread", NULL, "wachtend_lezen = nee",
		     "wachtend_lezen = ja", true },
	[WAITING] = { "waiting", NULL, NULL, NULL, true },
	[HALF] = { "half", "bijdrager", NULL, NULL, false },
	[SETUP] = { "setup", "redacteur", "code_vanaf = redacteur",
		    "code_vanaf = niemand", false },
	[BLOCKED] = { "blocked", "bijdrager", NULL, NULL, false },
	[STOPPED] = { "stopped", "bijdrager", NULL, NULL, false },
	[CLOSED] = { "closed", "bijdrager", NULL, NULL, false },
	[LEZER] = { "lezer", "lezer", NULL, NULL, false },
	[BIJDRAGER] = { "bijdrager", "bijdrager", NULL, NULL, false },
	[REDACTEUR] = { "redacteur", "redacteur", NULL, NULL, false },
	[BEHEERDER] = { "beheerder", "beheerder", NULL, NULL, false },
	[HOST] = { "host", NULL, NULL, NULL, false },
	[LID_LEZER] = { "lid-lezer", "lezer", NULL, NULL, false },
	[LID_BIJDRAGER] = { "lid-bijdrager", "lezer", NULL, NULL, false },
	[LID_REDACTEUR] = { "lid-redacteur", "lezer", NULL, NULL, false },
	[LID_BEHEERDER] = { "lid-beheerder", "lezer", NULL, NULL, false },
};

enum person
cast_of_column(const struct sheet *t, int column)
{
	for (int p = 0; p < PERSON_N; p++)
		if (strcmp(people[p].name, t->columns[column]) == 0)
			return (enum person)p;
	fail_msg("%s: nobody is called %s", t->path, t->columns[column]);
	return PERSON_N;
}

const char *
cast_name(enum person p)
{
	return people[p].name;
}

/* Of this name without its hyphens; `which` tells keys of one person apart. */
static void
make_blob(struct buf *out, const char *name, char which)
{
	size_t end = out->len + strlen(BLOB) + BLOB_REST;

	buf_str(out, BLOB);
	buf_char(out, which);
	for (; *name; name++)
		if (*name != '-')
			buf_char(out, *name);
	while (out->len < end)
		buf_char(out, 'A');
}

static json_t *
name_key_of(const char *name)
{
	struct buf blob = BUF_INIT;
	json_t *params;

	make_blob(&blob, name, 'k');
	params = json_pack("{s:s, s:s}", "kind", KIND, "blob", blob.ptr);
	buf_release(&blob);
	return params;
}

static json_t *
name_key(enum person p)
{
	return name_key_of(people[p].name);
}

/* --- words ---------------------------------------------------------------- */

/* As the wiki tells it. */
static void
add_fingerprint(const struct fixture *f, enum person p, struct buf *out)
{
	struct rpc_msg m;
	struct visit v;

	visit_begin(&v, f);
	visit_call(&v, "auth.key", name_key(p), &m);
	buf_str(out,
		m.kind == RPC_RESULT
			? json_string_value(json_object_get(m.result, "key"))
			: "SHA256:none");
	rpc_msg_release(&m);
	visit_end(&v);
}

static bool
is_word(const char *word, size_t len, const char *name)
{
	return len == strlen(name) && memcmp(word, name, len) == 0;
}

/* Answers in which something of each was named last: a thread, a remark. */
static json_t *made[PERSON_N];

/* The round each opened last; of who opened none, that of the redacteur. */
static json_int_t rounds[PERSON_N];

static void
remember_round(enum person p, const json_t *answer)
{
	const json_t *round = json_object_get(answer, "round");

	if (json_is_integer(round) && json_object_size(answer) == 1)
		rounds[p] = json_integer_value(round);
}

void
cast_remember(enum person p, json_t *answer)
{
	if (json_object_get(answer, "round"))
		remember_round(p, answer);
	if (!json_object_get(answer, "thread"))
		return;
	json_decref(made[p]);
	made[p] = json_incref(answer);
}

/* What the last of them calls so. */
static const char *
find_made(enum person p, const char *word, size_t len)
{
	char key[16];

	(void)snprintf(key, sizeof(key), "%.*s", (int)len, word);
	return json_string_value(json_object_get(made[p], key));
}

static void
add_word(const struct fixture *f, enum person p, const char *word, size_t len,
	 struct buf *out)
{
	if (is_word(word, len, "me"))
		buf_str(out, people[p].name);
	else if (is_word(word, len, "key"))
		add_fingerprint(f, p, out);
	else if (is_word(word, len, "theirs"))
		add_fingerprint(f, BLOCKED, out);
	else if (is_word(word, len, "own"))
		make_blob(out, people[p].name, 'k');
	else if (is_word(word, len, "spare"))
		make_blob(out, people[p].name, 's');
	else if (is_word(word, len, "left"))
		make_blob(out, people[CLOSED].name, 'k');
	else if (is_word(word, len, "taken"))
		make_blob(out, people[BLOCKED].name, 'k');
	else if (is_word(word, len, "round"))
		buf_printf(out, "%lld",
			   (long long)rounds[rounds[p] ? p : REDACTEUR]);
	else if (find_made(p, word, len))
		buf_str(out, find_made(p, word, len));
	else
		fail_msg("a table knows no $%.*s", (int)len, word);
}

char *
cast_fill(const struct fixture *f, const char *text, enum person p)
{
	struct buf out = BUF_INIT;
	size_t n;

	for (; *text; text += n) {
		n = strcspn(text, "$");
		buf_add(&out, text, n);
		if (text[n] != '$')
			continue;
		text += n + 1;
		n = strspn(text, "abcdefghijklmnopqrstuvwxyz");
		add_word(f, p, text, n, &out);
	}
	return buf_take(&out);
}

/* --- the host ------------------------------------------------------------- */

static json_t *
read_json(const char *text)
{
	json_error_t err;
	json_t *json = json_loads(text, 0, &err);

	if (!json)
		fail_msg("%s: %s", text, err.text);
	return json;
}

/* `p` is whom it is for. */
static void
ask(struct visit *v, const char *method, json_t *params_take, bool may_fail,
    enum person p)
{
	struct rpc_msg m;

	visit_call(v, method, params_take, &m);
	if (m.kind != RPC_RESULT && !may_fail)
		fail_msg("%s: %s", method, m.message ? m.message : "gone");
	if (m.kind == RPC_RESULT)
		cast_remember(p, m.result);
	rpc_msg_release(&m);
}

void
cast_ask(struct visit *v, const char *method, json_t *params_take)
{
	ask(v, method, params_take, false, HOST);
}

void
cast_host(const struct fixture *f, const char *method, const char *json)
{
	struct visit host;

	visit_host(&host, f);
	cast_ask(&host, method, read_json(json));
	visit_end(&host);
}

void
cast_prepare(const struct fixture *f, const struct row *r)
{
	int n = r->kind == ROW_EACH ? PERSON_N : 1;
	struct visit host;
	char *json;

	visit_host(&host, f);
	for (int p = 0; p < n; p++) {
		json = cast_fill(f, r->request, (enum person)p);
		ask(&host, r->what, read_json(json), false, (enum person)p);
		free(json);
	}
	visit_end(&host);
}

/* --- signing in ----------------------------------------------------------- */

void
cast_sign_in(const struct fixture *f, enum person p, struct visit *v)
{
	json_t *params;

	if (p == HOST) {
		visit_host(v, f);
		return;
	}
	visit_begin(v, f);
	if (p == NOBODY)
		return;
	params = p == GAST ? json_object() : name_key(p);
	if (p == GAST)
		(void)json_object_set_new(params, "guest", json_true());
	if (p == NIEUW)
		(void)json_object_set_new(params, "new", json_true());
	/* who was closed stays nobody */
	ask(v, "session.open", params, p == CLOSED, p);
}

void
cast_settle(struct fixture *f, enum person p)
{
	if (people[p].setting)
		fixture_configure(f, people[p].setting);
}

void
cast_unsettle(struct fixture *f, enum person p)
{
	if (people[p].usual)
		fixture_configure(f, people[p].usual);
}

/* --- making them ---------------------------------------------------------- */

static void
apply(const struct fixture *f, enum person p)
{
	json_t *params = name_key(p);
	struct visit v;

	(void)json_object_set_new(params, "new", json_true());
	visit_begin(&v, f);
	cast_ask(&v, "session.open", params);
	cast_ask(&v, "register.submit",
		 json_pack("{s:s, s:s, s:s}", "handle", people[p].name, "name",
			   people[p].name, "reason", "Ik doe mee."));
	visit_end(&v);
}

static void
add(struct visit *host, const char *name, const char *role)
{
	struct buf key = BUF_INIT;

	buf_str(&key, KIND " ");
	make_blob(&key, name, 'k');
	cast_ask(host, "user.add",
		 json_pack("{s:s, s:s, s:s, s:s}", "handle", name, "name", name,
			   "role", role, "key", key.ptr));
	buf_release(&key);
}

void
cast_take_app(const struct fixture *f, enum person p, char secret[TOTP_SECRET],
	      char recovery[CAST_RECOVERY])
{
	char code[TOTP_DIGITS + 1];
	struct visit v;
	json_t *result;

	cast_sign_in(f, p, &v);
	result = visit_get(&v, "code.begin", NULL);
	(void)snprintf(secret, TOTP_SECRET, "%s",
		       json_string_value(json_object_get(result, "secret")));
	json_decref(result);
	assert_int_equal(
		totp_code(secret, clock_wall() / TOTP_SECONDS - 1, code, NULL),
		0);
	result =
		visit_get(&v, "code.confirm", json_pack("{s:s}", "code", code));
	(void)snprintf(recovery, CAST_RECOVERY, "%s",
		       json_string_value(json_array_get(
			       json_object_get(result, "recovery"), 0)));
	json_decref(result);
	visit_end(&v);
}

void
cast_join(const struct fixture *f, const char *name, const char *role,
	  struct visit *v)
{
	struct visit host;

	visit_host(&host, f);
	add(&host, name, role);
	visit_end(&host);
	visit_begin(v, f);
	cast_ask(v, "session.open", name_key_of(name));
}

void
cast_start(struct fixture *f)
{
	char secret[TOTP_SECRET], recovery[CAST_RECOVERY];
	struct visit host;

	fixture_init(f);
	(void)snprintf(f->front, sizeof(f->front), "%s/front", f->dir);
	fixture_serve(f);
	fixture_configure(f, "gast = ja\nwachtend_lezen = ja\n"
			     "aanvragen_adres = 100\npogingen = 1000\n"
			     "pogingen_adres = 1000");
	visit_host(&host, f);
	for (int p = 0; p < PERSON_N; p++)
		if (people[p].role)
			add(&host, people[p].name, people[p].role);
		else if (people[p].applies)
			apply(f, (enum person)p);
	cast_ask(&host, "accounts.refuse",
		 json_pack("{s:s, s:s}", "handle", people[REFUSED].name,
			   "reason", "Nee."));
	cast_ask(&host, "accounts.block",
		 json_pack("{s:s, s:s}", "handle", people[BLOCKED].name,
			   "reason", "Klaar."));
	visit_end(&host);
	cast_take_app(f, HALF, secret, recovery);
}
