/* words.c - see words.h. */
#include "ssh/words.h"

#include <string.h>

#define NAME_SHOWN 32 /* bytes of a name in a prompt: longer is no handle */

enum word {
	SAY_NO_KEY,
	SAY_ONE_KEY,
	SAY_KEYS, /* %d */
	SAY_WEAK,
	SAY_HOW,
	SAY_APPLY,
	SAY_RECOVERY,
	SAY_CHOICE,
	SAY_WRONG,
	SAY_CODE,
	SAY_GUEST,
	SAY_TAKEN,
	SAY_CLOSED,
	SAY_WAIT, /* %ld */
	SAY_AWAY,
	SAY_BROKEN,
	ASK_CODE
};

static const struct {
	const char *nl, *en;
} words[] = {
	[SAY_NO_KEY] = { "Je computer bood geen sleutel aan.",
			 "Your computer offered no key." },
	[SAY_ONE_KEY] = { "Je computer bood 1 sleutel aan. Die hoort niet bij "
			  "een profiel.",
			  "Your computer offered 1 key. It belongs to no "
			  "profile." },
	[SAY_KEYS] = { "Je computer bood %d sleutels aan. Geen daarvan hoort "
		       "bij een profiel.",
		       "Your computer offered %d keys. None of them belongs "
		       "to a profile." },
	[SAY_WEAK] = { "  te zwak; maak een nieuwe: ssh-keygen -t ed25519",
		       "  too weak; make a new one: ssh-keygen -t ed25519" },
	[SAY_HOW] = { "Heb je geen wachtwoord? Stuur een beheerder je "
		      "openbare sleutel.",
		      "No password? Send an administrator your public key." },
	[SAY_APPLY] = { "Geen profiel? Stop met Ctrl-C en typ: ssh -t "
			"nieuw@<adres>",
			"No profile? Stop with Ctrl-C and type: ssh -t "
			"new@<address>" },
	[SAY_RECOVERY] = { "Je app kwijt? Typ een herstelcode.",
			   "Lost your app? Type a recovery code." },
	[SAY_CHOICE] = { "Kies een van de cijfers.",
			 "Choose one of the digits." },
	[SAY_WRONG] = { "Naam of wachtwoord klopt niet.",
			"Name or password is not correct." },
	[SAY_CODE] = { "Deze code klopt niet of is al gebruikt. Wacht op de "
		       "volgende.",
		       "This code is wrong or already used. Wait for the next "
		       "one." },
	[SAY_GUEST] = { "Zonder profiel lezen kan hier niet.",
			"Reading without a profile is off here." },
	[SAY_TAKEN] = { "Deze sleutel hoort al bij een profiel. Meld je aan "
			"zonder nieuw@.",
			"This key already belongs to a profile. Sign in "
			"without new@." },
	[SAY_CLOSED] = { "Een profiel aanvragen kan hier niet.",
			 "You cannot apply for a profile here." },
	[SAY_WAIT] = { "Te vaak geprobeerd. Wacht %ld minuten.",
		       "Too many attempts. Wait %ld minutes." },
	[SAY_AWAY] = { "Het is nu te druk. Probeer het over een minuut "
		       "opnieuw.",
		       "Too busy now. Try again in a minute." },
	[SAY_BROKEN] = { "De wiki kan de profielen niet lezen: de opslag is "
			 "beschadigd. Meld het aan een beheerder.",
			 "The wiki cannot read its profiles: what it stored is "
			 "damaged. Tell an administrator." },
	[ASK_CODE] = { "Code uit je app (6 cijfers): ",
		       "Code from your app (6 digits): " },
};

static const char both_choices[] =
	"1 Ik heb een wachtwoord / I have a password\n"
	"4 Rondkijken zonder profiel / Look around without a profile\n";

/* With `ssh -q` only prompts show: they name the choices. */
static const char ask_choice[] =
	"1 wachtwoord of 4 rondkijken / 1 password or 4 look around: ";
static const char ask_code_both[] =
	"Code uit je app / Code from your app (6): ";

void
offers_add(struct offers *o, const char *kind, const char *fingerprint,
	   bool weak)
{
	int i, kept = o->n < OFFERS_KEPT ? o->n : OFFERS_KEPT;

	for (i = 0; i < kept; i++)
		if (strcmp(o->kept[i].fingerprint, fingerprint) == 0)
			return;
	if (kept < OFFERS_KEPT) {
		(void)strlcpy(o->kept[kept].kind, kind,
			      sizeof(o->kept[kept].kind));
		(void)strlcpy(o->kept[kept].fingerprint, fingerprint,
			      sizeof(o->kept[kept].fingerprint));
		o->kept[kept].weak = weak;
	}
	o->n++;
}

/* A line in each language that is spoken. */
static void
say(struct buf *out, const char *language, enum word w, long number)
{
	bool en = strcmp(language, "en") == 0, nl = strcmp(language, "nl") == 0;
	const char *texts[2] = { en ? NULL : words[w].nl,
				 nl ? NULL : words[w].en };

	for (int i = 0; i < 2; i++) {
		if (!texts[i])
			continue;
		if (w == SAY_KEYS || w == SAY_WAIT) {
			const char *at = strchr(texts[i], '%');

			buf_add(out, texts[i], (size_t)(at - texts[i]));
			buf_printf(out, "%ld", number);
			buf_str(out, strchr(at, ' '));
		} else {
			buf_str(out, texts[i]);
		}
		buf_char(out, '\n');
	}
}

static void
say_offers(struct buf *out, const struct words_about *about)
{
	const struct offers *o = about->offers;
	const char *kind;

	say(out, about->language,
	    o->n == 0	? SAY_NO_KEY
	    : o->n == 1 ? SAY_ONE_KEY
			: SAY_KEYS,
	    o->n);
	for (int i = 0; i < o->n && i < OFFERS_KEPT; i++) {
		kind = o->kept[i].kind;
		if (strncmp(kind, "ssh-", 4) == 0)
			kind += 4;
		buf_printf(out, "  %.*s %.50s\n", (int)strcspn(kind, "@"), kind,
			   o->kept[i].fingerprint);
		if (o->kept[i].weak)
			say(out, about->language, SAY_WEAK, 0);
	}
	if (o->n > OFFERS_KEPT)
		buf_str(out, "  ...\n");
}

static void
say_remark(struct buf *out, const struct interact *i,
	   const struct words_about *about)
{
	static const enum word of[] = {
		[REMARK_CHOICE] = SAY_CHOICE, [REMARK_WRONG] = SAY_WRONG,
		[REMARK_CODE] = SAY_CODE,     [REMARK_GUEST] = SAY_GUEST,
		[REMARK_TAKEN] = SAY_TAKEN,   [REMARK_CLOSED] = SAY_CLOSED,
		[REMARK_WAIT] = SAY_WAIT,     [REMARK_AWAY] = SAY_AWAY,
		[REMARK_BROKEN] = SAY_BROKEN,
	};

	if (i->remark != REMARK_NONE)
		say(out, about->language, of[i->remark], about->minutes);
}

const char *
words_default_name(const struct interact *i)
{
	static const char *const doors[] = { "gast", "nieuw", "git", "root" };

	for (size_t k = 0; k < sizeof(doors) / sizeof(doors[0]); k++)
		if (strcmp(i->user, doors[k]) == 0)
			return "";
	return strlen(i->user) <= NAME_SHOWN ? i->user : "";
}

static void
add_prompt(struct words_question *q, const char *text, bool echo)
{
	buf_str(&q->prompts[q->n], text);
	q->echo[q->n] = echo;
	q->n++;
}

static void
ask_for_password(struct words_question *q, const struct interact *i)
{
	const char *name = words_default_name(i);

	add_prompt(q, "Naam / Name", true);
	if (*name)
		buf_printf(&q->prompts[0], " [%s]", name);
	buf_str(&q->prompts[0], ": ");
	add_prompt(q, "Wachtwoord / Password: ", false);
}

static void
ask_for_code(struct words_question *q, const char *language)
{
	if (strcmp(language, "nl") == 0)
		add_prompt(q, words[ASK_CODE].nl, true);
	else if (strcmp(language, "en") == 0)
		add_prompt(q, words[ASK_CODE].en, true);
	else
		add_prompt(q, ask_code_both, true);
}

/* Anybody can call their wiki anything. */
static void
add_ascii(struct buf *out, const char *text)
{
	for (; *text && out->len < WORDS_COLUMNS; text++)
		if (*text >= ' ' && *text < 0x7f)
			buf_char(out, *text);
		else if ((*text & 0xc0) != 0x80)
			buf_char(out, '?');
}

void
words_ask(struct words_question *q, const struct interact *i,
	  const struct words_about *about)
{
	bool first = i->rounds <= 1;

	memset(q, 0, sizeof(*q));
	buf_init(&q->name);
	buf_init(&q->instruction);
	for (int k = 0; k < INTERACT_PROMPTS; k++)
		buf_init(&q->prompts[k]);
	add_ascii(&q->name, about->wiki);
	say_remark(&q->instruction, i, about);
	if (first && !i->proved && i->asking != ASKING_NO_MORE)
		say_offers(&q->instruction, about);
	if (i->asking == ASKING_CHOICE) {
		buf_str(&q->instruction, both_choices);
		add_prompt(q, ask_choice, true);
	} else if (i->asking == ASKING_PASSWORD) {
		if (first)
			say(&q->instruction, about->language,
			    i->applies ? SAY_APPLY : SAY_HOW, 0);
		ask_for_password(q, i);
	} else if (i->asking == ASKING_CODE) {
		say(&q->instruction, about->language, SAY_RECOVERY, 0);
		ask_for_code(q, about->language);
	}
}

void
words_release(struct words_question *q)
{
	buf_release(&q->name);
	buf_release(&q->instruction);
	for (int k = 0; k < INTERACT_PROMPTS; k++)
		buf_release(&q->prompts[k]);
}
