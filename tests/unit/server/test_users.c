/* As whom each process runs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#include "users.h"

static const struct user root = { 0, 0 };
static const struct user ann = { 1000, 1001 };
static const struct user bob = { 1002, 1003 };
static const struct user login = { 107, 108 };

static void
assert_user(struct user got, uid_t uid, gid_t gid)
{
	assert_int_equal(got.uid, uid);
	assert_int_equal(got.gid, gid);
}

static void
test_users__root_splits_owner_and_login(void **state)
{
	struct users u;

	(void)state;
	assert_int_equal(users_choose(&u, root, ann, &login, NULL), 0);
	assert_true(u.switches);
	assert_false(u.root_owned);
	assert_user(u.owner, 1000, 1001);
	assert_user(u.login, 107, 108);
}

static void
test_users__without_login_account_it_is_nobody(void **state)
{
	struct users u;

	(void)state;
	assert_int_equal(users_choose(&u, root, ann, NULL, NULL), 0);
	assert_user(u.login, USERS_NOBODY, USERS_NOBODY);
}

static void
test_users__a_login_account_that_is_root_does_not_count(void **state)
{
	struct users u;

	(void)state;
	assert_int_equal(users_choose(&u, root, ann, &root, NULL), 0);
	assert_user(u.login, USERS_NOBODY, USERS_NOBODY);
}

static void
test_users__data_of_root_keeps_connections_apart(void **state)
{
	struct users u;

	(void)state;
	assert_int_equal(users_choose(&u, root, root, NULL, NULL), 0);
	assert_true(u.root_owned);
	assert_user(u.owner, 0, 0);
	assert_user(u.login, USERS_NOBODY, USERS_NOBODY);
}

static void
test_users__an_ordinary_user_stays_all_through(void **state)
{
	struct users u;

	(void)state;
	assert_int_equal(users_choose(&u, ann, ann, &login, NULL), 0);
	assert_false(u.switches);
	assert_user(u.owner, 1000, 1001);
	assert_user(u.login, 1000, 1001);
}

static void
test_users__refuses_the_folder_of_another(void **state)
{
	struct users u;
	struct err err = ERR_INIT;

	(void)state;
	assert_int_equal(users_choose(&u, ann, bob, NULL, &err), PLEIN_EDENIED);
	assert_non_null(strstr(err.msg, "1002"));
	assert_int_equal(users_choose(&u, ann, root, NULL, NULL),
			 PLEIN_EDENIED);
}

/* In the child: 0 when it became nobody, for good, and lost its groups. */
static int
become_and_look(void)
{
	const struct user nobody = { USERS_NOBODY, USERS_NOBODY };
	gid_t groups[8];

	if (users_become(&nobody, NULL) != 0)
		return 1;
	if (getuid() != USERS_NOBODY || geteuid() != USERS_NOBODY)
		return 2;
	if (getgid() != USERS_NOBODY || getegid() != USERS_NOBODY)
		return 3;
	if (getgroups(8, groups) != 0)
		return 4;
	return setuid(0) == 0 || setgid(0) == 0 ? 5 : 0;
}

static void
test_users__become_is_for_good(void **state)
{
	struct err err = ERR_INIT;
	int status;
	pid_t pid;

	(void)state;
	if (geteuid() != 0) {
		assert_int_equal(users_become(&root, &err), PLEIN_EIO);
		return;
	}
	pid = fork();
	if (pid == 0)
		_exit(become_and_look());
	assert_true(pid > 0);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_users__root_splits_owner_and_login),
		cmocka_unit_test(
			test_users__without_login_account_it_is_nobody),
		cmocka_unit_test(
			test_users__a_login_account_that_is_root_does_not_count),
		cmocka_unit_test(
			test_users__data_of_root_keeps_connections_apart),
		cmocka_unit_test(
			test_users__an_ordinary_user_stays_all_through),
		cmocka_unit_test(test_users__refuses_the_folder_of_another),
		cmocka_unit_test(test_users__become_is_for_good),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
