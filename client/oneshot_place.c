/* oneshot_place.c - where a page is, and whether: rename, delete, restore. */
#include "oneshot_page.h"
#include "oneshot_version.h"

#include <stdlib.h>

#include "plein/i18n.h"

int
do_rename(struct oneshot *o)
{
	static const struct version_words words = { N_("moved here."), NULL,
						    NULL };
	struct vec *args = &o->words.args;
	struct page_name page;
	json_t *params;
	char *to;
	int exit_code;

	if (args->len < 2)
		return oneshot_misuse(o, _("Which page, and what is its new "
					   "address?"));
	to = vec_remove(args, args->len - 1);
	exit_code = oneshot_page_of_now(o, &page);
	if (!exit_code) {
		params = version_params(o, page.address);
		(void)json_object_set_new(params, "to", json_string(to));
		exit_code = version_make(o, "page.rename", params, &words);
	}
	free(page.address);
	free(to);
	return exit_code;
}

static int
change_place(struct oneshot *o, const char *method,
	     const struct version_words *words)
{
	struct page_name page;
	int exit_code = oneshot_page_of_now(o, &page);

	if (!exit_code)
		exit_code = version_make(
			o, method, version_params(o, page.address), words);
	free(page.address);
	return exit_code;
}

int
do_delete(struct oneshot *o)
{
	static const struct version_words words = {
		N_("deleted. The command restore puts it back."), NULL, NULL
	};

	return change_place(o, "page.delete", &words);
}

int
do_restore(struct oneshot *o)
{
	static const struct version_words words = { N_("put back."), NULL,
						    NULL };

	return change_place(o, "page.restore", &words);
}
