/* invites.c - see invites.h. */
#include "state/invites.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plein/clock.h"
#include "plein/mem.h"
#include "state/state_impl.h"

void
invite_release(struct invite *i)
{
	free(i->space);
	free(i->maker);
	memset(i, 0, sizeof(*i));
}

void
invite_free(void *i)
{
	if (!i)
		return;
	invite_release(i);
	free(i);
}

int
invite_add(struct state *s, const struct invite *i, const char *hash,
	   long *number, struct err *err)
{
	int rc = db_run(&s->db, err,
			"INSERT INTO invite"
			" (hash, role, space, uses, expires, maker, made)"
			" VALUES (?, ?, ?, ?, ?, ?, ?)",
			"tttiiti", hash, role_name(i->role), i->space,
			(int64_t)i->uses, i->expires, i->maker, clock_wall());

	if (rc == 0)
		*number = (long)sqlite3_last_insert_rowid(s->db.h);
	return rc;
}

int
invite_list(struct state *s, const char *space, int64_t now, struct vec *out,
	    struct err *err)
{
	sqlite3_stmt *st = NULL;
	struct invite *i;
	int rc = db_start(&s->db, &st, err,
			  "SELECT number, role, space, uses, expires, maker,"
			  " made FROM invite WHERE uses > 0 AND expires > ?"
			  " AND space = ifnull(?, space) ORDER BY number",
			  "it", now, space);

	if (rc == 0)
		while ((rc = db_step(&s->db, st, err)) > 0) {
			i = mem_alloc(sizeof(*i));
			i->number = (long)sqlite3_column_int64(st, 0);
			i->role = role_of(
				(const char *)sqlite3_column_text(st, 1));
			i->space = db_text(st, 2);
			i->uses = (long)sqlite3_column_int64(st, 3);
			i->expires = sqlite3_column_int64(st, 4);
			i->maker = db_text(st, 5);
			i->made = sqlite3_column_int64(st, 6);
			vec_push(out, i);
		}
	db_end(st);
	return rc;
}

int
invite_revoke(struct state *s, const char *space, long number, struct err *err)
{
	int rc = db_run(&s->db, err,
			"DELETE FROM invite WHERE number = ?"
			" AND space = ifnull(?, space)",
			"it", (int64_t)number, space);

	if (rc == 0 && sqlite3_changes(s->db.h) == 0)
		rc = err_set(err, PLEIN_ENOTFOUND, "no such invitation");
	return rc;
}

int
invite_use(struct state *s, const char *hash, int64_t now, enum role *role,
	   char space[SPACE_MAX + 1], struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc = db_start(&s->db, &st, err,
			  "UPDATE invite SET uses = uses - 1"
			  " WHERE hash = ? AND uses > 0 AND expires > ?"
			  " RETURNING role, space",
			  "ti", hash, now);

	if (rc == 0)
		rc = db_step(&s->db, st, err);
	if (rc > 0) {
		*role = role_of((const char *)sqlite3_column_text(st, 0));
		(void)snprintf(space, SPACE_MAX + 1, "%s",
			       (const char *)sqlite3_column_text(st, 1));
		rc = db_step(&s->db, st, err);
	} else if (rc == 0) {
		rc = err_rule(err, PLEIN_EDENIED, "invite", 0,
			      "this code lets nobody in");
	}
	db_end(st);
	return rc;
}
