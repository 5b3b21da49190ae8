/*
 * page.blame through the protocol against git blame, both of a page of 100
 * lines with 500 versions among 20,000 commits; git has a commit-graph with
 * changed paths. git knows lines only: for words it is the same.
 */
#include <poll.h>
#include <string.h>

#include "api.h"
#include "figure.h"
#include "plein/mem.h"
#include "shell.h"

#define VERSIONS 500
#define RUNS 15
#define PAGE "themas/lang"
#define PATIENCE_MS 300000

/*
 * Every 40th commit changes one line of the long page, by turns; the others
 * change one of 997 small pages.
 */
static const char make_history[] =
	"cd data/spaces/agenda.git; awk 'BEGIN { for (i = 0; i < 100; i++) "
	"line[i] = \"Regel \" i \" van een gewone pagina met gewone woorden.\";"
	" for (c = 0; c < 20000; c++) {"
	" print \"commit refs/heads/main\\nmark :\" c + 1"
	" \"\\ncommitter An <an@example.nl> \" 1700000000 + c \" +0000\\n"
	"data 2\\nx\"; if (c == 0) print \"from refs/heads/main^0\";"
	" if (c % 40 == 0) { k = (c / 40 * 37) % 100;"
	" line[k] = \"Regel \" k \" zoals versie \" c / 40 + 1 \" haar wil.\";"
	" text = \"\"; for (i = 0; i < 100; i++) text = text line[i] \"\\n\";"
	" path = \"themas/lang.md\" } else {"
	" path = \"themas/p\" c % 997 \".md\"; text = \"Pagina \" c \"\\n\" }"
	" print \"M 100644 inline \" path \"\\ndata \" length(text);"
	" printf \"%s\\n\", text } }' | git fast-import --quiet;"
	"git commit-graph write --reachable --changed-paths;"
	"rm ../agenda.index.db*";

/* By lines, or by words as the screen asks. */
static double
ask_wiki(struct api *api, bool words)
{
	double begun = measure_now();
	json_t *r = api_ask(
		api, "page.blame",
		json_pack("{s:s, s:b}", "address", PAGE, "words", words));

	begun = measure_now() - begun;
	if (json_integer_value(json_object_get(r, "version")) != VERSIONS)
		die("page.blame: not all versions");
	json_decref(r);
	return begun * 1000;
}

static double
ask_git(const struct fixture *f)
{
	double begun = measure_now();

	shell_run(f->dir,
		  "exec git -C data/spaces/agenda.git blame -p main -- " PAGE
		  ".md > /dev/null");
	return (measure_now() - begun) * 1000;
}

/* The index is made anew in the background. */
static void
await_index(struct api *api)
{
	double end = measure_now() + PATIENCE_MS / 1000.0;
	json_t *r;

	while (!(r = api_ask(api, "page.blame",
			     json_pack("{s:s}", "address", PAGE)))) {
		if (measure_now() > end)
			die("the index does not come");
		(void)poll(NULL, 0, 100);
	}
	json_decref(r);
}

static struct comparison
compare(bool words)
{
	double x[RUNS], y[RUNS];
	struct fixture f;
	struct api api;

	fixture_init(&f);
	shell_run(f.dir, make_history);
	fixture_serve(&f);
	api_open(&api, &f);
	await_index(&api);
	for (int i = 0; i < RUNS; i++) {
		x[i] = ask_wiki(&api, words);
		y[i] = ask_git(&f);
	}
	api_close(&api);
	(void)fixture_stop(&f);
	fixture_remove(&f);
	return measure_turns(x, y, RUNS);
}

struct comparison
figure_blame(const struct side *ours, const struct side *peer)
{
	(void)ours;
	(void)peer;
	return compare(false);
}

struct comparison
figure_blame_words(const struct side *ours, const struct side *peer)
{
	(void)ours;
	(void)peer;
	return compare(true);
}
