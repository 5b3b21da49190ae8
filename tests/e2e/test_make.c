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
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

#include "plein/buf.h"
#include "proc.h"
#include "scratch.h"

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
remove_machine(void **state)
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

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			test_make__installs_nothing_when_all_is_there,
			make_machine, remove_machine),
		cmocka_unit_test_setup_teardown(
			test_make__installs_what_is_missing_or_too_old,
			make_machine, remove_machine),
		cmocka_unit_test_setup_teardown(
			test_make__installs_with_sudo_unless_root, make_machine,
			remove_machine),
		cmocka_unit_test_setup_teardown(
			test_make__says_what_to_do_when_the_archive_is_too_old,
			make_machine, remove_machine),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
