/*
 * handlers.h - the functions behind the rows of the method table. Each runs
 * with the desk of its thread and a call whose rights and parameters were
 * checked; it sets call->result, or call->err and returns its code.
 */
#ifndef PLEIN_WIKI_HANDLERS_H
#define PLEIN_WIKI_HANDLERS_H

#include "wiki/desk.h"
#include "wiki/method.h"

typedef int
handler(struct desk *d, struct call *c);

handler handle_session_info;
handler handle_agenda_keep;
handler handle_agenda_tree;
handler handle_page_list;
handler handle_page_titles;
handler handle_page_resolve;
handler handle_page_read;
handler handle_page_log;
handler handle_page_save;
handler handle_page_create;
handler handle_page_revert;
handler handle_page_undo;
handler handle_page_diff;
handler handle_page_blame;
handler handle_user_add;
handler handle_user_list;
handler handle_wiki_check;
handler handle_wiki_version;
handler handle_wiki_health;
handler handle_wiki_maintain;
handler handle_wiki_reindex;

/* A role that an account can be given; PLEIN_ERULE. */
int
handle_read_role(const char *word, enum role *role, struct err *err);

/* draft.c; group.h knows this one */
handler handle_draft_put;
extern const struct method draft_rows[];
extern const struct method presence_rows[]; /* handle_presence.c */
extern const struct method watch_rows[];
extern const struct method news_rows[];

/*
 * Not in the table: a stream that comes bound to an account. Parameters
 * `account`, `key` and `setup`; sets call->becomes.
 */
handler handle_admit;

/* The same: how the application of the caller stands by now. */
handler handle_judge;

/* The same: this person is in another space now. In a group. */
handler handle_note_space;

/* As `who`, in the space of that name, whatever they may do there.
 * PLEIN_ENOTFOUND. */
int
space_enter(struct desk *d, const struct caller *who, const char *name,
	    struct caller **out, struct err *err);

/* What an account, or "gast", is in a space; without such an account or space,
 * nothing. */
int
space_role(struct desk *d, const char *handle, const char *name, enum role *out,
	   struct err *err);

/* Not in the table: what the supervisor asks about an account and a space. */
extern const struct method space_may;

/* Where they were last, if they may read there; else *out is NULL. */
void
space_take_seat(struct desk *d, const struct caller *who, struct caller **out);

/* How many spaces there are for them. */
size_t
space_count(struct desk *d, const struct caller *who);

/* A row of space.list, of the one that the desk is of. */
json_t *
space_describe(struct desk *d, const struct caller *who);

/* The same: this person signed in with their key just now. In a group. */
handler handle_note_key;

/* Areas that keep their rows beside their handlers. */
extern const struct method changes_rows[];
extern const struct method links_rows[];
extern const struct method place_rows[];
extern const struct method search_rows[];
extern const struct method undo_rows[]; /* handle_undo.c */
extern const struct method compare_rows[]; /* handle_compare.c */
extern const struct method push_rows[];
extern const struct method file_rows[]; /* handle_file.c */
extern const struct method spell_rows[]; /* handle_spell.c */
extern const struct method set_rows[]; /* handle_set.c */
extern const struct method profile_rows[]; /* handle_profile.c */
extern const struct method auth_rows[]; /* handle_auth.c */
extern const struct method register_rows[]; /* handle_register.c */
extern const struct method account_rows[]; /* handle_accounts.c */
extern const struct method proof_rows[]; /* handle_proof.c */
extern const struct method thread_rows[]; /* handle_thread.c */
extern const struct method unread_rows[]; /* handle_unread.c */
extern const struct method remark_rows[]; /* handle_remark.c */
extern const struct method round_rows[]; /* handle_round.c */
extern const struct method round_write_rows[]; /* handle_round_write.c */
extern const struct method round_close_rows[]; /* handle_round_close.c */
extern const struct method round_cancel_rows[]; /* handle_round_cancel.c */
extern const struct method thread_edit_rows[]; /* handle_thread_edit.c */
extern const struct method story_rows[]; /* handle_story.c */
extern const struct method history_rows[]; /* handle_history.c */
extern const struct method question_rows[]; /* handle_question.c */
extern const struct method decision_rows[]; /* handle_decision.c */
extern const struct method action_rows[]; /* handle_action.c */
extern const struct method progress_rows[]; /* handle_progress.c */
extern const struct method meeting_rows[]; /* handle_meeting.c */
extern const struct method audit_rows[]; /* handle_audit.c */
extern const struct method session_rows[]; /* handle_sessions.c */
extern const struct method space_rows_of[]; /* handle_space.c */
extern const struct method setting_rows[]; /* handle_setting.c */
extern const struct method member_rows[]; /* handle_member.c */
extern const struct method dossier_rows[]; /* handle_dossier.c */
extern const struct method close_rows[]; /* handle_close.c */

/* Keys of this list of fingerprints may become the account's (keywait.h). */
int
handle_auth_wait(struct desk *d, const char *offered, const char *handle,
		 struct err *err);

/* Applications that waited longer than plein.conf says are taken back. */
int
handle_expire(struct desk *d, struct call *c);

#endif
