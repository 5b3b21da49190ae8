/*
 * index.c - index.db: its form, its transactions, the commit it belongs to.
 *
 * `entry` is main, one row a commit; `change` says which paths each changed.
 * `version` holds the history of each page under the page's address of now
 * (`page`); `address` is the one it had then. A rename copies the rows, so
 * that reading a history is one range of one table. `page` and what hangs on
 * it (`parent`, `alias`, `field`, `link`, and `text` by the page's id) are
 * about the pages that exist now; so are `question`, `decision`, `action`,
 * `progress` and `meeting`, which overview.h lists. `waiting` are words that are not in `text`
 * yet (index_words.c).
 *
 * `remark` is every remark there ever was, with what it says now, and `thread`
 * what lists tell of the discussions that are there; `remark_version` says
 * which file a remark had when, and (`was`) which page it left there. What hangs on a remark (`mention`,
 * `remark_link`, and `text` by the number below zero) follows its id. A mention
 * is `late` when a change brought it, which says where on main that was; it
 * `stands` when the remark still has it, and one that is gone is kept.
 */
#include "state/index.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plein/buf.h"
#include "plein/mem.h"
#include "state/index_impl.h"

#define HEX_LEN 40

/* What is only read: cheaper to make at the end than to keep up all along. */
#define SIDES \
	"CREATE INDEX entry_request ON entry(request)" \
	" WHERE request IS NOT NULL;" \
	"CREATE INDEX entry_handle ON entry(handle);" \
	"CREATE INDEX entry_time ON entry(time);" \
	"CREATE INDEX change_seq ON change(seq);" \
	"CREATE UNIQUE INDEX version_seq ON version(page, seq);" \
	"CREATE INDEX version_at ON version(seq);" \
	"CREATE INDEX remark_said ON remark(seq, thread, handle, name)" \
	" WHERE kind = 0 AND gone = 0 AND withdrawn IS NULL;" \
	"CREATE INDEX thread_last ON thread(last);"
#define NO_SIDES \
	"DROP INDEX entry_request; DROP INDEX entry_handle;" \
	"DROP INDEX entry_time; DROP INDEX change_seq;" \
	"DROP INDEX version_seq; DROP INDEX version_at;" \
	"DROP INDEX remark_said; DROP INDEX thread_last;"
#define REMARKS \
	"CREATE TABLE remark (" \
	" id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE," \
	" page TEXT NOT NULL, thread TEXT NOT NULL," \
	" seq INTEGER NOT NULL, changed INTEGER NOT NULL," \
	" handle TEXT NOT NULL, time INTEGER NOT NULL," \
	" blob TEXT NOT NULL, gone INTEGER NOT NULL DEFAULT 0," \
	" kind INTEGER NOT NULL DEFAULT 0, title TEXT, reply TEXT," \
	" quote TEXT, base TEXT, nth INTEGER NOT NULL DEFAULT 1," \
	" withdrawn TEXT, body TEXT) STRICT;" \
	"CREATE INDEX remark_thread ON remark(thread, seq, name, handle," \
	" kind, gone, withdrawn);" \
	"CREATE INDEX remark_due ON remark(id) WHERE body IS NULL;" \
	"CREATE TABLE remark_version (" \
	" name TEXT NOT NULL, seq INTEGER NOT NULL," \
	" page TEXT NOT NULL, thread TEXT NOT NULL, blob TEXT, was TEXT," \
	" PRIMARY KEY (name, seq)) STRICT, WITHOUT ROWID;" \
	"CREATE INDEX remark_version_page ON remark_version(page, seq);" \
	"CREATE INDEX remark_version_was ON remark_version(was, seq)" \
	" WHERE was IS NOT NULL;" \
	"CREATE INDEX remark_version_seq ON remark_version(seq);" \
	"CREATE TABLE mention (" \
	" handle TEXT NOT NULL, id INTEGER NOT NULL," \
	" late INTEGER, stands INTEGER NOT NULL DEFAULT 1," \
	" PRIMARY KEY (handle, id)) STRICT, WITHOUT ROWID;" \
	"CREATE INDEX mention_id ON mention(id);" \
	"CREATE INDEX mention_late ON mention(handle, late)" \
	" WHERE late IS NOT NULL AND stands;" \
	"CREATE TABLE remark_link (" \
	" id INTEGER NOT NULL, i INTEGER NOT NULL," \
	" target TEXT NOT NULL, fold TEXT, passage TEXT NOT NULL," \
	" PRIMARY KEY (id, i)) STRICT, WITHOUT ROWID;" \
	"CREATE INDEX remark_link_target ON remark_link(target);" \
	"CREATE INDEX remark_link_fold ON remark_link(fold)" \
	" WHERE fold IS NOT NULL;" \
	"CREATE TABLE thread (" \
	" code TEXT PRIMARY KEY, page TEXT NOT NULL," \
	" title TEXT NOT NULL, resolved INTEGER NOT NULL," \
	" handle TEXT NOT NULL, remarks INTEGER NOT NULL," \
	" first INTEGER NOT NULL, last INTEGER NOT NULL," \
	" newest TEXT NOT NULL) STRICT, WITHOUT ROWID;" \
	"CREATE INDEX thread_page ON thread(page);"
/* Parts of pages, as parent and link are: see index_parts.c. Days are text. */
#define HANGS(table, columns) \
	"CREATE TABLE " table " (" \
	" address TEXT NOT NULL" \
	"  REFERENCES page(address) ON DELETE CASCADE," \
	" i INTEGER NOT NULL, " columns \
	", PRIMARY KEY (address, i)) STRICT, WITHOUT ROWID;"
/* clang-format off */
#define CHAIN \
	HANGS("question", "core TEXT, positions INTEGER, supporters INTEGER") \
	HANGS("decision", \
	      "date TEXT, body TEXT, place TEXT, mandate TEXT," \
	      " outcome TEXT, meeting TEXT, review TEXT, ends TEXT," \
	      " holds INTEGER") \
	"CREATE INDEX decision_date ON decision(coalesce(date, '') DESC," \
	" address);" \
	"CREATE INDEX decision_review ON decision(review)" \
	" WHERE review IS NOT NULL;" \
	"CREATE INDEX link_replaces ON link(target, address)" \
	" WHERE field = 'vervangt';" \
	"CREATE INDEX link_replaced ON link(address, i, target)" \
	" WHERE field = 'vervangen_door';" \
	HANGS("action", \
	      "number TEXT, kind TEXT, body TEXT, owner TEXT, whom TEXT," \
	      " due TEXT, state TEXT, done TEXT, result TEXT, decision TEXT") \
	"CREATE INDEX action_due ON action(state, due);" \
	"CREATE INDEX action_decision ON action(decision)" \
	" WHERE decision IS NOT NULL;" \
	HANGS("progress", \
	      "theme TEXT, stage INTEGER, offers TEXT, needs TEXT," \
	      " since TEXT") \
	"CREATE INDEX progress_theme ON progress(theme);" \
	HANGS("meeting", \
	      "date TEXT, begins TEXT, ends TEXT, body TEXT, adopted TEXT") \
	"CREATE INDEX meeting_date ON meeting(date);" \
	"CREATE INDEX page_kind ON page(kind, fold);"
/* clang-format on */
#define ROOMY "PRAGMA cache_size = -65536;" /* kB: what is written fits in */

static const struct db_form form = {
	.id = 0x606c4978, /* "PlIx" */
	.version = 11,
	.fulltext = true,
	.schema = { "CREATE TABLE entry ("
		    " seq INTEGER PRIMARY KEY, oid TEXT NOT NULL UNIQUE,"
		    " time INTEGER NOT NULL, author TEXT NOT NULL,"
		    " handle TEXT NOT NULL, note TEXT NOT NULL,"
		    " action TEXT, request TEXT) STRICT;"
		    "CREATE TABLE change ("
		    " path TEXT NOT NULL, seq INTEGER NOT NULL, blob TEXT,"
		    " appeared INTEGER NOT NULL, origin TEXT,"
		    " PRIMARY KEY (path, seq)) STRICT, WITHOUT ROWID;"
		    "CREATE TABLE version ("
		    " page TEXT NOT NULL, n INTEGER NOT NULL,"
		    " seq INTEGER NOT NULL, address TEXT NOT NULL, blob TEXT,"
		    " PRIMARY KEY (page, n)) STRICT, WITHOUT ROWID;"
		    "CREATE TABLE page ("
		    " id INTEGER PRIMARY KEY, address TEXT NOT NULL UNIQUE,"
		    " slug TEXT NOT NULL, title TEXT NOT NULL,"
		    " fold TEXT NOT NULL, kind TEXT, status TEXT, state TEXT,"
		    " volgorde INTEGER NOT NULL, n INTEGER NOT NULL,"
		    " time INTEGER NOT NULL, handle TEXT NOT NULL) STRICT;"
		    "CREATE INDEX page_fold ON page(fold);"
		    "CREATE INDEX page_slug ON page(slug);"
		    "CREATE TABLE parent ("
		    " address TEXT NOT NULL"
		    "  REFERENCES page(address) ON DELETE CASCADE,"
		    " i INTEGER NOT NULL, value TEXT NOT NULL,"
		    " PRIMARY KEY (address, i)) STRICT, WITHOUT ROWID;"
		    "CREATE TABLE alias ("
		    " address TEXT NOT NULL"
		    "  REFERENCES page(address) ON DELETE CASCADE,"
		    " i INTEGER NOT NULL, value TEXT NOT NULL,"
		    " PRIMARY KEY (address, i)) STRICT, WITHOUT ROWID;"
		    "CREATE INDEX alias_value ON alias(value);"
		    "CREATE TABLE field ("
		    " address TEXT NOT NULL"
		    "  REFERENCES page(address) ON DELETE CASCADE,"
		    " key TEXT NOT NULL, i INTEGER NOT NULL,"
		    " value TEXT NOT NULL, fold TEXT NOT NULL,"
		    " PRIMARY KEY (address, key, i)) STRICT, WITHOUT ROWID;"
		    "CREATE INDEX field_fold ON field(key, fold);"
		    "CREATE TABLE link ("
		    " address TEXT NOT NULL"
		    "  REFERENCES page(address) ON DELETE CASCADE,"
		    " i INTEGER NOT NULL, target TEXT NOT NULL,"
		    " fold TEXT, field TEXT, passage TEXT NOT NULL,"
		    " PRIMARY KEY (address, i)) STRICT, WITHOUT ROWID;"
		    "CREATE INDEX link_target ON link(target);"
		    "CREATE INDEX link_fold ON link(fold) WHERE fold IS NOT "
		    "NULL;"
		    "CREATE VIRTUAL TABLE text USING fts5(title, body,"
		    " tokenize = 'unicode61 remove_diacritics 2',"
		    " prefix = '2 3');"
		    "INSERT INTO text (text, rank)"
		    " VALUES ('rank', 'bm25(10.0, 1.0)');"
		    "CREATE TABLE waiting ("
		    " id INTEGER PRIMARY KEY, title TEXT, body TEXT) STRICT;"
		    "CREATE TABLE meta ("
		    " key TEXT PRIMARY KEY, value TEXT NOT NULL"
		    ") STRICT, WITHOUT ROWID;",
		    REMARKS, CHAIN, SIDES },
	.tuning = "PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;"
		  "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;"
		  "PRAGMA cache_size = -8000;",
};

/* Is every page of the file what it should be? */
static int
check_whole(struct db *d, struct err *err)
{
	sqlite3_stmt *st = NULL;
	const char *said = NULL;
	int rc = db_start(d, &st, err, "PRAGMA quick_check(1)", "");

	if (rc == 0)
		rc = db_step(d, st, err);
	if (rc > 0)
		said = (const char *)sqlite3_column_text(st, 0);
	if (rc >= 0)
		rc = said && strcmp(said, "ok") == 0
			     ? 0
			     : err_set(err, PLEIN_ECORRUPT, "index: %s",
				       said ? said : "no result of the check");
	db_end(st);
	return rc;
}

static int
open_writer(struct db *d, const char *path, struct err *err)
{
	int rc = db_open(d, path, DB_CREATE, &form, err);

	if (rc == 0)
		rc = check_whole(d, err);
	if (rc != 0)
		db_close(d);
	return rc;
}

void
index_remove(const char *path)
{
	db_remove(path);
}

int
index_open(struct index **out, const char *path, bool writer, struct err *err)
{
	struct index *x = mem_alloc(sizeof *x);
	int rc;

	x->writer = writer;
	if (writer)
		rc = open_writer(&x->db, path, err);
	else
		rc = db_open(&x->db, path, DB_READ, &form, err);
	if (rc == PLEIN_ECORRUPT && writer) {
		db_remove(path);
		rc = open_writer(&x->db, path, err);
	}
	if (rc == 0 && writer)
		db_checkpoint_by_hand(&x->db);
	if (rc != 0) {
		free(x);
		x = NULL;
	}
	*out = x;
	return rc;
}

int
index_create(struct index **out, const char *path, struct err *err)
{
	db_remove(path);
	return index_open(out, path, true, err);
}

int
index_copy(const char *from, const char *to, struct err *err)
{
	struct index *x = NULL;
	int rc = index_open(&x, from, false, err);

	db_remove(to);
	if (rc == 0)
		rc = db_run(&x->db, err, "VACUUM INTO ?", "t", to);
	index_close(x);
	return rc;
}

int
index_create_memory(struct index **out, struct err *err)
{
	struct index *x = mem_alloc(sizeof *x);
	int rc = db_open(&x->db, DB_NO_FILE, DB_MEMORY, &form, err);

	x->writer = true;
	if (rc != 0) {
		free(x);
		x = NULL;
	}
	*out = x;
	return rc;
}

void
index_forgo_words(struct index *x)
{
	x->wordless = true;
}

void
index_forgo_texts(struct index *x)
{
	index_forgo_words(x);
	x->fields_only = true;
}

int
index_replace(const char *from, const char *to, struct err *err)
{
	db_remove(to);
	if (rename(from, to) != 0)
		return err_set_errno(err, errno, "%s", to);
	return 0;
}

void
index_close(struct index *x)
{
	if (x == NULL)
		return;
	index_abort(x);
	db_close(&x->db);
	free(x);
}

/* A commit by its name in `meta`; "" when there is none. */
static int
read_commit(struct index *x, const char *sql, char *hex, struct err *err)
{
	sqlite3_stmt *st = NULL;
	const char *value;
	int rc;

	hex[0] = '\0';
	rc = db_start(&x->db, &st, err, sql, "");
	if (rc == 0)
		rc = db_step(&x->db, st, err);
	if (rc > 0) {
		value = (const char *)sqlite3_column_text(st, 0);
		if (value != NULL && strlen(value) == HEX_LEN)
			memcpy(hex, value, HEX_LEN + 1);
	}
	db_end(st);
	return rc < 0 ? rc : 0;
}

int
index_head(struct index *x, char *hex, struct err *err)
{
	return read_commit(x, "SELECT value FROM meta WHERE key = 'head'", hex,
			   err);
}

/* In the order of their names the shape comes last. */
int
index_shape(struct index *x, char *hex, struct err *err)
{
	return read_commit(x,
			   "SELECT value FROM meta"
			   " WHERE key IN ('head', 'shape')"
			   " ORDER BY key DESC LIMIT 1",
			   hex, err);
}

int
index_freeze(struct index *x, char *hex, struct err *err)
{
	int rc = db_run(&x->db, err, "BEGIN DEFERRED", "");

	/* the moment is that of the first read */
	return rc == 0 ? index_head(x, hex, err) : rc;
}

int
index_clear(struct index *x, struct err *err)
{
	int rc;

	index_forget_words(x);
	index_forget_threads(x);
	x->counted = false;
	x->reshaped = true;
	rc = db_exec(&x->db,
		     "SAVEPOINT clearing; DELETE FROM meta;"
		     "DELETE FROM version; DELETE FROM page;"
		     "DELETE FROM change; DELETE FROM entry;"
		     "DELETE FROM text; DELETE FROM waiting;"
		     "DELETE FROM remark; DELETE FROM remark_version;"
		     "DELETE FROM mention; DELETE FROM remark_link;"
		     "DELETE FROM thread;"
		     "RELEASE clearing;",
		     err);

	if (rc != 0)
		(void)db_exec(&x->db, "ROLLBACK TO clearing; RELEASE clearing;",
			      NULL); /* the first error counts */
	return rc;
}

int
index_drop_sides(struct index *x, struct err *err)
{
	return db_exec(&x->db, ROOMY NO_SIDES, err);
}

int
index_make_sides(struct index *x, struct err *err)
{
	return db_exec(&x->db, SIDES, err);
}

int
index_begin(struct index *x, struct err *err)
{
	return db_run(&x->db, err, "BEGIN IMMEDIATE", "");
}

static int
commit_at(struct index *x, const char *head, struct err *err)
{
	int rc = db_run(&x->db, err,
			"INSERT OR REPLACE INTO meta (key, value)"
			" VALUES ('head', ?)",
			"t", head);

	if (rc == 0 && x->reshaped)
		rc = db_run(&x->db, err,
			    "INSERT OR REPLACE INTO meta (key, value)"
			    " VALUES ('shape', ?)",
			    "t", head);
	if (rc == 0)
		rc = db_run(&x->db, err, "COMMIT", "");
	if (rc == 0)
		x->reshaped = false;
	return rc;
}

int
index_commit(struct index *x, const char *head, struct err *err)
{
	int rc = index_flush_words(x, err);

	if (rc == 0)
		rc = commit_at(x, head, err);
	if (rc != 0)
		index_abort(x);
	else
		db_checkpoint(&x->db);
	return rc;
}

int
index_commit_ahead(struct index *x, const char *head, struct err *err)
{
	int rc = index_keep_words(x, err);

	if (rc == 0)
		rc = commit_at(x, head, err);
	if (rc != 0)
		index_abort(x);
	return rc;
}

void
index_abort(struct index *x)
{
	if (x == NULL)
		return;
	index_forget_words(x);
	index_forget_threads(x);
	x->counted = false;
	x->reshaped = false;
	if (!sqlite3_get_autocommit(x->db.h))
		(void)db_run(&x->db, NULL, "ROLLBACK", ""); /* or it is gone */
}
