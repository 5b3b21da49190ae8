/*
 * Discussing among 10,000 pages with 50,000 remarks: a long discussion read
 * whole, and a remark next to a save of the page that it is about.
 */
#include <stdio.h>

#include "editing.h"
#include "figure.h"
#include "plein/mem.h"
#include "prose.h"
#include "saver.h"
#include "town.h"

#define RUNS 40
#define MANY 200
#define TURNS 15
#define PAGE_COMPLETE "b Bewerken" /* in the bar, below all else */
#define LIST_COMPLETE "n Nieuw"
#define THREAD_COMPLETE "r Reageren"
#define FIRST 2000 /* pages that are saved and talked about */

/* Adds to *ms how long it takes until all of the answer is there; what it says
 * is looked at after that. */
static json_t *
ask_timed(struct api *api, const char *method, json_t *params_take, double *ms)
{
	double begun = measure_now();
	char *said;

	api_send(api, method, params_take);
	said = api_hear(api);
	*ms += (measure_now() - begun) * 1000;
	return api_read(said);
}

/* All parts of what `name` names; how many rows. */
static size_t
read_all(struct api *api, const char *method, const char *key, const char *name,
	 double *ms)
{
	json_int_t after = 0;
	json_t *answer;
	size_t n = 0;

	do {
		answer = ask_timed(
			api, method,
			json_pack("{s:s, s:I}", key, name, "after", after), ms);
		if (!answer)
			die("%s: there is no %s", method, name);
		n += json_array_size(json_object_get(answer, "rows"));
		after = json_integer_value(json_object_get(answer, "next"));
		json_decref(answer);
	} while (after);
	return n;
}

/* That many rows at least. */
static struct comparison
time_reading(const char *method, const char *key, const char *name, size_t rows)
{
	struct town *council = town_get(TOWN_COUNCIL);
	struct comparison c = { 0 };
	double x[RUNS] = { 0 };

	for (int i = 0; i < RUNS; i++)
		if (read_all(&council->api, method, key, name, &x[i]) < rows)
			die("%s: rows are missing", method);
	c.ours = measure_median(x, RUNS);
	return c;
}

struct comparison
figure_discussion(const struct side *ours, const struct side *peer)
{
	(void)ours;
	(void)peer;
	return time_reading("thread.read", "thread", TOWN_THREAD,
			    TOWN_THREAD_REMARKS);
}

/* --- overviews --------------------------------------------------------------- */

static const struct overview {
	const char *method, *state;
} overviews[] = {
	{ "question.list", "open" },
	{ "decision.list", "in-force" },
	{ "decision.list", "review" },
	{ "action.list", "overdue" },
};

#define OVERVIEWS (sizeof(overviews) / sizeof(overviews[0]))
#define OVERVIEW_ROWS 500 /* of the thousand there are, in one answer */

static double
time_overview(struct api *api, const struct overview *o)
{
	double x[RUNS] = { 0 };
	json_t *answer;

	for (int i = 0; i < RUNS; i++) {
		answer =
			ask_timed(api, o->method,
				  json_pack("{s:s}", "state", o->state), &x[i]);
		if (json_array_size(json_object_get(answer, "rows")) <
		    OVERVIEW_ROWS)
			die("%s %s: rows are missing", o->method, o->state);
		json_decref(answer);
	}
	return measure_median(x, RUNS);
}

static struct comparison
time_overviews(struct api *api)
{
	struct comparison c = { 0 };
	double ms;

	for (size_t i = 0; i < OVERVIEWS; i++) {
		ms = time_overview(api, &overviews[i]);
		if (ms <= c.ours)
			continue;
		c.ours = ms;
		(void)snprintf(c.note, sizeof(c.note), "%s, %s",
			       overviews[i].method, overviews[i].state);
	}
	return c;
}

struct comparison
figure_overviews(const struct side *ours, const struct side *peer)
{
	(void)ours;
	(void)peer;
	return time_overviews(&town_get(TOWN_COUNCIL)->api);
}

/* --- what is unread ---------------------------------------------------------- */

/* What the start screen waits for. */
static double
time_start(struct api *api)
{
	double begun = measure_now();
	json_t *tree, *news;
	char *first, *second;

	api_send(api, "agenda.tree", json_pack("{s:b}", "plain", 1));
	api_send(api, "news.list", json_pack("{s:b}", "said", 1));
	first = api_hear(api);
	second = api_hear(api);
	begun = measure_now() - begun;
	tree = api_read(first);
	news = api_read(second);
	if (!tree || !news)
		die("there is no start screen");
	json_decref(tree);
	json_decref(news);
	return begun * 1000;
}

/* Counting begins there. */
static void
count_from(struct api *api, int64_t since)
{
	json_t *params = json_object(), *answer;

	if (since)
		(void)json_object_set_new(params, "since",
					  json_integer((json_int_t)since));
	answer = api_ask(api, "mark.all", params);
	if (!answer)
		die("counting does not begin");
	json_decref(answer);
}

/* With how much is unread beside each row. */
struct comparison
figure_counted(const struct side *ours, const struct side *peer)
{
	struct town *council = town_get(TOWN_COUNCIL);
	struct comparison c;

	(void)ours;
	(void)peer;
	count_from(&council->api, 1);
	c = time_overviews(&council->api);
	count_from(&council->api, 0);
	return c;
}

struct comparison
figure_unread(const struct side *ours, const struct side *peer)
{
	struct town *council = town_get(TOWN_COUNCIL);
	struct comparison c = { 0 };
	double x[RUNS];

	(void)ours;
	(void)peer;
	count_from(&council->api, 1);
	for (int i = 0; i < RUNS; i++)
		x[i] = time_start(&council->api);
	count_from(&council->api, 0);
	c.ours = measure_median(x, RUNS);
	return c;
}

/* --- on the screen ---------------------------------------------------------- */

static double
press_ms(struct screen *s, const char *wanted, const char *gone)
{
	double begun = measure_now();

	screen_type(s, "\r");
	if (!screen_wait_gone(s, gone) || !screen_wait(s, wanted))
		die("no screen: %s", wanted);
	begun = (measure_now() - begun) * 1000;
	editing_settle(s);
	return begun;
}

static void
leave_for(struct screen *s, const char *keys, const char *wanted)
{
	screen_type(s, keys);
	if (!screen_wait(s, wanted))
		die("no way to: %s", wanted);
	editing_settle(s);
}

/* From the list of discussions to it, and from the field to another page. */
struct comparison
figure_talk(const struct side *ours, const struct side *peer)
{
	struct town *council = town_get(TOWN_COUNCIL);
	char address[PROSE_ADDRESS];
	struct side side = { &council->f, address, PAGE_COMPLETE, 0 };
	double x[TURNS], y[TURNS];
	struct screen *s;

	(void)ours;
	(void)peer;
	prose_address(0, address);
	s = side_open(&side);
	if (!screen_wait(s, side.complete))
		die("no session");
	editing_settle(s);
	for (int i = 0; i < TURNS; i++) {
		leave_for(s, "d", LIST_COMPLETE);
		x[i] = press_ms(s, THREAD_COMPLETE, LIST_COMPLETE);
		leave_for(s, "\x1b", LIST_COMPLETE);
		leave_for(s, "\x1b", PAGE_COMPLETE);
		prose_address(FIRST + MANY + 10 * i, address);
		leave_for(s, "g", "Enter");
		leave_for(s, address, address);
		y[i] = press_ms(s, PAGE_COMPLETE, "Enter");
		leave_for(s, "\x1b", PAGE_COMPLETE);
	}
	screen_abandon(s);
	return measure_turns(x, y, TURNS);
}

struct comparison
figure_story(const struct side *ours, const struct side *peer)
{
	(void)ours;
	(void)peer;
	return time_reading("story.read", "address", TOWN_DECISION,
			    TOWN_EVENTS);
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
