/*
 * Discussing among 10,000 pages with 50,000 remarks: a long discussion read
 * whole, and a remark next to a save of the page that it is about.
 */
#include <stdio.h>

#include "figure.h"
#include "plein/mem.h"
#include "prose.h"
#include "saver.h"
#include "town.h"

#define RUNS 40
#define MANY 200
#define FIRST 2000 /* pages that are saved and talked about */

/* All parts of it; how many remarks. */
static size_t
read_thread(struct api *api, const char *thread)
{
	json_int_t after = 0;
	json_t *answer;
	size_t n = 0;

	do {
		answer = api_ask(api, "thread.read",
				 json_pack("{s:s, s:I}", "thread", thread,
					   "after", after));
		if (!answer)
			die("there is no thread %s", thread);
		n += json_array_size(json_object_get(answer, "rows"));
		after = json_integer_value(json_object_get(answer, "next"));
		json_decref(answer);
	} while (after);
	return n;
}

struct comparison
figure_discussion(const struct side *ours, const struct side *peer)
{
	struct town *council = town_get(TOWN_COUNCIL);
	struct comparison c = { 0 };
	double x[RUNS], begun;

	(void)ours;
	(void)peer;
	for (int i = 0; i < RUNS; i++) {
		begun = measure_now();
		if (read_thread(&council->api, TOWN_THREAD) !=
		    TOWN_THREAD_REMARKS)
			die("remarks are missing");
		x[i] = (measure_now() - begun) * 1000;
	}
	c.ours = measure_median(x, RUNS);
	return c;
}

/* In the thread about that page; ms. */
static double
say(struct api *api, int page)
{
	struct buf text = BUF_INIT;
	char thread[16];
	double begun;
	json_t *r;

	prose_paragraph(&text, page);
	(void)snprintf(thread, sizeof(thread), "5eed%08x", page);
	begun = measure_now();
	r = api_ask(
		api, "remark.add",
		json_pack("{s:s, s:s}", "thread", thread, "text", text.ptr));
	begun = measure_now() - begun;
	if (!r)
		die("nothing said about %d", page);
	json_decref(r);
	buf_release(&text);
	return begun * 1000;
}

struct comparison
figure_remark(const struct side *ours, const struct side *peer)
{
	struct town *council = town_get(TOWN_COUNCIL);
	double x[MANY], y[MANY];
	struct saver s;

	(void)ours;
	(void)peer;
	for (int i = 0; i < MANY; i++) {
		saver_init(&s, &council->api, FIRST + i);
		x[i] = say(&council->api, FIRST + i);
		y[i] = saver_save(&s);
	}
	return measure_turns(x, y, MANY);
}
