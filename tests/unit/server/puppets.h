/*
 * puppets.h - in place of the processes that a supervisor forks, for its
 * test: a connection that passes on what the test says over TCP, a wiki
 * process that signs in whoever asks, and one that spells.
 */
#ifndef PLEIN_TEST_PUPPETS_H
#define PLEIN_TEST_PUPPETS_H

#include <fcntl.h>
#include <jansson.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "house.h"
#include "notice.h"
#include "ssh/conn.h"

#define PATIENCE_MS 20000
#define PUPPETS 512 /* most connections a puppet wiki keeps */

/* Line by line from the peer to the monitor; what comes back, to the peer:
 * the message, and how many descriptors came. "read N" reads from the N-th
 * descriptor that came, "close N" closes it, "stream TEXT" talks to the
 * wiki. */
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

/* Nobody may get at the keys in its memory. */
static void
expect_no_dumps(void)
{
	struct rlimit core;

	if (getrlimit(RLIMIT_CORE, &core) < 0 || core.rlim_max != 0)
		_exit(10);
#ifndef __SANITIZE_ADDRESS__ /* which needs to look into it */
	if (prctl(PR_GET_DUMPABLE) == 1)
		_exit(11);
#endif
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
	} else if (strncmp(line, "close ", 6) == 0) {
		(void)close(p->fds[line[6] - '0']);
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
	expect_no_dumps();
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
		for (char *rest = line, *one; (one = strsep(&rest, "\n"));)
			obey(&p, one);
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
	char told[256]; /* about git */
	json_t *haves; /* asked last; answered when that git is over */
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

/* Everybody reads in "zorg", and nobody knows of another space. */
static void
say_role(const struct puppet_wiki *w, const json_t *msg)
{
	const char *space = notice_text(msg, "space");

	(void)notice_send(
		w->control,
		json_pack("{s:s,s:O,s:s,s:s}", "op", "may", "conn",
			  json_object_get(msg, "conn"), "space", space, "role",
			  strcmp(space, "zorg") == 0 ? "lezer" : "none"),
		NULL, 0, NULL);
}

/* Whatever they have was erased; of "mute" nothing is said ever. */
static void
say_erased(const struct puppet_wiki *w, const json_t *msg)
{
	if (!msg || strcmp(notice_text(msg, "ids"), "mute") == 0)
		return;
	(void)notice_send(w->control,
			  json_pack("{s:s,s:O,s:s}", "op", "haves", "conn",
				    json_object_get(msg, "conn"), "date",
				    "2026-03-12"),
			  NULL, 0, NULL);
}

/* That git works, and how it ended: whoever signs in reads so. */
static void
note_git(struct puppet_wiki *w, const json_t *msg)
{
	const char *space = notice_text(msg, "space");
	size_t len = strlen(w->told);

	if (space)
		(void)snprintf(w->told + len, sizeof(w->told) - len,
			       "%s of %s\n",
			       json_is_true(json_object_get(msg, "again"))
				       ? "git again"
				       : "git",
			       space);
	else
		(void)snprintf(w->told + len, sizeof(w->told) - len, "%s %d\n",
			       json_is_true(json_object_get(msg, "ended"))
				       ? "over, ended"
				       : "over",
			       (int)json_integer_value(
				       json_object_get(msg, "status")));
	if (space)
		return;
	say_erased(w, w->haves);
	json_decref(w->haves);
	w->haves = NULL;
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
	else if (strcmp(notice_text(msg, "op"), "may") == 0)
		say_role(w, msg);
	else if (strcmp(notice_text(msg, "op"), "haves") == 0)
		w->haves = json_incref(msg);
	else if (strcmp(notice_text(msg, "op"), "git") == 0 ||
		 strcmp(notice_text(msg, "op"), "over") == 0)
		note_git(w, msg);
	json_decref(msg);
}

static void
sign_in(struct puppet_wiki *w, int i)
{
	char name[64], text[sizeof(w->told) + 16];
	ssize_t n = read(w->stream[i], name, sizeof(name) - 1);

	if (n <= 0) {
		w->stream[i] = -1;
		return;
	}
	name[n] = '\0';
	if (strcmp(name, "crash") == 0)
		_exit(1);
	if (strncmp(name, "end ", 4) == 0) {
		(void)notice_send(w->control,
				  json_pack("{s:s,s:s,s:s}", "op", "end",
					    "account", "ann", "why", name + 4),
				  NULL, 0, NULL);
		say(w->stream[i], "done\n");
		return;
	}
	if (strncmp(name, "doubt ", 6) == 0) {
		(void)notice_send(w->control,
				  json_pack("{s:s,s:s,s:s}", "op", "given",
					    "account", "ann", "space",
					    name + 6),
				  NULL, 0, NULL);
		say(w->stream[i], "done\n");
		return;
	}
	if (strcmp(name, "spell") == 0) {
		(void)notice_send(w->control, json_pack("{s:s}", "op", name),
				  NULL, 0, NULL);
		return;
	}
	(void)notice_send(w->control,
			  json_pack("{s:s,s:I,s:s,s:s,s:s,s:s}", "op", "bound",
				    "conn", w->conn[i], "account", name, "key",
				    "SHA256:k", "language", "", "role",
				    "lezer"),
			  NULL, 0, NULL);
	(void)snprintf(text, sizeof(text), "signed in\n%s", w->told);
	say(w->stream[i], text);
}

static int
play_wiki(int data, int lock, int control)
{
	struct puppet_wiki w = { .control = control };
	struct pollfd fds[PUPPETS + 1];

	expect_descriptors(3 + 3);
	expect_no_dumps();
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

static const struct house_jobs puppets = { play_wiki, play_connection,
					   play_spell };
static const struct house_jobs broken = { fail_wiki, play_connection,
					  play_spell };

#endif
