/*
 * interact.h - signing in, as seen by the connection: what was proved, what
 * is asked by keyboard-interactive (RFC 4256), and what may come next. Pure:
 * it says what to do, the caller does it and tells what came of it.
 *
 * libssh 0.10 tells little: an answer carries no user name, comes in any
 * number, and comes also when nothing was asked. All of that is judged here.
 *
 *   client         →  interact_…()    →  a step for the wiki process
 *   wiki process   →  interact_told() →  a step for the client
 */
#ifndef PLEIN_SSH_INTERACT_H
#define PLEIN_SSH_INTERACT_H

#include <stdbool.h>
#include <stddef.h>

#include "ssh/username.h"

#define INTERACT_ROUNDS 20 /* questions in one connection */
#define INTERACT_ANSWER 256 /* bytes of an answer */
#define INTERACT_PROMPTS 2 /* in one question, at most */

/* What the client is asked and has not answered. */
enum asking {
	ASKING_NOTHING,
	ASKING_CHOICE, /* one prompt: a digit of the menu */
	ASKING_PASSWORD, /* two: the name of an account, its password */
	ASKING_CODE, /* one */
	ASKING_LINK, /* one: is the key that was shown to be theirs? */
	ASKING_NO_MORE /* none: a text is shown, then it is over */
};

/* What went before the question, for the sentence above it. */
enum remark {
	REMARK_NONE,
	REMARK_CHOICE, /* that is none of the choices */
	REMARK_WRONG, /* name or password */
	REMARK_CODE, /* wrong or used */
	REMARK_GUEST, /* no guests here */
	REMARK_TAKEN, /* who applies has this key already */
	REMARK_CLOSED, /* nobody can apply here */
	REMARK_PENDING, /* sign in once more, with a key */
	REMARK_APART, /* the key was not linked */
	REMARK_WAIT, /* too many were wrong */
	REMARK_AWAY, /* the wiki process does not answer */
	REMARK_BROKEN /* what is known of accounts cannot be read */
};

enum interact_step {
	/* to the client */
	INTERACT_REFUSE,
	INTERACT_END, /* refuse, and hang up: it does not keep to the rules */
	INTERACT_ASK, /* what `asking` says */
	INTERACT_PARTIAL, /* the key was good, more is needed */
	INTERACT_SUCCESS,
	/* to the wiki process; then interact_told() */
	INTERACT_OPEN_KEY, /* session.open with the key that was verified */
	INTERACT_OPEN_GUEST,
	INTERACT_OPEN_NEW, /* the same, with or without a key: to apply */
	INTERACT_OPEN, /* session.open: all was proved */
	INTERACT_PASSWORD, /* auth.password */
	INTERACT_CODE, /* auth.code */
	INTERACT_PEND, /* auth.pend */
	INTERACT_LINK, /* auth.link */
	INTERACT_UNLINK /* the same: no */
};

enum verdict {
	VERDICT_DENIED,
	VERDICT_WAIT,
	VERDICT_AWAY,
	VERDICT_BROKEN,
	VERDICT_NEEDS_CODE,
	VERDICT_NEEDS_LINK,
	VERDICT_GRANTED
};

struct interact {
	enum asking asking;
	enum interact_step pending; /* of the wiki process, or REFUSE: none */
	enum remark remark;
	bool applies; /* one can apply for an account; the same */
	bool taken; /* a key was offered to apply with that is known */
	bool broken; /* accounts cannot be read; set by the caller too */
	bool asked; /* what is pending was asked for by this method */
	bool guests; /* the menu offers looking around; set by the caller */
	bool invites; /* codes of invitations; the same */
	bool offered; /* keys that can be linked; the same */
	bool linking; /* what is proved is proved to link one */
	bool links; /* the key that was shown is to be linked, or not */
	bool named; /* `user` is what the client said first */
	char user[USERNAME_MAX + 1];
	bool proved; /* key or password; a code is missing */
	bool in; /* signed in */
	bool over; /* all is refused from now on */
	int rounds, failures;
	int failures_max;
};

/* `failures_max`: wrong passwords and codes, then it ends. */
void
interact_init(struct interact *i, int failures_max);

/* Method "none": lets a guest in who asks for that by name. */
enum interact_step
interact_none(struct interact *i, const char *user);

/* A key whose signature was verified. */
enum interact_step
interact_key(struct interact *i, const char *user);

/* Does this user name ask for an account? */
bool
interact_is_new(const char *user);

/* Keyboard-interactive is asked for. */
enum interact_step
interact_request(struct interact *i, const char *user);

/* n answers came, whether they were asked for or not. */
enum interact_step
interact_answers(struct interact *i, const char *const *answers, int n);

/* What came of the step for the wiki process. */
enum interact_step
interact_told(struct interact *i, enum verdict v);

/* Prompts of a question. */
int
interact_prompts(enum asking asking);

bool
interact_is_for_wiki(enum interact_step step);

#endif
