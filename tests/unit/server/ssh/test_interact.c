/* Tests of server/ssh/interact.c: nobody gets in by an odd order of steps. */
#include "ssh/interact.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <cmocka.h>

#define FAILURES 6

static struct interact
fresh(void)
{
	struct interact i;

	interact_init(&i, FAILURES);
	return i;
}

static enum interact_step
answer(struct interact *i, const char *one, const char *two)
{
	const char *const answers[] = { one, two };

	return interact_answers(i, answers, two ? 2 : one ? 1 : 0);
}

static void
test_interact__a_key_is_enough_or_half(void **state)
{
	struct interact i = fresh();

	(void)state;
	assert_int_equal(interact_key(&i, "jan"), INTERACT_OPEN_KEY);
	assert_int_equal(interact_told(&i, VERDICT_GRANTED), INTERACT_SUCCESS);
	assert_int_equal(interact_key(&i, "jan"), INTERACT_REFUSE);
	assert_int_equal(interact_request(&i, "jan"), INTERACT_REFUSE);
	i = fresh();
	assert_int_equal(interact_key(&i, "jan"), INTERACT_OPEN_KEY);
	assert_int_equal(interact_told(&i, VERDICT_NEEDS_CODE),
			 INTERACT_PARTIAL);
	assert_int_equal(interact_key(&i, "jan"), INTERACT_REFUSE);
	assert_int_equal(interact_request(&i, "jan"), INTERACT_ASK);
	assert_int_equal(i.asking, ASKING_CODE);
	assert_int_equal(answer(&i, "123456", NULL), INTERACT_CODE);
	assert_int_equal(interact_told(&i, VERDICT_DENIED), INTERACT_ASK);
	assert_int_equal(i.remark, REMARK_CODE);
	assert_int_equal(answer(&i, "123456", NULL), INTERACT_CODE);
	assert_int_equal(interact_told(&i, VERDICT_GRANTED), INTERACT_OPEN);
	assert_int_equal(interact_told(&i, VERDICT_GRANTED), INTERACT_SUCCESS);
}

static void
test_interact__a_menu_leads_to_password_and_guest(void **state)
{
	struct interact i = fresh();

	(void)state;
	i.guests = true;
	assert_int_equal(interact_request(&i, "jan"), INTERACT_ASK);
	assert_int_equal(i.asking, ASKING_CHOICE);
	assert_int_equal(answer(&i, "9", NULL), INTERACT_ASK);
	assert_int_equal(i.remark, REMARK_CHOICE);
	assert_int_equal(answer(&i, "1", NULL), INTERACT_ASK);
	assert_int_equal(i.asking, ASKING_PASSWORD);
	assert_int_equal(answer(&i, "jan", "geheim"), INTERACT_PASSWORD);
	assert_int_equal(interact_told(&i, VERDICT_DENIED), INTERACT_ASK);
	assert_int_equal(i.remark, REMARK_WRONG);
	assert_int_equal(answer(&i, "jan", "geheim"), INTERACT_PASSWORD);
	assert_int_equal(interact_told(&i, VERDICT_NEEDS_CODE), INTERACT_ASK);
	assert_int_equal(i.asking, ASKING_CODE);
	i = fresh();
	i.guests = true;
	(void)interact_request(&i, "jan");
	assert_int_equal(answer(&i, "4", NULL), INTERACT_OPEN_GUEST);
	assert_int_equal(interact_told(&i, VERDICT_GRANTED), INTERACT_SUCCESS);
	i = fresh(); /* without guests there is one choice only */
	assert_int_equal(interact_request(&i, "jan"), INTERACT_ASK);
	assert_int_equal(i.asking, ASKING_PASSWORD);
	assert_int_equal(answer(&i, "jan", "x"), INTERACT_PASSWORD);
	assert_int_equal(interact_told(&i, VERDICT_WAIT), INTERACT_ASK);
	assert_int_equal(i.asking, ASKING_NO_MORE);
	assert_int_equal(interact_answers(&i, NULL, 0), INTERACT_REFUSE);
	assert_int_equal(interact_request(&i, "jan"), INTERACT_REFUSE);
}

static void
test_interact__a_guest_is_let_in_by_name(void **state)
{
	struct interact i = fresh();

	(void)state;
	assert_int_equal(interact_none(&i, "jan"), INTERACT_REFUSE);
	assert_int_equal(interact_none(&i, "gast"), INTERACT_END);
	i = fresh();
	assert_int_equal(interact_none(&i, "gast"), INTERACT_OPEN_GUEST);
	assert_int_equal(interact_told(&i, VERDICT_AWAY), INTERACT_REFUSE);
	assert_int_equal(interact_none(&i, "gast"), INTERACT_OPEN_GUEST);
	assert_int_equal(interact_told(&i, VERDICT_DENIED), INTERACT_REFUSE);
	assert_int_equal(interact_key(&i, "gast"), INTERACT_OPEN_KEY);
}

static void
test_interact__answers_fit_what_was_asked(void **state)
{
	static char big[200000];
	const char *const three[] = { "a", "b", "c" };
	struct interact i;

	(void)state;
	memset(big, 'x', sizeof(big) - 1);
	i = fresh(); /* unsolicited */
	assert_int_equal(answer(&i, "123456", NULL), INTERACT_END);
	assert_int_equal(interact_key(&i, "jan"), INTERACT_REFUSE);
	i = fresh(); /* missing */
	(void)interact_request(&i, "jan");
	assert_int_equal(answer(&i, "jan", NULL), INTERACT_END);
	i = fresh(); /* none at all */
	(void)interact_request(&i, "jan");
	assert_int_equal(interact_answers(&i, NULL, 0), INTERACT_END);
	i = fresh(); /* surplus */
	(void)interact_request(&i, "jan");
	assert_int_equal(interact_answers(&i, three, 3), INTERACT_END);
	i = fresh(); /* 200 kB */
	(void)interact_request(&i, "jan");
	assert_int_equal(answer(&i, "jan", big), INTERACT_END);
	i = fresh(); /* twice */
	(void)interact_request(&i, "jan");
	assert_int_equal(answer(&i, "jan", "x"), INTERACT_PASSWORD);
	assert_int_equal(answer(&i, "jan", "x"), INTERACT_REFUSE);
	assert_int_equal(interact_told(&i, VERDICT_GRANTED), INTERACT_OPEN);
	i = fresh(); /* a key in between takes the question back */
	(void)interact_request(&i, "jan");
	assert_int_equal(interact_key(&i, "jan"), INTERACT_OPEN_KEY);
	assert_int_equal(interact_told(&i, VERDICT_DENIED), INTERACT_REFUSE);
	assert_int_equal(answer(&i, "jan", "x"), INTERACT_END);
}

/* As ssh answers that has no terminal: then it should not ask for ever. */
static void
test_interact__nothing_typed_is_the_end_of_it(void **state)
{
	struct interact i = fresh();

	(void)state;
	i.guests = true;
	(void)interact_request(&i, "jan");
	assert_int_equal(answer(&i, "", NULL), INTERACT_REFUSE);
	(void)interact_request(&i, "jan");
	(void)answer(&i, "1", NULL);
	assert_int_equal(answer(&i, "jan", ""), INTERACT_REFUSE);
	(void)interact_key(&i, "jan");
	(void)interact_told(&i, VERDICT_NEEDS_CODE);
	(void)interact_request(&i, "jan");
	assert_int_equal(answer(&i, "", NULL), INTERACT_REFUSE);
	assert_int_equal(interact_request(&i, "jan"), INTERACT_ASK);
}

static void
test_interact__a_name_is_not_changed_midway(void **state)
{
	struct interact i = fresh();

	(void)state;
	(void)interact_key(&i, "jan");
	(void)interact_told(&i, VERDICT_NEEDS_CODE);
	assert_int_equal(interact_request(&i, "piet"), INTERACT_END);
	assert_int_equal(interact_request(&i, "jan"), INTERACT_REFUSE);
	i = fresh();
	(void)interact_request(&i, "jan");
	assert_int_equal(interact_key(&i, "piet"), INTERACT_END);
}

static void
test_interact__asks_no_more_than_so_often(void **state)
{
	struct interact i = fresh();
	int n = 0;

	(void)state;
	while (interact_request(&i, "jan") == INTERACT_ASK)
		n++;
	assert_int_equal(n, INTERACT_ROUNDS);
	i = fresh();
	(void)interact_request(&i, "jan");
	for (n = 1; answer(&i, "jan", "x") == INTERACT_PASSWORD; n++)
		if (interact_told(&i, VERDICT_DENIED) == INTERACT_END)
			break;
	assert_int_equal(n, FAILURES);
	i = fresh();
	for (n = 1; interact_key(&i, "jan") == INTERACT_OPEN_KEY; n++)
		if (interact_told(&i, VERDICT_DENIED) == INTERACT_END)
			break;
	assert_int_equal(n, FAILURES);
}

/* --- any order of steps -------------------------------------------------- */

#define N_ACCOUNTS 5
#define STRANGER N_ACCOUNTS
#define GUEST (N_ACCOUNTS + 1)

/* What each account has. */
static const struct {
	bool key, password, code;
} accounts[N_ACCOUNTS] = {
	{ true, false, false }, { true, false, true }, { false, true, false },
	{ false, true, true },	{ true, true, true },
};

static const char *const names[] = { "a0", "a1", "a2", "a3", "a4", "zz" };
static const char *const passwords[] = { "p0", "p1", "p2", "p3", "p4", "?" };
static const char *const codes[] = { "c0", "c1", "c2", "c3", "c4", "4" };

/* The wiki process, as server/wiki/handle_auth.c is, and what was shown. */
struct world {
	struct interact i;
	int half; /* account of which something was proved, or -1 */
	bool half_code, half_password;
	int waits; /* account a key was shown for that waits, or -1 */
	bool said_yes, linked[N_ACCOUNTS];
	int bound; /* -1: nobody */
	bool guests;
	/* said by the client, whatever became of it */
	bool key_shown[N_ACCOUNTS], password_shown[N_ACCOUNTS];
	bool code_shown[N_ACCOUNTS];
	int key; /* of the event at hand */
	const char *answers[3];
	const char *user;
	uint64_t chance;
};

static unsigned
pick(struct world *w, unsigned n)
{
	w->chance ^= w->chance << 13;
	w->chance ^= w->chance >> 7;
	w->chance ^= w->chance << 17;
	return (unsigned)(w->chance % n);
}

static int
find(const char *const list[], const char *text)
{
	for (int k = 0; k < N_ACCOUNTS; k++)
		if (strcmp(list[k], text) == 0)
			return k;
	return -1;
}

static enum verdict
prove(struct world *w, int account)
{
	w->half = account;
	return accounts[account].code ? VERDICT_NEEDS_CODE : VERDICT_GRANTED;
}

static enum verdict
open_key(struct world *w)
{
	if (w->half < 0 && w->waits < 0 && w->key == N_ACCOUNTS && pick(w, 2)) {
		w->waits = (int)pick(w, N_ACCOUNTS);
		return VERDICT_NEEDS_LINK;
	}
	if (w->half >= 0 || w->waits >= 0 || w->key >= N_ACCOUNTS ||
	    !accounts[w->key].key)
		return VERDICT_DENIED;
	if (accounts[w->key].code)
		return prove(w, w->key);
	w->bound = w->key;
	return VERDICT_GRANTED;
}

static enum verdict
check_password(struct world *w)
{
	int account = find(names, w->answers[0]);

	if (w->half >= 0 || account < 0 || !accounts[account].password ||
	    find(passwords, w->answers[1]) != account)
		return VERDICT_DENIED;
	w->half_password = true;
	return prove(w, account);
}

static enum verdict
check_code(struct world *w)
{
	if (w->half < 0 || find(codes, w->answers[0]) != w->half)
		return VERDICT_DENIED;
	w->half_code = true;
	return VERDICT_GRANTED;
}

static enum verdict
open_proved(struct world *w)
{
	if (w->half < 0 || (accounts[w->half].code && !w->half_code))
		return VERDICT_DENIED;
	w->bound = w->half;
	return VERDICT_GRANTED;
}

/* The key that waits was shown; yes makes it the account's. */
static enum verdict
answer_link(struct world *w, enum interact_step step)
{
	int account = w->waits;

	w->waits = -1;
	if (account < 0)
		return VERDICT_DENIED;
	w->said_yes = strcasecmp(w->answers[0], "ja") == 0;
	assert_int_equal(step == INTERACT_LINK, w->said_yes);
	if (!w->said_yes)
		return VERDICT_GRANTED;
	w->linked[account] = true;
	return prove(w, account);
}

static enum verdict
judge(struct world *w, enum interact_step step)
{
	if (pick(w, 20) == 0)
		return (enum verdict)(VERDICT_WAIT + pick(w, 3));
	if (step == INTERACT_OPEN_KEY)
		return open_key(w);
	if (step == INTERACT_PASSWORD)
		return check_password(w);
	if (step == INTERACT_CODE)
		return check_code(w);
	if (step == INTERACT_OPEN)
		return open_proved(w);
	if (step == INTERACT_PEND) /* as auth.pend has it */
		return w->half >= 0 && w->half_password &&
				       (!accounts[w->half].code || w->half_code)
			       ? VERDICT_GRANTED
			       : VERDICT_DENIED;
	if (step == INTERACT_LINK || step == INTERACT_UNLINK)
		return answer_link(w, step);
	if (step == INTERACT_OPEN_NEW) {
		w->bound = GUEST;
		return w->guests ? VERDICT_GRANTED : VERDICT_DENIED;
	}
	if (!w->guests)
		return VERDICT_DENIED;
	w->bound = GUEST;
	return VERDICT_GRANTED;
}

static enum interact_step
send_answers(struct world *w)
{
	static const char *const digits[] = { "1", "1", "2", "3", "4", "5" };
	int n = (int)pick(w, 4), who;

	/* most often as many as are asked for */
	if (pick(w, 20) && interact_prompts(w->i.asking) >= 0)
		n = interact_prompts(w->i.asking);
	for (int k = 0; k < 3; k++)
		w->answers[k] =
			pick(w, 2) ? codes[pick(w, 6)] : names[pick(w, 6)];
	if (w->half >= 0 && pick(w, 2))
		w->answers[0] = codes[w->half];
	if (n == 1 && w->i.asking == ASKING_CHOICE)
		w->answers[0] = digits[pick(w, 6)];
	if (n == 1 && w->i.asking == ASKING_LINK && pick(w, 3))
		w->answers[0] = pick(w, 2) ? "ja" : "nee";
	if (n == 2) {
		who = (int)pick(w, 6);
		w->answers[0] = names[who];
		w->answers[1] =
			passwords[pick(w, 2) ? (unsigned)who : pick(w, 6)];
	}
	who = n == 2 ? find(names, w->answers[0]) : -1;
	if (who >= 0 && find(passwords, w->answers[1]) == who)
		w->password_shown[who] = true;
	if (n == 1 && find(codes, w->answers[0]) >= 0)
		w->code_shown[find(codes, w->answers[0])] = true;
	return interact_answers(&w->i, w->answers, n);
}

static enum interact_step
send_something(struct world *w)
{
	const char *user = pick(w, 40) ? w->user : "piet";

	switch (pick(w, 6)) {
	case 0:
		return interact_none(&w->i, user);
	case 1:
		w->key = (int)pick(w, N_ACCOUNTS + 1);
		if (w->key < N_ACCOUNTS)
			w->key_shown[w->key] = true;
		return interact_key(&w->i, user);
	case 2:
		return interact_request(&w->i, user);
	default:
		if (w->i.asking == ASKING_NOTHING && pick(w, 20))
			return interact_request(&w->i, user);
		return send_answers(w);
	}
}

/* The rule. */
static void
check_success(const struct world *w)
{
	int who = w->bound;

	assert_true(who >= 0);
	if (who == GUEST) {
		assert_true(w->guests);
		return;
	}
	assert_true(w->linked[who] ||
		    (accounts[who].key && w->key_shown[who]) ||
		    (accounts[who].password && w->password_shown[who]));
	if (accounts[who].code)
		assert_true(w->code_shown[who]);
}

/* 1 when somebody got in. */
static int
try_sequence(uint64_t seed, int *asked)
{
	struct world w = {
		.half = -1, .bound = -1, .waits = -1, .chance = seed
	};
	enum interact_step step;
	bool in = false, over = false;

	interact_init(&w.i, FAILURES);
	w.user = pick(&w, 8) ? "jan" : "gast";
	w.guests = pick(&w, 2);
	w.i.guests = pick(&w, 2);
	w.i.applies = w.i.invites = pick(&w, 2);
	w.i.offered = pick(&w, 2);
	for (int n = 0; n < 40; n++) {
		step = send_something(&w);
		while (interact_is_for_wiki(step)) {
			assert_false(in || over);
			step = interact_told(&w.i, judge(&w, step));
		}
		if (in || over)
			assert_true(step == INTERACT_REFUSE ||
				    step == INTERACT_END);
		if (step == INTERACT_SUCCESS)
			check_success(&w);
		*asked += step == INTERACT_ASK;
		in = in || step == INTERACT_SUCCESS;
		over = over || step == INTERACT_END;
	}
	return in;
}

static void
test_interact__no_order_of_steps_lets_anybody_in(void **state)
{
	int n = 0, asked = 0;

	(void)state;
	for (uint64_t seed = 1; seed <= 100000; seed++)
		n += try_sequence(seed * 0x9e3779b97f4a7c15ULL, &asked);
	/* and it was no test of refusing everything */
	assert_in_range(n, 10000, 95000);
	assert_true(asked > 100000);
}

static void
test_interact__who_applies_shows_a_key_or_none(void **state)
{
	struct interact i = fresh();

	(void)state;
	assert_int_equal(interact_none(&i, "nieuw"), INTERACT_REFUSE);
	assert_int_equal(interact_key(&i, "nieuw"), INTERACT_OPEN_NEW);
	assert_int_equal(interact_told(&i, VERDICT_GRANTED), INTERACT_SUCCESS);
	assert_int_equal(interact_key(&i, "nieuw"), INTERACT_REFUSE);
	i = fresh();
	i.applies = true;
	assert_int_equal(interact_key(&i, "nieuw"), INTERACT_OPEN_NEW);
	assert_int_equal(interact_told(&i, VERDICT_DENIED), INTERACT_REFUSE);
	assert_int_equal(interact_request(&i, "nieuw"), INTERACT_OPEN_NEW);
	assert_int_equal(interact_told(&i, VERDICT_GRANTED), INTERACT_SUCCESS);
	/* Another door later is none. */
	i = fresh();
	i.applies = true;
	assert_int_equal(interact_request(&i, "jan"), INTERACT_ASK);
	assert_int_equal(interact_request(&i, "nieuw"), INTERACT_END);
}

static void
test_interact__the_menu_registers(void **state)
{
	struct interact i = fresh();

	(void)state;
	i.applies = true;
	assert_int_equal(interact_request(&i, "jan"), INTERACT_ASK);
	assert_int_equal(i.asking, ASKING_CHOICE);
	assert_int_equal(answer(&i, "4", NULL), INTERACT_ASK);
	assert_int_equal(i.remark, REMARK_CHOICE);
	assert_int_equal(answer(&i, "2", NULL), INTERACT_ASK);
	assert_int_equal(i.remark, REMARK_CHOICE);
	assert_int_equal(answer(&i, "3", NULL), INTERACT_OPEN_NEW);
	assert_int_equal(interact_told(&i, VERDICT_GRANTED), INTERACT_SUCCESS);
	i = fresh();
	i.applies = i.invites = true;
	(void)interact_request(&i, "jan");
	assert_int_equal(answer(&i, "2", NULL), INTERACT_OPEN_NEW);
}

static void
test_interact__a_password_lets_a_key_wait(void **state)
{
	struct interact i = fresh();

	(void)state;
	i.applies = true;
	(void)interact_request(&i, "jan");
	assert_int_equal(answer(&i, "5", NULL), INTERACT_ASK);
	assert_int_equal(i.remark, REMARK_CHOICE); /* no key was offered */
	i.offered = true;
	assert_int_equal(answer(&i, "5", NULL), INTERACT_ASK);
	assert_int_equal(i.asking, ASKING_PASSWORD);
	assert_int_equal(answer(&i, "jan", "geheim"), INTERACT_PASSWORD);
	assert_int_equal(interact_told(&i, VERDICT_NEEDS_CODE), INTERACT_ASK);
	assert_int_equal(answer(&i, "123456", NULL), INTERACT_CODE);
	assert_int_equal(interact_told(&i, VERDICT_GRANTED), INTERACT_PEND);
	assert_int_equal(interact_told(&i, VERDICT_GRANTED), INTERACT_ASK);
	assert_int_equal(i.asking, ASKING_NO_MORE);
	assert_int_equal(i.remark, REMARK_PENDING);
	assert_int_equal(interact_answers(&i, NULL, 0), INTERACT_REFUSE);
	assert_false(i.in);
}

static void
test_interact__a_key_that_waits_is_asked_about(void **state)
{
	struct interact i = fresh();

	(void)state;
	assert_int_equal(interact_key(&i, "jan"), INTERACT_OPEN_KEY);
	assert_int_equal(interact_told(&i, VERDICT_NEEDS_LINK),
			 INTERACT_PARTIAL);
	assert_int_equal(interact_key(&i, "jan"), INTERACT_REFUSE);
	assert_int_equal(interact_request(&i, "jan"), INTERACT_ASK);
	assert_int_equal(i.asking, ASKING_LINK);
	assert_int_equal(answer(&i, "JA", NULL), INTERACT_LINK);
	assert_int_equal(interact_told(&i, VERDICT_NEEDS_CODE), INTERACT_ASK);
	assert_int_equal(answer(&i, "123456", NULL), INTERACT_CODE);
	assert_int_equal(interact_told(&i, VERDICT_GRANTED), INTERACT_OPEN);
	assert_int_equal(interact_told(&i, VERDICT_GRANTED), INTERACT_SUCCESS);
	i = fresh(); /* also of who applies; what is not yes is no */
	i.applies = true;
	assert_int_equal(interact_key(&i, "nieuw"), INTERACT_OPEN_NEW);
	assert_int_equal(interact_told(&i, VERDICT_NEEDS_LINK),
			 INTERACT_PARTIAL);
	assert_int_equal(interact_request(&i, "nieuw"), INTERACT_ASK);
	assert_int_equal(i.asking, ASKING_LINK);
	assert_int_equal(answer(&i, "wat", NULL), INTERACT_UNLINK);
	assert_int_equal(interact_told(&i, VERDICT_GRANTED), INTERACT_ASK);
	assert_int_equal(i.remark, REMARK_APART);
	assert_int_equal(interact_request(&i, "nieuw"), INTERACT_REFUSE);
}

static void
test_interact__a_known_key_ends_an_application(void **state)
{
	struct interact i = fresh();

	(void)state;
	i.applies = i.taken = true;
	assert_int_equal(interact_key(&i, "nieuw"), INTERACT_REFUSE);
	assert_int_equal(interact_request(&i, "nieuw"), INTERACT_ASK);
	assert_int_equal(i.asking, ASKING_NO_MORE);
	assert_int_equal(i.remark, REMARK_TAKEN);
	i = fresh();
	assert_int_equal(interact_request(&i, "nieuw"), INTERACT_ASK);
	assert_int_equal(i.remark, REMARK_CLOSED);
}

static void
test_interact__damage_is_said_and_no_password_asked(void **state)
{
	struct interact i = fresh();

	(void)state;
	assert_int_equal(interact_request(&i, "jan"), INTERACT_ASK);
	assert_int_equal(answer(&i, "jan", "x"), INTERACT_PASSWORD);
	assert_int_equal(interact_told(&i, VERDICT_BROKEN), INTERACT_ASK);
	assert_int_equal(i.asking, ASKING_NO_MORE);
	assert_int_equal(i.remark, REMARK_BROKEN);
	i = fresh(); /* a key cannot be answered in words: what follows can */
	assert_int_equal(interact_key(&i, "jan"), INTERACT_OPEN_KEY);
	assert_int_equal(interact_told(&i, VERDICT_BROKEN), INTERACT_REFUSE);
	assert_int_equal(interact_request(&i, "jan"), INTERACT_ASK);
	assert_int_equal(i.remark, REMARK_BROKEN);
	i = fresh();
	i.applies = true;
	assert_int_equal(interact_key(&i, "nieuw"), INTERACT_OPEN_NEW);
	assert_int_equal(interact_told(&i, VERDICT_BROKEN), INTERACT_REFUSE);
	assert_int_equal(interact_request(&i, "nieuw"), INTERACT_ASK);
	assert_int_equal(i.remark, REMARK_BROKEN);
	i = fresh(); /* without a key */
	i.applies = true;
	assert_int_equal(interact_request(&i, "nieuw"), INTERACT_OPEN_NEW);
	assert_int_equal(interact_told(&i, VERDICT_AWAY), INTERACT_ASK);
	assert_int_equal(i.remark, REMARK_AWAY);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_interact__a_key_is_enough_or_half),
		cmocka_unit_test(
			test_interact__a_menu_leads_to_password_and_guest),
		cmocka_unit_test(test_interact__a_guest_is_let_in_by_name),
		cmocka_unit_test(test_interact__answers_fit_what_was_asked),
		cmocka_unit_test(test_interact__nothing_typed_is_the_end_of_it),
		cmocka_unit_test(test_interact__a_name_is_not_changed_midway),
		cmocka_unit_test(test_interact__asks_no_more_than_so_often),
		cmocka_unit_test(
			test_interact__no_order_of_steps_lets_anybody_in),
		cmocka_unit_test(test_interact__the_menu_registers),
		cmocka_unit_test(test_interact__a_password_lets_a_key_wait),
		cmocka_unit_test(
			test_interact__a_key_that_waits_is_asked_about),
		cmocka_unit_test(
			test_interact__who_applies_shows_a_key_or_none),
		cmocka_unit_test(
			test_interact__a_known_key_ends_an_application),
		cmocka_unit_test(
			test_interact__damage_is_said_and_no_password_asked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
