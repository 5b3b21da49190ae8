/* members.c - see members.h. */
#include "state/members.h"

#include <stdio.h>
#include <stdlib.h>

#include "plein/clock.h"
#include "plein/mem.h"
#include "state/accounts.h"
#include "state/state_impl.h"

void
space_row_free(void *row)
{
	struct space_row *r = row;

	if (!r)
		return;
	free(r->name);
	free(r->title);
	free(r);
}

void
member_free(void *member)
{
	struct member *m = member;

	if (!m)
		return;
	free(m->handle);
	free(m->name);
	free(m->space);
	free(m);
}

/* --- spaces --------------------------------------------------------------- */

int
space_put(struct state *s, const char *name, const char *title, bool closed,
	  struct err *err)
{
	if (*title && !account_is_line(title, SPACE_TITLE_MAX))
		return err_rule(err, PLEIN_ERULE, "title", 0,
				"this title cannot be");
	return db_run(&s->db, err,
		      "INSERT INTO space (name, title, closed, made)"
		      " VALUES (?, ?, ?, ?) ON CONFLICT (name) DO UPDATE"
		      " SET title = excluded.title, closed = excluded.closed",
		      "ttii", name, title, (int64_t)closed, clock_wall());
}

static struct space_row *
read_row(sqlite3_stmt *st)
{
	struct space_row *r = mem_alloc(sizeof(*r));

	r->name = db_text(st, 0);
	r->title = db_text(st, 1);
	r->closed = sqlite3_column_int64(st, 2) != 0;
	r->made = sqlite3_column_int64(st, 3);
	return r;
}

int
space_row(struct state *s, const char *name, struct space_row **out,
	  struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc = db_start(&s->db, &st, err,
			  "SELECT name, title, closed, made FROM space"
			  " WHERE name = ?",
			  "t", name);

	*out = NULL;
	if (rc == 0)
		rc = db_step(&s->db, st, err);
	if (rc > 0)
		*out = read_row(st);
	db_end(st);
	if (rc == 0)
		return err_set(err, PLEIN_ENOTFOUND, "there is no such space");
	return rc < 0 ? rc : 0;
}

int
space_rows(struct state *s, struct vec *out, struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc = db_start(&s->db, &st, err,
			  "SELECT name, title, closed, made FROM space"
			  " ORDER BY name",
			  "");

	if (rc == 0)
		while ((rc = db_step(&s->db, st, err)) > 0)
			vec_push(out, read_row(st));
	db_end(st);
	return rc;
}

int
space_drop(struct state *s, const char *name, struct err *err)
{
	static const char *const acts[] = {
		"DELETE FROM round WHERE space = ?",
		"DELETE FROM cancelled WHERE space = ?",
		"DELETE FROM member WHERE space = ?",
		"DELETE FROM invite WHERE space = ?",
		"DELETE FROM seat WHERE space = ?",
		"DELETE FROM mark WHERE space = ?",
		"DELETE FROM thread_mark WHERE space = ?",
		"DELETE FROM mention_mark WHERE space = ?",
		"DELETE FROM follow WHERE space = ?",
		"DELETE FROM visit WHERE space = ?",
		"DELETE FROM fold WHERE space = ?",
		"DELETE FROM space WHERE name = ?",
	};
	int rc = 0;

	for (size_t i = 0; i < sizeof(acts) / sizeof(acts[0]) && rc == 0; i++)
		rc = db_run(&s->db, err, acts[i], "t", name);
	if (rc == 0 && sqlite3_changes(s->db.h) == 0)
		rc = err_set(err, PLEIN_ENOTFOUND, "there is no such space");
	return rc;
}

/* --- members -------------------------------------------------------------- */

static int
take_away(struct state *s, const char *space, const char *handle,
	  struct err *err)
{
	int rc = db_run(&s->db, err,
			"DELETE FROM member WHERE space = ? AND handle = ?",
			"tt", space, handle);

	if (rc == 0 && sqlite3_changes(s->db.h) == 0)
		rc = err_set(err, PLEIN_ENOTFOUND, "%s has no role there",
			     handle);
	return rc;
}

int
member_set(struct state *s, const char *space, const char *handle,
	   enum role role, struct err *err)
{
	struct account a = { 0 };
	struct space_row *row = NULL;
	int rc;

	if (role == ROLE_NONE)
		return take_away(s, space, handle, err);
	if (role < ROLE_LEZER || role > ROLE_BEHEERDER)
		return err_set(err, PLEIN_ERULE, "this role cannot be given");
	rc = account_get(s, handle, &a, err);
	account_release(&a);
	if (rc == 0)
		rc = space_row(s, space, &row, err);
	space_row_free(row);
	if (rc != 0)
		return rc;
	return db_run(&s->db, err,
		      "INSERT INTO member (handle, space, role, since)"
		      " VALUES (?, ?, ?, ?) ON CONFLICT (handle, space)"
		      " DO UPDATE SET role = excluded.role",
		      "ttti", handle, space, role_name(role), clock_wall());
}

int
member_role(struct state *s, const char *space, const char *handle,
	    enum role *role, struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc = db_start(&s->db, &st, err,
			  "SELECT role FROM member"
			  " WHERE handle = ? AND space = ?",
			  "tt", handle, space);

	*role = ROLE_NONE;
	if (rc == 0)
		rc = db_step(&s->db, st, err);
	if (rc > 0)
		*role = role_of((const char *)sqlite3_column_text(st, 0));
	db_end(st);
	return rc < 0 ? rc : 0;
}

int
member_list(struct state *s, const char *space, const char *handle,
	    struct vec *out, struct err *err)
{
	sqlite3_stmt *st = NULL;
	struct member *m;
	int rc = db_start(&s->db, &st, err,
			  "SELECT handle, name, space, member.role, since"
			  " FROM member JOIN account USING (handle)"
			  " WHERE space = ifnull(?, space)"
			  " AND handle = ifnull(?, handle)"
			  " ORDER BY space, handle",
			  "tt", space, handle);

	if (rc == 0)
		while ((rc = db_step(&s->db, st, err)) > 0) {
			m = mem_alloc(sizeof(*m));
			m->handle = db_text(st, 0);
			m->name = db_text(st, 1);
			m->space = db_text(st, 2);
			m->role = role_of(
				(const char *)sqlite3_column_text(st, 3));
			m->since = sqlite3_column_int64(st, 4);
			vec_push(out, m);
		}
	db_end(st);
	return rc;
}

/* --- seats ---------------------------------------------------------------- */

int
seat_get(struct state *s, const char *handle, char *out, size_t size,
	 struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc = db_start(&s->db, &st, err,
			  "SELECT space FROM seat WHERE handle = ?", "t",
			  handle);

	*out = '\0';
	if (rc == 0)
		rc = db_step(&s->db, st, err);
	if (rc > 0)
		(void)snprintf(out, size, "%s",
			       (const char *)sqlite3_column_text(st, 0));
	db_end(st);
	return rc < 0 ? rc : 0;
}

int
seat_put(struct state *s, const char *handle, const char *space,
	 struct err *err)
{
	return db_run(&s->db, err,
		      "INSERT OR REPLACE INTO seat (handle, space)"
		      " VALUES (?, ?)",
		      "tt", handle, space);
}
