/*
 * What works once works once, however many try at the same moment: a code of
 * the app, a recovery code, an invitation. Each of fifty has a connection of
 * its own; they have all asked before the first is answered.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "cast.h"
#include "plein/clock.h"
#include "plein/mem.h"

#define TRIES 50
#define KEY "AAAAC3NzaC1lZDI1NTE5AAAAIA%042d" /* of ed25519 */

static struct fixture wiki;
static char recovery[CAST_RECOVERY];

static int
start(void **state)
{
	(void)state;
	cast_start(&wiki);
	return 0;
}

static int
stop(void **state)
{
	(void)state;
	assert_int_equal(fixture_stop(&wiki), 0);
	fixture_remove(&wiki);
	return 0;
}

static const char *
text_of(const json_t *result, const char *key)
{
	return json_string_value(json_object_get(result, key));
}

/* All ask; how many are answered with a result. */
static int
try_together(struct visit v[TRIES], const char *method, json_t *params)
{
	struct rpc_msg m;
	int good = 0;

	for (int i = 0; i < TRIES; i++)
		visit_ask(&v[i], method, json_deep_copy(params));
	for (int i = 0; i < TRIES; i++) {
		visit_hear(&v[i], &m);
		good += m.kind == RPC_RESULT;
		rpc_msg_release(&m);
	}
	json_decref(params);
	return good;
}

/* How many of them can open the account now. */
static int
count_open(struct visit v[TRIES])
{
	struct rpc_msg m;
	int open = 0;

	for (int i = 0; i < TRIES; i++) {
		visit_call(&v[i], "session.open", NULL, &m);
		open += m.kind == RPC_RESULT &&
			strcmp(text_of(m.result, "needs"), "") == 0;
		rpc_msg_release(&m);
		visit_end(&v[i]);
	}
	return open;
}

/* Fifty with the key of the account, which asks for a code as well. */
static void
expect_one(const char *code)
{
	static struct visit v[TRIES];

	for (int i = 0; i < TRIES; i++)
		cast_sign_in(&wiki, LEZER, &v[i]);
	assert_int_equal(
		try_together(v, "auth.code", json_pack("{s:s}", "code", code)),
		1);
	assert_int_equal(count_open(v), 1);
}

static void
test_once__a_code_of_the_app(void **state)
{
	char secret[TOTP_SECRET], code[TOTP_DIGITS + 1];

	(void)state;
	cast_take_app(&wiki, LEZER, secret, recovery);
	assert_int_equal(
		totp_code(secret, clock_wall() / TOTP_SECONDS, code, NULL), 0);
	expect_one(code);
}

static void
test_once__a_recovery_code(void **state)
{
	(void)state;
	expect_one(recovery);
}

/* Fifty keys of nobody, and a code for one person. */
static void
test_once__an_invitation(void **state)
{
	static struct visit v[TRIES];
	struct visit host;
	struct rpc_msg m;
	json_t *invite;
	char handle[16], blob[80];
	int in = 0;

	(void)state;
	visit_host(&host, &wiki);
	invite = visit_get(&host, "invite.create", NULL);
	for (int i = 0; i < TRIES; i++) {
		visit_begin(&v[i], &wiki);
		(void)snprintf(blob, sizeof(blob), KEY, i);
		json_decref(visit_get(&v[i], "session.open",
				      json_pack("{s:b, s:s, s:s}", "new", true,
						"kind", "ssh-ed25519", "blob",
						blob)));
		(void)snprintf(handle, sizeof(handle), "x%dx", i);
		visit_ask(&v[i], "register.submit",
			  json_pack("{s:s, s:s, s:s, s:s}", "handle", handle,
				    "name", "Iemand", "reason", "Ik.", "code",
				    text_of(invite, "code")));
	}
	for (int i = 0; i < TRIES; i++) {
		visit_hear(&v[i], &m);
		in += m.kind == RPC_RESULT;
		rpc_msg_release(&m);
		visit_end(&v[i]);
	}
	assert_int_equal(in, 1);
	json_decref(invite);
	visit_end(&host);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_once__a_code_of_the_app),
		cmocka_unit_test(test_once__a_recovery_code),
		cmocka_unit_test(test_once__an_invitation),
	};

	return cmocka_run_group_tests(tests, start, stop);
}
