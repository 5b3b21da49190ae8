/*
 * A save through the protocol, answered when it is on disk, and git commit in
 * a work tree of the same repository (which does not sync).
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <jansson.h>

#include "figure.h"
#include "plein/mem.h"
#include "shell.h"

#define PAGES 10000
#define SAVES 100

/* A wiki with PAGES pages in one folder. */
static void
start_big_wiki(struct fixture *big)
{
	static const char make[] =
		"mkdir -p groot/themas; cd groot; i=0; while [ $i -lt 10000 ];"
		"do printf -- '---\\ntitel: \"Pagina %d\"\\ntype: thema\\n"
		"status: concept\\n---\\n' $i > themas/p$i.md;"
		"head -c 2900 ../tekst >> themas/p$i.md; i=$((i+1)); done";
	const char *argv[] = { fixture_program("pleind"),
			       "init",
			       NULL,
			       "--template",
			       NULL,
			       "--host",
			       "example.nl",
			       NULL };
	char template[96], data[96];
	struct proc_result r;

	fixture_init(big);
	shell_run(big->dir,
		  "i=0; while [ $i -lt 100 ]; do echo \"Regel $i van een "
		  "gewone pagina met gewone woorden.\"; i=$((i+1)); "
		  "done > tekst");
	shell_run(big->dir, make);
	(void)snprintf(template, sizeof(template), "%s/groot", big->dir);
	(void)snprintf(data, sizeof(data), "%s/data2", big->dir);
	argv[2] = data;
	argv[4] = template;
	proc_run(&r, argv, NULL, NULL, 120000);
	if (r.status != 0)
		die("init: %s", r.err.ptr);
	proc_result_release(&r);
	shell_run(big->dir,
		  "cp data/state.db* data2/; rm -r data; mv data2 data");
	fixture_serve(big);
}

struct api {
	int to, from;
	pid_t pid;
	FILE *lines;
};

static void
open_api(struct api *api, const struct fixture *f)
{
	const char *const extra[] = { "-T", "127.0.0.1", "api", NULL };
	const char *argv[FIXTURE_ARGS];
	int in[2], out[2];

	(void)fixture_ssh_argv(f, f->key, extra, argv);
	if (pipe(in) < 0 || pipe(out) < 0)
		die("pipe");
	api->pid = fork();
	if (api->pid == 0) {
		(void)dup2(in[0], 0);
		(void)dup2(out[1], 1);
		(void)close(in[1]);
		(void)close(out[0]);
		execvp(argv[0], (char *const *)argv);
		_exit(127);
	}
	(void)close(in[0]);
	(void)close(out[1]);
	api->to = in[1];
	api->lines = fdopen(out[0], "r");
}

static void
close_api(struct api *api)
{
	int status;

	(void)close(api->to);
	(void)fclose(api->lines);
	(void)waitpid(api->pid, &status, 0);
}

/* One save of page `i` through the protocol; ends the program on an error. */
static void
save_page(struct api *api, int i, int base, int round)
{
	char text[256], address[32];
	json_t *m;
	char *line, *answer = NULL;
	size_t size = 0;

	(void)snprintf(address, sizeof(address), "themas/p%d", i);
	(void)snprintf(text, sizeof(text),
		       "---\ntitel: \"Pagina %d\"\ntype: thema\nstatus: "
		       "concept\n---\nRonde %d.\n",
		       i, round);
	m = json_pack("{s:s,s:i,s:s,s:{s:s,s:i,s:s}}", "jsonrpc", "2.0", "id",
		      i, "method", "page.save", "params", "address", address,
		      "base", base, "text", text);
	line = json_dumps(m, JSON_COMPACT);
	if (dprintf(api->to, "%s\n", line) < 0 ||
	    getline(&answer, &size, api->lines) < 0 ||
	    !strstr(answer, "\"result\""))
		die("save: %s", answer ? answer : "no answer");
	free(answer);
	free(line);
	json_decref(m);
}

struct comparison
figure_save(const struct side *ours, const struct side *peer)
{
	static const char clone[] =
		"git clone -q data/spaces/agenda.git werk; cd werk; git config "
		"user.name x; git config user.email x@x";
	static const char one[] =
		"cd werk; echo Regel >> themas/p%d.md; git commit -qam x";
	double x[SAVES], y[SAVES], begun;
	struct fixture big;
	struct api api;
	char script[128];
	int i;

	(void)ours;
	(void)peer;
	start_big_wiki(&big);
	shell_run(big.dir, clone);
	open_api(&api, &big);
	save_page(&api, PAGES - 1, 1, 0);
	for (i = 0; i < SAVES; i++) {
		begun = measure_now();
		save_page(&api, i, 1, 1);
		x[i] = (measure_now() - begun) * 1000;
		(void)snprintf(script, sizeof(script), one, i);
		begun = measure_now();
		shell_run(big.dir, script);
		y[i] = (measure_now() - begun) * 1000;
	}
	close_api(&api);
	(void)fixture_stop(&big);
	fixture_remove(&big);
	return measure_turns(x, y, SAVES);
}
