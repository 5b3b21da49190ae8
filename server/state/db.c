/* db.c - SQLite (sqlite.org/c3ref) behind a few calls. */
#include "state/db.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "plein/buf.h"
#include "plein/clock.h"
#include "plein/fs.h"
#include "plein/mem.h"
#include "state/fulltext.h"

#define BUSY_MS 5000
#define DB_PROGRESS 2000 /* virtual instructions between looks at the clock */
#define SLOTS_MIN 64
#define LOG_LONG 1000 /* pages: as SQLite does it by itself */

/*
 * SQLite calls it full only for ENOSPC, and forgets the number of a write
 * that failed while committing: then errno still has it.
 */
static bool
is_full(struct db *d, int rc, int errnum)
{
	int system_errnum = d->h ? sqlite3_system_errno(d->h) : 0;

	if (system_errnum != 0)
		errnum = system_errnum;
	if ((rc & 0xff) == SQLITE_FULL)
		return true;
	return (rc & 0xff) == SQLITE_IOERR &&
	       (errnum == ENOSPC || errnum == EDQUOT || errnum == EFBIG);
}

static int
code_of(int rc)
{
	static const struct {
		int rc;
		int code;
	} codes[] = {
		{ SQLITE_BUSY, PLEIN_EBUSY },
		{ SQLITE_LOCKED, PLEIN_EBUSY },
		{ SQLITE_INTERRUPT, PLEIN_EBUSY },
		{ SQLITE_CONSTRAINT, PLEIN_EEXISTS },
		{ SQLITE_CORRUPT, PLEIN_ECORRUPT },
		{ SQLITE_NOTADB, PLEIN_ECORRUPT },
		{ SQLITE_TOOBIG, PLEIN_ETOOBIG },
	};
	size_t i;

	for (i = 0; i < sizeof codes / sizeof codes[0]; i++)
		if (codes[i].rc == (rc & 0xff))
			return codes[i].code;
	return PLEIN_EIO;
}

int
db_fail(struct db *d, int rc, struct err *err)
{
	int errnum = errno;
	const char *text = d->h ? sqlite3_errmsg(d->h) : sqlite3_errstr(rc);

	if ((rc & 0xff) == SQLITE_NOMEM)
		die("out of memory in SQLite");
	return err_set(err,
		       is_full(d, rc, errnum) ? PLEIN_ENOSPACE : code_of(rc),
		       "database: %s", text);
}

int
db_exec(struct db *d, const char *sql, struct err *err)
{
	int rc = sqlite3_exec(d->h, sql, NULL, NULL, NULL);

	return rc == SQLITE_OK ? 0 : db_fail(d, rc, err);
}

/* Make the file ourselves: SQLite would use 0644. Its -wal and -shm follow. */
static int
create_file(const char *path, struct err *err)
{
	char *copy;
	int fd, dir, rc;

	fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0 && errno == EEXIST)
		return 0;
	if (fd < 0)
		return err_set_errno(err, errno, "%s", path);
	(void)close(fd); /* nothing was written */
	copy = mem_strdup(path);
	dir = fs_open_dir(dirname(copy), err);
	free(copy);
	rc = dir < 0 ? dir : 0;
	if (rc == 0 && fsync(dir) != 0)
		rc = err_set_errno(err, errno, "folder of %s", path);
	if (dir >= 0)
		(void)close(dir); /* nothing was written through it */
	return rc;
}

static int
read_number(struct db *d, const char *sql, int64_t *value, struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc = db_start(d, &st, err, sql, "");

	if (rc == 0)
		rc = db_step(d, st, err);
	if (rc > 0)
		*value = sqlite3_column_int64(st, 0);
	db_end(st);
	return rc < 0 ? rc : 0;
}

static int
make_schema(struct db *d, const struct db_form *form, struct err *err)
{
	struct buf sql = BUF_INIT;
	size_t i;
	int rc;

	buf_str(&sql, "PRAGMA journal_mode = WAL; BEGIN IMMEDIATE;");
	for (i = 0; i < DB_SCHEMA_PARTS && form->schema[i]; i++)
		buf_str(&sql, form->schema[i]);
	buf_printf(&sql,
		   "PRAGMA application_id = %d;"
		   "PRAGMA user_version = %d; COMMIT;",
		   (int)form->id, form->version);
	rc = db_exec(d, sql.ptr, err);
	buf_release(&sql);
	return rc;
}

/*
 * From the form it has to the newest. The form is read again inside: another
 * process may have been faster.
 */
static int
run_upgrades(struct db *d, const struct db_form *form, struct err *err)
{
	char pragma[48];
	int64_t k = 0;
	int rc = read_number(d, "PRAGMA user_version", &k, err);

	for (; rc == 0 && k < form->version; k++)
		rc = db_exec(d, form->upgrades[k - 1], err);
	if (rc != 0)
		return rc;
	(void)snprintf(pragma, sizeof(pragma), "PRAGMA user_version = %d",
		       form->version);
	return db_exec(d, pragma, err);
}

static int
upgrade(struct db *d, const struct db_form *form, struct err *err)
{
	int rc = db_exec(d, "BEGIN IMMEDIATE", err);

	if (rc != 0)
		return rc;
	rc = run_upgrades(d, form, err);
	if (rc == 0)
		rc = db_exec(d, "COMMIT", err);
	if (rc != 0)
		(void)db_exec(d, "ROLLBACK", NULL); /* the first counts */
	return rc;
}

enum standing { EMPTY, OLDER, CURRENT };

static int
refuse_form(const struct db_form *form, int64_t version, struct err *err)
{
	if (version > form->version)
		return err_set(err, PLEIN_ECORRUPT,
			       "the database has form %lld, which is newer "
			       "than this program knows (%d): use the program "
			       "that made it",
			       (long long)version, form->version);
	return err_set(err, PLEIN_ECORRUPT,
		       "the database has form %lld, expected %d",
		       (long long)version, form->version);
}

/* Is it ours, and how old? */
static int
check_form(struct db *d, enum db_mode mode, const struct db_form *form,
	   enum standing *standing, struct err *err)
{
	int64_t id = 0, version = 0, tables = 0;
	int rc;

	rc = read_number(d, "PRAGMA application_id", &id, err);
	if (rc == 0)
		rc = read_number(d, "PRAGMA user_version", &version, err);
	if (rc == 0)
		rc = read_number(d, "SELECT count(*) FROM sqlite_schema",
				 &tables, err);
	if (rc != 0)
		return rc;
	*standing = EMPTY;
	if (id == 0 && version == 0 && tables == 0)
		return 0;
	if (id != form->id)
		return err_set(err, PLEIN_ECORRUPT,
			       "this is another program's database");
	*standing = version == form->version ? CURRENT : OLDER;
	if (*standing == CURRENT || (version > 0 && version < form->version &&
				     form->upgrades && mode != DB_READ))
		return 0;
	return refuse_form(form, version, err);
}

static int
prepare_handle(struct db *d, enum db_mode mode, const struct db_form *form,
	       struct err *err)
{
	enum standing standing;
	int rc = check_form(d, mode, form, &standing, err);

	if (rc == 0 && standing == EMPTY && mode < DB_CREATE)
		rc = err_set(err,
			     mode == DB_READ ? PLEIN_ENOTFOUND : PLEIN_ECORRUPT,
			     "the database is empty");
	else if (rc == 0 && standing == EMPTY)
		rc = make_schema(d, form, err);
	else if (rc == 0 && standing == OLDER)
		rc = upgrade(d, form, err);
	if (rc == 0)
		rc = db_exec(d, form->tuning, err);
	if (rc == 0 && form->fulltext)
		rc = fulltext_add(d, err);
	return rc;
}

int
db_open(struct db *d, const char *path, enum db_mode mode,
	const struct db_form *form, struct err *err)
{
	/* each is one thread's, or is handed on whole: no lock for each column */
	int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE |
		    (mode == DB_READ ? SQLITE_OPEN_READONLY
				     : SQLITE_OPEN_READWRITE);
	int rc = 0;

	memset(d, 0, sizeof *d);
	if (mode == DB_CREATE)
		rc = create_file(path, err);
	else if (mode != DB_MEMORY && access(path, F_OK) != 0)
		rc = err_set_errno(err, errno, "%s", path);
	if (rc != 0)
		return rc;
	rc = sqlite3_open_v2(path, &d->h, flags, NULL);
	if (rc == SQLITE_OK)
		rc = sqlite3_busy_timeout(d->h, BUSY_MS);
	if (rc != SQLITE_OK)
		rc = db_fail(d, rc, err);
	if (rc == 0)
		rc = prepare_handle(d, mode, form, err);
	if (rc != 0) {
		err_prefix(err, "%s", path);
		db_close(d);
	}
	return rc;
}

void
db_remove(const char *path)
{
	static const char *const tails[] = { "", "-wal", "-shm" };
	struct buf name = BUF_INIT;
	size_t i;

	for (i = 0; i < sizeof tails / sizeof tails[0]; i++) {
		buf_reset(&name);
		buf_printf(&name, "%s%s", path, tails[i]);
		(void)unlink(name.ptr); /* opening anew tells what is wrong */
	}
	buf_release(&name);
}

void
db_close(struct db *d)
{
	size_t i;

	for (i = 0; i < d->n_slots; i++)
		(void)sqlite3_finalize(d->kept[i].st); /* NULL is allowed */
	free(d->kept);
	d->kept = NULL;
	d->n_kept = d->n_slots = 0;
	if (d->h != NULL)
		(void)sqlite3_close(d->h); /* no statement is left */
	d->h = NULL;
}

/* Where this statement is, or the free slot it would go to. */
static struct db_statement *
find_slot(struct db_statement *slots, size_t n_slots, const char *sql)
{
	uint64_t hash = (uint64_t)(uintptr_t)sql * UINT64_C(0x9e3779b97f4a7c15);
	size_t i = (size_t)(hash >> 32) & (n_slots - 1);

	while (slots[i].sql != NULL && slots[i].sql != sql)
		i = (i + 1) & (n_slots - 1);
	return &slots[i];
}

static void
make_room(struct db *d)
{
	size_t n = d->n_slots ? 2 * d->n_slots : SLOTS_MIN, i;
	struct db_statement *slots = mem_array(n, sizeof(*slots));

	for (i = 0; i < d->n_slots; i++)
		if (d->kept[i].sql != NULL)
			*find_slot(slots, n, d->kept[i].sql) = d->kept[i];
	free(d->kept);
	d->kept = slots;
	d->n_slots = n;
}

static int
find_statement(struct db *d, const char *sql, sqlite3_stmt **st,
	       struct err *err)
{
	struct db_statement *slot;
	int rc;

	if (2 * d->n_kept >= d->n_slots)
		make_room(d);
	slot = find_slot(d->kept, d->n_slots, sql);
	if (slot->sql == NULL) {
		rc = sqlite3_prepare_v3(d->h, sql, -1,
					SQLITE_PREPARE_PERSISTENT, &slot->st,
					NULL);
		if (rc != SQLITE_OK)
			return db_fail(d, rc, err);
		slot->sql = sql;
		d->n_kept++;
	}
	*st = slot->st;
	return 0;
}

/* Texts are not copied: they outlive the statement's use. */
static int
bind_values(sqlite3_stmt *st, const char *types, va_list ap)
{
	int rc = SQLITE_OK;
	int i;

	for (i = 0; rc == SQLITE_OK && types[i] != '\0'; i++) {
		if (types[i] == 't')
			rc = sqlite3_bind_text(st, i + 1,
					       va_arg(ap, const char *), -1,
					       SQLITE_STATIC);
		else
			rc = sqlite3_bind_int64(st, i + 1, va_arg(ap, int64_t));
	}
	return rc;
}

static int
start_with(struct db *d, sqlite3_stmt **st, struct err *err, const char *sql,
	   const char *types, va_list ap)
{
	int rc = find_statement(d, sql, st, err);

	if (rc != 0) {
		*st = NULL;
		return rc;
	}
	rc = bind_values(*st, types, ap);
	return rc == SQLITE_OK ? 0 : db_fail(d, rc, err);
}

int
db_start(struct db *d, sqlite3_stmt **st, struct err *err, const char *sql,
	 const char *types, ...)
{
	va_list ap;
	int rc;

	va_start(ap, types);
	rc = start_with(d, st, err, sql, types, ap);
	va_end(ap);
	return rc;
}

int
db_step(struct db *d, sqlite3_stmt *st, struct err *err)
{
	int rc = sqlite3_step(st);

	if (rc == SQLITE_ROW)
		return 1;
	return rc == SQLITE_DONE ? 0 : db_fail(d, rc, err);
}

static int
is_late(void *ctx)
{
	const struct db *d = ctx;

	return clock_mono_ms() >= d->deadline;
}

void
db_limit(struct db *d, int ms)
{
	d->deadline = ms > 0 ? clock_mono_ms() + ms : 0;
	sqlite3_progress_handler(d->h, DB_PROGRESS, ms > 0 ? is_late : NULL, d);
}

static int
note_frames(void *ctx, sqlite3 *h, const char *name, int frames)
{
	struct db *d = ctx;

	(void)h;
	(void)name;
	d->frames = frames;
	return SQLITE_OK;
}

void
db_checkpoint_by_hand(struct db *d)
{
	/* in place of SQLite's own hook, which copies every thousand pages */
	(void)sqlite3_wal_hook(d->h, note_frames, d);
}

void
db_checkpoint(struct db *d)
{
	if (d->frames < LOG_LONG)
		return;
	/* who reads an old page keeps it from being complete */
	(void)sqlite3_wal_checkpoint_v2(d->h, NULL, SQLITE_CHECKPOINT_PASSIVE,
					NULL, NULL);
}

void
db_end(sqlite3_stmt *st)
{
	if (st == NULL)
		return;
	(void)sqlite3_reset(st); /* repeats the error of the last step */
	(void)sqlite3_clear_bindings(st); /* cannot fail */
}

int
db_run(struct db *d, struct err *err, const char *sql, const char *types, ...)
{
	sqlite3_stmt *st = NULL;
	va_list ap;
	int rc;

	va_start(ap, types);
	rc = start_with(d, &st, err, sql, types, ap);
	va_end(ap);
	if (rc == 0)
		rc = db_step(d, st, err);
	db_end(st);
	return rc < 0 ? rc : 0;
}

char *
db_text(sqlite3_stmt *st, int column)
{
	const unsigned char *s = sqlite3_column_text(st, column);

	return s ? mem_strdup((const char *)s) : NULL;
}
