/*
 * interact.c - see interact.h.
 *
 * A question that is not answered is forgotten when anything else comes. What
 * was proved is not: it is the wiki process that keeps it, and it refuses a
 * second key or password on the same stream.
 */
#include "ssh/interact.h"

#include <string.h>
#include <strings.h>

#define GUEST "gast"
#define NEW "nieuw"

void
interact_init(struct interact *i, int failures_max)
{
	memset(i, 0, sizeof(*i));
	i->failures_max = failures_max;
}

int
interact_prompts(enum asking asking)
{
	static const int n[] = {
		[ASKING_NOTHING] = -1, [ASKING_CHOICE] = 1,
		[ASKING_PASSWORD] = 2, [ASKING_CODE] = 1,
		[ASKING_LINK] = 1,     [ASKING_NO_MORE] = 0,
	};

	return n[asking];
}

bool
interact_is_for_wiki(enum interact_step step)
{
	return step >= INTERACT_OPEN_KEY;
}

static enum interact_step
end(struct interact *i)
{
	i->over = true;
	i->asking = ASKING_NOTHING;
	return INTERACT_END;
}

static enum interact_step
ask(struct interact *i, enum asking what, enum remark remark)
{
	if (++i->rounds > INTERACT_ROUNDS)
		return end(i);
	i->asking = what;
	i->remark = remark;
	return INTERACT_ASK;
}

/* Something wrong: asked once more, or no more. */
static enum interact_step
ask_again(struct interact *i, enum asking what, enum remark remark)
{
	if (++i->failures >= i->failures_max)
		return end(i);
	return ask(i, what, remark);
}

static enum interact_step
leave_to_wiki(struct interact *i, enum interact_step step)
{
	i->pending = step;
	return step;
}

/* Only a client that is not in, not over, and not waited for, and goes by the
 * name it gave first, is heard. */
static bool
may_go_on(struct interact *i, const char *user)
{
	if (i->in || i->over || i->pending != INTERACT_REFUSE)
		return false;
	i->asking = ASKING_NOTHING;
	if (!i->named) {
		i->named = true;
		(void)strlcpy(i->user, user, sizeof(i->user));
	}
	return strcmp(i->user, user) == 0;
}

/* Under another name: whatever it had proved is of no use any more. */
static enum interact_step
refuse_or_end(struct interact *i, const char *user)
{
	if (i->named && strcmp(i->user, user) != 0)
		return end(i);
	return INTERACT_REFUSE;
}

enum interact_step
interact_none(struct interact *i, const char *user)
{
	if (!may_go_on(i, user))
		return refuse_or_end(i, user);
	if (i->proved || strcmp(user, GUEST) != 0)
		return INTERACT_REFUSE;
	return leave_to_wiki(i, INTERACT_OPEN_GUEST);
}

enum interact_step
interact_key(struct interact *i, const char *user)
{
	if (!may_go_on(i, user))
		return refuse_or_end(i, user);
	if (i->proved || i->taken)
		return INTERACT_REFUSE;
	i->asked = false;
	return leave_to_wiki(i, interact_is_new(user) ? INTERACT_OPEN_NEW
						      : INTERACT_OPEN_KEY);
}

bool
interact_is_new(const char *user)
{
	return strcmp(user, NEW) == 0;
}

/* Nothing can be asked: say why. */
static enum interact_step
say_hindrance(struct interact *i, enum verdict v)
{
	static const enum remark why[] = {
		[VERDICT_WAIT] = REMARK_WAIT,
		[VERDICT_AWAY] = REMARK_AWAY,
		[VERDICT_BROKEN] = REMARK_BROKEN,
	};

	return ask(i, ASKING_NO_MORE, why[v]);
}

/* No key fitted, or there was none: a password will do. */
static enum interact_step
apply(struct interact *i)
{
	if (i->taken)
		return ask(i, ASKING_NO_MORE, REMARK_TAKEN);
	if (!i->applies)
		return ask(i, ASKING_NO_MORE, REMARK_CLOSED);
	return leave_to_wiki(i, INTERACT_OPEN_NEW);
}

/* Without it all there is to do is typing a password. */
static bool
has_menu(const struct interact *i)
{
	return i->guests || i->applies;
}

enum interact_step
interact_request(struct interact *i, const char *user)
{
	if (!may_go_on(i, user))
		return refuse_or_end(i, user);
	i->asked = true;
	if (i->broken)
		return ask(i, ASKING_NO_MORE, REMARK_BROKEN);
	if (i->links)
		return ask(i, ASKING_LINK, REMARK_NONE);
	if (i->proved)
		return ask(i, ASKING_CODE, REMARK_NONE);
	if (interact_is_new(user))
		return apply(i);
	return ask(i, has_menu(i) ? ASKING_CHOICE : ASKING_PASSWORD,
		   REMARK_NONE);
}

static bool
are_as_asked(const struct interact *i, const char *const *answers, int n)
{
	if (n != interact_prompts(i->asking))
		return false;
	for (int k = 0; k < n; k++)
		if (strnlen(answers[k], INTERACT_ANSWER + 1) > INTERACT_ANSWER)
			return false;
	return true;
}

/* Nothing was typed: perhaps nobody is there to type. */
static enum interact_step
give_up(struct interact *i)
{
	i->failures++;
	return INTERACT_REFUSE;
}

static enum interact_step
take_choice(struct interact *i, const char *answer)
{
	answer += strspn(answer, " ");
	if (!*answer)
		return give_up(i);
	i->linking = strcmp(answer, "5") == 0 && i->offered;
	if (strcmp(answer, "1") == 0 || i->linking)
		return ask(i, ASKING_PASSWORD, REMARK_NONE);
	if (i->applies && (strcmp(answer, "3") == 0 ||
			   (strcmp(answer, "2") == 0 && i->invites)))
		return leave_to_wiki(i, INTERACT_OPEN_NEW);
	if (strcmp(answer, "4") == 0 && i->guests)
		return leave_to_wiki(i, INTERACT_OPEN_GUEST);
	return ask_again(i, ASKING_CHOICE, REMARK_CHOICE);
}

/* Only a word that means yes does it. */
static enum interact_step
take_word(struct interact *i, const char *answer)
{
	static const char *const yes[] = { "ja", "j", "yes", "y" };

	answer += strspn(answer, " ");
	if (!*answer)
		return give_up(i);
	for (size_t k = 0; k < sizeof(yes) / sizeof(yes[0]); k++)
		if (strcasecmp(answer, yes[k]) == 0)
			return leave_to_wiki(i, INTERACT_LINK);
	return leave_to_wiki(i, INTERACT_UNLINK);
}

enum interact_step
interact_answers(struct interact *i, const char *const *answers, int n)
{
	enum asking asked = i->asking;

	if (i->in || i->over || i->pending != INTERACT_REFUSE)
		return INTERACT_REFUSE;
	if (!are_as_asked(i, answers, n))
		return end(i);
	i->asking = ASKING_NOTHING;
	if (asked == ASKING_CHOICE)
		return take_choice(i, answers[0]);
	if (asked == ASKING_LINK)
		return take_word(i, answers[0]);
	if (asked == ASKING_PASSWORD)
		return *answers[1] ? leave_to_wiki(i, INTERACT_PASSWORD)
				   : give_up(i);
	if (asked == ASKING_CODE)
		return *answers[0] ? leave_to_wiki(i, INTERACT_CODE)
				   : give_up(i);
	i->over = true;
	return INTERACT_REFUSE;
}

static enum interact_step
told_of_key(struct interact *i, enum verdict v)
{
	if (v == VERDICT_NEEDS_CODE || v == VERDICT_NEEDS_LINK) {
		i->proved = true;
		i->links = v == VERDICT_NEEDS_LINK;
		return INTERACT_PARTIAL;
	}
	if (v == VERDICT_DENIED && ++i->failures >= i->failures_max)
		return end(i);
	return INTERACT_REFUSE;
}

static enum interact_step
told_of_guest(struct interact *i)
{
	i->guests = false;
	return ask(i, has_menu(i) ? ASKING_CHOICE : ASKING_PASSWORD,
		   REMARK_GUEST);
}

/* All was proved: what for? */
static enum interact_step
go_in(struct interact *i)
{
	return leave_to_wiki(i, i->linking ? INTERACT_PEND : INTERACT_OPEN);
}

/* A text, and then it is over: what was proved is for nothing else. */
static enum interact_step
say_last(struct interact *i, enum remark remark)
{
	enum interact_step step = ask(i, ASKING_NO_MORE, remark);

	i->over = true;
	return step;
}

static enum interact_step
told_of_link(struct interact *i, enum interact_step step, enum verdict v)
{
	bool good = v == VERDICT_GRANTED;

	i->links = false;
	if (step == INTERACT_PEND)
		return say_last(i, good ? REMARK_PENDING : REMARK_AWAY);
	if (step == INTERACT_LINK && good)
		return leave_to_wiki(i, INTERACT_OPEN);
	if (step == INTERACT_LINK && v == VERDICT_NEEDS_CODE)
		return ask(i, ASKING_CODE, REMARK_NONE);
	return say_last(i, REMARK_APART);
}

static enum interact_step
told_of_password(struct interact *i, enum verdict v)
{
	if (v == VERDICT_GRANTED)
		return go_in(i);
	if (v == VERDICT_NEEDS_CODE) {
		i->proved = true;
		return ask(i, ASKING_CODE, REMARK_NONE);
	}
	return ask_again(i, ASKING_PASSWORD, REMARK_WRONG);
}

static enum interact_step
told_of_code(struct interact *i, enum verdict v)
{
	if (v == VERDICT_GRANTED)
		return go_in(i);
	return ask_again(i, ASKING_CODE, REMARK_CODE);
}

enum interact_step
interact_told(struct interact *i, enum verdict v)
{
	enum interact_step step = i->pending;
	bool opens = step == INTERACT_OPEN || step == INTERACT_OPEN_KEY ||
		     step == INTERACT_OPEN_GUEST || step == INTERACT_OPEN_NEW;

	i->pending = INTERACT_REFUSE;
	i->broken = i->broken || v == VERDICT_BROKEN;
	if (opens && v == VERDICT_GRANTED) {
		i->in = true;
		return INTERACT_SUCCESS;
	}
	if (step == INTERACT_OPEN_KEY ||
	    (step == INTERACT_OPEN_NEW && v == VERDICT_NEEDS_LINK))
		return told_of_key(i, v);
	if (step == INTERACT_OPEN_NEW && (!i->asked || v == VERDICT_DENIED))
		return INTERACT_REFUSE;
	/* Asked for by name: there is no question to come back to. */
	if (step == INTERACT_OPEN_GUEST && i->rounds == 0)
		return INTERACT_REFUSE;
	if (v == VERDICT_WAIT || v == VERDICT_AWAY || v == VERDICT_BROKEN)
		return say_hindrance(i, v);
	if (step == INTERACT_OPEN_GUEST)
		return told_of_guest(i);
	if (step == INTERACT_PASSWORD)
		return told_of_password(i, v);
	if (step == INTERACT_CODE)
		return told_of_code(i, v);
	if (step == INTERACT_PEND || step == INTERACT_LINK ||
	    step == INTERACT_UNLINK)
		return told_of_link(i, step, v);
	return end(i);
}
