/*
 * The line is cut while people type: what was typed two seconds before is in
 * a draft, and the draft is offered when they come back. PLEIN_LONG in the
 * environment cuts 10,000 times.
 */
#include <jansson.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <cmocka.h>

#include "plein/clock.h"
#include "plein/mem.h"
#include "screen.h"
#include "served.h"

#ifdef __SANITIZE_ADDRESS__
#define CUTS 36 /* logging in takes three times as long */
#else
#define CUTS 100
#endif
#define CUTS_LONG 10000
#define AT_ONCE 12
#define LOSS_MS 2000 /* of typing, at most */
#define WORD_MS 50 /* from one word to the next */
#define CUT_FROM_MS 500
#define CUT_MS 2800 /* at random in so much after that */
#define WORDS ((CUT_FROM_MS + CUT_MS) / WORD_MS + 1)
#define PATIENCE_MS 10000

static const char *const pages[AT_ONCE] = {
	"algoritmen-en-ai",	 "bestuur-en-bevoegdheden",
	"bewustzijn-en-oefenen", "common-ground",
	"connectiviteit",	 "data-voor-opgaven",
	"digitale-democratie",	 "digitale-inclusie",
	"digitale-toegang",	 "inkoop-en-leveranciers",
	"platformeconomie",	 "risicogericht-handelen",
};

/*
 * What is killed, with SIGKILL. The wiki process goes once a round, at its
 * end: for the others it would be a second fault.
 */
enum victim { SSH, CONNECTION, CLIENT, WIKI_AND_SSH, VICTIMS };

static const char *const victims[VICTIMS] = { "ssh", "connection", "client",
					      "wiki and ssh" };

struct typist {
	const char *page;
	struct screen *screen;
	pid_t connection, client;
	enum victim victim;
	int64_t typed[WORDS]; /* when, by number */
	int n;
	int64_t next, cut_at, cut; /* cut: when it was, or 0 */
};

struct round {
	struct typist typists[AT_ONCE];
	bool left[AT_ONCE]; /* a draft, from the round before */
	int n;
	int number;
};

static void
see(struct screen *s, const char *text)
{
	struct buf all = BUF_INIT;

	if (screen_wait(s, text))
		return;
	screen_text(s, &all);
	fail_msg("\"%s\" never came:\n%s", text, all.ptr);
}

/* --- typing ----------------------------------------------------------- */

/* Until the screen holds one of the two: is it the first? */
static bool
see_either(struct screen *s, const char *first, const char *second)
{
	int64_t deadline = clock_mono_ms() + PATIENCE_MS;
	struct buf all = BUF_INIT;
	bool found = false;

	do {
		buf_reset(&all);
		screen_text(s, &all);
		found = strstr(all.ptr, first) != NULL;
		if (found || strstr(all.ptr, second))
			break;
	} while (screen_step(s, (int)(deadline - clock_mono_ms())));
	if (!found && !strstr(all.ptr, second))
		fail_msg("neither \"%s\" nor \"%s\" came:\n%s", first, second,
			 all.ptr);
	buf_release(&all);
	return found;
}

/*
 * A draft that was left is offered; the saved text is what goes on. One that
 * was not there when it was looked for may have come since.
 */
static void
open_editor(struct typist *t, bool draft_left)
{
	bool offered;
	char address[64];
	const char *const extra[] = { address, NULL };

	(void)snprintf(address, sizeof(address), "themas/%s", t->page);
	t->screen = screen_open(&wiki, 24, 80, NULL, extra);
	see(t->screen, "b Bewerken");
	t->connection = fixture_find(&wiki, "pleind: connection");
	t->client = fixture_find(&wiki, "plein screen");
	assert_true(t->connection > 0 && t->client > 0);
	screen_type(t->screen, "b");
	offered = see_either(t->screen, "Je hebt een klad van vandaag",
			     "Ctrl-S Opslaan");
	if (draft_left && !offered)
		fail_msg("%s: the draft is not offered", t->page);
	if (offered)
		screen_type(t->screen, "3");
	see(t->screen, "Ctrl-S Opslaan");
}

static void
type_word(const struct round *r, struct typist *t, int64_t now)
{
	char word[32];

	if (t->n >= WORDS)
		return;
	(void)snprintf(word, sizeof(word), "r%dw%d ", r->number, t->n);
	t->typed[t->n++] = now;
	t->next = now + WORD_MS;
	screen_type(t->screen, word);
}

static void
kill_process(pid_t pid)
{
	assert_true(pid > 0);
	assert_int_equal(kill(pid, SIGKILL), 0);
}

static void
cut(struct typist *t)
{
	t->cut = clock_mono_ms();
	if (t->victim == WIKI_AND_SSH)
		kill_process(fixture_find(&wiki, "pleind: wiki"));
	if (t->victim == CONNECTION)
		kill_process(t->connection);
	if (t->victim == CLIENT)
		kill_process(t->client);
	screen_abandon(t->screen);
	t->screen = NULL;
}

/* What everybody does next, and the milliseconds until then; -1: all cut. */
static int
take_turns(struct round *r)
{
	int64_t now = clock_mono_ms(), next = INT64_MAX;
	struct typist *t;
	int i;

	for (i = 0; i < r->n; i++) {
		t = &r->typists[i];
		if (t->cut)
			continue;
		if (now >= t->cut_at) {
			cut(t);
			continue;
		}
		if (now >= t->next)
			type_word(r, t, now);
		next = t->next < next ? t->next : next;
		next = t->cut_at < next ? t->cut_at : next;
	}
	if (next == INT64_MAX)
		return -1;
	now = clock_mono_ms();
	return next > now ? (int)(next - now) : 0;
}

/* Terminals read what they are sent. */
static void
read_screens(struct round *r, int ms)
{
	struct pollfd fds[AT_ONCE];
	struct typist *t;
	int i;

	for (i = 0; i < r->n; i++) {
		t = &r->typists[i];
		fds[i] = (struct pollfd){ t->screen ? screen_fd(t->screen) : -1,
					  POLLIN, 0 };
	}
	if (poll(fds, (nfds_t)r->n, ms) <= 0)
		return;
	for (i = 0; i < r->n; i++)
		if (fds[i].revents & POLLIN)
			(void)screen_step(r->typists[i].screen, 0);
}

static void
type_until_cut(struct round *r)
{
	int64_t now = clock_mono_ms();
	int i, ms;

	for (i = 0; i < r->n; i++) {
		r->typists[i].next = now;
		r->typists[i].cut_at = now + CUT_FROM_MS + random() % CUT_MS;
		if (r->typists[i].victim == WIKI_AND_SSH)
			r->typists[i].cut_at = now + CUT_FROM_MS + CUT_MS;
	}
	while ((ms = take_turns(r)) >= 0)
		read_screens(r, ms);
}

/* --- what is left ----------------------------------------------------- */

/* The texts of the drafts, or NULL where there is none; json_decref. */
static json_t *
read_drafts(const struct round *r)
{
	struct buf ask = BUF_INIT;
	json_t *texts = json_object(), *m;
	struct proc_result answer;
	char *line, *save = NULL;
	int i;

	for (i = 0; i < r->n; i++)
		buf_printf(&ask,
			   "{\"jsonrpc\":\"2.0\",\"id\":%d,"
			   "\"method\":\"draft.read\",\"params\":"
			   "{\"address\":\"themas/%s\"}}\n",
			   i, r->typists[i].page);
	fixture_ssh(&wiki, "api", ask.ptr, &answer);
	for (line = strtok_r(answer.out.ptr, "\n", &save); line;
	     line = strtok_r(NULL, "\n", &save)) {
		m = json_loads(line, 0, NULL);
		i = (int)json_integer_value(json_object_get(m, "id"));
		if (json_object_get(m, "result"))
			(void)json_object_set(
				texts, r->typists[i].page,
				json_object_get(json_object_get(m, "result"),
						"text"));
		json_decref(m);
	}
	proc_result_release(&answer);
	buf_release(&ask);
	return texts;
}

/* How many ms before the cut was the first word typed that is not there? */
static int64_t
measure_loss(const struct round *r, const struct typist *t, const char *text)
{
	char word[32];
	int i;

	for (i = 0; i < t->n; i++) {
		(void)snprintf(word, sizeof(word), "r%dw%d ", r->number, i);
		if (!text || !strstr(text, word))
			return t->cut - t->typed[i];
	}
	return 0;
}

/* The largest loss of a round, and whose it is. */
static int64_t
measure_round(struct round *r, const struct typist **whose)
{
	json_t *texts = read_drafts(r);
	const char *text;
	int64_t loss, most = 0;
	int i;

	*whose = &r->typists[0];
	for (i = 0; i < r->n; i++) {
		text = json_string_value(
			json_object_get(texts, r->typists[i].page));
		r->left[i] = text != NULL;
		loss = measure_loss(r, &r->typists[i], text);
		if (loss <= most)
			continue;
		most = loss;
		*whose = &r->typists[i];
	}
	json_decref(texts);
	return most;
}

/* Who was hung up on gets to send the last of it: that takes a moment. */
static int64_t
check_round(struct round *r, unsigned seed)
{
	int64_t deadline = clock_mono_ms() + PATIENCE_MS;
	const struct typist *whose;
	int64_t loss = measure_round(r, &whose);

	while (loss > LOSS_MS && clock_mono_ms() < deadline)
		loss = measure_round(r, &whose);
	if (loss > LOSS_MS)
		fail_msg("seed %u, round %d: %lld ms lost on %s, killed: %s",
			 seed, r->number, (long long)loss, whose->page,
			 victims[whose->victim]);
	return loss;
}

static void
begin_round(struct round *r, int number, int done, int cuts)
{
	int i;

	memset(r->typists, 0, sizeof(r->typists));
	r->number = number;
	r->n = cuts - done < AT_ONCE ? cuts - done : AT_ONCE;
	for (i = 0; i < r->n; i++) {
		r->typists[i].page = pages[i];
		r->typists[i].victim =
			i == 0 ? WIKI_AND_SSH : (enum victim)(i % WIKI_AND_SSH);
		open_editor(&r->typists[i], r->left[i]);
	}
}

static void
test_drafts__a_cut_line_costs_two_seconds_at_most(void **state)
{
	int cuts = getenv("PLEIN_LONG") ? CUTS_LONG : CUTS;
	unsigned seed = (unsigned)time(NULL);
	int64_t loss, most = 0;
	struct round *r = mem_alloc(sizeof(*r));
	int done, number;

	(void)state;
	srandom(seed);
	for (done = number = 0; done < cuts; done += r->n, number++) {
		begin_round(r, number, done, cuts);
		type_until_cut(r);
		loss = check_round(r, seed);
		most = loss > most ? loss : most;
	}
	print_message("%d cuts, at most %lld ms of typing lost\n", done,
		      (long long)most);
	free(r);
}

/* Told that the wiki stops, the editor sends what it has at once. */
static void
test_drafts__a_stop_costs_nothing(void **state)
{
	struct round *r = mem_alloc(sizeof(*r));
	struct typist *t = &r->typists[0];
	const struct typist *whose;
	int i;

	(void)state;
	r->n = 1;
	r->number = 9999;
	t->page = "principes-digitale-samenleving";
	open_editor(t, false);
	for (i = 0; i < 10; i++)
		type_word(r, t, clock_mono_ms());
	see(t->screen, "r9999w9");
	t->cut = clock_mono_ms() + 1; /* every word is before it */
	assert_int_equal(fixture_stop(&wiki), 0);
	(void)screen_close(t->screen);
	fixture_serve(&wiki);
	assert_int_equal(measure_round(r, &whose), 0);
	free(r);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			test_drafts__a_cut_line_costs_two_seconds_at_most),
		cmocka_unit_test(test_drafts__a_stop_costs_nothing),
	};

	return cmocka_run_group_tests(tests, start_wiki, stop_wiki);
}
