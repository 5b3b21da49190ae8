/*
 * The supervisor as a whole, with puppets in place of the processes it forks.
 * The programs it starts are /bin/sh (for plein) and /bin/echo (for git).
 */
#include "supervised.h"

#define WAITING 100 /* that have not signed in: the default */

static void
test_supervisor__starts_and_stops(void **state)
{
	struct stage s = { .program = NULL };
	int fd;

	(void)state;
	start(&s, &puppets);
	fd = call(&s);
	expect(fd, "{\"op\":\"wiki\"} 1\n");
	assert_int_equal(kill(s.pid, SIGTERM), 0);
	expect(fd, "{\"op\":\"stop\",\"seconds\":5} 0\n");
	say(fd, "leave");
	expect_end(fd);
	assert_int_equal(wait_for_end(&s), 0);
}

static void
test_supervisor__gives_up_when_no_wiki_ever_serves(void **state)
{
	struct stage s = { .program = NULL };

	(void)state;
	start(&s, &broken);
	assert_int_equal(wait_for_end(&s), 1);
}

static void
test_supervisor__starts_nothing_for_who_is_not_signed_in(void **state)
{
	struct stage s = { .program = NULL };
	int fd;

	(void)state;
	start(&s, &puppets);
	fd = call(&s);
	expect(fd, "\"wiki\"");
	say(fd, SPAWN_COMMAND);
	expect(fd, "\"refused\",\"reason\":\"not signed in\"");
	(void)close(fd);
	assert_int_equal(stop(&s), 0);
}

static void
test_supervisor__spawns_once_and_tells_the_exit(void **state)
{
	struct stage s = { .program = NULL };
	int fd;

	(void)state;
	start(&s, &puppets);
	fd = call_and_sign_in(&s);
	/* "sh command x" finds no such script: 2 and a word on stderr. */
	say(fd, SPAWN_COMMAND);
	expect(fd, "{\"op\":\"spawned\",\"kind\":\"command\"} 3\n");
	expect(fd, "{\"op\":\"exit\",\"status\":");
	say(fd, "read 2");
	expect(fd, "command");
	say(fd, SPAWN_COMMAND);
	expect(fd, "one program a connection");
	(void)close(fd);
	assert_int_equal(stop(&s), 0);
}

static void
test_supervisor__drops_who_talks_nonsense(void **state)
{
	static const char *const nonsense[] = { "{\"op\":\"attach\"}", "[]",
						"{}", "stage" };
	struct stage s = { .program = NULL };
	int fd;

	(void)state;
	start(&s, &puppets);
	for (size_t i = 0; i < sizeof(nonsense) / sizeof(char *); i++) {
		fd = call(&s);
		expect(fd, "\"wiki\"");
		say(fd, nonsense[i]);
		expect_end(fd);
	}
	assert_int_equal(stop(&s), 0);
}

static void
test_supervisor__a_second_account_ends_the_connection(void **state)
{
	struct stage s = { .program = NULL };
	int fd;

	(void)state;
	start(&s, &puppets);
	fd = call_and_sign_in(&s);
	say(fd, "stream bob");
	expect_end(fd);
	assert_int_equal(stop(&s), 0);
}

static void
test_supervisor__restarts_the_wiki_and_reconnects(void **state)
{
	struct stage s = { .program = NULL };
	int waiting, crasher;

	(void)state;
	start(&s, &puppets);
	waiting = call(&s);
	expect(waiting, "\"wiki\"");
	for (int i = 0; i < 3; i++) {
		crasher = call(&s);
		expect(crasher, "\"wiki\"");
		say(crasher, "stream crash");
		expect(waiting, "{\"op\":\"wiki\"} 1\n");
		(void)close(crasher);
	}
	say(waiting, "stream ann");
	expect(waiting, "signed in\n");
	say(waiting, SPAWN_UPLOAD("agenda"));
	expect(waiting, "\"spawned\"");
	(void)close(waiting);
	assert_int_equal(stop(&s), 0);
}

static void
test_supervisor__a_screen_outlives_the_wiki_but_not_its_connection(void **state)
{
	struct stage s = { .program = "/usr/bin/yes" };
	int fd, other;

	(void)state;
	start(&s, &puppets);
	fd = call_and_sign_in(&s);
	say(fd, SPAWN_SCREEN);
	expect(fd, "{\"op\":\"spawned\",\"kind\":\"screen\"} 1\n");
	other = call(&s);
	expect(other, "\"wiki\"");
	say(other, "stream crash");
	expect(other, "{\"op\":\"wiki\"} 1\n");
	assert_int_equal(count_children(&s), 4);
	say(fd, "leave");
	expect_end(fd);
	wait_for_children(&s, 2);
	(void)close(other);
	assert_int_equal(stop(&s), 0);
}

/* More than fit into the socket to the wiki process at once. */
static void
test_supervisor__a_restart_reaches_hundreds(void **state)
{
	struct stage s = { .program = NULL };
	int fds[300], crasher;

	(void)state;
	start(&s, &puppets);
	for (int i = 0; i < 300; i++)
		fds[i] = call_and_sign_in(&s);
	crasher = call(&s);
	expect(crasher, "\"wiki\"");
	say(crasher, "stream crash");
	for (int i = 0; i < 300; i++) {
		expect(fds[i], "{\"op\":\"wiki\"} 1\n");
		say(fds[i], "stream ann");
		expect(fds[i], "signed in\n");
	}
	for (int i = 0; i < 300; i++)
		(void)close(fds[i]);
	(void)close(crasher);
	wait_for_children(&s, 1);
	assert_int_equal(stop(&s), 0);
}

/* As root, with a folder of somebody else inside one of ours: the wiki runs
 * as its owner, can name it absolutely, and sees nothing above it. */
static int
look_around(int data, int lock, int control)
{
	char path[PATH_MAX];

	if (getuid() != 1234 || getgid() != 1235 || getgroups(0, NULL) != 0)
		return 1;
	if (!realpath(".", path) || strcmp(path, "/") != 0)
		return 1;
	if (access("/tmp", F_OK) == 0)
		return 1;
	return play_wiki(data, lock, control);
}

static const struct house_jobs looking = { look_around, play_connection,
					   play_spell };

static void
test_supervisor__the_wiki_runs_as_the_owner_in_a_closed_folder(void **state)
{
	char outer[] = "/tmp/test_super.XXXXXX";
	struct stage s = { .program = NULL };
	int fd;

	(void)state;
	if (geteuid() != 0)
		skip();
	assert_non_null(mkdtemp(outer));
	(void)snprintf(s.path, sizeof(s.path), "%s/data", outer);
	assert_int_equal(mkdir(s.path, 0700), 0);
	assert_int_equal(chown(s.path, 1234, 1235), 0);
	start(&s, &looking);
	fd = call_and_sign_in(&s);
	(void)close(fd);
	assert_int_equal(stop(&s), 0);
	assert_int_equal(rmdir(outer), 0);
}

static void
test_supervisor__starts_the_one_that_spells_when_asked(void **state)
{
	struct stage s = { .program = NULL };
	int fd;

	(void)state;
	start(&s, &puppets);
	fd = call(&s);
	expect(fd, "\"wiki\"");
	say(fd, "stream spell");
	expect(fd, "words are here");
	(void)close(fd);
	assert_int_equal(stop(&s), 0);
}

static void
test_supervisor__holds_a_hundred_at_the_door(void **state)
{
	int fds[WAITING + 1];
	struct stage s = { .program = NULL };

	(void)state;
	start(&s, &puppets);
	fds[0] = call(&s);
	expect(fds[0], "\"wiki\"");
	say(fds[0], "{\"op\":\"stage\",\"stage\":1}");
	for (int i = 1; i <= WAITING; i++)
		fds[i] = call(&s);
	/* The first got further, so the second had to go. */
	expect_end(fds[1]);
	say(fds[0], "leave");
	expect_end(fds[0]);
	for (int i = 2; i <= WAITING; i++)
		(void)close(fds[i]);
	assert_int_equal(stop(&s), 0);
}

/* Whoever took over a connection process does not end it when it is time. */
static void
test_supervisor__waits_no_longer_than_it_takes_to_sign_in(void **state)
{
	struct stage s = { .conf = "aanmelden_seconden = 1\n"
				   "vragen_seconden = 1\n" };
	int first, second;

	(void)state;
	start(&s, &puppets);
	first = call_and_sign_in(&s);
	second = call(&s);
	expect(second, "\"wiki\"");
	expect_end(second);
	say(first, SPAWN_COMMAND); /* who is in stays */
	expect(first, "\"spawned\"");
	(void)close(first);
	assert_int_equal(stop(&s), 0);
}

/* How many of `n` callers get through to a connection, one after the other. */
static int
knock(const struct stage *s, int n)
{
	struct pollfd p = { .events = POLLIN };
	int in = 0, children = count_children(s);
	char c;

	for (int i = 0; i < n; i++) {
		p.fd = call(s);
		assert_int_equal(poll(&p, 1, PATIENCE_MS), 1);
		if (read(p.fd, &c, 1) == 1) {
			in++;
			say(p.fd, "leave");
		}
		expect_end(p.fd);
		wait_for_children(s, children);
	}
	return in;
}

/* A flood of connections on which nobody signs in costs no process more. */
static void
test_supervisor__keeps_out_who_never_signs_in(void **state)
{
	struct stage s = { .strict = true,
			   .conf = "straf_seconden = 60\n"
				   "straf_grens = 150\n" };
	int in, fd;

	(void)state;
	start(&s, &puppets);
	fd = call_and_sign_in(&s);
	in = knock(&s, 100);
	assert_int_equal(in, 3); /* owing 60, 120, 180 */
	say(fd, SPAWN_COMMAND); /* who is in stays */
	expect(fd, "\"spawned\"");
	(void)close(fd);
	assert_int_equal(stop(&s), 0);
}

static void
test_supervisor__exempts_whom_it_is_told_to(void **state)
{
	struct stage s = { .strict = true,
			   .conf = "straf_seconden = 60\nstraf_grens = 1\n"
				   "uitgezonderd = 127.0.0.0/8\n" };
	int fd;

	(void)state;
	start(&s, &puppets);
	fd = call_and_sign_in(&s); /* the wiki process serves */
	assert_int_equal(knock(&s, 50), 50);
	(void)close(fd);
	assert_int_equal(stop(&s), 0);
}

static void
test_supervisor__kills_what_does_not_stop(void **state)
{
	struct stage s = { .program = NULL };
	int fd;

	(void)state;
	start(&s, &puppets);
	fd = call(&s);
	expect(fd, "\"wiki\"");
	assert_int_equal(kill(s.pid, SIGTERM), 0);
	expect(fd, "\"stop\"");
	/* The second time nobody gets five seconds. */
	assert_int_equal(kill(s.pid, SIGINT), 0);
	expect_end(fd);
	assert_int_equal(wait_for_end(&s), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_supervisor__starts_and_stops),
		cmocka_unit_test(
			test_supervisor__gives_up_when_no_wiki_ever_serves),
		cmocka_unit_test(
			test_supervisor__starts_nothing_for_who_is_not_signed_in),
		cmocka_unit_test(
			test_supervisor__spawns_once_and_tells_the_exit),
		cmocka_unit_test(test_supervisor__drops_who_talks_nonsense),
		cmocka_unit_test(
			test_supervisor__a_second_account_ends_the_connection),
		cmocka_unit_test(
			test_supervisor__restarts_the_wiki_and_reconnects),
		cmocka_unit_test(
			test_supervisor__a_screen_outlives_the_wiki_but_not_its_connection),
		cmocka_unit_test(
			test_supervisor__the_wiki_runs_as_the_owner_in_a_closed_folder),
		cmocka_unit_test(test_supervisor__a_restart_reaches_hundreds),
		cmocka_unit_test(
			test_supervisor__starts_the_one_that_spells_when_asked),
		cmocka_unit_test(test_supervisor__holds_a_hundred_at_the_door),
		cmocka_unit_test(
			test_supervisor__waits_no_longer_than_it_takes_to_sign_in),
		cmocka_unit_test(test_supervisor__keeps_out_who_never_signs_in),
		cmocka_unit_test(test_supervisor__exempts_whom_it_is_told_to),
		cmocka_unit_test(test_supervisor__kills_what_does_not_stop),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
