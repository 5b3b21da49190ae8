/*
 * state.c - state.db: its form, opening and checking.
 *
 * A form is never changed once it was released: the schema below is what a
 * new file gets, and the upgrade must lead to the same.
 */
#include "state/state.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "plein/fs.h"
#include "plein/mem.h"
#include "state/state_impl.h"

#define MAKE_ACCOUNTS \
	"CREATE TABLE account (" \
	" handle TEXT PRIMARY KEY," \
	" name TEXT NOT NULL," \
	" role TEXT NOT NULL," \
	" language TEXT NOT NULL," \
	" created INTEGER NOT NULL" \
	") STRICT, WITHOUT ROWID;" \
	"CREATE TABLE key (" \
	" fingerprint TEXT PRIMARY KEY," \
	" handle TEXT NOT NULL REFERENCES account(handle)," \
	" kind TEXT NOT NULL," \
	" blob TEXT NOT NULL," \
	" comment TEXT NOT NULL," \
	" added INTEGER NOT NULL" \
	") STRICT, WITHOUT ROWID;" \
	"CREATE INDEX key_handle ON key(handle);"

/* Texts come last: what a list reads lies before them. */
#define MAKE_DRAFT \
	"CREATE TABLE draft (" \
	" handle TEXT NOT NULL REFERENCES account(handle)," \
	" address TEXT NOT NULL," \
	" base INTEGER NOT NULL," \
	" oid TEXT," \
	" size INTEGER NOT NULL," \
	" time INTEGER NOT NULL," \
	" text TEXT NOT NULL," \
	" PRIMARY KEY (handle, address)" \
	") STRICT;"

/* Version last read of a page; when a person was here, and read it all. */
#define MAKE_MARKS \
	"CREATE TABLE mark (" \
	" handle TEXT NOT NULL REFERENCES account(handle)," \
	" address TEXT NOT NULL," \
	" version INTEGER NOT NULL," \
	" time INTEGER NOT NULL," \
	" PRIMARY KEY (handle, address)" \
	") STRICT, WITHOUT ROWID;" \
	"CREATE TABLE visit (" \
	" handle TEXT PRIMARY KEY REFERENCES account(handle)," \
	" seen INTEGER NOT NULL," \
	" since INTEGER NOT NULL," \
	" head TEXT" \
	") STRICT, WITHOUT ROWID;"

/* What a person chose for themselves, and when each key signed in last. */
#define MAKE_PROFILE \
	"CREATE TABLE profile (" \
	" handle TEXT PRIMARY KEY REFERENCES account(handle)," \
	" organisation TEXT NOT NULL," \
	" display TEXT NOT NULL" \
	") STRICT, WITHOUT ROWID;" \
	"CREATE TABLE key_use (" \
	" fingerprint TEXT PRIMARY KEY" \
	" REFERENCES key(fingerprint) ON DELETE CASCADE," \
	" time INTEGER NOT NULL" \
	") STRICT, WITHOUT ROWID;"

/* What people know or have besides their keys (proofs.h). */
#define MAKE_PROOFS \
	"CREATE TABLE password (" \
	" handle TEXT PRIMARY KEY REFERENCES account(handle)," \
	" hash TEXT NOT NULL," \
	" since INTEGER NOT NULL" \
	") STRICT, WITHOUT ROWID;" \
	"CREATE TABLE code (" \
	" handle TEXT PRIMARY KEY REFERENCES account(handle)," \
	" secret TEXT," \
	" pending TEXT," \
	" step INTEGER NOT NULL," \
	" since INTEGER NOT NULL" \
	") STRICT, WITHOUT ROWID;" \
	"CREATE TABLE recovery (" \
	" handle TEXT NOT NULL REFERENCES account(handle)," \
	" hash TEXT NOT NULL," \
	" PRIMARY KEY (handle, hash)" \
	") STRICT, WITHOUT ROWID;"

/* What is going to be said of a draft when it is saved; goes with it. */
#define MAKE_NOTE \
	"CREATE TABLE draft_note (" \
	" handle TEXT NOT NULL," \
	" address TEXT NOT NULL," \
	" note TEXT NOT NULL," \
	" PRIMARY KEY (handle, address)," \
	" FOREIGN KEY (handle, address) REFERENCES draft(handle, address)" \
	" ON DELETE CASCADE" \
	") STRICT, WITHOUT ROWID;"

/* audit.h; what is written there stays as it is. */
#define MAKE_AUDIT \
	"CREATE TABLE audit (" \
	" n INTEGER PRIMARY KEY AUTOINCREMENT," \
	" time INTEGER NOT NULL," \
	" act TEXT NOT NULL," \
	" who TEXT NOT NULL," \
	" door TEXT NOT NULL," \
	" origin TEXT NOT NULL," \
	" about TEXT NOT NULL," \
	" detail TEXT NOT NULL," \
	" result TEXT NOT NULL," \
	" hash TEXT NOT NULL" \
	") STRICT;" \
	"CREATE TRIGGER audit_altered BEFORE UPDATE ON audit BEGIN" \
	" SELECT raise(ABORT, 'the audit log is only added to'); END;" \
	"CREATE TRIGGER audit_removed BEFORE DELETE ON audit BEGIN" \
	" SELECT raise(ABORT, 'the audit log is only added to'); END;"

/* Which branches of the agenda a person left open (folds.h). */
#define MAKE_FOLD \
	"CREATE TABLE fold (" \
	" handle TEXT PRIMARY KEY REFERENCES account(handle)," \
	" open TEXT NOT NULL" \
	") STRICT, WITHOUT ROWID;"

/*
 * What an account is but active (standing.h), what was applied for, and codes
 * that let somebody in (invites.h).
 */
#define MAKE_STANDING \
	"CREATE TABLE standing (" \
	" handle TEXT PRIMARY KEY REFERENCES account(handle)," \
	" standing TEXT NOT NULL," \
	" reason TEXT NOT NULL," \
	" time INTEGER NOT NULL" \
	") STRICT, WITHOUT ROWID;" \
	"CREATE TABLE application (" \
	" number INTEGER PRIMARY KEY AUTOINCREMENT," \
	" handle TEXT NOT NULL UNIQUE REFERENCES account(handle)," \
	" reason TEXT NOT NULL," \
	" peer TEXT NOT NULL," \
	" time INTEGER NOT NULL" \
	") STRICT;" \
	"CREATE TABLE invite (" \
	" number INTEGER PRIMARY KEY AUTOINCREMENT," \
	" hash TEXT NOT NULL UNIQUE," \
	" role TEXT NOT NULL," \
	" space TEXT NOT NULL," \
	" uses INTEGER NOT NULL," \
	" expires INTEGER NOT NULL," \
	" maker TEXT NOT NULL," \
	" made INTEGER NOT NULL" \
	") STRICT;"

/*
 * What who decides wants to know of an application; and whose keys are that
 * were offered but not shown (keywait.h).
 */
#define MAKE_QUESTION \
	"CREATE TABLE question (" \
	" number INTEGER PRIMARY KEY" \
	" REFERENCES application(number) ON DELETE CASCADE," \
	" text TEXT NOT NULL," \
	" time INTEGER NOT NULL" \
	") STRICT;" \
	"CREATE TABLE pending_key (" \
	" fingerprint TEXT PRIMARY KEY," \
	" handle TEXT NOT NULL REFERENCES account(handle)" \
	" ON DELETE CASCADE," \
	" time INTEGER NOT NULL" \
	") STRICT, WITHOUT ROWID;"

/* erasures.h; kind as enum erased_kind. */
#define MAKE_ERASURES \
	"CREATE TABLE erasure (" \
	" n INTEGER PRIMARY KEY AUTOINCREMENT," \
	" key TEXT NOT NULL UNIQUE," \
	" reason TEXT NOT NULL," \
	" who TEXT NOT NULL," \
	" time INTEGER NOT NULL" \
	") STRICT;" \
	"CREATE TABLE erased (" \
	" kind INTEGER NOT NULL," \
	" what TEXT NOT NULL," \
	" now TEXT NOT NULL," \
	" n INTEGER NOT NULL REFERENCES erasure(n)," \
	" PRIMARY KEY (kind, what)" \
	") STRICT, WITHOUT ROWID;"

/*
 * What belongs to a page or to the agenda is of a space. In place of the
 * tables of before, which knew of one.
 */
#define MAKE_OF_SPACES \
	"CREATE TABLE draft (" \
	" handle TEXT NOT NULL REFERENCES account(handle)," \
	" space TEXT NOT NULL," \
	" address TEXT NOT NULL," \
	" base INTEGER NOT NULL," \
	" oid TEXT," \
	" size INTEGER NOT NULL," \
	" time INTEGER NOT NULL," \
	" text TEXT NOT NULL," \
	" PRIMARY KEY (handle, space, address)" \
	") STRICT;" \
	"CREATE TABLE draft_note (" \
	" handle TEXT NOT NULL," \
	" space TEXT NOT NULL," \
	" address TEXT NOT NULL," \
	" note TEXT NOT NULL," \
	" PRIMARY KEY (handle, space, address)," \
	" FOREIGN KEY (handle, space, address)" \
	" REFERENCES draft(handle, space, address) ON DELETE CASCADE" \
	") STRICT, WITHOUT ROWID;" \
	"CREATE TABLE mark (" \
	" handle TEXT NOT NULL REFERENCES account(handle)," \
	" space TEXT NOT NULL," \
	" address TEXT NOT NULL," \
	" version INTEGER NOT NULL," \
	" time INTEGER NOT NULL," \
	" PRIMARY KEY (handle, space, address)" \
	") STRICT, WITHOUT ROWID;" \
	"CREATE TABLE visit (" \
	" handle TEXT NOT NULL REFERENCES account(handle)," \
	" space TEXT NOT NULL," \
	" seen INTEGER NOT NULL," \
	" since INTEGER NOT NULL," \
	" head TEXT," \
	" PRIMARY KEY (handle, space)" \
	") STRICT, WITHOUT ROWID;" \
	"CREATE TABLE fold (" \
	" handle TEXT NOT NULL REFERENCES account(handle)," \
	" space TEXT NOT NULL," \
	" open TEXT NOT NULL," \
	" PRIMARY KEY (handle, space)" \
	") STRICT, WITHOUT ROWID;"

/* Which spaces there are, who is what in them, and where people were last
 * (members.h). */
#define MAKE_SPACES \
	"CREATE TABLE space (" \
	" name TEXT PRIMARY KEY," \
	" title TEXT NOT NULL," \
	" closed INTEGER NOT NULL," \
	" made INTEGER NOT NULL" \
	") STRICT, WITHOUT ROWID;" \
	"CREATE TABLE member (" \
	" handle TEXT NOT NULL REFERENCES account(handle)," \
	" space TEXT NOT NULL REFERENCES space(name)," \
	" role TEXT NOT NULL," \
	" since INTEGER NOT NULL," \
	" PRIMARY KEY (handle, space)" \
	") STRICT, WITHOUT ROWID;" \
	"CREATE TABLE seat (" \
	" handle TEXT PRIMARY KEY REFERENCES account(handle)," \
	" space TEXT NOT NULL" \
	") STRICT, WITHOUT ROWID;"

#define TO_SPACES \
	"CREATE TABLE old_draft AS SELECT * FROM draft;" \
	"CREATE TABLE old_note AS SELECT * FROM draft_note;" \
	"CREATE TABLE old_mark AS SELECT * FROM mark;" \
	"CREATE TABLE old_visit AS SELECT * FROM visit;" \
	"CREATE TABLE old_fold AS SELECT * FROM fold;" \
	"DROP TABLE draft_note; DROP TABLE draft; DROP TABLE mark;" \
	"DROP TABLE visit; DROP TABLE fold;" MAKE_OF_SPACES \
	"INSERT INTO draft SELECT handle, 'agenda', address, base, oid, size," \
	" time, text FROM old_draft;" \
	"INSERT INTO draft_note SELECT handle, 'agenda', address, note" \
	" FROM old_note;" \
	"INSERT INTO mark SELECT handle, 'agenda', address, version, time" \
	" FROM old_mark;" \
	"INSERT INTO visit SELECT handle, 'agenda', seen, since, head" \
	" FROM old_visit;" \
	"INSERT INTO fold SELECT handle, 'agenda', open FROM old_fold;" \
	"DROP TABLE old_draft; DROP TABLE old_note; DROP TABLE old_mark;" \
	"DROP TABLE old_visit; DROP TABLE old_fold;"

/* What can be taken back, and what waits for a second (decisions.h). */
#define MAKE_DECISION \
	"CREATE TABLE decision (" \
	" handle TEXT PRIMARY KEY REFERENCES account(handle)" \
	" ON DELETE CASCADE," \
	" number INTEGER NOT NULL," \
	" reason TEXT NOT NULL," \
	" peer TEXT NOT NULL," \
	" asked INTEGER NOT NULL," \
	" result TEXT NOT NULL," \
	" maker TEXT NOT NULL," \
	" time INTEGER NOT NULL" \
	") STRICT, WITHOUT ROWID;" \
	"CREATE TABLE proposal (" \
	" handle TEXT PRIMARY KEY REFERENCES account(handle)" \
	" ON DELETE CASCADE," \
	" act TEXT NOT NULL," \
	" role TEXT NOT NULL," \
	" maker TEXT NOT NULL," \
	" time INTEGER NOT NULL" \
	") STRICT, WITHOUT ROWID;"
/*
 * Of an account that is closed nothing is kept any more, also not of what was
 * under way when it was closed.
 */
#define KEEP_NOTHING(table) \
	"CREATE TRIGGER " table "_closed BEFORE INSERT ON " table \
	" WHEN EXISTS (SELECT 1 FROM standing WHERE handle = NEW.handle" \
	" AND standing = 'closed') BEGIN SELECT raise(IGNORE); END;"

#define MAKE_CLOSED \
	KEEP_NOTHING("key") \
	KEEP_NOTHING("pending_key") \
	KEEP_NOTHING("draft") \
	KEEP_NOTHING("draft_note") \
	KEEP_NOTHING("mark") \
	KEEP_NOTHING("visit") \
	KEEP_NOTHING("fold") \
	KEEP_NOTHING("profile") \
	KEEP_NOTHING("password") \
	KEEP_NOTHING("code") \
	KEEP_NOTHING("recovery") \
	KEEP_NOTHING("application") \
	KEEP_NOTHING("decision") \
	KEEP_NOTHING("proposal") \
	KEEP_NOTHING("member") \
	KEEP_NOTHING("seat")

/* How far somebody read in each thread (marks.h), and what they want to hear
 * of (follows.h). */
#define MAKE_UNREAD \
	"CREATE TABLE thread_mark (" \
	" handle TEXT NOT NULL REFERENCES account(handle)," \
	" space TEXT NOT NULL," \
	" thread TEXT NOT NULL," \
	" remark TEXT NOT NULL," \
	" time INTEGER NOT NULL," \
	" PRIMARY KEY (handle, space, thread)" \
	") STRICT, WITHOUT ROWID;" \
	"CREATE TABLE follow (" \
	" handle TEXT NOT NULL REFERENCES account(handle)," \
	" space TEXT NOT NULL," \
	" what TEXT NOT NULL," \
	" follow TEXT NOT NULL," \
	" PRIMARY KEY (handle, space, what)" \
	") STRICT, WITHOUT ROWID;" KEEP_NOTHING("thread_mark") \
		KEEP_NOTHING("follow")
/*
 * Rounds of reflection that are open (rounds.h, answers.h). Without rowids:
 * nothing lies in the order it came, and of nothing it is kept when. Of a
 * nameless answer (round_word) it is not kept whose it is; that they answered
 * is (round_done). `answers` is counted here, so that telling it reads none.
 */
#define MAKE_ROUNDS \
	"CREATE TABLE round (" \
	" number INTEGER PRIMARY KEY AUTOINCREMENT," \
	" space TEXT NOT NULL," \
	" theme TEXT NOT NULL," \
	" title TEXT NOT NULL," \
	" host TEXT NOT NULL REFERENCES account(handle)," \
	" code TEXT NOT NULL," \
	" opened INTEGER NOT NULL," \
	" closing INTEGER NOT NULL" \
	") STRICT;" \
	"CREATE TABLE round_step (" \
	" round INTEGER NOT NULL REFERENCES round(number) ON DELETE CASCADE," \
	" n INTEGER NOT NULL," \
	" title TEXT NOT NULL," \
	" question TEXT NOT NULL," \
	" names TEXT NOT NULL," \
	" grouped INTEGER NOT NULL," \
	" ends INTEGER NOT NULL," \
	" closed INTEGER NOT NULL," \
	" answers INTEGER NOT NULL," \
	" PRIMARY KEY (round, n)" \
	") STRICT, WITHOUT ROWID;" \
	"CREATE TABLE round_guest (" \
	" round INTEGER NOT NULL REFERENCES round(number) ON DELETE CASCADE," \
	" handle TEXT NOT NULL REFERENCES account(handle)," \
	" PRIMARY KEY (round, handle)" \
	") STRICT, WITHOUT ROWID;" \
	"CREATE TABLE round_draft (" \
	" handle TEXT NOT NULL REFERENCES account(handle)," \
	" round INTEGER NOT NULL REFERENCES round(number) ON DELETE CASCADE," \
	" step INTEGER NOT NULL," \
	" text TEXT NOT NULL," \
	" PRIMARY KEY (handle, round, step)" \
	") STRICT, WITHOUT ROWID;" \
	"CREATE TABLE round_done (" \
	" round INTEGER NOT NULL," \
	" step INTEGER NOT NULL," \
	" handle TEXT NOT NULL REFERENCES account(handle)," \
	" PRIMARY KEY (round, step, handle)," \
	" FOREIGN KEY (round, step) REFERENCES round_step(round, n)" \
	" ON DELETE CASCADE" \
	") STRICT, WITHOUT ROWID;" \
	"CREATE TABLE round_answer (" \
	" round INTEGER NOT NULL," \
	" step INTEGER NOT NULL," \
	" handle TEXT NOT NULL REFERENCES account(handle)," \
	" place TEXT NOT NULL," \
	" late INTEGER NOT NULL," \
	" text TEXT NOT NULL," \
	" more TEXT," \
	" PRIMARY KEY (round, step, handle)," \
	" FOREIGN KEY (round, step) REFERENCES round_step(round, n)" \
	" ON DELETE CASCADE" \
	") STRICT, WITHOUT ROWID;" \
	"CREATE TABLE round_word (" \
	" round INTEGER NOT NULL," \
	" step INTEGER NOT NULL," \
	" id TEXT NOT NULL," \
	" text TEXT NOT NULL," \
	" PRIMARY KEY (round, step, id)," \
	" FOREIGN KEY (round, step) REFERENCES round_step(round, n)" \
	" ON DELETE CASCADE" \
	") STRICT, WITHOUT ROWID;" \
	"CREATE TABLE round_point (" \
	" round INTEGER NOT NULL," \
	" step INTEGER NOT NULL," \
	" n INTEGER NOT NULL," \
	" text TEXT NOT NULL," \
	" PRIMARY KEY (round, step, n)," \
	" FOREIGN KEY (round, step) REFERENCES round_step(round, n)" \
	" ON DELETE CASCADE" \
	") STRICT, WITHOUT ROWID;" \
	"CREATE TABLE round_stand (" \
	" round INTEGER NOT NULL," \
	" step INTEGER NOT NULL," \
	" n INTEGER NOT NULL," \
	" handle TEXT NOT NULL REFERENCES account(handle)," \
	" place TEXT NOT NULL," \
	" agrees INTEGER NOT NULL," \
	" reason TEXT," \
	" PRIMARY KEY (round, step, n, handle)," \
	" FOREIGN KEY (round, step, n) REFERENCES round_point(round, step, n)" \
	" ON DELETE CASCADE" \
	") STRICT, WITHOUT ROWID;" \
	"CREATE TRIGGER round_answer_came AFTER INSERT ON round_answer BEGIN" \
	" UPDATE round_step SET answers = answers + 1" \
	" WHERE round = NEW.round AND n = NEW.step; END;" \
	"CREATE TRIGGER round_answer_went AFTER DELETE ON round_answer BEGIN" \
	" UPDATE round_step SET answers = answers - 1" \
	" WHERE round = OLD.round AND n = OLD.step; END;" \
	"CREATE TRIGGER round_word_came AFTER INSERT ON round_word BEGIN" \
	" UPDATE round_step SET answers = answers + 1" \
	" WHERE round = NEW.round AND n = NEW.step; END;" KEEP_NOTHING( \
		"round_guest") KEEP_NOTHING("round_draft") \
		KEEP_NOTHING("round_done") KEEP_NOTHING("round_answer") \
			KEEP_NOTHING("round_stand")
/*
 * Rounds that were cancelled (cancelled.h), and who is still to be told; the
 * number is that of the round, which nothing else gets.
 */
#define MAKE_CANCELLED \
	"CREATE TABLE cancelled (" \
	" number INTEGER PRIMARY KEY," \
	" space TEXT NOT NULL," \
	" theme TEXT NOT NULL," \
	" title TEXT NOT NULL," \
	" handle TEXT NOT NULL REFERENCES account(handle)," \
	" reason TEXT," \
	" time INTEGER NOT NULL" \
	") STRICT;" \
	"CREATE TABLE cancelled_for (" \
	" round INTEGER NOT NULL REFERENCES cancelled(number)" \
	" ON DELETE CASCADE," \
	" handle TEXT NOT NULL REFERENCES account(handle)," \
	" PRIMARY KEY (handle, round)" \
	") STRICT, WITHOUT ROWID;" KEEP_NOTHING("cancelled_for")

/* Which remarks somebody has read since a change named them (marks.h). */
#define MAKE_MENTION_MARK \
	"CREATE TABLE mention_mark (" \
	" handle TEXT NOT NULL REFERENCES account(handle)," \
	" space TEXT NOT NULL," \
	" remark TEXT NOT NULL," \
	" time INTEGER NOT NULL," \
	" PRIMARY KEY (handle, space, remark)" \
	") STRICT, WITHOUT ROWID;" KEEP_NOTHING("mention_mark")

const char *const state_upgrades[] = {
	MAKE_DRAFT MAKE_MARKS,
	MAKE_PROFILE,
	MAKE_PROOFS,
	MAKE_NOTE,
	MAKE_AUDIT,
	MAKE_FOLD,
	MAKE_STANDING,
	MAKE_QUESTION,
	MAKE_ERASURES,
	TO_SPACES MAKE_SPACES,
	MAKE_DECISION,
	MAKE_CLOSED,
	MAKE_UNREAD,
	MAKE_ROUNDS,
	MAKE_CANCELLED,
	MAKE_MENTION_MARK,
};

static const struct db_form form = {
	.id = 0x506c5374, /* "PlSt" */
	.version = 17,
	.schema = { MAKE_ACCOUNTS MAKE_PROFILE MAKE_PROOFS MAKE_AUDIT
			    MAKE_STANDING MAKE_QUESTION,
		    MAKE_ERASURES MAKE_OF_SPACES MAKE_SPACES,
		    MAKE_DECISION MAKE_CLOSED MAKE_UNREAD,
		    MAKE_MENTION_MARK MAKE_CANCELLED, MAKE_ROUNDS },
	.upgrades = state_upgrades,
	.tuning = "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;"
		  "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;"
		  /* of what is gone no byte is left in the file */
		  "PRAGMA secure_delete = ON;",
};

int
state_open(struct state **out, const char *path, int create, struct err *err)
{
	struct state *s = mem_alloc(sizeof *s);
	int rc;

	rc = db_open(&s->db, path, create ? DB_CREATE : DB_WRITE, &form, err);
	if (rc != 0) {
		free(s);
		s = NULL;
	}
	*out = s;
	return rc;
}

void
state_close(struct state *s)
{
	if (s == NULL)
		return;
	db_close(&s->db);
	free(s);
}

/* SQLite fills an empty file too, and would make one that all may read. */
static int
make_empty(const char *path, struct err *err)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

	if (fd < 0)
		return err_set_errno(err, errno, "%s", path);
	return fs_close(fd, err);
}

int
state_copy(const char *path, const char *to, struct err *err)
{
	struct db db;
	int rc = db_open(&db, path, DB_READ, &form, err);

	if (rc != 0)
		return rc;
	rc = make_empty(to, err);
	if (rc == 0) {
		rc = db_run(&db, err, "VACUUM INTO ?", "t", to);
		if (rc != 0)
			(void)unlink(to); /* the first error counts */
	}
	db_close(&db);
	return rc;
}

int
state_adopt(const char *path, struct err *err)
{
	struct db db;
	int rc = db_open(&db, path, DB_WRITE, &form, err);

	if (rc == 0)
		rc = db_exec(&db, "PRAGMA journal_mode = WAL", err);
	db_close(&db);
	return rc;
}

int
state_begin(struct state *s, struct err *err)
{
	int rc;

	if (s->depth == 0)
		rc = db_run(&s->db, err, "BEGIN IMMEDIATE", "");
	else
		rc = db_run(&s->db, err, "SAVEPOINT inner", "");
	if (rc == 0)
		s->depth++;
	return rc;
}

int
state_commit(struct state *s, struct err *err)
{
	int rc;

	if (s->depth > 1)
		rc = db_run(&s->db, err, "RELEASE inner", "");
	else
		rc = db_run(&s->db, err, "COMMIT", "");
	if (rc != 0)
		state_abort(s);
	else
		s->depth--;
	return rc;
}

/* After some errors SQLite has rolled all of it back by itself. */
void
state_abort(struct state *s)
{
	bool open = !sqlite3_get_autocommit(s->db.h);

	if (open && s->depth > 1) {
		(void)db_run(&s->db, NULL, "ROLLBACK TO inner", "");
		(void)db_run(&s->db, NULL, "RELEASE inner", "");
	} else if (open) {
		(void)db_run(&s->db, NULL, "ROLLBACK", ""); /* or it is gone */
	}
	if (s->depth > 0)
		s->depth--;
}

int
state_check(struct state *s, struct err *err)
{
	sqlite3_stmt *st = NULL;
	char *line = NULL;
	int rc;

	rc = db_start(&s->db, &st, err, "PRAGMA integrity_check(1)", "");
	if (rc == 0)
		rc = db_step(&s->db, st, err);
	if (rc > 0)
		line = db_text(st, 0);
	db_end(st);
	if (rc >= 0)
		rc = line && strcmp(line, "ok") == 0
			     ? 0
			     : err_set(err, PLEIN_ECORRUPT, "database: %s",
				       line ? line : "check gives no result");
	free(line);
	return rc;
}
