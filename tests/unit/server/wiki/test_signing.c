/* Signing in at a wiki process that runs: many streams at a time. */
#include "stream.h"

#include "proof/totp.h"
#include "state/proofs.h"

#define KEY "{\"kind\":\"" TOWN_KIND "\",\"blob\":\"" TOWN_BLOB "\"}"
#define SECRET "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
#define MANY 50

/* Of `redacteur`, whose key TOWN_BLOB is; before the wiki process starts. */
static void
set_code(struct town *t)
{
	static const char *const none[1];

	if (proofs_offer_code(t->desk.state, "redacteur", SECRET, &t->err) ||
	    proofs_confirm_code(t->desk.state, "redacteur", 1, none, 0,
				&t->err))
		fail_msg("%s", t->err.msg);
}

static void
attach_login(struct wiki *w, struct wire *wire, int conn)
{
	char text[96];

	(void)snprintf(text, sizeof(text),
		       "{\"op\":\"attach\",\"conn\":%d,\"door\":\"login\","
		       "\"peer\":\"10.0.%d.1\"}",
		       conn, conn);
	attach(w, wire, text);
}

static void
expect_needs(struct wire *wire, const char *method, const char *params,
	     const char *needs)
{
	json_t *result = ask(wire, method, params, NULL);

	assert_string_equal(town_text(result, "needs"), needs);
	json_decref(result);
}

static void
test_signing__one_of_fifty_who_use_a_code_gets_in(void **state)
{
	struct wire wires[MANY];
	struct wiki w;
	char code[TOTP_DIGITS + 1], params[32];
	json_t *msg;
	int n = 0;

	set_code(*state);
	/* many may be wrong: none is to wait */
	town_write(DATA_CONF, "domein = d.example\npogingen = 999\n");
	start(&w, state, &wiki_limits_default);
	for (int i = 0; i < MANY; i++) {
		attach_login(&w, &wires[i], i + 1);
		expect_needs(&wires[i], "session.open", KEY, "code");
	}
	assert_int_equal(
		totp_code(SECRET, clock_wall() / TOTP_SECONDS, code, NULL), 0);
	(void)snprintf(params, sizeof(params), "{\"code\":\"%s\"}", code);
	for (int i = 0; i < MANY; i++)
		tell_call(&wires[i], 2, "auth.code", params);
	for (int i = 0; i < MANY; i++) {
		msg = hear_line(&wires[i]);
		n += json_object_get(msg, "result") != NULL;
		json_decref(msg);
	}
	assert_int_equal(n, 1);
	n = 0;
	for (int i = 0; i < MANY; i++) {
		tell_call(&wires[i], 3, "session.open", "{}");
		msg = hear_line(&wires[i]);
		n += json_object_get(msg, "result") != NULL;
		json_decref(msg);
		wire_release(&wires[i]);
	}
	assert_int_equal(n, 1);
	msg = hear(&w, "answered");
	json_decref(msg);
	msg = hear(&w, "bound");
	assert_string_equal(town_text(msg, "account"), "redacteur");
	json_decref(msg);
	stop(&w);
}

/* Who is half in has no more rights than who is not. */
static void
test_signing__half_is_nothing(void **state)
{
	struct wire wire;
	struct wiki w;

	set_code(*state);
	start(&w, state, &wiki_limits_default);
	attach_login(&w, &wire, 1);
	expect_needs(&wire, "session.open", KEY, "code");
	(void)ask(&wire, "page.read", "{\"address\":\"index\"}", "denied");
	(void)ask(&wire, "proof.info", "{}", "denied");
	(void)ask(&wire, "session.open", "{}", "denied");
	(void)ask(&wire, "session.open", KEY, "denied");
	(void)ask(&wire, "auth.password",
		  "{\"user\":\"lezer\",\"password\":\"x\"}", "denied");
	wire_release(&wire);
	/* nor does another stream of the same connection inherit it */
	attach_login(&w, &wire, 1);
	(void)ask(&wire, "auth.code", "{\"code\":\"1\"}", "denied");
	(void)ask(&wire, "session.open", "{}", "denied");
	wire_release(&wire);
	json_decref(hear(&w, "answered"));
	stop(&w);
}

/* Two at a time; the others wait for their turn, and none is forgotten. */
static void
test_signing__passwords_wait_for_their_turn(void **state)
{
	struct wire wires[12], me;
	struct wiki w;
	json_t *msg;

	start(&w, state, &wiki_limits_default);
	attach(&w, &me,
	       "{\"op\":\"attach\",\"conn\":99,\"door\":\"screen\","
	       "\"account\":\"lezer\",\"key\":\"K\",\"peer\":\"::1\"}");
	json_decref(ask(&me, "password.set",
			"{\"password\":\"een lang wachtwoord\"}", NULL));
	(void)ask(&me, "password.set", "{\"password\":\"kort\"}", "rule");
	for (int i = 0; i < 12; i++) {
		attach_login(&w, &wires[i], i + 1);
		tell_call(&wires[i], 1, "auth.password",
			  i % 4 ? "{\"user\":\"lezer\",\"password\":\"nee\"}"
				: "{\"user\":\"lezer\","
				  "\"password\":\"een lang wachtwoord\"}");
	}
	for (int i = 0; i < 12; i++) {
		msg = hear_line(&wires[i]);
		assert_int_equal(json_object_get(msg, "result") != NULL,
				 i % 4 == 0);
		json_decref(msg);
	}
	expect_needs(&wires[0], "session.open", "{}", "");
	for (int i = 0; i < 12; i++)
		wire_release(&wires[i]);
	wire_release(&me);
	json_decref(hear(&w, "answered"));
	msg = hear(&w, "bound");
	assert_string_equal(town_text(msg, "account"), "lezer");
	assert_string_equal(town_text(msg, "key"), "");
	json_decref(msg);
	stop(&w);
}

/* A stream for a program comes bound, to what was opened and no more. */
static void
test_signing__a_client_is_no_more_than_its_session(void **state)
{
	struct wire wire;
	struct wiki w;
	json_t *msg;

	town_write(DATA_CONF, "domein = d.example\ngast = ja\n");
	start(&w, state, &wiki_limits_default);
	attach_login(&w, &wire, 1);
	expect_needs(&wire, "session.open", "{\"guest\":true}", "");
	wire_release(&wire);
	msg = hear(&w, "bound");
	assert_string_equal(town_text(msg, "account"), "gast");
	assert_string_equal(town_text(msg, "role"), "gast");
	json_decref(msg);
	json_decref(hear(&w, "answered"));
	attach(&w, &wire,
	       "{\"op\":\"attach\",\"conn\":1,\"door\":\"screen\","
	       "\"account\":\"gast\",\"key\":\"\",\"peer\":\"::1\"}");
	json_decref(ask(&wire, "page.read", "{\"address\":\"index\"}", NULL));
	(void)ask(&wire, "proof.info", "{}", "denied");
	wire_release(&wire);
	attach(&w, &wire,
	       "{\"op\":\"attach\",\"conn\":2,\"door\":\"screen\",\"setup\":"
	       "true,\"account\":\"redacteur\",\"key\":\"\",\"peer\":\"::1\"}");
	json_decref(ask(&wire, "proof.info", "{}", NULL));
	(void)ask(&wire, "page.read", "{\"address\":\"index\"}", "denied");
	wire_release(&wire);
	stop(&w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, town_setup, town_teardown)
		T(test_signing__one_of_fifty_who_use_a_code_gets_in),
		T(test_signing__half_is_nothing),
		T(test_signing__passwords_wait_for_their_turn),
		T(test_signing__a_client_is_no_more_than_its_session),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
