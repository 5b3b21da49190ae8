/* answers.c - see answers.h. */
#include "state/answers.h"

#include <stdlib.h>
#include <string.h>

#include "plein/mem.h"
#include "state/state_impl.h"

/* --- being written ---------------------------------------------------------- */

int
answer_keep(struct state *s, int64_t round, long step, const char *handle,
	    const char *text, struct err *err)
{
	if (!text[0])
		return db_run(&s->db, err,
			      "DELETE FROM round_draft WHERE handle = ?"
			      " AND round = ? AND step = ?",
			      "tii", handle, round, (int64_t)step);
	return db_run(&s->db, err,
		      "INSERT INTO round_draft (handle, round, step, text)"
		      " VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE"
		      " SET text = excluded.text",
		      "tiit", handle, round, (int64_t)step, text);
}

int
answer_kept(struct state *s, int64_t round, long step, const char *handle,
	    char **text, struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc = db_start(&s->db, &st, err,
			  "SELECT text FROM round_draft WHERE handle = ?"
			  " AND round = ? AND step = ?",
			  "tii", handle, round, (int64_t)step);

	*text = NULL;
	if (rc == 0)
		rc = db_step(&s->db, st, err);
	if (rc > 0)
		*text = db_text(st, 0);
	db_end(st);
	return rc < 0 ? rc : 0;
}

/* --- answers ---------------------------------------------------------------- */

int
answer_is_given(struct state *s, const struct answering *a, bool *given,
		struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc = db_start(&s->db, &st, err,
			  "SELECT 1 FROM round_done WHERE round = ?"
			  " AND step = ? AND handle = ?",
			  "iit", a->round->number, (int64_t)a->step->n,
			  a->handle);

	if (rc == 0)
		rc = db_step(&s->db, st, err);
	*given = rc > 0;
	db_end(st);
	return rc < 0 ? rc : 0;
}

#define BYTES(what) "length(CAST(coalesce(" what ", '') AS BLOB))"
#define SUM(what, table) \
	"(SELECT coalesce(sum(" what "), 0) FROM " table " WHERE round = ?1)"

/* Bytes of all that was said in the round. */
#define SELECT_ROOM \
	"SELECT " SUM( \
		BYTES("text") " + " BYTES("more"), \
		"round_answer") " + " SUM(BYTES("text"), \
					  "round_word") " + " SUM(BYTES("tex" \
									"t"), \
								  "round_" \
								  "point") " " \
									   "+" \
									   " " SUM(BYTES("reason"), \
										   "round_stand")

static int
check_room(struct state *s, int64_t round, size_t len, struct err *err)
{
	sqlite3_stmt *st = NULL;
	int64_t used = 0;
	int rc = db_start(&s->db, &st, err, SELECT_ROOM, "i", round);

	if (rc == 0)
		rc = db_step(&s->db, st, err);
	if (rc > 0)
		used = sqlite3_column_int64(st, 0);
	db_end(st);
	if (rc < 0)
		return rc;
	return (size_t)used + len <= ROUND_ROOM
		       ? 0
		       : err_set(err, PLEIN_ETOOBIG,
				 "this round has no room for more");
}

static int
put_done(struct state *s, const struct answering *a, struct err *err)
{
	return db_run(&s->db, err,
		      "INSERT INTO round_done (round, step, handle)"
		      " VALUES (?, ?, ?)",
		      "iit", a->round->number, (int64_t)a->step->n, a->handle);
}

static int
put_first(struct state *s, const struct answering *a, const char *text,
	  bool late, struct err *err)
{
	int rc = put_done(s, a, err);

	if (rc != 0)
		return rc;
	if (a->step->names == ROUND_NOBODY)
		return db_run(&s->db, err,
			      "INSERT INTO round_word (round, step, id, text)"
			      " VALUES (?, ?, hex(randomblob(16)), ?)",
			      "iit", a->round->number, (int64_t)a->step->n,
			      text);
	return db_run(&s->db, err,
		      "INSERT INTO round_answer (round, step, handle, place,"
		      " late, text) VALUES (?, ?, ?, hex(randomblob(8)), ?,"
		      " ?)",
		      "iitit", a->round->number, (int64_t)a->step->n, a->handle,
		      (int64_t)late, text);
}

static int
put_more(struct state *s, const struct answering *a, const char *text,
	 struct err *err)
{
	if (a->step->names == ROUND_NOBODY)
		return err_set(err, PLEIN_ESAME, "you have answered this step");
	return db_run(&s->db, err,
		      "UPDATE round_answer SET more = ? WHERE round = ?"
		      " AND step = ? AND handle = ?",
		      "tiit", text, a->round->number, (int64_t)a->step->n,
		      a->handle);
}

static int
put_answer(struct state *s, const struct answering *a, const char *text,
	   bool late, struct err *err)
{
	bool given;
	int rc = answer_is_given(s, a, &given, err);

	if (rc == 0 && given)
		rc = put_more(s, a, text, err);
	else if (rc == 0)
		rc = put_first(s, a, text, late, err);
	if (rc == 0)
		rc = answer_keep(s, a->round->number, a->step->n, a->handle, "",
				 err);
	return rc;
}

int
answer_put(struct state *s, const struct answering *a, const char *text,
	   bool late, struct err *err)
{
	int rc = check_room(s, a->round->number, strlen(text), err);

	if (rc == 0)
		rc = state_begin(s, err);
	if (rc != 0)
		return rc;
	rc = put_answer(s, a, text, late, err);
	if (rc == 0)
		return state_commit(s, err);
	state_abort(s);
	return rc;
}

static struct round_said *
read_said(sqlite3_stmt *st)
{
	struct round_said *said = mem_alloc(sizeof *said);

	said->handle = db_text(st, 0);
	said->text = db_text(st, 1);
	said->more = db_text(st, 2);
	said->late = sqlite3_column_int64(st, 3) != 0;
	return said;
}

#define SELECT_SAID \
	"SELECT handle, text, more, late FROM round_answer" \
	" WHERE round = ? AND step = ? ORDER BY "

#define SELECT_WORDS \
	"SELECT NULL, text, NULL, 0 FROM round_word" \
	" WHERE round = ? AND step = ? ORDER BY "

static const char *
pick_statement(const struct round_step *step, bool anew)
{
	if (step->names == ROUND_NOBODY)
		return anew ? SELECT_WORDS "random()" : SELECT_WORDS "id";
	return anew ? SELECT_SAID "random()" : SELECT_SAID "place";
}

int
answer_list(struct state *s, const struct round *r,
	    const struct round_step *step, bool anew, struct vec *out,
	    struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc = db_start(&s->db, &st, err, pick_statement(step, anew), "ii",
			  r->number, (int64_t)step->n);

	if (rc == 0)
		while ((rc = db_step(&s->db, st, err)) > 0)
			vec_push(out, read_said(st));
	db_end(st);
	return rc;
}

/* --- agreement -------------------------------------------------------------- */

int
answer_point(struct state *s, const struct round *r,
	     const struct round_step *step, const char *text, long *n,
	     struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc = check_room(s, r->number, strlen(text), err);

	if (rc == 0)
		rc = db_start(&s->db, &st, err,
			      "SELECT coalesce(max(n), 0) FROM round_point"
			      " WHERE round = ? AND step = ?",
			      "ii", r->number, (int64_t)step->n);
	if (rc == 0)
		rc = db_step(&s->db, st, err);
	*n = rc > 0 ? (long)sqlite3_column_int64(st, 0) + 1 : 0;
	db_end(st);
	if (rc < 0)
		return rc;
	if (*n > ROUND_POINTS_MAX)
		return err_rule(err, PLEIN_ERULE, "points", 0,
				"a step has at most %d statements",
				ROUND_POINTS_MAX);
	return db_run(&s->db, err,
		      "INSERT INTO round_point (round, step, n, text)"
		      " VALUES (?, ?, ?, ?)",
		      "iiit", r->number, (int64_t)step->n, (int64_t)*n, text);
}

int
answer_stand(struct state *s, const struct answering *a, long point,
	     const struct round_stand *stand, struct err *err)
{
	int rc = check_room(s, a->round->number,
			    stand->reason ? strlen(stand->reason) : 0, err);

	if (rc == 0)
		rc = db_run(
			&s->db, err,
			"INSERT INTO round_stand (round, step, n, handle,"
			" place, agrees, reason) SELECT round, step, n, ?,"
			" hex(randomblob(8)), ?, ? FROM round_point"
			" WHERE round = ? AND step = ? AND n = ?"
			" ON CONFLICT DO UPDATE SET agrees = excluded.agrees,"
			" reason = excluded.reason",
			"titiii", a->handle, (int64_t)stand->agrees,
			stand->reason, a->round->number, (int64_t)a->step->n,
			(int64_t)point);

	if (rc == 0 && sqlite3_changes(s->db.h) == 0)
		return err_set(err, PLEIN_ENOTFOUND, "no such statement");
	return rc;
}

static int
read_stands(struct state *s, const struct round *r,
	    const struct round_step *step, struct round_point *p,
	    struct err *err)
{
	struct round_stand *stand;
	sqlite3_stmt *st = NULL;
	int rc = db_start(&s->db, &st, err,
			  "SELECT handle, agrees, reason FROM round_stand"
			  " WHERE round = ? AND step = ? AND n = ?"
			  " ORDER BY agrees DESC, place",
			  "iii", r->number, (int64_t)step->n, (int64_t)p->n);

	while (rc == 0 && (rc = db_step(&s->db, st, err)) > 0) {
		rc = 0;
		stand = mem_alloc(sizeof *stand);
		stand->handle = db_text(st, 0);
		stand->agrees = sqlite3_column_int64(st, 1) != 0;
		stand->reason = db_text(st, 2);
		vec_push(&p->stands, stand);
	}
	db_end(st);
	return rc;
}

int
answer_points(struct state *s, const struct round *r,
	      const struct round_step *step, struct vec *out, struct err *err)
{
	struct round_point *p;
	sqlite3_stmt *st = NULL;
	size_t i = out->len;
	int rc = db_start(&s->db, &st, err,
			  "SELECT n, text FROM round_point WHERE round = ?"
			  " AND step = ? ORDER BY n",
			  "ii", r->number, (int64_t)step->n);

	if (rc == 0)
		while ((rc = db_step(&s->db, st, err)) > 0) {
			p = mem_alloc(sizeof *p);
			p->n = (long)sqlite3_column_int64(st, 0);
			p->text = db_text(st, 1);
			vec_push(out, p);
		}
	db_end(st);
	for (; i < out->len && rc == 0; i++)
		rc = read_stands(s, r, step, out->items[i], err);
	return rc;
}
