/*
 * audit.c - see audit.h. What is hashed are the fields in order, each as its
 * length, a colon, its bytes and a comma, so that none can flow over into
 * another. Numbers come from SQLite's AUTOINCREMENT, which remembers the
 * highest there was: records that vanish at the end leave a trace too.
 */
#include "state/audit.h"

#include <sys/types.h>

#include <sha2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plein/buf.h"
#include "plein/mem.h"
#include "state/state_impl.h"

#define NO_HASH \
	"00000000000000000000000000000000" \
	"00000000000000000000000000000000"
#define COLUMNS "n, time, act, who, door, origin, about, detail, result"
#define FIRST_FIELD 2 /* of those columns */

_Static_assert(sizeof NO_HASH == AUDIT_HASH, "as long as the real ones");

static const char *const names[AUDIT_FIELDS] = {
	[AUDIT_ACT] = "act",	   [AUDIT_WHO] = "who",
	[AUDIT_DOOR] = "door",	   [AUDIT_FROM] = "from",
	[AUDIT_ABOUT] = "about",   [AUDIT_DETAIL] = "detail",
	[AUDIT_RESULT] = "result",
};

const char *
audit_field_name(enum audit_field f)
{
	return names[f];
}

void
audit_record_free(void *r)
{
	struct audit_record *record = r;

	if (record == NULL)
		return;
	for (int i = 0; i < AUDIT_FIELDS; i++)
		free(record->field[i]);
	free(record);
}

/* --- the chain ---------------------------------------------------------- */

static void
add_bytes(SHA2_CTX *ctx, const void *s, size_t len)
{
	char before[32];
	int n = snprintf(before, sizeof before, "%zu:", len);

	SHA256Update(ctx, (const uint8_t *)before, (size_t)n);
	SHA256Update(ctx, s, len);
	SHA256Update(ctx, (const uint8_t *)",", 1);
}

static void
add_number(SHA2_CTX *ctx, int64_t n)
{
	char digits[32];
	int len = snprintf(digits, sizeof digits, "%lld", (long long)n);

	add_bytes(ctx, digits, (size_t)len);
}

static void
begin_hash(SHA2_CTX *ctx, const char *former, int64_t n, int64_t time)
{
	SHA256Init(ctx);
	add_bytes(ctx, former, strlen(former));
	add_number(ctx, n);
	add_number(ctx, time);
}

static void
end_hash(SHA2_CTX *ctx, char hash[AUDIT_HASH])
{
	uint8_t digest[SHA256_DIGEST_LENGTH];

	SHA256Final(digest, ctx);
	for (size_t i = 0; i < sizeof digest; i++)
		(void)snprintf(hash + 2 * i, 3, "%02x", digest[i]);
}

static void
hash_record(const struct audit_record *r, const char *former,
	    char hash[AUDIT_HASH])
{
	SHA2_CTX ctx;
	const char *s;

	begin_hash(&ctx, former, r->n, r->time);
	for (int i = 0; i < AUDIT_FIELDS; i++) {
		s = r->field[i] ? r->field[i] : "";
		add_bytes(&ctx, s, strlen(s));
	}
	end_hash(&ctx, hash);
}

/* Of the bytes that are there: a NUL may have been put among them. */
static void
hash_row(sqlite3_stmt *st, const char *former, char hash[AUDIT_HASH])
{
	SHA2_CTX ctx;
	const void *s;

	begin_hash(&ctx, former, sqlite3_column_int64(st, 0),
		   sqlite3_column_int64(st, 1));
	for (int i = FIRST_FIELD; i < FIRST_FIELD + AUDIT_FIELDS; i++) {
		s = sqlite3_column_text(st, i);
		add_bytes(&ctx, s, (size_t)sqlite3_column_bytes(st, i));
	}
	end_hash(&ctx, hash);
}

/* --- adding ------------------------------------------------------------- */

/* The number the next one gets, and the hash it builds upon. */
static int
find_end(struct state *s, int64_t *next, char hash[AUDIT_HASH], struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc = db_start(&s->db, &st, err,
			  "SELECT max(ifnull((SELECT seq FROM sqlite_sequence"
			  " WHERE name = 'audit'), 0),"
			  " ifnull((SELECT max(n) FROM audit), 0)),"
			  " ifnull((SELECT hash FROM audit"
			  " ORDER BY n DESC LIMIT 1), ?)",
			  "t", NO_HASH);

	if (rc == 0)
		rc = db_step(&s->db, st, err);
	if (rc > 0) {
		*next = sqlite3_column_int64(st, 0) + 1;
		(void)snprintf(hash, AUDIT_HASH, "%s",
			       (const char *)sqlite3_column_text(st, 1));
	}
	db_end(st);
	return rc < 0 ? rc : 0;
}

static const char *
field_of(const struct audit_record *r, enum audit_field f)
{
	return r->field[f] ? r->field[f] : "";
}

int
audit_add(struct state *s, const struct audit_record *r, struct err *err)
{
	struct audit_record sealed = *r;
	char former[AUDIT_HASH], hash[AUDIT_HASH];
	int rc = state_begin(s, err);

	if (rc != 0)
		return rc;
	rc = find_end(s, &sealed.n, former, err);
	hash_record(&sealed, former, hash);
	if (rc == 0)
		rc = db_run(&s->db, err,
			    "INSERT INTO audit (" COLUMNS ", hash)"
			    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
			    "iitttttttt", sealed.n, r->time,
			    field_of(r, AUDIT_ACT), field_of(r, AUDIT_WHO),
			    field_of(r, AUDIT_DOOR), field_of(r, AUDIT_FROM),
			    field_of(r, AUDIT_ABOUT), field_of(r, AUDIT_DETAIL),
			    field_of(r, AUDIT_RESULT), hash);
	if (rc == 0)
		return state_commit(s, err);
	state_abort(s);
	return rc;
}

/* --- reading ------------------------------------------------------------ */

static struct audit_record *
read_row(sqlite3_stmt *st)
{
	struct audit_record *r = mem_alloc(sizeof *r);

	r->n = sqlite3_column_int64(st, 0);
	r->time = sqlite3_column_int64(st, 1);
	for (int i = 0; i < AUDIT_FIELDS; i++)
		r->field[i] = db_text(st, FIRST_FIELD + i);
	return r;
}

int
audit_list(struct state *s, const struct audit_part *part, struct vec *out,
	   struct err *err)
{
	struct buf first = BUF_INIT; /* word of the detail */
	sqlite3_stmt *st = NULL;
	int rc;

	buf_printf(&first, "space=%s", part->space ? part->space : "");
	rc = db_start(&s->db, &st, err,
		      "SELECT " COLUMNS " FROM audit WHERE n < ?1"
		      " AND time >= ?2 AND (?3 IS NULL OR detail = ?3"
		      " OR detail LIKE ?3 || ' %')"
		      " AND (?4 IS NULL OR who = ?4 OR about = ?4)"
		      " AND (?5 = 0 OR result <> 'ok')"
		      " ORDER BY n DESC LIMIT ?6",
		      "iittii", part->before > 0 ? part->before : INT64_MAX,
		      part->since, part->space ? first.ptr : NULL, part->person,
		      (int64_t)part->refused, (int64_t)part->most);

	if (rc == 0)
		while ((rc = db_step(&s->db, st, err)) > 0)
			vec_push(out, read_row(st));
	db_end(st);
	buf_release(&first);
	return rc;
}

/* --- verifying ---------------------------------------------------------- */

/* A head that was kept: of which record, and its hash. */
struct kept {
	int64_t n;
	const char *hash; /* NULL: none was kept */
	bool seen;
};

static int
read_head(const char *head, struct kept *k, struct err *err)
{
	char *end;

	if (head == NULL)
		return 0;
	k->n = strtoll(head, &end, 10);
	if (end == head || *end != ':' || k->n < 0 ||
	    strspn(end + 1, "0123456789abcdef") != AUDIT_HASH - 1 ||
	    end[AUDIT_HASH] != '\0')
		return err_set(err, PLEIN_EUSAGE,
			       "a head is a number, a colon and 64 signs");
	k->hash = end + 1;
	k->seen = k->n == 0; /* before there was any */
	return 0;
}

static void
break_at(struct audit_verdict *v, enum audit_break what, int64_t at)
{
	if (v->what != AUDIT_SOUND)
		return;
	v->what = what;
	v->at = at;
}

static bool
is_hash(sqlite3_stmt *st, int column, const char *hash)
{
	const void *s = sqlite3_column_text(st, column);

	return sqlite3_column_bytes(st, column) == AUDIT_HASH - 1 &&
	       memcmp(s, hash, AUDIT_HASH - 1) == 0;
}

/* One record more; `former` becomes its hash. */
static void
look_at(sqlite3_stmt *st, char former[AUDIT_HASH], int64_t *last,
	struct kept *k, struct audit_verdict *v)
{
	int64_t n = sqlite3_column_int64(st, 0);
	char hash[AUDIT_HASH];

	if (n < 1)
		break_at(v, AUDIT_ALTERED, n);
	else if (n != *last + 1)
		break_at(v, AUDIT_MISSING, *last + 1);
	hash_row(st, former, hash);
	if (!is_hash(st, FIRST_FIELD + AUDIT_FIELDS, hash))
		break_at(v, AUDIT_ALTERED, n);
	if (k->hash && n == k->n && strcmp(hash, k->hash) == 0)
		k->seen = true;
	memcpy(former, hash, AUDIT_HASH);
	*last = n;
	v->n++;
}

static int
walk(struct state *s, struct kept *k, int64_t *last, char hash[AUDIT_HASH],
     struct audit_verdict *v, struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc = db_start(&s->db, &st, err,
			  "SELECT " COLUMNS ", hash FROM audit ORDER BY n", "");

	if (rc == 0)
		while ((rc = db_step(&s->db, st, err)) > 0)
			look_at(st, hash, last, k, v);
	db_end(st);
	return rc;
}

/* In a transaction: the end may not move meanwhile. */
static int
judge(struct state *s, struct kept *k, struct audit_verdict *v, struct err *err)
{
	char hash[AUDIT_HASH] = NO_HASH, newest[AUDIT_HASH];
	int64_t last = 0, next = 0;
	int rc = find_end(s, &next, newest, err);

	if (rc == 0)
		rc = walk(s, k, &last, hash, v, err);
	if (last + 1 < next)
		break_at(v, AUDIT_CUT, last + 1);
	if (k->hash && !k->seen)
		break_at(v, AUDIT_OTHER_HEAD, k->n);
	(void)snprintf(v->head, sizeof v->head, "%lld:%s", (long long)last,
		       hash);
	return rc;
}

int
audit_verify(struct state *s, const char *head, struct audit_verdict *v,
	     struct err *err)
{
	struct kept k = { 0 };
	int rc;

	memset(v, 0, sizeof *v);
	rc = read_head(head, &k, err);
	if (rc == 0)
		rc = db_run(&s->db, err, "BEGIN DEFERRED", "");
	if (rc != 0)
		return rc;
	rc = judge(s, &k, v, err);
	state_abort(s); /* nothing was written */
	return rc;
}
