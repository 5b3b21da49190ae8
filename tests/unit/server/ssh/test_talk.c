/* Tests of server/ssh/talk.c: signing in by questions, with a real client. */
#include "ssh/talk.h"

#include "fake_client.h"

/* Take the next question; its number of prompts. */
static int
next_question(ssh_session s, const char *part)
{
	const char *text;

	assert_int_equal(ssh_userauth_kbdint(s, NULL, NULL), SSH_AUTH_INFO);
	text = ssh_userauth_kbdint_getinstruction(s);
	if (part && !strstr(text, part))
		fail_msg("no \"%s\" in %s", part, text);
	return ssh_userauth_kbdint_getnprompts(s);
}

static void
answer(ssh_session s, unsigned n, const char *text)
{
	assert_int_equal(ssh_userauth_kbdint_setanswer(s, n, text), 0);
}

static const char *
prompt(ssh_session s, unsigned n, char *echo)
{
	return ssh_userauth_kbdint_getprompt(s, n, echo);
}

static void
test_talk__a_key_and_then_a_code(void **state)
{
	struct house *house = *state;
	ssh_session s;
	char echo = 0;

	house->manners.wants_code = true;
	house->manners.language = "en";
	house_start(house);
	s = client_connect(house, "tester");
	assert_int_equal(ssh_userauth_publickey(s, NULL, house->known),
			 SSH_AUTH_PARTIAL);
	assert_int_equal(ssh_userauth_list(s, NULL),
			 SSH_AUTH_METHOD_INTERACTIVE);
	assert_int_equal(next_question(s, "Lost your app?"), 1);
	assert_string_equal(prompt(s, 0, &echo),
			    "Code from your app (6 digits): ");
	answer(s, 0, "000000");
	assert_int_equal(next_question(s, "wrong or already used"), 1);
	answer(s, 0, "123456");
	assert_int_equal(ssh_userauth_kbdint(s, NULL, NULL), SSH_AUTH_SUCCESS);
	house_expect(house, "session.open");
	house_expect(house, "\"who\":\"tester\"");
	assert_null(strstr(house->seen.ptr, "123456"));
	client_close(s);
	house_expect_end(house, "peer");
}

static void
test_talk__half_opens_nothing(void **state)
{
	struct house *house = *state;
	ssh_session s;
	ssh_channel ch;

	house->manners.wants_code = true;
	house->manners.limits.auth_ms = 500;
	house_start(house);
	s = client_connect(house, "tester");
	assert_int_equal(ssh_userauth_publickey(s, NULL, house->known),
			 SSH_AUTH_PARTIAL);
	ch = ssh_channel_new(s);
	assert_int_not_equal(ssh_channel_open_session(ch), SSH_OK);
	house_expect(house, "conn.closed");
	assert_null(strstr(house->seen.ptr, "session.open"));
	client_close(s);
}

static void
test_talk__says_which_keys_were_offered(void **state)
{
	struct house *house = *state;
	ssh_key one = client_key(), two = client_key();
	unsigned char *hash;
	char *print, echo = 0;
	size_t len;
	ssh_session s;

	house->manners.guests = true;
	house_start(house);
	s = client_connect(house, "jan");
	assert_int_equal(ssh_userauth_try_publickey(s, NULL, one),
			 SSH_AUTH_DENIED);
	assert_int_equal(ssh_userauth_try_publickey(s, NULL, two),
			 SSH_AUTH_DENIED);
	assert_int_equal(next_question(s, "bood 2 sleutels aan. Geen daarvan"),
			 1);
	assert_string_equal(ssh_userauth_kbdint_getname(s), "Wiki van Caf?");
	assert_int_equal(ssh_get_publickey_hash(two, SSH_PUBLICKEY_HASH_SHA256,
						&hash, &len),
			 0);
	print = ssh_get_fingerprint_hash(SSH_PUBLICKEY_HASH_SHA256, hash, len);
	assert_non_null(strstr(ssh_userauth_kbdint_getinstruction(s), print));
	ssh_string_free_char(print);
	ssh_clean_pubkey_hash(&hash);
	assert_non_null(
		strstr(prompt(s, 0, &echo), "1 wachtwoord/password 4 kijken"));
	answer(s, 0, "1");
	assert_int_equal(next_question(s, NULL), 2);
	assert_string_equal(prompt(s, 0, &echo), "Naam / Name [jan]: ");
	assert_int_equal(echo, 1);
	assert_string_equal(prompt(s, 1, &echo), "Wachtwoord / Password: ");
	assert_int_equal(echo, 0);
	answer(s, 0, "tester");
	answer(s, 1, "fout");
	assert_int_equal(next_question(s, "Naam of wachtwoord klopt niet."), 2);
	answer(s, 0, "tester");
	answer(s, 1, "geheim");
	assert_int_equal(ssh_userauth_kbdint(s, NULL, NULL), SSH_AUTH_SUCCESS);
	house_expect(house, "session.open");
	assert_null(strstr(house->seen.ptr, "geheim"));
	assert_non_null(strstr(house->seen.ptr, "\"step\":\"password\""));
	client_close(s);
	ssh_key_free(one);
	ssh_key_free(two);
}

static void
test_talk__the_name_of_the_login_is_that_of_the_account(void **state)
{
	struct house *house = *state;
	ssh_session s;

	house->manners.wants_code = true;
	house_start(house);
	s = client_connect(house, "tester");
	assert_int_equal(next_question(s, "bood geen sleutel aan"), 2);
	answer(s, 0, "");
	answer(s, 1, "geheim");
	assert_int_equal(next_question(s, "herstelcode"), 1);
	answer(s, 0, "123456");
	assert_int_equal(ssh_userauth_kbdint(s, NULL, NULL), SSH_AUTH_SUCCESS);
	client_close(s);
}

static void
test_talk__guests_come_in_by_name(void **state)
{
	struct house *house = *state;
	ssh_session s;

	house->manners.guests = true;
	house_start(house);
	s = client_connect(house, "guest");
	assert_int_equal(ssh_userauth_none(s, NULL), SSH_AUTH_SUCCESS);
	house_expect(house, "session.open");
	client_close(s);
}

static void
test_talk__guests_come_in_by_choice(void **state)
{
	struct house *house = *state;
	ssh_session s;

	house->manners.guests = true;
	house_start(house);
	s = client_connect(house, "jan");
	assert_int_equal(ssh_userauth_none(s, NULL), SSH_AUTH_DENIED);
	assert_int_equal(next_question(s, NULL), 1);
	answer(s, 0, "4");
	assert_int_equal(ssh_userauth_kbdint(s, NULL, NULL), SSH_AUTH_SUCCESS);
	client_close(s);
}

static void
test_talk__there_are_no_guests_where_there_are_none(void **state)
{
	struct house *house = *state;
	ssh_session s;

	house_start(house);
	s = client_connect(house, "gast");
	assert_int_equal(ssh_userauth_none(s, NULL), SSH_AUTH_DENIED);
	assert_int_equal(next_question(s, NULL), 2);
	client_close(s);
	house_expect(house, "conn.closed");
	assert_null(strstr(house->seen.ptr, "session.open"));
}

static void
test_talk__ends_after_six_wrong_ones(void **state)
{
	struct house *house = *state;
	ssh_session s;
	int n = 0;

	house_start(house);
	s = client_connect(house, "tester");
	while (ssh_userauth_kbdint(s, NULL, NULL) == SSH_AUTH_INFO) {
		answer(s, 0, "");
		answer(s, 1, "fout");
		n++;
	}
	assert_int_equal(n, 6);
	house_expect(house, "conn.closed");
	assert_null(strstr(house->seen.ptr, "session.open"));
	client_close(s);
}

static void
test_talk__answers_of_200_kb_are_no_answers(void **state)
{
	struct house *house = *state;
	char *big = mem_alloc(200001);
	ssh_session s;

	house_start(house);
	s = client_connect(house, "tester");
	memset(big, 'x', 200000);
	assert_int_equal(next_question(s, NULL), 2);
	answer(s, 0, "tester");
	answer(s, 1, big);
	assert_int_not_equal(ssh_userauth_kbdint(s, NULL, NULL),
			     SSH_AUTH_SUCCESS);
	house_expect_end(house, "answers");
	client_close(s);
	free(big);
}

/* Longer than for keys: people type. */
static void
test_talk__has_time_of_its_own(void **state)
{
	struct house *house = *state;
	ssh_session s;

	house->manners.limits.auth_ms = 300;
	house->manners.limits.talk_ms = 700;
	house_start(house);
	s = client_connect(house, "tester");
	assert_int_equal(next_question(s, NULL), 2);
	house_expect_end(house, "sign-in");
	assert_null(strstr(house->seen.ptr, "\"ms\":3"));
	client_close(s);
}

/* --- texts -------------------------------------------------------------- */

static void
check_text(const char *text)
{
	size_t column = 0;

	for (; *text; text++) {
		column = *text == '\n' ? 0 : column + 1;
		if (column > WORDS_COLUMNS)
			fail_msg("too wide: ...%.72s", text);
		if (*text != '\n' && (*text < ' ' || *text > '~'))
			fail_msg("not ASCII: %.20s", text);
	}
}

static void
check_question(const struct interact *i, const struct words_about *about)
{
	struct words_question q;

	words_ask(&q, i, about);
	assert_int_equal(q.n, interact_prompts(i->asking));
	check_text(q.name.ptr);
	check_text(q.instruction.ptr);
	for (int k = 0; k < q.n; k++)
		check_text(q.prompts[k].ptr);
	words_release(&q);
}

static void
test_words__are_ascii_of_72_columns(void **state)
{
	static const char *const languages[] = { "", "nl", "en" };
	static const char *const kinds[] = { "ssh-rsa",
					     "sk-ssh-ed25519@openssh.com",
					     "ecdsa-sha2-nistp256",
					     "ssh-ed25519" };
	struct interact i = { .rounds = 1 };
	struct offers offers = { 0 };
	struct words_about about = {
		"Een wiki met een lange naam \xc3\xab\xc3\xab en daar achter "
		"nog veel meer woorden dan passen in een regel",
		"", &offers, 9999, "een.heel.lang.handvat.van.32.xxx"
	};
	char print[64];

	(void)state;
	memset(i.user, 'x', 64);
	for (int n = 0; n < 9; n++)
		for (int l = 0; l < 3; l++)
			for (int a = ASKING_CHOICE; a <= ASKING_NO_MORE; a++)
				for (int r = 0; r <= REMARK_BROKEN; r++) {
					about.language = languages[l];
					i.asking = (enum asking)a;
					i.remark = (enum remark)r;
					i.applies = i.invites = n % 2;
					i.guests = i.offered = i.linking =
						n % 3;
					(void)snprintf(print, sizeof(print),
						       "SHA256:%042d%d", 0, n);
					offers_add(&offers, kinds[n % 4], print,
						   n % 2, n % 4 ? 0 : 16384);
					check_question(&i, &about);
				}
	assert_int_equal(offers.n > OFFERS_KEPT, 1);
}

static void
test_words__say_how_many_bits_are_asked(void **state)
{
	struct interact i = { .asking = ASKING_PASSWORD };
	struct offers offers = { 0 };
	struct words_about about = { .wiki = "Wiki",
				     .language = "nl",
				     .offers = &offers };
	struct words_question q;

	(void)state;
	offers_add(&offers, "ssh-rsa", "SHA256:a", true, 2048);
	words_ask(&q, &i, &about);
	assert_non_null(strstr(q.instruction.ptr,
			       "  2048 bits is te weinig, 3072 moet: "));
	words_release(&q);
}

static void
test_words__count_a_key_once(void **state)
{
	struct offers o = { 0 };

	(void)state;
	offers_add(&o, "ssh-ed25519", "SHA256:a", false, 0);
	offers_add(&o, "ssh-ed25519", "SHA256:a", false, 0);
	offers_add(&o, "ssh-ed25519", "SHA256:b", false, 0);
	assert_int_equal(o.n, 2);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
#define T(name) \
	cmocka_unit_test_setup_teardown(name, house_setup, house_teardown)
		T(test_talk__a_key_and_then_a_code),
		T(test_talk__half_opens_nothing),
		T(test_talk__says_which_keys_were_offered),
		T(test_talk__the_name_of_the_login_is_that_of_the_account),
		T(test_talk__guests_come_in_by_name),
		T(test_talk__guests_come_in_by_choice),
		T(test_talk__there_are_no_guests_where_there_are_none),
		T(test_talk__ends_after_six_wrong_ones),
		T(test_talk__answers_of_200_kb_are_no_answers),
		T(test_talk__has_time_of_its_own),
		cmocka_unit_test(test_words__are_ascii_of_72_columns),
		cmocka_unit_test(test_words__say_how_many_bits_are_asked),
		cmocka_unit_test(test_words__count_a_key_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
