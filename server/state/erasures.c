/* erasures.c - see erasures.h. */
#include "state/erasures.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "state/state_impl.h"

int
erasures_add(struct state *s, const struct erasure_row *row, int64_t *n,
	     struct err *err)
{
	int rc = db_run(&s->db, err,
			"INSERT INTO erasure (key, reason, who, time)"
			" VALUES (?, ?, ?, ?)",
			"ttti", row->key, row->reason, row->who, row->time);

	if (rc == 0)
		*n = sqlite3_last_insert_rowid(s->db.h);
	return rc;
}

/* Has the statement a row? */
static int
look(struct state *s, sqlite3_stmt *st, bool *has, struct err *err)
{
	int rc = db_step(&s->db, st, err);

	db_end(st);
	*has = rc > 0;
	return rc > 0 ? 0 : rc;
}

int
erasures_any(struct state *s, bool *any, struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc =
		db_start(&s->db, &st, err, "SELECT 1 FROM erasure LIMIT 1", "");

	return rc ? rc : look(s, st, any, err);
}

int
erasures_know(struct state *s, const char *key, bool *known, struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc = db_start(&s->db, &st, err,
			  "SELECT 1 FROM erasure WHERE key = ?", "t", key);

	return rc ? rc : look(s, st, known, err);
}

int
erasures_put(struct state *s, int64_t n, enum erased_kind kind,
	     const char *what, const char *now, struct err *err)
{
	return db_run(&s->db, err,
		      "INSERT OR REPLACE INTO erased (kind, what, now, n)"
		      " VALUES (?, ?, ?, ?)",
		      "itti", (int64_t)kind, what, now ? now : "", n);
}

int
erasures_find(struct state *s, enum erased_kind kind, const char *what,
	      struct erased *out, struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc = db_start(&s->db, &st, err,
			  "SELECT d.now, e.time, e.reason FROM erased d"
			  " JOIN erasure e ON e.n = d.n"
			  " WHERE d.kind = ? AND d.what = ?",
			  "it", (int64_t)kind, what);

	memset(out, 0, sizeof(*out));
	if (rc == 0)
		rc = db_step(&s->db, st, err);
	if (rc > 0) {
		out->found = true;
		(void)snprintf(out->now, sizeof(out->now), "%s",
			       (const char *)sqlite3_column_text(st, 0));
		out->time = sqlite3_column_int64(st, 1);
		out->reason = db_text(st, 2);
	}
	db_end(st);
	return rc > 0 ? 0 : rc;
}

#define FOLLOW(table, column) \
	"UPDATE " table " SET " column " = (SELECT e.now FROM erased e" \
	" WHERE e.kind = 1 AND e.what = " table "." column ")" \
	" WHERE " column " IN (SELECT what FROM erased WHERE kind = 1)"

static const char *const follow[] = {
	FOLLOW("draft", "oid"),
	FOLLOW("visit", "head"),
	FOLLOW("erased", "now"),
};

int
erasures_follow(struct state *s, int64_t n, const char *words, int64_t *dropped,
		struct err *err)
{
	size_t i;
	int rc = db_run(&s->db, err,
			"DELETE FROM draft WHERE iif(space = 'agenda', '',"
			" space || ':') || address IN (SELECT what"
			" FROM erased WHERE kind = 2 AND n = ?)",
			"i", n);

	*dropped = rc == 0 ? sqlite3_changes(s->db.h) : 0;
	if (rc == 0 && words) {
		rc = db_run(&s->db, err,
			    "DELETE FROM draft WHERE instr(text, ?1) > 0 OR"
			    " EXISTS (SELECT 1 FROM draft_note d WHERE"
			    " d.handle = draft.handle AND"
			    " d.space = draft.space AND"
			    " d.address = draft.address AND"
			    " instr(d.note, ?1) > 0)",
			    "t", words);
		*dropped += sqlite3_changes(s->db.h);
	}
	for (i = 0; i < sizeof(follow) / sizeof(follow[0]) && rc == 0; i++)
		rc = db_run(&s->db, err, follow[i], "");
	return rc;
}

/* Bound: the space, the address, what it becomes. */
#define NAMES(text) "(" text " || ' ') GLOB '*' || ?2 || '[^a-z0-9-]*'"
#define OF_SPACE(address) "iif(?1 = 'agenda', '', ?1 || ':') || " address

static const char *const renames[] = {
	"UPDATE OR REPLACE mark SET address = ?3"
	" WHERE space = ?1 AND address = ?2",
	"UPDATE OR REPLACE follow SET what = ?3"
	" WHERE space = ?1 AND what = ?2",
	"UPDATE fold SET open = trim(replace(' ' || open || ' ',"
	" ' ' || ?2 || ' ', ' ' || ?3 || ' ')) WHERE space = ?1",
	"UPDATE OR REPLACE erased SET what = " OF_SPACE(
		"?3") " WHERE kind = 2 AND what = " OF_SPACE("?2"),
};

int
erasures_rename(struct state *s, const char *space, const char *address,
		const char *now, int64_t *dropped, struct err *err)
{
	int rc = db_run(&s->db, err,
			"DELETE FROM draft WHERE space = ?1 AND"
			" (address = ?2 OR " NAMES(
				"text") " OR EXISTS (SELECT"
					" 1 FROM draft_note d WHERE d.handle = "
					"draft.handle"
					" AND d.space = draft.space AND"
					" d.address = draft.address AND " NAMES(
						"d.note") "))",
			"tt", space, address);

	*dropped = rc == 0 ? sqlite3_changes(s->db.h) : 0;
	for (size_t i = 0; i < sizeof(renames) / sizeof(renames[0]) && rc == 0;
	     i++)
		rc = db_run(&s->db, err, renames[i], "ttt", space, address,
			    now);
	return rc;
}

int
erasures_scrub(struct state *s, struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc = db_exec(&s->db, "PRAGMA temp_store = MEMORY; VACUUM", err);

	if (rc == 0)
		rc = db_start(&s->db, &st, err,
			      "PRAGMA wal_checkpoint(TRUNCATE)", "");
	if (rc == 0)
		rc = db_step(&s->db, st, err);
	if (rc > 0)
		rc = sqlite3_column_int(st, 0) == 0
			     ? 0
			     : err_set(err, PLEIN_EBUSY,
				       "somebody reads the database");
	db_end(st);
	return rc;
}
