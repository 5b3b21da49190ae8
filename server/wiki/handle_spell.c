/* handle_spell.c - the spelling of words, by the process that knows them. */
#include "wiki/handlers.h"

#include "wiki/call.h"
#include "wiki/rows.h"
#include "wiki/speller.h"

#define CHECK_MAX 65536 /* bytes of words */
#define WORD_MAX_LEN 100

static int
ask(struct desk *d, struct call *c, json_t *question_take)
{
	int rc = d->speller ? speller_ask(d->speller, question_take, &c->result,
					  &c->err)
			    : err_set(&c->err, PLEIN_EBUSY,
				      "nobody checks spelling here");

	json_decref(question_take);
	return rc;
}

static int
handle_spell_check(struct desk *d, struct call *c)
{
	return ask(d, c, json_pack("{s:s}", "check", call_text(c, "words")));
}

static int
handle_spell_suggest(struct desk *d, struct call *c)
{
	const char *language = call_text(c, "language");

	return ask(d, c,
		   json_pack("{s:s, s:s}", "suggest", call_text(c, "word"),
			     "language", language ? language : "nl"));
}

static const struct param check_params[] = {
	{ "words", PARAM_TEXT, true, CHECK_MAX, "one a line" },
	PARAMS_END,
};

static const struct param suggest_params[] = {
	{ "word", PARAM_TEXT, true, WORD_MAX_LEN, "as it was written" },
	{ "language", PARAM_TEXT, false, 2,
	  "nl or en: whose words come first" },
	PARAMS_END,
};

const struct method spell_rows[] = {
	{ "spell.check", RIGHT_WRITE, PLACE_READER, check_params,
	  "Finds the words that are in no dictionary, Dutch or English.",
	  "{unknown: [word]}", "busy", handle_spell_check },
	{ "spell.suggest", RIGHT_WRITE, PLACE_READER, suggest_params,
	  "Suggests what may be meant by a word.",
	  "{words: [word]}: the likeliest first, at most 7", "busy",
	  handle_spell_suggest },
	ROWS_END,
};
