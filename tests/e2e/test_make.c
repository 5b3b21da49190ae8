/*
 * What the first two commands of the README lean on: the packages that
 * `make deps` installs, and the lines that `make run` prints.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

#include "fixture.h"
#include "plein/buf.h"
#include "plein/mem.h"
#include "proc.h"
#include "scratch.h"
#include "screen.h"

static char dir[SCRATCH_MAX];

static void
write_file(const char *name, const char *text, mode_t mode)
{
	char path[SCRATCH_MAX + 32];
	FILE *out;

	(void)snprintf(path, sizeof(path), "%s/%s", dir, name);
	out = fopen(path, "we");
	assert_non_null(out);
	assert_true(fputs(text, out) >= 0);
	assert_int_equal(fclose(out), 0);
	assert_int_equal(chmod(path, mode), 0);
}

/*
 * A machine of paper: lines "NAME VERSION" of what is installed; "install"
 * puts there what the archive has. It counts what was asked of apt-get.
 */
static int
make_machine(void **state)
{
	(void)state;
	assert_int_equal(scratch_make(dir), 0);
	write_file("dpkg-query",
		   "#!/bin/sh\nfor name; do :; done\n"
		   "sed -n \"s/^$name /installed /p\" \"$MACHINE/installed\"\n",
		   0755);
	write_file("apt-get",
		   "#!/bin/sh\necho \"$@\" >>\"$MACHINE/asked\"\n"
		   "[ \"$1\" != install ] ||\n"
		   "cp \"$MACHINE/archive\" \"$MACHINE/installed\"\n",
		   0755);
	write_file("id", "#!/bin/sh\necho \"${MACHINE_UID:-0}\"\n", 0755);
	write_file("sudo",
		   "#!/bin/sh\necho sudo >>\"$MACHINE/asked\"\n\"$@\"\n", 0755);
	write_file("asked", "", 0644);
	return 0;
}

static int
remove_scratch(void **state)
{
	(void)state;
	return scratch_remove(dir);
}

/* apt_install a 1.2-or-later and any b, as this user. */
static void
install(const char *uid, struct proc_result *r)
{
	static const char line[] = "MACHINE=$1 MACHINE_UID=$2 PATH=$1:$PATH; "
				   "export MACHINE MACHINE_UID PATH; "
				   "exec tests/lib/apt_install a@1.2 b";
	const char *argv[] = { "sh", "-c", line, "sh", dir, uid, NULL };

	proc_run(r, argv, NULL, NULL, 20000);
}

static void
expect_asked(const char *expected)
{
	const char *argv[] = { "cat", "asked", NULL };
	struct proc_result r;

	proc_run(&r, argv, dir, NULL, 5000);
	assert_string_equal(r.out.ptr, expected);
	proc_result_release(&r);
}

#define UPDATE "update -q\n"
#define INSTALL "install -y -q --no-install-recommends "

static void
test_make__installs_nothing_when_all_is_there(void **state)
{
	struct proc_result r;

	(void)state;
	write_file("installed", "a 1.2\nb 0.1\n", 0644);
	install("0", &r);
	assert_int_equal(r.status, 0);
	assert_string_equal(r.out.ptr, "");
	proc_result_release(&r);
	expect_asked("");
}

static void
test_make__installs_what_is_missing_or_too_old(void **state)
{
	struct proc_result r;

	(void)state;
	write_file("installed", "a 1.1\n", 0644);
	write_file("archive", "a 1.3\nb 0.1\n", 0644);
	install("0", &r);
	assert_int_equal(r.status, 0);
	assert_string_equal(r.out.ptr, "Installing: a b\n");
	proc_result_release(&r);
	expect_asked(UPDATE INSTALL "a b\n");
}

static void
test_make__installs_with_sudo_unless_root(void **state)
{
	struct proc_result r;

	(void)state;
	write_file("installed", "a 1.2\n", 0644);
	write_file("archive", "a 1.2\nb 0.1\n", 0644);
	install("1000", &r);
	assert_int_equal(r.status, 0);
	proc_result_release(&r);
	expect_asked("sudo\n" UPDATE "sudo\n" INSTALL "b\n");
}

static void
test_make__says_what_to_do_without_sudo(void **state)
{
	static const char line[] =
		"cd \"$1\" && rm sudo && for tool in sh sed dpkg; do "
		"ln -s \"$(command -v $tool)\" $tool; done";
	static const char try[] = "MACHINE=$1 MACHINE_UID=1000 PATH=$1; "
				  "export MACHINE MACHINE_UID PATH; "
				  "exec tests/lib/apt_install a@1.2 b";
	const char *prepare[] = { "sh", "-c", line, "sh", dir, NULL };
	const char *install_it[] = { "/bin/sh", "-c", try, "sh", dir, NULL };
	struct proc_result r;

	(void)state;
	write_file("installed", "a 1.2\n", 0644);
	proc_run(&r, prepare, NULL, NULL, 20000);
	assert_int_equal(r.status, 0);
	proc_result_release(&r);
	proc_run(&r, install_it, NULL, NULL, 20000);
	assert_int_equal(r.status, 1);
	assert_non_null(strstr(r.err.ptr, "apt-get install b\n"));
	proc_result_release(&r);
	expect_asked("");
}

static void
test_make__says_what_to_do_when_the_archive_is_too_old(void **state)
{
	struct proc_result r;

	(void)state;
	write_file("installed", "", 0644);
	write_file("archive", "a 1.1\nb 0.1\n", 0644);
	install("0", &r);
	assert_int_equal(r.status, 1);
	assert_non_null(strstr(r.err.ptr, "a 1.1: 1.2 or later is needed."));
	assert_non_null(strstr(r.err.ptr, "security updates"));
	proc_result_release(&r);
}

/* A port that nobody uses. */
static int
free_port(void)
{
	struct sockaddr_in at = { .sin_family = AF_INET };
	socklen_t len = sizeof(at);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	assert_true(fd >= 0);
	at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	assert_int_equal(bind(fd, (struct sockaddr *)&at, sizeof(at)), 0);
	assert_int_equal(getsockname(fd, (struct sockaddr *)&at, &len), 0);
	(void)close(fd);
	return ntohs(at.sin_port);
}

static void
shell(const char *line)
{
	const char *argv[] = { "sh", "-c", line, NULL };
	struct proc_result r;

	proc_run(&r, argv, dir, NULL, 60000);
	if (r.status != 0)
		fail_msg("%s: %d: %s%s", line, r.status, r.out.ptr, r.err.ptr);
	proc_result_release(&r);
}

/* Somebody's home: an ssh that looks for keys and known hosts there. */
static int
make_home(void **state)
{
	struct buf wrapper = BUF_INIT;

	(void)state;
	assert_int_equal(scratch_make(dir), 0);
	write_file("config",
		   "StrictHostKeyChecking no\nLogLevel ERROR\n"
		   "IdentityAgent none\n",
		   0644);
	buf_printf(
		&wrapper,
		"#!/bin/sh\nkeys=\nfor key in id_rsa id_ecdsa id_ed25519; do\n"
		"keys=\"$keys -o IdentityFile=%s/.ssh/$key\"\ndone\n"
		"exec /usr/bin/ssh -F %s/config -o UserKnownHostsFile=%s/known "
		"$keys \"$@\"\n",
		dir, dir, dir);
	write_file("ssh", wrapper.ptr, 0755);
	buf_release(&wrapper);
	shell("mkdir -m 700 .ssh");
	return 0;
}

/* A line of the shell in this home, on a screen wide enough for paths. */
static struct screen *
at_home(const char *line)
{
	struct buf all = BUF_INIT;
	const char *argv[] = { "sh", "-c", NULL, NULL };
	struct screen *s;

	buf_printf(&all, "HOME=%s PATH=%s:$PATH; export HOME PATH; %s", dir,
		   dir, line);
	argv[2] = all.ptr;
	s = screen_run(50, 250, NULL, argv);
	buf_release(&all);
	return s;
}

static void
see(struct screen *s, const char *text)
{
	struct buf all = BUF_INIT;

	if (screen_wait(s, text))
		return;
	screen_text(s, &all);
	fail_msg("\"%s\" never came:\n%s", text, all.ptr);
}

static struct screen *
make_run(int port)
{
	struct buf line = BUF_INIT;
	char programs[400];
	struct screen *s;

	(void)snprintf(programs, sizeof(programs), "%s",
		       fixture_program("plein"));
	*strrchr(programs, '/') = '\0';
	buf_printf(&line, "exec server/run-local.sh %s '%s/my wiki' %d",
		   programs, dir, port);
	s = at_home(line.ptr);
	buf_release(&line);
	see(s, "\"ready\"");
	return s;
}

/* The line that was printed, two blanks before it, with these words. */
static char *
printed(struct screen *s, const char *words)
{
	struct buf all = BUF_INIT;
	char *line, *save = NULL, *found = NULL;

	screen_text(s, &all);
	for (line = strtok_r(all.ptr, "\n", &save); line && !found;
	     line = strtok_r(NULL, "\n", &save))
		if (strncmp(line, "  ", 2) == 0 && strstr(line, words))
			found = mem_strdup(line + 2);
	if (!found)
		fail_msg("nothing printed with \"%s\"", words);
	buf_release(&all);
	return found;
}

static void
type_what_is_printed(struct screen *wiki)
{
	char *ssh = printed(wiki, " localhost"), *git = printed(wiki, "clone");
	struct buf line = BUF_INIT;
	struct screen *s;

	s = at_home(ssh);
	see(s, "Mogelijk maken");
	see(s, "? Hulp");
	screen_type(s, "q");
	assert_int_equal(screen_close(s), 0);
	buf_printf(&line, "cd %s && rm -rf agenda && %s && ls agenda", dir,
		   git);
	s = at_home(line.ptr);
	see(s, "index.md");
	assert_int_equal(screen_close(s), 0);
	buf_release(&line);
	free(ssh);
	free(git);
}

static void
test_make__run_makes_a_key_for_who_has_none(void **state)
{
	struct screen *wiki = make_run(free_port());

	(void)state;
	type_what_is_printed(wiki);
	screen_type(wiki, "\x03");
	assert_int_equal(screen_close(wiki), 0);
	shell("test -e 'my wiki/id_ed25519'");
	wiki = make_run(free_port());
	type_what_is_printed(wiki);
	screen_type(wiki, "\x03");
	assert_int_equal(screen_close(wiki), 0);
	shell("test \"$(git -C agenda rev-list --count HEAD)\" = 1");
}

static void
test_make__run_registers_the_key_of_who_has_one(void **state)
{
	struct screen *wiki;
	char *ssh;

	(void)state;
	shell("ssh-keygen -q -t rsa -N '' -f .ssh/id_rsa");
	shell("ssh-keygen -q -t ed25519 -N '' -f .ssh/id_ed25519");
	wiki = make_run(free_port());
	ssh = printed(wiki, " localhost");
	assert_null(strstr(ssh, " -i "));
	free(ssh);
	type_what_is_printed(wiki);
	screen_type(wiki, "\x03");
	assert_int_equal(screen_close(wiki), 0);
}

static void
test_make__run_makes_a_key_when_none_will_do(void **state)
{
	struct screen *wiki;

	(void)state;
	shell("ssh-keygen -q -t rsa -b 2048 -N '' -f .ssh/id_rsa");
	wiki = make_run(free_port());
	type_what_is_printed(wiki);
	screen_type(wiki, "\x03");
	assert_int_equal(screen_close(wiki), 0);
}

static void
test_make__run_ends_with_its_window(void **state)
{
	int port = free_port();
	struct screen *wiki = make_run(port);

	(void)state;
	assert_int_equal(kill(screen_pid(wiki), SIGHUP), 0);
	assert_int_equal(screen_close(wiki), 0);
	wiki = make_run(port);
	screen_type(wiki, "\x03");
	assert_int_equal(screen_close(wiki), 0);
}

/* What is exposed, from 0 to 10, is 2 at most; in tenths. */
static void
test_make__the_unit_of_systemd_exposes_little(void **state)
{
	const char *argv[] = { "systemd-analyze",
			       "security",
			       "--offline=true",
			       "--no-pager",
			       "--threshold=20",
			       "docs/systemd/pleind.service",
			       NULL };
	struct proc_result r;

	(void)state;
	proc_run(&r, argv, NULL, NULL, 20000);
	if (r.status)
		fail_msg("%s%s", r.out.ptr, r.err.ptr);
	assert_non_null(strstr(r.out.ptr, "Overall exposure level"));
	proc_result_release(&r);
}

int
main(void)
{
#define ON_PAPER(test) \
	cmocka_unit_test_setup_teardown(test, make_machine, remove_scratch)
#define AT_HOME(test) \
	cmocka_unit_test_setup_teardown(test, make_home, remove_scratch)
	const struct CMUnitTest tests[] = {
		ON_PAPER(test_make__installs_nothing_when_all_is_there),
		ON_PAPER(test_make__installs_what_is_missing_or_too_old),
		ON_PAPER(test_make__says_what_to_do_without_sudo),
		ON_PAPER(test_make__installs_with_sudo_unless_root),
		ON_PAPER(
			test_make__says_what_to_do_when_the_archive_is_too_old),
		cmocka_unit_test(test_make__the_unit_of_systemd_exposes_little),
		AT_HOME(test_make__run_makes_a_key_for_who_has_none),
		AT_HOME(test_make__run_registers_the_key_of_who_has_one),
		AT_HOME(test_make__run_makes_a_key_when_none_will_do),
		AT_HOME(test_make__run_ends_with_its_window),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
