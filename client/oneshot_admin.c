/* oneshot_admin.c - what administrators do in words. */
#include "oneshot_rows.h"

#include <string.h>

#include "plein/i18n.h"

/* --- log --- */

static void
add_record(struct oneshot *o, const json_t *row, void *ctx)
{
	static const char *const keys[] = { "who",  "act",    "about", "from",
					    "door", "result", "detail" };
	json_int_t time = row_number(row, "time");

	(void)ctx;
	if (o->json) {
		output_json(
			&o->out,
			json_pack("{s:O, s:o, s:O, s:O, s:O, s:O, s:O, s:O, "
				  "s:O}",
				  "n", row_part(row, "n"), "time",
				  output_json_time(time), "who",
				  row_part(row, "who"), "act",
				  row_part(row, "act"), "about",
				  row_part(row, "about"), "from",
				  row_part(row, "from"), "door",
				  row_part(row, "door"), "result",
				  row_part(row, "result"), "detail",
				  row_part(row, "detail")));
		return;
	}
	output_number(&o->out, row_number(row, "n"));
	output_time(&o->out, time);
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		output_field(&o->out, row_text(row, keys[i]));
	output_end(&o->out);
}

static int
tell_log(struct oneshot *o)
{
	struct row_list list = { .method = "audit.list",
				 .cursor = "before",
				 .most = words_number(&o->words, OPTION_COUNT,
						      0),
				 .add = add_record };
	json_t *params = json_object();
	int exit_code = oneshot_set_moment(o, params, "since", OPTION_SINCE);

	if (!exit_code)
		exit_code = oneshot_each(o, &list, json_incref(params));
	json_decref(params);
	return exit_code ? exit_code : oneshot_found(o, list.n);
}

int
do_admin(struct oneshot *o)
{
	const char *word = o->words.args.len ? o->words.args.items[0] : "";

	if (strcmp(word, "ruimte") == 0 || strcmp(word, "space") == 0)
		return do_admin_space(o);
	if (o->words.args.len > 1)
		word = "";
	if (strcmp(word, "logboek") == 0 || strcmp(word, "log") == 0)
		return tell_log(o);
	return oneshot_misuse(o, _("What should be told? log, space"));
}
