/*
 * Git that somebody has asked for: what it is started with, what its person is
 * told, and what the wiki hears of it. It is /bin/echo, or this program, as a
 * git that works until its input ends.
 */
#include "plein/clock.h"
#include "supervised.h"

static void
test_clientproc__git_gets_a_space_of_the_list(void **state)
{
	struct stage s = { .program = NULL };
	int fd;

	(void)state;
	start(&s, &puppets);
	fd = call_and_sign_in(&s);
	say(fd, SPAWN_UPLOAD("../agenda"));
	expect(fd, "there is no such space");
	say(fd, SPAWN_UPLOAD("agenda"));
	expect(fd, "{\"op\":\"spawned\",\"kind\":\"upload\"} 3\n");
	expect(fd, "{\"op\":\"exit\",\"status\":0}");
	say(fd, "read 1");
	expect(fd, "upload-pack --strict --timeout=120 spaces/agenda.git\n");
	(void)close(fd);
	assert_int_equal(stop(&s), 0);
}

/* What the wiki has said by now, asked until all of it came. */
static void
expect_of_wiki(int fd, const char *text)
{
	int64_t end = clock_mono_ms() + PATIENCE_MS;
	struct buf seen = BUF_INIT;
	ssize_t n = 1;

	while (n > 0 && !strstr(seen.ptr, text) && clock_mono_ms() < end) {
		buf_reset(&seen);
		say(fd, "stream ann");
		n = read(fd, buf_room(&seen, 1024), 1024);
		seen.len += n > 0 ? (size_t)n : 0;
		*buf_room(&seen, 1) = '\0';
	}
	if (!strstr(seen.ptr, text))
		fail_msg("no \"%s\" in \"%s\"", text, seen.ptr);
	buf_release(&seen);
}

/* The wiki hears of it, and of its end. */
static void
test_clientproc__git_at_work_is_told(void **state)
{
	struct stage s = { .program = NULL };
	int fd;

	(void)state;
	start(&s, &puppets);
	fd = call_and_sign_in(&s);
	say(fd, SPAWN_UPLOAD("zorg"));
	expect(fd, "{\"op\":\"exit\",\"status\":0}");
	expect_of_wiki(fd, "over 0\n");
	(void)close(fd);
	assert_int_equal(stop(&s), 0);
}

#define GIT_AT_WORK "/proc/self/exe" /* play_git */

/* Done when nothing more is asked of it. */
static int
play_git(void)
{
	char c;

	while (read(STDIN_FILENO, &c, 1) > 0)
		;
	return 0;
}

static int
fetch_and_ask(const struct stage *s, const char *ids)
{
	char text[128];
	int fd = call_and_sign_in(s);

	say(fd, SPAWN_UPLOAD("agenda"));
	expect(fd, "\"spawned\"");
	(void)snprintf(text, sizeof(text),
		       "{\"op\":\"haves\",\"ids\":\"%s\"}\nclose 0", ids);
	say(fd, text);
	return fd;
}

/* What somebody who fetches has was erased: they read so, and only then the
 * end. What is no fetch says nothing, and nobody says it twice. */
static void
test_clientproc__an_old_copy_is_told_so(void **state)
{
	struct stage s = { .git = GIT_AT_WORK };
	int fd;

	(void)state;
	start(&s, &puppets);
	fd = fetch_and_ask(&s, "aa bb");
	expect(fd, "{\"op\":\"say\",\"text\":\"plein: on 2026-03-12 ");
	expect(fd, "{\"op\":\"exit\",\"status\":0}");
	say(fd, "{\"op\":\"haves\",\"ids\":\"aa bb\"}");
	expect_end(fd);
	fd = call_and_sign_in(&s);
	say(fd, "{\"op\":\"haves\",\"ids\":\"aa bb\"}");
	expect_end(fd);
	assert_int_equal(stop(&s), 0);
}

/* Git that is ended from elsewhere: its person reads why, in the language of
 * their terminal where they chose none, and the wiki knows that it was us. */
static void
test_clientproc__who_ended_git_is_told(void **state)
{
	static const struct {
		const char *language, *why, *words;
	} rows[] = {
		{ "en", "own", "plein: you ended this from another session." },
		{ "en", "admin", "plein: an administrator ended this." },
		{ "en", "closed", "plein: this profile is closed." },
		{ "en", "rights",
		  "plein: you have no right to this any more." },
		{ "nl", "own",
		  "plein: je hebt dit beëindigd vanuit een andere sessie." },
		{ "", "admin", "plein: een beheerder heeft dit beëindigd." },
	};
	struct stage s = { .git = GIT_AT_WORK };
	char text[256];
	int fd, other;

	(void)state;
	start(&s, &puppets);
	other = call(&s);
	expect(other, "\"wiki\"");
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		fd = call_and_sign_in(&s);
		(void)snprintf(text, sizeof(text),
			       "{\"op\":\"spawn\",\"kind\":\"upload\","
			       "\"space\":\"agenda\",\"language\":\"%s\"}",
			       rows[i].language);
		say(fd, text);
		expect(fd, "\"spawned\"");
		(void)snprintf(text, sizeof(text), "stream end %s",
			       rows[i].why);
		say(other, text);
		(void)snprintf(text, sizeof(text), "\"text\":\"%s\"",
			       rows[i].words);
		expect(fd, text);
		expect(fd, "{\"op\":\"exit\",\"signal\":\"TERM\"}");
		expect_end(fd);
	}
	(void)close(other);
	assert_int_equal(stop(&s), 0);
}

/* Somebody hangs up: that was not us. */
static void
test_clientproc__who_hung_up_ended_it_themselves(void **state)
{
	struct stage s = { .git = GIT_AT_WORK };
	int fd, other;

	(void)state;
	start(&s, &puppets);
	other = call_and_sign_in(&s);
	fd = call_and_sign_in(&s);
	say(fd, SPAWN_UPLOAD("agenda"));
	expect(fd, "\"spawned\"");
	(void)close(fd);
	expect_of_wiki(other, "over -1\n");
	fd = call_and_sign_in(&s);
	say(fd, SPAWN_UPLOAD("agenda"));
	expect(fd, "\"spawned\"");
	say(fd, "stream end own");
	expect(fd, "\"exit\"");
	(void)close(fd);
	fd = call(&s);
	expect(fd, "\"wiki\"");
	expect_of_wiki(fd, "over, ended -1\n");
	(void)close(fd);
	(void)close(other);
	assert_int_equal(stop(&s), 0);
}

/* Git that ends together with the wiki, and was begun before it: the next one
 * hears of both, for the record. */
static void
test_clientproc__the_next_wiki_hears_of_git_that_ended(void **state)
{
	struct stage s = { .git = GIT_AT_WORK };
	int fd, other, last;

	(void)state;
	start(&s, &puppets);
	fd = call_and_sign_in(&s);
	say(fd, SPAWN_UPLOAD("agenda"));
	expect(fd, "\"spawned\"");
	other = call(&s);
	expect(other, "\"wiki\"");
	say(other, "stream crash"); /* so that git is the older of them */
	expect(other, "{\"op\":\"wiki\"} 1\n");
	last = call(&s); /* when that is served, the other is done with */
	expect(last, "{\"op\":\"wiki\"} 1\n");
	assert_int_equal(kill(s.pid, SIGSTOP), 0);
	say(fd, "close 0\nread 1");
	expect(fd, "end\n");
	say(other, "stream crash");
	expect(other, "end\n");
	assert_int_equal(kill(s.pid, SIGCONT), 0);
	expect(other, "{\"op\":\"wiki\"} 1\n");
	expect_of_wiki(other, "git again of agenda\nover 0\n");
	(void)close(fd);
	(void)close(other);
	(void)close(last);
	assert_int_equal(stop(&s), 0);
}

/* Their git was done: a wiki that says nothing does not make it fail. */
static void
test_clientproc__a_fetch_ends_well_though_nobody_answers(void **state)
{
	struct stage s = { .git = GIT_AT_WORK };
	int fd;

	(void)state;
	start(&s, &puppets);
	fd = fetch_and_ask(&s, "mute");
	expect(fd, "{\"op\":\"exit\",\"status\":0}");
	(void)close(fd);
	assert_int_equal(stop(&s), 0);
}

/* The wiki is asked first; what it does not know of is not there. */
static void
test_clientproc__git_of_another_space_asks_the_wiki(void **state)
{
	struct stage s = { .program = NULL };
	int fd;

	(void)state;
	start(&s, &puppets);
	fd = call_and_sign_in(&s);
	say(fd, SPAWN_UPLOAD("besloten"));
	expect(fd, "there is no such space");
	say(fd, SPAWN_UPLOAD("nergens"));
	expect(fd, "there is no such space");
	say(fd, SPAWN_UPLOAD("zorg"));
	expect(fd, "{\"op\":\"spawned\",\"kind\":\"upload\"} 3\n");
	expect(fd, "{\"op\":\"exit\",\"status\":0}");
	say(fd, "read 1");
	expect(fd, "upload-pack --strict --timeout=120 spaces/zorg.git\n");
	(void)close(fd);
	assert_int_equal(stop(&s), 0);
}

/* Roles were given: who may still goes on, who may not is told so. */
static void
test_clientproc__git_ends_with_the_right_to_it(void **state)
{
	struct stage s = { .git = GIT_AT_WORK };
	int stays, goes, other;

	(void)state;
	start(&s, &puppets);
	other = call(&s);
	expect(other, "\"wiki\"");
	stays = call_and_sign_in(&s);
	say(stays, SPAWN_UPLOAD("zorg"));
	expect(stays, "\"spawned\"");
	goes = call_and_sign_in(&s);
	say(goes, SPAWN_UPLOAD("agenda"));
	expect(goes, "\"spawned\"");
	say(other, "stream doubt zorg");
	expect(other, "done");
	say(other, "stream doubt agenda");
	expect(other, "done");
	expect(goes, "you have no right to this any more.");
	expect(goes, "{\"op\":\"exit\",\"signal\":\"TERM\"}");
	expect_silence(stays);
	say(other, "stream end own");
	expect(stays, "you ended this from another session.");
	expect_end(stays);
	(void)close(goes);
	(void)close(other);
	assert_int_equal(stop(&s), 0);
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_clientproc__git_gets_a_space_of_the_list),
		cmocka_unit_test(test_clientproc__git_at_work_is_told),
		cmocka_unit_test(test_clientproc__an_old_copy_is_told_so),
		cmocka_unit_test(test_clientproc__who_ended_git_is_told),
		cmocka_unit_test(
			test_clientproc__who_hung_up_ended_it_themselves),
		cmocka_unit_test(
			test_clientproc__the_next_wiki_hears_of_git_that_ended),
		cmocka_unit_test(
			test_clientproc__a_fetch_ends_well_though_nobody_answers),
		cmocka_unit_test(
			test_clientproc__git_of_another_space_asks_the_wiki),
		cmocka_unit_test(
			test_clientproc__git_ends_with_the_right_to_it),
	};

	if (argc > 0 && strcmp(argv[0], "git") == 0)
		_exit(play_git()); /* which looks for no leaks */
	return cmocka_run_group_tests(tests, NULL, NULL);
}
