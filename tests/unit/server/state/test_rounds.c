/* test_rounds.c - rounds that are open, and what is said in them. */
#include "state/answers.h"
#include "state/cancelled.h"
#include "state/closing.h"
#include "state/members.h"
#include "state/rounds.h"
#include "state/state_impl.h"

#include "statefile.h"

#include <fcntl.h>

#include "plein/fs.h"
#include "plein/mem.h"

static int
setup(void **state)
{
	static const char *const people[] = { "ada", "bo",    "cas", "dirk",
					      "eva", "fleur", NULL };

	return statefile_open(state, people);
}

static void
add_step(struct round *r, enum round_names names, int64_t until)
{
	struct round_step *s = mem_alloc(sizeof(*s));

	s->n = (long)r->steps.len + 1;
	s->title = mem_strdup("Welke waarden?");
	s->question = mem_strdup("Noem er drie.");
	s->names = names;
	s->until = until;
	vec_push(&r->steps, s);
}

/* A round of ada's, with a step of roles and a nameless one. */
static struct round *
open_round(struct fixture *f, const char *space, char *guest)
{
	struct round *r = mem_alloc(sizeof(*r)), *got = NULL;
	struct vec guests = VEC_INIT;

	r->space = mem_strdup(space);
	r->theme = mem_strdup("themas/x");
	r->title = mem_strdup("Meten");
	r->host = mem_strdup("ada");
	add_step(r, ROUND_ROLE, 2000);
	add_step(r, ROUND_NOBODY, 1000);
	if (guest)
		vec_push(&guests, guest);
	assert_int_equal(round_open(f->s, r, &guests, &f->err), 0);
	assert_int_equal(strlen(r->code), 12);
	assert_int_equal(round_get(f->s, space, r->number, &got, &f->err), 0);
	vec_release(&guests, NULL);
	round_free(r);
	return got;
}

static void
refresh(struct fixture *f, struct round **r)
{
	int64_t number = (*r)->number;
	char *space = mem_strdup((*r)->space);

	round_free(*r);
	assert_int_equal(round_get(f->s, space, number, r, &f->err), 0);
	free(space);
}

static int
answer(struct fixture *f, const struct round *r, long step, const char *who,
       const char *text)
{
	const struct answering a = { r, round_step(r, step), who };

	return answer_put(f->s, &a, text, false, &f->err);
}

static void
test_rounds__are_stored_with_their_steps(void **state)
{
	struct fixture *f = *state;
	struct round *r = open_round(f, "agenda", NULL), *none = NULL;
	struct vec all = VEC_INIT;
	const struct round_step *s;

	assert_string_equal(r->title, "Meten");
	assert_string_equal(r->host, "ada");
	assert_false(r->closing);
	assert_int_equal(r->steps.len, 2);
	s = round_step(r, 2);
	assert_int_equal(s->names, ROUND_NOBODY);
	assert_int_equal(s->until, 1000);
	assert_int_equal(s->answers, 0);
	assert_null(round_step(r, 3));
	assert_null(round_step(r, 0));
	assert_int_equal(round_get(f->s, "elders", r->number, &none, &f->err),
			 PLEIN_ENOTFOUND);
	assert_int_equal(round_list(f->s, "elders", &all, &f->err), 0);
	assert_int_equal(all.len, 0);
	assert_int_equal(round_list(f->s, "agenda", &all, &f->err), 0);
	assert_int_equal(all.len, 1);
	vec_release(&all, round_free);
	round_free(r);
}

static void
test_rounds__a_guest_who_is_nobody_is_refused(void **state)
{
	struct fixture *f = *state;
	struct round r = {
		.space = "agenda", .theme = "x", .title = "T", .host = "ada"
	};
	struct vec guests = VEC_INIT, all = VEC_INIT;

	vec_push(&guests, "niemand");
	assert_int_equal(round_open(f->s, &r, &guests, &f->err),
			 PLEIN_ENOTFOUND);
	assert_int_equal(round_list(f->s, "agenda", &all, &f->err), 0);
	assert_int_equal(all.len, 0);
	free(r.code);
	vec_release(&guests, NULL);
	vec_release(&all, round_free);
}

static bool
is_asked(struct fixture *f, const struct round *r, const char *who, long n)
{
	bool asked = false;
	long all = 77;

	assert_int_equal(round_is_asked(f->s, r, who, &asked, &all, &f->err),
			 0);
	assert_int_equal(all, n);
	return asked;
}

static void
test_rounds__are_for_all_or_for_who_was_asked(void **state)
{
	struct fixture *f = *state;
	struct round *all = open_round(f, "agenda", NULL);
	struct round *some = open_round(f, "agenda", "bo");

	assert_true(is_asked(f, all, "cas", 0));
	assert_true(is_asked(f, some, "bo", 1));
	assert_true(is_asked(f, some, "ada", 1)); /* leads it */
	assert_false(is_asked(f, some, "cas", 1));
	assert_false(is_asked(f, some, "", 1));
	round_free(all);
	round_free(some);
}

static void
test_rounds__tell_what_is_still_asked(void **state)
{
	struct fixture *f = *state;
	struct round *r = open_round(f, "agenda", "bo");
	struct vec due = VEC_INIT;
	const struct round_due *d;

	assert_int_equal(rounds_due(f->s, "agenda", "cas", 10, &due, &f->err),
			 0);
	assert_int_equal(rounds_due(f->s, "elders", "bo", 10, &due, &f->err),
			 0);
	assert_int_equal(due.len, 0);
	assert_int_equal(rounds_due(f->s, "agenda", "bo", 10, &due, &f->err),
			 0);
	assert_int_equal(due.len, 1);
	d = due.items[0];
	assert_int_equal(d->steps, 2);
	assert_int_equal(d->n, 1);
	assert_int_equal(d->until, 2000);
	vec_release(&due, round_due_free);
	due = (struct vec)VEC_INIT;
	assert_int_equal(answer(f, r, 1, "bo", "x"), 0);
	assert_int_equal(rounds_due(f->s, "agenda", "bo", 10, &due, &f->err),
			 0);
	d = due.items[0];
	assert_int_equal(d->steps, 1);
	assert_int_equal(d->n, 2);
	vec_release(&due, round_due_free);
	due = (struct vec)VEC_INIT;
	assert_int_equal(rounds_due(f->s, "agenda", "bo", 1000, &due, &f->err),
			 0);
	assert_int_equal(due.len, 0);
	vec_release(&due, round_due_free);
	round_free(r);
}

static void
test_answers__the_first_wording_stays(void **state)
{
	struct fixture *f = *state;
	struct round *r = open_round(f, "agenda", NULL);
	struct vec said = VEC_INIT;
	const struct round_said *s;

	assert_int_equal(answer(f, r, 1, "bo", "eerst"), 0);
	assert_int_equal(answer(f, r, 1, "bo", "toen"), 0);
	assert_int_equal(answer(f, r, 1, "bo", "later"), 0);
	assert_int_equal(
		answer_list(f->s, r, round_step(r, 1), false, &said, &f->err),
		0);
	assert_int_equal(said.len, 1);
	s = said.items[0];
	assert_string_equal(s->handle, "bo");
	assert_string_equal(s->text, "eerst");
	assert_string_equal(s->more, "later");
	refresh(f, &r);
	assert_int_equal(round_step(r, 1)->answers, 1);
	vec_release(&said, round_said_free);
	round_free(r);
}

static void
test_answers__nameless_ones_are_given_once_and_are_nobodys(void **state)
{
	struct fixture *f = *state;
	struct round *r = open_round(f, "agenda", NULL);
	const struct answering a = { r, round_step(r, 2), "bo" };
	struct vec said = VEC_INIT;
	bool given = false;

	assert_int_equal(answer(f, r, 2, "bo", "stil"), 0);
	assert_int_equal(answer(f, r, 2, "bo", "weer"), PLEIN_ESAME);
	assert_int_equal(answer_is_given(f->s, &a, &given, &f->err), 0);
	assert_true(given);
	assert_int_equal(
		answer_list(f->s, r, round_step(r, 2), false, &said, &f->err),
		0);
	assert_int_equal(said.len, 1);
	assert_null(((struct round_said *)said.items[0])->handle);
	refresh(f, &r);
	assert_int_equal(round_step(r, 2)->answers, 1);
	vec_release(&said, round_said_free);
	round_free(r);
}

/* Told in the order of their coming in one of 100 tables would be too often:
 * 6! is 720. */
static void
test_answers__lie_in_no_order(void **state)
{
	struct fixture *f = *state;
	static const char *const people[] = { "ada",  "bo",  "cas",
					      "dirk", "eva", "fleur" };
	struct round *r;
	struct vec said;
	int in_order = 0, i;
	size_t k;
	char got[7];

	for (i = 0; i < 60; i++) {
		r = open_round(f, "agenda", NULL);
		said = (struct vec)VEC_INIT;
		for (k = 0; k < 6; k++)
			assert_int_equal(answer(f, r, 2, people[k],
						(char[2]){ (char)(97 + k), 0 }),
					 0);
		assert_int_equal(answer_list(f->s, r, round_step(r, 2), false,
					     &said, &f->err),
				 0);
		for (k = 0; k < 6; k++)
			got[k] = ((struct round_said *)said.items[k])->text[0];
		got[6] = '\0';
		in_order += strcmp(got, "abcdef") == 0;
		vec_release(&said, round_said_free);
		round_free(r);
	}
	assert_true(in_order < 6);
}

/* No column of any table of rounds says when, and none of a nameless answer
 * says whose. */
static void
test_answers__no_column_says_when_or_whose(void **state)
{
	struct fixture *f = *state;
	sqlite3_stmt *st = NULL;
	char *table, *column;
	int n = 0;

	assert_int_equal(
		db_start(
			&f->s->db, &st, &f->err,
			"SELECT m.name, c.name FROM sqlite_schema AS m,"
			" pragma_table_info(m.name) AS c WHERE m.type = 'table'"
			" AND m.name LIKE 'round\\_%' ESCAPE '\\'",
			""),
		0);
	while (db_step(&f->s->db, st, &f->err) > 0) {
		table = db_text(st, 0);
		column = db_text(st, 1);
		assert_null(strstr(column, "time"));
		assert_null(strstr(column, "when"));
		if (strcmp(table, "round_word") == 0) {
			assert_string_not_equal(column, "handle");
			n++;
		}
		free(table);
		free(column);
	}
	db_end(st);
	assert_int_equal(n, 4); /* round step id text */
}

static void
test_answers__what_is_being_written_goes_with_the_answer(void **state)
{
	struct fixture *f = *state;
	struct round *r = open_round(f, "agenda", NULL);
	char *text = NULL;

	assert_int_equal(answer_keep(f->s, r->number, 1, "bo", "half", &f->err),
			 0);
	assert_int_equal(
		answer_keep(f->s, r->number, 1, "bo", "bijna", &f->err), 0);
	assert_int_equal(answer_kept(f->s, r->number, 1, "bo", &text, &f->err),
			 0);
	assert_string_equal(text, "bijna");
	free(text);
	assert_int_equal(answer_kept(f->s, r->number, 1, "cas", &text, &f->err),
			 0);
	assert_null(text);
	assert_int_equal(answer(f, r, 1, "bo", "heel"), 0);
	assert_int_equal(answer_kept(f->s, r->number, 1, "bo", &text, &f->err),
			 0);
	assert_null(text);
	round_free(r);
}

static void
test_answers__have_a_bound(void **state)
{
	struct fixture *f = *state;
	struct round *r = open_round(f, "agenda", NULL);
	char *big = mem_alloc(ROUND_ROOM / 2 + 1);

	memset(big, 'x', ROUND_ROOM / 2);
	assert_int_equal(answer(f, r, 1, "bo", big), 0);
	assert_int_equal(answer(f, r, 2, "bo", big), 0);
	assert_int_equal(answer(f, r, 1, "cas", "x"), PLEIN_ETOOBIG);
	free(big);
	round_free(r);
}

static void
test_answers__who_agrees_is_counted_once(void **state)
{
	struct fixture *f = *state;
	struct round *r = open_round(f, "agenda", NULL);
	const struct answering a = { r, round_step(r, 1), "bo" };
	struct round_stand yes = { .agrees = true, .reason = "want" };
	struct round_stand no = { .agrees = false };
	struct vec points = VEC_INIT;
	const struct round_point *p;
	long n = 0;

	assert_int_equal(answer_stand(f->s, &a, 1, &yes, &f->err),
			 PLEIN_ENOTFOUND);
	assert_int_equal(
		answer_point(f->s, r, a.step, "Aantallen", &n, &f->err), 0);
	assert_int_equal(n, 1);
	assert_int_equal(answer_stand(f->s, &a, 1, &yes, &f->err), 0);
	assert_int_equal(answer_stand(f->s, &a, 1, &no, &f->err), 0);
	assert_int_equal(answer_points(f->s, r, a.step, &points, &f->err), 0);
	assert_int_equal(points.len, 1);
	p = points.items[0];
	assert_int_equal(round_count(p, true), 0);
	assert_int_equal(round_count(p, false), 1);
	assert_null(((struct round_stand *)p->stands.items[0])->reason);
	vec_release(&points, round_point_free);
	round_free(r);
}

static void
test_rounds__closed_steps_and_rounds_stay_closed(void **state)
{
	struct fixture *f = *state;
	struct round *r = open_round(f, "agenda", NULL);
	struct round *none = NULL;
	int64_t number = r->number;

	assert_int_equal(round_set_step(f->s, r, 1, 3000, &f->err), 0);
	assert_int_equal(round_set_step(f->s, r, 2, 0, &f->err), 0);
	refresh(f, &r);
	assert_int_equal(round_step(r, 1)->until, 3000);
	assert_false(round_step(r, 1)->closed);
	assert_true(round_step(r, 2)->closed);
	assert_int_equal(answer(f, r, 1, "bo", "x"), 0);
	assert_int_equal(round_set_closing(f->s, r, &f->err), 0);
	refresh(f, &r);
	assert_true(r->closing);
	assert_true(round_step(r, 1)->closed);
	round_free(r);
	assert_int_equal(round_drop(f->s, number, &f->err), 0);
	assert_int_equal(round_get(f->s, "agenda", number, &none, &f->err),
			 PLEIN_ENOTFOUND);
}

static long
count(struct fixture *f, const char *table)
{
	sqlite3_stmt *st = NULL;
	struct buf sql = BUF_INIT;
	long n;

	buf_printf(&sql, "SELECT count(*) FROM %s", table);
	assert_int_equal(sqlite3_prepare_v2(f->s->db.h, sql.ptr, -1, &st, NULL),
			 0);
	assert_int_equal(sqlite3_step(st), SQLITE_ROW);
	n = (long)sqlite3_column_int64(st, 0);
	(void)sqlite3_finalize(st);
	buf_release(&sql);
	return n;
}

static void
fill(struct fixture *f, struct round *r)
{
	const struct answering a = { r, round_step(r, 1), "bo" };
	struct round_stand yes = { .agrees = true };
	long n;

	assert_int_equal(answer(f, r, 1, "bo", "een"), 0);
	assert_int_equal(answer(f, r, 2, "bo", "twee"), 0);
	assert_int_equal(answer_keep(f->s, r->number, 2, "bo", "k", &f->err),
			 0);
	assert_int_equal(answer_point(f->s, r, a.step, "p", &n, &f->err), 0);
	assert_int_equal(answer_stand(f->s, &a, n, &yes, &f->err), 0);
}

/* Of one that has closed, and one in a space that is no more. */
static void
test_rounds__leave_nothing_behind(void **state)
{
	struct fixture *f = *state;
	static const char *const tables[] = {
		"round",       "round_step",  "round_guest",
		"round_draft", "round_done",  "round_answer",
		"round_word",  "round_point", "round_stand",
	};
	struct round *here = open_round(f, "agenda", "bo");
	struct round *there = open_round(f, "elders", "bo");
	size_t i;

	fill(f, here);
	fill(f, there);
	assert_int_equal(space_put(f->s, "elders", "E", false, &f->err), 0);
	assert_int_equal(round_drop(f->s, here->number, &f->err), 0);
	assert_int_equal(space_drop(f->s, "elders", &f->err), 0);
	for (i = 0; i < sizeof(tables) / sizeof(tables[0]); i++)
		assert_int_equal(count(f, tables[i]), 0);
	round_free(here);
	round_free(there);
}

/* Neither in the tables nor in the bytes of the file. */
static void
test_rounds__that_closed_are_overwritten(void **state)
{
	struct fixture *f = *state;
	struct round *r = open_round(f, "agenda", NULL);
	struct buf bytes = BUF_INIT;

	assert_int_equal(answer(f, r, 1, "bo", "welluidend"), 0);
	assert_int_equal(answer(f, r, 2, "bo", "zwijgzaam"), 0);
	assert_int_equal(
		answer_keep(f->s, r->number, 2, "cas", "aarzelend", &f->err),
		0);
	assert_int_equal(round_drop(f->s, r->number, &f->err), 0);
	state_close(f->s);
	assert_int_equal(fs_read_at(AT_FDCWD, f->path, &bytes, 1UL << 24, NULL),
			 0);
	assert_non_null(memmem(bytes.ptr, bytes.len, "fleur", 5));
	assert_null(memmem(bytes.ptr, bytes.len, "welluidend", 10));
	assert_null(memmem(bytes.ptr, bytes.len, "zwijgzaam", 9));
	assert_null(memmem(bytes.ptr, bytes.len, "aarzelend", 9));
	assert_int_equal(state_open(&f->s, f->path, 0, &f->err), 0);
	buf_release(&bytes);
	round_free(r);
}

static void
test_rounds__a_closed_account_is_in_none(void **state)
{
	struct fixture *f = *state;
	struct round *r = open_round(f, "agenda", "bo");

	fill(f, r);
	assert_int_equal(closing_run(f->s, "bo", &f->err), 0);
	assert_int_equal(count(f, "round_answer"), 0);
	assert_int_equal(count(f, "round_done"), 0);
	assert_int_equal(count(f, "round_draft"), 0);
	assert_int_equal(count(f, "round_stand"), 0);
	assert_int_equal(count(f, "round_guest"), 0);
	/* nobody knows any more that it is theirs */
	assert_int_equal(count(f, "round_word"), 1);
	refresh(f, &r);
	assert_int_equal(round_step(r, 1)->answers, 0);
	assert_int_equal(round_step(r, 2)->answers, 1);
	round_free(r);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, statefile_close)

/* --- cancelled --------------------------------------------------------------- */

static size_t
count_told(struct fixture *f, const char *space, const char *who)
{
	struct vec gone = VEC_INIT;
	size_t n;

	assert_int_equal(cancelled_list(f->s, space, who, &gone, &f->err), 0);
	n = gone.len;
	vec_release(&gone, cancelled_free);
	return n;
}

static void
test_rounds__cancelled_are_told_to_who_took_part(void **state)
{
	struct fixture *f = *state;
	struct round *r = open_round(f, "agenda", "fleur"), *none = NULL;
	struct vec gone = VEC_INIT;
	const struct cancelled *c;
	int told;

	assert_int_equal(answer(f, r, 1, "ada", "Ja"), 0);
	assert_int_equal(answer(f, r, 1, "bo", "Nee"), 0);
	assert_int_equal(answer(f, r, 2, "cas", "Stil"), 0);
	assert_int_equal(
		answer_keep(f->s, r->number, 1, "dirk", "Mis", &f->err), 0);
	assert_int_equal(round_cancel(f->s, r, "ada", "Verkeerde pagina", &told,
				      &f->err),
			 0);
	assert_int_equal(told, 4);
	assert_int_equal(round_get(f->s, "agenda", r->number, &none, &f->err),
			 PLEIN_ENOTFOUND);
	assert_int_equal(count_told(f, "agenda", "ada"), 0);
	assert_int_equal(count_told(f, "agenda", "eva"), 0);
	assert_int_equal(count_told(f, "agenda", "cas"), 1);
	assert_int_equal(count_told(f, "elders", "cas"), 0);
	assert_int_equal(
		cancelled_list(f->s, "agenda", "fleur", &gone, &f->err), 0);
	assert_int_equal(gone.len, 1);
	c = gone.items[0];
	assert_int_equal(c->number, r->number);
	assert_string_equal(c->title, "Meten");
	assert_string_equal(c->by, "ada");
	assert_string_equal(c->reason, "Verkeerde pagina");
	vec_release(&gone, cancelled_free);
	round_free(r);
}

#define COUNT(table) "SELECT count(*) FROM " table

/* `sql` is kept by its address. */
static int64_t
count_rows(struct fixture *f, const char *sql)
{
	sqlite3_stmt *st = NULL;
	int64_t n;

	assert_int_equal(db_start(&f->s->db, &st, &f->err, sql, ""), 0);
	assert_int_equal(db_step(&f->s->db, st, &f->err), 1);
	n = sqlite3_column_int64(st, 0);
	db_end(st);
	return n;
}

static void
test_rounds__cancelled_and_known_by_all_nothing_is_left(void **state)
{
	struct fixture *f = *state;
	struct round *r = open_round(f, "agenda", NULL), *other;
	int told;

	assert_int_equal(answer(f, r, 1, "bo", "Nee"), 0);
	assert_int_equal(answer(f, r, 2, "cas", "Stil"), 0);
	assert_int_equal(round_cancel(f->s, r, "ada", NULL, &told, &f->err), 0);
	assert_int_equal(told, 2);
	assert_int_equal(count_rows(f, COUNT("round_word")), 0);
	assert_int_equal(count_rows(f, COUNT("round_answer")), 0);
	assert_int_equal(count_rows(f, COUNT("round_done")), 0);
	assert_int_equal(
		cancelled_put_away(f->s, "elders", r->number, "bo", &f->err),
		PLEIN_ENOTFOUND);
	assert_int_equal(
		cancelled_put_away(f->s, "agenda", r->number, "bo", &f->err),
		0);
	assert_int_equal(
		cancelled_put_away(f->s, "agenda", r->number, "bo", &f->err),
		PLEIN_ENOTFOUND);
	assert_int_equal(count_rows(f, COUNT("cancelled")), 1);
	assert_int_equal(
		cancelled_put_away(f->s, "agenda", r->number, "cas", &f->err),
		0);
	assert_int_equal(count_rows(f, COUNT("cancelled")), 0);
	other = open_round(f, "agenda", NULL);
	assert_true(other->number > r->number);
	round_free(r);
	round_free(other);
}

/* Nor when who was still to be told is nobody any more. */
static void
test_rounds__cancelled_and_closed_by_the_last_nothing_is_left(void **state)
{
	struct fixture *f = *state;
	struct round *r = open_round(f, "agenda", NULL);
	int told;

	assert_int_equal(answer(f, r, 1, "bo", "Nee"), 0);
	assert_int_equal(answer(f, r, 1, "cas", "Ja"), 0);
	assert_int_equal(round_cancel(f->s, r, "ada", NULL, &told, &f->err), 0);
	assert_int_equal(closing_run(f->s, "bo", &f->err), 0);
	assert_int_equal(count_rows(f, COUNT("cancelled")), 1);
	assert_int_equal(closing_run(f->s, "cas", &f->err), 0);
	assert_int_equal(count_rows(f, COUNT("cancelled")), 0);
	round_free(r);
}

/* Nobody took part: nobody is told. */
static void
test_rounds__cancelled_before_anybody_came_leave_nothing(void **state)
{
	struct fixture *f = *state;
	struct round *r = open_round(f, "agenda", NULL);
	int told;

	assert_int_equal(answer(f, r, 1, "ada", "Ja"), 0);
	assert_int_equal(round_cancel(f->s, r, "ada", NULL, &told, &f->err), 0);
	assert_int_equal(told, 0);
	assert_int_equal(count_rows(f, COUNT("cancelled")), 0);
	round_free(r);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_rounds__are_stored_with_their_steps),
		TEST(test_rounds__a_guest_who_is_nobody_is_refused),
		TEST(test_rounds__are_for_all_or_for_who_was_asked),
		TEST(test_rounds__tell_what_is_still_asked),
		TEST(test_answers__the_first_wording_stays),
		TEST(test_answers__nameless_ones_are_given_once_and_are_nobodys),
		TEST(test_answers__lie_in_no_order),
		TEST(test_answers__no_column_says_when_or_whose),
		TEST(test_answers__what_is_being_written_goes_with_the_answer),
		TEST(test_answers__have_a_bound),
		TEST(test_answers__who_agrees_is_counted_once),
		TEST(test_rounds__closed_steps_and_rounds_stay_closed),
		TEST(test_rounds__leave_nothing_behind),
		TEST(test_rounds__that_closed_are_overwritten),
		TEST(test_rounds__a_closed_account_is_in_none),
		TEST(test_rounds__cancelled_are_told_to_who_took_part),
		TEST(test_rounds__cancelled_and_known_by_all_nothing_is_left),
		TEST(test_rounds__cancelled_and_closed_by_the_last_nothing_is_left),
		TEST(test_rounds__cancelled_before_anybody_came_leave_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
