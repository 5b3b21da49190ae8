/*
 * fake_impl.h - what the wiki of the test is, for its own files: pages and
 * the stream in fake_wiki.c, saving in fake_save.c, what belongs to people in
 * fake_people.c, discussions in fake_talk.c, what was and where in fake_history.c, a page with a past in fake_past.c, answers
 * that a test tells in fake_told.c.
 */
#ifndef PLEIN_TEST_FAKE_IMPL_H
#define PLEIN_TEST_FAKE_IMPL_H

#include <jansson.h>
#include <stdbool.h>
#include <stdlib.h>

#include "fake_mood.h"
#include "plein/err.h"
#include "plein/page.h"
#include "plein/rpc.h"
#include "plein/vec.h"
#include "plein/wire.h"

#define WHEN 1742205600 /* 17 March 2025 */

struct fake_page {
	struct page_info info;
	struct buf text;
	struct buf before; /* of the version before, when somebody collided */
	int version;
};

struct fake_draft {
	char *address, *text, *note;
	json_int_t base;
};

struct fake {
	const char *role; /* in the space they are in */
	const char *wiki; /* of the account, in another space than the first */
	enum fake_mood mood;
	struct vec drafts; /* struct fake_draft * */
	int control;
	struct wire wire;
	struct vec pages; /* struct fake_page * */
	struct vec gone; /* those that were deleted */
	char *lost; /* request id that was not answered */
	bool all_read; /* there is no news */
	bool attended; /* somebody was put down as present */
	json_t *read; /* pages and threads that were shown, as keys; or NULL */
	bool old; /* a page has versions, for whatever role */
	json_t *profile; /* of who is there, or NULL */
	json_t *application; /* of who applied, or NULL */
	json_t *office; /* of fake_office.c, or NULL */
	json_t *talk; /* of fake_talk.c, or NULL */
	json_t *round; /* of fake_round.c, or NULL */
	bool password; /* they have one */
	bool code; /* of an app, too: the right one is 123456 */
	json_t *past; /* of a page with versions, or NULL */
	const json_t *told; /* what it answers, or NULL */
};

/* What a method answers: a result, or an error. */
struct reply {
	json_t *result;
	int code;
	json_t *args;
};

struct fake_page *
fake_find_page(struct fake *f, const char *name);

static inline const char *
param(const json_t *params, const char *name)
{
	const char *s = json_string_value(json_object_get(params, name));

	return s ? s : "";
}

static inline struct reply
answer(json_t *result)
{
	return (struct reply){ .result = result };
}

static inline struct reply
refuse(int code)
{
	return (struct reply){ .code = code };
}

/* fake_profile.c */
struct reply
fake_profile_get(struct fake *f, const json_t *params);
struct reply
fake_profile_set(struct fake *f, const json_t *params);
struct reply
fake_password_set(struct fake *f, const json_t *params);
struct reply
fake_password_clear(struct fake *f, const json_t *params);
struct reply
fake_key_add(struct fake *f, const json_t *params);
struct reply
fake_key_rename(struct fake *f, const json_t *params);
struct reply
fake_key_remove(struct fake *f, const json_t *params);

/* fake_register.c */
struct reply
fake_register_status(struct fake *f, const json_t *params);
struct reply
fake_register_submit(struct fake *f, const json_t *params);
struct reply
fake_register_change(struct fake *f, const json_t *params);
struct reply
fake_register_invite(struct fake *f, const json_t *params);
struct reply
fake_register_withdraw(struct fake *f, const json_t *params);

/* Who is there applied before, as their role says. */
void
fake_apply_before(struct fake *f);

/* What an administrator does when they say this. */
void
fake_decide(struct fake *f, const struct rpc_msg *m);

/* fake_save.c */
struct reply
fake_page_save(struct fake *f, const json_t *params);

struct reply
fake_spell_check(struct fake *f, const json_t *params);

struct reply
fake_spell_suggest(struct fake *f, const json_t *params);

struct reply
fake_draft_put(struct fake *f, const json_t *params);

struct reply
fake_draft_list(struct fake *f, const json_t *params);

struct reply
fake_draft_read(struct fake *f, const json_t *params);

struct reply
fake_draft_drop(struct fake *f, const json_t *params);

struct reply
fake_mark_all(struct fake *f, const json_t *params);

struct reply
fake_news_list(struct fake *f, const json_t *params);

/* fake_unread.c */
void
fake_count_unread(struct fake *f, const char *method, struct reply *r);

struct reply
fake_unread_count(struct fake *f, const json_t *params);

struct reply
fake_note_read(struct fake *f, const json_t *params);

/* fake_history.c */
struct reply
fake_search_pages(struct fake *f, const json_t *params);

struct reply
fake_page_backlinks(struct fake *f, const json_t *params);

struct reply
fake_file_list(struct fake *f, const json_t *params);

struct reply
fake_file_get(struct fake *f, const json_t *params);

struct reply
fake_changes_list(struct fake *f, const json_t *params);

struct reply
fake_page_history(struct fake *f, const json_t *params);

struct reply
fake_page_log(struct fake *f, const json_t *params);

struct reply
fake_page_diff(struct fake *f, const json_t *params);

struct reply
fake_page_blame(struct fake *f, const json_t *params);

/* fake_places.c */
struct reply
fake_page_create(struct fake *f, const json_t *params);

struct reply
fake_page_set(struct fake *f, const json_t *params);

struct reply
fake_page_rename(struct fake *f, const json_t *params);

struct reply
fake_page_delete(struct fake *f, const json_t *params);

struct reply
fake_page_restore(struct fake *f, const json_t *params);

struct reply
fake_page_revert(struct fake *f, const json_t *params);

struct reply
fake_page_undo(struct fake *f, const json_t *params);

/* fake_talk.c; of what a draft is that is of a remark, or NULL. */
const char *
fake_talk_title(struct fake *f, const char *address);

struct reply
fake_thread_list(struct fake *f, const json_t *params);

struct reply
fake_thread_read(struct fake *f, const json_t *params);

struct reply
fake_remark_log(struct fake *f, const json_t *params);

struct reply
fake_thread_start(struct fake *f, const json_t *params);

struct reply
fake_remark_add(struct fake *f, const json_t *params);

struct reply
fake_remark_edit(struct fake *f, const json_t *params);

struct reply
fake_remark_withdraw(struct fake *f, const json_t *params);

struct reply
fake_thread_resolve(struct fake *f, const json_t *params);

struct reply
fake_thread_reopen(struct fake *f, const json_t *params);

struct reply
fake_thread_move(struct fake *f, const json_t *params);

struct reply
fake_follow_set(struct fake *f, const json_t *params);

struct reply
fake_thread_join(struct fake *f, const json_t *params);

struct reply
fake_remark_restore(struct fake *f, const json_t *params);

struct reply
fake_thread_split(struct fake *f, const json_t *params);

/* fake_past.c: from now on there is a page with a past. */
void
fake_remember(struct fake *f);

/* False when it is not about that page. */
bool
fake_recall(struct fake *f, const char *method, const json_t *params,
	    struct reply *r);

/* fake_told.c: what is told instead of an answer; false: nothing is. */
bool
fake_tell(const struct fake *f, const char *method, const json_t *params,
	  struct reply *r);

/* And what is told besides. */
void
fake_tell_more(const struct fake *f, const char *method, const json_t *params,
	       struct reply *r);

/*
 * fake_session.c: who they are, and in which space. As "lid-beheerder" they
 * keep the space zorg; as "beheerder-zorg" they keep the wiki, and are there.
 */
void
fake_enter(struct fake *f);
bool
fake_session(struct fake *f, const char *method, struct reply *r);

/* fake_account.c: one's own code, sessions, data, and leaving. Sessions are
 * one's own where nobody else is named. */
bool
fake_is_own(const char *method, const json_t *params);
bool
fake_account(struct fake *f, const char *method, const json_t *params,
	     struct reply *r);

/* fake_history.c: of what is as of before 2 February 2025 the answer is not complete. */
void
fake_tell_complete(json_t *result, const json_t *params);

/* fake_story.c */
struct reply
fake_story(struct fake *f, const json_t *params);
/* fake_chain.c: questions, decisions, meetings; false: another method. */
bool
fake_chain(struct fake *f, const char *method, const json_t *params,
	   struct reply *r);

/* fake_office.c: what administrators see; false: another method. */
bool
fake_office(struct fake *f, const char *method, const json_t *params,
	    struct reply *r);

/* fake_round.c: rounds of reflection; false: another method. */
bool
fake_round(struct fake *f, const char *method, const json_t *params,
	   struct reply *r);

/* fake_clash.c: a colleague saves the page, at places where tests do too. */
void
fake_collide(struct fake_page *p);

/* The text as of a version; 0: of now. */
const struct buf *
fake_text_of(const struct fake_page *p, json_int_t version);

/* Marks and subscriptions: taken, and that is all. */
struct reply
fake_take_note(struct fake *f, const json_t *params);

struct reply
fake_presence_list(struct fake *f, const json_t *params);

void
fake_free_draft(void *draft);

/* False when there is none. */
bool
fake_drop_draft(struct fake *f, const char *address);

/* Somebody wrote at a page, and then the page went on. */
void
fake_leave_draft(struct fake *f);

/* What colleagues do when somebody asks this. */
void
fake_be_busy(struct fake *f, const struct rpc_msg *m);

#endif
