/* keyring.c - see keyring.h. */
#include "state/keyring.h"

#include <stdlib.h>
#include <string.h>

#include "plein/buf.h"
#include "plein/clock.h"
#include "plein/filter.h"
#include "plein/mem.h"
#include "plein/utf8.h"
#include "state/accounts.h"
#include "state/proofs.h"
#include "state/state_impl.h"

#define PRIVATE_KEY "-----BEGIN "

void
keyring_key_free(void *key)
{
	struct keyring_key *k = key;

	if (!k)
		return;
	free(k->fingerprint);
	free(k->kind);
	free(k->label);
	free(k);
}

static struct keyring_key *
read_key(sqlite3_stmt *st)
{
	struct keyring_key *k = mem_alloc(sizeof(*k));
	struct buf kind = BUF_INIT;

	k->fingerprint = db_text(st, 0);
	key_describe((const char *)sqlite3_column_text(st, 1),
		     (const char *)sqlite3_column_text(st, 2), &kind);
	k->kind = buf_take(&kind);
	k->label = db_text(st, 3);
	k->added = sqlite3_column_int64(st, 4);
	k->used = sqlite3_column_int64(st, 5);
	return k;
}

int
keyring_list(struct state *s, const char *handle, struct vec *out,
	     struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc;

	rc = db_start(&s->db, &st, err,
		      "SELECT fingerprint, kind, blob, comment, added,"
		      " ifnull(time, 0)"
		      " FROM key LEFT JOIN key_use USING (fingerprint)"
		      " WHERE handle = ? ORDER BY added, fingerprint",
		      "t", handle);
	if (rc == 0)
		while ((rc = db_step(&s->db, st, err)) > 0)
			vec_push(out, read_key(st));
	db_end(st);
	return rc;
}

/* --- adding --- */

static int
check_label(const char *label, struct err *err)
{
	size_t len = strlen(label), pos = 0, n = 0;
	uint32_t cp;

	if (!filter_accepts(label, len, &pos) || strpbrk(label, "\n\r\t"))
		n = KEYRING_LABEL_MAX + 1;
	for (pos = 0; pos < len && n <= KEYRING_LABEL_MAX; n++)
		pos += utf8_decode(label + pos, len - pos, &cp);
	if (n <= KEYRING_LABEL_MAX)
		return 0;
	return err_rule(err, PLEIN_ERULE, "label", 0,
			"a key's label has at most %d characters",
			KEYRING_LABEL_MAX);
}

/* Is the key of this line this person's already? */
static bool
is_own(struct state *s, const char *handle, const char *line)
{
	char *copy = mem_strdup(line), *save = NULL;
	const char *kind = strtok_r(copy, " \t", &save);
	const char *blob = strtok_r(NULL, " \t", &save);
	struct account owner = { 0 };
	char print[KEY_FINGERPRINT];
	bool own = kind && blob &&
		   account_by_key(s, kind, blob, &owner, print, NULL) == 0 &&
		   strcmp(owner.handle, handle) == 0;

	account_release(&owner);
	free(copy);
	return own;
}

/* "kind blob label" of a line "kind blob comment". */
static char *
label_line(const char *line, const char *label)
{
	struct buf out = BUF_INIT;
	size_t kind = strcspn(line, " \t");
	size_t gap = strspn(line + kind, " \t");
	size_t blob = strcspn(line + kind + gap, " \t");

	buf_add(&out, line, kind + gap + blob);
	buf_printf(&out, " %s", label);
	return buf_take(&out);
}

static int
add_line(struct state *s, const char *handle, const char *line,
	 const char *label, struct err *err)
{
	char *labelled;
	int rc;

	if (strncmp(line, PRIVATE_KEY, strlen(PRIVATE_KEY)) == 0)
		return err_rule(err, PLEIN_ERULE, "key-private", 0,
				"this is no public key");
	if (is_own(s, handle, line))
		return PLEIN_ESAME;
	labelled = label ? label_line(line, label) : mem_strdup(line);
	rc = account_add_key(s, handle, labelled, err);
	free(labelled);
	return rc;
}

static int
check_count(struct state *s, const char *handle, struct err *err)
{
	struct account a = { 0 };
	int rc = account_get(s, handle, &a, err);

	if (rc == 0 && a.n_keys > KEYRING_MAX)
		rc = err_rule(err, PLEIN_ERULE, "keys", 0,
			      "a person has at most %d keys", KEYRING_MAX);
	account_release(&a);
	return rc;
}

/* The key at the beginning of `line`, or NULL when there is none. */
static const char *
find_key(const char *line)
{
	line += strspn(line, " \t\r");
	return *line && *line != '\n' && *line != '#' ? line : NULL;
}

static bool
has_several(const char *text)
{
	int n = 0;

	for (; text; text = strchr(text, '\n')) {
		text += *text == '\n';
		n += find_key(text) != NULL;
	}
	return n > 1;
}

/* *n: how many were new. */
static int
add_lines(struct state *s, const char *handle, char *text, const char *label,
	  int *n, struct err *err)
{
	bool several = has_several(text);
	const char *line;
	long number = 0;
	int rc = 0;

	while ((rc == 0 || rc == PLEIN_ESAME) && (line = strsep(&text, "\n"))) {
		number++;
		line = find_key(line);
		if (!line)
			continue;
		rc = add_line(s, handle, line, label, err);
		*n += rc == 0;
		if (several && (rc == PLEIN_ERULE || rc == PLEIN_EEXISTS))
			err->at = number;
	}
	return rc == PLEIN_ESAME ? 0 : rc;
}

static int
add_all(struct state *s, const char *handle, const char *text,
	const char *label, struct err *err)
{
	char *copy = mem_strdup(text);
	int n = 0, rc = add_lines(s, handle, copy, label, &n, err);

	free(copy);
	if (rc == 0)
		rc = check_count(s, handle, err);
	if (rc == 0 && n == 0)
		rc = text[strspn(text, " \t\r\n")]
			     ? err_rule(err, PLEIN_ESAME, "key-own", 0,
					"no key is new")
			     : err_rule(err, PLEIN_ERULE, "key", 0,
					"there is no key");
	return rc;
}

/* End the transaction that holds what led to `rc`. */
static int
finish(struct state *s, int rc, struct err *err)
{
	if (rc == 0)
		return state_commit(s, err);
	state_abort(s);
	return rc;
}

int
keyring_add(struct state *s, const char *handle, const char *text,
	    const char *label, struct err *err)
{
	int rc = label ? check_label(label, err) : 0;

	if (rc == 0)
		rc = state_begin(s, err);
	if (rc != 0)
		return rc;
	return finish(s, add_all(s, handle, text, label, err), err);
}

/* --- changing --- */

/* PLEIN_ENOTFOUND unless the statement before changed something. */
static int
expect_change(struct state *s, int rc, struct err *err)
{
	if (rc == 0 && sqlite3_changes(s->db.h) == 0)
		rc = err_rule(err, PLEIN_ENOTFOUND, "no-key", 0,
			      "you have no such key");
	return rc;
}

int
keyring_rename(struct state *s, const char *handle, const char *fingerprint,
	       const char *label, struct err *err)
{
	int rc = check_label(label, err);

	if (rc == 0)
		rc = db_run(&s->db, err,
			    "UPDATE key SET comment = ?"
			    " WHERE fingerprint = ? AND handle = ?",
			    "ttt", label, fingerprint, handle);
	return expect_change(s, rc, err);
}

int
keyring_check_way(struct state *s, const char *handle, struct err *err)
{
	struct account a = { 0 };
	struct proofs p = { 0 };
	int rc = account_get(s, handle, &a, err);

	if (rc == 0)
		rc = proofs_get(s, handle, &p, err);
	if (rc == 0 && a.n_keys == 0 && p.password == NULL)
		rc = err_rule(err, PLEIN_ERULE, "last-way", 0,
			      "this is the last way to sign in");
	proofs_release(&p);
	account_release(&a);
	return rc;
}

int
keyring_drop(struct state *s, const char *handle, const char *fingerprint,
	     struct err *err)
{
	int rc = db_run(&s->db, err,
			"DELETE FROM key WHERE fingerprint = ? AND handle = ?",
			"tt", fingerprint, handle);

	return expect_change(s, rc, err);
}

int
keyring_remove(struct state *s, const char *handle, const char *fingerprint,
	       struct err *err)
{
	int rc = state_begin(s, err);

	if (rc != 0)
		return rc;
	rc = keyring_drop(s, handle, fingerprint, err);
	if (rc == 0)
		rc = keyring_check_way(s, handle, err);
	return finish(s, rc, err);
}

int
keyring_note_use(struct state *s, const char *fingerprint, struct err *err)
{
	return db_run(&s->db, err,
		      "INSERT INTO key_use (fingerprint, time)"
		      " SELECT fingerprint, ?2 FROM key WHERE fingerprint = ?1"
		      " ON CONFLICT (fingerprint) DO UPDATE SET time = ?2",
		      "ti", fingerprint, clock_wall());
}
