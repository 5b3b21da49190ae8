/* rounds.c - see rounds.h. */
#include "state/rounds.h"

#include <stdlib.h>
#include <string.h>

#include "plein/clock.h"
#include "plein/mem.h"
#include "state/state_impl.h"

void
round_free(void *round)
{
	struct round *r = round;

	if (r == NULL)
		return;
	free(r->space);
	free(r->theme);
	free(r->title);
	free(r->host);
	free(r->code);
	vec_release(&r->steps, round_step_free);
	free(r);
}

/* --- one number out of the database ----------------------------------------- */

static int
read_number(struct state *s, sqlite3_stmt *st, int64_t *out, struct err *err)
{
	int rc = db_step(&s->db, st, err);

	*out = rc > 0 ? sqlite3_column_int64(st, 0) : 0;
	db_end(st);
	return rc < 0 ? rc : 0;
}

/* --- opening ---------------------------------------------------------------- */

static int
check_count(struct state *s, const char *space, struct err *err)
{
	sqlite3_stmt *st = NULL;
	int64_t n = 0;
	int rc = db_start(&s->db, &st, err,
			  "SELECT count(*) FROM round WHERE space = ?", "t",
			  space);

	if (rc == 0)
		rc = read_number(s, st, &n, err);
	if (rc == 0 && n >= ROUNDS_MAX)
		rc = err_rule(err, PLEIN_ERULE, "rounds", 0,
			      "there are %d rounds open: close one first",
			      ROUNDS_MAX);
	return rc;
}

static int
read_made(struct state *s, struct round *r, struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc;

	r->number = sqlite3_last_insert_rowid(s->db.h);
	rc = db_start(&s->db, &st, err,
		      "SELECT code FROM round WHERE number = ?", "i",
		      r->number);
	if (rc == 0)
		rc = db_step(&s->db, st, err);
	if (rc > 0)
		r->code = db_text(st, 0);
	db_end(st);
	return rc < 0 ? rc : 0;
}

static int
put_step(struct state *s, const struct round *r, const struct round_step *step,
	 struct err *err)
{
	return db_run(&s->db, err,
		      "INSERT INTO round_step (round, n, title, question,"
		      " names, grouped, ends, closed, answers)"
		      " VALUES (?, ?, ?, ?, ?, ?, ?, 0, 0)",
		      "iitttii", r->number, (int64_t)step->n, step->title,
		      step->question, round_names_word(step->names),
		      (int64_t)step->grouped, step->until);
}

static int
put_guest(struct state *s, const struct round *r, const char *handle,
	  struct err *err)
{
	int rc = db_run(&s->db, err,
			"INSERT OR IGNORE INTO round_guest (round, handle)"
			" SELECT ?, handle FROM account WHERE handle = ?",
			"it", r->number, handle);

	if (rc == 0 && sqlite3_changes(s->db.h) == 0)
		return err_rule(err, PLEIN_ENOTFOUND, "no-account", 0,
				"there is no %s", handle);
	return rc;
}

static int
put_round(struct state *s, struct round *r, const struct vec *guests,
	  struct err *err)
{
	size_t i;
	int rc = check_count(s, r->space, err);

	r->opened = clock_wall();
	if (rc == 0)
		rc = db_run(
			&s->db, err,
			"INSERT INTO round (space, theme, title, host, code,"
			" opened, closing) VALUES (?, ?, ?, ?,"
			" lower(hex(randomblob(6))), ?, 0)",
			"tttti", r->space, r->theme, r->title, r->host,
			r->opened);
	if (rc == 0)
		rc = read_made(s, r, err);
	for (i = 0; i < r->steps.len && rc == 0; i++)
		rc = put_step(s, r, r->steps.items[i], err);
	for (i = 0; i < guests->len && rc == 0; i++)
		rc = put_guest(s, r, guests->items[i], err);
	return rc;
}

int
round_open(struct state *s, struct round *r, const struct vec *guests,
	   struct err *err)
{
	int rc = state_begin(s, err);

	if (rc != 0)
		return rc;
	rc = put_round(s, r, guests, err);
	if (rc == 0)
		return state_commit(s, err);
	state_abort(s);
	return rc;
}

/* --- reading ---------------------------------------------------------------- */

#define SELECT_ROUND \
	"SELECT number, space, theme, title, host, code, opened, closing" \
	" FROM round WHERE space = ?"

static struct round *
read_round(sqlite3_stmt *st)
{
	struct round *r = mem_alloc(sizeof *r);

	r->number = sqlite3_column_int64(st, 0);
	r->space = db_text(st, 1);
	r->theme = db_text(st, 2);
	r->title = db_text(st, 3);
	r->host = db_text(st, 4);
	r->code = db_text(st, 5);
	r->opened = sqlite3_column_int64(st, 6);
	r->closing = sqlite3_column_int64(st, 7) != 0;
	return r;
}

static struct round_step *
read_step(sqlite3_stmt *st)
{
	struct round_step *step = mem_alloc(sizeof *step);
	char *names = db_text(st, 3);

	step->n = (long)sqlite3_column_int64(st, 0);
	step->title = db_text(st, 1);
	step->question = db_text(st, 2);
	/* a word of a newer program: nobody is named */
	if (!names || !round_names_of(names, &step->names))
		step->names = ROUND_NOBODY;
	step->grouped = sqlite3_column_int64(st, 4) != 0;
	step->until = sqlite3_column_int64(st, 5);
	step->closed = sqlite3_column_int64(st, 6) != 0;
	step->answers = (long)sqlite3_column_int64(st, 7);
	free(names);
	return step;
}

static int
read_steps(struct state *s, struct round *r, struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc = db_start(&s->db, &st, err,
			  "SELECT n, title, question, names, grouped, ends,"
			  " closed, answers FROM round_step WHERE round = ?"
			  " ORDER BY n",
			  "i", r->number);

	if (rc == 0)
		while ((rc = db_step(&s->db, st, err)) > 0)
			vec_push(&r->steps, read_step(st));
	db_end(st);
	return rc;
}

int
round_get(struct state *s, const char *space, int64_t number,
	  struct round **out, struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc = db_start(&s->db, &st, err, SELECT_ROUND " AND number = ?",
			  "ti", space, number);

	*out = NULL;
	if (rc == 0)
		rc = db_step(&s->db, st, err);
	if (rc > 0)
		*out = read_round(st);
	db_end(st);
	if (rc == 0)
		return err_set(err, PLEIN_ENOTFOUND, "no such round");
	if (rc > 0)
		rc = read_steps(s, *out, err);
	if (rc < 0) {
		round_free(*out);
		*out = NULL;
	}
	return rc;
}

int
round_list(struct state *s, const char *space, struct vec *out, struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc = db_start(&s->db, &st, err,
			  SELECT_ROUND " ORDER BY number DESC", "t", space);

	if (rc == 0)
		while ((rc = db_step(&s->db, st, err)) > 0)
			vec_push(out, read_round(st));
	db_end(st);
	return rc;
}

struct round_step *
round_step(const struct round *r, long n)
{
	return n >= 1 && (size_t)n <= r->steps.len ? r->steps.items[n - 1]
						   : NULL;
}

int
round_is_asked(struct state *s, const struct round *r, const char *handle,
	       bool *asked, long *all, struct err *err)
{
	sqlite3_stmt *st = NULL;
	int64_t named = 0;
	int rc = db_start(&s->db, &st, err,
			  "SELECT count(*), coalesce(sum(handle = ?), 0)"
			  " FROM round_guest WHERE round = ?",
			  "ti", handle, r->number);

	*all = 0;
	if (rc == 0)
		rc = db_step(&s->db, st, err);
	if (rc > 0) {
		*all = (long)sqlite3_column_int64(st, 0);
		named = sqlite3_column_int64(st, 1);
	}
	db_end(st);
	*asked = *all == 0 || named > 0 || strcmp(r->host, handle) == 0;
	return rc < 0 ? rc : 0;
}

/* --- closing ---------------------------------------------------------------- */

int
round_set_step(struct state *s, const struct round *r, long step, int64_t until,
	       struct err *err)
{
	if (until > 0)
		return db_run(&s->db, err,
			      "UPDATE round_step SET ends = ? WHERE round = ?"
			      " AND n = ?",
			      "iii", until, r->number, (int64_t)step);
	return db_run(&s->db, err,
		      "UPDATE round_step SET closed = 1 WHERE round = ?"
		      " AND n = ?",
		      "ii", r->number, (int64_t)step);
}

int
round_set_closing(struct state *s, const struct round *r, struct err *err)
{
	int rc = state_begin(s, err);

	if (rc != 0)
		return rc;
	rc = db_run(&s->db, err,
		    "UPDATE round SET closing = 1 WHERE number = ?", "i",
		    r->number);
	if (rc == 0)
		rc = db_run(&s->db, err,
			    "UPDATE round_step SET closed = 1 WHERE round = ?",
			    "i", r->number);
	if (rc == 0)
		return state_commit(s, err);
	state_abort(s);
	return rc;
}

int
round_drop(struct state *s, int64_t number, struct err *err)
{
	return db_run(&s->db, err, "DELETE FROM round WHERE number = ?", "i",
		      number);
}

/* --- what somebody is asked ------------------------------------------------- */

void
round_due_free(void *due)
{
	struct round_due *d = due;

	if (d == NULL)
		return;
	free(d->title);
	free(d->theme);
	free(d->step);
	free(d);
}

/* The columns behind a bare min() are of the row that has it. */
#define SELECT_DUE \
	"SELECT round.number, round.title, round.theme, round_step.title," \
	" min(round_step.n), count(*), round_step.ends" \
	" FROM round JOIN round_step ON round_step.round = round.number" \
	" WHERE round.space = ?1 AND round.closing = 0" \
	" AND round_step.closed = 0 AND round_step.ends > ?3" \
	" AND (round.host = ?2" \
	" OR NOT EXISTS (SELECT 1 FROM round_guest AS g" \
	" WHERE g.round = round.number)" \
	" OR EXISTS (SELECT 1 FROM round_guest AS g" \
	" WHERE g.round = round.number AND g.handle = ?2))" \
	" AND NOT EXISTS (SELECT 1 FROM round_done AS d" \
	" WHERE d.round = round.number AND d.step = round_step.n" \
	" AND d.handle = ?2)" \
	" GROUP BY round.number ORDER BY round_step.ends, round.number"

static struct round_due *
read_due(sqlite3_stmt *st)
{
	struct round_due *d = mem_alloc(sizeof *d);

	d->round = sqlite3_column_int64(st, 0);
	d->title = db_text(st, 1);
	d->theme = db_text(st, 2);
	d->step = db_text(st, 3);
	d->n = (long)sqlite3_column_int64(st, 4);
	d->steps = (long)sqlite3_column_int64(st, 5);
	d->until = sqlite3_column_int64(st, 6);
	return d;
}

int
rounds_due(struct state *s, const char *space, const char *handle, int64_t now,
	   struct vec *out, struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc = db_start(&s->db, &st, err, SELECT_DUE, "tti", space, handle,
			  now);

	if (rc == 0)
		while ((rc = db_step(&s->db, st, err)) > 0)
			vec_push(out, read_due(st));
	db_end(st);
	return rc;
}
