/*
 * One of 10,000 pages over the protocol, by turns another one, next to a
 * `git cat-file --batch` that is running already and asked through a pipe.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "figure.h"
#include "plein/mem.h"
#include "prose.h"
#include "town.h"

#define RUNS 400
#define STRIDE 23 /* from one page to the next */

struct batch {
	FILE *to, *from;
	pid_t pid;
};

static void
become_git(const struct fixture *f, int in, int out)
{
	char repo[104];

	(void)snprintf(repo, sizeof(repo), "%s/spaces/agenda.git", f->data);
	if (dup2(in, 0) == 0 && dup2(out, 1) == 1)
		execlp("git", "git", "-C", repo, "cat-file", "--batch",
		       (char *)NULL);
	_exit(127);
}

static void
batch_open(struct batch *b, const struct fixture *f)
{
	int in[2], out[2];

	if (pipe(in) < 0 || pipe(out) < 0)
		die("pipe");
	b->pid = fork();
	if (b->pid == 0) {
		(void)close(in[1]);
		(void)close(out[0]);
		become_git(f, in[0], out[1]);
	}
	(void)close(in[0]);
	(void)close(out[1]);
	b->to = fdopen(in[1], "w");
	b->from = fdopen(out[0], "r");
	if (!b->to || !b->from)
		die("fdopen");
}

static void
batch_close(struct batch *b)
{
	int status;

	(void)fclose(b->to);
	(void)fclose(b->from);
	(void)waitpid(b->pid, &status, 0);
}

static double
ask_git(struct batch *b, const char *address)
{
	double begun = measure_now();
	char head[128], text[8192];
	const char *size;
	size_t len = 0;

	(void)fprintf(b->to, "main:%s.md\n", address);
	(void)fflush(b->to);
	if (fgets(head, sizeof(head), b->from)) {
		size = strstr(head, " blob ");
		len = size ? strtoul(size + 6, NULL, 10) + 1 : 0;
	}
	if (len == 0 || len > sizeof(text) ||
	    fread(text, 1, len, b->from) != len)
		die("git cat-file: %s", head);
	return (measure_now() - begun) * 1000;
}

static double
ask_wiki(struct api *api, const char *address)
{
	double begun = measure_now();
	json_t *r = api_ask(api, "page.read",
			    json_pack("{s:s}", "address", address));

	begun = measure_now() - begun;
	if (!r)
		die("%s is not there", address);
	json_decref(r);
	return begun * 1000;
}

struct comparison
figure_open(const struct side *ours, const struct side *peer)
{
	struct town *city = town_get(TOWN_CITY);
	char address[PROSE_ADDRESS];
	double x[RUNS], y[RUNS];
	struct batch b;

	(void)ours;
	(void)peer;
	batch_open(&b, &city->f);
	for (int i = 0; i < RUNS; i++) {
		prose_address(i * STRIDE, address);
		x[i] = ask_wiki(&city->api, address);
		y[i] = ask_git(&b, address);
	}
	batch_close(&b);
	return measure_turns(x, y, RUNS);
}
