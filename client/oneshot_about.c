/* oneshot_about.c - commands about the wiki and the person: help, whoami,
 * version. */
#include "oneshot_rows.h"

#include "plein/i18n.h"

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

static int
explain_word(struct oneshot *o, const char *name)
{
	enum word_id id = word_find(name);

	if (id == WORD_N)
		return oneshot_misuse(o, _("There is no such command."));
	add_word(o, word_row(id));
	return EXIT_DONE;
}

static void
add_common(struct oneshot *o)
{
	if (o->json)
		return;
	buf_str(&o->out,
		_("With every command: --json (one object a line), --quiet "
		  "(no remarks), --lang nl or en.\n"
		  "PAGE is an address (themas/common-ground) or a title, with "
		  "@14 that version,\nwith @2026-02-01 as it was then.\n"
		  "Exit: 0 done, 1 nothing found or changed, 2 wrong words, "
		  "3 no permission, 4 does not exist,\n5 changed meanwhile, "
		  "6 not allowed like this, 7 busy or away, 8 not certain "
		  "whether saved.\n"));
}

int
do_help(struct oneshot *o)
{
	if (o->words.args.len)
		return explain_word(o, o->words.args.items[0]);
	for (int i = 0; i < WORD_N; i++)
		add_word(o, word_row((enum word_id)i));
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
