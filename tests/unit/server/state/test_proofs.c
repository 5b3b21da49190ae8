/* Tests of server/state/proofs.c. */
#include "state/proofs.h"

#include "statefile.h"
#include <sys/wait.h>
#include <unistd.h>

static int
setup(void **state)
{
	static const char *const people[] = { "toos", "piet", NULL };

	return statefile_open(state, people);
}

static struct proofs
get(struct fixture *f, const char *handle)
{
	struct proofs p = { 0 };

	if (proofs_get(f->s, handle, &p, &f->err))
		fail_msg("%s", f->err.msg);
	return p;
}

static void
test_proofs__are_none_of_who_has_none(void **state)
{
	static const char *const handles[] = { "toos", "niemand", "" };
	struct proofs p;

	for (int i = 0; i < 3; i++) {
		p = get(*state, handles[i]);
		assert_null(p.password);
		assert_null(p.secret);
		assert_null(p.pending);
		assert_int_equal(p.n_recovery, 0);
		proofs_release(&p);
	}
}

static void
test_proofs__a_password_is_set_replaced_and_taken_away(void **state)
{
	struct fixture *f = *state;
	struct proofs p;

	assert_int_equal(proofs_set_password(f->s, "toos", "een", &f->err), 0);
	assert_int_equal(proofs_set_password(f->s, "toos", "twee", &f->err), 0);
	p = get(f, "toos");
	assert_string_equal(p.password, "twee");
	proofs_release(&p);
	p = get(f, "piet");
	assert_null(p.password);
	proofs_release(&p);
	assert_int_equal(proofs_set_password(f->s, "toos", NULL, &f->err), 0);
	p = get(f, "toos");
	assert_null(p.password);
	proofs_release(&p);
	assert_int_equal(proofs_set_password(f->s, "niemand", "x", &f->err),
			 PLEIN_ENOTFOUND);
}

/* The app in use goes on being asked until another is confirmed. */
static void
test_proofs__a_code_counts_once_it_is_confirmed(void **state)
{
	static const char *const hashes[] = { "h1", "h2" };
	struct fixture *f = *state;
	struct proofs p;

	assert_int_equal(
		proofs_confirm_code(f->s, "toos", 5, hashes, 2, &f->err),
		PLEIN_ENOTFOUND);
	assert_int_equal(proofs_offer_code(f->s, "toos", "A", &f->err), 0);
	p = get(f, "toos");
	assert_null(p.secret);
	assert_string_equal(p.pending, "A");
	proofs_release(&p);
	assert_int_equal(proofs_burn_step(f->s, "toos", 9, &f->err),
			 PLEIN_EDENIED);
	assert_int_equal(
		proofs_confirm_code(f->s, "toos", 5, hashes, 2, &f->err), 0);
	assert_int_equal(proofs_offer_code(f->s, "toos", "B", &f->err), 0);
	p = get(f, "toos");
	assert_string_equal(p.secret, "A");
	assert_string_equal(p.pending, "B");
	assert_int_equal(p.step, 5);
	assert_int_equal(p.n_recovery, 2);
	assert_true(p.since > 0);
	proofs_release(&p);
	assert_int_equal(
		proofs_confirm_code(f->s, "toos", 7, hashes, 1, &f->err), 0);
	p = get(f, "toos");
	assert_string_equal(p.secret, "B");
	assert_null(p.pending);
	assert_int_equal(p.n_recovery, 1);
	proofs_release(&p);
	assert_int_equal(proofs_clear_code(f->s, "toos", &f->err), 0);
	p = get(f, "toos");
	assert_null(p.secret);
	assert_int_equal(p.n_recovery, 0);
	proofs_release(&p);
	assert_int_equal(proofs_offer_code(f->s, "niemand", "A", &f->err),
			 PLEIN_ENOTFOUND);
}

static void
confirm(struct fixture *f)
{
	static const char *const hashes[] = { "h1", "h2" };

	if (proofs_offer_code(f->s, "toos", "A", &f->err) ||
	    proofs_confirm_code(f->s, "toos", 5, hashes, 2, &f->err))
		fail_msg("%s", f->err.msg);
}

static void
test_proofs__what_was_used_is_used_up(void **state)
{
	struct fixture *f = *state;

	confirm(f);
	assert_int_equal(proofs_burn_step(f->s, "toos", 5, &f->err),
			 PLEIN_EDENIED);
	assert_int_equal(proofs_burn_step(f->s, "toos", 6, &f->err), 0);
	assert_int_equal(proofs_burn_step(f->s, "toos", 6, &f->err),
			 PLEIN_EDENIED);
	assert_int_equal(proofs_burn_step(f->s, "toos", 4, &f->err),
			 PLEIN_EDENIED);
	assert_int_equal(proofs_burn_step(f->s, "piet", 9, &f->err),
			 PLEIN_EDENIED);
	assert_int_equal(proofs_burn_recovery(f->s, "toos", "h1", &f->err), 0);
	assert_int_equal(proofs_burn_recovery(f->s, "toos", "h1", &f->err),
			 PLEIN_EDENIED);
	assert_int_equal(proofs_burn_recovery(f->s, "piet", "h2", &f->err),
			 PLEIN_EDENIED);
	assert_int_equal(proofs_burn_recovery(f->s, "toos", "h2", &f->err), 0);
}

/* Each on a handle of its own, all at once. */
static int
count_successes(struct fixture *f, int (*burn)(struct state *s, struct err *e))
{
	int start[2], n = 0, status, rc;
	struct err err = ERR_INIT;
	struct state *s;
	char c;

	assert_int_equal(pipe(start), 0);
	for (int i = 0; i < 50; i++) {
		if (fork() != 0)
			continue;
		(void)close(start[1]);
		rc = state_open(&s, f->path, 0, &err);
		if (read(start[0], &c, 1) != 0)
			_exit(9);
		do
			rc = rc ? rc : burn(s, &err);
		while (rc == PLEIN_EBUSY && (rc = 0, 1));
		_exit(rc == 0 ? 1 : rc == PLEIN_EDENIED ? 0 : 9);
	}
	(void)close(start[0]);
	(void)close(start[1]);
	for (int i = 0; i < 50; i++) {
		assert_true(wait(&status) > 0);
		assert_true(WIFEXITED(status) && WEXITSTATUS(status) < 2);
		n += WEXITSTATUS(status);
	}
	return n;
}

static int
burn_six(struct state *s, struct err *err)
{
	return proofs_burn_step(s, "toos", 6, err);
}

static int
burn_h1(struct state *s, struct err *err)
{
	return proofs_burn_recovery(s, "toos", "h1", err);
}

static void
test_proofs__one_of_fifty_who_use_a_code_succeeds(void **state)
{
	struct fixture *f = *state;

	confirm(f);
	assert_int_equal(count_successes(f, burn_six), 1);
	assert_int_equal(count_successes(f, burn_h1), 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, setup, statefile_close)
		T(test_proofs__are_none_of_who_has_none),
		T(test_proofs__a_password_is_set_replaced_and_taken_away),
		T(test_proofs__a_code_counts_once_it_is_confirmed),
		T(test_proofs__what_was_used_is_used_up),
		T(test_proofs__one_of_fifty_who_use_a_code_succeeds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
