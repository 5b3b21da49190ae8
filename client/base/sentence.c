/*
 * sentence.c - one table of what each error means for people, one of the
 * words that fields hold; sentence_time.c has days and moments.
 */
#include "base/sentence.h"

#include <stdbool.h>
#include <string.h>

#include "plein/err.h"
#include "plein/i18n.h"
#include "plein/policy.h"

#define NAMES_MAX 3 /* of colleagues in one sentence */

static const struct {
	int code;
	int exit;
	const char *sentence;
} table[] = {
	{ PLEIN_EUSAGE, 2, N_("This is not how it works.") },
	{ PLEIN_EDENIED, 3,
	  N_("You do not have permission to do this. Ask an editor.") },
	{ PLEIN_ENOTFOUND, 4, N_("This page or version does not exist.") },
	{ PLEIN_EEXISTS, 6, N_("There is already a page at this address.") },
	{ PLEIN_ESAME, 1, N_("Nothing was changed. No new version was made.") },
	{ PLEIN_ERULE, 6, N_("The wiki does not take this.") },
	{ PLEIN_ETOOBIG, 6, N_("This page is too big: at most 1024 kB.") },
	{ PLEIN_EBUSY, 7,
	  N_("The wiki is away for a moment. Try again later.") },
	{ PLEIN_EUNKNOWN, 8,
	  N_("It is not certain whether this was saved. Look at the history "
	     "of the page.") },
	{ PLEIN_ENOSPACE, 7, N_("The disk of the wiki is full.") },
	{ PLEIN_EIO, 7,
	  N_("The wiki could not do this. Tell the "
	     "administrator.") },
};

#define N_TABLE (sizeof(table) / sizeof(table[0]))

static const char *
find_sentence(int code)
{
	for (size_t i = 0; i < N_TABLE; i++)
		if (table[i].code == code)
			return table[i].sentence;
	return table[N_TABLE - 1].sentence;
}

int
sentence_exit(int code)
{
	if (code == 0)
		return 0;
	if (code == PLEIN_ECONFLICT)
		return 5;
	for (size_t i = 0; i < N_TABLE; i++)
		if (table[i].code == code)
			return table[i].exit;
	return 7;
}

static const char *
name_of(const json_t *who)
{
	const char *name = json_string_value(json_object_get(who, "name"));

	if (!name)
		name = json_string_value(json_object_get(who, "handle"));
	return name ? name : _("Somebody");
}

static void
add_conflict(struct buf *out, const json_t *args)
{
	json_int_t version =
		json_integer_value(json_object_get(args, "version"));
	bool gone = json_is_true(json_object_get(args, "gone"));

	buf_printf(out,
		   gone ? _("%s has deleted this page meanwhile (version "
			    "%lld).")
			: _("%s has changed this page meanwhile (version "
			    "%lld)."),
		   name_of(args), (long long)version);
}

void
sentence_conflict(struct buf *out, const json_t *args)
{
	size_t n = json_array_size(json_object_get(args, "regions"));
	const char *name = name_of(args);

	if (json_is_true(json_object_get(args, "gone")))
		buf_printf(out,
			   _("%s has deleted this page meanwhile. Your text "
			     "is still here."),
			   name);
	else if (n > 0)
		buf_printf(out,
			   ngettext("%s has changed this page meanwhile. "
				    "Choose in %zu place.",
				    "%s has changed this page meanwhile. "
				    "Choose in %zu places.",
				    n),
			   name, n);
	else
		buf_printf(out,
			   _("%s has changed this page meanwhile. Your text "
			     "is still here."),
			   name);
}

/* Is it the name of one before? */
static bool
is_named_before(const json_t *with, size_t i)
{
	const char *name = name_of(json_array_get(with, i));

	for (size_t k = 0; k < i; k++)
		if (strcmp(name_of(json_array_get(with, k)), name) == 0)
			return true;
	return false;
}

/* Each name once, at most NAMES_MAX; how many there are. */
static size_t
list_names(struct buf *out, const json_t *with)
{
	size_t n = 0;

	for (size_t i = 0; i < json_array_size(with); i++) {
		if (is_named_before(with, i))
			continue;
		if (n < NAMES_MAX)
			buf_printf(out, "%s%s", n ? ", " : "",
				   name_of(json_array_get(with, i)));
		else if (n == NAMES_MAX)
			buf_str(out, ", …");
		n++;
	}
	return n;
}

static void
say_number(struct buf *out, const json_t *result)
{
	const json_t *with = json_object_get(result, "with");
	struct buf names = BUF_INIT;
	size_t n = list_names(&names, with);
	long long version =
		json_integer_value(json_object_get(result, "version"));

	if (n > 0)
		buf_printf(out,
			   ngettext("Saved as version %lld. The change by %s "
				    "is included.",
				    "Saved as version %lld. The changes by %s "
				    "are included.",
				    n),
			   version, names.ptr);
	else
		buf_printf(out, _("Saved as version %lld."), version);
	buf_release(&names);
}

void
sentence_saved(struct buf *out, const json_t *result)
{
	if (json_integer_value(json_object_get(result, "version")) > 0)
		say_number(out, result);
	else /* while the index is being made */
		buf_str(out, _("Saved. The number of the version follows."));
}

static const struct {
	const char *rule, *sentence;
} rules[] = {
	{ "note", N_("The note holds a character that the wiki does not "
		     "keep.") },
	{ "title-empty", N_("The title is empty.") },
	{ "title", N_("The title holds a character that the wiki does not "
		      "keep.") },
	{ "kind", N_("There is no such kind of page.") },
	{ "folder", N_("This kind of page does not belong in this folder.") },
	{ "address", N_("This is no address of a page. One is: "
			"themas/common-ground.") },
	{ "start", N_("The start page stays where it is.") },
	{ "was-gone", N_("There was no text in that version: the page was "
			 "deleted.") },
	{ "undo-deleted", N_("That version deleted the page. The command "
			     "restore puts it back.") },
	{ "undo-made", N_("That version made the page. The command delete "
			  "takes it away.") },
	{ "undo-moved", N_("That version moved the page. The command rename "
			   "moves it back.") },
	{ "field", N_("This is no name of a field. One is: status.") },
	{ "field-kept", N_("Former addresses change by moving a page.") },
	{ "field-value", N_("A field holds a character that the wiki does not "
			    "keep.") },
	{ "line", N_("That is no text of one line.") },
	{ "passage", N_("That holds a heading of the page, or nothing.") },
	{ "day", N_("That is no day. One is: 2026-06-01.") },
	{ "municipality", N_("Which municipality? Your profile names none.") },
	{ "speaks", N_("Only somebody of that municipality, or an editor, says "
		       "how far it is.") },
	{ "position-there", N_("There is such a position already.") },
	{ "position-none", N_("There is no such position.") },
	{ "row-none", N_("There is no action of that number.") },
	{ "row-twice", N_("Several actions have that number. Give one another "
			  "in the page.") },
	{ "item-none", N_("The meeting has no such item.") },
	{ "file-name", N_("This is no name for an attachment. One is: "
			  "kaart-2026.png.") },
	{ "file-kind", N_("The wiki does not take this kind of file.") },
	{ "remark-empty", N_("The remark is still empty.") },
	{ "resolved", N_("This discussion is resolved. Reopen it first.") },
	{ "quote", N_("The page does not say that.") },
	{ "join", N_("Only a discussion that was split off another goes back, "
		     "as long as nobody resolved it.") },
	{ "split", N_("Only a remark that answers no other, and is not the "
		      "first, can become a discussion of its own.") },
	{ "file-empty", N_("No bytes came in. Nothing was stored.") },
	{ "file-bytes", N_("The file is not what its name says.") },
	{ "name", N_("A name has 1 to 64 characters, on one line, without < "
		     "and >.") },
	{ "organisation", N_("An organisation has at most 80 characters, on "
			     "one line, without < and >.") },
	{ "setting", N_("That cannot be chosen.") },
	{ "setting-esc", N_("The wait after Esc is a number from 25 to 500.") },
	{ "key", N_("This is no public key. It is one line that begins with "
		    "ssh- or ecdsa-.") },
	{ "key-kind", N_("This kind of key does not come in here. Use ed25519, "
			 "ecdsa or rsa.") },
	{ "key-weak", N_("An rsa key needs 3072 bits or more. Make a new one: "
			 "ssh-keygen -t ed25519") },
	{ "key-private", N_("Stop: this is a private key. Never give it to "
			    "anybody. The public one ends in .pub.") },
	{ "key-taken", N_("This key belongs to another profile already.") },
	{ "handle", N_("This name is not possible. Use lower-case letters, "
		       "digits and dots.") },
	{ "handle-taken", N_("This short name is taken.") },
	{ "handle-like", N_("This short name looks like another one.") },
	{ "reason", N_("A reason has 1 to 300 characters, on one line, "
		       "without < and >.") },
	{ "question", N_("A question has 1 to 300 characters, on one line, "
			 "without < and >.") },
	{ "invite", N_("This invite code is wrong or has expired.") },
	{ "invite-first", N_("This code is for somebody without a profile.") },
	{ "invite-less", N_("You have this role there already.") },
	{ "invites", N_("Invitations are off here: uitnodigen in "
			"plein.conf.") },
	{ "register", N_("You cannot apply for a profile here.") },
	{ "applications", N_("There are too many applications now. Try again "
			     "tomorrow.") },
	{ "standing", N_("This person is not at that point. See: ssh <host> "
			 "members") },
	{ "last-admin", N_("This is the last administrator. Make someone else "
			   "administrator first.") },
	{ "decided-late",
	  N_("This was decided longer than 10 minutes ago. Give "
	     "another role or stop access instead.") },
	{ "second", N_("A second administrator must confirm this. Give another "
		       "role first, then change it.") },
	{ "setting-name", N_("There is no such setting.") },
	{ "setting-line", N_("A value is one line.") },
	{ "setting-file", N_("This can stand there several times. Change it on "
			     "the host, in plein.conf.") },
	{ "setting-host", N_("This is changed on the host: pleind "
			     "setting.") },
	{ "closed", N_("This profile is closed.") },
	{ "not-yours", N_("That is not your own short name. Nothing was "
			  "changed.") },
	{ "own", N_("You close your own profile on your profile screen.") },
	{ "key-own", N_("You have this key already.") },
	{ "no-key", N_("There is no such key.") },
	{ "no-account", N_("Nobody has this short name.") },
	{ "no-session", N_("There is no such session.") },
	{ "keys", N_("A profile has at most 32 keys.") },
	{ "label", N_("The name of a key has at most 40 characters.") },
	{ "last-way", N_("This is your last way to sign in. Add another one "
			 "first.") },
	{ "space-none", N_("There is no such space, or it is not open to "
			   "you.") },
	{ "space-name", N_("The name of a space has small letters, digits and "
			   "single hyphens, at most 32.") },
	{ "space-taken", N_("There is a space of this name already.") },
	{ "space-first", N_("The first space is always there, and as public as "
			    "plein.conf says.") },
	{ "space-members", N_("In the first space roles are those of the "
			      "profiles: see members and role.") },
	{ "words", N_("Search for 1 to 16 words, in 400 bytes.") },
	{ "old-words", N_("Old versions are found by words, type: and map: "
			  "only.") },
	{ "code", N_("This code is wrong or already used. Wait for the next "
		     "one.") },
	{ "code-none", N_("There is no code from an app.") },
	{ "code-missing", N_("Type the code from the app you use now.") },
	{ "code-needed", N_("Your role needs a code: you can replace it, not "
			    "drop it.") },
	{ "password-short", N_("A password has at least 10 characters.") },
	{ "password-long", N_("A password has at most 256 bytes.") },
	{ "erased", N_("Text of this page was erased by law meanwhile. Open "
		       "the page again and write your change anew.") },
	{ "script", N_("This cannot be read as the steps of a round.") },
	{ "rounds", N_("There are too many rounds open. Close one first.") },
	{ "round-closing", N_("This round is being closed. Nothing can be "
			      "added any more.") },
	{ "step-open", N_("A step is still open. Close it first, or close all "
			  "of it now.") },
	{ "step-closed", N_("This step is closed.") },
	{ "until", N_("That moment has passed.") },
	{ "answer", N_("It holds a character that the wiki does not keep.") },
	{ "answer-empty", N_("There is nothing in it yet.") },
	{ "answer-first", N_("Answer this step yourself first. Then you see "
			     "what others wrote.") },
	{ "nameless", N_("In a step without names nobody agrees or "
			 "disagrees.") },
	{ "points", N_("A step has at most 50 statements.") },
	{ "titles", N_("Several pages have this title. Use the address.") },
};

/* Another administrator was faster. */
static void
add_decided(struct buf *out, const json_t *args)
{
	const char *by = json_string_value(json_object_get(args, "by"));
	const char *role = json_string_value(json_object_get(args, "role"));
	const char *standing =
		json_string_value(json_object_get(args, "standing"));

	if (!by || !*by)
		by = _("the host");
	if (standing && role && strcmp(standing, "active") == 0)
		buf_printf(out, _("%s was faster, and let them in as %s."), by,
			   sentence_role(role));
	else
		buf_printf(out, _("%s was faster, and refused."), by);
}

static bool
add_rule(struct buf *out, const json_t *args)
{
	const char *rule = json_string_value(json_object_get(args, "rule"));
	long line = (long)json_integer_value(json_object_get(args, "line"));

	if (rule && strcmp(rule, "character") == 0)
		buf_printf(out,
			   _("Line %ld holds a character that the wiki does "
			     "not keep."),
			   line);
	else if (rule && strcmp(rule, "fields") == 0)
		buf_printf(out,
			   _("The fields between --- cannot be read "
			     "(line %ld)."),
			   line);
	else if (rule && strcmp(rule, "wait") == 0)
		buf_printf(out,
			   ngettext("Too many attempts. Wait %ld minute.",
				    "Too many attempts. Wait %ld minutes.",
				    (unsigned long)line),
			   line);
	else if (rule && strcmp(rule, "decided") == 0)
		add_decided(out, args);
	else if (rule && line > 0 && strncmp(rule, "key", 3) == 0)
		buf_printf(out, _("No key was added, because of line %ld. "),
			   line);
	for (size_t i = 0; rule && i < sizeof(rules) / sizeof(rules[0]); i++)
		if (strcmp(rules[i].rule, rule) == 0)
			buf_str(out, gettext(rules[i].sentence));
	if (json_object_get(args, "free"))
		buf_printf(out, _(" Try: %s."),
			   json_string_value(json_object_get(args, "free")));
	return out->len > 0;
}

/* By the name of the parameter. A page has a sentence of its own. */
static bool
add_too_long(struct buf *out, const json_t *args)
{
	const char *what = json_string_value(json_object_get(args, "rule"));
	long most = (long)json_integer_value(json_object_get(args, "line"));

	if (!what || strcmp(what, "text") == 0)
		return false;
	if (strcmp(what, "title") == 0)
		buf_printf(out,
			   _("The title is too long: at most %ld letters."),
			   most);
	else if (strcmp(what, "note") == 0)
		buf_printf(out, _("The note is too long: at most %ld letters."),
			   most);
	else
		buf_printf(out, _("This is too long: at most %ld letters."),
			   most);
	buf_str(out, _(" An accent counts as a letter too."));
	return true;
}

/* A rule we have no sentence for: the programmers' English is better than
 * nothing. */
static bool
has_detail(int code)
{
	return code == PLEIN_ERULE || code == PLEIN_EUSAGE;
}

void
sentence_error(struct buf *out, int code, const char *detail,
	       const json_t *args)
{
	struct buf rule = BUF_INIT;

	if (code == PLEIN_ECONFLICT) {
		add_conflict(out, args);
		return;
	}
	if (code == PLEIN_ENOTFOUND && json_object_get(args, "gone")) {
		buf_printf(out, _("This page was deleted (version %lld)."),
			   (long long)json_integer_value(
				   json_object_get(args, "gone")));
		return;
	}
	if (code == PLEIN_ETOOBIG && add_too_long(out, args))
		return;
	if (add_rule(&rule, args)) {
		buf_add(out, rule.ptr, rule.len);
		buf_release(&rule);
		return;
	}
	buf_str(out, gettext(find_sentence(code)));
	if (has_detail(code) && detail && *detail)
		buf_printf(out, " (%s)", detail);
}

const char *
sentence_denied(const char *role, bool applies)
{
	static const char *const why[ROLE_HOST + 1] = {
		[ROLE_SETUP] = N_("Your role needs a code to sign in. Set it "
				  "up with: ssh -t <host> code"),
		[ROLE_WAITING] = N_("Your request awaits approval. You can "
				    "already read."),
		[ROLE_APPLICANT] =
			N_("Your request is not approved (yet). See: ssh "
			   "<host> application"),
		[ROLE_BLOCKED] = N_("Your access has been stopped."),
	};
	enum role who = role_of(role);

	if (who == ROLE_GAST || who == ROLE_NEW)
		return applies ? _("For this you need a profile. To apply: "
				   "ssh -t nieuw@<host>")
			       : _("For this you need a profile.");
	return why[who] ? gettext(why[who]) : NULL;
}

static const struct {
	const char *role, *word;
} roles[] = {
	{ "lezer", N_("reader") },
	{ "bijdrager", N_("contributor") },
	{ "redacteur", N_("editor") },
	{ "beheerder", N_("administrator") },
};

const char *
sentence_role(const char *role)
{
	for (size_t i = 0; i < sizeof(roles) / sizeof(roles[0]); i++)
		if (strcmp(roles[i].role, role) == 0)
			return gettext(roles[i].word);
	return role;
}

#define KEY_END 3 /* letters that are shown */

void
sentence_key(struct buf *out, const char *fingerprint, size_t begin)
{
	const char *colon = strchr(fingerprint, ':');
	size_t name = colon ? (size_t)(colon + 1 - fingerprint) : 0;
	size_t len = strlen(fingerprint) - name;

	if (len <= begin + 3 + KEY_END) {
		buf_str(out, fingerprint);
		return;
	}
	buf_add(out, fingerprint, name + begin);
	buf_str(out, "...");
	buf_str(out, fingerprint + name + len - KEY_END);
}

struct value {
	const char *value, *word;
};

static const struct value kinds[] = {
	{ "start", N_("start page") },
	{ "agenda", N_("agenda") },
	{ "doelstelling", N_("objective") },
	{ "hoofdonderwerp", N_("main topic") },
	{ "thema", N_("theme") },
	{ "vraagstuk", N_("question") },
	{ "ontwikkeling", N_("development") },
	{ "standpunt", N_("position") },
	{ "reflectie", N_("reflection") },
	{ "besluit", N_("decision") },
	{ "vergadering", N_("meeting") },
	{ "organisatie", N_("organisation") },
	{ "begrip", N_("term") },
	{ "hulp", N_("help page") },
	{ "sjabloon", N_("template") },
	{ "bespreking", N_("discussion") },
	{ "voortgang", N_("progress") },
};

static const struct value statuses[] = {
	{ "concept", N_("draft") },
	{ "ter-bespreking", N_("for discussion") },
	{ "vastgesteld", N_("adopted") },
	{ "vervallen", N_("expired") },
	{ "vervangen", N_("superseded") },
	{ "open", N_("open") },
	{ "in-bespreking", N_("in discussion") },
	{ "in bespreking", N_("in discussion") },
	{ "beantwoord", N_("answered") },
	{ "resolved", N_("resolved") },
};

static const char *
find_word(const struct value *values, size_t n, const char *value)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(values[i].value, value) == 0)
			return gettext(values[i].word);
	return value;
}

const char *
sentence_kind(const char *kind)
{
	return find_word(kinds, sizeof(kinds) / sizeof(kinds[0]), kind);
}

const char *
sentence_status(const char *status)
{
	return find_word(statuses, sizeof(statuses) / sizeof(statuses[0]),
			 status);
}

static const struct value stages[] = {
	{ "nog niet begonnen", N_("not begun") },
	{ "verkennen", N_("exploring") },
	{ "in uitvoering", N_("under way") },
	{ "gerealiseerd", N_("realised") },
};

const char *
sentence_stage(const char *stage)
{
	return find_word(stages, sizeof(stages) / sizeof(stages[0]), stage);
}
