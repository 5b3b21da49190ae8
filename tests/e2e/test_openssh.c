/*
 * OpenSSH in front: a real sshd on a loopback port with the lines of
 * docs/openssh-in-front.md, which asks the wiki whose a key is and starts
 * `pleind session` for it. What a person sees is as without it.
 */
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
#include <cmocka.h>

#include "appcode.h"
#include "fixture.h"
#include "front.h"
#include "plein/fs.h"
#include "plein/passfd.h"
#include "screen.h"

static struct fixture wiki;
static struct peer sshd; /* `sshd.as` reaches the wiki through it */
static char other[80]; /* a key that belongs to nobody */
static struct appcode app;

static int
start_both(void **state)
{
	(void)state;
	fixture_init(&wiki);
	front_serve(&wiki);
	fixture_make_key(&wiki, "other", other);
	front_start(&sshd, &wiki);
	return 0;
}

static int
stop_both(void **state)
{
	(void)state;
	peer_stop(&sshd);
	assert_int_equal(fixture_stop(&wiki), 0);
	fixture_remove(&wiki);
	return 0;
}

/* ssh through sshd with this key; the test fails when `status` is another or
 * neither output holds `part`. */
static void
ssh(const char *key, const char *const extra[], const char *input, int status,
    const char *part)
{
	const char *argv[FIXTURE_ARGS];
	struct proc_result r;

	(void)fixture_ssh_argv(&sshd.as, key, extra, argv);
	proc_run_text(&r, argv, input, strlen(input));
	if (r.status != status ||
	    (!strstr(r.out.ptr, part) && !strstr(r.err.ptr, part)))
		fail_msg("%d instead of %d, or no \"%s\": %s%s", r.status,
			 status, part, r.out.ptr, r.err.ptr);
	proc_result_release(&r);
}

#define SSH(key, status, part, ...) \
	ssh((key), (const char *const[]){ "-T", __VA_ARGS__, NULL }, "", \
	    (status), (part))

static void
test_openssh__the_key_says_who_it_is(void **state)
{
	(void)state;
	SSH(wiki.key, 0, "tester\tbeheerder", "127.0.0.1", "whoami");
	assert_true(fixture_log_wait(&wiki, "\"peer\":\"127.0.0.1\""));
}

static void
test_openssh__a_key_of_nobody_gets_no_line(void **state)
{
	(void)state;
	SSH(other, 255, "Permission denied", "127.0.0.1", "whoami");
}

/* What `pleind keys` prints for this user and the fixture's key. */
static void
keys(const char *user_name, const char *key, struct proc_result *r)
{
	char script[400];
	const char *argv[] = { "sh", "-c", script, NULL };

	(void)snprintf(script, sizeof(script),
		       "read t k c <%s.pub; exec %s keys %s %s \"$t\" \"$k\"",
		       key, fixture_program("pleind"), wiki.front, user_name);
	proc_run_text(r, argv, "", 0);
}

static void
test_openssh__prints_one_line_and_only_for_its_own_user(void **state)
{
	struct proc_result r;

	(void)state;
	keys(front_user(), wiki.key, &r);
	assert_int_equal(r.status, 0);
	assert_int_equal(strncmp(r.out.ptr, "restrict,pty,command=\"", 22), 0);
	assert_non_null(strstr(r.out.ptr, " --account tester --type "));
	assert_ptr_equal(strchr(r.out.ptr, '\n'), r.out.ptr + r.out.len - 1);
	proc_result_release(&r);
	keys("nobody", wiki.key, &r);
	assert_int_equal(r.status, 0);
	assert_string_equal(r.out.ptr, "");
	proc_result_release(&r);
	keys(front_user(), other, &r);
	assert_int_equal(r.status, 0);
	assert_string_equal(r.out.ptr, "");
	proc_result_release(&r);
}

static void
test_openssh__commands_read_and_write(void **state)
{
	static const char *const save[] = {
		"-T", "127.0.0.1", "save themas/common-ground --base 1", NULL
	};
	static const char *const read[] = { "-T", "127.0.0.1",
					    "read themas/common-ground", NULL };

	(void)state;
	ssh(wiki.key, save,
	    "---\ntitel: Common Ground\n---\n\nVia OpenSSH bewaard.\n", 0, "");
	ssh(wiki.key, read, "", 0, "Via OpenSSH bewaard.");
	SSH(wiki.key, 2, "Deze opdracht bestaat niet", "127.0.0.1", "onzin");
	SSH(wiki.key, 2, "This command does not exist", "-o",
	    "SetEnv=LANG=en_GB.UTF-8", "127.0.0.1", "onzin");
}

static void
test_openssh__no_other_doors(void **state)
{
	(void)state;
	SSH(wiki.key, 255, "", "-o", "ExitOnForwardFailure=yes", "-R",
	    "0:127.0.0.1:1", "127.0.0.1", "whoami");
	SSH(wiki.key, 2, "", "127.0.0.1", "sh -c 'echo binnen'");
	SSH(wiki.key, 1, "Meer kan niet.", "127.0.0.1", "git-shell; id");
}

/* sshd gives a terminal to the group tty, which only root may. */
static void
need_terminal(void)
{
	if (geteuid() == 0)
		return;
	print_message("skipped: sshd has terminals only when root starts it\n");
	skip();
}

static void
test_openssh__shows_the_screen_and_follows_the_window(void **state)
{
	struct screen *s;

	(void)state;
	need_terminal();
	s = screen_open(&sshd.as, 24, 80, NULL, NULL);
	assert_true(screen_wait(s, "Mogelijk maken"));
	screen_resize(s, 12, 40);
	assert_true(screen_wait_gone(s, "Mogelijk maken") ||
		    screen_wait(s, "Agenda"));
	screen_resize(s, 30, 100);
	assert_true(screen_wait(s, "Mogelijk maken"));
	screen_type(s, "\x11");
	assert_int_equal(screen_close(s), 0);
}

/* Who hangs up leaves nothing behind. */
static void
test_openssh__a_lost_line_ends_the_program(void **state)
{
	struct screen *s;

	(void)state;
	need_terminal();
	s = screen_open(&sshd.as, 24, 80, NULL, NULL);
	assert_true(screen_wait(s, "Mogelijk maken"));
	buf_reset(&wiki.seen);
	screen_abandon(s);
	assert_true(fixture_log_wait(&wiki, "\"event\":\"exit\""));
}

static void
git(int status, const char *const args[])
{
	struct proc_result r;

	fixture_git(&sshd.as, args, &r);
	if (r.status != status)
		fail_msg("git %s: %d: %s%s", args[0], r.status, r.out.ptr,
			 r.err.ptr);
	proc_result_release(&r);
}

#define GIT(status, ...) \
	git((status), (const char *const[]){ __VA_ARGS__, NULL })

static void
test_openssh__clones_and_pushes(void **state)
{
	char url[80];

	(void)state;
	(void)snprintf(url, sizeof(url), "ssh://127.0.0.1:%s/agenda",
		       sshd.as.port);
	GIT(0, "clone", "-q", url, "kopie");
	GIT(0, "-C", "kopie", "config", "user.name", "Toos Tester");
	GIT(0, "-C", "kopie", "config", "user.email",
	    "tester@agenda.example.nl");
	GIT(0, "-C", "kopie", "rm", "-q", "themas/common-ground.md");
	GIT(0, "-C", "kopie", "commit", "-qm", "Weg ermee");
	GIT(0, "-C", "kopie", "push", "-q", "origin", "HEAD:main");
	GIT(1, "-C", "kopie", "push", "-q", "origin", "HEAD:refs/heads/x");
	SSH(wiki.key, 4, "verwijderd", "127.0.0.1",
	    "read themas/common-ground");
}

/* ---- the socket itself ---- */

static int
knock(void)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);

	(void)snprintf(at.sun_path, sizeof(at.sun_path), "%s", wiki.front);
	assert_int_equal(connect(fd, (const struct sockaddr *)&at, sizeof(at)),
			 0);
	return fd;
}

/* What comes next holds `part`; NULL: it hangs up. */
static void
hears(int fd, const char *part)
{
	char data[PASSFD_BYTES + 1];
	int fds[PASSFD_MAX], n_fds = 0;
	ssize_t n = passfd_recv(fd, data, fds, &n_fds, NULL);

	for (int i = 0; i < n_fds; i++)
		(void)close(fds[i]);
	if (!part) {
		assert_true(n <= 0);
		return;
	}
	assert_true(n > 0);
	data[n] = '\0';
	assert_non_null(strstr(data, part));
}

static void
say(int fd, const char *text, int n_fds)
{
	const int fds[] = { fd, fd, fd, fd };

	assert_int_equal(passfd_send(fd, text, strlen(text), fds, n_fds, NULL),
			 0);
}

static const char hello[] = "{\"op\":\"hello\",\"peer\":\"192.0.2.1\"}";
static const char spawn[] =
	"{\"op\":\"spawn\",\"kind\":\"command\",\"line\":\"whoami\"}";

static void
test_openssh__nothing_starts_for_who_has_not_signed_in(void **state)
{
	int fd = knock();

	(void)state;
	say(fd, spawn, 3);
	hears(fd, "not signed in");
	say(fd, hello, 0);
	hears(fd, "wiki");
	say(fd, spawn, 3);
	hears(fd, "not signed in");
	say(fd, hello, 0);
	hears(fd, NULL);
	(void)close(fd);
}

static void
test_openssh__unruly_callers_are_hung_up_on(void **state)
{
	static const char *const bad[] = { "{\"op\":\"bound\"}", "{}", "x" };
	int fd;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		fd = knock();
		say(fd, bad[i], 4);
		hears(fd, NULL);
		(void)close(fd);
	}
	for (int i = 0; i < 300; i++) {
		fd = knock();
		say(fd, hello, i % 5);
		(void)close(fd);
	}
	SSH(wiki.key, 0, "tester\tbeheerder", "127.0.0.1", "whoami");
}

/* ---- with a code, which comes last: `tester` has one from then on ---- */

static void
test_openssh__asks_the_code_on_the_terminal(void **state)
{
	const char *const code[] = { "code", NULL };
	struct screen *s;

	(void)state;
	need_terminal();
	s = screen_open(&sshd.as, 50, 100, NULL, code);
	assert_true(screen_wait(s, "Code die de app laat zien (6 cijfers):"));
	appcode_read(&app, s);
	screen_type(s, appcode_next(&app));
	screen_type(s, "\r");
	assert_true(screen_wait(s, "Schrijf deze herstelcodes op."));
	assert_int_equal(screen_close(s), 0);

	s = screen_open(&sshd.as, 24, 80, NULL, NULL);
	assert_true(screen_wait(s, "Code "));
	screen_type(s, "000000\r");
	assert_true(screen_wait(s, "klopt niet"));
	screen_type(s, appcode_next(&app));
	screen_type(s, "\r");
	assert_true(screen_wait(s, "Mogelijk maken"));
	screen_type(s, "\x11");
	assert_int_equal(screen_close(s), 0);
}

static void
test_openssh__no_code_without_a_terminal(void **state)
{
	(void)state;
	need_terminal();
	SSH(wiki.key, 3, "ssh -t", "127.0.0.1", "whoami");
	SSH(wiki.key, 3, "ssh -t", "127.0.0.1", "git-upload-pack 'agenda'");
}

static void
test_openssh__wrong_codes_end_it(void **state)
{
	struct screen *s;

	(void)state;
	need_terminal();
	s = screen_open(&sshd.as, 24, 80, NULL, NULL);
	assert_true(screen_wait(s, "Code "));
	for (int i = 0; i < 8; i++)
		screen_type(s, "000000\r");
	assert_int_equal(screen_close(s), 3);
}

/* sshd goes on, the wiki does not: a sentence, no hanging. */
static void
test_openssh__says_so_when_the_wiki_is_away(void **state)
{
	char words[400];
	const char *argv[] = { "sh", "-c", words, NULL };
	struct proc_result r;

	(void)state;
	assert_int_equal(fixture_stop(&wiki), 0);
	(void)snprintf(words, sizeof(words),
		       "exec %s session %s --account tester --type ssh-ed25519 "
		       "--key AAAA",
		       fixture_program("pleind"), wiki.front);
	proc_run_text(&r, argv, "", 0);
	assert_int_equal(r.status, 7);
	assert_non_null(strstr(r.err.ptr, "the wiki is away"));
	proc_result_release(&r);
	fixture_serve(&wiki);
	SSH(other, 255, "Permission denied", "127.0.0.1", "whoami");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_openssh__the_key_says_who_it_is),
		cmocka_unit_test(test_openssh__a_key_of_nobody_gets_no_line),
		cmocka_unit_test(
			test_openssh__prints_one_line_and_only_for_its_own_user),
		cmocka_unit_test(test_openssh__commands_read_and_write),
		cmocka_unit_test(test_openssh__no_other_doors),
		cmocka_unit_test(
			test_openssh__shows_the_screen_and_follows_the_window),
		cmocka_unit_test(test_openssh__a_lost_line_ends_the_program),
		cmocka_unit_test(test_openssh__clones_and_pushes),
		cmocka_unit_test(
			test_openssh__nothing_starts_for_who_has_not_signed_in),
		cmocka_unit_test(test_openssh__unruly_callers_are_hung_up_on),
		cmocka_unit_test(test_openssh__asks_the_code_on_the_terminal),
		cmocka_unit_test(test_openssh__no_code_without_a_terminal),
		cmocka_unit_test(test_openssh__wrong_codes_end_it),
		cmocka_unit_test(test_openssh__says_so_when_the_wiki_is_away),
	};

	return cmocka_run_group_tests(tests, start_both, stop_both);
}
