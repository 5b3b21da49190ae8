/*
 * The supervisor as a whole, with puppets in place of the two processes it
 * forks: a connection that passes on what the test says over TCP, and a wiki
 * process that signs in whoever asks. The programs it starts are /bin/sh
 * (for plein) and /bin/echo (for git).
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

#include "notice.h"
#include "plein/mem.h"
#include "ssh/conn.h"
#include "supervisor.h"

#define PATIENCE_MS 20000
#define PUPPETS 512 /* most connections a puppet wiki keeps */

/* ---- puppets, each in its own process ---- */

/* Line by line from the peer to the monitor; what comes back, to the peer:
 * the message, and how many descriptors came. "read N" reads from the N-th
 * descriptor that came, "stream TEXT" talks to the wiki. */
struct puppet {
	const struct conn_args *args;
	int stream;
	int fds[PASSFD_MAX];
};

/* No process may hold a descriptor more than it was given. */
static void
expect_descriptors(int n)
{
	for (int fd = 0; fd < 512; fd++)
		n -= fcntl(fd, F_GETFD) >= 0;
	if (n != 0)
		_exit(8);
}

static void
say(int fd, const char *text)
{
	ssize_t n = write(fd, text, strlen(text));

	if (n < 0)
		_exit(9);
}

static void
show_message(struct puppet *p)
{
	char data[PASSFD_BYTES], text[PASSFD_BYTES + 32];
	int fds[PASSFD_MAX], n = 0;
	ssize_t len = passfd_recv(p->args->monitor, data, fds, &n, NULL);

	if (len == PLEIN_EBUSY)
		return;
	if (len <= 0)
		_exit(0);
	if (memmem(data, (size_t)len, "\"wiki\"", 6))
		p->stream = fds[0];
	else
		memcpy(p->fds, fds, sizeof(fds));
	(void)snprintf(text, sizeof(text), "%.*s %d\n", (int)len, data, n);
	say(p->args->sock, text);
}

static void
copy_from(struct puppet *p, int fd)
{
	char text[1024];
	ssize_t n = read(fd, text, sizeof(text) - 1);

	text[n > 0 ? n : 0] = '\0';
	say(p->args->sock, n > 0 ? text : "end\n");
}

static void
obey(struct puppet *p, char *line)
{
	if (strncmp(line, "stream ", 7) == 0) {
		say(p->stream, line + 7);
		copy_from(p, p->stream);
	} else if (strncmp(line, "read ", 5) == 0) {
		copy_from(p, p->fds[line[5] - '0']);
	} else if (strcmp(line, "leave") == 0) {
		_exit(0);
	} else if (passfd_send(p->args->monitor, line, strlen(line), NULL, 0,
			       NULL) < 0) {
		_exit(0);
	}
}

static int
play_connection(const struct conn_args *args)
{
	struct puppet p = { .args = args, .stream = -1 };
	struct pollfd fds[2] = { { args->sock, POLLIN, 0 },
				 { args->monitor, POLLIN, 0 } };
	char line[2048];
	ssize_t n;

	expect_descriptors(3 + 2); /* its socket and its monitor */
	(void)fcntl(args->sock, F_SETFL, 0);
	while (poll(fds, 2, PATIENCE_MS) > 0) {
		if (fds[1].revents)
			show_message(&p);
		if (!fds[0].revents)
			continue;
		n = read(args->sock, line, sizeof(line) - 1);
		if (n <= 0)
			return 0;
		line[n] = '\0';
		obey(&p, line);
	}
	return 1;
}

/* "attach" with door login: bind to whatever word comes over the stream.
 * Otherwise greet with door and account. */
struct puppet_wiki {
	int control;
	int stream[PUPPETS];
	json_int_t conn[PUPPETS];
	int n;
};

static void
greet_or_keep(struct puppet_wiki *w, json_t *msg, int fd)
{
	char text[200];

	if (strcmp(notice_text(msg, "door"), "login") == 0) {
		w->conn[w->n] =
			json_integer_value(json_object_get(msg, "conn"));
		w->stream[w->n++] = fd;
		return;
	}
	(void)snprintf(text, sizeof(text), "hello %s at %s with %s\n",
		       notice_text(msg, "account"), notice_text(msg, "door"),
		       notice_text(msg, "key"));
	say(fd, text);
	(void)close(fd);
}

/* What the one that spells says, to who signed in last. */
static void
pass_on(struct puppet_wiki *w, int fd)
{
	char text[64];
	ssize_t n = read(fd, text, sizeof(text) - 1);

	text[n > 0 ? n : 0] = '\0';
	say(w->stream[w->n - 1], text);
	(void)close(fd);
}

static void
take_control(struct puppet_wiki *w)
{
	char data[PASSFD_BYTES];
	int fds[PASSFD_MAX], n = 0;
	ssize_t len = passfd_recv(w->control, data, fds, &n, NULL);
	json_t *msg;

	if (len <= 0)
		_exit(0);
	msg = json_loadb(data, (size_t)len, 0, NULL);
	if (strcmp(notice_text(msg, "op"), "stop") == 0)
		_exit(0);
	if (n == 1 && strcmp(notice_text(msg, "op"), "spell") == 0)
		pass_on(w, fds[0]);
	else if (n == 1)
		greet_or_keep(w, msg, fds[0]);
	json_decref(msg);
}

static void
sign_in(struct puppet_wiki *w, int i)
{
	char name[64];
	ssize_t n = read(w->stream[i], name, sizeof(name) - 1);

	if (n <= 0) {
		w->stream[i] = -1;
		return;
	}
	name[n] = '\0';
	if (strcmp(name, "crash") == 0)
		_exit(1);
	if (strcmp(name, "spell") == 0) {
		(void)notice_send(w->control, json_pack("{s:s}", "op", name),
				  NULL, 0, NULL);
		return;
	}
	(void)notice_send(w->control,
			  json_pack("{s:s,s:I,s:s,s:s,s:s,s:s}", "op", "bound",
				    "conn", w->conn[i], "account", name, "key",
				    "SHA256:k", "language", "en", "role",
				    "lezer"),
			  NULL, 0, NULL);
	say(w->stream[i], "signed in\n");
}

static int
play_wiki(int data, int lock, int control)
{
	struct puppet_wiki w = { .control = control };
	struct pollfd fds[PUPPETS + 1];

	expect_descriptors(3 + 3);
	if (fcntl(data, F_GETFD) < 0 || fcntl(lock, F_GETFD) < 0)
		return 1;
	(void)notice_send(control, json_pack("{s:s}", "op", "ready"), NULL, 0,
			  NULL);
	for (;;) {
		fds[0] = (struct pollfd){ control, POLLIN, 0 };
		for (int i = 0; i < w.n; i++)
			fds[i + 1] = (struct pollfd){ w.stream[i], POLLIN, 0 };
		if (poll(fds, (nfds_t)w.n + 1, PATIENCE_MS) <= 0)
			return 1;
		for (int i = w.n; i > 0; i--)
			if (fds[i].revents)
				sign_in(&w, i - 1);
		if (fds[0].revents)
			take_control(&w);
	}
}

static int
play_spell(int fd)
{
	char end;

	expect_descriptors(3 + 1);
	say(fd, "words are here\n");
	return read(fd, &end, 1) == 0 ? 0 : 1;
}

static int
fail_wiki(int data, int lock, int control)
{
	(void)data;
	(void)lock;
	(void)control;
	return 3;
}

/* ---- the supervisor under test, in a process of its own ---- */

struct stage {
	char path[64]; /* the data folder */
	const char *program; /* in place of plein */
	struct listener listener;
	pid_t pid;
};

static _Noreturn void
run_supervisor(struct stage *s, const struct house_jobs *jobs)
{
	struct house h;
	int null = open("/dev/null", O_RDWR);

	/* A test that fails leaves nobody behind. */
	(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
	house_init(&h);
	h.jobs = jobs;
	h.data = open(s->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	h.lock = dup(null);
	h.program = open(s->program, O_PATH | O_CLOEXEC);
	h.git = open("/bin/echo", O_PATH | O_CLOEXEC);
	if (h.data < 0 || fchdir(h.data) < 0 ||
	    users_find(&h.users, h.data, NULL))
		_exit(21);
	h.listeners[0] = s->listener;
	h.n_listeners = 1;
	vec_push(&h.spaces, mem_strdup("agenda"));
	(void)dup2(null, STDERR_FILENO);
	if (supervisor_prepare(&h, NULL) < 0)
		_exit(22);
	_exit(supervisor_run(&h));
}

static const struct house_jobs puppets = { play_wiki, play_connection,
					   play_spell };
static const struct house_jobs broken = { fail_wiki, play_connection,
					  play_spell };

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
	"{\"op\":\"spawn\",\"kind\":\"upload\",\"space\":\"" space "\"}"

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
	int fds[THROTTLE_TOTAL + 1];
	struct stage s = { .program = NULL };

	(void)state;
	start(&s, &puppets);
	fds[0] = call(&s);
	expect(fds[0], "\"wiki\"");
	say(fds[0], "{\"op\":\"stage\",\"stage\":1}");
	for (int i = 1; i <= THROTTLE_TOTAL; i++)
		fds[i] = call(&s);
	/* The first got further, so the second had to go. */
	expect_end(fds[1]);
	say(fds[0], "leave");
	expect_end(fds[0]);
	for (int i = 2; i <= THROTTLE_TOTAL; i++)
		(void)close(fds[i]);
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
		cmocka_unit_test(test_supervisor__git_gets_a_space_of_the_list),
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
		cmocka_unit_test(test_supervisor__kills_what_does_not_stop),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
