/*
 * oneshot.c - from a line to a command, and what all commands need: asking
 * the wiki, telling what went wrong.
 */
#include "oneshot.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "api.h"
#include "base/sentence.h"
#include "base/when.h"
#include "end.h"
#include "oneshot_do.h"
#include "plein/filter.h"
#include "plein/fs.h"
#include "plein/i18n.h"
#include "plein/mem.h"
#include "plein/policy.h"

#define WAIT_MS 10000 /* for the wiki to come back */
#define MEETINGS "vergaderingen/" /* where their addresses begin */
#define DOUBT_MS 2000 /* for one in doubt to go away */

/* One a line, so that two that come at once do not meet. */
/* clang-format off */
static int (*const commands[WORD_N])(struct oneshot *o) = {
	[WORD_HELP] = do_help,
	[WORD_WHOAMI] = do_whoami,
	[WORD_VERSION] = do_version,
	[WORD_LIST] = do_list,
	[WORD_TREE] = do_tree,
	[WORD_READ] = do_read,
	[WORD_LOG] = do_log,
	[WORD_CREATE] = do_create,
	[WORD_SAVE] = do_save,
	[WORD_EXPORT] = do_export,
	[WORD_NEWS] = do_news,
	[WORD_DIGEST] = do_digest,
	[WORD_FOLLOW] = do_follow,
	[WORD_UNFOLLOW] = do_unfollow,
	[WORD_SEEN] = do_seen,
	[WORD_DRAFT] = do_draft,
	[WORD_SEARCH] = do_search,
	[WORD_CHANGES] = do_changes,
	[WORD_DIFF] = do_diff,
	[WORD_BLAME] = do_blame,
	[WORD_RENAME] = do_rename,
	[WORD_BACKLINKS] = do_backlinks,
	[WORD_DELETE] = do_delete,
	[WORD_RESTORE] = do_restore,
	[WORD_REVERT] = do_revert,
	[WORD_UNDO] = do_undo,
	[WORD_ATTACH] = do_attach,
	[WORD_SET] = do_set,
	[WORD_PROFILE] = do_profile,
	[WORD_SPACE] = do_space,
	[WORD_STORY] = do_story,
	[WORD_THREADS] = do_threads,
	[WORD_THREAD] = do_thread,
	[WORD_COMMENT] = do_comment,
	[WORD_RESOLVE] = do_resolve,
	[WORD_REOPEN] = do_reopen,
	[WORD_QUESTIONS] = do_questions,
	[WORD_DECISIONS] = do_decisions,
	[WORD_ACTIONS] = do_actions,
	[WORD_MEETINGS] = do_meetings,
	[WORD_PROGRESS] = do_progress,
	[WORD_KEY] = do_key,
	[WORD_ADMIN] = do_admin,
	[WORD_REGISTER] = do_register,
	[WORD_APPLICATION] = do_application,
	[WORD_REQUESTS] = do_requests,
	[WORD_APPROVE] = do_approve,
	[WORD_REJECT] = do_reject,
	[WORD_MEMBERS] = do_members,
	[WORD_ROLE] = do_role,
	[WORD_BLOCK] = do_block,
	[WORD_UNBLOCK] = do_unblock,
	[WORD_INVITE] = do_invite,
	[WORD_SESSIONS] = do_sessions,
	[WORD_WHO] = do_who,
	[WORD_CODE] = do_code,
	[WORD_PASSWORD] = do_password,
	[WORD_LEAVE] = do_leave,
	[WORD_ROUND] = do_round,
	[WORD_MYDATA] = do_mydata,
};
/* clang-format on */

const struct oneshot_act *
oneshot_act(const struct oneshot_act *acts, const char *word)
{
	for (; acts->nl; acts++)
		if (strcmp(word, acts->nl) == 0 || strcmp(word, acts->en) == 0)
			return acts;
	return NULL;
}

/* --- telling --- */

/* stderr that is gone cannot be told about. */
static void
write_stderr(const struct buf *text)
{
	(void)fs_write_fd(STDERR_FILENO, text->ptr, text->len, NULL);
}

static void
tell(const struct oneshot *o, const char *name, int exit_code,
     const char *sentence)
{
	struct buf line = BUF_INIT;

	if (o->json) {
		output_json(&line,
			    json_pack("{s:s, s:i, s:s}", "error", name, "code",
				      exit_code, "message", sentence));
	} else {
		filter_text(&line, sentence, strlen(sentence));
		buf_char(&line, '\n');
	}
	write_stderr(&line);
	buf_release(&line);
}

const char *
oneshot_denied(struct oneshot *o)
{
	const char *role = oneshot_role(o);

	return sentence_denied(role, o->applies);
}

int
oneshot_fail(struct oneshot *o, int code, const char *detail,
	     const json_t *args)
{
	struct buf sentence = BUF_INIT;
	int exit_code = sentence_exit(code);
	const char *why = NULL;

	if (code == PLEIN_EDENIED && !json_object_get(args, "rule"))
		why = oneshot_denied(o);
	if (why)
		buf_str(&sentence, why);
	else
		sentence_error(&sentence, code, detail, args);
	tell(o, err_name(code), exit_code, sentence.ptr);
	buf_release(&sentence);
	return exit_code;
}

int
oneshot_tell(struct oneshot *o, int code, const char *sentence)
{
	tell(o, err_name(code), sentence_exit(code), sentence);
	return sentence_exit(code);
}

int
oneshot_misuse(struct oneshot *o, const char *sentence)
{
	struct buf text = BUF_INIT;

	buf_str(&text, sentence);
	if (o->words.word != WORD_N && !o->json) {
		const struct word_row *row = word_row(o->words.word);

		buf_printf(&text, _("\nLike this: %s"),
			   o->words.dutch ? row->nl : row->en);
		if (*row->arguments)
			buf_printf(&text, " %s", gettext(row->arguments));
	}
	tell(o, err_name(PLEIN_EUSAGE), EXIT_USAGE, text.ptr);
	buf_release(&text);
	return EXIT_USAGE;
}

/* To the error stream, as one line. */
static void
write_remark(const struct buf *text)
{
	struct buf line = BUF_INIT;

	filter_line(&line, text->ptr, text->len);
	buf_char(&line, '\n');
	write_stderr(&line);
	buf_release(&line);
}

void
oneshot_remark(struct oneshot *o, const char *fmt, ...)
{
	struct buf text = BUF_INIT;
	va_list ap;

	if (o->json || (o->words.set & OPTION_QUIET))
		return;
	va_start(ap, fmt);
	buf_vprintf(&text, fmt, ap);
	va_end(ap);
	write_remark(&text);
	buf_release(&text);
}

void
oneshot_caution(struct oneshot *o, const char *sentence)
{
	struct buf text = BUF_INIT;

	if (o->words.set & OPTION_QUIET)
		return;
	buf_str(&text, sentence);
	write_remark(&text);
	buf_release(&text);
}

/* --- asking --- */

int
oneshot_call(struct oneshot *o, const char *method, json_t *params_take,
	     struct rpc_msg *m, struct err *err)
{
	return link_wait(o->link, method, params_take, m, WAIT_MS, err);
}

/* The first answer is not known to be true: ask again, where it is known. */
static int
ask_after_doubt(struct oneshot *o, const char *method, json_t *params,
		struct rpc_msg *m, struct err *err)
{
	struct rpc_msg again;
	struct err then = ERR_INIT;
	int rc;

	if (!link_wait_fresh(o->link, DOUBT_MS, WAIT_MS))
		return PLEIN_EUNKNOWN;
	rc = oneshot_call(o, method, json_incref(params), &again, &then);
	if (rc == PLEIN_EBUSY) { /* of the second question, not the first */
		rpc_msg_release(&again);
		return PLEIN_EUNKNOWN;
	}
	rpc_msg_release(m);
	*m = again;
	*err = then;
	return rc;
}

int
oneshot_write(struct oneshot *o, const char *method, json_t *params_take,
	      struct rpc_msg *m, struct err *err)
{
	int rc = oneshot_call(o, method, json_incref(params_take), m, err);

	if (rc == PLEIN_EUNKNOWN && m->root)
		rc = ask_after_doubt(o, method, params_take, m, err);
	json_decref(params_take);
	return rc;
}

int
oneshot_ask(struct oneshot *o, const char *method, json_t *params_take,
	    json_t **result)
{
	struct rpc_msg m;
	struct err err = ERR_INIT;
	int rc = oneshot_call(o, method, params_take, &m, &err);
	int exit_code = 0;

	*result = NULL;
	if (rc == PLEIN_EUNKNOWN)
		rc = PLEIN_EBUSY;
	if (rc)
		exit_code = oneshot_fail(o, rc, err.msg, m.args);
	else
		*result = json_incref(m.result);
	rpc_msg_release(&m);
	return exit_code;
}

const char *
oneshot_role(struct oneshot *o)
{
	struct rpc_msg m;
	struct err err = ERR_INIT;

	if (o->role[0])
		return o->role;
	if (oneshot_call(o, "session.info", NULL, &m, &err) == 0) {
		(void)snprintf(
			o->role, sizeof(o->role), "%s",
			json_string_value(json_object_get(m.result, "role")));
		o->applies =
			json_is_true(json_object_get(m.result, "register"));
	}
	rpc_msg_release(&m);
	return o->role;
}

/* --- what commands share --- */

void
oneshot_set_folder(json_t *params, const char *folder)
{
	size_t len = strlen(folder);

	while (len && folder[len - 1] == '/')
		len--;
	(void)json_object_set_new(params, "folder", json_stringn(folder, len));
}

int
oneshot_set_moment(struct oneshot *o, json_t *params, const char *key,
		   enum word_option option)
{
	const char *value = words_value(&o->words, option);
	int64_t when = 0;
	int exit_code;

	if (!value)
		return EXIT_DONE;
	if (when_is_last_meeting(value) ||
	    strncmp(value, MEETINGS, strlen(MEETINGS)) == 0) {
		exit_code = oneshot_meeting_end(o, value, &when);
		(void)json_object_set_new(params, key, json_integer(when));
		return exit_code;
	}
	if (!(option == OPTION_UNTIL ? when_parse_end(value, &when)
				     : when_parse(value, &when)))
		return oneshot_misuse(o, _("A date looks like 2026-03-12, with "
					   "a time like 2026-03-12T09:30."));
	(void)json_object_set_new(params, key, json_integer(when));
	return EXIT_DONE;
}

int
oneshot_flush(struct oneshot *o)
{
	int rc = fs_write_fd(STDOUT_FILENO, o->out.ptr, o->out.len, NULL);

	buf_reset(&o->out);
	return rc ? EXIT_AWAY : EXIT_DONE;
}

/* --- running --- */

static int
tell_problem(struct oneshot *o, enum words_problem problem)
{
	static const char *const sentences[] = {
		[WORDS_QUOTE] = N_("A quote is not closed"),
		[WORDS_UNKNOWN] = N_("This command does not exist"),
		[WORDS_OPTION] = N_("This option does not exist here"),
		[WORDS_VALUE] = N_("This option needs a value"),
		[WORDS_NUMBER] = N_("This option needs a number, 1 or more"),
	};
	struct buf text = BUF_INIT;
	int exit_code;

	buf_printf(&text, "%s: %s", gettext(sentences[problem]),
		   o->words.detail);
	if (problem == WORDS_UNKNOWN)
		buf_printf(&text, "\n%s", _("Type: ssh <host> help"));
	exit_code = oneshot_misuse(o, text.ptr);
	buf_release(&text);
	return exit_code;
}

/* git is served by git; what the wiki does not serve gets a sentence. */
static int
refuse_git(struct oneshot *o, const char *line)
{
	bool sends = strstr(line, "receive-pack") != NULL;
	enum role role = role_of(oneshot_role(o));

	if (role != ROLE_NONE && role < ROLE_LEZER)
		return oneshot_fail(o, PLEIN_EDENIED, NULL, NULL);
	/* Who knows which role: then that is not what is wrong. */
	tell(o, err_name(PLEIN_EDENIED), EXIT_NOTHING,
	     sends && role != ROLE_NONE && !policy_allows(role, RIGHT_WRITE)
		     ? _("You can read this wiki with git, but not send "
			 "changes. Ask an editor.")
		     : _("With git you can clone and fetch the wiki and send "
			 "changes to main. Nothing else is served."));
	return EXIT_NOTHING;
}

static void
choose_language(const struct words *w)
{
	const char *language = words_value(w, OPTION_LANG);

	if (!language)
		return;
	(void)setenv("LANGUAGE", strcmp(language, "en") == 0 ? "en" : "nl", 1);
	language_changed();
}

/* What comes is about another space than the default one. */
static int
enter_space(struct oneshot *o)
{
	const char *space = words_value(&o->words, OPTION_SPACE);
	json_t *result = NULL;
	int exit_code;

	if (!space)
		return EXIT_DONE;
	exit_code = oneshot_ask(o, "session.space",
				json_pack("{s:s}", "space", space), &result);
	json_decref(result);
	return exit_code;
}

static int
run_word(struct oneshot *o)
{
	int exit_code = enter_space(o);

	if (exit_code)
		return exit_code;
	if (o->words.word == WORD_SCREEN)
		return oneshot_misuse(o, _("The screen needs a terminal. "
					   "Type: ssh -t <host>"));
	if (o->words.word != WORD_N)
		return commands[o->words.word](o);
	return do_help(o); /* only options: what is there for them? */
}

static int
run_line(struct oneshot *o, const char *line)
{
	enum words_problem problem = words_parse(&o->words, line);
	struct err err = ERR_INIT;
	int exit_code;

	o->json = (o->words.set & OPTION_JSON) != 0;
	if (strncmp(line, "git-", 4) == 0 || strncmp(line, "git ", 4) == 0)
		return refuse_git(o, line);
	choose_language(&o->words);
	exit_code = problem ? tell_problem(o, problem) : run_word(o);
	if (fs_write_fd(STDOUT_FILENO, o->out.ptr, o->out.len, &err) < 0)
		return exit_code ? exit_code : EXIT_AWAY;
	return exit_code;
}

/* Not with options: a program goes to a space by itself. */
static bool
is_api(const char *line)
{
	struct words w;
	bool api = words_parse(&w, line) == WORDS_FINE && w.word == WORD_API &&
		   !(w.set & OPTION_SPACE);

	words_release(&w);
	return api;
}

/* Its program is killed a moment later. */
static void
take_notice(void *ctx, const char *method, const json_t *params)
{
	struct oneshot *o = ctx;
	const char *why = json_string_value(json_object_get(params, "why"));

	if (strcmp(method, "event.end") == 0 && why)
		tell(o, "ended", EXIT_AWAY, end_words(end_of(why)));
}

int
oneshot_run(const char *line, int control)
{
	struct oneshot o = { .out = BUF_INIT };
	int exit_code;

	if (is_api(line))
		return api_run(control, STDIN_FILENO, STDOUT_FILENO, WAIT_MS);
	o.link = link_new(control, NULL, &o);
	link_listen(o.link, take_notice);
	if (isatty(STDIN_FILENO) == 1) /* for who looks where they are */
		(void)link_call(o.link, "session.info",
				json_pack("{s:b}", "command", 1), NULL, NULL);
	exit_code = run_line(&o, line);
	words_release(&o.words);
	buf_release(&o.out);
	link_free(o.link);
	return exit_code;
}

bool
oneshot_wants_lines(const char *line)
{
	struct words w;
	bool fine = words_parse(&w, line) == WORDS_FINE;
	bool lines =
		fine && (w.word == WORD_LINE || (w.word == WORD_N && !w.set));

	words_release(&w);
	return lines;
}

static bool
names(const char *line, enum word_id word)
{
	struct words w;
	bool named = words_parse(&w, line) == WORDS_FINE && w.word == word;

	words_release(&w);
	return named;
}

bool
oneshot_names_lines(const char *line)
{
	return names(line, WORD_LINE);
}

bool
oneshot_names_screen(const char *line)
{
	return names(line, WORD_SCREEN);
}

/* The page whose address is all that was said. */
static bool
names_page(const struct words *w, const char *line)
{
	const char *page;

	if (w->word != WORD_READ || w->set || w->args.len != 1)
		return false;
	page = w->args.items[0];
	return strncmp(line, page, strlen(page)) == 0;
}

/* A screen that is its word and nothing else. */
static enum screen
find_door(const struct words *w)
{
	if (w->set || w->args.len)
		return SCREEN_START;
	if (w->word == WORD_REGISTER)
		return SCREEN_REGISTER;
	return w->word == WORD_APPLICATION ? SCREEN_WAITING : SCREEN_START;
}

bool
oneshot_wants_screen(const char *line, enum screen *first, json_t **args)
{
	struct words w;
	bool fine = words_parse(&w, line) == WORDS_FINE;

	*args = NULL;
	*first = fine ? find_door(&w) : SCREEN_START;
	if (*first != SCREEN_START) {
		*args = json_pack("{s:b}", "first", true);
	} else if (fine && names_page(&w, line)) {
		*first = SCREEN_PAGE;
		*args = json_pack("{s:s}", "address", w.args.items[0]);
	} else {
		fine = fine && (w.word == WORD_SCREEN || w.word == WORD_N);
	}
	words_release(&w);
	return fine;
}
