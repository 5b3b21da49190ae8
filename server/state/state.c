/* state.c - state.db: its form, opening and checking. */
#include "state/state.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "plein/fs.h"
#include "plein/mem.h"
#include "state/state_impl.h"

static const struct db_form form = {
	.id = 0x506c5374, /* "PlSt" */
	.version = 1,
	.schema = "CREATE TABLE account ("
		  " handle TEXT PRIMARY KEY,"
		  " name TEXT NOT NULL,"
		  " role TEXT NOT NULL,"
		  " language TEXT NOT NULL,"
		  " created INTEGER NOT NULL"
		  ") STRICT, WITHOUT ROWID;"
		  "CREATE TABLE key ("
		  " fingerprint TEXT PRIMARY KEY,"
		  " handle TEXT NOT NULL REFERENCES account(handle),"
		  " kind TEXT NOT NULL,"
		  " blob TEXT NOT NULL,"
		  " comment TEXT NOT NULL,"
		  " added INTEGER NOT NULL"
		  ") STRICT, WITHOUT ROWID;"
		  "CREATE INDEX key_handle ON key(handle);",
	.tuning = "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;"
		  "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;",
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
