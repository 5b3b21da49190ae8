/*
 * What core/base/sandbox.c asks of Landlock, for every version of it: many
 * kernels, that of a build machine perhaps, have none. The C library's
 * syscall() is played here, so that nothing of it is carried out.
 */
#include "plein/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cmocka.h>

#define RULES_MAX 4

/* linux/landlock.h, as it is documented. */
enum {
	EXECUTE = 1 << 0,
	WRITE_FILE = 1 << 1,
	READ_FILE = 1 << 2,
	READ_DIR = 1 << 3,
	REFER = 1 << 13,
	TRUNCATE = 1 << 14,
	IOCTL_DEV = 1 << 15
};

struct below {
	uint64_t files;
	int32_t fd;
} __attribute__((packed));

/* The kernel of the test. */
static struct {
	long abi; /* or minus an errno */
	long fails; /* this call, with EINVAL */
	uint64_t asked[3]; /* files, net, scopes */
	struct below rules[RULES_MAX];
	int n_rules, ruleset, restricted;
	bool filtered, filtered_first;
} kernel;

static long
refuse(int code)
{
	errno = code;
	return -1;
}

static long
create(const void *attr, size_t size)
{
	if (!attr)
		return kernel.abi < 0 ? refuse((int)-kernel.abi) : kernel.abi;
	assert_int_equal(size, sizeof(kernel.asked));
	memcpy(kernel.asked, attr, size);
	kernel.ruleset = open("/dev/null", O_RDONLY | O_CLOEXEC);
	return kernel.ruleset;
}

static long
add_rule(int ruleset, const void *rule)
{
	assert_int_equal(ruleset, kernel.ruleset);
	assert_true(kernel.n_rules < RULES_MAX);
	memcpy(&kernel.rules[kernel.n_rules++], rule, sizeof(struct below));
	return 0;
}

long
syscall(long number, ...)
{
	long a[3];
	va_list ap;

	va_start(ap, number);
	for (int i = 0; i < 3; i++)
		a[i] = va_arg(ap, long);
	va_end(ap);
	if (number == kernel.fails)
		return refuse(EINVAL);
	if (number == SYS_landlock_create_ruleset)
		return create((const void *)a[0], (size_t)a[1]);
	if (number == SYS_landlock_add_rule)
		return add_rule((int)a[0], (const void *)a[2]);
	if (number == SYS_landlock_restrict_self)
		kernel.restricted++;
	else if (number == SYS_seccomp)
		kernel.filtered = true;
	else
		fail_msg("call %ld", number);
	kernel.filtered_first |= kernel.filtered && !kernel.restricted;
	return 0;
}

static int
boot(void **state)
{
	(void)state;
	memset(&kernel, 0, sizeof(kernel));
	kernel.ruleset = -1;
	return 0;
}

static void
expect_closed(int fd)
{
	assert_int_equal(fcntl(fd, F_GETFD), -1);
	assert_int_equal(errno, EBADF);
}

static void
test_landlock__each_version_forbids_all_it_knows(void **state)
{
	static const struct {
		uint64_t files;
		uint64_t net, scopes;
	} all[] = {
		{ 0x1fff, 0, 0 }, { 0x3fff, 0, 0 }, { 0x7fff, 0, 0 },
		{ 0x7fff, 3, 0 }, { 0xffff, 3, 0 }, { 0xffff, 3, 3 },
		{ 0xffff, 3, 3 }, { 0xffff, 3, 3 }, /* newer than we know */
	};

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		(void)boot(state);
		kernel.abi = (long)i + 1;
		assert_int_equal(sandbox_forget_paths(NULL), 0);
		assert_true(kernel.asked[0] == all[i].files);
		assert_true(kernel.asked[1] == all[i].net);
		assert_true(kernel.asked[2] == all[i].scopes);
		assert_int_equal(kernel.n_rules, 0);
		assert_int_equal(kernel.restricted, 1);
		expect_closed(kernel.ruleset);
	}
}

/* Below its folder all but running programs; below the other it reads. */
static void
test_landlock__leaves_the_wiki_process_its_folder(void **state)
{
	int dir = open("/tmp", O_PATH | O_DIRECTORY | O_CLOEXEC);

	(void)state;
	kernel.abi = 5;
	assert_int_equal(sandbox_close_in(SANDBOX_WIKI, dir, "/usr", NULL), 0);
	assert_int_equal(kernel.n_rules, 2);
	assert_int_equal(kernel.rules[0].fd, dir);
	assert_int_equal(kernel.rules[0].files & EXECUTE, 0);
	assert_int_equal(kernel.rules[0].files | EXECUTE, 0xffff);
	assert_int_equal(kernel.rules[1].files, READ_FILE | READ_DIR);
	expect_closed(kernel.rules[1].fd);
	/* an older one refuses a rule about what it does not know */
	(void)boot(state);
	kernel.abi = 1;
	assert_int_equal(sandbox_close_in(SANDBOX_WIKI, dir, "/nergens", NULL),
			 0);
	assert_int_equal(kernel.n_rules, 1);
	assert_int_equal(kernel.rules[0].files & (REFER | TRUNCATE | IOCTL_DEV),
			 0);
	assert_int_equal(kernel.rules[0].files & WRITE_FILE, WRITE_FILE);
	(void)close(dir);
}

/* The filter must be there; Landlock where the kernel has it, and first, for
 * the filter forbids its calls. */
static void
test_landlock__comes_before_the_filter(void **state)
{
	(void)state;
	kernel.abi = 4;
	assert_int_equal(sandbox_close(SANDBOX_CONNECTION, NULL), 0);
	assert_true(kernel.restricted == 1 && kernel.filtered);
	assert_false(kernel.filtered_first);
}

static void
test_landlock__may_be_missing(void **state)
{
	static const int whys[] = { ENOSYS, EOPNOTSUPP };

	for (size_t i = 0; i < sizeof(whys) / sizeof(whys[0]); i++) {
		(void)boot(state);
		kernel.abi = -whys[i];
		assert_int_equal(sandbox_close(SANDBOX_CLIENT, NULL), 0);
		assert_int_equal(kernel.restricted, 0);
		assert_int_equal(kernel.ruleset, -1);
		assert_true(kernel.filtered);
		assert_int_equal(prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0), 1);
	}
}

/* There, but refused: nobody goes on as if it were closed. */
static void
test_landlock__that_fails_is_an_error(void **state)
{
	static const long calls[] = { SYS_landlock_add_rule,
				      SYS_landlock_restrict_self, SYS_seccomp };
	int dir = open("/tmp", O_PATH | O_DIRECTORY | O_CLOEXEC);

	for (size_t i = 0; i < sizeof(calls) / sizeof(calls[0]); i++) {
		(void)boot(state);
		kernel.abi = 3;
		kernel.fails = calls[i];
		assert_int_equal(
			sandbox_close_in(SANDBOX_WIKI, dir, NULL, NULL),
			PLEIN_EIO);
		assert_false(kernel.filtered);
		expect_closed(kernel.ruleset);
	}
	(void)close(dir);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(
			test_landlock__each_version_forbids_all_it_knows, boot),
		cmocka_unit_test_setup(
			test_landlock__leaves_the_wiki_process_its_folder,
			boot),
		cmocka_unit_test_setup(test_landlock__comes_before_the_filter,
				       boot),
		cmocka_unit_test_setup(test_landlock__may_be_missing, boot),
		cmocka_unit_test_setup(test_landlock__that_fails_is_an_error,
				       boot),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
