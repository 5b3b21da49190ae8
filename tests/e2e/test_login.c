/* Getting in, or not: keys, hostile clients, host commands beside a wiki. */
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
#include <cmocka.h>

#include "plein/clock.h"
#include "plein/fs.h"
#include "plein/mem.h"
#include "screen.h"
#include "served.h"

static int
ssh_status(const char *key, const char *const extra[], const char *expected)
{
	const char *argv[FIXTURE_ARGS];
	struct proc_result r;
	int status;

	(void)fixture_ssh_argv(&wiki, key, extra, argv);
	proc_run_text(&r, argv, "x\n", 2);
	status = r.status;
	if (expected && !strstr(r.out.ptr, expected) &&
	    !strstr(r.err.ptr, expected))
		fail_msg("no \"%s\" in %s%s", expected, r.out.ptr, r.err.ptr);
	proc_result_release(&r);
	return status;
}

static void
test_login__refuses_an_unknown_key(void **state)
{
	const char *const whoami[] = { "-T", "127.0.0.1", "whoami", NULL };
	char other[80];

	(void)state;
	fixture_make_key(&wiki, "other", other);
	assert_int_equal(ssh_status(other, whoami, "Permission denied"), 255);
}

static void
test_login__takes_the_next_key_when_one_is_unknown(void **state)
{
	char second[96], other[80];
	const char *const whoami[] = { "-i",	    second,   "-T",
				       "127.0.0.1", "whoami", NULL };

	(void)state;
	(void)snprintf(second, sizeof(second), "%s", wiki.key);
	(void)snprintf(other, sizeof(other), "%s/other", wiki.dir);
	assert_int_equal(ssh_status(other, whoami, "tester"), 0);
}

static void
test_login__the_key_decides_whatever_the_user_name(void **state)
{
	const char *const whoami[] = { "-l",	    "iemand.anders", "-T",
				       "127.0.0.1", "whoami",	     NULL };

	(void)state;
	assert_int_equal(ssh_status(wiki.key, whoami, "tester"), 0);
}

/* What ssh.exe and PuTTY offer in a Windows domain. */
static void
test_login__a_windows_user_name_does_no_harm(void **state)
{
	static const char *const names[] = { "GEMEENTE\\Jan", "Jan",
					     "Jan de Vries" };

	(void)state;
	for (int i = 0; i < 3; i++) {
		const char *const whoami[] = { "-l",	    names[i], "-T",
					       "127.0.0.1", "whoami", NULL };

		assert_int_equal(ssh_status(wiki.key, whoami, "tester"), 0);
	}
	assert_true(fixture_log_wait(&wiki, "session.open"));
	assert_null(strstr(wiki.seen.ptr, "GEMEENTE"));
}

static void
test_login__offers_no_other_doors(void **state)
{
	const char *const subsystem[] = { "-s", "127.0.0.1", "sftp", NULL };
	const char *const forward[] = { "-o",	  "ExitOnForwardFailure=yes",
					"-R",	  "0:127.0.0.1:1",
					"-T",	  "127.0.0.1",
					"whoami", NULL };

	(void)state;
	assert_int_not_equal(ssh_status(wiki.key, subsystem, NULL), 0);
	assert_int_not_equal(ssh_status(wiki.key, forward, NULL), 0);
}

static void
test_login__survives_a_monstrous_terminal_name(void **state)
{
	size_t len = 100000;
	char *term = mem_alloc(len + 1);
	struct screen *s;

	(void)state;
	memset(term, 'x', len);
	memcpy(term, "../../../../etc/", 16);
	s = screen_open(&wiki, 24, 80, term, NULL);
	assert_true(screen_wait(s, "Mogelijk maken"));
	screen_type(s, "\x11");
	assert_int_equal(screen_close(s), 0);
	free(term);
}

static void
test_login__survives_a_window_of_nothing(void **state)
{
	struct screen *s = screen_open(&wiki, 0, 0, NULL, NULL);

	(void)state;
	screen_resize(s, 24, 80);
	assert_true(screen_wait(s, "Mogelijk maken"));
	screen_type(s, "\x11");
	assert_int_equal(screen_close(s), 0);
}

static void
test_login__an_overlong_line_is_refused(void **state)
{
	char line[4000];
	const char *const extra[] = { "-T", "127.0.0.1", line, NULL };

	(void)state;
	memset(line, 'a', sizeof(line) - 1);
	line[sizeof(line) - 1] = '\0';
	assert_int_not_equal(ssh_status(wiki.key, extra, NULL), 0);
}

/* Does /proc/PID/status of this process have this line, within 15 s? */
static bool
has_status(const char *title, const char *line)
{
	int64_t deadline = clock_mono_ms() + 15000;
	struct buf status = BUF_INIT;
	bool found = false;
	char name[32];

	while (!found && clock_mono_ms() < deadline) {
		(void)snprintf(name, sizeof(name), "/proc/%d/status",
			       (int)fixture_find(&wiki, title));
		buf_reset(&status);
		(void)fs_read_at(AT_FDCWD, name, &status, 65536, NULL);
		found = strstr(status.ptr, line) != NULL;
	}
	buf_release(&status);
	return found;
}

static void
test_login__whoever_reads_foreign_bytes_is_shut_in(void **state)
{
	static const char *const titles[] = { "plein screen",
					      "pleind: connection" };
	const char *const api[] = { "api", NULL };
	struct screen *s = screen_open(&wiki, 24, 80, NULL, NULL);

	(void)state;
	assert_true(has_status("pleind: wiki", "\nNoNewPrivs:\t1\n"));
	assert_true(has_status("pleind: wiki", "\nSeccomp:\t2\n"));
	for (int i = 0; i < 2; i++) {
		assert_true(has_status(titles[i], "\nSeccomp:\t2\n"));
		assert_true(has_status(titles[i], "\nNoNewPrivs:\t1\n"));
	}
	assert_true(screen_wait(s, "Mogelijk maken"));
	screen_type(s, "\x11");
	assert_int_equal(screen_close(s), 0);
	s = screen_open(&wiki, 24, 80, NULL, api);
	assert_true(has_status("plein screen api", "\nSeccomp:\t2\n"));
	screen_abandon(s);
}

static void
host(int status, const char *expected, const char *const args[])
{
	const char *argv[16] = { fixture_program("pleind") };
	struct proc_result r;
	int i;

	for (i = 0; args[i]; i++)
		argv[i + 1] = args[i];
	proc_run(&r, argv, NULL, NULL, 30000);
	if (r.status != status)
		fail_msg("pleind %s: %d instead of %d: %s%s", args[0], r.status,
			 status, r.out.ptr, r.err.ptr);
	if (!strstr(r.out.ptr, expected) && !strstr(r.err.ptr, expected))
		fail_msg("pleind %s: no \"%s\" in %s%s", args[0], expected,
			 r.out.ptr, r.err.ptr);
	proc_result_release(&r);
}

#define HOST(status, expected, ...) \
	host((status), (expected), (const char *const[]){ __VA_ARGS__, NULL })

static void
test_login__host_commands_work_beside_the_wiki(void **state)
{
	char pub[96], key[80];
	const char *const whoami[] = { "-T", "127.0.0.1", "whoami", NULL };

	(void)state;
	fixture_make_key(&wiki, "nieuwe", key);
	(void)snprintf(pub, sizeof(pub), "%s.pub", key);
	HOST(0, "", "user", "add", wiki.data, "griffie.waterdam", "--name",
	     "Gré van Waterdam", "--role", "lezer", "--key", pub);
	assert_true(
		fixture_log_wait(&wiki, "\"account\":\"griffie.waterdam\""));
	HOST(0, "griffie.waterdam", "user", "list", wiki.data);
	HOST(1, "griffie.waterdam", "user", "add", wiki.data,
	     "griffie.waterdam", "--name", "X", "--role", "lezer");
	HOST(1, "", "user", "add", wiki.data, "Hoofd", "--name", "X", "--role",
	     "lezer");
	HOST(2, "", "user", "add", wiki.data);
	HOST(0, "\tuser.add\tgriffie.waterdam\t", "audit", "list", wiki.data);
	HOST(0, "\nhead ", "audit", "verify", wiki.data);
	HOST(2, "", "onzin");
	HOST(1, "", "init", wiki.data);
	HOST(1, "in use", "serve", wiki.data, "--listen", "127.0.0.1:0");
	HOST(1, "holds no wiki", "serve", wiki.dir);
	HOST(0, "[--lang L]", "--help");
	HOST(0, PLEIN_VERSION, "--version");
	assert_int_equal(ssh_status(key, whoami, "griffie.waterdam\tlezer"), 0);
}

static void
test_login__a_reader_may_not_write(void **state)
{
	char key[80];
	const char *const save[] = { "-T", "127.0.0.1",
				     "save themas/common-ground --base 1",
				     NULL };

	(void)state;
	(void)snprintf(key, sizeof(key), "%s/nieuwe", wiki.dir);
	assert_int_equal(ssh_status(key, save, NULL), 3);
}

static void
test_login__stops_within_five_seconds_with_people_inside(void **state)
{
	struct screen *s = screen_open(&wiki, 24, 80, NULL, NULL);
	int64_t begun;

	(void)state;
	assert_true(screen_wait(s, "Mogelijk maken"));
	begun = clock_mono_ms();
	assert_int_equal(fixture_stop(&wiki), 0);
	assert_true(clock_mono_ms() - begun < 8000);
	assert_non_null(strstr(wiki.seen.ptr, "\"wiki.stopped\""));
	assert_null(strstr(wiki.seen.ptr, "\"wiki.died\""));
	(void)screen_close(s);
	fixture_serve(&wiki);
}

/* The account chose no language: the locale of the client says. */
static void
test_login__speaks_the_language_of_the_client(void **state)
{
	const char *const english[] = {
		"-T",	     "-o",	 "SetEnv=LANG=en_GB.UTF-8",
		"127.0.0.1", "nonsense", NULL
	};
	const char *const german[] = {
		"-T",	     "-o",	 "SetEnv=LANG=de_DE.UTF-8",
		"127.0.0.1", "nonsense", NULL
	};

	(void)state;
	assert_int_equal(
		ssh_status(wiki.key, english, "This command does not exist"),
		2);
	assert_int_equal(
		ssh_status(wiki.key, german, "Deze opdracht bestaat niet"), 2);
}

static void
test_login__reloads_on_hangup(void **state)
{
	struct proc_result r;

	(void)state;
	assert_int_equal(kill(wiki.pid, SIGHUP), 0);
	assert_true(fixture_log_wait(&wiki, "reload"));
	fixture_ssh(&wiki, "whoami", NULL, &r);
	assert_int_equal(r.status, 0);
	proc_result_release(&r);
}

static void
set_conf(const char *line)
{
	char path[96];
	struct buf text = BUF_INIT;
	struct err err = ERR_INIT;

	(void)snprintf(path, sizeof(path), "%s/plein.conf", wiki.data);
	buf_printf(&text, "domein = dag.example\n%s\n", line);
	if (fs_replace_at(AT_FDCWD, path, text.ptr, text.len, 0600, &err))
		fail_msg("%s", err.msg);
	buf_release(&text);
	buf_reset(&wiki.seen);
	assert_int_equal(kill(wiki.pid, SIGHUP), 0);
}

/* How long somebody is waited for who says nothing at all, in ms. */
static int64_t
stay_silent(void)
{
	int64_t begun = clock_mono_ms();
	struct sockaddr_in at = { .sin_family = AF_INET };
	struct pollfd p;
	char text[256];

	p = (struct pollfd){ .fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC,
					  0),
			     .events = POLLIN };
	at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	at.sin_port = htons((uint16_t)strtol(wiki.port, NULL, 10));
	assert_int_equal(
		connect(p.fd, (const struct sockaddr *)&at, sizeof(at)), 0);
	do
		assert_int_equal(poll(&p, 1, 20000), 1);
	while (read(p.fd, text, sizeof(text)) > 0);
	(void)close(p.fd);
	return clock_mono_ms() - begun;
}

static void
test_login__limits_are_settings_that_are_read_again(void **state)
{
	(void)state;
	set_conf("sleutels_seconden = 1");
	assert_true(fixture_log_wait(&wiki, "\"event\":\"reload\""));
	assert_true(stay_silent() < 8000); /* 10000 when nobody says */
	/* what cannot be read changes nothing, and is said */
	set_conf("sleutels_seconden = 0");
	assert_true(fixture_log_wait(&wiki, "\"event\":\"reload.failed\""));
	assert_true(fixture_log_wait(&wiki, "line 2, column 21: "
					    "sleutels_seconden is a number"));
	assert_true(stay_silent() < 8000);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_login__refuses_an_unknown_key),
		cmocka_unit_test(
			test_login__takes_the_next_key_when_one_is_unknown),
		cmocka_unit_test(
			test_login__the_key_decides_whatever_the_user_name),
		cmocka_unit_test(test_login__a_windows_user_name_does_no_harm),
		cmocka_unit_test(test_login__offers_no_other_doors),
		cmocka_unit_test(
			test_login__survives_a_monstrous_terminal_name),
		cmocka_unit_test(test_login__survives_a_window_of_nothing),
		cmocka_unit_test(test_login__an_overlong_line_is_refused),
		cmocka_unit_test(
			test_login__whoever_reads_foreign_bytes_is_shut_in),
		cmocka_unit_test(
			test_login__host_commands_work_beside_the_wiki),
		cmocka_unit_test(test_login__a_reader_may_not_write),
		cmocka_unit_test(
			test_login__stops_within_five_seconds_with_people_inside),
		cmocka_unit_test(test_login__speaks_the_language_of_the_client),
		cmocka_unit_test(test_login__reloads_on_hangup),
		cmocka_unit_test(
			test_login__limits_are_settings_that_are_read_again),
	};

	return cmocka_run_group_tests(tests, start_wiki, stop_wiki);
}
