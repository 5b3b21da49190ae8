/* Tests of server/ssh/conn.c and auth.c: until somebody is signed in. */
#include "ssh/conn.h"

#include "fake_client.h"
#include "ssh/auth.h"

static void
test_auth__grants_only_what_is_proven(void **state)
{
	struct username jan = { false, "jan" };
	struct auth_offer offer = { &jan, false, true };

	(void)state;
	assert_int_equal(auth_next(&offer), AUTH_LOOK_UP);
	offer.proven = true;
	assert_int_equal(auth_next(&offer), AUTH_OPEN);
	jan.refused = true;
	assert_int_equal(auth_next(&offer), AUTH_DENY);
	jan.refused = false;
	offer.within = false;
	assert_int_equal(auth_next(&offer), AUTH_DENY);
}

static void
test_conn__refuses_an_unknown_key_and_takes_the_next(void **state)
{
	struct house *house = *state;
	ssh_key stranger = client_key();
	ssh_session s;

	house_start(house);
	s = client_connect(house, "tester");
	assert_int_equal(ssh_userauth_try_publickey(s, NULL, stranger),
			 SSH_AUTH_DENIED);
	house_expect(house, "auth.refused");
	assert_int_equal(ssh_userauth_try_publickey(s, NULL, house->known),
			 SSH_AUTH_SUCCESS);
	assert_int_equal(ssh_userauth_publickey(s, NULL, house->known),
			 SSH_AUTH_SUCCESS);
	house_expect(house, "session.open");
	house_expect(house, "\"who\":\"tester\"");
	client_close(s);
	house_expect_end(house, "peer");
	ssh_key_free(stranger);
}

static void
test_conn__refuses_an_unknown_key_that_signed(void **state)
{
	struct house *house = *state;
	ssh_key stranger = client_key();
	ssh_session s;

	house->manners.limits.failures = 2;
	house_start(house);
	s = client_connect(house, "tester");
	assert_int_equal(ssh_userauth_publickey(s, NULL, stranger),
			 SSH_AUTH_DENIED);
	(void)ssh_userauth_publickey(s, NULL, stranger);
	house_expect_end(house, "proofs");
	assert_null(strstr(house->seen.ptr, "session.open"));
	client_close(s);
	ssh_key_free(stranger);
}

static void
test_conn__grants_nothing_for_an_offer(void **state)
{
	struct house *house = *state;
	ssh_session s;
	ssh_channel ch;

	house->manners.limits.auth_ms = 500;
	house_start(house);
	s = client_connect(house, "tester");
	assert_int_equal(ssh_userauth_try_publickey(s, NULL, house->known),
			 SSH_AUTH_SUCCESS);
	ch = ssh_channel_new(s);
	assert_int_not_equal(ssh_channel_open_session(ch), SSH_OK);
	house_expect(house, "conn.closed");
	assert_null(strstr(house->seen.ptr, "session.open"));
	assert_null(strstr(house->seen.ptr, "spawn "));
	ssh_channel_free(ch);
	client_close(s);
}

/*
 * The victim's key with another secret: it shows the victim's public part
 * and cannot sign for it. In the base64 of an OpenSSH key file, which has 70
 * characters a line, the characters at SEED hold 27 bytes of the seed.
 */
static ssh_key
make_liar(ssh_key victim)
{
	const size_t seed = 219, len = 36;
	ssh_key other = client_key(), liar = NULL;
	char *theirs = NULL, *ours = NULL;

	assert_int_equal(ssh_pki_export_privkey_base64(victim, NULL, NULL, NULL,
						       &theirs),
			 SSH_OK);
	assert_int_equal(
		ssh_pki_export_privkey_base64(other, NULL, NULL, NULL, &ours),
		SSH_OK);
	memcpy(strchr(theirs, '\n') + 1 + seed, strchr(ours, '\n') + 1 + seed,
	       len);
	assert_int_equal(
		ssh_pki_import_privkey_base64(theirs, NULL, NULL, NULL, &liar),
		SSH_OK);
	ssh_string_free_char(theirs);
	ssh_string_free_char(ours);
	ssh_key_free(other);
	return liar;
}

static void
test_conn__never_grants_a_false_signature(void **state)
{
	struct house *house = *state;
	ssh_key liar = make_liar(house->known);
	const long patience = 1;
	char *blob = NULL;
	ssh_session s;

	assert_int_equal(ssh_pki_export_pubkey_base64(liar, &blob), SSH_OK);
	assert_string_equal(blob, house->known_blob);
	house->manners.limits.auth_ms = 500;
	house_start(house);
	s = client_connect(house, "tester");
	(void)ssh_options_set(s, SSH_OPTIONS_TIMEOUT, &patience);
	assert_int_equal(ssh_userauth_try_publickey(s, NULL, liar),
			 SSH_AUTH_SUCCESS);
	assert_int_not_equal(ssh_userauth_publickey(s, NULL, liar),
			     SSH_AUTH_SUCCESS);
	house_expect(house, "conn.closed");
	assert_null(strstr(house->seen.ptr, "session.open"));
	client_close(s);
	ssh_key_free(liar);
	ssh_string_free_char(blob);
}

static void
test_conn__ends_after_too_many_offers(void **state)
{
	struct house *house = *state;
	ssh_key key = client_key();
	ssh_session s;
	int denied = 0;

	house->manners.limits.probes = 3;
	house_start(house);
	s = client_connect(house, "tester");
	while (ssh_userauth_try_publickey(s, NULL, key) == SSH_AUTH_DENIED)
		denied++;
	assert_in_range(denied, 3, 4);
	ssh_key_free(key);
	house_expect_end(house, "probes");
	client_close(s);
}

static void
test_conn__offers_keys_and_questions_only(void **state)
{
	struct house *house = *state;
	ssh_session s;

	house_start(house);
	s = client_connect(house, "tester");
	assert_int_equal(ssh_userauth_none(s, NULL), SSH_AUTH_DENIED);
	assert_int_equal(ssh_userauth_list(s, NULL),
			 SSH_AUTH_METHOD_PUBLICKEY |
				 SSH_AUTH_METHOD_INTERACTIVE);
	assert_int_equal(ssh_userauth_password(s, NULL, "secret"),
			 SSH_AUTH_DENIED);
	while (ssh_userauth_password(s, NULL, "secret") == SSH_AUTH_DENIED)
		;
	house_expect_end(house, "methods");
	client_close(s);
}

static void
refuse_user(struct house *house, const char *user)
{
	ssh_session s;

	house_start(house);
	s = client_connect(house, user);
	assert_int_not_equal(ssh_userauth_publickey(s, NULL, house->known),
			     SSH_AUTH_SUCCESS);
	client_close(s);
	house_expect(house, "conn status 0\n");
	assert_null(strstr(house->seen.ptr, "session.open"));
}

static void
test_conn__refuses_a_user_name_with_controls(void **state)
{
	refuse_user(*state, "jan\n");
}

static void
test_conn__refuses_a_user_name_of_200_kb(void **state)
{
	const size_t len = 200 * 1000;
	char *user = mem_alloc(len + 1);

	memset(user, 'a', len);
	refuse_user(*state, user);
	free(user);
}

static void
test_conn__lets_the_key_decide_whatever_the_user_name(void **state)
{
	struct house *house = *state;
	ssh_session s;

	house_start(house);
	s = client_connect(house, "somebody.else@example-0_1");
	assert_int_equal(ssh_userauth_publickey(s, NULL, house->known),
			 SSH_AUTH_SUCCESS);
	house_expect(house, "\"who\":\"tester\"");
	client_close(s);
	house_expect_end(house, "peer");
}

static void
test_conn__passes_no_odd_user_name_on(void **state)
{
	struct house *house = *state;
	ssh_session s;

	house_start(house);
	s = client_connect(house, "GEMEENTE\\Jan de Vries");
	assert_int_equal(ssh_userauth_publickey(s, NULL, house->known),
			 SSH_AUTH_SUCCESS);
	house_expect(house, "\"who\":\"tester\"");
	house_expect(house, "\"user\":\"\"");
	client_close(s);
	house_expect_end(house, "peer");
	assert_null(strstr(house->seen.ptr, "Vries"));
}

static void
test_conn__asks_again_when_the_wiki_process_died(void **state)
{
	struct house *house = *state;
	ssh_session s;

	house->manners.wiki_dies = true;
	house_start(house);
	s = client_login(house);
	client_close(s);
	house_expect_end(house, "peer");
}

static void
test_conn__does_not_wait_for_the_wiki_process_for_ever(void **state)
{
	struct house *house = *state;
	ssh_session s;

	house->manners.wiki_away = true;
	house->manners.limits.auth_ms = 300;
	house_start(house);
	s = client_connect(house, "tester");
	assert_int_not_equal(ssh_userauth_publickey(s, NULL, house->known),
			     SSH_AUTH_SUCCESS);
	house_expect_end(house, "sign-in");
	house_expect(house, "does not answer");
	client_close(s);
}

static void
test_conn__ends_a_client_that_says_nothing(void **state)
{
	struct house *house = *state;
	int64_t start = clock_mono_ms();
	int fd;

	house->manners.limits.banner_ms = 200;
	house_start(house);
	fd = client_socket(house);
	assert_true(client_sees_end(fd));
	assert_true(clock_mono_ms() - start >= 200);
	house_expect_end(house, "banner");
	(void)close(fd);
}

static void
test_conn__ends_a_client_that_stops_in_its_banner(void **state)
{
	struct house *house = *state;
	int fd;

	house->manners.limits.banner_ms = 200;
	house_start(house);
	fd = client_socket(house);
	assert_int_equal(write(fd, "SSH-2.0-x", 9), 9);
	assert_true(client_sees_end(fd));
	house_expect_end(house, "banner");
	(void)close(fd);
}

static void
test_conn__ends_a_client_that_does_not_sign_in(void **state)
{
	struct house *house = *state;
	ssh_session s;

	house->manners.limits.auth_ms = 300;
	house_start(house);
	s = client_connect(house, "tester");
	house_expect(house, "\"stage\":1");
	house_expect_end(house, "sign-in");
	client_close(s);
}

static void
test_conn__reads_no_more_than_256_kib_before_signing_in(void **state)
{
	struct house *house = *state;
	const size_t len = 30 * 1000;
	char *data = mem_alloc(len + 1);
	ssh_session s;

	memset(data, 'x', len);
	house_start(house);
	s = client_connect(house, "tester");
	for (int i = 0; i < 10 && ssh_send_ignore(s, data) == SSH_OK; i++)
		continue;
	house_expect_end(house, "bytes");
	client_close(s);
	free(data);
}

static void
test_conn__survives_what_is_no_ssh(void **state)
{
	static const char junk[] = "SSH-2.0-x\r\n\xff\xff\xff\xff\xff\xff\xff"
				   "\xff\xff\xff\xff\xff\xff\xff\xff\xff";
	struct house *house = *state;
	int fd;

	house_start(house);
	fd = client_socket(house);
	assert_int_equal(write(fd, junk, sizeof(junk)), sizeof(junk));
	assert_true(client_sees_end(fd));
	house_expect_end(house, "peer");
	(void)close(fd);
}

static void
test_conn__ends_with_its_supervisor(void **state)
{
	struct house *house = *state;
	char banner[4];
	int status, fd;

	house_start(house);
	fd = client_socket(house);
	assert_true(read(fd, banner, sizeof(banner)) > 0);
	assert_int_equal(kill(house->pid, SIGKILL), 0);
	assert_int_equal(waitpid(house->pid, &status, 0), house->pid);
	house->pid = 0;
	assert_true(client_sees_end(fd));
	(void)close(house->report);
	(void)close(fd);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_auth__grants_only_what_is_proven),
		WITH_HOUSE(
			test_conn__refuses_an_unknown_key_and_takes_the_next),
		WITH_HOUSE(test_conn__refuses_an_unknown_key_that_signed),
		WITH_HOUSE(test_conn__grants_nothing_for_an_offer),
		WITH_HOUSE(test_conn__never_grants_a_false_signature),
		WITH_HOUSE(test_conn__ends_after_too_many_offers),
		WITH_HOUSE(test_conn__offers_keys_and_questions_only),
		WITH_HOUSE(test_conn__refuses_a_user_name_with_controls),
		WITH_HOUSE(test_conn__refuses_a_user_name_of_200_kb),
		WITH_HOUSE(
			test_conn__lets_the_key_decide_whatever_the_user_name),
		WITH_HOUSE(test_conn__passes_no_odd_user_name_on),
		WITH_HOUSE(test_conn__asks_again_when_the_wiki_process_died),
		WITH_HOUSE(
			test_conn__does_not_wait_for_the_wiki_process_for_ever),
		WITH_HOUSE(test_conn__ends_a_client_that_says_nothing),
		WITH_HOUSE(test_conn__ends_a_client_that_stops_in_its_banner),
		WITH_HOUSE(test_conn__ends_a_client_that_does_not_sign_in),
		WITH_HOUSE(
			test_conn__reads_no_more_than_256_kib_before_signing_in),
		WITH_HOUSE(test_conn__survives_what_is_no_ssh),
		WITH_HOUSE(test_conn__ends_with_its_supervisor),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
