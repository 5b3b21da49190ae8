/*
 * words.h - what is said to somebody who has not signed in: the texts of
 * keyboard-interactive. This process has no catalogue, and does not know the
 * language before an account is known; until then it says all in both, Dutch
 * first. ASCII, at most 72 columns: clients filter what is more. Pure.
 */
#ifndef PLEIN_SSH_WORDS_H
#define PLEIN_SSH_WORDS_H

#include <stdbool.h>

#include "plein/buf.h"
#include "ssh/interact.h"

#define OFFERS_KEPT 5 /* keys that are shown */
#define WORDS_COLUMNS 72

/* The keys that were offered and not known. */
struct offers {
	int n;
	struct {
		char kind[32]; /* ssh-ed25519 */
		char fingerprint[64]; /* SHA256:… */
		bool weak;
		long bits; /* of one that is weak, where they count; or 0 */
	} kept[OFFERS_KEPT];
};

/* One more, unless it is one of those kept. */
void
offers_add(struct offers *o, const char *kind, const char *fingerprint,
	   bool weak, long bits);

/* Their fingerprints, blanks between, without those that are too weak;
 * appended. */
void
offers_list(const struct offers *o, struct buf *out);

/* What a question is about. */
struct words_about {
	const char *wiki; /* its name, any text */
	const char *language; /* of the account: nl, en, or "" for both */
	const struct offers *offers;
	long minutes; /* to wait, for REMARK_WAIT */
	const char *who; /* the account, for ASKING_LINK */
};

/* A question as RFC 4256 has it. */
struct words_question {
	struct buf name, instruction;
	int n;
	struct buf prompts[INTERACT_PROMPTS];
	char echo[INTERACT_PROMPTS];
};

/* What `i` asks now. Release it. */
void
words_ask(struct words_question *q, const struct interact *i,
	  const struct words_about *about);

void
words_release(struct words_question *q);

/* The name somebody has who only pressed Enter at the prompt for it: that of
 * the login, where it can be one, or "". */
const char *
words_default_name(const struct interact *i);

#endif
