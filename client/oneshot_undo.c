/* oneshot_undo.c - back to a version, or one version taken back: revert,
 * undo. */
#include "oneshot_page.h"
#include "oneshot_rows.h"
#include "oneshot_version.h"

#include <stdlib.h>

#include "plein/i18n.h"

static int
change_version(struct oneshot *o, const char *method,
	       const struct version_words *words)
{
	json_int_t version = oneshot_take_version(o);
	struct page_name page;
	json_t *params;
	int exit_code;

	if (!version)
		return oneshot_misuse(o, _("Which page, and which version?"));
	exit_code = oneshot_page_of_now(o, &page);
	if (!exit_code) {
		params = version_params(o, page.address);
		(void)json_object_set_new(params, "version",
					  json_integer(version));
		exit_code = version_make(o, method, params, words);
	}
	free(page.address);
	return exit_code;
}

int
do_revert(struct oneshot *o)
{
	return change_version(o, "page.revert", NULL);
}

/* What undoing was to bring back: the text of the version before. */
static bool
read_before(struct oneshot *o, const json_t *params, struct buf *text)
{
	struct err err = ERR_INIT;
	struct rpc_msg m;
	json_int_t version = row_number(params, "version");
	int rc = oneshot_call(o, "page.read",
			      json_pack("{s:O, s:I}", "address",
					row_part(params, "address"), "version",
					version - 1),
			      &m, &err);
	const char *before = rc ? NULL : row_text(m.result, "text");

	if (before)
		buf_str(text, before);
	rpc_msg_release(&m);
	return before != NULL;
}

int
do_undo(struct oneshot *o)
{
	static const struct version_words words = {
		NULL,
		N_("What that version changed was changed again later. Nothing "
		   "was written."),
		read_before
	};

	return change_version(o, "page.undo", &words);
}
