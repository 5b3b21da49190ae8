/*
 * narrow.c - see narrow.h. First it is asked what to filter by, then for a
 * value: from a list, or in a field where there is no end to them.
 */
#include "view/narrow.h"

#include <stdlib.h>
#include <string.h>

#include "base/sentence.h"
#include "plein/i18n.h"
#include "plein/mem.h"
#include "plein/path.h"

#define DAY (24 * 60 * 60)

static const char *const kinds[] = { "thema",
				     "vraagstuk",
				     "begrip",
				     "hoofdonderwerp",
				     "doelstelling",
				     "standpunt",
				     "reflectie",
				     "besluit",
				     "vergadering",
				     "organisatie",
				     "ontwikkeling",
				     "hulp",
				     NULL };
#define SAID "bespreking" /* a kind, where what was said is among the pages */
static const char *const statuses[] = {
	"concept", "ter-bespreking", "vastgesteld", "vervallen", "vervangen",
	"open",	   "in-bespreking",  "beantwoord",  NULL
};
static const char *const periods[] = { "7", "31", "366", NULL }; /* days */
static const char *const old[] = { "no", NULL };

static const struct {
	const char *key; /* of a query, or NULL */
	const char *word, *question;
	const char *const *values; /* NULL: typed */
} table[NARROW_N] = {
	[NARROW_KIND] = { "type", N_("Type"), N_("Which type?"), kinds },
	[NARROW_STATUS] = { "status", N_("Status"), N_("Which status?"),
			    statuses },
	[NARROW_PERSON] = { "door", N_("Person"),
			    N_("Last changed by whom? Type the name to sign "
			       "in with"),
			    NULL },
	[NARROW_PERIOD] = { NULL, N_("Period"), N_("Changed since when?"),
			    periods },
	[NARROW_FOLDER] = { "map", N_("Folder"), N_("Which folder?"),
			    path_folders },
	[NARROW_OLD] = { NULL, N_("Old versions"), N_("Old versions too?"),
			 old },
};

void
narrow_init(struct narrow *n, unsigned parts)
{
	memset(n, 0, sizeof(*n));
	n->parts = parts;
	n->asking = NARROW_N;
}

static void
clear(struct narrow *n)
{
	for (int i = 0; i < NARROW_N; i++) {
		free(n->values[i]);
		n->values[i] = NULL;
	}
}

void
narrow_release(struct narrow *n)
{
	clear(n);
}

const char *
narrow_value(const struct narrow *n, enum narrow_part part)
{
	return n->values[part] ? n->values[part] : "";
}

bool
narrow_is_empty(const struct narrow *n)
{
	for (int i = 0; i < NARROW_N; i++)
		if (n->values[i])
			return false;
	return true;
}

/* --- in words --- */

static const char *
name_period(const char *days)
{
	if (strcmp(days, "7") == 0)
		return _("the last week");
	return strcmp(days, "31") == 0 ? _("the last month")
				       : _("the last year");
}

static const char *
name_value(enum narrow_part part, const char *value)
{
	switch (part) {
	case NARROW_KIND:
		return sentence_kind(value);
	case NARROW_STATUS:
		return sentence_status(value);
	case NARROW_PERIOD:
		return name_period(value);
	case NARROW_OLD:
		return _("without old versions");
	case NARROW_PERSON:
	case NARROW_FOLDER:
	case NARROW_N:
		break;
	}
	return value;
}

static const char *
name_all(enum narrow_part part)
{
	return part == NARROW_OLD ? _("with old versions") : _("all");
}

void
narrow_tell(const struct narrow *n, struct buf *out)
{
	const char *between = "";

	for (int i = 0; i < NARROW_N; i++) {
		if (!n->values[i])
			continue;
		buf_printf(out, "%s%s", between,
			   name_value((enum narrow_part)i, n->values[i]));
		between = ", ";
	}
}

/* --- asking --- */

/* "Type: thema" */
static void
add_part(const struct narrow *n, struct question *q, int i)
{
	enum narrow_part part = (enum narrow_part)i;
	struct buf label = BUF_INIT;
	char number[8];

	buf_printf(&label, "%s: %s", gettext(table[i].word),
		   n->values[i] ? name_value(part, n->values[i])
				: name_all(part));
	number[0] = (char)('0' + i);
	number[1] = '\0';
	question_add(q, label.ptr, CMD_FILTER, number);
	buf_release(&label);
}

static struct request
ask_part(const struct narrow *n)
{
	struct request r = request_of(REQUEST_ASK);

	r.question = question_new(_("Which pages do you want to see?"), NULL);
	question_add(r.question, _("Leave it as it is"), CMD_N, NULL);
	for (int i = 0; i < NARROW_N; i++)
		if (n->parts & (1u << i))
			add_part(n, r.question, i);
	if (!narrow_is_empty(n))
		question_add(r.question, _("All pages"), CMD_FILTER, "");
	return r;
}

static struct request
ask_value(const struct narrow *n)
{
	enum narrow_part part = n->asking;
	struct request r;

	if (!table[part].values) {
		r = request_text(REQUEST_FIELD, gettext(table[part].question));
		r.command = CMD_FILTER;
		return r;
	}
	r = request_of(REQUEST_ASK);
	r.question = question_new(gettext(table[part].question), NULL);
	question_add(r.question, name_all(part), CMD_FILTER, "");
	for (size_t i = 0; table[part].values[i]; i++) {
		const char *value = table[part].values[i];

		if (n->values[part] && strcmp(n->values[part], value) == 0)
			r.question->focus = r.question->n_answers;
		question_add(r.question, name_value(part, value), CMD_FILTER,
			     value);
	}
	if (part == NARROW_KIND && (n->parts & NARROW_SAID))
		question_add(r.question, name_value(part, SAID), CMD_FILTER,
			     SAID);
	return r;
}

static void
set_value(struct narrow *n, const char *text)
{
	enum narrow_part part = n->asking;

	free(n->values[part]);
	n->values[part] = *text ? mem_strdup(text) : NULL;
	n->asking = NARROW_N;
}

bool
narrow_run(struct narrow *n, enum command cmd, const char *text,
	   struct request *out)
{
	*out = request_of(REQUEST_NONE);
	if (cmd != CMD_FILTER)
		return false;
	if (!text) {
		n->asking = NARROW_N;
		*out = ask_part(n);
		return false;
	}
	if (n->asking != NARROW_N) {
		set_value(n, text);
		return true;
	}
	if (*text >= '0' && *text < '0' + NARROW_N) {
		n->asking = (enum narrow_part)(*text - '0');
		*out = ask_value(n);
		return false;
	}
	clear(n);
	return true;
}

/* --- as a query --- */

/* In quotes, which a value cannot hold. */
static void
add_value(struct buf *out, const char *key, const char *value)
{
	buf_printf(out, "%s:\"", key);
	for (; *value; value++)
		if (*value != '"')
			buf_char(out, *value);
	buf_str(out, "\" ");
}

/* Before the words: those may have a quote that does not end. */
json_t *
narrow_query(const struct narrow *n, const char *words, int64_t now)
{
	long days = strtol(narrow_value(n, NARROW_PERIOD), NULL, 10);
	struct buf query = BUF_INIT;
	json_t *params;

	for (int i = 0; i < NARROW_N; i++)
		if (table[i].key && n->values[i])
			add_value(&query, table[i].key, n->values[i]);
	buf_str(&query, words);
	if (query.ptr[strspn(query.ptr, " ")] == '\0') {
		buf_release(&query);
		return NULL;
	}
	params = json_pack("{s:s}", "query", query.ptr);
	if (days)
		(void)json_object_set_new(params, "since",
					  json_integer(now - days * DAY));
	buf_release(&query);
	return params;
}

bool
narrow_knows_old(const struct narrow *n)
{
	return !n->values[NARROW_OLD] && !n->values[NARROW_STATUS] &&
	       !n->values[NARROW_PERSON] && !n->values[NARROW_PERIOD] &&
	       strcmp(narrow_value(n, NARROW_KIND), SAID) != 0;
}
