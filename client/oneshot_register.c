/*
 * oneshot_register.c - applying for a profile, question by question: at a
 * terminal, through a screen reader or from a pipe. And what becomes of it.
 */
#include "oneshot_rows.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/applying.h"
#include "base/sentence.h"
#include "plein/i18n.h"

#define MISTAKES_MAX 10
#define KEY_BEGIN 7

/* --- the questions -------------------------------------------------------- */

enum question {
	Q_NAME,
	Q_HANDLE,
	Q_ORGANISATION,
	Q_REASON,
	Q_CODE,
	Q_LANGUAGE,
	Q_VIEW,
	Q_PASSWORD,
	Q_N
};

static const struct {
	const char *param, *prompt;
	bool required;
} questions[Q_N] = {
	[Q_NAME] = { "name", N_("Name, as colleagues know you: "), true },
	[Q_HANDLE] = { "handle",
		       N_("Short name to be known by (small letters, digits, "
			  "dots): "),
		       true },
	[Q_ORGANISATION] = { "organisation",
			     N_("Municipality or organisation: "), false },
	[Q_REASON] = { "reason",
		       N_("Why do you want to take part? One sentence: "),
		       true },
	[Q_CODE] = { "code", N_("Invite code, if you have one: "), false },
	[Q_LANGUAGE] = { "language",
			 N_("Language, nl or en (Enter: as your computer): "),
			 false },
	[Q_VIEW] = { "view",
		     N_("Shown as screen or lines (lines for a screen "
			"reader; Enter: screen): "),
		     false },
	[Q_PASSWORD] = { "password", "", true },
};

/* Which answer an error is about; Q_N: none of them. */
static enum question
find_question(const json_t *args)
{
	const char *about = applying_about(args);
	int q = 0;

	while (about && q < Q_N && strcmp(questions[q].param, about) != 0)
		q++;
	return about ? (enum question)q : Q_N;
}

struct form {
	struct oneshot *o;
	json_t *answers;
	bool wants[Q_N];
	int exit_code; /* of the last that was wrong */
};

static bool
ask_password(struct form *f, char line[ONESHOT_LINE])
{
	bool same = false;

	while (!same) {
		if (!oneshot_ask_password(f->o, line, &same) || !*line)
			return false;
		if (!same)
			(void)oneshot_say(f->o, _("Those two differ."));
	}
	return true;
}

static bool
ask_text(struct form *f, enum question q, char line[ONESHOT_LINE])
{
	if (!oneshot_ask_line(f->o, gettext(questions[q].prompt), false, line))
		return false;
	return *line || !questions[q].required;
}

/* False: they stop. */
static bool
ask_question(struct form *f, enum question q)
{
	char line[ONESHOT_LINE] = "";
	bool told =
		q == Q_PASSWORD ? ask_password(f, line) : ask_text(f, q, line);

	f->wants[q] = false;
	if (told && *line)
		(void)json_object_set_new(f->answers, questions[q].param,
					  json_string(line));
	else
		(void)json_object_del(f->answers, questions[q].param);
	explicit_bzero(line, sizeof(line));
	return told;
}

static bool
ask_what_is_wanted(struct form *f)
{
	for (int q = 0; q < Q_N; q++)
		if (f->wants[q] && !ask_question(f, (enum question)q))
			return false;
	return true;
}

/* Send it: 0, an exit code, or -1: something is to be asked again. */
static int
send_form(struct form *f, json_t **result)
{
	struct rpc_msg m;
	struct err err = ERR_INIT;
	enum question q = Q_N;
	int rc = oneshot_call(f->o, "register.submit", json_incref(f->answers),
			      &m, &err);

	if (rc) {
		f->exit_code = oneshot_fail(f->o, rc, err.msg, m.args);
		q = find_question(m.args);
	} else {
		*result = json_incref(m.result);
	}
	rpc_msg_release(&m);
	if (!rc)
		return EXIT_DONE;
	if (q == Q_N)
		return f->exit_code;
	f->wants[q] = true;
	return -1;
}

static int
fill_form(struct form *f, json_t **result)
{
	int exit_code = -1;

	for (int i = 0; i < MISTAKES_MAX && exit_code < 0; i++) {
		if (!ask_what_is_wanted(f))
			return f->exit_code
				       ? f->exit_code
				       : oneshot_tell(f->o, PLEIN_ESAME,
						      _("Nothing was sent."));
		exit_code = send_form(f, result);
	}
	return exit_code < 0 ? f->exit_code : exit_code;
}

static void
introduce(struct oneshot *o, const json_t *status)
{
	const char *key = row_text(status, "key");
	struct buf print = BUF_INIT;

	(void)oneshot_say(o, _("No profile? Register here"));
	if (key) {
		sentence_key(&print, key, KEY_BEGIN);
		buf_printf(&o->out, _("Your key %s becomes your way in.\n"),
			   print.ptr);
	}
	buf_release(&print);
	(void)oneshot_say(o, _("Your name and municipality will stand at each "
			       "change you save. They go\nalong in every copy "
			       "of the wiki; we cannot take back a copy "
			       "elsewhere."));
	(void)oneshot_say(o, _("An empty answer where one is needed stops."));
}

static int
tell_result(struct oneshot *o, const json_t *result)
{
	const char *standing = row_text(result, "standing");

	if (o->json) {
		output_json(&o->out,
			    json_pack("{s:O, s:O, s:O}", "number",
				      row_part(result, "number"), "account",
				      row_part(result, "handle"), "standing",
				      row_part(result, "standing")));
		return EXIT_DONE;
	}
	if (standing && strcmp(standing, "active") == 0)
		return oneshot_say(o, _("You are in. Sign in once more, "
					"without nieuw@."));
	buf_printf(&o->out, _("Request sent. Your number is %lld.\n"),
		   (long long)row_number(result, "number"));
	return oneshot_say(o, _("An administrator looks at it, most often "
				"within a working day.\nSign in later from "
				"this computer, without nieuw@, to see what "
				"became of it."));
}

int
do_register(struct oneshot *o)
{
	struct form f = { .o = o, .answers = json_object() };
	json_t *status = NULL, *result = NULL;
	int exit_code = oneshot_ask(o, "register.status", NULL, &status);

	if (!exit_code && row_text(status, "handle"))
		exit_code = oneshot_tell(o, PLEIN_EDENIED,
					 _("You have a profile already. To "
					   "apply: ssh -t nieuw@<host>"));
	if (!exit_code) {
		for (int q = 0; q < Q_N; q++)
			f.wants[q] = true;
		f.wants[Q_PASSWORD] = !row_text(status, "key");
		f.wants[Q_CODE] = json_is_true(row_part(status, "invites"));
		if (!o->json)
			introduce(o, status);
		exit_code = fill_form(&f, &result);
	}
	if (!exit_code)
		exit_code = tell_result(o, result);
	json_decref(f.answers);
	json_decref(status);
	json_decref(result);
	return exit_code;
}

/* --- afterwards ----------------------------------------------------------- */

/* What there is to say of each standing, and how it exits. */
static const struct {
	const char *standing, *sentence;
	int exit_code;
} standings[] = {
	{ "active", N_("You have a profile. Nothing is applied for."),
	  EXIT_NOTHING },
	{ "waiting", N_("Your request awaits approval."), EXIT_DONE },
	{ "refused", N_("Your request was not approved."), EXIT_RIGHTS },
	{ "blocked", N_("Your access has been stopped."), EXIT_RIGHTS },
	{ "", N_("For this you need a profile."), EXIT_RIGHTS },
};

static void
add_status_line(struct oneshot *o, const json_t *status, const char *sentence)
{
	const char *reason = row_text(status, "reason");

	buf_str(&o->out, sentence);
	if (reason && *reason)
		buf_printf(&o->out, " %s", reason);
	buf_char(&o->out, '\n');
	if (row_number(status, "number") > 0)
		buf_printf(&o->out, _("Your number is %lld.\n"),
			   (long long)row_number(status, "number"));
	buf_printf(&o->out, _("Questions? Ask %s.\n"),
		   row_text(status, "contact"));
}

static int
tell_status(struct oneshot *o, const json_t *status)
{
	const char *standing = row_text(status, "standing");
	size_t i = 0, last = sizeof(standings) / sizeof(standings[0]) - 1;
	const char *denied = NULL;

	while (i < last && standing &&
	       strcmp(standings[i].standing, standing) != 0)
		i++;
	if (i == last)
		denied = oneshot_denied(o);
	if (o->json)
		output_json(&o->out,
			    json_pack("{s:O, s:O, s:O, s:O, s:O}", "account",
				      row_part(status, "handle"), "standing",
				      row_part(status, "standing"), "reason",
				      row_part(status, "reason"), "number",
				      row_part(status, "number"), "contact",
				      row_part(status, "contact")));
	else
		add_status_line(o, status,
				denied ? denied
				       : gettext(standings[i].sentence));
	return standings[i].exit_code;
}

static int
show_status(struct oneshot *o)
{
	json_t *status = NULL;
	int exit_code = oneshot_ask(o, "register.status", NULL, &status);

	if (!exit_code)
		exit_code = tell_status(o, status);
	json_decref(status);
	return exit_code;
}

static int
change_reason(struct oneshot *o)
{
	json_t *status = NULL;
	int exit_code =
		oneshot_ask(o, "register.change",
			    json_pack("{s:s}", "reason",
				      words_value(&o->words, OPTION_REASON)),
			    &status);

	if (!exit_code)
		exit_code = tell_status(o, status);
	json_decref(status);
	return exit_code;
}

static int
withdraw(struct oneshot *o)
{
	json_t *result = NULL;
	int exit_code = oneshot_ask(o, "register.withdraw", NULL, &result);

	json_decref(result);
	if (!exit_code)
		oneshot_remark(o, "%s",
			       _("Your request is taken back. All that was "
				 "known of you is gone."));
	return exit_code;
}

static int
use_code(struct oneshot *o)
{
	char line[ONESHOT_LINE];
	json_t *status = NULL;
	int exit_code;

	if (!oneshot_ask_line(o, _("Invite code: "), false, line) || !*line)
		return oneshot_tell(o, PLEIN_ESAME, _("Nothing was changed."));
	exit_code = oneshot_ask(o, "register.invite",
				json_pack("{s:s}", "code", line), &status);
	explicit_bzero(line, sizeof(line));
	json_decref(status);
	if (!exit_code)
		oneshot_remark(o, "%s", _("You are in. Sign in once more."));
	return exit_code;
}

int
do_application(struct oneshot *o)
{
	static const struct {
		const char *nl, *en;
		int (*run)(struct oneshot *o);
	} acts[] = {
		{ "intrekken", "withdraw", withdraw },
		{ "code", "code", use_code },
	};
	const struct vec *args = &o->words.args;

	if (args->len == 0)
		return words_value(&o->words, OPTION_REASON) ? change_reason(o)
							     : show_status(o);
	for (size_t i = 0; i < sizeof(acts) / sizeof(acts[0]); i++)
		if (args->len == 1 &&
		    (strcmp(args->items[0], acts[i].nl) == 0 ||
		     strcmp(args->items[0], acts[i].en) == 0))
			return acts[i].run(o);
	return oneshot_misuse(o, _("Nothing, withdraw or code."));
}
