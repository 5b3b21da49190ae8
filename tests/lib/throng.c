/*
 * throng.c - see throng.h. The id of a request tells its writer; each copy
 * of one that is sent twice has another.
 */
#include "throng.h"

#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include <jansson.h>

#include "plein/clock.h"
#include "plein/mem.h"
#include "plein/rpc.h"

#define PATIENCE_MS 60000 /* without any answer */
#define TRIES 200
#define ONE_IN 8 /* requests are sent twice */
#define COPIES 1000 /* ids of one writer */

enum phase { IDLE, CREATING, READING, SAVING, REPEATING };

unsigned
throng_choose(struct throng *t, unsigned n)
{
	t->seed = t->seed * 1103515245U + 12345U;
	return (t->seed >> 8) % n;
}

/* --- connections -------------------------------------------------------- */

void
throng_accounts(struct throng *t, struct fixture *f, int n)
{
	char handle[24];
	int i;

	memset(t, 0, sizeof(*t));
	t->fixture = f;
	t->seed = 1;
	t->n_keys = n;
	(void)snprintf(t->keys[0], sizeof(t->keys[0]), "%s", f->key);
	for (i = 1; i < n; i++) {
		(void)snprintf(handle, sizeof(handle), "schrijver%d", i);
		fixture_add_person(f, handle, handle, "redacteur", t->keys[i]);
	}
}

static int
number_of(const struct throng *t, const struct writer *w)
{
	return (int)(w - t->writers);
}

/* The request as it was made, or once more. */
static void
put_request(struct throng *t, struct writer *w)
{
	w->id = (w->id + 1) % COPIES;
	w->copies++;
	dialog_ask(&t->lines[w->line],
		   (json_int_t)number_of(t, w) * COPIES + w->id, w->method,
		   json_incref(w->params));
}

static void
ask(struct throng *t, struct writer *w, const char *method, json_t *params_take)
{
	json_decref(w->params);
	w->method = method;
	w->params = params_take;
	put_request(t, w);
}

/* --- what a writer does ------------------------------------------------- */

static void
name_request(struct throng *t, struct edit *e)
{
	(void)snprintf(e->request, sizeof(e->request), "7e57%08lx",
		       ++t->next_request);
}

static void
choose_edit(struct throng *t, struct writer *w)
{
	struct edit *e = mem_alloc(sizeof(*e));

	e->page = w->page;
	e->token = ++t->next_token;
	e->line = (int)throng_choose(t, LEDGER_LINES);
	e->inserts = throng_choose(t, 4) == 0;
	if (!e->inserts && throng_choose(t, 3) == 0)
		e->removes = ledger_seen(w->text.ptr, e->line);
	w->edit = e;
	w->tries = 0;
	t->left--;
}

static void
send_save(struct throng *t, struct writer *w)
{
	struct edit *e = w->edit;
	char address[48];

	if (++w->tries > TRIES)
		fail_msg("@%06ld is refused again and again", e->token);
	name_request(t, e);
	e->base = w->version;
	buf_reset(&w->sent_text);
	buf_add(&w->sent_text, w->text.ptr, w->text.len);
	ledger_apply(e, &w->sent_text);
	ledger_address(&t->ledger, w->page, address);
	w->phase = SAVING;
	w->told = 0;
	ask(t, w, "page.save",
	    json_pack("{s:s, s:I, s:s, s:s, s:s}", "address", address, "base",
		      (json_int_t)e->base, "text", w->sent_text.ptr, "note",
		      "geschreven in een menigte", "request", e->request));
	if (throng_choose(t, ONE_IN) == 0) {
		t->repeats++;
		put_request(t, w);
	}
}

static void
send_read(struct throng *t, struct writer *w)
{
	char address[48];

	ledger_address(&t->ledger, w->page, address);
	w->phase = READING;
	ask(t, w, "page.read", json_pack("{s:s}", "address", address));
}

/* What was acknowledged is sent again, others having saved meanwhile. */
static void
repeat_last(struct throng *t, struct writer *w)
{
	t->repeats++;
	w->phase = REPEATING;
	put_request(t, w);
}

static void
take_step(struct throng *t, struct writer *w)
{
	bool saved = w->phase == SAVING && !w->edit;

	if (saved && throng_choose(t, ONE_IN) == 0) {
		repeat_last(t, w);
		return;
	}
	w->phase = IDLE;
	if (!w->edit && t->left <= 0)
		return;
	if (!w->version) {
		send_read(t, w);
		return;
	}
	if (!w->edit)
		choose_edit(t, w);
	send_save(t, w);
}

/* --- answers ------------------------------------------------------------ */

static long
number_in(const json_t *object, const char *name)
{
	return (long)json_integer_value(json_object_get(object, name));
}

static const char *
text_in(const json_t *object, const char *name)
{
	const char *s = json_string_value(json_object_get(object, name));

	return s ? s : "";
}

static void
take_read(struct writer *w, const struct rpc_msg *m)
{
	if (m->kind != RPC_RESULT)
		fail_msg("page.read: %d %s", m->code, m->message);
	w->version = number_in(m->result, "version");
	buf_reset(&w->text);
	buf_str(&w->text, text_in(m->result, "text"));
}

/* Each copy of a request has the same answer. */
static void
compare_answers(struct writer *w, const struct rpc_msg *m)
{
	const char *commit = text_in(m->result, "commit");
	long version = number_in(m->result, "version");

	if (w->told &&
	    (w->told != version || strcmp(w->told_commit, commit) != 0))
		fail_msg("a request was told version %ld %s, then %ld %s",
			 w->told, w->told_commit, version, commit);
	w->told = version;
	(void)snprintf(w->told_commit, sizeof(w->told_commit), "%s", commit);
}

static void
note_joining(struct edit *e, const json_t *result)
{
	const json_t *with = json_object_get(result, "with");
	size_t i;
	long v;

	e->joined = json_is_true(json_object_get(result, "joined"));
	for (i = 0; i < json_array_size(with); i++) {
		v = number_in(json_array_get(with, i), "version");
		if (!e->with_first || v < e->with_first)
			e->with_first = v;
		if (v > e->with_last)
			e->with_last = v;
	}
}

/* Half of them from what they sent; the others read again, or elsewhere. */
static void
go_on(struct throng *t, struct writer *w)
{
	struct buf was = w->text;

	w->version = w->edit->joined ? 0 : w->edit->version;
	w->text = w->sent_text;
	w->sent_text = was;
	if (throng_choose(t, 2) == 0)
		return;
	w->version = 0;
	if (throng_choose(t, 4) == 0)
		w->page = (int)throng_choose(t, (unsigned)t->ledger.n_pages);
}

static void
take_saved(struct throng *t, struct writer *w, const struct rpc_msg *m)
{
	struct edit *e = w->edit;

	compare_answers(w, m);
	if (!e)
		return;
	e->version = w->told;
	(void)snprintf(e->commit, sizeof(e->commit), "%s", w->told_commit);
	note_joining(e, m->result);
	t->joined += e->joined;
	go_on(t, w);
	ledger_enter(&t->ledger, e);
	w->edit = NULL;
}

static void
take_refusal(struct throng *t, struct writer *w, const struct rpc_msg *m)
{
	if (m->code == PLEIN_ECONFLICT && w->phase == SAVING && !w->told) {
		if (number_in(m->args, "version") <= w->edit->base)
			fail_msg("@%06ld on %ld: conflict with %ld",
				 w->edit->token, w->edit->base,
				 number_in(m->args, "version"));
		t->conflicts++;
		w->version = 0;
	} else if (m->code == PLEIN_EBUSY || m->code == PLEIN_EUNKNOWN) {
		t->doubts++;
		if (++w->tries > TRIES)
			fail_msg("%s", m->message);
		put_request(t, w);
	} else {
		fail_msg("writer %d: %d %s", number_of(t, w), m->code,
			 m->message);
	}
}

static void
take_answer(struct throng *t, const char *line)
{
	struct rpc_msg m;
	struct writer *w;
	int code;

	if (rpc_parse(&m, line, strlen(line), &code, NULL) < 0 || !m.id)
		fail_msg("no answer: %s", line);
	w = &t->writers[json_integer_value(m.id) / COPIES];
	w->copies--;
	if (w->phase == READING)
		take_read(w, &m);
	else if (m.kind == RPC_ERROR)
		take_refusal(t, w, &m);
	else if (w->phase != CREATING)
		take_saved(t, w, &m);
	rpc_msg_release(&m);
	if (w->copies == 0)
		take_step(t, w);
}

static void
read_line(struct throng *t, struct dialog *l)
{
	char *line;

	if (!dialog_read(l))
		fail_msg("a connection ended");
	while ((line = dialog_take(l))) {
		take_answer(t, line);
		free(line);
	}
}

/* --- all of them -------------------------------------------------------- */

static bool
somebody_waits(const struct throng *t)
{
	int i;

	for (i = 0; i < t->n_writers; i++)
		if (t->writers[i].copies > 0)
			return true;
	return false;
}

/* False when nothing came. */
static bool
read_lines(struct throng *t)
{
	int wait = t->tick ? t->tick(t->ctx) : 1000;
	struct pollfd fds[THRONG_LINES];
	int i;

	for (i = 0; i < t->n_lines; i++)
		fds[i] = (struct pollfd){ t->lines[i].out, POLLIN, 0 };
	if (poll(fds, (nfds_t)t->n_lines, wait) <= 0)
		return false;
	for (i = 0; i < t->n_lines; i++)
		if (fds[i].revents)
			read_line(t, &t->lines[i]);
	return true;
}

static void
run_throng(struct throng *t)
{
	int64_t end = clock_mono_ms() + PATIENCE_MS;

	while (somebody_waits(t)) {
		if (read_lines(t))
			end = clock_mono_ms() + PATIENCE_MS;
		else if (clock_mono_ms() > end)
			fail_msg("the throng is stuck");
	}
}

/* The first writers make a page each. */
static void
create_pages(struct throng *t)
{
	struct buf text = BUF_INIT;
	char address[48];
	struct writer *w;
	int i;

	for (i = 0; i < t->ledger.n_pages; i++) {
		w = &t->writers[i % t->n_writers];
		ledger_address(&t->ledger, i, address);
		buf_reset(&text);
		ledger_text(i, &text);
		w->phase = CREATING;
		ask(t, w, "page.create",
		    json_pack("{s:s, s:s, s:s+, s:s}", "address", address,
			      "kind", "thema", "title", "Bladzijde ",
			      strrchr(address, '-') + 1, "text", text.ptr));
	}
	run_throng(t);
	buf_release(&text);
}

void
throng_open(struct throng *t, int n_lines, int n_writers, int n_pages)
{
	struct writer *w;
	int i;

	assert_true(n_lines <= THRONG_LINES && n_writers <= THRONG_WRITERS);
	t->ledger.folder = "themas";
	t->ledger.n_pages = n_pages;
	t->n_lines = n_lines;
	t->n_writers = n_writers;
	for (i = 0; i < n_lines; i++)
		dialog_api(&t->lines[i], t->fixture, t->keys[i % t->n_keys]);
	for (i = 0; i < n_writers; i++) {
		w = &t->writers[i];
		w->line = i % n_lines;
		w->page = i % n_pages;
		buf_init(&w->text);
		buf_init(&w->sent_text);
	}
	create_pages(t);
}

void
throng_save(struct throng *t, long saves)
{
	int i;

	t->left = saves;
	for (i = 0; i < t->n_writers; i++)
		take_step(t, &t->writers[i]);
	run_throng(t);
}

void
throng_check(const struct throng *t)
{
	struct buf repo = BUF_INIT;
	struct chronicle c;

	buf_printf(&repo, "%s/spaces/agenda.git", t->fixture->data);
	chronicle_read(&c, repo.ptr);
	ledger_check(&t->ledger, &c);
	chronicle_release(&c);
	buf_release(&repo);
}

void
throng_close(struct throng *t)
{
	struct writer *w;
	int i;

	for (i = 0; i < t->n_lines; i++)
		(void)dialog_end(&t->lines[i]);
	for (i = 0; i < t->n_writers; i++) {
		w = &t->writers[i];
		free(w->edit);
		buf_release(&w->text);
		buf_release(&w->sent_text);
		json_decref(w->params);
	}
	ledger_release(&t->ledger);
}
