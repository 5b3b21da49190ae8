/* Lists across the wiki of what pages say. */
#include "state/overview.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "plein/buf.h"
#include "plein/mem.h"
#include "state/index_impl.h"

struct fixture {
	struct index *x;
	struct err err;
	int n; /* commits */
	struct vec rows;
};

static int
setup(void **state)
{
	struct fixture *f = mem_alloc(sizeof(*f));

	*state = f;
	return index_create_memory(&f->x, &f->err);
}

static int
teardown(void **state)
{
	struct fixture *f = *state;

	vec_release(&f->rows, overview_row_free);
	index_close(f->x);
	free(f);
	return 0;
}

/* The page says this from now on; NULL: it is gone. */
static void
save(struct fixture *f, const char *address, const char *text)
{
	char id[41];
	struct index_entry e = { .commit = id,
				 .when = 1700000000 + f->n,
				 .author = (char *)"Ada",
				 .handle = (char *)"ada",
				 .note = (char *)"x" };
	struct index_content now = {
		.blob = "0123456789012345678901234567890123456789",
		.text = text,
		.len = text ? strlen(text) : 0,
	};
	struct page_info info;

	(void)snprintf(id, sizeof(id), "%040x", f->n++);
	page_info_init(&info);
	if (text)
		page_info_read(&info, address, text, now.len);
	now.info = &info;
	assert_int_equal(index_begin(f->x, &f->err), 0);
	assert_int_equal(index_add_entry(f->x, &e, &f->err), 0);
	assert_int_equal(
		index_add(f->x, &e, address, text ? &now : NULL, NULL, &f->err),
		0);
	assert_int_equal(index_commit_ahead(f->x, id, &f->err), 0);
	page_info_release(&info);
}

/* The addresses (and numbers) of the list, with blanks between. */
static void
expect(struct fixture *f, enum overview which, struct overview_filter filter,
       const char *expected)
{
	struct buf got = BUF_INIT;
	const struct overview_row *r;
	size_t i;

	if (!filter.limit)
		filter.limit = 100;
	vec_release(&f->rows, overview_row_free);
	f->rows = (struct vec)VEC_INIT;
	if (overview_list(f->x, which, &filter, &f->rows, &f->err))
		fail_msg("%s", f->err.msg);
	for (i = 0; i < f->rows.len; i++) {
		r = f->rows.items[i];
		buf_printf(&got, "%s%s", i ? " " : "",
			   strrchr(r->address, '/') + 1);
		if (which == OVERVIEW_ACTIONS || which == OVERVIEW_ACTIONS_IN)
			buf_printf(&got, ":%s", r->values[1].text);
	}
	assert_string_equal(got.ptr, expected);
	buf_release(&got);
}

static const struct overview_value *
value_of(const struct fixture *f, enum overview which, size_t i,
	 const char *name)
{
	const struct overview_row *r = f->rows.items[i];
	const char *const *names = overview_names(which);
	size_t k;

	for (k = 0; names[k] && strcmp(names[k], name) != 0; k++)
		;
	assert_non_null(names[k]);
	assert_true(k < r->n);
	return &r->values[k];
}

#define DECISION(date, outcome, more) \
	"---\ntitel: B\ntype: besluit\ndatum: \"" date \
	"\"\nuitkomst: " outcome "\n" more "---\n"

static void
test_overview__decisions_in_force_on_a_day(void **state)
{
	struct fixture *f = *state;

	save(f, "besluiten/a", DECISION("2021-02-12", "aangenomen", ""));
	save(f, "besluiten/b",
	     DECISION("2022-01-01", "afgewezen", "vervangt: [besluiten/a]\n"));
	save(f, "besluiten/c",
	     DECISION("2023-01-01", "ingestemd", "vervangt: [besluiten/a]\n"));
	save(f, "besluiten/d",
	     DECISION("2022-06-01", "ingestemd",
		      "vervallen_op: 2024-01-01\n"
		      "status: vervallen\n"));
	save(f, "besluiten/e",
	     DECISION("2022-06-01", "ingestemd", "status: vervallen\n"));
	save(f, "besluiten/f",
	     DECISION("2022-07-01", "ingestemd",
		      "vervangen_door: besluiten/c\n"));
	save(f, "besluiten/g",
	     DECISION("2022-08-01", "ingestemd",
		      "vervangen_door: besluiten/weg\n"));
	save(f, "besluiten/h", "---\ntitel: zonder datum\n---\n");
	save(f, "sjablonen/besluit", DECISION("2020-01-01", "ingestemd", ""));
	expect(f, OVERVIEW_DECISIONS,
	       (struct overview_filter){ .on = "2020-01-01",
					 .state = "in-force" },
	       "");
	expect(f, OVERVIEW_DECISIONS,
	       (struct overview_filter){ .on = "2021-02-12",
					 .state = "in-force" },
	       "a");
	expect(f, OVERVIEW_DECISIONS,
	       (struct overview_filter){ .on = "2022-12-31",
					 .state = "in-force" },
	       "f d a");
	expect(f, OVERVIEW_DECISIONS,
	       (struct overview_filter){ .on = "2023-12-31",
					 .state = "in-force" },
	       "c d");
	expect(f, OVERVIEW_DECISIONS,
	       (struct overview_filter){ .on = "2024-01-01",
					 .state = "in-force" },
	       "c");
	expect(f, OVERVIEW_DECISIONS,
	       (struct overview_filter){ .on = "2022-06-30", .until = true },
	       "d e b a");
	expect(f, OVERVIEW_DECISIONS,
	       (struct overview_filter){ .on = "2024-01-01" },
	       "c g f d e b a h");
	assert_string_equal(
		value_of(f, OVERVIEW_DECISIONS, 6, "replaced_by")->text,
		"besluiten/c");
	/* what replaced it goes away: it is in force again */
	save(f, "besluiten/c", NULL);
	expect(f, OVERVIEW_DECISIONS,
	       (struct overview_filter){ .on = "2024-01-01",
					 .state = "in-force" },
	       "a");
}

static int
count_step(void *steps)
{
	++*(long *)steps;
	return 0;
}

static void
decide(struct fixture *f, int from, int to)
{
	char address[32];

	for (int i = from; i < to; i++) {
		(void)snprintf(address, sizeof(address), "besluiten/p%03d", i);
		save(f, address, DECISION("2021-02-12", "aangenomen", ""));
	}
}

/* Those of one answer are looked at, not all that were ever taken. */
static void
test_overview__decisions_of_an_answer_cost_what_they_are(void **state)
{
	const struct overview_filter three = { .on = "2024-01-01",
					       .state = "in-force",
					       .limit = 3 };
	struct fixture *f = *state;
	long steps = 0, few;

	decide(f, 0, 10);
	sqlite3_progress_handler(f->x->db.h, 1, count_step, &steps);
	expect(f, OVERVIEW_DECISIONS, three, "p000 p001 p002");
	few = steps;
	decide(f, 10, 100);
	steps = 0;
	expect(f, OVERVIEW_DECISIONS, three, "p000 p001 p002");
	assert_true(steps <= few + few / 10);
}

/* The short list has the same. */
static void
expect_reviews(struct fixture *f, struct overview_filter filter,
	       const char *expected)
{
	expect(f, OVERVIEW_REVIEWS, filter, expected);
	expect(f, OVERVIEW_REVIEWS_DUE, filter, expected);
}

static void
test_overview__decisions_to_review(void **state)
{
	struct fixture *f = *state;

	save(f, "besluiten/a",
	     DECISION("2021-01-01", "ingestemd", "herzien_voor: 2024-05-01\n"));
	save(f, "besluiten/b",
	     DECISION("2021-01-01", "ingestemd", "herzien_voor: 1-4-2024\n"));
	save(f, "besluiten/c",
	     DECISION("2021-01-01", "afgewezen", "herzien_voor: 2024-01-01\n"));
	save(f, "besluiten/d", DECISION("2021-01-01", "ingestemd", ""));
	expect_reviews(f, (struct overview_filter){ .on = "2024-04-30" }, "b");
	expect_reviews(f, (struct overview_filter){ .on = "2024-06-01" },
		       "b a");
	expect_reviews(
		f,
		(struct overview_filter){ .on = "2024-06-01",
					  .owner = "ada",
					  .after_key = "2024-04-01",
					  .after_address = "besluiten/b" },
		"a");
	assert_int_equal(value_of(f, OVERVIEW_REVIEWS_DUE, 0, "wrote")->number,
			 1);
	expect_reviews(f, (struct overview_filter){ .on = "2024-04-30" }, "b");
	assert_int_equal(value_of(f, OVERVIEW_REVIEWS_DUE, 0, "wrote")->number,
			 0);
}

static void
test_overview__actions_that_are_overdue(void **state)
{
	static const char table[] =
		"---\ntitel: V\n---\n## Acties\n\n| nr | actie | eigenaar | "
		"gereed op | stand | besluit |\n|-|-|-|-|-|-|\n"
		"| a1 | een | ciso | 2026-03-01 | open | [[besluiten/x]] |\n"
		"| a2 | twee | oov | 2026-06-01 | open | |\n"
		"| a3 | drie | CISO | 2026-01-01 | gereed | |\n"
		"| a4 | vier | | | open | |\n";
	struct fixture *f = *state;

	save(f, "vergaderingen/2026/v", table);
	save(f, "themas/x", table);
	expect(f, OVERVIEW_ACTIONS,
	       (struct overview_filter){ .on = "2026-04-01" },
	       "v:a1 v:a2 v:a4 v:a3");
	assert_int_equal(value_of(f, OVERVIEW_ACTIONS, 0, "overdue")->number,
			 1);
	assert_int_equal(value_of(f, OVERVIEW_ACTIONS, 1, "overdue")->number,
			 0);
	assert_null(value_of(f, OVERVIEW_ACTIONS, 2, "due")->text);
	expect(f, OVERVIEW_ACTIONS_IN,
	       (struct overview_filter){ .on = "2026-04-01",
					 .state = "overdue" },
	       "v:a1");
	expect(f, OVERVIEW_ACTIONS_DUE,
	       (struct overview_filter){ .on = "2026-07-01" }, "v v");
	assert_string_equal(value_of(f, OVERVIEW_ACTIONS_DUE, 1, "owner")->text,
			    "oov");
	expect(f, OVERVIEW_ACTIONS_DUE,
	       (struct overview_filter){ .on = "2026-07-01",
					 .after_key = "2026-03-01",
					 .after_address =
						 "vergaderingen/2026/v" },
	       "v");
	expect(f, OVERVIEW_ACTIONS_IN,
	       (struct overview_filter){ .on = "2026-04-01", .state = "open" },
	       "v:a1 v:a2 v:a4");
	expect(f, OVERVIEW_ACTIONS_IN,
	       (struct overview_filter){ .on = "2026-04-01",
					 .state = "open",
					 .limit = 1,
					 .after_key = "2026-03-01",
					 .after_address =
						 "vergaderingen/2026/v" },
	       "v:a2");
	expect(f, OVERVIEW_ACTIONS,
	       (struct overview_filter){ .on = "2026-04-01", .owner = "ciso" },
	       "v:a1 v:a3");
	expect(f, OVERVIEW_ACTIONS,
	       (struct overview_filter){ .on = "2026-04-01",
					 .about = "besluiten/x" },
	       "v:a1");
	save(f, "vergaderingen/2026/v", "---\ntitel: V\n---\n");
	expect(f, OVERVIEW_ACTIONS,
	       (struct overview_filter){ .on = "2026-04-01" }, "");
}

static void
test_overview__questions_that_are_open(void **state)
{
	struct fixture *f = *state;

	save(f, "vraagstukken/a",
	     "---\ntitel: Z\ntype: vraagstuk\n---\nKernvraag: wat?\n\n"
	     "## Opvattingen\n\n### Ja\n\nSteun:\n\n- jan\n- piet\n");
	save(f, "vraagstukken/b", "---\ntitel: Y\nstand: beantwoord\n---\n");
	save(f, "vraagstukken/c", "---\ntitel: X\nstand: in-bespreking\n---\n");
	save(f, "themas/x", "---\ntitel: T\n---\n");
	expect(f, OVERVIEW_QUESTIONS,
	       (struct overview_filter){ .on = "2026-04-01", .state = "open" },
	       "c a");
	assert_string_equal(value_of(f, OVERVIEW_QUESTIONS, 1, "core")->text,
			    "wat?");
	assert_int_equal(
		value_of(f, OVERVIEW_QUESTIONS, 1, "supporters")->number, 2);
	expect(f, OVERVIEW_QUESTIONS,
	       (struct overview_filter){ .on = "2026-04-01",
					 .state = "in bespreking" },
	       "c");
	expect(f, OVERVIEW_QUESTIONS,
	       (struct overview_filter){ .on = "2026-04-01" }, "c b a");
}

static void
test_overview__who_leads_and_who_follows(void **state)
{
	struct fixture *f = *state;

	save(f, "voortgang/duinstad",
	     "---\ntitel: Duinstad\n---\n## [[themas/x]]\n\n- Stand: "
	     "verkennen\n- Vraagt: hulp\n\n## [[themas/y]]\n\n- Stand: "
	     "gerealiseerd\n");
	save(f, "voortgang/waterdam",
	     "---\ntitel: Waterdam\n---\n## [[themas/x]]\n\n- Stand: "
	     "gerealiseerd\n- Biedt: hulp\n");
	expect(f, OVERVIEW_PROGRESS,
	       (struct overview_filter){ .on = "2026-04-01" },
	       "waterdam duinstad duinstad");
	expect(f, OVERVIEW_PROGRESS,
	       (struct overview_filter){ .on = "2026-04-01",
					 .about = "themas/x" },
	       "waterdam duinstad");
	assert_string_equal(value_of(f, OVERVIEW_PROGRESS, 1, "needs")->text,
			    "hulp");
}

static void
test_overview__meetings_up_to_a_day(void **state)
{
	struct fixture *f = *state;

	save(f, "vergaderingen/2026/a",
	     "---\ntitel: A\ndatum: 19-3-2026\n---\n");
	save(f, "vergaderingen/2026/b",
	     "---\ntitel: B\ndatum: 15-1-2026\n---\n");
	expect(f, OVERVIEW_MEETINGS,
	       (struct overview_filter){ .on = "2026-03-18" }, "a b");
	expect(f, OVERVIEW_MEETINGS,
	       (struct overview_filter){ .on = "2026-03-18", .until = true },
	       "b");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_overview__decisions_in_force_on_a_day),
		TEST(test_overview__decisions_of_an_answer_cost_what_they_are),
		TEST(test_overview__decisions_to_review),
		TEST(test_overview__actions_that_are_overdue),
		TEST(test_overview__questions_that_are_open),
		TEST(test_overview__who_leads_and_who_follows),
		TEST(test_overview__meetings_up_to_a_day),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
