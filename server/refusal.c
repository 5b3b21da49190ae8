/*
 * refusal.c - a table: rule, what it is about, the sentence, what mends it.
 * In a sentence $detail, $number and $most stand for what the fault says.
 * Lines to type are not translated.
 */
#include "refusal.h"

#include <string.h>

#include "plein/err.h"
#include "plein/filter.h"
#include "plein/i18n.h"
#include "wiki/verdict.h"

#define ID_SHOWN 10 /* digits of a commit's id */
#define KB 1024

enum remedy {
	REMEDY_NONE,
	REMEDY_IDENTITY, /* say who you are, sign anew */
	REMEDY_DATE, /* sign anew, with the date of now */
	REMEDY_LINE, /* put everything on top of main */
	REMEDY_FETCH, /* get what is new first */
	REMEDY_CLONE, /* begin with a copy of now */
	REMEDY_N
};

static const struct rule {
	const char *sentence;
	enum remedy remedy;
} rules[FAULT_N] = {
	[FAULT_REF] = { N_("the wiki has main and nothing else."),
			REMEDY_NONE },
	[FAULT_DELETE] = { N_("main cannot be removed."), REMEDY_NONE },
	[FAULT_MERGE] = { N_("this joins two lines of changes. The wiki keeps "
			     "one line."),
			  REMEDY_LINE },
	[FAULT_ASIDE] = { N_("your changes do not follow on what is in the "
			     "wiki now."),
			  REMEDY_FETCH },
	[FAULT_MOVED] = { N_("somebody saved something meanwhile."),
			  REMEDY_FETCH },
	[FAULT_MANY] = { N_("this is too much at once. Send it in smaller "
			    "parts."),
			 REMEDY_NONE },
	[FAULT_LARGE] = { N_("there is something in it that is too large to "
			     "look at."),
			  REMEDY_NONE },
	[FAULT_LONG] = { N_("looking at it takes too long. Send it in smaller "
			    "parts."),
			 REMEDY_NONE },
	[FAULT_ERASED] = { N_("your copy of the wiki is of before a text was "
			      "erased by law ($detail). What was erased may "
			      "not come back."),
			   REMEDY_CLONE },
	[FAULT_AUTHOR] = { N_("the author is $detail. It must be your own "
			      "address in this wiki."),
			   REMEDY_IDENTITY },
	[FAULT_COMMITTER] = { N_("this says that the wiki itself made it."),
			      REMEDY_IDENTITY },
	[FAULT_NAME] = { N_("the name of the author is empty, too long or "
			    "cannot be shown."),
			 REMEDY_IDENTITY },
	[FAULT_MESSAGE] = { N_("the note is too long, or holds characters that "
			       "cannot be shown."),
			    REMEDY_NONE },
	[FAULT_FUTURE] = { N_("the date has yet to come. Is the clock of your "
			      "computer right?"),
			   REMEDY_DATE },
	[FAULT_ORDER] = { N_("the date lies before that of the change below "
			     "it. Is the clock of your computer right?"),
			  REMEDY_DATE },
	[FAULT_DAMAGED] = { N_("what arrived is damaged."), REMEDY_NONE },
	[FAULT_PATH] = { N_("this name is not allowed. A page lies in a folder "
			    "of the wiki and has small letters, digits and "
			    "dashes: themas/my-page.md"),
			 REMEDY_NONE },
	[FAULT_GIT] = { N_("files that are meant for git do not belong in the "
			   "wiki."),
			REMEDY_NONE },
	[FAULT_LINK] = { N_("this is a link. Only plain files are allowed."),
			 REMEDY_NONE },
	[FAULT_MODULE] = { N_("this is a link to another project. Only plain "
			      "files are allowed."),
			   REMEDY_NONE },
	[FAULT_PROGRAM] = { N_("this file is marked as a program. Take that "
			       "mark away (chmod -x)."),
			    REMEDY_NONE },
	[FAULT_MODE] = { N_("this is not a plain file."), REMEDY_NONE },
	[FAULT_FOLDER] = { N_("this folder is damaged."), REMEDY_NONE },
	[FAULT_SIZE] = { N_("this file is too big: $number kB, at most $most "
			    "kB."),
			 REMEDY_NONE },
	[FAULT_TEXT] = { N_("line $number holds a character that cannot be "
			    "stored."),
			 REMEDY_NONE },
	[FAULT_FIELDS] = { N_("the fields at the top cannot be read "
			      "($detail)."),
			   REMEDY_NONE },
	[FAULT_KIND] = { N_("this kind of attachment is not allowed here. "
			    "Allowed are: $detail."),
			 REMEDY_NONE },
	[FAULT_BYTES] = { N_("the file is not what its name says."),
			  REMEDY_NONE },
	[FAULT_RIGHT] = { N_("only an editor may change this."), REMEDY_NONE },
	[FAULT_MUNICIPALITY] = { N_("only somebody of that municipality, by "
				    "their profile, or an editor says how far "
				    "it is."),
				 REMEDY_NONE },
	[FAULT_ALIAS] = { N_("this is a former address of $detail."),
			  REMEDY_NONE },
	[FAULT_REMARK] = { N_("this remark is not yours."), REMEDY_NONE },
	[FAULT_DIGEST] = { N_("the name of this remark does not fit what it "
			      "says. Give a new remark its name when you have "
			      "written it; change one that is there in a "
			      "change of its own."),
			   REMEDY_NONE },
	[FAULT_STAMP] = { N_("the time in the name of this remark has yet to "
			     "come. Is the clock of your computer right?"),
			  REMEDY_NONE },
	[FAULT_TWIN] = { N_("a remark of this name is there already."),
			 REMEDY_NONE },
	[FAULT_THREAD] = { N_("there is no such discussion on that page."),
			   REMEDY_NONE },
	[FAULT_EMPTY] = { N_("this remark says nothing."), REMEDY_NONE },
	[FAULT_STATE] = { N_("only who began a discussion, or an editor, "
			     "resolves or reopens it."),
			  REMEDY_NONE },
};

static const struct {
	const char *name, *key;
} fields[] = {
	{ "$detail", "detail" },
	{ "$number", "number" },
	{ "$most", "most" },
};

#define N_FIELDS (sizeof(fields) / sizeof(fields[0]))

static void
add_filtered(struct buf *out, const json_t *text)
{
	filter_line(out, json_string_value(text), json_string_length(text));
}

static void
add_number(struct buf *out, const json_t *number, bool bytes)
{
	long long n = json_integer_value(number);

	buf_printf(out, "%lld", bytes ? (n + KB - 1) / KB : n);
}

/* The field at `s`, added; how many bytes its name takes, or 0. */
static size_t
add_field(struct buf *out, const char *s, const json_t *fault, bool bytes)
{
	const json_t *value;
	size_t i;

	for (i = 0; i < N_FIELDS; i++) {
		if (strncmp(s, fields[i].name, strlen(fields[i].name)) != 0)
			continue;
		value = json_object_get(fault, fields[i].key);
		if (json_is_string(value))
			add_filtered(out, value);
		else
			add_number(out, value, bytes);
		return strlen(fields[i].name);
	}
	return 0;
}

static void
add_sentence(struct buf *out, enum fault_rule rule, const json_t *fault)
{
	const char *s = gettext(rules[rule].sentence);
	size_t n;

	while (*s) {
		n = *s == '$' ? add_field(out, s, fault, rule == FAULT_SIZE)
			      : 0;
		if (n == 0)
			buf_char(out, *s++);
		s += n;
	}
}

/* "themas/x.md (0123456789): ", of which either half may be absent. */
static void
add_place(struct buf *out, const json_t *fault)
{
	const json_t *path = json_object_get(fault, "path");
	const char *commit =
		json_string_value(json_object_get(fault, "commit"));
	bool has_path = json_is_string(path);

	if (has_path && json_string_length(path) == 0)
		buf_str(out, "/");
	else if (has_path)
		add_filtered(out, path);
	if (commit && *commit)
		buf_printf(out, has_path ? " (%.*s)" : "%.*s", ID_SHOWN,
			   commit);
	if (has_path || (commit && *commit))
		buf_str(out, ": ");
}

static enum fault_rule
rule_of(const json_t *fault)
{
	return fault_of(json_string_value(json_object_get(fault, "rule")));
}

static void
add_fault(struct buf *out, const json_t *fault)
{
	enum fault_rule rule = rule_of(fault);

	buf_str(out, "  ");
	add_place(out, fault);
	if (rule < FAULT_N)
		add_sentence(out, rule, fault);
	buf_char(out, '\n');
}

/* For a shell: 'it'\''s'. */
static void
add_quoted(struct buf *out, const json_t *text)
{
	struct buf line = BUF_INIT;
	const char *p;

	add_filtered(&line, text);
	buf_char(out, '\'');
	for (p = line.ptr; *p; p++)
		if (*p == '\'')
			buf_str(out, "'\\''");
		else
			buf_char(out, *p);
	buf_char(out, '\'');
	buf_release(&line);
}

/* What to rebase on; the wiki's newest, which they have. */
static void
add_base(struct buf *out, const json_t *verdict)
{
	const char *base = json_string_value(json_object_get(verdict, "base"));

	if (base && *base)
		buf_printf(out, "%.*s\n", ID_SHOWN, base);
	else
		buf_str(out, "--root\n");
}

static void
advise_identity(struct buf *out, const json_t *verdict)
{
	buf_str(out, _("Say who you are, and sign your changes again:"));
	buf_str(out, "\n  git config user.name ");
	add_quoted(out, json_object_get(verdict, "name"));
	buf_str(out, "\n  git config user.email ");
	add_quoted(out, json_object_get(verdict, "mail"));
	buf_str(out, "\n  git rebase --exec "
		     "'git commit --amend --no-edit --reset-author' ");
	add_base(out, verdict);
}

static void
advise_date(struct buf *out, const json_t *verdict)
{
	buf_str(out, _("Give your changes the date of now:"));
	buf_str(out, "\n  git rebase --exec "
		     "'git commit --amend --no-edit --date=now' ");
	add_base(out, verdict);
}

static void
advise_line(struct buf *out, const json_t *verdict)
{
	buf_str(out, _("Put your changes on top of what is in the wiki:"));
	buf_str(out, "\n  git rebase ");
	add_base(out, verdict);
}

static void
advise_fetch(struct buf *out, const json_t *verdict)
{
	(void)verdict;
	buf_str(out, _("Get what is new first, then send your changes again:"));
	buf_str(out, "\n  git pull --rebase\n");
}

static void
advise_clone(struct buf *out, const json_t *verdict)
{
	(void)verdict;
	buf_str(out, _("Make a new copy with git clone, put your own changes "
		       "in there, and remove the old copy."));
	buf_char(out, '\n');
}

static void
add_remedies(struct buf *out, const json_t *verdict, const json_t *faults)
{
	static void (*const advise[REMEDY_N])(struct buf *, const json_t *) = {
		[REMEDY_IDENTITY] = advise_identity,
		[REMEDY_DATE] = advise_date,
		[REMEDY_LINE] = advise_line,
		[REMEDY_FETCH] = advise_fetch,
		[REMEDY_CLONE] = advise_clone,
	};
	bool needed[REMEDY_N] = { false };
	const json_t *fault;
	size_t i;

	json_array_foreach(faults, i, fault)
	{
		if (rule_of(fault) < FAULT_N)
			needed[rules[rule_of(fault)].remedy] = true;
	}
	for (i = REMEDY_NONE + 1; i < REMEDY_N; i++)
		if (needed[i])
			advise[i](out, verdict);
}

void
refusal_format(struct buf *out, const json_t *verdict)
{
	const json_t *faults = json_object_get(verdict, "faults"), *fault;
	size_t i;

	buf_str(out, _("The wiki does not take your changes:"));
	buf_char(out, '\n');
	json_array_foreach(faults, i, fault)
	{
		add_fault(out, fault);
	}
	if (json_is_true(json_object_get(verdict, "more")))
		buf_printf(out, "  %s\n", _("and there is more."));
	add_remedies(out, verdict, faults);
}

void
refusal_error(struct buf *out, int code)
{
	static const struct {
		int code;
		const char *sentence;
	} errors[] = {
		{ PLEIN_EDENIED,
		  N_("You may not send changes to this wiki. Ask an editor.") },
		{ PLEIN_EBUSY, N_("The wiki is busy. Nothing was changed. Try "
				  "again later.") },
		{ PLEIN_EUNKNOWN,
		  N_("It is not certain whether your changes were stored. Type "
		     "git fetch to see.") },
		{ 0, N_("The wiki could not look at your changes. Nothing was "
			"changed. Try again later, or tell the "
			"administrator.") },
	};
	size_t i = 0;

	while (errors[i].code && errors[i].code != code)
		i++;
	buf_printf(out, "%s\n", gettext(errors[i].sentence));
}
