/* closing.c - see closing.h. */
#include "state/closing.h"

#include "state/accounts.h"
#include "state/cancelled.h"
#include "state/standing.h"
#include "state/state_impl.h"

int
closing_forget(struct state *s, const char *handle, struct err *err)
{
	static const char *const acts[] = {
		"DELETE FROM application WHERE handle = ?",
		"DELETE FROM standing WHERE handle = ?",
		"DELETE FROM decision WHERE handle = ?",
		"DELETE FROM proposal WHERE handle = ?",
		"DELETE FROM draft WHERE handle = ?",
		"DELETE FROM round_guest WHERE handle = ?",
		"DELETE FROM round_draft WHERE handle = ?",
		"DELETE FROM round_done WHERE handle = ?",
		"DELETE FROM round_answer WHERE handle = ?",
		"DELETE FROM round_stand WHERE handle = ?",
		"DELETE FROM cancelled_for WHERE handle = ?",
		"DELETE FROM mark WHERE handle = ?",
		"DELETE FROM thread_mark WHERE handle = ?",
		"DELETE FROM mention_mark WHERE handle = ?",
		"DELETE FROM follow WHERE handle = ?",
		"DELETE FROM visit WHERE handle = ?",
		"DELETE FROM fold WHERE handle = ?",
		"DELETE FROM member WHERE handle = ?",
		"DELETE FROM seat WHERE handle = ?",
		"DELETE FROM profile WHERE handle = ?",
		"DELETE FROM password WHERE handle = ?",
		"DELETE FROM code WHERE handle = ?",
		"DELETE FROM recovery WHERE handle = ?",
		"DELETE FROM pending_key WHERE handle = ?",
		"DELETE FROM key WHERE handle = ?",
		"DELETE FROM invite WHERE maker = ?",
	};
	int rc = 0;

	for (size_t i = 0; i < sizeof(acts) / sizeof(acts[0]) && rc == 0; i++)
		rc = db_run(&s->db, err, acts[i], "t", handle);
	return rc ? rc : cancelled_sweep(s, err);
}

static int
close_account(struct state *s, const char *handle, struct err *err)
{
	int rc = closing_forget(s, handle, err);

	if (rc == 0)
		rc = db_run(&s->db, err,
			    "UPDATE account SET name = '', language = '',"
			    " role = 'lezer' WHERE handle = ?",
			    "t", handle);
	return rc ? rc : standing_set(s, handle, STANDING_CLOSED, NULL, err);
}

static int
check(struct state *s, const char *handle, struct err *err)
{
	struct account a = { 0 };
	int rc = account_get(s, handle, &a, err);

	if (rc == 0 && a.standing == STANDING_CLOSED)
		rc = err_rule(err, PLEIN_ERULE, "closed", 0,
			      "this account is closed");
	account_release(&a);
	return rc ? rc : standing_spare_last(s, handle, err);
}

int
closing_run(struct state *s, const char *handle, struct err *err)
{
	int rc = check(s, handle, err);

	if (rc == 0)
		rc = state_begin(s, err);
	if (rc != 0)
		return rc;
	rc = close_account(s, handle, err);
	if (rc == 0)
		return state_commit(s, err);
	state_abort(s);
	return rc;
}
