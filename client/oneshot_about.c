/* oneshot_about.c - commands about the wiki and the person: help, whoami,
 * version. */
#include "oneshot_rows.h"

#include <stdlib.h>

#include "line_tell.h"
#include "plein/i18n.h"
#include "view/help_keys.h"
#include "view/topics.h"

#define TOPIC_COLS 78

/* --- help --- */

static void
add_word(struct oneshot *o, const struct word_row *row)
{
	const char *arguments = *row->arguments ? gettext(row->arguments) : "";

	if (o->json) {
		output_json(&o->out,
			    json_pack("{s:s, s:s, s:s, s:s}", "word", row->en,
				      "dutch", row->nl, "arguments", arguments,
				      "help", gettext(row->help)));
		return;
	}
	buf_str(&o->out, row->nl);
	if (row->nl != row->en)
		buf_printf(&o->out, ", %s", row->en);
	buf_printf(&o->out, "  %s\n    %s\n", arguments, gettext(row->help));
}

static void
add_keys(struct oneshot *o, enum place place)
{
	struct vec keys = VEC_INIT;

	if (place == PLACE_ALL)
		help_keys_all(&keys, TOPIC_COLS);
	else if (place)
		help_keys_make(&keys, place, TOPIC_COLS);
	if (keys.len && place != PLACE_ALL)
		buf_char(&o->out, '\n');
	for (size_t i = 0; i < keys.len; i++)
		buf_printf(&o->out, "%s\n", (const char *)keys.items[i]);
	vec_release(&keys, free);
}

static void
add_topic(struct oneshot *o, const struct topic *t)
{
	struct buf text = BUF_INIT;

	topic_text(t, &text);
	if (o->json) {
		output_json(&o->out,
			    json_pack("{s:s, s:s, s:s}", "topic",
				      topic_word(t, false), "name",
				      gettext(t->name), "text", text.ptr));
	} else {
		line_wrap_text(text.ptr, TOPIC_COLS, &o->out);
		add_keys(o, t->place);
	}
	buf_release(&text);
}

/* A word may be a command and a topic: both are told then. */
static int
explain_word(struct oneshot *o)
{
	enum word_id id = word_find(o->words.args.items[0]);
	const struct topic *t;
	struct buf name = BUF_INIT;

	words_join(&o->words, &name);
	t = topic_find(name.ptr);
	buf_release(&name);
	if (o->words.args.len > 1)
		id = WORD_N;
	if (id == WORD_N && !t)
		return oneshot_misuse(
			o, _("There is no such command, and no such topic."));
	if (id != WORD_N)
		add_word(o, word_row(id));
	if (id != WORD_N && t && !o->json)
		buf_char(&o->out, '\n');
	if (t)
		add_topic(o, t);
	return EXIT_DONE;
}

/* Those of a screen are asked for there. */
static void
add_topics(struct oneshot *o)
{
	const struct topic *t;

	if (!o->json)
		buf_printf(&o->out, "%s\n",
			   _("Besides commands you can ask help about:"));
	for (size_t i = 0; (t = topic_row(i)); i++) {
		if (!t->nl)
			continue;
		if (o->json)
			output_json(&o->out,
				    json_pack("{s:s, s:s}", "topic",
					      topic_word(t, false), "name",
					      gettext(t->name)));
		else
			buf_printf(&o->out, "%s  %s\n",
				   topic_word(t, o->words.dutch),
				   gettext(t->name));
	}
}

static void
add_common(struct oneshot *o)
{
	if (o->json)
		return;
	buf_str(&o->out,
		_("With every command: --json (one object a line), --quiet "
		  "(no remarks), --lang nl or en,\n--space NAME (in another "
		  "space).\n"
		  "PAGE is an address (themas/common-ground) or a title, with "
		  "@14 that version,\nwith @2026-02-01 as it was then; "
		  "@2026-02-01 alone, with a list, is all as it was then.\n"
		  "Exit: 0 done, 1 nothing found or changed, 2 wrong words, "
		  "3 no permission, 4 does not exist,\n5 changed meanwhile, "
		  "6 not allowed like this, 7 busy or away, 8 not certain "
		  "whether saved.\n"));
}

int
do_help(struct oneshot *o)
{
	if (o->words.args.len)
		return explain_word(o);
	for (int i = 0; i < WORD_N; i++)
		add_word(o, word_row((enum word_id)i));
	add_topics(o);
	add_common(o);
	return EXIT_DONE;
}

/* --- whoami, version --- */

/* When this person was here last; null before that. */
static json_t *
visit_of(const json_t *info)
{
	json_t *visit = row_part(info, "visit");

	if (!json_is_integer(visit))
		return json_null();
	return output_json_time(json_integer_value(visit));
}

int
do_whoami(struct oneshot *o)
{
	json_t *info;
	int exit_code = oneshot_ask(o, "session.info", NULL, &info);

	if (exit_code)
		return exit_code;
	if (o->json) {
		output_json(&o->out,
			    json_pack("{s:O, s:O, s:O, s:O, s:O, s:o}",
				      "account", row_part(info, "handle"),
				      "name", row_part(info, "name"), "role",
				      row_part(info, "role"), "key",
				      row_part(info, "key"), "language",
				      row_part(info, "language"), "visit",
				      visit_of(info)));
	} else {
		output_field(&o->out, row_text(info, "handle"));
		output_field(&o->out, row_text(info, "role"));
		output_field(&o->out, row_text(info, "key"));
		output_field(&o->out, row_text(info, "name"));
		output_end(&o->out);
	}
	json_decref(info);
	return EXIT_DONE;
}

int
do_version(struct oneshot *o)
{
	json_t *info;
	int exit_code = oneshot_ask(o, "wiki.version", NULL, &info);

	if (exit_code)
		return exit_code;
	if (o->json) {
		output_json(&o->out,
			    json_pack("{s:O, s:O, s:O}", "program",
				      row_part(info, "program"), "protocol",
				      row_part(info, "protocol"), "fingerprint",
				      row_part(info, "fingerprint")));
	} else {
		output_field(&o->out, row_text(info, "program"));
		output_number(&o->out,
			      json_integer_value(row_part(info, "protocol")));
		output_field(&o->out, row_text(info, "fingerprint"));
		output_end(&o->out);
	}
	json_decref(info);
	return EXIT_DONE;
}
