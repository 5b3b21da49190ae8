/* oneshot_who.c - the command who: who else is here. */
#include "oneshot_rows.h"

#include "plein/i18n.h"

static void
add_person(struct oneshot *o, const json_t *row)
{
	const char *does = json_is_true(row_part(row, "writing")) ? _("edits")
								  : _("reads");

	if (o->json) {
		output_json(&o->out, json_deep_copy(row));
		return;
	}
	output_field(&o->out, row_text(row, "handle"));
	output_field(&o->out, row_text(row, "name"));
	output_field(&o->out, row_text(row, "address"));
	output_field(&o->out, row_text(row, "address") ? does : "");
	output_field(&o->out, row_text(row, "under"));
	output_end(&o->out);
}

int
do_who(struct oneshot *o)
{
	json_t *result = NULL, *rows, *row;
	int exit_code;
	size_t i;

	if (o->words.args.len)
		return oneshot_misuse(o, _("This takes no words."));
	exit_code = oneshot_ask(o, "presence.list", NULL, &result);
	if (exit_code)
		return exit_code;
	rows = json_object_get(result, "rows");
	json_array_foreach(rows, i, row)
	{
		add_person(o, row);
	}
	exit_code = json_array_size(rows) ? EXIT_DONE : EXIT_NOTHING;
	if (exit_code)
		oneshot_remark(o, "%s", _("Nobody else is here now."));
	json_decref(result);
	return exit_code;
}
