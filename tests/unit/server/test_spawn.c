/* Starting programs: what they get, and what they do not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "misdeeds.h"
#include "plein/buf.h"
#include "scratch.h"
#include "spawn.h"

static char *const no_env[] = { NULL };

static int
open_program(const char *path)
{
	int fd = open(path, O_PATH | O_CLOEXEC);

	assert_true(fd >= 0);
	return fd;
}

/* /bin/sh stands in for a program: it can tell what it was given. */
static struct spawn
spawn_of_script(char *argv[4], const char *script)
{
	struct spawn s = { .env = no_env, .fds = { -1, -1, -1 } };

	argv[0] = "sh";
	argv[1] = "-c";
	argv[2] = (char *)(uintptr_t)script;
	argv[3] = NULL;
	s.argv = argv;
	s.program = open_program("/bin/sh");
	return s;
}

/* All of it until the end; a terminal ends with EIO. */
static void
read_all(int fd, struct buf *out)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };
	ssize_t n;

	do {
		assert_int_equal(poll(&p, 1, 10000), 1);
		n = read(fd, buf_room(out, 512), 512);
		if (n > 0)
			out->len += (size_t)n;
	} while (n > 0);
	assert_true(n == 0 || errno == EIO);
	*buf_room(out, 1) = '\0';
}

static int
wait_for(pid_t pid)
{
	int status;

	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static void
close_three(const int fds[3])
{
	for (int i = 0; i < 3; i++)
		(void)close(fds[i]);
}

/* Run on pipes to the end; stdout into `out`. */
static int
run_on_pipes(const struct spawn *s, struct buf *out)
{
	int ends[3];
	pid_t pid;

	assert_int_equal(spawn_pipes(s, ends, &pid, NULL), 0);
	read_all(ends[1], out);
	close_three(ends);
	return wait_for(pid);
}

static void
test_spawn__pipes_carry_all_three_streams(void **state)
{
	char *argv[4];
	struct spawn s = spawn_of_script(
		argv, "read x; echo out $x; echo err $x >&2; exit 3");
	struct buf out = BUF_INIT, errors = BUF_INIT;
	int ends[3];
	pid_t pid;

	(void)state;
	assert_int_equal(spawn_pipes(&s, ends, &pid, NULL), 0);
	assert_int_equal(write(ends[0], "hi\n", 3), 3);
	read_all(ends[1], &out);
	read_all(ends[2], &errors);
	assert_string_equal(out.ptr, "out hi\n");
	assert_string_equal(errors.ptr, "err hi\n");
	assert_int_equal(wait_for(pid), 3);
	close_three(ends);
	(void)close(s.program);
	buf_release(&out);
	buf_release(&errors);
}

static void
test_spawn__words_are_passed_as_they_are(void **state)
{
	char *argv[] = { "echo", "a b", "'; exit 1 #", "$HOME", NULL };
	struct spawn s = { .program = open_program("/bin/echo"),
			   .argv = argv,
			   .env = no_env,
			   .fds = { -1, -1, -1 } };
	struct buf out = BUF_INIT;

	(void)state;
	assert_int_equal(run_on_pipes(&s, &out), 0);
	assert_string_equal(out.ptr, "a b '; exit 1 # $HOME\n");
	(void)close(s.program);
	buf_release(&out);
}

static void
test_spawn__the_environment_is_the_given_one(void **state)
{
	char *argv[] = { "env", NULL };
	char *env[] = { "A=1", "TERM=x", NULL };
	struct spawn s = { .program = open_program("/usr/bin/env"),
			   .argv = argv,
			   .env = env,
			   .fds = { -1, -1, -1 } };
	struct buf out = BUF_INIT;

	(void)state;
	assert_int_equal(run_on_pipes(&s, &out), 0);
	assert_string_equal(out.ptr, "A=1\nTERM=x\n");
	(void)close(s.program);
	buf_release(&out);
}

static void
test_spawn__only_the_given_descriptors_are_open(void **state)
{
	static const char script[] =
		"for i in 0 1 2 3 4 5 6 7 8 9; do "
		"[ -e /proc/self/fd/$i ] && printf %s $i; done; true";
	char *argv[4];
	struct spawn s = spawn_of_script(argv, script);
	struct buf out = BUF_INIT;
	int stray[12];

	(void)state;
	/* Not close-on-exec, as a careless library might leave them. */
	for (int i = 0; i < 12; i++)
		stray[i] = dup(s.program);
	assert_int_equal(run_on_pipes(&s, &out), 0);
	assert_string_equal(out.ptr, "012");
	buf_reset(&out);
	s.fds[0] = stray[1];
	s.fds[1] = stray[0];
	assert_int_equal(run_on_pipes(&s, &out), 0);
	assert_string_equal(out.ptr, "01234");
	for (int i = 0; i < 12; i++)
		(void)close(stray[i]);
	(void)close(s.program);
	buf_release(&out);
}

static void
test_spawn__control_and_locale_find_their_places(void **state)
{
	char *argv[4];
	struct spawn s = spawn_of_script(
		argv, "echo control >&3; readlink /proc/self/fd/4");
	struct buf out = BUF_INIT, control = BUF_INIT;
	int ends[3], pair[2];
	pid_t pid;

	(void)state;
	assert_int_equal(pipe2(pair, O_CLOEXEC), 0);
	s.fds[0] = pair[1];
	s.fds[1] = open("/usr", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	assert_true(s.fds[1] >= 0);
	assert_int_equal(spawn_pipes(&s, ends, &pid, NULL), 0);
	(void)close(pair[1]);
	read_all(ends[1], &out);
	read_all(pair[0], &control);
	assert_string_equal(control.ptr, "control\n");
	/* Whether there is a readlink in an empty PATH is not ours. */
	assert_true(out.len == 0 || strcmp(out.ptr, "/usr\n") == 0);
	(void)wait_for(pid);
	close_three(ends);
	(void)close(pair[0]);
	(void)close(s.fds[1]);
	(void)close(s.program);
	buf_release(&out);
	buf_release(&control);
}

static void
test_spawn__a_terminal_has_its_size_and_is_controlling(void **state)
{
	char *argv[4];
	struct spawn s =
		spawn_of_script(argv, "echo x > /dev/tty; pwd; exit 4");
	struct buf out = BUF_INIT;
	struct winsize size;
	struct termios tio;
	int master;
	pid_t pid;

	(void)state;
	assert_int_equal(spawn_pty(&s, 31, 97, &master, &pid, NULL), 0);
	assert_int_equal(ioctl(master, TIOCGWINSZ, &size), 0);
	assert_int_equal(size.ws_row, 31);
	assert_int_equal(size.ws_col, 97);
	assert_int_equal(tcgetattr(master, &tio), 0);
	assert_false(tio.c_iflag & (IXON | ICRNL));
	assert_false(tio.c_lflag & (ICANON | ECHO | ISIG | IEXTEN));
	read_all(master, &out);
	assert_string_equal(out.ptr, "x\r\n/\r\n");
	assert_int_equal(wait_for(pid), 4);
	(void)close(master);
	(void)close(s.program);
	buf_release(&out);
}

static void
test_spawn__hanging_up_ends_the_program(void **state)
{
	char *argv[] = { "cat", NULL };
	struct spawn s = { .program = open_program("/bin/cat"),
			   .argv = argv,
			   .env = no_env,
			   .fds = { -1, -1, -1 } };
	int master, status;
	pid_t pid;

	(void)state;
	assert_int_equal(spawn_pty(&s, 24, 80, &master, &pid, NULL), 0);
	/* An echo proves that it runs. */
	assert_int_equal(write(master, "x", 1), 1);
	assert_int_equal(read(master, &status, 1), 1);
	(void)close(master);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFSIGNALED(status) || WIFEXITED(status));
	(void)close(s.program);
}

static void
test_spawn__signals_are_as_new(void **state)
{
	char *argv[4];
	struct spawn s = spawn_of_script(argv, "kill -TERM $$; exit 0");
	sigset_t set, old;
	int ends[3], status;
	pid_t pid;

	(void)state;
	(void)sigemptyset(&set);
	(void)sigaddset(&set, SIGTERM);
	assert_int_equal(sigprocmask(SIG_BLOCK, &set, &old), 0);
	assert_int_equal(spawn_pipes(&s, ends, &pid, NULL), 0);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(sigprocmask(SIG_SETMASK, &old, NULL), 0);
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), SIGTERM);
	close_three(ends);
	(void)close(s.program);
}

static void
test_spawn__what_cannot_be_executed_exits_127(void **state)
{
	char *argv[] = { "x", NULL };
	struct spawn s = { .program = open_program("/etc/passwd"),
			   .argv = argv,
			   .env = no_env,
			   .fds = { -1, -1, -1 } };
	struct buf out = BUF_INIT;

	(void)state;
	assert_int_equal(run_on_pipes(&s, &out), 127);
	assert_int_equal(out.len, 0);
	(void)close(s.program);
	buf_release(&out);
}

static void
test_spawn__does_not_start_without_what_it_needs(void **state)
{
	char *argv[4];
	struct spawn s = spawn_of_script(argv, "echo gestart");
	struct buf out = BUF_INIT;

	(void)state;
	s.fds[2] = open("/usr", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	s.needs = "/proc/self/fd/5/bin/geen-programma";
	assert_int_equal(run_on_pipes(&s, &out), 127);
	assert_string_equal(out.ptr, "");
	s.needs = "/proc/self/fd/5/bin/env";
	assert_int_equal(run_on_pipes(&s, &out), 0);
	assert_string_equal(out.ptr, "gestart\n");
	(void)close(s.fds[2]);
	(void)close(s.program);
	buf_release(&out);
}

static void
test_spawn__a_guarded_program_has_bounds(void **state)
{
	static const struct {
		enum guard guard;
		const char *expected; /* KiB, seconds, blocks of 512 bytes */
	} rows[] = {
		{ GUARD_RECEIVE, "1048576\n120\n1048576\n4096\n" },
		{ GUARD_UPLOAD, "4194304\n600\n1048576\n4096\n" },
		{ GUARD_UPKEEP, "4194304\n3600\nunlimited\n4096\n" },
	};
	struct buf out = BUF_INIT;
	struct spawn s;
	char *argv[4];

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		s = spawn_of_script(argv, "ulimit -v; ulimit -t; ulimit -f; "
					  "ulimit -p");
		s.guard = rows[i].guard;
		buf_reset(&out);
		assert_int_equal(run_on_pipes(&s, &out), 0);
#ifdef __SANITIZE_ADDRESS__ /* has no bound of memory */
		assert_string_equal(strchr(out.ptr, '\n'),
				    strchr(rows[i].expected, '\n'));
#else
		assert_string_equal(out.ptr, rows[i].expected);
#endif
		(void)close(s.program);
	}
	buf_release(&out);
}

#define MISDEEDS "misdeeds" /* this program, as one that was started */

/* Started as git is, and by something that git starts, a hook perhaps. */
static void
test_spawn__a_guarded_program_does_no_misdeeds(void **state)
{
	static const char *const words[] = { "exec \"$0\" " MISDEEDS,
					     "\"$0\" " MISDEEDS "; exit $?" };
	char self[512] = "", *argv[5];
	struct buf out = BUF_INIT;

	(void)state;
	assert_true(readlink("/proc/self/exe", self, sizeof(self) - 1) > 0);
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		for (int g = GUARD_RECEIVE; g < GUARD_N; g++) {
			struct spawn s = spawn_of_script(argv, words[i]);

			argv[3] = self;
			argv[4] = NULL;
			s.guard = (enum guard)g;
			buf_reset(&out);
			assert_int_equal(run_on_pipes(&s, &out), 0);
			(void)close(s.program);
		}
	buf_release(&out);
}

static bool
may_mount(void)
{
	pid_t pid = fork();

	if (pid == 0)
		_exit(unshare(CLONE_NEWNS) < 0);
	return wait_for(pid) == 0;
}

/* Where root started from, below a folder that is root's alone. */
static void
test_spawn__a_guarded_program_can_name_its_folder(void **state)
{
	static const struct user nobody = { USERS_NOBODY, USERS_NOBODY };
	char *argv[4], dir[] = "/tmp/plein-spawn-XXXXXX", cwd[512];
	struct spawn s = spawn_of_script(argv, "cd -P . && cd \"$PWD\" && "
					       "echo x > hier && echo goed");
	struct buf out = BUF_INIT;

	(void)state;
	if (geteuid() != 0 || !may_mount())
		skip();
	assert_non_null(getcwd(cwd, sizeof(cwd)));
	assert_non_null(mkdtemp(dir));
	assert_int_equal(chdir(dir), 0);
	assert_int_equal(mkdir("data", 0700), 0);
	assert_int_equal(chown("data", USERS_NOBODY, USERS_NOBODY), 0);
	assert_int_equal(chdir("data"), 0);
	s.user = &nobody;
	s.stay = true;
	s.guard = GUARD_RECEIVE;
	assert_int_equal(run_on_pipes(&s, &out), 0);
	assert_string_equal(out.ptr, "goed\n");
	assert_int_equal(unlink("hier"), 0);
	assert_int_equal(chdir(cwd), 0);
	assert_int_equal(scratch_remove(dir), 0);
	(void)close(s.program);
	buf_release(&out);
}

static void
test_spawn__runs_as_the_given_user(void **state)
{
	static const struct user nobody = { USERS_NOBODY, USERS_NOBODY };
	char *argv[] = { "id", NULL };
	struct spawn s = { .argv = argv,
			   .env = no_env,
			   .user = &nobody,
			   .fds = { -1, -1, -1 } };
	struct buf out = BUF_INIT;
	int master;
	pid_t pid;

	(void)state;
	if (geteuid() != 0)
		skip();
	s.program = open_program("/usr/bin/id");
	assert_int_equal(run_on_pipes(&s, &out), 0);
	assert_non_null(strstr(out.ptr, "uid=65534"));
	assert_non_null(strstr(out.ptr, "gid=65534"));
	assert_null(strstr(out.ptr, "(root)"));
	buf_reset(&out);
	assert_int_equal(spawn_pty(&s, 24, 80, &master, &pid, NULL), 0);
	read_all(master, &out);
	assert_non_null(strstr(out.ptr, "uid=65534"));
	assert_int_equal(wait_for(pid), 0);
	(void)close(master);
	(void)close(s.program);
	buf_release(&out);
}

static void
test_spawn__output_is_read_and_input_is_empty(void **state)
{
	char *argv[4];
	struct spawn s =
		spawn_of_script(argv, "read x && exit 9; echo hi; exit 3");
	struct buf out = BUF_INIT;
	int from;
	pid_t pid;

	(void)state;
	assert_int_equal(spawn_output(&s, -1, &from, &pid, NULL), 0);
	read_all(from, &out);
	assert_string_equal(out.ptr, "hi\n");
	assert_int_equal(wait_for(pid), 3);
	(void)close(from);
	(void)close(s.program);
	buf_release(&out);
}

static void
test_spawn__silent_has_only_where_to_complain(void **state)
{
	char *argv[4], said[128];
	struct spawn s = spawn_of_script(
		argv, "read x && exit 9; echo lost; echo told >&2; "
		      "ls -l /proc/self/fd | grep -c -e pipe -e socket >&2; "
		      "nice >&2; exit 4");
	int ends[2];
	ssize_t n;
	pid_t pid;

	(void)state;
	s.gives_way = true;
	assert_int_equal(pipe(ends), 0);
	assert_int_equal(spawn_silent(&s, ends[1], &pid, NULL), 0);
	assert_int_equal(wait_for(pid), 4);
	n = read(ends[0], said, sizeof(said) - 1);
	assert_true(n > 0);
	said[n] = '\0';
	/* what it complains on, and the pipe of grep */
	assert_ptr_equal(strstr(said, "told\n2\n"), said);
	assert_true(strtol(said + 7, NULL, 10) >= 10);
	assert_int_equal(spawn_told(&s, ends[1], &pid, NULL), 0);
	assert_int_equal(wait_for(pid), 4);
	n = read(ends[0], said, sizeof(said) - 1);
	assert_true(n > 0);
	said[n] = '\0';
	assert_ptr_equal(strstr(said, "lost\ntold\n"), said);
	(void)close(ends[0]);
	(void)close(ends[1]);
	(void)close(s.program);
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_spawn__pipes_carry_all_three_streams),
		cmocka_unit_test(test_spawn__words_are_passed_as_they_are),
		cmocka_unit_test(test_spawn__the_environment_is_the_given_one),
		cmocka_unit_test(
			test_spawn__only_the_given_descriptors_are_open),
		cmocka_unit_test(
			test_spawn__control_and_locale_find_their_places),
		cmocka_unit_test(
			test_spawn__a_terminal_has_its_size_and_is_controlling),
		cmocka_unit_test(test_spawn__hanging_up_ends_the_program),
		cmocka_unit_test(test_spawn__signals_are_as_new),
		cmocka_unit_test(test_spawn__what_cannot_be_executed_exits_127),
		cmocka_unit_test(
			test_spawn__does_not_start_without_what_it_needs),
		cmocka_unit_test(test_spawn__a_guarded_program_has_bounds),
		cmocka_unit_test(
			test_spawn__a_guarded_program_does_no_misdeeds),
		cmocka_unit_test(
			test_spawn__a_guarded_program_can_name_its_folder),
		cmocka_unit_test(test_spawn__runs_as_the_given_user),
		cmocka_unit_test(test_spawn__output_is_read_and_input_is_empty),
		cmocka_unit_test(test_spawn__silent_has_only_where_to_complain),
	};

	if (argc > 1 && strcmp(argv[1], MISDEEDS) == 0)
		_exit(acts_try_with(ACTS_FILES | ACTS_PROGRAMS));
	return cmocka_run_group_tests(tests, NULL, NULL);
}
