/*
 * oneshot_proof.c - the commands code and password: one's own ways to sign
 * in. They ask, so they are for a terminal, but work with lines on pipes too.
 * What is secret goes to standard output once and is not kept.
 */
#include "oneshot_do.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/sentence.h"
#include "plein/fs.h"
#include "plein/i18n.h"
#include "plein/mem.h"
#include "ui/qr.h"

#define TRIES 3
#define BELOW 2 /* lines below the picture: the letters, the question */
#define GROUP 4 /* letters of the secret between blanks */

static int
stop_asking(struct oneshot *o)
{
	return oneshot_tell(o, PLEIN_ESAME, _("Nothing was changed."));
}

/* --- the code ------------------------------------------------------------ */

/* One more call with a code that is typed; 0, an exit code, or -1: again. */
static int
call_with_code(struct oneshot *o, const char *method, const char *code,
	       json_t **result)
{
	struct rpc_msg m;
	struct err err = ERR_INIT;
	json_t *params = code ? json_pack("{s:s}", "code", code) : NULL;
	int rc = oneshot_call(o, method, params ? params : json_object(), &m,
			      &err);
	int exit_code = 0;

	if (rc)
		exit_code = oneshot_fail(o, rc, err.msg, m.args);
	else
		*result = json_incref(m.result);
	rpc_msg_release(&m);
	return rc == PLEIN_EDENIED ? -1 : exit_code;
}

/* Ask for a code until it is right. */
static int
ask_code(struct oneshot *o, const char *prompt, const char *method,
	 json_t **result)
{
	char line[ONESHOT_LINE];
	int exit_code = -1;

	for (int i = 0; i < TRIES && exit_code < 0; i++) {
		if (!oneshot_ask_line(o, prompt, false, line) || !*line)
			return stop_asking(o);
		exit_code = call_with_code(o, method, line, result);
	}
	explicit_bzero(line, sizeof(line));
	return exit_code < 0 ? EXIT_RIGHTS : exit_code;
}

/* With the code in use, where there is one. */
static int
call_guarded(struct oneshot *o, const json_t *info, const char *method,
	     json_t **result)
{
	int exit_code;

	if (json_is_true(json_object_get(info, "code")))
		return ask_code(o, _("Code from the app you use now: "), method,
				result);
	exit_code = call_with_code(o, method, NULL, result);
	return exit_code < 0 ? EXIT_RIGHTS : exit_code;
}

/* In groups of four: it is typed over. */
static void
add_secret(struct buf *out, const char *secret)
{
	size_t len = strlen(secret);

	for (size_t at = 0; at < len; at += GROUP)
		buf_printf(out, "%s%.*s", at > 0 ? " " : "", GROUP,
			   secret + at);
	buf_char(out, '\n');
}

static void
draw_code(struct oneshot *o, const char *rows)
{
	struct winsize w = { 0 };

	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &w) == 0 && rows &&
	    !qr_draw(&o->out, rows, w.ws_col, w.ws_row - BELOW,
		     getenv("PLEIN_ASCII") != NULL))
		buf_printf(&o->out, "%s\n",
			   _("This window is too small for the picture. Make "
			     "it larger, or type the letters over."));
}

static int
show_secret(struct oneshot *o, const json_t *begun)
{
	const char *secret =
		json_string_value(json_object_get(begun, "secret"));
	const char *uri = json_string_value(json_object_get(begun, "uri"));

	buf_printf(&o->out, "%s\n",
		   _("Scan this with an app for codes on your phone, or type "
		     "the letters over."));
	draw_code(o, json_string_value(json_object_get(begun, "qr")));
	add_secret(&o->out, secret ? secret : "");
	if (!isatty(STDOUT_FILENO))
		buf_printf(&o->out, "%s\n", uri ? uri : "");
	return oneshot_flush(o);
}

static int
show_recovery(struct oneshot *o, const json_t *confirmed)
{
	const json_t *codes = json_object_get(confirmed, "recovery");

	buf_printf(&o->out, "%s\n%s\n%s\n",
		   _("From now on you sign in with a code as well."),
		   _("Write these recovery codes down. They are not shown "
		     "again."),
		   _("Each works once, when you do not have your app."));
	for (size_t i = 0; i < json_array_size(codes); i++)
		buf_printf(&o->out, "  %s\n",
			   json_string_value(json_array_get(codes, i)));
	return oneshot_flush(o);
}

static bool
must_set_up(struct oneshot *o)
{
	return strcmp(oneshot_role(o), "setup") == 0;
}

static int
set_up_code(struct oneshot *o, const json_t *info)
{
	json_t *begun = NULL, *confirmed = NULL;
	bool must = must_set_up(o);
	int exit_code;

	if (must)
		(void)oneshot_say(o,
				  _("Your role needs a code. Set it up now."));
	exit_code = call_guarded(o, info, "code.begin", &begun);
	if (!exit_code)
		exit_code = show_secret(o, begun);
	if (!exit_code)
		exit_code =
			ask_code(o, _("Code that the app shows (6 digits): "),
				 "code.confirm", &confirmed);
	if (!exit_code)
		exit_code = show_recovery(o, confirmed);
	if (!exit_code && must)
		exit_code =
			oneshot_say(o, _("Sign in once more, with a code."));
	json_decref(begun);
	json_decref(confirmed);
	return exit_code;
}

static int
drop_code(struct oneshot *o, const json_t *info)
{
	json_t *result = NULL;
	int exit_code = call_guarded(o, info, "code.clear", &result);

	json_decref(result);
	if (!exit_code)
		oneshot_remark(o, "%s",
			       _("You sign in without a code from now on."));
	return exit_code;
}

/* `drop`, or nothing. */
static bool
read_act(struct oneshot *o, bool *drop)
{
	const char *word = o->words.args.len ? o->words.args.items[0] : "";

	*drop = strcmp(word, "weg") == 0 || strcmp(word, "drop") == 0;
	return o->words.args.len == 0 || (*drop && o->words.args.len == 1);
}

int
do_code(struct oneshot *o)
{
	json_t *info = NULL;
	bool drop;
	int exit_code;

	if (!read_act(o, &drop))
		return oneshot_misuse(o, _("Nothing, or drop."));
	exit_code = oneshot_ask(o, "proof.info", NULL, &info);
	if (!exit_code)
		exit_code = drop ? drop_code(o, info) : set_up_code(o, info);
	json_decref(info);
	return exit_code;
}

/* --- the password -------------------------------------------------------- */

static int
set_password(struct oneshot *o)
{
	char password[ONESHOT_LINE];
	json_t *result = NULL;
	bool same;
	int exit_code;

	if (!oneshot_ask_password(o, password, &same) || !*password)
		return stop_asking(o);
	if (!same) {
		explicit_bzero(password, sizeof(password));
		return oneshot_tell(o, PLEIN_ERULE,
				    _("Those two differ. Nothing was "
				      "changed."));
	}
	exit_code =
		oneshot_ask(o, "password.set",
			    json_pack("{s:s}", "password", password), &result);
	explicit_bzero(password, sizeof(password));
	json_decref(result);
	if (!exit_code)
		oneshot_remark(o, "%s",
			       _("You can sign in with this password now."));
	return exit_code;
}

static int
drop_password(struct oneshot *o)
{
	json_t *result = NULL;
	int exit_code = oneshot_ask(o, "password.clear", NULL, &result);

	json_decref(result);
	if (!exit_code)
		oneshot_remark(o, "%s", _("Your password is gone."));
	return exit_code;
}

int
do_password(struct oneshot *o)
{
	bool drop;

	if (!read_act(o, &drop))
		return oneshot_misuse(o, _("Nothing, or drop."));
	return drop ? drop_password(o) : set_password(o);
}
