/* words.c - see words.h. */
#include "ssh/words.h"

#include <string.h>

#define NAME_SHOWN 32 /* bytes of a name in a prompt: longer is no handle */

enum word {
	SAY_NO_KEY,
	SAY_ONE_KEY,
	SAY_KEYS, /* %d */
	SAY_WEAK,
	SAY_FEW_BITS,
	SAY_HOW,
	SAY_RECOVERY,
	SAY_CHOICE,
	SAY_WRONG,
	SAY_CODE,
	SAY_GUEST,
	SAY_TAKEN,
	SAY_CLOSED,
	SAY_PENDING,
	SAY_APART,
	SAY_LINKING,
	SAY_NEW_KEY,
	SAY_LINK,
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
	[SAY_FEW_BITS] = { "  %d bits is te weinig, 3072 moet: ssh-keygen -t "
			   "ed25519",
			   "  %d bits is too few, 3072 needed: ssh-keygen -t "
			   "ed25519" },
	[SAY_HOW] = { "Heb je geen wachtwoord? Stuur een beheerder je "
		      "openbare sleutel.",
		      "No password? Send an administrator your public key." },
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
	[SAY_PENDING] = { "Meld je binnen 15 minuten nog een keer aan. Dan "
			  "vragen we of deze\nsleutel bij je profiel hoort.",
			  "Sign in once more within 15 minutes. Then we ask "
			  "whether this key\nbelongs to your profile." },
	[SAY_APART] = { "De sleutel is niet gekoppeld.",
			"The key was not linked." },
	[SAY_LINKING] = { "Koppelen kan met je wachtwoord. Geen wachtwoord? "
			  "Voeg de sleutel toe\nin je profiel, op een computer "
			  "waar je wel binnenkomt.",
			  "Linking needs your password. No password? Add the "
			  "key in your\nprofile, on a computer where you do "
			  "come in." },
	[SAY_LINK] = { "Iemand wil deze sleutel bij dit profiel, en meldde "
		       "zich "
		       "ermee aan.\nAntwoord alleen ja als jij dat was.",
		       "Somebody wants this key to be of this profile, and "
		       "signed in to it.\nSay yes only if that was you." },
	[SAY_NEW_KEY] = { "Met een sleutel gaat het zonder wachtwoord: "
			  "ssh-keygen -t ed25519",
			  "With a key you need no password: ssh-keygen -t "
			  "ed25519" },
	[SAY_WAIT] = { "Te vaak geprobeerd. Wacht %ld minuten.",
		       "Too many attempts. Wait %ld minutes." },
	[SAY_AWAY] = { "Het is nu te druk. Probeer het over een minuut "
		       "opnieuw.",
		       "Too busy now. Try again in a minute." },
	[SAY_BROKEN] = { "De wiki kan de profielen niet lezen: de opslag is "
			 "beschadigd.\nMeld het aan een beheerder.",
			 "The wiki cannot read its profiles: what it stored is "
			 "damaged.\nTell an administrator." },
	[ASK_CODE] = { "Code uit je app (6 cijfers): ",
		       "Code from your app (6 digits): " },
};

/* The choices; with `ssh -q` only prompts show, so they name them as well. */
static const struct {
	const char *line, *word;
} choices[] = {
	{ "1 Ik heb een wachtwoord / I have a password",
	  "1 wachtwoord/password" },
	{ "2 Ik heb een uitnodigingscode / I have an invite code", "2 code" },
	{ "3 Geen profiel? Registreer hier / No profile? Register here",
	  "3 nieuw/new" },
	{ "4 Rondkijken zonder profiel / Look around without a profile",
	  "4 kijken/look" },
	{ "5 Ik heb een profiel, koppel deze sleutel / Link this key to mine",
	  "5 sleutel/key" },
};
static const char ask_code_both[] =
	"Code uit je app / Code from your app (6): ";

void
offers_add(struct offers *o, const char *kind, const char *fingerprint,
	   bool weak, long bits)
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
		o->kept[kept].bits = bits;
	}
	o->n++;
}

void
offers_list(const struct offers *o, struct buf *out)
{
	for (int i = 0; i < o->n && i < OFFERS_KEPT; i++)
		if (!o->kept[i].weak)
			buf_printf(out, "%s%s", out->len ? " " : "",
				   o->kept[i].fingerprint);
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
		if (strchr(texts[i], '%')) {
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
			say(out, about->language,
			    o->kept[i].bits > 0 ? SAY_FEW_BITS : SAY_WEAK,
			    o->kept[i].bits);
	}
	if (o->n > OFFERS_KEPT)
		buf_str(out, "  ...\n");
}

static void
say_remark(struct buf *out, const struct interact *i,
	   const struct words_about *about)
{
	static const enum word of[] = {
		[REMARK_CHOICE] = SAY_CHOICE,	[REMARK_WRONG] = SAY_WRONG,
		[REMARK_CODE] = SAY_CODE,	[REMARK_GUEST] = SAY_GUEST,
		[REMARK_PENDING] = SAY_PENDING, [REMARK_APART] = SAY_APART,
		[REMARK_TAKEN] = SAY_TAKEN,	[REMARK_CLOSED] = SAY_CLOSED,
		[REMARK_WAIT] = SAY_WAIT,	[REMARK_AWAY] = SAY_AWAY,
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
ask_for_choice(struct words_question *q, const struct interact *i)
{
	const bool there[] = { true, i->applies && i->invites, i->applies,
			       i->guests, i->offered };
	struct buf prompt = BUF_INIT;

	for (size_t k = 0; k < sizeof(there) / sizeof(there[0]); k++) {
		if (!there[k])
			continue;
		buf_printf(&q->instruction, "%s\n", choices[k].line);
		buf_printf(&prompt, "%s%s", prompt.len ? " " : "",
			   choices[k].word);
	}
	buf_str(&prompt, ": ");
	add_prompt(q, prompt.ptr, true);
	buf_release(&prompt);
}

/* The name where the prompt has %s. */
static void
add_named(struct buf *out, const char *prompt, const char *name)
{
	const char *at = strchr(prompt, '%');

	buf_add(out, prompt, (size_t)(at - prompt));
	buf_add(out, name, strnlen(name, NAME_SHOWN));
	buf_str(out, at + 2);
}

/* Whose key the one that was shown becomes: they must know that. */
static void
ask_for_word(struct words_question *q, const struct words_about *about)
{
	const char *prompt = "Sleutel/key bij/of %s? ja/yes nee/no: ";

	if (strcmp(about->language, "nl") == 0)
		prompt = "Hoort deze sleutel bij %s? ja of nee: ";
	else if (strcmp(about->language, "en") == 0)
		prompt = "Does this key belong to %s? yes or no: ";
	say(&q->instruction, about->language, SAY_LINK, 0);
	add_named(&q->prompts[0], prompt, about->who);
	q->echo[0] = true;
	q->n = 1;
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
		if (first && about->offers->n == 0)
			say(&q->instruction, about->language, SAY_NEW_KEY, 0);
		ask_for_choice(q, i);
	} else if (i->asking == ASKING_LINK) {
		ask_for_word(q, about);
	} else if (i->asking == ASKING_PASSWORD) {
		if (first)
			say(&q->instruction, about->language, SAY_HOW, 0);
		else if (i->linking)
			say(&q->instruction, about->language, SAY_LINKING, 0);
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
