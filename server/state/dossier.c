/* dossier.c - see dossier.h. One statement a kind; ?1 is whose, ?2 from
 * which row on. */
#include "state/dossier.h"

#include "state/state_impl.h"

#define FROM_THERE " LIMIT -1 OFFSET ?2"

/*
 * Where others did something to somebody, from which address they did is not
 * theirs to know.
 */
#define SELECT_AUDIT \
	"SELECT n, time, act, who, door," \
	" CASE WHEN who = ?1 THEN origin ELSE '' END AS \"from\"," \
	" about, detail, result" \
	" FROM audit WHERE who = ?1 OR about = ?1 ORDER BY n"

static const struct {
	const char *kind, *sql;
} kinds[] = {
	{ "account", "SELECT handle, name, role, language, created"
		     " FROM account WHERE handle = ?1" FROM_THERE },
	{ "standing", "SELECT standing, reason, time FROM standing"
		      " WHERE handle = ?1" FROM_THERE },
	{ "preferences", "SELECT organisation, display FROM profile"
			 " WHERE handle = ?1" FROM_THERE },
	{ "key", "SELECT key.fingerprint AS fingerprint, kind AS type,"
		 " blob AS public_key, comment AS label, added, time AS used"
		 " FROM key LEFT JOIN key_use USING (fingerprint)"
		 " WHERE handle = ?1 ORDER BY added, fingerprint" FROM_THERE },
	{ "pending_key", "SELECT fingerprint, time FROM pending_key"
			 " WHERE handle = ?1 ORDER BY fingerprint" FROM_THERE },
	{ "password",
	  "SELECT since FROM password WHERE handle = ?1" FROM_THERE },
	{ "code",
	  "SELECT since, (SELECT count(*) FROM recovery"
	  " WHERE recovery.handle = code.handle) AS recovery_codes"
	  " FROM code WHERE handle = ?1 AND secret NOT NULL" FROM_THERE },
	{ "application",
	  "SELECT application.number AS number, reason, peer AS \"from\","
	  " application.time AS time, question.text AS question"
	  " FROM application LEFT JOIN question USING (number)"
	  " WHERE handle = ?1" FROM_THERE },
	{ "membership", "SELECT space, role, since FROM member"
			" WHERE handle = ?1 ORDER BY space" FROM_THERE },
	{ "last_space", "SELECT space FROM seat WHERE handle = ?1" FROM_THERE },
	{ "draft", "SELECT space, address, base, time, note, text FROM draft"
		   " LEFT JOIN draft_note USING (handle, space, address)"
		   " WHERE handle = ?1 ORDER BY space, address" FROM_THERE },
	{ "round_opened",
	  "SELECT number AS round, space, title, opened"
	  " FROM round WHERE host = ?1 ORDER BY number" FROM_THERE },
	{ "round_asked", "SELECT round FROM round_guest WHERE handle = ?1"
			 " ORDER BY round" FROM_THERE },
	{ "round_draft", "SELECT round, step, text FROM round_draft"
			 " WHERE handle = ?1 ORDER BY round, step" FROM_THERE },
	/* of a nameless answer nobody knows any more that it is theirs */
	{ "round_answered",
	  "SELECT round_done.round AS round, round_done.step AS step, text,"
	  " more, late FROM round_done LEFT JOIN round_answer"
	  " USING (round, step, handle) WHERE round_done.handle = ?1"
	  " ORDER BY round_done.round, round_done.step" FROM_THERE },
	{ "round_agreed",
	  "SELECT round, step, n AS point, agrees, reason FROM round_stand"
	  " WHERE handle = ?1 ORDER BY round, step, n" FROM_THERE },
	{ "round_cancelled",
	  "SELECT number AS round, space, title, reason, time FROM "
	  "cancelled_for"
	  " JOIN cancelled ON number = round WHERE cancelled_for.handle = ?1"
	  " ORDER BY number" FROM_THERE },
	{ "read", "SELECT space, address, version, time FROM mark"
		  " WHERE handle = ?1 ORDER BY space, address" FROM_THERE },
	{ "thread_read", "SELECT space, thread, remark, time FROM thread_mark"
			 " WHERE handle = ?1"
			 " ORDER BY space, thread" FROM_THERE },
	{ "mention_read",
	  "SELECT space, remark, time FROM mention_mark"
	  " WHERE handle = ?1 ORDER BY space, remark" FROM_THERE },
	{ "follow", "SELECT space, what, follow FROM follow"
		    " WHERE handle = ?1 ORDER BY space, what" FROM_THERE },
	{ "visit", "SELECT space, seen, since FROM visit"
		   " WHERE handle = ?1 ORDER BY space" FROM_THERE },
	{ "open_branches", "SELECT space, open FROM fold"
			   " WHERE handle = ?1 ORDER BY space" FROM_THERE },
	{ "invitation",
	  "SELECT number, role, space, uses, expires, made FROM invite"
	  " WHERE maker = ?1 ORDER BY number" FROM_THERE },
	{ "audit", SELECT_AUDIT FROM_THERE },
};

#define N_KINDS ((int)(sizeof(kinds) / sizeof(kinds[0])))

int
dossier_kinds(void)
{
	return N_KINDS;
}

static void
read_row(sqlite3_stmt *st, struct dossier_row *row)
{
	int n = sqlite3_column_count(st);

	row->n = 0;
	for (int i = 0; i < n && row->n < DOSSIER_VALUES; i++) {
		struct dossier_value *v = &row->values[row->n];

		if (sqlite3_column_type(st, i) == SQLITE_NULL)
			continue;
		v->name = sqlite3_column_name(st, i);
		v->text = sqlite3_column_type(st, i) == SQLITE_TEXT
				  ? (const char *)sqlite3_column_text(st, i)
				  : NULL;
		v->number = v->text ? 0 : sqlite3_column_int64(st, i);
		row->n++;
	}
}

int
dossier_each(struct state *s, const char *handle,
	     const struct dossier_place *at,
	     bool (*show)(void *ctx, const struct dossier_row *row), void *ctx,
	     struct err *err)
{
	struct dossier_row row = { .kind = kinds[at->kind].kind };
	sqlite3_stmt *st = NULL;
	bool more = true;
	int rc = db_start(&s->db, &st, err, kinds[at->kind].sql, "ti", handle,
			  at->from);

	while (rc == 0 && more && (rc = db_step(&s->db, st, err)) > 0) {
		rc = 0;
		read_row(st, &row);
		more = show(ctx, &row);
	}
	db_end(st);
	return rc;
}
