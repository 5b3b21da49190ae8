/*
 * accounts.c - people and their keys. A key belongs to one person only; its
 * fingerprint is its identity, so that the same key in other clothes (kind,
 * comment) is still the same.
 */
#include "state/accounts.h"

#include <stdlib.h>
#include <string.h>

#include "plein/buf.h"
#include "plein/clock.h"
#include "plein/filter.h"
#include "plein/mem.h"
#include "plein/path.h"
#include "plein/utf8.h"
#include "state/decisions.h"
#include "state/standing.h"
#include "state/state_impl.h"

#define LINE_MAX_LEN 8192 /* bytes of an authorized_keys line */
#define COMMENT_MAX 200 /* bytes kept of its comment */

#define SELECT_ACCOUNT \
	"SELECT handle, name, language, role, created," \
	" (SELECT count(*) FROM key WHERE key.handle = account.handle)," \
	" ifnull(organisation, ''), ifnull(display, '')," \
	" ifnull(standing, 'active'), ifnull(reason, '')," \
	" (SELECT group_concat(DISTINCT role) FROM member" \
	" WHERE member.handle = account.handle)," \
	" ifnull((SELECT time FROM decision WHERE result = 'refused'" \
	" AND decision.handle = account.handle), 0)" \
	" FROM account LEFT JOIN profile USING (handle)" \
	" LEFT JOIN standing USING (handle) "

void
account_release(struct account *a)
{
	free(a->handle);
	free(a->name);
	free(a->language);
	free(a->organisation);
	free(a->display);
	free(a->reason);
	memset(a, 0, sizeof *a);
}

void
account_free(void *a)
{
	if (a == NULL)
		return;
	account_release(a);
	free(a);
}

enum standing
account_told(const struct account *a)
{
	if (a->standing == STANDING_REFUSED &&
	    clock_wall() < a->refused + DECISION_S)
		return STANDING_WAITING;
	return a->standing;
}

enum role
account_role(const struct account *a)
{
	enum standing standing = account_told(a);

	if (standing == STANDING_ACTIVE)
		return a->role;
	if (standing == STANDING_WAITING)
		return ROLE_WAITING;
	return standing == STANDING_REFUSED ? ROLE_APPLICANT : ROLE_BLOCKED;
}

bool
account_is_line(const char *s, size_t max)
{
	size_t len = strlen(s), pos = 0, n = 0;
	uint32_t cp;

	if (len == 0 || len > max * UTF8_MAX || !filter_accepts(s, len, &pos) ||
	    strpbrk(s, "<>\n\r\t") != NULL)
		return false;
	if (s[0] == ' ' || s[len - 1] == ' ')
		return false;
	for (pos = 0; pos < len; n++)
		pos += utf8_decode(s + pos, len - pos, &cp);
	return n <= max;
}

static int
check_name(const char *name, struct err *err)
{
	if (account_is_line(name, ACCOUNT_NAME_MAX))
		return 0;
	return err_rule(err, PLEIN_ERULE, "name", 0, "this name cannot be");
}

static int
check_language(const char *language, struct err *err)
{
	if (*language == '\0' || strcmp(language, "nl") == 0 ||
	    strcmp(language, "en") == 0)
		return 0;
	return err_set(err, PLEIN_ERULE, "the language must be nl or en");
}

static int
check_account(const char *handle, const char *name, enum role role,
	      const char *language, struct err *err)
{
	int rc;

	if (!handle_is_valid(handle))
		return err_set(err, PLEIN_ERULE,
			       "the handle %.64s cannot be: small letters and "
			       "digits, with single dots or hyphens between "
			       "them, at most %d; some words are taken",
			       handle, HANDLE_MAX);
	if (role < ROLE_LEZER || role > ROLE_BEHEERDER)
		return err_set(err, PLEIN_ERULE, "this role cannot be given");
	rc = check_name(name, err);
	return rc != 0 ? rc : check_language(language, err);
}

int
account_add(struct state *s, const char *handle, const char *name,
	    enum role role, const char *language, struct err *err)
{
	int rc = check_account(handle, name, role, language, err);

	if (rc != 0)
		return rc;
	rc = db_run(&s->db, err,
		    "INSERT INTO account (handle, name, role, language,"
		    " created) VALUES (?, ?, ?, ?, ?)",
		    "tttti", handle, name, role_name(role), language,
		    clock_wall());
	if (rc == PLEIN_EEXISTS)
		rc = err_set(err, rc, "the handle %s is taken", handle);
	return rc;
}

/* A word that nobody knows is nobody's right. */
static enum standing
standing_of(sqlite3_stmt *st, int column)
{
	const char *word = (const char *)sqlite3_column_text(st, column);
	enum standing i;

	for (i = STANDING_ACTIVE; word && i < STANDING_CLOSED; i++)
		if (strcmp(word, standing_name(i)) == 0)
			return i;
	return STANDING_CLOSED;
}

/* The most that words with commas between make somebody, at least `least`. */
static enum role
find_most(enum role least, const char *words)
{
	enum role most = least, r;

	for (r = ROLE_LEZER; words && r <= ROLE_BEHEERDER; r++)
		if (r > most && strstr(words, role_name(r)))
			most = r;
	return most;
}

static void
fill_account(struct account *a, sqlite3_stmt *st)
{
	a->handle = db_text(st, 0);
	a->name = db_text(st, 1);
	a->language = db_text(st, 2);
	a->role = role_of((const char *)sqlite3_column_text(st, 3));
	a->created = sqlite3_column_int64(st, 4);
	a->n_keys = (size_t)sqlite3_column_int64(st, 5);
	a->organisation = db_text(st, 6);
	a->display = db_text(st, 7);
	a->standing = standing_of(st, 8);
	a->reason = db_text(st, 9);
	a->most = find_most(a->role, (const char *)sqlite3_column_text(st, 10));
	a->refused = sqlite3_column_int64(st, 11);
}

/* The one account that a started statement gives. */
static int
take_account(struct state *s, sqlite3_stmt *st, struct account *out,
	     struct err *err)
{
	int rc = db_step(&s->db, st, err);

	if (rc == 0)
		return err_set(err, PLEIN_ENOTFOUND, "no such account");
	if (rc < 0)
		return rc;
	fill_account(out, st);
	return 0;
}

int
account_get(struct state *s, const char *handle, struct account *out,
	    struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc;

	rc = db_start(&s->db, &st, err, SELECT_ACCOUNT "WHERE handle = ?", "t",
		      handle);
	if (rc == 0)
		rc = take_account(s, st, out, err);
	db_end(st);
	return rc;
}

int
account_list(struct state *s, struct vec *out, struct err *err)
{
	sqlite3_stmt *st = NULL;
	struct account *a;
	int rc;

	rc = db_start(&s->db, &st, err, SELECT_ACCOUNT "ORDER BY handle", "");
	if (rc == 0)
		while ((rc = db_step(&s->db, st, err)) > 0) {
			a = mem_alloc(sizeof *a);
			fill_account(a, st);
			vec_push(out, a);
		}
	db_end(st);
	return rc;
}

static bool
has_words(const char *text, const char *folded)
{
	struct buf line = BUF_INIT;
	bool has;

	utf8_fold(&line, text, strlen(text));
	has = strstr(line.ptr, folded) != NULL;
	buf_release(&line);
	return has;
}

static bool
is_meant(const struct account *a, const char *folded)
{
	return !*folded || has_words(a->handle, folded) ||
	       has_words(a->name, folded) || has_words(a->organisation, folded);
}

struct choosing {
	const char *folded; /* words, or "" */
	size_t most;
	size_t *count; /* of all, or NULL */
};

/* Those that are meant, of a started statement. */
static int
take_chosen(struct state *s, sqlite3_stmt *st, const struct choosing *by,
	    struct vec *out, struct err *err)
{
	size_t n = 0;
	int rc;

	while ((rc = db_step(&s->db, st, err)) > 0) {
		struct account *a = mem_alloc(sizeof *a);

		fill_account(a, st);
		n += is_meant(a, by->folded);
		if (is_meant(a, by->folded) && n <= by->most)
			vec_push(out, a);
		else
			account_free(a);
		if (n > by->most && !by->count)
			break;
	}
	if (by->count)
		*by->count = n;
	return rc < 0 ? rc : 0;
}

int
account_choose(struct state *s, const struct account_choice *which, size_t most,
	       struct vec *out, size_t *count, struct err *err)
{
	struct choosing by = { .most = most, .count = count };
	struct buf folded = BUF_INIT;
	sqlite3_stmt *st = NULL;
	int rc = db_start(&s->db, &st, err,
			  SELECT_ACCOUNT
			  "WHERE handle > ifnull(?1, '')"
			  " AND (?2 IS NULL OR ?7 IS NOT NULL"
			  " OR role = ?2 AND standing IS NULL)"
			  " AND (?3 = 0 OR standing IS NOT NULL)"
			  " AND (?4 = 0 OR NOT EXISTS (SELECT 1 FROM code"
			  " WHERE code.handle = account.handle"
			  " AND secret IS NOT NULL))"
			  " AND NOT EXISTS (SELECT 1 FROM visit"
			  " WHERE visit.handle = account.handle"
			  " AND space = ?5 AND seen >= ?6)"
			  " AND (?7 IS NULL OR EXISTS (SELECT 1 FROM member"
			  " WHERE member.handle = account.handle"
			  " AND space = ?7 AND member.role = ifnull(?2,"
			  " member.role)))"
			  " ORDER BY handle",
			  "ttiitit", which->after, which->role,
			  (int64_t)which->out, (int64_t)which->codeless,
			  which->space, which->unseen, which->member_of);

	if (which->words)
		utf8_fold(&folded, which->words, strlen(which->words));
	by.folded = folded.ptr;
	if (rc == 0)
		rc = take_chosen(s, st, &by, out, err);
	db_end(st);
	buf_release(&folded);
	return rc;
}

static int
check_change(const struct account_change *c, struct err *err)
{
	int rc = 0;

	if (c->name)
		rc = check_name(c->name, err);
	if (rc == 0 && c->organisation && *c->organisation &&
	    !account_is_line(c->organisation, ACCOUNT_ORGANISATION_MAX))
		rc = err_rule(err, PLEIN_ERULE, "organisation", 0,
			      "this organisation cannot be");
	if (rc == 0 && c->language)
		rc = check_language(c->language, err);
	return rc;
}

static int
write_change(struct state *s, const char *handle,
	     const struct account_change *c, struct err *err)
{
	int rc = db_run(&s->db, err,
			"UPDATE account SET name = ifnull(?, name),"
			" language = ifnull(?, language) WHERE handle = ?",
			"ttt", c->name, c->language, handle);

	if (rc != 0)
		return rc;
	return db_run(&s->db, err,
		      "INSERT INTO profile (handle, organisation, display)"
		      " VALUES (?1, ifnull(?2, ''), ifnull(?3, ''))"
		      " ON CONFLICT (handle) DO UPDATE"
		      " SET organisation = ifnull(?2, organisation),"
		      " display = ifnull(?3, display)",
		      "ttt", handle, c->organisation, c->display);
}

int
account_change(struct state *s, const char *handle,
	       const struct account_change *c, struct err *err)
{
	struct account a = { 0 };
	int rc = check_change(c, err);

	if (rc == 0)
		rc = account_get(s, handle, &a, err);
	account_release(&a);
	if (rc == 0)
		rc = state_begin(s, err);
	if (rc != 0)
		return rc;
	rc = write_change(s, handle, c, err);
	if (rc == 0)
		return state_commit(s, err);
	state_abort(s);
	return rc;
}

/* The parts of an authorized_keys line. */
struct key_line {
	char *kind;
	char *blob;
	char *comment;
};

/* The next word of what is left; "" at the end. */
static char *
take_word(const char **s, const char *end)
{
	const char *from = *s, *to;

	while (from < end && (*from == ' ' || *from == '\t'))
		from++;
	for (to = from; to < end && *to != ' ' && *to != '\t';)
		to++;
	*s = to;
	return mem_strndup(from, (size_t)(to - from));
}

static int
split_line(struct key_line *k, const char *line, struct err *err)
{
	size_t len = strnlen(line, LINE_MAX_LEN + 1);
	const char *end;

	while (len > 0 && strchr(" \t\r\n", line[len - 1]) != NULL)
		len--;
	if (len > LINE_MAX_LEN || memchr(line, '\n', len) != NULL)
		return err_rule(err, PLEIN_ERULE, "key", 0,
				"the key must be one line");
	end = line + len;
	k->kind = take_word(&line, end);
	k->blob = take_word(&line, end);
	while (line < end && (*line == ' ' || *line == '\t'))
		line++;
	k->comment = mem_strndup(line, (size_t)(end - line));
	if (*k->blob == '\0')
		return err_rule(err, PLEIN_ERULE, "key", 0,
				"this is no public key");
	return 0;
}

static int
insert_key(struct state *s, const char *handle, const struct key_line *k,
	   struct err *err)
{
	char fingerprint[KEY_FINGERPRINT];
	struct buf comment = BUF_INIT;
	int rc = key_fingerprint(k->blob, fingerprint, err);

	if (rc != 0)
		return rc;
	filter_line(&comment, k->comment, strnlen(k->comment, COMMENT_MAX));
	rc = db_run(&s->db, err,
		    "INSERT INTO key (fingerprint, handle, kind, blob,"
		    " comment, added) VALUES (?, ?, ?, ?, ?, ?)",
		    "ttttti", fingerprint, handle, k->kind, k->blob,
		    comment.ptr, clock_wall());
	buf_release(&comment);
	if (rc == PLEIN_EEXISTS)
		rc = err_rule(err, rc, "key-taken", 0,
			      "this key belongs to somebody already");
	return rc;
}

int
account_add_key(struct state *s, const char *handle, const char *line,
		struct err *err)
{
	struct account a = { 0 };
	struct key_line k = { 0 };
	int rc;

	rc = account_get(s, handle, &a, err);
	if (rc == 0)
		rc = split_line(&k, line, err);
	if (rc == 0)
		rc = key_check(k.kind, k.blob, err);
	if (rc == 0)
		rc = insert_key(s, handle, &k, err);
	free(k.kind);
	free(k.blob);
	free(k.comment);
	account_release(&a);
	return rc;
}

int
account_by_key(struct state *s, const char *kind, const char *blob,
	       struct account *out, char *fingerprint, struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc;

	fingerprint[0] = '\0';
	rc = key_fingerprint(blob, fingerprint, err);
	if (rc == 0)
		rc = key_check(kind, blob, err);
	if (rc == PLEIN_ERULE)
		rc = err_rule(err, PLEIN_ENOTFOUND, "weak",
			      (long)key_bits(kind, blob), "no such account");
	if (rc == 0)
		rc = db_start(&s->db, &st, err,
			      SELECT_ACCOUNT
			      "WHERE handle = (SELECT handle FROM key"
			      " WHERE fingerprint = ?)",
			      "t", fingerprint);
	if (rc == 0)
		rc = take_account(s, st, out, err);
	db_end(st);
	return rc;
}
