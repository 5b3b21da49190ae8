/*
 * A save through the protocol, answered when it is on disk, and git commit in
 * a work tree of the same repository (which does not sync).
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <jansson.h>

#include "api.h"
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

/* One save of page `i` through the protocol; ends the program on an error. */
static void
save_page(struct api *api, int i, int base, int round)
{
	char text[256], address[32];
	json_t *result;

	(void)snprintf(address, sizeof(address), "themas/p%d", i);
	(void)snprintf(text, sizeof(text),
		       "---\ntitel: \"Pagina %d\"\ntype: thema\nstatus: "
		       "concept\n---\nRonde %d.\n",
		       i, round);
	result = api_ask(api, "page.save",
			 json_pack("{s:s, s:i, s:s}", "address", address,
				   "base", base, "text", text));
	if (!result)
		die("%s was not saved", address);
	json_decref(result);
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
	api_open(&api, &big);
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
	api_close(&api);
	(void)fixture_stop(&big);
	fixture_remove(&big);
	return measure_turns(x, y, SAVES);
}
