/* Tests of server/ssh/hostkey.c and warmup.c. */
#include "ssh/hostkey.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "plein/buf.h"
#include "plein/fs.h"
#include "ssh/warmup.h"

#define GCM "aes256-gcm@openssh.com"

struct place {
	char path[64];
	int dir;
};

static int
make_place(void **state)
{
	static struct place p;
	struct err err = ERR_INIT;
	const char *tmp = getenv("TMPDIR");

	(void)snprintf(p.path, sizeof(p.path), "%s/hostkey-XXXXXX",
		       tmp != NULL && strlen(tmp) < 40 ? tmp : "/tmp");
	if (mkdtemp(p.path) == NULL)
		return -1;
	p.dir = fs_open_dir(p.path, &err);
	*state = &p;
	return p.dir >= 0 ? hostkey_create(p.dir, &err) : -1;
}

static int
remove_place(void **state)
{
	struct place *p = *state;

	(void)unlinkat(p->dir, "hostkey_ed25519", 0);
	(void)unlinkat(p->dir, "hostkey_ed25519.pub", 0);
	(void)close(p->dir);
	return rmdir(p->path);
}

static struct hostkey *
load(const struct place *p)
{
	struct hostkey *k = NULL;
	struct err err = ERR_INIT;

	if (hostkey_load(&k, p->dir, &err) != 0)
		fail_msg("%s", err.msg);
	return k;
}

static void
test_hostkey__is_readable_by_its_owner_only(void **state)
{
	struct place *p = *state;
	struct buf text = BUF_INIT;
	struct err err = ERR_INIT;
	struct stat st;

	assert_int_equal(fstatat(p->dir, "hostkey_ed25519", &st, 0), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
	assert_int_equal(
		fs_read_at(p->dir, "hostkey_ed25519", &text, 10000, &err), 0);
	assert_non_null(strstr(text.ptr, "BEGIN OPENSSH PRIVATE KEY"));
	buf_release(&text);
}

/* What `ssh-keygen -lf` says, in its second word; false without it. */
static bool
ask_ssh_keygen(const struct place *p, char *out, size_t size)
{
	char line[256] = "";
	char path[128];
	int fds[2], status;
	pid_t pid;
	FILE *f;

	(void)snprintf(path, sizeof(path), "%s/hostkey_ed25519", p->path);
	if (pipe(fds) != 0)
		return false;
	pid = fork();
	if (pid == 0) {
		(void)dup2(fds[1], 1);
		(void)execlp("ssh-keygen", "ssh-keygen", "-lf", path, NULL);
		_exit(127);
	}
	(void)close(fds[1]);
	f = fdopen(fds[0], "r");
	if (f != NULL && fgets(line, sizeof(line), f) == NULL)
		line[0] = '\0';
	if (f != NULL)
		(void)fclose(f);
	return waitpid(pid, &status, 0) == pid && status == 0 &&
	       sscanf(line, "%*s %255s", line) == 1 &&
	       snprintf(out, size, "%s", line) > 0;
}

static void
test_hostkey__has_the_fingerprint_that_ssh_keygen_prints(void **state)
{
	struct hostkey *k = load(*state);
	char theirs[256];

	assert_int_equal(strncmp(hostkey_fingerprint(k), "SHA256:", 7), 0);
	assert_int_equal(strlen(hostkey_fingerprint(k)), 50);
	if (ask_ssh_keygen(*state, theirs, sizeof(theirs)))
		assert_string_equal(hostkey_fingerprint(k), theirs);
	hostkey_free(k);
}

static void
test_hostkey__is_another_one_each_time_it_is_made(void **state)
{
	struct place *p = *state;
	struct hostkey *a = load(p), *b;
	struct err err = ERR_INIT;

	assert_int_equal(hostkey_create(p->dir, &err), 0);
	b = load(p);
	assert_string_not_equal(hostkey_fingerprint(a), hostkey_fingerprint(b));
	hostkey_free(a);
	hostkey_free(b);
}

static void
expect_refusal(const struct place *p, int code)
{
	struct hostkey *k = NULL;
	struct err err = ERR_INIT;

	assert_int_equal(hostkey_load(&k, p->dir, &err), code);
	assert_null(k);
	assert_true(strlen(err.msg) > 0);
}

static void
test_hostkey__refuses_a_file_that_is_no_key(void **state)
{
	static const char junk[] = "-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA";
	struct place *p = *state;
	struct err err = ERR_INIT;

	assert_int_equal(
		fs_replace_at(p->dir, "hostkey_ed25519", "", 0, 0600, &err), 0);
	expect_refusal(p, PLEIN_ECORRUPT);
	assert_int_equal(fs_replace_at(p->dir, "hostkey_ed25519", junk,
				       sizeof(junk) - 1, 0600, &err),
			 0);
	expect_refusal(p, PLEIN_ECORRUPT);
	assert_int_equal(unlinkat(p->dir, "hostkey_ed25519", 0), 0);
	expect_refusal(p, PLEIN_ENOTFOUND);
}

static void
test_hostkey__warms_up_on_this_libssh(void **state)
{
	struct hostkey *k = load(*state);
	struct err err = ERR_INIT;

	if (hostkey_warm_up(k, &err) != 0)
		fail_msg("%s", err.msg);
	hostkey_free(k);
}

static void
check_cipher(struct hostkey *k, const char *cipher)
{
	struct err err = ERR_INIT;
	bool accepted = false;

	if (warmup_run(k, cipher, false, &accepted, &err) != 0)
		fail_msg("%s: %s", cipher, err.msg);
	assert_true(accepted);
	if (warmup_run(k, cipher, true, &accepted, &err) != 0)
		fail_msg("%s: %s", cipher, err.msg);
	assert_false(accepted);
}

static void
test_warmup__sees_a_falsified_packet_refused(void **state)
{
	struct hostkey *k = load(*state);

	check_cipher(k, GCM);
	check_cipher(k, "chacha20-poly1305@openssh.com");
	check_cipher(k, "aes256-ctr");
	hostkey_free(k);
}

static void
test_warmup__does_not_serve_other_ciphers(void **state)
{
	struct hostkey *k = load(*state);
	struct err err = ERR_INIT;
	bool accepted = false;

	assert_int_not_equal(
		warmup_run(k, "aes128-cbc", false, &accepted, &err), 0);
	assert_false(accepted);
	hostkey_free(k);
}

#define WITH_PLACE(test) \
	cmocka_unit_test_setup_teardown(test, make_place, remove_place)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_PLACE(test_hostkey__is_readable_by_its_owner_only),
		WITH_PLACE(
			test_hostkey__has_the_fingerprint_that_ssh_keygen_prints),
		WITH_PLACE(test_hostkey__is_another_one_each_time_it_is_made),
		WITH_PLACE(test_hostkey__refuses_a_file_that_is_no_key),
		WITH_PLACE(test_hostkey__warms_up_on_this_libssh),
		WITH_PLACE(test_warmup__sees_a_falsified_packet_refused),
		WITH_PLACE(test_warmup__does_not_serve_other_ciphers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
