/* Other people's ssh clients: PuTTY's plink, dropbear's dbclient, and paramiko
 * (with a script that is used as they are). */
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "fixture.h"
#include "screen.h"

#define WORDS_MAX 24

static struct fixture wiki;
static char fingerprint[80]; /* of the host key, as plink wants it */
static char ppk[96], dropbear[96]; /* the tester's key in their formats */
static char script[PATH_MAX]; /* paramiko's */

static void
run_or_fail(struct proc_result *r, const char *const argv[])
{
	proc_run(r, argv, wiki.dir, NULL, 30000);
	if (r->status != 0)
		fail_msg("%s: %d: %s%s", argv[0], r->status, r->out.ptr,
			 r->err.ptr);
}

static void
convert_keys(void)
{
	const char *putty[] = { "puttygen", wiki.key, "-O", "private",
				"-o",	    ppk,      NULL };
	const char *bear[] = { "dropbearconvert", "openssh", "dropbear",
			       wiki.key,	  dropbear,  NULL };
	struct proc_result r;

	(void)snprintf(ppk, sizeof(ppk), "%s.ppk", wiki.key);
	(void)snprintf(dropbear, sizeof(dropbear), "%s.db", wiki.key);
	run_or_fail(&r, putty);
	proc_result_release(&r);
	run_or_fail(&r, bear);
	proc_result_release(&r);
}

/* "256 SHA256:… comment (ED25519)" */
static void
read_fingerprint(void)
{
	char file[112];
	const char *argv[] = { "ssh-keygen", "-lf", file, NULL };
	struct proc_result r;
	const char *at;

	(void)snprintf(file, sizeof(file), "%s/hostkey_ed25519.pub", wiki.data);
	run_or_fail(&r, argv);
	at = strstr(r.out.ptr, "SHA256:");
	assert_non_null(at);
	(void)snprintf(fingerprint, sizeof(fingerprint), "%.*s",
		       (int)strcspn(at, " "), at);
	proc_result_release(&r);
}

static int
start_wiki(void **state)
{
	(void)state;
	fixture_start(&wiki);
	assert_non_null(realpath("tests/e2e/signing.py", script));
	/* Two keep what they know of hosts in the home folder. */
	assert_int_equal(setenv("HOME", wiki.dir, 1), 0);
	convert_keys();
	read_fingerprint();
	return 0;
}

static int
stop_wiki(void **state)
{
	(void)state;
	assert_int_equal(fixture_stop(&wiki), 0);
	fixture_remove(&wiki);
	return 0;
}

struct client {
	const char *words[WORDS_MAX]; /* NULL-terminated */
	size_t n;
};

static void
add_words(struct client *c, const char *const words[])
{
	for (size_t i = 0; words[i]; i++)
		c->words[c->n++] = words[i];
	c->words[c->n] = NULL;
}

#define ADD(c, ...) add_words((c), (const char *const[]){ __VA_ARGS__, NULL })

static void
use_plink(struct client *c)
{
	ADD(c, "plink", "-batch", "-ssh", "-P", wiki.port, "-hostkey",
	    fingerprint, "-i", ppk);
}

static void
use_dbclient(struct client *c)
{
	ADD(c, "dbclient", "-y", "-y", "-p", wiki.port, "-i", dropbear);
}

static void
use_paramiko(struct client *c)
{
	ADD(c, "/usr/bin/python3", script, wiki.port, "client", wiki.key);
}

static void (*const clients[])(struct client *c) = { use_plink, use_dbclient,
						     use_paramiko };

#define N_CLIENTS (sizeof(clients) / sizeof(clients[0]))

static void
ask(size_t client, const char *command, int status, const char *part)
{
	struct client c = { .n = 0 };
	struct proc_result r;

	clients[client](&c);
	ADD(&c, "iemand@127.0.0.1", command);
	proc_run(&r, c.words, wiki.dir, NULL, 30000);
	if (r.status != status ||
	    (!strstr(r.out.ptr, part) && !strstr(r.err.ptr, part)))
		fail_msg("%s %s: %d: %s%s", c.words[0], command, r.status,
			 r.out.ptr, r.err.ptr);
	proc_result_release(&r);
}

static void
test_clients__run_commands_with_a_key(void **state)
{
	(void)state;
	for (size_t i = 0; i < N_CLIENTS; i++) {
		ask(i, "help", 0, "lees, read");
		ask(i, "read themas/common-ground", 0, "visie van gemeenten");
		ask(i, "read onzin", 4, "bestaat niet");
		ask(i, "whoami", 0, "tester\tbeheerder");
	}
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

static void
test_clients__show_the_screen(void **state)
{
	(void)state;
	for (size_t i = 0; i < N_CLIENTS; i++) {
		struct client c = { .n = 0 };
		struct screen *s;

		clients[i](&c);
		ADD(&c, "-t", "iemand@127.0.0.1");
		s = screen_run(24, 80, NULL, c.words);
		see(s, "Mogelijk maken");
		see(s, "? Hulp");
		screen_type(s, "\r");
		see(s, "Deze doelstelling gaat over de basis op orde");
		screen_resize(s, 16, 60);
		see(s, "b Bewerken  d Bespreken  h Geschiedenis  m Menu");
		screen_type(s, "\x11");
		assert_int_equal(screen_close(s), 0);
	}
}

/* git with this client, in the folder of the test. */
static void
git(size_t client, const char *words)
{
	struct client c = { .n = 0 };
	struct proc_result r;
	struct buf line = BUF_INIT;
	const char *argv[] = { "sh", "-c", NULL, NULL };

	clients[client](&c);
	buf_str(&line, "GIT_SSH_VARIANT=simple GIT_SSH_COMMAND='");
	for (size_t i = 0; i < c.n; i++)
		buf_printf(&line, "%s ", c.words[i]);
	buf_printf(&line,
		   "' git -c user.name=Toos -c "
		   "user.email=tester@agenda.example.nl %s",
		   words);
	argv[2] = line.ptr;
	run_or_fail(&r, argv);
	proc_result_release(&r);
	buf_release(&line);
}

static void
test_clients__clone_and_push(void **state)
{
	char words[128];

	(void)state;
	for (size_t i = 0; i < N_CLIENTS; i++) {
		(void)snprintf(words, sizeof(words),
			       "clone -q iemand@127.0.0.1:agenda kopie%zu", i);
		git(i, words);
		(void)snprintf(
			words, sizeof(words),
			"-C kopie%zu commit -q --allow-empty -m 'van %zu'", i,
			i);
		git(i, words);
		(void)snprintf(words, sizeof(words),
			       "-C kopie%zu push -q origin HEAD:main", i);
		git(i, words);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_clients__run_commands_with_a_key),
		cmocka_unit_test(test_clients__show_the_screen),
		cmocka_unit_test(test_clients__clone_and_push),
	};

	return cmocka_run_group_tests(tests, start_wiki, stop_wiki);
}
