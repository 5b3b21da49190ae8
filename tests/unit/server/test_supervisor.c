/*
 * The supervisor as a whole, with puppets in place of the processes it forks.
 * The programs it starts are /bin/sh (for plein) and /bin/echo (for git), or
 * this one, as a git that works until its input ends.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "plein/fs.h"
#include "plein/mem.h"
#include "puppets.h"
#include "supervisor.h"

#define WAITING 100 /* that have not signed in: the default */

/* ---- the supervisor under test, in a process of its own ---- */

struct stage {
	char path[64]; /* the data folder */
	const char *program; /* in place of plein */
	const char *git; /* in place of it */
	const char *conf; /* settings, or NULL */
	bool strict; /* house.h */
	struct listener listener;
	pid_t pid;
};

static int
read_conf(struct house *h, const char *text)
{
	int rc = fs_replace_at(h->data, "plein.conf", text, strlen(text), 0600,
			       NULL);

	if (!rc)
		rc = house_read_conf(h, NULL);
	(void)unlinkat(h->data, "plein.conf", 0);
	return rc;
}

static _Noreturn void
run_supervisor(struct stage *s, const struct house_jobs *jobs)
{
	struct house h;
	int null = open("/dev/null", O_RDWR);

	/* A test that fails leaves nobody behind. */
	(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
	house_init(&h);
	h.strict = s->strict;
	h.jobs = jobs;
	h.data = open(s->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	h.lock = dup(null);
	h.program = open(s->program, O_PATH | O_CLOEXEC);
	h.git = open(s->git ? s->git : "/bin/echo", O_PATH | O_CLOEXEC);
	if (h.data < 0 || fchdir(h.data) < 0 ||
	    users_find(&h.users, h.data, NULL))
		_exit(21);
	if (s->conf && read_conf(&h, s->conf))
		_exit(20);
	h.listeners[0] = s->listener;
	h.n_listeners = 1;
	vec_push(&h.spaces, mem_strdup("agenda"));
	vec_push(&h.spaces, mem_strdup("besloten"));
	vec_push(&h.spaces, mem_strdup("zorg"));
	(void)dup2(null, STDERR_FILENO);
	if (supervisor_prepare(&h, NULL) < 0)
		_exit(22);
	_exit(supervisor_run(&h));
}

static void
start(struct stage *s, const struct house_jobs *jobs)
{
	struct address at;

	if (!s->path[0]) {
		(void)snprintf(s->path, sizeof(s->path),
			       "/tmp/test_super.XXXXXX");
		assert_non_null(mkdtemp(s->path));
	}
	if (!s->program)
		s->program = "/bin/sh";
	assert_int_equal(address_parse(&at, "127.0.0.1:0", NULL), 0);
	assert_int_equal(listener_open(&s->listener, &at, NULL), 0);
	s->pid = fork();
	assert_true(s->pid >= 0);
	if (s->pid == 0)
		run_supervisor(s, jobs);
	listener_close(&s->listener);
}

/* Wait for its end; the exit code. */
static int
wait_for_end(struct stage *s)
{
	int status;

	assert_int_equal(waitpid(s->pid, &status, 0), s->pid);
	assert_int_equal(rmdir(s->path), 0);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static int
stop(struct stage *s)
{
	assert_int_equal(kill(s->pid, SIGTERM), 0);
	return wait_for_end(s);
}

static int
call(const struct stage *s)
{
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	assert_int_equal(connect(fd,
				 (const struct sockaddr *)&s->listener.at.sa,
				 s->listener.at.len),
			 0);
	return fd;
}

/* What comes next from the puppet must hold `text`; all of it into seen. */
static void
expect(int fd, const char *text)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };
	struct buf seen = BUF_INIT;
	ssize_t n;

	while (!strstr(seen.ptr, text)) {
		if (poll(&p, 1, PATIENCE_MS) != 1)
			fail_msg("no \"%s\" in \"%s\"", text, seen.ptr);
		n = read(fd, buf_room(&seen, 1), 1);
		if (n <= 0)
			fail_msg("end before \"%s\": \"%s\"", text, seen.ptr);
		seen.len++;
		*buf_room(&seen, 1) = '\0';
	}
	buf_release(&seen);
}

static void
expect_end(int fd)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };
	char c;

	do
		assert_int_equal(poll(&p, 1, PATIENCE_MS), 1);
	while (read(fd, &c, 1) > 0);
	(void)close(fd);
}

static int
call_and_sign_in(const struct stage *s)
{
	int fd = call(s);

	expect(fd, "{\"op\":\"wiki\"} 1\n");
	say(fd, "stream ann");
	expect(fd, "signed in\n");
	return fd;
}

#define SPAWN_COMMAND "{\"op\":\"spawn\",\"kind\":\"command\",\"line\":\"x\"}"
#define SPAWN_SCREEN "{\"op\":\"spawn\",\"kind\":\"screen\",\"line\":\"x\"}"
#define SPAWN_UPLOAD(space) \
	"{\"op\":\"spawn\",\"kind\":\"upload\",\"space\":\"" space "\"," \
	"\"language\":\"en\"}"

/* How many processes has the supervisor? */
static int
count_children(const struct stage *s)
{
	char path[64], text[4096];
	int fd, n = 0;
	ssize_t len;

	(void)snprintf(path, sizeof(path), "/proc/%d/task/%d/children",
		       (int)s->pid, (int)s->pid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	assert_true(fd >= 0);
	len = read(fd, text, sizeof(text));
	(void)close(fd);
	for (ssize_t i = 0; i < len; i++)
		n += text[i] == ' ';
	return n;
}

static void
wait_for_children(const struct stage *s, int n)
{
	int turns = PATIENCE_MS / 10;

	while (count_children(s) != n && turns-- > 0)
		(void)poll(NULL, 0, 10);
	assert_int_equal(count_children(s), n);
}

/* ---- tests ---- */

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
test_supervisor__git_gets_a_space_of_the_list(void **state)
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
	struct buf seen = BUF_INIT;
	ssize_t n = 1;

	for (int i = 0; i < 200 && n > 0 && !strstr(seen.ptr, text); i++) {
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
test_supervisor__git_at_work_is_told(void **state)
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
test_supervisor__an_old_copy_is_told_so(void **state)
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
test_supervisor__who_ended_git_is_told(void **state)
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
test_supervisor__who_hung_up_ended_it_themselves(void **state)
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
test_supervisor__the_next_wiki_hears_of_git_that_ended(void **state)
{
	struct stage s = { .git = GIT_AT_WORK };
	int fd, other;

	(void)state;
	start(&s, &puppets);
	fd = call_and_sign_in(&s);
	say(fd, SPAWN_UPLOAD("agenda"));
	expect(fd, "\"spawned\"");
	other = call(&s);
	expect(other, "\"wiki\"");
	say(other, "stream crash"); /* so that git is the older of them */
	expect(other, "{\"op\":\"wiki\"} 1\n");
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
	assert_int_equal(stop(&s), 0);
}

/* Their git was done: a wiki that says nothing does not make it fail. */
static void
test_supervisor__a_fetch_ends_well_though_nobody_answers(void **state)
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
test_supervisor__git_of_another_space_asks_the_wiki(void **state)
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
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_supervisor__starts_and_stops),
		cmocka_unit_test(
			test_supervisor__gives_up_when_no_wiki_ever_serves),
		cmocka_unit_test(
			test_supervisor__starts_nothing_for_who_is_not_signed_in),
		cmocka_unit_test(
			test_supervisor__spawns_once_and_tells_the_exit),
		cmocka_unit_test(test_supervisor__git_gets_a_space_of_the_list),
		cmocka_unit_test(test_supervisor__git_at_work_is_told),
		cmocka_unit_test(test_supervisor__an_old_copy_is_told_so),
		cmocka_unit_test(test_supervisor__who_ended_git_is_told),
		cmocka_unit_test(
			test_supervisor__who_hung_up_ended_it_themselves),
		cmocka_unit_test(
			test_supervisor__the_next_wiki_hears_of_git_that_ended),
		cmocka_unit_test(
			test_supervisor__a_fetch_ends_well_though_nobody_answers),
		cmocka_unit_test(
			test_supervisor__git_of_another_space_asks_the_wiki),
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

	if (argc > 0 && strcmp(argv[0], "git") == 0)
		_exit(play_git()); /* which looks for no leaks */
	return cmocka_run_group_tests(tests, NULL, NULL);
}
