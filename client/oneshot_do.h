/*
 * oneshot_do.h - what the commands share: the words, the link, the answer
 * being made. A command returns an exit code.
 */
#ifndef PLEIN_ONESHOT_DO_H
#define PLEIN_ONESHOT_DO_H

#include <jansson.h>
#include <stdbool.h>

#include "base/link.h"
#include "output.h"
#include "plein/buf.h"
#include "words.h"

enum oneshot_exit {
	EXIT_DONE = 0,
	EXIT_NOTHING = 1,
	EXIT_USAGE = 2,
	EXIT_RIGHTS = 3,
	EXIT_MISSING = 4,
	EXIT_CONFLICT = 5,
	EXIT_RULE = 6,
	EXIT_AWAY = 7,
	EXIT_UNSURE = 8
};

struct oneshot {
	struct link *link;
	struct words words;
	struct buf out; /* the answer, written when the command is done */
	bool json;
	char role[16]; /* once it was asked for: oneshot_role() */
	bool applies; /* then: they can apply for a profile here */
};

/* --- the commands --- */

int
do_help(struct oneshot *o);

int
do_whoami(struct oneshot *o);

int
do_version(struct oneshot *o);

int
do_list(struct oneshot *o);

int
do_tree(struct oneshot *o);

int
do_read(struct oneshot *o);

int
do_log(struct oneshot *o);

int
do_create(struct oneshot *o);

int
do_save(struct oneshot *o);

int
do_export(struct oneshot *o);

int
do_news(struct oneshot *o);

int
do_digest(struct oneshot *o);

int
do_follow(struct oneshot *o);

int
do_unfollow(struct oneshot *o);

int
do_seen(struct oneshot *o);

int
do_draft(struct oneshot *o);

int
do_search(struct oneshot *o);

int
do_backlinks(struct oneshot *o);

int
do_story(struct oneshot *o);

int
do_threads(struct oneshot *o);

int
do_thread(struct oneshot *o);

int
do_comment(struct oneshot *o);

int
do_round(struct oneshot *o);

int
do_resolve(struct oneshot *o);

int
do_reopen(struct oneshot *o);

int
do_questions(struct oneshot *o);

int
do_decisions(struct oneshot *o);

int
do_actions(struct oneshot *o);

int
do_meetings(struct oneshot *o);

int
do_progress(struct oneshot *o);

int
do_changes(struct oneshot *o);

int
do_diff(struct oneshot *o);

int
do_blame(struct oneshot *o);

int
do_rename(struct oneshot *o);

int
do_delete(struct oneshot *o);

int
do_restore(struct oneshot *o);

int
do_revert(struct oneshot *o);

int
do_undo(struct oneshot *o);

int
do_attach(struct oneshot *o);

int
do_set(struct oneshot *o);

int
do_profile(struct oneshot *o);

/* Spaces; the same behind the word of administrators. */
int
do_space(struct oneshot *o);

int
do_admin_space(struct oneshot *o);

int
do_key(struct oneshot *o);

int
do_mydata(struct oneshot *o);

int
do_leave(struct oneshot *o);

int
do_sessions(struct oneshot *o);

int
do_who(struct oneshot *o);

int
do_code(struct oneshot *o);

int
do_admin(struct oneshot *o);

int
do_register(struct oneshot *o);

int
do_application(struct oneshot *o);

int
do_requests(struct oneshot *o);

int
do_approve(struct oneshot *o);

int
do_reject(struct oneshot *o);

int
do_members(struct oneshot *o);

int
do_role(struct oneshot *o);

int
do_block(struct oneshot *o);

int
do_unblock(struct oneshot *o);

int
do_invite(struct oneshot *o);

int
do_password(struct oneshot *o);

/* --- for them --- */

/* What the first word behind a command asks; both names, as commands have. */
struct oneshot_act {
	const char *nl, *en; /* NULL: behind the last */
	int (*run)(struct oneshot *o);
};

/* NULL when it is none. */
const struct oneshot_act *
oneshot_act(const struct oneshot_act *acts, const char *word);

/*
 * Ask the wiki something that writes nothing. 0 and the result (json_decref
 * it), or an exit code after the error was told.
 */
int
oneshot_ask(struct oneshot *o, const char *method, json_t *params_take,
	    json_t **result);

/* As oneshot_ask(), but the error is the caller's to tell: m, and a code. */
int
oneshot_call(struct oneshot *o, const char *method, json_t *params_take,
	     struct rpc_msg *m, struct err *err);

/*
 * The same for what writes; params hold a `request`. When the wiki does not
 * know whether it wrote (PLEIN_EUNKNOWN) it is asked again as soon as a fresh
 * one is there, which does know.
 */
int
oneshot_write(struct oneshot *o, const char *method, json_t *params_take,
	      struct rpc_msg *m, struct err *err);

#define ONESHOT_LINE 512 /* bytes of an answer */

/* A line on standard output, now. */
int
oneshot_say(struct oneshot *o, const char *line);

/* `hidden`: what is typed is not shown. False at the end of the input. */
bool
oneshot_ask_line(struct oneshot *o, const char *prompt, bool hidden,
		 char line[ONESHOT_LINE]);

/* Twice where nobody sees what is typed; *same says whether they are. */
bool
oneshot_ask_password(struct oneshot *o, char password[ONESHOT_LINE],
		     bool *same);

/* The role of who is signed in, or "" when it cannot be had. */
const char *
oneshot_role(struct oneshot *o);

/* What they are told who are no member, of what members may; or NULL. */
const char *
oneshot_denied(struct oneshot *o);

/* Tell an error: a sentence, or with --json an object. Gives its exit. */
int
oneshot_fail(struct oneshot *o, int code, const char *detail,
	     const json_t *args);

/* Tell an error in a sentence of one's own, translated. Gives its exit. */
int
oneshot_tell(struct oneshot *o, int code, const char *sentence);

/* The words are wrong: this sentence and the right words. Gives EXIT_USAGE. */
int
oneshot_misuse(struct oneshot *o, const char *sentence);

/* A remark on stderr, unless --quiet or --json. */
void
oneshot_remark(struct oneshot *o, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/* One that no row of --json tells: unless --quiet. */
void
oneshot_caution(struct oneshot *o, const char *sentence);

/* Set the parameter `folder`; `themas/` is the folder `themas`. */
void
oneshot_set_folder(json_t *params, const char *folder);

/* Set this parameter when the option is there: --until to the last second
 * of its day, others to the first. 0, or an exit code after it was told. */
int
oneshot_set_moment(struct oneshot *o, json_t *params, const char *key,
		   enum word_option option);

/* When that meeting ended: an address, or as when_is_last_meeting() has it. An
 * exit code after it was told. */
int
oneshot_meeting_end(struct oneshot *o, const char *name, int64_t *when);

/* Write what is in `out`; a reader that is gone gives EXIT_AWAY. */
int
oneshot_flush(struct oneshot *o);

#endif
