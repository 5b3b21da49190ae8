/*
 * test_leaks.c - a round of reflection leaks nothing (docs/reflection.md):
 * with everything that can be asked (battery.h) somebody who takes part and
 * did not answer, who leads it, a beheerder, readers, guests and the host look for
 * what others answered, before they may see it; and in nameless steps for who
 * answered and when. That is done in two worlds that differ in nothing but
 * who gave which nameless answer, and in which order: what is told in one must
 * be told in the other.
 *
 * Every answer holds a word that begins with MARK and goes on with a letter for its
 * step: a and b with a role and a name, c nameless and too few, d nameless.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <cmocka.h>

#include "battery.h"
#include "cast.h"
#include "likeness.h"
#include "plein/clock.h"
#include "plein/mem.h"

#define MARK "zwijg"
#define NEARLY "zwij" /* finds it, and is not it */
#define WRITERS 6

/* Who looks on; from TAKE_PART on they take part. */
static const enum person onlookers[] = { GAST,	    WAITING,   LEZER,	 HOST,
					 BIJDRAGER, REDACTEUR, BEHEERDER };

#define ONLOOKERS (sizeof(onlookers) / sizeof(onlookers[0]))
#define TAKE_PART 4
#define LEADS 5 /* the redacteur */

enum phase { OPEN, STEPS_CLOSED, PAGE_MADE, PHASES };

static const char *const writers[WRITERS] = { "anna", "bram", "cees",
					      "dora", "eef",  "frits" };

/* What changes who may see what is an act of its own; and what makes somebody
 * another person, or the wiki busy. */
static const char *const spared[] = {
	"round.answer",
	"round.step",
	"round.close",
	"round.cancel",
	"register.submit",
	"register.change",
	"register.withdraw",
	"register.invite",
	"wiki.reindex",
	"wiki.maintain",
	"wiki.health",
	"code.begin", /* tells other codes each time */
	"invite.create",
	"push.hold",
	"profile.close",
	"accounts.drop_key",
	NULL,
};

struct world {
	struct fixture wiki;
	struct visit looks[ONLOOKERS];
	struct buf heard[PHASES][ONLOOKERS];
	struct visit writes[WRITERS];
	struct buf git[PHASES]; /* all that a clone may hold */
	struct buf files; /* names of those in DATA that hold it, while open */
};

/* --- a world ---------------------------------------------------------------- */

static void
answer(struct visit *v, int round, int step, char letter, int text)
{
	char words[32];

	(void)snprintf(words, sizeof(words), MARK "%c%c", letter, 'a' + text);
	cast_ask(v, "round.answer",
		 json_pack("{s:i, s:i, s:s}", "round", round, "step", step,
			   "text", words));
}

static void
open_round(struct visit *v, const char *steps)
{
	cast_ask(v, "round.open",
		 json_pack("{s:s, s:s, s:s}", "address", "themas/common-ground",
			   "title", "Stil", "steps", steps));
}

/* In the first world the first people answer, in the second the last, the other
 * way round; with the same words. */
static void
fill_rounds(struct world *w, bool second)
{
	struct visit *lead = &w->looks[LEADS];
	int i, who;

	open_round(lead, "## Rol\nzichtbaar: rol\n## Naam\n");
	open_round(lead, "## Stil\nzichtbaar: anoniem\n## Nog stiller\n"
			 "zichtbaar: anoniem\n");
	for (i = 0; i < 2; i++) {
		answer(&w->writes[i], 1, 1, 'a', i);
		answer(&w->writes[i], 1, 2, 'b', i);
	}
	for (i = 0; i < 5; i++) {
		who = second ? WRITERS - 1 - i : i;
		if (i < 3)
			answer(&w->writes[who], 2, 1, 'c', i);
		answer(&w->writes[who], 2, 2, 'd', i);
	}
}

static void
start_world(struct world *w)
{
	size_t i;

	memset(w, 0, sizeof(*w));
	cast_start(&w->wiki);
	cast_host(&w->wiki, "user.add",
		  "{\"handle\":\"doel\",\"name\":\"Doel\",\"role\":\"lezer\"}");
	for (i = 0; i < ONLOOKERS; i++) {
		cast_sign_in(&w->wiki, onlookers[i], &w->looks[i]);
		if (onlookers[i] != HOST)
			visit_api(&w->looks[i]);
	}
	for (i = 0; i < WRITERS; i++) {
		cast_join(&w->wiki, writers[i], "bijdrager", &w->writes[i]);
		visit_api(&w->writes[i]);
	}
}

static void
end_world(struct world *w)
{
	size_t i, p;

	for (i = 0; i < ONLOOKERS; i++) {
		visit_end(&w->looks[i]);
		for (p = 0; p < PHASES; p++)
			buf_release(&w->heard[p][i]);
	}
	for (i = 0; i < WRITERS; i++)
		visit_end(&w->writes[i]);
	for (p = 0; p < PHASES; p++)
		buf_release(&w->git[p]);
	buf_release(&w->files);
	assert_int_equal(fixture_stop(&w->wiki), 0);
	fixture_remove(&w->wiki);
}

/* Every object of the repository, whoever might get it. */
static void
read_git(struct world *w, struct buf *out)
{
	char repo[128];
	const char *const argv[] = {
		"git",	   "-C", repo, "cat-file", "--batch-all-objects",
		"--batch", NULL,
	};
	struct proc_result r;

	(void)snprintf(repo, sizeof(repo), "%s/spaces/agenda.git",
		       w->wiki.data);
	proc_run(&r, argv, NULL, NULL, 60000);
	assert_int_equal(r.status, 0);
	buf_add(out, r.out.ptr, r.out.len);
	proc_result_release(&r);
}

static void
find_files(struct world *w, struct buf *out)
{
	const char *const argv[] = { "grep", "-rlaF", MARK, w->wiki.data,
				     NULL };
	struct proc_result r;

	proc_run(&r, argv, NULL, NULL, 60000);
	buf_add(out, r.out.ptr, r.out.len);
	proc_result_release(&r);
}

static json_t *
make_words(void)
{
	return json_pack("{s:[s, s, s], s:[s], s:[s], s:[s], s:[s], s:[s, s],"
			 " s:[i, i], s:[i, i], s:[s], s:[s, s], s:[s], s:[s],"
			 " s:[i], s:[i], s:[s], s:[s, s]}",
			 "address", "themas/common-ground", "index",
			 "sjablonen/reflectie-waarden", "handle", "doel",
			 "account", "doel", "user", "anna", "person", "anna",
			 "query", NEARLY, "type:reflectie", "round", 2, 1,
			 "step", 1, 2, "kind", "reflectie", "folder",
			 "reflecties", "themas", "name", "index", "pages",
			 "all", "since", 0, "from", 0, "space", "agenda",
			 "words", NEARLY, "x");
}

static void
look_around(struct world *w, enum phase phase)
{
	struct visit *visits[ONLOOKERS];
	struct battery b;
	size_t i;

	battery_read(&b, make_words(), spared);
	assert_true(battery_size(&b) > 90);
	for (i = 0; i < ONLOOKERS; i++) {
		visits[i] = &w->looks[i];
		visits[i]->heard = &w->heard[phase][i];
	}
	battery_ask(&b, visits, ONLOOKERS);
	for (i = 0; i < ONLOOKERS; i++)
		visits[i]->heard = NULL;
	read_git(w, &w->git[phase]);
	battery_release(&b);
	(void)fixture_log_holds(&w->wiki, ""); /* or its pipe would fill */
}

static void
live(struct world *w, bool second)
{
	struct visit *lead = &w->looks[LEADS];

	start_world(w);
	fill_rounds(w, second);
	look_around(w, OPEN);
	find_files(w, &w->files);
	for (int step = 1; step <= 2; step++)
		cast_ask(lead, "round.step",
			 json_pack("{s:i, s:i}", "round", 2, "step", step));
	look_around(w, STEPS_CLOSED);
	cast_ask(lead, "round.close", json_pack("{s:i}", "round", 2));
	look_around(w, PAGE_MADE);
}

/* --- both worlds ------------------------------------------------------------ */

static struct world worlds[2];

static int
start(void **state)
{
	(void)state;
	live(&worlds[0], false);
	live(&worlds[1], true);
	return 0;
}

static int
stop(void **state)
{
	(void)state;
	end_world(&worlds[0]);
	end_world(&worlds[1]);
	return 0;
}

/* The first line of `text` that holds it, shown; false: none does. */
static bool
shows(const char *text, const char *what, const char *whose)
{
	const char *at = strstr(text, what), *line = at;
	size_t len;

	if (!at)
		return false;
	while (line > text && line[-1] != '\n')
		line--;
	len = strcspn(line, "\n");
	print_error("%s: \"%s\" in: %.*s\n", whose, what,
		    (int)(len > 600 ? 600 : len), line);
	return true;
}

/* What these steps hold, letters of `steps`, is in no answer to this one. */
static int
expect_none(enum phase phase, size_t who, const char *steps)
{
	char what[16];
	int wrong = 0;

	for (; *steps; steps++) {
		(void)snprintf(what, sizeof(what), MARK "%c", *steps);
		for (int i = 0; i < 2; i++)
			wrong += shows(worlds[i].heard[phase][who].ptr, what,
				       cast_name(onlookers[who]));
	}
	return wrong;
}

static void
test_leaks__nobody_is_told_what_they_may_not_see_yet(void **state)
{
	int wrong = 0;

	(void)state;
	for (size_t who = 0; who < ONLOOKERS; who++) {
		wrong += expect_none(OPEN, who, "abcd");
		wrong += expect_none(STEPS_CLOSED, who,
				     who < TAKE_PART ? "abcd" : "abc");
		wrong += expect_none(PAGE_MADE, who, "abc");
	}
	assert_int_equal(wrong, 0);
}

/* Objects of git hold any bytes. */
static bool
holds(const struct buf *b, const char *what)
{
	return memmem(b->ptr, b->len, what, strlen(what)) != NULL;
}

/* Else the test would see nothing whatever was told. */
static void
test_leaks__what_may_be_seen_is_seen(void **state)
{
	(void)state;
	for (size_t who = 0; who < ONLOOKERS; who++) {
		if (who >= TAKE_PART)
			assert_non_null(
				strstr(worlds[0].heard[STEPS_CLOSED][who].ptr,
				       MARK "d"));
		assert_non_null(
			strstr(worlds[0].heard[PAGE_MADE][who].ptr, MARK "d"));
	}
	assert_true(holds(&worlds[0].git[PAGE_MADE], MARK "d"));
}

static void
test_leaks__no_clone_holds_it(void **state)
{
	(void)state;
	for (int i = 0; i < 2; i++) {
		assert_false(holds(&worlds[i].git[OPEN], MARK));
		assert_false(holds(&worlds[i].git[STEPS_CLOSED], MARK));
		assert_false(holds(&worlds[i].git[PAGE_MADE], MARK "a"));
		assert_false(holds(&worlds[i].git[PAGE_MADE], MARK "b"));
		assert_false(holds(&worlds[i].git[PAGE_MADE], MARK "c"));
	}
}

static void
test_leaks__no_log_holds_it_or_who_took_part(void **state)
{
	static const char *const words[] = { MARK, "round.answer", "round.keep",
					     "round.point", "round.stand" };

	(void)state;
	for (int i = 0; i < 2; i++)
		for (size_t k = 0; k < sizeof(words) / sizeof(words[0]); k++)
			assert_false(
				fixture_log_holds(&worlds[i].wiki, words[k]));
}

/* --- who and when ----------------------------------------------------------- */

static void
test_leaks__who_answered_namelessly_makes_no_difference(void **state)
{
	int wrong = 0;

	(void)state;
	for (int p = 0; p < PHASES; p++)
		for (size_t who = 0; who < ONLOOKERS; who++)
			wrong += likeness_differ(worlds[0].heard[p][who].ptr,
						 worlds[1].heard[p][who].ptr,
						 MARK,
						 cast_name(onlookers[who]));
	assert_int_equal(wrong, 0);
}

/* --- and otherwise ---------------------------------------------------------- */

static void
test_leaks__only_the_database_of_accounts_holds_it(void **state)
{
	char *file, *rest = NULL;

	(void)state;
	assert_true(worlds[0].files.len > 0);
	for (file = strtok_r(worlds[0].files.ptr, "\n", &rest); file;
	     file = strtok_r(NULL, "\n", &rest))
		if (!strstr(file, "/state.db"))
			fail_msg("%s", file);
}

/* One more round, of the redacteur, in which the writers answer. */
static int
fill_another(struct world *w)
{
	struct visit *lead = &w->looks[LEADS];
	struct rpc_msg m;
	int round;

	visit_call(lead, "round.open",
		   json_pack("{s:s, s:s, s:s}", "address", "index", "title",
			     "Nog een", "steps",
			     "## Rol\nzichtbaar: rol\n## Stil\n"
			     "zichtbaar: anoniem\n"),
		   &m);
	assert_int_equal(m.kind, RPC_RESULT);
	round = (int)json_integer_value(json_object_get(m.result, "round"));
	rpc_msg_release(&m);
	for (int i = 0; i < WRITERS; i++) {
		answer(&w->writes[i], round, 1, 'a', i);
		answer(&w->writes[i], round, 2, 'c', i);
	}
	return round;
}

static int
try_command(struct world *w, enum person p, const char *line)
{
	struct buf out = BUF_INIT;
	struct visit v;
	int wrong;

	cast_sign_in(&w->wiki, p, &v);
	(void)visit_run(&v, line, "x\n", &out);
	visit_end(&v);
	wrong = shows(out.ptr, MARK "a", line) + shows(out.ptr, MARK "c", line);
	buf_release(&out);
	(void)fixture_log_holds(&w->wiki, "");
	return wrong;
}

/* Every command that tests/rights/commands.txt knows, which is every one. */
static void
test_leaks__no_command_tells_it(void **state)
{
	static const enum person people[] = { GAST, BIJDRAGER };
	struct world *w = &worlds[0];
	struct sheet table = { 0 };
	char line[64];
	const struct row *r;
	char *request;
	int wrong = 0, round = fill_another(w);

	(void)state;
	sheet_read(&table, "tests/rights/commands.txt");
	for (size_t k = 0; k < 2; k++) {
		for (size_t i = 0; i < table.rows.len; i++) {
			r = table.rows.items[i];
			if (r->kind != ROW_ASKED)
				continue;
			request = cast_fill(&w->wiki, r->request, people[k]);
			request[strcspn(request, "<")] = '\0';
			wrong += try_command(w, people[k], request);
			free(request);
		}
		for (int step = 1; step <= 2; step++) {
			(void)snprintf(line, sizeof(line), "round %d %d --json",
				       round, step);
			wrong += try_command(w, people[k], line);
		}
	}
	assert_int_equal(wrong, 0);
	sheet_release(&table);
}

/* That the round of fill_another() asks for answers, and no more than that? */
static bool
is_asking(const char *line, int round)
{
	json_t *event = json_loads(line, 0, NULL);
	json_t *wanted = json_pack("{s:s, s:i, s:s, s:s, s:s}", "what", "round",
				   "round", round, "title", "Nog een",
				   "address", "index", "handle", "redacteur");
	bool same = json_equal(json_object_get(event, "params"), wanted);

	json_decref(wanted);
	json_decref(event);
	return same && strstr(line, "\"event.asked\"");
}

/* Is every event in there about the page that was made at the end, but for the
 * one that says that a round asks for answers? */
static void
expect_quiet(char *heard, int round)
{
	char *line, *rest = NULL;
	int asked = 0;

	for (line = strtok_r(heard, "\n", &rest); line;
	     line = strtok_r(NULL, "\n", &rest)) {
		if (!strstr(line, "\"method\":\"event.") ||
		    strstr(line, "themas/teken") ||
		    strstr(line, "\"event.tree\""))
			continue;
		if (!is_asking(line, round))
			fail_msg("%s", line);
		asked++;
	}
	assert_int_equal(asked, 1);
}

static void
test_leaks__no_event_tells_of_it(void **state)
{
	struct world *w = &worlds[1];
	struct visit *look = &w->looks[LEADS + 1];
	struct buf heard = BUF_INIT;
	int64_t until;
	int round;

	(void)state;
	cast_ask(look, "events.subscribe", json_pack("{s:s}", "pages", "all"));
	look->heard = &heard;
	round = fill_another(w);
	cast_ask(&w->looks[LEADS], "page.create",
		 json_pack("{s:s, s:s, s:s}", "address", "themas/teken", "kind",
			   "thema", "title", "Teken"));
	until = clock_mono_ms() + 30000;
	while (!strstr(heard.ptr, "themas/teken")) {
		assert_true(clock_mono_ms() < until);
		cast_ask(look, "wiki.version", NULL);
	}
	look->heard = NULL;
	expect_quiet(heard.ptr, round);
	buf_release(&heard);
}

/* --- time ------------------------------------------------------------------- */

#define SPEAKERS 25
#define PAIRS 400

static int64_t
clock_us(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static int
compare_times(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* Of the quickest quarter: the rest is the machine's. */
static double
mean_quick(int64_t *us)
{
	double sum = 0;

	qsort(us, PAIRS, sizeof(*us), compare_times);
	for (int i = 0; i < PAIRS / 4; i++)
		sum += (double)us[i];
	return sum / (PAIRS / 4);
}

static int64_t
take_time(struct visit *v, int round, int step)
{
	struct rpc_msg m;
	int64_t begin = clock_us();

	visit_call(v, "round.read",
		   json_pack("{s:i, s:i}", "round", round, "step", step), &m);
	begin = clock_us() - begin;
	assert_int_equal(m.kind, RPC_RESULT);
	rpc_msg_release(&m);
	return begin;
}

/* In the first step people say a lot, in the second next to nothing. */
static int
fill_unequally(struct world *w)
{
	char name[16], *much = mem_alloc(4001);
	int round = fill_another(w);
	struct visit v;

	memset(much, 'x', 4000);
	for (int i = 0; i < SPEAKERS; i++) {
		(void)snprintf(name, sizeof(name), "prater%c", 'a' + i);
		cast_join(&w->wiki, name, "bijdrager", &v);
		cast_ask(&v, "round.answer",
			 json_pack("{s:i, s:i, s:s}", "round", round, "step", 1,
				   "text", much));
		cast_ask(&v, "round.answer",
			 json_pack("{s:i, s:i, s:s}", "round", round, "step", 2,
				   "text", "x"));
		visit_end(&v);
	}
	free(much);
	return round;
}

static void
test_leaks__the_time_it_takes_tells_nothing(void **state)
{
	struct world *w = &worlds[1];
	struct visit *look = &w->looks[LEADS + 1];
	static int64_t one[PAIRS], other[PAIRS];
	int round = fill_unequally(w);
	double a, b;

	(void)state;
	for (int i = 0; i < PAIRS; i++) {
		one[i] = take_time(look, round, 1);
		other[i] = take_time(look, round, 2);
	}
	a = mean_quick(one);
	b = mean_quick(other);
	print_message("%.0f and %.0f us\n", a, b);
	assert_true(a < b * 1.2 + 20);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			test_leaks__nobody_is_told_what_they_may_not_see_yet),
		cmocka_unit_test(test_leaks__what_may_be_seen_is_seen),
		cmocka_unit_test(test_leaks__no_clone_holds_it),
		cmocka_unit_test(test_leaks__no_log_holds_it_or_who_took_part),
		cmocka_unit_test(
			test_leaks__who_answered_namelessly_makes_no_difference),
		cmocka_unit_test(
			test_leaks__only_the_database_of_accounts_holds_it),
		cmocka_unit_test(test_leaks__no_command_tells_it),
		cmocka_unit_test(test_leaks__no_event_tells_of_it),
		cmocka_unit_test(test_leaks__the_time_it_takes_tells_nothing),
	};

	return cmocka_run_group_tests(tests, start, stop);
}
