/* index_versions.c - the history of a page: numbers, renames, lists. */
#include "state/index.h"

#include <stdlib.h>
#include <string.h>

#include "plein/mem.h"
#include "state/index_impl.h"

#define SELECT_VERSION \
	"SELECT address, n, oid, gone, time, author, handle, note, request" \
	" FROM version WHERE page = ? "

void
index_version_free(void *item)
{
	struct index_version *v = item;

	if (v == NULL)
		return;
	free(v->address);
	free(v->commit);
	free(v->author);
	free(v->handle);
	free(v->note);
	free(v->request);
	free(v);
}

static struct index_version *
make_version(sqlite3_stmt *st)
{
	struct index_version *v = mem_alloc(sizeof *v);

	v->address = db_text(st, 0);
	v->n = (long)sqlite3_column_int64(st, 1);
	v->commit = db_text(st, 2);
	v->gone = sqlite3_column_int64(st, 3) != 0;
	v->when = sqlite3_column_int64(st, 4);
	v->author = db_text(st, 5);
	v->handle = db_text(st, 6);
	v->note = db_text(st, 7);
	v->request = db_text(st, 8);
	return v;
}

/* The one version that a started statement gives; ends the statement. */
static int
take_version(struct index *x, sqlite3_stmt *st, struct index_version **out,
	     struct err *err)
{
	int rc = db_step(&x->db, st, err);

	if (rc > 0)
		*out = make_version(st);
	else if (rc == 0)
		rc = err_set(err, PLEIN_ENOTFOUND, "no such version");
	db_end(st);
	return rc > 0 ? 0 : rc;
}

int
index_latest(struct index *x, const char *address, struct index_version **out,
	     struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc;

	*out = NULL;
	rc = db_start(&x->db, &st, err,
		      SELECT_VERSION "ORDER BY n DESC LIMIT 1", "t", address);
	return rc == 0 ? take_version(x, st, out, err) : rc;
}

int
index_version(struct index *x, const char *address, long n,
	      struct index_version **out, struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc;

	*out = NULL;
	rc = db_start(&x->db, &st, err, SELECT_VERSION "AND n = ?", "ti",
		      address, (int64_t)n);
	return rc == 0 ? take_version(x, st, out, err) : rc;
}

int
index_version_at(struct index *x, const char *address, const char *commit,
		 struct index_version **out, struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc;

	*out = NULL;
	rc = db_start(&x->db, &st, err, SELECT_VERSION "AND oid = ?", "tt",
		      address, commit);
	return rc == 0 ? take_version(x, st, out, err) : rc;
}

int
index_log(struct index *x, const char *address, long limit, struct vec *out,
	  struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc;

	rc = db_start(&x->db, &st, err,
		      SELECT_VERSION "ORDER BY n DESC LIMIT ?", "ti", address,
		      (int64_t)(limit > 0 ? limit : -1));
	if (rc == 0)
		while ((rc = db_step(&x->db, st, err)) > 0)
			vec_push(out, make_version(st));
	db_end(st);
	return rc;
}

/*
 * The page goes on with the history of another one: everything before this
 * commit. What it had itself, before it vanished once, makes way.
 */
static int
take_over(struct index *x, const struct index_version *v, const char *from,
	  struct err *err)
{
	int rc;

	rc = db_run(&x->db, err, "DELETE FROM version WHERE page = ?", "t",
		    v->address);
	if (rc != 0)
		return rc;
	return db_run(&x->db, err,
		      "INSERT INTO version (page, n, address, oid, gone,"
		      " time, author, handle, note, request)"
		      " SELECT ?, n, address, oid, gone, time, author,"
		      " handle, note, request FROM version"
		      " WHERE page = ? AND oid <> ?",
		      "ttt", v->address, from, v->commit);
}

static int
find_number(struct index *x, const char *address, long *n, struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc;

	rc = db_start(&x->db, &st, err,
		      "SELECT coalesce(max(n), 0) + 1 FROM version"
		      " WHERE page = ?",
		      "t", address);
	if (rc == 0)
		rc = db_step(&x->db, st, err);
	if (rc > 0)
		*n = (long)sqlite3_column_int64(st, 0);
	db_end(st);
	return rc < 0 ? rc : 0;
}

static int
insert_version(struct index *x, const struct index_version *v, long n,
	       bool gone, struct err *err)
{
	return db_run(&x->db, err,
		      "INSERT INTO version (page, n, address, oid, gone,"
		      " time, author, handle, note, request)"
		      " VALUES (?1, ?2, ?1, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
		      "titiitttt", v->address, (int64_t)n, v->commit,
		      (int64_t)gone, v->when, v->author, v->handle, v->note,
		      v->request);
}

/* Number and insert one version of a page. */
static int
append_version(struct index *x, const struct index_version *v, bool gone,
	       long *n, struct err *err)
{
	int rc = find_number(x, v->address, n, err);

	return rc == 0 ? insert_version(x, v, *n, gone, err) : rc;
}

/*
 * The page vanishes with this version; that it did may be told twice, by a
 * rename and by itself.
 */
static int
add_vanishing(struct index *x, const struct index_version *v, long *n,
	      struct err *err)
{
	struct index_version *told = NULL;
	int rc = index_version_at(x, v->address, v->commit, &told, err);

	if (rc == 0 && told->gone)
		*n = told->n;
	else if (rc == 0 || rc == PLEIN_ENOTFOUND)
		rc = append_version(x, v, true, n, err);
	index_version_free(told);
	return rc == 0 ? index_drop_page(x, v->address, err) : rc;
}

static int
add_renamed(struct index *x, const struct index_version *v, const char *from,
	    struct err *err)
{
	struct index_version old = *v;
	long n;
	int rc = take_over(x, v, from, err);

	old.address = (char *)from; /* only read */
	return rc == 0 ? add_vanishing(x, &old, &n, err) : rc;
}

int
index_add(struct index *x, const struct index_version *v,
	  const struct page_info *info, const char *from, long *n,
	  struct err *err)
{
	long number = 0;
	int rc = 0;

	if (from != NULL && strcmp(from, v->address) != 0)
		rc = add_renamed(x, v, from, err);
	if (rc == 0 && info == NULL)
		rc = add_vanishing(x, v, &number, err);
	else if (rc == 0)
		rc = append_version(x, v, false, &number, err);
	if (rc == 0 && info != NULL)
		rc = index_put_page(x, v, info, number, err);
	if (rc == 0 && n != NULL)
		*n = number;
	return rc;
}
