/*
 * swarm.c - see swarm.h. One loop hears all sockets and keeps all paces; with
 * poll() most of a processor went to looking at those that have nothing. A
 * key is answered when its letter has come back: what a terminal gets for a
 * letter behind the others is that letter. Behind the other keys is awaited
 * what the screen says then.
 */
#include "swarm.h"

#include <libssh/libssh.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "measure.h"
#include "plein/mem.h"
#include "prose.h"

#define ACCOUNTS 50 /* at least as many as savers, who share none */
#define TAIL 256 /* bytes of a screen that are looked through at once, twice */
#define LINE_KEYS 60 /* then Enter */
#define STUCK_S 30.0
#define EVENTS 64 /* heard at once */
#define LETTERS "aeioun" /* no sequence for the terminal has one of these */

/* One key, and what shows that it was answered (NULL: the letter itself). */
struct stroke {
	const char *key, *answer;
};

static const struct stroke letter = { NULL, NULL };
static const struct stroke new_line = { "\r", "" };

/* A saver's round; the time of the third is that of a save. */
static const struct stroke round_of_saver[] = {
	{ NULL, NULL },
	{ "\x13", "Mag leeg blijven" },
	{ "\r", "Opgeslagen als versie" },
	{ "b", "Ctrl-S" },
};

enum { ROUND = sizeof(round_of_saver) / sizeof(round_of_saver[0]), SAVES = 2 };

struct person {
	ssh_session session;
	ssh_channel channel;
	bool saver;
	int n; /* strokes so far */
	struct stroke stroke; /* the last one */
	char key[2];
	bool waiting; /* for its answer */
	double due; /* of that stroke, and then of the next */
	char tail[2 * TAIL + 1];
	size_t len;
};

struct swarm {
	const struct fixture *f;
	const struct swarm_plan *plan;
	ssh_key keys[ACCOUNTS];
	struct person *people;
	int ears; /* epoll, of all sessions */
	double begun; /* of counting */
	struct swarm_times *times;
};

/* ---- coming in ---- */

static void
add_account(struct swarm *w, int i)
{
	char name[24], path[80];
	struct fixture at = *w->f;

	(void)snprintf(name, sizeof(name), "schrijver%d", w->plan->first + i);
	fixture_add_person(&at, name, name, "redacteur", path);
	if (ssh_pki_import_privkey_file(path, NULL, NULL, NULL, &w->keys[i]) !=
	    SSH_OK)
		die("no key of %s", name);
}

static ssh_session
connect_as(const struct swarm *w, ssh_key key)
{
	const bool no = false;
	const int port = (int)strtol(w->f->port, NULL, 10);
	const long patience = (long)STUCK_S;
	ssh_session s = ssh_new();

	(void)ssh_options_set(s, SSH_OPTIONS_PROCESS_CONFIG, &no);
	(void)ssh_options_set(s, SSH_OPTIONS_HOST, "127.0.0.1");
	(void)ssh_options_set(s, SSH_OPTIONS_PORT, &port);
	(void)ssh_options_set(s, SSH_OPTIONS_USER, "iemand");
	(void)ssh_options_set(s, SSH_OPTIONS_KNOWNHOSTS, "/dev/null");
	(void)ssh_options_set(s, SSH_OPTIONS_TIMEOUT, &patience);
	if (ssh_connect(s) != SSH_OK ||
	    ssh_userauth_publickey(s, NULL, key) != SSH_AUTH_SUCCESS)
		die("not let in: %s", ssh_get_error(s));
	return s;
}

/* What came, behind what is kept of it; false at the end. */
static bool
take_bytes(struct person *p)
{
	int n;

	if (p->len > TAIL) {
		memmove(p->tail, p->tail + p->len - TAIL, TAIL);
		p->len = TAIL;
	}
	n = ssh_channel_read_nonblocking(p->channel, p->tail + p->len, TAIL, 0);
	if (n > 0)
		p->len += (size_t)n;
	p->tail[p->len] = '\0';
	return n > 0;
}

static void
await_text(struct person *p, const char *text)
{
	struct pollfd fd = { ssh_get_fd(p->session), POLLIN, 0 };
	double end = measure_now() + STUCK_S;

	while (!strstr(p->tail, text)) {
		if (measure_now() > end)
			die("\"%s\" never came: %s", text, p->tail);
		if (!take_bytes(p))
			(void)poll(&fd, 1, 1000);
	}
	p->len = 0;
}

static void
type(struct person *p, const char *key)
{
	if (ssh_channel_write(p->channel, key, (uint32_t)strlen(key)) < 0)
		die("a session has gone: %s", ssh_get_error(p->session));
}

/* What one person does is done in order: a save waits for their drafts. */
static int
account_of(const struct swarm *w, int i)
{
	int savers = w->plan->savers;

	return i < savers ? i : savers + i % (ACCOUNTS - savers);
}

static void
listen_to(struct swarm *w, struct person *p)
{
	struct epoll_event e = { EPOLLIN, { .ptr = p } };

	if (epoll_ctl(w->ears, EPOLL_CTL_ADD, ssh_get_fd(p->session), &e) < 0)
		die("epoll_ctl");
}

static void
enter_editor(struct swarm *w, int i)
{
	struct person *p = &w->people[i];
	char address[PROSE_ADDRESS];

	prose_address(w->plan->first + i, address);
	p->session = connect_as(w, w->keys[account_of(w, i)]);
	p->channel = ssh_channel_new(p->session);
	if (ssh_channel_open_session(p->channel) != SSH_OK ||
	    ssh_channel_request_pty_size(p->channel, "xterm-256color", 80,
					 24) != SSH_OK ||
	    ssh_channel_request_exec(p->channel, address) != SSH_OK)
		die("no session: %s", ssh_get_error(p->session));
	await_text(p, "Hulp");
	type(p, "b");
	await_text(p, "Ctrl-S");
	ssh_set_blocking(p->session, 0);
	p->saver = i < w->plan->savers;
	listen_to(w, p);
}

static void
let_in(struct swarm *w)
{
	double begun, took;

	for (int i = 0; i < ACCOUNTS; i++)
		add_account(w, i);
	for (int i = 0; i < w->plan->people; i++) {
		begun = measure_now();
		enter_editor(w, i);
		took = (measure_now() - begun) * 1000;
		if (took > w->times->slowest_login_ms)
			w->times->slowest_login_ms = took;
	}
}

/* ---- typing ---- */

static struct stroke
choose_stroke(const struct person *p)
{
	if (p->saver)
		return round_of_saver[p->n % ROUND];
	return p->n % LINE_KEYS == LINE_KEYS - 1 ? new_line : letter;
}

static void
strike(struct person *p)
{
	p->stroke = choose_stroke(p);
	p->key[0] = p->stroke.key ? *p->stroke.key
				  : LETTERS[p->n % (int)strlen(LETTERS)];
	p->len = 0;
	p->tail[0] = '\0';
	p->waiting = true;
	type(p, p->key);
}

static bool
is_answered(const struct person *p)
{
	if (!p->stroke.key)
		return strchr(p->tail, p->key[0]) != NULL;
	return p->len > 0 && strstr(p->tail, p->stroke.answer) != NULL;
}

/* Letters and saves are counted; what a screen takes to open is not. */
static void
count(struct swarm *w, const struct person *p, double now)
{
	double ms = (now - p->due) * 1000;

	if (p->due < w->begun)
		return;
	if (!p->stroke.key)
		w->times->keys_ms[w->times->n_keys++] = ms;
	else if (p->saver && p->n % ROUND == SAVES)
		w->times->saves_ms[w->times->n_saves++] = ms;
}

static void
hear(struct swarm *w, struct person *p)
{
	while (take_bytes(p)) {
		if (!p->waiting || !is_answered(p))
			continue;
		count(w, p, measure_now());
		p->waiting = false;
		p->due += 1 / w->plan->keys;
		p->n++;
	}
	if (ssh_channel_is_eof(p->channel))
		die("a session has ended: %s", p->tail);
}

/* Milliseconds until the next key. */
static int
strike_due(struct swarm *w)
{
	double now = measure_now(), next = now + 1;
	struct person *p;

	for (int i = 0; i < w->plan->people; i++) {
		p = &w->people[i];
		if (p->waiting && now > p->due + STUCK_S)
			die("%d keys, the last has no answer: %s", p->n,
			    p->tail);
		if (!p->waiting && p->due <= now) {
			strike(p);
			hear(w, p); /* libssh reads while it writes */
		}
		if (!p->waiting && p->due < next)
			next = p->due;
	}
	return (int)((next - now) * 1000);
}

/* Seconds until the first key: a part of the time between two; and a saver is
 * anywhere in their round. */
static double
first_pause(const struct swarm *w, int i, unsigned short chance[3])
{
	const struct swarm_plan *plan = w->plan;
	double keys = erand48(chance);

	if (plan->together)
		return i / (plan->people * plan->keys);
	if (w->people[i].saver)
		keys += (int)(erand48(chance) * ROUND);
	return keys / plan->keys;
}

static void
type_all(struct swarm *w)
{
	struct epoll_event events[EVENTS];
	unsigned short chance[3] = { 1, 2, 3 };
	int n = w->plan->people, heard;
	double now = measure_now();

	for (int i = 0; i < n; i++)
		w->people[i].due = now + first_pause(w, i, chance);
	w->begun = now + w->plan->warm_s;
	while (measure_now() < w->begun + w->plan->seconds) {
		heard = epoll_wait(w->ears, events, EVENTS, strike_due(w));
		for (int i = 0; i < heard; i++)
			hear(w, events[i].data.ptr);
	}
}

void
swarm_run(const struct fixture *f, const struct swarm_plan *plan,
	  struct swarm_times *out)
{
	struct swarm w = { .f = f, .plan = plan, .times = out };
	size_t n = (size_t)plan->people, most;

	most = (size_t)(plan->seconds * plan->keys + 2) * n;
	w.people = mem_array(n, sizeof(*w.people));
	w.ears = epoll_create1(EPOLL_CLOEXEC);
	if (w.ears < 0)
		die("epoll_create1");
	memset(out, 0, sizeof(*out));
	out->keys_ms = mem_array(most, sizeof(double));
	out->saves_ms = mem_array(most, sizeof(double));
	let_in(&w);
	type_all(&w);
	for (size_t i = 0; i < n; i++) {
		ssh_disconnect(w.people[i].session);
		ssh_free(w.people[i].session);
	}
	for (int i = 0; i < ACCOUNTS; i++)
		ssh_key_free(w.keys[i]);
	free(w.people);
	(void)close(w.ears);
}

void
swarm_release(struct swarm_times *t)
{
	free(t->keys_ms);
	free(t->saves_ms);
}
