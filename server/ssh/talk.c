/*
 * talk.c - see talk.h. libssh overwrites the answers when it frees them or
 * gets the next; here they are only looked at.
 */
#include "ssh/talk.h"

#include <string.h>

#include "plein/mem.h"

bool
talk_is(ssh_message m)
{
	return ssh_message_type(m) == SSH_REQUEST_AUTH &&
	       ssh_message_subtype(m) == SSH_AUTH_METHOD_INTERACTIVE;
}

/* libssh copies all of it. */
static void
send_question(struct auth *a, ssh_message m)
{
	const struct words_about about = { a->wiki, a->language, &a->offers,
					   a->minutes, a->who };
	const char *prompts[INTERACT_PROMPTS];
	struct words_question q;

	words_ask(&q, &a->interact, &about);
	for (int k = 0; k < q.n; k++)
		prompts[k] = q.prompts[k].ptr;
	if (ssh_message_auth_interactive_request(
		    m, q.name.ptr, q.instruction.ptr, (unsigned)q.n, prompts,
		    q.echo) != SSH_OK)
		die("a question cannot be sent");
	words_release(&q);
}

static enum interact_step
take_request(struct auth *a, ssh_message m)
{
	struct username name;
	struct buf offered = BUF_INIT;

	username_read(&name, ssh_message_auth_user(m));
	if (name.refused)
		return INTERACT_REFUSE;
	auth_ask_menu(a);
	offers_list(&a->offers, &offered);
	a->interact.offered = offered.len > 0;
	buf_release(&offered);
	return interact_request(&a->interact, name.used);
}

static enum interact_step
take_answers(struct auth *a, ssh_session s)
{
	struct interact *i = &a->interact;
	enum asking asked = i->asking;
	int n = ssh_userauth_kbdint_getnanswers(s);
	const char *answers[INTERACT_PROMPTS + 1] = { "", "", "" };
	struct auth_said said = { 0 };
	struct buf offered = BUF_INIT;
	enum interact_step step;

	for (int k = 0; k < n && k <= INTERACT_PROMPTS; k++)
		answers[k] = ssh_userauth_kbdint_getanswer(s, (unsigned)k);
	said.code = answers[0];
	said.name = asked == ASKING_PASSWORD && !*answers[0]
			    ? words_default_name(i)
			    : answers[0];
	said.password = answers[1];
	offers_list(&a->offers, &offered);
	said.offered = offered.len ? offered.ptr : NULL;
	step = auth_carry(a, interact_answers(i, answers, n), &said);
	buf_release(&offered);
	return step;
}

bool
talk_take(struct auth *a, ssh_session s, ssh_message m)
{
	enum interact_step step;

	if (a->signed_in || limits_broken(a->limits, a->meter, 0) != NULL)
		return false;
	if (ssh_message_auth_kbdint_is_response(m))
		step = take_answers(a, s);
	else
		step = auth_carry(a, take_request(a, m),
				  &(struct auth_said){ 0 });
	if (step == INTERACT_ASK)
		send_question(a, m);
	else if (step == INTERACT_SUCCESS)
		(void)ssh_message_auth_reply_success(m, 0); /* or it shows */
	else
		return false;
	return true;
}
