/*
 * sandbox.c - Landlock by its three system calls (the C library has no
 * functions for them), then the compiled filter.
 */
#include "plein/sandbox.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

#include "plein/allowlist.h"

/* struct landlock_ruleset_attr of linux/landlock.h, which may be older than
 * the kernel we run on: what is to be handled, hence forbidden. */
struct ruleset {
	uint64_t files, net, scoped;
};

#define FILES(n) ((UINT64_C(1) << (n)) - 1)
#define NET UINT64_C(3)
#define SCOPED UINT64_C(3)
#define ABI_QUESTION 1 /* LANDLOCK_CREATE_RULESET_VERSION */
#define PATH_BENEATH 1 /* LANDLOCK_RULE_PATH_BENEATH */
#define EXECUTE UINT64_C(1)
#define READING UINT64_C(0xc) /* files and folders */
#define WRITING (~EXECUTE)

/* struct landlock_path_beneath_attr */
struct __attribute__((packed)) below {
	uint64_t files;
	int32_t fd;
};

/* By the version of Landlock the kernel has; a newer one has the last. */
static const struct ruleset everything[] = {
	{ 0, 0, 0 },
	{ FILES(13), 0, 0 },
	{ FILES(14), 0, 0 },
	{ FILES(15), 0, 0 },
	{ FILES(15), NET, 0 },
	{ FILES(16), NET, 0 },
	{ FILES(16), NET, SCOPED },
};

#define LAST_ABI ((long)(sizeof(everything) / sizeof(everything[0])) - 1)

static int
forbid_gaining_rights(struct err *err)
{
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		return err_set_errno(err, errno, "no_new_privs");
	return 0;
}

/* A folder that stays reachable; `fd` -1: none. */
struct opening {
	int fd;
	uint64_t files; /* what may be done below it */
};

static int
open_up(int ruleset, const struct ruleset *all, const struct opening *o,
	struct err *err)
{
	struct below rule = { .files = all->files & o->files, .fd = o->fd };

	if (o->fd < 0 || syscall(SYS_landlock_add_rule, ruleset, PATH_BENEATH,
				 &rule, 0) == 0)
		return 0;
	return err_set_errno(err, errno, "landlock");
}

/* All is forbidden but what is below these two. */
static int
forbid_paths(const struct opening openings[2], struct err *err)
{
	long abi = syscall(SYS_landlock_create_ruleset, NULL, 0, ABI_QUESTION);
	int rc = forbid_gaining_rights(err), ruleset;

	if (rc != 0 || abi <= 0)
		return rc;
	if (abi > LAST_ABI)
		abi = LAST_ABI;
	ruleset = (int)syscall(SYS_landlock_create_ruleset, &everything[abi],
			       sizeof(everything[abi]), 0);
	if (ruleset < 0)
		return err_set_errno(err, errno, "landlock");
	for (int i = 0; i < 2 && rc == 0; i++)
		rc = open_up(ruleset, &everything[abi], &openings[i], err);
	if (rc == 0 && syscall(SYS_landlock_restrict_self, ruleset, 0) != 0)
		rc = err_set_errno(err, errno, "landlock");
	(void)close(ruleset); /* nothing was written */
	return rc;
}

int
sandbox_forget_paths(struct err *err)
{
	static const struct opening none[2] = { { -1, 0 }, { -1, 0 } };

	return forbid_paths(none, err);
}

static void
set_own_pid(struct sock_filter *code, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (code[i].code == (BPF_JMP | BPF_JEQ | BPF_K) &&
		    code[i].k == SANDBOX_OWN_PID)
			code[i].k = (uint32_t)getpid();
}

int
sandbox_filter(enum sandbox who, struct err *err)
{
	const struct sandbox_code *compiled = &sandbox_codes[who];
	struct sock_filter code[ALLOWLIST_CODE_MAX];
	struct sock_fprog prog = { (unsigned short)compiled->n, code };

	assert(who < SANDBOX_N && compiled->n > 0 &&
	       compiled->n <= ALLOWLIST_CODE_MAX);
	memcpy(code, compiled->at, compiled->n * sizeof(code[0]));
	set_own_pid(code, compiled->n);
	if (syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &prog) != 0)
		return err_set_errno(err, errno, "seccomp");
	return 0;
}

int
sandbox_close_in(enum sandbox who, int dir, const char *read_only,
		 struct err *err)
{
	int fd = read_only ? open(read_only, O_PATH | O_DIRECTORY | O_CLOEXEC)
			   : -1;
	const struct opening openings[2] = { { dir, WRITING },
					     { fd, READING } };
	int rc = forbid_paths(openings, err);

	if (fd >= 0)
		(void)close(fd); /* only a name */
	return rc == 0 ? sandbox_filter(who, err) : rc;
}

int
sandbox_close(enum sandbox who, struct err *err)
{
	int rc = sandbox_forget_paths(err);

	return rc == 0 ? sandbox_filter(who, err) : rc;
}
