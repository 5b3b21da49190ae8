/* oneshot_set.c - the command set: fields of a page, FIELD=VALUE. */
#include "oneshot_page.h"
#include "oneshot_version.h"

#include <stdlib.h>
#include <string.h>

#include "plein/i18n.h"

/*
 * Take the settings off that stand behind the page, as lines. A word without
 * `=` goes on with the value before it.
 */
static void
take_settings(struct vec *args, struct buf *lines)
{
	size_t first = 1, i;
	const char *word;

	while (first < args->len && !strchr(args->items[first], '='))
		first++;
	for (i = first; i < args->len; i++) {
		word = args->items[i];
		if (i > first)
			buf_char(lines, strchr(word, '=') ? '\n' : ' ');
		buf_str(lines, word);
	}
	while (args->len > first)
		free(vec_remove(args, args->len - 1));
}

int
do_set(struct oneshot *o)
{
	struct buf lines = BUF_INIT;
	struct page_name page = { 0 };
	json_t *params;
	int exit_code;

	take_settings(&o->words.args, &lines);
	if (lines.len == 0)
		exit_code = oneshot_misuse(o, _("Which page, and which fields? "
						"For example status=concept."));
	else
		exit_code = oneshot_page_of_now(o, &page);
	if (!exit_code) {
		params = version_params(o, page.address);
		(void)json_object_set_new(params, "fields",
					  json_stringn(lines.ptr, lines.len));
		exit_code = version_make(o, "page.set", params, NULL);
	}
	free(page.address);
	buf_release(&lines);
	return exit_code;
}
