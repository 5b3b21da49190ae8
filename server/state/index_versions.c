/* index_versions.c - the history of a page: numbers, renames, lists. */
#include "state/index.h"

#include <stdlib.h>
#include <string.h>

#include "plein/mem.h"
#include "state/index_impl.h"

#define VERSION_COLUMNS \
	"v.address, v.n, v.seq, e.oid, v.blob, e.time, e.author, e.handle," \
	" e.note, e.request"
#define SELECT_VERSION \
	"SELECT " VERSION_COLUMNS " FROM version v" \
	" JOIN entry e ON e.seq = v.seq WHERE v.page = ? "

void
index_version_free(void *item)
{
	struct index_version *v = item;

	if (v == NULL)
		return;
	free(v->address);
	free(v->commit);
	free(v->blob);
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
	v->seq = sqlite3_column_int64(st, 2);
	v->commit = db_text(st, 3);
	v->blob = db_text(st, 4);
	v->gone = v->blob == NULL;
	v->when = sqlite3_column_int64(st, 5);
	v->author = db_text(st, 6);
	v->handle = db_text(st, 7);
	v->note = db_text(st, 8);
	v->request = db_text(st, 9);
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
		      SELECT_VERSION "ORDER BY v.n DESC LIMIT 1", "t", address);
	return rc == 0 ? take_version(x, st, out, err) : rc;
}

int
index_version(struct index *x, const char *address, long n,
	      struct index_version **out, struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc;

	*out = NULL;
	rc = db_start(&x->db, &st, err, SELECT_VERSION "AND v.n = ?", "ti",
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
	rc = db_start(&x->db, &st, err, SELECT_VERSION "AND e.oid = ?", "tt",
		      address, commit);
	return rc == 0 ? take_version(x, st, out, err) : rc;
}

int
index_version_as_of(struct index *x, const char *address, const char *commit,
		    struct index_version **out, struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc;

	*out = NULL;
	rc = db_start(&x->db, &st, err,
		      SELECT_VERSION
		      "AND v.seq <= (SELECT seq FROM entry WHERE oid = ?)"
		      " ORDER BY v.n DESC LIMIT 1",
		      "tt", address, commit);
	return rc == 0 ? take_version(x, st, out, err) : rc;
}

/*
 * CROSS JOIN: first the request, of which there are one or two. The plus keeps
 * SQLite from walking all that this person ever did instead.
 */
int
index_version_by(struct index *x, const char *address, const char *handle,
		 const char *request, struct index_version **out,
		 struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc;

	*out = NULL;
	rc = db_start(&x->db, &st, err,
		      "SELECT " VERSION_COLUMNS
		      " FROM entry e CROSS JOIN version v ON v.seq = e.seq"
		      " WHERE e.request = ? AND +e.handle = ? AND v.page = ?",
		      "ttt", request, handle, address);
	return rc == 0 ? take_version(x, st, out, err) : rc;
}

int
index_contributions(struct index *x, const char *handle,
		    struct index_contributions *out, struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc = db_start(&x->db, &st, err,
			  "SELECT count(*), ifnull(max(e.time), 0)"
			  " FROM entry e JOIN version v ON v.seq = e.seq"
			  " WHERE e.handle = ?",
			  "t", handle);

	if (rc == 0)
		rc = db_step(&x->db, st, err);
	if (rc > 0) {
		out->n = sqlite3_column_int64(st, 0);
		out->last = sqlite3_column_int64(st, 1);
	}
	db_end(st);
	return rc < 0 ? rc : 0;
}

int
index_log(struct index *x, const char *address, long before, long limit,
	  struct vec *out, struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc;

	rc = db_start(&x->db, &st, err,
		      SELECT_VERSION "AND v.n < ? ORDER BY v.n DESC LIMIT ?",
		      "tii", address, before > 0 ? (int64_t)before : INT64_MAX,
		      (int64_t)(limit > 0 ? limit : -1));
	if (rc == 0)
		while ((rc = db_step(&x->db, st, err)) > 0)
			vec_push(out, make_version(st));
	db_end(st);
	return rc;
}

int
index_log_until(struct index *x, const char *address, int64_t seq, long limit,
		struct vec *out, struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc;

	rc = db_start(&x->db, &st, err,
		      SELECT_VERSION "AND v.seq <= ? ORDER BY v.seq DESC"
				     " LIMIT ?",
		      "tii", address, seq, (int64_t)limit);
	if (rc == 0)
		while ((rc = db_step(&x->db, st, err)) > 0)
			vec_push(out, make_version(st));
	db_end(st);
	return rc;
}

void
index_address_free(void *item)
{
	struct index_address *a = item;

	if (a == NULL)
		return;
	free(a->address);
	free(a);
}

int
index_addresses(struct index *x, const char *address, int64_t from,
		int64_t until, struct vec *out, struct err *err)
{
	struct index_address *a;
	sqlite3_stmt *st = NULL;
	int rc;

	rc = db_start(&x->db, &st, err,
		      "SELECT seq, address FROM (SELECT seq, address,"
		      " lag(address) OVER (ORDER BY seq) AS was FROM version"
		      " WHERE page = ? AND seq >= ? AND seq <= ?)"
		      " WHERE was IS NOT address ORDER BY seq DESC",
		      "tii", address, from, until);
	if (rc == 0)
		while ((rc = db_step(&x->db, st, err)) > 0) {
			a = mem_alloc(sizeof *a);
			a->seq = sqlite3_column_int64(st, 0);
			a->address = db_text(st, 1);
			vec_push(out, a);
		}
	db_end(st);
	return rc;
}

/* What is being added: one version of one page. */
struct addition {
	const struct index_entry *entry;
	const char *address;
	const char *blob; /* NULL: it vanishes */
	long n; /* found on the way */
};

/*
 * The page goes on with the history of another one: everything before this
 * commit. What it had itself, before it vanished once, makes way.
 */
static int
take_over(struct index *x, const struct addition *a, const char *from,
	  struct err *err)
{
	int rc;

	rc = db_run(&x->db, err, "DELETE FROM version WHERE page = ?", "t",
		    a->address);
	if (rc != 0)
		return rc;
	return db_run(&x->db, err,
		      "INSERT INTO version (page, n, seq, address, blob)"
		      " SELECT ?, n, seq, address, blob FROM version"
		      " WHERE page = ? AND seq <> ?",
		      "tti", a->address, from, a->entry->seq);
}

static int
find_number(struct index *x, struct addition *a, struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc;

	rc = db_start(&x->db, &st, err,
		      "SELECT coalesce(max(n), 0) + 1 FROM version"
		      " WHERE page = ?",
		      "t", a->address);
	if (rc == 0)
		rc = db_step(&x->db, st, err);
	if (rc > 0)
		a->n = (long)sqlite3_column_int64(st, 0);
	db_end(st);
	return rc < 0 ? rc : 0;
}

/* Number and insert it. */
static int
append_version(struct index *x, struct addition *a, struct err *err)
{
	int rc = find_number(x, a, err);

	if (rc != 0)
		return rc;
	return db_run(&x->db, err,
		      "INSERT INTO version (page, n, seq, address, blob)"
		      " VALUES (?1, ?2, ?3, ?1, ?4)",
		      "tiit", a->address, (int64_t)a->n, a->entry->seq,
		      a->blob);
}

/*
 * The page vanishes with this version; that it did may be told twice, by a
 * rename and by itself.
 */
static int
add_vanishing(struct index *x, struct addition *a, struct err *err)
{
	struct index_version *told = NULL;
	int rc = index_version_at(x, a->address, a->entry->commit, &told, err);

	if (rc == 0 && told->gone)
		a->n = told->n;
	else if (rc == 0 || rc == PLEIN_ENOTFOUND)
		rc = append_version(x, a, err);
	index_version_free(told);
	return rc == 0 ? index_drop_page(x, a->address, err) : rc;
}

static int
add_renamed(struct index *x, const struct addition *a, const char *from,
	    struct err *err)
{
	struct addition old = { .entry = a->entry, .address = from };
	int rc = take_over(x, a, from, err);

	return rc == 0 ? add_vanishing(x, &old, err) : rc;
}

int
index_add(struct index *x, const struct index_entry *e, const char *address,
	  const struct index_content *now, long *n, struct err *err)
{
	struct addition a = { e, address, now ? now->blob : NULL, 0 };
	int rc = 0;

	if (now != NULL && now->from != NULL && strcmp(now->from, address) != 0)
		rc = add_renamed(x, &a, now->from, err);
	if (rc == 0 && now == NULL)
		rc = add_vanishing(x, &a, err);
	else if (rc == 0)
		rc = append_version(x, &a, err);
	if (rc == 0 && now != NULL && now->info != NULL)
		rc = index_put_page(x, e, address, now, a.n, err);
	if (rc == 0 && n != NULL)
		*n = a.n;
	return rc;
}
