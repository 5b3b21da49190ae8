/*
 * db.h - SQLite for the files of server/state: opening, errors in our
 * numbers, statements prepared once. SQLite's types stay in here.
 */
#ifndef PLEIN_STATE_DB_H
#define PLEIN_STATE_DB_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "plein/err.h"

struct db_statement {
	const char *sql; /* a literal: compared by address; NULL: free */
	sqlite3_stmt *st;
};

struct db {
	sqlite3 *h;
	struct db_statement *kept; /* a hash table, at most half full */
	size_t n_kept, n_slots; /* slots: a power of two, or 0 */
	int64_t deadline; /* clock_mono_ms() at which a step gives up; 0: none */
	int frames; /* in the log, after the last commit of this handle */
};

#define DB_SCHEMA_PARTS 5

/* What a database file of ours looks like. */
struct db_form {
	int32_t id; /* PRAGMA application_id */
	int version; /* PRAGMA user_version */
	bool fulltext; /* its handles know what fulltext.h tells */
	/* Makes an empty file into one, in order; a string may only be so long. */
	const char *schema[DB_SCHEMA_PARTS];
	/*
	 * Row k - 1 makes form k into form k + 1; as many as lead to
	 * `version`. NULL: an older form is of no use.
	 */
	const char *const *upgrades;
	const char *tuning; /* pragmas for each handle */
};

/* DB_MEMORY: empty, without a file, gone when it is closed. */
enum db_mode { DB_READ, DB_WRITE, DB_CREATE, DB_MEMORY };

#define DB_NO_FILE ":memory:" /* the path of those */

/*
 * Open. PLEIN_ENOTFOUND when missing (unless DB_CREATE: then made, 0600, and
 * its folder synced) or, with DB_READ, empty: somebody may be making it just
 * now; PLEIN_ECORRUPT when it is damaged or not of `form`. An
 * older form becomes this one, in one transaction, unless DB_READ.
 */
int
db_open(struct db *d, const char *path, enum db_mode mode,
	const struct db_form *form, struct err *err);

/* Remove a database nobody needs any more, with its -wal and -shm. */
void
db_remove(const char *path);

/* Closing one that was never opened (all zero) is harmless. */
void
db_close(struct db *d);

/* Fill `err` from SQLite's result; returns the PLEIN_E…. */
int
db_fail(struct db *d, int rc, struct err *err);

/* Run statements without results. */
int
db_exec(struct db *d, const char *sql, struct err *err);

/*
 * A statement, ready to be stepped; `types` says what follows: 't' const
 * char * (NULL allowed), 'i' int64_t. Finish it with db_end().
 */
int
db_start(struct db *d, sqlite3_stmt **st, struct err *err, const char *sql,
	 const char *types, ...);

/* 1: there is a row, 0: no more, or a negative PLEIN_E…. */
int
db_step(struct db *d, sqlite3_stmt *st, struct err *err);

/* From now on steps end with PLEIN_EBUSY after `ms` in all; 0: no limit. */
void
db_limit(struct db *d, int ms);

/*
 * From now on the log of this database is copied into its file only by
 * db_checkpoint(): that takes syncs, which nobody need wait for. Not for a
 * struct that moves.
 */
void
db_checkpoint_by_hand(struct db *d);

/* If the log is long; what cannot be copied now stays in it. */
void
db_checkpoint(struct db *d);

/* Give up the read lock; NULL is allowed. */
void
db_end(sqlite3_stmt *st);

/* db_start, one db_step, db_end, for what gives no rows. */
int
db_run(struct db *d, struct err *err, const char *sql, const char *types, ...);

/* A text column as a string for free(), or NULL for SQL's NULL. */
char *
db_text(sqlite3_stmt *st, int column);

#endif
