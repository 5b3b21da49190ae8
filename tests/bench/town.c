/* town.c - see town.h. */
#include "town.h"

#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "measure.h"
#include "plein/mem.h"
#include "prose.h"
#include "shell.h"

#define BRANCH "refs/heads/main"
#define BEGUN 1700000000L
#define BUSY_EACH 200
#define USUAL_EACH 1600
#define SHORT_LINES 5 /* or making the index takes minutes */
#define QUESTION 1 /* page */
#define DECISION_PARAGRAPHS 4
#define REMARKS_EACH 1000 /* commit */
#define PATIENCE_S 600
#define LOOK_MS 100

static const struct plan {
	int pages, commits, lines, remarks;
} plans[N_TOWNS] = {
	[TOWN_VILLAGE] = { 100, 0, PROSE_LINES, 0 },
	[TOWN_CITY] = { TOWN_CITY_PAGES, 0, PROSE_LINES, 0 },
	[TOWN_ARCHIVE] = { 2000, TOWN_COMMITS, PROSE_LINES, 0 },
	[TOWN_COUNTRY] = { 100000, 0, SHORT_LINES, 0 },
	[TOWN_COUNCIL] = { TOWN_CITY_PAGES, 0, SHORT_LINES, 50000 },
};

static struct town towns[N_TOWNS];
static enum { NOTHING, BUILT, SERVED } states[N_TOWNS];

/* --- history for git fast-import ------------------------------------------ */

static void
write_page(FILE *to, int page, int revision, int lines)
{
	char address[PROSE_ADDRESS];
	struct buf text = BUF_INIT;

	prose_address(page, address);
	prose_page(&text, page, revision, lines);
	(void)fprintf(to, "M 100644 inline %s.md\ndata %zu\n%s\n", address,
		      text.len, text.ptr);
	buf_release(&text);
}

static void
begin_commit(FILE *to, long number, const char *subject)
{
	(void)fprintf(to,
		      "commit " BRANCH "\ncommitter An <an@agenda.example.nl> "
		      "%ld +0000\ndata %zu\n%s\n",
		      BEGUN + number, strlen(subject), subject);
	if (number == 0)
		(void)fprintf(to, "from " BRANCH "^0\n");
}

/* Two pages have their turns; the others are changed all over the place. */
static int
choose_page(int commit, int pages)
{
	if (commit % BUSY_EACH == 0)
		return TOWN_BUSY;
	if (commit % USUAL_EACH == 1)
		return TOWN_USUAL;
	return 2 + (int)((unsigned)commit * 2654435761U >> 8) % (pages - 2);
}

/* Number `i` of all, in the thread about this page; its first has the title. */
static void
write_remark(FILE *to, int page, int i, bool first)
{
	char address[PROSE_ADDRESS], thread[16];
	struct buf text = BUF_INIT;

	prose_address(page, address);
	(void)snprintf(thread, sizeof(thread), "5eed%08x", page);
	if (first)
		buf_printf(&text, "---\ntitel: \"Over onderwerp %d\"\n---\n",
			   page);
	prose_paragraph(&text, i);
	(void)fprintf(to,
		      "M 100644 inline bespreking/%s/%s/20240101T%02d%02d%02dZ"
		      "-an-%s%08x.md\ndata %zu\n%s\n",
		      address, thread, i / 3600, i / 60 % 60, i % 60,
		      first ? "5eed" : "0dd0", first ? page : i, text.len,
		      text.ptr);
	buf_release(&text);
}

/* The first thousand are one thread; the others go round the other pages, a
 * thread for each. */
static void
write_remarks(FILE *to, const struct plan *plan)
{
	int others = plan->pages - 1;

	for (int i = 0; i < plan->remarks; i++) {
		if (i % REMARKS_EACH == 0)
			begin_commit(to, i / REMARKS_EACH + 1, "Reacties");
		if (i < TOWN_THREAD_REMARKS)
			write_remark(to, 0, i, i == 0);
		else
			write_remark(to, 1 + (i - TOWN_THREAD_REMARKS) % others,
				     i, i < TOWN_THREAD_REMARKS + others);
	}
}

/*
 * A question and a decision about it, each changed time after time, and the
 * discussion between: page 1 is one of the questions, with a thread already.
 */
static void
write_decision(FILE *to, long commit, int revision)
{
	char address[PROSE_ADDRESS];
	struct buf text = BUF_INIT;

	prose_address(QUESTION, address);
	buf_printf(&text,
		   "---\ntitel: Zo\ntype: besluit\nstatus: concept\n"
		   "hoort_bij: [%s]\n---\nKeer %d.\n\n",
		   address, revision);
	for (int i = 0; i < DECISION_PARAGRAPHS; i++)
		prose_paragraph(&text, i);
	begin_commit(to, commit, "Anders verwoord");
	(void)fprintf(to,
		      "M 100644 inline " TOWN_DECISION ".md\ndata %zu\n%s\n",
		      text.len, text.ptr);
	buf_release(&text);
}

static void
write_story(FILE *to, const struct plan *plan, long commit)
{
	for (int i = 0; i < TOWN_EVENTS; i++) {
		if (i % 3 == 2) {
			write_decision(to, commit + i, i);
			continue;
		}
		begin_commit(to, commit + i, "Wat erbij");
		if (i % 3 == 0)
			write_page(to, QUESTION, i / 3 + 1, plan->lines);
		else
			write_remark(to, QUESTION, plan->remarks + i, false);
	}
}

static void
write_history(FILE *to, const struct plan *plan)
{
	int *revisions = mem_array((size_t)plan->pages, sizeof(*revisions));
	int page;

	begin_commit(to, 0, "Alles ineens");
	for (page = 0; page < plan->pages; page++)
		write_page(to, page, 0, plan->lines);
	for (int i = 0; i < plan->commits; i++) {
		page = choose_page(i, plan->pages);
		begin_commit(to, i + 1, "Een regel anders");
		write_page(to, page, ++revisions[page], plan->lines);
	}
	write_remarks(to, plan);
	if (plan->remarks)
		write_story(to, plan, plan->remarks / REMARKS_EACH + 1);
	free(revisions);
}

static void
import_history(const struct fixture *f, const struct plan *plan)
{
	char repo[104];
	int fds[2], status;
	FILE *to;
	pid_t pid;

	(void)snprintf(repo, sizeof(repo), "%s/spaces/agenda.git", f->data);
	if (pipe(fds) < 0)
		die("pipe");
	pid = fork();
	if (pid == 0) {
		(void)dup2(fds[0], 0);
		(void)close(fds[1]);
		execlp("git", "git", "-C", repo, "fast-import", "--quiet",
		       (char *)NULL);
		_exit(127);
	}
	(void)close(fds[0]);
	to = fdopen(fds[1], "w");
	if (!to)
		die("fdopen");
	write_history(to, plan);
	if (fclose(to) != 0 || waitpid(pid, &status, 0) != pid || status != 0)
		die("git fast-import failed");
}

/* --- the wiki -------------------------------------------------------------- */

static void
reindex(const struct fixture *f)
{
	const char *const argv[] = { fixture_program("pleind"), "reindex",
				     f->data, NULL };
	struct proc_result r;

	proc_run(&r, argv, NULL, NULL, PATIENCE_S * 1000);
	if (r.status != 0)
		die("reindex: %s", r.err.ptr);
	proc_result_release(&r);
}

static void
build(enum town_name name)
{
	struct fixture *f = &towns[name].f;

	fixture_init(f);
	import_history(f, &plans[name]);
	shell_run(f->dir, "cd data/spaces/agenda.git; git commit-graph write "
			  "--reachable --changed-paths; "
			  "rm -f ../agenda.index.db*");
	reindex(f);
}

static bool
is_true_in(json_t *answer_take, const char *key, const char *inner)
{
	json_t *at = json_object_get(answer_take, key);
	bool yes = json_is_true(inner ? json_object_get(at, inner) : at);

	json_decref(answer_take);
	return yes;
}

static bool
is_indexing(struct town *t)
{
	return is_true_in(api_ask(&t->api, "wiki.health", json_object()),
			  "rebuild", "active");
}

static bool
knows_past(struct town *t)
{
	return is_true_in(api_ask(&t->api, "search.pages",
				  json_pack("{s:s, s:b}", "query", PROSE_RARE,
					    "past", 1)),
			  "complete", NULL);
}

/* Nothing that we could wait for goes on in the background any more. */
static void
await_rest(struct town *t, bool past)
{
	double end = measure_now() + PATIENCE_S;

	while (is_indexing(t) || (past && !knows_past(t))) {
		if (measure_now() > end)
			die("the index is not made");
		(void)poll(NULL, 0, LOOK_MS); /* nothing tells when */
	}
}

const struct fixture *
town_ground(enum town_name name)
{
	if (states[name] == NOTHING) {
		build(name);
		states[name] = BUILT;
	}
	return &towns[name].f;
}

struct town *
town_get(enum town_name name)
{
	struct town *t = &towns[name];

	(void)town_ground(name);
	if (states[name] == BUILT) {
		fixture_serve(&t->f);
		api_open(&t->api, &t->f);
		await_rest(t, name != TOWN_ARCHIVE);
		states[name] = SERVED;
	}
	return t;
}

void
town_close_all(void)
{
	for (int i = 0; i < N_TOWNS; i++) {
		if (states[i] == SERVED) {
			api_close(&towns[i].api);
			(void)fixture_stop(&towns[i].f);
		}
		if (states[i] != NOTHING)
			fixture_remove(&towns[i].f);
		states[i] = NOTHING;
	}
}
