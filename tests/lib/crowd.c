/* crowd.c - see crowd.h. One loop over all connections. */
#include "crowd.h"

#include <fcntl.h>
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>
#include <jansson.h>

#include "plein/clock.h"
#include "plein/mem.h"

#define PATIENCE_MS 120000
#define ERRAND_MS 10 /* how often it is looked whether one has ended */

/* --- one person --------------------------------------------------------- */

static void
send_call(struct person *p, const char *method, json_t *params_take)
{
	dialog_ask(&p->line, 1, method, params_take);
	p->asked = clock_mono_ms();
}

static void
make_text(struct buf *out, const struct person *p, long version)
{
	buf_printf(out,
		   "---\ntitel: Van %s\ntype: thema\n---\nVersie %ld.\n"
		   "En een regel die blijft, lang genoeg om iets te zijn.\n",
		   p->page, version);
}

static void
send_save(struct person *p)
{
	struct buf text = BUF_INIT;

	make_text(&text, p, p->version + 1);
	send_call(p, "page.save",
		  json_pack("{s:s, s:I, s:s, s:s}", "address", p->page, "base",
			    (json_int_t)p->version, "text", text.ptr, "note",
			    "menigte"));
	buf_release(&text);
}

static void
take_answer(struct crowd *c, struct person *p, const char *line)
{
	int64_t ms = clock_mono_ms() - p->asked;
	json_t *msg = json_loads(line, 0, NULL);
	const json_t *result = json_object_get(msg, "result");
	const char *commit =
		json_string_value(json_object_get(result, "commit"));

	if (!commit)
		fail_msg("%s: %s", p->page, line);
	vec_push(&c->commits, mem_strdup(commit));
	p->version = json_integer_value(json_object_get(result, "version"));
	p->asked = 0;
	c->saves++;
	c->total += ms;
	if (ms > c->longest)
		c->longest = ms;
	json_decref(msg);
}

static void
read_person(struct crowd *c, struct person *p)
{
	char *line;

	if (!dialog_read(&p->line))
		fail_msg("%s: the connection ended", p->page);
	line = dialog_take(&p->line);
	if (!line)
		return;
	take_answer(c, p, line);
	free(line);
	p->left--;
	if (p->left > 0)
		send_save(p);
}

/* --- errands ------------------------------------------------------------ */

static void
start_errand(struct errand *e)
{
	int null;

	if (e->prepare)
		e->prepare(e->ctx);
	e->pid = fork();
	if (e->pid == 0) {
		null = open("/dev/null", O_RDWR);
		(void)dup2(null, 0);
		(void)dup2(null, 1);
		if (e->dir && chdir(e->dir) < 0)
			_exit(126);
		execvp(e->argv[0], (char *const *)e->argv);
		_exit(127);
	}
}

static void
bury_errand(struct errand *e, int how)
{
	int status;

	if (e->pid <= 0 || waitpid(e->pid, &status, how) != e->pid)
		return;
	e->pid = 0;
	e->runs++;
	e->failures += status != 0;
}

/* --- all of them -------------------------------------------------------- */

static int
fill_poll(const struct crowd *c, struct pollfd *fds, int *who)
{
	int i, n = 0;

	for (i = 0; i < c->n; i++) {
		if (!c->people[i].asked)
			continue;
		who[n] = i;
		fds[n++] = (struct pollfd){ c->people[i].line.out, POLLIN, 0 };
	}
	return n;
}

/* Until nobody waits for an answer any more. */
static void
run_crowd(struct crowd *c, struct errand *errands, int n_errands)
{
	int64_t end = clock_mono_ms() + PATIENCE_MS;
	struct pollfd fds[CROWD_MAX];
	int who[CROWD_MAX], i, n;

	while ((n = fill_poll(c, fds, who)) > 0) {
		if (clock_mono_ms() > end)
			fail_msg("the crowd is stuck");
		for (i = 0; i < n_errands; i++) {
			bury_errand(&errands[i], WNOHANG);
			if (errands[i].pid == 0)
				start_errand(&errands[i]);
		}
		(void)poll(fds, (nfds_t)n, n_errands ? ERRAND_MS : 1000);
		for (i = 0; i < n; i++)
			if (fds[i].revents)
				read_person(c, &c->people[who[i]]);
	}
	for (i = 0; i < n_errands; i++)
		bury_errand(&errands[i], 0);
}

static void
reset_figures(struct crowd *c)
{
	c->longest = c->total = 0;
	c->saves = 0;
}

void
crowd_open(struct crowd *c, const struct fixture *f, int n)
{
	struct buf text = BUF_INIT;
	struct person *p;
	int i;

	memset(c, 0, sizeof(*c));
	c->fixture = f;
	c->n = n;
	for (i = 0; i < n; i++) {
		p = &c->people[i];
		(void)snprintf(p->page, sizeof(p->page), "themas/persoon-%d",
			       i);
		dialog_api(&p->line, f, f->key);
		buf_reset(&text);
		make_text(&text, p, 1);
		send_call(p, "page.create",
			  json_pack("{s:s, s:s, s:s, s:s}", "address", p->page,
				    "kind", "thema", "title", p->page, "text",
				    text.ptr));
		p->left = 1;
	}
	run_crowd(c, NULL, 0);
	reset_figures(c);
	buf_release(&text);
}

void
crowd_save(struct crowd *c, int saves, struct errand *errands, int n_errands)
{
	int i;

	reset_figures(c);
	for (i = 0; i < c->n; i++) {
		c->people[i].left = saves;
		send_save(&c->people[i]);
	}
	run_crowd(c, errands, n_errands);
}

void
crowd_text(const struct crowd *c, int i, struct buf *out)
{
	make_text(out, &c->people[i], c->people[i].version);
}

void
crowd_close(struct crowd *c)
{
	int i;

	for (i = 0; i < c->n; i++)
		(void)dialog_end(&c->people[i].line);
	vec_release(&c->commits, free);
}
